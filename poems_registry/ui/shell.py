"""The frame around every screen: training bar, side rail, patient banner, messages, the screen itself, status line."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from poems_registry.domain.errors import RegistryError
from poems_registry.ui.errors import message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity
from poems_registry.ui.shortcuts import ShortcutList, Shortcuts
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.banner import PatientBanner
from poems_registry.ui.widgets.bars import StatusLine, TrainingBar, UndoStrip
from poems_registry.ui.widgets.dialog import Dialog, Scrim
from poems_registry.ui.widgets.message import Action, MessageBar
from poems_registry.ui.widgets.rail import ENTRIES, Entry, SideRail

NAME = "POEMS Registry"
SMALLEST = QSize(960, 480)


@runtime_checkable
class Narrowing(Protocol):
    """A screen that has a form for windows below 1200 px."""

    def set_narrow(self, narrow: bool) -> None:
        """Take that form, or the wide one."""


@runtime_checkable
class Helped(Protocol):
    """A screen with help of its own for F1."""

    def help_topic(self) -> str:
        """Which page of the help."""


class Content(QWidget):
    """Holds one screen. The others are kept out of the window: a hidden list would still be read out cell by cell."""

    def __init__(self) -> None:
        super().__init__()
        self._screen: QWidget | None = None
        self._focus: dict[QWidget, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def in_view(self) -> QWidget | None:
        """The screen it holds."""
        return self._screen

    def show_only(self, screen: QWidget) -> None:
        """Put this screen in; the field that had the focus when it was left has it again."""
        if screen is self._screen:
            return
        self._take_out()
        self._screen = screen
        self._column.addWidget(screen)
        screen.show()
        before = self._focus.pop(screen, None)
        if before is not None and isValid(before) and screen.isAncestorOf(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self, screen: QWidget) -> None:
        """Take a screen out for good."""
        if screen is self._screen:
            self._take_out()
        self._focus.pop(screen, None)
        screen.deleteLater()

    def _take_out(self) -> None:
        old, self._screen = self._screen, None
        if old is None:
            return
        focus: QWidget | None = old.window().focusWidget()
        if focus is not None and old.isAncestorOf(focus):
            self._focus[old] = focus
        self._column.removeWidget(old)
        old.hide()
        old.setParent(None)


class Shell(QWidget):
    """The main window. Its title never names a patient.

    `chosen` tells a key of the rail, `lock_asked` Ctrl+L or Lock, `help_asked` F1 with the topic in view, `find_asked`
    Ctrl+K, `closing` that a person closes the window: connect it and call `allow_closing` when nothing can be lost.
    """

    chosen = Signal(str)
    lock_asked = Signal()
    help_asked = Signal(str)
    find_asked = Signal()
    closing = Signal()

    def __init__(self, theme: Theme, *, entries: Sequence[Entry] = ENTRIES, training: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._may_close: bool = True
        self._narrow: bool | None = None
        self._alone: QWidget | None = None
        self._dialogs: list[Dialog] = []
        self.shortcuts = Shortcuts()
        self.setObjectName("page")
        self.setWindowTitle(NAME)
        self.rail = SideRail(theme, entries)
        self.banner = PatientBanner(theme)
        self.status = StatusLine(theme)
        self.messages = MessageBar(theme)
        self.undo = UndoStrip(theme)
        self._training = TrainingBar(theme)
        self._training.setVisible(training)
        self._content = Content()
        self._frame = self._make_frame()
        self._outer = Content()
        self._outer.show_only(self._frame)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # The wide form must not forbid the narrow one: the window's smallest size is set, not asked of its content.
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(SMALLEST)
        column.addWidget(self._training)
        column.addWidget(self._outer, 1)
        self.rail.chosen.connect(self.chosen)
        self.rail.lock_asked.connect(self.lock_asked)
        self._add_shortcuts()
        self.resize(1280, 760)

    def _make_frame(self) -> QWidget:
        frame = QWidget()
        right = QVBoxLayout()
        right.setSpacing(0)
        for part in (self.banner, self.messages):
            right.addWidget(part)
        right.addWidget(self._content, 1)
        right.addWidget(self.undo)
        right.addWidget(self.status)
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        return frame

    def _add_shortcuts(self) -> None:
        add = self.shortcuts.add
        add(self, "Ctrl+L", "Lock the registry at once", self.lock_asked.emit)
        add(self, "Ctrl+K", "Find a patient or a command", self.find_asked.emit)
        add(self, "F1", "Help for the screen in view", self._help)
        add(self, "Ctrl+F1", "This list of shortcuts", self.show_shortcuts)

    # -- what is in the window

    def show_screen(self, screen: QWidget) -> None:
        """Put this screen into the content; it fills what rail, banner and status line leave."""
        self._adapt(screen)
        self._content.show_only(screen)
        self._leave_alone()

    def drop_screen(self, screen: QWidget) -> None:
        """Take a screen out for good."""
        self._content.drop(screen)

    def screen_in_view(self) -> QWidget | None:
        """The screen in the content, or the one that stands alone."""
        return self._alone or self._content.in_view()

    def show_alone(self, screen: QWidget) -> None:
        """One screen without rail and status line: unlocking, first start. Dialogs are closed, the banner is empty."""
        self.close_dialogs()
        self.show_patient(None)
        self.undo.end()
        self.messages.clear()
        old, self._alone = self._alone, screen
        self._adapt(screen)
        self._outer.show_only(screen)
        if old is not None and old is not screen:
            self._outer.drop(old)

    def _leave_alone(self) -> None:
        old, self._alone = self._alone, None
        self._outer.show_only(self._frame)
        if old is not None:
            self._outer.drop(old)

    def show_patient(self, who: Identity | None) -> None:
        """The banner of the one patient the screen shows; None on screens of several."""
        self.banner.show_patient(who)

    def show_person(self, name: str, role: str) -> None:
        """Who is signed in."""
        self.rail.show_person(name, role)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many things wait behind each entry of the rail."""
        self.rail.show_counts(counts)

    def mark_entry(self, key: str) -> None:
        """Show in the rail where one is."""
        self.rail.mark_entry(key)

    def set_training(self, training: bool) -> None:
        """Whether everyone in this registry is made up."""
        self._training.setVisible(training)
        self.setWindowTitle(f"{NAME} ({tr('training')})" if training else NAME)

    # -- what it says

    def tell(self, error: RegistryError, actions: Sequence[Action] = (), tone: Tone = Tone.RED) -> None:
        """A refusal or a bug, over the screen's content, until `messages.clear`; a bug offers to close the message."""
        message = message_for(error)
        own = actions or (Action(tr("Close message"), self.messages.clear, "x"),)
        self.messages.say(message.cause, message.rest, own, tone)

    def offer_undo(self, words: str, undo: Callable[[], None]) -> None:
        """After a removal: ten seconds to take it back."""
        self.undo.offer(words, undo)

    def open_dialog(self, dialog: Dialog) -> None:
        """Show a dialog over the dimmed window; Ctrl+L works in it."""
        self._dialogs.append(dialog)
        dialog.finished.connect(self._dialog_finished)
        dialog.open_over(self)

    def close_dialogs(self) -> None:
        """Close every dialog unanswered, also those that screens opened, as when the registry is locked."""
        for dialog in self.findChildren(Dialog):
            if dialog.isVisible():
                dialog.reject()

    def _dialog_finished(self) -> None:
        for dialog in [one for one in self._dialogs if not one.isVisible()]:
            self._dialogs.remove(dialog)
            dialog.deleteLater()
        scrim = self.findChild(Scrim)
        if scrim is not None and self._dialogs:
            scrim.dim_for(self._dialogs[-1])

    def show_shortcuts(self) -> None:
        """The list of all shortcuts."""
        self.open_dialog(ShortcutList(self._theme, self.shortcuts.all()))

    def _help(self) -> None:
        screen: object = self.screen_in_view()
        self.help_asked.emit(screen.help_topic() if isinstance(screen, Helped) else "")

    # -- the window itself

    @property
    def narrow(self) -> bool:
        """Whether the window is below 1200 px wide."""
        return bool(self._narrow)

    def guard_closing(self) -> None:
        """From now on a close only tells `closing`, until `allow_closing`."""
        self._may_close = False

    def allow_closing(self) -> None:
        """Nothing can be lost: close now."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Closing waits for whoever must save first."""
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.closing.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """One of two forms, by the window's width."""
        super().resizeEvent(event)
        narrow = self.width() < Size.NARROW_BELOW
        if narrow != self._narrow:
            self._narrow = narrow
            self.rail.set_narrow(narrow)
            self.banner.set_narrow(narrow)
            self._adapt(self._content.in_view())
            self._adapt(self._alone)

    def _adapt(self, screen: object) -> None:
        if isinstance(screen, Narrowing):
            screen.set_narrow(bool(self._narrow))
