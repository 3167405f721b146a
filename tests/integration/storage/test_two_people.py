"""Two people at one record, on both engines: nobody overwrites anybody, and a draft's words are its author's alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from poems_registry.domain.access import DEFAULTS, Permission, Role
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotPermitted, StaleRecord
from poems_registry.domain.records import ClinicProfile, Encounter, EncounterState, Person
from poems_registry.services.access import SignedIn
from poems_registry.services.corrections import AmendedElsewhere
from poems_registry.services.form_drafts import DETAILS, FormDraftService, FormKey
from poems_registry.services.patients import PatientService
from poems_registry.services.visits import DraftElsewhere, VisitService
from poems_registry.storage import audit, people
from poems_registry.storage.unit_of_work import Store
from poems_registry.system.clock import FixedClock
from tests.integration.storage.made_up import ANN, NURSE, PERSON

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
STATUSES = {f"{letter}_status": FieldDraft(text="absent") for letter in "poems"}
SIGNED_FORM = VisitDraft(
    on="20-Nov-2026", visit_type="follow_up", seen_by=("Dr A",), fields={**STATUSES, "weight": FieldDraft(text="70")}
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
def ann_and_bo(sign_in: SignIn) -> tuple[SignedIn, SignedIn]:
    """Two clinicians at the same registry."""
    clinician = replace(PERSON, role=Role.CLINICIAN, permissions=DEFAULTS[Role.CLINICIAN])
    return sign_in(replace(clinician, user="ann", name="Dr Ann A.")), sign_in(
        replace(clinician, user="bo", name="Dr Bo B.")
    )


@pytest.fixture
def signed(ann_and_bo: tuple[SignedIn, SignedIn]) -> Encounter:
    """A visit that Dr Ann signed."""
    ann, _ = ann_and_bo
    patient, _ = PatientService(ann).add(replace(ANN, address_checked_on=None))
    visits = VisitService(ann)
    opened = visits.open(visits.start(patient.id, on=date(2026, 11, 20)))
    visit, _ = visits.sign(opened.encounter.id, patient.id, opened.encounter.version, SIGNED_FORM, "p")
    return visit


def amend(who: SignedIn, visit: Encounter, reason: str = "a slip", *, beside: bool = False, **texts: str) -> VisitDraft:
    """Begin an amendment and type into it; kept, not signed."""
    visits = VisitService(who)
    visits.begin_amendment(visit.id, visit.patient_id, reason, beside=beside)
    draft = visits.open(visit.id).draft
    for code, text in texts.items():
        draft = draft.with_field(code, FieldDraft(text=text))
    visits.keep(visit.id, visit.patient_id, draft)
    return draft


def sign(who: SignedIn, visit: Encounter, draft: VisitDraft) -> Encounter:
    version = VisitService(who).open(visit.id).encounter.version
    return VisitService(who).sign(visit.id, visit.patient_id, version, draft, "p")[0]


def value(visit: Encounter, item: str) -> object:
    finding = visit.finding(item)
    return finding.value if finding is not None else None


def test_an_amendment_becomes_the_next_version_with_its_reason_and_a_verdict_of_its_own(
    ann_and_bo: tuple[SignedIn, SignedIn], signed: Encounter
) -> None:
    _, bo = ann_and_bo
    assert value(signed, "weight") == 70.0
    now = sign(bo, signed, amend(bo, signed, "weighed with boots", weight="69", p_status="present"))
    assert (now.version_number, now.amend_reason, value(now, "weight")) == (2, "weighed with boots", 69.0)
    assert now.signature is not None
    assert (now.signature.name, now.author, now.state) == ("Dr Bo B.", "Dr Ann A.", EncounterState.SIGNED)
    assert now.verdict is not None
    first = VisitService(bo).version(signed.id, 1).encounter
    assert first == signed
    assert (first.verdict, value(first, "weight")) == (signed.verdict, 70.0)
    kept = now.finding("o_status")
    assert kept is not None
    assert kept.recorded_by == "Dr Ann A.", "what was not touched keeps who recorded it"
    changed = now.finding("weight")
    assert changed is not None
    assert changed.recorded_by == "Dr Bo B."
    assert VisitService(bo).open_drafts() == ()


def test_an_amendment_without_a_reason_or_without_a_change_is_refused(
    ann_and_bo: tuple[SignedIn, SignedIn], signed: Encounter
) -> None:
    ann, _ = ann_and_bo
    with pytest.raises(InvalidInput):
        VisitService(ann).begin_amendment(signed.id, signed.patient_id, "  ")
    draft = amend(ann, signed)
    with pytest.raises(NotAllowedNow, match="Nothing differs"):
        sign(ann, signed, draft)
    assert VisitService(ann).open(signed.id).amendment is not None, "the draft is kept"


def test_while_somebody_amends_another_is_told_who_and_since_when_and_never_what(
    ann_and_bo: tuple[SignedIn, SignedIn], signed: Encounter
) -> None:
    ann, bo = ann_and_bo
    amend(ann, signed, weight="zebra")
    with pytest.raises(AmendedElsewhere, match=r"Dr Ann A\. has a draft of it since 22-Nov-2026"):
        VisitService(bo).begin_amendment(signed.id, signed.patient_id, "mine too")
    seen = VisitService(bo).open(signed.id)
    assert (seen.mine, seen.amendment, [each.author for each in seen.others]) == (False, None, ["Dr Ann A."])
    assert "zebra" not in repr(seen)
    assert seen.encounter == signed
    with pytest.raises(NotAllowedNow):
        VisitService(bo).keep(signed.id, signed.patient_id, SIGNED_FORM)


def test_a_first_draft_shows_others_who_and_when_and_none_of_its_words(
    ann_and_bo: tuple[SignedIn, SignedIn], signed: Encounter
) -> None:
    ann, bo = ann_and_bo
    visits = VisitService(ann)
    visit_id = visits.start(signed.patient_id)
    visits.keep(visit_id, signed.patient_id, VisitDraft(on="22-Nov-2026", fields={"weight": FieldDraft(text="zebra")}))
    seen = VisitService(bo).open(visit_id)
    assert (seen.mine, seen.draft.fields, seen.saved_at is not None) == (False, {}, True)
    assert "zebra" not in repr(seen)
    assert visits.open(visit_id).draft.fields["weight"].text == "zebra"
    (told,) = VisitService(bo).open_drafts()
    assert (told.mine, told.author, told.patient, told.on) == (
        False, "Dr Ann A.", "O’BRIEN-ŁUKASIEWICZ, Ann", date(2026, 11, 22),
    )  # fmt: skip


def test_who_signs_second_is_refused_chooses_and_then_overwrites_nothing_unseen(
    ann_and_bo: tuple[SignedIn, SignedIn], signed: Encounter
) -> None:
    ann, bo = ann_and_bo
    hers = amend(ann, signed, "hers", weight="71")
    his = amend(bo, signed, "his", beside=True, weight="72", height="180")
    theirs = sign(ann, signed, hers)
    with pytest.raises(StaleRecord):
        sign(bo, signed, his)
    again = VisitService(bo).open(signed.id)
    assert again.amendment is not None
    assert (again.amendment.number, value(again.amendment.base, "weight")) == (1, 70.0)
    assert (again.encounter, again.draft) == (theirs, his), "both are there to be compared"
    with pytest.raises(StaleRecord):
        VisitService(bo).settle(signed.id, signed.patient_id, 1, his)
    VisitService(bo).settle(signed.id, signed.patient_id, 2, his)
    now = sign(bo, signed, his)
    assert (now.version_number, value(now, "weight"), [e.number for e in now.earlier]) == (3, 72.0, [1, 2])


def test_one_person_at_two_pcs_overwrites_nothing_of_their_own(
    ann_and_bo: tuple[SignedIn, SignedIn], signed: Encounter
) -> None:
    ann, _ = ann_and_bo
    visits = VisitService(ann)
    visit_id = visits.start(signed.patient_id)
    ward, office = visits.open(visit_id), visits.open(visit_id)
    there = visits.keep(visit_id, signed.patient_id, SIGNED_FORM, office.saved_at)
    later = replace(SIGNED_FORM, time="10:00")
    assert there != ward.saved_at
    with pytest.raises(DraftElsewhere):
        visits.keep(visit_id, signed.patient_id, later, ward.saved_at)
    with pytest.raises(DraftElsewhere):
        visits.sign(visit_id, signed.patient_id, ward.encounter.version, later, "p", ward.saved_at)
    assert visits.open(visit_id).draft == SIGNED_FORM
    visits.keep(visit_id, signed.patient_id, later, visits.open(visit_id).saved_at)
    assert visits.open(visit_id).draft == later


def test_giving_an_amendment_up_leaves_the_visit_as_it_is_signed(
    ann_and_bo: tuple[SignedIn, SignedIn], signed: Encounter
) -> None:
    ann, bo = ann_and_bo
    amend(ann, signed, weight="71")
    VisitService(ann).discard(signed.id, signed.patient_id)
    opened = VisitService(bo).open(signed.id)
    assert (opened.encounter, opened.others) == (signed, ())


def test_a_visit_somebody_amends_cannot_be_hidden_under_their_hands(
    ann_and_bo: tuple[SignedIn, SignedIn], signed: Encounter
) -> None:
    ann, bo = ann_and_bo
    amend(ann, signed, weight="71")
    for who, words in ((bo, "being amended"), (ann, "You have a draft")):
        with pytest.raises(NotAllowedNow, match=words):
            VisitService(who).mark_in_error(signed.id, signed.patient_id, signed.version, "wrong patient")


def test_somebody_elses_draft_cannot_be_marked_away(ann_and_bo: tuple[SignedIn, SignedIn], signed: Encounter) -> None:
    ann, bo = (VisitService(each) for each in ann_and_bo)
    draft = ann.open(ann.start(signed.patient_id)).encounter
    for who in (ann, bo):
        with pytest.raises(NotAllowedNow, match="Only the person who began this draft"):
            who.mark_in_error(draft.id, draft.patient_id, draft.version, "wrong patient")


def test_an_entry_in_error_counts_nowhere_and_counts_again_when_that_was_the_error(
    ann_and_bo: tuple[SignedIn, SignedIn], signed: Encounter
) -> None:
    ann, bo = ann_and_bo
    VisitService(bo).mark_in_error(signed.id, signed.patient_id, signed.version, "wrong patient")
    file = PatientService(ann).open(signed.patient_id).file
    (hidden,) = file.encounters
    assert (file.counted, hidden.error_reason, hidden.error_by) == ((), "wrong patient", "Dr Bo B.")
    with pytest.raises(InvalidInput):
        VisitService(ann).take_back_error(signed.id, signed.patient_id, hidden.version, "")
    VisitService(ann).take_back_error(signed.id, signed.patient_id, hidden.version, "it was the right patient")
    assert PatientService(ann).open(signed.patient_id).file.counted == (replace(signed, version=hidden.version + 1),)
    with ann.store.reading() as session:
        reasons = {each.reason for each in audit.entries(session, signed.patient_id)}
    assert {"wrong patient", "it was the right patient"} <= reasons


def test_who_may_not_sign_may_not_amend_nor_hide(sign_in: SignIn, signed: Encounter) -> None:
    nurse = VisitService(sign_in(PERSON))
    assert not nurse.signed_in.may(Permission.SIGN)
    acts: list[Callable[[], object]] = [
        lambda: nurse.begin_amendment(signed.id, signed.patient_id, "why"),
        lambda: nurse.mark_in_error(signed.id, signed.patient_id, signed.version, "why"),
        lambda: nurse.take_back_error(signed.id, signed.patient_id, signed.version, "why"),
        lambda: nurse.settle(signed.id, signed.patient_id, 1, SIGNED_FORM),
    ]
    for act in acts:
        with pytest.raises(NotPermitted):
            act()


def test_what_is_typed_into_a_form_is_given_back_to_its_author_only(
    ann_and_bo: tuple[SignedIn, SignedIn], signed: Encounter
) -> None:
    ann, bo = (FormDraftService(each) for each in ann_and_bo)
    key = FormKey(DETAILS, signed.patient_id, signed.patient_id)
    ann.keep(key, {"phone": "020 7946 0002"})
    ann.keep(FormKey(DETAILS), {"family_name": "New"})
    assert bo.load(key) is None
    assert bo.mine() == ()
    kept = ann.load(key)
    assert kept is not None
    assert kept.content == {"phone": "020 7946 0002"}
    assert [(each.key, each.patient) for each in ann.mine()] == [
        (FormKey(DETAILS), ""),
        (key, "O’BRIEN-ŁUKASIEWICZ, Ann"),
    ]
    ann.drop(key)
    assert ann.load(key) is None


def test_two_people_cannot_overwrite_each_others_change_of_a_person(
    ann_and_bo: tuple[SignedIn, SignedIn], signed: Encounter
) -> None:
    ann, bo = (PatientService(each) for each in ann_and_bo)
    seen = ann.who(signed.patient_id)
    bo.change(replace(bo.who(signed.patient_id), phone="020 7946 0111"))
    with pytest.raises(StaleRecord):
        ann.change(replace(seen, phone="020 7946 0222"))
    assert bo.who(signed.patient_id).phone == "020 7946 0111"
