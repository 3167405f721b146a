"""The cells of the grid: a result with its arrow and word, and the field one types a new one into."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from poems_registry.domain.findings import State
from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.results.headers import INSET
from poems_registry.ui.screens.record.results.model import GridModel, Index
from poems_registry.ui.screens.record.results.telling import ResultCell
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import rule
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.fields import LineEdit

MARKS = {"high": ("arrow-up", "high"), "low": ("arrow-down", "low"), "found": ("circle-plus", "found")}
STATES = {"pending": "clock", "not_done": "ban", "declined": "ban", "unable": "ban"}
STATE_KEYS = {
    Qt.Key.Key_F6: State.NOT_DONE,
    Qt.Key.Key_F7: State.PENDING,
    Qt.Key.Key_F8: State.DECLINED,
    Qt.Key.Key_F9: State.UNABLE,
}
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class CellEditor(LineEdit):
    """The field of the cell in hand."""

    def __init__(self, theme: Theme, parent: QWidget, before: str) -> None:
        super().__init__(theme, small=True)
        self.setParent(parent)
        self.before = before
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMinimumHeight(0)
        self.setMaximumHeight(40)


class CellsDelegate(QStyledItemDelegate):
    """A value at the right; outside its limits with an arrow and the word, in bold.

    While one types, `typed` tells test and text with each key; `finished` the test and how many rows to go on.
    """

    typed = Signal(str, str)
    finished = Signal(str, int)
    key_given = Signal(str, int)

    def __init__(self, theme: Theme, model: GridModel) -> None:
        super().__init__()
        self._theme, self._grid_model = theme, model

    def width(self, cell: ResultCell) -> int:
        """What a cell needs."""
        metrics = QFontMetrics(self._theme.font(Size.BODY, Weight.SEMIBOLD))
        words = metrics.horizontalAdvance(self._words(cell)) + 2 * INSET + 2
        if cell.mark:
            words += metrics.horizontalAdvance(tr(MARKS[cell.mark][1])) + 24
        return words + (20 if cell.state in STATES else 0)

    def _words(self, cell: ResultCell) -> str:
        return f"{cell.words}*" if cell.converted else cell.words

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, marks, words, a line below."""
        look, rect = self._theme.tokens, QRectF(option.rect)
        cell = self._grid_model.cell(index)
        newest = index.column() == self._grid_model.columnCount() - 1
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and cell is not None
        typing = self._grid_model.typed(index)
        ground = look.head if cell is None else look.tint_2 if selected else look.tint if newest else look.card
        painter.save()
        painter.fillRect(rect, QColor(ground))
        if typing is not None and typing.mark:
            self._paint_mark(painter, rect, Tone.RED if typing.problem else Tone.AMBER)
        if cell is not None and cell.words:
            self._paint_words(painter, rect.adjusted(INSET, 0, -INSET, 0), cell)
        rule(painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.hair)
        painter.restore()

    def _paint_mark(self, painter: QPainter, rect: QRectF, tone: Tone) -> None:
        """What is typed there cannot be right, or is unusual: the words stand below the grid."""
        icon = "circle-alert" if tone is Tone.RED else "triangle-alert"
        painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height() - 1), self._theme.shape(tone))
        self._theme.paint_icon(painter, QRectF(rect.left() + 6, rect.top(), 16, rect.height()), icon,
                               self._theme.shape(tone), 14)  # fmt: skip

    def _paint_words(self, painter: QPainter, rect: QRectF, cell: ResultCell) -> None:
        tone = Tone.RED if cell.mark else Tone.SUB if cell.state else Tone.TEXT
        font = self._theme.font(Size.BODY, Weight.SEMIBOLD if cell.mark else Weight.REGULAR)
        painter.setFont(font)
        painter.setPen(self._theme.text(tone))
        painter.drawText(rect, _RIGHT, self._words(cell))
        right = rect.right() - QFontMetrics(font).horizontalAdvance(self._words(cell)) - 8
        if cell.mark:
            icon, word = MARKS[cell.mark]
            painter.setFont(self._theme.font())
            wide = QFontMetrics(self._theme.font()).horizontalAdvance(tr(word))
            painter.drawText(QRectF(rect.left(), rect.top(), right - rect.left(), rect.height()), _RIGHT, tr(word))
            place = QRectF(right - wide - 18, rect.top(), 14, rect.height())
            self._theme.paint_icon(painter, place, icon, self._theme.shape(Tone.RED), 14)
        elif cell.state in STATES:
            place = QRectF(right - 12, rect.top(), 14, rect.height())
            self._theme.paint_icon(painter, place, STATES[cell.state], self._theme.tokens.sub, 14)

    # -- typing

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """A field over the cell; each key is passed on at once, so that closing it in whatever way loses nothing."""
        row = self._grid_model.grid.rows[index.row()]
        typed = self._grid_model.typed(index)
        editor = CellEditor(self._theme, parent, typed.text if typed is not None else "")
        editor.setProperty("code", row.code)
        editor.setAccessibleName(f"{row.label}, {', '.join(self._grid_model.day(index.column()))}")
        editor.textEdited.connect(lambda text: self.typed.emit(row.code, text))
        editor.setMinimumHeight(0)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """What is typed already."""
        typed = self._grid_model.typed(index)
        if isinstance(editor, CellEditor) and typed is not None:
            editor.show_text(typed.text)
            editor.set_mark(Mark(typed.mark.value))

    def setModelData(self, _editor: QWidget, _model: object, _index: Index) -> None:  # noqa: N802
        """Nothing: every key was passed on already."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:  # noqa: N802
        """Inside the cell."""
        editor.setGeometry(option.rect.adjusted(3, 1, -3, -1))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802
        """Return and the arrows go on, Esc puts back what stood there; state keys are told."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, CellEditor):
            code, key = str(editor.property("code")), Qt.Key(event.key())
            steps = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1,
                     Qt.Key.Key_Tab: 0, Qt.Key.Key_Backtab: 0}  # fmt: skip
            if key in steps:
                held = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
                self.finished.emit(code, 2 if held else steps[key])
                if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                    self.key_given.emit(code, event.key())
                return True
            if key == Qt.Key.Key_Escape:
                if editor.text() != editor.before:
                    self.typed.emit(code, editor.before)
                self.finished.emit(code, 0)
                return True
            if key in STATE_KEYS or key == Qt.Key.Key_F4:
                self.key_given.emit(code, event.key())
                return True
        return super().eventFilter(editor, event)
