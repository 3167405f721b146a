"""Studies, samples and research values on a real encrypted file: nothing without consent, nothing lost, all audited."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from poems_registry.domain.consents import Answer, Consent, Scope
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotFound, NotPermitted, StaleRecord
from poems_registry.domain.records import EncounterKind, EncounterState, HospitalNumber, Patient
from poems_registry.domain.samples import Aliquot, AliquotState, Purpose, ResultState, Sample, SampleKind
from poems_registry.domain.studies import BY_CONSENT, Enrolment, Study, TakingPart
from poems_registry.domain.treatment_checks import Doubtful
from poems_registry.services.access import SignedIn
from poems_registry.services.consents import ConsentService
from poems_registry.services.joining import JoiningService
from poems_registry.services.patients import PatientService
from poems_registry.services.research import PANEL, Entry, ResearchService
from poems_registry.services.results import ResultService
from poems_registry.services.showing import ShowService
from poems_registry.services.studies import SampleShelfService, StudyService, bears
from poems_registry.storage import audit, files
from tests.integration.services.conftest import SignIn

TAKEN = PartialDate(2026, 11, 2)
STUDY = Study(short_name="NERVE-2", full_name="Nerve recovery, second part", reference="R-2", opened=PartialDate(2020))


@pytest.fixture
def me(sign_in: SignIn) -> SignedIn:
    return sign_in("rahman")


@pytest.fixture
def ann(me: SignedIn) -> Patient:
    """Somebody new, of whom nothing is recorded."""
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


# -- values


def test_values_stand_by_their_sample_with_unit_and_assay(me: SignedIn, ann: Patient) -> None:
    service, sample = ResearchService(me), research_sample(me, ann, kind=SampleKind.PLASMA)
    service.record_panel(sample, None, panel(il6="<0.5", hgf="1,250"))
    file = service.of(ann.id)
    found = {finding.item: finding for finding in file.panels[sample.id].findings}
    assert {f.assay for f in found.values()} == {"Luminex"}
    assert {f.specimen for f in found.values()} == {"plasma"}
    assert (found["research_il6"].sign.value, found["research_hgf"].value) == ("<", 1250.0)
    assert file.samples[0].result is ResultState.RECORDED


def test_values_follow_their_sample_when_its_day_or_specimen_was_a_mistake(me: SignedIn, ann: Patient) -> None:
    service, sample = ResearchService(me), research_sample(me, ann, kind=SampleKind.SERUM)
    service.record_panel(sample, None, panel(il6="0.5"))
    stored = service.of(ann.id).samples[0]
    keep(me, replace(stored, kind=SampleKind.PLASMA, taken=PartialDate(2026, 11, 3)))
    values = service.of(ann.id).panels[sample.id]
    assert values.on == date(2026, 11, 3)
    assert {finding.specimen for finding in values.findings} == {"plasma"}


def test_a_sample_with_values_keeps_them_until_they_are_taken_back(me: SignedIn, ann: Patient) -> None:
    service, sample = ResearchService(me), research_sample(me, ann)
    service.record_panel(sample, None, panel(il6="0.5"))
    stored = service.of(ann.id).samples[0]
    other_use = replace(stored, purpose=Purpose.CLINICAL_VEGF, result_encounter_id=0, result=ResultState.NONE)
    for changed, code in ((other_use, "purpose"), (replace(stored, result_encounter_id=0), "result_link")):
        with pytest.raises(InvalidInput) as refused:
            keep(me, changed)
        assert set(refused.value.problems) == {code}
    assert service.of(ann.id).panels.keys() == {sample.id}


def test_a_value_needs_an_assay_and_the_sample_a_whole_day(me: SignedIn, ann: Patient) -> None:
    service, sample = ResearchService(me), research_sample(me, ann)
    with pytest.raises(InvalidInput) as refused:
        service.record_panel(sample, None, {"research_il6": FieldDraft(text="5"), "research_il8": FieldDraft(text="x")})
    assert set(refused.value.problems) == {"research_il6", "research_il8"}
    month = keep(me, Sample(patient_id=ann.id, taken=PartialDate(2026, 11), purpose=Purpose.CLINICAL_VEGF))
    with pytest.raises(NotAllowedNow, match="Only a research sample"):
        service.record_panel(month, None, panel(il6="5"))
    agree(me, ann, Answer.GIVEN, 2026, 10, 1)
    vague = keep(me, Sample(patient_id=ann.id, taken=PartialDate(2026, 11)))
    with pytest.raises(InvalidInput) as unclear:
        service.record_panel(vague, None, panel(il6="5"))
    assert "whole day" in unclear.value.problems[""]


def test_recorded_values_change_with_a_reason_only_and_old_and_new_are_audited(me: SignedIn, ann: Patient) -> None:
    service, sample = ResearchService(me), research_sample(me, ann)
    service.record_panel(sample, None, panel(il6="5.5"))
    file = service.of(ann.id)
    seen, sample = file.panels[sample.id], file.samples[0]
    with pytest.raises(InvalidInput) as refused:
        service.record_panel(sample, seen, panel(il6="6.5"))
    assert "reason" in refused.value.problems
    with pytest.raises(NotAllowedNow, match="Nothing differs"):
        service.record_panel(sample, seen, panel(il6="5.5"))
    service.record_panel(sample, seen, panel(il6="5.5", il8="9"))
    file = service.of(ann.id)
    with pytest.raises(StaleRecord):
        service.record_panel(sample, seen, panel(il6="7"), reason="mistyped")
    service.record_panel(file.samples[0], file.panels[sample.id], panel(il6="6.5", il8="9"), reason="mistyped")
    with me.store.reading() as session:
        told = [e for e in audit.entries(session, ann.id, limit=5) if e.object == "observation"]
    assert (told[0].reason, "5.5" in (told[0].old or ""), "6.5" in (told[0].new or "")) == ("mistyped", True, True)


def test_all_values_taken_out_are_marked_in_error_and_the_sample_is_without(me: SignedIn, ann: Patient) -> None:
    service, sample = ResearchService(me), research_sample(me, ann)
    service.record_panel(sample, None, panel(il6="5.5"))
    file = service.of(ann.id)
    service.record_panel(file.samples[0], file.panels[sample.id], {}, reason="another person's plate")
    file = service.of(ann.id)
    assert (file.panels, file.loose, file.samples[0].result) == ({}, (), ResultState.NONE)


def test_values_of_a_held_sample_are_asked_about(me: SignedIn, ann: Patient) -> None:
    service, sample = ResearchService(me), research_sample(me, ann)
    agree(me, ann, Answer.WITHDRAWN, 2026, 11, 19)
    asked = doubts_of(lambda: service.record_panel(sample, None, panel(il6="5.5")))
    service.record_panel(sample, None, panel(il6="5.5"), confirmed=asked)
    assert service.of(ann.id).panels


def test_research_values_are_seen_under_research_only(me: SignedIn, ann: Patient) -> None:
    service, sample = ResearchService(me), research_sample(me, ann)
    service.record_panel(sample, None, panel(**{code.removeprefix("research_"): "98765.43" for code in PANEL}))
    opened = PatientService(me).open(ann.id)
    assert opened.file.counted == ()
    assert len(opened.file.research) == 1
    assert "98765" not in str(ShowService(me).show("Q-1").plain())


# -- who may


def test_an_administrator_sees_the_list_of_studies_and_nothing_of_anybody(sign_in: SignIn, ann: Patient) -> None:
    admin = sign_in("castellan")
    assert StudyService(admin).all()
    assert StudyService(admin).keep(STUDY)[0].id
    refused: list[Callable[[], object]] = [
        lambda: ResearchService(admin).of(ann.id),
        lambda: ResearchService(admin).keep(Sample(patient_id=ann.id, taken=TAKEN)),
        lambda: ResearchService(admin).withdraw(Sample(patient_id=ann.id), "x"),
        lambda: ResearchService(admin).current(Sample(patient_id=ann.id)),
        lambda: ResearchService(admin).record_panel(Sample(patient_id=ann.id), None, {}),
        lambda: SampleShelfService(admin).all(),
    ]
    for act in refused:
        with pytest.raises(NotPermitted):
            act()


def test_a_nurse_keeps_samples_and_studies(sign_in: SignIn, ann: Patient) -> None:
    nurse = sign_in("okoro")
    assert research_sample(nurse, ann).id
    assert StudyService(nurse).keep(STUDY)[0].id


# -- found


def test_a_sample_is_found_by_number_aliquot_or_freezer_place(me: SignedIn, ann: Patient) -> None:
    sample = research_sample(me, ann, number="QX-77")
    keep(me, Aliquot(patient_id=ann.id, sample_id=sample.id, number=3, place="Freezer 9 / Rack K / Box 1 / C7"))

    def found(text: str) -> bool:
        return sample.id in [card.sample.id for card in SampleShelfService(me).all() if bears(card, text)]

    for text in ("", "qx-77", "x-7", "QX-77/3", "freezer 9", "rack k / box 1", "Freezer 9 Rack K"):
        assert found(text), text
    for text in ("QX-78", "QX-77/4", "rack l"):
        assert not found(text), text


# -- two records of one person


def test_a_merge_moves_research_and_undoing_it_gives_back_what_came_and_was_measured_since(me: SignedIn) -> None:
    people, service = PatientService(me), ResearchService(me)
    one, other = (
        people.add(
            Patient(family_name="Quillfeather", hospital_numbers=(HospitalNumber(f"Q{n}", "RRV"),)),
            another_person=True,
        )[0]
        for n in range(2)
    )
    made = study(me)
    agree(me, other, Answer.GIVEN, 2026, 11, 1, study="NERVE-2")
    keep(me, Enrolment(patient_id=other.id, study_id=made.id, joined=TAKEN))
    sample = research_sample(me, other)
    keep(me, Aliquot(patient_id=other.id, sample_id=sample.id, number=1))
    joining = JoiningService(me)
    joining.join(joining.compare(one.id, other.id), "Same birth date and address.")
    moved = service.of(one.id)
    assert (len(moved.enrolments), len(moved.samples), len(moved.aliquots)) == (1, 1, 1)
    assert service.of(other.id).samples == ()
    keep(me, Aliquot(patient_id=one.id, sample_id=sample.id, number=2))
    service.record_panel(moved.samples[0], None, panel(il6="5.5"))
    own = keep(me, Sample(patient_id=one.id, taken=TAKEN, number="OWN-1"))
    joining.part(joining.of(one.id)[0].id, "They are sisters.")
    back, stays = service.of(other.id), service.of(one.id)
    assert (len(back.enrolments), len(back.samples), len(back.aliquots), len(back.panels)) == (1, 1, 2, 1)
    assert [each.id for each in stays.samples] == [own.id]
    assert (stays.enrolments, stays.aliquots, stays.panels) == ((), (), {})


def test_undoing_a_merge_leaves_no_sample_linked_to_the_other_persons_result(me: SignedIn, ann: Patient) -> None:
    people, joining = PatientService(me), JoiningService(me)
    bob = people.add(Patient(family_name="Thistlewood", study_number="Q-2"))[0]
    sheet = VisitDraft(on="02-Nov-2026", fields={"vegf_serum": FieldDraft(text="1250")})
    result, _ = ResultService(me).record(ann.id, sheet)
    sample = keep(me, Sample(patient_id=bob.id, purpose=Purpose.CLINICAL_VEGF, taken=TAKEN))
    joining.join(joining.compare(ann.id, bob.id), "Same birth date and address.")
    moved = next(each for each in ResearchService(me).of(ann.id).samples if each.id == sample.id)
    keep(me, replace(moved, result_encounter_id=result.id, result_item="vegf_serum"))
    joining.part(joining.of(ann.id)[0].id, "They are two people.")
    (back,) = ResearchService(me).of(bob.id).samples
    assert (back.result_encounter_id, back.result_item, back.result) == (0, "", ResultState.AWAITED)
