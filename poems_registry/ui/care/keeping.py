"""What is typed into a form of care and not yet saved, kept in the registry for this person only (decision 18)."""

from collections.abc import Callable, Mapping
from contextlib import suppress
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


class Keeping:
    """The keeper of the form that is open; without `forms` nothing is kept."""

    def __init__(self, forms: Forms | None, tasks: Tasks, remind: Callable[[int], None], told: Told) -> None:
        self._forms, self._tasks, self._remind, self._told = forms, tasks, remind, told
        self._keeper: DraftKeeper[dict[str, Any]] | None = None
        self._key: FormKey | None = None

    def begin(self, key: FormKey, then: Callable[[Mapping[str, str], str], None]) -> None:
        """Another form: `then` is told what was typed into it before, and words that say so."""
        self.end()
        forms = self._forms
        if forms is None:
            return
        self._key = key
        self._keeper = DraftKeeper(self._tasks, self._remind, lambda content: forms.keep(key, content), self._told)

        def found(kept: KeptForm | None) -> None:
            typed = kept.content.get("typed") if kept is not None else None
            if self._key == key and kept is not None and isinstance(typed, dict) and typed:
                at = kept.saved_at.astimezone()
                when = f"{show_date(at.date())} {show_time(at)}"
                words = tr("You typed this until {when} and did not save it. It counts nowhere yet.", when=when)
                then({str(code): str(text) for code, text in typed.items()}, words)

        self._tasks.run(lambda: forms.load(key), found, lambda _error: None)

    def edited(self, start: Mapping[str, str], texts: Mapping[str, str]) -> None:
        """Keep soon what was typed over what the form began with."""
        if self._keeper is not None:
            typed = {code: text for code, text in texts.items() if text != start.get(code)}
            self._keeper.edited({"typed": typed})

    def woken(self) -> None:
        """The view's timer ran out."""
        if self._keeper is not None:
            self._keeper.woken()

    def hold(self) -> None:
        """The form is being saved: what is saved needs no draft."""
        if self._keeper is not None:
            self._keeper.stop()

    def go_on(self) -> None:
        """It was refused: keep what stands in it."""
        if self._keeper is not None:
            self._keeper.go_on()

    def forget(self, key: FormKey) -> None:
        """It is saved or taken back; on the registry's thread."""
        if self._forms is not None:
            with suppress(RegistryError):
                self._forms.drop(key)

    def drop(self, key: FormKey) -> None:
        """The person drops it."""
        self.end()
        if self._forms is not None:
            self._tasks.run(lambda: self.forget(key), lambda _: None, lambda _: None)

    def end(self) -> None:
        """The form is closed, and what it held is settled."""
        if self._keeper is not None:
            self._keeper.stop()
        self._keeper = self._key = None

    def leave(self) -> None:
        """The form is closed, as by a lock, and what it held is not settled: keep it at once."""
        if self._keeper is not None:
            self._keeper.leave()
        self._keeper = self._key = None
