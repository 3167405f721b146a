"""A block of results copied from a spreadsheet, read as it stands: tests by dates or the other way round.

Pure reading: which cell is a test, a date, a unit, a limit, a result. Every cell that holds something is in what comes
out, once; nothing is converted, guessed or made up.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from poems_registry.domain.dates import AmbiguousDate, BadDate, parse_date

Cells = tuple[tuple[str, ...], ...]


class Part(StrEnum):
    """What a column (or a row, in a block that lies on its side) holds."""

    NAME = "name"
    DAY = "day"
    UNIT = "unit"
    LOW = "low"
    HIGH = "high"
    RANGE = "range"
    ASSAY = "assay"
    OTHER = "other"


_TITLES: Final = {
    Part.UNIT: {"unit", "units"},
    Part.LOW: {"low", "lower", "lower limit", "lln", "ref low", "min", "from", "lab low"},
    Part.HIGH: {"high", "upper", "upper limit", "uln", "ref high", "max", "to", "lab high"},
    Part.RANGE: {"range", "ref range", "reference range", "reference", "limits", "lab limits", "normal range",
                 "reference interval", "normal"},
    Part.ASSAY: {"assay", "method", "platform"},
}  # fmt: skip
_TIME_BEHIND = re.compile(r"(?P<day>.*[0-9])[T ]+(?P<time>[0-2]?[0-9]:[0-5][0-9])(?::[0-9.]+)?")
_TWO = re.compile(r"(?P<low>[0-9][0-9.,]*)\s*(?:-|\u2013|\u2014|to)\s*(?P<high>[0-9][0-9.,]*)")
_ONE = re.compile(r"(?P<sign>[<>≤≥]|up to|over|under)\s*(?P<limit>[0-9][0-9.,]*)")
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[/.-](1[3-9]|2[0-9]|3[01])[/.-]([0-9]{2}|[0-9]{4})")
_BARE = re.compile(r"[0-9]{6}")
_UNIT_BEHIND = re.compile(r"(?P<name>.+?)\s*[(\[](?P<unit>[^()\[\]]+)[)\]]")


MOST_CELLS: Final = 20_000
MOST_TESTS: Final = 200
"""More than this is no block of one person; a file of results is imported."""

LONGEST_CELL: Final = 200
"""No result and no name of a test is longer; what is, is told and not taken."""


class NoBlock(ValueError):
    """What was pasted is no block of results; the text says why and what is needed."""


@dataclass(frozen=True, slots=True)
class PastedTest:
    """One test as the block names it; the unit and limits are the block's own words, empty where it gives none."""

    place: int
    name: str
    unit: str = ""
    low: str = ""
    high: str = ""
    assay: str = ""


@dataclass(frozen=True, slots=True)
class PastedCell:
    """One result: its number in reading order, its test's place, the words of its date, its own text."""

    number: int
    test: int
    day: str
    time: str
    text: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """A cell that holds something and is no result; `why` in words."""

    number: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """A block that was read. `days` are the dates as written, in the order of the block."""

    tests: tuple[PastedTest, ...]
    days: tuple[str, ...]
    cells: tuple[PastedCell, ...]
    leftovers: tuple[Leftover, ...] = field(default=())

    @property
    def read(self) -> int:
        """How many results and other things it holds: what the sums must come out to (decision 21)."""
        return len(self.cells) + len(self.leftovers)


def is_date(text: str) -> bool:
    """Whether these words are one whole day, in any written form; in which century is no matter here."""
    day = day_and_time(text)[0]
    if _BARE.fullmatch(day):
        return False  # six figures alone are a number of the laboratory at least as often
    if len(day) < 6 or not any(sign.isdigit() for sign in day) or day[0] in "+-":
        return False
    try:
        parse_date(day, date(2000, 1, 1), future=True)
    except AmbiguousDate:
        return True
    except BadDate:
        return False
    return True


def day_and_time(text: str) -> tuple[str, str]:
    """The words of a day and of the time behind it, if one stands there."""
    match = _TIME_BEHIND.fullmatch(text.strip())
    return (match["day"].strip(), match["time"]) if match is not None else (text.strip(), "")


def limits_in(text: str) -> tuple[str, str]:
    """`115-165` and `115 to 165` are two limits, `<771` an upper and `>3` a lower one; what else is none."""
    two, one = _TWO.fullmatch(text.strip()), _ONE.fullmatch(text.strip().lower())
    if two is not None:
        return two["low"], two["high"]
    if one is None:
        return "", ""
    lower = one["sign"] in (">", "≥", "over")
    return (one["limit"], "") if lower else ("", one["limit"])


def name_and_unit(text: str) -> tuple[str, str]:
    """`Haemoglobin (g/L)` is a name and a unit."""
    match = _UNIT_BEHIND.fullmatch(text.strip())
    return (match["name"], match["unit"].strip()) if match is not None else (text.strip(), "")


