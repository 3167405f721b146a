"""Load the public list of GP practices, and find one in it while it is typed."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import NotSaved
from poems_registry.intake.practices import read
from poems_registry.services.access import Service, needs
from poems_registry.storage import audit, practices
from poems_registry.storage.practices import ListedPractice, Loaded

__all__ = ["ListLoaded", "ListedPractice", "Loaded", "PracticeService"]


@dataclass(frozen=True, slots=True)
class ListLoaded:
    """What was loaded; `others` are rows of the file that are no GP practices."""

    practices: int
    others: int
    became: Loaded


class PracticeService(Service):
    """GP practices."""

    @needs(Permission.IMPORT)
    def load(self, path: Path, listed_on: date | None = None) -> ListLoaded:
        """Take this file for the list in force, all of it or nothing; audited with its checksum."""
        try:
            data = path.read_bytes()
        except OSError as error:
            raise NotSaved(f"The file cannot be read: {error.strerror}. Nothing was changed.") from None
        cells, others = read(data)
        listed = [ListedPractice(*each) for each in cells]
        sha256 = hashlib.sha256(data).hexdigest()
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            became = practices.load(session, listed, path.name, sha256, listed_on)
            audit.record_event(session, "import", about=("practice_list", sha256), practices=len(listed))
        return ListLoaded(len(listed), others, became)

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def find(self, typed: str) -> tuple[ListedPractice, ...]:
        """Practices by code, name or postcode, open ones first."""
        with self.signed_in.store.reading() as session:
            return practices.find(session, typed)
