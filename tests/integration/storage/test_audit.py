"""Every change and every look is in the trail, in the same transaction, and no entry can be altered unnoticed."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update

from poems_registry.domain.errors import RegistryError
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import EncounterState, LetterRecord, Patient
from poems_registry.storage import audit, drafts, encounters, letters, patients, people, standing, triggers
from poems_registry.storage.engine import is_file
from poems_registry.storage.failures import DatabaseRefused
from poems_registry.storage.tables.encounter import EncounterRow
from poems_registry.storage.tables.patient import PatientRow
from poems_registry.storage.tables.trail import AuditHeadRow, AuditRow
from poems_registry.storage.unit_of_work import Store
from tests.integration.storage.made_up import ANN, AUDIT_KEY, FINDINGS, NURSE, PERSON, SIGNATURE, slot_of, visit


def trail(store: Store) -> list[audit.AuditEntry]:
    """All entries, oldest first."""
    with store.reading() as session:
        return list(audit.entries(session, limit=1000))[::-1]


def breaks(store: Store, after: int = 0) -> list[audit.Break]:
    with store.reading() as session:
        return audit.verify(session, AUDIT_KEY, after)


def test_a_new_patient_is_one_entry_that_says_everything(store: Store) -> None:
    with store.writing(NURSE, "referral") as session:
        ann = patients.add(session, replace(ANN, hospital_numbers=()))
    (entry,) = trail(store)
    assert (entry.seq, entry.action, entry.object, entry.object_id, entry.patient_id) == (
        1, "create", "patient", str(ann.id), ann.id,
    )  # fmt: skip
    assert (entry.actor, entry.role, entry.pc, entry.reason, entry.outcome) == (
        "Nurse K.", "nurse", "WARD-3", "referral", "done",
    )  # fmt: skip
    said = json.loads(entry.new)
    assert (said["family_name"], said["born"], said["nhs_number"]) == (ANN.family_name, "1955-07-14", ANN.nhs_number)
    assert "search_text" not in said


def test_a_change_holds_the_changed_fields_only_old_and_new(store: Store) -> None:
    with store.writing(NURSE) as session:
        ann = patients.add(session, ANN)
    with store.writing(NURSE) as session:
        patients.save(session, replace(ann, phone="07700 900123", born=None))
    entry = trail(store)[-1]
    assert (entry.action, entry.object, entry.object_version) == ("change", "patient", 2)
    assert json.loads(entry.old) == {"phone": "020 7946 0123", "born": "1955-07-14"}
    assert json.loads(entry.new) == {"phone": "07700 900123", "born": None}


def test_a_visit_is_one_entry_with_all_its_findings(store: Store) -> None:
    with store.writing(NURSE) as session:
        ann = patients.add(session, ANN)
        count = len(audit.trail_of(session).entries)
        added = encounters.add(session, slot_of, visit(ann.id))
        assert len(audit.trail_of(session).entries) == count + 1
    entry = trail(store)[-1]
    assert (entry.action, entry.object, entry.object_id) == ("create", "encounter", str(added.id))
    said = json.loads(entry.new)
    assert set(said["findings"]) == {f.item + (f"#{f.instance}" if f.instance else "") for f in FINDINGS}
    vegf = said["findings"]["vegf_plasma"]
    assert (vegf["number"], vegf["sign"], vegf["assay"]) == (31.0, "<", "R&D")
    assert said["findings"]["tlco"]["state"] == "not_done"
    assert [line["name"] for line in said["medicines"]] == ["Lenalidomide", "Aspirin"]


def test_each_changed_finding_is_an_entry_and_a_removed_one_keeps_what_it_said(store: Store) -> None:
    with store.writing(NURSE) as session:
        ann = patients.add(session, ANN)
        added = encounters.add(session, slot_of, visit(ann.id))
    before = len(trail(store))
    kept = tuple(f for f in added.findings if f.item not in ("weight", "story"))
    with store.writing(NURSE) as session:
        wanted = (*kept, Finding("weight", 71.0), Finding("height", 168.0))
        encounters.save(session, slot_of, replace(added, findings=wanted))
    new = {(e.action, e.object_id): e for e in trail(store)[before:]}
    weight = new["change", f"{added.id}/weight"]
    assert (json.loads(weight.old)["number"], json.loads(weight.new)["number"]) == (70.5, 71.0)
    assert "Ångström" in json.loads(new["delete", f"{added.id}/story"].old)["text"]
    assert json.loads(new["record", str(added.id)].new)["height"]["number"] == 168.0
    assert len(new) == 3
    assert {e.patient_id for e in new.values()} == {ann.id}


def test_saving_what_is_stored_already_adds_no_entry(store: Store) -> None:
    with store.writing(NURSE) as session:
        ann = patients.add(session, ANN)
        added = encounters.add(session, slot_of, visit(ann.id))
    before = len(trail(store))
    with store.writing(NURSE) as session:
        encounters.save(session, slot_of, added)
        patients.save(session, ann)
    assert len(trail(store)) == before


def test_drafts_and_projections_are_not_audited(store: Store) -> None:
    with store.writing(NURSE) as session:
        person = people.add(session, PERSON)
        ann = patients.add(session, ANN)
        added = encounters.add(session, slot_of, visit(ann.id, state=EncounterState.DRAFT))
    before = len(trail(store))
    with store.writing(NURSE) as session:
        drafts.save_draft(session, added.id, person.id, {"a": 1})
        standing.write(session, [standing.Standing(ann.id)])
    assert len(trail(store)) == before


def test_a_look_is_an_entry_too(store: Store) -> None:
    with store.writing(NURSE) as session:
        audit.record_event(session, "search", terms="smith", hits=2)
        audit.record_event(session, "sign_in", about=("person", "3"), outcome="refused")
    search, sign_in = trail(store)
    assert (search.action, json.loads(search.new), search.outcome) == ("search", {"terms": "smith", "hits": 2}, "done")
    assert (sign_in.object, sign_in.object_id, sign_in.outcome, sign_in.new) == ("person", "3", "refused", "")


def test_what_failed_leaves_neither_change_nor_entry(store: Store) -> None:
    def add_and_fail() -> None:
        with store.writing(NURSE) as session:
            patients.add(session, ANN)
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()
    with store.reading() as session:
        assert patients.count(session) == 0
        assert audit.head(session) == (0, audit.FIRST_MAC)
    assert trail(store) == []


def test_the_chain_holds_over_many_transactions_and_its_head_is_known_before_the_next(store: Store) -> None:
    for number in range(5):
        with store.writing(NURSE) as session:
            seen = audit.head(session)
            patients.add_many(session, [Patient(family_name=f"M{number}"), Patient(family_name=f"N{number}")])
            assert audit.head(session) == seen
    assert breaks(store) == []
    assert breaks(store, after=4) == []
    with store.reading() as session:
        assert audit.head(session)[0] == 10
        assert audit.verify(session, bytes(32)) != []


BENDS: dict[str, Any] = {
    "mac": "f" * 64, "actor": "Somebody else", "role": "admin", "pc": "X", "action": "view", "patient_id": 99,
    "object": "x", "object_id": "x", "object_version": 99, "old": "{}", "new": "{}", "reason": "x", "outcome": "x",
    "actor_id": 99,
}  # fmt: skip


def bend(store: Store, *statements: Any) -> None:
    """Change the trail as somebody with the key and an SQL tool could: triggers off first."""
    with store.engine.connect() as connection, connection.begin():
        for name in ("audit_no_update", "audit_no_delete"):
            on = "" if is_file(connection) else " ON audit"
            connection.execute(text(f"DROP TRIGGER {name}{on}"))
        for statement in statements:
            connection.execute(statement)
        triggers.remake(connection)


def three_entries(store: Store) -> None:
    for family in ("A", "B", "C"):
        with store.writing(NURSE) as session:
            patients.add(session, Patient(family_name=family))


@pytest.mark.parametrize("column", BENDS)
def test_an_altered_column_of_an_entry_is_found(file_store: Store, column: str) -> None:
    three_entries(file_store)
    bend(file_store, update(AuditRow).where(AuditRow.seq == 2).values({column: BENDS[column]}))
    assert 2 in {each.seq for each in breaks(file_store)}


def test_a_removed_entry_and_a_cut_tail_are_found(store: Store) -> None:
    three_entries(store)
    bend(store, delete(AuditRow).where(AuditRow.seq == 3))
    assert breaks(store) == [audit.Break(3, "1 entries are missing at the end")]
    bend(store, delete(AuditRow).where(AuditRow.seq == 1))
    assert audit.Break(1, "1 entries are missing") in breaks(store)
    assert breaks(store, after=1) == [audit.Break(1, "the entry is missing")]


def test_a_head_that_was_put_back_is_found(store: Store) -> None:
    three_entries(store)
    with store.reading() as session:
        earlier = session.execute(select(AuditRow.mac).where(AuditRow.seq == 2)).scalar_one()
    bend(store, update(AuditHeadRow).values(seq=2, mac=earlier))
    assert breaks(store) == [audit.Break(3, "the last entry is not the one that was confirmed")]


def test_the_database_itself_refuses_to_alter_the_trail_or_delete_a_record(store: Store) -> None:
    with store.writing(NURSE) as session:
        ann = patients.add(session, ANN)
        added = encounters.add(session, slot_of, visit(ann.id))
        encounters.sign(session, added.id, added.version, SIGNATURE, None)
        card = letters.add(session, LetterRecord(patient_id=ann.id, encounter_id=added.id))
        pages = letters.SignedPages(b"%PDF", "words", "{}", "clinic-1", 1)
        letters.store_signed(session, card.id, card.row_version, pages, SIGNATURE, "")
    for statement in (
        "UPDATE audit SET actor = 'X'",
        "DELETE FROM audit",
        "UPDATE letter_page SET plain = 'X'",
        "DELETE FROM letter_page",
        "DELETE FROM letter",
        "DELETE FROM encounter",
        "DELETE FROM patient",
        "DELETE FROM audit_head",
    ):
        with pytest.raises(DatabaseRefused), store.writing(NURSE) as session:
            session.execute(text(statement))
    assert breaks(store) == []


def test_a_bulk_change_that_nobody_noted_is_refused(store: Store) -> None:
    for statement in (
        insert(EncounterRow.__table__).values(uid="x"),  # type: ignore[arg-type]
        update(PatientRow).values(phone="x"),
        delete(PatientRow),
    ):
        with pytest.raises(RuntimeError, match="would not be audited"), store.writing(NURSE) as session:
            session.execute(statement)


def test_a_reading_session_cannot_write(store: Store) -> None:
    def write() -> None:
        with store.reading() as session:
            session.add(PatientRow(uid="x"))
            session.flush()

    with pytest.raises((RuntimeError, RegistryError)):
        write()
    with store.reading() as session:
        assert patients.count(session) == 0
