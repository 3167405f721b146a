"""The side rail: where one can go, who is signed in, and Lock. Real buttons with icon and word."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from poems_registry.ui.entries import ENTRIES, Entry
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box, rule
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.cards import Rule
from poems_registry.ui.widgets.labels import Label
from poems_registry.ui.widgets.mark import mark
from poems_registry.ui.widgets.signed_in import SignedIn

_MOST_COUNTED = 99


class RailItem(QPushButton):
    """One entry: wide with icon, word and count; on a narrow rail the icon above the word."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, entry: Entry) -> None:
        super().__init__(tr(entry.words))
        self.entry = entry
        self.clicked.connect(self._tell)
        self._theme, self._count, self._narrow, self._here = theme, 0, False, False
        self.setAutoDefault(False)
        self.setProperty("radius", Size.RADIUS)
        self.setFont(theme.font(Size.BODY, Weight.SEMIBOLD))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Which of the two forms."""
        self._narrow = narrow
        self.setFixedHeight(42 if narrow else 36)
        self.update()

    def _tell(self) -> None:
        self.chosen.emit(self.entry.key)

    def mark(self, here: bool) -> None:
        """Whether one is there. It is no check box: a screen reader presses it as any button."""
        self._here = here
        self._describe()

    @property
    def here(self) -> bool:
        """Whether one is there."""
        return self._here

    def show_count(self, count: int) -> None:
        """How many things wait there; 0 for none."""
        self._count = count
        self._describe()

    def _describe(self) -> None:
        waiting = tr("{count} waiting", count=f"{self._count:,}") if self._count else ""
        self.setToolTip(waiting)
        self.setAccessibleDescription(
            ", ".join(part for part in (tr("open now") if self._here else "", waiting) if part)
        )
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Icon, word and pill; a narrow one only the word's width."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + 4 if self._narrow else 42 + words + self._pill_width() + 3, self.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint."""
        return self.sizeHint()

    def _pill_width(self) -> int:
        if not self._count:
            return 0
        return max(20, self.fontMetrics().horizontalAdvance(self._shown_count()) + (7 if self._narrow else 9))

    def _shown_count(self) -> str:
        """Three figures at most; the tool tip and the screen reader have the number."""
        return str(self._count) if self._count <= _MOST_COUNTED else f"{_MOST_COUNTED}+"

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up and Down go along the rail, Return opens."""
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Tint when chosen; the bar at the window's edge is the rail's."""
        painter = QPainter(self)
        look, on = self._theme.tokens, self._here
        if on or self.underMouse():
            box(painter, QRectF(self.rect()), Size.RADIUS, look.tint if on else look.neutral)
        ink = look.blue if on else look.text
        painter.setFont(self._theme.font(Size.BODY, Weight.SEMIBOLD if on else Weight.MEDIUM))
        painter.setPen(QColor(ink))
        if self._narrow:
            self._theme.paint_icon(painter, QRectF(0, 3, self.width(), 18), self.entry.icon, ink, 18)
            place = QRectF(0, 22, self.width(), 18)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), self.text())
        else:
            self._theme.paint_icon(painter, QRectF(12, 0, 18, self.height()), self.entry.icon, ink, 18)
            place = QRectF(40, 0, self.width() - 40, self.height())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        self._paint_count(painter)
        painter.end()

    def _paint_count(self, painter: QPainter) -> None:
        if not self._count:
            return
        look, width = self._theme.tokens, self._pill_width()
        height = 16 if self._narrow else 20
        top = 2.0 if self._narrow else (self.height() - height) / 2
        pill = QRectF(self.width() - width - (0 if self._narrow else 3), top, width, height)
        box(painter, pill, height / 2, look.tint_2)
        painter.setFont(self._theme.font(Size.BODY, Weight.SEMIBOLD))
        painter.setPen(QColor(look.text))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), self._shown_count())


