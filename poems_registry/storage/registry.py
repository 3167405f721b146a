"""The registry's own card: which one it is, and the clinic's words."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from poems_registry.domain.errors import CannotOpen, NotAllowedNow, StaleRecord
from poems_registry.domain.records import ClinicProfile
from poems_registry.storage.tables.house import KeyFileRow, RegistryRow


@dataclass(frozen=True, slots=True)
class RegistryCard:
    """Which registry this is. `uid` stands in the key file too, so that the two are known to belong together."""

    uid: str
    name: str
    training: bool
    created_at: datetime
    profile: ClinicProfile
    program: str = ""
    version: int = 1


def create(session: Session, card: RegistryCard) -> RegistryCard:
    """Write the card of a new registry; NotAllowedNow if it has one."""
    if session.get(RegistryRow, 1) is not None:
        raise NotAllowedNow("This registry has been set up already. Nothing has been changed.")
    row = RegistryRow(id=1, uid=card.uid, training=card.training, created_at=card.created_at, program=card.program)
    row.name = card.name
    row.profile = _as_json(card.profile)
    session.add(row)
    session.flush()
    return _card(row)


def load(session: Session) -> RegistryCard:
    """The card; CannotOpen if the file holds no registry."""
    return _card(_row(session))


def save_profile(session: Session, profile: ClinicProfile, version: int) -> RegistryCard:
    """Change the clinic's own words; StaleRecord if somebody else just did. A training registry stays one."""
    row = _row(session)
    if row.version != version:
        raise StaleRecord
    row.profile = _as_json(profile)
    row.name = profile.name or row.name
    session.flush()
    return _card(row)


def save_key_document(session: Session, document: str) -> None:
    """Keep the key slots of a registry that is being made on a server; `storage.server_keys` changes them later."""
    row = session.get(KeyFileRow, 1)
    if row is None:
        session.add(KeyFileRow(id=1, document=document))
    else:
        row.document = document
    session.flush()


def _row(session: Session) -> RegistryRow:
    row = session.get(RegistryRow, 1)
    if row is None:
        raise CannotOpen("This file holds no registry yet: it was never set up completely. Nothing has been changed.")
    return row


def _as_json(profile: ClinicProfile) -> dict[str, Any]:
    said = asdict(profile)
    said.pop("training")
    return said | {"address": list(profile.address)}


def _card(row: RegistryRow) -> RegistryCard:
    said: dict[str, Any] = dict(row.profile) if isinstance(row.profile, dict) else {}
    profile = ClinicProfile(**said | {"address": tuple(said.get("address", ())), "training": row.training})
    return RegistryCard(row.uid, row.name, row.training, row.created_at, profile, row.program, row.version)
