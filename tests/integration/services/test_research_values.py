"""Research values, who may see them, and what a merge of two records does with research, on a real encrypted file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from poems_registry.domain.consents import Answer
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotPermitted, StaleRecord
from poems_registry.domain.records import HospitalNumber, Patient
from poems_registry.domain.samples import Aliquot, Purpose, ResultState, Sample, SampleKind
from poems_registry.domain.studies import Enrolment
from poems_registry.services.access import SignedIn
from poems_registry.services.joining import JoiningService
from poems_registry.services.patients import PatientService
from poems_registry.services.research import PANEL, ResearchService
from poems_registry.services.results import ResultService
from poems_registry.services.showing import ShowService
from poems_registry.services.studies import SampleShelfService, StudyService, bears
from poems_registry.storage import audit
from tests.integration.services.conftest import SignIn
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
from tests.integration.services.two_people import merge


@pytest.fixture
def ann(me: SignedIn) -> Patient:
    return somebody_new(me)


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
    merge(me, one.id, other.id, "Same birth date and address.")
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
    merge(me, ann.id, bob.id, "Same birth date and address.")
    moved = next(each for each in ResearchService(me).of(ann.id).samples if each.id == sample.id)
    keep(me, replace(moved, result_encounter_id=result.id, result_item="vegf_serum"))
    joining.part(joining.of(ann.id)[0].id, "They are two people.")
    (back,) = ResearchService(me).of(bob.id).samples
    assert (back.result_encounter_id, back.result_item, back.result) == (0, "", ResultState.AWAITED)
