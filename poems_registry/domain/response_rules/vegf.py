"""The VEGF response: one specimen and one assay in a series, against the laboratory's limit (clinical.md 3.1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from poems_registry.domain.dates import show_date
from poems_registry.domain.evidence_kinds import Specimen
from poems_registry.domain.intervals import Interval, plain, times
from poems_registry.domain.kleene import Verdict, all_of, opposite
from poems_registry.domain.response_rules.answers import (
    Assessment,
    Domain,
    DomainResponse,
    Grade,
    Point,
    Progression,
    Sign,
    each_once,
    settle,
    watch,
)
from poems_registry.domain.response_rules.comparing import fallen_by, lowest_so_far, percent_between, risen_by
from poems_registry.domain.response_rules.course import Course, VegfValue, Window, one_a_day
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatment_periods import months_later

_DOMAIN = Domain.VEGF


def judge_vegf(course: Course, window: Window, thresholds: Thresholds) -> DomainResponse:
    """The series that says most: with samples after the start, evaluable, newest, serum before plasma."""
    before = [each for each in _in_order(window.before(course.vegf)) if each.specimen in thresholds.vegf_specimens]
    after = _in_order(window.since(course.vegf))
    if not before:
        return _without_baseline(after, window)
    series = [_Series(_newest(before, *kind), after, window, thresholds) for kind in _kinds(before)]
    answers = [each.answer() for each in series]
    return max(answers, key=_says_most)


def point_of(sample: VegfValue) -> Point:
    """The sample as read."""
    printed = f", limit {plain(sample.upper_limit)}" if sample.upper_limit is not None else ""
    return Point(
        sample.on, f"{sample.specimen} {sample.value.words} pg/mL{printed}", sample.encounter, _brief(sample.value)
    )


def _brief(value: Interval) -> str:
    return value.words.replace("below ", "<\N{NO-BREAK SPACE}").replace("above ", ">\N{NO-BREAK SPACE}")


def _in_order(samples: Iterable[VegfValue]) -> list[VegfValue]:
    return sorted(
        samples, key=lambda s: (s.on, s.value.low, s.value.high, s.specimen, s.assay, s.confounders, s.encounter)
    )


def _kinds(before: Sequence[VegfValue]) -> list[tuple[Specimen, str]]:
    return sorted({(each.specimen, each.assay) for each in before})


def _newest(before: Sequence[VegfValue], specimen: Specimen, assay: str) -> VegfValue:
    return [each for each in before if (each.specimen, each.assay) == (specimen, assay)][-1]


def _says_most(answer: DomainResponse) -> tuple[bool, bool, date, date, bool]:
    latest = answer.latest.on if answer.latest is not None else date.min
    begun = answer.baseline.on if answer.baseline is not None else date.min
    serum = answer.baseline is not None and answer.baseline.words.startswith(Specimen.SERUM)
    return bool(answer.course), answer.grade is not Grade.NE, latest, begun, serum


def _without_baseline(after: Sequence[VegfValue], window: Window) -> DomainResponse:
    latest = point_of(after[-1]) if after else None
    words = f"No VEGF from before treatment began on {window.start_words}"
    needs = (f"VEGF from before {window.start_words}",)
    return DomainResponse(_DOMAIN, Grade.CANNOT_TELL, words, latest=latest, needs=needs)


@dataclass(frozen=True, slots=True)
class _Series:
    """One baseline and what may be compared with it: the same specimen, and no assay known to be another."""

    baseline: VegfValue
    after: Sequence[VegfValue]
    window: Window
    thresholds: Thresholds

    def answer(self) -> DomainResponse:
        mine = one_a_day(each for each in self.after if self._comparable(each))
        if not mine:
            return self._nothing_to_compare()
        nadirs = lowest_so_far(self.baseline.value, (each.value for each in mine))
        signs = [self._sign(sample, nadir) for sample, nadir in zip(mine, nadirs, strict=True)]
        standing, progressions = watch(_DOMAIN, signs, self.thresholds.confirmation_weeks)
        evaluable, early = self._evaluable(), months_later(self.window.start.latest(), self.thresholds.vegf_months)
        course = tuple(
            self._worse(sample, found, sign) if found is not None else self._assess(sample, sign, evaluable, early)
            for sample, sign, found in zip(mine, signs, standing, strict=True)
        )
        now = course[-1]
        lowest = min([self.baseline, *mine], key=lambda each: (each.value.high, each.value.low, each.on))
        return DomainResponse(
            _DOMAIN,
            now.grade,
            now.words,
            baseline=point_of(self.baseline),
            nadir=point_of(lowest),
            latest=now.point,
            needs=now.needs,
            possible=now.possible,
            notes=self._notes(mine[-1]),
            progressions=progressions,
            course=course,
        )

    def _comparable(self, sample: VegfValue) -> bool:
        both_named = sample.assay and self.baseline.assay
        same_assay = sample.assay == self.baseline.assay or not both_named
        return sample.specimen is self.baseline.specimen and same_assay

    def _nothing_to_compare(self) -> DomainResponse:
        baseline = point_of(self.baseline)
        if not self.after:
            needs = (f"VEGF in {self.baseline.specimen} after {self.window.start_words}",)
            words = f"No VEGF since treatment began on {self.window.start_words}"
            return DomainResponse(_DOMAIN, Grade.CANNOT_TELL, words, baseline, baseline, needs=needs)
        other = self.after[-1]
        if other.specimen is self.baseline.specimen:
            words = f"Measured by another assay: {other.assay}, before treatment {self.baseline.assay}"
        else:
            words = f"Measured in {other.specimen}, before treatment in {self.baseline.specimen}: never compared"
        return DomainResponse(_DOMAIN, Grade.NE, words, baseline, baseline, point_of(other))

    def _upper(self, sample: VegfValue) -> float:
        """The limit printed with the result, else the clinic's for specimen and assay."""
        own = self.thresholds.vegf_limits(sample.specimen, sample.assay).upper_limit
        return own if sample.upper_limit is None else sample.upper_limit

    def _complete(self, sample: VegfValue) -> Verdict:
        level = self.thresholds.serum_vegf_complete_below
        if level > 0 and sample.specimen is Specimen.SERUM:
            return sample.value.below(level)
        return sample.value.at_most(self._upper(sample))

    def _evaluable(self) -> Verdict:
        base, levels = self.baseline, self.thresholds
        if base.specimen is Specimen.PLASMA:
            return base.value.at_least(levels.plasma_vegf_evaluable)
        return base.value.at_least(times(self._upper(base), levels.serum_vegf_evaluable_times))

    def _sign(self, sample: VegfValue, nadir: Interval) -> Sign:
        """Progression: risen above the nadir by the share set, and not normal."""
        risen = risen_by(sample.value, nadir, self.thresholds.vegf_rise_percent)
        words = f"VEGF {sample.value.words} pg/mL, lowest before {nadir.words}"
        verdict = all_of(risen, opposite(self._complete(sample)))
        return Sign(sample.on, verdict, words, sample.encounter, counts=not sample.confounders)

    def _assess(self, sample: VegfValue, sign: Sign, evaluable: Verdict, early: date) -> Assessment:
        steps = [
            (Grade.PD_TO_CONFIRM, sign.verdict),
            (Grade.NE, opposite(evaluable)),
            (Grade.CR, self._complete(sample)),
            (Grade.PR, fallen_by(sample.value, self.baseline.value, self.thresholds.vegf_fall_percent)),
        ]
        grade, possible = settle(steps, Grade.TOO_EARLY if sample.on < early else Grade.NR)
        words, needs = self._words(grade, sample), self._needs(grade, sample, evaluable, early)
        return Assessment(sample.on, grade, words, point_of(sample), needs, possible)

    def _worse(self, sample: VegfValue, standing: Progression, sign: Sign) -> Assessment:
        point = point_of(sample)
        since = f", since {show_date(standing.on)}" if standing.on != sample.on else ""
        if standing.confirmed:
            return Assessment(sample.on, Grade.PD, f"{sign.words}{since}", point)
        if sample.confounders:
            needs = ("VEGF, repeated without " + " or ".join(each.replace("_", " ") for each in sample.confounders),)
        else:
            needs = (
                f"VEGF, repeated {self.thresholds.confirmation_weeks} weeks or more after {show_date(standing.on)}",
            )
        return Assessment(sample.on, Grade.PD_TO_CONFIRM, f"{sign.words}{since}", point, needs)

    def _words(self, grade: Grade, sample: VegfValue) -> str:
        base = f"{self.baseline.value.words} to {sample.value.words} pg/mL"
        if grade is Grade.NE:
            level = self.thresholds.plasma_vegf_evaluable
            if self.baseline.specimen is Specimen.SERUM:
                level = times(self._upper(self.baseline), self.thresholds.serum_vegf_evaluable_times)
            return f"{self.baseline.value.words} pg/mL before treatment, below the {plain(level)} that can be judged"
        percent = percent_between(self.baseline.value, sample.value)
        if percent is None:
            return base
        return f"{base}, {'rise' if percent < 0 else 'fall'} of {abs(percent)} %"

    def _needs(self, grade: Grade, sample: VegfValue, evaluable: Verdict, early: date) -> tuple[str, ...]:
        if grade is Grade.TOO_EARLY:
            return (f"VEGF in {sample.specimen} on or after {show_date(early)}",)
        if grade is not Grade.CANNOT_TELL:
            return ()
        needs = []
        if evaluable is Verdict.CANNOT_TELL or self.baseline.value.censored:
            needs.append(f"VEGF of {show_date(self.baseline.on)}, measured to a number")
        if sample.value.censored:
            needs.append(f"VEGF of {show_date(sample.on)}, measured to a number")
        return each_once(needs or [f"VEGF in {sample.specimen}, repeated"])

    def _notes(self, latest: VegfValue) -> tuple[str, ...]:
        notes = []
        if not (latest.assay and self.baseline.assay) and latest.assay != self.baseline.assay:
            notes.append("One of the assays is not stated; taken as the same.")
        newer = [each for each in self.after if each.on > latest.on]
        if newer:
            other = newer[-1]
            notes.append(f"Not compared: {other.specimen} {other.value.words} pg/mL of {show_date(other.on)}.")
        return tuple(notes)
