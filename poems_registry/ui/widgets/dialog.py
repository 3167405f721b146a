"""Dialogs: at most 900 x 460, the patient's name on top, the buttons always in view, the window behind dimmed."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import (
    QColor,
    QKeySequence,
    QMouseEvent,
    QMoveEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.identity import Identity
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box, shadow
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.banner import MicroBanner
from poems_registry.ui.widgets.buttons import Button
from poems_registry.ui.widgets.cards import ScrollColumn
from poems_registry.ui.widgets.labels import IconLabel, Label
from poems_registry.ui.widgets.tabbing import go_on

_HEAD = 80  # pixels from the top by which a dialog can be pulled


class Scrim(QWidget):
    """Dims the window behind a dialog, and draws the dialog's shadow."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._theme = theme
        self._dialog = QRect()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self.hide()

    def dim_for(self, dialog: QWidget) -> None:
        """Cover the window; the dialog lies over it."""
        window = self.parentWidget()
        if window is None:
            return
        self._dialog = QRect(window.mapFromGlobal(dialog.mapToGlobal(QPoint(0, 0))), dialog.size())
        self.setGeometry(window.rect())
        self.raise_()
        self.show()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """As large as the window, always."""
        window = self.parentWidget()
        if event.type() == QEvent.Type.Resize and window is not None and watched is window:
            self.resize(window.size())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Forty per cent of the dark."""
        painter = QPainter(self)
        dark = QColor(self._theme.tokens.shadow)
        dark.setAlphaF(0.4)
        painter.fillRect(self.rect(), dark)
        shadow(painter, QRectF(self._dialog), Size.CARD_RADIUS, self._theme.tokens.shadow)
        painter.end()


class Dialog(QDialog):
    """A question that must be answered first. Esc and Go back are the same; Return in a field does nothing.

    `body` is the layout of the scrolled middle. `who` puts the micro banner on top. `lock_asked` is Ctrl+L, which works
    in dialogs too. Close it with `done`, `accept` or `reject`; `finished` tells.
    """

    lock_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        *,
        who: Identity | None = None,
        icon: str = "",
        icon_tone: Tone = Tone.BLUE,
        explanation: str = "",
        width: int = 560,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._pulled: QPointF | None = None
        self._wanted = QSize(min(width, Size.DIALOG_WIDTH), Size.DIALOG_HEIGHT)
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(title)
        self.setModal(True)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        if who is not None:
            column.addWidget(MicroBanner(theme, who))
        self._add_head(column, title, icon, icon_tone, explanation)
        self._middle = QWidget()
        self.body = QVBoxLayout(self._middle)
        self.body.setContentsMargins(24, 4, 18, 8)
        self.body.setSpacing(Size.GRID)
        self._scroll = ScrollColumn(self._middle)
        column.addWidget(self._scroll, 1)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(24, 8, 24, 16)
        self._foot.setSpacing(Size.GRID)
        column.addLayout(self._foot)
        lock = QShortcut(QKeySequence("Ctrl+L"), self)
        lock.activated.connect(self.lock_asked)

    def _add_head(self, column: QVBoxLayout, title: str, icon: str, tone: Tone, explanation: str) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(24, 16, 24, 8)
        head.setSpacing(4)
        words = IconLabel(self._theme, icon, title, icon_tone=tone, icon_size=20, wrap=True)
        words.set_weight(Weight.MEDIUM, Size.HEADING)
        head.addWidget(words)
        if explanation:
            head.addWidget(Label(self._theme, explanation, tone=Tone.SUB, wrap=True))
        column.addLayout(head)

    def set_actions(self, main: Button, others: Sequence[Button] = (), left: Sequence[Button] = ()) -> None:
        """The row below, outside the scrolled part: `left` at the left, then `others`, the main one last."""
        while self._foot.takeAt(0) is not None:
            continue
        for button in left:
            self._foot.addWidget(button)
        self._foot.addStretch(1)
        for button in (*others, main):
            self._foot.addWidget(button)

    def save_by_keys(self, main: Button) -> None:
        """Of a form: Ctrl+S and Ctrl+Return press its main button, which says so."""
        main.set_hint("Ctrl+S")
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setAutoRepeat(False)  # a key held down answers no question that the first press raised
            shortcut.activated.connect(main.click)

    def open_over(self, window: QWidget) -> None:
        """Show it in the middle of this window, which is dimmed until it closes."""
        window = window.window()
        self.setParent(window, self.windowFlags())
        self.resize(self._fitting(window.size()))
        middle = window.mapToGlobal(window.rect().center())
        self.move(middle - QPoint(self.width() // 2, self.height() // 2))
        scrim = _scrim_of(window) or Scrim(window, self._theme)
        self.finished.connect(scrim.hide)
        lock = getattr(window, "lock_asked", None)
        if isinstance(lock, SignalInstance):
            self.lock_asked.connect(lock)
        self.open()
        scrim.dim_for(self)
        self.activateWindow()

    def fit(self) -> None:
        """As high as its content is now: from the inmost part outwards, each forgets the height it had."""
        for part in (*reversed(self._middle.findChildren(QWidget)), self._middle, self._scroll):
            part.updateGeometry()
        window = self.parentWidget()
        if window is not None:
            self.resize(self._fitting(window.size()))

    def reveal(self, part: QWidget) -> None:
        """This part came into the content: as high as that is now, and scrolled to it where that is too high."""
        self.fit()
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(part, 0, Size.GRID))  # once it is laid out

    def _fitting(self, window: QSize) -> QSize:
        """As high as its content, at most as the window and 460; a scrolled middle takes the rest."""
        width = min(self._wanted.width(), window.width() - 32)
        self.ensurePolished()
        rest, needs = _height(self._column, width), _height(self.body, width - 2)
        spare = self._scroll.sizeHint().height()
        height = min(rest - spare + needs + 2, Size.DIALOG_HEIGHT, window.height() - 32)
        return QSize(width, max(height, min(160, window.height() - 32)))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The first field has the focus, else the first button at the right."""
        super().showEvent(event)
        first = self._middle.nextInFocusChain()
        while first is not None and first is not self._middle and self._middle.isAncestorOf(first):
            if first.focusPolicy() & Qt.FocusPolicy.TabFocus and first.isVisibleTo(self) and first.isEnabled():
                first.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            first = first.nextInFocusChain()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Tab goes in the order of reading."""
        return go_on(self, forward=forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Where a pull may begin: the head, outside its controls."""
        left = event.button() == Qt.MouseButton.LeftButton
        self._pulled = event.globalPosition() if left and event.position().y() < _HEAD else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A dialog can be pulled aside to see what is under it; a click alone moves nothing."""
        handle = self.windowHandle()
        if self._pulled is None or handle is None:
            return
        if (event.globalPosition() - self._pulled).manhattanLength() >= QApplication.startDragDistance():
            self._pulled = None
            handle.startSystemMove()

    def moveEvent(self, event: QMoveEvent) -> None:  # noqa: N802
        """The shadow goes with it."""
        super().moveEvent(event)
        scrim = _scrim_of(self.parentWidget())
        if scrim is not None and scrim.isVisible():
            scrim.dim_for(self)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A card; its corners are painted as the dimmed page behind, so that they look round on every system."""
        painter = QPainter(self)
        look = self._theme.tokens
        painter.fillRect(self.rect(), QColor(look.dim))
        box(painter, QRectF(self.rect()), Size.CARD_RADIUS, look.card, look.edge)
        painter.end()

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """The banner's upper corners follow the card's."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        for banner in self.findChildren(MicroBanner):
            path = QPainterPath()
            radius = Size.CARD_RADIUS - 1
            path.addRoundedRect(QRectF(0, 0, self.width() - 2, banner.height() + 60), radius, radius)
            banner.setMask(path.toFillPolygon().toPolygon())


def _scrim_of(window: QWidget | None) -> Scrim | None:
    if window is None:
        return None
    return window.findChild(Scrim, options=Qt.FindChildOption.FindDirectChildrenOnly)


def _height(layout: QVBoxLayout, width: int) -> int:
    """Of a layout at this width, wrapped texts included."""
    return layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
