"""The cohort screen: what it says of a group, what it shows too small to publish, and where it leads."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from poems_registry.cohort.choosing import Conditions
from poems_registry.cohort.people import Member, member_of
from poems_registry.cohort.releasing import released
from poems_registry.cohort.summary import Basis, summarise
from poems_registry.domain.errors import NotSaved
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.cohort import Summary, Written
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.cohort.presenter import CohortPresenter, CohortShown, Pictures
from poems_registry.ui.tasks import Inline
from tests.unit.cohort.made_up import DATA_DATE, clinic

TODAY = date(2026, 11, 20)
PEOPLE = tuple(member_of(file, Thresholds(), DATA_DATE) for file in clinic(60))


@dataclass
class Desk:
    today: date = TODAY


@dataclass
class OneCohort:
    """A service that counts made-up members."""

    signed_in: Desk = field(default_factory=Desk)
    people: tuple[Member, ...] = PEOPLE
    asked: list[bool] = field(default_factory=list)
    written: list[tuple[str, bool]] = field(default_factory=list)

    def summary(self, *, release: bool = False) -> Summary:
        self.asked.append(release)
        made = summarise(self.people, Conditions(), Basis(TODAY))
        return released(made) if release else made

    def write(self, path: Path, *, release: bool = False) -> Written:
        self.written.append((path.name, release))
        raise NotSaved("Not written: the disk is full.")


@dataclass
class Spy:
    """A view that remembers."""

    shown: CohortShown | None = None
    empty: str = ""
    said: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)

    def loading(self) -> None: ...
    def show_cohort(self, shown: CohortShown) -> None:
        self.shown = shown

    def show_pictures(self, pictures: Pictures) -> None: ...
    def show_empty(self, title: str, words: str) -> None:
        self.empty = title

    def say(self, message: Message | None, tone: str = "red") -> None:
        self.said.append(message.cause if message else "")

    def busy(self, words: str) -> None: ...
    def ask_file(self, name: str, kinds: str) -> Path | None:
        self.names.append(name)
        return Path("somewhere") / name

    def say_saved(self, words: str) -> None:
        self.saved.append(words)


def opened(people: tuple[Member, ...] = PEOPLE) -> tuple[CohortPresenter, Spy, OneCohort, ChangeFeed]:
    cohort, spy, feed = OneCohort(people=people), Spy(), ChangeFeed()
    presenter = CohortPresenter(spy, cohort, Inline(), feed, spy)
    presenter.open()
    return presenter, spy, cohort, feed


def shown(spy: Spy) -> CohortShown:
    assert spy.shown is not None
    return spy.shown


def test_true_counts_say_that_they_are_not_for_release() -> None:
    _, spy, cohort, _ = opened()
    assert cohort.asked == [False]
    assert "NOT FOR RELEASE" in shown(spy).standing
    assert not shown(spy).release


def test_as_it_will_leave_withholds_small_counts_and_can_be_taken_back() -> None:
    presenter, spy, cohort, _ = opened()
    presenter.show_release(True)
    assert shown(spy).release
    assert any("*" in line.unassessed or "*" in line.present for line in shown(spy).features)
    presenter.show_release(False)
    assert cohort.asked == [False, True, False]


def test_every_feature_tells_present_and_assessed_and_how_many_were_not() -> None:
    _, spy, _, _ = opened()
    lines = shown(spy).features
    assert len(lines) == 11
    assert all(" / " in line.present for line in lines)


def test_a_report_is_written_as_it_is_shown_and_named_after_the_day_only() -> None:
    presenter, spy, cohort, _ = opened()
    presenter.report()
    presenter.show_release(True)
    presenter.export()
    assert spy.names == ["cohort-20-Nov-2026.pdf", "cohort-20-Nov-2026-release.xlsx"]
    assert [release for _, release in cohort.written] == [False, True]
    assert any("Not written" in words for words in spy.said)


def test_an_empty_registry_says_so_instead_of_showing_noughts() -> None:
    _, spy, _, _ = opened(people=())
    assert spy.empty == "No patients yet"
    assert spy.shown is None


def test_a_change_is_counted_at_once_in_view_and_later_when_out_of_view() -> None:
    presenter, spy, cohort, feed = opened()
    feed.publish(Changed(patients=frozenset({1})))
    assert len(cohort.asked) == 2
    presenter.leave()
    feed.publish(Changed(patients=frozenset({1})))
    assert len(cohort.asked) == 2
    presenter.shown()
    assert len(cohort.asked) == 3
    assert spy.saved[-1] == "Cohort views are written to the audit"
