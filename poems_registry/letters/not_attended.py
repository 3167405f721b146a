"""The letters after a missed appointment: no blame, what was planned, how to come again, and when to get help."""

from collections.abc import Sequence

from poems_registry.domain.dates import letter_date, show_date
from poems_registry.domain.records import ClinicProfile, LetterRecord
from poems_registry.letters.assembling import Kind
from poems_registry.letters.identity import greeting
from poems_registry.letters.parts import (
    Part,
    allergies_part,
    copies_part,
    diagnoses_part,
    safety_part,
    text_part,
)
from poems_registry.letters.results_letter import own_actions
from poems_registry.letters.standing import Standing
from poems_registry.letters.template import Wording
from poems_registry.letters.template_form import FROM_TEMPLATE
from poems_registry.letters.visit import Visit


def parts(visit: Visit, clinic: ClinicProfile, _: LetterRecord, known: Standing, wording: Wording) -> Sequence[Part]:
    """All parts; the encounter is the last visit that took place."""
    source = f"from visit {show_date(visit.encounter.on)}"
    return [
        text_part("attendance", "Attendance", _attendance(visit, wording), "from this letter", editable=False),
        diagnoses_part(visit, known, source),
        *own_actions(),
        allergies_part(visit),
        *_to_the_patient(visit, wording),
        text_part("planned", "What was planned when we last saw you", visit.answer("what_next").strip(), source),
        safety_part(visit, clinic),
        copies_part(visit),
    ]


def first_parts(
    visit: Visit, clinic: ClinicProfile, _: LetterRecord, _known: Standing, wording: Wording
) -> Sequence[Part]:
    """All parts where nobody was ever seen: the encounter is the missed appointment itself, and nothing is known."""
    day = wording.values["about_date"]
    said = f"First appointment on {day}: did not attend. {wording.sentence('never_seen')}"
    return [
        text_part("attendance", "Attendance", said, "from this letter", editable=False),
        *own_actions(),
        *_to_the_patient(visit, wording),
        safety_part(visit, clinic),
        copies_part(visit),
    ]


def _to_the_patient(visit: Visit, wording: Wording) -> tuple[Part, ...]:
    return (
        text_part("greeting", "Greeting", greeting(visit.file.patient), "from details", editable=False),
        text_part("summary", "We missed you", wording.sentence("missed"), FROM_TEMPLATE),
        text_part("next", "How to come again", wording.sentence("again"), FROM_TEMPLATE),
    )


def _attendance(visit: Visit, wording: Wording) -> str:
    seen = f"Last seen on {letter_date(visit.encounter.on)}"
    by = f" by {visit.encounter.seen_by[0]}" if visit.encounter.seen_by else ""
    missed = f"Appointment on {wording.values['about_date']}: did not attend."
    return f"{missed} {seen}{by}. {wording.sentence('not_looked_at')}"


NOT_ATTENDED_LETTER = Kind(parts, subject="Missed appointment")
FIRST_MISSED_LETTER = Kind(first_parts, subject="Missed first appointment")
