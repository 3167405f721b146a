"""The decisions of the page of GP practices: which list is in force, what a file would change, and loading it."""

from datetime import date
from pathlib import Path
from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.dates import parse_date, show_date, show_time
from poems_registry.domain.errors import InvalidInput, RegistryError, StaleRecord
from poems_registry.services.access import SignedIn
from poems_registry.services.practices import ListInForce, ListPlan
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.admin.shown import PlanShown, RefusedShown
from poems_registry.ui.tasks import Tasks


class Practices(Protocol):
    """What is needed of `PracticeService`."""

    @property
    def signed_in(self) -> SignedIn: ...
    def in_force(self) -> ListInForce | None: ...
    def plan(self, path: Path) -> ListPlan: ...
    def load(
        self, path: Path, listed_on: date | None = None, *, set_aside: Path | None = None, seen: ListPlan | None = None
    ) -> ListPlan: ...


class View(Protocol):
    """What the page can show."""

    def show_in_force(self, words: str, *, may_load: bool) -> None: ...
    def show_plan(self, plan: PlanShown | None) -> None: ...
    def mark_day(self, words: str) -> None: ...
    def busy(self, words: str) -> None: ...
    def say(self, message: Message | None) -> None: ...


class PracticesPresenter:
    """A file is looked at first; it is loaded exactly as it was shown, or not at all."""

    def __init__(self, view: View, practices: Practices, tasks: Tasks, saved: "Saved") -> None:
        self._view, self._practices, self._tasks, self._saved = view, practices, tasks, saved
        self._seen: tuple[Path, ListPlan] | None = None
        self._asked = 0

    def load(self) -> None:
        """Which list is in force."""
        self._asked += 1
        asked, me = self._asked, self._practices.signed_in
        may_load = me.may(Permission.IMPORT) and not me.read_only

        def found(in_force: ListInForce | None) -> None:
            if asked == self._asked:
                self._view.show_in_force(_in_words(in_force), may_load=may_load)

        self._tasks.run(self._practices.in_force, found, self._refused)

    def leave(self) -> None:
        """Late answers are not for this page; what was only looked at is forgotten."""
        self._asked += 1
        self.forget()

    def forget(self) -> None:
        """Another file, or none."""
        self._seen = None
        self._view.show_plan(None)

    def look(self, path: Path) -> None:
        """What this file would change; nothing is changed."""
        self._asked += 1
        asked = self._asked
        self._view.say(None)
        self._view.busy(tr("Reading…"))

        def read(plan: ListPlan) -> None:
            self._view.busy("")
            if asked == self._asked:
                self._seen = (path, plan)
                self._view.show_plan(plan_shown(plan))

        self._tasks.run(lambda: self._practices.plan(path), read, self._refused)

    def take(self, day: str, aside: Path | None) -> None:
        """Load what was looked at; `aside`: where refused rows go."""
        if self._seen is None:
            return
        path, plan = self._seen
        try:
            found = parse_date(day, self._practices.signed_in.today) if day.strip() else None
        except ValueError as error:
            self._view.mark_day(str(error))
            return
        listed_on = found.earliest() if found is not None else None
        self._view.mark_day("")
        self._view.busy(tr("Loading…"))

        def loaded(done: ListPlan) -> None:
            self._view.busy("")
            self._seen = None
            self._view.show_plan(None)
            self._saved(tr("List of practices loaded: {line}", line=done.counts.line))
            self.load()

        self._tasks.run(
            lambda: self._practices.load(path, listed_on, set_aside=aside, seen=plan), loaded, self._refused
        )

    def _refused(self, error: RegistryError) -> None:
        self._view.busy("")
        if isinstance(error, InvalidInput) and "listed_on" in error.problems:
            self._view.mark_day(error.problems["listed_on"])
            return
        if isinstance(error, StaleRecord) and self._seen is not None:
            self.look(self._seen[0])
            words = tr("The file or the list changed since it was shown.")
            self._view.say(Message(words, tr("Nothing was loaded. It is shown as it is now: look again, then load.")))
            return
        self._view.say(message_for(error))


class Saved(Protocol):
    """Says in the status line what was done."""

    def __call__(self, words: str) -> None: ...


def plan_shown(plan: ListPlan) -> PlanShown:
    """The sums of decision 21, and what else is to be known before loading."""
    counts = plan.counts
    rows = (
        (tr("Rows read"), counts.read),
        (tr("New"), counts.new),
        (tr("Changed"), counts.changed),
        (tr("Unchanged"), counts.unchanged),
        (tr("Ignored: no GP practice"), counts.ignored),
        (tr("Refused"), counts.set_aside),
    )
    notes = []
    if plan.same_file:
        notes.append(tr("This very file is the list in force already."))
    if plan.gone:
        notes.append(
            tr_count(
                "{count} practice is not named any more: it is kept, and marked as gone.",
                "{count} practices are not named any more: they are kept, and marked as gone.",
                plan.gone,
            )
        )
    aside = len(plan.refused)
    button = tr("Load this list")
    if aside:
        button = tr_count("Load, and set {count} row aside…", "Load, and set {count} rows aside…", aside)
    refused = tuple(RefusedShown(each.row, each.reason) for each in plan.refused)
    told = tuple((words, f"{number:,}") for words, number in rows)
    return PlanShown(plan.name, told, counts.line, tuple(notes), refused, button, bool(aside))


def _in_words(in_force: ListInForce | None) -> str:
    if in_force is None:
        return tr("No list was loaded yet. Practices are typed by hand until then.")
    local = in_force.loaded_at.astimezone()
    when = f"{show_date(local.date())} {show_time(local)}"
    of = tr("of {day}, ", day=show_date(in_force.listed_on)) if in_force.listed_on is not None else ""
    many = tr_count("{count} practice", "{count} practices", in_force.practices)
    return tr(
        "In force: {name}, {of}loaded {when} by {who}, {many}.",
        name=in_force.name, of=of, when=when, who=in_force.loaded_by, many=many,
    )  # fmt: skip
