"""On a server two people work on one sample and one study: the second is told, and a merge takes all of it along."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from poems_registry.domain.consents import Answer, Consent, Scope
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.errors import StaleRecord
from poems_registry.domain.records import HospitalNumber, Patient
from poems_registry.domain.samples import Aliquot, Sample
from poems_registry.domain.studies import Enrolment, Study, TakingPart
from poems_registry.services.access import SignedIn
from poems_registry.services.consents import ConsentService
from poems_registry.services.joining import JoiningService
from poems_registry.services.patients import PatientService
from poems_registry.services.research import ResearchService
from poems_registry.services.studies import SampleShelfService, StudyService
from tests.integration.services.two_people import merge

DAY = PartialDate(2026, 11, 2)


def test_research_is_kept_met_and_moved_on_a_server(sign_in: Callable[[str], SignedIn]) -> None:
    osei, lund = sign_in("osei"), sign_in("lund")
    people = PatientService(osei)
    first, second = (
        people.add(
            Patient(family_name="Quillfeather", hospital_numbers=(HospitalNumber(f"Q{n}", "RRV"),)),
            another_person=True,
        )[0].id
        for n in range(2)
    )
    study, _ = StudyService(osei).keep(Study(short_name="NERVE", opened=PartialDate(2020)))
    for scope, named in ((Scope.SAMPLE, ""), (Scope.STUDY, "nerve")):
        ConsentService(osei).record(Consent(patient_id=second, scope=scope, study=named, on=PartialDate(2026, 11, 1)))
    mine, theirs = ResearchService(osei), ResearchService(lund)
    mine.keep(Enrolment(patient_id=second, study_id=study.id, joined=DAY))
    sample, _ = mine.keep(Sample(patient_id=second, study_id=study.id, taken=DAY))
    assert isinstance(sample, Sample)
    mine.keep(Aliquot(patient_id=second, sample_id=sample.id, number=1, volume=0.5))
    theirs.keep(replace(sample, note="theirs"))
    with pytest.raises(StaleRecord):
        mine.keep(replace(sample, note="mine"))
    now = theirs.current(sample)
    assert isinstance(now, Sample)
    theirs.record_panel(now, None, {"research_il6": FieldDraft(text="5.5", assay="Luminex")})

    joining = JoiningService(osei)
    merge(osei, first, second, "Seen twice under two names.", "lund")
    moved = mine.of(first)
    assert (len(moved.enrolments), len(moved.samples), len(moved.aliquots), len(moved.panels)) == (1, 1, 1, 1)
    assert [card.patient.id for card in SampleShelfService(lund).all()] == [first]
    told = (
        ConsentService(lund)
        .record(
            Consent(
                patient_id=first, scope=Scope.STUDY, study="NERVE", answer=Answer.WITHDRAWN, on=PartialDate(2026, 11, 9)
            )
        )
        .told
    )
    assert len(told) == 2
    assert mine.of(first).enrolments[0].state is TakingPart.WITHDRAWN
    (card,) = StudyService(osei).all()
    assert (card.taking_part, card.withdrawn) == (0, 1)
    joining.part(joining.of(first)[0].id, "Two people after all.")
    assert len(mine.of(second).panels) == 1
