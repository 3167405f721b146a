"""The five tiles in a row; with fewer words, or in two rows, where there is not the room."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from poems_registry.ui.screens.record.overview.shown import TileShown
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.cards import Tile
from poems_registry.ui.widgets.chips import Feature

HEIGHT = 94


class TileRow(QWidget):
    """`asked` when a tile was pressed. It needs no more width than three tiles of few words."""

    asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[TileShown, ...] = ()
        self.tiles: list[Tile] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)

    def show_tiles(self, shown: tuple[TileShown, ...]) -> None:
        """How the letters stand."""
        if not self.tiles:
            for each in shown:
                tile = Tile(self._theme, each.letter, each.name)
                tile.setParent(self)
                tile.clicked.connect(self.asked)
                tile.show()
                self.tiles.append(tile)
        self._shown = shown
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The fullest form there is room for."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Three tiles of few words."""
        return QSize(3 * 190 + 2 * Size.GAP, HEIGHT)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as its rows."""
        return QSize(5 * 210, self.height())

    def _fit(self) -> None:
        if not self._shown:
            return
        least = max(self._say(tile, each, brief=True) for tile, each in zip(self.tiles, self._shown, strict=True))
        across = 5 if 5 * (least + Size.GAP) - Size.GAP <= self.width() else 3
        room = (self.width() - (across - 1) * Size.GAP) // across
        for tile, each in zip(self.tiles, self._shown, strict=True):
            if self._say(tile, each, brief=False) > room:
                self._say(tile, each, brief=True)
        self._place(across)

    def _say(self, tile: Tile, each: TileShown, *, brief: bool) -> int:
        """Tell a tile in all or in few words, and give the width it needs for them."""
        status, change = (each.brief, each.brief_change) if brief else (each.status, each.change)
        tile.show_state(Feature(each.feature), status, each.icon, change, each.tone)
        tile.setAccessibleName(". ".join(part for part in (each.name, each.status, each.change) if part))
        tile.setToolTip(f"{each.name}: {each.status}\n{each.change}")
        return tile.minimumSizeHint().width()

    def _place(self, across: int) -> None:
        wide = (self.width() - (across - 1) * Size.GAP) / across
        for number, tile in enumerate(self.tiles):
            left = round((number % across) * (wide + Size.GAP))
            tile.setGeometry(left, (number // across) * (HEIGHT + Size.GAP), round(wide), HEIGHT)
        rows = -(-len(self.tiles) // across)
        height = rows * (HEIGHT + Size.GAP) - Size.GAP
        if height != self.height():
            self.setFixedHeight(height)
