"""Several PCs on one registry: nobody overwrites anybody, nothing is saved twice, and the audit stays whole."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from random import Random
from threading import Barrier, Thread

import pytest

from poems_registry.domain.access import Permission, Role
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.errors import (
    InvalidInput,
    NotAllowedNow,
    NotPermitted,
    RegistryError,
    StaleRecord,
    WrongPassword,
)
from poems_registry.domain.records import EncounterState, Patient
from poems_registry.services.access import SignedIn
from poems_registry.services.patients import PatientService
from poems_registry.services.registry import NewPerson, open_registry
from poems_registry.services.safekeeping import SafekeepingService
from poems_registry.services.settings import SettingsService
from poems_registry.services.staff import StaffService
from poems_registry.services.visits import VisitService
from poems_registry.system.clock import FixedClock
from tests.integration.server.conftest import NOW, PASSWORD, PEOPLE, Clinic, SignIn, at_floor

NEW = "meadow thimble copper glacier sonnet"
FIVE = {f"{letter}_status": "not_assessed" for letter in "poems"} | {
    "medicines_reviewed": "reviewed",
    "address_checked": "yes",
    "summary": "You walk well.",
}


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all of these in the same moment, each at a PC of its own; what each gave, or how it was refused."""
    barrier, outcomes = Barrier(len(acts)), list[object]([None] * len(acts))

    def act(number: int) -> None:
        barrier.wait()
        try:
            outcomes[number] = acts[number]()
        except RegistryError as refusal:
            outcomes[number] = refusal

    threads = [Thread(target=act, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def kinds(outcomes: list[object]) -> list[str]:
    return sorted("refused" if isinstance(each, RegistryError) else "done" for each in outcomes)


@pytest.fixture
def pcs(sign_in: SignIn) -> tuple[SignedIn, SignedIn]:
    """A neurologist at one PC and a haematologist at another."""
    return sign_in("osei"), sign_in("lund")


@pytest.fixture
def ann(pcs: tuple[SignedIn, SignedIn]) -> Patient:
    saved, _ = PatientService(pcs[0]).add(Patient(family_name="Brien", given_name="Ann"))
    return saved


def test_who_saves_second_is_told_and_overwrites_nothing(pcs: tuple[SignedIn, SignedIn], ann: Patient) -> None:
    here, there = (PatientService(each) for each in pcs)
    seen = there.open(ann.id).file.patient
    saved, _ = here.change(replace(ann, given_name="Anna"))
    with pytest.raises(StaleRecord):
        there.change(replace(seen, family_name="O'Brien"))
    assert there.open(ann.id).file.patient == saved
    again, _ = there.change(replace(saved, family_name="O'Brien"))
    assert (again.given_name, again.family_name) == ("Anna", "O'Brien")


def test_of_two_who_save_in_the_same_moment_one_is_told(pcs: tuple[SignedIn, SignedIn], ann: Patient) -> None:
    services = [PatientService(each) for each in pcs]
    for turn in range(8):
        seen = services[0].open(ann.id).file.patient
        wanted = [replace(seen, given_name=f"Ann {turn} {pc}") for pc in ("here", "there")]
        outcomes = at_once(*(lambda s=s, w=w: s.change(w)[0] for s, w in zip(services, wanted, strict=True)))
        (refused,) = [each for each in outcomes if isinstance(each, RegistryError)]
        (saved,) = [each for each in outcomes if isinstance(each, Patient)]
        assert isinstance(refused, StaleRecord)
        assert services[1].open(ann.id).file.patient == saved


def test_a_visit_begun_at_one_pc_is_seen_at_the_other_and_stays_its_writers(
    pcs: tuple[SignedIn, SignedIn], ann: Patient
) -> None:
    here, there = (VisitService(each) for each in pcs)
    visit = here.open(here.start(ann.id))
    typed = visit.draft.with_field("onls_arm", FieldDraft(text="2"))
    here.keep(visit.encounter.id, ann.id, typed)
    (seen,) = there.open_drafts()
    assert (seen.encounter_id, seen.mine) == (visit.encounter.id, False)
    assert there.open(visit.encounter.id).mine is False
    with pytest.raises(NotAllowedNow, match="Only the person who began"):
        there.keep(visit.encounter.id, ann.id, typed.with_field("onls_arm", FieldDraft(text="3")))
    assert here.open(visit.encounter.id).draft == typed


def test_a_visit_is_signed_once_however_often_it_is_asked_for(sign_in: SignIn, ann: Patient) -> None:
    pcs = [sign_in("osei") for _ in range(3)]  # the same person at three PCs
    first = VisitService(pcs[0])
    visit = first.open(first.start(ann.id))
    draft = visit.draft
    for code, text in FIVE.items():
        draft = draft.with_field(code, FieldDraft(text=text))
    sign = (visit.encounter.id, ann.id, visit.encounter.version, draft, PASSWORD)
    outcomes = at_once(*(lambda pc=pc: VisitService(pc).sign(*sign) for pc in pcs))
    assert kinds(outcomes) == ["done", "refused", "refused"]
    signed = first.open(visit.encounter.id)
    assert signed.encounter.state is EncounterState.SIGNED
    assert SafekeepingService(sign_in("adams")).check().good


def test_two_administrators_who_add_people_at_once_lock_nobody_out(clinic: Clinic, sign_in: SignIn) -> None:
    new = [NewPerson(f"nurse{n}", f"N Nurse {n}", Role.NURSE, NEW) for n in range(4)]
    desks = [StaffService(sign_in(PEOPLE[n % 2].user)) for n in range(4)]
    outcomes = at_once(*(lambda d=d, p=p: d.add(p, at_floor) for d, p in zip(desks, new, strict=True)))
    assert kinds(outcomes) == ["done"] * 4
    for person in new:
        open_registry(clinic.address, person.user, NEW, FixedClock(NOW)).close()
    for person in PEOPLE:
        open_registry(clinic.address, person.user, PASSWORD, FixedClock(NOW)).close()


def test_what_is_taken_from_somebody_counts_at_once_at_every_pc(sign_in: SignIn) -> None:
    keeper, clinician = StaffService(sign_in("adams")), sign_in("osei")
    service = PatientService(clinician)
    ann, _ = service.add(Patient(family_name="Brien", given_name="Ann"))
    keeper.allow("osei", "export_identifiable", granted=True)  # more than before is in nobody's way
    service.open(ann.id)
    keeper.allow("osei", "sign", granted=False)
    with pytest.raises(NotPermitted, match="sign in again"):
        service.change(replace(ann, given_name="Anna"))
    osei = next(each for each in keeper.everyone() if each.user == "osei")
    keeper.change(osei, replace(osei, active=False))
    with pytest.raises(NotPermitted, match="any more"):
        service.open(ann.id)
    assert PatientService(sign_in("lund")).open(ann.id).file.patient == ann


def test_of_two_who_take_one_user_name_at_once_one_gets_it(clinic: Clinic, sign_in: SignIn) -> None:
    same = [NewPerson("okoro", "N Okoro", Role.NURSE, NEW), NewPerson("Okoro", "M Okoro", Role.NURSE, f"{NEW} two")]
    desks = [StaffService(sign_in(each.user)) for each in PEOPLE[:2]]
    outcomes = at_once(*(lambda d=d, p=p: d.add(p, at_floor) for d, p in zip(desks, same, strict=True)))
    assert kinds(outcomes) == ["done", "refused"]
    (winner,) = [n for n, each in enumerate(outcomes) if not isinstance(each, RegistryError)]
    assert isinstance(outcomes[1 - winner], InvalidInput)
    with closing(open_registry(clinic.address, "okoro", same[winner].password, FixedClock(NOW))) as signed_in:
        assert signed_in.person.name == same[winner].name
    with pytest.raises(WrongPassword):
        open_registry(clinic.address, "okoro", same[1 - winner].password, FixedClock(NOW))


def test_two_administrators_who_each_dismiss_another_leave_two(sign_in: SignIn) -> None:
    here, there = (StaffService(sign_in(each.user)) for each in PEOPLE[:2])
    here.allow("lund", "manage", granted=True)
    people = {each.user: each for each in here.everyone()}
    baker, lund = people["baker"], people["lund"]
    outcomes = at_once(
        lambda: here.change(baker, replace(baker, active=False)),
        lambda: there.change(lund, replace(lund, active=False)),
    )
    assert kinds(outcomes) == ["done", "refused"]
    keepers = [each.user for each in here.everyone() if each.active and Permission.MANAGE in each.permissions]
    assert len(keepers) == 2


def test_guesses_made_at_many_pcs_at_once_are_all_counted(clinic: Clinic) -> None:
    def guess() -> None:
        open_registry(clinic.address, "osei", "not the password", FixedClock(NOW))

    outcomes = at_once(*([guess] * 4))
    waits = sorted(each.wait_seconds for each in outcomes if isinstance(each, WrongPassword))
    assert waits == [1, 1, 1, 1]  # one was tried; the others were told to wait for it, whatever their password
    later = FixedClock(NOW.replace(second=1))
    with pytest.raises(WrongPassword) as refused:
        open_registry(clinic.address, "osei", "not the password", later)
    assert refused.value.wait_seconds == 2


def test_a_threshold_is_changed_by_one_of_two_at_once(sign_in: SignIn) -> None:
    here, there = (SettingsService(sign_in(each.user)) for each in PEOPLE[:2])
    outcomes = at_once(
        lambda: here.change("platelets", "400", 0, confirmed=True),
        lambda: there.change("platelets", "500", 0, confirmed=True),
    )
    assert kinds(outcomes) == ["done", "refused"]
    row = next(row for row in here.everything() if row.threshold.name == "platelets")
    assert (row.value, row.version) == (("400", 1) if not isinstance(outcomes[0], RegistryError) else ("500", 1))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_several_people_do_at_once_no_save_is_lost_and_the_audit_is_whole(
    clinic: Clinic, sign_in: SignIn, seed: int
) -> None:
    first = PatientService(sign_in("osei"))
    ids = [first.add(Patient(family_name=f"Patient {n}", given_name="0"))[0].id for n in range(2)]

    def busy(number: int) -> int:
        """Count one up in a patient's given name, as often as it is accepted."""
        chance, saved = Random(seed * 10 + number), 0
        signed_in = open_registry(clinic.address, ("osei", "lund")[number % 2], PASSWORD, FixedClock(NOW))
        service = PatientService(signed_in)
        for _ in range(12):
            patient = service.open(chance.choice(ids)).file.patient
            try:
                service.change(replace(patient, given_name=str(int(patient.given_name) + 1)))
                saved += 1
            except StaleRecord:
                continue
        signed_in.close()
        return saved

    outcomes = at_once(*(lambda n=n: busy(n) for n in range(3)))
    confirmed = sum(each for each in outcomes if isinstance(each, int))
    stored = sum(int(first.open(patient_id).file.patient.given_name) for patient_id in ids)
    assert stored == confirmed > 12
    checked = SafekeepingService(sign_in("adams")).check()
    assert checked.problems == ()
