"""An encounter's row and record, with its medicines and actions, each field once."""

from typing import Any

from poems_registry.domain.findings import Finding
from poems_registry.domain.frozen_response import FrozenPrognosis, FrozenResponse
from poems_registry.domain.plain_records import from_plain, to_plain
from poems_registry.domain.records import (
    Action,
    ActionFor,
    Encounter,
    EncounterKind,
    EncounterState,
    FrozenVerdict,
    Medicine,
    MedicineChange,
    Signature,
    VisitType,
)
from poems_registry.domain.versions import SignedVersion
from poems_registry.storage.tables.encounter import ActionRow, EncounterRow, MedicineRow

ENCOUNTERS = EncounterRow.__table__
MEDICINES = MedicineRow.__table__
ACTIONS = ActionRow.__table__


def header(encounter: Encounter) -> dict[str, Any]:
    """What people enter about the encounter itself; not its state, signature or verdict."""
    return {
        "kind": encounter.kind.value,
        "visit_type": encounter.visit_type.value if encounter.visit_type is not None else "",
        "day": encounter.on,
        "time": encounter.time,
        "author_id": encounter.author_id or None,
        "author": encounter.author,
        "seen_by": list(encounter.seen_by),
        "source": encounter.source,
    }


def signature_columns(signature: Signature | None) -> dict[str, Any]:
    """The four columns of a signature, empty without one."""
    if signature is None:
        return {"signed_name": "", "signed_role": "", "signed_registration": "", "signed_at": None}
    return {
        "signed_name": signature.name,
        "signed_role": signature.role,
        "signed_registration": signature.registration,
        "signed_at": signature.at,
    }


def signature(row: Any) -> Signature | None:
    """The signature of an encounter's or a letter's row, None before it is signed."""
    if row.signed_at is None:
        return None
    return Signature(row.signed_name, row.signed_role, row.signed_registration, row.signed_at)


def frozen(verdict: FrozenVerdict | None) -> dict[str, Any] | None:
    """A verdict as JSON."""
    if verdict is None:
        return None
    said: dict[str, Any] = {
        "rule_set": verdict.rule_set,
        "rule_a": verdict.rule_a,
        "rule_b": verdict.rule_b,
        "criteria": [list(pair) for pair in verdict.criteria],
        "deciding": list(verdict.deciding),
        "flags": list(verdict.flags),
        "settings": [list(pair) for pair in verdict.settings],
    }
    for name in ("response", "prognosis"):
        judged = getattr(verdict, name)
        if judged is not None:
            said[name] = to_plain(judged)
    return said


def thawed(said: Any) -> FrozenVerdict | None:
    """The verdict again."""
    if not said:
        return None
    return FrozenVerdict(
        rule_set=said["rule_set"],
        rule_a=said["rule_a"],
        rule_b=said["rule_b"],
        criteria=tuple((letter, verdict) for letter, verdict in said["criteria"]),
        deciding=tuple(said["deciding"]),
        flags=tuple(said["flags"]),
        settings=tuple((name, value) for name, value in said["settings"]),
        response=from_plain(FrozenResponse, said["response"]) if "response" in said else None,
        prognosis=from_plain(FrozenPrognosis, said["prognosis"]) if "prognosis" in said else None,
    )


def record(
    row: Any,
    findings: tuple[Finding, ...],
    medicines: tuple[Medicine, ...],
    actions: tuple[Action, ...],
    earlier: tuple[SignedVersion, ...] = (),
) -> Encounter:
    """The record of a row, ORM or Core."""
    return Encounter(
        id=row.id,
        uid=row.uid,
        patient_id=row.patient_id,
        kind=EncounterKind(row.kind),
        visit_type=VisitType(row.visit_type) if row.visit_type else None,
        on=row.day,
        time=row.time,
        state=EncounterState(row.state),
        author_id=row.author_id or 0,
        author=row.author,
        seen_by=tuple(row.seen_by),
        source=row.source,
        version=row.version,
        findings=findings,
        medicines=medicines,
        actions=actions,
        signature=signature(row),
        verdict=thawed(row.verdict),
        version_number=row.version_number,
        amend_reason=row.amend_reason,
        earlier=earlier,
        error_reason=row.error_reason,
        error_by=row.error_by,
        error_at=row.error_at,
    )


def medicine_rows(encounter_id: int, medicines: tuple[Medicine, ...]) -> list[dict[str, Any]]:
    """The medicines table of an encounter, in order, by the database's column names."""
    return [
        {
            "encounter_id": encounter_id,
            "position": position,
            "name": medicine.name,
            "dose": medicine.dose,
            "route": medicine.route,
            "change": medicine.change.value,
            "why": medicine.why,
            "when_text": medicine.when,
            "supply": medicine.supply,
        }
        for position, medicine in enumerate(medicines)
    ]


def medicine(row: Any) -> Medicine:
    """One line of the medicines table."""
    return Medicine(row.name, row.dose, row.route, MedicineChange(row.change), row.why, row.when_text, row.supply)


def action_rows(encounter_id: int, actions: tuple[Action, ...]) -> list[dict[str, Any]]:
    """The requested actions of an encounter, in order, by the database's column names."""
    return [
        {
            "encounter_id": encounter_id,
            "position": position,
            "group_code": action.group.value,
            "what": action.what,
            "who": action.who,
            "by_when": action.by_when,
        }
        for position, action in enumerate(actions)
    ]


def action(row: Any) -> Action:
    """One requested action."""
    return Action(ActionFor(row.group_code), row.what, row.who, row.by_when)
