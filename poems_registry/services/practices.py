"""Load the public list of GP practices, and find one in it while it is typed."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import InvalidInput, NotSaved, RegistryError, StaleRecord
from poems_registry.domain.proposals import Counts
from poems_registry.exports.table import Row, Table
from poems_registry.intake.practices import COLUMNS, ListFile, read
from poems_registry.services.access import Service, needs
from poems_registry.services.aside_file import AsideFile
from poems_registry.storage import audit, practices
from poems_registry.storage.practices import Compared, ListedPractice, ListInForce

__all__ = ["ListInForce", "ListPlan", "ListRefused", "ListedPractice", "PracticeService", "RefusedRow"]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be taken, and why, in words that quote no cell."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class ListPlan:
    """What loading a file changes, or did (decision 21). `gone`: practices that only the list in force names.

    `same_file`: the list in force was loaded from this very content.
    """

    name: str
    sha256: str
    counts: Counts
    gone: int
    refused: tuple[RefusedRow, ...] = ()
    same_file: bool = False


class ListRefused(RegistryError):
    """Rows were refused and nobody asked to set them aside; `plan` says which and why."""

    def __init__(self, plan: ListPlan) -> None:
        self.plan = plan
        count = len(plan.refused)
        rows = "1 row was" if count == 1 else f"{count:,} rows were"
        super().__init__(
            f"{rows} refused, so the list was not loaded and nothing was changed. Correct them in the file, or let them"
            " be set aside into a file of their own."
        )


@dataclass(frozen=True, slots=True)
class _Read:
    name: str
    sha256: str
    file: ListFile

    @property
    def listed(self) -> list[ListedPractice]:
        return [ListedPractice(*cells) for _, cells in self.file.practices]

    def plan(self, found: Compared, before: ListInForce | None) -> ListPlan:
        file = self.file
        sums = (len(found.new), len(found.changed), len(found.unchanged))
        counts = Counts(file.rows, *sums, len(file.ignored), len(file.refused))
        refused = tuple(RefusedRow(each.number, each.reason) for each in file.refused)
        same = before is not None and before.sha256 == self.sha256
        return ListPlan(self.name, self.sha256, counts, len(found.gone), refused, same)


class PracticeService(Service):
    """GP practices."""

    @needs(Permission.IMPORT)
    def plan(self, path: Path) -> ListPlan:
        """What `load` would do with this file; refused rows raise nothing, NotThatList another kind of file."""
        given = _read(path)
        with self.signed_in.store.reading() as session:
            return given.plan(practices.compare(session, given.listed), practices.in_force(session))

    @needs(Permission.IMPORT)
    def load(
        self, path: Path, listed_on: date | None = None, *, set_aside: Path | None = None, seen: ListPlan | None = None
    ) -> ListPlan:
        """Take this file for the list in force, all of it or nothing; audited with its checksum and its counts.

        ListRefused if a row is refused, unless `set_aside` names a CSV file for such rows. StaleRecord if anything
        would come out otherwise than in the preview that was `seen`. `listed_on`: the day the list is of.
        """
        if listed_on is not None and listed_on > self.signed_in.today:
            raise InvalidInput({"listed_on": "lies in the future"})
        given = _read(path)
        aside = AsideFile(set_aside if given.file.refused else None)
        try:
            with self.signed_in.store.writing(self.signed_in.actor) as session:
                before = practices.in_force(session)
                found = practices.load(session, given.listed, given.name, given.sha256, listed_on)
                plan = given.plan(found, before)
                if seen is not None and replace(seen, same_file=plan.same_file) != plan:
                    raise StaleRecord
                if plan.refused and set_aside is None:
                    raise ListRefused(plan)
                about = ("practice_list", given.sha256)
                audit.record_event(session, "import", about=about, gone=plan.gone, **plan.counts.as_numbers())
                aside.write(_table(given))
        except BaseException:
            aside.undo()
            raise
        return plan

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def in_force(self) -> ListInForce | None:
        """Which list was loaded last, if any."""
        with self.signed_in.store.reading() as session:
            return practices.in_force(session)

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def find(self, typed: str) -> tuple[ListedPractice, ...]:
        """Practices by code, name or postcode, open ones first."""
        with self.signed_in.store.reading() as session:
            return practices.find(session, typed)

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def known(self, code: str) -> ListedPractice | None:
        """The practice of this code, closed and gone ones too; None if no list named it."""
        with self.signed_in.store.reading() as session:
            return practices.by_code(session, code)


def _read(path: Path) -> _Read:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotSaved(f"The file cannot be read: {error.strerror}. Nothing was changed.") from None
    return _Read(path.name, hashlib.sha256(data).hexdigest(), read(data))


def _table(given: _Read) -> Table:
    """The refused rows as they stood in the file, each with its row and the reason."""
    widest = max([COLUMNS, *(len(each.cells) for each in given.file.refused)])
    head = (*(f"column_{number}" for number in range(1, widest + 1)), "set_aside_row", "set_aside_because")
    rows: list[Row] = [
        (*each.cells, *("" for _ in range(widest - len(each.cells))), each.number, each.reason)
        for each in given.file.refused
    ]
    return Table("set_aside", head, rows)
