"""The page of visits: one list, newest first; Return opens the visit on its form."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.reason_dialog import ReasonDialog
from poems_registry.ui.reasons import Act, ReasonShown
from poems_registry.ui.screens.record.visits.comparing import ComparisonShown
from poems_registry.ui.screens.record.visits.comparison import ComparisonDialog
from poems_registry.ui.screens.record.visits.telling import VisitRow
from poems_registry.ui.tables.cells import Cell, Span, two_lines
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableCard, TableView
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, secondary
from poems_registry.ui.widgets.cards import EmptyState
from poems_registry.ui.widgets.message import MessageBar
from poems_registry.ui.widgets.ticks import CheckBox


class VisitsActions(Protocol):
    """What a person can do here beside opening a visit."""

    def may_correct(self, encounter_id: int) -> bool: ...
    def compare(self, encounter_id: int) -> None: ...
    def compare_these(self, one: int, other: int) -> None: ...
    def ask(self, act: Act, encounter_id: int) -> None: ...
    def give_reason(self, act: Act, reason: str) -> None: ...


class VisitsPage(QWidget):
    """`opened` tells the id of a visit or a profession's contact; results between visits stand on their own tab.

    What was entered in error is shown on demand only, struck through, with its reason and who marked it.
    """

    opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: VisitsActions | None = None
        self._rows: tuple[VisitRow, ...] = ()
        self._comparison: ComparisonDialog | None = None
        self._dialog: ReasonDialog | None = None
        self._model: RowsModel[VisitRow] = RowsModel(_columns(), key=_key)
        self.table: TableView[VisitRow] = TableView(theme, self._model, tr("Visits, newest first"))
        self._card = TableCard(theme, self.table)
        words = tr("A visit or a contact of the team is begun with the buttons at the top right.")
        self._empty = EmptyState(theme, "calendar-days", tr("No visits yet"), words)
        self._bar = MessageBar(theme)
        self.errors = CheckBox(theme, "")
        self.compare = secondary(theme, tr("Compare…"), icon="columns-3")
        self.mark = Button(theme, tr("Entered in error…"), Kind.QUIET)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAGE, Size.GAP, Size.PAGE, Size.GAP)
        column.setSpacing(Size.GRID)
        column.addWidget(self._bar)
        column.addWidget(self._card, 1)
        column.addWidget(self._empty)
        column.addLayout(self._foot())
        column.addStretch(0)
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(self._current)
        self.errors.toggled.connect(self._show)
        self.compare.clicked.connect(self._compare)
        self.mark.clicked.connect(self._mark)
        self.setFocusProxy(self.table)

    def attend(self, actions: VisitsActions) -> None:
        """Whom the buttons tell."""
        self._actions = actions

    def show_rows(self, rows: Sequence[VisitRow]) -> None:
        """These, or that there are none."""
        self._rows = tuple(rows)
        hidden = sum(row.in_error for row in rows)
        self.errors.setText(tr_count("Show {count} entry in error", "Show {count} entries in error", hidden))
        self.errors.setVisible(bool(hidden))
        self.errors.updateGeometry()
        self._show(self.errors.isChecked())

    def set_narrow(self, narrow: bool) -> None:
        """The widths below 1200 px."""
        self.table.set_narrow(narrow)

    def show_comparison(self, shown: ComparisonShown) -> None:
        """Two visits side by side; two others in the same dialog."""
        if self._comparison is not None:
            self._comparison.show_comparison(shown)
            return
        self._comparison = dialog = ComparisonDialog(self._theme, shown)
        dialog.chosen.connect(self._compare_these)
        dialog.finished.connect(self._compared)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_over(self)

    def ask_reason(self, reason: ReasonShown) -> None:
        """Why it is marked, or counts again."""
        self._dialog = dialog = ReasonDialog(self._theme, reason)
        if self._actions is not None:
            dialog.given.connect(partial(self._actions.give_reason, reason.act))
        dialog.finished.connect(self._reasoned)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_over(self)

    def refuse_reason(self, words: str) -> None:
        """The dialog stays."""
        if self._dialog is not None:
            self._dialog.refuse(words)

    def close_reason(self) -> None:
        """It is done, or was refused for something else."""
        if self._dialog is not None:
            self._dialog.accept()

    def say(self, message: Message | None) -> None:
        """Why something was not done."""
        if message is None:
            self._bar.clear()
        else:
            self._bar.say(message.cause, message.rest)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Size.GRID)
        row.addWidget(self.errors)
        row.addStretch(1)
        row.addWidget(self.mark)
        row.addWidget(self.compare)
        return row

    def _show(self, in_error: bool) -> None:
        shown = [row for row in self._rows if in_error or not row.in_error]
        self._model.set_rows(shown)
        self._card.setVisible(bool(shown))
        self._empty.setVisible(not shown)
        if shown and self.table.current() is None:
            self.table.select_first()
        self._current(self.table.current())

    def _current(self, row: VisitRow | None) -> None:
        """The buttons act on the row that is chosen."""
        actions = self._actions
        kept = row is not None and row.icon != "file-pen-line"
        self.mark.setVisible(actions is not None and any(actions.may_correct(each.id) for each in self._rows))
        self.mark.setEnabled(kept and row is not None and actions is not None and actions.may_correct(row.id))
        self.mark.setText(tr("Count it again…") if row is not None and row.in_error else tr("Entered in error…"))
        alike = Counter(each.kind_icon for each in self._rows if each.compares)
        self.compare.setVisible(any(count > 1 for count in alike.values()))
        self.compare.setEnabled(row is not None and row.compares and alike[row.kind_icon] > 1)

    def _open(self, row: VisitRow) -> None:
        if row.opens:
            self.opened.emit(row.id)

    def _compare(self) -> None:
        row = self.table.current()
        if row is not None and self._actions is not None:
            self._actions.compare(row.id)

    def _compare_these(self, one: str, other: str) -> None:
        if self._actions is not None:
            self._actions.compare_these(int(one), int(other))

    def _mark(self) -> None:
        row = self.table.current()
        if row is not None and self._actions is not None:
            self._actions.ask(Act.TAKE_BACK if row.in_error else Act.ERROR, row.id)

    def _compared(self) -> None:
        self._comparison = None

    def _reasoned(self) -> None:
        self._dialog = None


def _key(row: VisitRow) -> int:
    return row.id


def _said(row: VisitRow) -> str:
    words = {
        "present": tr("present"),
        "absent": tr("absent"),
        "not_assessed": tr("not assessed"),
        "": tr("not recorded"),
    }
    return ", ".join(f"{letter} {words[status]}" for letter, status in row.features)


def _state(row: VisitRow) -> Cell:
    tone = Tone.AMBER if row.icon in ("file-pen-line", "ban") else Tone.GREEN
    return Cell((Span(row.state, icon=row.icon, icon_tone=tone),))


def _day(row: VisitRow) -> Cell:
    if row.in_error:
        return Cell((Span(row.day, bold=True, struck=True),), (Span(row.age, tone=Tone.SUB),))
    return two_lines(row.day, row.age, bold=True)


def _kind(row: VisitRow) -> Cell:
    return Cell((Span(row.kind, struck=row.in_error, icon=row.kind_icon, icon_tone=Tone.SUB),))


def _plain(read: Callable[[VisitRow], str]) -> Callable[[VisitRow], str]:
    return lambda row: read(row) or ""


def _columns() -> list[Column[VisitRow]]:
    return [
        Column(tr("Date"), lambda r: f"{r.day}, {r.age}", None, _day, 165, 165),
        Column(tr("Kind"), lambda r: r.kind, None, _kind, 180, 142),
        Column(tr("Features"), _said, None, lambda r: Cell(chips=r.features), 145, 143),
        Column(tr("VEGF, pg/mL"), _plain(lambda r: r.vegf), width=130, narrow=112),
        Column(tr("When signed"), _plain(lambda r: r.verdict), width=150, narrow=110),
        Column(tr("Letter"), _plain(lambda r: r.letter), width=90, narrow=84),
        Column(tr("State"), lambda r: r.state, None, _state, 200, 130, stretch=True),
    ]
