"""Two visits side by side: which two, and everything they say, what differs first. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from poems_registry.domain.dates import show_date
from poems_registry.domain.records import Encounter, EncounterKind, PatientFile
from poems_registry.ui.comparing import Line, compare
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity, identity_of
from poems_registry.ui.screens.record.visits.telling import can_compare


@dataclass(frozen=True, slots=True)
class ComparisonShown:
    """The visits one can choose from (code and day), the two that are compared, older first, and what they say."""

    who: Identity
    choices: tuple[tuple[str, str], ...]
    older: str
    newer: str
    differing: tuple[Line, ...]
    same: tuple[Line, ...]


def comparable(file: PatientFile, encounter_id: int) -> tuple[Encounter, ...]:
    """What an encounter can be compared with, itself among it, oldest first: others of its kind that count."""
    kind = next((e.kind for e in file.encounters if e.id == encounter_id), EncounterKind.CLINIC)
    return tuple(e for e in file.encounters if e.kind is kind and can_compare(e))


def partner_of(visits: Sequence[Encounter], encounter_id: int) -> int:
    """With which a visit is compared at first: the one before it, or the next one for the first."""
    ids = [visit.id for visit in visits]
    place = ids.index(encounter_id)
    return ids[place - 1] if place else ids[min(1, len(ids) - 1)]


def comparison_shown(file: PatientFile, one: int, other: int, today: date) -> ComparisonShown:
    """Both visits, the older at the left whichever was named first (results run left to right, decision 5)."""
    visits = comparable(file, one)
    days = {visit.id: visit for visit in visits}
    older, newer = sorted((days[one], days[other]), key=lambda visit: (visit.on, visit.id))
    lines = [line for line in compare(older, newer) if line.key != "on"]
    return ComparisonShown(
        who=identity_of(file.patient, today, clinical=True),
        choices=tuple((str(visit.id), _day(visit)) for visit in reversed(visits)),
        older=str(older.id),
        newer=str(newer.id),
        differing=tuple(line for line in lines if line.differs),
        same=tuple(line for line in lines if not line.differs),
    )


def _day(visit: Encounter) -> str:
    """Two visits of one day are told apart by their time."""
    words = show_date(visit.on) + (f" {visit.time}" if visit.time else "")
    return tr("{day}, version {number}", day=words, number=visit.version_number) if visit.amended else words
