"""The ring around the control that has the focus: drawn over the window, outside the control, in every look."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from poems_registry.ui.theme.painting import box
from poems_registry.ui.theme.theme import Theme

MARGIN = 6  # 2 px dark, 3 px yellow, 1 px dark hairline
_MOVES = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.LayoutRequest,
    QEvent.Type.ParentChange,
}


class FocusPart:
    """Mixed into a widget of which only a part has the focus, as a table's current row.

    The widget declares the signal `focus_moved` and tells by it that the part moved.
    """

    focus_moved: Any  # a Signal, which each widget class must declare for itself

    def focus_rect(self) -> QRect:
        """That part, in the widget's own coordinates."""
        raise NotImplementedError  # every widget must; an abstract class cannot be mixed into one (two metaclasses)


def _part(widget: object) -> FocusPart | None:
    return widget if isinstance(widget, FocusPart) else None


class FocusRing(QWidget):
    """The ring of one window; lets every click through."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._theme = theme
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._seen = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def target(self) -> QWidget | None:
        """The control it is drawn around."""
        return self._target

    def follow(self, target: QWidget | None) -> None:
        """Go around another control, or away."""
        for watched in self._watched:
            watched.removeEventFilter(self)
        if (part := _part(self._target)) is not None:
            part.focus_moved.disconnect(self.place)
        self._watched = []
        self._target = target
        widget: QWidget | None = target
        while widget is not None and widget is not self.parentWidget():
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        if (part := _part(target)) is not None:
            part.focus_moved.connect(self.place)
        self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The control or something it lies in was moved, scrolled, shown, hidden or taken away."""
        if event.type() in _MOVES:
            self.place()
        elif event.type() == QEvent.Type.DeferredDelete:
            self.follow(None)
        return False

    def place(self) -> None:
        """Lie exactly around the control; hide where the control is scrolled out of view."""
        target, window = self._target, self.parentWidget()
        if target is None or window is None or not target.isVisible():
            self.hide()
            return
        part = _part(target)
        inner = target.rect() if part is None else part.focus_rect()
        around = QRect(target.mapTo(window, inner.topLeft()), inner.size()).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        seen = around.intersected(self._clip(target, window))
        if seen.width() <= 2 * MARGIN or seen.height() <= 2 * MARGIN:
            self.hide()
            return
        if around != self.geometry():
            self.setGeometry(around)
        mask = QRegion(seen.translated(-around.topLeft()))
        if seen != around or self._seen != around:
            self.setMask(mask)
            self._seen = seen
        self.raise_()
        self.show()

    def _clip(self, target: QWidget, window: QWidget) -> QRect:
        """What every scroll area around the control lets through, with the ring's own margin."""
        clip = window.rect()
        widget = target.parentWidget()
        while widget is not None and widget is not window:
            area = widget.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is widget:
                view = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
                clip = clip.intersected(view.adjusted(-MARGIN, 0, MARGIN, 0))
            widget = widget.parentWidget()
        return clip

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """From the control outwards: dark, yellow, a dark hairline. Yellow is never without its dark edge."""
        if self._target is None:
            return
        painter = QPainter(self)
        look = self._theme.tokens
        radius = float(self._target.property("radius") or 4)
        outer = QRectF(self.rect())
        box(painter, outer, radius + 6, None, look.focus_edge, 1)
        box(painter, outer.adjusted(1, 1, -1, -1), radius + 5, None, look.focus, 3)
        box(painter, outer.adjusted(4, 4, -4, -4), radius + 2, None, look.focus_edge, 2)
        painter.end()


class FocusRings(QObject):
    """Gives every window its ring and lets it follow the focus."""

    def __init__(self, application: QApplication, theme: Theme) -> None:
        super().__init__(application)
        self._theme = theme
        application.focusChanged.connect(self._moved)

    @staticmethod
    def ring_of(window: QWidget) -> FocusRing | None:
        """The ring of this window, if it ever had the focus."""
        return window.findChild(FocusRing, options=Qt.FindChildOption.FindDirectChildrenOnly)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        window = new.window() if new is not None else None
        if window is None or new is None or window.windowType() is Qt.WindowType.Popup:
            return
        if old is not None and old.window() is not window:
            left = self.ring_of(old.window())
            if left is not None:
                left.follow(None)
        ring = self.ring_of(window) or FocusRing(window, self._theme)
        ring.follow(None if new is window else new)
