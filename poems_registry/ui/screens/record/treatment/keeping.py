"""What is typed into a form of treatment and not yet saved, kept in the registry for this person only."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from poems_registry.domain.dates import show_date, show_time
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.treatments import (
    Entry,
    Event,
    LineDrug,
    RadiotherapyCourse,
    SupportiveCare,
    Transplant,
    TreatmentLine,
)
from poems_registry.services.form_drafts import EVENT, TREATMENT_LINE, FormKey, KeptForm
from poems_registry.ui.i18n import tr
from poems_registry.ui.keeping import DraftKeeper, Told
from poems_registry.ui.tasks import Tasks

NAMES: Mapping[type[Any], str] = {
    TreatmentLine: TREATMENT_LINE,
    LineDrug: "line_drug",
    RadiotherapyCourse: "radiotherapy",
    Transplant: "transplant",
    SupportiveCare: "supportive_care",
    Event: EVENT,
}


class Forms(Protocol):
    """What is needed of `FormDraftService`."""

    def keep(self, key: FormKey, content: dict[str, Any]) -> datetime: ...
    def load(self, key: FormKey) -> KeptForm | None: ...
    def drop(self, key: FormKey) -> None: ...


@dataclass(frozen=True, slots=True)
class Left:
    """What was left in a form: what the entry said when it was begun, what was typed over it, and words that say so.

    `version` is the entry's when the form was begun. `start` is empty of a form that an older program kept: then
    `typed` are the texts of all fields, and nobody knows which of them the person had typed.
    """

    start: Mapping[str, str]
    typed: Mapping[str, str]
    version: int
    words: str


def key_of(entry: Entry) -> FormKey:
    """An entry's own form; a new part of a line has the line's number, below zero."""
    record = entry.id or -int(getattr(entry, "line_id", 0))
    return FormKey(NAMES[type(entry)], entry.patient_id, record)


def kept_content(version: int, start: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, Any]:
    """What is kept of a form: the version it began with, what that said, and what was typed over it.

    Whatever a colleague saves meanwhile in the other fields is then never taken for something typed.
    """
    typed = {code: text for code, text in texts.items() if text != start.get(code)}
    return {"version": version, "start": dict(start), "typed": typed}


def left_in(kept: KeptForm | None, entry: Entry) -> Left | None:
    """What can be gone on with; nothing if what was kept is not of this form."""
    typed = kept.content.get("typed", kept.content.get("texts")) if kept is not None else None
    if kept is None or not isinstance(typed, dict):
        return None
    at = kept.saved_at.astimezone()
    when = f"{show_date(at.date())} {show_time(at)}"
    words = tr("You typed this until {when} and did not save it. It counts nowhere yet.", when=when)
    version = int(kept.content.get("version", entry.version))
    if version != entry.version:
        words += " " + tr("The entry was changed since: look at it again before you save.")
    return Left(_texts(kept.content.get("start", {})), _texts(typed), version, words)


def _texts(content: Mapping[str, Any]) -> dict[str, str]:
    return {str(code): str(text) for code, text in content.items()}


class Keeping:
    """The keeper of the form that is open; without `forms` nothing is kept."""

    def __init__(self, forms: Forms | None, tasks: Tasks, remind: Callable[[int], None], told: Told) -> None:
        self._forms, self._tasks, self._remind, self._told = forms, tasks, remind, told
        self._keeper: DraftKeeper[dict[str, Any]] | None = None
        self._key: FormKey | None = None

    def begin(self, entry: Entry, then: Callable[[Left | None], None]) -> None:
        """Another form: `then` is told what was left in it."""
        self.end()
        forms, key = self._forms, key_of(entry)
        if forms is None:
            return
        self._key = key
        self._keeper = DraftKeeper(self._tasks, self._remind, lambda content: forms.keep(key, content), self._told)

        def found(kept: KeptForm | None) -> None:
            if self._key == key:
                then(left_in(kept, entry))

        self._tasks.run(lambda: forms.load(key), found, lambda _error: None)

    def edited(self, entry: Entry, start: Mapping[str, str], texts: Mapping[str, str]) -> None:
        """Keep it soon; `start` is what the entry said in the version it has."""
        if self._keeper is not None:
            self._keeper.edited(kept_content(entry.version, start, texts))

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

    def forget(self, entry: Entry) -> None:
        """It is saved or taken back; on the registry's thread."""
        if self._forms is not None:
            with suppress(RegistryError):
                self._forms.drop(key_of(entry))

    def drop(self, entry: Entry) -> None:
        """The person drops it."""
        self.end()
        if self._forms is not None:
            self._tasks.run(lambda: self.forget(entry), lambda _: None, lambda _: None)

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
