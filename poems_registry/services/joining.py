"""Compare two records of one person, tell what was merged, and part them again: nothing is lost either way.

A merge is made by two people (`services.proposing`); parting gives back what was, so one person may do it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import InvalidInput
from poems_registry.domain.merge_proposals import Proposal
from poems_registry.domain.one_person import differences, filled, two_people
from poems_registry.domain.records import Patient
from poems_registry.services import parting
from poems_registry.services.access import Service, needs
from poems_registry.services.changes import Changed
from poems_registry.services.patients import with_clinical_part_of
from poems_registry.services.standings import refresh
from poems_registry.storage import audit, joining, joining_proposals, letter_copies, patients
from poems_registry.storage.joining import Joining
from poems_registry.storage.unit_of_work import Session

__all__ = ["Joined", "Joining", "JoiningService", "Pair"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records to be compared: what differs that should not, whether they may be one, what hangs on each by table.

    `filled` is the record that stays, with what it takes over; `queued` copies of letters of both have not left yet.
    """

    staying: Patient
    other: Patient
    filled: Patient
    differences: tuple[str, ...]
    two_people: bool
    staying_has: Mapping[str, int] = field(default_factory=dict)
    other_has: Mapping[str, int] = field(default_factory=dict)
    queued: int = 0


@dataclass(frozen=True, slots=True)
class Joined:
    """One merge with both people, as this person may see them.

    `proposal` is what came before it; None for merges of before a second person was needed.
    """

    joining: Joining
    staying: Patient
    hidden: Patient
    proposal: Proposal | None = None


class JoiningService(Service):
    """Duplicates."""

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def alike(self, patient_id: int) -> tuple[Patient, ...]:
        """Who else in the registry may be this person, each look audited; without findings for who may not see them."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            found = patients.look_alikes(session, patients.load(session, patient_id))
            for each in found:
                audit.record_event(session, "view", each.id, about=("patient", str(each.id)))
        if self.signed_in.may(Permission.VIEW_CLINICAL):
            return found
        return tuple(with_clinical_part_of(each, Patient()) for each in found)

    @needs(Permission.VIEW_CLINICAL)
    def compare(self, staying_id: int, other_id: int) -> Pair:
        """Both records side by side; the look at the other one is audited as well."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            for each in (staying_id, other_id):
                audit.record_event(session, "view", each, about=("patient", str(each)))
        with self.signed_in.store.reading() as session:
            return pair_of(session, staying_id, other_id)

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def of(self, patient_id: int) -> tuple[Joining, ...]:
        """The merges this record was part of, newest first."""
        with self.signed_in.store.reading() as session:
            return joining.of_patient(session, patient_id)

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def told(self, patient_id: int) -> tuple[Joined, ...]:
        """The merges of which this record is the one that stayed, or is the hidden one, newest first."""
        with self.signed_in.store.reading() as session:
            return self._with_people(session, joining.of_patient(session, patient_id))

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def everything(self) -> tuple[Joined, ...]:
        """The newest merges of the registry, undone ones too."""
        with self.signed_in.store.reading() as session:
            return self._with_people(session, joining.everything(session))

    def _with_people(self, session: Session, found: tuple[Joining, ...]) -> tuple[Joined, ...]:
        people = self._shown_people(session, {number for each in found for number in (each.patient_id, each.joined_id)})
        before = joining_proposals.of_joinings(session, [each.id for each in found])
        return tuple(
            Joined(each, people[each.patient_id], people[each.joined_id], before.get(each.id)) for each in found
        )

    def _shown_people(self, session: Session, ids: Collection[int]) -> dict[int, Patient]:
        """By id; without findings for who may not see them."""
        people = {number: patients.load(session, number) for number in ids}
        if self.signed_in.may(Permission.VIEW_CLINICAL):
            return people
        blank = Patient()
        return {number: with_clinical_part_of(person, blank) for number, person in people.items()}

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def part(self, joining_id: int, because: str) -> Changed:
        """Undo a merge; NotAllowedNow in words where something written since forbids it.

        What the merge withdrew stands again, as far as it may: `Changed.told` says what does and what does not.
        """
        self.signed_in.require(Permission.RECORD_CLINICAL)
        if not because.strip():
            raise InvalidInput({"reason": "say why these are two people"})
        with self.signed_in.store.writing(self.signed_in.actor, because.strip()) as session:
            undone = joining.part(session, joining_id, because.strip())
            both = (undone.patient_id, undone.joined_id)
            told = parting.give_back(session, self.signed_in, undone.id, both)
            refresh(session, both, self.signed_in.today)
        return Changed(patients=frozenset(both), told=told)


def pair_of(session: Session, staying_id: int, other_id: int) -> Pair:
    """Both records as they are in this transaction, with what hangs on each."""
    staying, other = (patients.load(session, each) for each in (staying_id, other_id))
    made = filled(staying, other)
    has = [joining.hanging(session, each) for each in (staying_id, other_id)]
    queued = [len(letter_copies.queued(session, each)) for each in (staying_id, other_id)]
    return Pair(
        staying,
        other,
        made,
        tuple(differences(staying, other)),
        two_people(staying, other),
        has[0],
        has[1],
        sum(queued),
    )
