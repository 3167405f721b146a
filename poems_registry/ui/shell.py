"""The frame around every screen: training bar, side rail, patient banner, messages, the screen itself, status line."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from poems_registry.domain.errors import RegistryError
from poems_registry.ui.content import Content
from poems_registry.ui.entries import ENTRIES, Entry
from poems_registry.ui.errors import message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.shortcuts import Shortcuts
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone

if TYPE_CHECKING:  # the door is painted before any of them is loaded
    from poems_registry.ui.frame import Frame
    from poems_registry.ui.identity import Identity
    from poems_registry.ui.widgets.banner import PatientBanner
    from poems_registry.ui.widgets.bars import StatusLine, TrainingBar, UndoStrip
    from poems_registry.ui.widgets.dialog import Dialog
    from poems_registry.ui.widgets.message import Action, MessageBar
    from poems_registry.ui.widgets.rail import SideRail

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


class Shell(QWidget):
    """The main window. Its title never names a patient.

    `chosen` tells a key of the rail, `lock_asked` Ctrl+L or Lock, `help_asked` F1 with the topic in view, `find_asked`
    Ctrl+K, `password_asked` the person's menu, `back_asked` the way back, `closing` that a person closes the window:
    connect it and call `allow_closing` when nothing can be lost. `painted` is told once, after the first paint. What
    stands around the screens is made when it is first wanted: the door is seen before.
    """

    chosen = Signal(str)
    lock_asked = Signal()
    help_asked = Signal(str)
    find_asked = Signal()
    password_asked = Signal()
    back_asked = Signal()
    closing = Signal()
    painted = Signal()
    moved = Signal()

    def __init__(self, theme: Theme, *, entries: Sequence[Entry] = ENTRIES, training: bool = False) -> None:
        super().__init__()
        self._theme, self._entries = theme, tuple(entries)
        self._may_close: bool = True
        self._was_painted = False
        self._narrow: bool | None = None
        self._alone: QWidget | None = None
        self._made: Frame | None = None
        self._over_all: MessageBar | None = None
        self._training: TrainingBar | None = None
        self._dialogs: list[Dialog] = []
        self.shortcuts = Shortcuts()
        self.setObjectName("page")
        self.setWindowTitle(NAME)
        self._outer = Content()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        # The wide form must not forbid the narrow one: the window's smallest size is set, not asked of its content.
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(SMALLEST)
        self._column.addWidget(self._outer, 1)
        self._show_training(training)
        self._add_shortcuts()
        self.resize(1280, 760)

    @property
    def _frame(self) -> "Frame":
        if self._made is None:
            from poems_registry.ui.frame import Frame

            self._made = Frame(self._theme, self._entries)
            self._made.rail.chosen.connect(self.chosen)
            self._made.rail.lock_asked.connect(self.lock_asked)
            self._made.rail.password_asked.connect(self.password_asked)
            self._made.way_back.asked.connect(self.back_asked)
            self._made.set_narrow(self.narrow)
        return self._made

    @property
    def rail(self) -> "SideRail":
        """Where one can go."""
        return self._frame.rail

    @property
    def banner(self) -> "PatientBanner":
        """Whose record the screen shows."""
        return self._frame.banner

    @property
    def messages(self) -> "MessageBar":
        """What went wrong, over the screen."""
        return self._frame.messages

    @property
    def status(self) -> "StatusLine":
        """What was saved, and which registry this is."""
        return self._frame.status

    @property
    def undo(self) -> "UndoStrip":
        """A removal that can be taken back."""
        return self._frame.undo

    def make_ready(self, screen: QWidget) -> None:
        """Keep the first screen ready behind the door, empty, with all that stands around it.

        Both are drawn once, which loads their fonts and icons and settles where everything lies.
        """
        self._adapt(screen)
        if self._outer.in_view() is not self._frame:
            self._frame.resize(self._outer.size())
            self._frame.grab()
            self._outer.hold(self._frame)
            screen.resize(self._frame.content.size())
            screen.grab()
            self._frame.content.hold(screen)

    def _add_shortcuts(self) -> None:
        add = self.shortcuts.add
        add(self, "Ctrl+L", "Lock the registry at once", self.lock_asked.emit)
        add(self, "Ctrl+K", "Find a patient or a command", self.find_asked.emit)
        for number, entry in enumerate(self._entries, start=1):
            add(self, f"Ctrl+{number}", f"Go to {entry.words}", partial(self.chosen.emit, entry.key))
        add(self, "Alt+Left", "Back to where you were sent from, to a letter or a visit", self.back_asked.emit)
        add(self, "F1", "Help for the screen in view", self.ask_help)
        add(self, "Ctrl+F1", "This list of shortcuts", self.show_shortcuts)

    # -- what is in the window

    def show_screen(self, screen: QWidget) -> None:
        """Put this screen into the content; it fills what rail, banner and status line leave."""
        self._adapt(screen)
        self._frame.content.show_only(screen)
        self._leave_alone()
        self.moved.emit()

    def drop_screen(self, screen: QWidget) -> None:
        """Take a screen out for good."""
        self._frame.content.drop(screen)

    def screen_in_view(self) -> QWidget | None:
        """The screen in the content, or the one that stands alone."""
        return self._alone or self._in_frame()

    def show_alone(self, screen: QWidget) -> None:
        """One screen without rail and status line: unlocking, first start. Dialogs are closed, the banner is empty."""
        if self._made is not None or self._alone is not None:  # else nothing was ever in the window
            self.close_dialogs()
        self.moved.emit()
        if self._made is not None:
            self.show_patient(None)
            self.undo.end()
            self.messages.clear()
        if self._over_all is not None:
            self._over_all.clear()
        old, self._alone = self._alone, screen
        self._adapt(screen)
        self._outer.show_only(screen)
        if old is not None and old is not screen:
            self._outer.drop(old)

    def _leave_alone(self) -> None:
        if self._over_all is not None:
            self._over_all.clear()
        old, self._alone = self._alone, None
        if old is not None:
            self._outer.drop(old)
        self._outer.show_only(self._frame)

    def show_patient(self, who: "Identity | None") -> None:
        """The banner of the one patient the screen shows; None on screens of several."""
        self.banner.show_patient(who)

    def show_person(self, name: str, role: str) -> None:
        """Who is signed in."""
        self.rail.show_person(name, role)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many things wait behind each entry of the rail."""
        self.rail.show_counts(counts)

    def offer_entry(self, key: str, on: bool) -> None:
        """Whether whoever is signed in may go to this entry of the rail."""
        self.rail.offer(key, on)

    def mark_entry(self, key: str) -> None:
        """Show in the rail where one is."""
        self.rail.mark_entry(key)

    def show_way_back(self, words: str) -> None:
        """Offer to go back to where one was sent from; '' offers nothing."""
        self._frame.way_back.show_way(words)

    def set_training(self, training: bool) -> None:
        """Whether everyone in this registry is made up."""
        self._show_training(training)
        # it ends in the name: to one that does not, Qt adds the name once more
        self.setWindowTitle(f"{tr('Training')}: {NAME}" if training else NAME)

    def _show_training(self, training: bool) -> None:
        if training and self._training is None:
            from poems_registry.ui.widgets.bars import TrainingBar

            self._training = TrainingBar(self._theme)
            self._column.insertWidget(0, self._training)
        if self._training is not None:
            self._training.setVisible(training)

    # -- what it says

    def tell(self, error: RegistryError, actions: "Sequence[Action]" = (), tone: Tone = Tone.RED) -> None:
        """A refusal or a bug, over the screen's content, until `messages.clear`; a bug offers to close the message."""
        from poems_registry.ui.widgets.message import Action

        message, bar = message_for(error), self._bar()
        own = actions or (Action(tr("Close message"), bar.clear, "x"),)
        bar.say(message.cause, message.rest, own, tone)

    def _bar(self) -> "MessageBar":
        """Over the screen's content; over a screen that stands alone, as the door does, one of the window's own."""
        if self._alone is None:
            return self.messages
        if self._over_all is None:
            from poems_registry.ui.widgets.message import MessageBar

            self._over_all = MessageBar(self._theme)
            self._column.insertWidget(self._column.indexOf(self._outer), self._over_all)
        return self._over_all

    def offer_undo(self, words: str, undo: Callable[[], None]) -> None:
        """After a removal: ten seconds to take it back."""
        self.undo.offer(words, undo)

    def open_dialog(self, dialog: "Dialog") -> None:
        """Show a dialog over the dimmed window; Ctrl+L works in it."""
        self._dialogs.append(dialog)
        dialog.finished.connect(self._dialog_finished)
        dialog.open_over(self)

    def close_dialogs(self) -> None:
        """Close every dialog unanswered, also those that screens opened, as when the registry is locked."""
        from poems_registry.ui.widgets.dialog import Dialog

        for dialog in self.findChildren(Dialog):
            if dialog.isVisible():
                dialog.reject()

    def _dialog_finished(self) -> None:
        from poems_registry.ui.widgets.dialog import Scrim

        for dialog in [one for one in self._dialogs if not one.isVisible()]:
            self._dialogs.remove(dialog)
            dialog.deleteLater()
        scrim = self.findChild(Scrim)
        if scrim is not None and self._dialogs:
            scrim.dim_for(self._dialogs[-1])

    def show_shortcuts(self) -> None:
        """The list of all shortcuts."""
        from poems_registry.ui.keys import SCREEN_KEYS
        from poems_registry.ui.shortcut_list import ShortcutList

        self.open_dialog(ShortcutList(self._theme, (*self.shortcuts.all(), *SCREEN_KEYS)))

    def show_help(self, folder: Path, topic: str) -> None:
        """A page of the help out of this folder."""
        from poems_registry.ui.help import HelpDialog

        self.open_dialog(HelpDialog(self._theme, folder, topic, self.shortcuts.all()))

    def ask_help(self) -> None:
        """As F1 does."""
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

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Tab goes in the order of reading."""
        from poems_registry.ui.widgets.tabbing import go_on

        return go_on(self, forward=forward)

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
            if self._made is not None:
                self._made.set_narrow(narrow)
            self._adapt(self._in_frame())
            self._adapt(self._alone)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Nothing of its own; the first is told when everything else was painted too."""
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def _in_frame(self) -> QWidget | None:
        return self._made.content.in_view() if self._made is not None else None

    def _adapt(self, screen: object) -> None:
        if isinstance(screen, Narrowing):
            screen.set_narrow(bool(self._narrow))
