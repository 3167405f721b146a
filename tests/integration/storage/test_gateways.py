"""Whatever is written comes back the same, on both engines."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from poems_registry.domain.consents import Consent
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotFound, StaleRecord
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import (
    ClinicProfile,
    EncounterState,
    HospitalNumber,
    LetterRecord,
    LetterState,
    Patient,
)
from poems_registry.domain.treatments import Event, TreatmentLine
from poems_registry.storage import (
    consents,
    drafts,
    encounters,
    files,
    imports,
    letters,
    patients,
    people,
    registry,
    search,
    settings,
    standing,
    treatments,
)
from poems_registry.storage.unit_of_work import Store
from tests.integration.storage.made_up import (
    ANN,
    FINDINGS,
    NURSE,
    PERSON,
    SIGNATURE,
    START,
    VERDICT,
    slot_of,
    visit,
)

TODAY = date(2026, 11, 22)


def add_ann(store: Store) -> Patient:
    with store.writing(NURSE) as session:
        return patients.add(session, ANN)


def test_every_field_of_a_patient_comes_back(store: Store) -> None:
    added = add_ann(store)
    with store.reading() as session:
        found = patients.load(session, added.id)
    assert found == added == replace(ANN, id=added.id, uid=added.uid)


def test_patients_without_numbers_do_not_stand_in_each_others_way(store: Store) -> None:
    with store.writing(NURSE) as session:
        added = patients.add_many(session, [Patient(family_name="Smith"), Patient(age_at=(61, date(2014, 1, 2)))])
    with store.reading() as session:
        assert [patients.load(session, each.id) for each in added] == added
    assert added[1].age_at == (61, date(2014, 1, 2))


def test_a_number_belongs_to_one_patient_only(store: Store) -> None:
    add_ann(store)
    twin = replace(Patient(), family_name="Other")
    for taken, field in (
        (replace(twin, nhs_number=ANN.nhs_number), "nhs_number"),
        (replace(twin, study_number=ANN.study_number), "study_number"),
        (replace(twin, hospital_numbers=ANN.hospital_numbers[:1]), "hospital_number"),
    ):
        with pytest.raises(InvalidInput) as refused, store.writing(NURSE) as session:
            patients.add(session, taken)
        assert set(refused.value.problems) == {field}
    with store.reading() as session:
        assert patients.count(session) == 1


def test_a_patient_is_found_by_each_number(store: Store) -> None:
    ann = add_ann(store)
    with store.reading() as session:
        assert patients.by_nhs_number(session, ANN.nhs_number) == ann
        assert patients.by_study_number(session, "P-0001") == ann
        assert patients.by_hospital_number(session, HospitalNumber("A/77", "RJ1")) == ann
        assert patients.by_hospital_number(session, HospitalNumber("A/77", "RRV")) is None
        assert patients.by_nhs_number(session, "") is None


def test_two_people_cannot_overwrite_each_others_patient(store: Store) -> None:
    ann = add_ann(store)
    with store.writing(NURSE) as session:
        saved = patients.save(session, replace(ann, hospital_numbers=ann.hospital_numbers[1:]))
    assert saved.version == ann.version + 1
    with store.writing(NURSE) as session:
        saved = patients.save(session, replace(saved, hospital_numbers=ann.hospital_numbers))
    assert saved.version == ann.version + 2
    with pytest.raises(StaleRecord), store.writing(NURSE) as session:
        patients.save(session, replace(ann, phone="07700 900123"))
    with store.reading() as session:
        assert patients.load(session, ann.id) == saved


def test_who_may_be_the_same_person_is_shown(store: Store) -> None:
    ann = add_ann(store)
    for alike in (
        Patient(family_name="O'BRIEN LUKASIEWICZ", given_name="ann"),
        Patient(family_name="Obermann", born=ANN.born),
        Patient(family_name="X", nhs_number=ANN.nhs_number),
        Patient(family_name="X", hospital_numbers=(HospitalNumber("000123", "somewhere"),)),
    ):
        with store.reading() as session:
            assert patients.look_alikes(session, alike) == (ann,)
    with store.reading() as session:
        assert patients.look_alikes(session, Patient(family_name="Jones", given_name="Ann")) == ()


def test_everything_of_a_visit_comes_back(store: Store) -> None:
    ann = add_ann(store)
    with store.writing(NURSE) as session:
        added = encounters.add(session, slot_of, visit(ann.id))
    assert {(f.item, f.instance) for f in added.findings} == {(f.item, f.instance) for f in FINDINGS}
    for finding in FINDINGS:
        found = added.finding(finding.item, finding.instance)
        assert found is not None
        assert found.says_the_same_as(finding)
        assert (found.recorded_by, found.version) == ("Nurse K.", 1)
        assert found.recorded_at is not None
    wanted = visit(ann.id)
    assert replace(added, findings=wanted.findings, id=0, uid="") == wanted
    with store.reading() as session:
        assert encounters.load(session, added.id) == added
        assert files.load_file(session, ann.id).encounters == (added,)


def test_saving_keeps_who_recorded_what_did_not_change(store: Store) -> None:
    ann = add_ann(store)
    with store.writing(NURSE) as session:
        added = encounters.add(session, slot_of, visit(ann.id))
    weight = Finding("weight", 71.0)
    new = Finding("height", 168.0)
    kept = tuple(f for f in added.findings if f.item not in ("weight", "story"))
    with store.writing(replace(NURSE, name="Dr C. Nobody")) as session:
        saved = encounters.save(session, slot_of, replace(added, findings=(*kept, weight, new), medicines=(), time=""))
    assert saved.version == added.version + 1
    assert saved.medicines == ()
    assert saved.finding("story") is None
    for finding in kept:
        assert saved.finding(finding.item, finding.instance) == finding
    changed = saved.finding("weight")
    assert changed is not None
    assert (changed.value, changed.version, changed.recorded_by) == (71.0, 2, "Dr C. Nobody")
    added_one = saved.finding("height")
    assert added_one is not None
    assert (added_one.version, added_one.recorded_by) == (1, "Dr C. Nobody")
    with pytest.raises(StaleRecord), store.writing(NURSE) as session:
        encounters.save(session, slot_of, added)
    with store.reading() as session:
        assert encounters.load(session, added.id) == saved


def test_changing_only_a_finding_counts_as_a_change_of_the_visit(store: Store) -> None:
    ann = add_ann(store)
    with store.writing(NURSE) as session:
        added = encounters.add(session, slot_of, visit(ann.id))
    with store.writing(NURSE) as session:
        encounters.save(session, slot_of, replace(added, findings=()))
    with pytest.raises(StaleRecord), store.writing(NURSE) as session:
        encounters.save(session, slot_of, added)


def test_a_signed_visit_is_frozen(store: Store) -> None:
    ann = add_ann(store)
    with store.writing(NURSE) as session:
        added = encounters.add(session, slot_of, visit(ann.id))
        signed = encounters.sign(session, added.id, added.version, SIGNATURE, VERDICT)
    assert (signed.state, signed.signature, signed.verdict) == (EncounterState.SIGNED, SIGNATURE, VERDICT)
    with pytest.raises(NotAllowedNow), store.writing(NURSE) as session:
        encounters.save(session, slot_of, replace(signed, state=EncounterState.RECORDED))
    with store.writing(NURSE, "wrong patient") as session:
        hidden = encounters.mark_in_error(session, signed.id, signed.version, "wrong patient")
    assert (hidden.state, hidden.signature, hidden.findings) == (EncounterState.IN_ERROR, SIGNATURE, signed.findings)


def test_a_value_that_does_not_fit_its_slot_is_refused(store: Store) -> None:
    ann = add_ann(store)
    for value in ("|odd", "@odd", float("nan"), float("inf"), ("a|b",), PartialDate(2020), "text"):
        item = {float: "weight", tuple: "skin_changes"}.get(type(value), "p_status")
        if value == "text":
            item = "weight"
        with pytest.raises(ValueError, match=item), store.writing(NURSE) as session:
            encounters.add(session, slot_of, replace(visit(ann.id), findings=(Finding(item, value),)))
    with store.reading() as session:
        assert files.load_file(session, ann.id).encounters == ()


def test_drafts_come_back_and_the_newest_wins(store: Store) -> None:
    ann = add_ann(store)
    with store.writing(NURSE) as session:
        person = people.add(session, PERSON)
        added = encounters.add(session, slot_of, visit(ann.id, state=EncounterState.DRAFT))
        drafts.save_draft(session, added.id, person.id, {"weight": "7"})
    with store.writing(NURSE) as session:
        drafts.save_draft(session, added.id, person.id, {"weight": "70", "rows": [1, "ä"]})
    with store.reading() as session:
        (draft,) = drafts.open_drafts(session, person.id)
        assert draft == drafts.load_draft(session, added.id, person.id)
        assert draft.content == {"weight": "70", "rows": [1, "ä"]}
        assert draft.patient_id == ann.id
        assert drafts.load_draft(session, added.id, person.id + 1) is None
    with store.writing(NURSE) as session:
        drafts.drop_draft(session, added.id)
    with store.reading() as session:
        assert drafts.open_drafts(session) == ()


def test_lines_and_events_come_back_until_they_are_withdrawn(store: Store) -> None:
    ann = add_ann(store)
    line = TreatmentLine(
        patient_id=ann.id, number=1, name="Lenalidomide-dexamethasone", category="imid", start=PartialDate(2020, 6),
        stop=PartialDate(2021, approx=True), stop_reason="done", cycles_planned=6, cycles_given=6, steroid=True,
    )  # fmt: skip
    with store.writing(NURSE) as session:
        (line,) = treatments.add(session, [line])
        (event,) = treatments.add(session, [Event(0, ann.id, "relapse", PartialDate(2023, 1, 2), "VEGF up")])
    with store.reading() as session:
        file = files.load_file(session, ann.id)
    assert (file.lines, file.events) == ((line,), (event,))
    with store.writing(NURSE) as session:
        changed = treatments.save(session, replace(line, note="well"))
        moved = treatments.save(session, replace(event, on=PartialDate(2023, 2)))
    assert (changed.version, moved.version) == (2, 2)
    with pytest.raises(StaleRecord), store.writing(NURSE) as session:
        treatments.save(session, line)
    with store.writing(NURSE, "entered twice") as session:
        treatments.retract(session, changed)
        treatments.retract(session, moved)
    with store.reading() as session:
        file = files.load_file(session, ann.id)
    assert (file.lines, file.events) == ((), ())
    with pytest.raises(NotFound), store.writing(NURSE) as session:
        treatments.save(session, changed)


def signed_visit(store: Store) -> tuple[int, int]:
    ann = add_ann(store)
    with store.writing(NURSE) as session:
        added = encounters.add(session, slot_of, visit(ann.id))
        encounters.sign(session, added.id, added.version, SIGNATURE, VERDICT)
    return ann.id, added.id


PAGES = letters.SignedPages(b"%PDF made up", "plain words", '{"a":1}', "clinic-1", 2)


def test_a_signed_letter_keeps_its_bytes_for_ever(store: Store) -> None:
    patient_id, encounter_id = signed_visit(store)
    with store.writing(NURSE) as session:
        draft = letters.add(session, LetterRecord(patient_id=patient_id, encounter_id=encounter_id))
        draft = letters.save(session, replace(draft, edits=(("intro", "My words"),), state=LetterState.READY))
        draft = letters.save(session, replace(draft, number=letters.next_number(session, 2026)))
        signed = letters.store_signed(session, draft.id, draft.row_version, PAGES, SIGNATURE, "A7F3-19C2")
    assert (signed.number, signed.state, signed.sha256, signed.pages) == (
        "L-2026-0001",
        LetterState.SIGNED,
        PAGES.sha256,
        2,
    )
    assert (signed.signature, signed.reference, signed.edits) == (SIGNATURE, "A7F3-19C2", (("intro", "My words"),))
    with store.reading() as session:
        assert letters.signed_pages(session, signed.id) == PAGES
        assert letters.next_number(session, 2026) == "L-2026-0002"
        assert letters.next_number(session, 2027) == "L-2027-0001"
        assert files.load_file(session, patient_id).letters == (signed,)
    with pytest.raises(NotAllowedNow), store.writing(NURSE) as session:
        letters.save(session, replace(signed, edits=()))
    with store.writing(NURSE) as session:
        sent = letters.save(session, replace(signed, state=LetterState.DISPATCHED))
    assert sent == replace(signed, state=LetterState.DISPATCHED, row_version=signed.row_version + 1)


def test_a_letter_of_an_unsigned_visit_cannot_be_signed(store: Store) -> None:
    ann = add_ann(store)
    with store.writing(NURSE) as session:
        added = encounters.add(session, slot_of, visit(ann.id))
        draft = letters.add(session, LetterRecord(patient_id=ann.id, encounter_id=added.id))
        second = letters.add(session, LetterRecord(patient_id=ann.id, encounter_id=added.id))
    assert second.id != draft.id
    with pytest.raises(NotAllowedNow), store.writing(NURSE) as session:
        letters.store_signed(session, draft.id, draft.row_version, PAGES, SIGNATURE, "")
    with pytest.raises(NotAllowedNow), store.writing(NURSE) as session:
        letters.save(session, replace(draft, state=LetterState.SIGNED))
    with store.reading() as session, pytest.raises(NotFound):
        letters.signed_pages(session, draft.id)


def test_visits_signed_here_without_a_letter_are_listed(store: Store) -> None:
    patient_id, elsewhere = signed_visit(store)
    with store.writing(NURSE) as session:
        ours = encounters.add(session, slot_of, replace(visit(patient_id), source=""))
        encounter_id = encounters.sign(session, ours.id, ours.version, SIGNATURE, VERDICT).id
    assert encounter_id != elsewhere
    with store.reading() as session:
        assert letters.visits_without_letter(session) == ((patient_id, encounter_id),)
    with store.writing(NURSE) as session:
        card = letters.add(session, LetterRecord(patient_id=patient_id, encounter_id=encounter_id))
    with store.reading() as session:
        assert letters.visits_without_letter(session) == ()
        assert letters.in_states(session, LetterState.DRAFT) == (card,)


def test_the_card_of_a_registry_comes_back(store: Store) -> None:
    profile = ClinicProfile(name="POEMS clinic", hospital="Made-up Hospital", address=("1 Street",), training=True)
    card = registry.RegistryCard("uid-1", "Training", True, START, profile, "0.1")
    with store.writing(NURSE) as session:
        assert registry.create(session, card) == card
    with store.writing(NURSE) as session:
        saved = registry.save_profile(session, replace(profile, nurse_line="020 7946 0999"), 1)
    with store.reading() as session:
        assert registry.load(session) == saved
    assert saved.training
    with pytest.raises(StaleRecord), store.writing(NURSE) as session:
        registry.save_profile(session, profile, 1)
    with pytest.raises(NotAllowedNow), store.writing(NURSE) as session:
        registry.create(session, card)


def test_people_come_back_and_user_names_are_unique_whatever_their_case(store: Store) -> None:
    with store.writing(NURSE) as session:
        added = people.add(session, PERSON)
    with store.reading() as session:
        assert people.find(session, " K.Nurse ") == added == people.load(session, added.id)
        assert people.everyone(session) == (added,)
    with pytest.raises(InvalidInput), store.writing(NURSE) as session:
        people.add(session, replace(PERSON, user="K.NURSE"))
    with store.writing(NURSE) as session:
        people.save(session, replace(added, active=False, permissions=frozenset()))
        assert people.note_sign_in(session, added.id, START, 3).last_sign_in_at is None
    with store.writing(NURSE) as session:
        assert people.note_sign_in(session, added.id, START, 0).last_sign_in_at == START


def test_a_setting_is_versioned(store: Store) -> None:
    first = settings.Setting("vegf_plasma_cutoff", "200", "paper", "Dr C. Nobody", TODAY)
    with store.writing(NURSE) as session:
        stored = settings.save(session, first)
    assert stored == replace(first, version=1)
    with pytest.raises(StaleRecord), store.writing(NURSE) as session:
        settings.save(session, first)
    with store.writing(NURSE) as session:
        settings.save(session, replace(stored, value="210"))
    with store.reading() as session:
        assert settings.load_all(session) == {"vegf_plasma_cutoff": replace(stored, value="210", version=2)}


def test_a_file_is_known_to_have_been_read_in(store: Store) -> None:
    batch = imports.ImportBatch("ab" * 32, "labs", START, "Nurse K.", {"read": 3, "new": 3})
    with store.writing(NURSE) as session:
        added = imports.add(session, batch)
    with store.reading() as session:
        assert imports.find(session, "ab" * 32, "labs") == added
        assert imports.find(session, "ab" * 32, "patients") is None
        assert imports.everything(session) == (added,)


def test_the_patients_list_finds_by_any_part_and_filters(store: Store) -> None:
    ann = add_ann(store)
    with store.writing(NURSE) as session:
        bob = patients.add(session, Patient(family_name="Ænima", given_name="Bob", died=PartialDate(2024)))
        encounters.add(session, slot_of, visit(bob.id, state=EncounterState.DRAFT))
        consents.add(session, Consent(patient_id=ann.id, on=PartialDate(2024, 5)))
        standing.write(
            session,
            [
                standing.Standing(
                    ann.id,
                    (("P", "present"), ("O", "")),
                    "cannot_tell",
                    "no VEGF",
                    "Lenalidomide",
                    True,
                    TODAY,
                    TODAY - timedelta(days=1),
                    "31",
                    TODAY,
                    "plasma",
                    (900.0, 31.0),
                    "draft",
                    due=(("review", TODAY - timedelta(days=9), TODAY),),
                )
            ],
        )
    with store.reading() as session:
        for query in ("lukas", "obrien", "ann o", "999 000 0050", "000123", "14 jul 1955", "14/07/1955", "P-0001"):
            assert [row.id for row in search.find(session, query, TODAY)] == [ann.id], query
        (row,) = search.find(session, "annie", TODAY)
        assert row.name == "O’BRIEN-ŁUKASIEWICZ, Ann (Mrs)"
        assert (row.features, row.vegf_trail, row.hospital_number) == (
            (("P", "present"), ("O", "")),
            (900.0, 31.0),
            "000123",
        )
        assert (row.on_treatment, row.has_draft, row.letter) == (True, False, "draft")
        assert [row.id for row in search.find(session, "", TODAY)] == [bob.id, ann.id]
        assert search.find(session, "%", TODAY, limit=1) != []
        assert search.find(session, "nobody", TODAY) == []
        every = search.counts(session, TODAY)
        for chosen in search.PatientFilter:
            found = search.find(session, "", TODAY, [chosen])
            assert len(found) == every[chosen] == search.count(session, "", TODAY, [chosen]) == 1
            is_bob = chosen in (
                search.PatientFilter.DECEASED,
                search.PatientFilter.DRAFT_VISIT,
                search.PatientFilter.CONSENT_NOT_RECORDED,
            )
            assert found[0].id == (bob.id if is_bob else ann.id)
        assert standing.outdated(session, TODAY, 10) == (bob.id,)


def test_files_of_many_patients_come_in_batches_and_may_hold_a_few_items_only(store: Store) -> None:
    with store.writing(NURSE) as session:
        added = patients.add_many(session, [Patient(family_name=f"Made-up {n}") for n in range(5)])
        ids = encounters.add_many(
            session,
            slot_of,
            [visit(each.id, date(2026, month, 1)) for each in added for month in (3, 1, 2)],
        )
    assert len(set(ids)) == 15
    with store.reading() as session:
        whole = list(files.load_files(session, batch=2))
        assert [file.patient for file in whole] == added
        assert all([e.on.month for e in file.encounters] == [1, 2, 3] for file in whole)
        assert whole == [files.load_file(session, each.id) for each in added]
        few = list(files.load_files(session, [added[3].id, added[0].id], ["weight"]))
    assert [file.patient.id for file in few] == [added[3].id, added[0].id]
    assert {f.item for file in few for e in file.encounters for f in e.findings} == {"weight"}


def test_what_is_not_there_is_said_to_be_not_there(store: Store) -> None:
    with store.reading() as session:
        for look in (patients.load, encounters.load, letters.load, people.load, files.load_file):
            with pytest.raises(NotFound):
                look(session, 4711)
