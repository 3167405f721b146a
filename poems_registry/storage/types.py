"""Column types that read the same on both engines: aware instants, partial dates, JSON as text, blank as null."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, Dialect, String, Text
from sqlalchemy.types import TypeDecorator

from poems_registry.domain.dates import PartialDate

Json = dict[str, Any] | list[Any]
_INSTANTS_KEPT = 1024


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC: SQLite forgets zones, so a naive one is refused on the way in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; without its zone where the engine cannot keep one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """Reads the same instant once: the findings of a visit, hundreds of a file, were all recorded at one."""
        read = super().result_processor(dialect, coltype)
        return lru_cache(_INSTANTS_KEPT)(read) if read is not None else None


class PartialDateText(TypeDecorator[PartialDate]):
    """`1955`, `1955-07` or `1955-07-14`, with `~` when approximate: as much of a date as is known."""

    impl = String(12)
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:
        """ISO 8601, as exact as the date is."""
        return None if value is None else value.iso()

    def process_result_value(self, value: str | None, dialect: Dialect) -> PartialDate | None:
        """The date again."""
        return None if value is None else PartialDate.from_iso(value)


def canonical_json(value: object) -> str:
    """One spelling for one value: sorted names, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class JsonText(TypeDecorator[Json]):
    """Lists and dictionaries as canonical JSON text, alike on both engines."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Json | None, dialect: Dialect) -> str | None:
        """Canonical, so that equal values are equal texts."""
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Json | None:
        """Lists and dictionaries; tuples come back as lists."""
        return None if value is None else json.loads(value)


class BlankIsNull(TypeDecorator[str]):
    """Empty text as NULL, so that *not recorded* may stand in many rows of a unique column."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """NULL for empty."""
        return value or None

    def process_result_value(self, value: str | None, dialect: Dialect) -> str:
        """Empty for NULL."""
        return value or ""
