"""From a kind of value to its editor: the one mapping of the form. Nothing is chosen before a person chooses."""

from collections.abc import Callable

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QSizePolicy

from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import AnyKind, Choice, Choices, Day, Number, Text, YesNo
from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.editor import Editor
from poems_registry.ui.screens.visit.offered import OfferedEditor
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.choice import PRESENT_OR_NOT, Option, SegmentedChoice
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.fields import CalendarSheet, LineEdit, TextArea
from poems_registry.ui.widgets.filter_chip import FilterChip
from poems_registry.ui.widgets.flow import FlowRow

SEGMENTS_FIT = 252
"""Logical pixels that a row of answers may take on the narrowest screen; longer ones become a list."""

BETWEEN = "|"
NOT_RECORDED = ""
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class LineEditor(Editor):
    """A number at the right of a narrow field, or words over the whole width."""

    def __init__(self, theme: Theme, name: str, *, width: int = 0, number: bool = False, hint: str = "") -> None:
        super().__init__()
        self._edit = LineEdit(theme, width=width, placeholder=hint)
        self._edit.setAccessibleName(name)
        if number:
            self._edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._put(self._edit, stretch=not width)
        self.wide = not width
        self._edit.textEdited.connect(self.typed)

    def show_text(self, text: str) -> None:
        """As typed."""
        self._edit.show_text(text)

    def set_mark(self, mark: Mark) -> None:
        """The field's edge."""
        self._edit.set_mark(mark)


class DayEditor(Editor):
    """A date in any written form; the calendar opens by its button or by Alt+Down."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._edit = LineEdit(theme, width=132, placeholder=tr("dd-Mmm-yyyy"))
        self._edit.setAccessibleName(name)
        self._put(self._edit)
        self._edit.textEdited.connect(self.typed)

    def show_text(self, text: str) -> None:
        """As typed."""
        self._edit.show_text(text)

    def set_mark(self, mark: Mark) -> None:
        """The field's edge."""
        self._edit.set_mark(mark)

    def open_list(self) -> None:
        """A month to pick from."""
        sheet = CalendarSheet(self._theme, QDate.currentDate(), self)
        sheet.picked.connect(self._picked)
        sheet.show_below(self._edit)

    def _picked(self, words: str) -> None:
        self._edit.show_text(words)
        self.typed.emit(words)
        self.focus()


class WordsEditor(Editor):
    """Several lines of words."""

    wide = True

    def __init__(self, theme: Theme, name: str, lines: int) -> None:
        super().__init__()
        self._area = TextArea(theme, lines=lines)
        self._area.setAccessibleName(name)
        self._area.setFixedHeight(self._area.minimumHeight())
        self._put(self._area, stretch=True)
        self._area.textChanged.connect(self._changed)

    def show_text(self, text: str) -> None:
        """As typed."""
        self._area.show_text(text)

    def set_mark(self, mark: Mark) -> None:
        """The field's edge."""
        self._area.set_mark(mark)

    def _changed(self) -> None:
        self.typed.emit(self._area.toPlainText())


class SegmentsEditor(Editor):
    """A few short answers side by side; Delete takes the answer back."""

    def __init__(self, theme: Theme, name: str, options: tuple[Option, ...]) -> None:
        super().__init__()
        self._choice = SegmentedChoice(theme, name, options)
        self._put(self._choice)
        self._choice.chosen.connect(self.typed)
        self.set_narrow = self._choice.set_narrow

    def show_text(self, text: str) -> None:
        """The code; a text that is no answer shows none, and the words beside say so."""
        known = {part.accessibleName() for part in self._choice.parts()}
        try:
            if known and self._choice.code() != text:
                self._choice.choose(text)
        except ValueError:
            self._choice.choose(NOT_RECORDED)

    def focus(self) -> None:
        """The chosen part, else the first."""
        proxy = self._choice.focusProxy()
        (proxy or self._choice).setFocus(Qt.FocusReason.TabFocusReason)


