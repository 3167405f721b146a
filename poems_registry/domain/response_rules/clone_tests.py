"""Tests for the clone: immunofixation of serum and urine, M-protein and marrow, and how they stand on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from poems_registry.domain.evidence_kinds import FixationResult, FixationSpecimen
from poems_registry.domain.intervals import Interval
from poems_registry.domain.kleene import Verdict, any_of
from poems_registry.domain.response_rules.answers import Point
from poems_registry.domain.response_rules.course import Fixation, MarrowClone, MProtein

_FOUND: Final = {FixationResult.POSITIVE: Verdict.MET, FixationResult.NEGATIVE: Verdict.NOT_MET}
_WORST_LAST: Final = (FixationResult.NEGATIVE, FixationResult.EQUIVOCAL, FixationResult.POSITIVE)


@dataclass(frozen=True, slots=True)
class CloneState:
    """The newest of each test on some day; None: not done."""

    serum: Fixation | None
    urine: Fixation | None
    marrow: MarrowClone | None
    protein: MProtein | None

    @property
    def immunofixed(self) -> Verdict:
        """Whether a clone shows in serum or urine, or as a band that was measured since."""
        return any_of(positive(self.serum), positive(self.urine), Verdict.MET if self.band else Verdict.NOT_MET)

    @property
    def band(self) -> bool:
        """A measured band, unless a later immunofixation says otherwise."""
        if self.protein is None or self.protein.value.at_most(0) is not Verdict.NOT_MET:
            return False
        return self.serum is None or self.protein.on >= self.serum.on

    @property
    def days(self) -> list[date]:
        """The days of the tests."""
        return [each.on for each in (self.serum, self.urine, self.marrow, self.protein) if each is not None]

    def point(self) -> Point | None:
        """The newest day with everything that stands on it."""
        if not self.days:
            return None
        tests = (self.serum, self.urine, self.protein, self.marrow)
        newest = max(self.days)
        encounter = next(each.encounter for each in tests if each is not None and each.on == newest)
        return Point(newest, self.words(), encounter, self._brief())

    def _brief(self) -> str:
        if self.protein is not None and self.protein.value.at_most(0) is not Verdict.MET:
            return brief_band(self.protein.value)
        fixed = [each.result for each in (self.serum, self.urine) if each is not None]
        if FixationResult.POSITIVE in fixed:
            return "IFE positive"
        return "IFE negative" if fixed else "no band" if self.protein is not None else "marrow"

    def words(self) -> str:
        """What was found, test by test."""
        found = [f"{each.specimen} immunofixation {each.result}" for each in (self.serum, self.urine) if each]
        if self.protein is not None:
            found.append(band_words(self.protein.value))
        if self.marrow is not None:
            found.append("marrow clonal" if self.marrow.clonal else "marrow not clonal")
        return ", ".join(found)


@dataclass(frozen=True, slots=True)
class CloneTests:
    """All tests of one stretch of time."""

    fixations: tuple[Fixation, ...]
    marrows: tuple[MarrowClone, ...]
    proteins: tuple[MProtein, ...]

    @property
    def days(self) -> list[date]:
        """Each day once, in order."""
        days = {each.on for each in self.fixations} | {each.on for each in self.marrows}
        return sorted(days | {each.on for each in self.proteins})

    def states(self, days: Sequence[date]) -> list[CloneState]:
        """The newest of each, day by day."""
        found: list[CloneState] = []
        before = CloneState(None, None, None, None)
        for day in days:
            today = CloneTests(
                tuple(each for each in self.fixations if each.on == day),
                tuple(each for each in self.marrows if each.on == day),
                tuple(each for each in self.proteins if each.on == day),
            ).state()
            before = CloneState(
                today.serum or before.serum,
                today.urine or before.urine,
                today.marrow or before.marrow,
                today.protein or before.protein,
            )
            found.append(before)
        return found

    def state(self) -> CloneState:
        """The newest of each; of one day the one that speaks for a clone."""

        def fixed(specimen: FixationSpecimen) -> Fixation | None:
            mine = [each for each in self.fixations if each.specimen is specimen]
            return max(mine, key=lambda each: (each.on, _WORST_LAST.index(each.result)), default=None)

        return CloneState(
            fixed(FixationSpecimen.SERUM),
            fixed(FixationSpecimen.URINE),
            max(self.marrows, key=lambda each: (each.on, each.clonal), default=None),
            max(self.proteins, key=lambda each: (each.on, each.value.low, each.value.high), default=None),
        )


_TOLD_AS: Final = (
    ("blood", ("serum immunofixation", "m-protein")),
    ("urine", ("urine immunofixation",)),
    ("bone marrow", ("marrow",)),
)


def tested_in(words: str) -> tuple[str, ...]:
    """Where the tests that `CloneState.words` tells of looked: blood, urine, bone marrow; nothing that was not done."""
    told = words.casefold()
    return tuple(place for place, names in _TOLD_AS if any(name in told for name in names))


def fixed_without_band(words: str) -> bool:
    """Whether `CloneState.words` tells of a positive immunofixation beside an electrophoresis without a band."""
    told = words.casefold()
    return "immunofixation positive" in told and "no m-protein" in told


def positive(fixation: Fixation | None) -> Verdict:
    return Verdict.CANNOT_TELL if fixation is None else _FOUND.get(fixation.result, Verdict.CANNOT_TELL)


def brief_band(value: Interval) -> str:
    if value.at_most(0) is Verdict.MET:
        return "no band"
    return f"{value.words.replace('below ', '< ').replace('above ', '> ')} g/L".replace(" ", "\N{NO-BREAK SPACE}")


def band_words(value: Interval) -> str:
    return "no M-protein" if value.at_most(0) is Verdict.MET else f"M-protein {value.words} g/L"
