"""The decisions about one's own new password: judged while it is typed, checked before it is asked for, then set."""

from collections.abc import Callable, Mapping
from typing import Protocol

from poems_registry.domain.errors import InvalidInput, RegistryError, WrongPassword
from poems_registry.ui.i18n import tr
from poems_registry.ui.tasks import Tasks


class Passwords(Protocol):
    """What is needed of `OwnPassword`."""

    def problem(self, password: str) -> str | None: ...
    def change(self, old: str, new: str) -> None: ...


class View(Protocol):
    """What the dialog can show."""

    def judge(self, words: str, good: bool) -> None: ...
    def mark(self, problems: Mapping[str, str]) -> None: ...
    def offer(self, phrase: str) -> None: ...
    def busy(self, words: str) -> None: ...
    def close_form(self) -> None: ...


class OwnPasswordPresenter:
    """`phrase` gives five words by chance; `saved` says in the status line what was done."""

    def __init__(
        self,
        view: View,
        passwords: Passwords,
        tasks: Tasks,
        phrase: Callable[[], str],
        saved: Callable[[str], None],
    ) -> None:
        self._view, self._passwords, self._tasks = view, passwords, tasks
        self._phrase, self._saved = phrase, saved
        self._busy = False

    def typed(self, password: str) -> None:
        """Judge the new one while it is typed."""
        problem = self._passwords.problem(password) if password else ""
        if problem is None:
            self._view.judge(tr("This password can be used."), good=True)
        else:
            self._view.judge(problem or tr("At least 15 characters, or five words."), good=False)

    def suggest(self) -> None:
        """Offer five words, to be read and typed again."""
        phrase = self._phrase()
        self._view.offer(phrase)
        self.typed(phrase)

    def change(self, old: str, new: str, again: str) -> None:
        """Set it, or say beside each field what is wrong."""
        if self._busy:
            return
        problems: dict[str, str] = {}
        if not old:
            problems["old"] = tr("is empty: type the password you have now")
        weak = self._passwords.problem(new)
        if weak:
            problems["password"] = weak
        elif new != again:
            problems["again"] = tr("is not the same as above: type it again")
        self._view.mark(problems)
        if problems:
            return
        self._busy = True
        self._view.busy(tr("Making the key…"))
        self._tasks.run(lambda: self._passwords.change(old, new), self._done, self._refused)

    def _done(self, _: None) -> None:
        self._busy = False
        self._view.busy("")
        self._view.close_form()
        self._saved(tr("Your password is changed"))

    def _refused(self, error: RegistryError) -> None:
        self._busy = False
        self._view.busy("")
        if isinstance(error, WrongPassword):
            self._view.mark({"old": str(error)})
        elif isinstance(error, InvalidInput):
            self._view.mark(error.problems)
        else:
            self._view.mark({"": str(error)})
