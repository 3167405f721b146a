"""Make two records of one person one, and part them again: nothing is lost either way."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, StaleRecord
from poems_registry.domain.one_person import differences, filled, two_people
from poems_registry.domain.records import Patient
from poems_registry.services import parting
from poems_registry.services.access import Service, needs
from poems_registry.services.changes import Changed
from poems_registry.services.patient_checks import checked
from poems_registry.services.patients import with_clinical_part_of
from poems_registry.services.queued_copies import withdraw_for_the_dead
from poems_registry.services.research_consent import after_merge
from poems_registry.services.standings import refresh
from poems_registry.storage import audit, files, given_back, joining, patients
from poems_registry.storage.joining import Joining
from poems_registry.storage.unit_of_work import Session

__all__ = ["Joined", "Joining", "JoiningService", "Pair"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records to be compared: what differs that should not, whether they may be one, what hangs on each by table.

    `filled` is the record that stays, with what it takes over.
    """

    staying: Patient
    other: Patient
    filled: Patient
    differences: tuple[str, ...]
    two_people: bool
    staying_has: Mapping[str, int] = field(default_factory=dict)
    other_has: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Joined:
    """One merge with both people, as this person may see them."""

    joining: Joining
    staying: Patient
    hidden: Patient


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
            pair = _pair(patients.load(session, staying_id), patients.load(session, other_id))
            has = [joining.hanging(session, each) for each in (staying_id, other_id)]
            return replace(pair, staying_has=has[0], other_has=has[1])

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
        blank = None if self.signed_in.may(Permission.VIEW_CLINICAL) else Patient()
        ids = {each.patient_id for each in found} | {each.joined_id for each in found}
        people = {number: patients.load(session, number) for number in ids}
        if blank is not None:
            people = {number: with_clinical_part_of(person, blank) for number, person in people.items()}
        return tuple(Joined(each, people[each.patient_id], people[each.joined_id]) for each in found)

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def join(self, pair: Pair, reason: str) -> Changed:
        """Move all of the other record into the staying one; StaleRecord if either changed since they were compared.

        Needs the right to record findings too: visits and results change their record. Signed letters stay as they are.
        """
        self.signed_in.require(Permission.RECORD_CLINICAL)
        if not reason.strip():
            raise InvalidInput({"reason": "say how you know that they are one person"})
        both = (pair.staying.id, pair.other.id)
        with self.signed_in.store.writing(self.signed_in.actor, reason.strip()) as session:
            now = _pair(*(patients.load(session, each) for each in both))
            if (now.staying.version, now.other.version) != (pair.staying.version, pair.other.version):
                raise StaleRecord
            if now.two_people or both[0] == both[1]:
                raise NotAllowedNow(
                    "Each of the two records has an NHS number that is verified, and the numbers differ: these are two"
                    " people. Nothing was changed. If one of the numbers is wrong, correct it first."
                )
            _refuse_seen_since_death(session, now)
            sound = checked(now.filled, self.signed_in.today, training=self.signed_in.training)
            made = joining.join(session, now.staying, now.other, sound, reason.strip())
            before = parting.standing(session, both[0])
            withdraw_for_the_dead(session, self.signed_in, both[0])
            told = after_merge(session, self.signed_in, both[0])
            given_back.note(session, made.id, parting.taken_back(before, parting.standing(session, both[0])))
            refresh(session, [both[0]], self.signed_in.today)
        return Changed(patients=frozenset(both), told=told)

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


def _refuse_seen_since_death(session: Session, pair: Pair) -> None:
    """A merge must never make the living dead: letters to them would be taken back and their visits called off."""
    died = pair.filled.died
    if died is None:
        return
    for each in (pair.staying, pair.other):
        known = files.load_file(session, each.id).counted if each.died != died else ()
        if any(encounter.on > died.latest() for encounter in known):
            raise NotAllowedNow(
                "One has died and the other has visits or results since. Nothing was changed. If the date of death or"
                " of the visit is wrong, correct it first."
            )


def _pair(staying: Patient, other: Patient) -> Pair:
    made = filled(staying, other)
    return Pair(staying, other, made, tuple(differences(staying, other)), two_people(staying, other))
