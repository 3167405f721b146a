"""The four cards of the cohort screen, and how they stand beside or below one another at each width."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.cohort.parts import (
    CHART,
    TABLE,
    FigureCard,
    FigureRoom,
    KeyFigures,
    LaneScroll,
    WholeTable,
)
from poems_registry.ui.screens.cohort.shown import (
    CohortShown,
    CourseRow,
    FeatureRow,
    Pictures,
    ResponseRow,
    Room,
    SurvivalRow,
    TableOneRow,
)
from poems_registry.ui.screens.cohort.tables import (
    GROUPS,
    courses_model,
    features_model,
    responses_model,
    survival_model,
    table_one_model,
)
from poems_registry.ui.tables.view import TableView
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.labels import Label

ONE_BELOW, FOUR_FROM = 1100, 1560
"""Widths at which the cards stand in one column, and from which all four stand two by two; between, two and below."""
LEAST = 860
"""Pixels that the widest table needs in one column."""
SURVIVAL_HEIGHT, LANES_HEIGHT = 300, 404
CAREFUL = "Read with care: published series count features at diagnosis and by definitions of their own."


class SizeCard(FigureCard):
    """How many, and Table 1."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Size and Table 1"))
        self._head = KeyFigures(theme)
        self._rows: tuple[TableOneRow, ...] = ()
        self._groups = True
        self._model = table_one_model()
        self.table: WholeTable[TableOneRow] = WholeTable(theme, self._model, tr("Table 1"), row_height=31)
        self._responses = responses_model()
        self.responses: WholeTable[ResponseRow] = WholeTable(
            theme, self._responses, tr("Best response to the first treatment"), row_height=31
        )
        self._more = Label(
            theme, tr("Columns by first treatment: in a wider window, and in the report."), tone=Tone.SUB
        )
        self.body.addWidget(self._head)
        self.body.addWidget(self.table)
        self.body.addWidget(self.responses)
        self.body.addWidget(self._more)
        self.body.addStretch(1)

    def show_cohort(self, shown: CohortShown) -> None:
        """Other figures."""
        self.say(shown.notes.table_one, shown.basis)
        self._responses.set_rows(shown.responses)
        self._head.show_figures(shown.head)
        self._rows = shown.table_one
        self._show_rows()

    def set_groups(self, seen: bool) -> None:
        """With or without the columns by first treatment."""
        self._groups = seen
        for table in (self.table, self.responses):
            table.hide_columns(set() if seen else GROUPS)
        self._more.setVisible(not seen)
        self._show_rows()

    def _show_rows(self) -> None:
        """The sizes of the groups stand in the first row; without groups the card's head says it already."""
        self._model.set_rows(self._rows if self._groups else self._rows[1:])


class SurvivalCard(FigureCard):
    """Two curves, or what stands at each year."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Survival"), switch=True)
        self.room = FigureRoom(theme, least=SURVIVAL_HEIGHT)
        self._model = survival_model()
        self.table: TableView[SurvivalRow] = TableView(theme, self._model, tr("Survival at whole years"), row_height=31)
        self.table.setMinimumHeight(SURVIVAL_HEIGHT)
        self._none = Label(theme, tone=Tone.SUB, wrap=True)
        self._words = Label(theme, tone=Tone.SUB, wrap=True)
        self.body.addWidget(self.room, 1)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._none, 1)
        self.body.addWidget(self._words)
        self.side(CHART, [self.room])
        self.side(TABLE, [self.table])

    def show_cohort(self, shown: CohortShown) -> None:
        """Other figures; the curves come later."""
        self.say(shown.notes.survival, shown.basis)
        self._model.set_rows(shown.survival)
        self._words.setText(shown.survival_words)
        self._none.setText("" if shown.survival else shown.no_survival)
        self._none.setVisible(not shown.survival)
        self.go_without(self._none.text())


class FeaturesCard(FigureCard):
    """Numbers of each feature, and beside them its bar with what others published."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Features ever present"))
        self._model = features_model()
        self.table: WholeTable[FeatureRow] = WholeTable(theme, self._model, tr("Features ever present"), row_height=44)
        self.room = FigureRoom(theme)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        left = QVBoxLayout()
        left.addWidget(self.table)
        left.addWidget(Label(theme, tr(CAREFUL), tone=Tone.SUB, wrap=True))
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.room)
        right.addStretch(1)
        row.addLayout(left, 8)
        row.addLayout(right, 7)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def show_cohort(self, shown: CohortShown) -> None:
        """Other figures; the bars come later."""
        self.say(shown.notes.features, shown.basis)
        self._model.set_rows(shown.features)


