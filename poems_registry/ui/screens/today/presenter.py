"""The decisions of the list of the day: what is asked, who may do what of it, where each line leads."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import RegistryError
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.worklist import MOST, SHOWN, ListGroup, ListLine, Worklist
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.today.shown import Act, GroupShown, Line
from poems_registry.ui.screens.today.telling import counted, told
from poems_registry.ui.tasks import Tasks

MINE = "Your drafts, letters of your visits, and people whose last signed visit is yours."
EVERYONE = "Everything that waits for somebody in the clinic."


class Me(Protocol):
    """What matters here of the person who is signed in."""

    @property
    def today(self) -> date: ...
    @property
    def read_only(self) -> bool: ...
    def may(self, permission: Permission) -> bool: ...


class Waiting(Protocol):
    """What the list needs of `WorklistService`."""

    @property
    def signed_in(self) -> Me: ...
    def today(self, limit: int = ..., *, mine: bool = ...) -> Worklist: ...
    def print_list(self, path: Path, groups: Sequence[ListGroup], whose: str) -> None: ...


class Letters(Protocol):
    """What the list needs of `LetterService`."""

    def start(self, encounter_id: int) -> int: ...


class Navigator(Protocol):
    """Where the lines lead."""

    def patient(self, patient_id: int) -> None: ...
    def results(self, patient_id: int) -> None: ...
    def visit(self, encounter_id: int) -> None: ...
    def letter(self, letter_id: int) -> None: ...
    def patients(self) -> None: ...
    def care(self, patient_id: int) -> None: ...
    def clinic(self, part: str = ...) -> None: ...
    def proposal(self, proposal_id: int) -> None: ...


class TodayView(Protocol):
    """What the screen can show."""

    def show_head(self, day: str, words: str, explanation: str) -> None: ...
    def show_choice(self, *, mine: bool, may_print: bool) -> None: ...
    def show_groups(self, groups: Sequence[GroupShown]) -> None: ...
    def show_nothing(self, title: str, words: str) -> None: ...
    def focus_first(self) -> None: ...
    def say(self, message: Message | None) -> None: ...
    def tell(self, message: Message) -> None: ...
    def ask_file(self, name: str) -> Path | None: ...


class TodayPresenter:
    """Looks again whenever something changed while the list is in view, and when one comes back to it."""

    def __init__(
        self, view: TodayView, worklist: Waiting, letters: Letters, tasks: Tasks, feed: ChangeFeed, navigator: Navigator
    ) -> None:
        self._view, self._worklist, self._letters = view, worklist, letters
        self._tasks, self._navigator = tasks, navigator
        self._limit = SHOWN
        self._mine = False
        self._groups: tuple[GroupShown, ...] = ()
        self._asked = 0
        self._visible = self._stale = self._starting = self._arriving = False
        self._unlisten = feed.listen(self._changed)

    def open(self) -> None:
        """Everything that waits."""
        self._visible = self._arriving = True
        self._load()

    def shown(self) -> None:
        """Back on the list: the day may be another one, too."""
        if not self._visible or self._stale:
            self._visible = self._arriving = True
            self._load()

    def leave(self) -> None:
        """Another screen comes."""
        self._visible = False

    def close(self) -> None:
        """The registry is locked."""
        self._asked += 1
        self._visible = False
        self._unlisten()

    def everything(self) -> None:
        """The lines that were only counted, too."""
        self._limit = MOST
        self._load()

    def choose(self, *, mine: bool) -> None:
        """What waits of one's own people, or of everyone."""
        if mine != self._mine:
            self._mine, self._limit = mine, SHOWN
            self._load()

    def print_list(self) -> None:
        """What stands on the screen as a file to print; its name says the day and nobody's name."""
        me = self._worklist.signed_in
        if not self._groups or not me.may(Permission.PRINT_LETTERS):
            return
        path = self._view.ask_file(f"list-of-the-day-{me.today.isoformat()}.pdf")
        if path is None:
            return
        groups, whose = tuple(map(_on_paper, self._groups)), tr(MINE) if self._mine else tr(EVERYONE)

        def done(_: None) -> None:
            words = tr("It holds names of patients: print it, then delete the file.")
            self._view.tell(Message(tr("The list was saved as {name}.", name=path.name), words))

        def refused(error: RegistryError) -> None:
            self._view.say(message_for(error))

        self._tasks.run(lambda: self._worklist.print_list(path, groups, whose), done, refused)

    def act(self, line: Line) -> None:
        """The one act of a line."""
        match line.act:
            case Act.CONTINUE:
                self._navigator.visit(line.target)
            case Act.OPEN_LETTER:
                self._navigator.letter(line.target)
            case Act.SEE_RESULTS:
                self._navigator.results(line.target)
            case Act.OPEN_RECORD:
                self._navigator.patient(line.target)
            case Act.OPEN_CARE:
                self._navigator.care(line.target)
            case Act.OPEN_CLINIC:
                self._navigator.clinic("calls")
            case Act.OPEN_MERGE:
                self._navigator.proposal(line.target)
            case Act.WRITE_LETTER:
                self._write(line.target)

    def patients(self) -> None:
        """Nothing waits here: to the list of patients."""
        self._navigator.patients()

    def _write(self, encounter_id: int) -> None:
        if self._starting:
            return
        self._starting = True
        self._view.say(None)

        def begun(letter_id: int) -> None:
            self._starting = False
            self._navigator.letter(letter_id)

        def refused(error: RegistryError) -> None:
            self._starting = False
            self._view.say(message_for(error))

        self._tasks.run(lambda: self._letters.start(encounter_id), begun, refused)

    def _changed(self, _: Changed) -> None:
        if self._visible:
            self._load()
        else:
            self._stale = True

    def _load(self) -> None:
        self._asked += 1
        self._stale = False
        asked, limit, mine = self._asked, self._limit, self._mine

        def found(worklist: Worklist) -> None:
            if asked == self._asked:
                self._view.say(None)
                self._show(worklist)

        def refused(error: RegistryError) -> None:
            if asked == self._asked:
                self._view.say(message_for(error))

        self._tasks.run(lambda: self._worklist.today(limit, mine=mine), found, refused)

    def _show(self, worklist: Worklist) -> None:
        me = self._worklist.signed_in
        clinical = me.may(Permission.VIEW_CLINICAL)
        groups = self._groups = told(worklist, me.today, clinical=clinical)
        may_print = me.may(Permission.PRINT_LETTERS) and not me.read_only and bool(groups)
        self._view.show_choice(mine=self._mine, may_print=may_print)
        explanation = "" if clinical else tr("Your role sees letters and planned visits; no clinical findings.")
        self._view.show_head(show_date(me.today), counted(worklist) if groups else "", explanation)
        if groups:
            self._view.show_groups(groups)
        else:
            words = "Drafts, letters, results and tests that need somebody appear here."
            mine = f"{MINE} Choose Everyone to see what else waits."
            self._view.show_nothing(tr("Nothing waits for you"), tr(mine if self._mine else words))
        if self._arriving:
            self._arriving = False
            self._view.focus_first()


def _on_paper(group: GroupShown) -> ListGroup:
    lines = (
        ListLine(line.name, line.born, line.number, line.what, line.since, line.patient_id) for line in group.lines
    )
    return ListGroup(group.title, tuple(lines), group.total)
