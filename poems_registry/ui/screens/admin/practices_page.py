"""The page of GP practices: the list in force, a file dropped or chosen, what it would change, and loading it."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.forms.asked import Asked
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.admin.shown import PlanShown, RefusedShown
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableView
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import primary, secondary
from poems_registry.ui.widgets.cards import Card, ScrollColumn
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import IconLabel, Label
from poems_registry.ui.widgets.message import MessageBar

MOST_REFUSED_IN_VIEW = 6
ROW, HEAD = 32, 32


class PracticesActions(Protocol):
    """What can be done with the list of practices."""

    def look(self, path: Path) -> None: ...
    def take(self, day: str, aside: Path | None) -> None: ...
    def forget(self) -> None: ...


class DropCard(Card):
    """A file may be dropped here, or chosen."""

    dropped = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Load a list"))
        self.setAcceptDrops(True)
        words = tr(
            "The public list of GP practices (epraccur, as downloaded from the NHS organisation data service). Drop the"
            " file here, or choose it. It is shown before anything is changed."
        )
        self.column.addWidget(Label(theme, words, tone=Tone.SUB, wrap=True))
        self.choose = secondary(theme, tr("Choose a file…"), icon="folder-open")
        self.column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """One file of this computer."""
        if [url for url in event.mimeData().urls() if url.isLocalFile()]:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """The first of what was dropped."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files[0])


class PracticesPage(QWidget):
    """Scrolls; the preview stands below the card that takes a file."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: PracticesActions | None = None
        self._sets_aside = False
        self._name = ""
        self._bar = MessageBar(theme)
        self.in_force = Label(theme, weight=Weight.MEDIUM, wrap=True)
        self._state = IconLabel(theme, "", "", tone=Tone.SUB)
        self._state.hide()
        self.drop = DropCard(theme)
        self.plan = self._plan_card()
        self.plan.hide()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(Size.GAP)
        for part in (self.in_force, self.drop, self._state, self.plan):
            column.addWidget(part)
        column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(Size.GRID)
        page.addWidget(self._bar)
        page.addWidget(ScrollColumn(inside), 1)
        self.setFocusProxy(self.drop.choose)
        self.drop.choose.clicked.connect(self._choose)
        self.drop.dropped.connect(self._look)
        self.load.clicked.connect(self._load)
        self._back.clicked.connect(self._forget)

    def attend(self, actions: PracticesActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions

    def show_in_force(self, words: str, *, may_load: bool) -> None:
        """Which list, of which day, loaded by whom."""
        self.in_force.setText(words)
        self.drop.setVisible(may_load)

    def show_plan(self, plan: PlanShown | None) -> None:
        """What the file would change; None when there is none."""
        self.plan.setVisible(plan is not None)
        if plan is None:
            return
        self._sets_aside, self._name = plan.sets_aside, plan.name
        self.plan.title.setText(tr("What {name} changes", name=plan.name))
        while (item := self._counts.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for row, (words, number) in enumerate(plan.counts):
            self._counts.addWidget(Label(self._theme, words, tone=Tone.SUB), row, 0)
            value = Label(self._theme, number, weight=Weight.SEMIBOLD)
            self._counts.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)
        self._sum.setText(plan.sum_line)
        self._notes.setText("\n".join(plan.notes))
        self._notes.setVisible(bool(plan.notes))
        self._refused_rows.set_rows(plan.refused)
        self.refused.setFixedHeight(HEAD + ROW * min(MOST_REFUSED_IN_VIEW, len(plan.refused)) + 2)
        self.refused.setVisible(bool(plan.refused))
        self.day.clear()
        self._day.mark("")
        self.load.setText(plan.button)
        self.load.updateGeometry()
        self.load.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark_day(self, words: str) -> None:
        """What is wrong with the day of the list."""
        self._day.mark(words)
        if words:
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def busy(self, words: str) -> None:
        """While a file is read or loaded."""
        self._state.show_state("hourglass" if words else "", words, Tone.SUB)
        self._state.setVisible(bool(words))
        for part in (self.drop.choose, self.load, self._back):
            part.setEnabled(not words)

    def say(self, message: Message | None) -> None:
        """Why something was not done."""
        if message is None:
            self._bar.clear()
        else:
            self._bar.say(message.cause, message.rest)

    def _plan_card(self) -> Card:
        card = Card(self._theme, " ")
        self._counts = QGridLayout()
        self._counts.setHorizontalSpacing(Size.GAP)
        self._counts.setVerticalSpacing(4)
        self._counts.setColumnStretch(2, 1)
        self._sum = Label(self._theme, tone=Tone.SUB, wrap=True)
        self._notes = Label(self._theme, wrap=True)
        self.refused, self._refused_rows = _refused(self._theme)
        self.day = LineEdit(self._theme, width=140, placeholder="dd-Mmm-yyyy")
        self._day = Asked(self._theme, tr("The list is of this day, if the file's page says so"), self.day)
        self.load = primary(self._theme, tr("Load this list"), "download")
        self._back = secondary(self._theme, tr("Do not load it"))
        card.column.addLayout(self._counts)
        for part in (self._sum, self._notes, self.refused, self._day):
            card.column.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(Size.GRID)
        foot.addStretch(1)
        foot.addWidget(self._back)
        foot.addWidget(self.load)
        card.column.addLayout(foot)
        return card

    def _choose(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(self, tr("The list of GP practices"), "", tr("Lists (*.csv);;All (*)"))
        if name:
            self._look(name)

    def _look(self, name: str) -> None:
        if self._actions is not None:
            self._actions.look(Path(name))

    def _load(self) -> None:
        if self._actions is None:
            return
        if not self._sets_aside:
            self._actions.take(self.day.text(), None)
            return
        from PySide6.QtWidgets import QFileDialog

        start = f"{Path(self._name).stem}-set-aside.csv"
        name, _ = QFileDialog.getSaveFileName(self, tr("Where refused rows go"), start, tr("Lists (*.csv)"))
        if name:
            self._actions.take(self.day.text(), Path(name))

    def _forget(self) -> None:
        if self._actions is not None:
            self._actions.forget()
        self.drop.choose.setFocus(Qt.FocusReason.OtherFocusReason)


def _refused(theme: Theme) -> tuple[TableView[RefusedShown], RowsModel[RefusedShown]]:
    columns: tuple[Column[RefusedShown], ...] = (
        Column(tr("Row"), lambda row: f"{row.row:,}", lambda row: row.row, width=90, right=True),
        Column(tr("Why it is refused"), lambda row: row.reason, width=300, stretch=True),
    )
    rows: RowsModel[RefusedShown] = RowsModel(columns, key=lambda row: row.row)
    return TableView(theme, rows, tr("Refused rows"), row_height=ROW), rows
