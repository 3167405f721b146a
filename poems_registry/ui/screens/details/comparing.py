"""What stands before saving when somebody like the new person is in the registry: side by side, then a choice."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.details.alike import Candidate, Comparison, Join
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.cards import Card
from poems_registry.ui.widgets.labels import IconLabel, Label

MOST = 3
"""Candidates side by side; more than that is a search, which the list does better."""


class ComparePage(QWidget):
    """What was typed in the first column, each candidate in its own; what is the same carries a mark and a word."""

    open_asked = Signal(int)
    another = Signal()
    back = Signal()
    same = Signal(int, int)
    """two records that are one person"""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._card = Card(theme)
        self._title = Label(theme, size=Size.HEADING, weight=Weight.MEDIUM, wrap=True)
        self._words = Label(theme, tone=Tone.SUB, wrap=True)
        self._holder: QWidget | None = None
        self._another = Button(theme, tr("This is another person"), Kind.SECONDARY, icon="user-plus")
        self._back = Button(theme, tr("Go back to the form"), Kind.SECONDARY)
        foot = QHBoxLayout()
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._another)
        self._card.column.addWidget(self._title)
        self._card.column.addWidget(self._words)
        self._card.column.addSpacing(4)
        self._table = QVBoxLayout()
        self._card.column.addLayout(self._table)
        self._joins = QVBoxLayout()
        self._joins.setSpacing(Size.GRID)
        self._card.column.addLayout(self._joins)
        self._card.column.addSpacing(8)
        self._card.column.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addStretch(1)
        self._another.clicked.connect(self.another)
        self._back.clicked.connect(self.back)

    def show_comparison(self, comparison: Comparison) -> None:
        """Everyone who may be meant."""
        self._another.setVisible(comparison.may_be_another)
        self._title.setText(tr("Is this the same person?"))
        if comparison.may_be_another:
            words = tr("Someone like this is in the registry already. Nothing has been saved. Compare, then choose.")
        else:
            words = tr(
                "This NHS number belongs to somebody in the registry. Nothing has been saved. Open that record, or go"
                " back and correct the number."
            )
        self._words.setText(words)
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget()
        self._fill(QGridLayout(self._holder), comparison)
        self._table.addWidget(self._holder)
        self._offer_joins(comparison.joins[:MOST])

    def _offer_joins(self, joins: Sequence[Join]) -> None:
        while (item := self._joins.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if not joins:
            return
        words = tr("Joining begins from what is saved: changes typed over a record are taken back first.")
        self._joins.addWidget(Label(self._theme, words, tone=Tone.SUB, wrap=True))
        for each in joins:
            button = Button(self._theme, each.words, Kind.SECONDARY, icon="git-merge")
            button.clicked.connect(partial(self._tell_same, each.staying_id, each.other_id))
            self._joins.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _tell_same(self, staying_id: int, other_id: int, *_: object) -> None:
        self.same.emit(staying_id, other_id)

    def focus(self) -> None:
        """On the way back, which harms nobody."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, grid: QGridLayout, comparison: Comparison) -> None:
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Size.PAGE)
        grid.setVerticalSpacing(Size.GRID)
        shown = comparison.candidates[:MOST]
        grid.addWidget(Label(self._theme, comparison.heading, weight=Weight.SEMIBOLD, tone=Tone.SUB), 0, 1)
        for line, (label, mine) in enumerate(zip(comparison.labels, comparison.mine, strict=True), start=1):
            grid.addWidget(Label(self._theme, label, tone=Tone.SUB), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(self._theme, mine, weight=Weight.MEDIUM, wrap=True), line, 1)
        for column, candidate in enumerate(shown, start=2):
            heading = Label(self._theme, tr("In the registry"), weight=Weight.SEMIBOLD, tone=Tone.SUB)
            grid.addWidget(heading, 0, column)
            self._column(grid, column, candidate)
        for column in range(1, 2 + len(shown)):
            grid.setColumnStretch(column, 1)
        if len(comparison.candidates) > MOST:
            more = tr("{count} more are like this: search the list.", count=len(comparison.candidates) - MOST)
            grid.addWidget(Label(self._theme, more, tone=Tone.SUB), grid.rowCount(), 1, 1, -1)

    def _column(self, grid: QGridLayout, column: int, candidate: Candidate) -> None:
        for line, (words, same) in enumerate(zip(candidate.lines, candidate.same, strict=True), start=1):
            if same:
                said = tr("{words} (the same)", words=words)
                grid.addWidget(IconLabel(self._theme, "equal", said, icon_tone=Tone.AMBER, wrap=True), line, column)
            else:
                grid.addWidget(Label(self._theme, words, wrap=True), line, column)
        name = candidate.lines[0]
        open_it = Button(
            self._theme, tr("Open that record"), Kind.PRIMARY, said=tr("Open that record, {name}", name=name)
        )
        open_it.clicked.connect(_Open(self, candidate.id))
        grid.addWidget(open_it, len(candidate.lines) + 1, column, Qt.AlignmentFlag.AlignLeft)


class _Open:
    """Tells the page which record; unlike a lambda it holds no button."""

    def __init__(self, page: ComparePage, patient_id: int) -> None:
        self._page, self._id = page, patient_id

    def __call__(self, *_checked: object) -> None:
        self._page.open_asked.emit(self._id)
