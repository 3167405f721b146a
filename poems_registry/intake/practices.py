"""The public list of GP practices (`epraccur`: 27 columns, no head row) read row by row; nothing is guessed."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from poems_registry.domain.errors import RegistryError
from poems_registry.domain.proposals import Fate, Judged, Refused

COLUMNS = 27
LONGEST_CODE = 12
CODE, NAME, ADDRESS, POSTCODE, CLOSED, STATUS, PHONE, SETTING = 0, 1, slice(4, 9), 9, 11, 12, 17, 25
GP_PRACTICE = "4"
_STATES = {"A": "open", "ACTIVE": "open", "P": "open", "D": "closed", "C": "closed", "INACTIVE": "closed"}

PracticeCells = tuple[str, str, tuple[str, ...], str, str, str, date | None]
"""Code, name, address, postcode, phone, state, closed on."""


class NotThatList(RegistryError):
    """The file is not laid out as the public list is."""


@dataclass(frozen=True, slots=True)
class ListFile:
    """What a file says: each practice with its row, rows that are no GP practice, and rows that cannot be taken."""

    practices: tuple[tuple[int, PracticeCells], ...]
    ignored: tuple[int, ...]
    refused: tuple[Judged, ...]

    @property
    def rows(self) -> int:
        """How many rows were read; blank lines are none."""
        return len(self.practices) + len(self.ignored) + len(self.refused)


def read(data: bytes) -> ListFile:
    """Every row of the list, each with what becomes of it. NotThatList for a file that is laid out otherwise."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    found: dict[str, tuple[int, PracticeCells]] = {}
    ignored: list[int] = []
    refused: list[Judged] = []
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline="")), start=1):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            practice = _read_row([cell.strip() for cell in cells], found)
        except Refused as why:
            refused.append(Judged(number, Fate.SET_ASIDE, str(why), tuple(cells)))
            continue
        if practice is None:
            ignored.append(number)
        else:
            found[practice[0]] = (number, practice)
    if not found:
        raise NotThatList(_why_not(refused))
    return ListFile(tuple(found.values()), tuple(ignored), tuple(refused))


def _why_not(refused: list[Judged]) -> str:
    if not refused:
        return "This file names no GP practice. Nothing was changed. Choose the list of practices."
    first = refused[0]
    return (
        f"This file is no list of GP practices: row {first.number} {first.reason}. Nothing was changed. Load the file"
        " as it was downloaded."
    )


def _read_row(cells: list[str], found: Mapping[str, object]) -> PracticeCells | None:
    """One practice, None for another kind of place; Refused in words that quote no cell."""
    if len(cells) < COLUMNS:
        raise Refused(f"has {len(cells)} columns, the list of practices has {COLUMNS}")
    if cells[SETTING] != GP_PRACTICE:
        return None
    practice = _practice(cells)
    if practice[0] in found:
        raise Refused("names a code that stands in a row above")
    return practice


def _practice(cells: list[str]) -> PracticeCells:
    state = _STATES.get(cells[STATUS].upper())
    if not cells[CODE] or not cells[NAME] or state is None:
        raise Refused("lacks a code, a name or a known state")
    if len(cells[CODE]) > LONGEST_CODE:
        raise Refused("has a code that is too long to be one")
    address = tuple(_title(line) for line in cells[ADDRESS] if line)
    closed = _day(cells[CLOSED])
    return cells[CODE], _title(cells[NAME]), address, cells[POSTCODE], cells[PHONE], state, closed


def _title(words: str) -> str:
    """The list is written in capitals; letters are not."""
    return words.title().replace("'S", "'s") if words.isupper() else words


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day without a time of day
    except ValueError:
        raise Refused("has a closing date that is none") from None
