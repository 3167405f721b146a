"""Reach a registry on a PostgreSQL server: protected on the way, marked as open, each failure in its own sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from poems_registry.domain.errors import AlreadyOpen, CannotOpen
from poems_registry.domain.locations import ServerAddress, is_this_pc

OPEN_LOCK = 0x504F454D
"""Everybody who has the registry open holds this lock of the server with the others; an upgrade wants it alone."""

_UNCHANGED = "Nothing has been changed."
_ASK = "Ask whoever keeps the server."
_WAITING = {"lock_timeout": "15s", "idle_in_transaction_session_timeout": "10min", "synchronous_commit": "on"}
"""A PC that hangs in the middle of a save must not keep the others waiting for ever; *saved* means on the disk."""

_SENTENCES = (
    (
        ("no password supplied",),
        "The server asks for a password, and none was found on this PC. It belongs into PostgreSQL's own password file"
        f" (.pgpass; on Windows pgpass.conf) or into PGPASSWORD, never into the address. {_UNCHANGED}",
    ),
    (
        ("permission denied",),
        f"The server does not let this PC's login use the registry. {_UNCHANGED} {_ASK}",
    ),
    (
        ("password authentication failed", "peer authentication failed", "no pg_hba.conf entry", "role "),
        f"The server did not accept this PC's login. {_UNCHANGED} Check the name in the address and the password file,"
        f" or ask whoever keeps the server. This is not about your own password for the registry.",
    ),
    (("database ",), f"The server has no database of this name, or it is not for this login. {_UNCHANGED} {_ASK}"),
    (
        ("root certificate file",),
        "This PC does not know the authority that vouches for the server, so the connection was not made."
        f" {_UNCHANGED} Put its certificate into root.crt beside PostgreSQL's password file, or name it in the address"
        " with sslrootcert=FILE.",
    ),
    (
        ("certificate", "ssl", "server does not support"),
        f"The connection to the server could not be protected, so it was not made. {_UNCHANGED} {_ASK}",
    ),
)
"""Told by the driver's words, which are English for what happens on this PC; they travel no further, and what none of
them fits is told as a server that does not answer."""

_AWAY = f"The server with the registry does not answer. {_UNCHANGED} Check the connection, then try again."
_IN_THE_OPEN = f"The connection to the server was not protected, so it was closed at once. {_UNCHANGED} {_ASK}"
_UPGRADING = (
    f"The registry is being brought up to date on its server just now. {_UNCHANGED} Try again in a few minutes."
)
_OTHERS = (
    f"Somebody has this registry open, so it cannot be brought up to date. {_UNCHANGED} Let everybody lock or close it,"
    " then try again."
)
_NO_REGISTRY = (
    "This database holds no registry. Nothing was created or changed. Choose another, or make one in it with"
    " `poems-registry new`."
)
_NOT_EMPTY = "This database holds something else already. Nothing was created; ask for an empty one."
_NOT_UTF8 = (
    "This database cannot keep every letter of every name: its encoding is not UTF8. Nothing was created; ask for one"
    " made with ENCODING 'UTF8'."
)
_TAKEN = "There is a registry in this database already. Nothing was created; sign in to it, or ask for an empty one."


def open_server(address: str, password: str = "") -> Engine:
    """A registry on a server, for one thread. `address` never has a password in it; libpq finds the server's own.

    Nothing is reached yet: see `reached`. The first connection is refused if others on the way could read it, or while
    somebody brings the registry up to date.
    """
    engine = create_engine(
        _url(address, password),
        hide_parameters=True,
        pool_size=1,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args=_arguments(address),
    )
    event.listen(engine, "connect", lambda connection, _: _admit(connection, OPEN_LOCK))
    return engine


def passing_server(address: str) -> Engine:
    """For a look, an upgrade or the keys: each connection ends with its use, and does not count as open."""
    engine = create_engine(_url(address), hide_parameters=True, poolclass=NullPool, connect_args=_arguments(address))
    event.listen(engine, "connect", lambda connection, _: _admit(connection, None))
    return engine


@contextmanager
def reached(engine: Engine) -> Iterator[Connection]:
    """A connection to the server; CannotOpen in our words if there is none or it breaks."""
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise why_not_reached(error) from None


def holds_registry(connection: Connection) -> bool:
    """Whether the tables of a registry are there, whatever is in them."""
    return inspect(connection).has_table("alembic_version") and inspect(connection).has_table("key_file")


def refuse_without_registry(connection: Connection) -> None:
    """CannotOpen if this database was never set up."""
    if not holds_registry(connection):
        raise CannotOpen(_NO_REGISTRY)


def refuse_taken(connection: Connection) -> None:
    """CannotOpen unless a registry can be made here. Tables without a card are left of a try that was stopped."""
    if connection.exec_driver_sql("SHOW server_encoding").scalar() != "UTF8":
        raise CannotOpen(_NOT_UTF8)
    if holds_registry(connection):
        if connection.exec_driver_sql("SELECT count(*) FROM registry").scalar():
            raise CannotOpen(_TAKEN)
    elif inspect(connection).get_table_names():
        raise CannotOpen(_NOT_EMPTY)


def is_read_only_server(connection: Connection) -> bool:
    """Whether the server only lets us look: a stand-by, or one set so by its keeper."""
    return str(connection.exec_driver_sql("SHOW transaction_read_only").scalar()) == "on"


def be_alone(connection: Connection) -> None:
    """Until this transaction ends nobody else has the registry open; AlreadyOpen if somebody has."""
    if not connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({OPEN_LOCK:d})").scalar():
        raise AlreadyOpen(_OTHERS)


def why_not_reached(error: DBAPIError) -> CannotOpen:
    """The one sentence for a server that was not reached."""
    said = str(error.orig).casefold()
    return CannotOpen(next((words for signs, words in _SENTENCES if any(sign in said for sign in signs)), _AWAY))


def _url(address: str, password: str = "") -> URL:
    at = ServerAddress.read(address)
    host, folder = (None, {"host": at.host}) if at.host.startswith("/") else (at.host, {})
    return URL.create(
        "postgresql+psycopg", at.user or None, password or None, host, at.port, at.database, {**folder, **at.settings}
    )


def _arguments(address: str) -> dict[str, str]:
    """How the server is to treat us; not to be said in an address."""
    settings = " ".join(f"-c {name}={value}" for name, value in _WAITING.items())
    patience = {} if "connect_timeout" in ServerAddress.read(address).settings else {"connect_timeout": "10"}
    return {"application_name": "poems-registry", "options": settings, **patience}


def _admit(connection: Any, lock: int | None) -> None:
    """Check a fresh connection before anything is said on it, and mark the registry as open."""
    try:
        elsewhere = bool(connection.info.hostaddr) and not is_this_pc(connection.info.hostaddr)
        if elsewhere and not connection.pgconn.ssl_in_use:  # a service file may have led us somewhere else
            raise CannotOpen(_IN_THE_OPEN)
        if lock is not None:
            (granted,) = connection.execute(f"SELECT pg_try_advisory_lock_shared({lock:d})").fetchone()
            connection.rollback()
            if not granted:
                raise CannotOpen(_UPGRADING)
    except BaseException:
        connection.close()
        raise
