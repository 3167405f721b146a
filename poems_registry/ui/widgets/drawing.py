"""Charts on the screen: walks over plain shapes, paints them in the look in use, reads points by key and mouse."""

from functools import partial, singledispatch
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from poems_registry.charts.lettering import text_width
from poems_registry.charts.shapes import (
    Anchor,
    Circle,
    Drawing,
    Line,
    Pattern,
    Polygon,
    Polyline,
    Rect,
    Shape,
    Text,
    Weight,
)
from poems_registry.charts.shapes import Tone as Meaning
from poems_registry.ui.theme.fonts import Weight as FontWeight
from poems_registry.ui.theme.painting import box, hatch
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Look, Size, Tokens
from poems_registry.ui.widgets.picture import PictureMenu, Taking, copy_picture, let_go

PIXELS_A_POINT = 96 / 72
_REACH = 14.0  # pixels from the mouse to a point
_NEARER = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
_LATER = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


def tone_colour(tokens: Tokens, tone: Meaning) -> QColor:
    """The colour of a chart's tone in this look."""
    shades = {
        Meaning.TEXT: tokens.text,
        Meaning.SUB: tokens.sub,
        Meaning.LINE: tokens.edge,
        Meaning.GRID: tokens.hair,
        Meaning.BAND: tokens.amber_tint,
        Meaning.BLUE: tokens.blue,
        Meaning.PURPLE: tokens.purple,
        Meaning.GREEN: tokens.green,
        Meaning.RED: tokens.red,
        Meaning.AMBER: tokens.amber,
        Meaning.FILL: tokens.neutral,
        Meaning.PAPER: tokens.card,
    }
    return QColor(shades[tone])


def letter_colour(tokens: Tokens, tone: Meaning) -> QColor:
    """The colour of letters of a chart's tone: red, green and amber have a darker (or lighter) one for text."""
    letters = {Meaning.RED: tokens.red_text, Meaning.GREEN: tokens.green_text, Meaning.AMBER: tokens.amber_text}
    return QColor(letters.get(tone) or tone_colour(tokens, tone))


class Walker:
    """Paints shapes with one painter, look and scale (logical pixels a point)."""

    def __init__(self, painter: QPainter, theme: Theme, scale: float) -> None:
        self.painter, self.theme, self.scale = painter, theme, scale
        self._colours: dict[Meaning, QColor] = {}
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self, drawing: Drawing) -> None:
        """All shapes in their order."""
        for shape in drawing.shapes:
            _paint(shape, self)

    def colour(self, tone: Meaning) -> QColor:
        """The colour of a tone."""
        if tone not in self._colours:
            self._colours[tone] = tone_colour(self.theme.tokens, tone)
        return self._colours[tone]

    def pen(self, tone: Meaning, width: float, dash: tuple[float, ...] = ()) -> QPen:
        """A pen at least 1 px wide; dashes are told in points, Qt wants them in widths."""
        wide = max(1.0, width * self.scale)
        pen = QPen(self.colour(tone), wide)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dash:
            pen.setDashPattern([part * self.scale / wide for part in dash])
        return pen

    def point(self, x: float, y: float) -> QPointF:
        """A place of the chart in pixels."""
        return QPointF(x * self.scale, y * self.scale)

    def fill(self, tone: Meaning | None) -> QBrush:
        """A solid ground, or none."""
        return QBrush(self.colour(tone)) if tone is not None else QBrush(Qt.BrushStyle.NoBrush)

    def outline(self, tone: Meaning | None, width: float) -> QPen:
        """An edge, or none."""
        return self.pen(tone, width) if tone is not None else QPen(Qt.PenStyle.NoPen)


@singledispatch
def _paint(shape: Shape, walker: Walker) -> None:  # noqa: ARG001
    raise TypeError(f"no way to paint {type(shape).__name__}")


@_paint.register
def _(shape: Line, walker: Walker) -> None:
    walker.painter.setPen(walker.pen(shape.tone, shape.width, shape.dash))
    straight = shape.x1 == shape.x2 or shape.y1 == shape.y2
    walker.painter.setRenderHint(QPainter.RenderHint.Antialiasing, not straight)
    walker.painter.drawLine(walker.point(shape.x1, shape.y1), walker.point(shape.x2, shape.y2))
    walker.painter.setRenderHint(QPainter.RenderHint.Antialiasing)


@_paint.register
def _(shape: Polyline, walker: Walker) -> None:
    pen = walker.pen(shape.tone, shape.width, shape.dash)
    places = [walker.point(x, y) for x, y in shape.points]
    if shape.dash:
        walker.painter.setPen(pen)
        walker.painter.drawPolyline(QPolygonF(places))
        return
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)  # looks as joined, and is painted much faster than one long line
    walker.painter.setPen(pen)
    walker.painter.drawLines([QLineF(one, other) for one, other in pairwise(places)])


