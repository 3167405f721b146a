"""Transfer files read back: into the registry they came from nothing changes; into another they make the same record.

Rules. A patient is found by record id, else by NHS, study or hospital number, and by an NHS number only if name and
birth do not contradict. Patients who are here are never changed. A patient who is not here is added from the file. An
encounter is found by its own id. A finding that differs is taken only if the file's was recorded later than the
registry's, and never into a signed visit or a closed contact.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from poems_registry.catalogue import transfer_format, transfer_person
from poems_registry.catalogue.book import Catalogue
from poems_registry.catalogue.transfer_cells import BadCell
from poems_registry.catalogue.transfer_person import TransferPatient
from poems_registry.catalogue.transfer_research import ResearchTold
from poems_registry.domain import nhs_number
from poems_registry.domain.care import Entry
from poems_registry.domain.care_checks import unknown_words
from poems_registry.domain.consents import Consent
from poems_registry.domain.findings import Finding
from poems_registry.domain.nhs_number import BadNhsNumber
from poems_registry.domain.proposals import Counts, Fate, Judged, Refused, reconciled
from poems_registry.domain.records import Encounter, EncounterState, Patient, PatientFile
from poems_registry.domain.studies import Study
from poems_registry.domain.treatments import Event, SupportiveCare, TreatmentLine
from poems_registry.intake import known, research
from poems_registry.intake.known import KnownPatients
from poems_registry.intake.source import Source, SourceRow, Unreadable

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Incoming:
    """One encounter as the file tells it, and the one that is here already, if so. `told`: the cells that say which.

    `versions` are what an amended visit said before, by number; one that is here is the frozen version.
    `confirmed_from` holds, by item and instance, the uids of encounters that come with the file and have no id yet.
    """

    encounter: Encounter
    here: Encounter | None
    told: tuple[str, ...]
    findings: dict[tuple[str, int], Finding] = field(default_factory=dict)
    confirmed_from: dict[tuple[str, int], str] = field(default_factory=dict)
    touched: bool = False
    versions: "dict[int, Incoming]" = field(default_factory=dict)


@dataclass(slots=True)
class Person:
    """One patient of the file; `here` is the same person in the registry. Encounters by uid, in the file's order."""

    patient: Patient
    here: PatientFile | None
    told: tuple[str, ...]
    lines: tuple[TreatmentLine, ...] = ()
    events: tuple[Event, ...] = ()
    supportive: tuple[SupportiveCare, ...] = ()
    consents: tuple[Consent, ...] = ()
    care: tuple[Entry, ...] = ()
    research: ResearchTold = field(default_factory=ResearchTold)
    encounters: dict[str, Incoming] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FindingsPlan:
    """What is to be done, and each row's fate; people by the uid of the file."""

    judged: tuple[Judged, ...]
    counts: Counts
    people: Mapping[str, Person]


@dataclass(frozen=True, slots=True)
class FindingsContext:
    """What rows are read against; `files` by the id of the patient, `owners`: encounter uid to patient id.

    `version` gives a frozen version by the encounter's id and its number. `numbers` are those of samples, `borne` those
    of people who are new; both grow with the file.
    """

    catalogue: Catalogue
    patients: KnownPatients
    files: Mapping[int, PatientFile]
    owners: Mapping[str, int]
    today: date
    training: bool
    version: Callable[[int, int], Encounter]
    studies: Sequence[Study] = ()
    numbers: set[str] = field(default_factory=set)
    borne: set[tuple[str, ...]] = field(default_factory=set)


def check_head(source: Source) -> None:
    """Unreadable if this is no transfer file."""
    here = transfer_format.OPTIONAL.union(source.head)
    missing = [name for name in transfer_format.HEAD if name not in here]
    if missing:
        raise Unreadable(
            f"This is not a transfer file: it has no column {missing[0]}.",
            "Import files that 'export transfer' wrote; for laboratory files use 'import labs' with a mapping.",
        )


