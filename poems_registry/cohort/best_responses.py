"""The best response to the first treatment, for all patients and by what that treatment was."""

from collections.abc import Sequence
from dataclasses import dataclass

from poems_registry.cohort.figures import Share
from poems_registry.cohort.people import Member
from poems_registry.cohort.table_one import Group, TableRow, members_of
from poems_registry.domain.response import Domain, Grade

RULE = (
    "Best grade under the first line of therapy, by the response rules on all findings up to the data date; the grades"
    " of one domain add up to those assessed in it. Not assessed: no treatment, no baseline that allows a grade, too"
    " early, or a missing result that could change the answer."
)
UNCONFIRMED = "Immunofixation negative, and the marrow that was clonal not repeated: told apart from CR."
PARTIAL = "An M-protein too small for a partial response: only a CR could have been reached, and it was not."


@dataclass(frozen=True, slots=True)
class Answered:
    """A row: a domain, and the grades that count as this answer; `rule` is what there is to say beside the rule."""

    code: str
    label: str
    domain: Domain
    grades: tuple[Grade, ...]
    rule: str = ""

    def of(self, member: Member) -> bool | None:
        """True, False, or None where the domain was not assessed."""
        found = member.response.best.get(self.domain)
        if found is None or found.at_least or not (found.grade.graded or found.grade is Grade.NE_PARTIAL):
            return None
        return found.grade in self.grades


_H, _V, _C = Domain.HAEMATOLOGICAL, Domain.VEGF, Domain.CLINICAL
_NONE = (Grade.NR, Grade.PD, Grade.PD_TO_CONFIRM, Grade.RELAPSE_TO_CONFIRM)
MEASURES: tuple[Answered, ...] = (
    Answered("haematological_cr", "Haematological CR", _H, (Grade.CR,)),
    Answered("haematological_cr_unconfirmed", "Haematological CR, unconfirmed", _H, (Grade.CR_UNCONFIRMED,),
             UNCONFIRMED),
    Answered("haematological_vgpr", "Haematological VGPR", _H, (Grade.VGPR,)),
    Answered("haematological_pr", "Haematological PR", _H, (Grade.PR,)),
    Answered("haematological_none", "No haematological response", _H, _NONE),
    Answered("haematological_cr_only", "No CR, M-protein too small for PR", _H,
             (Grade.NE_PARTIAL,), PARTIAL),
    Answered("vegf_cr", "VEGF CR", _V, (Grade.CR,)),
    Answered("vegf_pr", "VEGF PR", _V, (Grade.PR,)),
    Answered("vegf_none", "No VEGF response", _V, _NONE),
    Answered("clinical_improved", "Clinically improved", _C, (Grade.IMPROVED,)),
    Answered("clinical_stable", "Clinically stable", _C, (Grade.STABLE,)),
    Answered("clinical_worse", "Clinically worse", _C, (Grade.WORSE, Grade.PD, Grade.PD_TO_CONFIRM)),
)  # fmt: skip
"""The grades of a domain leave none out: a test goes through all of them."""


def best_responses(members: Sequence[Member]) -> tuple[TableRow, ...]:
    """All rows for all columns of Table 1."""
    groups = {group: members_of(members, group) for group in Group}
    return tuple(
        TableRow(each.code, each.label, tuple((group, Share.of(map(each.of, mine))) for group, mine in groups.items()))
        for each in MEASURES
    )
