"""Who looked at which made-up record in the weeks before: a few looks, as a clinic leaves them behind."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from poems_registry.services.access import SignedIn
from poems_registry.services.training.fortune import Fortune
from poems_registry.storage import audit, people
from poems_registry.storage.unit_of_work import Store
from poems_registry.system.clock import FixedClock

LOOKED_AT, DAYS = 12, 42
"""So many records at most, and so many days back."""

AGAIN = 0.3
"""How often somebody opens the same record twice within minutes."""

_SISTER, _ADMIN = "okoro", "castellan"
_PC = {"rahman": "NEURO-OPD-02", _SISTER: "NEURO-OPD-04", _ADMIN: "REGISTRY-01"}


@dataclass(frozen=True, slots=True)
class _Look:
    """One look: at which record, by whom, when."""

    at: datetime
    user: str
    patient_id: int


def leave_looks(signed_in: SignedIn, patient_ids: Sequence[int], seed: int) -> None:
    """Write them into the audit, each at its own instant, the oldest first; the same for the same seed and day."""
    looks = [each for place, one in enumerate(patient_ids[:LOOKED_AT]) for each in _looks(signed_in, one, place, seed)]
    for look in sorted(looks, key=lambda each: (each.at, each.patient_id)):
        who = acting_at(signed_in, look.at, look.user)
        with who.store.writing(replace(who.actor, pc=_PC.get(look.user, who.pc))) as session:
            audit.record_event(session, audit.VIEW, look.patient_id, about=("patient", str(look.patient_id)))


def acting_at(signed_in: SignedIn, at: datetime, user: str = "") -> SignedIn:
    """The same registry as at an earlier instant, and as somebody else of the made-up clinic if `user` is given."""
    clock = FixedClock(at, signed_in.clinic.timezone)
    store = Store(signed_in.store.engine, signed_in.store.audit_key, clock.now)
    earlier = replace(signed_in, clock=clock, store=store)
    if not user:
        return earlier
    with signed_in.store.reading() as session:
        person = people.find(session, user)
    return earlier if person is None else replace(earlier, person=person)


def _looks(signed_in: SignedIn, patient_id: int, place: int, seed: int) -> list[_Look]:
    """Two to four on working days: mostly the clinician and the nurse, now and then the administrator."""
    fortune = Fortune.of(seed, place, "looks")
    found = []
    for _ in range(fortune.source.randint(2, 4)):
        day = fortune.day(signed_in.today - timedelta(days=DAYS), signed_in.today - timedelta(days=1))
        user = fortune.one_of(("rahman", _SISTER, _ADMIN), (5, 4, 1))
        at = datetime.combine(day, time(fortune.source.randint(8, 16), fortune.source.randint(0, 59)), UTC)
        found.append(_Look(at, user, patient_id))
        if fortune.happens(AGAIN):
            found.append(_Look(at + timedelta(minutes=2), user, patient_id))
    return found
