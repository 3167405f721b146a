"""The decisions of the clinic's lists: what each part asks of the services, for whom an entry is begun."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from poems_registry.domain.access import Permission
from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import RegistryError
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.clinic_lists import Calls, Meeting, Referrals
from poems_registry.ui.care.choosing import Choosing
from poems_registry.ui.care.entering import Entering
from poems_registry.ui.care.shown import GroupShown, LineShown, What
from poems_registry.ui.care.telling import line_of
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.clinic.shown import MAIN_WORDS, ClinicShown, Part
from poems_registry.ui.tasks import Tasks
from poems_registry.ui.theme.tokens import Tone

Found = TypeVar("Found")
KIND = {Part.REFERRALS: What.REFERRAL, Part.CALLS: What.CALL, Part.MDT: What.MDT}


class Desk(Protocol):
    """Who works here, and what day it is."""

    @property
    def today(self) -> date: ...
    def may(self, permission: Permission) -> bool: ...


class Lists(Protocol):
    """What is needed of `ClinicListService`."""

    @property
    def signed_in(self) -> Desk: ...
    def referrals(self) -> Referrals: ...
    def calls(self) -> Calls: ...
    def meeting(self, on: date | None = None) -> Meeting: ...
    def write_meeting(self, on: date, path: Path) -> Path: ...


class Navigator(Protocol):
    """Where a line leads."""

    def care(self, patient_id: int) -> None: ...


class View(Protocol):
    """What the presenter needs of the view."""

    def show_parts(self, parts: tuple[Part, ...]) -> None: ...
    def show_part(self, shown: ClinicShown) -> None: ...
    def focus_first(self) -> None: ...
    def ask_file(self, name: str) -> None: ...
    def say(self, message: Message | None) -> None: ...
    def say_done(self, words: str) -> None: ...


class ClinicPresenter:
    """Looks again whenever something changed while the lists are in view, and when one comes back to them."""

    def __init__(
        self,
        view: View,
        lists: Lists,
        entering: Entering,
        choosing: Choosing,
        tasks: Tasks,
        feed: ChangeFeed,
        navigator: Navigator,
    ) -> None:
        self._view, self._lists, self._entering, self._choosing = view, lists, entering, choosing
        self._tasks, self._navigator = tasks, navigator
        self._part = Part.REFERRALS
        self._on: date | None = None
        self._asked = 0
        self._visible = self._stale = self._arriving = False
        self._unlisten = feed.listen(self._changed)

    def open(self) -> None:
        """The referrals that wait."""
        self._visible = self._arriving = True
        clinical = self._lists.signed_in.may(Permission.VIEW_CLINICAL)
        self._view.show_parts(tuple(Part) if clinical else (Part.REFERRALS,))
        self._load()

    def shown(self) -> None:
        """Back on the lists."""
        if not self._visible or self._stale:
            self._visible = self._arriving = True
            self._load()

    def leave(self) -> None:
        """Another screen comes, or the window closes: keep what stands in a form."""
        self._visible = False
        self._entering.leave()

    @property
    def has_unkept(self) -> bool:
        """Whether something typed into a form is in the registry neither as saved nor as kept."""
        return self._entering.has_unkept

    def close(self) -> None:
        """The registry is locked."""
        self._asked += 1
        self._visible = False
        self._unlisten()

    def choose(self, part: Part) -> None:
        """Another part."""
        self._part = part
        self._load()

    def choose_named(self, part: str) -> None:
        """Another part, by its name."""
        self.choose(Part(part))

    def choose_day(self, day: str) -> None:
        """Another meeting."""
        self._on = date.fromisoformat(day)
        self._load()

    def add(self) -> None:
        """A new entry of the part in view: first for whom."""
        what = KIND[self._part]
        titles = {
            Part.REFERRALS: (tr("Who was referred?"), tr("Somebody new")),
            Part.CALLS: (tr("About which patient was advice asked?"), tr("Patient not named")),
            Part.MDT: (tr("Who is to be discussed?"), ""),
        }
        on = self._on
        self._choosing.ask(*titles[self._part], lambda patient_id: self._entering.add(what, patient_id, on))

    def act(self, line: LineShown) -> None:
        """The one act of a line."""
        self._entering.change(line.what, line.id)

    def name(self, line: LineShown) -> None:
        """Whom a call was about that named nobody."""
        title = tr("Which patient was the call of {day} about?", day=line.day)
        self._choosing.ask(title, "", lambda patient_id: self._entering.name(line.id, patient_id))

    def record(self, patient_id: int) -> None:
        """The record of whose line it is."""
        self._navigator.care(patient_id)

    def print_list(self) -> None:
        """The list of the meeting in view as a file: first where to."""
        if self._on is not None:
            self._view.ask_file(f"mdt-{self._on.isoformat()}.pdf")

    def write(self, path: Path) -> None:
        """To this file."""
        on = self._on
        if on is not None:
            self._tasks.run(lambda: self._lists.write_meeting(on, path), self._written, self._refused)

    def _written(self, path: Path) -> None:
        self._view.say_done(tr("The list is in {file}.", file=path.name))

    def _changed(self, _: Changed) -> None:
        if self._visible:
            self._load()
        else:
            self._stale = True

    def _load(self) -> None:
        self._stale = False
        if self._part is Part.REFERRALS:
            self._ask(self._lists.referrals, self._show_referrals)
        elif self._part is Part.CALLS:
            self._ask(self._lists.calls, self._show_calls)
        else:
            on = self._on
            self._ask(lambda: self._lists.meeting(on), self._show_meeting)

    def _ask(self, work: Callable[[], Found], then: Callable[[Found], None]) -> None:
        self._asked += 1
        asked = self._asked

        def found(answer: Found) -> None:
            if asked == self._asked:
                self._view.say(None)
                then(answer)
                if self._arriving:
                    self._arriving = False
                    self._view.focus_first()

        def refused(error: RegistryError) -> None:
            if asked == self._asked:
                self._refused(error)

        self._tasks.run(work, found, refused)

    def _refused(self, error: RegistryError) -> None:
        self._view.say(message_for(error))

    # -- what was found, in words

    def _show_referrals(self, found: Referrals) -> None:
        today, may = self._lists.signed_in.today, self._entering.may_record(What.REFERRAL)
        clinical = self._lists.signed_in.may(Permission.VIEW_CLINICAL)
        waiting, answered, onward = (
            tuple(line_of(each, today, may_record=may, decides=clinical, whose=whose) for whose, each in pairs)
            for pairs in (found.waiting, found.answered, found.onward)
        )
        settled = tr("Every referral is answered.")
        groups = (
            GroupShown(tr("Waiting for an answer"), "clock", waiting, settled, tone=Tone.AMBER),
            GroupShown(tr("Referred on, not seen yet"), "send", onward, tr("No onward referral is open."),
                       found.onward_total - len(onward)),
            GroupShown(tr("Answered"), "circle-check", answered, tr("No referral has been answered yet."),
                       tone=Tone.GREEN),
        )  # fmt: skip
        words = "" if clinical else tr("Your role sees who referred, when and how far it is; no clinical words.")
        self._view.show_part(ClinicShown(Part.REFERRALS, groups, self._main(), words))

    def _show_calls(self, found: Calls) -> None:
        today, may = self._lists.signed_in.today, self._entering.may_record(What.CALL)
        lines = []
        for pairs in (found.waiting, found.others):
            told = []
            for whose, call in pairs:
                line = line_of(call, today, may_record=may, whose=whose)
                told.append(line if whose is not None else _unnamed(line))
            lines.append(tuple(told))
        groups = (
            GroupShown(tr("To follow up"), "clock", lines[0], tr("Nothing is left to do."), tone=Tone.AMBER),
            GroupShown(tr("Calls"), "phone", lines[1], tr("No call for advice is recorded.")),
        )
        self._view.show_part(ClinicShown(Part.CALLS, groups, self._main()))

    def _show_meeting(self, found: Meeting) -> None:
        today, may = self._lists.signed_in.today, self._entering.may_record(What.MDT)
        self._on = found.on
        lines = tuple(line_of(each, today, may_record=may, whose=whose) for whose, each in found.entries)
        known = {day for day, _ in found.days}
        days = tuple((day.isoformat(), f"{show_date(day)} ({count})") for day, count in found.days)
        if found.on is not None and found.on not in known:
            days = ((found.on.isoformat(), f"{show_date(found.on)} (0)"), *days)
        title = tr("Meeting of {day}", day=show_date(found.on)) if found.on is not None else tr("MDT list")
        empty = tr("Nobody is on this list.") if found.on is not None else tr("No MDT list has been made yet.")
        shown = ClinicShown(
            Part.MDT, (GroupShown(title, "users", lines, empty),), self._main(), "", days,
            found.on.isoformat() if found.on is not None else "", bool(lines),
        )  # fmt: skip
        self._view.show_part(shown)

    def _main(self) -> str:
        return tr(MAIN_WORDS[self._part]) if self._entering.may_record(KIND[self._part]) else ""


def _unnamed(line: LineShown) -> LineShown:
    to_name = tr("Say who it was…") if line.act else ""
    return replace(line, name=tr("Patient not named"), to_name=to_name)
