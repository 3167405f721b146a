"""What a merge took back stands again once it is undone; what may not stand again is left, with the reason in words."""

from dataclasses import dataclass, replace

import pytest

from poems_registry.domain.consents import Answer
from poems_registry.domain.correspondence import Delivery, Recipient
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import LetterRecord, LetterState, Patient
from poems_registry.domain.studies import Enrolment, TakingPart
from poems_registry.services.access import SignedIn
from poems_registry.services.corrections import CorrectionService
from poems_registry.services.joining import JoiningService
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.queued_copies import HAS_DIED
from poems_registry.services.research import ResearchService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from poems_registry.storage import audit, letter_copies, letters
from tests.integration.services.conftest import SignIn
from tests.integration.services.research_desk import agree, keep, somebody_new, study
from tests.integration.services.test_visit_to_letter import signed_visit, with_details
from tests.integration.services.two_people import merge

WHY = "Same birth date and address."
TWO = "They are sisters."


@dataclass
class Case:
    """Somebody who lives, with a signed letter that waits and its next version open; and a record of somebody dead."""

    me: SignedIn
    alive: int
    dead: int
    signed: int
    open: int

    def join(self, staying: int, other: int) -> int:
        service = JoiningService(self.me)
        merge(self.me, staying, other, WHY)
        return service.of(staying)[0].id

    def part(self, joining_id: int) -> str:
        return " ".join(JoiningService(self.me).part(joining_id, TWO).told)

    def letter(self, letter_id: int) -> LetterRecord:
        with self.me.store.reading() as session:
            return replace(letters.load(session, letter_id), row_version=0)

    def copies(self) -> tuple[Recipient, ...]:
        with self.me.store.reading() as session:
            return tuple(replace(each, row_version=0) for each in letter_copies.of_letter(session, self.signed))

    def stands(self) -> tuple[LetterRecord, LetterRecord, tuple[Recipient, ...]]:
        return self.letter(self.signed), self.letter(self.open), self.copies()


@pytest.fixture
def case(sign_in: SignIn) -> Case:
    me = sign_in("rahman")
    visit = signed_visit(me)
    with_details(me, visit.patient_id)
    service = LetterService(me)
    letter = service.open(service.start(visit.id)).letter
    service.sign(letter.id, letter.row_version, PASSWORD)
    again = service.amend(letter.id, "The dose was wrong.")
    people = PatientService(me)
    people.change(replace(people.who(visit.patient_id), nhs_number_status="02"))
    dead = people.add(Patient(family_name="Quillfeather", died=PartialDate.of(me.today), death_source="family"))[0].id
    return Case(me, visit.patient_id, dead, letter.id, again)


def assert_all_was_taken_back(case: Case) -> None:
    assert case.letter(case.open).state is LetterState.WITHDRAWN
    taken = [copy for copy in case.copies() if copy.delivery is Delivery.WITHDRAWN]
    assert taken
    assert {copy.note for copy in taken} == {HAS_DIED}


@pytest.mark.parametrize("dead_stays", [True, False])
def test_letters_that_a_merge_withdrew_because_one_was_dead_stand_again_as_they_were(
    case: Case, dead_stays: bool
) -> None:
    before = case.stands()
    both = (case.dead, case.alive) if dead_stays else (case.alive, case.dead)
    merge = case.join(*both)
    assert_all_was_taken_back(case)
    told = case.part(merge)
    assert case.stands() == before
    assert "As before the merge again: 1 letter, 1 copy of a letter." in told
    assert "Not put back" not in told
    assert "Still withdrawn" not in told
    assert PatientService(case.me).who(case.alive).died is None


def test_an_open_letter_that_stands_again_can_be_signed(case: Case) -> None:
    case.part(case.join(case.dead, case.alive))
    service = LetterService(case.me)
    letter = service.open(case.open).letter
    service.sign(letter.id, letter.row_version, PASSWORD)
    assert case.letter(case.open).state is LetterState.SIGNED


def test_a_copy_that_lay_on_paper_is_named_because_the_paper_may_be_gone(case: Case) -> None:
    with case.me.store.writing(case.me.actor) as session:
        (copy,) = letter_copies.queued(session, case.alive)[:1]
        printed = replace(copy, delivery=Delivery.PRINTED, at=case.me.clock.now(), by="Ms C Castellan")
        letter_copies.save(session, printed)
    before = case.copies()
    told = case.part(case.join(case.dead, case.alive))
    assert case.copies() == before
    assert "1 copy of a letter had been printed: print it again if the paper was destroyed." in told


