"""Details tells which records were joined into this one or proposed to be, parts them, and leads to another one."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.merge_proposals import MERGE_NEEDS
from poems_registry.domain.records import PatientFile
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.joining import Joined
from poems_registry.services.proposing import Proposed
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.joined_words import asked_to_part, joined_words, proposed_words
from poems_registry.ui.person_facts import FactGroup, FactShown
from poems_registry.ui.reasons import ReasonShown
from poems_registry.ui.screens.record.particulars.shown import DECIDE, UNDO
from poems_registry.ui.tasks import Tasks


class Desk(Protocol):
    """Who works here, and whether anything can be saved."""

    @property
    def today(self) -> date: ...
    @property
    def read_only(self) -> bool: ...
    def may(self, permission: Permission) -> bool: ...


class Joinings(Protocol):
    """What is needed of `ProposalService`."""

    @property
    def signed_in(self) -> Desk: ...
    def told(self, patient_id: int) -> tuple[Joined, ...]: ...
    def proposals(self, patient_id: int) -> tuple[Proposed, ...]: ...
    def part(self, joining_id: int, because: str) -> Changed: ...


class Navigator(Protocol):
    """Where it leads."""

    def join(self, patient_id: int) -> None: ...
    def proposal(self, proposal_id: int) -> None: ...
    def say_saved(self, words: str) -> None: ...


class View(Protocol):
    """What can be shown; none of it decides."""

    def show_joined(self, group: FactGroup | None) -> None: ...
    def ask_reason(self, asked: ReasonShown, given: Callable[[str], None]) -> None: ...
    def refuse_reason(self, words: str) -> None: ...
    def close_reason(self) -> None: ...
    def say(self, message: Message | None) -> None: ...


class JoinedPresenter:
    """Works on the record that is open (`show_file`); asks the registry only once the tab was looked at."""

    def __init__(
        self, view: Callable[[], View], joinings: Joinings, tasks: Tasks, feed: ChangeFeed, navigator: Navigator
    ) -> None:
        self._view, self._joinings, self._tasks, self._feed = view, joinings, tasks, feed
        self._navigator = navigator
        self._patient_id = 0
        self._seen = self._saving = False
        self._known: dict[int, Joined] = {}

    def show_file(self, file: PatientFile, today: date, *, may_record: bool) -> None:
        """Another record, or this one as it is now."""
        self._patient_id = file.patient.id
        if self._seen:
            self._load()

    def looked_at(self) -> None:
        """The tab is in view."""
        if not self._seen and self._patient_id:
            self._seen = True
            self._load()

    @property
    def may_join(self) -> bool:
        """Whether this person may join records and part them: it moves findings, so both rights are needed."""
        desk = self._joinings.signed_in
        return not desk.read_only and all(desk.may(each) for each in MERGE_NEEDS)

    def same_as(self) -> None:
        """This is the same person as somebody else: find and compare."""
        if self._patient_id and self.may_join:
            self._navigator.join(self._patient_id)

    def decide(self, proposal_id: int) -> None:
        """To a proposal that waits."""
        self._navigator.proposal(proposal_id)

    def undo(self, joining_id: int) -> None:
        """They are two people after all: ask why one thinks so."""
        joined = self._known.get(joining_id)
        if joined is not None and self.may_join:
            asked = asked_to_part(joined, self._joinings.signed_in.today)
            self._view().ask_reason(asked, partial(self._part, joining_id))

    def _part(self, joining_id: int, because: str) -> None:
        if self._saving:
            return
        if not because.strip():
            self._view().refuse_reason(tr("Say how you know that they are two people: it is kept with the act."))
            return
        self._saving = True

        def done(changed: Changed) -> None:
            self._saving = False
            self._view().close_reason()
            self._navigator.say_saved(tr("Parted again: two records"))
            self._feed.publish(changed)
            if changed.told:
                self._view().say(
                    Message(tr("Parting changed more than whose the entries are."), " ".join(changed.told))
                )

        def refused(error: RegistryError) -> None:
            self._saving = False
            self._view().close_reason()
            self._view().say(message_for(error))

        self._tasks.run(lambda: self._joinings.part(joining_id, because), done, refused)

    def _load(self) -> None:
        patient_id = self._patient_id

        def found(answer: tuple[tuple[Joined, ...], tuple[Proposed, ...]]) -> None:
            if patient_id == self._patient_id:
                self._known = {each.joining.id: each for each in answer[0]}
                self._view().show_joined(self._group(*answer))

        def refused(error: RegistryError) -> None:
            self._view().say(message_for(error))

        work = self._joinings
        self._tasks.run(lambda: (work.told(patient_id), work.proposals(patient_id)), found, refused)

    def _group(self, joined: tuple[Joined, ...], proposed: tuple[Proposed, ...]) -> FactGroup | None:
        """What was confirmed stands with the merge; what waits comes first."""
        others = [each for each in proposed if not each.proposal.joining_id]
        others.sort(key=lambda each: not each.proposal.waits)
        facts = (*(self._proposed(each) for each in others), *(self._fact(each) for each in joined))
        return FactGroup(tr("Joined records"), facts) if facts else None

    def _proposed(self, proposed: Proposed) -> FactShown:
        told = proposed_words(proposed, self._patient_id)
        leads = proposed.proposal.waits and self.may_join
        act = f"{DECIDE}:{proposed.proposal.id}" if leads else ""
        return FactShown(told.label, told.lines, proposed.proposal.waits, act, tr("Open…") if leads else "")

    def _fact(self, joined: Joined) -> FactShown:
        told = joined_words(joined, self._patient_id)
        undo = self.may_join and joined.joining.undone_at is None and joined.staying.id == self._patient_id
        act = f"{UNDO}:{joined.joining.id}" if undo else ""
        return FactShown(told.label, told.lines, joined.joining.undone_at is None, act, tr("Undo…") if undo else "")
