"""One field of a form of treatment: text with type-ahead, a list, or boxes to tick; what is wrong stands below it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.treatment.reading import FieldShown
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.fields import LineEdit, Mark
from poems_registry.ui.widgets.flow import FlowRow
from poems_registry.ui.widgets.labels import IconLabel, Label
from poems_registry.ui.widgets.suggesting import suggest
from poems_registry.ui.widgets.ticks import CheckBox

SHORT, NUMBERS = 148, ("number", "cycles_planned", "cycles_given", "dose", "dose_gy", "fractions", "cd34", "melphalan")
NUMBER = 72


class EntryField(QWidget):
    """A control, and below it what is wrong, or beside it what may be typed. `changed` when a person changed it."""

    changed = Signal()

    def __init__(self, theme: Theme, shown: FieldShown) -> None:
        super().__init__()
        self.when = shown.when
        self._boxes: dict[str, CheckBox] = {}
        self.control: LineEdit | ComboBox | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        if shown.several:
            column.addWidget(self._several(theme, shown))
        else:
            self.control = self._list(theme, shown) if shown.options else self._text(theme, shown)
            column.addLayout(self._with_hint(theme, self.control, shown))
        self._problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)

    @property
    def first(self) -> QWidget:
        """The control, or the first box: what the label belongs to."""
        return self.control if self.control is not None else next(iter(self._boxes.values()))

    def text(self) -> str:
        """What was typed, the chosen code, or the ticked codes apart by commas."""
        if isinstance(self.control, ComboBox):
            return self.control.code()
        if self.control is not None:
            return self.control.text()
        return ",".join(code for code, box in self._boxes.items() if box.isChecked())

    def show_text(self, text: str) -> None:
        """Put a text in; a list takes only what it holds."""
        if isinstance(self.control, LineEdit):
            self.control.show_text(text)
        elif isinstance(self.control, ComboBox):
            if not text or self.control.findData(text) >= 0:
                self.control.choose(text)
        else:
            ticked = text.split(",")
            for code, box in self._boxes.items():
                box.setChecked(code in ticked)

    def focus(self) -> None:
        """The keyboard goes here."""
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, words: str) -> None:
        """What is wrong; '' for nothing."""
        self._problem.setText(words[:1].upper() + words[1:])
        self._problem.setVisible(bool(words))
        if self.control is not None:
            self.control.set_mark(Mark.ERROR if words else Mark.NONE)

    def _with_hint(self, theme: Theme, control: QWidget, shown: FieldShown) -> QHBoxLayout | QVBoxLayout:
        row: QHBoxLayout | QVBoxLayout = QVBoxLayout() if shown.wide else QHBoxLayout()
        row.setSpacing(2 if shown.wide else Size.GRID)
        row.addWidget(control)
        if shown.hint or not shown.wide:
            hint = Label(theme, shown.hint, tone=Tone.SUB, wrap=True)
            hint.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(hint, 0 if shown.wide else 1)
        return row

    def _list(self, theme: Theme, shown: FieldShown) -> ComboBox:
        combo = ComboBox(theme, shown.options, placeholder=tr("Choose"))
        if shown.text or any(code == "" for code, _ in shown.options):
            combo.choose(shown.text if shown.text in dict(shown.options) else "")
        combo.chosen.connect(lambda _code: self.changed.emit())
        return combo

    def _text(self, theme: Theme, shown: FieldShown) -> LineEdit:
        width = NUMBER if shown.code in NUMBERS else SHORT
        edit = LineEdit(theme, width=0 if shown.wide else width)
        edit.setText(shown.text)
        if shown.suggestions:
            suggest(theme, shown.suggestions, edit)
        edit.textEdited.connect(lambda _text: self.changed.emit())
        return edit

    def _several(self, theme: Theme, shown: FieldShown) -> QWidget:
        row = FlowRow(gap=16)
        ticked = shown.text.split(",")
        for code, words in shown.options:
            box = CheckBox(theme, words, said=f"{shown.label}: {words}")
            box.setChecked(code in ticked)
            box.toggled.connect(lambda _on: self.changed.emit())
            self._boxes[code] = box
            row.add(box)
        return row
