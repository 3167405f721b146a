"""The decisions of the cohort screen: which figures, true or as they may leave, and what is written where."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from poems_registry.charts.shapes import Drawing
from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import RegistryError
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.cohort import Group, Summary, Written, drawings, words
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.tasks import Tasks

FONT = 9.75
"""Points; 13 pixels on screen."""
SURVIVAL_HEIGHT = 230.0


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of a table: label, figure, how many were assessed."""

    label: str
    figure: str
    assessed: str


@dataclass(frozen=True, slots=True)
class FeatureLine:
    """One feature: by criterion, and as recorded at visits."""

    label: str
    present: str
    percent: str
    unassessed: str
    recorded: str


@dataclass(frozen=True, slots=True)
class CohortShown:
    """Everything in words."""

    who: str
    standing: str
    release: bool
    head: tuple[tuple[str, str], ...]
    table_one: tuple[FigureRow, ...]
    features: tuple[FeatureLine, ...]
    survival: str
    foot: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """The figures at the width asked for; None where there is nothing to draw or it may not be drawn."""

    survival: Drawing | None
    features: Drawing
    swimmers: tuple[Drawing, ...]


class Desk(Protocol):
    """What day it is."""

    @property
    def today(self) -> date: ...


class Cohort(Protocol):
    """What is needed of `CohortService`."""

    @property
    def signed_in(self) -> Desk: ...
    def summary(self, *, release: bool = False) -> Summary: ...
    def write(self, path: Path, *, release: bool = False) -> Written: ...


class Navigator(Protocol):
    """The status line."""

    def say_saved(self, words: str) -> None: ...


class View(Protocol):
    """What the presenter needs of the view."""

    def loading(self) -> None: ...
    def show_cohort(self, shown: CohortShown) -> None: ...
    def show_pictures(self, pictures: Pictures) -> None: ...
    def show_empty(self, title: str, words: str) -> None: ...
    def say(self, message: Message | None, tone: str = "red") -> None: ...
    def busy(self, words: str) -> None: ...
    def ask_file(self, name: str, kinds: str) -> Path | None: ...


class CohortPresenter:
    """Counts away from the window, shows what came, writes what is asked for."""

    def __init__(self, view: View, cohort: Cohort, tasks: Tasks, feed: ChangeFeed, navigator: Navigator) -> None:
        self._view, self._cohort, self._tasks, self._navigator = view, cohort, tasks, navigator
        self._asked = 0
        self._release = False
        self._summary: Summary | None = None
        self._width = 380.0
        self._stale, self._visible = False, False
        feed.listen(self._changed)

    # -- coming and going

    def open(self) -> None:
        """Count everything."""
        self._visible = True
        self._load()

    def shown(self) -> None:
        """Back here: count again if a record changed."""
        self._visible = True
        self._navigator.say_saved(tr("Cohort views are written to the audit"))
        if self._stale:
            self._load()

    def leave(self) -> None:
        """Another screen comes."""
        self._visible = False
        self._navigator.say_saved("")

    # -- acts

    def show_release(self, on: bool) -> None:
        """As it will leave, or as it is."""
        if on != self._release:
            self._release = on
            self._load()

    def resized(self, width: int) -> None:
        """The figures' cards have another width, in pixels."""
        if abs(width - self._width) > 8:
            self._width = float(width)
            self._draw()

    def report(self) -> None:
        """The report as PDF."""
        self._write(".pdf", "PDF (*.pdf)")

    def export(self) -> None:
        """The figures as a workbook or a table."""
        self._write(".xlsx", "Excel (*.xlsx);;CSV (*.csv)")

    # -- inside

    def _load(self) -> None:
        self._asked += 1
        self._view.loading()
        release = self._release
        self._tasks.run(lambda: self._cohort.summary(release=release), self._answer(self._counted), self._refused)

    def _counted(self, summary: Summary) -> None:
        self._summary, self._stale = summary, False
        if summary.everyone == 0:
            self._view.show_empty(tr("No patients yet"), tr("Figures appear here as soon as patients are added."))
            return
        if summary.size == 0:
            self._view.show_empty(tr("Nobody belongs to this cohort yet"), words.left_out(summary))
            return
        self._view.show_cohort(told(summary))
        self._draw()

    def _draw(self) -> None:
        summary, width = self._summary, self._width
        if summary is None or not summary.size:
            return

        def work() -> Pictures:
            return Pictures(
                drawings.survival(summary, width, SURVIVAL_HEIGHT, font_size=FONT),
                drawings.prevalence(summary, width, font_size=FONT),
                tuple(drawings.swimmers(summary, width, font_size=FONT)),
            )

        self._tasks.run(work, self._answer(self._view.show_pictures), self._refused)

    def _write(self, ending: str, kinds: str) -> None:
        name = f"cohort-{show_date(self._cohort.signed_in.today)}{'-release' if self._release else ''}{ending}"
        path = self._view.ask_file(name, kinds)
        if path is None:
            return
        release = self._release
        self._view.busy(tr("Writing…"))
        self._tasks.run(lambda: self._cohort.write(path, release=release), self._written, self._refused)

    def _written(self, written: Written) -> None:
        self._view.busy("")
        names = ", ".join(path.name for path in written.paths)
        rest = tr("Small numbers are withheld.") if self._release else tr("Not for release: for use inside the clinic.")
        self._view.say(Message(tr("Written: {names}.", names=names), rest), "green")

    def _changed(self, _: Changed) -> None:
        if self._visible:
            self._load()
        else:
            self._stale = True

    def _refused(self, error: RegistryError) -> None:
        self._view.busy("")
        self._view.say(message_for(error))

    def _answer(self, act: Callable[..., None]) -> Callable[..., None]:
        asked = self._asked

        def answered(answer: object) -> None:
            if asked == self._asked:
                act(answer)

        return answered


def told(summary: Summary) -> CohortShown:
    """A summary in words."""
    follow_up = summary.follow_up
    years = None if follow_up.median is None else tr("{years} years", years=f"{follow_up.median:.1f}")
    head = (
        (words.count(summary.size), tr("patients")),
        (words.withheld_or(years, summary), tr("median follow-up")),
        (words.count(summary.relapsed), tr("relapsed")),
        (words.count(summary.died), tr("died")),
        (words.percent_and_interval(summary.complete).partition(" ")[0] + "%", tr("of figures assessed")),
    )
    rows = tuple(
        FigureRow(
            words.row_label(row),
            words.cell(row.cell(Group.ALL), row.decimals, whole_range=row.whole_range),
            words.count(row.cell(Group.ALL).assessed),
        )
        for row in summary.table_one
    )
    features = tuple(
        FeatureLine(
            row.label,
            words.of_assessed(row.ever),
            words.percent_and_interval(row.ever),
            words.count(row.ever.unassessed),
            words.of_assessed(row.recorded) if row.recorded is not None else tr("no status of its own"),
        )
        for row in drawings.ordered(summary.features)
    )
    foot = tr(
        "Data to {day}. Criteria rule set {rules}.",
        day=show_date(summary.basis.data_date),
        rules=summary.basis.rule_set,
    )
    return CohortShown(
        who=words.left_out(summary),
        standing=words.standing(summary),
        release=summary.release is not None,
        head=head,
        table_one=rows,
        features=features,
        survival="; ".join(f"{curve.name}: {words.marks(curve)}" for curve in summary.curves if words.marks(curve)),
        foot=foot,
    )
