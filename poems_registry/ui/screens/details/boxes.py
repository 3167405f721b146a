"""One field of the form: its label, its control, and below it what is wrong, doubtful or worth knowing."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.details.fields import Field, Kind
from poems_registry.ui.screens.details.practice_line import PracticeLine
from poems_registry.ui.screens.details.reading import Answer, regrouped
from poems_registry.ui.screens.details.shown import PracticeRow
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button
from poems_registry.ui.widgets.buttons import Kind as ButtonKind
from poems_registry.ui.widgets.choice import Option, SegmentedChoice
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.fields import LineEdit, TextArea
from poems_registry.ui.widgets.labels import IconLabel, labelled
from poems_registry.ui.widgets.ticks import RadioButton

_PLACEHOLDERS = {Kind.DATE: "dd-Mmm-yyyy", Kind.NHS: "999 123 4567"}


class Control(Protocol):
    """What every kind of control can do here."""

    @property
    def widget(self) -> QWidget: ...
    @property
    def focus(self) -> QWidget: ...
    def show_text(self, text: str) -> None: ...
    def set_mark(self, mark: Mark) -> None: ...
    def set_editable(self, editable: bool) -> None: ...


class _Lines(TextArea):
    """Several lines that tell when they are left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Done with."""
        super().focusOutEvent(event)
        self.left.emit()


class _Line:
    """One line of text, a date, or a number that is grouped while it is typed."""

    def __init__(self, theme: Theme, field: Field, box: "FieldBox") -> None:
        edit = LineEdit(theme, placeholder=_PLACEHOLDERS.get(field.kind, ""))
        self._edit, self._box, self._groups = edit, box, field.kind is Kind.NHS
        self.widget = self.focus = edit
        edit.textEdited.connect(self._typed)
        edit.left.connect(box.tell_left)

    def show_text(self, text: str) -> None:
        self._edit.show_text(text)

    def set_mark(self, mark: Mark) -> None:
        self._edit.set_mark(mark)

    def set_editable(self, editable: bool) -> None:
        self._edit.setReadOnly(not editable)

    def _typed(self, text: str) -> None:
        if self._groups:
            text, caret = regrouped(text, self._edit.cursorPosition())
            if text != self._edit.text():
                self._edit.setText(text)
            self._edit.setCursorPosition(caret)
        self._box.typed.emit(self._box.code, text)


class _Several:
    """Several lines."""

    def __init__(self, theme: Theme, field: Field, box: "FieldBox") -> None:
        self._area, self._box = _Lines(theme, lines=3), box
        self._area.setFixedHeight(78)
        self.widget = self.focus = self._area
        self._area.textChanged.connect(self._typed)
        self._area.left.connect(box.tell_left)

    def show_text(self, text: str) -> None:
        self._area.show_text(text)

    def set_mark(self, mark: Mark) -> None:
        self._area.set_mark(mark)

    def set_editable(self, editable: bool) -> None:
        self._area.setReadOnly(not editable)

    def _typed(self) -> None:
        self._box.typed.emit(self._box.code, self._area.toPlainText())


class _List:
    """A drop-down list."""

    def __init__(self, theme: Theme, field: Field, box: "FieldBox") -> None:
        combo = ComboBox(theme, [(code, tr(words)) for code, words in field.answers])
        combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        combo.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._combo = combo
        self.widget = self.focus = combo
        combo.chosen.connect(box.tell_chosen)

    def show_text(self, text: str) -> None:
        self._combo.choose(text)

    def set_mark(self, mark: Mark) -> None:
        self._combo.set_mark(mark)

    def set_editable(self, editable: bool) -> None:
        self._combo.setEnabled(editable)


class _Segments:
    """A few answers, all seen at once, none chosen before a person chooses."""

    def __init__(self, theme: Theme, field: Field, box: "FieldBox") -> None:
        choice = SegmentedChoice(theme, tr(field.label), [Option(code, words) for code, words in field.answers])
        self._choice = choice
        self.widget = self.focus = choice
        choice.chosen.connect(box.tell_chosen)

    def show_text(self, text: str) -> None:
        self._choice.choose(text)

    def set_mark(self, mark: Mark) -> None:
        """The words below say it; the row has no edge of its own to mark."""

    def set_editable(self, editable: bool) -> None:
        self._choice.setEnabled(editable)


class _Radios(QWidget):
    """Answers too long to stand side by side."""

    def __init__(self, theme: Theme, field: Field, box: "FieldBox") -> None:
        super().__init__()
        self._box = box
        self.widget: QWidget = self
        self.setAccessibleName(tr(field.label))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._buttons = {code: RadioButton(theme, tr(words)) for code, words in field.answers}
        self.focus: QWidget = next(iter(self._buttons.values()))
        for code, button in self._buttons.items():
            column.addWidget(button)
            button.clicked.connect(_Told(box.tell_chosen, code))

    def show_text(self, text: str) -> None:
        for code, button in self._buttons.items():
            button.setAutoExclusive(False)
            button.setChecked(code == text)
            button.setAutoExclusive(True)

    def set_mark(self, mark: Mark) -> None:
        """The words below say it."""

    def set_editable(self, editable: bool) -> None:
        self.setEnabled(editable)


class _Told:
    """A call with one code; unlike a lambda it holds nothing else."""

    def __init__(self, call: Callable[[str], None], code: str) -> None:
        self._call, self._code = call, code

    def __call__(self, *_checked: object) -> None:
        self._call(self._code)


class FieldBox(QWidget):
    """Label, control, words. `typed` tells (code, text), `left` a code, `chosen` (code, answer)."""

    typed = Signal(str, str)
    left = Signal(str)
    chosen = Signal(str, str)
    picked = Signal(str)
    """the code of a practice of the list"""

    def __init__(self, theme: Theme, field: Field) -> None:
        super().__init__()
        self.code, self._theme, self._help = field.code, theme, tr(field.help)
        self._control = _control(theme, field, self)
        self.setFocusProxy(self._control.focus)
        self._words = IconLabel(theme, "", self._help, tone=Tone.SUB, wrap=True)
        self._words.setVisible(bool(self._help))
        self._offers = QHBoxLayout()
        self._offers.setSpacing(Size.GRID)
        label = labelled(theme, tr(field.label), self._control.focus, weight=Weight.MEDIUM)
        if field.kind not in (Kind.CHOICE,):
            self._control.focus.setAccessibleName(tr(field.label))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(label)
        if field.kind is Kind.CHOICE:
            column.addWidget(self._control.widget, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            column.addWidget(self._control.widget)
        column.addLayout(self._offers)
        column.addWidget(self._words)
        column.addStretch(1)

    def show_text(self, text: str) -> None:
        """Put a text in without telling."""
        self._control.show_text(text)

    def show_answer(self, answer: Answer) -> None:
        """What is wrong in red, what is doubtful in amber, else a note or the field's help."""
        self._offer(answer.offers)
        if answer.problem:
            words = answer.problem[:1].upper() + answer.problem[1:]
            self._words.show_state("circle-alert", words, Tone.RED)
        elif answer.note and answer.doubt:
            self._words.show_state("triangle-alert", answer.note, Tone.AMBER)
        else:
            self._words.show_state("", answer.note or self._help, Tone.SUB)
        self._words.setVisible(bool(self._words.text()))
        self._control.set_mark(Mark.ERROR if answer.problem else Mark.DOUBT if answer.doubt else Mark.NONE)
        self._control.focus.setAccessibleDescription(self._words.text())

    def show_practices(self, rows: Sequence[PracticeRow]) -> None:
        """What of the list answers what is typed; only for the field that asks for a practice."""
        if isinstance(self._control, PracticeLine):
            self._control.show_rows(rows)

    def words(self) -> str:
        """What stands below the control."""
        return self._words.text() if not self._words.isHidden() else ""

    def set_editable(self, editable: bool) -> None:
        """Whether it may be changed."""
        self._control.set_editable(editable)

    def take_focus(self) -> None:
        """Ready to type."""
        self._control.focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell_left(self) -> None:
        """The person went on."""
        self.left.emit(self.code)

    def tell_chosen(self, answer: str) -> None:
        """The person chose."""
        self.chosen.emit(self.code, answer)

    def _offer(self, days: tuple[str, ...]) -> None:
        while (item := self._offers.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for day in days:
            button = Button(self._theme, day, ButtonKind.SECONDARY, said=tr("{day} is meant", day=day), small=True)
            button.clicked.connect(_Told(self.tell_chosen, day))
            self._offers.addWidget(button)
        if days:
            self._offers.addStretch(1)


def _control(theme: Theme, field: Field, box: FieldBox) -> Control:
    if field.kind is Kind.LINES:
        return _Several(theme, field, box)
    if field.kind is Kind.PRACTICE:
        return PracticeLine(theme, partial(box.typed.emit, field.code), box.tell_left, box.picked.emit)
    if field.kind is Kind.LIST:
        return _List(theme, field, box)
    if field.kind is Kind.CHOICE:
        long = sum(len(words) for _, words in field.answers) > 50
        return _Radios(theme, field, box) if long else _Segments(theme, field, box)
    return _Line(theme, field, box)
