"""A column of the board: its head, its cards in a list that keys and screen readers know, or why it is empty."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.letters.painting import BETWEEN, CardPainter
from poems_registry.ui.screens.letters.shown import PLACE_WORDS, TICKED, CardShown, ColumnShown, Place
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.focus_ring import FocusPart
from poems_registry.ui.widgets.labels import Label

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class CardsModel(QAbstractListModel):
    """The cards of one column; what did not change is not made anew, so that the list stays where it was."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: tuple[CardShown, ...] = ()

    def set_cards(self, cards: Sequence[CardShown]) -> None:
        """These cards; the same letters in the same order are only shown otherwise."""
        new = tuple(cards)
        if [card.key for card in new] != [card.key for card in self._cards]:
            self.beginResetModel()
            self._cards = new
            self.endResetModel()
            return
        old, self._cards = self._cards, new
        for row, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                self.dataChanged.emit(self.index(row), self.index(row))

    def card(self, row: int) -> CardShown | None:
        """The card of a row; None beyond the last."""
        return self._cards[row] if 0 <= row < len(self._cards) else None

    def row_of(self, key: tuple[int, int]) -> int:
        """Where a letter is, -1 if it is not here."""
        return next((row for row, card in enumerate(self._cards) if card.key == key), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """How many cards."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """All of a card's words in one sentence, and whether it is ticked."""
        card = self.card(index.row())
        if card is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            ticked = tr("ticked") if card.ticked else ""
            return ". ".join(part for part in (card.said, ticked) if part)
        if role == Qt.ItemDataRole.CheckStateRole and card.may_tick:
            return Qt.CheckState.Checked if card.ticked else Qt.CheckState.Unchecked
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards can be gone to; some can be ticked."""
        card = self.card(index.row())
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if card is not None and card.may_tick else flags


class _Delegate(QStyledItemDelegate):
    """Paints cards and says how high they are."""

    def __init__(self, painter: CardPainter, view: "CardList") -> None:
        super().__init__(view)
        self._cards, self._view = painter, view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """As high as the words at this width."""
        card = self._view.cards.card(index.row())
        width = self._view.viewport().width()
        return QSize(width, self._cards.height(card, width) if card is not None else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One card."""
        card = self._view.cards.card(index.row())
        if card is not None:
            here = self._view.hasFocus() and self._view.currentIndex().row() == index.row()
            rect: QRect = option.rect
            self._cards.paint(painter, QRectF(rect), card, current=here)


class CardList(QListView, FocusPart):
    """Arrow keys go along the cards and across to the next column; Space ticks, Ctrl+A ticks all, Return opens."""

    opened = Signal(object)
    ticked = Signal(object)
    all_ticked = Signal()
    copies_asked = Signal(object)
    across = Signal(int)
    focus_moved = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.cards = CardsModel()
        self._painter = CardPainter(theme)
        self.setProperty("kit", "board")
        self.setProperty("radius", Size.RADIUS)
        self.setAccessibleName(name)
        self.setFont(theme.font())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setModel(self.cards)
        self.setItemDelegate(_Delegate(self._painter, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(self._open_index)
        self.verticalScrollBar().valueChanged.connect(self.focus_moved)
        self._key: tuple[int, int] | None = None
        self.cards.modelAboutToBeReset.connect(self._remember)
        self.cards.modelReset.connect(self._restore)
        self.cards.dataChanged.connect(lambda *_: self.scheduleDelayedItemsLayout())

    def current(self) -> CardShown | None:
        """The card that the keyboard is at."""
        return self.cards.card(self.currentIndex().row())

    def focus_rect(self) -> QRect:
        """The card that the keyboard is at, or the whole list."""
        index = self.currentIndex()
        if not index.isValid():
            return self.rect()
        card = self.visualRect(index).adjusted(3, 3, -3, -3 - BETWEEN)
        return card.intersected(self.viewport().geometry())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The keys of the board; letters are left to others."""
        card, key = self.current(), event.key()
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_index(self.currentIndex())
        elif key == Qt.Key.Key_Space and card is not None:
            self.ticked.emit(card)
        elif key == Qt.Key.Key_A and ctrl:
            self.all_ticked.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.across.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif event.text().strip() and not ctrl:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click on the box ticks; elsewhere it goes to the card."""
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        card = self.cards.card(index.row()) if index.isValid() else None
        if card is None or not card.may_tick:
            return
        place = self._painter.tick_box(QRectF(self.visualRect(index)))
        if place.adjusted(-6, -6, 6, 6).contains(QPointF(event.position())):
            self.ticked.emit(card)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """What can be done with a card (menu key, Shift+F10 or the right button)."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        card = self.cards.card(index.row())
        if card is not None:
            where = event.globalPos()
            if by_key:
                where = self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_of(card).exec(where)

    def menu_of(self, card: CardShown) -> QMenu:
        """Open, copies, tick."""
        menu = QMenu(self)
        menu.addAction(tr("Open")).triggered.connect(lambda: self.opened.emit(card))
        menu.addAction(tr("Copies…")).triggered.connect(lambda: self.copies_asked.emit(card))
        if card.may_tick:
            words = tr("Untick") if card.ticked else tr("Tick")
            menu.addAction(words).triggered.connect(lambda: self.ticked.emit(card))
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width sets the words anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self.focus_moved.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """The ring follows."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.focus_moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The keyboard comes here: to the card it was at, or the first."""
        if not self.currentIndex().isValid() and self.cards.rowCount():
            self.setCurrentIndex(self.cards.index(0))
        super().focusInEvent(event)

    def _open_index(self, index: Index) -> None:
        card = self.cards.card(index.row())
        if card is not None:
            self.opened.emit(card)

    def _remember(self) -> None:
        card = self.current()
        self._key = card.key if card is not None else None

    def _restore(self) -> None:
        row = self.cards.row_of(self._key) if self._key is not None else -1
        if row >= 0:
            self.setCurrentIndex(self.cards.index(row))
        elif self.hasFocus() and self.cards.rowCount():
            self.setCurrentIndex(self.cards.index(0))


class Column(QWidget):
    """Head, then cards, or the words of an empty column."""

    def __init__(self, theme: Theme, place: Place) -> None:
        super().__init__()
        self._theme, self.place = theme, place
        words = tr(PLACE_WORDS[place])
        self._title = Label(theme, words, size=Size.TITLE, weight=Weight.SEMIBOLD)
        self._said = Label(theme, tone=Tone.SUB)
        self._empty = Label(theme, tone=Tone.SUB, wrap=True)
        self.list = CardList(theme, words)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.GRID, Size.GRID, Size.GRID, 0)
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._said)
        column.addSpacing(4)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        self.list.setToolTip(tr("Space ticks a letter, Ctrl+A all") if place in TICKED else "")

    def show_column(self, shown: ColumnShown) -> None:
        """Other letters."""
        words = tr(PLACE_WORDS[shown.place])
        self._title.setText(f"{words}  {shown.count:,}")
        self._said.setText(shown.words)
        self.list.cards.set_cards(shown.cards)
        self.list.setAccessibleDescription(f"{shown.count:,}. {shown.words}. {'' if shown.cards else shown.empty}")
        self._empty.setText(shown.empty)
        self._empty.setVisible(not shown.cards)

    def show_head(self, on: bool) -> None:
        """Its name goes where a tab says it."""
        self._title.setVisible(on)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A quiet ground."""
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), Size.CARD_RADIUS, self._theme.tokens.neutral)
        painter.end()
