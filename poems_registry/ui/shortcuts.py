"""Every shortcut of the program in one place: registered once, never twice, and listed for the person."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

EVERYWHERE = "Everywhere"


class Shortcut(NamedTuple):
    """Keys, what they do, and where."""

    keys: str
    words: str
    where: str


class Shortcuts:
    """The program's shortcuts. ValueError for keys without Ctrl or Alt (function keys apart) or with two meanings."""

    def __init__(self) -> None:
        self._known: list[Shortcut] = []

    def add(self, owner: QWidget, keys: str, words: str, act: Callable[[], None], where: str = EVERYWHERE) -> QShortcut:
        """These keys do this while `owner`, or something in it, has the focus; everywhere if it is the window."""
        self.note(keys, words, where)
        shortcut = QShortcut(QKeySequence(keys), owner)
        everywhere = where == EVERYWHERE
        context = Qt.ShortcutContext.WindowShortcut if everywhere else Qt.ShortcutContext.WidgetWithChildrenShortcut
        shortcut.setContext(context)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: act())  # noqa: PLW0108 - holds the act; Qt would do so only weakly
        return shortcut

    def note(self, keys: str, words: str, where: str = EVERYWHERE) -> None:
        """List keys that a control handles by itself (F6 in a field)."""
        _check(keys)
        for known in self._known:
            if QKeySequence(known.keys) == QKeySequence(keys) and _overlap(known.where, where):
                if (known.words, known.where) == (words, where):
                    return  # the same screen, opened again
                raise ValueError(f"{keys} already means {known.words!r} ({known.where})")
        self._known.append(Shortcut(keys, words, where))

    def all(self) -> tuple[Shortcut, ...]:
        """Those for everywhere first, then by place, as registered."""
        return tuple(sorted(self._known, key=lambda shortcut: shortcut.where != EVERYWHERE))


def _overlap(one: str, other: str) -> bool:
    return one == other or EVERYWHERE in (one, other)


def _check(keys: str) -> None:
    parts = keys.split("+")
    function_key = parts[-1].startswith("F") and parts[-1][1:].isdigit()
    if not function_key and not {"Ctrl", "Alt"} & set(parts[:-1]):
        raise ValueError(f"{keys}: a single letter or key alone is no shortcut")
