"""Which values of a measure may be compared: one rule for the form, the record and the letters."""

from dataclasses import replace
from datetime import date

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.comparable import taken_otherwise, way_of
from poems_registry.catalogue.item import Derived, Item
from poems_registry.catalogue.kinds import Choice
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.records import Encounter
from poems_registry.letters.result_days import When
from poems_registry.letters.results import series
from poems_registry.letters.visit import Visit
from poems_registry.ui.comparing import compare
from tests.golden.letters.people import follow_up

WALK, MUSCLES, ONLS = CATALOGUE.item("walk_10m"), CATALOGUE.item("mrc_sum"), CATALOGUE.derived["onls_total"]


def answers(item: str, code: str) -> dict[str, Finding]:
    return {item: Finding(item, code)} if code else {}


@pytest.mark.parametrize(
    ("now", "then", "comparable"),
    [
        ("none", "none", True), ("one_stick", "none", False), ("none", "person", False),
        ("", "", True), ("", "one_stick", False), ("one_stick", "", False),
    ],
)  # fmt: skip
def test_a_walk_is_compared_with_one_with_the_same_aid(now: str, then: str, comparable: bool) -> None:
    ways = taken_otherwise(WALK, answers("walk_10m_aid", now), answers("walk_10m_aid", then))
    assert (ways is None) is comparable


def test_a_muscle_score_is_compared_only_where_both_tell_how_many_muscles() -> None:
    twelve, fourteen = answers("mrc_variant", "12"), answers("mrc_variant", "14")
    assert taken_otherwise(MUSCLES, twelve, twelve) is None
    assert taken_otherwise(MUSCLES, twelve, fourteen) == ("12 muscles (highest 60)", "14 muscles (highest 70)")
    assert taken_otherwise(MUSCLES, {}, {}) is not None


def test_an_onls_is_compared_unless_it_is_told_to_be_taken_otherwise() -> None:
    asked, seen = answers("onls_method", "questionnaire"), answers("onls_method", "observed")
    assert taken_otherwise(ONLS, asked, seen) == ("by questionnaire", "by observation")
    assert taken_otherwise(ONLS, asked, {}) is None
    assert way_of(ONLS, {}) == ""


def test_an_aid_that_was_not_asked_for_is_as_good_as_not_recorded() -> None:
    declined = {"walk_10m_aid": Finding("walk_10m_aid", None, State.DECLINED)}
    assert taken_otherwise(WALK, declined, answers("walk_10m_aid", "none")) == ("aid not recorded", "without an aid")


def test_every_measure_names_a_choice_that_is_asked_with_it() -> None:
    every: list[Item | Derived] = [*CATALOGUE.items.values(), *CATALOGUE.derived.values()]
    measures = [m for m in every if m.taken_by is not None]
    assert {m.code for m in measures} == {"walk_10m", "mrc_sum", "onls_arm", "onls_leg", "onls_total"}
    for measure in measures:
        assert measure.taken_by is not None
        assert isinstance(CATALOGUE.item(measure.taken_by.item).kind, Choice)


def walked(on: date, seconds: float, aid: str, number: int) -> Encounter:
    found = (Finding("walk_10m", seconds), Finding("walk_10m_aid", aid))
    return replace(follow_up().encounter, id=number, uid=f"w-{number}", on=on, findings=found)


def test_a_letter_says_behind_each_walk_with_what_it_was_where_the_aids_differ() -> None:
    stick, unaided = walked(date(2025, 1, 7), 14.2, "one_stick", 1), walked(date(2026, 1, 6), 12.0, "none", 2)
    visit = Visit(replace(follow_up().file, encounters=(stick, unaided)), unaided)
    columns = (When(stick.on, "", (stick,)), When(unaided.on, "", (unaided,)))
    row = next(each for each in series(visit, columns) if each.code == "walk_10m")
    assert row.cells == ("14.2, with one stick", "12, without an aid")
    alike = replace(stick, findings=unaided.findings)
    row = next(r for r in series(visit, (When(stick.on, "", (alike,)), columns[1])) if r.code == "walk_10m")
    assert row.cells == ("12", "12")


def test_two_visits_side_by_side_say_that_walks_with_other_aids_are_no_change() -> None:
    lines = {
        line.key: line
        for line in compare(walked(date(2025, 1, 7), 14.2, "one_stick", 1), walked(date(2026, 1, 6), 12.0, "none", 2))
    }
    assert lines["walk_10m"].apart == "not comparable: with one stick, without an aid"
    assert lines["walk_10m_aid"].apart == ""


def test_a_letter_says_of_an_onls_asked_and_one_observed_how_each_was_taken() -> None:
    case = follow_up()
    ways = {case.encounter.on: "questionnaire", case.file.encounters[-2].on: "observed"}
    encounters = tuple(
        replace(e, findings=(*e.findings, Finding("onls_method", ways[e.on]))) if e.on in ways else e
        for e in case.file.encounters
    )
    told = replace(case, file=replace(case.file, encounters=encounters), encounter=encounters[-1])
    assert ": 3 today by questionnaire, 4 by observation on 12 August 2026" in told.text().replace("\u00a0", " ")
