"""Who is offered a copy of a letter: compulsory, free, or not to be had, each with the reason."""

from dataclasses import replace

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import LetterState
from poems_registry.letters.addressees import Offer, offers
from poems_registry.letters.kinds import parts
from tests.golden.letters.more_letters import did_not_attend, professional
from tests.golden.letters.people import Case, follow_up

GP = "Dr P Lindqvist, Orchard Surgery, Sampleford (GP)"


def offered(case: Case, **changes: object) -> tuple[Offer, ...]:
    letter = replace(case.letter, signature=None, state=LetterState.DRAFT, **changes)  # type: ignore[arg-type]
    return offers(letter, case.file, parts(case.file, case.encounter, case.clinic, letter, case.standing))


def of(case: Case, **changes: object) -> dict[str, Offer]:
    return {each.line: each for each in offered(case, **changes)}


def with_patient(case: Case, **changes: object) -> Case:
    return replace(case, file=replace(case.file, patient=replace(case.file.patient, **changes)))  # type: ignore[arg-type]


def test_the_patient_is_always_there_and_the_gp_is_ticked_from_the_start() -> None:
    told = of(did_not_attend())
    assert (told[""].ticked, told[""].fixed, told[""].name) == (True, True, "Mr Thomas Hartley")
    assert told[""].address[-1] == "SW1A 9ZZ"
    assert (told[GP].ticked, told[GP].fixed, told[GP].reason) == (True, False, "")
    without = of(did_not_attend(), edits=(("copies", ""),))
    assert (without[GP].ticked, without[GP].reason) == (False, "The GP should have a copy.")


def test_whoever_was_named_by_hand_stays_in_the_list() -> None:
    told = of(did_not_attend(), edits=(("copies", "Dr S Mensah\n" + GP),))
    assert [each.line for each in offered(did_not_attend(), edits=(("copies", "Dr S Mensah\n" + GP),))] == [
        "", GP, "Dr S Mensah",
    ]  # fmt: skip
    assert told["Dr S Mensah"].ticked
    assert told["Dr S Mensah"].address == ()


def test_nothing_is_offered_to_someone_who_has_died_and_it_says_why() -> None:
    dead = with_patient(professional(), died=PartialDate(2026, 11, 19))
    told = of(dead)
    patient = told["Mr Thomas Hartley (patient)"]
    assert (patient.ticked, patient.fixed) == (False, True)
    assert patient.reason == "This person has died: nothing can be addressed to them."
    first = of(with_patient(did_not_attend(), died=PartialDate(2026, 11, 19)))[""]
    assert (first.ticked, first.fixed) == (False, True)


def test_what_is_not_for_the_patient_cannot_be_ticked_for_them_but_can_be_taken_out() -> None:
    line = "Mr Thomas Hartley (patient)"
    told = of(professional(), not_for_patient="tells of her sister")
    assert (told[line].ticked, told[line].fixed) == (False, True)
    assert told[line].reason == "Not for the patient: tells of her sister"
    put_in = (*professional().letter.edits, ("copies", line))
    told = of(professional(), not_for_patient="tells of her sister", edits=put_in)
    assert (told[line].ticked, told[line].fixed) == (True, False)


def test_a_colleague_who_is_addressed_is_fixed_and_who_referred_is_offered() -> None:
    referred = with_patient(follow_up(), referrer="Dr B North\nNorth Infirmary")
    told = of(referred)
    assert told["Dr B North, North Infirmary"].ticked is False
    colleague = offered(professional())[0]
    assert (colleague.name, colleague.fixed) == ("Dr M Lee, consultant neurologist", True)
    nobody = offered(professional(), edits=(("addressee", " "), ("summary", "x")))[0]
    assert (nobody.ticked, nobody.reason) == (False, "Nobody is named yet, under To.")


def test_whoever_had_the_version_before_is_offered_again() -> None:
    case = did_not_attend()
    old = replace(case.letter, edits=(("copies", GP + "\nDr S Mensah"),))
    case = replace(case, file=replace(case.file, letters=(old,)))
    told = of(case, version=2, reason="a wrong day")
    assert (told["Dr S Mensah"].ticked, told["Dr S Mensah"].fixed) == (False, False)
