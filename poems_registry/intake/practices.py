"""The public list of GP practices (`epraccur`: 27 columns, no head row) read row by row; nothing is guessed."""

import csv
import io
from datetime import date, datetime

from poems_registry.domain.errors import RegistryError

COLUMNS = 27
CODE, NAME, ADDRESS, POSTCODE, CLOSED, STATUS, PHONE, SETTING = 0, 1, slice(4, 9), 9, 11, 12, 17, 25
GP_PRACTICE = "4"
_STATES = {"A": "open", "ACTIVE": "open", "P": "open", "D": "closed", "C": "closed", "INACTIVE": "closed"}

PracticeCells = tuple[str, str, tuple[str, ...], str, str, str, date | None]
"""Code, name, address, postcode, phone, state, closed on."""


class NotThatList(RegistryError):
    """The file is not laid out as the public list is."""


def read(data: bytes) -> tuple[list[PracticeCells], int]:
    """Every GP practice of the list, and how many rows are something else. NotThatList names the row."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    found: dict[str, PracticeCells] = {}
    others = 0
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline="")), start=1):
        if not cells:
            continue
        if len(cells) < COLUMNS:
            raise NotThatList(
                f"Row {number} has {len(cells)} columns; the list of practices has {COLUMNS}. Nothing was changed."
                " Load the file as it was downloaded."
            )
        if cells[SETTING].strip() != GP_PRACTICE:
            others += 1
            continue
        practice = _practice([cell.strip() for cell in cells], number)
        if practice[0] in found:
            raise NotThatList(f"Row {number} names a code for the second time. Nothing was changed.")
        found[practice[0]] = practice
    if not found:
        raise NotThatList("This file names no GP practice. Nothing was changed. Choose the list of practices.")
    return list(found.values()), others


def _practice(cells: list[str], number: int) -> PracticeCells:
    state = _STATES.get(cells[STATUS].upper())
    if not cells[CODE] or not cells[NAME] or state is None:
        raise NotThatList(f"Row {number} lacks a code, a name or a known state. Nothing was changed.")
    address = tuple(_title(line) for line in cells[ADDRESS] if line)
    closed = _day(cells[CLOSED], number)
    return cells[CODE], _title(cells[NAME]), address, cells[POSTCODE], cells[PHONE], state, closed


def _title(words: str) -> str:
    """The list is written in capitals; letters are not."""
    return words.title().replace("'S", "'s") if words.isupper() else words


def _day(text: str, number: int) -> date | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day without a time of day
    except ValueError:
        raise NotThatList(f"Row {number} has a date that is none. Nothing was changed.") from None
