"""How common each feature is: by its criterion, at diagnosis, and as the visits recorded it (decision 4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from poems_registry.cohort.figures import Share
from poems_registry.cohort.judged import Verdicts
from poems_registry.cohort.people import Member
from poems_registry.domain.criteria import Criterion
from poems_registry.domain.kleene import Verdict

LABELS = {
    Criterion.P: "Polyneuropathy",
    Criterion.M: "Monoclonal plasma cells",
    Criterion.V: "Raised VEGF",
    Criterion.B: "Sclerotic bone lesion",
    Criterion.C: "Castleman disease",
    Criterion.S: "Skin changes",
    Criterion.E: "Endocrinopathy",
    Criterion.X: "Volume overload",
    Criterion.O: "Organomegaly",
    Criterion.T: "Platelets or red cells high",
    Criterion.Pa: "Papilloedema",
}
RECORDED = {Criterion.P: "P", Criterion.O: "O", Criterion.E: "E", Criterion.M: "M", Criterion.S: "S"}
"""Criteria whose feature has a status of its own on the visit's form."""
RULES = {
    "ever": "Criterion met, or not met, on all findings up to the data date; not assessed: cannot tell.",
    "at_diagnosis": "Criterion met, or not met, on the findings up to 30 days after the diagnosis; not assessed: cannot"
    " tell, or the month of diagnosis not recorded.",
    "recorded": "The feature's own status at visits up to the data date: ever present, or recorded as absent only."
    " Present from another cause counts as absent; of uncertain cause as not assessed.",
}


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """One feature: `ever` up to the data date is the figure of the report; the others stand beside it."""

    criterion: Criterion
    label: str
    ever: Share
    at_diagnosis: Share
    recorded: Share | None


def features(members: Sequence[Member]) -> tuple[FeatureRow, ...]:
    """All eleven criteria, in the order of the rule."""
    return tuple(_row(members, criterion) for criterion in Criterion)


def _row(members: Sequence[Member], criterion: Criterion) -> FeatureRow:
    letter = RECORDED.get(criterion)
    return FeatureRow(
        criterion,
        LABELS[criterion],
        Share.of(_met(member.ever, criterion) for member in members),
        Share.of(_met(member.at_diagnosis, criterion) for member in members),
        Share.of(map(_status(letter), members)) if letter is not None else None,
    )


def _met(verdicts: Verdicts | None, criterion: Criterion) -> bool | None:
    if verdicts is None or verdicts.criteria[criterion] is Verdict.CANNOT_TELL:
        return None
    return verdicts.criteria[criterion] is Verdict.MET


def _status(letter: str) -> Callable[[Member], bool | None]:
    return lambda member: member.recorded[letter].ever
