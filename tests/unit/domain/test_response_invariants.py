"""What holds for the response of every record, tried on made-up courses by the hundred."""

from dataclasses import fields, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.evidence_kinds import FixationResult, FixationSpecimen, Specimen
from poems_registry.domain.findings import Sign
from poems_registry.domain.intervals import Interval
from poems_registry.domain.response import Course, Domain, Grade, Line, Response, judge_response
from poems_registry.domain.response_rules.answers import DomainResponse
from poems_registry.domain.response_rules.course import Fixation, MarrowClone, MProtein, PetScan, Score, Seen, VegfValue
from poems_registry.domain.response_thresholds import ClinicalMeasure
from tests.unit.domain.treated import STANDARD, START

FIRST, LAST = date(2021, 6, 1), date(2025, 12, 31)
days = st.dates(FIRST, LAST)
amounts = st.builds(Interval.of, st.sampled_from(list(Sign)), st.integers(1, 9000).map(lambda number: number / 2))
bands = st.one_of(st.just(Interval.exactly(0.0)), st.integers(1, 60).map(lambda n: Interval.exactly(n / 2)))
samples = st.builds(
    VegfValue,
    days,
    amounts,
    st.sampled_from(list(Specimen)),
    st.sampled_from([None, 771.0, 86.0]),
    st.sampled_from(["", "A"]),
    st.sampled_from([(), ("copd",)]),
)
fixations = st.builds(Fixation, days, st.sampled_from(list(FixationSpecimen)), st.sampled_from(list(FixationResult)))
scans = st.builds(
    PetScan,
    days,
    st.one_of(st.none(), st.integers(0, 4).map(lambda n: Interval.exactly(float(n)))),
    st.one_of(st.none(), st.integers(0, 30).map(lambda n: Interval.exactly(float(n)))),
    st.sampled_from([None, True, False]),
)
scores = st.builds(
    Score,
    days,
    st.just(ClinicalMeasure.ONLS),
    st.tuples(st.integers(0, 5).map(float), st.integers(0, 7).map(float)),
)
more_lines = st.lists(st.builds(Line, st.integers(2, 4), st.one_of(st.none(), days.map(PartialDate.of))), max_size=2)


