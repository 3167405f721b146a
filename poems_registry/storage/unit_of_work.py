"""The unit of work: read at one moment, or write all or nothing, audited, with the driver's words made ours."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import ORMExecuteState, Session

from poems_registry.domain.errors import NotAllowedNow, RegistryError
from poems_registry.storage.audit import Actor, Trail, note_flush, trail_of
from poems_registry.storage.engine import READING, is_file
from poems_registry.storage.failures import in_our_words
from poems_registry.storage.merged_away import refuse_new_rows

__all__ = ["Engine", "Session", "Store"]


class Store:
    """One open registry. `now` gives aware instants; `audit_key` is made from the data key and kept in memory only.

    Of a place that is `read_only` views can still be shown (decision 16): nothing can note them there.
    """

    def __init__(
        self,
        engine: Engine,
        audit_key: bytes,
        now: Callable[[], datetime],
        *,
        read_only: bool = False,
        guard: Callable[[Session], None] | None = None,
    ) -> None:
        """`guard` is asked at the beginning of each transaction that writes, and may refuse it."""
        self._read_only = read_only
        self._guard = guard
        self._closed = False
        looking = read_only and not is_file(engine)  # else the server's own default would be overruled
        self._engine = engine.execution_options(postgresql_readonly=True) if looking else engine
        self._audit_key = audit_key
        self._now = now
        options: dict[str, object] = {READING: True}
        if not is_file(engine):
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._reading_engine = engine.execution_options(**options)

    @property
    def engine(self) -> Engine:
        """For backup, verification and closing."""
        return self._engine

    @property
    def audit_key(self) -> bytes:
        """For checking the audit's chain."""
        return self._audit_key

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment and cannot change anything."""
        self._refuse_after_closing()
        with Session(self._reading_engine, expire_on_commit=False, autoflush=False) as session:
            event.listen(session, "before_flush", _refuse_to_write)
            with _our_words(), session.begin():
                yield session

    @contextmanager
    def writing(self, actor: Actor, reason: str = "") -> Iterator[Session]:
        """A session whose changes are saved together with their audit, or not at all.

        Raises StaleRecord when someone else was faster, NotSaved when the disk or server did not take it, InvalidInput
        when a unique number is taken.
        """
        self._refuse_after_closing()
        with Session(self._engine, expire_on_commit=False) as session:
            trail = Trail(actor, self._now(), reason)
            session.info["trail"] = trail
            event.listen(session, "before_flush", refuse_new_rows)
            event.listen(session, "after_flush", note_flush)
            event.listen(session, "do_orm_execute", _refuse_silent_change)
            with _our_words(), session.begin():
                if self._guard is not None:
                    self._guard(session)
                yield session
                session.flush()
                if not (self._read_only and trail.only_views):
                    trail.write(session, self._audit_key)

    def close(self) -> None:
        """Close the connection for good; the file is whole and unlocked afterwards."""
        self._closed = True
        self._engine.dispose()

    def _refuse_after_closing(self) -> None:
        """The engine would open the file again for whoever asks late, behind the lock that a person sees."""
        if self._closed:
            raise NotAllowedNow(
                "The registry was locked meanwhile. Nothing was read or changed by this. Sign in again."
            )


@contextmanager
def _our_words() -> Iterator[None]:
    """Neither the driver's text nor its cause may travel on: both can hold what a patient's record says."""
    try:
        yield
    except RegistryError:
        raise
    except SQLAlchemyError as error:
        raise in_our_words(error) from None


def _refuse_to_write(session: Session, *_: object) -> None:
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a reading session was asked to write")


def _refuse_silent_change(state: ORMExecuteState) -> None:
    """A bulk statement passes by the flush: on an audited table it must say that its caller noted the change."""
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    table = getattr(state.statement, "table", None)
    silent = getattr(table, "info", {}).get("audited", True) is False
    if not silent and not state.execution_options.get("noted", False):
        trail_of(state.session)
        raise RuntimeError(f"a change of {getattr(table, 'name', 'a table')} would not be audited")
