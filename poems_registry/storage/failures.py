"""Turn what the database drivers say into sentences a clinician can act on, without any patient's text."""

from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm.exc import StaleDataError

from poems_registry.domain.errors import InvalidInput, NotSaved, RegistryError, StaleRecord

_KEPT = "What you typed is kept in the window."
_SENTENCES = {
    "SQLITE_FULL": f"The disk is full, so the save did not happen. {_KEPT} Free some space, then save again.",
    "SQLITE_READONLY": "The registry can only be read at this place, so the save did not happen."
    f" {_KEPT} Ask for the right to write there, or open the registry elsewhere.",
    "SQLITE_IOERR": "The drive with the registry did not take the save, so it did not happen."
    f" {_KEPT} Check the connection, then save again.",
    "SQLITE_CANTOPEN": "The drive with the registry did not take the save, so it did not happen."
    f" {_KEPT} Check the connection, then save again.",
    "SQLITE_BUSY": f"Another program is using the registry, so the save did not happen. {_KEPT} Save again.",
    "SQLITE_CORRUPT": "The registry file could not be read properly; the drive may be away or the file damaged."
    f" The save did not happen. {_KEPT} Check the drive, close the registry and open it again.",
    "SQLITE_NOTADB": "The registry file could not be read properly; the drive may be away or the file damaged."
    f" The save did not happen. {_KEPT} Check the drive, close the registry and open it again.",
    "53100": f"The server's disk is full, so the save did not happen. {_KEPT} Tell whoever runs the server.",
    "25006": "The registry can only be read just now, so the save did not happen."
    f" {_KEPT} Tell whoever runs the server.",
    "08": f"The server does not answer, so the save did not happen. {_KEPT} Check the connection, then save again.",
    "57P": f"The server was stopped, so the save did not happen. {_KEPT} Try again in a few minutes.",
}
_TAKEN = {
    "nhs_number": "already belongs to another patient of this registry",
    "study_number": "already belongs to another patient of this registry",
    "hospital_number": "already belongs to another patient of this registry",
    "person": "is already somebody's user name",
}


class DatabaseRefused(RuntimeError):
    """A bug: the database refused a statement. Names the driver's code and constraint only, never a value."""


def in_our_words(error: Exception) -> Exception:
    """What to raise instead of an error of SQLAlchemy; anything not known is a bug and says so without values."""
    if isinstance(error, StaleDataError):
        return StaleRecord()
    if isinstance(error, IntegrityError):
        return _taken(error)
    if isinstance(error, DBAPIError):
        return _not_saved(error)
    if isinstance(error, StatementError) and error.orig is not None:
        return DatabaseRefused(f"a value does not fit its column ({type(error.orig).__name__})")
    return error


def code_of(error: DBAPIError) -> str:
    """The driver's own short code: an SQLite error name or an SQLSTATE."""
    original = error.orig
    code = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None)
    if code is None and error.connection_invalidated:
        return "08"
    return str(code or type(original).__name__)


def _not_saved(error: DBAPIError) -> RegistryError | DatabaseRefused:
    code = code_of(error)
    if code == "OperationalError" or error.connection_invalidated:
        code = "08"
    for start, sentence in _SENTENCES.items():
        if code.startswith(start):
            return NotSaved(sentence)
    return StaleRecord() if code in ("40001", "40P01") else DatabaseRefused(f"the database refused: {code}")


def _taken(error: IntegrityError) -> RegistryError | DatabaseRefused:
    """Which unique thing was taken: SQLite names the columns, the server the constraint; its detail holds values."""
    diagnosis = getattr(error.orig, "diag", None)
    where = str(error.orig) if diagnosis is None else str(diagnosis.constraint_name or "")
    unique = code_of(error) in ("SQLITE_CONSTRAINT_UNIQUE", "23505")
    if unique and where.startswith("pk_"):  # two PCs put down the first row of one thing in the same moment
        return StaleRecord()
    for thing, words in _TAKEN.items():
        if unique and thing in where:
            return InvalidInput({"user" if thing == "person" else thing: words})
    named = where if diagnosis is not None else ""
    return DatabaseRefused(f"the database refused: {code_of(error)} {named}".strip())
