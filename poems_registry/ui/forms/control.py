"""The control of one field of a form: text with type-ahead, several lines, a list, or boxes to tick."""

from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.fields import LineEdit, TextArea
from poems_registry.ui.widgets.flow import FlowRow
from poems_registry.ui.widgets.labels import IconLabel
from poems_registry.ui.widgets.suggesting import suggest
from poems_registry.ui.widgets.ticks import CheckBox


class AskedField(Protocol):
    """What every form knows of a field: its words, what stands in it, and what may be chosen."""

    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def hint(self) -> str: ...
    @property
    def options(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def suggestions(self) -> tuple[str, ...]: ...


class FieldControl(QWidget):
    """`changed` when a person changed it. A form `put`s `inner` with label and hint; what is wrong is below.

    Options make it a list, or boxes where `several` may be ticked; `lines` a text of so many lines; `width` 0 is all.
    """

    changed = Signal()

    def __init__(
        self, theme: Theme, asked: AskedField, *, several: bool = False, lines: int = 0, width: int = 0
    ) -> None:
        super().__init__()
        self._boxes: dict[str, CheckBox] = {}
        self.control: LineEdit | ComboBox | TextArea | None = None
        self.inner: QWidget
        if several:
            self.inner = self._several(theme, asked)
        else:
            self.inner = self.control = self._one(theme, asked, lines, width)
            self.control.setAccessibleName(asked.label)
        self.first.setAccessibleDescription(asked.hint)
        self._problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._problem.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._problem)

    def put(self, *parts: QWidget | QLayout) -> None:
        """These, one below the other, over what is wrong."""
        for part in parts:
            place = self._column.count() - 1
            if isinstance(part, QLayout):
                self._column.insertLayout(place, part)
            else:
                self._column.insertWidget(place, part)

    @property
    def first(self) -> QWidget:
        """The control, or the first box: what the label belongs to."""
        return self.control if self.control is not None else next(iter(self._boxes.values()))

    def text(self) -> str:
        """What was typed, the chosen code, or the ticked codes apart by commas."""
        match self.control:
            case ComboBox() as combo:
                return combo.code()
            case TextArea() as area:
                return area.toPlainText()
            case LineEdit() as edit:
                return edit.text()
        return ",".join(code for code, box in self._boxes.items() if box.isChecked())

    def show_text(self, text: str) -> None:
        """Put a text in; a list takes only what it holds."""
        match self.control:
            case ComboBox() as combo:
                if not text or combo.findData(text) >= 0:
                    combo.choose(text)
            case LineEdit() | TextArea() as typed:
                typed.show_text(text)
            case None:
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

    def _one(self, theme: Theme, asked: AskedField, lines: int, width: int) -> LineEdit | ComboBox | TextArea:
        if asked.options:
            combo = ComboBox(theme, asked.options, placeholder=tr("Choose"))
            combo.choose(asked.text if asked.text in dict(asked.options) else "")
            combo.chosen.connect(lambda _code: self.changed.emit())
            return combo
        if lines:
            area = TextArea(theme, lines=lines)
            area.setFixedHeight(area.minimumHeight())
            area.setPlainText(asked.text)
            area.textChanged.connect(self.changed)
            return area
        edit = LineEdit(theme, width=width)
        edit.setText(asked.text)
        if asked.suggestions:
            suggest(theme, asked.suggestions, edit)
        edit.textEdited.connect(lambda _text: self.changed.emit())
        return edit

    def _several(self, theme: Theme, asked: AskedField) -> QWidget:
        row = FlowRow(gap=16)
        ticked = asked.text.split(",")
        for code, words in asked.options:
            box = CheckBox(theme, words, said=f"{asked.label}: {words}")
            box.setChecked(code in ticked)
            box.toggled.connect(lambda _on: self.changed.emit())
            self._boxes[code] = box
            row.add(box)
        return row
