"""Each way in which a save can fail has its sentence; everything else is a bug that names a code only."""

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, StatementError
from sqlalchemy.orm.exc import StaleDataError

from poems_registry.domain.errors import InvalidInput, NotSaved, StaleRecord
from poems_registry.storage.failures import DatabaseRefused, in_our_words

SECRET = "Ann Smith"


class FromFile(Exception):
    """An error as SQLCipher raises it."""

    def __init__(self, name: str, words: str = SECRET) -> None:
        super().__init__(words)
        self.sqlite_errorname = name


class FromServer(Exception):
    """An error as psycopg raises it."""

    def __init__(self, state: str) -> None:
        super().__init__(SECRET)
        self.sqlstate = state


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (FromFile("SQLITE_FULL"), "full"),
        (FromFile("SQLITE_READONLY"), "only be read"),
        (FromFile("SQLITE_READONLY_DBMOVED"), "only be read"),
        (FromFile("SQLITE_IOERR_FSYNC"), "did not take"),
        (FromFile("SQLITE_CANTOPEN"), "did not take"),
        (FromFile("SQLITE_BUSY"), "Another program"),
        (FromFile("SQLITE_CORRUPT"), "drive may be away"),
        (FromFile("SQLITE_NOTADB"), "drive may be away"),
        (FromServer("53100"), "server's disk is full"),
        (FromServer("08006"), "does not answer"),
        (FromServer("57P01"), "was stopped"),
        (FromServer("25006"), "only be read"),
    ],
)
def test_what_the_disk_or_server_refused_is_said_and_what_was_typed_is_kept(error: Exception, word: str) -> None:
    told = in_our_words(OperationalError("statement", {}, error))
    assert isinstance(told, NotSaved)
    assert word in str(told)
    assert "kept in the window" in str(told)
    assert SECRET not in str(told)


def test_somebody_faster_is_told_as_such() -> None:
    assert isinstance(in_our_words(StaleDataError("x")), StaleRecord)
    assert isinstance(in_our_words(OperationalError("x", {}, FromServer("40001"))), StaleRecord)


@pytest.mark.parametrize(
    ("column", "field"),
    [("patient.nhs_number", "nhs_number"), ("person.user", "user"), ("hospital_number.value", "hospital_number")],
)
def test_a_taken_number_is_told_beside_its_field(column: str, field: str) -> None:
    error = FromFile("SQLITE_CONSTRAINT_UNIQUE", f"UNIQUE constraint failed: {column}")
    told = in_our_words(IntegrityError("x", {}, error))
    assert isinstance(told, InvalidInput)
    assert set(told.problems) == {field}


def test_anything_else_is_a_bug_that_names_no_value() -> None:
    for error in (
        DBAPIError("x", {}, FromFile("SQLITE_MISUSE")),
        IntegrityError("x", {}, FromFile("SQLITE_CONSTRAINT_CHECK")),
        StatementError(SECRET, "x", {}, ValueError(SECRET)),
    ):
        told = in_our_words(error)
        assert isinstance(told, DatabaseRefused)
        assert SECRET not in str(told)
