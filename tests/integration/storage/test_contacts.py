"""A profession's contact on the real store, both engines: closed by who records, never a signed visit, never lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from poems_registry.domain.access import DEFAULTS, Permission, Role
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotPermitted, StaleRecord
from poems_registry.domain.follow_up import FollowUp
from poems_registry.domain.records import (
    ClinicProfile,
    Encounter,
    EncounterKind,
    EncounterState,
    PatientFile,
    Person,
    VisitType,
)
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services.access import SignedIn
from poems_registry.services.follow_up import course_of
from poems_registry.services.judging import judge_file
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.results import ResultService
from poems_registry.services.settings import SettingsService
from poems_registry.services.standings import standing_of
from poems_registry.services.visits import DraftElsewhere, VisitService
from poems_registry.services.worklist import WorklistService
from poems_registry.storage import audit, people
from poems_registry.storage.unit_of_work import Store
from poems_registry.system.clock import FixedClock
from tests.integration.storage.made_up import ANN, NURSE, PERSON

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PHYSIO = EncounterKind.PHYSIOTHERAPY
FORM = VisitDraft(
    on="20-Nov-2026",
    visit_type="new",
    seen_by=("P Rees",),
    fields={"contact_reason": FieldDraft(text="Balance"), "walk_10m": FieldDraft(text="12.4")},
)
SignIn = Callable[[Person], SignedIn]


@pytest.fixture
def sign_in(store: Store, tmp_path: Path) -> SignIn:
    def enter(person: Person) -> SignedIn:
        with store.writing(NURSE) as session:
            known = people.add(session, person)
        return SignedIn(
            store, known, FixedClock(NOW), "PC", training=True, confirm=lambda _: None, clinic=ClinicProfile(),
            place=tmp_path, read_only=False, close=lambda: None, keys=b"",
        )  # fmt: skip

    return enter


@pytest.fixture
def physio(sign_in: SignIn) -> SignedIn:
    """Somebody who may record, and not sign."""
    return sign_in(
        replace(PERSON, user="rees", name="P Rees", profession="Physiotherapist", role=Role.NURSE,
                permissions=DEFAULTS[Role.NURSE])
    )  # fmt: skip


@pytest.fixture
def clinician(sign_in: SignIn) -> SignedIn:
    return sign_in(replace(PERSON, user="ann", name="Dr Ann A.", role=Role.CLINICIAN,
                           permissions=DEFAULTS[Role.CLINICIAN]))  # fmt: skip


@pytest.fixture
def patient(clinician: SignedIn) -> int:
    return PatientService(clinician).add(replace(ANN, address_checked_on=None))[0].id


def begun(who: SignedIn, patient: int, kind: EncounterKind = PHYSIO) -> Encounter:
    visits = VisitService(who)
    return visits.open(visits.start_contact(patient, kind)).encounter


def closed(who: SignedIn, patient: int, form: VisitDraft = FORM, kind: EncounterKind = PHYSIO) -> Encounter:
    encounter = begun(who, patient, kind)
    return VisitService(who).close(encounter.id, patient, encounter.version, form)[0]


def file_of(who: SignedIn, patient: int) -> PatientFile:
    return PatientService(who).open(patient).file


def test_who_may_record_closes_a_contact_and_is_named_with_profession_and_instant(
    physio: SignedIn, patient: int
) -> None:
    contact = closed(physio, patient)
    assert (contact.kind, contact.state, contact.on) == (PHYSIO, EncounterState.RECORDED, date(2026, 11, 20))
    assert contact.signature is not None
    assert (contact.signature.name, contact.signature.role, contact.signature.at) == ("P Rees", "Physiotherapist", NOW)
    assert (contact.closed, contact.counts, contact.verdict) == (True, True, None)
    walk = contact.finding("walk_10m")
    assert walk is not None
    assert (walk.value, walk.recorded_by) == (12.4, "P Rees")
    assert VisitService(physio).open_drafts() == ()


def test_what_was_typed_into_a_contact_is_kept_and_given_back_after_a_kill(physio: SignedIn, patient: int) -> None:
    encounter = begun(physio, patient)
    visits = VisitService(physio)
    visits.keep(encounter.id, patient, FORM)
    again = VisitService(physio)  # as after a new start of the program: nothing but the registry knows it
    (left,) = again.open_drafts()
    assert (left.kind, left.encounter_id, left.mine) == (PHYSIO, encounter.id, True)
    assert again.open(again.start_contact(patient, PHYSIO)).draft == FORM, "one's own open contact is continued"
    (waiting,) = WorklistService(physio).today().mine
    assert (waiting.kind, waiting.encounter_id) == (PHYSIO, encounter.id)


def test_a_contact_of_another_profession_and_a_visit_are_drafts_of_their_own(clinician: SignedIn, patient: int) -> None:
    visits = VisitService(clinician)
    ids = {
        visits.start_contact(patient, PHYSIO),
        visits.start_contact(patient, EncounterKind.ORTHOTICS),
        visits.start(patient),
    }
    assert len(ids) == 3
    assert visits.start(patient) in ids
    phone = visits.open(visits.start_contact(patient, EncounterKind.PHONE)).encounter
    assert phone.visit_type is VisitType.TELEPHONE
    with pytest.raises(NotAllowedNow):
        visits.start_contact(patient, EncounterKind.SAMPLE)


def test_a_visit_is_signed_and_not_closed_and_a_contact_closed_and_not_signed(
    clinician: SignedIn, patient: int
) -> None:
    visits = VisitService(clinician)
    visit, contact = visits.open(visits.start(patient)).encounter, begun(clinician, patient)
    with pytest.raises(NotAllowedNow, match="signed, not closed"):
        visits.close(visit.id, patient, visit.version, FORM)
    with pytest.raises(NotAllowedNow, match="closed, not signed"):
        visits.sign(contact.id, patient, contact.version, FORM, "")
    assert {e.state for e in file_of(clinician, patient).encounters} == {EncounterState.DRAFT}


def test_an_empty_contact_and_a_doubtful_value_are_refused_field_by_field(physio: SignedIn, patient: int) -> None:
    encounter = begun(physio, patient)
    visits = VisitService(physio)
    with pytest.raises(InvalidInput) as empty:
        visits.close(encounter.id, patient, encounter.version, replace(FORM, fields={}))
    assert set(empty.value.problems) == {"contact_reason"}
    slow = FORM.with_field("walk_10m", FieldDraft(text="140"))
    with pytest.raises(InvalidInput) as doubtful:
        visits.close(encounter.id, patient, encounter.version, slow)
    assert set(doubtful.value.problems) == {"walk_10m"}


def test_an_administrator_neither_begins_nor_closes_a_contact(sign_in: SignIn, physio: SignedIn, patient: int) -> None:
    admin = VisitService(sign_in(replace(PERSON, user="adm", role=Role.ADMIN, permissions=DEFAULTS[Role.ADMIN])))
    with pytest.raises(NotPermitted):
        admin.start_contact(patient, PHYSIO)
    encounter = begun(physio, patient)
    with pytest.raises(NotPermitted):
        admin.close(encounter.id, patient, encounter.version, FORM)
    with pytest.raises(NotAllowedNow, match="Only the person who began"):
        VisitService(replace(physio, person=replace(physio.person, id=physio.person.id + 1))).close(
            encounter.id, patient, encounter.version, FORM
        )


def test_words_typed_at_another_pc_and_a_stale_version_are_never_overwritten(physio: SignedIn, patient: int) -> None:
    encounter, visits = begun(physio, patient), VisitService(physio)
    seen = visits.keep(encounter.id, patient, FORM)
    with pytest.raises(DraftElsewhere):
        visits.close(encounter.id, patient, encounter.version, FORM, seen.replace(year=2025))
    with pytest.raises(StaleRecord):
        visits.close(encounter.id, patient, encounter.version + 1, FORM, seen)


def test_what_a_contact_found_counts_for_the_verdict_and_the_tests_due_but_it_is_no_visit(
    physio: SignedIn, clinician: SignedIn, patient: int
) -> None:
    study = FORM.with_field("walk_10m", FieldDraft()).with_field("ncs_pattern", FieldDraft(text="demyelinating"))
    closed(physio, patient, study, EncounterKind.NEUROPHYSIOLOGY)
    file = file_of(clinician, patient)
    judged = judge_file(file, Thresholds())
    assert {c.value: r.verdict.value for c, r in judged.criteria.items()}["P"] == "met"
    course = course_of(file, Thresholds())
    assert course.done[FollowUp.NCS] == date(2026, 11, 20)
    assert FollowUp.REVIEW not in course.done
    standing = standing_of(file, Thresholds(), date(2026, 11, 22))
    assert standing.last_visit is None, "the patients list tells of visits"
    assert file.without_letter is None


def test_no_letter_is_made_of_a_contact(physio: SignedIn, clinician: SignedIn, patient: int) -> None:
    contact = closed(physio, patient)
    letters = LetterService(clinician)
    assert letters.board() == ()
    with pytest.raises(NotAllowedNow):
        letters.start(contact.id)


def test_last_time_of_a_visit_is_a_visit_and_that_of_a_contact_its_own_kind(
    clinician: SignedIn, physio: SignedIn, patient: int
) -> None:
    first = closed(physio, patient)
    visits = VisitService(clinician)
    assert visits.open(visits.start(patient)).previous is None
    second = begun(physio, patient)
    opened = VisitService(physio).open(second.id)
    assert opened.previous is not None
    assert opened.previous.id == first.id
    assert opened.encounter.visit_type is VisitType.FOLLOW_UP


def test_a_closed_contact_is_amended_by_its_author_as_a_new_version_and_the_first_stays_readable(
    physio: SignedIn, patient: int
) -> None:
    contact, visits = closed(physio, patient), VisitService(physio)
    visits.begin_amendment(contact.id, patient, "wrong aid")
    opened = visits.open(contact.id)
    assert opened.amendment is not None
    form = opened.draft.with_field("walk_10m", FieldDraft(text="11"))
    amended, _ = visits.close(contact.id, patient, contact.version, form, opened.saved_at)
    assert (amended.version_number, amended.state, amended.amend_reason) == (2, EncounterState.RECORDED, "wrong aid")
    assert (amended.closed, amended.finding("walk_10m")) != (False, None)
    then = visits.version(contact.id, 1).encounter.finding("walk_10m")
    assert then is not None
    assert then.value == 12.4
    visits.begin_amendment(contact.id, patient, "again")
    same = visits.open(contact.id)
    with pytest.raises(NotAllowedNow, match="Nothing differs"):
        visits.close(contact.id, patient, amended.version, same.draft, same.saved_at)


def test_somebody_elses_contact_is_corrected_by_who_may_sign_only(
    sign_in: SignIn, physio: SignedIn, clinician: SignedIn, patient: int
) -> None:
    contact = closed(physio, patient)
    other = VisitService(sign_in(replace(physio.person, id=0, user="lee", name="S Lee")))
    for act in (
        lambda: other.begin_amendment(contact.id, patient, "not mine"),
        lambda: other.mark_in_error(contact.id, patient, contact.version, "not mine"),
        lambda: other.take_back_error(contact.id, patient, contact.version, "not mine"),
    ):
        with pytest.raises(NotPermitted):
            act()
    VisitService(clinician).begin_amendment(contact.id, patient, "the other leg")
    assert VisitService(clinician).open(contact.id).amendment is not None


def test_a_nurse_still_amends_and_marks_no_visit(physio: SignedIn, clinician: SignedIn, patient: int) -> None:
    visits = VisitService(clinician)
    draft = visits.open(visits.start(patient)).encounter
    statuses = {f"{letter}_status": FieldDraft(text="absent") for letter in "poems"}
    form = replace(FORM, fields=statuses, visit_type="follow_up")
    visit, _ = visits.sign(draft.id, patient, draft.version, form, "")
    with pytest.raises(NotPermitted):
        VisitService(physio).begin_amendment(visit.id, patient, "no")
    with pytest.raises(NotPermitted):
        VisitService(physio).mark_in_error(visit.id, patient, visit.version, "no")


def test_a_contact_entered_in_error_is_hidden_kept_and_counts_again_as_closed(physio: SignedIn, patient: int) -> None:
    contact, visits = closed(physio, patient), VisitService(physio)
    visits.mark_in_error(contact.id, patient, contact.version, "another patient")
    hidden = visits.open(contact.id).encounter
    assert (hidden.state, hidden.counts, hidden.error_by) == (EncounterState.IN_ERROR, False, "P Rees")
    visits.take_back_error(contact.id, patient, hidden.version, "it was hers")
    again = visits.open(contact.id).encounter
    assert (again.closed, again.finding("walk_10m")) == (True, contact.finding("walk_10m"))


def test_a_contact_that_was_given_up_as_a_draft_does_not_come_back(physio: SignedIn, patient: int) -> None:
    encounter, visits = begun(physio, patient), VisitService(physio)
    visits.discard(encounter.id, patient)
    version = visits.open(encounter.id).encounter.version
    with pytest.raises(NotAllowedNow, match="given up"):
        visits.take_back_error(encounter.id, patient, version, "why")


def test_a_closed_contact_is_not_changed_as_a_result_is(physio: SignedIn, patient: int) -> None:
    contact = closed(physio, patient)
    with pytest.raises(NotAllowedNow, match="amend the contact"):
        ResultService(physio).correct(patient, contact, "walk_10m", FieldDraft(text="9"), "typing error")


def test_a_contact_recorded_whole_is_closed_with_it(physio: SignedIn, patient: int) -> None:
    whole = Encounter(patient_id=patient, kind=EncounterKind.ORTHOTICS, on=date(2026, 11, 1))
    assert VisitService(physio).record(whole)[0].closed


def test_closing_and_amending_stand_in_the_audit_with_who_and_what(
    store: Store, physio: SignedIn, patient: int
) -> None:
    contact, visits = closed(physio, patient), VisitService(physio)
    visits.begin_amendment(contact.id, patient, "wrong side")
    with store.reading() as session:
        frozen = [e.object_id for e in audit.entries_of(session, "freeze")]
        amended = [e.object_id for e in audit.entries_of(session, "amend")]
    assert (frozen, amended) == ([f"{contact.id}/1"], [str(contact.id)])


def test_the_clinics_list_of_leaflets_is_offered_and_changed_by_who_manages_only(
    sign_in: SignIn, physio: SignedIn, patient: int
) -> None:
    admin = sign_in(replace(PERSON, user="adm", role=Role.ADMIN, permissions=DEFAULTS[Role.ADMIN]))
    with pytest.raises(NotPermitted):
        SettingsService(physio).change("leaflets", "Feet", 0, confirmed=False)
    manages = replace(admin, person=replace(admin.person, permissions=frozenset(Permission)))
    settings = SettingsService(manages)
    settings.change("leaflets", "Living with POEMS | Feet|Feet", 0, confirmed=False)
    encounter = begun(physio, patient)
    assert VisitService(physio).open(encounter.id).leaflets == ("Living with POEMS", "Feet")
    with pytest.raises(InvalidInput):
        settings.change("leaflets", "Feet; hands", 1, confirmed=False)
