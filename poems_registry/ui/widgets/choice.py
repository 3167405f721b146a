"""A choice among a few answers, all seen at once: real radio buttons, nothing chosen at the start, can be cleared."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QMenu, QRadioButton, QSizePolicy, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box, rule
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.ticks import begun_with


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its code, its word and its shape."""

    code: str
    words: str
    icon: str = ""


PRESENT_OR_NOT = (
    Option("present", "Present", "circle-dot"),
    Option("absent", "Absent", "circle"),
    Option("not_assessed", "Not assessed", "circle-dashed"),
)
_FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_CLEAR = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class _Segment(QRadioButton):
    """One part; its frame is drawn by its place in the row."""

    def __init__(self, theme: Theme, option: Option, choice: "SegmentedChoice") -> None:
        super().__init__(tr(option.words))
        self.option = option
        self._theme, self._choice = theme, choice
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font(Size.BODY, Weight.SEMIBOLD))
        self.setProperty("radius", Size.RADIUS)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Shape and word; the padding gives way first when room is short."""
        icon = 16 + (8 if not self._choice.narrow else 2) if self.option.icon else 0
        padding = 12 if not self._choice.narrow else 5
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2 + icon + 2 * padding, Size.CONTROL)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint."""
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:  # noqa: N802
        """Every point of the part chooses it."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows choose the next part, a letter the part that begins so, Delete clears; Return is left alone."""
        if event.key() in _FORWARD:
            self._choice.step(1)
        elif event.key() in _BACK:
            self._choice.step(-1)
        elif event.key() in _CLEAR:
            self._choice.clear_by_person()
        elif not self._choice.choose_by_letter(event.text()):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """The mouse's way to take an answer back."""
        menu = QMenu(self)
        clear = menu.addAction(tr("Clear this answer\tDelete"))
        clear.setEnabled(self._choice.code() != "")
        if menu.exec(event.globalPos()) is clear:
            self._choice.clear_by_person()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground when chosen, shape, word."""
        painter = QPainter(self)
        look = self._theme.tokens
        ink = look.on_blue if self.isChecked() else look.text
        if not self.isEnabled():
            ink = look.on_blue if self.isChecked() else look.sub
        if self.isChecked():
            self._fill(painter, QColor(look.blue if self.isEnabled() else look.edge))
        elif self.underMouse() and self.isEnabled():
            self._fill(painter, QColor(look.tint))
        padding = 12 if not self._choice.narrow else 5
        left = padding
        if self.option.icon:
            icon = "circle-dot" if self.isChecked() else self.option.icon.replace("circle-dot", "circle")
            self._theme.paint_icon(painter, QRectF(left, 0, 16, self.height()), icon, ink, 16)
            left += 16 + (8 if not self._choice.narrow else 2)
        painter.setFont(self._theme.font(Size.BODY, Weight.SEMIBOLD if self.isChecked() else Weight.MEDIUM))
        painter.setPen(QColor(ink))
        painter.drawText(
            QRectF(left, 0, self.width() - left, self.height()), int(Qt.AlignmentFlag.AlignVCenter), self.text()
        )
        painter.end()

    def _fill(self, painter: QPainter, shade: QColor) -> None:
        """The part's own corner is round at the end of the row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = self._choice.ends(self)
        rect = QRectF(self.rect()).adjusted(0 if not first else 0.5, 0.5, 0 if not last else -0.5, -0.5)
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRoundedRect(rect, Size.RADIUS, Size.RADIUS)
        if not first:
            path.addRect(QRectF(rect.left(), rect.top(), Size.RADIUS, rect.height()))
        if not last:
            path.addRect(QRectF(rect.right() - Size.RADIUS, rect.top(), Size.RADIUS, rect.height()))
        painter.fillPath(path, shade)
        painter.restore()


class SegmentedChoice(QWidget):
    """Parts in one frame. `chosen` tells the code a person chose, or '' when the answer was taken back.

    Space chooses the part in focus; an arrow key chooses the next part, from nothing chosen the first or the last; a
    letter chooses the part that begins with it; Delete clears. Tab reaches the row once. `name` is what the choice is
    about, said with each part.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, options: Sequence[Option] = PRESENT_OR_NOT) -> None:
        super().__init__()
        self._theme = theme
        self.narrow = False
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._parts = [_Segment(theme, option, self) for option in options]
        for part in self._parts:
            part.setAccessibleName(f"{part.text()}, {name}" if name else part.text())
            self._group.addButton(part)
            row.addWidget(part)
        self._showing = False
        self._group.buttonToggled.connect(self._toggled)
        self._rove()
        self.setFocusProxy(self._parts[0])

    def code(self) -> str:
        """The chosen code, '' when nothing is chosen."""
        part = self._group.checkedButton()
        return part.option.code if isinstance(part, _Segment) else ""

    def choose(self, code: str) -> None:
        """Show this answer, or none for ''; tells nobody. ValueError for a code that is no option."""
        part = next((part for part in self._parts if part.option.code == code), None)
        if part is None and code:
            raise ValueError(f"not an answer of this choice: {code}")
        self._showing = True
        if part is None:
            self._uncheck()
        else:
            part.setChecked(True)
        self._showing = False
        self._rove()

    def set_narrow(self, narrow: bool) -> None:
        """Less padding where room is short."""
        self.narrow = narrow
        for part in self._parts:
            part.updateGeometry()
        self.update()

    def parts(self) -> list[QRadioButton]:
        """The real buttons, in order."""
        return list(self._parts)

    def ends(self, part: _Segment) -> tuple[bool, bool]:
        """Whether a part is the first, and the last, of the row."""
        return part is self._parts[0], part is self._parts[-1]

    def step(self, by: int) -> None:
        """A person's arrow key."""
        now = self._group.checkedButton()
        if isinstance(now, _Segment):
            place = (self._parts.index(now) + by) % len(self._parts)
        else:
            place = 0 if by > 0 else len(self._parts) - 1
        self._parts[place].setFocus(Qt.FocusReason.TabFocusReason)
        self._parts[place].click()

    def choose_by_letter(self, letter: str) -> bool:
        """The part that begins with this letter, the next of them if several do; False if none does.

        It works in the choice that has the keyboard only, as in a drop-down list.
        """
        found = begun_with(letter, self._parts, self._group.checkedButton())
        if found is not None:
            found.setFocus(Qt.FocusReason.TabFocusReason)
            found.click()
        return found is not None

    def clear_by_person(self) -> None:
        """Take the answer back, and say so."""
        if self.code():
            self._uncheck()
            self._rove()
            self.chosen.emit("")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The frame and the rules between the parts; the parts paint themselves over it."""
        painter = QPainter(self)
        look = self._theme.tokens
        box(painter, QRectF(self.rect()), Size.RADIUS, look.field, look.edge)
        for part in self._parts[1:]:
            rule(painter, QRectF(part.x(), 0, 1, self.height()), look.edge)
        painter.end()

    def _uncheck(self) -> None:
        self._group.setExclusive(False)
        for part in self._parts:
            part.setChecked(False)
        self._group.setExclusive(True)
        self.update()

    def _toggled(self, _part: QAbstractButton, on: bool) -> None:
        """By a person: click, key, or a screen reader's press, which only toggles."""
        if on and not self._showing:
            self._rove()
            self.chosen.emit(self.code())

    def _rove(self) -> None:
        """One stop for Tab: the chosen part, or the first."""
        stop = self._group.checkedButton() or self._parts[0]
        for part in self._parts:
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus if part is stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(stop)
        self.update()
