"""What is typed into a form of treatment and not yet saved, kept in the registry for this person only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from poems_registry.domain.dates import show_date, show_time
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
from poems_registry.ui.form_keeping import FormKeeping
from poems_registry.ui.i18n import tr

NAMES: Mapping[type[Any], str] = {
    TreatmentLine: TREATMENT_LINE,
    LineDrug: "line_drug",
    RadiotherapyCourse: "radiotherapy",
    Transplant: "transplant",
    SupportiveCare: "supportive_care",
    Event: EVENT,
}


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


class Keeping(FormKeeping):
    """The keeper of the form that is open."""

    def open(self, entry: Entry, then: Callable[[Left | None], None]) -> None:
        """Another form: `then` is told what was left in it."""
        key = key_of(entry)
        self.begin(key)

        def found(kept: KeptForm | None) -> None:
            if self.key == key:
                then(left_in(kept, entry))

        self._tasks.run(lambda: self.find(key), found, lambda _error: None)
