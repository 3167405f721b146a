"""Pages of a letter or report on the screen, from pictures made elsewhere; keyboard, wheel and page numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.painting import box
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.cards import ScrollColumn


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as 8-bit RGBA rows from the top, `width` x `height` pixels, and its words for a screen reader."""

    rgba: bytes
    width: int
    height: int
    words: str = ""


class _Page(QLabel):
    """One page, as wide as the column."""

    def __init__(self, theme: Theme, page: PageImage, number: int, count: int) -> None:
        super().__init__()
        self._theme = theme
        self._bytes = page.rgba  # QImage does not copy them
        self._image = QImage(self._bytes, page.width, page.height, 4 * page.width, QImage.Format.Format_RGBA8888)
        self._proportion = page.height / page.width
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(f"{tr('Page {number} of {count}', number=number, count=count)}. {page.words}".strip())

    def show_at(self, width: int) -> None:
        """As wide as this."""
        self.setFixedSize(width, round(width * self._proportion))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paper with a thin edge; paper is white in every look."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._image)
        box(painter, QRectF(self.rect()), 0, None, self._theme.tokens.edge)
        painter.end()


class PdfPages(ScrollColumn):
    """Pages below each other. `page_changed` tells (page in view, of how many), counted from 1; (0, 0) for none."""

    page_changed = Signal(int, int)
    GAP = 12

    def __init__(self, theme: Theme, name: str) -> None:
        self._sheet = QWidget()
        self._column = QVBoxLayout(self._sheet)
        self._column.setContentsMargins(self.GAP, self.GAP, self.GAP, self.GAP)
        self._column.setSpacing(self.GAP)
        self._pages: list[_Page] = []
        self._share = 1.0
        self._theme = theme
        super().__init__(self._sheet)
        self.setMinimumWidth(240)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else the pages would change width
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setProperty("radius", 4)
        self.verticalScrollBar().valueChanged.connect(self._tell)

    def show_pages(self, pages: Sequence[PageImage]) -> None:
        """Other pages; the place in the document stays where it was."""
        at = self.verticalScrollBar().value()
        for old in self._pages:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._pages = [_Page(self._theme, page, number, len(pages)) for number, page in enumerate(pages, 1)]
        for page in self._pages:
            self._column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._fit()
        self._column.activate()
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))  # the bar's range now, not one turn later
        self.verticalScrollBar().setValue(at)
        self._tell()

    def set_width_share(self, share: float) -> None:
        """1.0 is the whole width, 0.5 half of it."""
        self._share = share
        self._fit()

    def page(self) -> int:
        """The page in view from 1, 0 for none."""
        if not self._pages:
            return 0
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        return max(1, sum(top <= middle for top in self._tops()))

    def _tops(self) -> list[int]:
        """Where each page begins, also before Qt has laid them out."""
        tops, top = [], self.GAP
        for page in self._pages:
            tops.append(top)
            top += page.height() + self.GAP
        return tops

    def go(self, number: int) -> None:
        """Bring this page to the top."""
        if self._pages:
            top = self._tops()[min(max(number, 1), len(self._pages)) - 1]
            self.verticalScrollBar().setValue(top - self.GAP)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Page keys go by pages, Home and End to the ends."""
        steps = {
            Qt.Key.Key_PageDown: self.page() + 1,
            Qt.Key.Key_PageUp: self.page() - 1,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: len(self._pages),
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.go(steps[key])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """Pages follow the width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _hold_width(self) -> None:
        """Pages shrink with the column: they ask for no width of their own."""

    def _fit(self) -> None:
        for page in self._pages:
            page.show_at(max(120, round((self.viewport().width() - 2 * self.GAP) * self._share)))

    def _tell(self) -> None:
        self.page_changed.emit(self.page(), len(self._pages))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """A desk for the paper."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.tokens.line))
        painter.end()
        super().paintEvent(event)


def page_words(number: int, count: int) -> str:
    """'Page 1 of 2', or that there is none."""
    return tr("Page {number} of {count}", number=number, count=count) if count else tr("No pages yet")
