"""A proposal to make two records one: a merge is the act of two people, and this is what the first of them says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from poems_registry.domain.access import Permission

MERGE_NEEDS = (Permission.EDIT_DEMOGRAPHICS, Permission.RECORD_CLINICAL, Permission.VIEW_CLINICAL)
"""What each of the two must be allowed: a merge moves findings, and nobody judges records they may not see."""


class ProposalState(StrEnum):
    """Where a proposal stands. Only one that waits can change, and none is ever made to wait again."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which record is to stay, which to go into it, who says so and why; and what came of it, by whom, when, why.

    The versions are those that the proposer had before them. `joining_id` is the merge that was made, 0 for none.
    """

    id: int
    patient_id: int
    joined_id: int
    patient_version: int
    joined_version: int
    at: datetime
    by_id: int
    by: str
    reason: str
    state: ProposalState = ProposalState.WAITING
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_because: str = ""
    joining_id: int = 0
    version: int = 1

    @property
    def waits(self) -> bool:
        """Whether somebody else can still confirm or decline it."""
        return self.state is ProposalState.WAITING

    @property
    def both(self) -> tuple[int, int]:
        """The two records."""
        return self.patient_id, self.joined_id
