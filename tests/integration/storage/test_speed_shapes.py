"""Not times but shapes: how many statements a thing takes must not grow with the number of rows."""

from collections.abc import Callable
from datetime import date
from functools import partial

from sqlalchemy import event

from poems_registry.domain.records import Patient
from poems_registry.storage import encounters, files, patients, search
from poems_registry.storage.unit_of_work import Store
from tests.integration.storage.made_up import NURSE, slot_of, visit


def statements(store: Store, work: Callable[[], object]) -> int:
    """How many statements the work sends."""
    sent: list[str] = []

    def hear(*told: object) -> None:
        sent.append(str(told[2]))

    event.listen(store.engine, "before_cursor_execute", hear)
    work()
    event.remove(store.engine, "before_cursor_execute", hear)
    return len(sent)


def test_opening_a_patient_takes_as_many_statements_with_twenty_visits_as_with_one(file_store: Store) -> None:
    with file_store.writing(NURSE) as session:
        few, many = patients.add_many(session, [Patient(family_name="Few"), Patient(family_name="Many")])
        encounters.add(session, slot_of, visit(few.id))
        encounters.add_many(session, slot_of, [visit(many.id, date(2020, 1, day + 1)) for day in range(20)])

    def open_one(patient_id: int) -> None:
        with file_store.reading() as session:
            files.load_file(session, patient_id)

    once, often = (statements(file_store, partial(open_one, each.id)) for each in (few, many))
    assert once == often <= 16  # one for each kind of thing a record holds


def test_adding_many_visits_and_listing_many_patients_takes_few_statements(file_store: Store) -> None:
    with file_store.writing(NURSE) as session:
        added = patients.add_many(session, [Patient(family_name=f"N{n}") for n in range(100)])

    def add(count: int) -> None:
        with file_store.writing(NURSE) as session:
            encounters.add_many(session, slot_of, [visit(each.id) for each in added[:count]])

    assert statements(file_store, lambda: add(100)) == statements(file_store, lambda: add(1)) <= 10

    def find(query: str) -> None:
        with file_store.reading() as session:
            search.find(session, query, date(2026, 11, 22))

    assert statements(file_store, lambda: find("n1")) <= 3


def test_a_search_in_a_file_reads_names_without_reading_whole_rows(file_store: Store) -> None:
    sent: list[tuple[str, object]] = []

    def hear(*told: object) -> None:
        sent.append((str(told[2]), told[3]))

    event.listen(file_store.engine, "before_cursor_execute", hear)
    with file_store.reading() as session:
        search.find(session, "smith ann", date(2026, 11, 22), limit=28)
        search.count(session, "smith ann", date(2026, 11, 22))
    event.remove(file_store.engine, "before_cursor_execute", hear)
    asked = [each for each in sent if "search_text" in each[0]]
    assert len(asked) == 2
    with file_store.engine.connect() as connection:
        for statement, values in asked:
            assert isinstance(values, tuple)
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            assert "ix_patient_listed" in str(plan[0])
