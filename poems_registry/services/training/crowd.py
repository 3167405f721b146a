"""Many made-up people quickly, for benchmarks: each with a name of their own and the course of one of a few."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.records import Encounter, Patient, PatientFile
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services.access import SignedIn
from poems_registry.services.standings import standing_of
from poems_registry.services.training.clinic import MadeUp, made_up_clinic
from poems_registry.services.training.fortune import Fortune
from poems_registry.services.training.people import person
from poems_registry.services.visits import slot_of
from poems_registry.storage import encounters, patients, standing, treatments
from poems_registry.storage.standing import Standing
from poems_registry.storage.unit_of_work import Session

BATCH = 500


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many people, how many different courses they share, and which findings are written (none: no visits)."""

    size: int
    courses: int = 150
    items: Collection[str] = ()
    seed: int = 1


@dataclass(frozen=True, slots=True)
class _Model:
    made_up: MadeUp
    standing: Standing


def add_crowd(signed_in: SignedIn, crowd: Crowd) -> int:
    """Write the crowd into an open training registry and give the number of findings; a live one is refused."""
    if not signed_in.training:
        raise NotAllowedNow("Made-up patients go into a training registry only. Nothing was changed.")
    until = signed_in.today
    models = [_model(each, crowd.items, until) for each in made_up_clinic(crowd.courses, crowd.seed, until)]
    for start in range(0, crowd.size, BATCH):
        with signed_in.store.writing(signed_in.actor, "crowd for a benchmark") as session:
            _write(session, range(start, min(start + BATCH, crowd.size)), models, crowd.seed)
    return sum(_findings(models[index % len(models)]) for index in range(crowd.size))


def _model(made_up: MadeUp, items: Collection[str], until: date) -> _Model:
    file = PatientFile(made_up.patient, made_up.encounters, made_up.lines, made_up.events)
    kept = tuple(_only(encounter, items) for encounter in made_up.encounters) if items else ()
    return _Model(replace(made_up, encounters=kept), standing_of(file, Thresholds(), until))


def _only(encounter: Encounter, items: Collection[str]) -> Encounter:
    return replace(encounter, findings=tuple(f for f in encounter.findings if f.item in items))


def _findings(model: _Model) -> int:
    return sum(len(encounter.findings) for encounter in model.made_up.encounters)


def _write(session: Session, indices: range, models: list[_Model], seed: int) -> None:
    chosen = [models[index % len(models)] for index in indices]
    people = [_person(index, model, seed) for index, model in zip(indices, chosen, strict=True)]
    added = patients.add_many(session, people)
    for record, model in zip(added, chosen, strict=True):
        own = [replace(encounter, patient_id=record.id) for encounter in model.made_up.encounters]
        if own:
            encounters.add_many(session, slot_of, own)
            treatments.add(session, [replace(line, patient_id=record.id) for line in model.made_up.lines])
            treatments.add(session, [replace(event, patient_id=record.id) for event in model.made_up.events])
            treatments.add(session, [replace(care, patient_id=record.id) for care in model.made_up.supportive])
    standing.write(session, (replace(m.standing, patient_id=p.id) for m, p in zip(chosen, added, strict=True)))


def _person(index: int, model: _Model, seed: int) -> Patient:
    """A name, numbers and an address of their own; what happened to them is the model's."""
    told = model.made_up.patient
    diagnosed = told.diagnosed.earliest() if told.diagnosed else date(2015, 1, 1)
    own = person(Fortune.of(seed, index), index, diagnosed, diagnosed)
    return replace(
        own,
        study_number=f"P-{index + 1:06d}",
        born=told.born,
        status=told.status,
        onset=told.onset,
        first_seen=told.first_seen,
        diagnosed=told.diagnosed,
        died=told.died,
    )