def propose(source: Source, context: FindingsContext) -> FindingsPlan:
    """Every row's fate, gathered by person and encounter."""
    check_head(source)
    people: dict[str, Person] = {}
    refused: set[str] = set()
    judged: list[Judged] = []
    for row in source.rows:
        if not isinstance(row, SourceRow):
            judged.append(Judged(row.number, Fate.SET_ASIDE, row.reason, row.cells))
            continue
        try:
            judged.append(Judged(row.number, _take(row, people, refused, context)))
        except (Refused, BadCell) as refusal:
            judged.append(Judged(row.number, Fate.SET_ASIDE, str(refusal), row.cells))
    return FindingsPlan(tuple(judged), reconciled(len(source.rows), judged), people)


def _take(row: SourceRow, people: dict[str, Person], refused: set[str], context: FindingsContext) -> Fate:
    """The fate of a row. Its patient and encounter are taken even if its finding is refused: they stand in one row.

    A patient whose first row is refused is refused with every row: the others do not hold the details.
    """
    uid = row["patient_uid"]
    if not uid:
        raise Refused("has no patient_uid")
    told = _told(row, transfer_person.PATIENT)
    if uid in refused:
        raise Refused("belongs to a patient whose first row was refused")
    person = people.get(uid)
    if person is None:
        refused.add(uid)
        person = people[uid] = _person(transfer_person.read_patient(row), told, context)
        refused.discard(uid)
    if person.told != told:
        raise Refused("says something else about its patient than a row above")
    incoming = _encounter_of(row, person, context)
    if incoming is None:
        return Fate.NEW if person.here is None else Fate.UNCHANGED
    read = transfer_format.read_finding(row, context.catalogue)
    if read is None:
        return Fate.NEW if incoming.here is None else Fate.UNCHANGED
    return _take_finding(*read, person, incoming)


def _told(row: SourceRow, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in columns)


def _encounter_of(row: SourceRow, person: Person, context: FindingsContext) -> Incoming | None:
    told = _told(row, transfer_format.ENCOUNTER)
    number = transfer_format.version_of(row)
    if number is not None:
        return _version_of(row, number, told, person, context)
    incoming = person.encounters.get(row["encounter_uid"])
    if incoming is None:
        encounter = transfer_format.read_encounter(row)
        if encounter is None:
            return None
        incoming = person.encounters[encounter.uid] = _incoming(encounter, told, person, context)
    if incoming.told != told:
        raise Refused("says something else about its encounter than a row above")
    return incoming


def _version_of(
    row: SourceRow, number: int, told: tuple[str, ...], person: Person, context: FindingsContext
) -> Incoming:
    """An earlier version of a visit that stands above; what is frozen here is compared and never changed."""
    visit = person.encounters.get(row["encounter_uid"])
    if visit is None:
        raise Refused("is an earlier version of a visit that does not stand above it in the file")
    incoming = visit.versions.get(number)
    if incoming is None:
        read = transfer_format.read_encounter(row)
        if read is None or read.version_number != number or number >= visit.encounter.version_number:
            raise Refused("is an earlier version whose number does not fit the visit")
        incoming = visit.versions[number] = _frozen_or_new(read, number, told, visit, context)
    if incoming.told != told:
        raise Refused("says something else about its version than a row above")
    return incoming


def _frozen_or_new(
    read: Encounter, number: int, told: tuple[str, ...], visit: Incoming, context: FindingsContext
) -> Incoming:
    if read.signature is None:
        raise Refused("holds an earlier version without its signature: the version's first row is missing")
    if visit.here is None:
        if visit.encounter.state is EncounterState.RECORDED and not visit.encounter.closed:
            raise Refused("is an earlier version of a visit that is neither signed nor a closed contact")
        return Incoming(read, None, told)
    if number not in {each.number for each in visit.here.earlier}:
        raise Refused("is an earlier version that the signed visit here does not have; it is amended by hand")
    frozen = context.version(visit.here.id, number)
    if frozen.signature != read.signature:
        raise Refused("was signed by somebody else, or at another time, than the version that is frozen here")
    return Incoming(frozen, frozen, told, {(f.item, f.instance): f for f in frozen.findings})


