"""The radiological response on FDG-PET-CT: avid lesions and the sum of their SUVmax (clinical.md 3.1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from poems_registry.domain.dates import show_date
from poems_registry.domain.intervals import Interval
from poems_registry.domain.kleene import Verdict, all_of, any_of, opposite
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
from poems_registry.domain.response_rules.comparing import (
    fallen_by,
    lowest_so_far,
    no_more_than,
    percent_between,
    risen_by,
    risen_by_units,
)
from poems_registry.domain.response_rules.course import Course, PetScan, Window, one_a_day
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatment_periods import months_later

_DOMAIN = Domain.RADIOLOGICAL


def judge_radiological(course: Course, window: Window, thresholds: Thresholds) -> DomainResponse:
    """From the newest scan before treatment to the newest since."""
    before = in_order(window.before(course.scans))
    after = one_a_day(in_order(window.since(course.scans)))
    latest = point_of(after[-1]) if after else None
    if not before:
        words = f"No PET-CT from before treatment began on {window.start_words}"
        needs = (f"PET-CT with its avid lesions from before {window.start_words}",)
        return DomainResponse(_DOMAIN, Grade.CANNOT_TELL, words, latest=latest, needs=needs)
    base = before[-1]
    if after:
        return _Followed(base, after, window, thresholds).answer()
    if _avid(base) is Verdict.NOT_MET:
        return DomainResponse(_DOMAIN, Grade.NE, "No FDG-avid lesion before treatment", point_of(base))
    words = f"No PET-CT since treatment began on {window.start_words}"
    needs = (f"PET-CT after {window.start_words}",)
    return DomainResponse(_DOMAIN, Grade.CANNOT_TELL, words, point_of(base), point_of(base), needs=needs)


def point_of(scan: PetScan) -> Point:
    """The scan as read."""
    parts = []
    if scan.avid is not None:
        none = scan.avid.at_most(0) is Verdict.MET
        count = scan.avid.words
        parts.append("no avid lesion" if none else f"{count} avid lesion{'' if count == '1' else 's'}")
    if scan.suv_sum is not None:
        parts.append(f"sum of SUVmax {scan.suv_sum.words}")
    if scan.new_lesion:
        parts.append("new avid lesion")
    return Point(scan.on, ", ".join(parts), scan.encounter, _brief(scan))


def _brief(scan: PetScan) -> str:
    if _avid(scan) is Verdict.NOT_MET:
        return "none"
    return f"SUV {scan.suv_sum.words}" if scan.suv_sum is not None else "avid"


def in_order(scans: Iterable[PetScan]) -> list[PetScan]:
    """Oldest first; of one day the one with more last."""

    def worst_last(scan: PetScan) -> tuple[date, float, float, bool, int]:
        avid = scan.avid.low if scan.avid is not None else -1.0
        return (
            scan.on,
            avid,
            scan.suv_sum.low if scan.suv_sum is not None else -1.0,
            bool(scan.new_lesion),
            scan.encounter,
        )

    return sorted(scans, key=worst_last)


def _avid(scan: PetScan) -> Verdict:
    """Whether any lesion is avid, by their number or by the sum."""
    verdicts = [value.above(0) for value in (scan.avid, scan.suv_sum) if value is not None]
    if scan.new_lesion:
        verdicts.append(Verdict.MET)
    if Verdict.MET in verdicts:
        return Verdict.MET
    return Verdict.NOT_MET if Verdict.NOT_MET in verdicts else Verdict.CANNOT_TELL


@dataclass(frozen=True, slots=True)
class _Followed:
    base: PetScan
    after: Sequence[PetScan]
    window: Window
    thresholds: Thresholds

    def answer(self) -> DomainResponse:
        nadirs = lowest_so_far(_sum_of(self.base), map(_sum_of, self.after))
        signs = [
            self._sign(scan, [self.base, *self.after[:place]], nadir)
            for place, (scan, nadir) in enumerate(zip(self.after, nadirs, strict=True))
        ]
        standing, progressions = watch(_DOMAIN, signs, None)
        course = tuple(self._assess(scan, standing[place], signs[place]) for place, scan in enumerate(self.after))
        now = course[-1]
        summed = [(total, scan) for scan in (self.base, *self.after) if (total := _sum_of(scan)) is not None]
        _, lowest = min(summed, key=lambda each: (each[0].high, each[0].low, each[1].on), default=(None, None))
        return DomainResponse(
            _DOMAIN,
            now.grade,
            now.words,
            baseline=point_of(self.base),
            nadir=point_of(lowest) if lowest is not None else None,
            latest=now.point,
            needs=now.needs,
            possible=now.possible,
            progressions=progressions,
            course=course,
        )

    def _sign(self, scan: PetScan, before: Sequence[PetScan], nadir: Interval) -> Sign:
        new = self._new_lesion(scan, before)
        words = f"{point_of(scan).words}, before that {point_of(before[-1]).words}"
        return Sign(scan.on, any_of(new, self._grown(scan, nadir)), words, scan.encounter)

    def _new_lesion(self, scan: PetScan, before: Sequence[PetScan]) -> Verdict:
        """As the report says; else by number: more than ever, or any after none. No number says nothing."""
        if scan.new_lesion:
            return Verdict.MET
        if _avid(before[-1]) is Verdict.NOT_MET:
            return _avid(scan)
        if _avid(scan) is Verdict.NOT_MET or scan.new_lesion is False:
            return Verdict.NOT_MET
        counts = [each.avid for each in before if each.avid is not None]
        if scan.avid is None or not counts:
            return Verdict.CANNOT_TELL
        most = max(counts, key=lambda count: (count.high, count.low))
        return opposite(no_more_than(scan.avid, most))

    def _grown(self, scan: PetScan, nadir: Interval) -> Verdict:
        """The sum above its nadir by the share and by the units set."""
        now, levels = _sum_of(scan), self.thresholds
        if now is None:
            return Verdict.CANNOT_TELL
        return all_of(risen_by(now, nadir, levels.pet_rise_percent), risen_by_units(now, nadir, levels.pet_rise_suv))

    def _assess(self, scan: PetScan, standing: Progression | None, sign: Sign) -> Assessment:
        point = point_of(scan)
        if standing is not None:
            since = f", since {show_date(standing.on)}" if standing.on != scan.on else ""
            return Assessment(scan.on, Grade.PD, f"{sign.words}{since}", point)
        steps = [
            (Grade.PD, sign.verdict),
            (Grade.NE, opposite(_avid(self.base))),
            (Grade.CR, opposite(_avid(scan))),
            (Grade.PR, self._fallen(scan)),
        ]
        early = months_later(self.window.start.latest(), self.thresholds.radiological_months)
        grade, possible = settle(steps, Grade.TOO_EARLY if scan.on < early else Grade.NR)
        needs = (f"PET-CT on or after {show_date(early)}",) if grade is Grade.TOO_EARLY else self._needs(grade, scan)
        return Assessment(scan.on, grade, self._words(grade, scan), point, needs, possible)

    def _fallen(self, scan: PetScan) -> Verdict:
        now, before = _sum_of(scan), _sum_of(self.base)
        if now is None or before is None:
            return Verdict.CANNOT_TELL
        return fallen_by(now, before, self.thresholds.pet_fall_percent)

    def _words(self, grade: Grade, scan: PetScan) -> str:
        if grade is Grade.NE:
            return "No FDG-avid lesion before treatment"
        words = point_of(scan).words
        if scan.suv_sum is None or self.base.suv_sum is None or grade is Grade.CR:
            return words
        percent = percent_between(self.base.suv_sum, scan.suv_sum)
        told = "" if percent is None else f", {'rise' if percent < 0 else 'fall'} of {abs(percent)} %"
        return f"{words}, before treatment {self.base.suv_sum.words}{told}"

    def _needs(self, grade: Grade, scan: PetScan) -> tuple[str, ...]:
        if grade is not Grade.CANNOT_TELL:
            return ()
        needs = []
        for each in (self.base, scan):
            if each.avid is None:
                needs.append(f"Number of FDG-avid lesions on the PET-CT of {show_date(each.on)}")
            if each.suv_sum is None:
                needs.append(f"Sum of SUVmax of the PET-CT of {show_date(each.on)}")
        return each_once(needs or [f"Sum of SUVmax of {show_date(scan.on)}, measured to a number"])


def _sum_of(scan: PetScan) -> Interval | None:
    """The sum as reported; where no lesion is avid there is nothing to add up."""
    if scan.suv_sum is None and _avid(scan) is Verdict.NOT_MET:
        return Interval.exactly(0.0)
    return scan.suv_sum
