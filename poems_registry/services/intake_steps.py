"""What an import does to the registry once its rows are judged: one function for each kind of file."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.transfer_format import HEAD
from poems_registry.domain.access import Permission
from poems_registry.domain.errors import NotPermitted
from poems_registry.domain.findings import Finding
from poems_registry.domain.proposals import Counts, Fate, Judged, reconciled
from poems_registry.domain.records import Encounter, Person
from poems_registry.intake import findings, labs
from poems_registry.intake import patients as patient_rows
from poems_registry.intake.findings import FindingsContext, Incoming
from poems_registry.intake.known import KnownPatients
from poems_registry.intake.labs import LabContext
from poems_registry.intake.mapping import LabsMap, PatientsMap
from poems_registry.intake.source import Source
from poems_registry.services.access import SignedIn
from poems_registry.services.queued_copies import withdraw_for_the_dead
from poems_registry.services.research_brought import bring_in, not_taken
from poems_registry.services.visits import slot_of
from poems_registry.storage import care, consents, encounter_versions, encounters, files, patients, research, treatments
from poems_registry.storage.unit_of_work import Session

MOST_NAMED = 200
"""Letters of the names of columns that are told."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one file came to, and whose records it touched."""

    judged: tuple[Judged, ...]
    counts: Counts
    touched: frozenset[int]
    notices: tuple[str, ...] = ()


def known_patients(session: Session) -> KnownPatients:
    """Everyone in the registry, by number."""
    return KnownPatients(file.patient for file in files.load_files(session, items=()))


def import_patients(session: Session, source: Source, mapping: PatientsMap, signed_in: SignedIn) -> Outcome:
    """Add and complete patients; a new one who may be somebody here already is set aside for a person to decide.

    What waits to be sent to somebody whose death came in is withdrawn.
    """
    known = known_patients(session)
    plan = patient_rows.propose(source, mapping, known, signed_in.today, training=signed_in.training)
    twins = {number for number, patient in plan.new if patient.family_name and patients.look_alikes(session, patient)}
    cells = {row.number: row.cells for row in source.rows}
    why = "may be somebody who is in the registry already: add this person by hand, after comparing"
    judged = tuple(
        Judged(each.number, Fate.SET_ASIDE, why, cells[each.number]) if each.number in twins else each
        for each in plan.judged
    )
    added = patients.add_many(session, [patient for number, patient in plan.new if number not in twins])
    saved = [patients.save(session, patient) for _, patient in plan.changed]
    for patient in saved:
        withdraw_for_the_dead(session, signed_in, patient.id)
    touched = frozenset(patient.id for patient in (*added, *saved))
    return Outcome(judged, reconciled(len(source.rows), judged), touched)


def import_labs(
    session: Session, source: Source, mapping: LabsMap, signed_in: SignedIn, *, seen_before: bool
) -> Outcome:
    """Add results as samples of their moment, or put them into the sample that is there."""
    known = known_patients(session)
    named = labs.patients_named(source, mapping, known)
    there = {file.patient.id: file for file in files.load_files(session, sorted(named))}
    plan = labs.propose(source, LabContext(mapping, CATALOGUE, known, there, signed_in.today, seen_before))
    encounters.add_many(session, slot_of, (_by(signed_in.person, each) for each in plan.new))
    for encounter in plan.changed:
        encounters.save(session, slot_of, encounter)
    touched = frozenset(each.patient_id for each in (*plan.new, *plan.changed))
    notices = []
    if plan.doubtful:
        notices.append(
            f"{plan.doubtful:,} results are possible but unusual: see them in the results of their patients."
        )
    return Outcome(plan.judged, plan.counts, touched, tuple(notices))


