"""Runs in a process of its own, with little memory and time: the only module that knows openpyxl (F-32 to F-35).

It answers with JSON only, so that a workbook made to take this process over has nothing to send but text.
"""

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MOST_MEMORY = 1_000_000_000
MOST_SECONDS = 60
MOST_UNPACKED = 100_000_000
MOST_PARTS = 5_000
MOST_ROWS = 20_000
MOST_COLUMNS = 500
MOST_LETTERS = 32_767
_FIRST_SAFE_DAY = datetime(1900, 3, 1)  # noqa: DTZ001 - a workbook's dates know no zone
_MOST_SAFE_FIGURES = 10**15
_TOO_LARGE = "This workbook is too large or damaged."
_HIDDEN = re.compile(rb"<row [^>]*hidden=\"(?:1|true)\"")


class Refused(Exception):
    """A sentence for the user."""


def child(path: str, sheet: str, answer: "Connection") -> None:
    """Read a workbook and send `{"rows": [[number, cells, why], ...], "notices": [...]}` or `{"refused": why}`."""
    _limit()
    said: dict[str, object]
    try:
        said = _read(path, sheet)
    except Refused as refusal:
        said = {"refused": str(refusal)}
    except MemoryError:
        said = {"refused": _TOO_LARGE}
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes ends here, as its kind's name only
        said = {"refused": f"This workbook is damaged or not of the kind its name says ({type(error).__name__})."}
    answer.send_bytes(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    answer.close()


def _limit() -> None:
    """Memory and processor time, where the operating system can limit them; the parent's clock holds everywhere."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(path: str, sheet: str) -> dict[str, object]:
    _check_package(path)
    import openpyxl

    if not openpyxl.DEFUSEDXML:
        raise Refused("This installation lacks its guard against harmful workbooks (defusedxml).")
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    formulas = openpyxl.load_workbook(path, read_only=True, data_only=False)
    try:
        notices: list[str] = []
        name = _sheet_name(book, sheet, notices)
        rows = list(_rows(book[name], formulas[name], notices))
        notices += _marks(path, vars(book[name])["_worksheet_path"])
        return {"rows": rows, "notices": notices}
    finally:
        book.close()
        formulas.close()


def _check_package(path: str) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except zipfile.BadZipFile:
        raise Refused("This workbook is damaged: it cannot be unpacked.") from None
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused(_TOO_LARGE)
    if "xl/workbook.bin" in names:
        raise Refused("This is a binary workbook (.xlsb), which is not read here.")
    if "content.xml" in names:
        raise Refused("This is an OpenDocument file (.ods), which is not read here.")
    if "xl/workbook.xml" not in names:
        raise Refused("This file is packed, but it is no workbook.")


def _sheet_name(book: Any, wanted: str, notices: list[str]) -> str:
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    hidden = len(book.worksheets) - len(visible)
    if hidden:
        notices.append(f"{hidden} hidden sheets were not read.")
    if wanted:
        if wanted not in book.sheetnames:
            raise Refused("The workbook has no sheet of the name that the mapping file gives.")
        return wanted
    if not visible:
        raise Refused("The workbook has no visible sheet.")
    if len(visible) > 1:
        notices.append(f"Only the first of {len(visible)} sheets was read. A mapping file may name another one.")
    return str(visible[0])


def _rows(values: Any, formulas: Any, notices: list[str]) -> Iterator[list[object]]:
    computed = 0
    values.reset_dimensions()
    formulas.reset_dimensions()
    for number, (row, raw) in enumerate(zip(values.iter_rows(), formulas.iter_rows(), strict=True), start=1):
        if number > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise Refused(f"{_TOO_LARGE} At most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns are read.")
        cells: list[str] = []
        reasons: list[str] = []
        for place, (cell, source) in enumerate(zip(row, raw, strict=True), start=1):
            formula = source.data_type == "f"
            computed += formula
            text, reason = _formula(cell) if formula and cell.value is None else _text(cell)
            cells.append(text)
            if reason:
                reasons.append(f"column {place}: {reason}")
        yield [number, cells, "; ".join(reasons)]
    if computed:
        notices.append(
            f"{computed} cells are formulas: the values that were stored with them were read, nothing was run."
        )


def _formula(_: Any) -> tuple[str, str]:
    return "", "a formula without a stored value"


def _text(cell: Any) -> tuple[str, str]:
    """A cell as text, and why it cannot be relied on, if so."""
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "e":
        return str(value)[:20], "an error instead of a value"
    for kind, reader in _READERS:
        if isinstance(value, kind):
            return reader(value)
    return "", "a value of a kind that is not read here"


def _words(escaped: str) -> tuple[str, str]:
    """A text without the `_x000D_` escapes in which workbooks write what XML cannot hold."""
    from openpyxl.utils.escape import unescape

    value = unescape(escaped)
    return (value, "") if len(value) <= MOST_LETTERS else ("", f"more than {MOST_LETTERS:,} letters")


def _figures(value: float) -> tuple[str, str]:
    text = str(int(value)) if value == int(value) else repr(value)
    return text, "a long number whose last figures may be lost" if abs(value) >= _MOST_SAFE_FIGURES else ""


def _moment(value: datetime) -> tuple[str, str]:
    if value < _FIRST_SAFE_DAY:
        return "", "a date before March 1900, which workbooks do not keep reliably"
    if value.time() == time():
        return value.date().isoformat(), ""
    return value.isoformat(timespec="minutes"), ""


_READERS: tuple[tuple[type, Callable[[Any], tuple[str, str]]], ...] = (
    (bool, lambda value: ("TRUE" if value else "FALSE", "")),
    (str, _words),
    (int, _figures),
    (float, _figures),
    (datetime, _moment),
    (date, lambda value: (value.isoformat(), "")),
    (time, lambda value: (value.isoformat(timespec="minutes"), "")),
)


def _marks(path: str, part: str) -> list[str]:
    """Hidden rows and merged cells, which reading row by row does not show."""
    with zipfile.ZipFile(path) as package:
        xml = package.read(part)
    notices = []
    hidden = len(_HIDDEN.findall(xml))
    if hidden:
        notices.append(f"{hidden} hidden rows were read like the others.")
    if b"<mergeCell " in xml:
        notices.append("Some cells are merged: only the first of each group holds its value.")
    return notices
