"""The transfer file: its columns, and each row written and read in one place, so that out and in again changes nothing.

One row a finding. An encounter without findings has one row with an empty `item`, a patient without encounters one row
with an empty `encounter_uid` besides. What belongs to a whole encounter or patient and is long (medicines, actions,
signature, verdict; address, practice, treatment lines, events, consents, and what goes on around the visits) stands as
JSON in the first row of that encounter or patient and is empty in the others. An amended visit is followed by its
earlier versions as they were signed, each with its number under `encounter_version`, which is empty for the version
that stands. Letters, drafts, studies and samples are not in it, nor is a call for advice that named nobody.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from math import isfinite
from typing import TypeVar

from poems_registry.catalogue import slots
from poems_registry.catalogue.book import Catalogue
from poems_registry.catalogue.kinds import NOT_DETECTED, AnyKind, Invalid, Number, plain_number
from poems_registry.domain.care import AdviceCall, Entry, MdtEntry, OnwardReferral, Referral, StatusChange
from poems_registry.domain.consents import Consent
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Attribution, Finding, Sign, State, Value
from poems_registry.domain.plain_records import NotPlain, from_plain, to_plain
from poems_registry.domain.records import (
    Encounter,
    EncounterKind,
    EncounterState,
    HospitalNumber,
    Patient,
    PatientFile,
    Sex,
    VisitType,
)
from poems_registry.domain.treatments import Event, SupportiveCare, TreatmentLine

# fmt: off
PATIENT = ("patient_uid", "study_number", "nhs_number", "hospital_numbers", "family_name", "given_name", "born", "sex")
ENCOUNTER = ("encounter_uid", "encounter_kind", "encounter_date", "encounter_time", "visit_type", "encounter_state",
             "encounter_author", "encounter_source", "encounter_version")
FINDING = ("item", "instance", "state", "sign", "number", "code", "text", "unit", "reported", "reported_unit",
           "limit_low", "limit_high", "assay", "specimen", "sample_time", "note", "attribution", "attribution_text",
           "confirmed_from", "doubt_confirmed_by", "recorded_by", "recorded_at", "version")
DETAILS = ("encounter_details", "patient_details")
HEAD = (*PATIENT, *ENCOUNTER, *FINDING, *DETAILS)
# fmt: on
OPTIONAL = frozenset({"encounter_version"})
"""Columns that files of older programs do not have; empty is what they mean."""

T = TypeVar("T")
TransferCell = str | float | int | None
SIGN_WORDS = {Sign.EQUAL: "equal", Sign.BELOW: "below", Sign.ABOVE: "above"}
"""Words, since a cell that begins with = would be taken for a formula."""

_SIGNS = {word: sign for sign, word in SIGN_WORDS.items()}
_OF_HEAD = frozenset({"id", "version", "uid", "study_number", "nhs_number", "hospital_numbers", "family_name",
                      "given_name", "born", "sex", "joined_to"})  # fmt: skip
_TEXTS = ("reported", "reported_unit", "assay", "specimen", "sample_time", "note", "attribution_text",
          "doubt_confirmed_by", "recorded_by")  # fmt: skip


class BadCell(ValueError):
    """A cell that the transfer format does not allow: names the column and says why, never what it holds."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(f"{column} {why}")


@dataclass(frozen=True, slots=True)
class TransferPatient:
    """The patient of a row; treatment, events, consents and care come with the patient's first row only."""

    patient: Patient
    lines: tuple[TreatmentLine, ...]
    events: tuple[Event, ...]
    supportive: tuple[SupportiveCare, ...] = ()
    consents: tuple[Consent, ...] = ()
    care: tuple[Entry, ...] = ()


Versions = Callable[[Encounter], tuple[Encounter, ...]]
"""The earlier signed versions of an encounter, oldest first."""

CareOf = Callable[[int], tuple[Entry, ...]]
"""What goes on around the visits of a patient, by the patient's id, mistakes too; of one kind in order of recording."""

