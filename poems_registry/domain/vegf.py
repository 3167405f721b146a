"""What a VEGF result says: by specimen, never serum against plasma, and never excluding under treatment (1.5)."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from poems_registry.domain.criteria_rules.reasons import (
    Bearing,
    Criterion,
    CriterionResult,
    Reason,
    ReasonKind,
    conclude,
    settle,
)
from poems_registry.domain.evidence import VegfSample
from poems_registry.domain.findings import Attribution
from poems_registry.domain.intervals import Interval, plain, times
from poems_registry.domain.kleene import Verdict, all_of
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatment_periods import (
    TreatmentPeriod,
    may_have_begun,
    on_treatment,
    steroids_within,
    treatment_begun,
)

_PG_ML: Final = {"pg/ml": 1.0, "ng/l": 1.0, "ng/ml": 1000.0, "ug/l": 1000.0, "\N{MICRO SIGN}g/l": 1000.0}


class VegfLevel(StrEnum):
    """Where a result lies between the laboratory's limit and the clinic's decision level."""

    NORMAL = "normal"
    GREY = "grey"
    """Above the limit for certain, not certainly at the decision level."""
    RAISED = "raised"
    UNCLEAR = "unclear"
    """A censored value that may be normal."""


def in_pg_ml(sample: VegfSample) -> tuple[Interval, float | None] | None:
    """The result and the limit printed with it in pg/mL; None for a unit that cannot be converted."""
    factor = _PG_ML.get(sample.unit.strip().lower().replace("\N{GREEK SMALL LETTER MU}", "\N{MICRO SIGN}"))
    if factor is None:
        return None
    limit = None if sample.upper_limit is None else times(sample.upper_limit, factor)
    return sample.value.scaled(factor), limit


def level_of(value: Interval, upper_limit: float, decision_level: float, grey_zone: Verdict) -> VegfLevel:
    """Judge a result, all in pg/mL. At the limit is normal, at the decision level raised; normal is asked first."""
    over = value.above(upper_limit)
    raised = over if grey_zone is Verdict.MET else all_of(over, value.at_least(decision_level))
    if raised is Verdict.MET:
        return VegfLevel.RAISED
    if over is Verdict.NOT_MET:
        return VegfLevel.NORMAL
    return VegfLevel.GREY if over is Verdict.MET else VegfLevel.UNCLEAR


def judge_vegf(
    samples: Iterable[VegfSample], treatments: Iterable[TreatmentPeriod], thresholds: Thresholds
) -> CriterionResult:
    """Criterion V from all samples."""
    periods = tuple(treatments)
    reasons = [weigh(each, periods, thresholds) for each in samples]
    return conclude(Criterion.V, settle(reasons), reasons, _what_would_decide(reasons))


def weigh(sample: VegfSample, treatments: tuple[TreatmentPeriod, ...], thresholds: Thresholds) -> Reason:
    """What one sample says to criterion V."""
    converted = in_pg_ml(sample)
    site = f"{sample.specimen} VEGF" if sample.specimen else "VEGF"
    if converted is None:
        return _silent(sample, f"VEGF in the unit {sample.unit or 'not stated'}, which cannot be converted", site)
    value, printed = converted
    words = f"{site[0].upper()}{site[1:]} {value.words} pg/mL"
    if sample.specimen is None:
        return _silent(sample, f"{words}, specimen not stated", site)
    if sample.specimen not in thresholds.vegf_specimens:
        return _silent(sample, f"{words}; this clinic does not count {sample.specimen}", site)
    limits = thresholds.vegf_limits(sample.specimen, sample.assay)
    upper = limits.upper_limit if printed is None else printed
    level = level_of(value, upper, limits.decision_level, thresholds.vegf_grey_zone)
    hindered = _treatment_words(sample, treatments, thresholds.steroid_months)
    if level is VegfLevel.NORMAL:
        return _normal(sample, site, f"{words}, limit {plain(upper)}", hindered or _after(sample, treatments))
    if level is VegfLevel.UNCLEAR:
        return _silent(sample, f"{words} may or may not be within the limit of {plain(upper)}", site)
    if level is VegfLevel.GREY:
        words += f": raised, not shown to reach the POEMS decision level of {plain(limits.decision_level)}"
    return _raised(sample, site, words, hindered, (level is VegfLevel.RAISED, thresholds))


def _normal(sample: VegfSample, site: str, words: str, hindered: str) -> Reason:
    """Within the limit: excludes only before any treatment, and without steroids."""
    if hindered:
        return Reason(ReasonKind.TREATED, sample.on, f"{words}, {hindered}", site)
    return Reason(ReasonKind.FINDING, sample.on, words, site, Bearing.EXCLUDES)


def _raised(sample: VegfSample, site: str, words: str, hindered: str, judged: tuple[bool, Thresholds]) -> Reason:
    """Above the limit: met at the decision level, unless cause, treatment or a confounder stand against it."""
    at_level, thresholds = judged
    meets = Bearing.MEETS if at_level else Bearing.REOPENS
    if sample.attribution is Attribution.OTHER:
        return Reason(ReasonKind.OTHER_CAUSE, sample.on, f"{words}, from another cause", site)
    if sample.attribution is Attribution.UNCERTAIN:
        return Reason(ReasonKind.UNCERTAIN_CAUSE, sample.on, f"{words}, cause uncertain", site, Bearing.UNCERTAIN)
    confounded = f", with {', '.join(sample.confounders)}" if sample.confounders else ""
    if confounded and not thresholds.vegf_counts_with_confounder:
        return Reason(ReasonKind.DOUBT, sample.on, words + confounded, site, Bearing.REOPENS)
    if hindered:
        bearing = meets if thresholds.on_treatment_vegf_may_be_met else Bearing.REOPENS
        return Reason(ReasonKind.TREATED, sample.on, f"{words}{confounded}, {hindered}", site, bearing)
    kind = ReasonKind.FINDING if at_level else ReasonKind.DOUBT
    return Reason(kind, sample.on, words + confounded, site, meets)


def _treatment_words(sample: VegfSample, treatments: tuple[TreatmentPeriod, ...], months: int) -> str:
    """Why the sample cannot decide freely, if so. A sample said to be untreated inside a period counts as treated."""
    if sample.on_treatment or on_treatment(treatments, sample.on):
        return "on treatment"
    if sample.steroids_within_3_months or steroids_within(treatments, sample.on, months):
        return f"within {months} months of steroids"
    return ""


def _after(sample: VegfSample, treatments: tuple[TreatmentPeriod, ...]) -> str:
    if sample.before_treatment is False or treatment_begun(treatments, sample.on):
        return "after treatment had begun"
    perhaps = sample.before_treatment is None and may_have_begun(treatments)
    return "perhaps on treatment: a line without its start" if perhaps else ""


def _silent(sample: VegfSample, words: str, site: str) -> Reason:
    return Reason(ReasonKind.DOUBT, sample.on, words, site)


def _what_would_decide(reasons: list[Reason]) -> tuple[str, ...]:
    if any(each.kind is ReasonKind.UNCERTAIN_CAUSE for each in reasons):
        return ("Cause: raised VEGF",)
    if any(each.bearing is Bearing.REOPENS and each.kind is ReasonKind.DOUBT for each in reasons):
        return ("VEGF, repeated",)
    if any(each.kind is ReasonKind.TREATED for each in reasons):
        return ("VEGF off treatment and without steroids",)
    return ("VEGF",)
