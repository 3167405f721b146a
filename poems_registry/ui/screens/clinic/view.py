"""The clinic's lists on the screen: three parts under tabs, a main action for each, lines in cards."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.care.desk import CareDesk
from poems_registry.ui.care.lines import CareLines
from poems_registry.ui.care.shown import Hit, LineShown
from poems_registry.ui.care.whom_dialog import WhomActions, WhomDialog
from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.clinic.shown import PART_WORDS, ClinicShown, Part
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import primary, secondary
from poems_registry.ui.widgets.cards import ScrollColumn
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.labels import Label, labelled
from poems_registry.ui.widgets.tabs import Tab, TabBar


class ClinicActions(Protocol):
    """What a person can do here."""

    def choose(self, part: Part) -> None: ...
    def choose_day(self, day: str) -> None: ...
    def add(self) -> None: ...
    def act(self, line: LineShown) -> None: ...
    def name(self, line: LineShown) -> None: ...
    def record(self, patient_id: int) -> None: ...
    def print_list(self) -> None: ...
    def write(self, path: Path) -> None: ...


class ClinicScreen(QWidget):
    """Title, tabs and main action above, the cards below; `desk` holds the forms."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: ClinicActions | None = None
        self._choosing: WhomActions | None = None
        self._tabs: TabBar | None = None
        self._part = Part.REFERRALS
        self.whom: WhomDialog | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.desk = CareDesk(theme)
        self.main = primary(theme, "", icon="plus", hint="Ctrl+N")
        self.main.hide()
        new = QShortcut(QKeySequence("Ctrl+N"), self)
        new.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.activated.connect(self._begin)
        self.print_button = secondary(theme, tr("Save as PDF…"), icon="file-down")
        self.days = ComboBox(theme)
        self._days_label = labelled(theme, tr("Meeting"), self.days)
        self._explanation = Label(theme, tone=Tone.SUB, wrap=True)
        self._done = Label(theme, tone=Tone.SUB, wrap=True)
        self.lines = CareLines(theme)
        self._head = QHBoxLayout()
        self._head.setSpacing(Size.GAP)
        self._lay_out()

    def attend(self, actions: ClinicActions, choosing: WhomActions) -> None:
        """Pass on to these from now on."""
        self._actions, self._choosing = actions, choosing
        self.main.clicked.connect(lambda: actions.add())  # noqa: PLW0108 - holds the presenter
        self.print_button.clicked.connect(lambda: actions.print_list())  # noqa: PLW0108
        self.days.chosen.connect(actions.choose_day)
        self.lines.acted.connect(actions.act)
        self.lines.named.connect(actions.name)
        self.lines.opened.connect(actions.record)

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        """The parts that this person's role sees."""
        if self._tabs is not None:
            self._head.removeWidget(self._tabs)
            self._tabs.deleteLater()
        self._tabs = TabBar(self._theme, [Tab(each.value, tr(PART_WORDS[each])) for each in parts], flat=True)
        self._tabs.chosen.connect(self._choose)
        self._head.insertWidget(1, self._tabs)

    def show_part(self, shown: ClinicShown) -> None:
        """One part."""
        if self._tabs is not None:
            self._tabs.mark_tab(shown.part.value)
        if shown.part is not self._part:
            self._part = shown.part
            self._scroll.verticalScrollBar().setValue(0)
        self.main.setText(shown.main)
        self.main.updateGeometry()
        self.main.setVisible(bool(shown.main))
        for widget in (self.days, self._days_label):
            widget.setVisible(bool(shown.days))
        if shown.days:
            self.days.set_options(shown.days)
            self.days.choose(shown.day)
        self.print_button.setVisible(shown.printable)
        self._explanation.setText(shown.explanation)
        self._explanation.setVisible(bool(shown.explanation))
        self._done.hide()
        self.lines.show_groups(shown.groups)

    def set_narrow(self, narrow: bool) -> None:
        """The form below 1200 px."""
        self.main.set_hint("" if narrow else "Ctrl+N")
        self.lines.set_narrow(narrow)

    def focus_first(self) -> None:
        """The keyboard goes to the first act, or to the main one where nothing waits."""
        if not self.lines.focus_first():
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, message: Message | None) -> None:
        """A refusal."""
        if message is None:
            self.desk.bar.clear()
        else:
            self.desk.bar.say(message.cause, message.rest)

    def say_done(self, words: str) -> None:
        """What was written."""
        self._done.setText(words)
        self._done.show()

    def ask_file(self, name: str) -> None:
        """Where the list is written to."""
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save the MDT list"), name, "PDF (*.pdf)")
        if chosen and self._actions is not None:
            self._actions.write(Path(chosen))

    # -- for whom

    def ask_whom(self, title: str, nobody: str) -> None:
        """Somebody of the registry, or somebody who is not in it."""
        if self._choosing is None:
            return
        self.whom = dialog = WhomDialog(self._theme, title, nobody, self._choosing)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._whom_closed)
        dialog.open_over(self.window())

    def show_hits(self, hits: Sequence[Hit], words: str) -> None:
        """Who answers what is typed."""
        if self.whom is not None:
            self.whom.show_hits(hits, words)

    def close_whom(self) -> None:
        """It was chosen."""
        if self.whom is not None:
            self.whom.accept()

    def say_whom(self, message: Message) -> None:
        """Why nobody could be looked for."""
        if self.whom is not None:
            self.whom.say(f"{message.cause} {message.rest}")

    def _whom_closed(self) -> None:
        self.whom = None

    def _begin(self) -> None:
        if self.main.isVisible():
            self.main.click()

    def _choose(self, key: str) -> None:
        if self._actions is not None:
            self._actions.choose(Part(key))

    def _lay_out(self) -> None:
        self._head.addWidget(Label(self._theme, tr("Clinic"), size=Size.BIG, weight=Weight.SEMIBOLD))
        self._head.addStretch(1)
        for part in (self._days_label, self.days, self.print_button, self.main):
            self._head.addWidget(part)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(Size.PAGE, 0, Size.PAGE, Size.GAP)
        column.setSpacing(Size.GRID)
        for widget in (self._explanation, self._done, self.lines):
            column.addWidget(widget)
        column.addStretch(1)
        top = QVBoxLayout()
        top.setContentsMargins(Size.PAGE, Size.PAGE, Size.PAGE, Size.GRID)
        top.addLayout(self._head)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.desk)
        page.addLayout(top)
        self._scroll = ScrollColumn(content)
        page.addWidget(self._scroll, 1)
        for hidden in (self._days_label, self.days, self.print_button, self._explanation, self._done):
            hidden.hide()
