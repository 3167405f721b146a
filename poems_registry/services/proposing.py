"""Merge two records of one person: one person who may merge proposes it, another one confirms or declines it.

There is no way round the second person. Nothing changes before the confirmation, which looks at everything again inside
its own transaction; undoing a merge (`JoiningService.part`) needs one person only, because it gives back what was.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from poems_registry.domain.access import PERMISSION_WORDS, Permission
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, StaleRecord
from poems_registry.domain.merge_proposals import MERGE_NEEDS, Proposal, ProposalState
from poems_registry.domain.records import Patient, Person
from poems_registry.services import parting
from poems_registry.services.access import needs
from poems_registry.services.changes import Changed
from poems_registry.services.joining import JoiningService, Pair, pair_of
from poems_registry.services.patient_checks import checked
from poems_registry.services.queued_copies import withdraw_for_the_dead
from poems_registry.services.research_consent import after_merge
from poems_registry.services.standings import refresh
from poems_registry.storage import files, given_back, joining, people
from poems_registry.storage import joining_proposals as proposals
from poems_registry.storage.unit_of_work import Session

__all__ = ["Pair", "Proposal", "ProposalService", "ProposalState", "Proposed", "SecondPeople"]

_NAMES: Final = 3


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposal with both people as they are now, as this person may see them.

    `changed`: one of the two records was changed since. `mine`: whoever asks proposed it; `may_decide`: may confirm it.
    """

    proposal: Proposal
    staying: Patient
    other: Patient
    changed: bool
    mine: bool
    may_decide: bool


@dataclass(frozen=True, slots=True)
class SecondPeople:
    """Who beside oneself may confirm a merge; whom it could be allowed, with what each lacks; and who can allow it."""

    may: tuple[str, ...]
    could: tuple[tuple[str, str], ...]
    keepers: tuple[str, ...]


