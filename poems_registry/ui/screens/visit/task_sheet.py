"""The tasks behind a grade: a sheet that opens below its row, one digit a task, left and right side by side."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from poems_registry.catalogue.item import Item
from poems_registry.ui.field_shown import FieldShown
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.column_label import ColumnLabel
from poems_registry.ui.screens.visit.digit_editor import DigitEditor
from poems_registry.ui.screens.visit.digits import digits_of
from poems_registry.ui.screens.visit.editor import Editor
from poems_registry.ui.screens.visit.editors import editor_for
from poems_registry.ui.screens.visit.field_box import FieldActions, FieldBox
from poems_registry.ui.screens.visit.keyboard import controls_in, keyboard_within, put_in_order
from poems_registry.ui.screens.visit.rows import Row
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.labels import Label

LEFT, RIGHT = ", left", ", right"
LABEL, INDENT = 268, 12


class TaskSheet(QWidget):
    """Built when it is first opened; everything it shows is handed to it."""

    left = Signal()

    def __init__(self, theme: Theme, items: Sequence[Item], actions: FieldActions) -> None:
        super().__init__()
        self.boxes: dict[str, FieldBox] = {}
        self._words: dict[str, ColumnLabel] = {}
        self._given = Label(theme, tone=Tone.SUB, wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(INDENT, 4, 0, 8)
        grid.setHorizontalSpacing(Size.GRID)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(4, 1)
        lines = list(_lines(items))
        sided = any(len(line) > 1 for line in lines)
        if sided:
            for column, side in ((1, tr("Left")), (2, tr("Right"))):
                grid.addWidget(Label(theme, side, tone=Tone.SUB), 0, column, Qt.AlignmentFlag.AlignLeft)
        for place, line in enumerate(lines, 1):
            name = ColumnLabel(theme, line[0].label.removesuffix(LEFT) if len(line) > 1 else line[0].label)
            name.set_room(LABEL)
            name.setToolTip(line[0].help)
            grid.addWidget(name, place, 0)
            for column, item in enumerate(line, 1):
                box = self._box(theme, item, actions)
                grid.addWidget(box, place, column, Qt.AlignmentFlag.AlignLeft)
            name.setBuddy(self.boxes[line[0].code].editor)
            words = ColumnLabel(theme, tone=Tone.SUB)
            for item in line:
                self._words[item.code] = words
            grid.addWidget(words, place, 3 if sided else 2, 1, 2)
        grid.addWidget(self._given, len(lines) + 1, 0, 1, 5)

    def show_field(self, field: FieldShown) -> None:
        """One task as it stands: what its digit means, or what is wrong with it."""
        box = self.boxes.get(field.code)
        if box is None:
            return
        box.show_field(field)
        words = self._words[field.code]
        words.setText(field.words or field.meaning)
        words.set_tone(Tone.RED if field.words else Tone.SUB)
        words.setVisible(field.visible)

    def show_given(self, words: str) -> None:
        """What the tasks give."""
        self._given.setText(words)
        self._given.setVisible(bool(words))

    def set_room(self, width: int) -> None:
        """The words beside the answers wrap in what is left of the row."""
        for words in self._words.values():
            words.set_room(max(120, width - LABEL - 2 * 46 - INDENT - 3 * Size.GRID))

    def focus_first(self) -> None:
        """The first task without an answer, else the first."""
        boxes = [box for box in self.boxes.values() if box.shown.visible]
        blank = (box for box in boxes if not box.shown.text and box.shown.state is None)
        next(blank, boxes[0]).take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape goes back to the grade."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _box(self, theme: Theme, item: Item, actions: FieldActions) -> FieldBox:
        digits = digits_of(item.kind)
        editor: Editor = DigitEditor(theme, item.label, digits) if digits else editor_for(theme, item, item.label)
        box = FieldBox(theme, item, actions, editor=editor)
        if isinstance(editor, DigitEditor):
            editor.stepped.connect(lambda by: self._step(item.code, by))
            editor.escaped.connect(self.left)
        self.boxes[item.code] = box
        return box

    def _step(self, code: str, by: int) -> None:
        """The next task that is asked; past the last one, back to the grade."""
        asked = [each for each, box in self.boxes.items() if box.shown.visible]
        place = asked.index(code) + by
        if place >= len(asked):
            self.left.emit()
        elif place >= 0:
            self.boxes[asked[place]].take_focus()


class RowTasks:
    """The button at the row, and the sheet once it was wanted. `put_below` places the sheet, `back` is the grade."""

    def __init__(self, theme: Theme, row: Row, items: Mapping[str, Item], actions: FieldActions) -> None:
        self._theme, self._row, self._items, self._actions = theme, row, items, actions
        self._shown: dict[str, FieldShown] = {}
        self._given, self._room = "", 0
        self.sheet: TaskSheet | None = None
        self.put_below: Callable[[QWidget], None] = lambda _: None
        self.back: Callable[[], QWidget | None] = lambda: None
        said = tr("{called}, {row}", called=row.tasks_called, row=row.label)
        self.button = Button(theme, tr(row.tasks_called), Kind.QUIET, small=True, said=said)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+T from the grade: a person who types it needs no stop
        self.button.setToolTip(tr("Answer task by task; the grade follows (Alt+T)"))
        self.button.clicked.connect(self.toggle)

    @property
    def is_open(self) -> bool:
        """Whether the sheet can be seen."""
        return self.sheet is not None and not self.sheet.isHidden()

    def show_field(self, field: FieldShown) -> None:
        """One of its tasks."""
        self._shown[field.code] = field
        if self.sheet is not None:
            self.sheet.show_field(field)

    def show_given(self, words: str) -> None:
        """What the tasks give."""
        self._given = words
        if self.sheet is not None:
            self.sheet.show_given(words)

    def set_room(self, width: int) -> None:
        """The width of the whole row."""
        self._room = width
        if self.sheet is not None:
            self.sheet.set_room(width)

    def toggle(self) -> None:
        """Open the sheet at its first task, or close it and go back to the grade."""
        if self.is_open:
            self.close()
        else:
            self.open().focus_first()

    def focus_field(self, code: str) -> None:
        """Open the sheet at this task."""
        self.open().boxes[code].take_focus()

    def open(self) -> TaskSheet:
        """Show the sheet."""
        if self.sheet is None:
            self.sheet = self._build()
        self.sheet.show()
        return self.sheet

    def close(self) -> None:
        """Hide the sheet; the keyboard goes back to the grade if it was in it."""
        if self.sheet is None:
            return
        inside, grade = keyboard_within(self.sheet), self.back()
        self.sheet.hide()
        if inside and grade is not None:
            grade.setFocus(Qt.FocusReason.TabFocusReason)

    def _build(self) -> TaskSheet:
        sheet = TaskSheet(self._theme, [self._items[code] for code in self._row.tasks], self._actions)
        self.put_below(sheet)
        for field in self._shown.values():
            sheet.show_field(field)
        sheet.show_given(self._given)
        if self._room:
            sheet.set_room(self._room)
        sheet.left.connect(self.close)
        grade = self.back()
        put_in_order([*([grade] if grade is not None else []), *controls_in(sheet)])
        return sheet


def _lines(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Each task on a line of its own; a left and a right one share it."""
    waiting: Item | None = None
    for item in items:
        if waiting is not None:
            if item.label == waiting.label.removesuffix(LEFT) + RIGHT:
                yield [waiting, item]
                waiting = None
                continue
            yield [waiting]
        waiting = item if item.label.endswith(LEFT) else None
        if waiting is None:
            yield [item]
    if waiting is not None:
        yield [waiting]
