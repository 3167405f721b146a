"""What needs a person today: drafts, letters, what is overdue, results nobody saw, verdicts that cannot be told."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from poems_registry.domain.access import Permission
from poems_registry.domain.care import AdviceCall, OnwardReferral, Referral
from poems_registry.domain.dates import show_date
from poems_registry.domain.follow_up import FollowUp
from poems_registry.domain.merge_proposals import MERGE_NEEDS, Proposal
from poems_registry.exports.release import Piece, publish_one
from poems_registry.services.access import Service, needs
from poems_registry.services.changes import Changed
from poems_registry.services.day_list import ListGroup, ListLine, Made, day_list
from poems_registry.services.standings import renew
from poems_registry.storage import audit, care_lists, joining_proposals, standing, worklist
from poems_registry.storage.unit_of_work import Session
from poems_registry.storage.worklist import CannotTell, DraftLeft, LetterWaits, NotSeen, Overdue, Whose

__all__ = [
    "CannotTell",
    "DraftLeft",
    "LetterWaits",
    "ListGroup",
    "ListLine",
    "MergeWaits",
    "NotSeen",
    "Overdue",
    "Whose",
    "Worklist",
    "WorklistService",
]

SHOWN = 20
"""Of the overdue and of the verdicts that cannot be told, so many come at first; the others are counted."""

MOST = 1000
"""Nobody reads further down a list of the day."""


@dataclass(frozen=True, slots=True)
class MergeWaits:
    """A merge that waits for a second person: who is to stay, who to go into that record, whether one's own."""

    proposal: Proposal
    staying: Whose
    other: Whose
    mine: bool


@dataclass(frozen=True, slots=True)
class Worklist:
    """Everything that waits. The totals count also those of the overdue and undecided that are not among the rows.

    `merges` wait for a second person: one's own are there, but not in the total.
    """

    mine: tuple[DraftLeft, ...] = ()
    others: tuple[DraftLeft, ...] = ()
    letters: tuple[LetterWaits, ...] = ()
    overdue: tuple[Overdue, ...] = ()
    overdue_total: int = 0
    results: tuple[NotSeen, ...] = ()
    undecided: tuple[CannotTell, ...] = ()
    undecided_total: int = 0
    referrals: tuple[tuple[Whose, Referral], ...] = ()
    calls: tuple[tuple[Whose | None, AdviceCall], ...] = ()
    onward: tuple[tuple[Whose, OnwardReferral], ...] = ()
    onward_total: int = 0
    merges: tuple[MergeWaits, ...] = ()

    @property
    def total(self) -> int:
        """How many lines wait for this person.

        Drafts of others wait for their authors, and onward referrals for another service: nobody here can settle them.
        """
        asked = len(self.referrals) + len(self.calls)
        own = len(self.mine) + len(self.letters) + len(self.results)
        merges = sum(not each.mine for each in self.merges)
        return own + asked + merges + self.overdue_total + self.undecided_total


