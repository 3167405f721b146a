"""The transfer file: its columns, and each row written and read in one place, so that out and in again changes nothing.

One row a finding. An encounter without findings has one row with an empty `item`, a patient without encounters one row
with an empty `encounter_uid` besides. What belongs to a whole encounter or patient and is long (medicines, actions,
signature, verdict; address, practice, treatment, events, consents, what goes on around the visits, parts in studies,
samples and aliquots) stands as JSON in the first row of that encounter or patient and is empty in the others. An
amended visit is followed by its earlier versions as they were signed, each with its number under `encounter_version`,
which is empty for the version that stands. Letters and drafts are not in it, nor is a call for advice that named
nobody, nor a study in which nobody has a part. The patient is written and read in `transfer_person`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from math import isfinite

from poems_registry.catalogue import slots
from poems_registry.catalogue.book import Catalogue
from poems_registry.catalogue.kinds import NOT_DETECTED, AnyKind, Invalid, Number, plain_number
from poems_registry.catalogue.transfer_cells import BadCell, TransferCell, count_of, dumped, loaded, plain, read_cell
from poems_registry.catalogue.transfer_person import PATIENT, Beside, details_of, nothing_beside, patient_cells
from poems_registry.domain.findings import Attribution, Finding, Sign, State, Value
from poems_registry.domain.plain_records import to_plain
from poems_registry.domain.records import (
    Encounter,
    EncounterKind,
    EncounterState,
    PatientFile,
    VisitType,
)

# fmt: off
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

SIGN_WORDS = {Sign.EQUAL: "equal", Sign.BELOW: "below", Sign.ABOVE: "above"}
"""Words, since a cell that begins with = would be taken for a formula."""

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.][0-5][0-9]")
_SIGNS = {word: sign for sign, word in SIGN_WORDS.items()}
_TEXTS = ("reported", "reported_unit", "assay", "specimen", "sample_time", "note", "attribution_text",
          "doubt_confirmed_by", "recorded_by")  # fmt: skip


Versions = Callable[[Encounter], tuple[Encounter, ...]]
"""The earlier signed versions of an encounter, oldest first."""


def rows_of(
    file: PatientFile, catalogue: Catalogue, versions: Versions, beside: Beside = nothing_beside
) -> Iterator[tuple[TransferCell, ...]]:
    """Every row of one patient, encounters and findings in the order of the file, each with its earlier versions."""
    uids = {encounter.id: encounter.uid for encounter in file.encounters}
    kept = [encounter for encounter in file.encounters if encounter.state is not EncounterState.DRAFT]
    patient = patient_cells(file.patient)
    patient_details = details_of(file, beside(file.patient.id), {each.id: each.uid for each in kept})
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
    number = read_cell(row, "encounter_version", count_of)
    if number is None or number < 1:
        raise BadCell("encounter_version", "is not the number of a version")
    return number


def read_finding(row: Mapping[str, str], catalogue: Catalogue) -> tuple[Finding, str] | None:
    """The finding, and the uid of the encounter it was confirmed from; None for a row without one. BadCell as above."""
    return (_read_finding(row, catalogue), row["confirmed_from"]) if row["item"] else None


def _blank(columns: tuple[str, ...]) -> tuple[TransferCell, ...]:
    return ("",) * len(columns)


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
    blank = to_plain(Encounter())
    return dumped({name: said[name] for name in (*_LONG, *_LATER) if name in _LONG or said[name] != blank[name]})


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


def _read_encounter(row: Mapping[str, str]) -> Encounter:
    on = read_cell(row, "encounter_date", date.fromisoformat)
    kind = read_cell(row, "encounter_kind", EncounterKind)
    state = read_cell(row, "encounter_state", EncounterState)
    if on is None or kind is None or state is None:
        raise BadCell("encounter_date, encounter_kind or encounter_state", "is empty")
    if state is EncounterState.DRAFT:
        raise BadCell("encounter_state", "is draft: only what was recorded or signed is transferred")
    said = loaded(row, "encounter_details")
    if not set(said) <= {*_LONG, *_LATER}:
        raise BadCell("encounter_details", "holds what stands in a column of its own, or is not known here")
    details = plain(Encounter, said, "encounter_details")
    if details.version_number < 1:
        raise BadCell("encounter_details", "holds a number of a version that cannot be")
    return replace(
        details,
        uid=row["encounter_uid"],
        kind=kind,
        on=on,
        time=read_cell(row, "encounter_time", _time) or "",
        visit_type=read_cell(row, "visit_type", VisitType),
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
    state = read_cell(row, "state", State)
    sign = read_cell(row, "sign", _sign)
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
        read_cell(row, "instance", count_of) or 0,
        sign,
        limit_low=read_cell(row, "limit_low", _finite),
        limit_high=read_cell(row, "limit_high", _finite),
        attribution=read_cell(row, "attribution", Attribution),
        recorded_at=read_cell(row, "recorded_at", _instant),
        version=read_cell(row, "version", count_of) or 1,
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


def _time(text: str) -> str:
    """As it was recorded, `09:05`; of something else than figures it is no time."""
    if _CLOCK.fullmatch(text) is None:
        raise ValueError("not a time of the day")
    return text


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
