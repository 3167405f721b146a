"""Results on a real encrypted file: one sample in one transaction, checked again, corrected with old and new kept."""

from collections.abc import Callable
from datetime import date

import pytest

from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotPermitted, StaleRecord
from poems_registry.domain.findings import Sign, State
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, PatientFile
from poems_registry.services.access import SignedIn
from poems_registry.services.form_drafts import FormDraftService
from poems_registry.services.patients import PatientService
from poems_registry.services.results import DoubtfulResults, ResultService, key_of
from poems_registry.storage import audit

DAY = "18-Nov-2026"


@pytest.fixture
def file(me: SignedIn) -> PatientFile:
    service = PatientService(me)
    files = [service.open(row.id).file for row in service.find("").rows]
    return next(f for f in files if f.patient.died is None and any(e.state is EncounterState.SIGNED for e in f.counted))


def again(me: SignedIn, file: PatientFile) -> PatientFile:
    return PatientService(me).open(file.patient.id).file


def sheet(day: str = DAY, /, **fields: FieldDraft) -> VisitDraft:
    return VisitDraft(on=day, fields=fields)


def recorded(me: SignedIn, file: PatientFile) -> Encounter:
    fields = {
        "vegf_serum": FieldDraft("<31", limit_high="771", assay="R&D"),
        "steroids_3m": FieldDraft("absent"),
        "haemoglobin": FieldDraft("12.1 g/dL", limit_low="11.5", limit_high="16.5"),
        "ife_serum": FieldDraft(state=State.PENDING),
    }
    return ResultService(me).record(file.patient.id, sheet(**fields))[0]


def test_a_sample_is_kept_with_comparators_units_limits_states_and_the_steroid_answer(
    me: SignedIn, file: PatientFile
) -> None:
    added = recorded(me, file)
    stored = next(e for e in again(me, file).encounters if e.id == added.id)
    assert (stored.kind, stored.state, stored.on) == (
        EncounterKind.SAMPLE,
        EncounterState.RECORDED,
        date(2026, 11, 18),
    )
    vegf, blood, fixation = stored.finding("vegf_serum"), stored.finding("haemoglobin"), stored.finding("ife_serum")
    assert vegf is not None
    assert (vegf.value, vegf.sign, vegf.limit_high, vegf.assay) == (31.0, Sign.BELOW, 771.0, "R&D")
    assert vegf.specimen == "serum"
    assert blood is not None
    assert (blood.value, blood.reported, blood.reported_unit, blood.limit_low) == (121.0, "12.1", "g/dL", 11.5)
    assert fixation is not None
    assert fixation.state is State.PENDING
    flag = stored.finding("steroids_3m")
    assert flag is not None
    assert flag.value == "absent"
    assert stored.author == me.person.name


def test_saving_forgets_the_draft_and_a_refusal_keeps_it(me: SignedIn, file: PatientFile) -> None:
    forms, key = FormDraftService(me), key_of(file.patient.id)
    forms.keep(key, sheet(vegf_serum=FieldDraft("abc")).to_json())
    with pytest.raises(InvalidInput):
        ResultService(me).record(file.patient.id, sheet(vegf_serum=FieldDraft("abc")))
    assert forms.load(key) is not None
    recorded(me, file)
    assert forms.load(key) is None


def test_one_wrong_result_keeps_all_of_them_out_and_every_one_is_named(me: SignedIn, file: PatientFile) -> None:
    before = len(again(me, file).encounters)
    wrong = sheet(
        "19-Dec-2026", platelets=FieldDraft("200"), haemoglobin=FieldDraft("9000"), cortisol_9am=FieldDraft("320")
    )
    with pytest.raises(InvalidInput) as refused:
        ResultService(me).record(file.patient.id, wrong)
    assert set(refused.value.problems) == {"on", "haemoglobin", "cortisol_9am"}
    assert "time" in refused.value.problems["cortisol_9am"]
    assert len(again(me, file).encounters) == before


def test_cortisol_with_its_time_is_taken_in_any_written_form_of_the_time(me: SignedIn, file: PatientFile) -> None:
    typed = sheet(cortisol_9am=FieldDraft("320", sample_time="0905"))
    found = ResultService(me).record(file.patient.id, typed)[0].finding("cortisol_9am")
    assert found is not None
    assert found.sample_time == "09:05"


