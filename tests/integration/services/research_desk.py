"""What the tests of studies, samples and research values say over and over: a study, a consent, a sample, an answer."""

from collections.abc import Callable
from typing import Any

import pytest

from poems_registry.domain.consents import Answer, Consent, Scope
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.records import Patient
from poems_registry.domain.samples import Sample
from poems_registry.domain.studies import Study
from poems_registry.domain.treatment_checks import Doubtful
from poems_registry.services.access import SignedIn
from poems_registry.services.consents import ConsentService
from poems_registry.services.patients import PatientService
from poems_registry.services.research import Entry, ResearchService
from poems_registry.services.studies import StudyService

TAKEN = PartialDate(2026, 11, 2)
STUDY = Study(short_name="NERVE-2", full_name="Nerve recovery, second part", reference="R-2", opened=PartialDate(2020))


def somebody_new(me: SignedIn) -> Patient:
    """Of whom nothing is recorded."""
    return PatientService(me).add(Patient(family_name="Quillfeather", given_name="Ada", study_number="Q-1"))[0]


def day_of(*parts: int) -> PartialDate:
    """`2024`, `2024, 3` or `2024, 3, 1`."""
    return PartialDate.from_iso("-".join(f"{part:02}" for part in parts))


def agree(me: SignedIn, patient: Patient, answer: Answer, *on: int, study: str = "") -> tuple[str, ...]:
    scope = Scope.STUDY if study else Scope.SAMPLE
    said = Consent(patient_id=patient.id, scope=scope, study=study, answer=answer, on=day_of(*on))
    return ConsentService(me).record(said).told


def keep(me: SignedIn, entry: Entry, *confirmed: str) -> Any:
    return ResearchService(me).keep(entry, confirmed=confirmed)[0]


def study(me: SignedIn) -> Study:
    return StudyService(me).keep(STUDY)[0]


def research_sample(me: SignedIn, patient: Patient, **said: Any) -> Sample:
    """One with consent given the day before, kept without being asked anything."""
    agree(me, patient, Answer.GIVEN, 2026, 11, 1)
    made = keep(me, Sample(patient_id=patient.id, taken=TAKEN, **said))
    assert isinstance(made, Sample)
    return made


def panel(**values: str) -> dict[str, FieldDraft]:
    return {f"research_{name}": FieldDraft(text=text, assay="Luminex") for name, text in values.items()}


def doubts_of(act: Callable[[], object]) -> tuple[str, ...]:
    with pytest.raises(Doubtful) as asked:
        act()
    return asked.value.doubts
