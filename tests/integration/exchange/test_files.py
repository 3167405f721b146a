"""The files themselves: bytes, cells that cannot run, workbooks that attack, and nothing left half-written."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from poems_registry.domain.errors import NotSaved
from poems_registry.exports import csv, xlsx
from poems_registry.exports import json as json_writer
from poems_registry.exports.manifest import Manifest
from poems_registry.exports.release import Piece, publish
from poems_registry.exports.table import NotExported, Row, Table
from poems_registry.intake.readers import read
from poems_registry.intake.source import BadRow, SourceRow, Unreadable

PAYLOADS = ("=1+1", "@SUM(A1)", "+44 20", "-1", "\t=1", "'=1", "http://x", "Zoë 🙂 <b>", "_x0041_", " edges ")
CELLS: Row = (1.5, 7, True, date(2026, 1, 2), datetime(2026, 1, 2, 3, 4, tzinfo=UTC), None, 0.1 + 0.2, 1e-300)


def table() -> Table:
    """Payloads and one cell of each kind."""
    head = ("text", "float", "whole", "yes", "day", "instant", "nothing", "long", "small")
    return Table("some_cells", head, ((payload, *CELLS) for payload in PAYLOADS))


def texts(path: Path) -> list[tuple[str, ...]]:
    """The rows as our own reader gives them."""
    rows = read(path).rows
    assert all(isinstance(row, SourceRow) for row in rows)
    return [row.cells for row in rows]


def test_csv_has_its_mark_its_line_ends_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    assert csv.write(table(), path) == len(PAYLOADS)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbftext,")
    assert data.count(b"\r\n") == len(PAYLOADS) + 1
    assert b"\r\n'=1+1,1.5,7,yes,2026-01-02,2026-01-02T03:04:00+00:00,,0.30000000000000004,1e-300\r\n" in data
    assert [row[0] for row in texts(path)] == list(PAYLOADS)


def test_a_workbook_keeps_text_as_text_and_every_figure(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    assert xlsx.write([table()], path) == [len(PAYLOADS)]
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    rows = texts(path)
    assert [row[0] for row in rows] == list(PAYLOADS)
    assert rows[0][1:] == ("1.5", "7", "TRUE", "2026-01-02", "2026-01-02T03:04:00+00:00", "", repr(0.1 + 0.2), "1e-300")
    assert [p.name for p in tmp_path.iterdir()] == ["t.xlsx"]


def test_json_says_the_columns_once_and_null_for_nothing(tmp_path: Path) -> None:
    json_writer.write(table(), tmp_path / "t.json")
    said = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert said["columns"][0] == "text"
    assert [row["text"] for row in said["rows"]] == list(PAYLOADS)
    assert said["rows"][0]["nothing"] is None


@pytest.mark.parametrize("text", ["x" * 32_768, "two\rlines"])
def test_what_a_cell_of_a_workbook_cannot_hold_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(NotExported, match="Export to CSV instead"):
        xlsx.write([Table("t", ("a",), [(text,)])], tmp_path / "t.xlsx")


MANIFEST = Manifest("t", "Dr A", datetime(2026, 1, 1, tzinfo=UTC), "0", "r", True, False, "p", "b", "all", 0)


def test_a_failure_in_the_second_file_leaves_nothing_of_the_first(tmp_path: Path) -> None:
    def fails(path: Path) -> int:
        path.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    (tmp_path / "a.csv").write_text("yesterday", encoding="utf-8")
    pieces = [Piece(tmp_path / "a.csv", lambda path: csv.write(table(), path)), Piece(tmp_path / "b.csv", fails)]
    with pytest.raises(NotSaved, match="No space left"):
        publish(pieces, MANIFEST, tmp_path / "manifest.json")
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [("a.csv", "yesterday")]


def test_only_its_maker_can_read_an_export(tmp_path: Path) -> None:
    publish([Piece(tmp_path / "a.csv", lambda path: csv.write(table(), path))], MANIFEST, tmp_path / "m.json")
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}


def workbook(path: Path, fill: Callable[[openpyxl.Workbook], None]) -> Path:
    """A workbook as somebody else would make it."""
    book = openpyxl.Workbook()
    fill(book)
    book.save(path)
    return path


def messy(book: openpyxl.Workbook) -> None:
    """What real lists hold."""
    sheet = book.worksheets[0]
    sheet.append(["id", "value", "day"])
    sheet.append(["007", 12.0, datetime(2024, 2, 29)])  # noqa: DTZ001 - a workbook knows no zone
    sheet.append(["008", "=1+1", "12/03/2024"])
    sheet.append(["009", 1234567890123456, True])
    sheet.append([None, None, None])
    sheet.append(["010", "#REF!", datetime(1900, 1, 5)])  # noqa: DTZ001
    sheet.row_dimensions[2].hidden = True
    sheet.merge_cells("A8:B8")
    book.create_sheet("secret").sheet_state = "hidden"


def test_a_messy_workbook_is_read_row_by_row_and_what_is_doubtful_is_refused(tmp_path: Path) -> None:
    source = read(workbook(tmp_path / "list.xlsx", messy))
    good = [row for row in source.rows if isinstance(row, SourceRow)]
    bad = {row.number: row.reason for row in source.rows if isinstance(row, BadRow)}
    assert [(row.number, row.cells) for row in good] == [(2, ("007", "12", "2024-02-29"))]
    assert "a formula without a stored value" in bad[3]
    assert "last figures may be lost" in bad[4]
    assert "an error instead of a value" in bad[6]
    assert "before March 1900" in bad[6]
    told = " ".join(source.notices)
    assert "1 hidden sheets" in told
    assert "1 hidden rows" in told
    assert "merged" in told


def test_a_far_cell_is_too_large(tmp_path: Path) -> None:
    def far(book: openpyxl.Workbook) -> None:
        book.worksheets[0].append(["a"])
        book.worksheets[0].cell(30_000, 1, "far")

    with pytest.raises(Unreadable, match="too large"):
        read(workbook(tmp_path / "far.xlsx", far))


def test_a_workbook_that_unpacks_to_hundreds_of_megabytes_is_not_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path / "bomb.xlsx", lambda book: book.worksheets[0].append(["a"]))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/blank.bin", bytes(101_000_000))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(Unreadable, match="too large"):
        read(path)


def test_an_xml_bomb_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "plain.xlsx", lambda book: book.worksheets[0].append(["a"]))
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    other = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for part in old.infolist():
            new.writestr(part, bomb if part.filename == "xl/worksheets/sheet1.xml" else old.read(part))
    with pytest.raises(Unreadable, match="damaged"):
        read(other)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "an old workbook"),
        ("a.xlsx", b"%PDF-1.7", "This is a PDF"),
        ("a.xlsx", b"", "empty"),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), "damaged"),
        ("a.csv", b"\n", "empty"),
    ],
)
def test_files_that_are_something_else_are_named(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Unreadable, match=words):
        read(path)


@pytest.mark.parametrize(("part", "words"), [("xl/workbook.bin", "xlsb"), ("content.xml", "ods"), ("x", "no workbook")])
def test_other_packages_are_named(tmp_path: Path, part: str, words: str) -> None:
    path = tmp_path / "file.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(part, b"x")
    with pytest.raises(Unreadable, match=words):
        read(path)
