"""One field of a sheet: its label above it, text with type-ahead, a list, or boxes; what is wrong stands below it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.sheets.shown import SheetField
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.fields import LineEdit, Mark
from poems_registry.ui.widgets.flow import FlowRow
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled
from poems_registry.ui.widgets.suggesting import suggest
from poems_registry.ui.widgets.ticks import CheckBox


class SheetControl(QWidget):
    """`changed` when a person changed it."""

    changed = Signal()

    def __init__(self, theme: Theme, field: SheetField) -> None:
        super().__init__()
        self.field = field
        self._boxes: dict[str, CheckBox] = {}
        self.control: LineEdit | ComboBox | None = None
        inner: QWidget
        if field.several:
            inner = self._several(theme, field)
        else:
            inner = self.control = self._list(theme, field) if field.options else self._text(theme, field)
            inner.setAccessibleName(field.label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(labelled(theme, field.label, self.first))
        column.addWidget(inner)
        if field.hint:
            column.addWidget(Label(theme, field.hint, tone=Tone.SUB, wrap=True))
            self.first.setAccessibleDescription(field.hint)
        self._problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        column.addStretch(1)

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
            if self.control.findData(text) >= 0:
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

    def _list(self, theme: Theme, field: SheetField) -> ComboBox:
        combo = ComboBox(theme, field.options, placeholder=tr("Choose"))
        combo.choose(field.text if field.text in dict(field.options) else "")
        combo.chosen.connect(lambda _code: self.changed.emit())
        return combo

    def _text(self, theme: Theme, field: SheetField) -> LineEdit:
        edit = LineEdit(theme)
        edit.setText(field.text)
        if field.suggestions:
            suggest(theme, field.suggestions, edit)
        edit.textEdited.connect(lambda _text: self.changed.emit())
        return edit

    def _several(self, theme: Theme, field: SheetField) -> QWidget:
        row = FlowRow(gap=16)
        ticked = field.text.split(",")
        for code, words in field.options:
            box = CheckBox(theme, words, said=f"{field.label}: {words}")
            box.setChecked(code in ticked)
            box.toggled.connect(lambda _on: self.changed.emit())
            self._boxes[code] = box
            row.add(box)
        return row
