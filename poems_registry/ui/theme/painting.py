"""Strokes that several painted widgets share: boxes with sharp edges, hatching, warning stripes, soft shadows."""

import math

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

Shade = QColor | str


def _ratio(painter: QPainter) -> float:
    return painter.device().devicePixelRatio()


def box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: Shade | None = None,
    edge: Shade | None = None,
    width: float = 1.0,
) -> None:
    """A rounded box; the edge lies inside `rect` and is a whole number of device pixels, sharp at 125 % too."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    ratio = _ratio(painter)
    inset = max(1, round(width * ratio)) / ratio if edge is not None else 0.0
    inner = rect.adjusted(inset, inset, -inset, -inset)
    if edge is not None:
        ring = QPainterPath()
        ring.setFillRule(Qt.FillRule.OddEvenFill)
        ring.addRoundedRect(rect, radius, radius)
        ring.addRoundedRect(inner, max(0.0, radius - inset), max(0.0, radius - inset))
        painter.fillPath(ring, QColor(edge))
    if fill is not None:
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(inner, max(0.0, radius - inset), max(0.0, radius - inset))
    painter.restore()


def dashed_box(painter: QPainter, rect: QRectF, radius: float, fill: Shade | None, edge: Shade) -> None:
    """A rounded box with a broken edge: not assessed, cannot tell, unable."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(edge), 1.0, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([2.5, 2.0])
    painter.setPen(pen)
    painter.setBrush(QColor(fill) if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.restore()


def rule(painter: QPainter, rect: QRectF, shade: Shade) -> None:
    """A straight rule: filled, so that it is never spread over two device pixels."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(shade))
    painter.drawRect(_on_pixels(painter, rect))  # not `fillRect`, which has PySide load every kind of gradient first
    painter.restore()


def _on_pixels(painter: QPainter, rect: QRectF) -> QRectF:
    ratio = _ratio(painter)
    left, top = round(rect.left() * ratio) / ratio, round(rect.top() * ratio) / ratio
    width = max(1, round(rect.width() * ratio)) / ratio
    height = max(1, round(rect.height() * ratio)) / ratio
    return QRectF(left, top, width, height)


def hatch(painter: QPainter, rect: QRectF, shade: Shade, step: float = 7.0, width: float = 1.0) -> None:
    """Diagonal lines over `rect`: a deceased patient, or an area that grey paper must tell apart."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(shade), width))
    # Counted from the widget's corner, not the rectangle's: the cells of a row then make one pattern.
    left = math.floor((rect.left() - rect.height()) / step) * step
    count = math.ceil((rect.right() - left) / step)
    height, top, bottom = rect.height(), rect.top(), rect.bottom()
    painter.drawLines([QLineF(x, bottom, x + height, top) for x in (left + n * step for n in range(count))])
    painter.restore()


def stripes(painter: QPainter, rect: QRectF, one: Shade, other: Shade, width: float = 12.0) -> None:
    """Broad diagonal stripes at 45 degrees, as on a training registry."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, QColor(one))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(QColor(other)))
    across = width * math.sqrt(2)
    left = rect.left() - rect.height()
    while left < rect.right():
        corners = [
            QPointF(left, rect.bottom()),
            QPointF(left + across, rect.bottom()),
            QPointF(left + across + rect.height(), rect.top()),
            QPointF(left + rect.height(), rect.top()),
        ]
        painter.drawPolygon(QPolygonF(corners))
        left += 2 * across
    painter.restore()


def shadow(painter: QPainter, rect: QRectF, radius: float, shade: Shade, depth: int = 14) -> None:
    """A soft shadow as stacked boxes: an effect would blur the text at fractional scale (notes, trap 14)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    colour = QColor(shade)
    colour.setAlpha(9)
    painter.setBrush(colour)
    for step in range(depth, 0, -1):
        painter.drawRoundedRect(rect.adjusted(-step, -step + 4, step, step + 4), radius + step, radius + step)
    painter.restore()


def struck(painter: QPainter, rect: QRectF, shade: Shade) -> None:
    """A stroke from the lower left to the upper right: absent, not met."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(shade), 1.4))
    painter.drawLine(rect.bottomLeft() + QPointF(4, -4), rect.topRight() + QPointF(-4, 4))
    painter.restore()
