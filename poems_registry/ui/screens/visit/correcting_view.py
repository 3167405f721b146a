"""What the visit's screen shows where a signed visit is corrected: the note above it, and the questions over it."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from poems_registry.domain.merging import Side
from poems_registry.ui.conflict.shown import ConflictShown
from poems_registry.ui.conflict.view import ConflictDialog
from poems_registry.ui.errors import Message
from poems_registry.ui.identity import Identity
from poems_registry.ui.reason_dialog import ReasonDialog
from poems_registry.ui.reasons import Act, ReasonShown
from poems_registry.ui.screens.visit.correcting_dialogs import BesideDialog, VersionsDialog
from poems_registry.ui.screens.visit.correcting_shown import NoteAct, NoteShown, VersionsShown
from poems_registry.ui.screens.visit.dialogs import open_over
from poems_registry.ui.screens.visit.frame import CorrectingFoot
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.message import Action, MessageBar


class CorrectingActions(CorrectingFoot, Protocol):
    """What a person can do with a signed visit."""

    def act(self, act: NoteAct) -> None: ...
    def give_reason(self, act: Act, reason: str) -> None: ...
    def amend_beside(self) -> None: ...
    def look_at(self, number: int) -> None: ...
    def settled(self, choices: dict[str, Side]) -> None: ...


class CorrectionsView(QObject):
    """`note` is the bar to be put above the form; `changed` tells that its controls did. Dialogs open over `window`."""

    changed = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self._actions: CorrectingActions | None = None
        self._dialog: ReasonDialog | None = None
        self.note = MessageBar(theme, Tone.BLUE)

    def attend(self, actions: CorrectingActions) -> None:
        """Whom the answers tell."""
        self._actions = actions

    def show_note(self, note: NoteShown | None) -> None:
        """What must be known of this visit before it is read."""
        if note is None or self._actions is None:
            self.note.clear()
            return
        acts = [Action(words, partial(self._actions.act, act)) for act, words in note.acts]
        self.note.say(note.cause, note.rest, acts, Tone.AMBER if note.warns else Tone.BLUE)
        self.changed.emit()

    def ask_reason(self, reason: ReasonShown) -> None:
        """Why a signed visit is corrected."""
        self._dialog = dialog = ReasonDialog(self._theme, reason)
        if self._actions is not None:
            dialog.given.connect(partial(self._actions.give_reason, reason.act))
        dialog.finished.connect(self._closed)
        open_over(dialog, self._window)

    def refuse_reason(self, words: str) -> None:
        """The dialog stays."""
        if self._dialog is not None:
            self._dialog.refuse(words)

    def close_reason(self) -> None:
        """Done, or refused for something else than the reason."""
        if self._dialog is not None:
            self._dialog.accept()

    def ask_beside(self, who: Identity, message: Message, button: str) -> None:
        """Somebody else amends this visit."""
        dialog = BesideDialog(self._theme, who, message, button)
        if self._actions is not None:
            dialog.accepted.connect(self._actions.amend_beside)
        open_over(dialog, self._window)

    def list_versions(self, versions: VersionsShown) -> None:
        """Every version, to look at."""
        dialog = VersionsDialog(self._theme, versions)
        if self._actions is not None:
            dialog.chosen.connect(self._actions.look_at)
        open_over(dialog, self._window)

    def ask_conflict(self, conflict: ConflictShown) -> None:
        """Somebody else signed an amendment of the same fields."""
        dialog = ConflictDialog(self._theme, conflict)
        if self._actions is not None:
            dialog.chosen.connect(self._actions.settled)
        open_over(dialog, self._window)

    def _closed(self) -> None:
        self._dialog = None
