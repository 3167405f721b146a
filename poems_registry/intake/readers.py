"""One door for files from outside: what the file really is, and the reader for it."""

import hashlib
import json
import multiprocessing
from pathlib import Path
from typing import Any

from poems_registry.intake import csv_reader, workbook
from poems_registry.intake.source import BadRow, Source, SourceRow, Unreadable, checked_head, rows_of

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF-"
_MOST_ANSWER = 500_000_000


def read(path: Path, sheet: str = "", head_row: int = 1, most_letters: int = csv_reader.MOST_LETTERS) -> Source:
    """The rows of a CSV file or workbook; Unreadable, in words, for everything else.

    The kind is told by the file's first bytes, not by its name. A workbook is read in a process of its own. Rows above
    `head_row`, which names the columns, are passed over. `most_letters` in one cell of a CSV file.
    """
    try:
        data = _bytes(path)
    except OSError as error:
        raise Unreadable(
            f"The file cannot be read: {error.strerror or 'the disk refused'}.", "Check its place and name."
        ) from None
    if not data:
        raise Unreadable("This file is empty (0 bytes).", "Choose the file that holds the data.")
    sha256 = hashlib.sha256(data).hexdigest()
    if data.startswith(_OLE):
        raise Unreadable(
            "This is an old workbook (.xls) or one protected by a password.",
            "Open it, save it without a password as .xlsx or CSV, and import that.",
        )
    if data.startswith(_PDF):
        raise Unreadable("This is a PDF, not a table.")
    if data.startswith(_ZIP):
        return _workbook(path, sha256, sheet, head_row)
    return csv_reader.read(data, path.name, sha256, head_row, most_letters)


def _bytes(path: Path) -> bytes:
    """Of a file alone, and never more of it than may be: it can grow while it is read, and a device has no end."""
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "is no file" if path.exists() else "is not there"
        raise Unreadable(f"The file cannot be read: it {what}.", "Check its place and name.")
    with path.open("rb") as file:
        data = file.read(csv_reader.MOST_BYTES + 1)
    if len(data) > csv_reader.MOST_BYTES:
        raise Unreadable(f"This file is too large: at most {csv_reader.MOST_BYTES // 1_000_000} MB are read.")
    return data


def _workbook(path: Path, sha256: str, sheet: str, head_row: int) -> Source:
    answer = _asked(path, sheet)
    if "refused" in answer:
        raise Unreadable(str(answer["refused"]))
    records = [(int(number), [str(cell) for cell in cells], str(why)) for number, cells, why in answer["rows"]]
    records = records[head_row - 1 :]
    if not records:
        raise Unreadable("This workbook's sheet is empty.", "Choose the file that holds the data.")
    head = checked_head(records[0][1])
    width = len(head)
    rows: list[SourceRow | BadRow] = []
    for number, cells, why in records[1:]:
        padded = cells + [""] * (width - len(cells))
        for row in rows_of(head, iter([(number, padded)])):
            rows.append(BadRow(number, tuple(padded), why) if why else row)
    notices = tuple(str(notice) for notice in answer["notices"])
    return Source(path.name, sha256, head, tuple(rows), "workbook", notices)


def _asked(path: Path, sheet: str) -> dict[str, Any]:
    """What the child says; Unreadable if it dies or takes too long. The program itself lives on."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe(duplex=False)
    process = spawning.Process(target=workbook.child, args=(str(path), sheet, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(workbook.MOST_SECONDS):
            raise Unreadable("This workbook takes too long to read: it is too large or damaged.")
        answer = json.loads(ours.recv_bytes(_MOST_ANSWER))
    except (EOFError, OSError, ValueError):
        raise Unreadable("This workbook is too large or damaged.") from None
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()
    if not isinstance(answer, dict):
        raise Unreadable("This workbook is too large or damaged.")
    return answer
