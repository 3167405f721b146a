"""Studies and samples on a real encrypted file: nothing without consent, nothing lost, all audited."""

from dataclasses import replace

import pytest

from poems_registry.domain.consents import Answer
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotFound, StaleRecord
from poems_registry.domain.records import EncounterKind, EncounterState, Patient
from poems_registry.domain.samples import Aliquot, AliquotState, Purpose, ResultState, Sample, SampleKind
from poems_registry.domain.studies import BY_CONSENT, Enrolment, TakingPart
from poems_registry.services.access import SignedIn
from poems_registry.services.patients import PatientService
from poems_registry.services.research import ResearchService
from poems_registry.services.results import ResultService
from poems_registry.services.studies import SampleShelfService, StudyService
from poems_registry.storage import audit, files
from tests.integration.services.research_desk import (
    STUDY,
    TAKEN,
    agree,
    doubts_of,
    keep,
    panel,
    research_sample,
    somebody_new,
    study,
)


@pytest.fixture
def ann(me: SignedIn) -> Patient:
    return somebody_new(me)


# -- studies


def test_a_study_is_joined_left_with_the_consent_and_stays_to_be_read(me: SignedIn, ann: Patient) -> None:
    made, service = study(me), ResearchService(me)
    joining = Enrolment(patient_id=ann.id, study_id=made.id, number="N-07", joined=TAKEN)
    with pytest.raises(InvalidInput) as refused:
        keep(me, joining)
    assert "no consent" in refused.value.problems["study_id"]
    assert service.of(ann.id).enrolments == ()
    agree(me, ann, Answer.GIVEN, 2026, 11, 1, study="nerve-2")
    joined = keep(me, joining)
    assert (joined.joined_by, joined.state) == ("Dr A Rahman", TakingPart.TAKING_PART)
    told = agree(me, ann, Answer.WITHDRAWN, 2026, 11, 19, study="Nerve recovery, second part")
    assert any("NERVE-2 has ended" in words for words in told)
    (ended,) = service.of(ann.id).enrolments
    assert (ended.state, ended.ended, ended.reason) == (TakingPart.WITHDRAWN, PartialDate(2026, 11, 19), BY_CONSENT)
    card = next(each for each in StudyService(me).all() if each.study.id == made.id)
    assert (card.taking_part, card.withdrawn) == (0, 1)


def test_the_end_of_a_part_stands_in_the_audit_in_the_transaction_of_the_consent(me: SignedIn, ann: Patient) -> None:
    made = study(me)
    agree(me, ann, Answer.GIVEN, 2026, 11, 1, study="NERVE-2")
    keep(me, Enrolment(patient_id=ann.id, study_id=made.id, joined=TAKEN))
    agree(me, ann, Answer.WITHDRAWN, 2026, 11, 19, study="NERVE-2")
    with me.store.reading() as session:
        newest = list(audit.entries(session, ann.id, limit=2))
        assert audit.verify(session, me.store.audit_key) == []
    assert {each.object for each in newest} == {"consent", "enrolment"}
    assert len({each.at for each in newest}) == 1


def test_a_withdrawal_told_for_a_day_before_a_newer_yes_ends_nothing(me: SignedIn, ann: Patient) -> None:
    made = study(me)
    agree(me, ann, Answer.GIVEN, 2026, 11, 1, study="NERVE-2")
    keep(me, Enrolment(patient_id=ann.id, study_id=made.id, joined=TAKEN))
    assert agree(me, ann, Answer.WITHDRAWN, 2025, study="NERVE-2") == ()
    assert ResearchService(me).of(ann.id).enrolments[0].goes_on


def test_a_study_that_records_name_is_closed_not_taken_off(me: SignedIn, ann: Patient) -> None:
    service, made = StudyService(me), study(me)
    agree(me, ann, Answer.GIVEN, 2026, 11, 1, study="NERVE-2")
    part = keep(me, Enrolment(patient_id=ann.id, study_id=made.id, joined=TAKEN))
    ResearchService(me).withdraw(part, "wrong person")
    with pytest.raises(NotAllowedNow, match="stays on the list"):
        service.withdraw(made, "typed twice")
    unused = service.keep(replace(STUDY, short_name="TWICE", full_name="", reference=""))[0]
    service.withdraw(unused, "typed twice")
    assert "TWICE" not in [card.study.short_name for card in service.all()]