def test_to_somebody_who_is_dead_after_all_nothing_leaves_again_and_that_is_said(case: Case) -> None:
    merge = case.join(case.alive, case.dead)
    people = PatientService(case.me)
    people.change(replace(people.who(case.alive), died=PartialDate(2026, 11)))
    told = case.part(merge)
    assert people.who(case.alive).died == PartialDate(2026, 11)
    assert_all_was_taken_back(case)
    assert "Not put back: 1 letter, because the person has died." in told
    assert "Not put back: 1 copy of a letter, because the person has died." in told


def test_letters_of_a_visit_that_was_an_error_meanwhile_stay_withdrawn(case: Case) -> None:
    merge = case.join(case.alive, case.dead)
    visit = case.letter(case.signed).encounter_id
    version = VisitService(case.me).open(visit).encounter.version
    CorrectionService(case.me).mark_in_error(visit, case.alive, version, "Another person's visit.")
    told = case.part(merge)
    assert case.letter(case.open).state is LetterState.WITHDRAWN
    assert {copy.delivery for copy in case.copies()} == {Delivery.WITHDRAWN}
    assert "Not put back: 1 letter, because the visit was marked as entered in error." in told


def test_what_a_death_told_after_the_merge_withdrew_stays_so_and_is_named(case: Case) -> None:
    people = PatientService(case.me)
    twin = people.add(Patient(family_name="Quillfeather"), another_person=True)[0].id
    merge = case.join(twin, case.alive)
    people.change(replace(people.who(twin), died=PartialDate.of(case.me.today), death_source="family"))
    assert_all_was_taken_back(case)
    told = case.part(merge)
    assert_all_was_taken_back(case)
    assert people.who(case.alive).died is None
    assert "Still withdrawn because of a death" in told
    assert "1 letter, 1 copy of a letter" in told


def test_a_merge_that_took_nothing_back_gives_nothing_back(case: Case) -> None:
    before = case.stands()
    twin = PatientService(case.me).add(Patient(family_name="Quillfeather"), another_person=True)[0].id
    assert case.part(case.join(twin, case.alive)) == ""
    assert case.stands() == before


def test_putting_back_stands_in_the_audit_under_the_reason_for_parting(case: Case) -> None:
    case.part(case.join(case.dead, case.alive))
    with case.me.store.reading() as session:
        assert audit.verify(session, case.me.store.audit_key) == []
        entries = [e for e in audit.entries(session, case.alive, limit=500) if e.reason == TWO]
    put_back = {e.object for e in entries if "withdrawn" in str(e.old)}
    assert put_back >= {"letter", "letter_copy"}


def taking_part(me: SignedIn) -> tuple[Patient, Patient, Enrolment]:
    """Somebody who takes part in a study, and a second record that took the consent back."""
    ann, nerve = somebody_new(me), study(me)
    agree(me, ann, Answer.GIVEN, 2026, 11, 1, study=nerve.short_name)
    part = keep(me, Enrolment(patient_id=ann.id, study_id=nerve.id, number="7", joined=PartialDate(2026, 11, 2)))
    twin = PatientService(me).add(Patient(family_name="Quillfeather", given_name="Ada"), another_person=True)[0]
    agree(me, twin, Answer.GIVEN, 2026, 11, 1, study=nerve.short_name)
    agree(me, twin, Answer.WITHDRAWN, 2026, 11, 10, study=nerve.short_name)
    assert isinstance(part, Enrolment)
    return ann, twin, part


def the_part(me: SignedIn, patient: Patient) -> Enrolment:
    (part,) = ResearchService(me).of(patient.id).enrolments
    return part


def test_a_part_in_a_study_that_a_merge_ended_goes_on_again(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    ann, twin, part = taking_part(me)
    service = JoiningService(me)
    assert "NERVE-2" in " ".join(merge(me, twin.id, ann.id, WHY).told)
    assert the_part(me, twin).state is TakingPart.WITHDRAWN
    told = service.part(service.of(twin.id)[0].id, TWO).told
    assert replace(the_part(me, ann), version=0) == replace(part, version=0)
    assert told == ("As before the merge again: 1 part in a study.",)


def test_a_part_stays_ended_where_the_consent_behind_it_was_taken_back_since(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    ann, twin, _ = taking_part(me)
    service = JoiningService(me)
    merge(me, ann.id, twin.id, WHY)
    agree(me, ann, Answer.WITHDRAWN, 2026, 11, 15, study="NERVE-2")
    told = " ".join(service.part(service.of(ann.id)[0].id, TWO).told)
    assert the_part(me, ann).state is TakingPart.WITHDRAWN
    assert "Not put back: 1 part in a study, because no consent for the study stands behind it" in told
