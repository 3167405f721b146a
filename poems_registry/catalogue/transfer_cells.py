"""The cells of the transfer file: what one may hold, and the one way in which each is written and read."""

import json
from collections.abc import Callable, Mapping
from typing import TypeVar

from poems_registry.domain.plain_records import NotPlain, from_plain

T = TypeVar("T")
TransferCell = str | float | int | None


class BadCell(ValueError):
    """A cell that the transfer format does not allow: names the column and says why, never what it holds."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(f"{column} {why}")


def dumped(said: object) -> str:
    """JSON, the same for the same."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def loaded(row: Mapping[str, str], column: str) -> dict[str, object]:
    """The record of a cell; nothing of an empty one. BadCell for what is none."""
    try:
        said = json.loads(row[column] or "{}", parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadCell(column, "is not JSON") from None
    if not isinstance(said, dict):
        raise BadCell(column, "is not a record")
    return said


def _no_number(_: str) -> float:
    raise ValueError("not a number")


def listed(said: object, column: str) -> list[object]:
    """A list of a record. BadCell for anything else."""
    if not isinstance(said, list):
        raise BadCell(column, "holds no list where one belongs")
    return said


def plain(record: type[T], said: object, column: str) -> T:
    """A record of its plain values. BadCell for a wrong name or type, never with what it holds."""
    try:
        return from_plain(record, said)
    except NotPlain as error:
        raise BadCell(column, f"cannot be read: {error}") from None


def text_of(said: dict[str, object], name: str, column: str) -> str:
    """A text taken out of a record; '' if it is not there. BadCell if it is no text."""
    value = said.pop(name, "")
    if not isinstance(value, str):
        raise BadCell(column, f"cannot be read: {name} is of another type")
    return value


def read_cell(row: Mapping[str, str], column: str, reader: Callable[[str], T]) -> T | None:
    """None for an empty cell. BadCell for one that cannot be read."""
    if not row[column]:
        return None
    try:
        return reader(row[column])
    except (ValueError, KeyError, OverflowError):
        raise BadCell(column, "cannot be read") from None