def test_an_unusual_result_is_asked_once_and_who_confirmed_it_is_kept(me: SignedIn, file: PatientFile) -> None:
    with pytest.raises(DoubtfulResults) as asked:
        ResultService(me).record(file.patient.id, sheet(platelets=FieldDraft("12")))
    assert "unusually low" in asked.value.doubts["platelets"]
    confirmed = sheet(platelets=FieldDraft("12", doubt_confirmed=True), tsh=FieldDraft("3.1", doubt_confirmed=True))
    added = ResultService(me).record(file.patient.id, confirmed)[0]
    low, usual = added.finding("platelets"), added.finding("tsh")
    assert low is not None
    assert low.doubt_confirmed_by == me.person.name
    assert usual is not None
    assert usual.doubt_confirmed_by == "", "nothing was unusual about it, so nobody confirmed anything"


def test_the_same_test_twice_on_a_day_is_asked_about(me: SignedIn, file: PatientFile) -> None:
    recorded(me, file)
    with pytest.raises(DoubtfulResults, match="1 result is unusual") as asked:
        ResultService(me).record(file.patient.id, sheet(vegf_serum=FieldDraft("640")))
    assert "already" in asked.value.doubts["vegf_serum"]


def test_a_correction_needs_a_reason_and_leaves_old_and_new_in_the_audit(me: SignedIn, file: PatientFile) -> None:
    added = recorded(me, file)
    service = ResultService(me)
    with pytest.raises(InvalidInput, match="1 entry needs"):
        service.correct(file.patient.id, added, "vegf_serum", FieldDraft("640"), " ")
    service.correct(file.patient.id, added, "vegf_serum", FieldDraft("640"), "wrong line of the report")
    stored = next(e for e in again(me, file).encounters if e.id == added.id)
    found = stored.finding("vegf_serum")
    assert found is not None
    assert (found.value, found.sign) == (640.0, Sign.EQUAL)
    assert len(stored.findings) == len(added.findings), "the others stay as they are"
    with me.store.reading() as session:
        entries = [e for e in audit.entries(session) if e.reason == "wrong line of the report"]
    said = str([(e.old, e.new) for e in entries])
    assert "31" in said
    assert "640" in said


def test_two_people_cannot_correct_the_same_sample_unseen(me: SignedIn, file: PatientFile) -> None:
    added = recorded(me, file)
    service = ResultService(me)
    service.correct(file.patient.id, added, "vegf_serum", FieldDraft("640"), "first")
    with pytest.raises(StaleRecord):
        service.correct(file.patient.id, added, "vegf_serum", FieldDraft("650"), "second")


def test_a_pending_result_that_arrives_takes_the_place_of_its_state(me: SignedIn, file: PatientFile) -> None:
    added = recorded(me, file)
    ResultService(me).correct(file.patient.id, added, "ife_serum", FieldDraft("negative"), "result arrived")
    stored = next(e for e in again(me, file).encounters if e.id == added.id)
    found = stored.finding("ife_serum")
    assert found is not None
    assert found.value == "negative"


def test_a_result_of_a_signed_visit_or_of_somebody_else_is_not_corrected_here(me: SignedIn, file: PatientFile) -> None:
    signed = next(e for e in file.counted if e.state is EncounterState.SIGNED)
    with pytest.raises(NotAllowedNow, match="amend the visit"):
        ResultService(me).correct(file.patient.id, signed, "vegf_serum", FieldDraft("640"), "wrong")
    added = recorded(me, file)
    with pytest.raises(NotAllowedNow, match="another patient"):
        ResultService(me).correct(file.patient.id + 1, added, "vegf_serum", FieldDraft("640"), "wrong")


def test_taking_out_the_only_result_is_refused_and_says_what_to_do(me: SignedIn, file: PatientFile) -> None:
    only = ResultService(me).record(file.patient.id, sheet(platelets=FieldDraft("200")))[0]
    with pytest.raises(NotAllowedNow, match="entered in error instead"):
        ResultService(me).correct(file.patient.id, only, "platelets", FieldDraft(), "not hers")
    several = recorded(me, file)
    ResultService(me).correct(file.patient.id, several, "haemoglobin", FieldDraft(), "not hers")
    stored = next(e for e in again(me, file).encounters if e.id == several.id)
    assert stored.finding("haemoglobin") is None


def test_who_may_not_record_findings_may_not_record_results(
    sign_in: Callable[[str], SignedIn], file: PatientFile
) -> None:
    clerk = sign_in("castellan")
    with pytest.raises(NotPermitted):
        ResultService(clerk).record(file.patient.id, sheet(platelets=FieldDraft("200")))
