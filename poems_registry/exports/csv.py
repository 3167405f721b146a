"""CSV as spreadsheets and statistics programs both read it (nhs.md 8.3): BOM, CRLF, RFC 4180, no cell that runs."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

from poems_registry.domain.formula_guard import guard
from poems_registry.exports.table import Cell, Table

SUFFIX = ".csv"


def write(table: Table, path: Path) -> int:
    """Write the table and give the number of rows below the head. Numbers with every figure they have."""
    count = 0
    with path.open("x", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, dialect="excel", strict=True)
        writer.writerow([guard(name) for name in table.head])
        for row in table.checked():
            writer.writerow([cell if isinstance(cell, float) else plain(cell) for cell in row])
            count += 1
    return count


def plain(cell: Cell) -> str | int | float:
    """Text guarded, dates in ISO 8601, instants in UTC, nothing as nothing; numbers are left alone."""
    match cell:
        case None:
            return ""
        case str():
            return guard(cell)
        case bool():
            return "yes" if cell else "no"
        case datetime():
            return cell.astimezone(UTC).isoformat()
        case date():
            return cell.isoformat()
        case _:
            return cell
