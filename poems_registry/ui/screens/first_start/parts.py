"""Parts of the guided page: the panel of steps, the three large choices, one field with its words, one person."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled
from poems_registry.ui.widgets.password import PasswordField

STEPS = ("Place and clinic", "First people", "Recovery key", "Ready")


class StepsPanel(QWidget):
    """The coloured side: how far one is, said by number, word and shape."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._at = theme, -1
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(280)

    def show_step(self, at: int) -> None:
        """The step one is at, -1 before the first."""
        self._at = at
        done = [tr(step) for step in STEPS[: max(0, at)]]
        now = tr("Step {number} of {all}: {step}", number=at + 1, all=len(STEPS), step=tr(STEPS[at])) if at >= 0 else ""
        self.setAccessibleName(". ".join(part for part in (now, *done) if part))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Mark, name, steps."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._theme.tokens
        shade = QLinearGradient(QPointF(0, 0), QPointF(self.width() * 0.4, self.height()))
        shade.setColorAt(0, QColor(look.panel))
        shade.setColorAt(1, QColor(look.panel_deep))
        painter.fillRect(self.rect(), shade)
        left, top = 24.0 if self.width() < 300 else 32.0, 40.0 if self.height() < 620 else 56.0
        box(painter, QRectF(left, top, 40, 40), Size.CARD_RADIUS, look.on_panel)
        self._theme.paint_icon(painter, QRectF(left, top, 40, 40), "dna", look.panel, 26)
        painter.setPen(QColor(look.on_panel))
        painter.setFont(self._theme.font(Size.HEADING, Weight.BOLD))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(left + 54, top, self.width() - left - 54, 40), middle, tr("POEMS Registry"))
        top += 96
        for number, words in enumerate(STEPS if self._at >= 0 else ()):
            self._paint_step(painter, QRectF(left, top + number * 44, self.width() - left, 32), number, tr(words))
        painter.end()

    def _paint_step(self, painter: QPainter, place: QRectF, number: int, words: str) -> None:
        look = self._theme.tokens
        circle = QRectF(place.left(), place.top() + 2, 28, 28)
        now = number == self._at
        box(painter, circle, 14, look.on_panel if now else None, look.on_panel)
        painter.setFont(self._theme.font(Size.BODY, Weight.BOLD if now else Weight.MEDIUM))
        if number < self._at:
            self._theme.paint_icon(painter, circle, "check", look.on_panel, 16)
        else:
            painter.setPen(QColor(look.panel if now else look.on_panel))
            painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), str(number + 1))
        painter.setPen(QColor(look.on_panel))
        painter.drawText(place.adjusted(40, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), words)


