"""Diagnosis, response and prognosis of a record under the clinic's thresholds, and what of it signing freezes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from poems_registry.catalogue.evidence import evidence_of, evidence_of_reading
from poems_registry.catalogue.presentation import presentation_of
from poems_registry.catalogue.reading import Reading
from poems_registry.catalogue.response_evidence import course_of, course_of_history, course_of_reading
from poems_registry.domain.criteria import Judgement, judge
from poems_registry.domain.freezing import freeze_prognosis, freeze_response
from poems_registry.domain.prognosis import Prognosis, judge_prognosis
from poems_registry.domain.records import Encounter, EncounterState, FrozenVerdict, PatientFile
from poems_registry.domain.response import Response, joined, judge_response
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services.clinic_settings import as_pairs


def judge_file(file: PatientFile, thresholds: Thresholds, draft: Encounter | None = None) -> Judgement:
    """What the criteria say on everything signed or recorded, and on a draft if one is given (the live verdict)."""
    return judge(evidence_of(file, draft), thresholds)


def respond_file(file: PatientFile, thresholds: Thresholds, *, on: date | None = None) -> Response:
    """How each line of therapy was responded to on everything signed or recorded, or on what is dated up to a day."""
    return judge_response(course_of(file), thresholds, on)


def foretell_file(file: PatientFile, response: Response, thresholds: Thresholds) -> Prognosis:
    """What foretold the course at diagnosis, and what its response foretells."""
    return judge_prognosis(presentation_of(file), response, thresholds)


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


def frozen_with_visit(
    file: PatientFile, encounter: Encounter, thresholds: Thresholds, today: Judgement | None = None
) -> FrozenVerdict:
    """Everything that is kept with a visit at signing: diagnosis, response and prognosis as of its own day.

    `today` is the judgement of the whole file where it is known already. What was found or given after the day of a
    visit that is written up late does not decide what it says.
    """
    then = up_to(file, encounter)
    judgement = today if today is not None and then is file else judge_file(then, thresholds)
    response = respond_file(then, thresholds, on=encounter.on)
    return _whole(judgement, response, foretell_file(then, response, thresholds))


def frozen_with_newest(
    file: PatientFile, thresholds: Thresholds, most: int
) -> Iterator[tuple[Encounter, FrozenVerdict]]:
    """The newest signed visits, oldest first, each with what `frozen_with_visit` keeps with it; for whole histories.

    Each encounter is read once and added to those before it, instead of all of them anew for each visit.
    """
    evidence, courses = evidence_of(replace(file, encounters=())), [course_of_history(file)]
    read: list[Reading] = []
    wanted = {each.id for each in [e for e in file.counted if e.state is EncounterState.SIGNED][-most:]}
    for encounter in file.counted:
        reading = Reading(encounter)
        read.append(reading)
        evidence = evidence.plus(evidence_of_reading(reading))
        courses.append(course_of_reading(reading))
        if encounter.id in wanted:
            response = judge_response(joined(courses), thresholds, encounter.on)
            prognosis = judge_prognosis(presentation_of(file, read), response, thresholds)
            yield encounter, _whole(judge(evidence, thresholds), response, prognosis)


def _whole(judgement: Judgement, response: Response, prognosis: Prognosis) -> FrozenVerdict:
    """Diagnosis, response and prognosis together, as they are kept."""
    return replace(frozen(judgement), response=freeze_response(response), prognosis=freeze_prognosis(prognosis))
