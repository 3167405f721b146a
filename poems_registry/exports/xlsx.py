"""Workbooks: the only module that knows xlsxwriter; text stays text and nothing in a cell can run."""

import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from poems_registry.exports.table import Cell, NotExported, Table

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SUFFIX = ".xlsx"
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 1_048_576, 16_384, 32_767
"""What a sheet and a cell of this format can hold."""

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


def write(tables: Sequence[Table], path: Path) -> list[int]:
    """One sheet for each table, heads frozen; gives each table's number of rows. NotExported if a cell cannot hold it.

    The library's working files go to a private folder beside the workbook, which is removed again.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".export-") as private:
        workbook = xlsxwriter.Workbook(str(path), {**_OPTIONS, "tmpdir": private})
        try:
            return [_sheet(workbook, table) for table in tables]
        finally:
            try:
                workbook.close()
            except FileCreateError as error:
                raise _disk_error(error) from None


def _disk_error(error: Exception) -> OSError:
    """What the library hides inside its own kind of error."""
    inner = error.args[0] if error.args else None
    return inner if isinstance(inner, OSError) else OSError(None, "the workbook could not be written")


def _sheet(workbook: "Workbook", table: Table) -> int:
    sheet = workbook.add_worksheet(table.name.replace("_", " ")[:31])
    sheet.freeze_panes(1, 0)
    bold = workbook.add_format({"bold": True})
    for column, name in enumerate(table.head):
        sheet.write_string(0, column, name, bold)
    return _rows(sheet, table)


def _rows(sheet: "Worksheet", table: Table) -> int:
    count = 0
    if len(table.head) > MOST_COLUMNS:
        raise NotExported("A workbook cannot hold that many columns. Nothing was written. Export to CSV instead.")
    for row in table.checked():
        count += 1
        if count >= MOST_ROWS:
            raise NotExported("A workbook cannot hold that many rows. Nothing was written. Export to CSV instead.")
        for column, cell in enumerate(row):
            _write(sheet, count, column, cell)
    return count


def _write(sheet: "Worksheet", row: int, column: int, cell: Cell) -> None:
    match cell:
        case None | "":
            return
        case str():
            _write_text(sheet, row, column, cell)
        case bool():
            sheet.write_boolean(row, column, cell)
        case float() if float(f"{cell:.16G}") != cell:
            # The format keeps 16 figures: a number with more is written as text, so that it comes back as it was.
            sheet.write_string(row, column, repr(cell))
        case float() | int():
            sheet.write_number(row, column, cell)
        case datetime():
            sheet.write_string(row, column, cell.astimezone(UTC).isoformat())
        case date():
            sheet.write_string(row, column, cell.isoformat())


def _write_text(sheet: "Worksheet", row: int, column: int, text: str) -> None:
    if len(text) > MOST_LETTERS or "\r" in text:
        raise NotExported(
            "A cell of a workbook cannot hold one of the texts as it is. Nothing was written. Export to CSV instead."
        )
    sheet.write_string(row, column, text)
