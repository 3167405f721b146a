"""The value of each placeholder for one letter: what fixed words may name of the record and of the settings."""

from collections.abc import Mapping

from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.dates import letter_date
from poems_registry.domain.names import formal, postal
from poems_registry.domain.phones import show_phone
from poems_registry.domain.records import ClinicProfile, LetterRecord, VisitType
from poems_registry.letters import closing
from poems_registry.letters.identity import letter_number
from poems_registry.letters.visit import Visit

VISIT_NAMES = {
    VisitType.MDT: "team meeting",
    VisitType.WARD: "ward visit",
    VisitType.TELEPHONE: "telephone appointment",
    VisitType.VIDEO: "video appointment",
}
NO_DAY = "a day that is not recorded"


def values_of(visit: Visit, clinic: ClinicProfile, letter: LetterRecord) -> Mapping[str, str]:
    """By name, as `template_form.PLACEHOLDERS` tells them; empty where nothing is recorded."""
    patient, encounter = visit.file.patient, visit.encounter
    practice = patient.practice
    kind = encounter.visit_type
    return {
        "patient": postal(patient.family_name, patient.given_name, patient.title, patient.suffix),
        "patient_formal": formal(patient.family_name, patient.given_name),
        "visit_name": VISIT_NAMES.get(kind, "clinic visit") if kind else "clinic visit",
        "visit_date": letter_date(encounter.on),
        "seen_by": encounter.seen_by[0] if encounter.seen_by else "",
        "next_visit": closing.planned_visit(visit).removeprefix("planned "),
        "about_date": _about(visit, letter),
        "letter_number": letter_number(letter),
        "gp": practice.doctor or practice.name,
        "clinic": clinic.name,
        "hospital": clinic.hospital,
        "nurse_line": show_phone(clinic.nurse_line) if clinic.nurse_line else "",
        "nurse_line_hours": clinic.nurse_line_hours,
        "out_of_hours": show_phone(clinic.out_of_hours) if clinic.out_of_hours else "",
        "email": clinic.email,
    }


def _about(visit: Visit, letter: LetterRecord) -> str:
    on = visit.encounter.on
    if letter.kind is LetterKind.RESULTS:
        return letter_date(max(letter.about_on or on, on))
    return letter_date(letter.about_on) if letter.about_on else NO_DAY
