"""Frozen records as plain values that JSON can hold, and back again exactly, by the types of their fields."""

import dataclasses
import types
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from math import isfinite
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from poems_registry.domain.dates import PartialDate

R = TypeVar("R")


class NotPlain(ValueError):
    """Plain values that are no such record; the text names the field, never what it holds."""


def to_plain(value: object, *, leave_out: frozenset[str] = frozenset()) -> Any:
    """Dictionaries, lists, text, numbers, true, false, null; instants in UTC. `leave_out`: fields of the outermost."""
    if isinstance(value, PartialDate):
        return value.iso()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value) if field.name not in leave_out]
        return {name: to_plain(getattr(value, name)) for name in names}
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case tuple():
            return [to_plain(part) for part in value]
        case frozenset():
            return sorted(to_plain(part) for part in value)
        case _:
            return value


def from_plain(record: type[R], said: object) -> R:
    """The record; fields left out keep their default. NotPlain for a wrong name or a value of a wrong type."""
    return cast(R, _read(record, said, record.__name__))


@cache
def _hints(record: type) -> dict[str, Any]:
    return get_type_hints(record)


def _read(kind: Any, said: object, where: str) -> object:
    try:
        return _convert(kind, said, where)
    except (TypeError, ValueError) as error:
        if isinstance(error, NotPlain):
            raise
        raise NotPlain(f"{where} cannot be read") from None


def _convert(kind: Any, said: object, where: str) -> object:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return None if said is None else _read(next(k for k in get_args(kind) if k is not type(None)), said, where)
    if origin is tuple:
        return _tuple(get_args(kind), said, where)
    if kind is PartialDate:
        return PartialDate.from_iso(_text(said))
    if dataclasses.is_dataclass(kind):
        return _record(cast(type, kind), said, where)
    if kind is datetime:
        return _instant(_text(said))
    if kind is date:
        return date.fromisoformat(_text(said))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(_text(said))
    if kind not in (str, int, float, bool) or type(said) is not kind or not _is_finite(said):
        raise NotPlain(f"{where} is of another type")
    return said


def _record(kind: type, said: object, where: str) -> object:
    if not isinstance(said, dict):
        raise NotPlain(f"{where} is no record")
    hints = _hints(kind)
    strange = set(said) - set(hints)
    if strange:
        raise NotPlain(f"{where} has no field of that name")
    return kind(**{name: _read(hints[name], value, f"{where}.{name}") for name, value in said.items()})


def _tuple(kinds: tuple[Any, ...], said: object, where: str) -> tuple[object, ...]:
    if not isinstance(said, list):
        raise NotPlain(f"{where} is no list")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_read(kinds[0], part, where) for part in said)
    if len(kinds) != len(said):
        raise NotPlain(f"{where} is a list of another length")
    return tuple(_read(kind, part, where) for kind, part in zip(kinds, said, strict=True))


def _instant(text: str) -> datetime:
    """An instant says its time zone: without it nobody knows when it was."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return moment


def _is_finite(said: object) -> bool:
    """JSON knows no infinite number, but `1e999` is read as one."""
    return not isinstance(said, float) or isfinite(said)


def _text(said: object) -> str:
    if not isinstance(said, str):
        raise TypeError
    return said
