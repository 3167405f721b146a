"""A signed visit is amended by a new version; what was signed before stays exactly as it was, on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from poems_registry.domain.errors import CannotOpen, NotAllowedNow, NotFound, StaleRecord
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient
from poems_registry.storage import audit, drafts, encounter_versions, encounters, files, form_drafts, patients, people
from poems_registry.storage.form_drafts import FormKey
from poems_registry.storage.unit_of_work import Store
from tests.integration.storage.made_up import ANN, AUDIT_KEY, NURSE, PERSON, SIGNATURE, VERDICT, slot_of, visit

LATER = replace(SIGNATURE, name="Dr B. Other", at=SIGNATURE.at + timedelta(days=3))
OTHER_VERDICT = replace(VERDICT, rule_a="cannot_tell")
Signed = tuple[Patient, Encounter]


@pytest.fixture
def signed(store: Store) -> Signed:
    with store.writing(NURSE) as session:
        ann = patients.add(session, ANN)
        added = encounters.add(session, slot_of, visit(ann.id))
        return ann, encounters.sign(session, added.id, added.version, SIGNATURE, VERDICT)


def heavier(encounter: Encounter) -> Encounter:
    findings = [each for each in encounter.findings if each.item != "weight"]
    return replace(encounter, findings=(*findings, Finding("weight", 71.0)), time="15:00", medicines=())


def amended(store: Store, before: Encounter, reason: str = "The weight was another person's") -> Encounter:
    with store.writing(NURSE, reason) as session:
        changed = encounters.amend(session, slot_of, heavier(before), reason)
        return encounters.sign_again(session, changed.id, changed.version, LATER, OTHER_VERDICT)


def test_an_amended_visit_says_the_new_and_its_first_version_stays_word_for_word(store: Store, signed: Signed) -> None:
    _, first = signed
    now = amended(store, first)
    assert (now.version_number, now.amend_reason, now.signature) == (2, "The weight was another person's", LATER)
    assert (now.verdict, now.time, now.medicines) == (OTHER_VERDICT, "15:00", ())
    assert [(each.number, each.name, each.reason) for each in now.earlier] == [(1, SIGNATURE.name, "")]
    with store.reading() as session:
        assert encounter_versions.load(session, first.id, 1) == first
        assert encounter_versions.load(session, first.id, 2) == now
        with pytest.raises(NotFound):
            encounter_versions.load(session, first.id, 3)
        (in_file,) = files.load_file(session, first.patient_id).encounters
    assert (in_file, in_file.earlier) == (now, now.earlier)


def test_what_is_said_again_keeps_who_recorded_it_and_when(store: Store, signed: Signed) -> None:
    _, first = signed
    now = amended(store, first)
    same = [each for each in now.findings if each.item != "weight"]
    assert same == [each for each in first.findings if each.item != "weight"]


def test_each_old_and_new_value_of_an_amendment_stands_in_the_audit_with_its_reason(
    store: Store, signed: Signed
) -> None:
    _, first = signed
    amended(store, first)
    with store.reading() as session:
        told = [e for e in audit.entries(session, first.patient_id) if e.reason == "The weight was another person's"]
        assert audit.verify(session, AUDIT_KEY) == []
    weight = next(e for e in told if e.object == "observation")
    assert ('"number":71.0' in weight.new, '"number":' in weight.old) == (True, True)
    assert any(e.object == "medicine" and e.old for e in told)
    assert any(e.object == "encounter_version" and "sha256" in e.new for e in told)


def test_a_visit_that_was_signed_before_there_were_versions_is_frozen_when_it_is_amended(
    store: Store, signed: Signed
) -> None:
    ann, known = signed
    with store.writing(NURSE) as session:
        brought_in = replace(known, id=0, uid="", patient_id=ann.id)
        (visit_id,) = encounters.add_many(session, slot_of, [brought_in])
    with store.reading() as session:
        before = encounters.load(session, visit_id)
        with pytest.raises(NotFound):
            encounter_versions.load(session, visit_id, 1)
    amended(store, before)
    with store.reading() as session:
        assert encounter_versions.load(session, visit_id, 1) == before


def test_a_third_version_keeps_the_first_two(store: Store, signed: Signed) -> None:
    _, first = signed
    second = amended(store, first)
    with store.writing(NURSE, "again") as session:
        changed = encounters.amend(session, slot_of, replace(second, findings=first.findings), "again")
        third = encounters.sign_again(session, changed.id, changed.version, LATER, VERDICT)
    assert [(each.number, each.reason) for each in third.earlier] == [(1, ""), (2, second.amend_reason)]
    with store.reading() as session:
        assert encounter_versions.load(session, first.id, 2).finding("weight") == second.finding("weight")


def test_nobody_amends_what_somebody_else_changed_meanwhile(store: Store, signed: Signed) -> None:
    _, first = signed
    now = amended(store, first)
    with pytest.raises(StaleRecord), store.writing(NURSE) as session:
        encounters.amend(session, slot_of, first, "late")
    with store.reading() as session:
        assert encounters.load(session, first.id) == now


def test_only_a_signed_visit_can_be_amended(store: Store, signed: Signed) -> None:
    ann, _ = signed
    with store.writing(NURSE) as session:
        added = encounters.add(session, slot_of, visit(ann.id))
    with pytest.raises(NotAllowedNow, match="signed visit"), store.writing(NURSE) as session:
        encounters.amend(session, slot_of, added, "why")


@pytest.mark.parametrize("act", ["UPDATE encounter_version SET document = '{}'", "DELETE FROM encounter_version"])
def test_the_database_itself_refuses_to_change_a_signed_version(store: Store, signed: Signed, act: str) -> None:
    with pytest.raises(DBAPIError), store.engine.connect() as connection, connection.begin():
        connection.execute(text(act))
    with store.reading() as session:
        assert encounter_versions.load(session, signed[1].id, 1) == signed[1]


def test_a_version_that_was_tampered_with_is_not_shown_as_signed(file_store: Store) -> None:
    with file_store.writing(NURSE) as session:
        ann = patients.add(session, ANN)
        added = encounters.add(session, slot_of, visit(ann.id))
        encounters.sign(session, added.id, added.version, SIGNATURE, VERDICT)
        assert encounter_versions.altered(session) == []
    with file_store.engine.connect() as connection, connection.begin():
        connection.execute(text("DROP TRIGGER encounter_version_no_update"))
        connection.execute(text("UPDATE encounter_version SET document = replace(document, '14:02', '14:03')"))
        connection.execute(text("UPDATE encounter_version SET document = document || ' '"))
    with file_store.reading() as session:
        assert encounter_versions.altered(session) == [(added.id, 1)]
        with pytest.raises(CannotOpen, match="not what was signed"):
            encounter_versions.load(session, added.id, 1)


def test_who_marked_a_visit_in_error_is_kept_until_it_is_taken_back(store: Store, signed: Signed) -> None:
    _, first = signed
    with store.writing(NURSE, "wrong patient") as session:
        hidden = encounters.mark_in_error(session, first.id, first.version, "wrong patient")
    assert (hidden.error_reason, hidden.error_by) == ("wrong patient", NURSE.name)
    assert hidden.error_at is not None
    with store.writing(NURSE, "it was the right one") as session:
        back = encounters.take_back_error(session, first.id, hidden.version)
    assert replace(back, version=first.version) == first
    with pytest.raises(NotAllowedNow, match="not marked"), store.writing(NURSE) as session:
        encounters.take_back_error(session, first.id, back.version)


def test_results_that_were_marked_in_error_come_back_as_results(store: Store, signed: Signed) -> None:
    ann, _ = signed
    sample = replace(visit(ann.id), kind=EncounterKind.SAMPLE, state=EncounterState.RECORDED)
    with store.writing(NURSE, "not hers") as session:
        added = encounters.add(session, slot_of, sample)
        hidden = encounters.mark_in_error(session, added.id, added.version, "not hers")
        assert encounters.take_back_error(session, added.id, hidden.version).state is EncounterState.RECORDED


def test_a_draft_that_was_given_up_cannot_come_back(store: Store, signed: Signed) -> None:
    ann, _ = signed
    with store.writing(NURSE, "begun by mistake") as session:
        added = encounters.add(session, slot_of, visit(ann.id))
        hidden = encounters.mark_in_error(session, added.id, added.version, "begun by mistake")
    with pytest.raises(NotAllowedNow, match="given up"), store.writing(NURSE) as session:
        encounters.take_back_error(session, added.id, hidden.version)


def test_a_draft_on_a_signed_visit_says_which_version_it_changes_whose_it_is_and_why(
    store: Store, signed: Signed
) -> None:
    _, first = signed
    with store.writing(NURSE) as session:
        person = people.add(session, PERSON)
        drafts.begin_amendment(session, first.id, person.id, 1, "a slip", {"time": "9"})
    with store.writing(NURSE) as session:
        drafts.save_draft(session, first.id, person.id, {"time": "10"})
    with store.reading() as session:
        (draft,) = drafts.of_encounter(session, first.id)
    assert (draft.amends, draft.reason, draft.person, draft.content) == (1, "a slip", PERSON.name, {"time": "10"})
    assert draft.began_at is not None
    assert draft.began_at < draft.saved_at


def kept_forms(store: Store, person_id: int) -> list[tuple[FormKey, dict[str, object]]]:
    with store.reading() as session:
        return [(each.key, each.content) for each in form_drafts.of_person(session, person_id)]


def test_what_is_typed_into_a_form_is_kept_by_person_and_form_without_an_audit_entry(store: Store) -> None:
    with store.writing(NURSE) as session:
        person = people.add(session, PERSON)
        other = people.add(session, replace(PERSON, user="other"))
    new, known = FormKey("details"), FormKey("details", 7, 7)

    def keep(person_id: int, key: FormKey, content: dict[str, object]) -> None:
        with store.writing(NURSE) as session:
            form_drafts.save(session, person_id, key, content)

    with store.reading() as session:
        before = audit.head(session)
    keep(person.id, new, {"family_name": "Łukasiewicz"})
    keep(person.id, known, {"phone": "1"})
    keep(person.id, known, {"phone": "020"})
    keep(other.id, known, {"phone": "other"})
    assert kept_forms(store, person.id) == [(known, {"phone": "020"}), (new, {"family_name": "Łukasiewicz"})]
    with store.writing(NURSE) as session:
        form_drafts.drop(session, person.id, known)
        assert form_drafts.load(session, person.id, known) is None
    assert kept_forms(store, other.id) == [(known, {"phone": "other"})]
    with store.reading() as session:
        assert audit.head(session) == before
