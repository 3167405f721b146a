"""Two people merge two records: one proposes, another confirms; nothing moves before, and everything is asked again."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import delete

from poems_registry.domain.access import Permission
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import (
    InvalidInput,
    NotAllowedNow,
    NotFound,
    NotPermitted,
    StaleRecord,
    WrongPassword,
)
from poems_registry.domain.merge_proposals import MERGE_NEEDS
from poems_registry.domain.records import Patient
from poems_registry.services.access import SignedIn
from poems_registry.services.joining import JoiningService
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.proposing import Pair, ProposalService, ProposalState, Proposed
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.training.twice import leave_a_second_record
from poems_registry.services.visits import VisitService
from poems_registry.services.worklist import WorklistService
from poems_registry.storage import audit, people
from poems_registry.storage.failures import DatabaseRefused
from poems_registry.storage.tables.joining import JoiningProposalRow
from tests.integration.services.conftest import SignIn
from tests.integration.services.test_visit_to_letter import signed_visit, with_details
from tests.integration.services.two_people import beside, confirm, merge, propose

WHY = "Same birth date and address; she told us at the visit."
NO = "They are sisters: I know both."


@pytest.fixture
def me(sign_in: SignIn) -> SignedIn:
    return sign_in("rahman")


def twins(me: SignedIn, number: int = 2) -> tuple[Patient, ...]:
    """New records of somebody of one name."""
    return tuple(
        PatientService(me).add(Patient(family_name="Quillfeather"), another_person=True)[0] for _ in range(number)
    )


def propose_twins(me: SignedIn) -> Proposed:
    one, two = twins(me)
    return propose(me, one.id, two.id, WHY)


def now(me: SignedIn, proposed: Proposed) -> Proposed:
    return ProposalService(me).proposal(proposed.proposal.id)


def seen(me: SignedIn, proposed: Proposed) -> Pair:
    return ProposalService(me).compare(*proposed.proposal.both)


def allow(me: SignedIn, user: str, *rights: Permission, active: bool = True) -> None:
    with me.store.writing(me.actor) as session:
        person = people.find(session, user)
        assert person is not None
        people.save(session, replace(person, permissions=frozenset(rights), active=active))


def test_nothing_moves_before_a_second_person_confirms_and_both_records_tell_of_it(me: SignedIn) -> None:
    one, two = twins(me)
    proposed = propose(me, one.id, two.id, WHY)
    assert (proposed.proposal.by, proposed.proposal.reason, proposed.proposal.waits) == ("Dr A Rahman", WHY, True)
    assert {row.id for row in PatientService(me).find("Quillfeather").rows} == {one.id, two.id}
    assert ProposalService(me).everything() == ()
    for each in (one, two):
        assert ProposalService(me).proposals(each.id) == (proposed,)
        assert PatientService(me).who(each.id) == each


def test_the_second_person_confirms_with_a_password_and_both_are_named_with_the_merge(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    one, two = twins(me)
    proposed = propose(me, one.id, two.id, WHY)
    nurse = sign_in("okoro")
    service = ProposalService(nurse)
    service.confirm(proposed.proposal.id, seen(nurse, proposed), PASSWORD)
    (told,) = service.told(one.id)
    assert (told.joining.by, told.joining.reason) == ("Sister J Okoro", WHY)
    assert told.proposal is not None
    assert (told.proposal.by, told.proposal.state) == ("Dr A Rahman", ProposalState.CONFIRMED)
    assert told.proposal.joining_id == told.joining.id
    assert PatientService(nurse).who(two.id).id == one.id


def test_a_wrong_password_confirms_nothing(sign_in: SignIn) -> None:
    proposed = propose_twins(sign_in("rahman"))
    nurse = sign_in("okoro")
    with pytest.raises(WrongPassword):
        ProposalService(nurse).confirm(proposed.proposal.id, seen(nurse, proposed), "not this")
    assert now(nurse, proposed).proposal.waits
    assert ProposalService(nurse).everything() == ()


def test_nobody_confirms_or_declines_what_they_proposed_and_nobody_else_takes_it_back(me: SignedIn) -> None:
    proposed = propose_twins(me)
    number, mine = proposed.proposal.id, ProposalService(me)
    assert (proposed.mine, proposed.may_decide) == (True, False)
    with pytest.raises(NotAllowedNow, match="second person"):
        mine.confirm(number, seen(me, proposed), PASSWORD)
    with pytest.raises(NotAllowedNow, match="take it back"):
        mine.decline(number, NO)
    theirs = ProposalService(beside(me))
    assert (theirs.proposal(number).mine, theirs.proposal(number).may_decide) == (False, True)
    with pytest.raises(NotAllowedNow, match="Only Dr A Rahman"):
        theirs.take_back(number)
    assert now(me, proposed).proposal.waits


def test_declining_needs_a_reason_that_stays_and_the_records_stay_two(me: SignedIn) -> None:
    one, two = twins(me)
    proposed = propose(me, one.id, two.id, WHY)
    service = ProposalService(beside(me))
    with pytest.raises(InvalidInput):
        service.decline(proposed.proposal.id, "  ")
    service.decline(proposed.proposal.id, NO)
    ended = now(me, proposed).proposal
    assert (ended.state, ended.ended_by, ended.ended_because) == (ProposalState.DECLINED, "Sister J Okoro", NO)
    with pytest.raises(NotAllowedNow, match=r"declined already \(Sister J Okoro\)"):
        confirm(beside(me), proposed)
    assert PatientService(me).who(two.id) == two
    assert propose(me, one.id, two.id, WHY).proposal.waits, "it can be proposed again, with what is known then"


def test_the_proposer_takes_it_back_and_then_nobody_can_confirm_it(me: SignedIn) -> None:
    proposed = propose_twins(me)
    ProposalService(me).take_back(proposed.proposal.id)
    with pytest.raises(NotAllowedNow, match="taken back"):
        confirm(beside(me), proposed)
    with pytest.raises(NotAllowedNow, match="taken back"):
        ProposalService(me).take_back(proposed.proposal.id)
    assert ProposalService(me).everything() == ()


def test_a_proposal_ends_by_itself_when_one_of_its_records_is_merged_with_another_one(me: SignedIn) -> None:
    one, two, three = twins(me, 3)
    other = propose(me, one.id, three.id, WHY)
    told = merge(me, one.id, two.id, WHY)
    assert "A proposal of Dr A Rahman that named one of the two records as well waits no longer." in told.told
    assert told.patients == {one.id, two.id, three.id}
    assert now(me, other).proposal.state is ProposalState.LAPSED
    with pytest.raises(NotAllowedNow, match="merged with another one"):
        confirm(beside(me), other)
    JoiningService(me).part(JoiningService(me).of(one.id)[0].id, "wrong")
    assert now(me, other).proposal.state is ProposalState.LAPSED, "undoing a merge makes no proposal wait again"


def test_two_proposals_of_the_same_two_records_do_not_wait_beside_each_other(me: SignedIn) -> None:
    one, two = twins(me)
    propose(me, one.id, two.id, WHY)
    for second in (me, beside(me)):
        service = ProposalService(second)
        with pytest.raises(NotAllowedNow, match="Dr A Rahman has proposed already"):
            service.propose(service.compare(two.id, one.id), WHY)


def change_phone(me: SignedIn, patient_id: int) -> None:
    service = PatientService(me)
    service.change(replace(service.who(patient_id), phone="020 7946 0999"))


def new_number(me: SignedIn, patient_id: int) -> None:
    """A visit begun and thrown away leaves nothing typed, but another encounter is another thing that would move."""
    VisitService(me).start(patient_id)


@pytest.mark.parametrize("happens", [change_phone, new_number])
def test_what_changed_between_looking_and_confirming_is_shown_again_first(
    me: SignedIn, happens: Callable[[SignedIn, int], None]
) -> None:
    one, two = twins(me)
    proposed = propose(me, one.id, two.id, WHY)
    nurse = beside(me)
    before = seen(nurse, proposed)
    happens(me, two.id)
    with pytest.raises(StaleRecord):
        ProposalService(nurse).confirm(proposed.proposal.id, before, "")
    assert now(me, proposed).proposal.waits


def test_a_letter_that_began_to_wait_meanwhile_is_seen_before_anything_is_merged(me: SignedIn) -> None:
    visit = signed_visit(me)
    with_details(me, visit.patient_id)
    (twin,) = twins(me, 1)
    proposed = propose(me, twin.id, visit.patient_id, WHY)
    nurse = beside(me)
    before = seen(nurse, proposed)
    service = LetterService(me)
    letter = service.open(service.start(visit.id)).letter
    service.sign(letter.id, letter.row_version, PASSWORD)
    after = seen(nurse, proposed)
    assert after.queued > before.queued
    with pytest.raises(StaleRecord):
        ProposalService(nurse).confirm(proposed.proposal.id, before, "")
    ProposalService(nurse).confirm(proposed.proposal.id, after, "")


def test_a_change_since_the_proposal_is_told_to_the_second_person(me: SignedIn) -> None:
    one, two = twins(me)
    proposed = propose(me, one.id, two.id, WHY)
    assert not proposed.changed
    change_phone(me, two.id)
    assert now(me, proposed).changed


def test_the_pair_that_is_confirmed_is_the_one_that_was_proposed_in_the_same_order(me: SignedIn) -> None:
    one, two, three = twins(me, 3)
    proposed = propose(me, one.id, two.id, WHY)
    service = ProposalService(beside(me))
    for staying, other in ((two.id, one.id), (one.id, three.id)):
        with pytest.raises(StaleRecord):
            service.confirm(proposed.proposal.id, service.compare(staying, other), "")
    assert now(me, proposed).proposal.waits


def test_what_can_never_be_one_is_refused_at_once_and_still_at_the_end(me: SignedIn) -> None:
    service = ProposalService(me)
    alive = signed_visit(me).patient_id
    died = Patient(family_name="Quillfeather", died=PartialDate(2020, 5), death_source="family")
    dead = PatientService(me).add(died)[0].id
    with pytest.raises(NotAllowedNow, match="has died and the other has visits"):
        service.propose(service.compare(alive, dead), WHY)
    one, two = twins(me)
    with pytest.raises(InvalidInput):
        service.propose(service.compare(one.id, two.id), " ")
    assert service.proposals(one.id) == ()
    proposed = propose(me, one.id, two.id, WHY)
    VisitService(me).start(two.id)
    with pytest.raises(NotAllowedNow, match="not saved yet"):
        confirm(beside(me), proposed)
    assert now(me, proposed).proposal.waits


@pytest.mark.parametrize("lacking", MERGE_NEEDS)
def test_each_of_the_two_needs_every_right_that_a_merge_needs(me: SignedIn, lacking: Permission) -> None:
    one, two, three = twins(me, 3)
    pair = ProposalService(me).compare(one.id, three.id)
    proposed = propose(me, one.id, two.id, WHY)
    full = beside(me)
    before = seen(me, proposed)
    less = ProposalService(replace(full, person=replace(full.person, permissions=full.person.permissions - {lacking})))
    acts: tuple[Callable[[], object], ...] = (
        lambda: less.propose(pair, WHY),
        lambda: less.confirm(proposed.proposal.id, before, ""),
        lambda: less.decline(proposed.proposal.id, NO),
    )
    for act in acts:
        with pytest.raises(NotPermitted):
            act()
    assert now(me, proposed).proposal.waits


def test_an_administrator_sees_that_one_waits_but_no_findings_and_decides_nothing(me: SignedIn) -> None:
    known = next(
        each for each in map(PatientService(me).who, (row.id for row in PatientService(me).find().rows))
        if each.clinician_diagnosis and each.died is None
    )  # fmt: skip
    (twin,) = twins(me, 1)
    propose(me, twin.id, known.id, WHY)
    clerk = ProposalService(beside(me, "castellan"))
    (told,) = clerk.proposals(known.id)
    assert (told.other.family_name, told.other.clinician_diagnosis, told.may_decide) == (known.family_name, "", False)
    with pytest.raises(NotPermitted):
        clerk.decline(told.proposal.id, NO)


def test_whoever_lost_the_right_to_merge_is_no_longer_the_first_of_the_two(me: SignedIn) -> None:
    nurse = beside(me)
    proposed = propose_twins(nurse)
    allow(me, "okoro", Permission.FIND_PATIENTS, Permission.VIEW_DEMOGRAPHICS, Permission.EDIT_DEMOGRAPHICS)
    with pytest.raises(NotAllowedNow, match="may not merge records any more"):
        confirm(beside(me, "rahman"), proposed)
    assert now(me, proposed).proposal.waits
    ProposalService(me).decline(proposed.proposal.id, NO)


def test_a_clinic_with_one_person_who_may_merge_is_told_who_could_be_allowed_it_and_by_whom(me: SignedIn) -> None:
    service = ProposalService(me)
    assert service.second_people().may == ("Sister J Okoro",)
    allow(me, "okoro", Permission.VIEW_DEMOGRAPHICS, Permission.EDIT_DEMOGRAPHICS, Permission.VIEW_CLINICAL)
    found = service.second_people()
    assert found.may == ()
    assert ("Sister J Okoro", "record clinical findings and results") in found.could
    assert "R Castellan" in found.keepers
    allow(me, "okoro", *Permission, active=False)
    assert "Sister J Okoro" not in (*service.second_people().may, *dict(service.second_people().could))
    proposed = propose_twins(me)
    assert proposed.proposal.waits, "it waits until somebody is allowed to decide"


def test_today_lists_what_waits_with_who_may_decide_and_no_role_without_the_right_sees_it(me: SignedIn) -> None:
    one, two = twins(me)
    before = {user: WorklistService(beside(me, user)).today().total for user in ("rahman", "okoro", "castellan")}
    proposed = propose(me, one.id, two.id, WHY)
    mine, theirs, clerk = (WorklistService(beside(me, user)).today() for user in ("rahman", "okoro", "castellan"))
    for found in (mine, theirs):
        (waits,) = [each for each in found.merges if each.proposal.id == proposed.proposal.id]
        assert (waits.staying.patient_id, waits.other.patient_id) == (one.id, two.id)
        assert waits.mine is (found is mine)
    assert clerk.merges == ()
    totals = (mine.total - before["rahman"], theirs.total - before["okoro"], clerk.total - before["castellan"])
    assert totals == (0, 1, 0), "one's own waits for somebody else"
    ProposalService(me).take_back(proposed.proposal.id)
    assert proposed.proposal.id not in [each.proposal.id for each in WorklistService(beside(me)).today().merges]


def test_every_step_stands_in_the_audit_of_both_records_under_who_took_it(me: SignedIn) -> None:
    one, two = twins(me)
    merge(me, one.id, two.id, WHY)
    three, four = (each.id for each in twins(me))
    declined = propose(me, three, four, WHY)
    ProposalService(beside(me)).decline(declined.proposal.id, NO)
    with me.store.reading() as session:
        assert audit.verify(session, me.store.audit_key) == []
        entries = {number: audit.entries(session, number) for number in (one.id, two.id, three, four)}
    told = {
        number: [(e.actor, json.loads(e.new)["state"]) for e in found if e.object == "joining_proposal" and e.new]
        for number, found in entries.items()
    }
    for both, end in (((one.id, two.id), "confirmed"), ((three, four), "declined")):
        for number in both:
            assert told[number] == [("Sister J Okoro", end), ("Dr A Rahman", "waiting")]


def test_a_proposal_is_never_deleted(me: SignedIn) -> None:
    propose_twins(me)
    with pytest.raises(DatabaseRefused), me.store.writing(me.actor) as session:
        session.execute(delete(JoiningProposalRow), execution_options={"noted": True})
    with pytest.raises(NotFound):
        ProposalService(me).proposal(99)


def test_the_training_registry_leaves_one_for_the_doctor_to_decide_who_can_confirm_it(me: SignedIn) -> None:
    leave_a_second_record(me, beside(me))
    (waits,) = WorklistService(me).today().merges
    assert (waits.proposal.by, waits.mine) == ("Sister J Okoro", False)
    assert waits.staying.name != waits.other.name
    pair = ProposalService(me).compare(*waits.proposal.both)
    assert pair.other.id in {each.id for each in JoiningService(me).alike(pair.staying.id)}
    ProposalService(me).confirm(waits.proposal.id, pair, PASSWORD)
    assert PatientService(me).who(pair.other.id).id == pair.staying.id
