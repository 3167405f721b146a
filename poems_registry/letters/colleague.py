"""The professional letter: the same signed visit told to a colleague, who is addressed; copies to GP and patient."""

from collections.abc import Sequence

from poems_registry.domain.dates import letter_date, show_date
from poems_registry.domain.names import postal
from poems_registry.domain.records import ClinicProfile, LetterRecord, Patient
from poems_registry.letters import closing
from poems_registry.letters.assembling import Kind
from poems_registry.letters.features import other_findings
from poems_registry.letters.parts import (
    ADDRESSEE,
    Part,
    allergies_part,
    diagnoses_part,
    feature_parts,
    journey_part,
    medicines_part,
    results_part,
    text_part,
)
from poems_registry.letters.response import response_words
from poems_registry.letters.results_letter import BY_AUTHOR, own_actions
from poems_registry.letters.safety import numbers
from poems_registry.letters.standing import Standing
from poems_registry.letters.template import Wording
from poems_registry.letters.visit import Visit

PATIENT_COPY = " (patient)"


def parts(visit: Visit, clinic: ClinicProfile, letter: LetterRecord, known: Standing, _: Wording) -> Sequence[Part]:
    """All parts. Words that the visit's author wrote to the patient are not taken over."""
    source = f"from visit {show_date(visit.encounter.on)}"
    referrer = visit.file.patient.referrer.strip()
    addressee = text_part(ADDRESSEE, "To (name, then address)", referrer, "from details")
    return [
        addressee,
        text_part("attendance", "Attendance", _attendance(visit), source, editable=False),
        diagnoses_part(visit, known, source),
        *own_actions(),
        medicines_part(visit, source),
        allergies_part(visit),
        text_part("greeting", "Greeting", _greeting(letter, addressee), "from the addressee"),
        text_part("summary", "Clinical summary and opinion", "", BY_AUTHOR),
        *feature_parts(visit, source),
        text_part("other", "Other findings", other_findings(visit), source),
        results_part(visit, known, source),
        text_part("response", "Response to treatment", response_words(known.response), source),
        journey_part(visit, known),
        text_part("next", "Plan", _plan(visit), source),
        text_part("contact", "Questions about this letter", numbers(clinic), "from settings"),
        _copies(visit, letter),
    ]


def _attendance(visit: Visit) -> str:
    """As in the clinic letter, but of the patient: who came along is for the patient's own letter."""
    own = visit.encounter
    kind = closing.VISIT_WORDS[own.visit_type] if own.visit_type else "Type of visit not recorded"
    return f"{kind} on {letter_date(own.on)}{f', {own.time}' if own.time else ''}. {closing.seen_by(visit)}"


def _greeting(letter: LetterRecord, addressee: Part) -> str:
    """`Dear Dr Lee`: the first line of whoever is addressed, without what stands behind a comma."""
    lines = dict(letter.edits).get(ADDRESSEE, addressee.text).strip().splitlines()
    name = lines[0].split(",")[0].strip() if lines else ""
    return f"Dear {name or 'colleague'}"


def _plan(visit: Visit) -> str:
    planned = closing.planned_visit(visit)
    return f"Next visit {planned}." if planned else ""


def _copies(visit: Visit, letter: LetterRecord) -> Part:
    """The GP, and the patient unless the letter is not for the patient or the patient has died."""
    lines = list(closing.recipients(visit.file.patient, None))
    if not letter.not_for_patient and visit.file.patient.died is None:
        lines.append(patient_line(visit.file.patient))
    return Part(closing.COPIES, "Copies to", "\n".join(lines), True, "from details")


def patient_line(patient: Patient) -> str:
    """`Ann Smith (patient)`: how a list of copies names the patient."""
    return postal(patient.family_name, patient.given_name, patient.title, patient.suffix) + PATIENT_COPY


PROFESSIONAL_LETTER = Kind(parts, subject="Professional letter", greeting_opens_a_page=True)
