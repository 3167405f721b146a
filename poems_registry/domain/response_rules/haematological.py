"""The haematological response: immunofixation, M-protein and marrow after treatment (clinical.md 3.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from poems_registry.domain.dates import show_date
from poems_registry.domain.evidence_kinds import FixationResult
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
from poems_registry.domain.response_rules.clone_tests import CloneState, CloneTests, band_words, brief_band, positive
from poems_registry.domain.response_rules.comparing import ANY_AMOUNT, fallen_by, lowest_of, risen_by, risen_by_units
from poems_registry.domain.response_rules.course import Course, MarrowClone, MProtein, Window
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatment_periods import months_later

_DOMAIN = Domain.HAEMATOLOGICAL
_COMPLETE = frozenset({Grade.CR, Grade.CR_UNCONFIRMED})


def judge_haematological(course: Course, window: Window, thresholds: Thresholds) -> DomainResponse:
    """From the clone before treatment to the newest of each test since."""
    before = CloneTests(
        tuple(window.before(course.fixations)),
        # A marrow says what it says until another is done, whatever line came between.
        tuple(window.ever_before(course.marrows)),
        tuple(window.before(course.m_proteins)),
    )
    after = CloneTests(
        tuple(window.since(course.fixations)),
        tuple(window.since(course.marrows)),
        tuple(window.since(course.m_proteins)),
    )
    lesion = any(each.clonal for each in window.ever_before(course.lesions))
    return _Followed(before.state(), after, window, thresholds, lesion=lesion).answer()


def state_point(course: Course) -> Point | None:
    """How the clone stands by the newest of each test, for a person who is not treated yet."""
    return CloneTests(course.fixations, course.marrows, course.m_proteins).state().point()


@dataclass(frozen=True, slots=True)
class _Followed:
    base: CloneState
    after: CloneTests
    window: Window
    thresholds: Thresholds
    lesion: bool

    def answer(self) -> DomainResponse:
        base, days = self.base, self.after.days
        clone = any_of(base.immunofixed, _clonal(base.marrow))
        point = base.point()
        if clone is Verdict.NOT_MET:
            return DomainResponse(_DOMAIN, Grade.NE, self._why_not(), point, latest=self._latest(days))
        if clone is Verdict.CANNOT_TELL:
            words = f"No clone was shown in serum, urine or marrow before {self.window.start_words}"
            needs = self._baseline_needs()
            return DomainResponse(_DOMAIN, Grade.CANNOT_TELL, words, point, latest=self._latest(days), needs=needs)
        if not days:
            needs = (f"Immunofixation and M-protein after {self.window.start_words}",)
            words = f"No test for the clone since treatment began on {self.window.start_words}"
            return DomainResponse(_DOMAIN, Grade.CANNOT_TELL, words, point, needs=needs)
        return self._followed(point, days)

    def _followed(self, point: Point | None, days: Sequence[date]) -> DomainResponse:
        states, nadirs = self.after.states(days), self._nadirs()
        growth = [self._grown(state, day, nadirs) for state, day in zip(states, days, strict=True)]
        plain = [self._assess(sign, state) for sign, state in zip(growth, states, strict=True)]
        by_protein, grown = watch(_DOMAIN, growth, None)
        again, relapses = self._relapse(plain, states)
        course = tuple(
            _worse(each, by_protein[place], again[place], self.thresholds) for place, each in enumerate(plain)
        )
        now = course[-1]
        return DomainResponse(
            _DOMAIN,
            now.grade,
            now.words,
            baseline=point,
            nadir=self._nadir_point(),
            latest=now.point,
            needs=now.needs,
            possible=now.possible,
            progressions=tuple(sorted((*grown, *relapses), key=lambda each: each.on)),
            course=course,
        )

    def _latest(self, days: Sequence[date]) -> Point | None:
        return self.after.state().point() if days else None

    def _why_not(self) -> str:
        if self.lesion:
            return "The clone was seen in a lesion biopsy only: see the radiological response"
        return "No clone in serum, urine or marrow before treatment"

    def _baseline_needs(self) -> tuple[str, ...]:
        before = f"from before {self.window.start_words}"
        needs = [f"Serum immunofixation {before}"] if positive(self.base.serum) is Verdict.CANNOT_TELL else []
        needs += [f"Urine immunofixation {before}"] if positive(self.base.urine) is Verdict.CANNOT_TELL else []
        return (*needs, *([f"Marrow {before}"] if self.base.marrow is None else []))

    def _assess(self, grown: Sign, state: CloneState) -> Assessment:
        gone = opposite(self._still_there(state))
        marrow = self._marrow(state)
        open_marrow = Verdict.MET if marrow is Verdict.CANNOT_TELL else Verdict.NOT_MET
        clear = Verdict.MET if marrow is Verdict.NOT_MET else Verdict.NOT_MET
        steps = [
            (Grade.PD, grown.verdict),
            (Grade.CR, all_of(gone, clear)),
            (Grade.CR_UNCONFIRMED, all_of(gone, open_marrow)),
            (
                Grade.VGPR,
                self._fallen(state, self.thresholds.vgpr_baseline_g_l, self.thresholds.vgpr_fall_percent),
            ),
            (Grade.PR, self._fallen(state, self.thresholds.pr_baseline_g_l, self.thresholds.pr_fall_percent)),
            (Grade.NE_PARTIAL, opposite(_from(self.base.protein, self.thresholds.pr_baseline_g_l))),
        ]
        early = months_later(self.window.start.latest(), self.thresholds.haematological_months)
        grade, possible = settle(steps, Grade.TOO_EARLY if grown.on < early else Grade.NR)
        needs = self._needs(grade, state, possible)
        if grade is Grade.TOO_EARLY:
            needs = (f"M-protein on or after {show_date(early)}",)
        point = state.point() or Point(grown.on, "")
        return Assessment(grown.on, grade, self._words(state), point, needs, possible)

    def _still_there(self, state: CloneState) -> Verdict:
        """Whether the clone shows in serum or urine; the urine must be done again unless the clinic says otherwise."""
        urine = positive(state.urine)
        if state.urine is None and self.thresholds.cr_without_urine and positive(self.base.urine) is Verdict.NOT_MET:
            urine = Verdict.NOT_MET
        return any_of(positive(state.serum), urine, Verdict.MET if state.band else Verdict.NOT_MET)

    def _marrow(self, state: CloneState) -> Verdict:
        """Whether the marrow's clone is left; cannot tell where it was clonal, or never typed, and not done again."""
        if state.marrow is not None:
            return _clonal(state.marrow)
        if self.thresholds.cr_without_marrow:
            return Verdict.NOT_MET
        return Verdict.NOT_MET if _clonal(self.base.marrow) is Verdict.NOT_MET else Verdict.CANNOT_TELL

    def _fallen(self, state: CloneState, level: float, percent: float) -> Verdict:
        enough = _from(self.base.protein, level)
        if enough is Verdict.NOT_MET:
            return Verdict.NOT_MET
        if self.base.protein is None or state.protein is None:
            return Verdict.CANNOT_TELL
        return all_of(enough, fallen_by(state.protein.value, self.base.protein.value, percent))

    def _nadirs(self) -> dict[date, Interval]:
        """Of each day with an M-protein, where the lowest of all earlier ones lies."""
        found: dict[date, Interval] = {}
        lowest = self.base.protein.value if self.base.protein is not None else None
        for day, proteins in groupby(sorted(self.after.proteins, key=_day), key=_day):
            found[day] = ANY_AMOUNT if lowest is None else lowest
            lowest = lowest_of([each.value for each in proteins] + ([] if lowest is None else [lowest]))
        return found

    def _grown(self, state: CloneState, day: date, nadirs: Mapping[date, Interval]) -> Sign:
        """M-protein above its nadir by the share and by the amount set."""
        now = state.protein
        if now is None:
            gone = self._still_there(state) is Verdict.NOT_MET
            return Sign(day, Verdict.NOT_MET if gone else Verdict.CANNOT_TELL, "")
        nadir, levels = nadirs[now.on], self.thresholds
        verdict = all_of(
            risen_by(now.value, nadir, levels.m_protein_rise_percent),
            risen_by_units(now.value, nadir, levels.m_protein_rise_g_l),
        )
        words = f"M-protein {now.value.words} g/L, lowest before {nadir.words}"
        return Sign(day, verdict, words, now.encounter)

    def _relapse(
        self, plain: Sequence[Assessment], states: Sequence[CloneState]
    ) -> tuple[list[Progression | None], tuple[Progression, ...]]:
        """Immunofixation positive again after a complete response; a second positive one bears it out."""
        first = next((place for place, each in enumerate(plain) if each.grade in _COMPLETE), None)
        if first is None:
            return [None] * len(plain), ()
        signs = [self._again(state) for state in states[first:]]
        standing, found = watch(_DOMAIN, signs, self.thresholds.confirmation_weeks)
        return [*([None] * first), *standing], found

    def _again(self, state: CloneState) -> Sign:
        positive = [
            each for each in (state.serum, state.urine) if each is not None and each.result is FixationResult.POSITIVE
        ]
        if positive:
            newest = max(positive, key=lambda each: each.on)
            words = f"{newest.specimen} immunofixation positive again after a complete response"
            return Sign(newest.on, Verdict.MET, words.capitalize(), newest.encounter)
        if state.band and state.protein is not None:
            words = f"{band_words(state.protein.value)} again after a complete response"
            return Sign(state.protein.on, Verdict.MET, words, state.protein.encounter)
        return Sign(max(state.days), self._still_there(state), "")

    def _nadir_point(self) -> Point | None:
        every = [*self.after.proteins, *([self.base.protein] if self.base.protein is not None else [])]
        if not every:
            return None
        lowest = min(every, key=lambda each: (each.value.high, each.value.low, each.on))
        return Point(lowest.on, band_words(lowest.value), lowest.encounter, brief_band(lowest.value))

    def _words(self, state: CloneState) -> str:
        words = state.words()
        if self.base.protein is not None and state.protein is not None:
            words += f" ({self.base.protein.value.words} g/L before treatment)"
        return words[:1].upper() + words[1:]

    def _needs(self, grade: Grade, state: CloneState, possible: tuple[Grade, ...]) -> tuple[str, ...]:
        if grade is Grade.CR_UNCONFIRMED:
            return ("Marrow, repeated",)
        if grade is not Grade.CANNOT_TELL:
            return ()
        needs: list[str] = []
        if _COMPLETE & set(possible):
            needs += [f"{name} immunofixation" for name, each in (("Serum", state.serum), ("Urine", state.urine))
                      if positive(each) is Verdict.CANNOT_TELL]  # fmt: skip
        if {Grade.PD, Grade.VGPR, Grade.PR, Grade.NE_PARTIAL} & set(possible):
            needs += self._protein_needs(state)
        return each_once(needs or ["M-protein to a number, or electrophoresis without a band"])

    def _protein_needs(self, state: CloneState) -> list[str]:
        needs = []
        if self.base.protein is None:
            needs.append(f"M-protein from before {self.window.start_words}")
        elif state.protein is None:
            needs.append(f"M-protein after {self.window.start_words}")
        return needs


def _worse(each: Assessment, grown: Progression | None, again: Progression | None, levels: Thresholds) -> Assessment:
    """The day's answer, unless the band has grown or the clone is back."""
    found = grown or again
    if found is None:
        return each
    since = f", since {show_date(found.on)}" if found.on != each.on else ""
    if found.confirmed:
        return Assessment(each.on, Grade.PD, f"{found.words}{since}", each.point)
    needs = (f"Immunofixation, repeated {levels.confirmation_weeks} weeks or more after {show_date(found.on)}",)
    return Assessment(each.on, Grade.RELAPSE_TO_CONFIRM, f"{found.words}{since}", each.point, needs)


def _day(test: MProtein) -> date:
    return test.on


def _clonal(marrow: MarrowClone | None) -> Verdict:
    if marrow is None:
        return Verdict.CANNOT_TELL
    return Verdict.MET if marrow.clonal else Verdict.NOT_MET


def _from(protein: MProtein | None, level: float) -> Verdict:
    return Verdict.CANNOT_TELL if protein is None else protein.value.at_least(level)