@_paint.register
def _(shape: Rect, walker: Walker) -> None:
    place = QRectF(walker.point(shape.x, shape.y), walker.point(shape.x + shape.width, shape.y + shape.height))
    radius = shape.radius * walker.scale
    walker.painter.setPen(walker.outline(shape.stroke, shape.stroke_width))
    walker.painter.setBrush(walker.fill(shape.fill))
    walker.painter.drawRoundedRect(place, radius, radius)
    if shape.pattern is Pattern.SOLID:
        return
    ink = walker.colour(shape.stroke or Meaning.TEXT)
    if shape.pattern is Pattern.HATCH:
        hatch(walker.painter, place, ink, 5.0)
        return
    style = Qt.BrushStyle.DiagCrossPattern if shape.pattern is Pattern.CROSS else Qt.BrushStyle.Dense6Pattern
    walker.painter.fillRect(place, QBrush(ink, style))


@_paint.register
def _(shape: Circle, walker: Walker) -> None:
    walker.painter.setPen(walker.outline(shape.stroke, shape.stroke_width))
    walker.painter.setBrush(walker.fill(shape.fill))
    radius = shape.radius * walker.scale
    walker.painter.drawEllipse(walker.point(shape.x, shape.y), radius, radius)


@_paint.register
def _(shape: Polygon, walker: Walker) -> None:
    walker.painter.setPen(walker.outline(shape.stroke, shape.stroke_width))
    walker.painter.setBrush(walker.fill(shape.fill))
    walker.painter.drawPolygon(QPolygonF([walker.point(x, y) for x, y in shape.points]))


@_paint.register
def _(shape: Text, walker: Walker) -> None:
    type_ = walker.theme.font(Size.BODY, FontWeight.SEMIBOLD if shape.weight is Weight.BOLD else FontWeight.REGULAR)
    type_.setPixelSize(max(1, round(shape.size * walker.scale)))
    width = _fit(type_, shape, walker.scale)
    left = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[shape.anchor]
    walker.painter.setFont(type_)
    walker.painter.setPen(letter_colour(walker.theme.tokens, shape.tone))
    walker.painter.drawText(walker.point(shape.x, shape.y) - QPointF(left, 0), shape.text)


def _fit(type_: QFont, shape: Text, scale: float) -> float:
    """The text's width. Charts reserve room by the paper's typeface; ours is set a little closer where it is wider."""
    width = QFontMetricsF(type_).horizontalAdvance(shape.text)
    room = text_width(shape.text, shape.size, shape.weight) * scale
    if width > room > 0 and shape.text:
        type_.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, max(-0.6, (room - width) / len(shape.text)))
        width = QFontMetricsF(type_).horizontalAdvance(shape.text)
    return width


def paint_drawing(painter: QPainter, theme: Theme, drawing: Drawing, place: QRectF) -> None:
    """A drawing inside a cell or card: as large as the place lets it be, in its own proportions."""
    scale = min(place.width() / drawing.width, place.height() / drawing.height)
    painter.save()
    painter.translate(place.topLeft())
    Walker(painter, theme, scale).paint(drawing)
    painter.restore()


def paint_scaled(painter: QPainter, theme: Theme, drawing: Drawing, scale: float) -> None:
    """All of a drawing, so many pixels a point."""
    Walker(painter, theme, scale).paint(drawing)


