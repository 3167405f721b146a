"""The letter after a missed appointment: no blame, what was planned, how to come again, and when to get help."""

from collections.abc import Sequence

from poems_registry.domain.dates import letter_date, show_date
from poems_registry.domain.phones import show_phone
from poems_registry.domain.records import ClinicProfile, Encounter, LetterRecord, PatientFile
from poems_registry.letters.assembling import Kind, headed
from poems_registry.letters.identity import greeting
from poems_registry.letters.parts import (
    Part,
    allergies_part,
    copies_part,
    diagnoses_part,
    safety_part,
    text_part,
    with_own_words,
)
from poems_registry.letters.results_letter import actions_box, own_actions
from poems_registry.letters.standing import Standing
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import Block, Paragraph, plain

NOT_HELD = "Medicines, results and findings were not looked at: nobody was seen."


def parts(
    file: PatientFile,
    encounter: Encounter,
    clinic: ClinicProfile,
    letter: LetterRecord,
    standing: Standing | None = None,
) -> tuple[Part, ...]:
    """All parts in print order; `encounter` is the last visit that took place."""
    visit = Visit(file, encounter)
    known = standing or (Standing.frozen(encounter.verdict) if encounter.verdict else Standing())
    source = f"from visit {show_date(encounter.on)}"
    made = [
        text_part("attendance", "Attendance", _attendance(visit, letter), "from this letter", editable=False),
        diagnoses_part(visit, known, source),
        *own_actions(),
        allergies_part(visit),
        text_part("greeting", "Greeting", greeting(file.patient), "from details", editable=False),
        text_part("summary", "We missed you", _missed(letter), "from this letter"),
        text_part("planned", "What was planned when we last saw you", visit.answer("what_next").strip(), source),
        text_part("next", "How to come again", _again(clinic), "from settings"),
        safety_part(visit, clinic),
        copies_part(visit),
    ]
    return with_own_words(made, letter)


def page_one(made: Sequence[Part]) -> tuple[Block, ...]:
    """What the GP needs: that nobody was seen, the diagnoses, what is asked of whom, allergies."""
    by_key = {part.key: part for part in made}
    return (
        Paragraph(plain(by_key["attendance"].words), small=True),
        *headed(by_key["diagnoses"]),
        actions_box(made),
        *headed(by_key["allergies"]),
    )


def body(made: Sequence[Part]) -> tuple[Block, ...]:
    """What is said to the patient."""
    by_key = {part.key: part for part in made}
    blocks: list[Block] = [Paragraph(plain(by_key["greeting"].words), leads=True)]
    for key in ("summary", "planned", "next", "safety"):
        blocks += headed(by_key[key])
    return tuple(blocks)


def _day(letter: LetterRecord) -> str:
    return letter_date(letter.about_on) if letter.about_on else "a day that is not recorded"


def _attendance(visit: Visit, letter: LetterRecord) -> str:
    seen = f"Last seen on {letter_date(visit.encounter.on)}"
    by = f" by {visit.encounter.seen_by[0]}" if visit.encounter.seen_by else ""
    return f"Appointment on {_day(letter)}: did not attend. {seen}{by}. {NOT_HELD}"


def _missed(letter: LetterRecord) -> str:
    return (
        f"We expected you at the clinic on {_day(letter)} and did not see you. We hope that you are well."
        " Perhaps our letter did not reach you, or the day did not suit you."
    )


def _again(clinic: ClinicProfile) -> str:
    number = show_phone(clinic.nurse_line)
    hours = f" ({clinic.nurse_line_hours})" if clinic.nurse_line_hours else ""
    if number:
        return f"Please ring us on {number}{hours}, so that we can find another day together."
    return "Please ring the clinic, so that we can find another day together."


def _title(_: Visit, letter: LetterRecord) -> str:
    return f"Your POEMS appointment on {_day(letter)}"


NOT_ATTENDED_LETTER = Kind(parts, _title, page_one, body, subject="Missed appointment", greeting_opens_a_page=False)
