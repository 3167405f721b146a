"""The cohort screen never shows true counts as a release, writes what was asked for, and drops late answers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from poems_registry.domain.errors import NotPermitted, NotSaved
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.ui.screens.cohort.presenter import EXPORTS, REPORT, CohortPresenter
from poems_registry.ui.screens.cohort.shown import FileKind, Room
from poems_registry.ui.tasks import Inline, Tasks
from poems_registry.ui.theme.tokens import Tone
from tests.unit.cohort.made_up import member, poems
from tests.unit.ui.screens.cohort_fakes import ROOM, OneCohort, Spy
from tests.unit.ui.screens.later import Later

ONE = Changed(patients=frozenset({1}))


class Scene:
    """The presenter among its fakes; opened, shown and given room unless work waits."""

    def __init__(self, cohort: OneCohort | None = None, tasks: Tasks | None = None) -> None:
        self.cohort, self.view, self.feed = cohort or OneCohort(), Spy(), ChangeFeed()
        self.presenter = CohortPresenter(self.view, self.cohort, tasks or Inline(), self.feed, self.view)
        self.presenter.open()
        self.presenter.shown()
        self.presenter.sized(ROOM)


def test_it_opens_with_true_counts_that_say_so_and_draws_them() -> None:
    scene = Scene()
    assert scene.cohort.asked == [False]
    assert scene.view.shown[-1].standing.startswith("NOT FOR RELEASE")
    assert scene.view.pictures[-1].survival is not None
    assert scene.view.status == ["Cohort views are written to the audit log"]


def test_as_it_will_leave_withholds_small_counts_and_lines_of_patients_and_can_be_taken_back() -> None:
    scene = Scene()
    scene.presenter.show_release(True)
    shown, pictures = scene.view.shown[-1], scene.view.pictures[-1]
    assert shown.release
    assert "1 to 7" in shown.rules
    assert (shown.courses, pictures.lanes, pictures.lanes_axis) == ((), None, None)
    scene.presenter.show_release(False)
    assert scene.cohort.asked == [False, True, False]
    assert len(scene.view.shown[-1].courses) > 7


def test_every_patient_with_dates_has_a_line_not_only_those_who_relapsed_or_died() -> None:
    scene = Scene()
    shown = scene.view.shown[-1]
    assert {"Still followed", "Died"} <= {row.ending for row in shown.courses}
    assert len(shown.courses) == scene.cohort.summary().curves[0].people
    assert [row.followed for row in shown.courses] == sorted((row.followed for row in shown.courses), reverse=True)


def test_figures_are_drawn_anew_for_another_room_and_only_then() -> None:
    scene = Scene()
    wide = Room(900, 400, 700, 1500)
    scene.presenter.sized(ROOM)
    assert len(scene.view.pictures) == 1
    scene.presenter.sized(wide)
    survival = scene.view.pictures[-1].survival
    assert survival is not None
    assert (survival.width, survival.height) == (675, 300)


def test_while_one_drawing_is_made_only_the_last_room_waits() -> None:
    tasks = Later()
    scene = Scene(tasks=tasks)
    tasks.answer()
    for width in (500, 510, 520):
        scene.presenter.sized(Room(width, 300, 400, 800))
    while tasks.waiting:
        tasks.answer()
    widths = [made.survival.width for made in scene.view.pictures if made.survival is not None]
    assert widths[-1] == 390
    assert 382.5 not in widths


def test_a_late_true_answer_never_replaces_the_release_that_was_asked_for_after_it() -> None:
    tasks = Later()
    scene = Scene(tasks=tasks)
    scene.presenter.show_release(True)
    while tasks.waiting:
        tasks.answer()
    assert [shown.release for shown in scene.view.shown] == [True]


def test_a_change_is_counted_at_once_in_view_and_on_return_when_out_of_view() -> None:
    scene = Scene()
    scene.feed.publish(ONE)
    assert len(scene.cohort.asked) == 2
    scene.presenter.leave()
    scene.feed.publish(ONE)
    assert len(scene.cohort.asked) == 2
    scene.presenter.shown()
    assert len(scene.cohort.asked) == 3
    scene.presenter.shown()
    assert len(scene.cohort.asked) == 3
    assert scene.view.status[1] == ""


def test_an_empty_registry_says_so_instead_of_showing_noughts() -> None:
    scene = Scene(OneCohort(()))
    assert scene.view.shown == []
    assert scene.view.nothing[-1][0].title == "No patients yet"


def test_nobody_in_the_cohort_still_tells_who_is_left_out() -> None:
    scene = Scene(OneCohort((member(), member())))
    nothing, shown = scene.view.nothing[-1]
    assert nothing.title == "Nobody belongs to this cohort yet"
    assert shown is not None
    assert shown.left_out == "2 left out: 2 never seen."
    assert (shown.reasons[0].count, shown.reasons[0].reason) == ("2", "Never seen")


def test_a_release_of_too_few_people_shows_no_figure_and_leads_back() -> None:
    scene = Scene(OneCohort((poems(), poems())))
    scene.presenter.show_release(True)
    assert scene.view.nothing[-1][0].title == "Too few people for a release"
    scene.presenter.report()
    assert scene.view.questions == []
    scene.presenter.show_release(False)
    assert not scene.view.shown[-1].release


def test_who_has_not_the_permission_reads_why_and_is_not_asked_to_try_again() -> None:
    cohort = OneCohort()
    cohort.error = NotPermitted("Your role, nurse, may not make cohort summaries. Nothing was changed.")
    nothing, _ = Scene(cohort).view.nothing[-1]
    assert (nothing.icon, nothing.title) == ("lock", "Your role, nurse, may not make cohort summaries.")
    assert not nothing.again


def test_a_failed_count_offers_to_try_again() -> None:
    cohort = OneCohort()
    cohort.error = NotSaved("The audit was not written: the disk is full. Nothing is shown.")
    view, feed = Spy(), ChangeFeed()
    presenter = CohortPresenter(view, cohort, Inline(), feed, view)
    presenter.open()
    assert view.nothing[-1][0].again
    presenter.try_again()
    assert len(view.shown) == 1


@pytest.mark.parametrize(("release", "name"), [(False, "cohort-20-Nov-2026"), (True, "cohort-20-Nov-2026-for-release")])
def test_files_are_named_by_the_day_only_and_written_as_chosen_not_as_shown(release: bool, name: str) -> None:
    scene = Scene()
    scene.view.answer = Path("somewhere") / "mine.xlsx"
    scene.presenter.export()
    assert scene.view.questions[-1].kinds == EXPORTS
    scene.presenter.write(EXPORTS[0], release)
    assert scene.view.names == [f"{name}.xlsx"]
    assert scene.cohort.written == [(Path("somewhere") / "mine.xlsx", release)]


def test_the_question_is_answered_beforehand_by_what_is_on_screen() -> None:
    scene = Scene()
    scene.presenter.report()
    scene.presenter.show_release(True)
    scene.presenter.report()
    assert [question.release for question in scene.view.questions] == [False, True]


def test_the_end_names_every_file_and_the_manifest_and_says_what_they_may_be_used_for() -> None:
    scene = Scene()
    scene.presenter.write(REPORT[0], False)
    assert scene.view.working == ["Making the version for the team…", ""]
    assert scene.view.said[-1][1] is Tone.GREEN
    for words in ("figures.pdf", "figures.dictionary.csv", "the manifest figures.manifest.json", "Not for release"):
        assert words in scene.view.last


def test_an_ending_that_is_missing_is_added_and_an_earlier_file_of_that_name_is_left_alone() -> None:
    scene = Scene()
    scene.view.answer = Path("somewhere") / "20-Nov-2026.summary"
    scene.presenter.write(REPORT[0], False)
    assert scene.cohort.written[-1][0].name == "20-Nov-2026.summary.pdf"
    taken = FileKind(Path(__file__).suffix, "Python", "")
    scene.view.answer = Path(__file__).with_suffix("")
    scene.presenter.write(taken, False)
    assert "There is a file test_cohort_presenter.py already." in scene.view.last
    assert len(scene.cohort.written) == 1


def test_a_refused_file_is_said_and_another_can_be_written() -> None:
    scene = Scene()
    scene.cohort.error = NotSaved("The summary was not written: no room. The registry is safe and unchanged.")
    scene.presenter.write(REPORT[0], True)
    assert scene.view.last.startswith("The summary was not written: no room.")
    assert scene.view.working[-1] == ""
    scene.presenter.write(REPORT[0], True)
    assert len(scene.cohort.written) == 1


def test_no_place_chosen_writes_nothing_and_says_nothing() -> None:
    scene = Scene()
    scene.view.answer = None
    scene.presenter.write(REPORT[0], False)
    assert (scene.cohort.written, scene.view.said) == ([], [])


def test_a_second_file_is_not_begun_while_one_is_written() -> None:
    tasks = Later()
    scene = Scene(tasks=tasks)
    while tasks.waiting:
        tasks.answer()
    scene.presenter.write(REPORT[0], False)
    scene.presenter.write(REPORT[0], False)
    scene.presenter.report()
    assert (len(scene.view.names), len(scene.view.questions)) == (1, 0)


def test_a_period_of_diagnosis_narrows_every_figure_and_every_file() -> None:
    scene = Scene()
    everybody = scene.view.shown[-1].head[0].value
    scene.presenter.change_who()
    assert (scene.view.who[-1].rule, scene.view.who[-1].diagnosed_from) == ("A", "")
    scene.presenter.choose_who(replace(scene.view.who[-1], diagnosed_from="2018", first_treatment="transplant"))
    assert not scene.view.who_open
    shown = scene.view.shown[-1]
    assert "diagnosed from 1\u00a0January\u00a02018, transplant first" in shown.chosen
    assert 0 < int(shown.head[0].value) < int(everybody)
    scene.presenter.write(REPORT[0], True)
    assert scene.cohort.conditions[-1] == scene.cohort.conditions[-2]
    scene.presenter.change_who()
    assert scene.view.who[-1].diagnosed_from == "01-Jan-2018"


@pytest.mark.parametrize(
    ("field", "typed"), [("diagnosed_from", "31/02/2019"), ("data_date", "tomorrow"), ("diagnosed_to", "1999")]
)
def test_a_date_that_cannot_be_is_said_beside_its_field_and_nothing_is_counted(field: str, typed: str) -> None:
    scene = Scene()
    scene.presenter.change_who()
    who = replace(scene.view.who[-1], diagnosed_from="2010") if field == "diagnosed_to" else scene.view.who[-1]
    scene.presenter.choose_who(replace(who, **{field: typed}))
    assert list(scene.view.wrong[-1]) == [field]
    assert scene.view.who_open
    assert scene.cohort.asked == [False]


def test_the_cohort_of_an_earlier_day_and_of_the_second_rule_set_is_counted() -> None:
    scene = Scene()
    scene.presenter.change_who()
    scene.presenter.choose_who(replace(scene.view.who[-1], rule="B", data_date="Dec 2019"))
    assert scene.cohort.conditions[-1][0] == date(2019, 12, 31)
    assert "rule set B" in scene.view.shown[-1].chosen
