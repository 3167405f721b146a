"""CSV from anywhere is read whole, or refused with the row and the reason; no letter is silently replaced."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.formula_guard import guard
from poems_registry.intake import csv_reader
from poems_registry.intake.source import BadRow, Source, SourceRow, Unreadable


def read(data: bytes, head_row: int = 1) -> Source:
    """A file of these bytes."""
    return csv_reader.read(data, "file.csv", "0" * 64, head_row)


def only(source: Source) -> list[tuple[str, ...]]:
    """The cells of all good rows."""
    return [row.cells for row in source.rows if isinstance(row, SourceRow)]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("a,b\r\né,2\r\n".encode(), "UTF-8"),
        ("a,b\r\né,2\r\n".encode("utf-8-sig"), "UTF-8"),
        ("a,b\r\né,2\r\n".encode("utf-16"), "UTF-16"),
        ("a,b\r\né,2\r\n".encode("cp1252"), "Windows-1252"),
    ],
)
def test_encodings_are_found_out_and_told(data: bytes, encoding: str) -> None:
    source = read(data)
    assert source.encoding == encoding
    assert source.head == ("a", "b")
    assert only(source) == [("é", "2")]
    assert any("Windows-1252" in notice for notice in source.notices) == (encoding == "Windows-1252")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_line_ends_and_separators_are_found_out(end: str, separator: str) -> None:
    source = read(separator.join("ab").encode() + end.encode() + separator.join("12").encode() + end.encode())
    assert only(source) == [("1", "2")]


def test_rows_carry_the_number_a_spreadsheet_shows() -> None:
    source = read(b'a,b\r\n1,"two\r\nlines"\r\n\r\n,\r\n3,4\r\n')
    assert [row.number for row in source.rows] == [2, 5]


def test_a_row_of_another_length_is_kept_with_its_reason() -> None:
    source = read(b"a,b\n1\n1,2,3\n1,2,\n")
    assert [type(row) for row in source.rows] == [BadRow, BadRow, SourceRow]
    assert [row.reason for row in source.rows if isinstance(row, BadRow)] == [
        "has 1 cells, but the first row names 2 columns",
        "has 3 cells, but the first row names 2 columns",
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a,b\n1,\x002\n", "Row 2 of this file holds a NUL"),
        (b'a,b\n1,2\n3,"4"5\n', "Row 3 of this file is not right: a quotation mark stands inside"),
        (b'a,b\n1,2\n3,"4\n', "is opened and never closed"),
        (b"a,a\n1,2\n", "Columns 1 and 2 of this file have the same name"),
        (b"a,,c\n1,2,3\n", "Column 2 of this file has no name"),
        (b",\n1,2\n", "The first row of this file is empty"),
        (b"a\n" + b"x" * 140_000 + b"\n", "more than 131,072 letters"),
        (b"a,b\n\x81,2\n", "Row 2 of this file holds letters in no encoding"),
        (b"\n".join([b",".join(b"c%d" % n for n in range(501)), b""]), "too many columns"),
    ],
)
def test_a_bad_shape_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(data)


def test_title_rows_above_the_head_are_passed_over() -> None:
    source = read(b"My list,,\n,,\na,b,c\n1,2,3\n", head_row=3)
    assert source.head == ("a", "b", "c")
    assert [row.number for row in source.rows] == [4]


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_what_a_guarded_csv_holds_comes_back_letter_by_letter(rows: list[tuple[str, str]]) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, strict=True)
    writer.writerows([("a", "b"), *([guard(cell) for cell in row] for row in rows)])
    source = read(file.getvalue().encode("utf-8-sig"))
    assert only(source) == [row for row in rows if any(cell.strip() for cell in row)]


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_read_or_refused(data: bytes) -> None:
    try:
        source = read(data)
    except Unreadable:
        return
    assert all(row.number > 1 for row in source.rows)
