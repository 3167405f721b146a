"""The password field: shown only while asked, and a warning in words when capitals come out unasked."""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.fields import LineEdit

if TYPE_CHECKING:
    from poems_registry.ui.widgets.message import NoteBox


def caps_lock_by_key(text: str, shifted: bool, before: bool) -> bool:
    """Whether Caps Lock must be on, told from a typed letter and Shift; `before` when the key tells nothing."""
    if len(text) != 1 or not text.isalpha() or text.upper() == text.lower():
        return before
    return text.isupper() != shifted


def _caps_lock_of_the_system() -> bool | None:
    """What Windows says; None elsewhere, where Qt has no way to ask."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetKeyState(0x14) & 1)
    return None


class _Edit(LineEdit):
    """A field that tells each key."""

    keyed = Signal(str, bool, bool)  # text, with Shift, is the Caps Lock key itself
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Tell the key, then take it."""
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.keyed.emit(event.text(), shifted, event.key() == Qt.Key.Key_CapsLock)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)


class PasswordField(QWidget):
    """A password with Show and the Caps Lock warning under it. `entered` is Return, for the unlock window only."""

    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._caps = False
        edit = _Edit(theme)
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhHiddenText
        )
        self.edit: LineEdit = edit
        self._show = Button(theme, tr("Show"), Kind.SECONDARY, icon="eye", said=tr("Show the password"))
        self._warning: NoteBox | None = None
        row = QHBoxLayout()
        row.setSpacing(Size.GRID)
        row.addWidget(self.edit, 1)
        row.addWidget(self._show)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Size.GRID)
        self._column.addLayout(row)
        self.setFocusProxy(self.edit)
        edit.keyed.connect(self._keyed)
        edit.entered.connect(self.entered)
        self._show.clicked.connect(self._toggle)

    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def clear(self) -> None:
        """Empty it, and hide it again."""
        self.edit.clear()
        if self.edit.echoMode() is not QLineEdit.EchoMode.Password:
            self._toggle()

    @property
    def caps_lock_warned(self) -> bool:
        """Whether the words about Caps Lock are shown."""
        return self._warning is not None and not self._warning.isHidden()

    def _toggle(self) -> None:
        hidden = self.edit.echoMode() is QLineEdit.EchoMode.Password
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._show.setText(tr("Hide") if hidden else tr("Show"))
        self._show.setAccessibleName(tr("Hide the password") if hidden else tr("Show the password"))
        self._show.set_icon_name("eye-off" if hidden else "eye")

    def _keyed(self, text: str, shifted: bool, is_the_key: bool) -> None:
        told = _caps_lock_of_the_system()
        if told is not None:
            self._caps = told
        elif is_the_key:
            self._caps = not self._caps
        else:
            self._caps = caps_lock_by_key(text, shifted, self._caps)
        self._warn(self._caps)

    def _warn(self, on: bool) -> None:
        if on and self._warning is None:
            from poems_registry.ui.widgets.message import NoteBox

            self._warning = NoteBox(self._theme, "arrow-big-up", Tone.AMBER)
            self._warning.say(tr("Caps Lock is on."), tr("Capital letters may be wrong."))
            self._column.addWidget(self._warning)
        if self._warning is not None:
            self._warning.setVisible(on)
