"""A letter tells the response in words, says what is missing as missing, and nothing before treatment."""

from dataclasses import replace
from datetime import date

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.evidence_kinds import FixationResult, FixationSpecimen, Specimen
from poems_registry.domain.freezing import freeze_response
from poems_registry.domain.frozen_response import FrozenDomain, FrozenResponse
from poems_registry.domain.intervals import Interval
from poems_registry.domain.response import Course, Domain, Grade, Line, judge_response
from poems_registry.domain.response_rules.course import Fixation, MarrowClone, MProtein, Score, VegfValue
from poems_registry.domain.response_thresholds import ClinicalMeasure
from poems_registry.domain.thresholds import Thresholds
from poems_registry.letters.response import response_words

BEFORE, START, AFTER = date(2024, 1, 10), date(2024, 2, 1), date(2025, 3, 1)


def judged(course: Course) -> FrozenResponse:
    return freeze_response(judge_response(course, Thresholds()))


def test_before_treatment_and_for_older_visits_nothing_is_said() -> None:
    assert response_words(None) == ""
    assert response_words(judged(Course())) == ""


def test_each_domain_has_its_line_and_what_is_missing_is_named() -> None:
    words = response_words(
        judged(
            Course(
                lines=(Line(1, PartialDate.of(START)),),
                vegf=(
                    VegfValue(BEFORE, Interval.exactly(5000.0), Specimen.SERUM),
                    VegfValue(AFTER, Interval.exactly(600.0), Specimen.SERUM),
                ),
                scores=(
                    Score(BEFORE, ClinicalMeasure.ONLS, (3.0, 4.0)),
                    Score(AFTER, ClinicalMeasure.ONLS, (2.0, 3.0)),
                ),
            )
        )
    ).replace("\u00a0", " ")
    assert words.splitlines() == [
        "Abnormal protein and plasma cells: cannot be judged yet. Needed: serum immunofixation from before"
        " 1 February 2024;"
        " urine immunofixation from before 1 February 2024; marrow from before 1 February 2024.",
        "VEGF: back to normal (complete response). 5,000 to 600 pg/mL, fall of 88 %, on 1 March 2025.",
        "PET scan: cannot be judged yet. Needed: PET-CT with its avid lesions from before 1 February 2024.",
        "Nerves and daily tasks: better than before treatment (improved). ONLS 7 to 5, on 1 March 2025.",
    ]


@pytest.mark.parametrize("domain", list(Domain))
@pytest.mark.parametrize("grade", [grade for grade in Grade if grade is not Grade.NOT_TREATED])
def test_every_grade_a_domain_can_have_has_words(domain: Domain, grade: Grade) -> None:
    possible = {
        Domain.HAEMATOLOGICAL: {"CR", "CR-unconfirmed", "VGPR", "PR", "NR", "PD", "RELAPSE(confirm)", "NE-partial"},
        Domain.VEGF: {"CR", "PR", "NR", "PD", "PD(confirm)"},
        Domain.RADIOLOGICAL: {"CR", "PR", "NR", "PD"},
        Domain.CLINICAL: {"improved", "stable", "worse"},
    }[domain] | {"NE", "too_early", "cannot_tell"}
    if grade.value not in possible:
        return
    kept = FrozenResponse("R-1", 1, (FrozenDomain(domain.value, grade.value, "7 to 5"),))
    assert response_words(kept).endswith(".")


def gone(*, urine: bool = True, marrow: bool | None = None, clonal: bool = True) -> str:
    """What is said of the protein when nothing of it was found: with urine, with a marrow (None: not repeated).

    `clonal`: whether the marrow was, before treatment.
    """
    serum, other = FixationSpecimen.SERUM, FixationSpecimen.URINE
    after = [Fixation(AFTER, serum, FixationResult.NEGATIVE)]
    after += [Fixation(AFTER, other, FixationResult.NEGATIVE)] if urine else []
    course = Course(
        lines=(Line(1, PartialDate.of(START)),),
        fixations=(
            Fixation(BEFORE, serum, FixationResult.POSITIVE),
            Fixation(BEFORE, other, FixationResult.NEGATIVE),
            *after,
        ),
        marrows=(MarrowClone(BEFORE, clonal), *(() if marrow is None else (MarrowClone(AFTER, marrow),))),
        m_proteins=(MProtein(BEFORE, Interval.exactly(12.0)), MProtein(AFTER, Interval.exactly(0.0))),
    )
    lenient = replace(Thresholds(), cr_without_urine=True, cr_without_marrow=marrow is None and clonal and not urine)
    return response_words(freeze_response(judge_response(course, lenient))).splitlines()[0].partition(": ")[2]


def test_a_letter_names_all_three_places_when_all_were_tested_again() -> None:
    assert gone(marrow=False) == "no longer found in blood, urine or bone marrow (complete response)."


def test_a_letter_does_not_say_the_marrow_is_clear_when_it_was_not_repeated() -> None:
    assert gone(clonal=False) == "no longer found in blood or urine (complete response)."


def test_a_letter_does_not_say_the_urine_is_clear_when_it_was_not_repeated() -> None:
    assert gone(urine=False, marrow=False) == "no longer found in blood or bone marrow (complete response)."
    assert gone(urine=False) == "no longer found in blood (complete response)."


def test_a_letter_says_that_the_marrow_was_not_tested_again_where_that_leaves_the_response_open() -> None:
    assert gone() == (
        "no longer found in blood or urine; the bone marrow has not been tested again (complete response, unconfirmed)."
    )


def small(after: Interval) -> str:
    """What is said of a clone that was too small before treatment and is still fixed, with this band afterwards."""
    course = Course(
        lines=(Line(1, PartialDate.of(START)),),
        fixations=tuple(Fixation(on, FixationSpecimen.SERUM, FixationResult.POSITIVE) for on in (BEFORE, AFTER)),
        m_proteins=(MProtein(BEFORE, Interval.exactly(1.9)), MProtein(AFTER, after)),
    )
    return response_words(freeze_response(judge_response(course, Thresholds()))).splitlines()[0].partition(": ")[2]


def test_a_letter_says_which_test_still_finds_the_protein_where_its_table_says_none_detected() -> None:
    assert small(Interval.exactly(0.0)) == (
        "still found, too little to measure, by the finer test (immunofixation);"
        " the amount before treatment was too small to measure a fall."
    )
    assert small(Interval.exactly(1.2)) == ("still found; the amount before treatment was too small to measure a fall.")