class DrawingView(QWidget):
    """A chart as a real widget. Left and Right go from point to point, Home and End to the ends, Return opens.

    `pointed` tells the words of the point in hand ('' for none), `opened` its index among the drawing's hits. The words
    that stand for the chart are its accessible name; those of the point in hand its description.
    """

    pointed = Signal(str)
    opened = Signal(int)
    zoomed = Signal(int, int)  # nearer by 1, farther by -1, all by 0; the hit in hand or -1
    moved = Signal(int)  # later by 1, earlier by -1

    def __init__(self, theme: Theme, drawing: Drawing | None = None, *, scale: float = PIXELS_A_POINT) -> None:
        super().__init__()
        self._theme, self._scale = theme, scale
        self._drawing: Drawing | None = None
        self._at = -1
        self._painted: QPixmap | None = None
        self._painted_for: tuple[float, Look] | None = None
        self.caption = ""
        """What is written under the chart where it leaves the window."""
        self.taking: Taking = let_go
        """Asked before it leaves: a chart of somebody is in the audit first."""
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("radius", 4)
        if drawing is not None:
            self.show_drawing(drawing)

    @property
    def scale(self) -> float:
        """Logical pixels a point: divide a width by it to ask for a chart that fills it."""
        return self._scale

    def show_drawing(self, drawing: Drawing) -> None:
        """Another chart; no point is in hand."""
        self._drawing, self._painted = drawing, None
        self.setAccessibleName(drawing.alt_text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if drawing.hits else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()
        self._hold(-1)

    def sizeHint(self) -> QSize:  # noqa: N802
        """The chart's own size in pixels."""
        if self._drawing is None:
            return QSize(0, 0)
        return QSize(round(self._drawing.width * self._scale), round(self._drawing.height * self._scale))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """From point to point."""
        count = len(self._drawing.hits) if self._drawing is not None else 0
        steps = {
            Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Left: self._at - 1 if self._at >= 0 else count - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }
        key, held = Qt.Key(event.key()), event.modifiers()
        if event.matches(QKeySequence.StandardKey.Copy) and self._drawing is not None:
            self.taking("", partial(copy_picture, self._drawing, self.caption, paint_scaled))
        elif held & Qt.KeyboardModifier.ControlModifier and key in _NEARER:
            self.zoomed.emit(_NEARER[key], self._at)
        elif held & Qt.KeyboardModifier.ShiftModifier and key in _LATER:
            self.moved.emit(_LATER[key])
        elif key in steps and count:
            self._hold(min(max(steps[key], 0), count - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0:
            self.opened.emit(self._at)
        elif key is Qt.Key.Key_Escape and self._at >= 0:
            self._hold(-1)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Copy or save it."""
        if self._drawing is not None:
            menu = PictureMenu(self, self._drawing, self.caption, paint_scaled, self.taking)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(event.globalPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The nearest point within reach."""
        self._hold(self._nearest(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click on a point opens it."""
        near = self._nearest(event.position())
        if near >= 0:
            self._hold(near)
            self.opened.emit(near)

    def leaveEvent(self, event: object) -> None:  # noqa: N802
        """The mouse went; a point reached by key stays."""
        super().leaveEvent(event)  # type: ignore[arg-type]
        if not self.hasFocus():
            self._hold(-1)

    def _nearest(self, at: QPointF) -> int:
        if self._drawing is None or not self._drawing.hits:
            return -1
        far = [
            ((hit.x * self._scale - at.x()) ** 2 + (hit.y * self._scale - at.y()) ** 2, place)
            for place, hit in enumerate(self._drawing.hits)
        ]
        distance, place = min(far)
        return place if distance <= _REACH**2 else -1

    def _hold(self, place: int) -> None:
        if place == self._at and place >= 0:
            return
        self._at = place
        words = self._drawing.hits[place].words if self._drawing is not None and place >= 0 else ""
        self.setAccessibleDescription(words)
        self.pointed.emit(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The chart, then the point in hand with its words."""
        if self._drawing is None:
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture(self._drawing))
        if self._at >= 0:
            self._paint_hit(painter, self._drawing)
        painter.end()

    def _picture(self, drawing: Drawing) -> QPixmap:
        """The chart, painted once: going from point to point paints only the point."""
        ratio, look = self.devicePixelRatioF(), self._theme.look
        if self._painted is None or self._painted_for != (ratio, look):
            self._painted = QPixmap(self.sizeHint() * ratio)
            self._painted.setDevicePixelRatio(ratio)
            self._painted.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._painted)
            Walker(painter, self._theme, self._scale).paint(drawing)
            painter.end()
            self._painted_for = (ratio, look)
        return self._painted

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """With Ctrl nearer and farther; else the page scrolls."""
        turned = event.angleDelta().y()
        if turned and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if turned > 0 else -1, self._nearest(event.position()))
            event.accept()
        else:
            event.ignore()

    def _paint_hit(self, painter: QPainter, drawing: Drawing) -> None:
        """The tip stands above the point, below where there is no room, and never outside the chart."""
        look, hit = self._theme.tokens, drawing.hits[self._at]
        x, y = hit.x * self._scale, hit.y * self._scale
        box(painter, QRectF(x - 7, y - 7, 14, 14), 7, None, look.text, 2)
        type_ = self._theme.font(Size.BODY)
        lines = hit.words.split("\n")
        metrics = QFontMetricsF(type_)
        size = QSize(round(max(metrics.horizontalAdvance(line) for line in lines)) + 20, 18 * len(lines) + 12)
        left = min(max(4.0, x - size.width() / 2), max(4.0, self.width() - size.width() - 4))
        top = y - size.height() - 14 if y - size.height() - 14 >= 2 else y + 14
        tip = QRectF(left, top, size.width(), size.height())
        box(painter, tip, 6, look.card, look.edge)
        painter.setFont(type_)
        painter.setPen(QColor(look.text))
        for number, line in enumerate(lines):
            place = QRectF(left + 10, top + 6 + 18 * number, size.width(), 18)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), line)
