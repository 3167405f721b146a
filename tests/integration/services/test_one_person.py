"""Two records of one person are made one and parted again on a real encrypted file: nothing is lost either way."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from poems_registry.domain.consents import Answer, Consent
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.records import AllergyState, HospitalNumber, LetterState, Patient, PatientFile
from poems_registry.services.access import SignedIn
from poems_registry.services.consents import ConsentService
from poems_registry.services.joining import JoiningService
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.proposing import ProposalService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from poems_registry.storage import audit, files, joining, patients
from poems_registry.storage.tables.every import METADATA
from tests.integration.services.test_visit_to_letter import signed_visit, with_details
from tests.integration.services.two_people import merge

WHY = "Same birth date, address and phone; she changed her name when she married."


def file_of(me: SignedIn, patient_id: int) -> PatientFile:
    with me.store.reading() as session:
        return files.load_file(session, patient_id)


def two_records(me: SignedIn) -> tuple[PatientFile, PatientFile]:
    """One with a treatment, and another with a letter that was signed just now."""
    visit = signed_visit(me)
    with_details(me, visit.patient_id)
    letters = LetterService(me)
    letter = letters.open(letters.start(visit.id)).letter
    letters.sign(letter.id, letter.row_version, PASSWORD)
    with me.store.reading() as session:
        every = list(files.load_files(session))
    signed = next(f for f in every if any(letter.state is LetterState.SIGNED for letter in f.letters))
    other = next(f for f in every if f.patient.id != signed.patient.id and f.lines and not f.letters)
    return other, signed


def unverified(me: SignedIn, patient_id: int) -> None:
    service = PatientService(me)
    service.change(replace(service.who(patient_id), nhs_number_status="02"))


def hangs_on(file: PatientFile) -> dict[str, Any]:
    return {
        "encounters": {e.id: (e.uid, e.findings, e.signature) for e in file.encounters},
        "lines": {line.id: (line.name, tuple(drug.id for drug in line.drugs)) for line in file.lines},
        "events": {event.id for event in file.events},
        "letters": {letter.id: (letter.number, letter.sha256) for letter in file.letters},
        "supportive": {care.id for care in file.supportive},
        "consents": {consent.id for consent in file.consents},
        "numbers": file.patient.hospital_numbers,
    }


@pytest.fixture
def joined(me: SignedIn) -> tuple[SignedIn, PatientFile, PatientFile]:
    """The records as they were before the second was merged into the first."""
    staying, other = two_records(me)
    unverified(me, other.patient.id)
    before = file_of(me, staying.patient.id), file_of(me, other.patient.id)
    merge(me, staying.patient.id, other.patient.id, WHY)
    return (me, *before)


def test_everything_of_both_records_stands_in_the_one_that_stays(
    joined: tuple[SignedIn, PatientFile, PatientFile],
) -> None:
    me, staying, other = joined
    now, mine, theirs = hangs_on(file_of(me, staying.patient.id)), hangs_on(staying), hangs_on(other)
    for name in now:
        was, more = mine[name], theirs[name]
        assert now[name] == (was + more if name == "numbers" else was | more), name
    left = file_of(me, other.patient.id)
    assert (left.encounters, left.lines, left.events, left.letters, left.consents) == ((), (), (), (), ())


def test_the_hidden_record_is_found_by_its_name_and_numbers_and_leads_to_the_one_that_stays(
    joined: tuple[SignedIn, PatientFile, PatientFile],
) -> None:
    me, staying, other = joined
    service = PatientService(me)
    everyone = service.find()
    assert other.patient.id not in [row.id for row in everyone.rows]
    assert everyone.everyone == everyone.total == 7
    for typed in (other.patient.study_number, other.patient.nhs_number, other.patient.hospital_numbers[0].value):
        found = service.find(typed)
        assert [row.id for row in found.rows] == [staying.patient.id], typed
        assert found.total == 1
    assert service.open(other.patient.id).file.patient.id == staying.patient.id
    with me.store.reading() as session:
        known = patients.by_study_number(session, other.patient.study_number)
        assert known is not None
        assert known.id == staying.patient.id
        assert other.patient.id not in patients.all_ids(session)


def test_whoever_asks_for_the_hidden_record_is_shown_the_person_in_the_one_that_stays(
    joined: tuple[SignedIn, PatientFile, PatientFile],
) -> None:
    me, staying, other = joined
    assert PatientService(me).who(other.patient.id).id == staying.patient.id
    file = PatientService(me).person(other.patient.id)
    assert file.patient.id == staying.patient.id
    assert {each.id for each in file.consents} == {each.id for each in (*staying.consents, *other.consents)}


def test_both_records_tell_of_the_merge_with_both_people_and_so_does_the_list_of_all(
    joined: tuple[SignedIn, PatientFile, PatientFile],
) -> None:
    me, staying, other = joined
    service = JoiningService(me)
    (told,) = service.told(staying.patient.id)
    assert service.told(other.patient.id) == service.everything() == (told,)
    assert (told.staying.id, told.hidden.id) == (staying.patient.id, other.patient.id)
    assert told.hidden.family_name == other.patient.family_name


def test_what_hangs_on_each_record_is_counted_before_anything_is_joined(me: SignedIn) -> None:
    staying, other = two_records(me)
    pair = JoiningService(me).compare(staying.patient.id, other.patient.id)
    for has, file in ((pair.staying_has, staying), (pair.other_has, other)):
        kinds = Counter(f"encounter:{each.kind.value}" for each in file.encounters)
        assert {name: n for name, n in has.items() if name.startswith("encounter:")} == kinds
        assert has.get("letter", 0) == len(file.letters)
        assert has.get("treatment_line", 0) == len(file.lines)
        assert has.get("consent", 0) == len(file.consents)


def test_a_signed_letter_is_the_same_to_the_byte_after_the_merge(
    joined: tuple[SignedIn, PatientFile, PatientFile],
) -> None:
    me, staying, other = joined
    letters = {letter.id: letter for letter in file_of(me, staying.patient.id).letters}
    signed = [letter for letter in other.letters if letter.state is LetterState.SIGNED]
    for letter in signed:
        assert letters[letter.id] == replace(letter, patient_id=staying.patient.id, row_version=letter.row_version + 1)
        assert LetterService(me).open(letter.id).letter.sha256 == letter.sha256


def test_nothing_can_be_written_into_the_hidden_record(joined: tuple[SignedIn, PatientFile, PatientFile]) -> None:
    me, _, other = joined
    with pytest.raises(NotAllowedNow, match="merged into another"):
        VisitService(me).start(other.patient.id)
    with pytest.raises(NotAllowedNow, match="merged into another"):
        PatientService(me).change(replace(file_of(me, other.patient.id).patient, phone="020 7946 0111"))
    with pytest.raises(NotAllowedNow, match="merged into another"):
        ConsentService(me).record(Consent(patient_id=other.patient.id, on=PartialDate.of(me.today)))


def test_undoing_a_merge_gives_back_both_records_as_they_were(
    joined: tuple[SignedIn, PatientFile, PatientFile],
) -> None:
    me, staying, other = joined
    service = JoiningService(me)
    (merge,) = service.of(staying.patient.id)
    assert (merge.joined_id, merge.by, merge.reason) == (other.patient.id, "Sister J Okoro", WHY)
    service.part(merge.id, "They are sisters.")
    for before in (staying, other):
        now = file_of(me, before.patient.id)
        assert hangs_on(now) == hangs_on(before)
        assert replace(now.patient, version=0) == replace(before.patient, version=0)
    found = PatientService(me).find(other.patient.nhs_number)
    assert [row.id for row in found.rows] == [other.patient.id]
    (undone,) = service.of(other.patient.id)
    assert (undone.undone_by, undone.undone_because) == ("Dr A Rahman", "They are sisters.")
    with pytest.raises(NotAllowedNow, match="undone already"):
        service.part(merge.id, "again")


def test_what_was_written_after_the_merge_stays_with_the_record_it_was_written_in(
    joined: tuple[SignedIn, PatientFile, PatientFile],
) -> None:
    me, staying, other = joined
    told = Consent(patient_id=staying.patient.id, answer=Answer.WITHDRAWN, on=PartialDate.of(me.today))
    ConsentService(me).record(told)
    people = PatientService(me)
    people.change(replace(people.who(staying.patient.id), phone="020 7946 0999"))
    service = JoiningService(me)
    service.part(service.of(staying.patient.id)[0].id, "They are sisters.")
    assert len(file_of(me, staying.patient.id).consents) == len(staying.consents) + 1
    assert len(file_of(me, other.patient.id).consents) == len(other.consents)
    assert people.who(staying.patient.id).phone == "020 7946 0999"


def test_a_merge_is_refused_while_somebody_is_typing_in_either_record(me: SignedIn) -> None:
    staying, other = two_records(me)
    unverified(me, other.patient.id)
    VisitService(me).start(other.patient.id)
    service = JoiningService(me)
    with pytest.raises(NotAllowedNow, match="not saved yet"):
        merge(me, staying.patient.id, other.patient.id, WHY)
    assert service.of(staying.patient.id) == ()


def test_two_verified_nhs_numbers_are_two_people(me: SignedIn) -> None:
    staying, other = two_records(me)
    service = ProposalService(me)
    pair = service.compare(staying.patient.id, other.patient.id)
    assert pair.two_people
    with pytest.raises(NotAllowedNow, match="two people"):
        service.propose(pair, WHY)


def test_only_the_newest_merge_of_a_record_can_be_undone(me: SignedIn) -> None:
    people, service = PatientService(me), JoiningService(me)
    first, second, third = (
        people.add(
            Patient(family_name="Quillfeather", given_name="Ada", hospital_numbers=(HospitalNumber(f"Q{n}", "RRV"),)),
            another_person=True,
        )[0].id
        for n in range(3)
    )
    merge(me, first, second, WHY)
    merge(me, first, third, WHY)
    newer, older = service.of(first)
    assert [n.value for n in people.who(first).hospital_numbers] == ["Q0", "Q1", "Q2"]
    with pytest.raises(NotAllowedNow, match="Undo that merge first"):
        service.part(older.id, "wrong")
    service.part(newer.id, "wrong")
    service.part(older.id, "wrong")
    assert [n.value for n in people.who(second).hospital_numbers] == ["Q1"]
    assert [row.id for row in people.find("Q2").rows] == [third]


def test_an_allergy_known_to_one_record_is_known_to_the_one_that_stays(me: SignedIn) -> None:
    people = PatientService(me)
    sure = Patient(family_name="Quillfeather", allergy_state=AllergyState.NONE_KNOWN, allergies_updated_on=me.today)
    allergic = people.who(next(r.id for r in people.find().rows if people.who(r.id).allergies))
    staying, _ = people.add(sure)
    blank, _ = people.add(
        Patient(family_name="Quillfeather", allergy_state=AllergyState.KNOWN, allergies=allergic.allergies),
        another_person=True,
    )
    merge(me, staying.id, blank.id, WHY)
    now = people.who(staying.id)
    assert (now.allergy_state, now.allergies) == (AllergyState.KNOWN, allergic.allergies)


def test_the_merge_and_each_row_that_moved_stand_in_the_audit_which_still_holds(
    joined: tuple[SignedIn, PatientFile, PatientFile],
) -> None:
    me, staying, other = joined
    with me.store.reading() as session:
        assert audit.verify(session, me.store.audit_key) == []
        entries = [e for e in audit.entries(session, staying.patient.id, limit=500) if e.reason == WHY]
    assert {e.object for e in entries} >= {"joining", "encounter", "letter", "treatment_line", "hospital_number"}
    assert len([e for e in entries if e.object == "encounter"]) == len(other.encounters)


def test_no_table_that_hangs_on_a_patient_is_forgotten_by_a_merge() -> None:
    owned = {table.name for table in METADATA.sorted_tables if "patient_id" in table.columns}
    made_again = {"standing", "cohort_member", "audit", "form_draft", "joining", "joining_proposal"}
    assert owned - made_again == {row.__tablename__ for row in joining.MOVED}
