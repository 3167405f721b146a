"""Research of the made-up clinic: two studies, parts in them, samples with aliquots, and a few panels of values."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.domain.consents import Answer, Scope, answer_to
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState
from poems_registry.domain.samples import Aliquot, AliquotState, Purpose, ResultState, Sample, SampleKind
from poems_registry.domain.studies import Enrolment, Study, TakingPart, consent_for
from poems_registry.services.results import slot_of
from poems_registry.services.training.agreed import STUDY
from poems_registry.services.training.clinic import MadeUp
from poems_registry.services.training.fortune import Fortune
from poems_registry.storage import encounters, research
from poems_registry.storage.unit_of_work import Session

NURSE, LABORATORY, ASSAY = "Sister J Okoro", "Neuroimmunology laboratory", "Multiplex immunoassay (training)"
OPENED = date(2015, 1, 5)
STUDIES = (
    Study(short_name="NERVE", full_name=STUDY, reference="TRAINING-01", opened=PartialDate.of(OPENED)),
    Study(short_name="MOLECULES", full_name="Inflammation molecules in POEMS", reference="TRAINING-02",
          opened=PartialDate(2012), closed=PartialDate(2014, 12), note="Closed; its samples are used up."),
)  # fmt: skip
TYPICAL = {
    "research_il1b": 1.1, "research_il6": 6.0, "research_il8": 14.0, "research_il12": 2.5, "research_tnfa": 5.0,
    "research_vegfa": 900.0, "research_hgf": 700.0,
}  # fmt: skip
"""Made up, as everything here; no range of any laboratory."""


def studies_of(session: Session) -> Study:
    """The clinic's list, made once; gives the study that people join."""
    known = research.studies(session)
    return next(each for each in known or research.add_many(session, STUDIES) if each.full_name == STUDY)


def join_research(session: Session, study: Study, patient_id: int, made: MadeUp, fortune: Fortune, until: date) -> None:
    """What one made-up person gives to research: nothing that they did not agree to, but for one tube now and then."""
    answer = consent_for(made.consents, study)
    if answer is not None and answer.answer is Answer.GIVEN and answer.on.earliest() >= OPENED:
        research.add(session, _part(study, patient_id, answer.on, fortune, until))
    agreed = answer_to(made.consents, Scope.SAMPLE)
    given = agreed is not None and agreed.answer is Answer.GIVEN
    days = [e.on for e in made.encounters if e.kind is EncounterKind.CLINIC and e.on >= OPENED]
    if days and fortune.happens(0.22 if given else 0.03):
        _sample(session, patient_id, days[-1], fortune, with_values=given)


def _part(study: Study, patient_id: int, on: PartialDate, fortune: Fortune, until: date) -> Enrolment:
    part = Enrolment(patient_id=patient_id, study_id=study.id, number=f"N{patient_id:03}", joined=on, joined_by=NURSE)
    done = on.earliest() + timedelta(days=730)
    if done > until or fortune.happens(0.4):
        return part
    return replace(part, state=TakingPart.COMPLETED, ended=PartialDate.of(done), ended_by=NURSE,
                   reason="All visits of the study done")  # fmt: skip


def _sample(session: Session, patient_id: int, on: date, fortune: Fortune, *, with_values: bool) -> None:
    kind = fortune.one_of((SampleKind.SERUM, SampleKind.PLASMA, SampleKind.CSF), (5, 4, 1))
    day = PartialDate.of(on)
    arrived = fortune.happens(0.8)
    sample = research.add(
        session,
        Sample(
            patient_id=patient_id,
            number=research.next_number(session),
            kind=kind,
            purpose=Purpose.RESEARCH,
            assay=ASSAY,
            laboratory=LABORATORY,
            taken=day,
            taken_at="09:40",
            sent=day,
            received=day if arrived else None,
            received_at="15:10" if arrived else "",
            quality=("haemolysed",) if fortune.happens(0.1) else (),
        ),
    )
    if not arrived:
        return
    research.add_many(session, list(_aliquots(sample, day, fortune)))
    if with_values and fortune.happens(0.5):
        _values(session, sample, on, fortune)


def _aliquots(sample: Sample, day: PartialDate, fortune: Fortune) -> Iterator[Aliquot]:
    rack, box = fortune.one_of("ABC"), fortune.source.randint(1, 6)
    for number in range(1, fortune.source.randint(3, 4)):
        place = f"Freezer 2 / Rack {rack} / Box {box} / {fortune.one_of('ABCDEFGH')}{fortune.source.randint(1, 12)}"
        tube = Aliquot(patient_id=sample.patient_id, sample_id=sample.id, number=number, volume=0.5, place=place)
        used = number == 1 and fortune.happens(0.3)
        yield replace(tube, state=AliquotState.USED, on=day, why="Panel measured", thaws=1) if used else tube


def _values(session: Session, sample: Sample, on: date, fortune: Fortune) -> None:
    findings = tuple(_value(code, typical, sample, fortune) for code, typical in TYPICAL.items())
    panel = Encounter(
        patient_id=sample.patient_id,
        kind=EncounterKind.RESEARCH,
        on=on,
        time=sample.taken_at,
        state=EncounterState.RECORDED,
        author=NURSE,
        source="training history",
        findings=findings,
    )
    added = encounters.add(session, slot_of, panel)
    research.save(session, replace(sample, result=ResultState.RECORDED, result_encounter_id=added.id))


def _value(code: str, typical: float, sample: Sample, fortune: Fortune) -> Finding:
    value = round(fortune.skewed(typical, 0.6, 0.1, 20000.0), 1)
    unit = CATALOGUE.item(code).unit
    return Finding(code, value, reported=f"{value:g}", reported_unit=unit, assay=ASSAY, specimen=sample.kind.value)
