"""The clinical response: the leading score of disability against the one before treatment (clinical.md 3.1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from poems_registry.domain.dates import show_date
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.response_rules.answers import (
    Assessment,
    Domain,
    DomainResponse,
    Grade,
    Point,
    Progression,
    Sign,
    watch,
)
from poems_registry.domain.response_rules.course import Course, Score, Window, one_a_day
from poems_registry.domain.response_thresholds import ClinicalMeasure
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatment_periods import months_later

_DOMAIN = Domain.CLINICAL
NAMES = {ClinicalMeasure.ONLS: "ONLS", ClinicalMeasure.INCAT: "INCAT", ClinicalMeasure.IRODS: "I-RODS centile"}
_BEST = {ClinicalMeasure.ONLS: (0.0, 0.0), ClinicalMeasure.INCAT: (0.0, 0.0), ClinicalMeasure.IRODS: (100.0,)}


def judge_clinical(course: Course, window: Window, thresholds: Thresholds) -> DomainResponse:
    """From the newest score before treatment to the newest since; a rise above the best one is a progression."""
    mine = [each for each in course.scores if each.measure is thresholds.clinical_measure]
    before = in_order(window.before(mine))
    after = one_a_day(in_order(window.since(mine)))
    name = NAMES[thresholds.clinical_measure]
    if not before:
        words = f"No {name} from before treatment began on {window.start_words}"
        latest = point_of(after[-1]) if after else None
        needs = (f"{name} from before {window.start_words}",)
        return DomainResponse(_DOMAIN, Grade.CANNOT_TELL, words, latest=latest, needs=needs)
    if not after:
        words = f"No {name} since treatment began on {window.start_words}"
        base = point_of(before[-1])
        return DomainResponse(
            _DOMAIN, Grade.CANNOT_TELL, words, base, base, needs=(f"{name} after {window.start_words}",)
        )
    return _Followed(before[-1], after, window, thresholds).answer()


def point_of(score: Score) -> Point:
    """The score as read."""
    parts = f" ({score.parts[0]:g} + {score.parts[1]:g})" if len(score.parts) > 1 else ""
    return Point(score.on, f"{NAMES[score.measure]} {score.total:g}{parts}", score.encounter, f"{score.total:g}")


def in_order(scores: Iterable[Score]) -> list[Score]:
    """Oldest first; of one day the worst last."""
    return sorted(scores, key=lambda each: (each.on, -_burden(each), each.parts, each.encounter))


def worse_by(before: Score, now: Score) -> float:
    """How much worse the later score is, below 0: better. An ONLS arm grade between 0 and 1 does not count."""
    if now.measure is ClinicalMeasure.IRODS:
        return before.total - now.total
    changes = [late - early for early, late in zip(before.parts, now.parts, strict=True)]
    if now.measure is ClinicalMeasure.ONLS and max(before.parts[0], now.parts[0]) <= 1:
        changes[0] = 0.0
    return sum(changes)


def _better(score: Score, best: Score) -> bool:
    """By the change that counts, and only where that is none by the total: an arm grade of 1 hides no better leg."""
    change = worse_by(best, score)
    return change < 0 or (change == 0 and _burden(score) > _burden(best))


def _burden(score: Score) -> float:
    """Higher for better, so that the worst of a day is sorted last."""
    return score.total if score.measure is ClinicalMeasure.IRODS else -score.total


@dataclass(frozen=True, slots=True)
class _Followed:
    base: Score
    after: Sequence[Score]
    window: Window
    thresholds: Thresholds

    def answer(self) -> DomainResponse:
        bests = self._bests()
        signs = [self._sign(score, best) for score, best in zip(self.after, bests, strict=False)]
        _, progressions = watch(_DOMAIN, signs, self.thresholds.confirmation_weeks)
        course = tuple(self._assess(score, signs[place]) for place, score in enumerate(self.after))
        now = course[-1]
        return DomainResponse(
            _DOMAIN,
            now.grade,
            now.words,
            baseline=point_of(self.base),
            nadir=point_of(bests[-1]),
            latest=now.point,
            needs=now.needs,
            notes=self._notes(now, progressions),
            progressions=progressions,
            course=course,
        )

    def _change(self) -> float:
        levels = self.thresholds
        return {
            ClinicalMeasure.ONLS: levels.onls_change,
            ClinicalMeasure.INCAT: levels.incat_change,
            ClinicalMeasure.IRODS: levels.irods_change,
        }[self.base.measure]

    def _bests(self) -> list[Score]:
        """Before each score the best so far, that before treatment included, and last the best of all."""
        found = [self.base]
        for score in self.after:
            found.append(score if _better(score, found[-1]) else found[-1])
        return found

    def _sign(self, score: Score, best: Score) -> Sign:
        verdict = Verdict.MET if worse_by(best, score) >= self._change() else Verdict.NOT_MET
        words = f"{point_of(score).words}, best before {best.total:g}"
        return Sign(score.on, verdict, words, score.encounter)

    def _assess(self, score: Score, sign: Sign) -> Assessment:
        change, step = worse_by(self.base, score), self._change()
        best_there_is = Score(score.on, score.measure, _BEST[score.measure])
        early = months_later(self.window.start.latest(), self.thresholds.clinical_months)
        needs: tuple[str, ...] = ()
        if change >= step:
            grade = Grade.WORSE
        elif change <= -step:
            grade = Grade.IMPROVED
        elif worse_by(self.base, best_there_is) > -step:
            grade = Grade.NE
        elif score.on < early:
            grade, needs = Grade.TOO_EARLY, (f"{NAMES[score.measure]} on or after {show_date(early)}",)
        else:
            grade = Grade.STABLE
        return Assessment(score.on, grade, self._words(grade, score), point_of(score), needs)

    def _words(self, grade: Grade, score: Score) -> str:
        name = NAMES[score.measure]
        told = f"{name} {self.base.total:g} to {score.total:g}"
        if grade is Grade.NE:
            return f"{told}: {self.base.total:g} before treatment leaves nothing to improve"
        return f"{told}, stable so far" if grade is Grade.TOO_EARLY else told

    def _notes(self, now: Assessment, progressions: Sequence[Progression]) -> tuple[str, ...]:
        if now.grade is Grade.WORSE or not progressions or not self._standing(progressions[-1]):
            return ()
        last = progressions[-1]
        told = "borne out by a later score" if last.confirmed else "one score only, repeat it"
        return (f"Worse than its best since {show_date(last.on)}: {last.words} ({told}).",)

    def _standing(self, progression: Progression) -> bool:
        """Whether it still holds at the newest score."""
        place = sum(each.on < progression.on for each in self.after)
        return worse_by(self._bests()[place], self.after[-1]) >= self._change()


def newest_before(scores: Iterable[Score], day: date) -> Score | None:
    """The score a treatment begun on that day would be judged against."""
    found = in_order(each for each in scores if each.on <= day)
    return found[-1] if found else None
