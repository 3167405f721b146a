"""JSON: the columns once, then one object a row, written as the rows come."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from poems_registry.exports.table import Cell, Table

SUFFIX = ".json"


def write(table: Table, path: Path) -> int:
    """Write `{"table": ..., "columns": [...], "rows": [{...}, ...]}` and give the number of rows. UTF-8, no BOM."""
    count = 0
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"table":{_said(table.name)},\n"columns":{_said(list(table.head))},\n"rows":[')
        for row in table.checked():
            file.write(",\n" if count else "\n")
            file.write(_said({name: plain(cell) for name, cell in zip(table.head, row, strict=True)}))
            count += 1
        file.write("\n]}\n")
    return count


def plain(cell: Cell) -> str | int | float | bool | None:
    """Dates in ISO 8601, instants in UTC; everything else JSON has itself."""
    match cell:
        case datetime():
            return cell.astimezone(UTC).isoformat()
        case date():
            return cell.isoformat()
        case _:
            return cell


def _said(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