class WorklistService(Service):
    """The list of the day."""

    @needs(Permission.FIND_PATIENTS)
    def today(self, limit: int = SHOWN, *, mine: bool = False) -> Worklist:
        """What waits; who may not view clinical findings gets letters and planned visits, and no clinical word.

        With a limit of 0 the overdue and undecided are only counted. `mine`: one's own drafts, letters of one's own
        visits, what one noted of referrals and calls, and what else waits of people whose newest visit one signed.
        """
        return self._mine(limit) if mine else self._everyone(limit)

    def _everyone(self, limit: int) -> Worklist:
        clinical = self.signed_in.may(Permission.VIEW_CLINICAL)
        me, day = self.signed_in.person.id, self.signed_in.today
        with self.signed_in.store.reading() as session:
            letters, referrals = worklist.letters_waiting(session), care_lists.referrals_waiting(session)
            if not clinical:
                referrals = tuple((whose, replace(each, question="")) for whose, each in referrals)
                late = tuple(self._visits_only(each) for each in worklist.overdue(session, day, MOST)[0])
                late = tuple(each for each in late if each.due)
                return Worklist(letters=letters, overdue=late, overdue_total=len(late), referrals=referrals)
            drafts = worklist.drafts_left(session)
            overdue, overdue_total = worklist.overdue(session, day, MOST if limit else 0)
            undecided, undecided_total = worklist.cannot_tell(session, limit)
            onward, onward_total = care_lists.onward_open(session, limit)
            return Worklist(
                mine=tuple(each for each in drafts if each.person_id == me),
                others=tuple(each for each in drafts if each.person_id != me),
                letters=letters,
                overdue=tuple(sorted(overdue, key=partial(_weight, day))[:limit]),
                overdue_total=overdue_total,
                results=worklist.not_seen(session),
                undecided=undecided,
                undecided_total=undecided_total,
                referrals=referrals,
                calls=care_lists.calls_to_follow(session),
                onward=onward,
                onward_total=onward_total,
                merges=self._merges(session),
            )

    def _merges(self, session: Session) -> tuple[MergeWaits, ...]:
        """Merges that wait for a second person, for whoever may be that person."""
        if not all(self.signed_in.may(right) for right in MERGE_NEEDS):
            return ()
        me, found = self.signed_in.person.id, joining_proposals.waiting(session)
        return tuple(MergeWaits(each, staying, other, each.by_id == me) for each, staying, other in found)

    def _mine(self, limit: int) -> Worklist:
        found, me = self._everyone(MOST), self.signed_in.actor
        with self.signed_in.store.reading() as session:
            people = worklist.last_seen_by(session, me)
            visits = worklist.authored(session, [each.encounter_id for each in found.letters], me)

        def own(whose: Whose | None, each: Referral | AdviceCall | OnwardReferral) -> bool:
            return each.recorded_by == me.name or (whose is not None and whose.patient_id in people)

        onward = tuple(each for each in found.onward if own(*each))
        overdue = tuple(each for each in found.overdue if each.whose.patient_id in people)
        undecided = tuple(each for each in found.undecided if each.whose.patient_id in people)
        return Worklist(
            mine=found.mine,
            letters=tuple(each for each in found.letters if each.encounter_id in visits),
            overdue=overdue[:limit],
            overdue_total=len(overdue),
            results=tuple(each for each in found.results if each.whose.patient_id in people),
            undecided=undecided[:limit],
            undecided_total=len(undecided),
            referrals=tuple(each for each in found.referrals if own(*each)),
            calls=tuple(each for each in found.calls if own(*each)),
            onward=onward[:limit],
            onward_total=len(onward),
            merges=tuple(each for each in found.merges if each.mine or not people.isdisjoint(each.proposal.both)),
        )

    @needs(Permission.PRINT_LETTERS)
    def print_list(self, path: Path, groups: Sequence[ListGroup], whose: str) -> None:
        """The list as it stands on the screen, as a PDF to print; in the audit, with whom it names, before it exists.

        Names stand on the paper alone: neither the file's name nor its title says one. NotSaved if the disk refuses.
        """
        me = self.signed_in
        made = Made(me.clock.now(), me.today, me.person.name, me.clinic.name, training=me.training)
        from poems_registry.pages.pdf import render  # heavy, and not wanted before somebody prints

        content = render(day_list(groups, whose, made))
        sha256, lines = hashlib.sha256(content).hexdigest(), sum(len(each.lines) for each in groups)
        with me.store.writing(me.actor) as session:
            about = ("worklist", show_date(me.today))
            audit.record_event(session, "print", about=about, lines=lines, file=path.name, sha256=sha256)
            for patient_id in sorted({line.patient_id for each in groups for line in each.lines if line.patient_id}):
                audit.record_event(session, "print", patient_id, about=about, file=path.name)
        publish_one(Piece(path, lambda there: there.write_bytes(content)))

    @needs(Permission.FIND_PATIENTS)
    def renew(self, limit: int) -> Changed:
        """Make anew what is kept of some patients of whom time, or an older program, left it outdated."""
        if self.signed_in.read_only:
            return Changed()
        with self.signed_in.store.reading() as session:
            if not standing.outdated(session, self.signed_in.today, 1):
                return Changed()
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            return Changed(patients=frozenset(renew(session, self.signed_in.today, limit)))

    def _visits_only(self, each: Overdue) -> Overdue:
        day = self.signed_in.today
        return Overdue(each.whose, tuple(due for due in each.due if due[0] == FollowUp.REVIEW and due[2] <= day))


def late_tests(each: Overdue, today: date) -> tuple[tuple[FollowUp, date], ...]:
    """What is overdue and the day it was due: the visit first, then the tests in the order of the schedule's table."""
    late = [(FollowUp(test), due) for test, due, from_day in each.due if from_day <= today]
    return tuple(sorted(late, key=lambda one: list(FollowUp).index(one[0])))


def _weight(today: date, each: Overdue) -> tuple[int, date, int]:
    """Who missed a visit comes before who misses a test, and the longest delay first."""
    test, due = late_tests(each, today)[0]
    return list(FollowUp).index(test), due, each.whose.patient_id
