"""One encounter as the criteria's mappings read it: codes, intervals and days, empty where nothing was recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from poems_registry.catalogue.wording import high_or_low, surely_not
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Attribution, Finding, State
from poems_registry.domain.intervals import Interval
from poems_registry.domain.records import Encounter


@dataclass(frozen=True, slots=True)
class Reading:
    """Access to recorded values only: a state such as *not done* says nothing and reads as nothing."""

    encounter: Encounter
    _by_item: Mapping[str, Finding] = field(init=False, repr=False, compare=False)
    """The recorded findings, looked up some ninety times for each encounter of a cohort."""

    def __post_init__(self) -> None:
        # From the last to the first, so that of two the first stays, as when they are gone through.
        recorded = {
            finding.item: finding
            for finding in reversed(self.encounter.findings)
            if finding.state is State.RECORDED and finding.instance == 0
        }
        object.__setattr__(self, "_by_item", recorded)

    @property
    def on(self) -> date:
        """The day of the encounter."""
        return self.encounter.on

    def recorded(self, item: str) -> Finding | None:
        """The finding if it holds a value."""
        return self._by_item.get(item)

    def code(self, item: str) -> str:
        """The answer's code, or nothing."""
        finding = self.recorded(item)
        return finding.value if finding is not None and isinstance(finding.value, str) else ""

    def codes(self, item: str) -> tuple[str, ...]:
        """The answers' codes, none if nothing was recorded."""
        finding = self.recorded(item)
        return finding.value if finding is not None and isinstance(finding.value, tuple) else ()

    def cause(self, item: str) -> Attribution | None:
        """What the finding was taken to be caused by, if that was said."""
        finding = self.recorded(item)
        return finding.attribution if finding is not None else None

    def interval(self, item: str) -> Interval | None:
        """A number, exact or censored, as the interval it stands for."""
        finding = self.recorded(item)
        if finding is None or not isinstance(finding.value, float):
            return None
        return Interval.of(finding.sign, finding.value)

    def day(self, item: str) -> date:
        """The day an examination was done, the encounter's own if none was given.

        Of a partial date the last possible day counts, but never one after the encounter that tells of it.
        """
        finding = self.recorded(item)
        if finding is None or not isinstance(finding.value, PartialDate):
            return self.on
        return min(finding.value.latest(), self.on)

    def says(self, item: str) -> bool | None:
        """True for present, False for absent, None for nothing recorded."""
        answer = self.code(item)
        return answer == "present" if answer else None

    def judged(self, item: str, sides: tuple[str, ...] = ("low", "high")) -> str:
        """`high`, `low` or `normal` by the laboratory's own limits; empty where these cannot tell.

        `normal` needs a limit on each of the `sides` that are asked about, and all of a censored result inside it.
        """
        finding = self.recorded(item)
        if finding is None:
            return ""
        return high_or_low(finding) or ("normal" if all(surely_not(side, finding) for side in sides) else "")
