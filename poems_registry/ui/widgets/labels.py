"""Texts: always plain, so that what a person typed is never read as markup, and never cut."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone


def restyle(widget: QWidget) -> None:
    """Have the style sheet look again after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class Label(QLabel):
    """One plain text. A screen reader reads its words; it never gets an accessible name of its own.

    Wrapped texts break at spaces only: Qt would tear a date apart at its hyphens.
    """

    LONGEST_LINE = 460  # pixels a wrapped text asks for

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        size: int = Size.BODY,
        weight: Weight = Weight.REGULAR,
        tone: Tone = Tone.TEXT,
        wrap: bool = False,
    ) -> None:
        super().__init__()
        self._theme, self._tone, self._wraps = theme, tone, wrap
        self._lead = 0  # pixels before the words; no margin, which Qt forgets when a frame gets another parent
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(size, weight))
        self.setText(text)
        self._allow_height()

    @property
    def tone(self) -> Tone:
        """What its colour says."""
        return self._tone

    def set_tone(self, tone: Tone) -> None:
        """Another colour."""
        self._tone = tone
        self.update()

    def set_weight(self, weight: Weight, size: int = Size.BODY) -> None:
        """Another weight."""
        self.setFont(self._theme.font(size, weight))

    def setWordWrap(self, on: bool) -> None:  # noqa: N802
        """Whether it goes on in further lines."""
        self._wraps = on
        self._allow_height()
        self.updateGeometry()

    def wordWrap(self) -> bool:  # noqa: N802
        """Whether it goes on in further lines."""
        return self._wraps

    def lines(self, width: int) -> list[str]:
        """The text as it is set at this width of the whole label, in pixels."""
        room = width - self._beside()
        return [line for part in self._words().split("\n") for line in self._set(part, room)]

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """A wrapped text's height follows its width."""
        return self._wraps

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Of all lines at this width."""
        return len(self.lines(width)) * self.fontMetrics().lineSpacing() + self._above()

    def sizeHint(self) -> QSize:  # noqa: N802
        """In one line, or in lines of a readable length."""
        whole = max(self._advance(part) for part in self._words().split("\n")) + self._beside() + 1
        width = min(whole, self.LONGEST_LINE) if self._wraps else whole
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """All of it; a wrapped text at least its longest word."""
        if not self._wraps:
            return self.sizeHint()
        longest = max(self._advance(word) for word in self._words().replace("\n", " ").split(" "))
        return QSize(longest + self._beside() + 1, self.fontMetrics().lineSpacing() + self._above())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The lines, in the colour of the tone."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self._theme.text(self._tone if self.isEnabled() else Tone.SUB))
        place = self.contentsRect().adjusted(self._lead, 0, 0, 0)
        lines = self.lines(self.width()) if self._wraps else self._words().split("\n")
        spacing = self.fontMetrics().lineSpacing()
        top = place.top()
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            top += max(0, (place.height() - spacing * len(lines)) // 2)
        across = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        flags = int(Qt.AlignmentFlag.AlignVCenter | across) | int(Qt.TextFlag.TextDontClip)
        mnemonic = int(Qt.TextFlag.TextShowMnemonic) if self.buddy() is not None and not self._wraps else 0
        shown = self.text().split("\n") if mnemonic else lines
        for number, line in enumerate(shown):
            box = QRect(place.left(), top + number * spacing, place.width(), spacing)
            painter.drawText(box, flags | mnemonic, line)
        painter.end()

    def _allow_height(self) -> None:
        policy = self.sizePolicy()
        policy.setHeightForWidth(self._wraps)
        self.setSizePolicy(policy)

    def _words(self) -> str:
        """What is seen: the sign that marks a mnemonic is not."""
        if self.buddy() is None:
            return self.text()
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _advance(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text)

    def _beside(self) -> int:
        margins = self.contentsMargins()
        return margins.left() + margins.right() + self._lead

    def _above(self) -> int:
        margins = self.contentsMargins()
        return margins.top() + margins.bottom()

    def _set(self, text: str, room: int) -> list[str]:
        if self._advance(text) <= room:
            return [text]
        lines: list[str] = []
        for word in text.split(" "):
            if lines and self._advance(f"{lines[-1]} {word}") <= room:
                lines[-1] = f"{lines[-1]} {word}"
            else:
                lines += self._parts(word, room)
        return lines

    def _parts(self, word: str, room: int) -> list[str]:
        """A word longer than a line goes on in the next one, after a hyphen where it has one there."""
        parts = [word]
        while self._advance(parts[-1]) > room and len(parts[-1]) > 1:
            last = parts.pop()
            fits = max((n for n in range(1, len(last)) if self._advance(last[:n]) <= room), default=1)
            cut = last.rfind("-", 0, fits) + 1 or fits
            parts += [last[:cut], last[cut:]]
        return parts


class IconLabel(Label):
    """An icon before its word: the shape of a state beside its name."""

    GAP = 6

    def __init__(
        self,
        theme: Theme,
        icon: str,
        text: str,
        *,
        tone: Tone = Tone.TEXT,
        icon_tone: Tone | None = None,
        icon_size: int = 16,
        wrap: bool = False,
    ) -> None:
        super().__init__(theme, text, tone=tone, wrap=wrap)
        self._icon, self._icon_tone, self._icon_size = icon, icon_tone or tone, icon_size
        self._make_room()

    def show_state(self, icon: str, text: str, tone: Tone = Tone.TEXT, icon_tone: Tone | None = None) -> None:
        """Another state: shape, word and colour together."""
        self._icon, self._icon_tone = icon, icon_tone or tone
        self._make_room()
        self.setText(text)
        self.set_tone(tone)
        self.update()

    def _make_room(self) -> None:
        self._lead = self._icon_size + self.GAP if self._icon else 0
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Never lower than the icon."""
        return super().minimumSizeHint().expandedTo(QSize(0, self._icon_size + 2))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The text as any label, and the icon at its first line."""
        super().paintEvent(event)
        if self._icon:
            painter = QPainter(self)
            middle = self.height() / 2
            if self.wordWrap():  # beside the first line
                middle = min(middle, self.fontMetrics().height() / 2 + 1)
            box = self.rect()
            box.setWidth(self._icon_size)
            box.setTop(round(middle - self._icon_size / 2))
            box.setHeight(self._icon_size)
            self._theme.paint_icon(painter, box, self._icon, self._theme.shape(self._icon_tone), self._icon_size)
            painter.end()


def labelled(theme: Theme, text: str, field: QWidget, *, weight: Weight = Weight.MEDIUM) -> Label:
    """The label of a field, tied to it: by its mnemonic (if `text` has one), by a click and for a screen reader."""
    label = Label(theme, text, weight=weight)
    inner = field.focusProxy()
    # A screen reader needs the label at the line of text itself, not at the box around it and its unit.
    if inner is not None and any(inner.inherits(kind) for kind in ("QLineEdit", "QPlainTextEdit", "QComboBox")):
        label.setBuddy(inner)
    else:
        label.setBuddy(field)
    return label
