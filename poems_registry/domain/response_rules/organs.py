"""Organs beside the leading score: fluid, optic discs, pulmonary pressure and gas transfer (clinical.md 3.1)."""

from collections.abc import Iterable
from dataclasses import dataclass

from poems_registry.domain.intervals import Interval
from poems_registry.domain.kleene import Verdict, opposite
from poems_registry.domain.response_rules.answers import Grade, Point, settle
from poems_registry.domain.response_rules.comparing import fallen_by, risen_by, risen_by_units
from poems_registry.domain.response_rules.course import Course, Organ, OrganValue, Window
from poems_registry.domain.thresholds import Thresholds

ORGAN_WORDS = {
    Organ.OEDEMA: "Oedema",
    Organ.EFFUSION: "Effusion or ascites",
    Organ.PAPILLOEDEMA: "Papilloedema",
    Organ.PASP: "PASP",
    Organ.TLCO: "TLCO",
}
_UNITS = {Organ.PASP: " mmHg", Organ.TLCO: " %"}
_STEPS = frozenset({Organ.OEDEMA, Organ.EFFUSION, Organ.PAPILLOEDEMA})
"""Judged by one whole step; the others by a share of what was measured before."""


@dataclass(frozen=True, slots=True)
class OrganResponse:
    """One organ's answer; it stands beside the clinical grade and never changes it."""

    organ: Organ
    grade: Grade
    baseline: Point
    latest: Point


def judge_organs(course: Course, window: Window, thresholds: Thresholds) -> tuple[OrganResponse, ...]:
    """Each organ that was judged both before and since; what was not says nothing."""
    found = []
    for organ in Organ:
        mine = [each for each in course.organs if each.organ is organ]
        before = _newest(window.before(mine))
        after = _newest(window.since(mine))
        if before is not None and after is not None:
            grade = _grade(organ, before.value, after.value, thresholds)
            found.append(OrganResponse(organ, grade, _point(before), _point(after)))
    return tuple(found)


def _newest(values: Iterable[OrganValue]) -> OrganValue | None:
    return max(values, key=lambda each: (each.on, each.value.low, each.value.high), default=None)


def _grade(organ: Organ, before: Interval, now: Interval, levels: Thresholds) -> Grade:
    if organ in _STEPS:
        better, worse = risen_by_units(before, now, 1), risen_by_units(now, before, 1)
        evaluable = before.above(0)
    elif organ is Organ.PASP:
        better, worse = (
            fallen_by(now, before, levels.organ_change_percent),
            risen_by(now, before, levels.organ_change_percent),
        )
        evaluable = before.at_least(levels.pasp_evaluable)
    else:
        better, worse = (
            risen_by(now, before, levels.organ_change_percent),
            fallen_by(now, before, levels.organ_change_percent),
        )
        evaluable = before.below(levels.tlco_evaluable)
    # What was normal before cannot get better, but fluid and discs can get worse.
    judged = organ in _STEPS
    grade, _ = settle(
        [
            (Grade.WORSE, worse if judged or evaluable is not Verdict.NOT_MET else Verdict.NOT_MET),
            (Grade.NE, opposite(evaluable)),
            (Grade.IMPROVED, better),
        ],
        Grade.STABLE,
    )
    return grade


def _point(value: OrganValue) -> Point:
    if value.organ is Organ.PAPILLOEDEMA:
        words = "present" if value.value.low > 0 else "none"
    elif value.organ in _STEPS:
        words = f"grade {value.value.words}"
    else:
        words = f"{value.value.words}{_UNITS[value.organ]}"
    return Point(value.on, words, value.encounter)