def test_two_people_cannot_overwrite_each_others_study(me: SignedIn) -> None:
    service, made = StudyService(me), study(me)
    service.keep(replace(made, note="first"))
    with pytest.raises(StaleRecord):
        service.keep(replace(made, note="second"))
    assert service.current(made).note == "first"


# -- samples


def test_a_sample_gets_the_next_free_number_and_no_two_share_one(me: SignedIn, ann: Patient) -> None:
    first = research_sample(me, ann)
    second = keep(me, Sample(patient_id=ann.id, taken=TAKEN))
    assert first.number != second.number
    assert first.number.startswith("S0")
    with pytest.raises(InvalidInput) as refused:
        keep(me, Sample(patient_id=ann.id, taken=TAKEN, number=f" {first.number.lower()} "))
    assert "another sample" in refused.value.problems["number"]
    ResearchService(me).withdraw(first, "typed twice")
    with pytest.raises(InvalidInput):
        keep(me, replace(second, number=first.number))


def test_a_sample_without_consent_is_asked_about_kept_and_marked_everywhere(me: SignedIn, ann: Patient) -> None:
    new = Sample(patient_id=ann.id, taken=TAKEN, number="X-1")
    (words,) = doubts_of(lambda: keep(me, new))
    assert "held back" in words
    assert ResearchService(me).of(ann.id).samples == ()
    kept = keep(me, new, words)
    file = ResearchService(me).of(ann.id)
    assert file.behind(kept).words.startswith("Consent not shown")
    (card,) = [each for each in SampleShelfService(me).all() if each.sample.id == kept.id]
    assert not card.behind.usable
    agree(me, ann, Answer.GIVEN, 2026, 11, 1)
    assert ResearchService(me).of(ann.id).behind(kept).usable


def test_using_a_held_sample_is_recorded_only_as_what_it_is(me: SignedIn, ann: Patient) -> None:
    new = Sample(patient_id=ann.id, taken=TAKEN, number="X-1")
    kept = keep(me, new, *doubts_of(lambda: keep(me, new)))
    tube = keep(me, Aliquot(patient_id=ann.id, sample_id=kept.id, number=1, volume=0.5, place="F2 / B / 4 / C7"))
    used = replace(tube, state=AliquotState.USED, why="panel", thaws=1)
    asked = doubts_of(lambda: keep(me, used))
    assert "held back" in asked[0]
    assert keep(me, used, *asked).state is AliquotState.USED
    with me.store.reading() as session:
        (newest,) = audit.entries(session, ann.id, limit=1)
    assert asked[0] in newest.reason


def test_a_withdrawal_names_the_samples_and_destroys_nothing(me: SignedIn, ann: Patient) -> None:
    sample = research_sample(me, ann)
    keep(me, Aliquot(patient_id=ann.id, sample_id=sample.id, number=1))
    told = agree(me, ann, Answer.WITHDRAWN, 2026, 11, 19)
    assert any(sample.number in words and "Nothing was destroyed" in words for words in told)
    file = ResearchService(me).of(ann.id)
    assert file.samples == (sample,)
    assert [each.state for each in file.aliquots] == [AliquotState.STORED]
    card = next(each for each in SampleShelfService(me).all() if each.sample.id == sample.id)
    assert card.waits


