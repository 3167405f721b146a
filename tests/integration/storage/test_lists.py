"""What the lists read, alike on both engines: outdated, overdue, undecided, not seen; a person's own filters."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotFound
from poems_registry.domain.records import Patient
from poems_registry.storage import audit, encounters, patients, people, saved_filters, standing, worklist
from poems_registry.storage.failures import DatabaseRefused
from poems_registry.storage.standing import Alert, Standing
from poems_registry.storage.tables.encounter import ResultSeenRow
from poems_registry.storage.unit_of_work import Session, Store
from tests.integration.storage.made_up import NURSE, PERSON, slot_of, visit

TODAY = date(2026, 11, 22)
LATE = ("vegf", TODAY - timedelta(days=30), TODAY - timedelta(days=5))
SOON = ("review", TODAY + timedelta(days=3), TODAY + timedelta(days=9))


def somebody(session: Session, name: str, **kept: object) -> int:
    """A patient with what is kept about them."""
    added = patients.add(session, Patient(family_name=name))
    standing.write(session, [Standing(added.id, **kept)])  # type: ignore[arg-type]
    return added.id


def test_the_longest_overdue_come_first_and_the_others_are_counted(store: Store) -> None:
    with store.writing(NURSE) as session:
        longer = ("bloods", TODAY - timedelta(days=90), TODAY - timedelta(days=60))
        late = [somebody(session, "Late", due=(LATE, SOON)), somebody(session, "Later", due=(longer,))]
        somebody(session, "Soon", due=(SOON,))
        somebody(session, "Tomorrow", due=(("vegf", TODAY, TODAY + timedelta(days=1)),))
        dead = somebody(session, "Gone", due=(LATE,))
        patients.save(session, _with_death(patients.load(session, dead)))
    with store.reading() as session:
        rows, total = worklist.overdue(session, TODAY, 10)
        assert [each.whose.patient_id for each in rows] == late[::-1]
        assert total == 2
        assert rows[1].due == (LATE, SOON)
        few, total = worklist.overdue(session, TODAY, 1)
        assert ([each.whose.name for each in few], total) == (["LATER"], 2)


def _with_death(patient: Patient) -> Patient:
    return replace(patient, died=PartialDate(2026, 1, 1))


def test_who_was_never_seen_is_not_undecided(store: Store) -> None:
    with store.writing(NURSE) as session:
        seen = somebody(
            session, "Seen", verdict="cannot_tell", verdict_hint="Decided by VEGF", last_visit=TODAY - timedelta(days=9)
        )
        somebody(session, "Never", verdict="cannot_tell")
        somebody(session, "Met", verdict="met", last_visit=TODAY)
    with store.reading() as session:
        rows, total = worklist.cannot_tell(session, 10)
        assert [(each.whose.patient_id, each.hint) for each in rows] == [(seen, "Decided by VEGF")]
        assert total == 1


def test_a_result_waits_until_one_person_saw_it_and_who_that_was_is_audited(store: Store) -> None:
    with store.writing(NURSE) as session:
        me = people.add(session, PERSON)
        ann = patients.add(session, Patient(family_name="Smith"))
        sample = encounters.add(session, slot_of, visit(ann.id))
        alert = Alert("vegf_serum", "1,905 pg/mL", "1,771", date(2026, 10, 27), sample.id)
        standing.write(session, [Standing(ann.id, alerts=(alert,))])
    with store.reading() as session:
        (waits,) = worklist.not_seen(session)
        assert (waits.whose.patient_id, waits.alert) == (ann.id, alert)
        assert worklist.unseen_of(session, ann.id) == (sample.id,)
    with store.writing(NURSE) as session:
        worklist.mark_seen(session, [sample.id], me.id, audit.trail_of(session).at)
    with store.reading() as session:
        assert worklist.not_seen(session) == ()
        assert worklist.unseen_of(session, ann.id) == ()
        noted = [each for each in audit.entries(session) if each.object == "result_seen"]
        assert [(each.actor, each.object_id) for each in noted] == [(NURSE.name, str(sample.id))]
    with pytest.raises(DatabaseRefused), store.writing(NURSE) as session:
        session.execute(delete(ResultSeenRow).execution_options(noted=True))


def test_a_result_that_was_changed_after_it_was_seen_waits_for_another_look(store: Store) -> None:
    with store.writing(NURSE) as session:
        me = people.add(session, PERSON)
        ann = patients.add(session, Patient(family_name="Smith"))
        sample = encounters.add(session, slot_of, visit(ann.id))
        alert = Alert("vegf_serum", "1,905 pg/mL", "1,771", date(2026, 10, 27), sample.id)
        standing.write(session, [Standing(ann.id, alerts=(alert,))])
    waits = []
    for change in (False, True, False):
        with store.writing(NURSE) as session:
            if change:
                encounters.save(session, slot_of, encounters.load(session, sample.id))
            waits.append(worklist.unseen_of(session, ann.id))
            worklist.mark_seen(session, waits[-1], me.id, audit.trail_of(session).at)
    assert waits == [(sample.id,), (sample.id,), ()]


def test_what_time_may_have_changed_is_told_until_it_is_made_anew(store: Store) -> None:
    with store.writing(NURSE) as session:
        turned = somebody(session, "Turned", good_until=TODAY)
        somebody(session, "Holds", good_until=TODAY + timedelta(days=1))
        somebody(session, "Always")
        bare = patients.add(session, Patient(family_name="Bare")).id
    with store.reading() as session:
        assert standing.outdated(session, TODAY, 10) == (turned, bare)
        assert standing.outdated(session, TODAY, 1) == (turned,)
        assert len(standing.outdated(session, TODAY + timedelta(days=1), 10)) == 3


def test_filters_are_their_owners_alone(store: Store) -> None:
    with store.writing(NURSE) as session:
        me = people.add(session, PERSON)
        late = saved_filters.keep(session, me.id, "Late", {"filters": ["overdue"]})
        assert saved_filters.keep(session, me.id, "Late", {"filters": []}) == late
        other = saved_filters.keep(session, me.id, "another", {"query": "ł"})
    with store.writing(NURSE) as session:
        assert [each.name for each in saved_filters.of_person(session, me.id)] == ["another", "Late"]
        assert saved_filters.of_person(session, me.id + 1) == ()
        with pytest.raises(InvalidInput):
            saved_filters.rename(session, me.id, late, "another")
        with pytest.raises(NotFound):
            saved_filters.remove(session, me.id + 1, late)
        saved_filters.rename(session, me.id, late, "Too late")
        saved_filters.remove(session, me.id, other)
    with store.reading() as session:
        (left,) = saved_filters.of_person(session, me.id)
        assert (left.id, left.name, left.content) == (late, "Too late", {"filters": []})
