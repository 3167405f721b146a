"""The diagnosis of a record under the clinic's thresholds, and what of it is frozen when a visit is signed."""

from dataclasses import replace

from poems_registry.catalogue.evidence import evidence_of
from poems_registry.domain.criteria import Judgement, judge
from poems_registry.domain.records import Encounter, FrozenVerdict, PatientFile
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services.clinic_settings import as_pairs


def judge_file(file: PatientFile, thresholds: Thresholds, draft: Encounter | None = None) -> Judgement:
    """What the criteria say on everything signed or recorded, and on a draft if one is given (the live verdict)."""
    return judge(evidence_of(file, draft), thresholds)


def up_to(file: PatientFile, encounter: Encounter) -> PatientFile:
    """The record as it was when this encounter had just taken place: nothing found later decides what it says."""
    earlier = tuple(each for each in file.encounters if (each.on, each.id) <= (encounter.on, encounter.id))
    return file if len(earlier) == len(file.encounters) else replace(file, encounters=earlier)


def frozen(judgement: Judgement) -> FrozenVerdict:
    """The verdict as it is kept with a signed visit (decision 3)."""
    return FrozenVerdict(
        rule_set=judgement.rule_set,
        rule_a=judgement.rule_a.value,
        rule_b=judgement.rule_b.value,
        criteria=tuple((c.value, result.verdict.value) for c, result in judgement.criteria.items()),
        deciding=tuple(c.value for c in judgement.deciding),
        flags=tuple(flag.words for flag in judgement.flags),
        settings=as_pairs(judgement.thresholds),
    )
