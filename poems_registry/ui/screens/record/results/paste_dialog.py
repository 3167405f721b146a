"""The preview of a pasted block: each test with its unit to confirm, each result with what becomes of it."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.record.results.paste_shown import PasteRow, PasteShown, PasteTest
from poems_registry.ui.tables.cells import Cell, Span
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableCard, TableView
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import primary, secondary
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled
from poems_registry.ui.widgets.ticks import CheckBox


class PasteActions(Protocol):
    """What a person says of the block."""

    def begin(self, text: str) -> None: ...
    def item(self, place: int, code: str) -> None: ...
    def unit(self, place: int, unit: str) -> None: ...
    def confirm(self, place: int, *, confirmed: bool) -> None: ...
    def doubts(self, *, right: bool) -> None: ...
    def change(self, *, wanted: bool) -> None: ...
    def reason(self, words: str) -> None: ...
    def save(self, reason: str) -> None: ...
    def drop(self) -> None: ...
    def closed(self) -> None: ...
    def woken(self) -> None: ...
    def go_on(self) -> None: ...
    def discard(self) -> None: ...


class _TestRow:
    """The controls of one test."""

    def __init__(self, theme: Theme, test: PasteTest, tests: Sequence[tuple[str, str]], actions: PasteActions) -> None:
        place = test.place
        self.name = Label(theme, test.name, weight=Weight.MEDIUM, wrap=True)
        self.item = ComboBox(theme, tests, small=True)
        self.item.setAccessibleName(tr("Which test is {name}", name=test.name))
        self.item.chosen.connect(lambda code: actions.item(place, code))
        self.unit = ComboBox(theme, small=True)
        self.unit.setAccessibleName(tr("Unit of {name}", name=test.name))
        self.unit.chosen.connect(lambda unit: actions.unit(place, unit))
        self.confirmed = CheckBox(theme, tr("Unit is right"), said=tr("The unit of {name} is right", name=test.name))
        self.confirmed.clicked.connect(lambda on: actions.confirm(place, confirmed=bool(on)))

    def show(self, test: PasteTest) -> None:
        """What is said of it now."""
        self.item.choose(test.code)
        codes = ["", *test.units]
        if [self.unit.itemData(n) for n in range(self.unit.count())] != codes:
            self.unit.choose("")
            self.unit.set_options([("", tr("Choose the unit")), *((each, each) for each in test.units)])
        self.unit.choose(test.unit)
        self.unit.setVisible(bool(test.units))
        self.confirmed.setVisible(bool(test.units))
        self.confirmed.setEnabled(bool(test.unit))
        self.confirmed.setChecked(test.confirmed)


class PasteDialog(Dialog):
    """It stays open until the block is saved or given up."""

    def __init__(
        self, theme: Theme, who: Identity, tests: Sequence[tuple[str, str]], shown: PasteShown, actions: PasteActions
    ) -> None:
        told = tr("Nothing is saved before you say so. Confirm the unit of each test; nothing is assumed.")
        super().__init__(theme, tr("Paste results"), who=who, icon="table-2", explanation=told, width=Size.DIALOG_WIDTH)
        self._actions = actions
        self._rows = {test.place: _TestRow(theme, test, tests, actions) for test in shown.tests}
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for line, row in enumerate(self._rows.values()):
            for column, part in enumerate((row.name, row.item, row.unit, row.confirmed)):
                grid.addWidget(part, line, column)
        self._problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self.sums = Label(theme, weight=Weight.MEDIUM, wrap=True)
        self.body.addWidget(self.sums)
        self.body.addLayout(grid)
        self.doubts, self.change = CheckBox(theme, ""), CheckBox(theme, "")
        self.doubts.clicked.connect(lambda on: actions.doubts(right=bool(on)))
        self.change.clicked.connect(lambda on: actions.change(wanted=bool(on)))
        self.reason = LineEdit(theme, placeholder=tr("Kept with the old and the new result"))
        self._why = labelled(theme, tr("Why they change"), self.reason)
        for tick in (self.doubts, self.change):
            self.body.addWidget(tick)
        why = QHBoxLayout()
        why.addWidget(self._why)
        why.addWidget(self.reason, 1)
        self.body.addLayout(why)
        self.model: RowsModel[PasteRow] = RowsModel(_columns(), key=_number)
        self.table: TableView[PasteRow] = TableView(theme, self.model, tr("Each result of the block"))
        card = TableCard(theme, self.table)
        card.setMinimumHeight(170)
        self.body.addWidget(card, 1)
        self.save = primary(theme, shown.save, icon="check")
        back = secondary(theme, tr("Go back"))
        self.set_actions(self.save, (back,))
        back.clicked.connect(self._drop)
        self.rejected.connect(lambda: actions.closed())  # noqa: PLW0108 - holds the presenter
        self.reason.textEdited.connect(lambda words: actions.reason(words))  # noqa: PLW0108
        self.save.clicked.connect(lambda: actions.save(self.reason.text().strip()))
        self.show_paste(shown)

    def show_paste(self, shown: PasteShown) -> None:
        """The preview after an answer."""
        for test in shown.tests:
            self._rows[test.place].show(test)
        self.model.set_rows(shown.rows)
        self.sums.setText(shown.sums)
        ticks = (self.doubts, shown.doubts, shown.doubts_right), (self.change, shown.differing, shown.change_wanted)
        for tick, words, ticked in ticks:
            tick.setText(words)
            tick.setChecked(ticked)
            tick.setAccessibleName(words)
            tick.setVisible(bool(words))
        for part in (self._why, self.reason):
            part.setVisible(shown.reasoned)
        self.reason.show_text(shown.reason)
        self.save.setText(shown.save)
        self.save.updateGeometry()
        self.save.setEnabled(shown.ready)
        self._problem.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc is the same as Go back; a lock closes the preview by `reject`, and it is kept."""
        if event.key() == Qt.Key.Key_Escape:
            self._drop()
        else:
            super().keyPressEvent(event)

    def _drop(self) -> None:
        self._actions.drop()
        self.reject()

    def refuse(self, words: str) -> None:
        """Why nothing was saved."""
        self._problem.setText(words)
        self._problem.show()
        if self.reason.isVisible() and not self.reason.text().strip():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)


def _number(row: PasteRow) -> int:
    return row.number


def _happens(row: PasteRow) -> Cell:
    return Cell((Span(row.happens, icon=row.icon, icon_tone=row.tone),))


def _columns() -> tuple[Column[PasteRow], ...]:
    return (
        Column(tr("Test"), lambda row: row.test, width=170),
        Column(tr("Date"), lambda row: row.day, width=110),
        Column(tr("In the block"), lambda row: row.text, width=110),
        Column(tr("Recorded"), lambda row: row.before, width=130),
        Column(tr("What happens"), lambda row: row.happens, cell=_happens, width=240, stretch=True),
    )
