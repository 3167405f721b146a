"""The editor of a task: one digit is the answer, Enter or Down goes to the next task."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.screens.visit.editor import Editor
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.fields import LineEdit

_STEPS = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class _Digit(LineEdit):
    """A field for one digit; another digit takes its place."""

    stepped = Signal(int)
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """A digit is the whole answer; the arrows and Enter walk."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        key = Qt.Key(event.key())
        if plain and event.text().isascii() and event.text().isdigit():
            self.setText(event.text())
            self.textEdited.emit(event.text())
        elif plain and key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif plain and key is Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class DigitEditor(Editor):
    """`digits` are the answers' codes by digit; what is no digit of theirs is told as typed, and refused in words."""

    stepped = Signal(int)
    escaped = Signal()

    def __init__(self, theme: Theme, name: str, digits: Mapping[str, str]) -> None:
        super().__init__()
        self._codes = dict(digits)
        self._digits = {code: digit for digit, code in digits.items()}
        self._edit = _Digit(theme, width=38)
        self._edit.setAccessibleName(name)
        self._edit.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self._put(self._edit)
        self._edit.textEdited.connect(self._tell)
        self._edit.stepped.connect(self.stepped)
        self._edit.escaped.connect(self.escaped)

    def show_text(self, text: str) -> None:
        """The digit of an answer's code, or what was typed instead of one."""
        self._edit.show_text(self._digits.get(text, text))

    def set_mark(self, mark: Mark) -> None:
        """The field's edge."""
        self._edit.set_mark(mark)

    def _tell(self, text: str) -> None:
        self.typed.emit(self._codes.get(text.strip(), text))