CARE: Mapping[str, type[Entry]] = {
    "referrals": Referral,
    "onward": OnwardReferral,
    "mdt": MdtEntry,
    "calls": AdviceCall,
    "statuses": StatusChange,
}
"""Under which name a kind of care stands in the JSON of a patient; without an entry of it the name is not there."""


def no_care(_patient_id: int) -> tuple[Entry, ...]:
    """Of nobody."""
    return ()


def rows_of(
    file: PatientFile, catalogue: Catalogue, versions: Versions, care: CareOf = no_care
) -> Iterator[tuple[TransferCell, ...]]:
    """Every row of one patient, encounters and findings in the order of the file, each with its earlier versions."""
    uids = {encounter.id: encounter.uid for encounter in file.encounters}
    patient = _patient_cells(file.patient)
    patient_details = _dumped(
        to_plain(file.patient, leave_out=_OF_HEAD)
        | {"lines": [_plain_line(line) for line in file.lines]}
        | {"events": [to_plain(event, leave_out=_OF_ENTRY) for event in file.events]}
        | {"supportive": [to_plain(care, leave_out=_OF_ENTRY) for care in file.supportive]}
        | {"consents": [to_plain(consent, leave_out=_OF_ENTRY) for consent in file.consents]}
        | _plain_care(care(file.patient.id))
    )
    kept = [encounter for encounter in file.encounters if encounter.state is not EncounterState.DRAFT]
    if not kept:
        yield (*patient, *_blank(ENCOUNTER), *_blank(FINDING), "", patient_details)
    for encounter in kept:
        for each in (encounter, *versions(encounter)):
            number = "" if each is encounter else str(each.version_number)
            head = (*patient, *_encounter_cells(each, number))
            details = _encounter_details(each)
            for cells in [_finding_cells(f, catalogue, uids) for f in each.findings] or [_blank(FINDING)]:
                yield (*head, *cells, details, patient_details)
                details = patient_details = ""


def read_patient(row: Mapping[str, str]) -> TransferPatient:
    """Whose row it is. BadCell for a cell that cannot be right; nothing is guessed or repaired."""
    details = _loaded(row, "patient_details")
    lines = tuple(_plain(TreatmentLine, said, "patient_details") for said in _list(details.pop("lines", [])))
    events = tuple(_plain(Event, said, "patient_details") for said in _list(details.pop("events", [])))
    care = tuple(_plain(SupportiveCare, said, "patient_details") for said in _list(details.pop("supportive", [])))
    consents = tuple(_plain(Consent, said, "patient_details") for said in _list(details.pop("consents", [])))
    around = tuple(
        _plain(kind, said, "patient_details") for name, kind in CARE.items() for said in _list(details.pop(name, []))
    )
    patient = replace(
        _plain(Patient, details, "patient_details"),
        uid=row["patient_uid"],
        study_number=row["study_number"],
        nhs_number=row["nhs_number"],
        hospital_numbers=_numbers(row),
        family_name=row["family_name"],
        given_name=row["given_name"],
        born=_read(row, "born", PartialDate.from_iso),
        sex=_read(row, "sex", Sex),
    )
    return TransferPatient(patient, lines, events, care, consents, around)


def read_encounter(row: Mapping[str, str]) -> Encounter | None:
    """The encounter without its findings; None for the only row of a patient who has none. BadCell as above."""
    if row["encounter_uid"]:
        return _read_encounter(row)
    if row["item"]:
        raise BadCell("encounter_uid", "is empty, but the row holds a finding")
    return None


def version_of(row: Mapping[str, str]) -> int | None:
    """The number of an earlier version of the visit; None for the version that stands. BadCell as above."""
    if not row.get("encounter_version", ""):
        return None
    number = _read(row, "encounter_version", int)
    if number is None or number < 1:
        raise BadCell("encounter_version", "is not the number of a version")
    return number


