"""A dangerous result waits on the list of the day until a second person, who may sign, has looked at it as it is."""

from datetime import timedelta

import pytest

from poems_registry.domain.access import Permission, Role
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.records import Encounter, Person
from poems_registry.services.access import SignedIn
from poems_registry.services.patients import PatientService
from poems_registry.services.results import ResultService
from poems_registry.services.worklist import WorklistService
from poems_registry.storage import audit, people, worklist
from poems_registry.system.clock import FixedClock
from tests.integration.services.conftest import SignIn
from tests.integration.services.test_worklist import somebody


def vegf(me: SignedIn, patient_id: int, day: str, value: str) -> Encounter:
    """A VEGF in serum that somebody types as the result of a sample."""
    sheet = VisitDraft(on=day, fields={"vegf_serum": FieldDraft(value, doubt_confirmed=True)})
    return ResultService(me).record(patient_id, sheet)[0]


def waiting(me: SignedIn, patient_id: int) -> list[str]:
    """The values that wait for somebody to look at them, without their unit."""
    found = WorklistService(me).today().results
    return [each.alert.value.split("\u00a0")[0] for each in found if each.whose.patient_id == patient_id]


def looks(me: SignedIn, patient_id: int) -> bool:
    """The person opens the tab of results."""
    return PatientService(me).see_results(patient_id)


def second_clinician(me: SignedIn) -> None:
    """Somebody else who may sign."""
    with me.store.writing(me.actor) as session:
        may = frozenset({Permission.VIEW_CLINICAL, Permission.SIGN})
        people.add(session, Person(user="second", name="Dr B Second", role=Role.CLINICIAN, permissions=may))


@pytest.fixture
def patient_id(sign_in: SignIn) -> int:
    """A living patient of whom every result that waited was seen."""
    me = sign_in("rahman")
    patient_id = somebody(me)
    looks(me, patient_id)
    assert waiting(me, patient_id) == []
    return patient_id


def test_the_nurse_who_types_a_high_result_does_not_take_it_from_the_clinicians_list(
    sign_in: SignIn, patient_id: int
) -> None:
    nurse = sign_in("okoro")
    vegf(nurse, patient_id, "19-Nov-2026", "20000")
    assert not looks(nurse, patient_id)
    assert waiting(nurse, patient_id) == ["20,000"]
    clinician = sign_in("rahman")
    assert waiting(clinician, patient_id) == ["20,000"]
    assert looks(clinician, patient_id)
    assert waiting(clinician, patient_id) == []


def test_who_typed_a_high_result_is_not_the_one_who_saw_it_where_a_second_clinician_may_sign(
    sign_in: SignIn, patient_id: int
) -> None:
    me = sign_in("rahman")
    second_clinician(me)
    vegf(me, patient_id, "19-Nov-2026", "20000")
    assert not looks(me, patient_id)
    assert waiting(me, patient_id) == ["20,000"]


def test_in_a_clinic_with_one_clinician_what_they_typed_does_not_wait_for_ever(
    sign_in: SignIn, patient_id: int
) -> None:
    me = sign_in("rahman")
    vegf(me, patient_id, "19-Nov-2026", "20000")
    assert waiting(me, patient_id) == ["20,000"]
    assert looks(me, patient_id)
    assert waiting(me, patient_id) == []


def test_a_seen_result_that_is_corrected_upwards_waits_again_until_somebody_looks_again(
    sign_in: SignIn, clock: FixedClock, patient_id: int
) -> None:
    sample = vegf(sign_in("okoro"), patient_id, "19-Nov-2026", "2000")
    assert looks(sign_in("rahman"), patient_id)
    clock.at += timedelta(hours=1)
    nurse = sign_in("okoro")
    typed = FieldDraft("20000", doubt_confirmed=True)
    ResultService(nurse).correct(patient_id, sample, "vegf_serum", typed, "decimal slip")
    clinician = sign_in("rahman")
    assert waiting(clinician, patient_id) == ["20,000"]
    clock.at += timedelta(hours=1)
    assert looks(clinician, patient_id)
    assert waiting(clinician, patient_id) == []
    assert not looks(clinician, patient_id)
    with clinician.store.reading() as session:
        told = [e for e in audit.entries(session) if (e.object, e.object_id) == ("result_seen", str(sample.id))]
    assert [(each.action, each.actor) for each in told] == [("view", "Dr A Rahman"), ("create", "Dr A Rahman")]


def test_a_later_normal_result_does_not_hide_a_dangerous_one_that_nobody_saw(sign_in: SignIn, patient_id: int) -> None:
    nurse = sign_in("okoro")
    vegf(nurse, patient_id, "17-Nov-2026", "20000")
    vegf(nurse, patient_id, "19-Nov-2026", "500")
    clinician = sign_in("rahman")
    assert waiting(clinician, patient_id) == ["20,000"]
    assert looks(clinician, patient_id)
    assert waiting(clinician, patient_id) == []


def test_each_of_two_dangerous_results_waits_and_one_older_than_a_year_does_not(
    sign_in: SignIn, patient_id: int
) -> None:
    nurse = sign_in("okoro")
    for day, value in (("20-Oct-2025", "30000"), ("18-Nov-2026", "20000"), ("19-Nov-2026", "25000")):
        vegf(nurse, patient_id, day, value)
    assert waiting(nurse, patient_id) == ["25,000", "20,000"]


def test_two_people_who_open_the_same_results_at_once_both_have_seen_them(sign_in: SignIn, patient_id: int) -> None:
    sample = vegf(sign_in("okoro"), patient_id, "19-Nov-2026", "20000")
    me = sign_in("rahman")
    for _ in range(2):  # each had read that nobody saw it yet
        with me.store.writing(me.actor) as session:
            worklist.mark_seen(session, [sample.id], me.person.id, me.clock.now())
    assert waiting(me, patient_id) == []
