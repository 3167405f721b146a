"""The cohort screen: who is in it, the band, and the cards with tables and figures."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.cohort.presenter import CohortShown, FeatureLine, FigureRow, Pictures
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableView
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import stripes
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import primary, secondary
from poems_registry.ui.widgets.cards import Card, EmptyState, ScrollColumn
from poems_registry.ui.widgets.drawing import DrawingView
from poems_registry.ui.widgets.labels import Label
from poems_registry.ui.widgets.message import Action, MessageBar

BAR, PADDING = 14, 34
"""The scroll bar's width, and what a card keeps at both sides."""
TONES = {"red": Tone.RED, "amber": Tone.AMBER, "green": Tone.GREEN}


class Actions(Protocol):
    """What the view passes on."""

    def show_release(self, on: bool) -> None: ...
    def resized(self, width: int) -> None: ...
    def report(self) -> None: ...
    def export(self) -> None: ...


class ReleaseBand(QWidget):
    """Says by hatch and words whether this may leave the team."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(32)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._words = Label(theme, "", weight=Weight.BOLD)
        row.addStretch(1)
        row.addWidget(self._words)
        row.addStretch(1)

    def say(self, words: str) -> None:
        """What it is."""
        self._words.setText(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Hatch at both sides, plain ground under the words."""
        painter = QPainter(self)
        look = self._theme.tokens
        stripes(painter, QRectF(self.rect()), look.neutral, look.line)
        words = self._words.geometry().adjusted(-16, 0, 16, 0)
        painter.fillRect(QRectF(words.x(), 0, words.width(), self.height()), QColor(look.page))
        painter.end()