class CoursesCard(FigureCard):
    """A line for each patient over one axis, or the same in words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Course of every patient"), switch=True)
        self.lanes, self.axis = FigureRoom(theme), FigureRoom(theme)
        self.lane_scroll = LaneScroll(self.lanes, tr("Course of every patient, longest first"))
        self.lane_scroll.setMinimumHeight(LANES_HEIGHT)
        self._model = courses_model()
        self.table: TableView[CourseRow] = TableView(theme, self._model, tr("Course of every patient"), row_height=31)
        self.table.setMinimumHeight(LANES_HEIGHT)
        self._none = Label(theme, tone=Tone.SUB, wrap=True)
        for part in (self.lane_scroll, self.table):
            self.body.addWidget(part, 1)
        self.body.addWidget(self.axis)
        self.body.addWidget(self._none)
        self.side(CHART, [self.lane_scroll, self.axis])
        self.side(TABLE, [self.table])

    def show_cohort(self, shown: CohortShown) -> None:
        """Other figures; the lines come later. A release has none."""
        self.say(shown.notes.courses, shown.basis)
        self._model.set_rows(shown.courses)
        self._none.setText(shown.why_no_courses)
        self._none.setVisible(bool(shown.why_no_courses))
        self.go_without(shown.why_no_courses)
        if shown.why_no_courses:
            self.lanes.show_drawing(None)
            self.axis.show_drawing(None)


class Cards(QWidget):
    """All four; `resized` tells that a figure has another room."""

    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.size_card, self.survival = SizeCard(theme), SurvivalCard(theme)
        self.features, self.courses = FeaturesCard(theme), CoursesCard(theme)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Size.GAP)
        for room in (self.survival.room, self.features.room, self.courses.lanes):
            room.resized.connect(self.resized)
        self._place(ONE_BELOW)

    def room(self) -> Room:
        """What figures have now."""
        survival = self.survival.room
        return Room(survival.width(), survival.height(), self.features.room.width(), self.courses.lanes.width())

    def show_cohort(self, shown: CohortShown) -> None:
        """Other figures."""
        for card in (self.size_card, self.survival, self.features, self.courses):
            card.show_cohort(shown)

    def show_pictures(self, pictures: Pictures) -> None:
        """The charts of the figures shown."""
        self.survival.room.show_drawing(pictures.survival)
        self.features.room.show_drawing(pictures.bars)
        self.courses.lanes.show_drawing(pictures.lanes)
        self.courses.axis.show_drawing(pictures.lanes_axis)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As wide as one column needs: the cards beside one another must not keep a window from being made smaller."""
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Beside or below one another."""
        super().resizeEvent(event)
        self._place(event.size().width())

    def _place(self, width: int) -> None:
        columns = 1 if width < ONE_BELOW else 2 if width < FOUR_FROM else 4
        if columns == self._columns:
            return
        self._columns = columns
        places = {
            1: ((0, 0, 2), (1, 0, 2), (2, 0, 2), (3, 0, 2)),
            2: ((0, 0, 1), (0, 1, 1), (1, 0, 2), (2, 0, 2)),
            4: ((0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 1)),
        }[columns]
        for card, (row, column, wide) in zip(
            (self.size_card, self.survival, self.features, self.courses), places, strict=True
        ):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, row, column, 1, wide)
        self._grid.setColumnStretch(0, 5 if columns == 2 else 1)
        self._grid.setColumnStretch(1, {1: 0, 2: 6, 4: 1}[columns])
        self.size_card.set_groups(columns != 2)
