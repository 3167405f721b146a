"""What stands in a field's place when there is a reason instead of a value: Not done, Unable to assess."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import dashed_box
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.labels import Label

_ICONS = {"pending": "clock", "not_done": "ban", "declined": "circle-x", "unable": "ban"}


class _StateButton(QPushButton):
    """The state in its dashed frame; pressing it, Delete or Backspace gives the field back."""

    cleared = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._icon = theme, "ban"
        self.setAutoDefault(False)
        self.setProperty("radius", Size.RADIUS)
        self.setFont(theme.font(Size.BODY, Weight.MEDIUM))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr("Press Delete to type a value instead"))
        self.clicked.connect(self.cleared)

    def show_state(self, state: str, words: str, name: str) -> None:
        """The state's code, its words, and what it is about."""
        self._icon = _ICONS.get(state, "info")
        self.setText(words)
        self.setAccessibleName(f"{words}, {name}" if name else words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Icon and words."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 62, Size.CONTROL)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Delete gives the field back; Return and Space too."""
        keys = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in keys:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Neutral ground, broken edge, icon, words."""
        painter = QPainter(self)
        look = self._theme.tokens
        dashed_box(painter, QRectF(self.rect()), Size.RADIUS, look.neutral, look.edge)
        self._theme.paint_icon(painter, QRectF(9, 0, 16, self.height()), self._icon, look.sub, 16)
        painter.setFont(self.font())
        painter.setPen(QColor(look.text))
        place = QRectF(35, 0, self.width() - 35, self.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.end()


class ValueState(QWidget):
    """The state and, at its right, the reason in words. `cleared` asks for the field again."""

    cleared = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.button = _StateButton(theme)
        self._reason = Label(theme, tone=Tone.SUB, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GRID)
        row.addWidget(self.button)
        row.addWidget(self._reason, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFocusProxy(self.button)
        self.button.cleared.connect(self.cleared)

    def show_state(self, state: str, words: str, *, name: str = "", reason: str = "") -> None:
        """'unable', 'Unable to assess', the field's label, 'Wrist in plaster'."""
        self.button.show_state(state, words, name)
        self._reason.setText(reason)