def _person(row: TransferPatient, told: tuple[str, ...], context: FindingsContext) -> Person:
    here = context.patients.by_uid(row.patient.uid)
    if here is None:
        others = context.patients.all_with_numbers_of(row.patient)
        if len(others) > 1:
            raise Refused("holds numbers that belong to different patients of the registry")
        here = others[0] if others else None
        if here is not None:
            known.check_same_person(here, row.patient.family_name, row.patient.born)
    if here is not None:
        return Person(here, context.files[here.id], told, research=row.research)
    _check_new(row.patient, context)
    if any(unknown_words(entry) for entry in row.care):
        raise Refused("holds a referral, call, MDT entry or change of status without its day or with an unknown word")
    _bear_alone(row.patient, context.borne)
    research.check(row.research, context.studies, context.numbers, context.catalogue, context.today)
    return Person(row.patient, None, told, row.lines, row.events, row.supportive, row.consents, row.care, row.research)


def _bear_alone(patient: Patient, borne: set[tuple[str, ...]]) -> None:
    """Two records of the file for one number would be refused by the database, which names no row."""
    own = {("nhs", patient.nhs_number), ("study", patient.study_number)}
    own = {each for each in own if each[1]} | {(each.issuer, each.value) for each in patient.hospital_numbers}
    if not own.isdisjoint(borne):
        raise Refused("holds a number that another patient of the file bears")
    borne |= own


def _check_new(patient: Patient, context: FindingsContext) -> None:
    if not (patient.family_name or patient.given_name or patient.study_number):
        raise Refused("holds a new patient with neither a name nor a study number")
    if patient.nhs_number:
        try:
            nhs_number.check(patient.nhs_number, training=context.training)
        except BadNhsNumber as error:
            raise Refused(f"holds an NHS number that cannot be right: {error}") from None
    if patient.born is not None and patient.born.earliest() > context.today:
        raise Refused("holds a birth in the future")
    if patient.died is not None and patient.died.earliest() > context.today:
        raise Refused("holds a death in the future")


def _incoming(encounter: Encounter, told: tuple[str, ...], person: Person, context: FindingsContext) -> Incoming:
    owner = context.owners.get(encounter.uid)
    if owner is not None:
        if person.here is None or owner != person.here.patient.id:
            raise Refused("holds an encounter that belongs to another patient here")
        here = next(each for each in person.here.encounters if each.uid == encounter.uid)
        return Incoming(here, here, told, {(f.item, f.instance): f for f in here.findings})
    if encounter.on > context.today:
        raise Refused("holds a date in the future")
    if person.patient.born is not None and encounter.on < person.patient.born.earliest():
        raise Refused("holds a date before the patient's birth")
    if encounter.state is EncounterState.SIGNED and encounter.signature is None:
        raise Refused("holds a signed visit without its signature: the visit's first row is missing")
    return Incoming(encounter, None, told)


def _take_finding(read: Finding, confirmed_from: str, person: Person, incoming: Incoming) -> Fate:
    finding = replace(read, confirmed_from=_confirmed_from(confirmed_from, person, incoming))
    key = (finding.item, finding.instance)
    before = incoming.findings.get(key)
    if incoming.here is None:
        if before is not None:
            raise Refused("holds the same item of the same encounter as a row above")
        fate = Fate.NEW
    else:
        if before is not None and before.says_the_same_as(finding):
            return Fate.UNCHANGED
        fate = _fate_of_difference(before, finding, incoming)
    incoming.findings[key] = finding
    incoming.touched = True
    if confirmed_from and finding.confirmed_from is None:
        incoming.confirmed_from[key] = confirmed_from
    return fate


def _fate_of_difference(before: Finding | None, finding: Finding, incoming: Incoming) -> Fate:
    if incoming.encounter.state is not EncounterState.RECORDED or incoming.encounter.closed:
        raise Refused("differs from a visit that is signed, a draft or in error here; it is amended by hand")
    if before is None:
        return Fate.NEW
    if (finding.recorded_at or _LONG_AGO) <= (before.recorded_at or _LONG_AGO):
        raise Refused("differs from the registry, which holds what was recorded later")
    return Fate.CHANGED


def _confirmed_from(uid: str, person: Person, incoming: Incoming) -> int | None:
    """The id of an encounter that is here already; None for one that comes with the file, above this one."""
    if not uid:
        return None
    if person.here is not None:
        here = next((each.id for each in person.here.encounters if each.uid == uid), None)
        if here is not None:
            return here
    above = person.encounters.get(uid)
    if above is None or above is incoming or above.here is not None:
        raise Refused("is confirmed from an encounter that does not stand above it in the file")
    return None
