"""What a letter says of a record beyond findings: each of these was once told wrongly, twice over, or not at all."""

from dataclasses import replace
from datetime import date

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.kinds import Choices
from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.domain.records import Action, ActionFor, EncounterKind, EncounterState
from poems_registry.domain.treatments import Event
from poems_registry.letters.plain_words import plain_words
from poems_registry.pages.text import to_text
from tests.golden.letters.more_letters import professional, sample
from tests.golden.letters.people import NOW, Case, follow_up, new_patient


def in_plain_words(case: Case) -> str:
    return to_text(plain_words(case.file, case.encounter, case.clinic, case.standing, letter=case.letter, now=NOW))


def with_findings(case: Case, *findings: Finding) -> Case:
    items = {each.item for each in findings}
    kept = tuple(each for each in case.encounter.findings if each.item not in items)
    return replace(case, encounter=replace(case.encounter, findings=(*kept, *findings)))


def with_event(case: Case, event: Event) -> Case:
    return replace(case, file=replace(case.file, events=(*case.file.events, event)))


def test_a_result_of_the_visits_day_is_told_alike_in_the_letter_and_in_plain_words() -> None:
    """The visit itself still says that it is awaited; the laboratory's entry of the same day has it."""
    case = with_findings(follow_up(), Finding("vegf_serum", state=State.PENDING))
    entry = sample(case.encounter.on, 31, vegf_serum="640")
    case = replace(case, file=replace(case.file, encounters=(*case.file.encounters, entry)))
    assert "18 November 2026: 640" in case.text()
    plain = in_plain_words(case)
    assert "VEGF (a blood marker of POEMS): 640 pg/mL, lower than last time (1,150 pg/mL on 12 August 2026)." in plain
    assert "we are waiting" not in plain


def test_a_result_that_is_still_awaited_is_said_to_be() -> None:
    plain = in_plain_words(with_findings(follow_up(), Finding("vegf_serum", state=State.PENDING)))
    assert "VEGF (a blood marker of POEMS): we are waiting for the result." in plain


@pytest.mark.parametrize("sign", [Sign.EQUAL, Sign.BELOW])
def test_a_number_that_was_converted_says_so_wherever_it_is_told(sign: Sign) -> None:
    below = "below " if sign is Sign.BELOW else ""
    written = Finding("haemoglobin", 121.0, sign=sign, reported="12.1", reported_unit="g/dL")
    weight = Finding("weight", 72.6, reported="160", reported_unit="lb")
    case = with_findings(follow_up(), written, weight)
    told = f"{below}121 (reported as {below}12.1 g/dL)"
    assert told in case.text()
    assert f"{below}121 g/L (reported as {below}12.1 g/dL)" in in_plain_words(case)
    assert "Weight: 72.6 kg (reported as 160 lb)." in case.text()


def test_a_number_as_it_was_reported_says_nothing_of_it() -> None:
    assert "reported as" not in follow_up().text()


def test_a_letter_about_somebody_who_has_died_says_when() -> None:
    case = professional()
    dead = replace(case.file.patient, died=PartialDate(2026, 11, 19))
    text = replace(case, file=replace(case.file, patient=dead)).text()
    assert "Born 14 March 1958\nDied 19 November 2026\n" in text
    assert "Died" not in case.text()


def test_a_progression_is_not_called_a_relapse_nor_counted_as_one() -> None:
    text = with_event(follow_up(), Event(kind="progression", on=PartialDate(2026, 9))).text()
    assert "Progression of POEMS, September 2026." in text
    assert "First relapse, 3 March 2026" in text
    assert "Second relapse" not in text


def test_which_gland_and_which_cancer_is_told_where_it_was_recorded() -> None:
    text = with_event(follow_up(), Event(kind="new_endocrine_failure", on=PartialDate(2026), sort="thyroid")).text()
    assert "New hormone failure (thyroid), 2026." in text
    text = with_event(follow_up(), Event(kind="second_cancer", on=PartialDate(2026, 5), sort="skin")).text()
    assert "Second cancer (of the skin), May 2026." in text
    text = with_event(follow_up(), Event(kind="second_cancer", on=PartialDate(2026, 5))).text()
    assert "Second cancer, May 2026." in text


@pytest.mark.parametrize(
    ("code", "words"),
    [("braille", "Format of information you need: Braille."), ("as typed before", "you need: as typed before.")],
)
def test_the_format_that_a_person_needs_is_told(code: str, words: str) -> None:
    case = follow_up()
    patient = replace(case.file.patient, format_need=code)
    letter = replace(case.letter, kind=LetterKind.REMINDER, about_on=date(2027, 2, 10), edits=())
    for one in (case, replace(case, letter=letter)):
        assert words in replace(one, file=replace(one.file, patient=patient)).text()
        assert "Format of information" not in one.text()


def test_an_edit_of_one_action_leaves_the_brackets_of_the_others_alone() -> None:
    """ "(FBC)" is part of what is asked, not by when."""
    case = follow_up()
    asked = (
        Action(ActionFor.GP, "Repeat the blood count (FBC)"),
        Action(ActionFor.GP, "Stop gabapentin.", by_when="by 27 November 2026"),
    )
    encounter = replace(case.encounter, actions=asked)
    edits = (("actions_gp", "1. Repeat the blood count (FBC)\n2. Stop gabapentin slowly. (by 1 December 2026)"),)
    text = replace(case, encounter=encounter, letter=replace(case.letter, edits=edits)).text()
    assert "1. Repeat the blood count (FBC)\n2. Stop gabapentin slowly. By 1 December 2026." in text


def test_a_detail_is_told_by_itself_where_what_it_belongs_to_was_answered_otherwise() -> None:
    """Records from elsewhere can hold both; a form cannot."""
    kind = CATALOGUE.item("weakness_sites").kind
    assert isinstance(kind, Choices)
    place = Finding("weakness_sites", (kind.options[0].code,))
    text = with_findings(follow_up(), Finding("motor_weakness", "absent"), place).text()
    assert "sites of muscle weakness: " in text.casefold()


def test_a_first_appointment_that_was_missed_tells_no_referrer() -> None:
    case = new_patient()
    missed = replace(case.encounter, kind=EncounterKind.MISSED, state=EncounterState.RECORDED)
    letter = replace(case.letter, kind=LetterKind.FIRST_MISSED, about_on=missed.on)
    patient = replace(case.file.patient, referrer="Dr B North")
    text = replace(case, file=replace(case.file, patient=patient), encounter=missed, letter=letter).text()
    assert "Referred by" not in text
