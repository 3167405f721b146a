"""What is no file, has no end, or holds a cell without an end is refused before it fills the memory."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from poems_registry.intake import csv_reader
from poems_registry.intake.readers import read
from poems_registry.intake.source import SourceRow, Unreadable


@pytest.fixture(autouse=True)
def python_limit() -> Iterator[None]:
    """Python keeps one limit for all its readers."""
    before = csv.field_size_limit()
    yield
    csv.field_size_limit(before)


@pytest.mark.parametrize(("place", "words"), [("/dev/zero", "no file"), (".", "folder"), ("nowhere.csv", "not there")])
def test_only_a_file_is_read(tmp_path: Path, place: str, words: str) -> None:
    path = Path(place) if place.startswith("/") else tmp_path / place
    if place.startswith("/") and not path.exists():
        pytest.skip("this system has no such device")
    with pytest.raises(Unreadable, match=words):
        read(path)


def test_a_long_cell_is_read_where_a_transfer_may_hold_it_and_nowhere_else(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("a,b\n" + "x" * (csv_reader.MOST_LETTERS + 1) + ",1\n", "utf-8")
    with pytest.raises(Unreadable, match="131,072 letters"):
        read(path)
    (row,) = read(path, most_letters=csv_reader.MOST_LETTERS_TOLD).rows
    assert isinstance(row, SourceRow)
    assert len(row["a"]) == csv_reader.MOST_LETTERS + 1
    with pytest.raises(Unreadable, match="131,072 letters"):
        read(path)


def test_a_cell_without_an_end_is_refused_in_a_transfer_too(tmp_path: Path) -> None:
    path = tmp_path / "open.csv"
    path.write_text('a,b\n"' + "x" * (csv_reader.MOST_LETTERS_TOLD + 1), "utf-8")
    with pytest.raises(Unreadable, match="8,000,000 letters"):
        read(path, most_letters=csv_reader.MOST_LETTERS_TOLD)
