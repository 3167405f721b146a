"""The clinic letter: one to the patient with lines for the GP, composed from the signed record (decision 7)."""

from collections.abc import Sequence
from datetime import datetime

from poems_registry.domain.dates import show_date
from poems_registry.domain.records import ClinicProfile, Encounter, LetterRecord, PatientFile, VisitType
from poems_registry.letters import closing
from poems_registry.letters.assembling import Facts, Kind, assemble
from poems_registry.letters.features import other_findings
from poems_registry.letters.history import history
from poems_registry.letters.identity import greeting
from poems_registry.letters.parts import (
    Part,
    action_parts,
    allergies_part,
    copies_part,
    diagnoses_part,
    feature_parts,
    journey_part,
    medicines_part,
    results_part,
    safety_part,
    text_part,
)
from poems_registry.letters.response import response_words
from poems_registry.letters.standing import Standing
from poems_registry.letters.template import Templates, Wording
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import Document


def parts(visit: Visit, clinic: ClinicProfile, _letter: LetterRecord, known: Standing, _: Wording) -> Sequence[Part]:
    """All parts, also the empty ones, so that an author can fill them."""
    encounter = visit.encounter
    source = f"from visit {show_date(encounter.on)}"
    return [
        text_part("attendance", "Attendance", closing.attendance(visit), source, editable=False),
        diagnoses_part(visit, known, source),
        *action_parts(encounter, source),
        medicines_part(visit, source),
        allergies_part(visit),
        text_part("greeting", "Greeting", greeting(visit.file.patient), "from details", editable=False),
        *([text_part("history", "History", history(visit), source)] if encounter.visit_type is VisitType.NEW else []),
        text_part("summary", "Summary", visit.answer("summary"), source),
        text_part("concerns", "What you told us", visit.answer("concerns"), source),
        *feature_parts(visit, source),
        text_part("other", "Other findings", other_findings(visit), source),
        results_part(visit, known, source),
        text_part("response", "Response to treatment", response_words(known.response), source),
        journey_part(visit, known),
        text_part("next", "What happens next", closing.what_next(visit), source),
        safety_part(visit, clinic),
        text_part("information", "Information given", closing.information(visit), source),
        text_part("needs", "Research and needs", closing.needs(visit.file), "from details"),
        copies_part(visit),
    ]


def compose(
    file: PatientFile,
    encounter: Encounter,
    clinic: ClinicProfile,
    standing: Standing | None = None,
    *,
    letter: LetterRecord,
    now: datetime,
) -> Document:
    """The clinic letter as a document; see `assembling.assemble`."""
    return assemble(CLINIC_LETTER, Facts(file, encounter, clinic, letter, standing), now, Templates())


CLINIC_LETTER = Kind(parts, subject="Clinic letter", greeting_opens_a_page=True)
