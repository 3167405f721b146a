"""Keys typed while a screen is still being fetched: kept in order, and given to that screen when it is there."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QWidget

_KEYS = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride}
LOCK = QKeySequence("Ctrl+L")
"""Never waits: whoever leaves the desk wants the window locked at once."""


@dataclass(frozen=True, slots=True)
class _Key:
    key: int
    modifiers: Qt.KeyboardModifier
    text: str

    @property
    def sequence(self) -> QKeySequence:
        return QKeySequence(QKeyCombination(self.modifiers & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key(self.key)))


class TypeAhead(QObject):
    """Between `hold` and `release` no key reaches the window: it would act on the screen that goes, or be lost.

    Each `hold` needs its `release`; after the last one the keys follow as if they were pressed then, shortcuts too, and
    if one of them leads to the next screen the rest waits for that. `forget` drops them, as when the window locks:
    nothing that was typed for a record may reach the field of the password.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._holds = 0
        self._held: list[_Key] = []
        self._round = 0

    def hold(self) -> int:
        """Keep keys from now on; give the number back to `release`."""
        if not self._holds:
            QCoreApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._holds += 1
        return self._round

    def release(self, round_: int) -> None:
        """One thing that was waited for is there; a hold from before `forget` counts no more."""
        if round_ != self._round or not self._holds:
            return
        self._holds -= 1
        if self._holds:
            return
        QCoreApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        while self._held and not self._holds:
            self._press(self._held.pop(0))

    def forget(self) -> None:
        """Drop what is kept and hold no more."""
        self._round += 1
        self._holds, self._held = 0, []
        QCoreApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Every key of the window itself; dialogs and other windows have theirs."""
        if event.type() not in _KEYS or not isinstance(event, QKeyEvent) or not self._is_ours(watched):
            return False
        key = _Key(event.key(), event.modifiers(), event.text())
        if key.sequence == LOCK:
            return False
        if event.type() is QEvent.Type.KeyPress:
            self._held.append(key)
        event.accept()  # of a shortcut: it comes as a key press then, and is kept like any other
        return True

    def _is_ours(self, watched: QObject) -> bool:
        if isinstance(watched, QWindow):
            return watched is self._window.windowHandle() and QApplication.activeModalWidget() is None
        return isinstance(watched, QWidget) and watched.window() is self._window

    def _press(self, key: _Key) -> None:
        """As if it were pressed now, wherever the keyboard is now."""
        window = QApplication.activeModalWidget() or self._window
        focused: QWidget | None = window.focusWidget()
        shortcut = _shortcut(window, focused, key.sequence)
        if shortcut is not None:
            shortcut.activated.emit()
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            target: QWidget | None = window.focusWidget()
            QApplication.sendEvent(target or window, QKeyEvent(kind, key.key, key.modifiers, key.text))


def _shortcut(window: QWidget, focused: QWidget | None, sequence: QKeySequence) -> QShortcut | None:
    """What these keys mean where the keyboard is; None if they are only keys."""
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        if shortcut.key() != sequence or not shortcut.isEnabled() or not isinstance(owner, QWidget):
            continue
        if not owner.isVisible() or owner.window() is not window:
            continue
        everywhere = shortcut.context() is Qt.ShortcutContext.WindowShortcut
        if everywhere or (focused is not None and (owner is focused or owner.isAncestorOf(focused))):
            return shortcut
    return None
