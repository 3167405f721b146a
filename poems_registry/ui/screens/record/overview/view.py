"""The overview's page: five tiles, then the diagnosis and the course beside the journey and what is due."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.overview.diagnosis_card import DiagnosisCard
from poems_registry.ui.screens.record.overview.journey_card import JourneyCard
from poems_registry.ui.screens.record.overview.shown import OverviewShown, TileShown
from poems_registry.ui.screens.record.overview.small_cards import LinesCard, MeasuresCard
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.cards import ScrollColumn, Tile
from poems_registry.ui.widgets.chips import Feature

LETTERS = "POEMS"
LEFT_WIDE, LEFT_NARROW = 520, 404


class Tiles(QWidget):
    """Five in a row, with fewer words or in two rows where there is not the room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.tiles = {letter: Tile(theme, letter, letter) for letter in LETTERS}
        self._shown: tuple[TileShown, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Size.GAP)
        self._form = (0, False)

    def show_tiles(self, shown: tuple[TileShown, ...], theme: Theme) -> None:
        """How the letters stand."""
        if not self._shown:
            self.tiles = {each.letter: Tile(theme, each.letter, each.name) for each in shown}
        self._shown = shown
        self._form = (0, False)
        self.fit(self.width())

    def fit(self, width: int) -> None:
        """The fullest form this width has room for."""
        if not self._shown:
            return
        for across, brief in ((5, False), (5, True), (3, False), (3, True)):
            self._say(brief=brief)
            widest = max(tile.minimumSizeHint().width() for tile in self.tiles.values())
            if across * (widest + Size.GAP) - Size.GAP <= width:
                break
        if self._form != (across, brief):
            self._form = (across, brief)
            self._place(across)

    def _say(self, *, brief: bool) -> None:
        for each in self._shown:
            status, change = (each.brief, each.brief_change) if brief else (each.status, each.change)
            tile = self.tiles[each.letter]
            tile.show_state(Feature(each.feature), status, each.icon, change, each.tone)
            tile.setToolTip(f"{each.name}: {each.status}\n{each.change}")

    def _place(self, across: int) -> None:
        while self._grid.takeAt(0) is not None:
            continue
        for place, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, place // across, place % across)
        for column in range(5):
            self._grid.setColumnStretch(column, 1 if column < across else 0)


class OverviewPage(QWidget):
    """All of it, scrolled up and down where the window is low."""

    act_asked = Signal(str, int)
    point_opened = Signal(str)
    page_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.tiles = Tiles(theme)
        self.diagnosis = DiagnosisCard(theme)
        self.measures = MeasuresCard(theme)
        self.journey = JourneyCard(theme)
        self.due = LinesCard(theme, tr("Due"), tr("Nothing is due."))
        self.letter = LinesCard(theme, tr("Last letter"), tr("No letter yet."))
        self._content = QWidget()
        self._lay_out()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._scroll = ScrollColumn(self._content)
        column.addWidget(self._scroll)
        self.due.asked.connect(self.act_asked)
        self.letter.asked.connect(self.act_asked)
        self.journey.opened.connect(self.point_opened)
        self.set_narrow(False)

    def show_overview(self, shown: OverviewShown) -> None:
        """Another record, or the same one changed."""
        first = not self.tiles._shown
        self.tiles.show_tiles(shown.tiles, self._theme)
        if first:
            for tile in self.tiles.tiles.values():
                tile.clicked.connect(lambda: self.page_asked.emit("visits"))
        self.diagnosis.show_diagnosis(shown.diagnosis)
        self.measures.show_measures(shown.measures)
        self.journey.show_data(shown.journey)
        self.due.show_lines(shown.due)
        self.letter.show_lines((shown.letter,) if shown.letter is not None else ())

    def set_narrow(self, narrow: bool) -> None:
        """The form below 1200 px."""
        self._left.setFixedWidth(LEFT_NARROW if narrow else LEFT_WIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Tiles take the form that fits."""
        super().resizeEvent(event)
        self.tiles.fit(self._scroll.viewport().width() - 2 * Size.PAGE)

    def _lay_out(self) -> None:
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(Size.GAP)
        left.addWidget(self.diagnosis)
        left.addWidget(self.measures)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(Size.GAP)
        right.addWidget(self.journey, 1)
        small = QHBoxLayout()
        small.setSpacing(Size.GAP)
        small.addWidget(self.due, 1)
        small.addWidget(self.letter, 1)
        right.addLayout(small)
        both = QHBoxLayout()
        both.setSpacing(Size.GAP)
        both.addWidget(self._left)
        both.addLayout(right, 1)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(Size.PAGE, Size.GAP, Size.PAGE, Size.GAP)
        column.setSpacing(Size.GAP)
        column.addWidget(self.tiles)
        column.addLayout(both, 1)