@pytest.mark.parametrize(
    ("kind", "item", "linked"),
    [
        (SampleKind.SERUM, "vegf_serum", True),
        (SampleKind.PLASMA, "vegf_plasma", True),
        (SampleKind.SERUM, "vegf_plasma", False),
        (SampleKind.PLASMA, "vegf_serum", False),
        (SampleKind.CSF, "vegf_serum", False),
        (SampleKind.WHOLE_BLOOD, "vegf_plasma", False),
    ],
)
def test_serum_and_plasma_are_never_one_series(
    me: SignedIn, ann: Patient, kind: SampleKind, item: str, linked: bool
) -> None:
    sheet = VisitDraft(on="02-Nov-2026", fields={item: FieldDraft(text="1250")})
    result, _ = ResultService(me).record(ann.id, sheet)
    sample = Sample(
        patient_id=ann.id, kind=kind, purpose=Purpose.CLINICAL_VEGF, taken=TAKEN,
        result_encounter_id=result.id, result_item=item,
    )  # fmt: skip
    if linked:
        kept = keep(me, sample)
        assert kept.result is ResultState.RECORDED
        with pytest.raises(InvalidInput):
            keep(me, replace(kept, kind=SampleKind.CSF))
        return
    with pytest.raises(InvalidInput) as refused:
        keep(me, sample)
    assert "never one series" in refused.value.problems["result_link"]
    assert ResearchService(me).of(ann.id).samples == ()


def test_a_result_of_another_day_is_asked_about_and_another_persons_is_refused(me: SignedIn, ann: Patient) -> None:
    result, _ = ResultService(me).record(
        ann.id, VisitDraft(on="03-Nov-2026", fields={"vegf_serum": FieldDraft(text="1250")})
    )
    sample = Sample(
        patient_id=ann.id, purpose=Purpose.CLINICAL_VEGF, taken=TAKEN,
        result_encounter_id=result.id, result_item="vegf_serum",
    )  # fmt: skip
    asked = doubts_of(lambda: keep(me, sample))
    assert "03-Nov-2026" in asked[0]
    keep(me, sample, *asked)
    bob = PatientService(me).add(Patient(family_name="Thistlewood", study_number="Q-2"))[0]
    with pytest.raises(InvalidInput) as refused:
        keep(me, replace(sample, patient_id=bob.id))
    assert "not in the record" in refused.value.problems["result_link"]


def test_two_people_cannot_overwrite_each_other(me: SignedIn, ann: Patient) -> None:
    sample = research_sample(me, ann)
    keep(me, replace(sample, note="first"))
    with pytest.raises(StaleRecord):
        keep(me, replace(sample, note="second"))
    current = ResearchService(me).current(sample)
    assert isinstance(current, Sample)
    assert current.note == "first"


def test_nothing_is_written_into_another_persons_entry(me: SignedIn, ann: Patient) -> None:
    sample = research_sample(me, ann)
    bob = PatientService(me).add(Patient(family_name="Thistlewood", study_number="Q-2"))[0]
    with pytest.raises(NotAllowedNow, match="another patient"):
        keep(me, replace(sample, patient_id=bob.id))
    with pytest.raises(NotAllowedNow, match="another patient"):
        ResearchService(me).withdraw(replace(sample, patient_id=bob.id), "wrong")


def test_what_was_entered_in_error_is_hidden_with_all_of_it_and_kept(me: SignedIn, ann: Patient) -> None:
    service, sample = ResearchService(me), research_sample(me, ann)
    keep(me, Aliquot(patient_id=ann.id, sample_id=sample.id, number=1))
    service.record_panel(sample, None, panel(il6="5.5"))
    sample = service.of(ann.id).samples[0]
    with pytest.raises(InvalidInput):
        service.withdraw(sample, "  ")
    service.withdraw(sample, "another person's tube")
    file = service.of(ann.id)
    assert (file.samples, file.aliquots, file.panels, file.loose) == ((), (), {}, ())
    with pytest.raises(NotFound):
        service.current(sample)
    with me.store.reading() as session:
        kept = files.load_file(session, ann.id).encounters
        reasons = [each.reason for each in audit.entries(session, ann.id, limit=3)]
    assert [(each.kind, each.state) for each in kept] == [(EncounterKind.RESEARCH, EncounterState.IN_ERROR)]
    assert set(reasons) == {"another person's tube"}
