"""The decisions of the cohort screen: which figures, true or as they may leave, and what is written where."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Protocol

from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import NotAllowedNow, NotPermitted, RegistryError
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.cohort import Conditions, Summary, Written, drawings
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.cohort.conditions import EVERYBODY, read_who, who_of
from poems_registry.ui.screens.cohort.shown import CohortShown, FileKind, Nothing, Pictures, Question, Room, Who
from poems_registry.ui.screens.cohort.telling import tell
from poems_registry.ui.tasks import Tasks
from poems_registry.ui.theme.tokens import Tone

POINTS = 0.75
"""Points a logical pixel."""
FONT = 9.75
"""Points: 13 pixels."""
FEATURE_ROW, FEATURE_HEAD = 33.0, 24.0
"""Points: the rows and the head of the table beside the bars, 44 and 32 pixels."""
LANE = 9.0
SMALLEST = 120
"""Pixels below which no figure is drawn."""
REPORT = (FileKind(".pdf", "PDF", ""),)
EXPORTS = (
    FileKind(".xlsx", "Workbook (XLSX)", "All figures, Table 1, features and the data dictionary as sheets."),
    FileKind(".csv", "Table (CSV)", "Every figure in one line of one table, with the data dictionary beside it."),
)


class Desk(Protocol):
    """What day it is."""

    @property
    def today(self) -> date: ...


class Cohort(Protocol):
    """What is needed of `CohortService`."""

    @property
    def signed_in(self) -> Desk: ...
    def summary(
        self, data_date: date | None = None, *, release: bool = False, conditions: Conditions | None = None
    ) -> Summary: ...
    def write(
        self,
        path: Path,
        *,
        release: bool = False,
        data_date: date | None = None,
        conditions: Conditions | None = None,
    ) -> Written: ...


class Navigator(Protocol):
    """The status line."""

    def say_saved(self, words: str) -> None: ...


class View(Protocol):
    """What the presenter needs of the view."""

    def show_counting(self, release: bool) -> None: ...
    def show_cohort(self, shown: CohortShown) -> None: ...
    def show_pictures(self, pictures: Pictures) -> None: ...
    def show_nothing(self, nothing: Nothing, shown: CohortShown | None = None) -> None: ...
    def say(self, message: Message | None, tone: Tone = Tone.RED) -> None: ...
    def busy(self, words: str) -> None: ...
    def ask_what(self, question: Question) -> None: ...
    def ask_who(self, who: Who) -> None: ...
    def show_wrong(self, problems: Mapping[str, str]) -> None: ...
    def close_who(self) -> None: ...
    def ask_file(self, name: str, kind: FileKind) -> Path | None: ...


class CohortPresenter:
    """Counts and draws away from the window's thread, shows what came, writes what is asked for."""

    def __init__(self, view: View, cohort: Cohort, tasks: Tasks, feed: ChangeFeed, navigator: Navigator) -> None:
        self._view, self._cohort, self._tasks, self._navigator = view, cohort, tasks, navigator
        self._asked = 0
        self._release = False
        self._conditions = EVERYBODY
        self._data_date: date | None = None
        self._summary: Summary | None = None
        self._room: Room | None = None
        self._drawing = self._writing = False
        self._stale, self._visible = True, False
        feed.listen(self._changed)

    # -- coming and going

    def open(self) -> None:
        """Count everything."""
        self._visible = True
        self._load(self._release)

    def shown(self) -> None:
        """In view: count again if a record changed meanwhile."""
        self._visible = True
        self._navigator.say_saved(tr("Cohort views are written to the audit log"))
        if self._stale:
            self._load(self._release)

    def leave(self) -> None:
        """Another screen comes."""
        self._visible = False
        self._navigator.say_saved("")

    # -- acts

    def show_release(self, on: bool) -> None:
        """As it will leave, or as it is."""
        if on != self._release:
            self._load(on)

    def change_who(self) -> None:
        """Ask for other conditions; the ones in force stand in the fields."""
        self._view.ask_who(who_of(self._conditions, self._data_date))

    def choose_who(self, who: Who) -> None:
        """Answered: count these, or say what is wrong beside its field."""
        conditions, day, problems = read_who(who, self._cohort.signed_in.today)
        if problems:
            self._view.show_wrong(problems)
            return
        self._view.close_who()
        if (conditions, day) != (self._conditions, self._data_date):
            self._conditions, self._data_date = conditions, day
            self._load(self._release)

    def try_again(self) -> None:
        """After a failure."""
        self._load(self._release)

    def sized(self, room: Room) -> None:
        """The figures have this room now."""
        if room != self._room:
            self._room = room
            self._draw()

    def report(self) -> None:
        """Make the report as PDF: ask for whom."""
        self._ask(Question(tr("Make report (PDF)"), REPORT, self._release))

    def export(self) -> None:
        """Write the figures as workbook or table: ask which, and for whom."""
        self._ask(Question(tr("Export figures"), EXPORTS, self._release))

    def write(self, kind: FileKind, release: bool) -> None:
        """Answered: ask where, and write."""
        if self._writing:
            return
        day = show_date(self._cohort.signed_in.today)
        path = self._view.ask_file(f"cohort-{day}{'-for-release' if release else ''}{kind.ending}", kind)
        if path is None:
            return
        self._writing = True
        self._view.say(None)
        words = tr("Making the release version…") if release else tr("Making the version for the team…")
        self._view.busy(words)
        conditions, until = self._conditions, self._data_date

        def write() -> Written:
            return self._write(path, kind.ending, until, conditions, release=release)

        self._tasks.run(write, self._written, self._not_written)

    # -- counting

    def _load(self, release: bool) -> None:
        self._asked += 1
        asked, self._stale = self._asked, False
        conditions, day = self._conditions, self._data_date
        self._view.show_counting(release)

        def counted() -> tuple[Summary, CohortShown]:
            summary = self._cohort.summary(day, release=release, conditions=conditions)
            return summary, tell(summary)

        def came(answer: tuple[Summary, CohortShown]) -> None:
            if asked == self._asked:
                self._release = release
                self._counted(*answer)

        def refused(error: RegistryError) -> None:
            if asked == self._asked:
                self._stale = True
                self._not_counted(error)

        self._tasks.run(counted, came, refused)

    def _counted(self, summary: Summary, shown: CohortShown) -> None:
        self._summary = None
        if summary.everyone == 0:
            words = tr("Figures appear here as soon as patients with a signed visit are in the registry.")
            self._view.show_nothing(Nothing("users", tr("No patients yet"), words))
        elif summary.size is None:
            words = tr("So few people are in this cohort that nothing about them may be released.")
            self._view.show_nothing(Nothing("shield-alert", tr("Too few people for a release"), words), shown)
        elif summary.size == 0:
            words = tr("Nobody meets the conditions up to the data date. Above stands why.")
            self._view.show_nothing(Nothing("users", tr("Nobody belongs to this cohort yet"), words), shown)
        else:
            self._summary = summary
            self._view.show_cohort(shown)
            self._draw()

    def _not_counted(self, error: RegistryError) -> None:
        self._summary = None
        message = message_for(error)
        refused = isinstance(error, NotPermitted)
        icon = "lock" if refused else "triangle-alert"
        self._view.show_nothing(Nothing(icon, message.cause, message.rest, again=not refused))

    # -- drawing

    def _draw(self) -> None:
        """At most one drawing waits: what came meanwhile is drawn after it."""
        summary, room = self._summary, self._room
        if summary is None or room is None or self._drawing:
            return
        self._drawing = True

        def came(pictures: Pictures) -> None:
            self._drawing = False
            if summary is self._summary:
                self._view.show_pictures(pictures)
            if summary is not self._summary or room is not self._room:
                self._draw()

        def refused(error: RegistryError) -> None:
            self._drawing = False
            self._view.say(message_for(error))

        self._tasks.run(lambda: pictures_for(summary, room), came, refused)

    # -- writing

    def _ask(self, question: Question) -> None:
        if self._summary is not None and not self._writing:
            self._view.ask_what(question)

    def _write(self, path: Path, ending: str, day: date | None, conditions: Conditions, *, release: bool) -> Written:
        if path.suffix.lower() != ending:
            path = path.with_name(path.name + ending)
            if path.exists():
                words = tr("There is a file {name} already. Nothing was written. Choose another name.", name=path.name)
                raise NotAllowedNow(words)
        return self._cohort.write(path, release=release, data_date=day, conditions=conditions)

    def _written(self, written: Written) -> None:
        self._writing = False
        self._view.busy("")
        first, *others = written.paths
        *beside, manifest = (path.name for path in others)
        names = ", ".join([*beside, tr("the manifest {name}", name=manifest)])
        held = (
            tr("Not for release: true counts of few people.")
            if written.summary.release is None
            else tr("Small numbers are withheld.")
        )
        rest = tr("Beside it: {names}. Folder: {folder}. {held}", names=names, folder=first.parent, held=held)
        self._view.say(Message(tr("Written: {name}.", name=first.name), rest), Tone.GREEN)

    def _not_written(self, error: RegistryError) -> None:
        self._writing = False
        self._view.busy("")
        self._view.say(message_for(error))

    def _changed(self, _: Changed) -> None:
        self._stale = True
        if self._visible:
            self._load(self._release)


def pictures_for(summary: Summary, room: Room) -> Pictures:
    """The figures in this room; nothing of the window is touched."""
    survival = None
    if room.survival >= SMALLEST and room.survival_height >= SMALLEST:
        width, height = room.survival * POINTS, room.survival_height * POINTS
        survival = drawings.survival(summary, width, height, font_size=FONT)
    bars = drawings.bars(
        summary, max(SMALLEST, room.bars) * POINTS, font_size=FONT, row_height=FEATURE_ROW, head=FEATURE_HEAD
    )
    if not summary.courses:
        return Pictures(survival, bars, None, None)
    width = max(SMALLEST, room.lanes) * POINTS
    return Pictures(survival, bars, *drawings.every_course(summary, width, font_size=FONT, row_height=LANE))