def several(kind: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """A few of one kind, no two on one day, as a clinic would have them."""
    return st.lists(kind, max_size=5, unique_by=lambda each: (each.on, getattr(each, "specimen", ""))).map(tuple)


courses = st.builds(
    lambda others, **values: Course(lines=(Line(1, PartialDate.of(START)), *others), **values),
    more_lines,
    vegf=several(samples),
    fixations=several(fixations),
    marrows=several(st.builds(MarrowClone, days, st.booleans())),
    m_proteins=several(st.builds(MProtein, days, bands)),
    scans=several(scans),
    scores=several(scores),
)


def grades(response: Response) -> list[dict[Domain, Grade]]:
    """What every line got, and what stands now."""
    return [response.grades, *({d: a.grade for d, a in line.domains.items()} for line in response.lines)]


def shuffled(course: Course, seed: int) -> Course:
    """The same values, entered in another order."""
    mixer = Random(seed)
    mixed = {f.name: list(getattr(course, f.name)) for f in fields(Course)}
    for values in mixed.values():
        mixer.shuffle(values)
    return Course(**{name: tuple(values) for name, values in mixed.items()})


@given(courses, st.integers(0, 1000))
def test_the_order_of_entry_does_not_matter(course: Course, seed: int) -> None:
    assert judge_response(shuffled(course, seed), STANDARD) == judge_response(course, STANDARD)


@given(courses)
def test_what_says_nothing_changes_nothing(course: Course) -> None:
    silent = Course(seen=(Seen(LAST),), scores=(Score(LAST, ClinicalMeasure.INCAT, (1.0, 1.0)),))
    assert grades(judge_response(course.plus(silent), STANDARD)) == grades(judge_response(course, STANDARD))


@given(courses)
def test_the_same_value_recorded_twice_changes_no_grade(course: Course) -> None:
    doubled = Course(**{f.name: getattr(course, f.name) * (1 if f.name == "lines" else 2) for f in fields(Course)})
    assert grades(judge_response(doubled, STANDARD)) == grades(judge_response(course, STANDARD))


@given(courses, st.sampled_from([2, 4, 8, 1000]))
def test_the_unit_of_vegf_does_not_matter(course: Course, factor: int) -> None:
    """Values, printed limits and the clinic's own levels in another unit give the same grades."""
    other = replace(
        course,
        vegf=tuple(
            replace(
                each,
                value=each.value.scaled(factor),
                upper_limit=None if each.upper_limit is None else each.upper_limit * factor,
            )
            for each in course.vegf
        ),
    )
    levels = replace(
        STANDARD,
        serum_vegf_upper_limit=771.0 * factor,
        serum_vegf_decision_level=1771.0 * factor,
        plasma_vegf_upper_limit=86.0 * factor,
        plasma_vegf_decision_level=200.0 * factor,
        plasma_vegf_evaluable=200.0 * factor,
    )
    assert grades(judge_response(other, levels)) == grades(judge_response(course, STANDARD))


@given(courses, st.sampled_from([f.name for f in fields(Course) if f.name not in {"lines", "seen"}]))
def test_what_is_not_recorded_never_becomes_a_grade(course: Course, name: str) -> None:
    """A domain none of whose values is there can tell nothing."""
    nothing = Course(lines=course.lines)
    assert {g for each in grades(judge_response(nothing, STANDARD)) for g in each.values()} == {Grade.CANNOT_TELL}
    one_kind = replace(nothing, **{name: getattr(course, name)})
    touched = {
        "vegf": {Domain.VEGF},
        "fixations": {Domain.HAEMATOLOGICAL},
        "marrows": {Domain.HAEMATOLOGICAL},
        "lesions": {Domain.HAEMATOLOGICAL},
        "m_proteins": {Domain.HAEMATOLOGICAL},
        "scans": {Domain.RADIOLOGICAL},
        "scores": {Domain.CLINICAL},
    }.get(name, set())
    for line in judge_response(one_kind, STANDARD).lines:
        untouched = [a.grade for d, a in line.domains.items() if d not in touched]
        assert set(untouched) <= {Grade.CANNOT_TELL}


def answers(response: Response) -> list[DomainResponse]:
    """Every answer of every line."""
    return [answer for line in response.lines for answer in line.domains.values()]


@given(courses)
def test_an_open_answer_says_what_it_needs_and_a_settled_one_what_it_rests_on(course: Course) -> None:
    for answer in answers(judge_response(course, STANDARD)):
        if answer.grade in (Grade.CANNOT_TELL, Grade.TOO_EARLY):
            assert answer.needs
        else:
            assert answer.baseline is not None or answer.grade is Grade.NE
            assert answer.words


@given(courses, st.data())
def test_measuring_a_censored_value_never_unsettles_a_grade(course: Course, data: st.DataObject) -> None:
    """A number inside the interval it was known by keeps what was settled."""
    censored = [each for each in course.vegf if each.value.censored]
    if not censored:
        return
    chosen = data.draw(st.sampled_from(censored))
    low, high = chosen.value.low, min(chosen.value.high, chosen.value.low + 20000)
    part = data.draw(st.sampled_from([0.1, 0.5, 0.9]))
    number = round(low + part * (high - low), 3)
    measured = tuple(replace(each, value=Interval.exactly(number)) if each is chosen else each for each in course.vegf)
    before = judge_response(course, STANDARD)
    after = judge_response(replace(course, vegf=measured), STANDARD)
    for old, new in zip(before.lines, after.lines, strict=True):
        was, now = old.domains[Domain.VEGF], new.domains[Domain.VEGF]
        if was.grade.settled and was.grade is not Grade.NE:
            assert now.grade.settled


@given(courses)
def test_an_open_answer_stays_within_what_it_said_was_possible(course: Course) -> None:
    for answer in answers(judge_response(course, STANDARD)):
        assert not answer.possible or (answer.grade is Grade.CANNOT_TELL and len(answer.possible) > 1)


@given(courses, days)
def test_a_later_value_does_not_change_what_was_said_on_an_earlier_day(course: Course, on: date) -> None:
    then = judge_response(course, STANDARD, on)
    later = Course(scores=(Score(on + timedelta(days=1), ClinicalMeasure.ONLS, (5.0, 7.0)),))
    assert grades(judge_response(course.plus(later), STANDARD, on)) == grades(then)
