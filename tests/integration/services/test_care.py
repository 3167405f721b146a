"""Referrals, calls, MDT entries and statuses on a real encrypted file: kept whole, audited, never overwritten."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from poems_registry.domain.care import AdviceCall, MdtEntry, OnwardReferral, Referral, StatusChange
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotPermitted, StaleRecord
from poems_registry.domain.records import Patient, PatientStatus
from poems_registry.services.access import SignedIn
from poems_registry.services.care import CareService
from poems_registry.services.clinic_lists import ClinicListService
from poems_registry.services.joining import JoiningService
from poems_registry.services.patients import LookAlikes, PatientService
from poems_registry.services.safekeeping import SafekeepingService
from poems_registry.services.worklist import WorklistService
from poems_registry.storage import audit
from tests.integration.pages.reading import page_texts
from tests.integration.services.conftest import NOW, SignIn
from tests.integration.services.test_after_a_merge import twin_of
from tests.integration.services.two_people import merge

TODAY = NOW.date()
ADA = Patient(family_name="Quillfeather", given_name="Ada", born=PartialDate(1970, 3, 2))
ASKED = Referral(on=TODAY, route="email", urgency="urgent", referrer="Dr P Fenwick", question="Is this POEMS?")
CALL = AdviceCall(on=TODAY, time="14:05", asked_by="Registrar", question="Q", advice="A", given_by="Dr A Rahman")


def referred(me: SignedIn) -> int:
    """Somebody new, referred today."""
    return CareService(me).refer_new(ADA, ASKED)[0].id


def test_a_referral_of_somebody_new_makes_the_patient_in_the_same_transaction(me: SignedIn) -> None:
    patient, changed = CareService(me).refer_new(ADA, ASKED)
    assert changed.patients == {patient.id}
    assert (patient.status, patient.referrer) == (PatientStatus.REFERRED, "Dr P Fenwick")
    file = CareService(me).of(patient.id)
    (referral,) = file.referrals
    assert referral == replace(
        ASKED, id=referral.id, patient_id=patient.id, recorded_by="Dr A Rahman", recorded_at=referral.recorded_at
    )
    assert [(each.before, each.status, each.on) for each in file.statuses] == [("", "referred", TODAY)]
    assert [row.id for row in PatientService(me).find("Quillfeather").rows] == [patient.id]
    with me.store.reading() as session:
        made = {each.object: each.at for each in audit.entries(session, patient.id)}
        assert {"patient", "referral", "status_change"} <= made.keys()
        assert made["patient"] == made["referral"] == made["status_change"]
        assert audit.verify(session, me.store.audit_key) == []


def test_a_referral_that_cannot_be_right_adds_nobody(me: SignedIn) -> None:
    before = PatientService(me).find().everyone
    with pytest.raises(InvalidInput) as refused:
        CareService(me).refer_new(Patient(), replace(ASKED, on=TODAY + timedelta(days=1)))
    assert {"family_name", "on"} <= refused.value.problems.keys()
    assert PatientService(me).find().everyone == before


def test_somebody_like_a_known_person_is_compared_before_anything_is_saved(me: SignedIn) -> None:
    known = referred(me)
    with pytest.raises(LookAlikes) as asked:
        CareService(me).refer_new(ADA, ASKED)
    assert [each.id for each in asked.value.candidates] == [known]
    CareService(me).keep(replace(ASKED, patient_id=known))
    assert len(CareService(me).of(known).referrals) == 2
    other, _ = CareService(me).refer_new(ADA, ASKED, another_person=True)
    assert other.id != known


def test_two_people_cannot_overwrite_each_others_answer(me: SignedIn) -> None:
    service = CareService(me)
    (seen,) = service.of(referred(me)).referrals
    answer = replace(seen, outcome="accepted", answered_by="Dr A Rahman", answered_on=TODAY, answer="Next Tuesday.")
    service.keep(answer)
    with pytest.raises(StaleRecord):
        service.keep(replace(seen, outcome="returned", answered_by="Sister J Okoro", answered_on=TODAY))
    _, now = service.open(Referral, seen.id)
    assert (now.outcome, now.answer, now.version) == ("accepted", "Next Tuesday.", 2)
    assert now.recorded_by == "Dr A Rahman"


def test_an_entry_in_error_is_hidden_kept_and_cannot_be_changed(me: SignedIn) -> None:
    service, patient_id = CareService(me), referred(me)
    (seen,) = service.of(patient_id).referrals
    with pytest.raises(InvalidInput):
        service.mark_in_error(seen, " ")
    service.mark_in_error(seen, "Sent twice")
    (kept,) = service.of(patient_id).referrals
    assert (kept.error_reason, kept.question) == ("Sent twice", "Is this POEMS?")
    assert patient_id not in {whose.patient_id for whose, _ in ClinicListService(me).referrals().waiting}
    with pytest.raises(NotAllowedNow):
        service.keep(replace(kept, question="Other"))
    with me.store.reading() as session:
        assert any(e.reason == "Sent twice" and e.object == "referral" for e in audit.entries(session, patient_id))


def test_an_entry_cannot_be_carried_to_another_patient(me: SignedIn) -> None:
    service = CareService(me)
    (seen,) = service.of(referred(me)).referrals
    other = next(row.id for row in PatientService(me).find().rows if row.id != seen.patient_id)
    with pytest.raises(NotAllowedNow):
        service.keep(replace(seen, patient_id=other))


# -- status


def test_the_status_changes_with_day_and_reason_and_leaves_the_diagnosis_alone(me: SignedIn) -> None:
    service, patient_id = CareService(me), referred(me)
    patient = PatientService(me).who(patient_id)
    PatientService(me).change(replace(patient, clinician_diagnosis="probable", clinician_diagnosis_reason="VEGF"))
    change = StatusChange(patient_id=patient_id, on=TODAY, before="referred", status="suspected", reason="Seen")
    service.change_status(change)
    file = service.of(patient_id)
    assert file.patient.status is PatientStatus.SUSPECTED
    assert (file.patient.clinician_diagnosis, file.patient.clinician_diagnosis_reason) == ("probable", "VEGF")
    assert file.verdict == "cannot_tell"
    assert [(c.before, c.status, c.reason) for c in file.statuses] == [
        ("", "referred", ""),
        ("referred", "suspected", "Seen"),
    ]
    with pytest.raises(StaleRecord):
        service.change_status(replace(change, status="confirmed"))
    assert service.of(patient_id).patient.status is PatientStatus.SUSPECTED


def test_a_status_changed_with_the_details_is_part_of_the_history_too(me: SignedIn) -> None:
    patient_id = referred(me)
    patient = PatientService(me).who(patient_id)
    PatientService(me).change(replace(patient, status=PatientStatus.TRANSFERRED))
    newest = CareService(me).of(patient_id).statuses[-1]
    assert (newest.before, newest.status, newest.on, newest.recorded_by) == (
        "referred", "transferred", TODAY, "Dr A Rahman",
    )  # fmt: skip


def test_the_newest_change_of_status_taken_back_gives_the_status_before(me: SignedIn) -> None:
    service, patient_id = CareService(me), referred(me)
    for before, status in (("referred", "suspected"), ("suspected", "confirmed")):
        made = StatusChange(patient_id=patient_id, on=TODAY, before=before, status=status, reason="Seen")
        service.change_status(made)
    first, middle, newest = service.of(patient_id).statuses
    service.mark_in_error(newest, "Wrong patient")
    assert service.of(patient_id).patient.status is PatientStatus.SUSPECTED
    assert len(service.of(patient_id).statuses) == 3
    service.mark_in_error(replace(middle, version=middle.version), "Never seen")
    assert service.of(patient_id).patient.status is PatientStatus.REFERRED
    with pytest.raises(NotAllowedNow, match="first status"):
        service.mark_in_error(first, "Nobody")


def test_a_status_that_was_itself_a_mistake_is_never_come_back_to(me: SignedIn) -> None:
    service, patient_id = CareService(me), referred(me)
    for before, status in (("referred", "transferred"), ("transferred", "confirmed")):
        made = StatusChange(patient_id=patient_id, on=TODAY, before=before, status=status, reason="Seen")
        service.change_status(made)
    _, wrong, newest = service.of(patient_id).statuses
    service.mark_in_error(wrong, "Never transferred")
    assert service.of(patient_id).patient.status is PatientStatus.CONFIRMED
    service.mark_in_error(newest, "Wrong patient")
    assert service.of(patient_id).patient.status is PatientStatus.REFERRED


def test_after_a_merge_a_status_leads_back_in_its_own_records_course_only(me: SignedIn) -> None:
    service = CareService(me)
    staying = referred(me)
    joined = twin_of(me, PatientService(me).who(staying)).id
    for patient_id, before, status in (
        (staying, "referred", "suspected"),
        (staying, "suspected", "confirmed"),
        (joined, "referred", "confirmed"),
    ):
        service.change_status(
            StatusChange(patient_id=patient_id, on=TODAY, before=before, status=status, reason="Seen")
        )
    last = service.of(joined).statuses[-1]
    merge(me, staying, joined, "Same address and phone.")
    here = {each.id: each for each in service.of(staying).statuses}
    service.mark_in_error(here[last.id], "Not this one")
    assert service.of(staying).patient.status is PatientStatus.CONFIRMED
    own = [each for each in service.of(staying).statuses if each.before == "suspected"]
    service.mark_in_error(own[0], "Too early")
    assert service.of(staying).patient.status is PatientStatus.SUSPECTED


# -- the lists


def test_referrals_wait_urgent_and_oldest_first_until_they_are_answered(me: SignedIn) -> None:
    service, lists = CareService(me), ClinicListService(me)
    before = {each.id for _, each in lists.referrals().waiting}
    patient_id = referred(me)
    old = replace(ASKED, patient_id=patient_id, on=TODAY - timedelta(days=9), urgency="routine")
    service.keep(old)
    service.keep(replace(ASKED, patient_id=patient_id, on=TODAY - timedelta(days=2)))
    waiting = [each for _, each in lists.referrals().waiting if each.id not in before]
    assert [(each.urgency, each.on) for each in waiting] == [
        ("urgent", TODAY - timedelta(days=2)),
        ("urgent", TODAY),
        ("routine", TODAY - timedelta(days=9)),
    ]
    answered = replace(waiting[0], outcome="advice_only", answered_by="Dr A Rahman", answered_on=TODAY)
    service.keep(answered)
    assert answered.id not in {each.id for _, each in lists.referrals().waiting}
    assert answered.id in {each.id for _, each in lists.referrals().answered}


def test_an_onward_referral_waits_in_the_lists_until_it_was_seen_or_the_person_died(me: SignedIn) -> None:
    service, patient_id = CareService(me), referred(me)
    service.keep(OnwardReferral(patient_id=patient_id, on=TODAY, service="orthotics", reason="Foot drop"))
    (made,) = service.of(patient_id).onward

    def waits() -> tuple[bool, bool]:
        lists, today = ClinicListService(me).referrals().onward, WorklistService(me).today(100).onward
        return tuple(made.id in {each.id for _, each in found} for found in (lists, today))  # type: ignore[return-value]

    assert waits() == (True, True)
    service.keep(replace(made, state="accepted", state_on=TODAY))
    assert waits() == (True, True)
    patient = PatientService(me).who(patient_id)
    dead, _ = PatientService(me).change(replace(patient, died=PartialDate.of(TODAY)))
    assert waits() == (False, False)
    PatientService(me).change(replace(dead, died=None))
    _, now = service.open(OnwardReferral, made.id)
    service.keep(replace(now, state="seen", state_on=TODAY, outcome="Splints fitted", outcome_on=TODAY))
    assert waits() == (False, False)


def test_onward_referrals_are_told_in_the_list_of_the_day_and_not_counted(me: SignedIn) -> None:
    patient_id = referred(me)
    before = WorklistService(me).today(100)
    CareService(me).keep(OnwardReferral(patient_id=patient_id, on=TODAY, service="orthotics"))
    after = WorklistService(me).today(100)
    assert (after.onward_total, after.total) == (before.onward_total + 1, before.total)
    assert WorklistService(me).today(0).onward_total == after.onward_total


def test_a_call_without_a_name_hangs_on_nobody_and_waits_until_it_is_followed_up(me: SignedIn) -> None:
    service = CareService(me)
    changed = service.keep(replace(CALL, follow_up="Ring back"))
    assert changed.patients == frozenset()
    whose, call = next(pair for pair in ClinicListService(me).calls().waiting if pair[1].follow_up == "Ring back")
    assert (whose, call.patient_id) == (None, None)
    assert call.id in {each.id for _, each in WorklistService(me).today().calls}
    service.keep(replace(call, followed_on=TODAY))
    assert call.id not in {each.id for _, each in ClinicListService(me).calls().waiting}
    assert call.id in {each.id for _, each in ClinicListService(me).calls().others}


def test_the_list_of_a_meeting_is_prepared_discussed_and_stands_in_the_record(me: SignedIn) -> None:
    service, lists, patient_id = CareService(me), ClinicListService(me), referred(me)
    day = TODAY + timedelta(days=400)
    service.keep(MdtEntry(patient_id=patient_id, on=day, question="Transplant?", presenter="Dr A Rahman"))
    meeting = lists.meeting(day)
    assert (meeting.on, [each.question for _, each in meeting.entries]) == (day, ["Transplant?"])
    assert (day, 1) in meeting.days
    entry = meeting.entries[0][1]
    service.keep(replace(entry, state="discussed", outcome="Yes, in spring", actions="Dr A Rahman writes"))
    assert [(e.state, e.outcome) for e in service.of(patient_id).mdt] == [("discussed", "Yes, in spring")]
    service.mark_in_error(service.of(patient_id).mdt[0], "Wrong day")
    assert lists.meeting(day).entries == ()


def test_the_next_meeting_is_shown_unless_there_is_none_to_come(me: SignedIn) -> None:
    service, lists, patient_id = CareService(me), ClinicListService(me), referred(me)
    for day in (date(1999, 1, 4), TODAY):
        service.keep(MdtEntry(patient_id=patient_id, on=day, question="Transplant?"))
    assert lists.meeting().on == TODAY


def test_the_list_is_written_as_pdf_with_names_and_stands_in_the_audit_first(me: SignedIn, tmp_path: Path) -> None:
    patient_id = referred(me)
    CareService(me).keep(MdtEntry(patient_id=patient_id, on=TODAY, question="Transplant in spring?"))
    path = ClinicListService(me).write_meeting(TODAY, tmp_path / "mdt.pdf")
    text = " ".join(" ".join(page_texts(path.read_bytes())).split())
    assert "QUILLFEATHER, Ada" in text
    assert "Transplant in spring?" in text
    with me.store.reading() as session:
        (noted,) = [e for e in audit.entries(session, patient_id) if e.action == "export"]
    assert (noted.object, "mdt.pdf" in noted.new) == ("mdt_entry", True)
    with pytest.raises(NotAllowedNow):
        ClinicListService(me).write_meeting(date(1980, 1, 1), tmp_path / "none.pdf")
    assert not (tmp_path / "none.pdf").exists()


# -- who may what


def test_an_administrator_records_a_referral_and_never_reads_its_question(sign_in: SignIn) -> None:
    patient_id = referred(sign_in("rahman"))
    clinician = CareService(sign_in("rahman"))
    clinician.keep(OnwardReferral(patient_id=patient_id, on=TODAY, service="orthotics", reason="Foot drop"))
    clinician.keep(replace(CALL, patient_id=patient_id))
    clinician.keep(MdtEntry(patient_id=patient_id, on=TODAY, question="Transplant?"))
    clinician.change_status(
        StatusChange(patient_id=patient_id, on=TODAY, before="referred", status="suspected", reason="VEGF raised")
    )
    admin = CareService(sign_in("castellan"))
    file = admin.of(patient_id)
    assert (file.calls, file.mdt, file.verdict) == ((), (), "")
    assert {each.question for each in file.referrals} == {each.reason for each in file.statuses} == {""}
    assert {each.reason for each in file.onward} == {""}
    lists = ClinicListService(sign_in("castellan")).referrals()
    assert not any(each.question or each.answer for _, each in (*lists.waiting, *lists.answered))
    assert not any(each.reason or each.outcome for _, each in lists.onward)
    assert not any(each.question for _, each in WorklistService(sign_in("castellan")).today().referrals)
    admin = CareService(sign_in("castellan"))
    admin.keep(replace(ASKED, patient_id=patient_id, question="Copied from the e-mail", outcome="accepted"))
    (_, own) = admin.of(patient_id).referrals
    assert (own.question, own.outcome) == ("", "")
    admin.keep(replace(own, urgency="routine"))
    kept = CareService(sign_in("rahman")).of(patient_id).referrals[1]
    assert (kept.question, kept.urgency, kept.recorded_by) == ("Copied from the e-mail", "routine", "R Castellan")


def test_who_may_not_answer_a_referral_cannot_take_its_answer_away(sign_in: SignIn) -> None:
    nurse = CareService(sign_in("okoro"))
    patient_id = referred(nurse.signed_in)
    (seen,) = nurse.of(patient_id).referrals
    nurse.keep(replace(seen, outcome="accepted", answered_by="Sister J Okoro", answered_on=TODAY))
    nurse.keep(OnwardReferral(patient_id=patient_id, on=TODAY, service="orthotics", reason="Foot drop"))
    admin = CareService(sign_in("castellan"))
    file = admin.of(patient_id)
    with pytest.raises(NotPermitted):
        admin.mark_in_error(file.referrals[0], "Sent twice")
    admin.mark_in_error(file.onward[0], "Sent twice")
    file = CareService(sign_in("okoro")).of(patient_id)
    assert (file.referrals[0].error_reason, file.onward[0].error_reason) == ("", "Sent twice")


def test_an_administrator_neither_sees_nor_records_calls_and_meetings(sign_in: SignIn) -> None:
    me = sign_in("castellan")
    patient_id = PatientService(me).find().rows[0].id
    service, lists = CareService(me), ClinicListService(me)
    for refused in (
        lambda: service.keep(CALL),
        lambda: service.keep(MdtEntry(patient_id=patient_id, on=TODAY, question="Q")),
        lambda: service.open(AdviceCall, 1),
        lambda: service.open(MdtEntry, 1),
        lists.calls,
        lists.meeting,
        lambda: lists.write_meeting(TODAY, Path("never.pdf")),
    ):
        with pytest.raises(NotPermitted):
            refused()


def test_a_nurse_logs_a_call_and_answers_a_referral(sign_in: SignIn) -> None:
    me = sign_in("okoro")
    patient_id = referred(me)
    service = CareService(me)
    service.keep(replace(CALL, patient_id=patient_id))
    (seen,) = service.of(patient_id).referrals
    service.keep(replace(seen, outcome="advice_only", answered_by="Sister J Okoro", answered_on=TODAY))
    assert service.of(patient_id).referrals[0].outcome == "advice_only"


def test_every_look_at_an_entry_is_audited(me: SignedIn) -> None:
    patient_id = referred(me)
    (seen,) = CareService(me).of(patient_id).referrals
    CareService(me).open(Referral, seen.id)
    with me.store.reading() as session:
        looked = [e for e in audit.entries(session, patient_id) if e.action == "view" and e.object == "referral"]
    assert [e.object_id for e in looked] == [str(seen.id)]


# -- together with the rest


def test_what_goes_on_around_the_visits_moves_with_a_merge_and_back(me: SignedIn) -> None:
    service, staying = CareService(me), referred(me)
    other, _ = service.refer_new(ADA, replace(ASKED, question="Second"), another_person=True)
    service.keep(replace(CALL, patient_id=other.id))
    service.keep(MdtEntry(patient_id=other.id, on=TODAY, question="Transplant?"))
    service.keep(OnwardReferral(patient_id=other.id, on=TODAY, service="orthotics"))
    joining = JoiningService(me)
    merge(me, staying, other.id, "Same person")
    file = service.of(other.id)
    assert file.patient.id == staying
    assert [each.question for each in file.referrals] == ["Is this POEMS?", "Second"]
    assert (len(file.calls), len(file.mdt), len(file.onward), len(file.statuses)) == (1, 1, 1, 2)
    with pytest.raises(NotAllowedNow, match="merged into another"):
        service.keep(replace(ASKED, patient_id=other.id))
    joining.part(joining.of(staying)[0].id, "Two people")
    assert [each.question for each in service.of(staying).referrals] == ["Is this POEMS?"]
    back = service.of(other.id)
    assert (len(back.referrals), len(back.calls), len(back.mdt), len(back.onward)) == (1, 1, 1, 1)


def test_a_copy_holds_every_row_and_the_database_refuses_to_delete_one(sign_in: SignIn, tmp_path: Path) -> None:
    referred(sign_in("rahman"))
    me = sign_in("castellan")
    made = SafekeepingService(me).back_up(tmp_path)
    with me.store.engine.connect() as connection:
        for table in ("referral", "advice_call", "onward_referral", "mdt_entry", "status_change"):
            rows = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608 - our names
            assert (made.rows[table], rows > 0) == (rows, True)
            with pytest.raises(IntegrityError, match=f"{table}_no_delete"):
                connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - our names


def test_the_training_registry_shows_all_of_it(me: SignedIn) -> None:
    people = [row.id for row in PatientService(me).find(limit=100).rows]
    files = [CareService(me).of(patient_id) for patient_id in people]
    assert all(file.referrals and file.statuses for file in files)
    assert all(file.statuses[-1].status == file.patient.status.value for file in files)
    assert any(file.onward for file in files)
    assert ClinicListService(me).calls().others
