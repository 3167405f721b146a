"""Criterion E: an endocrine axis other than diabetes or thyroid alone (clinical.md 1.4, settings 9.5 to 9.7)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from poems_registry.domain.criteria_rules.reasons import (
    Criterion,
    CriterionResult,
    Reason,
    ReasonKind,
    Site,
    by_cause,
    exclusion,
    from_sites,
    remark,
)
from poems_registry.domain.evidence import EndocrineFinding, Evidence
from poems_registry.domain.evidence_kinds import Axis, AxisStatus, EndocrineTest, SexAtBirth
from poems_registry.domain.findings import Attribution
from poems_registry.domain.kleene import all_of, any_of
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatment_periods import steroids_lately

STEROID_DAYS: Final = 14
"""So long a steroid confounds the adrenal axis (clinical.md 2.3)."""

TEST_WORDS: Final = {
    EndocrineTest.TESTOSTERONE: "testosterone",
    EndocrineTest.OESTRADIOL: "oestradiol",
    EndocrineTest.FSH: "FSH",
    EndocrineTest.LH: "LH",
    EndocrineTest.GYNAECOMASTIA: "gynaecomastia",
    EndocrineTest.CORTISOL_9AM: "9 am cortisol",
    EndocrineTest.SHORT_SYNACTHEN: "short Synacthen test",
    EndocrineTest.PROLACTIN: "prolactin",
}
_TEST_AXIS: Final = {
    EndocrineTest.TESTOSTERONE: Axis.GONADAL,
    EndocrineTest.OESTRADIOL: Axis.GONADAL,
    EndocrineTest.FSH: Axis.GONADAL,
    EndocrineTest.LH: Axis.GONADAL,
    EndocrineTest.GYNAECOMASTIA: Axis.GONADAL,
    EndocrineTest.CORTISOL_9AM: Axis.ADRENAL,
    EndocrineTest.SHORT_SYNACTHEN: Axis.ADRENAL,
    EndocrineTest.PROLACTIN: Axis.PITUITARY,
}
_COMMON: Final = (Axis.GLUCOSE, Axis.THYROID)
_APT: Final = {
    SexAtBirth.MALE: frozenset({EndocrineTest.TESTOSTERONE}),
    SexAtBirth.FEMALE: frozenset({EndocrineTest.OESTRADIOL, EndocrineTest.FSH, EndocrineTest.LH}),
}


def judge_endocrine(evidence: Evidence, thresholds: Thresholds) -> CriterionResult:
    """E: any qualifying axis abnormal; excluded when the minimum screen is known and shows none."""
    assessed = [
        _in_its_circumstances(each, evidence)
        for each in evidence.endocrine
        if each.status is not AxisStatus.NOT_ASSESSED
    ]
    qualifying = [each for each in assessed if each.axis not in _COMMON]
    screen = []
    for tests in thresholds.minimum_endocrine_screen:
        apt = _apt(tests, evidence.sex)
        of_group = [each for each in qualifying if _belongs(each, apt)]
        screen.append(Site(_hint(apt), tuple(_weigh(each, thresholds) for each in of_group)))
    axes = Site("Endocrine axes", tuple(_weigh(each, thresholds) for each in qualifying), needed=False)
    common = [
        Site(
            f"{axis.capitalize()} axis",
            tuple(_weigh(each, thresholds) for each in assessed if each.axis is axis),
            False,
        )
        for axis in _COMMON
    ]
    verdicts = [each.verdict for each in (*screen, axes)]
    if thresholds.diabetes_and_thyroid_count:
        verdicts.append(all_of(*(each.verdict for each in common)))
        return from_sites(Criterion.E, any_of(*verdicts), [*screen, axes, *common])
    shown = [Site(each.decided_by, tuple(_set_aside(each.reasons)), needed=False) for each in common]
    return from_sites(Criterion.E, any_of(*verdicts), [*screen, axes, *shown])


def _in_its_circumstances(each: EndocrineFinding, evidence: Evidence) -> EndocrineFinding:
    """A result says what was measured, not why nor under what: its axis and the lines of therapy tell that."""
    cause, steroids = each.attribution, each.on_steroids
    if cause is None and each.test is not None and each.status is AxisStatus.ABNORMAL:
        cause = _cause_of_axis(each.axis, evidence.endocrine)
    if steroids is None and each.axis is Axis.ADRENAL:
        steroids = steroids_lately(evidence.treatments, each.on, STEROID_DAYS)
    return replace(each, attribution=cause, on_steroids=steroids)


def _cause_of_axis(axis: Axis, findings: Iterable[EndocrineFinding]) -> Attribution | None:
    judged = [each for each in findings if each.test is None and each.axis is axis]
    causes = {each.attribution for each in judged if each.status is AxisStatus.ABNORMAL}
    if not causes or causes & {None, Attribution.POEMS}:
        return None
    return Attribution.UNCERTAIN if Attribution.UNCERTAIN in causes else Attribution.OTHER


def _weigh(each: EndocrineFinding, thresholds: Thresholds) -> Reason:
    site = f"{each.axis} axis" if each.test in {None, EndocrineTest.OTHER} else f"{each.axis} axis, {_test(each)}"
    if each.axis is Axis.ADRENAL and each.on_steroids and each.attribution is None:
        return remark(each.on, site, f"{site.capitalize()} {each.status} while taking steroids")
    if each.status is AxisStatus.NORMAL:
        return exclusion(each.on, site, f"No abnormality of {site}")
    words = f"Abnormal {site}"
    alone = {
        EndocrineTest.PROLACTIN: thresholds.prolactin_alone_counts,
        EndocrineTest.GYNAECOMASTIA: thresholds.gynaecomastia_alone_counts,
    }
    if each.test is not None and not alone.get(each.test, True):
        return exclusion(each.on, site, f"Abnormal {site}; does not count alone")
    return by_cause(each.on, site, words, each.attribution)


def _belongs(each: EndocrineFinding, tests: frozenset[EndocrineTest]) -> bool:
    """Whether a finding answers one group of the screen: a test of it, or the whole axis judged without naming one."""
    if each.test is None:
        return any(_TEST_AXIS.get(test) is each.axis for test in tests)
    return each.test in tests


def _apt(tests: frozenset[EndocrineTest], sex: SexAtBirth | None) -> frozenset[EndocrineTest]:
    """The tests of a group that suit the sex; all of them where it is not known or none is apt."""
    gonadal = any(apt & tests for apt in _APT.values())
    return (tests & _APT[sex] or tests) if gonadal and sex else tests


def _set_aside(reasons: Iterable[Reason]) -> list[Reason]:
    """Diabetes and thyroid are shown, and decide nothing."""
    return [
        remark(each.on, each.site, f"{each.words}; does not count alone", each.kind)
        if each.kind is ReasonKind.FINDING and each.words.startswith("Abnormal")
        else remark(each.on, each.site, each.words, each.kind)
        for each in reasons
    ]


def _hint(tests: frozenset[EndocrineTest]) -> str:
    names = [words for test, words in TEST_WORDS.items() if test in tests]
    text = " or ".join(names)
    return text[:1].upper() + text[1:]


def _test(each: EndocrineFinding) -> str:
    return "" if each.test is None else TEST_WORDS.get(each.test, "other test")
