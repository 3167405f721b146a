"""A table as all formats see it: a head, and rows made one at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from poems_registry.domain.errors import RegistryError

Cell = str | float | int | bool | date | datetime | None
"""Text stays text whatever it looks like; numbers stay numbers; None is an empty cell."""

Row = tuple[Cell, ...]


class NotExported(RegistryError):
    """The table cannot be written in the form that was asked for; nothing was written."""


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` is gone through once, row by row, each as long as `head`; `name` becomes the name of a sheet or file."""

    name: str
    head: tuple[str, ...]
    rows: Iterable[Row]

    def __post_init__(self) -> None:
        if len(set(self.head)) != len(self.head):
            raise ValueError("two columns of one table have the same name")

    def checked(self) -> Iterator[Row]:
        """The rows; ValueError for one that does not fit its head, before it reaches a file."""
        width = len(self.head)
        for row in self.rows:
            if len(row) != width:
                raise ValueError(f"a row of {len(row)} cells in a table of {width} columns")
            yield row
