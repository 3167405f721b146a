"""A finding: what was recorded, or why it was not, about one item at one encounter (decision 1 and 11)."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from poems_registry.domain.dates import PartialDate


class State(StrEnum):
    """How an item stands at an encounter. No finding at all means *not recorded*, which is never *no*."""

    RECORDED = "recorded"
    NOT_DONE = "not_done"
    PENDING = "pending"
    DECLINED = "declined"
    UNABLE = "unable"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


NOT_RECORDED = "not_recorded"
"""The export word for an item that has no finding; never stored."""

STATE_WORDS = {
    State.RECORDED: "Recorded",
    State.NOT_DONE: "Not done",
    State.PENDING: "Result pending",
    State.DECLINED: "Declined",
    State.UNABLE: "Unable to assess",
    State.UNKNOWN: "Asked, not known",
    State.NOT_APPLICABLE: "Not applicable",
}


class Sign(StrEnum):
    """Where the true value lies when the assay reached its limit."""

    EQUAL = "="
    BELOW = "<"
    ABOVE = ">"


class Attribution(StrEnum):
    """What the clinician takes a finding to be caused by; none given reads as POEMS (clinical.md 2.0)."""

    POEMS = "poems"
    OTHER = "other"
    UNCERTAIN = "uncertain"


Value = float | str | PartialDate | tuple[str, ...]

THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:[ ,][0-9]{3})+(?:\.[0-9]+)?")
"""`1,250` is a thousand and more; `12,5`, `0,450` and `1234,567` have a decimal comma."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the record: every column of decision 11 but the encounter it belongs to.

    `value` is a canonical number in the item's own unit, a code, a tuple of codes, a text or a date; it is None unless
    the state is recorded. `limit_low` and `limit_high` are the laboratory's own, in the unit as reported.
    """

    item: str
    value: Value | None = None
    state: State = State.RECORDED
    instance: int = 0
    sign: Sign = Sign.EQUAL
    reported: str = ""
    reported_unit: str = ""
    limit_low: float | None = None
    limit_high: float | None = None
    assay: str = ""
    specimen: str = ""
    sample_time: str = ""
    note: str = ""
    attribution: Attribution | None = None
    attribution_text: str = ""
    confirmed_from: int | None = None
    doubt_confirmed_by: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    version: int = 1

    def __post_init__(self) -> None:
        if (self.value is not None) != (self.state is State.RECORDED):
            raise ValueError(f"{self.item}: a value belongs to a recorded finding and to no other")

    @property
    def number(self) -> float:
        """The canonical number; only for items of a number kind."""
        if not isinstance(self.value, float):
            raise TypeError(f"{self.item} holds no number")
        return self.value

    @property
    def reported_number(self) -> float:
        """The number in the unit as reported, for comparison with the laboratory's own limits."""
        if not self.reported:
            return self.number
        thousands = THOUSANDS.fullmatch(self.reported) is not None
        return float(self.reported.replace(",", "") if thousands else self.reported.replace(",", "."))

    def says_the_same_as(self, other: "Finding") -> bool:
        """Whether both say the same about the patient, whoever recorded them and when."""
        blank = {"recorded_by": "", "recorded_at": None, "version": 1}
        return replace(self, **blank) == replace(other, **blank)  # type: ignore[arg-type]
