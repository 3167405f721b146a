"""The questions that come over the page of results: the preview of a pasted block, the correction of one result."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.record.results.correct_dialog import CorrectActions, CorrectDialog
from poems_registry.ui.screens.record.results.correct_shown import CorrectShown
from poems_registry.ui.screens.record.results.paste_dialog import PasteActions, PasteDialog
from poems_registry.ui.screens.record.results.paste_shown import PasteShown
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.message import Action, MessageBar


class Questions:
    """One dialog of each kind at a time; when one closes the keyboard goes back to the page."""

    def __init__(self, theme: Theme, page: QWidget) -> None:
        self._theme, self._page = theme, page
        self._pasting: PasteActions | None = None
        self._correcting: CorrectActions | None = None
        self._paste: PasteDialog | None = None
        self._correct: CorrectDialog | None = None
        self.left_paste, self.left_correct = MessageBar(theme, Tone.AMBER), MessageBar(theme, Tone.AMBER)
        self._paste_timer, self._correct_timer = QTimer(page), QTimer(page)
        for timer in (self._paste_timer, self._correct_timer):
            timer.setSingleShot(True)

    def attend(self, pasting: PasteActions, correcting: CorrectActions) -> None:
        """Pass on to these what is answered."""
        self._pasting, self._correcting = pasting, correcting
        self._paste_timer.timeout.connect(lambda: pasting.woken())  # noqa: PLW0108 - holds the presenter
        self._correct_timer.timeout.connect(lambda: correcting.woken())  # noqa: PLW0108

    def _closed(self) -> None:
        self._paste = self._correct = None
        self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- a pasted block

    def ask_paste(self, who: Identity, tests: Sequence[tuple[str, str]], shown: PasteShown) -> None:
        """The preview of a block."""
        if self._pasting is not None:
            dialog = self._paste = PasteDialog(self._theme, who, tests, shown, self._pasting)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.finished.connect(self._closed)
            dialog.open_over(self._page)

    def show_paste(self, shown: PasteShown) -> None:
        """The preview after an answer."""
        if self._paste is not None:
            self._paste.show_paste(shown)

    def refuse_paste(self, words: str) -> None:
        """Why nothing of the block was saved."""
        if self._paste is not None:
            self._paste.refuse(words)

    def close_paste(self) -> None:
        """It is saved."""
        if self._paste is not None:
            self._paste.accept()

    def offer_paste(self, words: str) -> None:
        """A block that was left, with the ways to go on; nothing with no words."""
        _offer(self.left_paste, words, self._pasting)

    def remind_paste(self, milliseconds: int) -> None:
        """Wake whoever decides on the block after a while."""
        self._paste_timer.start(milliseconds)

    # -- one recorded result

    def ask_correct(self, shown: CorrectShown) -> None:
        """The form with the result as it stands."""
        if self._correcting is not None:
            dialog = self._correct = CorrectDialog(self._theme, shown, self._correcting)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.finished.connect(self._closed)
            dialog.open_over(self._page)

    def show_correct(self, shown: CorrectShown) -> None:
        """After a key, or after somebody else saved."""
        if self._correct is not None:
            self._correct.show_correct(shown)
            self._correct.fit()

    def refuse_correct(self, words: str) -> None:
        """Why nothing was saved."""
        if self._correct is not None:
            self._correct.refuse(words)
            self._correct.fit()

    def close_correct(self) -> None:
        """It is saved."""
        if self._correct is not None:
            self._correct.accept()

    def offer_correct(self, words: str) -> None:
        """A correction that was left, with the ways to go on; nothing with no words."""
        _offer(self.left_correct, words, self._correcting)

    def remind_correct(self, milliseconds: int) -> None:
        """Wake whoever decides on the correction after a while."""
        self._correct_timer.start(milliseconds)

    def go_to_visit(self, encounter_id: int) -> None:
        """The visit that a result belongs to."""
        if self._correcting is not None:
            self._correcting.go_to_visit(encounter_id)


def _offer(bar: MessageBar, words: str, actions: PasteActions | CorrectActions | None) -> None:
    if not words or actions is None:
        bar.clear()
        return
    ways = (Action(tr("Go on"), actions.go_on), Action(tr("Discard"), actions.discard))
    bar.say(words, tr("It counts nowhere until it is saved."), ways)
