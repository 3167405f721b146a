"""Who saw and changed a record, on a real encrypted file: kept once, told to whom it may be told, never rewritten."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from poems_registry.domain.access import Permission
from poems_registry.domain.care import Referral
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import NotPermitted
from poems_registry.domain.records import Patient
from poems_registry.services.access import SignedIn
from poems_registry.services.care import CareService
from poems_registry.services.exports import ExportService
from poems_registry.services.joining import JoiningService
from poems_registry.services.letter_batch import BatchService
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import LookAlikes, PatientService
from poems_registry.services.record_access import Asked, Line, RecordAccessService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from poems_registry.storage import audit
from poems_registry.storage.failures import DatabaseRefused
from poems_registry.system.clock import FixedClock
from tests.integration.services.conftest import SignIn
from tests.integration.services.test_visit_to_letter import signed_visit
from tests.integration.services.two_people import merge


def managing(me: SignedIn, *without: Permission) -> SignedIn:
    """The same person, who was also given people, keys and the audit."""
    allowed = (me.person.permissions | {Permission.MANAGE}) - set(without)
    return replace(me, person=replace(me.person, permissions=allowed))


def somebody(me: SignedIn, name: str = "Quillfeather") -> Patient:
    return PatientService(me).add(Patient(family_name=name, given_name="Ada"), another_person=True)[0]


def lines(me: SignedIn, patient_id: int, asked: Asked | None = None) -> tuple[Line, ...]:
    return RecordAccessService(managing(me)).of(patient_id, asked).lines


def done(line: Line) -> set[tuple[str, str]]:
    return {(deed.act, deed.thing) for deed in line.deeds}


# -- looks


def test_a_look_is_kept_before_anything_is_shown_and_is_one_line_with_those_soon_after(
    sign_in: SignIn, clock: FixedClock
) -> None:
    me = sign_in("rahman")
    who = somebody(me)
    clock.at += timedelta(hours=1)
    for _ in range(3):
        PatientService(me).open(who.id)
        clock.at += timedelta(minutes=4)
    clock.at += timedelta(hours=1)
    looks = [each for each in lines(me, who.id, Asked("looks")) if ("view", "patient") in done(each)]
    assert [(each.who.name, each.look, [deed.times for deed in each.deeds]) for each in looks] == [
        ("Dr A Rahman", True, [3])
    ]
    assert looks[0].at - looks[0].first == timedelta(minutes=8)
    assert looks[0].pc == me.pc


def test_the_look_at_the_list_stands_in_the_list(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    who = somebody(me)
    assert ("view", "audit") in done(lines(me, who.id, Asked("looks"))[0])


def test_going_on_with_the_list_is_no_further_look(sign_in: SignIn, clock: FixedClock) -> None:
    me = managing(sign_in("rahman"))
    who = somebody(me)
    service = RecordAccessService(me)
    service.of(who.id)
    clock.at += timedelta(hours=1)
    service.of(who.id, after=(clock.at, 10**9))
    with me.store.reading() as session:
        looks = [each for each in audit.entries(session, who.id) if each.object == "audit"]
    assert len(looks) == 1


def test_nobody_can_change_or_take_out_a_look(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    who = somebody(me)
    PatientService(me).open(who.id)
    for statement in ("UPDATE audit SET actor = 'nobody'", "DELETE FROM audit WHERE action = 'view'"):
        with pytest.raises(DatabaseRefused), me.store.writing(me.actor) as session:
            session.connection().execute(text(statement))
    with me.store.reading() as session:
        assert audit.verify(session, me.store.audit_key) == []
        assert any(each.action == "view" for each in audit.entries(session, who.id))


# -- who may


@pytest.mark.parametrize("user", ["rahman", "okoro"])
def test_nobody_reads_it_who_may_not_manage_the_audit(sign_in: SignIn, user: str) -> None:
    me = sign_in(user)
    who = somebody(me)
    with pytest.raises(NotPermitted, match="the audit"):
        RecordAccessService(me).of(who.id)


def test_an_administrator_reads_it(sign_in: SignIn) -> None:
    me = sign_in("castellan")
    assert RecordAccessService(me).of(somebody(me).id).lines


def test_who_may_not_open_a_record_may_not_read_who_did(sign_in: SignIn) -> None:
    me = managing(sign_in("rahman"), Permission.VIEW_DEMOGRAPHICS)
    who = somebody(sign_in("okoro"))
    with pytest.raises(NotPermitted, match="demographics"):
        RecordAccessService(replace(me, store=sign_in("rahman").store)).of(who.id)


def test_without_findings_no_clinical_word_is_told(sign_in: SignIn, clock: FixedClock) -> None:
    """An administrator learns that somebody wrote, and when; not what, nor which drug or scan it was about."""
    me = sign_in("rahman")
    visit = signed_visit(me, summary="A quite particular sentence", onls_arm="4")
    pid = visit.patient_id
    before = PatientService(me).who(pid)
    clock.at += timedelta(hours=1)
    changed = replace(before, phone="07700 900123", clinician_diagnosis_reason="Another particular sentence")
    PatientService(me).change(replace(changed, clinician_diagnosis="other" if not before.clinician_diagnosis else ""))
    admin = RecordAccessService(sign_in("castellan")).of(pid)
    told = repr(admin)
    assert "particular sentence" not in told
    assert "onls" not in told
    things = {deed.thing for line in admin.lines for deed in line.deeds}
    assert things <= {
        "patient", "hospital_number", "consent", "encounter", "encounter_version", "referral", "onward_referral",
        "status_change", "letter", "audit", "clinical",
    }  # fmt: skip
    kinds = {deed.visit.kind for line in admin.lines for deed in line.deeds if deed.visit is not None}
    assert kinds == {None}
    names = {change.name for line in admin.lines for change in line.changes if change.thing == "patient"}
    assert "phone" in names
    assert not names & {"clinician_diagnosis", "clinician_diagnosis_reason", "allergies"}
    assert sum(line.withheld for line in admin.lines) > 0


def test_a_clinician_reads_the_values_before_and_after(sign_in: SignIn, clock: FixedClock) -> None:
    me = sign_in("rahman")
    clock.at += timedelta(hours=1)
    visit = signed_visit(me, onls_arm="4")
    clock.at += timedelta(hours=1)
    people = PatientService(me)
    people.change(replace(people.who(visit.patient_id), phone="07700 900123"))
    told = lines(me, visit.patient_id)
    phone = next(
        change for line in told for change in line.changes if change.name == "phone" and change.act == "change"
    )
    assert phone.new == "07700 900123"
    signed = next(line for line in told if ("sign", "encounter") in done(line))
    arm = next(change for change in signed.changes if change.name == "onls_arm")
    assert (arm.old, arm.new["number"]) == (None, 4.0)
    assert all(line.withheld == 0 for line in told)


def test_no_secret_of_a_person_of_the_clinic_is_ever_in_it(sign_in: SignIn) -> None:
    me = sign_in("castellan")
    who = somebody(me)
    told = repr([RecordAccessService(me).of(who.id), lines(sign_in("rahman"), who.id)])
    for word in ("password", "permissions", "failed_attempts", "orchard", "sha256"):
        assert word not in told


# -- filters, pages, joined records


def test_the_list_is_filtered_by_act_by_person_and_by_time(sign_in: SignIn, clock: FixedClock) -> None:
    me = sign_in("rahman")
    who = somebody(me)
    began = clock.at
    clock.at += timedelta(days=2)
    PatientService(me).open(who.id)
    nurse = sign_in("okoro")
    PatientService(nurse).change(replace(PatientService(nurse).who(who.id), phone="07700 900123"))
    me = sign_in("rahman")
    changes = lines(me, who.id, Asked("changes"))
    assert [done(each) for each in changes] == [{("change", "patient")}, {("create", "patient")}]
    assert all(each.look for each in lines(me, who.id, Asked("looks")))
    assert lines(me, who.id, Asked("left")) == ()
    assert {each.who.name for each in lines(me, who.id, Asked(actor_id=nurse.person.id))} == {"Sister J Okoro"}
    assert all(each.at > began for each in lines(me, who.id, Asked(since=began + timedelta(days=1))))
    people = RecordAccessService(managing(me)).of(who.id).people
    assert [(each.name, each.role) for each in people] == [("Dr A Rahman", "clinician"), ("Sister J Okoro", "nurse")]


def test_pages_go_on_newest_first_and_tell_each_line_once(sign_in: SignIn, clock: FixedClock) -> None:
    me = managing(sign_in("rahman"))
    who, service = somebody(me), RecordAccessService(me)
    for _ in range(75):
        clock.at += timedelta(minutes=15)
        PatientService(me).open(who.id)
    first = service.of(who.id, Asked("looks"))
    assert first.goes_on is not None
    second = service.of(who.id, Asked("looks"), first.goes_on)
    assert second.goes_on is None
    every = [*first.lines, *second.lines]
    assert len(every) == len({each.key for each in every}) == 75
    assert [each.at for each in every] == sorted((each.at for each in every), reverse=True)


def test_of_joined_records_both_are_told_until_they_are_parted(sign_in: SignIn, clock: FixedClock) -> None:
    me = sign_in("rahman")
    stays, hidden = somebody(me), somebody(me, "Quillfether")
    clock.at += timedelta(hours=1)
    PatientService(me).open(hidden.id)
    joining = JoiningService(me)
    clock.at += timedelta(hours=1)
    merge(me, stays.id, hidden.id, "Same birth date and phone")
    assert any(("create", "patient") in done(each) and each.joined for each in lines(me, stays.id))
    assert lines(me, hidden.id)[0].key == lines(me, stays.id)[0].key - 1
    clock.at += timedelta(hours=1)
    joining.part(joining.of(stays.id)[0].id, "They are two people")
    looks = [each for each in lines(me, stays.id, Asked("looks")) if each.joined]
    assert looks == []


# -- what leaves


def test_plain_words_saved_as_a_file_are_kept_as_a_file_and_printed_as_paper(sign_in: SignIn, tmp_path: Path) -> None:
    me = sign_in("rahman")
    visit = signed_visit(me)
    letters, people = LetterService(me), PatientService(me)
    person = people.who(visit.patient_id)
    people.change(replace(person, address_checked_on=me.today, needs_checked_on=me.today))
    opened = letters.open(letters.start(visit.id))
    letter_id = opened.letter.id
    assert opened.blocks == ()
    letters.sign(letter_id, opened.letter.row_version, PASSWORD)
    letters.save_plain_words(letter_id, tmp_path / "plain.pdf")
    letters.save_readable(letter_id, tmp_path / "letter.txt")
    letters.plain_words(letter_id)
    with me.store.reading() as session:
        found = [(each.action, each.new) for each in audit.entries(session, visit.patient_id, limit=4)]
    left = [(action, "plain_words" in new, "plain.pdf" in new) for action, new in reversed(found) if action != "freeze"]
    assert left[-3:] == [("export", True, True), ("export", False, False), ("print", True, False)]


def test_letters_written_as_files_stand_with_their_patients_as_files(sign_in: SignIn, tmp_path: Path) -> None:
    me = sign_in("rahman")
    visit = signed_visit(me)
    BatchService(me).write([visit.id], tmp_path / "letters", workers=1)
    left = [deed for line in lines(me, visit.patient_id, Asked("left")) for deed in line.deeds]
    assert [(deed.act, deed.thing) for deed in left] == [("export", "letter")]


def test_an_export_stands_with_each_patient_in_it_and_says_what_for(
    sign_in: SignIn, clock: FixedClock, tmp_path: Path
) -> None:
    me = sign_in("rahman")
    granted = me.person.permissions | {Permission.EXPORT_IDENTIFIABLE}
    who = somebody(me)
    ExportService(replace(me, person=replace(me.person, permissions=granted))).transfer(
        tmp_path / "t.csv", "Second clinic"
    )
    clock.at += timedelta(hours=1)
    ExportService(me).pseudonymised("csv", tmp_path / "out", purpose="A study")
    left = lines(me, who.id, Asked("left"))
    found = {(deed.thing_id, line.reason) for line in left for deed in line.deeds}
    assert found == {("identifiable transfer", "Second clinic"), ("pseudonymised encounters", "A study")}


def test_a_chart_that_leaves_as_a_picture_is_kept(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    who = somebody(me)
    PatientService(me).note_picture(who.id, "chart.png")
    (line,) = lines(me, who.id, Asked("left"))
    assert done(line) == {("export", "chart")}


def test_whoever_is_told_that_somebody_is_known_already_has_looked(sign_in: SignIn) -> None:
    """Or a made-up newcomer would be a way to look without a trace."""
    me = sign_in("rahman")
    who = PatientService(me).add(Patient(family_name="Quillfeather", given_name="Ada", born=PartialDate(1971, 4, 2)))[0]
    nurse = sign_in("okoro")
    twin = replace(who, id=0, uid="", version=1)
    with pytest.raises(LookAlikes):
        PatientService(nurse).add(twin)
    with pytest.raises(LookAlikes):
        CareService(nurse).refer_new(twin, Referral(on=nurse.today, referrer="Dr P Fenwick"))
    seen = lines(sign_in("rahman"), who.id, Asked("looks", actor_id=nurse.person.id))
    assert [deed.times for line in seen for deed in line.deeds] == [2]


def test_a_visit_is_named_by_its_day_and_a_letter_by_its_number(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    visit = signed_visit(me)
    letter = LetterService(me).open(LetterService(me).start(visit.id)).letter
    VisitService(me).open(visit.id)
    deeds = {(deed.act, deed.thing): deed for line in lines(me, visit.patient_id) for deed in line.deeds}
    seen, begun = deeds["view", "encounter"], deeds["create", "letter"]
    assert seen.visit is not None
    assert seen.visit.on == PartialDate.of(visit.on).earliest()
    assert begun.letter is not None
    assert begun.letter.number == letter.number