class BigChoice(QPushButton):
    """A large button: icon, what it does, and in a sentence for whom."""

    def __init__(self, theme: Theme, icon: str, title: str, words: str) -> None:
        super().__init__()
        self._theme, self._icon, self._title, self._words = theme, icon, title, words
        self.setAutoDefault(False)
        self.setProperty("radius", Size.CARD_RADIUS)
        self.setFont(theme.font())
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """As many lines as the sentence needs."""
        return max(76, 16 + 20 + 4 + self._height_of_words(width) + 16)

    def sizeHint(self) -> QSize:  # noqa: N802
        """For a usual width."""
        return QSize(520, self.heightForWidth(520))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """No narrower than its words can be read."""
        return QSize(300, 76)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A card with icon, title and sentence."""
        painter = QPainter(self)
        look = self._theme.tokens
        over = self.underMouse() or self.isDown()
        box(painter, QRectF(self.rect()), Size.CARD_RADIUS, look.tint if over else look.card, look.edge)
        self._theme.paint_icon(painter, QRectF(20, 0, 28, self.height()), self._icon, look.blue, 28)
        painter.setFont(self._theme.font(Size.TITLE, Weight.SEMIBOLD))
        painter.setPen(self._theme.text(Tone.TEXT))
        room = self.width() - 64 - 44
        height = 24 + self._height_of_words(self.width())
        top = (self.height() - height) / 2
        painter.drawText(QRectF(64, top, room, 20), int(Qt.AlignmentFlag.AlignVCenter), self._title)
        painter.setFont(self._theme.font())
        painter.setPen(self._theme.text(Tone.SUB))
        painter.drawText(QRectF(64, top + 24, room, height), int(Qt.TextFlag.TextWordWrap), self._words)
        self._theme.paint_icon(painter, QRectF(self.width() - 36, 0, 20, self.height()), "chevron-right", look.blue, 18)
        painter.end()

    def _height_of_words(self, width: int) -> int:
        room = QRectF(0, 0, max(120, width - 64 - 44), 10_000).toRect()
        return QFontMetrics(self._theme.font()).boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._words).height()


class Asked(QWidget):
    """A label, its field, and below it what is wrong or a word of help."""

    def __init__(self, theme: Theme, label: str, field: QWidget, edit: LineEdit, help_words: str = "") -> None:
        super().__init__()
        self._edit = edit
        self._help = help_words
        self._words = IconLabel(theme, "", help_words, tone=Tone.SUB, wrap=True)
        self._words.setVisible(bool(help_words))
        edit.setAccessibleName(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(labelled(theme, label, edit, weight=Weight.SEMIBOLD))
        column.addWidget(field)
        column.addWidget(self._words)

    def text(self) -> str:
        """What was typed."""
        return self._edit.text()

    def show_text(self, text: str) -> None:
        """Put a text in."""
        self._edit.show_text(text)

    def focus(self) -> None:
        """Ready to type."""
        self._edit.setFocus()

    def mark(self, problem: str) -> None:
        """What is wrong; '' brings the help back."""
        self._edit.set_mark(Mark.ERROR if problem else Mark.NONE)
        self._words.show_state("circle-alert" if problem else "", problem or self._help, _tone(bool(problem)))
        self._words.setVisible(bool(problem or self._help))

    def judge(self, words: str, good: bool) -> None:
        """What is thought of what is being typed."""
        self._edit.set_mark(Mark.NONE)
        self._words.show_state("circle-check" if good else "info", words, Tone.GREEN if good else Tone.SUB)
        self._words.show()


def _tone(wrong: bool) -> Tone:
    return Tone.RED if wrong else Tone.SUB


def plain_field(theme: Theme, label: str, placeholder: str = "", help_words: str = "") -> Asked:
    """One line of text."""
    edit = LineEdit(theme, placeholder=placeholder)
    return Asked(theme, label, edit, edit, help_words)


class PersonFields(QWidget):
    """Name, user name and password of one person."""

    typed = Signal(str)
    phrase_asked = Signal(str)

    def __init__(self, theme: Theme, code: str, title: str) -> None:
        super().__init__()
        self._code = code
        self._password = PasswordField(theme)
        self.fields = {
            "name": plain_field(theme, tr("Name")),
            "user": plain_field(theme, tr("User name")),
            "password": Asked(theme, tr("Password"), self._password, self._password.edit, tr("15 characters or more")),
        }
        for name, field in self.fields.items():
            field.findChildren(LineEdit)[0].setAccessibleName(f"{_NAMES[name]}, {title}")
        suggest = Button(theme, tr("Suggest five words"), Kind.LINK, said=tr("Suggest five words, {who}", who=title))
        head = QHBoxLayout()
        head.addWidget(Label(theme, title, size=Size.TITLE, weight=Weight.SEMIBOLD))
        head.addStretch(1)
        head.addWidget(suggest)
        names = QHBoxLayout()
        names.setSpacing(Size.GAP)
        for name, share in (("name", 3), ("user", 2)):
            holder = QVBoxLayout()
            holder.addWidget(self.fields[name])
            holder.addStretch(1)
            names.addLayout(holder, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(names)
        column.addWidget(self.fields["password"])
        self._password.edit.textEdited.connect(self._tell)
        suggest.clicked.connect(self._ask)

    def texts(self) -> dict[str, str]:
        """What was typed, by code of person and field."""
        return {f"{self._code}.{name}": field.text() for name, field in self.fields.items()}

    def offer(self, phrase: str) -> None:
        """Put a phrase in, where it can be read."""
        if self._password.edit.echoMode() is not LineEdit.EchoMode.Normal:
            show = self._password.findChild(Button)
            if show is not None:
                show.click()
        self._password.edit.setText(phrase)
        self._tell()

    def clear(self) -> None:
        """Nothing secret stays."""
        self._password.clear()

    def _tell(self) -> None:
        self.typed.emit(self._code)

    def _ask(self) -> None:
        self.phrase_asked.emit(self._code)


_NAMES = {"name": "Name", "user": "User name", "password": "Password"}
