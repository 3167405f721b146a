"""The cells of the transfer file: what one may hold, and the one way in which each is written and read."""

import json
from collections.abc import Callable, Collection, Mapping
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


MOST = 2**31 - 1
"""Beyond it no number of a record is kept on a server; none of them counts so far."""


def loaded(row: Mapping[str, str], column: str) -> dict[str, object]:
    """The record of a cell; nothing of an empty one. BadCell for what is none, or holds what cannot be kept."""
    said = parsed(row[column] or "{}", column)
    if not isinstance(said, dict):
        raise BadCell(column, "is not a record")
    return said


def parsed(text: str, column: str) -> object:
    """The plain values of JSON. BadCell for a text with NUL or half a letter, or a number that no record can hold."""
    try:
        said = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadCell(column, "is not JSON") from None
    left = [said]
    while left:
        each = left.pop()
        if isinstance(each, dict):
            left += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            left += each
        elif not _is_sound(each):
            raise BadCell(column, "holds a text or a number that cannot be kept")
    return said


def _is_sound(value: object) -> bool:
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
    return not isinstance(value, int) or -MOST <= value <= MOST


def _no_number(_: str) -> float:
    raise ValueError("not a number")


def count_of(text: str) -> int:
    """A count: 0 or more, and no more than any registry can hold. ValueError."""
    number = int(text)
    if not 0 <= number <= MOST:
        raise ValueError("not a count")
    return number


def without(names: Collection[str], said: object, column: str) -> object:
    """The same; BadCell for a record that holds one of these fields, which only a registry gives."""
    if isinstance(said, dict) and not said.keys().isdisjoint(names):
        raise BadCell(column, "holds an id or version of another registry, or what stands in a column of its own")
    return said


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
