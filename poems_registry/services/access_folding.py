"""Folds the entries of the audit into what a person did: looks by quarter hours, everything else by transactions."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from poems_registry.storage.audit import VIEW, AuditEntry

QUARTER = 15
"""Minutes: looks of one person, at one PC, within the same quarter of an hour of the clock are one line.

So is what they put on paper: a batch takes several transactions for each sheet.
"""

AMENDED = "amended"
"""The act by which a signed visit became its next version."""

Told = Mapping[str, Any]


@dataclass(slots=True)
class Sitting:
    """Entries that are one line, the newest first: looks or prints of one quarter hour, or one transaction."""

    look: bool
    entries: list[AuditEntry] = field(default_factory=list)


def fold(entries: Iterable[AuditEntry], limit: int) -> tuple[list[Sitting], tuple[datetime, int] | None]:
    """At least `limit` lines if there are so many, and where the list goes on (None at its end).

    `entries` come newest first. The cut lies between two quarters of an hour, so that no line falls on two pages.
    """
    found: dict[tuple[object, ...], Sitting] = {}
    last: AuditEntry | None = None
    for entry in entries:
        if last is not None and len(found) >= limit and _quarter(entry.at) != _quarter(last.at):
            return list(found.values()), (last.at, last.seq)
        look = entry.action == VIEW
        printing = entry.action == "print" or entry.object == "print_item"
        when = _quarter(entry.at) if look or printing else entry.at
        key = (look, printing, entry.actor_id, entry.actor, entry.pc, when)
        found.setdefault(key, Sitting(look)).entries.append(entry)
        last = entry
    return list(found.values()), None


def said(text: str) -> dict[str, Any]:
    """The old or new values of an entry; none for an entry without."""
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def act_of(entry: AuditEntry, old: Told, new: Told) -> str:
    """What was done, as exactly as the entry tells: `change` of a visit that is signed by it is `sign`.

    Else the action as it stands in the entry.
    """
    if entry.action == "change":
        return _marked(old, new) or _stepped(entry.object, new) or entry.action
    if entry.action == "create" and entry.object == "encounter" and new.get("state") in ("signed", "recorded"):
        return "recorded"
    return entry.action


def _marked(old: Told, new: Told) -> str:
    """Marked as entered in error, or the mark taken back."""
    for name in ("error_reason", "in_error"):
        if name in new:
            return "error" if new[name] else "no_error" if old.get(name) else ""
    return ""


STEPS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "encounter": ("state", {"signed": "sign", "recorded": "close"}),
    "letter": (
        "state",
        {
            "signed": "sign",
            "ready": "ready",
            "withdrawn": "withdraw",
            "dispatched": "dispatch",
            "superseded": "supersede",
        },
    ),
    "joining_proposal": (
        "state",
        {"confirmed": "confirm", "declined": "decline", "taken_back": "take_back", "lapsed": "lapse"},
    ),
    "letter_copy": (
        "delivery",
        {"printed": "printed", "given": "given", "sent": "sent", "withdrawn": "withdraw"},
    ),
}
"""Which column of a table tells how far something is, and what each step is called."""


def _stepped(thing: str, new: Told) -> str:
    if thing == "joining":
        return "part" if new.get("undone_at") else ""
    if thing == "letter_copy" and "held_because" in new:
        return "hold" if new["held_because"] else "release"
    if thing == "encounter" and "version_number" in new:
        return AMENDED
    column, steps = STEPS.get(thing, ("", {}))
    return steps.get(str(new.get(column, "")), "")


def _quarter(at: datetime) -> datetime:
    return at.replace(minute=at.minute - at.minute % QUARTER, second=0, microsecond=0)
