"""The key slots of a registry on a server: one row, held still by whoever changes it, since several PCs share it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import DBAPIError

from poems_registry.domain.errors import NotSaved
from poems_registry.storage.failures import code_of
from poems_registry.storage.server import (
    is_read_only_server,
    passing_server,
    reached,
    refuse_without_registry,
    why_not_reached,
)
from poems_registry.storage.tables.house import KeyFileRow

_READ_ONLY, _NOT_ALLOWED = "25006", "42501"
_NOT_KEPT = (
    "The server does not let this PC's login write, so nothing about who may open the registry has changed."
    " Ask whoever keeps the server."
)


class ServerKeys:
    """Where the key document lies on a server (`system.key_file.KeyPlace`). CannotOpen when it is not reached."""

    def __init__(self, address: str) -> None:
        self._engine = passing_server(address)
        self._held: Connection | None = None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Until the end nobody else, at whatever PC, changes the document; all that was written is kept then."""
        with self._changing() as connection:
            if not is_read_only_server(connection):
                connection.execute(select(KeyFileRow.id).with_for_update())
            self._held = connection
            try:
                yield
            finally:
                self._held = None

    def read(self) -> str:
        """The document; empty if there is none yet, CannotOpen if this database holds no registry."""
        if self._held is not None:
            return self._read(self._held)
        with reached(self._engine) as connection:
            refuse_without_registry(connection)
            return self._read(connection)

    def write(self, text: str) -> None:
        """Replace it whole or not at all; NotSaved where the server only lets us look."""
        if self._held is not None:
            self._write(self._held, text)
        else:
            with self._changing() as connection:
                self._write(connection, text)

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        with reached(self._engine) as connection, connection.begin():
            yield connection

    def _read(self, connection: Connection) -> str:
        return connection.scalar(select(KeyFileRow.document).where(KeyFileRow.id == 1)) or ""

    def _write(self, connection: Connection, text: str) -> None:
        try:
            connection.execute(update(KeyFileRow).where(KeyFileRow.id == 1).values(document=text))
        except DBAPIError as error:
            if code_of(error) in (_READ_ONLY, _NOT_ALLOWED):
                raise NotSaved(_NOT_KEPT) from None
            raise why_not_reached(error) from None