class LockButton(QPushButton):
    """Hides everything at once."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("Lock"))
        self._theme, self._narrow = theme, False
        self.setAutoDefault(False)
        self.setProperty("radius", Size.RADIUS)
        self.setFont(theme.font(Size.BODY, Weight.MEDIUM))
        self.setToolTip(tr("Lock the registry (Ctrl+L)"))
        self.setAccessibleDescription("Ctrl+L")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Icon above the word, or beside it with the shortcut."""
        self._narrow = narrow
        self.setFixedHeight(44 if narrow else 32)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Icon, word and shortcut; on a narrow rail the word."""
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance(self.text())
        wide = 44 + words + 6 + metrics.horizontalAdvance(tr("Ctrl+L")) + 4
        return QSize(words + 4 if self._narrow else wide, self.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Return presses it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Icon, word, shortcut."""
        painter = QPainter(self)
        look, theme = self._theme.tokens, self._theme
        if self.underMouse():
            box(painter, QRectF(self.rect()), Size.RADIUS, look.neutral)
        painter.setFont(self.font())
        painter.setPen(QColor(look.text))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        if self._narrow:
            theme.paint_icon(painter, QRectF(0, 2, self.width(), 22), "lock", look.sub, 18)
            painter.drawText(QRectF(0, 24, self.width(), 18), int(Qt.AlignmentFlag.AlignCenter), self.text())
        else:
            theme.paint_icon(painter, QRectF(8, 0, 24, self.height()), "lock", look.sub, 16)
            painter.drawText(QRectF(44, 0, 60, self.height()), middle, self.text())
            painter.setFont(theme.font())
            painter.setPen(QColor(look.sub))
            right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            painter.drawText(QRectF(0, 0, self.width() - 6, self.height()), right, tr("Ctrl+L"))
        painter.end()


class SideRail(QWidget):
    """The entries it was given, the person, Lock. `chosen` tells the key of an entry a person pressed."""

    chosen = Signal(str)
    lock_asked = Signal()
    password_asked = Signal()

    def __init__(self, theme: Theme, entries: Sequence[Entry] = ENTRIES) -> None:
        super().__init__()
        self._theme, self._narrow = theme, False
        self._items = {entry.key: RailItem(theme, entry) for entry in entries}
        self._lock = LockButton(theme)
        self._person = SignedIn(theme)
        self._head = self._make_head()
        column = QVBoxLayout(self)
        column.setSpacing(4)
        column.addWidget(self._head)
        for item in self._items.values():
            column.addWidget(item)
            item.chosen.connect(self.chosen)  # whoever shows the screen marks the entry, once the old one is left
        column.addStretch(1)
        column.addWidget(Rule(theme))
        column.addWidget(self._person)
        column.addWidget(self._lock)
        self._column = column
        self._lock.clicked.connect(self.lock_asked)
        self._person.lock_asked.connect(self.lock_asked)
        self._person.password_asked.connect(self.password_asked)
        self._apply()

    def _make_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(8, 0, 0, 8)
        row.setSpacing(Size.GRID)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(self._theme, "POEMS", size=Size.TITLE, weight=Weight.BOLD))
        words.addWidget(Label(self._theme, tr("Registry"), tone=Tone.SUB))
        row.addWidget(mark(self._theme, 28))
        row.addLayout(words)
        row.addStretch(1)
        return head

    def set_narrow(self, narrow: bool) -> None:
        """80 px wide with words under the icons."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._apply()

    def _apply(self) -> None:
        narrow = self._narrow
        self._column.setSpacing(1 if narrow else 4)
        self.setFixedWidth(Size.RAIL_NARROW if narrow else Size.RAIL_WIDE)
        self._head.setVisible(not narrow)
        margin = 6 if narrow else 8
        self._column.setContentsMargins(margin, 12, margin + 1, 8)
        for item in self._items.values():
            item.set_narrow(narrow)
        self._lock.set_narrow(narrow)
        self._person.set_narrow(narrow)

    def mark_entry(self, key: str) -> None:
        """Show where one is; '' for nowhere on the rail."""
        for name, item in self._items.items():
            item.mark(name == key)
        self.update()

    def offer(self, key: str, on: bool) -> None:
        """Whether whoever is signed in may go there at all. KeyError for an entry it was not given."""
        self._items[key].setVisible(on)

    def offers(self, key: str) -> bool:
        """Whether one may go there."""
        return key in self._items and not self._items[key].isHidden()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many things wait behind each entry."""
        for key, item in self._items.items():
            item.show_count(counts.get(key, 0))

    def show_person(self, name: str, role: str) -> None:
        """Who is signed in."""
        self._person.show_person(name, role)

    def entries(self) -> tuple[str, ...]:
        """The keys it was given."""
        return tuple(self._items)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground, edge at the right, and the bar of 3 px beside the chosen entry."""
        painter = QPainter(self)
        look = self._theme.tokens
        painter.fillRect(self.rect(), QColor(look.side))
        rule(painter, QRectF(self.width() - 1, 0, 1, self.height()), look.line)
        for item in self._items.values():
            if item.here:
                rule(painter, QRectF(0, item.y() + 6, 3, item.height() - 12), look.blue)
        painter.end()
