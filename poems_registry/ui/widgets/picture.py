"""A chart taken out of the window: copied as a picture, or saved as PNG or PDF, with what it rests on written under it.

On paper colours: a dark window does not make a dark picture.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QMarginsF, QPointF, QRectF, QSaveFile, QSizeF, QStandardPaths
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from poems_registry.charts.shapes import Drawing
from poems_registry.domain.errors import NotSaved
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Look

PNG_SCALE = 300 / 72
"""Pixels a point: 300 to the inch."""
PDF_DPI = 1200
MARGIN, LINE = 8.0, 13.0
"""Points around the chart, and for each line under it."""
LETTERS = 9.0

Paint = Callable[[QPainter, Theme, Drawing, float], None]
"""Paints a drawing with so many device pixels a point."""


def size_of(drawing: Drawing, caption: str) -> QSizeF:
    """The picture's size in points."""
    lines = len(caption.split("\n")) if caption else 0
    return QSizeF(drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN + lines * LINE)


def image_of(drawing: Drawing, caption: str, paint: Paint) -> QImage:
    """The chart at 300 dots to the inch."""
    size = size_of(drawing, caption) * PNG_SCALE
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    dots = round(300 / 0.0254)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    painter = QPainter(image)
    _draw(painter, drawing, caption, PNG_SCALE, paint)
    painter.end()
    return image


def copy_picture(drawing: Drawing, caption: str, paint: Paint) -> None:
    """To the clipboard; locking the registry empties it."""
    QApplication.clipboard().setImage(image_of(drawing, caption, paint))


Taking = Callable[[str, Callable[[], None]], None]
"""Is told how a picture is about to leave (a file's name, '' for the clipboard), and lets it."""


def let_go(_how: str, then: Callable[[], None]) -> None:
    """A picture that is nobody's in particular may leave at once."""
    then()


class PictureMenu(QMenu):
    """What one can do with a chart, by the right button or the menu key."""

    def __init__(self, view: QWidget, drawing: Drawing, caption: str, paint: Paint, taking: Taking = let_go) -> None:
        super().__init__(view)
        copy = partial(copy_picture, drawing, caption, paint)
        self.addAction(tr("Copy picture\tCtrl+C"), lambda: taking("", copy))
        for ending, words in ((".png", tr("Save as picture (PNG)…")), (".pdf", tr("Save as PDF…"))):
            self.addAction(words, partial(_ask, view, ending, partial(_save, view, drawing, caption, paint), taking))


def _ask(view: QWidget, ending: str, save: Callable[[Path], None], taking: Taking) -> None:
    path = ask_where(view, ending)
    if path is not None:
        taking(path.name, partial(save, path))


def _save(view: QWidget, drawing: Drawing, caption: str, paint: Paint, path: Path) -> None:
    tell = getattr(view.window(), "tell", None)
    if not save_picture(path, drawing, caption, paint) and callable(tell):
        words = tr("The picture was not saved: the disk refused. The registry is safe. Choose another place.")
        tell(NotSaved(words))


def ask_where(parent: QWidget, ending: str) -> Path | None:
    """Where a picture goes; the name it offers tells nothing of a patient."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    kind = tr("Picture (*{ending})", ending=ending)
    chosen, _ = QFileDialog.getSaveFileName(parent, tr("Save the chart"), str(Path(folder) / f"chart{ending}"), kind)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == ending else path.with_name(path.name + ending)


def save_picture(path: Path, drawing: Drawing, caption: str, paint: Paint) -> bool:
    """Write PNG or, by the ending .pdf, vectors; whole or not at all. False if the disk refuses."""
    file = QSaveFile(str(path))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        return False
    if path.suffix.lower() == ".pdf":
        writer = QPdfWriter(file)
        writer.setTitle(tr("Chart"))
        writer.setResolution(PDF_DPI)
        writer.setPageSize(QPageSize(size_of(drawing, caption), QPageSize.Unit.Point))
        writer.setPageMargins(QMarginsF())
        painter = QPainter(writer)
        _draw(painter, drawing, caption, PDF_DPI / 72, paint)
        painter.end()
    elif not QImageWriter(file, QByteArray(b"PNG")).write(image_of(drawing, caption, paint)):
        file.cancelWriting()
    return file.commit()


def _draw(painter: QPainter, drawing: Drawing, caption: str, scale: float, paint: Paint) -> None:
    theme, size = Theme(Look.LIGHT), size_of(drawing, caption) * scale
    painter.fillRect(QRectF(QPointF(), size), QColor(theme.tokens.card))
    painter.save()
    painter.translate(MARGIN * scale, MARGIN * scale)
    paint(painter, theme, drawing, scale)
    painter.restore()
    if not caption:
        return
    letters = theme.font()
    letters.setPixelSize(round(LETTERS * scale))
    painter.setFont(letters)
    painter.setPen(QColor(theme.tokens.sub))
    down = QFontMetricsF(letters).ascent()
    for number, line in enumerate(caption.split("\n")):
        y = (MARGIN + drawing.height + number * LINE) * scale + down
        painter.drawText(QPointF(MARGIN * scale, y), line)
