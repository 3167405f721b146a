"""Icons: one open set of line drawings, tinted by the look, drawn once for each size and screen."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "icons"
_SMALL = 15
_STROKE = 'stroke-width="2"'
_SMALL_STROKE = 'stroke-width="2.3"'


class Icons:
    """Pictures of icons, kept by name, colour, size and device pixel ratio."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._drawings: dict[str, str] = {}
        self._pictures: dict[tuple[str, str, int, float], QPixmap] = {}

    def picture(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        """The icon in '#rrggbb' at `size` logical pixels for a screen of this ratio. FileNotFoundError if none."""
        key = (name, colour, size, ratio)
        if key not in self._pictures:
            self._pictures[key] = self._render(*key)
        return self._pictures[key]

    def forget(self) -> None:
        """Drop the pictures, as after a change of look."""
        self._pictures.clear()

    def _render(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        drawing = self._drawing(name).replace("currentColor", colour)
        if size <= _SMALL:
            drawing = drawing.replace(_STROKE, _SMALL_STROKE)
        side = round(size * ratio)
        picture = QPixmap(side, side)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return picture

    def _drawing(self, name: str) -> str:
        if name not in self._drawings:
            self._drawings[name] = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        return self._drawings[name]
