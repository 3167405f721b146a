"""CSV from anywhere: encoding and separator found out and told, bad shape refused, no letter silently replaced."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from poems_registry.domain.formula_guard import unguard
from poems_registry.intake.source import Source, Unreadable, checked_head, rows_of

MOST_BYTES = 200_000_000
MOST_ROWS = 1_000_000
MOST_COLUMNS = 500
MOST_LETTERS = 131_072
"""In one cell; the limit of Python's reader too."""
MOST_LETTERS_TOLD = 8_000_000
"""In one cell of a transfer file, where the first row of a patient holds everything that is long."""

_SEPARATORS = (",", ";", "\t")
_ALIASES = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}


def read(data: bytes, name: str, sha256: str, head_row: int = 1, most_letters: int = MOST_LETTERS) -> Source:
    """All rows of a CSV file. Unreadable, with the row, for NUL, a stray quote, a nameless or doubled column."""
    if len(data) > MOST_BYTES:
        raise Unreadable(f"This file is too large: at most {MOST_BYTES // 1_000_000} MB are read.")
    encoding = _encoding(data)
    text = data.decode(encoding)
    notices = []
    if encoding == "cp1252":
        notices.append("The file is not UTF-8; it was read as Windows-1252 (Western European). Check letters like é.")
    if "\ufffd" in text:
        notices.append("Some letters were lost before the file came here: it holds the sign that stands for them.")
    separator = _separator(text, head_row)
    if separator != ",":
        notices.append("Columns are parted by " + ("tabs." if separator == "\t" else "semicolons."))
    records = _records(text, separator, most_letters)
    first = next(islice(records, head_row - 1, None), None)
    if first is None:
        raise Unreadable("This file is empty.", "Choose the file that holds the data.")
    head = checked_head(first[1])
    if len(head) > MOST_COLUMNS:
        raise Unreadable(f"This file has too many columns: at most {MOST_COLUMNS} are read.")
    return Source(name, sha256, head, tuple(rows_of(head, records)), _ALIASES[encoding], tuple(notices), separator)


def _encoding(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decodable(data, "utf-16")
    nul = data.find(b"\x00")
    if nul >= 0:
        row = data.count(b"\n", 0, nul) + 1
        raise Unreadable(f"Row {row} of this file holds a NUL, which no text has: it is damaged or no CSV file.")
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decodable(data, "cp1252")
    return "utf-8-sig"


def _decodable(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"Row {row} of this file holds letters in no encoding that is known here.") from None
    if "\x00" in text:
        raise Unreadable("This file holds a NUL, which no text has: it is damaged or no CSV file.")
    return encoding


def _separator(text: str, head_row: int) -> str:
    """The one that parts the row of the columns' names into the most columns; what stands in quotes parts nothing."""
    lines = re.split(r"\r\n|\r|\n", text, maxsplit=head_row)
    head = re.sub(r'"[^"]*"', "", lines[head_row - 1]) if len(lines) >= head_row else ""
    return max(_SEPARATORS, key=head.count)


def _records(text: str, separator: str, most_letters: int) -> Iterator[tuple[int, Sequence[str]]]:
    """Python keeps one limit for every reader: it is raised, and each cell is measured here."""
    csv.field_size_limit(max(most_letters, csv.field_size_limit()))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS:
                raise Unreadable(f"This file has too many rows: at most {MOST_ROWS:,} are read.")
            if any(len(cell) > most_letters for cell in cells):
                raise csv.Error("field larger")
            yield number, [unguard(cell) for cell in cells]
    except csv.Error as error:
        words = _words(str(error), most_letters)
        raise Unreadable(f"Row {number + 1} of this file is not right: {words}.") from None


def _words(error: str, most_letters: int) -> str:
    """The reader's reasons in our words; its own never hold what a cell says."""
    if "expected after" in error:
        return "a quotation mark stands inside a cell that is not doubled, or ends it too early"
    if "unexpected end" in error:
        return "a quotation mark is opened and never closed"
    if "field larger" in error:
        return f"a cell holds more than {most_letters:,} letters"
    return "it does not follow the rules of CSV"