class ProposalService(JoiningService):
    """Merges, which two people make."""

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def propose(self, pair: Pair, reason: str) -> Changed:
        """Propose to move all of the other record into the staying one; nothing else changes yet.

        StaleRecord if either changed since they were compared; NotAllowedNow, in words, for what could not be merged,
        or is proposed already. Needs the rights to see and record findings too: visits and results change their record.
        """
        self._require_all()
        if not reason.strip():
            raise InvalidInput({"reason": "say how you know that they are one person"})
        me = self.signed_in
        with me.store.writing(me.actor, reason.strip()) as session:
            proposals.hold_records(session, pair.staying.id, pair.other.id)
            now = self._as_seen(session, pair)
            _sound(now, me.today, training=me.training)
            made = proposals.add(session, now.staying, now.other, reason.strip())
        return Changed(patients=frozenset(made.both))

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def confirm(self, proposal_id: int, pair: Pair, password: str) -> Changed:
        """Merge as proposed, as the second person, with one's own password; `pair` is what one had before one.

        WrongPassword; StaleRecord if either record, or what hangs on it, changed since they were compared.
        NotAllowedNow for one's own proposal, one that waits no more, or whose proposer may merge no more.
        """
        self._require_all()
        me = self.signed_in
        me.confirm(password)
        with me.store.writing(me.actor, self._waiting(proposal_id).reason) as session:
            proposals.hold_records(session, pair.staying.id, pair.other.id)
            held = proposals.hold(session, proposal_id)
            self._refuse_the_first(session, held)
            if held.both != (pair.staying.id, pair.other.id):
                raise StaleRecord
            now = self._as_seen(session, pair)
            told, joining_id = self._merge(session, now, held.reason)
            proposals.end(session, held, ProposalState.CONFIRMED, joining_id=joining_id)
            fallen = proposals.lapse(session, held.both)
            refresh(session, [now.staying.id], me.today)
        also = [number for each in fallen for number in each.both]
        return Changed(patients=frozenset((*held.both, *also)), told=(*told, *map(_fell, fallen)))

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def decline(self, proposal_id: int, because: str) -> Changed:
        """Somebody other than the proposer says no, with a reason that is kept; the records stay two."""
        self._require_all()
        if not because.strip():
            raise InvalidInput({"reason": "say why these records should stay two"})
        me = self.signed_in
        with me.store.writing(me.actor, because.strip()) as session:
            held = proposals.hold(session, proposal_id)
            if held.by_id == me.person.id:
                raise NotAllowedNow("You proposed this yourself: take it back instead. Nothing was changed.")
            proposals.end(session, held, ProposalState.DECLINED, because.strip())
        return Changed(patients=frozenset(held.both))

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def take_back(self, proposal_id: int) -> Changed:
        """The proposer thought again, even one who may not merge any more; anybody else declines it."""
        me = self.signed_in
        with me.store.writing(me.actor) as session:
            held = proposals.hold(session, proposal_id)
            if held.by_id != me.person.id:
                raise NotAllowedNow(f"Only {held.by} can take this back; you can decline it. Nothing was changed.")
            proposals.end(session, held, ProposalState.TAKEN_BACK)
        return Changed(patients=frozenset(held.both))

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def proposal(self, proposal_id: int) -> Proposed:
        """One of them as it stands now, also after it ended."""
        with self.signed_in.store.reading() as session:
            return self._shown(session, (proposals.load(session, proposal_id),))[0]

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def proposals(self, patient_id: int) -> tuple[Proposed, ...]:
        """Every proposal that names a record, newest first, whatever came of it."""
        with self.signed_in.store.reading() as session:
            return self._shown(session, proposals.of_patient(session, patient_id))

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def second_people(self) -> SecondPeople:
        """Who can be the second person for a proposal of one's own."""
        with self.signed_in.store.reading() as session:
            others = [each for each in people.everyone(session) if each.active and each.id != self.signed_in.person.id]
            keepers = [each.name for each in people.everyone(session) if _manages(each)]
        may = tuple(each.name for each in others if not _lacks(each))
        nearest = sorted((each for each in others if _lacks(each)), key=lambda each: len(_lacks(each)))[:_NAMES]
        could = tuple((each.name, ", ".join(PERMISSION_WORDS[right] for right in _lacks(each))) for each in nearest)
        return SecondPeople(may, could, tuple(keepers))

    def _require_all(self) -> None:
        for right in MERGE_NEEDS:
            self.signed_in.require(right)

    def _waiting(self, proposal_id: int) -> Proposal:
        """Looked at before the transaction, for its reason or for what came of it; held again inside."""
        with self.signed_in.store.reading() as session:
            return proposals.still_waiting(proposals.load(session, proposal_id))

    def _refuse_the_first(self, session: Session, held: Proposal) -> None:
        """Two people, each of whom may merge now: whoever lost that right since has no say in it."""
        if held.by_id == self.signed_in.person.id:
            raise NotAllowedNow(
                "You proposed this yourself: a merge needs a second person who may merge. Nothing was changed."
            )
        rights = people.rights_now(session, held.by_id)
        if not rights.issuperset(MERGE_NEEDS):
            raise NotAllowedNow(
                f"{held.by}, who proposed this, may not merge records any more. Nothing was changed. Decline it; if you"
                " think it is right, propose it yourself and let somebody else confirm it."
            )

    def _as_seen(self, session: Session, seen: Pair) -> Pair:
        """Both records now; StaleRecord unless they, and what hangs on them, are as this person saw them."""
        now = pair_of(session, seen.staying.id, seen.other.id)
        if _marks(now) != _marks(seen):
            raise StaleRecord
        if now.two_people or now.staying.id == now.other.id:
            raise NotAllowedNow(
                "Each of the two records has an NHS number that is verified, and the numbers differ: these are two"
                " people. Nothing was changed. If one of the numbers is wrong, correct it first."
            )
        _refuse_seen_since_death(session, now)
        return now

    def _merge(self, session: Session, now: Pair, reason: str) -> tuple[tuple[str, ...], int]:
        """The act itself: the sentences on what else changed with it, and the merge's id."""
        me, staying_id = self.signed_in, now.staying.id
        sound = _sound(now, me.today, training=me.training)
        made = joining.join(session, now.staying, now.other, sound, reason)
        before = parting.standing(session, staying_id)
        withdraw_for_the_dead(session, me, staying_id)
        told = after_merge(session, me, staying_id)
        given_back.note(session, made.id, parting.taken_back(before, parting.standing(session, staying_id)))
        return told, made.id

    def _shown(self, session: Session, found: tuple[Proposal, ...]) -> tuple[Proposed, ...]:
        me = self.signed_in
        everyone = self._shown_people(session, {number for each in found for number in each.both})
        may = not me.read_only and all(me.may(right) for right in MERGE_NEEDS)
        made = []
        for each in found:
            staying, other = everyone[each.patient_id], everyone[each.joined_id]
            changed = (staying.version, other.version) != (each.patient_version, each.joined_version)
            mine = each.by_id == me.person.id
            made.append(Proposed(each, staying, other, changed, mine, each.waits and may and not mine))
        return tuple(made)


def _marks(pair: Pair) -> tuple[object, ...]:
    return (pair.staying.version, pair.other.version, dict(pair.staying_has), dict(pair.other_has), pair.queued)


def _sound(pair: Pair, today: date, *, training: bool) -> Patient:
    return checked(pair.filled, today, training=training)


def _lacks(person: Person) -> tuple[Permission, ...]:
    return tuple(right for right in MERGE_NEEDS if right not in person.permissions)


def _manages(person: Person) -> bool:
    return person.active and Permission.MANAGE in person.permissions


def _fell(proposal: Proposal) -> str:
    return f"A proposal of {proposal.by} that named one of the two records as well waits no longer."


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
