"""Fields for one line of text: plain, number with unit, date read by our own parser, search."""

from collections.abc import Callable

from PySide6.QtCore import QDate, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.labels import Label, restyle

TEXT_MARGIN = 12  # of a field's text to its edge, both sides together 24


class LineEdit(QLineEdit):
    """One line, 32 high. `left` tells when a person is done with it. Return does nothing: it never submits."""

    left = Signal()

    def __init__(self, theme: Theme, *, width: int = 0, placeholder: str = "", small: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kit", "field")
        self.setProperty("radius", Size.RADIUS)
        self.setFont(theme.font())
        self.setFixedHeight(Size.SMALL_CONTROL if small else Size.CONTROL)
        self.setPlaceholderText(placeholder)
        if width:
            self.setFixedWidth(width)
        self.editingFinished.connect(self.left)

    def set_mark(self, mark: Mark) -> None:
        """Red or amber edge, or the usual one; the words beside it are a label's work."""
        if (self.property("mark") or "") != str(mark):
            self.setProperty("mark", str(mark))
            restyle(self)

    def show_text(self, text: str) -> None:
        """Put a text in without telling that a person typed it; the cursor stays when nothing changes."""
        if text != self.text():
            self.setText(text)


class NumberField(QWidget):
    """A number at the right of a narrow field, its unit and what it means to the right. Tells each key as text.

    What was typed stays as typed ('<31', '1,250'); whoever reads it says in `show_meaning` how it is understood.
    """

    typed = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, *, unit: str = "", width: int = 64) -> None:
        super().__init__()
        self.edit = LineEdit(theme, width=width)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._unit = Label(theme, unit, tone=Tone.SUB)
        self._meaning = Label(theme, tone=Tone.SUB)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GRID)
        for part in (self.edit, self._unit, self._meaning):
            row.addWidget(part)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._unit.setVisible(bool(unit))
        self._meaning.hide()
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(self.typed)
        self.edit.left.connect(self.left)

    def show_text(self, text: str) -> None:
        """Put a value in without telling that a person typed it."""
        self.edit.show_text(text)

    def show_meaning(self, words: str, tone: Tone = Tone.SUB) -> None:
        """'below 31', 'Affected, none prevented', 'Not recorded'; '' for nothing."""
        self._meaning.setText(words)
        self._meaning.set_tone(tone)
        self._meaning.setVisible(bool(words))

    def set_mark(self, mark: Mark) -> None:
        """The edge of the field."""
        self.edit.set_mark(mark)


