"""The style sheet, made from tokens: colours and borders only, a font size would undo the type's features."""

from string import Template

from poems_registry.ui.theme.tokens import Tokens

_SHEET = Template(
    """
QToolTip { background: $card; color: $text; border: 1px solid $edge; padding: 6px; }
QMenu { background: $card; color: $text; border: 1px solid $edge; padding: 4px 0; }
QMenu::item { padding: 8px 24px 8px 16px; }
QMenu::item:selected { background: $tint; color: $text; }
QMenu::item:disabled { color: $sub; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
#page, #pageBody { background: $page; }
#side { background: $side; }
QLabel { background: transparent; color: $text; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: $edge; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: $edge; border-radius: 4px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QLineEdit, QPlainTextEdit, QComboBox { placeholder-text-color: $sub; }
QLineEdit[kit="field"] { background: $field; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 0 9px;
  selection-background-color: $blue; selection-color: $on_blue; }
QLineEdit[kit="field"]:read-only { background: $neutral; }
QLineEdit[kit="field"]:disabled { background: $neutral; color: $sub; }
QLineEdit[kit="field"][mark="error"] { border: 2px solid $red; padding: 0 8px; }
QLineEdit[kit="field"][mark="doubt"] { border: 2px solid $amber; padding: 0 8px; }
QPlainTextEdit[kit="field"] { background: $field; color: $text; border: 1px solid $edge; border-radius: 6px;
  padding: 4px;
  selection-background-color: $blue; selection-color: $on_blue; }
QPlainTextEdit[kit="field"]:disabled { background: $neutral; color: $sub; }
QPlainTextEdit[kit="field"][mark="error"] { border: 2px solid $red; padding: 3px; }
QPlainTextEdit[kit="field"][mark="doubt"] { border: 2px solid $amber; padding: 3px; }
QComboBox[kit="field"] { background: $field; color: $text; border: 1px solid $edge; border-radius: 6px;
  padding: 0 0 0 9px; }
QComboBox[kit="field"]:disabled { background: $neutral; color: $sub; }
QComboBox[kit="field"][mark="error"] { border: 2px solid $red; padding: 0 0 0 8px; }
QComboBox[kit="field"][mark="doubt"] { border: 2px solid $amber; padding: 0 0 0 8px; }
QComboBox[kit="field"]::drop-down { border: none; width: 26px; }
QComboBox[kit="field"]::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $card; color: $text; border: 1px solid $edge; outline: 0;
  selection-background-color: $tint; selection-color: $text; }
QTableView[kit="table"] { background: $card; color: $text; border: none; gridline-color: $hair; outline: 0;
  selection-background-color: $tint; selection-color: $text; }
QTableView[kit="table"]::item { padding: 0; border: 0; }
QListView { background: $card; color: $text; border: none; outline: 0; }
QListView[kit="board"] { background: transparent; }
QHeaderView { background: $head; border: none; }
QTableCornerButton::section { background: $head; border: none; }
QProgressBar { background: $card; border: 1px solid $edge; border-radius: 4px; }
QProgressBar::chunk { background: $blue; border-radius: 3px; }
QCalendarWidget QWidget { background: $card; color: $text; alternate-background-color: $head; }
"""
)


def stylesheet(tokens: Tokens) -> str:
    """The whole program's style sheet. Rules have selectors, so that none leaks into children."""
    return _SHEET.substitute(tokens._asdict())
