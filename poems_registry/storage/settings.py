"""Clinic thresholds and rules (decision 3): versioned, audited rows of the registry, never a file on a PC."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from poems_registry.domain.errors import StaleRecord
from poems_registry.storage.tables.house import SettingRow


@dataclass(frozen=True, slots=True)
class Setting:
    """A value in force, where it comes from, and who confirmed it against the paper. Version 0 is not yet stored."""

    name: str
    value: str
    source: str = ""
    confirmed_by: str = ""
    confirmed_on: date | None = None
    version: int = 0


def load_all(session: Session) -> dict[str, Setting]:
    """Every stored setting by name; what is not stored has its built-in value."""
    rows = session.scalars(select(SettingRow).order_by(SettingRow.name))
    return {row.name: _setting(row) for row in rows}


def load(session: Session, name: str) -> Setting | None:
    """One setting, None if the built-in value holds."""
    row = session.get(SettingRow, name)
    return None if row is None else _setting(row)


def save(session: Session, setting: Setting) -> Setting:
    """Put a value in force; StaleRecord if it changed since it was read. The audit keeps the earlier ones."""
    row = session.get(SettingRow, setting.name)
    if (row.version if row is not None else 0) != setting.version:
        raise StaleRecord
    if row is None:
        row = SettingRow(name=setting.name)
        session.add(row)
    row.value = setting.value
    row.source = setting.source
    row.confirmed_by = setting.confirmed_by
    row.confirmed_on = setting.confirmed_on
    session.flush()
    return _setting(row)


def _setting(row: SettingRow) -> Setting:
    return Setting(row.name, row.value, row.source, row.confirmed_by, row.confirmed_on, row.version)
