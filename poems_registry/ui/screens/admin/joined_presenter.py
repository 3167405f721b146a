"""The decisions of the page of joined records: which there are, and parting two again."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.dates import show_date, show_time
from poems_registry.domain.errors import RegistryError
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.joining import Joined
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.joined_words import asked_to_part, who
from poems_registry.ui.reasons import ReasonShown
from poems_registry.ui.screens.admin.shown import JoinedRow
from poems_registry.ui.tasks import Tasks


class Desk(Protocol):
    """Who works here, and whether anything can be saved."""

    @property
    def today(self) -> date: ...
    @property
    def read_only(self) -> bool: ...
    def may(self, permission: Permission) -> bool: ...


class Joinings(Protocol):
    """What is needed of `JoiningService`."""

    @property
    def signed_in(self) -> Desk: ...
    def everything(self) -> tuple[Joined, ...]: ...
    def part(self, joining_id: int, because: str) -> Changed: ...


class Navigator(Protocol):
    """Where it leads."""

    def patient(self, patient_id: int) -> None: ...
    def say_saved(self, words: str) -> None: ...


class View(Protocol):
    """What the page can show."""

    def show_joined(self, rows: Sequence[JoinedRow], words: str, may_not: str) -> None: ...
    def ask_reason(self, asked: ReasonShown, given: Callable[[str], None]) -> None: ...
    def refuse_reason(self, words: str) -> None: ...
    def close_reason(self) -> None: ...
    def say(self, message: Message | None) -> None: ...


class JoinedRecordsPresenter:
    """Everything that was joined, newest first, undone ones too."""

    def __init__(self, view: View, joinings: Joinings, tasks: Tasks, feed: ChangeFeed, navigator: Navigator) -> None:
        self._view, self._joinings, self._tasks, self._feed = view, joinings, tasks, feed
        self._navigator = navigator
        self._known: dict[int, Joined] = {}
        self._asked = 0
        self._saving = False

    def load(self) -> None:
        """All of them anew."""
        self._asked += 1
        asked = self._asked

        def found(joined: tuple[Joined, ...]) -> None:
            if asked == self._asked:
                self._known = {each.joining.id: each for each in joined}
                self._show(joined)

        self._tasks.run(self._joinings.everything, found, lambda error: self._view.say(message_for(error)))

    def leave(self) -> None:
        """Late answers are not for this page."""
        self._asked += 1

    def opened(self, patient_id: int) -> None:
        """The record that stayed."""
        self._navigator.patient(patient_id)

    def undo(self, joining_id: int) -> None:
        """They are two people after all: ask why one thinks so."""
        joined = self._known.get(joining_id)
        if joined is not None and self._may_undo(joined):
            asked = asked_to_part(joined, self._joinings.signed_in.today)
            self._view.ask_reason(asked, partial(self._part, joining_id))

    def _part(self, joining_id: int, because: str) -> None:
        if self._saving:
            return
        if not because.strip():
            self._view.refuse_reason(tr("Say how you know that they are two people: it is kept with the act."))
            return
        self._saving = True

        def done(changed: Changed) -> None:
            self._saving = False
            self._view.close_reason()
            told = Message(tr("Parting changed more than whose the entries are."), " ".join(changed.told))
            self._view.say(told if changed.told else None)
            self._navigator.say_saved(tr("Parted again: two records"))
            self._feed.publish(changed)
            self.load()

        def refused(error: RegistryError) -> None:
            self._saving = False
            self._view.close_reason()
            self._view.say(message_for(error))

        self._tasks.run(lambda: self._joinings.part(joining_id, because), done, refused)

    @property
    def _may(self) -> bool:
        desk = self._joinings.signed_in
        needed = (Permission.EDIT_DEMOGRAPHICS, Permission.RECORD_CLINICAL)
        return not desk.read_only and all(desk.may(each) for each in needed)

    def _may_undo(self, joined: Joined) -> bool:
        return self._may and joined.joining.undone_at is None

    def _show(self, joined: tuple[Joined, ...]) -> None:
        rows = [self._row(each) for each in joined]
        standing = sum(each.joining.undone_at is None for each in joined)
        words = tr_count("{count} record is joined to another", "{count} records are joined to others", standing)
        may_not = "" if self._may else tr("Parting two records moves findings: only who may record them can undo this.")
        self._view.show_joined(rows, words, may_not)

    def _row(self, joined: Joined) -> JoinedRow:
        joining = joined.joining
        local = joining.at.astimezone()
        state = tr("Joined")
        if joining.undone_at is not None:
            undone = joining.undone_at.astimezone()
            state = tr("Undone {day} by {name}", day=show_date(undone.date()), name=joining.undone_by)
        return JoinedRow(
            joining.id,
            joined.staying.id,
            who(joined.staying),
            who(joined.hidden),
            f"{show_date(local.date())} {show_time(local)}",
            joining.at.isoformat(),
            joining.by,
            joining.undone_because or joining.reason,
            state,
            self._may_undo(joined),
        )