class DateField(QWidget):
    """A date typed in any written form. `read` turns the text into the words of a date, or raises ValueError with a
    sentence; a ValueError with `readings` (AmbiguousDate) lets the person choose between two.

    `settled` tells the text once it reads as a date (or ''), when the field is left.
    """

    typed = Signal(str)
    settled = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        read: Callable[[str], str],
        *,
        name: str = "",
        width: int = 132,
        show_reading: Callable[[object], str] = str,
        today: Callable[[], QDate] = QDate.currentDate,
    ) -> None:
        super().__init__()
        self._theme, self._read, self._show_reading, self._today = theme, read, show_reading, today
        self.edit = LineEdit(theme, width=width, placeholder=tr("dd-Mmm-yyyy"))
        self._open = Button(theme, tr("Calendar"), Kind.QUIET, icon="calendar-days")
        self._open.setAccessibleName(tr("Calendar, {field}", field=name) if name else tr("Calendar"))
        self._words = Label(theme, tone=Tone.SUB, wrap=True)
        self._words.hide()
        self._offers = QHBoxLayout()
        self._offers.setSpacing(Size.GRID)
        row = QHBoxLayout()
        row.setSpacing(Size.GRID)
        row.addWidget(self.edit)
        row.addWidget(self._open)
        row.addLayout(self._offers)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._words)
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(self._typed)
        self.edit.left.connect(self.settle)
        self._open.clicked.connect(self._open_calendar)

    def text(self) -> str:
        """As typed, or as the last settled date is written."""
        return self.edit.text().strip()

    def show_text(self, text: str) -> None:
        """Put a date in without telling; it is believed."""
        self.edit.show_text(text)
        self._say("", Mark.NONE)

    def settle(self) -> None:
        """Read what stands there; write it in the clinic's form, or say what is wrong and keep what was typed."""
        if not self.text():
            self._say("", Mark.NONE)
            self.settled.emit("")
            return
        try:
            words = self._read(self.text())
        except ValueError as error:
            self._say(str(error), Mark.ERROR)
            self._offer(getattr(error, "readings", ()))
            self.failed.emit(str(error))
            return
        self.edit.show_text(words)
        self._say("", Mark.NONE)
        self.settled.emit(words)

    def _typed(self, text: str) -> None:
        self._say("", Mark.NONE)
        self.typed.emit(text)

    def _say(self, words: str, mark: Mark) -> None:
        self._offer(())
        self._words.setText(words)
        self._words.set_tone(Tone.RED if mark is Mark.ERROR else Tone.SUB)
        self._words.setVisible(bool(words))
        self.edit.set_mark(mark)

    def _offer(self, readings: tuple[object, ...]) -> None:
        while (item := self._offers.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for reading in readings:
            words = self._show_reading(reading)
            button = Button(self._theme, words, Kind.SECONDARY, said=tr("{day} is meant", day=words))
            button.setProperty("reading", words)
            button.clicked.connect(self._take_reading)
            self._offers.addWidget(button)
            button.show()

    def _take_reading(self) -> None:
        button = next((b for b in self._buttons() if b.hasFocus() or b.isDown()), None)
        if button is not None:
            self._take(str(button.property("reading")))

    def _buttons(self) -> list[Button]:
        items = (self._offers.itemAt(place) for place in range(self._offers.count()))
        found = [item.widget() for item in items if item is not None]
        return [button for button in found if isinstance(button, Button)]

    def _take(self, words: str) -> None:
        self.edit.show_text(words)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.typed.emit(words)
        self.settle()

    def _open_calendar(self) -> None:
        sheet = CalendarSheet(self._theme, self._today(), self)
        sheet.picked.connect(self._take)
        sheet.show_below(self.edit)


class CalendarSheet(QFrame):
    """A month to pick a day from, by arrow keys and Return or by mouse, with Today and Close."""

    picked = Signal(str)

    def __init__(self, theme: Theme, today: QDate, parent: QWidget) -> None:
        from PySide6.QtWidgets import QCalendarWidget

        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._today = today
        self._month = QCalendarWidget()
        self._month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._month.setSelectedDate(today)
        self._month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._month.setAccessibleName(tr("Calendar"))
        now = Button(theme, tr("Today"), Kind.QUIET)
        close = Button(theme, tr("Close"), Kind.QUIET)
        foot = QHBoxLayout()
        foot.addWidget(now)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._month)
        column.addLayout(foot)
        self._month.activated.connect(self._pick)
        self._month.clicked.connect(self._pick)
        now.clicked.connect(self._pick_today)
        close.clicked.connect(self.close)

    def show_below(self, field: QWidget) -> None:
        """Open under the field, inside the screen."""
        self.adjustSize()
        place = QRect(field.mapToGlobal(QPoint(0, field.height() + 2)), self.sizeHint())
        screen = field.screen().availableGeometry()
        if place.bottom() > screen.bottom():
            place.moveBottom(field.mapToGlobal(QPoint(0, -2)).y())
        place.moveRight(min(place.right(), screen.right()))
        self.setGeometry(place)
        self.show()
        self._month.setFocus(Qt.FocusReason.PopupFocusReason)

    def _pick_today(self) -> None:
        self._pick(self._today)

    def _pick(self, day: QDate) -> None:
        from poems_registry.domain.dates import MONTHS

        self.picked.emit(f"{day.day():02d}-{MONTHS[day.month() - 1][:3]}-{day.year():04d}")
        self.close()


class SearchBox(LineEdit):
    """Finds something: the glass before the text, a shorter hint where the long one does not fit; Esc empties it."""

    down = Signal()  # the arrow key into the list of finds
    opened = Signal()  # Return: open the first find

    def __init__(self, theme: Theme, name: str, placeholder: str, short_placeholder: str = "") -> None:
        super().__init__(theme)
        self._long, self._short = placeholder, short_placeholder or placeholder
        self.setFixedHeight(Size.CONTROL)
        self.setTextMargins(26, 0, 0, 0)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for the short hint at least."""
        return QSize(self._needs(self._short), Size.CONTROL)

    def _needs(self, words: str) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(words) + 26 + 2 * TEXT_MARGIN

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """The long hint only where all of it can be read."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.setPlaceholderText(self._long if self._needs(self._long) <= self.width() else self._short)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Down goes into the list, Return opens, Esc empties first and is passed on when empty."""
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The field, then the glass."""
        super().paintEvent(event)
        painter = QPainter(self)
        self._theme.paint_icon(painter, QRect(10, 0, 16, self.height()), "search", self._theme.tokens.sub, 16)
        painter.end()


class TextArea(QPlainTextEdit):
    """Several lines of plain text; Tab leaves it, Return is a new line."""

    def __init__(self, theme: Theme, *, lines: int = 3) -> None:
        super().__init__()
        self.setProperty("kit", "field")
        self.setProperty("radius", Size.RADIUS)
        self.setFont(theme.font())
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(lines * self.fontMetrics().lineSpacing() + 20)

    def set_mark(self, mark: Mark) -> None:
        """Red or amber edge, or the usual one."""
        if (self.property("mark") or "") != str(mark):
            self.setProperty("mark", str(mark))
            restyle(self)

    def show_text(self, text: str) -> None:
        """Put a text in without telling that a person typed it; the cursor stays when nothing changes."""
        if text != self.toPlainText():
            blocked = self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(blocked)
