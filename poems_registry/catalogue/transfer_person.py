"""The patient of a transfer file: the cells that stand in each row, and the details in the first of them.

The details are JSON: the rest of the person, treatment, events, consents, what goes on around the visits, and research.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from poems_registry.catalogue.transfer_cells import (
    BadCell,
    TransferCell,
    dumped,
    listed,
    loaded,
    parsed,
    plain,
    read_cell,
    without,
)
from poems_registry.catalogue.transfer_research import PersonResearch, ResearchTold, research_plain, take_research
from poems_registry.domain.care import AdviceCall, Entry, MdtEntry, OnwardReferral, Referral, StatusChange
from poems_registry.domain.consents import Consent
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.plain_records import to_plain
from poems_registry.domain.records import HospitalNumber, Patient, PatientFile, Sex
from poems_registry.domain.treatments import Event, SupportiveCare, TreatmentLine

PATIENT = ("patient_uid", "study_number", "nhs_number", "hospital_numbers", "family_name", "given_name", "born", "sex")
DETAILS = "patient_details"

_OF_HEAD = frozenset({"id", "version", "uid", "study_number", "nhs_number", "hospital_numbers", "family_name",
                      "given_name", "born", "sex", "joined_to"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class TransferPatient:
    """The patient of a row; all but the patient comes with the patient's first row only."""

    patient: Patient
    lines: tuple[TreatmentLine, ...]
    events: tuple[Event, ...]
    supportive: tuple[SupportiveCare, ...] = ()
    consents: tuple[Consent, ...] = ()
    care: tuple[Entry, ...] = ()
    research: ResearchTold = field(default_factory=ResearchTold)


@dataclass(frozen=True, slots=True)
class PersonBeside:
    """What a registry keeps of a person beside their file: around the visits (mistakes too, of one kind in order of
    recording) and in research.
    """

    care: tuple[Entry, ...] = ()
    research: PersonResearch = field(default_factory=PersonResearch)


Beside = Callable[[int], PersonBeside]
"""What is kept beside a patient's file, by the patient's id."""

CARE: Mapping[str, type[Entry]] = {
    "referrals": Referral,
    "onward": OnwardReferral,
    "mdt": MdtEntry,
    "calls": AdviceCall,
    "statuses": StatusChange,
}
"""Under which name a kind of care stands in the JSON of a patient; without an entry of it the name is not there."""


def nothing_beside(_patient_id: int) -> PersonBeside:
    """Of nobody."""
    return PersonBeside()


def details_of(file: PatientFile, beside: PersonBeside, uids: Mapping[int, str]) -> str:
    """The JSON of one patient; `uids`: of the encounters that are in the transfer, by id."""
    return dumped(
        to_plain(file.patient, leave_out=_OF_HEAD)
        | {"lines": [_plain_line(line) for line in file.lines]}
        | {"events": [to_plain(event, leave_out=_OF_ENTRY) for event in file.events]}
        | {"supportive": [to_plain(care, leave_out=_OF_ENTRY) for care in file.supportive]}
        | {"consents": [to_plain(consent, leave_out=_OF_ENTRY) for consent in file.consents]}
        | _plain_care(beside.care)
        | research_plain(beside.research, uids)
    )


def read_patient(row: Mapping[str, str]) -> TransferPatient:
    """Whose row it is. BadCell for a cell that cannot be right; nothing is guessed or repaired."""
    details = loaded(row, DETAILS)
    lines = tuple(plain(TreatmentLine, said, DETAILS) for said in _entries(details, "lines"))
    events = tuple(plain(Event, said, DETAILS) for said in _entries(details, "events"))
    care = tuple(plain(SupportiveCare, said, DETAILS) for said in _entries(details, "supportive"))
    consents = tuple(plain(Consent, said, DETAILS) for said in _entries(details, "consents"))
    around = tuple(plain(kind, said, DETAILS) for name, kind in CARE.items() for said in _entries(details, name))
    research = take_research(details)
    without(_OF_HEAD, details, DETAILS)
    patient = replace(
        plain(Patient, details, DETAILS),
        uid=row["patient_uid"],
        study_number=row["study_number"],
        nhs_number=row["nhs_number"],
        hospital_numbers=_numbers(row),
        family_name=row["family_name"],
        given_name=row["given_name"],
        born=read_cell(row, "born", PartialDate.from_iso),
        sex=read_cell(row, "sex", Sex),
    )
    return TransferPatient(patient, lines, events, care, consents, around, research)


_OF_ENTRY = frozenset({"id", "patient_id", "line_id", "version"})
_PARTS = ("drugs", "radiotherapy", "transplants")


def _entries(details: dict[str, object], name: str) -> Iterator[object]:
    """The entries under a name, and their parts: none with an id of the registry that it comes from."""
    for said in listed(details.pop(name, []), DETAILS):
        without(_OF_ENTRY, said, DETAILS)
        parts = [said.get(part, []) for part in _PARTS] if isinstance(said, dict) else []
        for each in (each for own in parts for each in listed(own, DETAILS)):
            without(_OF_ENTRY, each, DETAILS)
        yield said


def _plain_care(entries: tuple[Entry, ...]) -> dict[str, list[object]]:
    said = {
        name: [to_plain(each, leave_out=_OF_ENTRY) for each in entries if isinstance(each, kind)]
        for name, kind in CARE.items()
    }
    return {name: each for name, each in said.items() if each}


def _plain_line(line: TreatmentLine) -> dict[str, object]:
    """A line with its parts, none with the ids of the registry it comes from."""
    parts = {name: [to_plain(part, leave_out=_OF_ENTRY) for part in getattr(line, name)] for name in _PARTS}
    return {**to_plain(line, leave_out=_OF_ENTRY | frozenset(_PARTS)), **parts}


def patient_cells(patient: Patient) -> tuple[TransferCell, ...]:
    """What stands in each row of the patient."""
    return (
        patient.uid,
        patient.study_number,
        patient.nhs_number,
        dumped([[number.value, number.issuer] for number in patient.hospital_numbers]),
        patient.family_name,
        patient.given_name,
        patient.born.iso() if patient.born is not None else "",
        patient.sex.value if patient.sex is not None else "",
    )


def _numbers(row: Mapping[str, str]) -> tuple[HospitalNumber, ...]:
    column = "hospital_numbers"
    said = listed(parsed(row[column] or "[]", column), column)
    pairs = [tuple(each) for each in said if isinstance(each, list) and len(each) == 2]
    if len(pairs) != len(said) or not all(isinstance(part, str) for pair in pairs for part in pair):
        raise BadCell(column, "is not a list of pairs of number and issuer")
    if len(set(pairs)) != len(pairs):
        raise BadCell(column, "holds one number twice")
    return tuple(HospitalNumber(str(value), str(issuer)) for value, issuer in pairs)
