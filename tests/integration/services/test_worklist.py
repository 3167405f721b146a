"""What waits for a person is read from what stands beside the records, and shows a role no more than it may know."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import NotPermitted, NotSaved
from poems_registry.domain.findings import Finding
from poems_registry.domain.follow_up import FollowUp
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState
from poems_registry.services.access import SignedIn
from poems_registry.services.patients import PatientFilter, PatientService
from poems_registry.services.visits import VisitService
from poems_registry.services.worklist import MOST, ListGroup, ListLine, WorklistService
from poems_registry.storage import audit
from poems_registry.storage.files import load_files
from poems_registry.system.clock import FixedClock
from tests.integration.pages.reading import page_texts
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


def test_mine_holds_what_waits_of_those_whom_one_saw_last_and_everyone_still_holds_all(sign_in: SignIn) -> None:
    every = {user: WorklistService(sign_in(user)).today(MOST) for user in ("rahman", "okoro")}
    mine = {user: WorklistService(sign_in(user)).today(MOST, mine=True) for user in ("rahman", "okoro")}
    me = sign_in("rahman")
    with me.store.reading() as session:
        files = list(load_files(session, items=()))
    signed = {
        file.patient.id: visits[-1].signature
        for file in files
        if (visits := [e for e in file.counted if e.kind is EncounterKind.CLINIC and e.signature is not None])
    }
    own = {patient_id for patient_id, by in signed.items() if by is not None and by.name == me.person.name}
    wanted, found = every["rahman"], mine["rahman"]
    assert [each.whose for each in found.overdue] == [e.whose for e in wanted.overdue if e.whose.patient_id in own]
    assert found.undecided == tuple(e for e in wanted.undecided if e.whose.patient_id in own)
    assert found.overdue_total == len(found.overdue) > 0
    assert (found.mine, found.others) == (wanted.mine, ())
    assert set(found.letters) <= set(wanted.letters)
    assert (mine["okoro"].overdue, mine["okoro"].letters) == ((), ()), "the nurse has signed no visit"
    assert every["okoro"].overdue
    few = WorklistService(me).today(1, mine=True)
    assert (len(few.overdue), few.total) == (1, found.total)
    patient_id, nurse = somebody(me), sign_in("okoro")
    draft = VisitService(nurse).start(patient_id)
    assert draft in {each.encounter_id for each in WorklistService(nurse).today(mine=True).mine}


def test_the_printed_list_holds_names_and_neither_its_name_nor_its_title_does(sign_in: SignIn, tmp_path: Path) -> None:
    me, path = sign_in("okoro"), tmp_path / "list-of-the-day.pdf"
    who = somebody(me)
    line = ListLine(
        "SMITH, Ann (Mrs)", "Born 14-Jul-1955 (71y)", "999\u00a0000\u00a00050", "No letter yet", "day 4 of 7", who
    )
    WorklistService(me).print_list(path, [ListGroup("Letters, 7 days", (line,) * 60, 61)], "Everything that waits.")
    content = path.read_bytes()
    pages = page_texts(content)
    assert len(pages) > 1
    assert all("SMITH, Ann" in page and "shred after use" in page for page in pages)
    assert "60 of 61" in pages[0]
    with pikepdf.open(path) as pdf:
        said = " ".join([*map(str, pdf.docinfo.values()), str(pdf.open_metadata())]) if pdf.docinfo else ""
    assert "SMITH" not in said
    assert "9990000050" not in said.replace("\u00a0", "")
    with me.store.reading() as session:
        noted = [entry for entry in audit.entries_of(session, "print") if entry.object == "worklist"]
    assert [each.patient_id for each in noted] == [None, who]
    assert "SMITH" not in str(noted)


def test_who_may_not_print_letters_prints_no_list_and_nothing_appears(sign_in: SignIn, tmp_path: Path) -> None:
    me = sign_in("okoro")
    without = replace(me, person=replace(me.person, permissions=me.person.permissions - {Permission.PRINT_LETTERS}))
    with pytest.raises(NotPermitted):
        WorklistService(without).print_list(tmp_path / "list.pdf", [], "")
    with pytest.raises(NotSaved):
        WorklistService(me).print_list(tmp_path / "missing" / "list.pdf", [], "")
    assert list(tmp_path.rglob("*.pdf")) == []


@pytest.mark.parametrize("user", ["rahman", "okoro", "castellan"])
def test_every_role_has_a_list_of_its_own(sign_in: SignIn, user: str) -> None:
    mine, every = (WorklistService(sign_in(user)).today(mine=each) for each in (True, False))
    assert mine.total <= every.total
