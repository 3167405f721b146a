"""Parts in studies, samples and aliquots that come with a transfer: written once, with the ids of this registry."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from poems_registry.catalogue.transfer_research import ResearchTold, SampleTold
from poems_registry.domain.samples import ResultState, Sample
from poems_registry.domain.studies import Study
from poems_registry.intake.findings import Person
from poems_registry.intake.research import study_here
from poems_registry.storage import research
from poems_registry.storage.unit_of_work import Session


def bring_in(session: Session, people: Iterable[tuple[int, ResearchTold]], uids: Mapping[str, int]) -> tuple[str, ...]:
    """Write it for people who are new; a study that is here by one of its names is that one, and is not changed.

    `people`: with the ids they have here; `uids`: the ids of encounters. The sentences say what did not come.
    """
    here = list(research.studies(session))
    without = 0
    for owner, told in people:
        named = {each.short_name: _study(session, each, here) for each in told.studies}
        parts = [replace(each.part, patient_id=owner, study_id=named[each.study].id) for each in told.parts]
        research.add_many(session, parts)
        for each in told.samples:
            ready = _ready(each, owner, named, uids)
            without += ready.result is not each.sample.result
            added = research.add(session, ready)
            tubes = [replace(tube, patient_id=owner, sample_id=added.id) for tube in each.aliquots]
            research.add_many(session, tubes)
    if not without:
        return ()
    return (f"{without:,} samples wait for their results: these were refused, or are not in the file.",)


def not_taken(session: Session, people: Iterable[Person]) -> tuple[str, ...]:
    """That the file tells more of people who are here already than the registry holds: they are never changed."""
    samples = parts = 0
    for person in people:
        if person.here is None or person.research.empty:
            continue
        owner = person.here.patient.id
        tubes = {each.number for each in research.samples_of(session, owner)}
        begun = {each.joined for each in research.enrolments_of(session, owner)}
        samples += sum(each.sample.number not in tubes for each in person.research.samples)
        parts += sum(each.part.joined not in begun for each in person.research.parts)
    if not samples and not parts:
        return ()
    return (
        f"Patients who are here already are not changed: {parts:,} parts in studies and {samples:,} samples that the"
        " file tells of them are not in this registry. Enter them by hand.",
    )


def _study(session: Session, told: Study, here: list[Study]) -> Study:
    known = study_here(told, here)
    if known is None:
        known = research.add(session, told)
        here.append(known)
    return known


def _ready(told: SampleTold, owner: int, named: Mapping[str, Study], uids: Mapping[str, int]) -> Sample:
    """With the ids of this registry; awaited, if the encounter that holds its result did not come."""
    study_id = named[told.study].id if told.study else 0
    sample = replace(told.sample, patient_id=owner, study_id=study_id)
    if not told.encounter:
        return sample
    if told.encounter not in uids:
        return replace(sample, result=ResultState.AWAITED, result_item="")
    return replace(sample, result_encounter_id=uids[told.encounter])