class CohortScreen(QWidget):
    """Shows one summary; decides nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: Actions | None = None
        self._released = self._narrow = False
        self.setObjectName("page")
        self._who = Label(theme, tone=Tone.SUB, wrap=True)
        self._report = primary(theme, tr("Make report (PDF)…"), "file-text")
        self._export = secondary(theme, tr("Export…"), "download")
        self._toggle = secondary(theme, tr("Show as it will leave"))
        self._band = ReleaseBand(theme)
        self._message = MessageBar(theme)
        self._empty = EmptyState(theme, "chart-column", "", "")
        self._head = QHBoxLayout()
        self._head.setSpacing(32)
        self._foot = Label(theme, tone=Tone.SUB, wrap=True)
        self._table_one: RowsModel[FigureRow] = RowsModel(
            (
                Column(tr("At diagnosis"), lambda row: row.label, width=220, stretch=True),
                Column(tr("Value"), lambda row: row.figure, width=190, right=True),
                Column(tr("Assessed"), lambda row: row.assessed, width=90, right=True),
            ),
            key=lambda row: row.label,
        )
        self._features: RowsModel[FeatureLine] = RowsModel(
            (
                Column(tr("Feature, by criterion"), lambda row: row.label, width=190, stretch=True),
                Column(tr("Present / assessed"), lambda row: row.present, width=140, right=True),
                Column(tr("% (95% Wilson)"), lambda row: row.percent, width=130, right=True),
                Column(tr("Not assessed"), lambda row: row.unassessed, width=110, right=True),
                Column(tr("Recorded at visits"), lambda row: row.recorded, width=150, right=True, narrow=0),
            ),
            key=lambda row: row.label,
        )
        self._one = TableView(theme, self._table_one, tr("Table 1"))
        self._two = TableView(theme, self._features, tr("Features"))
        self._survival = DrawingView(theme)
        self._prevalence = DrawingView(theme)
        self._swimmers = DrawingView(theme)
        self._no_swimmers = Label(theme, tr("Left out of a release: one line is one person."), tone=Tone.SUB, wrap=True)
        self._marks = Label(theme, tone=Tone.SUB, wrap=True)
        self._lay_out(theme)

    def _lay_out(self, theme: Theme) -> None:
        head = QHBoxLayout()
        head.setSpacing(Size.GAP)
        head.addWidget(Label(theme, tr("Cohort"), size=Size.BIG, weight=Weight.SEMIBOLD))
        head.addWidget(self._who, 1)
        head.addWidget(self._export)
        head.addWidget(self._report)
        band = QHBoxLayout()
        band.addWidget(self._band, 1)
        band.addWidget(self._toggle)
        self._cards = self._make_cards(theme)
        content = QWidget()
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Size.GAP)
        self._scroll = ScrollColumn(content)
        page = QVBoxLayout(self)
        page.setContentsMargins(Size.PAGE, Size.PAGE, Size.PAGE, Size.GRID)
        page.setSpacing(Size.GAP)
        page.addLayout(head)
        page.addWidget(self._message)
        page.addLayout(band)
        page.addWidget(self._empty)
        page.addWidget(self._scroll, 1)
        page.addWidget(self._foot)
        self._empty.hide()
        self.setFocusProxy(self._toggle)
        self._place(narrow=False)

    def _make_cards(self, theme: Theme) -> tuple[Card, ...]:
        size = Card(theme, tr("Size and Table 1"))
        size.column.addLayout(self._head)
        size.column.addWidget(self._one)
        survival = Card(theme, tr("Survival from diagnosis"))
        survival.column.addWidget(self._survival)
        survival.column.addWidget(self._marks)
        survival.column.addStretch(1)
        features = Card(theme, tr("Features ever present, of those assessed"))
        features.column.addWidget(self._two)
        features.column.addStretch(1)
        beside = Card(theme, tr("Beside published series"))
        beside.column.addWidget(self._prevalence)
        course = Card(theme, tr("Course of everyone who relapsed or died"))
        course.column.addWidget(self._swimmers)
        course.column.addWidget(self._no_swimmers)
        course.column.addStretch(1)
        return size, survival, features, beside, course

    def attend(self, actions: Actions) -> None:
        """Pass on to these from now on."""
        self._actions = actions
        self._report.clicked.connect(actions.report)
        self._export.clicked.connect(actions.export)
        self._toggle.clicked.connect(lambda: self._act(lambda a: a.show_release(not self._released)))

    def set_narrow(self, narrow: bool) -> None:
        """One column of cards on a small window."""
        self._narrow = narrow
        self._place(narrow=narrow)
        self._two.set_narrow(True)

    def _place(self, *, narrow: bool) -> None:
        for place, each in enumerate(self._cards):
            self._grid.removeWidget(each)
            row, column = (place, 0) if narrow else divmod(place, 2)
            wide = 2 if not narrow and place == len(self._cards) - 1 else 1
            self._grid.addWidget(each, row, column, 1, wide)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 0 if narrow else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The figures follow the width of their cards."""
        super().resizeEvent(event)
        room = self.width() - 2 * Size.PAGE - BAR
        card = room if self._narrow else (room - Size.GAP) // 2
        self._one.setMaximumWidth(card - PADDING)
        self._two.setMaximumWidth(card - PADDING)
        width = (card - PADDING) / max(0.1, self._survival.scale)
        self._act(lambda actions: actions.resized(int(width)))

    # -- what is shown

    def loading(self) -> None:
        """Until the counts come."""
        self._who.setText(tr("Counting…"))
        self._message.clear()

    def show_cohort(self, shown: CohortShown) -> None:
        """All words and tables."""
        self._empty.hide()
        self._scroll.show()
        self._released = shown.release
        self._who.setText(shown.who)
        self._band.say(shown.standing)
        self._toggle.setText(tr("Show true counts") if shown.release else tr("Show as it will leave"))
        self._show_head(shown.head)
        self._table_one.set_rows(shown.table_one)
        self._one.setMinimumHeight(36 + 46 * len(shown.table_one))
        self._features.set_rows(shown.features)
        self._two.setMinimumHeight(36 + 46 * len(shown.features))
        self._marks.setText(shown.survival)
        self._foot.setText(shown.foot)

    def show_pictures(self, pictures: Pictures) -> None:
        """The figures, at the width asked for."""
        self._survival.setVisible(pictures.survival is not None)
        if pictures.survival is not None:
            self._survival.show_drawing(pictures.survival)
        self._prevalence.show_drawing(pictures.features)
        self._swimmers.setVisible(bool(pictures.swimmers))
        self._no_swimmers.setVisible(not pictures.swimmers)
        if pictures.swimmers:
            self._swimmers.show_drawing(pictures.swimmers[0])

    def show_empty(self, title: str, words: str) -> None:
        """Why there is nothing to count."""
        self._who.setText("")
        self._scroll.hide()
        self._empty.show()
        self._empty.show_words(title, words)

    def say(self, message: Message | None, tone: str = "red") -> None:
        """A refusal, or what was written."""
        if message is None:
            self._message.clear()
            return
        close = Action(tr("Close message"), self._message.clear, "x")
        self._message.say(message.cause, message.rest, (close,), TONES[tone])

    def busy(self, words: str) -> None:
        """While files are written."""
        for made in (self._report, self._export, self._toggle):
            made.setEnabled(not words)

    def ask_file(self, name: str, kinds: str) -> Path | None:
        """Where the files go; None when they are not wanted."""
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Write the cohort summary"), name, kinds)
        return Path(chosen) if chosen else None

    def _show_head(self, head: tuple[tuple[str, str], ...]) -> None:
        while (item := self._head.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for figure, words in head:
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(Label(self._theme, figure, size=Size.HEADING, weight=Weight.BOLD))
            column.addWidget(Label(self._theme, words, tone=Tone.SUB))
            self._head.addWidget(box)
        self._head.addStretch(1)

    def _act(self, call: Callable[[Actions], None]) -> None:
        if self._actions is not None:
            call(self._actions)
