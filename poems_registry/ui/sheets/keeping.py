"""What is typed into a sheet and not yet saved, kept in the registry for this person only."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from poems_registry.domain.dates import show_date, show_time
from poems_registry.domain.errors import RegistryError
from poems_registry.services.form_drafts import FormKey, KeptForm
from poems_registry.ui.i18n import tr
from poems_registry.ui.keeping import DraftKeeper, Told
from poems_registry.ui.tasks import Tasks


class Forms(Protocol):
    """What is needed of `FormDraftService`."""

    def keep(self, key: FormKey, content: dict[str, Any]) -> datetime: ...
    def load(self, key: FormKey) -> KeptForm | None: ...
    def drop(self, key: FormKey) -> None: ...


@dataclass(frozen=True, slots=True)
class Left:
    """What was left in a sheet: what the entry said when it was begun, what was typed over it, and words for it."""

    start: Mapping[str, str]
    typed: Mapping[str, str]
    version: int
    words: str


def left_in(kept: KeptForm | None, version: int) -> Left | None:
    """What can be gone on with; nothing if what was kept is of no sheet."""
    if kept is None or not isinstance(kept.content.get("typed"), dict):
        return None
    at = kept.saved_at.astimezone()
    when = f"{show_date(at.date())} {show_time(at)}"
    words = tr("You typed this until {when} and did not save it. It counts nowhere yet.", when=when)
    then = int(kept.content.get("version", version))
    if then != version:
        words += " " + tr("The entry was changed since: look at it again before you save.")
    return Left(_texts(kept.content.get("start", {})), _texts(kept.content["typed"]), then, words)


def _texts(content: Mapping[str, Any]) -> dict[str, str]:
    return {str(code): str(text) for code, text in content.items()}


class Keeping:
    """The keeper of the sheet that is open; without `forms`, or of a sheet without a key, nothing is kept."""

    def __init__(self, forms: Forms | None, tasks: Tasks, remind: Callable[[int], None], told: Told) -> None:
        self._forms, self._tasks, self._remind, self._told = forms, tasks, remind, told
        self._keeper: DraftKeeper[dict[str, Any]] | None = None
        self._key: FormKey | None = None

    def begin(self, key: FormKey | None, version: int, then: Callable[[Left], None]) -> None:
        """Another sheet: `then` is told what was left in it, if anything."""
        self.end()
        forms = self._forms
        if forms is None or key is None:
            return
        self._key = key
        self._keeper = DraftKeeper(self._tasks, self._remind, lambda content: forms.keep(key, content), self._told)

        def found(kept: KeptForm | None) -> None:
            left = left_in(kept, version)
            if self._key == key and left is not None:
                then(left)

        self._tasks.run(lambda: forms.load(key), found, lambda _error: None)

    def edited(self, version: int, start: Mapping[str, str], texts: Mapping[str, str]) -> None:
        """Keep soon what was typed over what the entry said in the version it has."""
        if self._keeper is not None:
            typed = {code: text for code, text in texts.items() if text != start.get(code)}
            self._keeper.edited({"version": version, "start": dict(start), "typed": typed})

    def woken(self) -> None:
        """The view's timer ran out."""
        if self._keeper is not None:
            self._keeper.woken()

    def hold(self) -> None:
        """The sheet is being saved: what is saved needs no draft."""
        if self._keeper is not None:
            self._keeper.stop()

    def go_on(self) -> None:
        """It was refused: keep what stands in it."""
        if self._keeper is not None:
            self._keeper.go_on()

    def forget(self) -> None:
        """It is saved or taken back; on the registry's thread."""
        if self._forms is not None and self._key is not None:
            with suppress(RegistryError):
                self._forms.drop(self._key)

    def drop(self) -> None:
        """The person drops it."""
        forms, key = self._forms, self._key
        self.end()
        if forms is not None and key is not None:
            self._tasks.run(lambda: forms.drop(key), lambda _: None, lambda _: None)

    def end(self) -> None:
        """The sheet is closed, and what it held is settled."""
        if self._keeper is not None:
            self._keeper.stop()
        self._keeper = self._key = None

    def leave(self) -> None:
        """The sheet is closed, as by a lock, and what it held is not settled: keep it at once."""
        if self._keeper is not None:
            self._keeper.leave()
        self._keeper = self._key = None
