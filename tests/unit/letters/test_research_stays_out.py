"""No letter of any kind tells a name or a value of the research panel, wherever in the record it stands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.results import grouped_tests
from poems_registry.charts.journey_record import Levels, for_letter, for_screen
from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, PatientFile
from poems_registry.letters.kinds import KINDS, parts
from tests.golden.letters.more_letters import PlainCase, did_not_attend, professional, results
from tests.golden.letters.people import Case, follow_up

RESEARCH = tuple(item for item in CATALOGUE.items.values() if item.research)
VALUES = {item.code: float(f"9876{number}.25") for number, item in enumerate(RESEARCH)}
ASSAY = "Multiplex Seventeen"
NAMES = ("IL-1 beta", "IL-6", "IL-8", "IL-12", "TNF-alpha", "VEGF-A", "HGF", "cytokine", "interleukin", ASSAY)
FINDINGS = tuple(Finding(code, value, reported=f"{value:g}", assay=ASSAY) for code, value in VALUES.items())
LEVELS = Levels({"vegf_serum": 1771.0, "vegf_plasma": 200.0}, {"vegf_serum": 771.0})
READY: dict[LetterKind, Callable[[], Case]] = {
    LetterKind.RESULTS: results,
    LetterKind.DID_NOT_ATTEND: did_not_attend,
    LetterKind.PROFESSIONAL: professional,
}
LATER = date(2026, 11, 19)


def case_of(kind: LetterKind) -> Case:
    """A letter of each kind there is; of one that has no case of its own, the visit's as that kind."""
    made = READY[kind]() if kind in READY else follow_up()
    return replace(made, letter=replace(made.letter, kind=kind, about_on=made.letter.about_on or LATER))


def panel(kind: EncounterKind, on: date, number: int) -> Encounter:
    return Encounter(id=number, patient_id=2, kind=kind, on=on, state=EncounterState.RECORDED, findings=FINDINGS)


def with_values(file: PatientFile, visit: Encounter) -> tuple[PatientFile, Encounter]:
    """Research values before, on and after the day, by their samples, in imported results and in the visit itself."""
    days = [visit.on - timedelta(days=97), visit.on, LATER]
    more = [panel(EncounterKind.RESEARCH, day, 900 + n) for n, day in enumerate(days)]
    more += [panel(EncounterKind.SAMPLE, day, 920 + n) for n, day in enumerate(days)]
    own = replace(visit, findings=(*visit.findings, *FINDINGS))
    every = [own if each.id == visit.id else each for each in file.encounters]
    return replace(file, encounters=tuple(sorted([*every, *more], key=lambda each: (each.on, each.id)))), own


def told(text: str) -> list[str]:
    """Every name and value of the panel that a text holds, however the value is written."""
    plain = text.replace("\u00a0", " ")
    figures = plain.replace(",", "").replace(" ", "")
    return [name for name in NAMES if name.casefold() in plain.casefold()] + [
        code for code, value in VALUES.items() if f"{value:.0f}" in figures or f"{int(value)}" in figures
    ]


def test_the_panel_is_looked_for_under_its_names_and_values() -> None:
    assert len(RESEARCH) == 7
    for item in RESEARCH:
        assert told(f"{item.label} {VALUES[item.code]:,} pg/mL"), item.code
    assert told("it was 98\u00a0760.25") == ["research_il1b"]


@pytest.mark.parametrize("kind", list(LetterKind))
def test_no_kind_of_letter_tells_a_research_name_or_value(kind: LetterKind) -> None:
    assert kind in KINDS
    case = case_of(kind)
    assert told(case.text()) == []
    file, visit = with_values(case.file, case.encounter)
    text = replace(case, file=file, encounter=visit).text()
    assert told(text) == []


@pytest.mark.parametrize("kind", list(LetterKind))
def test_no_part_of_a_letter_on_the_desk_tells_one(kind: LetterKind) -> None:
    case = case_of(kind)
    file, visit = with_values(case.file, case.encounter)
    made = parts(file, visit, case.clinic, case.letter, case.standing)
    assert made
    assert told("\n".join(part.text for part in made)) == []


def test_a_letter_in_plain_words_tells_none() -> None:
    case = PlainCase(**{name: getattr(follow_up(), name) for name in Case.__dataclass_fields__})
    file, visit = with_values(case.file, case.encounter)
    assert told(replace(case, file=file, encounter=visit).text()) == []


def test_values_by_their_samples_change_no_word_of_any_letter() -> None:
    for kind in LetterKind:
        case = case_of(kind)
        more = tuple(panel(EncounterKind.RESEARCH, day, 900) for day in (case.encounter.on, LATER))
        file = replace(case.file, encounters=(*case.file.encounters, *more))
        assert replace(case, file=file).text() == case.text(), kind


def test_no_grid_of_results_chart_or_evidence_looks_at_them() -> None:
    assert not any(item.research for _, items in grouped_tests() for item in items)
    case = follow_up()
    more = (panel(EncounterKind.RESEARCH, case.encounter.on, 900),)
    file = replace(case.file, encounters=(*case.file.encounters, *more))
    assert for_screen(file, LATER, LEVELS) == for_screen(case.file, LATER, LEVELS)
    assert for_letter(file, file.counted, LATER, LEVELS) == for_letter(case.file, case.file.counted, LATER, LEVELS)
