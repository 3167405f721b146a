"""The overview's page: five tiles, then the diagnosis and the course beside the journey and what is due."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.overview.diagnosis_card import DiagnosisCard
from poems_registry.ui.screens.record.overview.journey_card import JourneyCard
from poems_registry.ui.screens.record.overview.prognosis_card import PrognosisCard
from poems_registry.ui.screens.record.overview.response_card import ResponseCard
from poems_registry.ui.screens.record.overview.shown import OverviewShown
from poems_registry.ui.screens.record.overview.small_cards import LinesCard, MeasuresCard
from poems_registry.ui.screens.record.overview.tile_row import TileRow
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.cards import ScrollColumn

SIDE_BY_SIDE = 960
"""Pixels from which diagnosis and journey stand beside each other."""

LEFT_OF_LITTLE, LEFT, LEFT_OF_MUCH = 490, 560, 640
ENOUGH, MUCH = 1160, 1500
NO_LIMIT = 16777215


class OverviewPage(QWidget):
    """All of it, scrolled up and down where the window is low."""

    act_asked = Signal(str, int)
    point_opened = Signal(str)
    page_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.tiles = TileRow(theme)
        self.diagnosis = DiagnosisCard(theme)
        self.response = ResponseCard(theme)
        self.prognosis = PrognosisCard(theme)
        self.measures = MeasuresCard(theme)
        self.journey = JourneyCard(theme)
        self.due = LinesCard(theme, tr("Due"), tr("Nothing is due."))
        self.letter = LinesCard(theme, tr("Last letter"), tr("No letter yet."))
        self.contacts = LinesCard(theme, tr("Contacts with the team"), tr("None yet."))
        self._content = QWidget()
        self._lay_out()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._scroll = ScrollColumn(self._content)
        column.addWidget(self._scroll)
        self.due.asked.connect(self.act_asked)
        self.letter.asked.connect(self.act_asked)
        self.contacts.asked.connect(self.act_asked)
        self.journey.opened.connect(self.point_opened)
        self.tiles.asked.connect(self._visits)

    def show_overview(self, shown: OverviewShown) -> None:
        """Another record, or the same one changed."""
        self.tiles.show_tiles(shown.tiles)
        self.diagnosis.show_diagnosis(shown.diagnosis)
        self.response.show_response(shown.response)
        self.prognosis.show_prognosis(shown.prognosis)
        self.measures.show_measures(shown.measures)
        self.journey.show_data(shown.journey)
        self.due.show_lines(shown.due)
        self.letter.show_lines((shown.letter,) if shown.letter is not None else ())
        self.contacts.show_lines(shown.contacts)
        self.contacts.setVisible(bool(shown.contacts))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Beside each other where there is the width, else one below the other."""
        self._arrange(event.size().width())
        self.journey.give_room(event.size().height() - self.tiles.sizeHint().height() - 3 * Size.GAP)
        super().resizeEvent(event)

    def _arrange(self, width: int) -> None:
        beside = width >= SIDE_BY_SIDE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._both.setDirection(across if beside else down)
        self._small.setDirection(down if beside and width < ENOUGH else across)  # the journey's column is narrow then
        left = LEFT_OF_MUCH if width >= MUCH else LEFT if width >= ENOUGH else LEFT_OF_LITTLE
        self._left.setMinimumWidth(left if beside else 0)
        self._left.setMaximumWidth(left if beside else NO_LIMIT)
        self._both.setStretch(0, 0 if beside else 1)

    def _lay_out(self) -> None:
        self._left, self._right = QWidget(), QWidget()
        left, right = QVBoxLayout(self._left), QVBoxLayout(self._right)
        self._small = small = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for layout in (left, right, small, self._both):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(Size.GAP)
        for card in (self.diagnosis, self.response, self.measures):
            left.addWidget(card)
        left.addStretch(1)
        right.addWidget(self.journey)
        small.addWidget(self.due, 1)
        small.addWidget(self.letter, 1)
        right.addLayout(small)
        right.addWidget(self.contacts)
        right.addWidget(self.prognosis)
        right.addStretch(1)
        self._both.addWidget(self._left)
        self._both.addWidget(self._right, 1)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(Size.PAGE, Size.GAP, Size.PAGE, Size.GAP)
        column.setSpacing(Size.GAP)
        column.addWidget(self.tiles)
        column.addLayout(self._both, 1)

    def _visits(self) -> None:
        self.page_asked.emit("visits")
