"""The best response to the first treatment, for all patients and by what that treatment was."""

from collections.abc import Sequence
from dataclasses import dataclass

from poems_registry.cohort.figures import Share
from poems_registry.cohort.people import Member
from poems_registry.cohort.table_one import Group, TableRow, members_of
from poems_registry.domain.response import Domain, Grade

_COMPLETE = frozenset({Grade.CR})
_ANY = frozenset({Grade.CR, Grade.CR_UNCONFIRMED, Grade.VGPR, Grade.PR})
RULE = (
    "Best grade under the first line of therapy, by the response rules on all findings up to the data date. Not"
    " assessed: no treatment, no baseline that allows the grade, too early, or a missing result that could change the"
    " answer."
)
UNCONFIRMED = "Immunofixation negative, and the marrow that was clonal not repeated: told apart from CR."
PARTIAL = "An M-protein too small for a partial response can be assessed for CR only."


@dataclass(frozen=True, slots=True)
class Answered:
    """A row: in which domain, which grades count as having it, and which cannot be told from them."""

    code: str
    label: str
    domain: Domain
    good: frozenset[Grade]
    rule: str = RULE
    for_complete: bool = False

    def of(self, member: Member) -> bool | None:
        """True, False, or None where it was not assessed."""
        found = member.response.best.get(self.domain)
        if found is None:
            return None
        if found.grade in self.good:
            return True
        told = found.grade.graded or (self.for_complete and found.grade is Grade.NE_PARTIAL)
        return False if told and not found.at_least else None


MEASURES: tuple[Answered, ...] = (
    Answered("haematological_cr", "Haematological CR", Domain.HAEMATOLOGICAL, _COMPLETE,
             f"{RULE} {PARTIAL}", for_complete=True),
    Answered("haematological_cr_unconfirmed", "Haematological CR, unconfirmed", Domain.HAEMATOLOGICAL,
             frozenset({Grade.CR_UNCONFIRMED}), f"{RULE} {UNCONFIRMED}", for_complete=True),
    Answered("haematological_pr", "Haematological PR or better", Domain.HAEMATOLOGICAL, _ANY),
    Answered("vegf_cr", "VEGF CR", Domain.VEGF, _COMPLETE),
    Answered("vegf_pr", "VEGF PR or better", Domain.VEGF, _ANY),
    Answered("clinical_improved", "Clinically improved", Domain.CLINICAL, frozenset({Grade.IMPROVED})),
)  # fmt: skip


def best_responses(members: Sequence[Member]) -> tuple[TableRow, ...]:
    """All rows for all columns of Table 1."""
    groups = {group: members_of(members, group) for group in Group}
    return tuple(
        TableRow(each.code, each.label, tuple((group, Share.of(map(each.of, mine))) for group, mine in groups.items()))
        for each in MEASURES
    )
