"""A signed visit as the document that is frozen, and back: plain values that JSON can hold, exact both ways."""

from dataclasses import replace
from typing import Any

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding, Value
from poems_registry.domain.plain_records import NotPlain, from_plain, to_plain
from poems_registry.domain.records import Encounter

_LEFT_OUT = frozenset({"findings", "earlier", "error_reason", "error_by", "error_at"})
"""What may come to be known of a visit after it was signed, and so is no part of what was signed."""


def document_of(encounter: Encounter) -> dict[str, Any]:
    """Everything of a signed visit; a finding's blank columns are left out, its value is kept with its kind."""
    findings = []
    for finding in encounter.findings:
        columns = to_plain(finding, leave_out=frozenset({"value"}))
        findings.append(
            {name: said for name, said in columns.items() if said not in (None, "")} | _tagged(finding.value)
        )
    said: dict[str, Any] = to_plain(encounter, leave_out=_LEFT_OUT)
    return said | {"findings": findings}


def encounter_of(document: dict[str, Any]) -> Encounter:
    """The visit that `document_of` wrote; NotPlain if it is no such document."""
    said = dict(document)
    findings = [_finding(each) for each in said.pop("findings", [])]
    return replace(from_plain(Encounter, said), findings=tuple(findings))


def _tagged(value: Value | None) -> dict[str, Any]:
    match value:
        case None:
            return {}
        case float():
            return {"number": value}
        case PartialDate():
            return {"date": value.iso()}
        case tuple():
            return {"codes": list(value)}
        case str():
            return {"text": value}


def _finding(said: dict[str, Any]) -> Finding:
    rest = dict(said)
    value: Value | None = None
    match {name: rest.pop(name) for name in ("number", "date", "codes", "text") if name in rest}:
        case {"number": float(number)}:
            value = number
        case {"date": str(day)}:
            value = PartialDate.from_iso(day)
        case {"codes": list(codes)}:
            value = tuple(codes)
        case {"text": str(text)}:
            value = text
    # a finding without its value would be refused: the rest is read as if it had one
    blank = from_plain(Finding, {name: each for name, each in rest.items() if name != "state"} | {"state": "unknown"})
    if "state" not in rest:
        raise NotPlain("a finding says no state")
    return replace(blank, value=value, state=type(blank.state)(rest["state"]))