def read_block(text: str) -> Pasted:
    """Read tab-separated text; NoBlock in words if it has no dates along one side, or is no block of one person."""
    block = _cells(text)
    if not block or max(len(row) for row in block) < 2:
        raise NoBlock(
            "This is no block of a spreadsheet. Copy the cells with tests on one side and dates on the other."
        )
    _refuse_month_first(block)
    across = [place for place, cell in enumerate(block[0]) if place and is_date(cell)]
    down = [place for place, row in enumerate(block) if place and is_date(row[0])]
    if not across and not down:
        raise NoBlock("No dates were found. They must stand in the first row or in the first column of the block.")
    if across and down:
        raise NoBlock("Dates stand in the first row and in the first column. They must stand on one side only.")
    pasted = _read(block if across else tuple(zip(*block, strict=True)), sideways=bool(down))
    if pasted.read > MOST_CELLS or len(pasted.tests) > MOST_TESTS:
        raise NoBlock(
            f"This block holds {pasted.read:,} results of {len(pasted.tests):,} tests. At most {MOST_CELLS:,} results"
            f" of {MOST_TESTS} tests are pasted at once: copy a part of it, or import the file."
        )
    return pasted


def _refuse_month_first(block: Cells) -> None:
    """One date that can only be month first says how all of them are written: 03/04/2026 would be read wrongly."""
    for cell in (*block[0], *(row[0] for row in block)):
        day = day_and_time(cell)[0]
        if _MONTH_FIRST.fullmatch(day):
            raise NoBlock(
                f"The date {day} is written month first, so other dates of this block could be read wrongly."
                " Write the dates as 25-Dec-2026 in the spreadsheet and copy it again. Nothing was read."
            )


def plain(text: str) -> str:
    """Without what nobody can see; what cannot be written at all becomes a mark, so that no figure is made of it."""
    return "".join(_seen(sign) for sign in text)


def _seen(sign: str) -> str:
    kind = unicodedata.category(sign)
    if sign in "\t\r\n":
        return sign
    if kind in ("Zs", "Zl", "Zp"):
        return " "
    if kind == "Cf":
        return ""
    return "\ufffd" if kind in ("Cc", "Cs", "Co", "Cn") else sign


def _cells(text: str) -> Cells:
    """Rows of one length, without those that hold nothing above and below."""
    rows = [[" ".join(cell.split()) for cell in row] for row in _rows(plain(text))]
    rows = [row for row in rows if any(row)]
    width = max((len(row) for row in rows), default=0)
    return tuple(tuple(row + [""] * (width - len(row))) for row in rows)


def _rows(text: str) -> list[list[str]]:
    """Cells that hold a line break or a quotation mark stand in quotation marks, as a spreadsheet copies them."""
    lines = re.split(r"\r\n|\r|\n", text)
    if '"' in text:
        try:
            return list(csv.reader([f"{line}\n" for line in lines], delimiter="\t", strict=True))
        except csv.Error:
            pass  # a quotation mark that is only one: the text is taken as it stands
    return [line.split("\t") for line in lines]


def _read(block: Cells, *, sideways: bool) -> Pasted:
    parts = [_part(place, title) for place, title in enumerate(block[0])]
    along = "column" if not sideways else "row"
    tests: list[PastedTest] = []
    cells: list[PastedCell] = []
    leftovers: list[Leftover] = []
    width = len(parts)

    def number(row: int, column: int) -> int:
        return (column * len(block) + row if sideways else row * width + column) + 1

    for column, title in enumerate(block[0]):
        if parts[column] is Part.OTHER and title:
            leftovers.append(Leftover(number(0, column), _short(title), f"the {along} is no date, unit or limit"))
    for row, line in enumerate(block[1:], start=1):
        test = _test(row, line, parts)
        tests += [test] if test is not None else []
        for column, text in enumerate(line):
            if not text or parts[column] not in (Part.DAY, Part.OTHER, Part.RANGE):
                continue
            why = _why_left(parts[column], text, test is not None, along)
            if why:
                leftovers.append(Leftover(number(row, column), _short(text), why))
            elif parts[column] is Part.DAY:
                day, time = day_and_time(block[0][column])
                cells.append(PastedCell(number(row, column), row, day, time, text))
    days = tuple(title for title, part in zip(block[0], parts, strict=True) if part is Part.DAY)
    in_order = sorted(cells, key=lambda cell: cell.number)
    return Pasted(tuple(tests), days, tuple(in_order), tuple(sorted(leftovers, key=lambda each: each.number)))


def _why_left(part: Part, text: str, named: bool, along: str) -> str:
    """Why a cell is no result; nothing if it is one, or limits that are understood."""
    if len(text) > LONGEST_CELL:
        return "is too long for a result"
    if part is Part.RANGE:
        return "" if limits_in(text) != ("", "") else "the limits are not understood"
    if not named:
        return "no test is named beside it"
    return f"its {along} is no date, unit or limit" if part is Part.OTHER else ""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[:40]} \u2026"


def _part(place: int, title: str) -> Part:
    if place == 0:
        return Part.NAME
    if is_date(title):
        return Part.DAY
    wanted = title.casefold().strip(" .:")
    return next((part for part, words in _TITLES.items() if wanted in words), Part.OTHER)


def _test(place: int, line: tuple[str, ...], parts: list[Part]) -> PastedTest | None:
    if not line[0]:
        return None
    said = {part: text for part, text in zip(parts, line, strict=True) if text and part not in (Part.DAY, Part.OTHER)}
    low, high = limits_in(said.get(Part.RANGE, ""))
    return PastedTest(
        place,
        _short(line[0]),
        unit=said.get(Part.UNIT, "") or name_and_unit(line[0])[1],
        low=said.get(Part.LOW, "") or low,
        high=said.get(Part.HIGH, "") or high,
        assay=said.get(Part.ASSAY, ""),
    )
