"""A file from outside as all readers give it: named columns, numbered rows of text, and what was odd about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from poems_registry.domain.errors import RegistryError


class Unreadable(RegistryError):
    """The file as a whole cannot be taken: its kind, size or shape. Nothing was imported or changed."""

    def __init__(self, what: str, do: str = "Save it anew as CSV or as a workbook (.xlsx) and import that.") -> None:
        super().__init__(f"{what} Nothing was imported or changed. {do}")


class SourceRow(Mapping[str, str]):
    """One row: its cells by column, as they stand in the file. `number` is the one a spreadsheet shows."""

    __slots__ = ("_index", "cells", "number")

    def __init__(self, number: int, cells: Sequence[str], index: Mapping[str, int]) -> None:
        self.number = number
        self.cells = tuple(cells)
        self._index = index

    def __getitem__(self, column: str) -> str:
        return self.cells[self._index[column]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row whose shape is wrong, so that its cells cannot be told apart."""

    number: int
    cells: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: every row below its head is in `rows`, in order; blank ones are not rows.

    `separator` parts its columns; empty for a workbook.
    """

    name: str
    sha256: str
    head: tuple[str, ...]
    rows: Sequence[SourceRow | BadRow]
    encoding: str
    notices: tuple[str, ...] = field(default=())
    separator: str = ""


def checked_head(cells: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns; Unreadable if one is empty or two are the same."""
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise Unreadable("The first row of this file is empty: it should name the columns.")
    for place, name in enumerate(names, start=1):
        if not name:
            raise Unreadable(f"Column {place} of this file has no name in the first row.")
        if names.index(name) != place - 1:
            raise Unreadable(f"Columns {names.index(name) + 1} and {place} of this file have the same name.")
    return tuple(names)


def rows_of(head: tuple[str, ...], records: Iterator[tuple[int, Sequence[str]]]) -> Iterator[SourceRow | BadRow]:
    """Rows from (number, cells): a blank one is passed over, one of another length than the head is a bad one."""
    index = {name: place for place, name in enumerate(head)}
    width = len(head)
    for number, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            reason = f"has {len(cells)} cells, but the first row names {width} columns"
            yield BadRow(number, tuple(cells), reason)
        else:
            yield SourceRow(number, cells[:width], index)
