"""The versions of a visit as they were signed: frozen once, read for ever, checked against their hash."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from poems_registry.domain.errors import CannotOpen, NotFound
from poems_registry.domain.records import Encounter
from poems_registry.domain.signed_documents import document_of, encounter_of
from poems_registry.domain.versions import SignedVersion
from poems_registry.storage.audit import Entry, trail_of
from poems_registry.storage.observations import NOTED
from poems_registry.storage.tables.encounter import EncounterVersionRow
from poems_registry.storage.types import canonical_json

TABLE = EncounterVersionRow.__table__
_TOLD = [column for column in TABLE.columns if column.name != "document"]
_AT_ONCE = 500


def freeze(session: Session, encounter: Encounter) -> None:
    """Keep a signed encounter exactly as it is now; what is frozen already stays as it was."""
    key = (encounter.id, encounter.version_number)
    if encounter.signature is None or session.get(EncounterVersionRow, key) is not None:
        return
    document = canonical_json(document_of(encounter))
    sha256 = hashlib.sha256(document.encode()).hexdigest()
    row = {
        "encounter_id": encounter.id,
        "number": encounter.version_number,
        "document": document,
        "sha256": sha256,
        "reason": encounter.amend_reason,
        "signed_name": encounter.signature.name,
        "signed_role": encounter.signature.role,
        "signed_registration": encounter.signature.registration,
        "signed_at": encounter.signature.at,
    }
    session.execute(insert(TABLE), [row], execution_options=NOTED)  # type: ignore[arg-type]
    named = f"{encounter.id}/{encounter.version_number}"
    told = {"sha256": sha256, "signed_name": encounter.signature.name} | (
        {"reason": encounter.amend_reason} if encounter.amend_reason else {}
    )
    trail_of(session).note(
        Entry("freeze", "encounter_version", named, encounter.patient_id, encounter.version_number, new=told)
    )


def earlier(session: Session, newest: Mapping[int, int]) -> dict[int, tuple[SignedVersion, ...]]:
    """The versions that were replaced, oldest first and without their content, by encounter.

    `newest` maps each amended encounter's id to the number of the version that stands.
    """
    found: dict[int, list[SignedVersion]] = {}
    wanted = list(newest)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        query = select(*_TOLD).where(TABLE.c.encounter_id.in_(part)).order_by(TABLE.c.encounter_id, TABLE.c.number)
        for row in session.execute(query):
            if row.number < newest[row.encounter_id]:
                found.setdefault(row.encounter_id, []).append(_told(row))
    return {encounter_id: tuple(versions) for encounter_id, versions in found.items()}


def load(session: Session, encounter_id: int, number: int) -> Encounter:
    """A version exactly as it was signed. NotFound; CannotOpen if it is no longer what was frozen."""
    row = session.get(EncounterVersionRow, (encounter_id, number))
    if row is None:
        raise NotFound("This version of the visit is not in the registry.")
    if hashlib.sha256(row.document.encode()).hexdigest() != row.sha256:
        raise CannotOpen(
            "This version of the visit is not what was signed: its check sum does not fit. Nothing was changed; tell"
            " the people who look after the registry, who can restore a copy."
        )
    return encounter_of(json.loads(row.document))


def earlier_of(session: Session, encounter: Encounter) -> tuple[Encounter, ...]:
    """What an amended visit said before, oldest first, each version exactly as it was signed; CannotOpen as above."""
    return tuple(load(session, encounter.id, version.number) for version in encounter.earlier)


def altered(session: Session) -> list[tuple[int, int]]:
    """(encounter, number) of each frozen version that is no longer what was frozen; empty when all is well."""
    query = select(TABLE.c.encounter_id, TABLE.c.number, TABLE.c.document, TABLE.c.sha256)
    return [
        (row.encounter_id, row.number)
        for row in session.execute(query.execution_options(yield_per=200))
        if hashlib.sha256(row.document.encode()).hexdigest() != row.sha256
    ]


def _told(row: Any) -> SignedVersion:
    return SignedVersion(
        row.number, row.signed_name, row.signed_at, row.signed_role, row.signed_registration, row.reason, row.sha256
    )