def import_findings(session: Session, source: Source, signed_in: SignedIn) -> Outcome:
    """Make the record say what a transfer file says, where the registry does not say it already."""
    everyone = {file.patient.id: file for file in files.load_files(session)}
    context = FindingsContext(
        CATALOGUE,
        KnownPatients(file.patient for file in everyone.values()),
        everyone,
        {each.uid: owner for owner, file in everyone.items() for each in file.encounters},
        signed_in.today,
        signed_in.training,
        partial(encounter_versions.load, session),
        research.studies(session),
        research.numbers(session),
    )
    plan = findings.propose(source, context)
    _refuse_foreign_signatures(plan, signed_in)
    ids = _add_people(session, plan)
    uids = {each.uid: each.id for file in everyone.values() for each in file.encounters}
    new = [
        [(ids[uid], each) for each in person.encounters.values() if each.here is None]
        for uid, person in plan.people.items()
    ]
    # Encounter by encounter of each patient in turn, so that each finds the earlier one it was confirmed from.
    for together in zip_longest(*new):
        ready = [_ready(owner, each, uids) for owner, each in filter(None, together)]
        uids |= dict(zip((e.uid for e in ready), encounters.add_many(session, slot_of, ready), strict=True))
    for owner, each in (pair for own in new for pair in own):
        for version in each.versions.values():
            older = replace(version.encounter, id=uids[each.encounter.uid], patient_id=owner, author_id=0)
            encounter_versions.freeze(session, replace(older, findings=_settled(version, uids)))
    touched = {owner for each in new for owner, _ in each}
    touched |= {ids[uid] for uid, person in plan.people.items() if person.here is None}
    for uid, incoming in _corrected(plan):
        encounters.save(session, slot_of, replace(incoming.encounter, findings=_settled(incoming, uids)))
        touched.add(ids[uid])
    brought = [(ids[uid], person.research) for uid, person in plan.people.items() if person.here is None]
    notices = (*_not_read(source), *bring_in(session, brought, uids), *not_taken(session, plan.people.values()))
    return Outcome(plan.judged, plan.counts, frozenset(touched), notices)


def _not_read(source: Source) -> tuple[str, ...]:
    """Columns that no transfer file of this program has; those under which rows were set aside are our own."""
    strange = [name for name in source.head if name not in HEAD and not name.startswith("set_aside_")]
    if not strange:
        return ()
    return (
        f"{len(strange):,} columns are not known to this program and were not read: {', '.join(strange)[:MOST_NAMED]}."
        " A newer program may have written the file.",
    )


def _refuse_foreign_signatures(plan: findings.FindingsPlan, signed_in: SignedIn) -> None:
    """A signature for somebody whose record is kept here needs one who may sign; a whole new record does not.

    It counts wherever it stands: under a visit that is signed or in error, a closed contact, or an earlier version.
    """
    signed = (
        each.here is None and any(one.encounter.signature is not None for one in (each, *each.versions.values()))
        for person in plan.people.values()
        if person.here is not None
        for each in person.encounters.values()
    )
    if any(signed) and not signed_in.may(Permission.SIGN):
        raise NotPermitted(
            "The file holds signatures for people who are in this registry already. Only somebody who may sign can"
            " bring them in. Nothing was changed."
        )


def _add_people(session: Session, plan: findings.FindingsPlan) -> dict[str, int]:
    """Ids by the uid that the file uses; who is not here is added with treatment, consents and care."""
    ids = {uid: person.here.patient.id for uid, person in plan.people.items() if person.here is not None}
    for uid, person in plan.people.items():
        if person.here is None:
            added = patients.add(session, replace(person.patient, id=0))
            treatments.add(session, [replace(line, patient_id=added.id) for line in person.lines])
            treatments.add(session, [replace(event, patient_id=added.id) for event in person.events])
            treatments.add(session, [replace(each, patient_id=added.id) for each in person.supportive])
            consents.add_many(session, [replace(consent, patient_id=added.id) for consent in person.consents])
            care.bring_in(session, [replace(entry, patient_id=added.id) for entry in person.care])
            ids[uid] = added.id
    return ids


def _corrected(plan: findings.FindingsPlan) -> Iterator[tuple[str, Incoming]]:
    for uid, person in plan.people.items():
        for incoming in person.encounters.values():
            if incoming.here is not None and incoming.touched:
                yield uid, incoming


def _ready(patient_id: int, incoming: Incoming, uids: dict[str, int]) -> Encounter:
    return replace(incoming.encounter, id=0, patient_id=patient_id, findings=_settled(incoming, uids))


def _settled(incoming: Incoming, uids: dict[str, int]) -> tuple[Finding, ...]:
    """The findings with the ids of the encounters that they were confirmed from."""
    return tuple(
        replace(finding, confirmed_from=uids[incoming.confirmed_from[key]])
        if key in incoming.confirmed_from
        else finding
        for key, finding in incoming.findings.items()
    )


def _by(person: Person, encounter: Encounter) -> Encounter:
    return replace(encounter, author_id=person.id, author=person.name)
