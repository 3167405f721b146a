"""What waits for a person is read from what stands beside the records, and shows a role no more than it may know."""

from datetime import timedelta

from poems_registry.domain.findings import Finding
from poems_registry.domain.follow_up import FollowUp
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState
from poems_registry.services.access import SignedIn
from poems_registry.services.patients import PatientFilter, PatientService
from poems_registry.services.visits import VisitService
from poems_registry.services.worklist import WorklistService
from poems_registry.system.clock import FixedClock
from tests.integration.services.conftest import SignIn


def somebody(me: SignedIn) -> int:
    """A living patient."""
    return next(row.id for row in PatientService(me).find().rows if row.died is None)


def brought_in(me: SignedIn, patient_id: int, value: float) -> Encounter:
    """A VEGF that came from outside a visit."""
    found = Finding("vegf_serum", value, reported=f"{value:g}", reported_unit="pg/mL")
    sample = Encounter(
        patient_id=patient_id, kind=EncounterKind.SAMPLE, on=me.today, state=EncounterState.RECORDED, findings=(found,)
    )
    recorded, _ = VisitService(me).record(sample)
    return recorded


def test_a_draft_is_mine_to_continue_and_told_to_others(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    visit = VisitService(me).start(somebody(me))
    mine = WorklistService(me).today()
    assert [each.encounter_id for each in mine.mine if each.encounter_id == visit] == [visit]
    nurse = WorklistService(sign_in("okoro")).today()
    told = next(each for each in nurse.others if each.encounter_id == visit)
    assert (told.person, told.whose.patient_id) == ("Dr A Rahman", mine.mine[0].whose.patient_id)
    assert visit not in {each.encounter_id for each in nurse.mine}


def test_a_result_beyond_the_level_waits_until_somebody_looks_at_it(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    patient_id = somebody(me)
    before = {each.alert.encounter_id for each in WorklistService(me).today().results}
    raised = brought_in(me, patient_id, 4321.0)
    (new,) = [each for each in WorklistService(me).today().results if each.alert.encounter_id not in before]
    assert (new.alert.encounter_id, new.whose.patient_id) == (raised.id, patient_id)
    assert new.alert.value.startswith("4,321")
    assert PatientService(me).see_results(patient_id)
    assert not PatientService(me).see_results(patient_id)
    left = {each.alert.encounter_id for each in WorklistService(me).today().results}
    assert raised.id not in left


def test_a_result_within_the_level_does_not_wait(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    normal = brought_in(me, somebody(me), 300.0)
    assert normal.id not in {each.alert.encounter_id for each in WorklistService(me).today().results}


def test_overdue_is_the_same_here_and_in_the_list(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    listed = PatientService(me).find(filters=[PatientFilter.OVERDUE], limit=500)
    waits = WorklistService(me).today(500)
    assert {each.whose.patient_id for each in waits.overdue} == {row.id for row in listed.rows}
    assert waits.overdue_total == listed.total
    assert waits.overdue_total > 0
    few = WorklistService(me).today(1)
    assert (len(few.overdue), few.overdue_total) == (1, waits.overdue_total)
    assert few.overdue[0] == waits.overdue[0]
    assert few.total == waits.total
    none = WorklistService(me).today(0)
    assert (none.overdue, none.undecided, none.total) == ((), (), waits.total)


def test_an_administrator_learns_letters_and_visits_and_nothing_clinical(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    VisitService(me).start(somebody(me))
    clinician = WorklistService(me).today(500)
    found = WorklistService(sign_in("castellan")).today(500)
    assert (found.mine, found.others, found.results, found.undecided) == ((), (), (), ())
    assert found.letters == clinician.letters
    assert {test for each in found.overdue for test, _, _ in each.due} <= {FollowUp.REVIEW.value}


def test_time_alone_moves_what_is_kept_and_only_those_whom_it_moved_are_made_anew(
    sign_in: SignIn, clock: FixedClock
) -> None:
    me = sign_in("rahman")
    service = WorklistService(me)
    assert service.renew(100).patients == frozenset()
    clock.at += timedelta(days=4 * 365)
    renewed: set[int] = set()
    while some := service.renew(3).patients:
        assert len(some) <= 3
        assert not renewed & some
        renewed |= some
    assert renewed
    assert len(renewed) < PatientService(me).find().everyone


def test_a_visit_that_was_missed_comes_first_and_the_longest_delay_before_the_others(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    found = WorklistService(me).today(500).overdue
    first = [
        min(list(FollowUp).index(FollowUp(test)) for test, _, late in each.due if late <= me.today) for each in found
    ]
    assert first == sorted(first)