def read_finding(row: Mapping[str, str], catalogue: Catalogue) -> tuple[Finding, str] | None:
    """The finding, and the uid of the encounter it was confirmed from; None for a row without one. BadCell as above."""
    return (_read_finding(row, catalogue), row["confirmed_from"]) if row["item"] else None


_OF_ENTRY = frozenset({"id", "patient_id", "line_id", "version"})
_PARTS = ("drugs", "radiotherapy", "transplants")


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


def _blank(columns: tuple[str, ...]) -> tuple[TransferCell, ...]:
    return ("",) * len(columns)


def _dumped(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _patient_cells(patient: Patient) -> tuple[TransferCell, ...]:
    return (
        patient.uid,
        patient.study_number,
        patient.nhs_number,
        _dumped([[number.value, number.issuer] for number in patient.hospital_numbers]),
        patient.family_name,
        patient.given_name,
        patient.born.iso() if patient.born is not None else "",
        patient.sex.value if patient.sex is not None else "",
    )


def _encounter_cells(encounter: Encounter, number: str) -> tuple[TransferCell, ...]:
    return (
        encounter.uid,
        encounter.kind.value,
        encounter.on.isoformat(),
        encounter.time,
        encounter.visit_type.value if encounter.visit_type is not None else "",
        encounter.state.value,
        encounter.author,
        encounter.source,
        number,
    )


_LONG = ("seen_by", "medicines", "actions", "signature", "verdict")
_LATER = ("version_number", "amend_reason", "error_reason", "error_by", "error_at")
"""What was done to an encounter after it was first signed; said only of those to which it was done."""


def _encounter_details(encounter: Encounter) -> str:
    said = to_plain(encounter, leave_out=frozenset({"findings"}))
    plain = to_plain(Encounter())
    return _dumped({name: said[name] for name in (*_LONG, *_LATER) if name in _LONG or said[name] != plain[name]})


def _finding_cells(finding: Finding, catalogue: Catalogue, uids: Mapping[int, str]) -> tuple[TransferCell, ...]:
    item = catalogue.items.get(finding.item)
    attribution = finding.attribution.value if finding.attribution is not None else ""
    recorded_at = finding.recorded_at.astimezone(UTC).isoformat() if finding.recorded_at is not None else ""
    return (
        finding.item,
        finding.instance,
        finding.state.value,
        SIGN_WORDS[finding.sign],
        *_value_cells(finding, item.kind.slot if item is not None else ""),
        item.unit if item is not None else "",
        finding.reported,
        finding.reported_unit,
        finding.limit_low,
        finding.limit_high,
        finding.assay,
        finding.specimen,
        finding.sample_time,
        finding.note,
        attribution,
        finding.attribution_text,
        uids.get(finding.confirmed_from or 0, ""),
        finding.doubt_confirmed_by,
        finding.recorded_by,
        recorded_at,
        finding.version,
    )


def _value_cells(finding: Finding, slot: str) -> tuple[TransferCell, TransferCell, TransferCell]:
    """Number, code, text: one of them filled. Codes, several codes and dates stand under *code*."""
    match finding.value:
        case None:
            return None, "", ""
        case float():
            return finding.value, "", ""
        case str() if slot in ("text", ""):
            return None, "", finding.value
        case _:
            return None, slots.to_text(finding.value), ""


def _numbers(row: Mapping[str, str]) -> tuple[HospitalNumber, ...]:
    try:
        said = json.loads(row["hospital_numbers"] or "[]")
        return tuple(HospitalNumber(str(value), str(issuer)) for value, issuer in said)
    except (ValueError, TypeError):
        raise BadCell("hospital_numbers", "is not a list of pairs of number and issuer") from None


def _read_encounter(row: Mapping[str, str]) -> Encounter:
    on = _read(row, "encounter_date", date.fromisoformat)
    kind = _read(row, "encounter_kind", EncounterKind)
    state = _read(row, "encounter_state", EncounterState)
    if on is None or kind is None or state is None:
        raise BadCell("encounter_date, encounter_kind or encounter_state", "is empty")
    if state is EncounterState.DRAFT:
        raise BadCell("encounter_state", "is draft: only what was recorded or signed is transferred")
    details = _plain(Encounter, _loaded(row, "encounter_details"), "encounter_details")
    return replace(
        details,
        uid=row["encounter_uid"],
        kind=kind,
        on=on,
        time=row["encounter_time"],
        visit_type=_read(row, "visit_type", VisitType),
        state=state,
        author=row["encounter_author"],
        source=row["encounter_source"],
    )


def _read_finding(row: Mapping[str, str], catalogue: Catalogue) -> Finding:
    item = catalogue.items.get(row["item"])
    if item is None:
        raise BadCell("item", "is not an item of this registry")
    if row["unit"] != item.unit:
        raise BadCell("unit", f"is not the unit of this item, {item.unit or 'none'}")
    state = _read(row, "state", State)
    sign = _read(row, "sign", _sign)
    if state is None or sign is None:
        raise BadCell("state or sign", "is empty")
    if isinstance(item.kind, Number) and sign is not Sign.EQUAL and not item.kind.censored:
        raise BadCell("sign", "is not equal, but this item takes plain numbers only")
    cell = {"number": "number", "text": "text"}.get(item.kind.slot, "code")
    if any(row[other] for other in ("number", "code", "text") if other != cell):
        raise BadCell(cell, "should hold the value of this item, and another column does")
    finding = Finding(
        item.code,
        _read_value(item.kind, state, row[cell], cell),
        state,
        _read(row, "instance", int) or 0,
        sign,
        limit_low=_read(row, "limit_low", _finite),
        limit_high=_read(row, "limit_high", _finite),
        attribution=_read(row, "attribution", Attribution),
        recorded_at=_read(row, "recorded_at", _instant),
        version=_read(row, "version", int) or 1,
    )
    if isinstance(item.kind, Number):
        _check_number(finding, row["reported"])
    return replace(finding, **{name: row[name] for name in _TEXTS})  # type: ignore[arg-type]


def _check_number(finding: Finding, reported: str) -> None:
    """What no other way in lets pass: an amount below 0, and a number as reported that is none."""
    if finding.sign is Sign.BELOW and finding.value == 0:
        raise BadCell("sign", "is below, but nothing lies below 0")
    if reported in ("", NOT_DETECTED):
        return
    try:
        plain_number(reported)
    except Invalid:
        raise BadCell("reported", "is not the number that was reported") from None


def _read_value(kind: AnyKind, state: State, text: str, column: str) -> Value | None:
    if state is not State.RECORDED:
        if text:
            raise BadCell(column, "holds a value, but the finding is not recorded")
        return None
    try:
        return slots.from_text(kind, text)
    except Invalid as error:
        raise BadCell(column, str(error)) from None


def _sign(text: str) -> Sign:
    return _SIGNS[text]


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError("not a number")
    return value


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return moment.astimezone(UTC)


def _read(row: Mapping[str, str], column: str, reader: Callable[[str], T]) -> T | None:
    """None for an empty cell."""
    if not row[column]:
        return None
    try:
        return reader(row[column])
    except (ValueError, KeyError):
        raise BadCell(column, "cannot be read") from None


def _loaded(row: Mapping[str, str], column: str) -> dict[str, object]:
    try:
        said = json.loads(row[column] or "{}")
    except ValueError:
        raise BadCell(column, "is not JSON") from None
    if not isinstance(said, dict):
        raise BadCell(column, "is not a record")
    return said


def _list(said: object) -> list[object]:
    if not isinstance(said, list):
        raise BadCell(
            "patient_details", "holds no list of lines, events, supportive care, consents or what goes on around visits"
        )
    return said


def _plain(record: type[T], said: object, column: str) -> T:
    try:
        return from_plain(record, said)
    except NotPlain as error:
        raise BadCell(column, f"cannot be read: {error}") from None