class ListEditor(Editor):
    """More or longer answers in a list; its first line takes the answer back."""

    def __init__(self, theme: Theme, name: str, options: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._combo = ComboBox(theme, ((NOT_RECORDED, tr("Not recorded")), *options))
        self._combo.setAccessibleName(name)
        self._combo.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._combo.setMinimumContentsLength(8)
        self._put(self._combo)
        self._combo.chosen.connect(self.typed)

    def show_text(self, text: str) -> None:
        """The code; a text that is no answer shows none."""
        if self._combo.code() != text or self._combo.currentIndex() < 0:
            self._combo.choose(text if self._combo.findData(text) >= 0 else NOT_RECORDED)

    def set_mark(self, mark: Mark) -> None:
        """The list's edge."""
        self._combo.set_mark(mark)


class _Chip(FilterChip):
    """One answer; arrow keys go to its neighbours, so that Tab halts at the row once."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows walk, Space switches."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key())
        )
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


class ChipsEditor(Editor):
    """Any number of several answers, each a chip that is switched on and off; Delete takes all back."""

    wide = True

    def __init__(self, theme: Theme, name: str, options: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        flow = FlowRow(gap=6)
        self._chips: dict[str, _Chip] = {}
        for code, words in options:
            chip = _Chip(theme, words)
            chip.setAccessibleName(f"{words}, {name}")
            chip.clicked.connect(self._clicked)
            chip.stepped.connect(self._stepped)
            self._chips[code] = chip
            flow.add(chip)
        self._put(flow, stretch=True)
        self.setSizePolicy(flow.sizePolicy())
        self._rove(next(iter(self._chips.values())))

    def show_text(self, text: str) -> None:
        """Codes with | between them."""
        on = set(text.split(BETWEEN))
        for code, chip in self._chips.items():
            if chip.isChecked() != (code in on):
                chip.setChecked(code in on)

    def focus(self) -> None:
        """The chip at which Tab halts."""
        self._stop.setFocus(Qt.FocusReason.TabFocusReason)

    def _clicked(self) -> None:
        self.typed.emit(BETWEEN.join(code for code, chip in self._chips.items() if chip.isChecked()))

    def _stepped(self, by: int) -> None:
        chips = list(self._chips.values())
        chip = chips[(chips.index(self._stop) + by) % len(chips)]
        self._rove(chip)
        chip.setFocus(Qt.FocusReason.TabFocusReason)

    def _rove(self, stop: _Chip) -> None:
        self._stop = stop
        for chip in self._chips.values():
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chip is stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(stop)


def editor_for(theme: Theme, item: Item, name: str) -> Editor:
    """The editor of an item's kind; `name` is what a screen reader calls it."""
    return _MAKERS[type(item.kind)](theme, item, name)


def _number(theme: Theme, item: Item, name: str) -> Editor:
    kind = item.kind
    longest = 64 if isinstance(kind, Number) and kind.hard[1] < 1000 else 80
    return LineEditor(theme, name, width=56 if isinstance(kind, Number) and kind.whole else longest, number=True)


def _choice(theme: Theme, item: Item, name: str) -> Editor:
    kind = item.kind
    assert isinstance(kind, Choice | YesNo)
    if {o.code for o in kind.options} == {o.code for o in PRESENT_OR_NOT}:
        return SegmentsEditor(theme, name, PRESENT_OR_NOT)
    answers = tuple(Option(o.code, o.label, "circle") for o in kind.options)
    if _width(theme, answers) <= SEGMENTS_FIT:
        return SegmentsEditor(theme, name, answers)
    return ListEditor(theme, name, tuple((o.code, o.label) for o in kind.options))


def _choices(theme: Theme, item: Item, name: str) -> Editor:
    assert isinstance(item.kind, Choices)
    return ChipsEditor(theme, name, tuple((o.code, o.label) for o in item.kind.options))


def _day(theme: Theme, _item: Item, name: str) -> Editor:
    return DayEditor(theme, name)


def _text(theme: Theme, item: Item, name: str) -> Editor:
    assert isinstance(item.kind, Text)
    if item.kind.offered:
        return OfferedEditor(theme, name)
    return WordsEditor(theme, name, item.kind.lines) if item.kind.lines > 1 else LineEditor(theme, name)


_MAKERS: dict[type[AnyKind], Callable[[Theme, Item, str], Editor]] = {
    Number: _number,
    Choice: _choice,
    YesNo: _choice,
    Choices: _choices,
    Day: _day,
    Text: _text,
}


def _width(theme: Theme, answers: tuple[Option, ...]) -> int:
    """How wide the answers are side by side with the least padding."""
    metrics = QFontMetrics(theme.font(Size.BODY, Weight.SEMIBOLD))
    return sum(metrics.horizontalAdvance(tr(answer.words)) + 2 + 18 + 10 for answer in answers)
