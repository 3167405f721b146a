"""Earlier versions of a visit after a merge, and who is shown which part of a person that may be the same."""

from dataclasses import replace

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.records import HospitalNumber, Patient
from poems_registry.services.access import SignedIn
from poems_registry.services.joining import JoiningService
from poems_registry.services.patients import CLINICAL_PART, PatientService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from poems_registry.storage import audit
from tests.integration.services.conftest import SignIn
from tests.integration.services.test_visit_to_letter import signed_visit
from tests.integration.services.two_people import merge


def twin_of(me: SignedIn, patient: Patient) -> Patient:
    """A second record of the same person, without numbers of its own."""
    blank = {"uid": "", "study_number": "", "nhs_number": "", "nhs_number_status": ""}
    again = replace(patient, id=0, version=1, hospital_numbers=(), **blank)  # type: ignore[arg-type]
    return PatientService(me).add(again, another_person=True)[0]


def test_an_earlier_version_of_a_visit_that_moved_opens_in_the_record_that_stays(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    visits = VisitService(me)
    visit = signed_visit(me)
    visits.begin_amendment(visit.id, visit.patient_id, "typing error")
    amending = visits.open(visit.id)
    changed = amending.draft.with_field("summary", FieldDraft(text="Walks further."))
    visits.sign(visit.id, visit.patient_id, amending.encounter.version, changed, PASSWORD)
    other = PatientService(me).who(visit.patient_id)
    staying = twin_of(me, other)
    merge(me, staying.id, other.id, "Same address and phone.")
    for number in (1, 2):
        shown = visits.version(visit.id, number)
        assert shown.shown_version == number
        assert shown.encounter.patient_id == staying.id
        assert shown.file.patient.id == staying.id
        assert visit.id in {encounter.id for encounter in shown.file.encounters}


def someone_with_a_twin(me: SignedIn) -> tuple[Patient, Patient]:
    people = PatientService(me)
    everyone = (people.who(row.id) for row in people.find().rows)
    known = next(each for each in everyone if each.clinician_diagnosis and each.allergies)
    return known, twin_of(me, known)


def test_who_may_not_see_findings_is_shown_people_who_may_be_the_same_without_them(sign_in: SignIn) -> None:
    known, twin = someone_with_a_twin(sign_in("rahman"))
    found = {each.id: each for each in JoiningService(sign_in("castellan")).alike(twin.id)}[known.id]
    assert (found.family_name, found.born) == (known.family_name, known.born)
    blank = Patient()
    assert {name: getattr(found, name) for name in CLINICAL_PART} == {
        name: getattr(blank, name) for name in CLINICAL_PART
    }


def test_a_clinician_sees_the_findings_of_people_who_may_be_the_same(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    known, twin = someone_with_a_twin(me)
    assert known in JoiningService(me).alike(twin.id)


def test_that_somebody_looked_at_people_who_may_be_the_same_stands_in_the_audit(sign_in: SignIn) -> None:
    known, twin = someone_with_a_twin(sign_in("rahman"))
    clerk = sign_in("castellan")
    found = JoiningService(clerk).alike(twin.id)
    with clerk.store.reading() as session:
        newest = {each.id: next(iter(audit.entries(session, each.id))) for each in found}
    assert known.id in newest
    assert {(entry.action, entry.actor) for entry in newest.values()} == {("view", clerk.person.name)}


def test_each_hospital_number_goes_back_to_its_own_record_though_another_was_added_after_the_merge(
    sign_in: SignIn,
) -> None:
    me = sign_in("rahman")
    people, merging = PatientService(me), JoiningService(me)
    one, two = (
        people.add(Patient(family_name=family, hospital_numbers=(HospitalNumber(number, "RRV"),)))[0]
        for family, number in (("Quillfeather", "A1"), ("Marrowby", "B1"))
    )
    merge(me, one.id, two.id, "She said so.")
    for said in (("C9", "A1"), ("C9", "A1", "B1")):
        numbers = tuple(HospitalNumber(value, "RRV") for value in said)
        people.change(replace(people.who(one.id), hospital_numbers=numbers))
    merging.part(merging.of(one.id)[0].id, "Two people after all.")
    left = [{each.value for each in people.who(who.id).hospital_numbers} for who in (one, two)]
    assert left == [{"A1", "C9"}, {"B1"}]


def test_a_hospital_number_that_stays_keeps_its_row_when_another_is_added(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    people = PatientService(me)
    one = people.add(Patient(family_name="Quillfeather", hospital_numbers=(HospitalNumber("A1", "RRV"),)))[0]
    people.change(replace(one, hospital_numbers=(HospitalNumber("C9", "RRV"), *one.hospital_numbers)))
    with me.store.reading() as session:
        told = [each for each in audit.entries(session, one.id) if each.object == "hospital_number"]
    assert "delete" not in {each.action for each in told}
    assert people.who(one.id).hospital_numbers == (HospitalNumber("C9", "RRV"), HospitalNumber("A1", "RRV"))


def test_who_died_is_never_joined_with_somebody_seen_since_whichever_record_stays(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    seen = signed_visit(me).patient_id
    people, merging = PatientService(me), JoiningService(me)
    dead = people.add(Patient(family_name="Quillfeather", died=PartialDate(2001, 3, 4)))[0].id
    for staying, other in ((seen, dead), (dead, seen)):
        with pytest.raises(NotAllowedNow, match="One has died and the other has visits or results since"):
            merge(me, staying, other, "Same birth date and address.")
    assert merging.of(seen) == ()
    assert people.who(seen).died is None
