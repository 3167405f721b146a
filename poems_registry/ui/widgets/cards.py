"""Surfaces: cards, tiles, empty states, rules, and a scroll area that never scrolls sideways."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box, rule
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.chips import FEATURE_WORDS, Feature, paint_feature
from poems_registry.ui.widgets.labels import Label


class Card(QWidget):
    """A white surface with one thin edge and round corners. Put no card into a card.

    `column` is its layout; end it with `column.addStretch(1)` where height is left over.
    """

    def __init__(self, theme: Theme, title: str = "", *, padding: int = 16) -> None:
        super().__init__()
        self._theme = theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(padding, padding, padding, padding)
        self.column.setSpacing(Size.GRID)
        self.head = QHBoxLayout()
        self.head.setSpacing(Size.GRID)
        self.title = Label(theme, title, size=Size.TITLE, weight=Weight.SEMIBOLD)
        if title:
            self.head.addWidget(self.title)
            self.head.addStretch(1)
            self.column.addLayout(self.head)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground and edge."""
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), Size.CARD_RADIUS, self._theme.tokens.card, self._theme.tokens.line)
        painter.end()


class Rule(QWidget):
    """A thin line between groups."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """One device pixel."""
        painter = QPainter(self)
        rule(painter, QRectF(self.rect()), self._theme.tokens.line)
        painter.end()


class ScrollColumn(QScrollArea):
    """Scrolls up and down only; what it holds is always as wide as it is, and the field in focus is always seen.

    Its parts are made here: to show Python a widget that Qt made, PySide loads every kind of widget there is.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._bar = QScrollBar(Qt.Orientation.Vertical)
        self._view = QWidget()
        self._view.setObjectName("qt_scrollarea_viewport")  # as Qt calls its own
        self.setViewport(self._view)
        self.setVerticalScrollBar(self._bar)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = content
        self.setWidget(content)
        content.setAutoFillBackground(False)  # setWidget turned it on
        content.installEventFilter(self)
        self._hold_width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Never narrower than the content needs."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._inside:
            self._hold_width()
            self._hold_height()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width may need another height."""
        super().resizeEvent(event)
        self._hold_height()

    def _hold_width(self) -> None:
        self.setMinimumWidth(self._inside.minimumSizeHint().width() + self._bar.sizeHint().width())

    def _hold_height(self) -> None:
        """Wrapped words need the height of this width, which Qt's scroll area does not ask for: they would be cut."""
        wraps = self._inside.hasHeightForWidth()  # no more once its wrapped words are hidden: then nothing is held
        self._inside.setMinimumHeight(self._inside.heightForWidth(self._view.width()) if wraps else 0)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As the content, and its bar."""
        size = self._inside.sizeHint()
        return QSize(size.width() + self._bar.sizeHint().width(), size.height())


class EmptyState(QWidget):
    """Nothing here yet: what is missing, why, and the one thing to do about it."""

    def __init__(self, theme: Theme, icon: str, title: str, words: str, button: Button | None = None) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self._title = Label(theme, title, size=Size.HEADING, weight=Weight.MEDIUM, wrap=True)
        self._words = Label(theme, words, tone=Tone.SUB, wrap=True)
        for label in (self._title, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 64, 16, 16)
        column.setSpacing(Size.GRID)
        column.addWidget(self._title)
        column.addWidget(self._words)
        if button is not None:
            column.addSpacing(4)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_words(self, title: str, words: str) -> None:
        """Another reason for emptiness (nothing recorded, nothing found)."""
        self._title.setText(title)
        self._words.setText(words)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The icon over the words."""
        painter = QPainter(self)
        place = QRectF(0, 12, self.width(), 44)
        self._theme.paint_icon(painter, place, self._icon, self._theme.tokens.blue, 40)
        painter.end()


class Tile(QPushButton):
    """One of the five letters on the overview: chip, name, status and since when; below a line what changed last.

    A real button: it opens the section. What it shows is said in full as its accessible name.
    """

    def __init__(self, theme: Theme, letter: str, name: str) -> None:
        super().__init__()
        self._theme, self._letter, self._name = theme, letter, name
        self._feature, self._status, self._icon, self._change = Feature.NOT_RECORDED, "", "", ""
        self._icon_tone = Tone.SUB
        self.setAutoDefault(False)
        self.setProperty("radius", Size.CARD_RADIUS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_state(Feature.NOT_RECORDED, tr("Not recorded"))

    def show_state(
        self, feature: Feature, status: str, icon: str = "", change: str = "", icon_tone: Tone = Tone.SUB
    ) -> None:
        """Status in words ('Present, since Nov-2019') and the last change ('Better: ONLS 6 to 5')."""
        self._feature, self._status, self._icon, self._change = feature, status, icon, change
        self._icon_tone = icon_tone
        said = [self._name, status or tr(FEATURE_WORDS[feature]), *([change] if change else [])]
        self.setAccessibleName(". ".join(said))
        self.setText("")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """94 high; as wide as its longest line."""
        metrics, bold = self.fontMetrics(), self.fontMetrics()
        widest = max(metrics.horizontalAdvance(self._status), bold.horizontalAdvance(self._name) * 11 // 10)
        return QSize(max(48 + widest, 40 + metrics.horizontalAdvance(self._change)) + 12, 94)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint: words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A card with its parts."""
        painter = QPainter(self)
        look, theme = self._theme.tokens, self._theme
        ground = look.tint if self.underMouse() or self.isDown() else look.card
        box(painter, QRectF(self.rect()), Size.CARD_RADIUS, ground, look.line)
        paint_feature(painter, theme, QRectF(12, 12, 26, 26), self._letter, self._feature, Size.BODY)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        room = self.width() - 48
        painter.setFont(theme.font(Size.BODY, Weight.SEMIBOLD))
        painter.setPen(theme.text(Tone.TEXT))
        painter.drawText(QRectF(48, 8, room, 18), middle, self._name)
        painter.setFont(theme.font())
        painter.setPen(theme.text(Tone.SUB))
        painter.drawText(QRectF(48, 26, room, 18), middle, self._status)
        rule(painter, QRectF(12, 52, self.width() - 24, 1), look.hair)
        if self._icon:
            theme.paint_icon(painter, QRectF(12, 60, 16, 26), self._icon, theme.shape(self._icon_tone), 16)
        painter.setPen(theme.text(Tone.TEXT))
        painter.drawText(QRectF(34 if self._icon else 12, 60, self.width() - 34, 26), middle, self._change)
        painter.end()


class Steps(QWidget):
    """Work under way: words, a bar, and a way to stop it. Shown only when it takes longer than 0.3 s."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._done, self._total = 0, 0
        self._words = Label(theme, weight=Weight.SEMIBOLD)
        self.stop = Button(theme, tr("Cancel"), Kind.DANGER)
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        row.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 24)
        column.addLayout(row)

    def show_steps(self, done: int, total: int, words: str) -> None:
        """'Printing copy 5 of 9' with the bar at 5 of 9; `total` 0 when it is not known."""
        self._done, self._total = done, total
        self._words.setText(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The bar under the words; a broken one when the end is not known."""
        painter = QPainter(self)
        look = self._theme.tokens
        bar = QRectF(0, self.height() - 16, self.width(), 12)
        box(painter, bar, 4, look.field, look.edge)
        share = min(1.0, self._done / self._total) if self._total else 0.0
        if share:
            box(painter, QRectF(bar.left(), bar.top(), max(8.0, bar.width() * share), bar.height()), 4, look.blue)
        painter.end()
