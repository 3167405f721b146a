"""Scores from their tasks on the form: what is filled in, what is never touched, what is marked."""

from dataclasses import replace

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.domain.drafts import VisitDraft
from poems_registry.domain.findings import State
from poems_registry.ui.field_mark import Mark
from poems_registry.ui.screens.visit.digits import digits_of, hint_of
from tests.unit.ui.screens.visit_desk import AUGUST, Desk
from tests.unit.ui.screens.visit_fakes import last_visit, open_visit

FIVE = ("task_hair", "task_key", "task_cutlery", "task_buttons", "task_dress")
MUSCLES = CATALOGUE.by_tasks["mrc_sum"].asked


@pytest.fixture
def desk() -> Desk:
    return Desk()


def answer(desk: Desk, **answers: str) -> None:
    for code, text in answers.items():
        desk.visit.typed(code, text)


def all_five(desk: Desk, answered: str) -> None:
    answer(desk, **dict.fromkeys(FIVE, answered))


def test_a_blank_grade_follows_its_tasks_once_they_decide_it(desk: Desk) -> None:
    all_five(desk, "not_affected")
    assert desk.view.fields["onls_arm"].text == ""
    assert desk.view.rows["onls_arm"].tasks == "Not complete: the grade follows when the tasks decide it."
    answer(desk, arm_symptoms="present")
    assert desk.view.fields["onls_arm"].text == "1"
    assert desk.view.fields["onls_arm"].meaning == "Symptoms, no task affected, by its tasks"
    assert desk.view.rows["onls_arm"].tasks == "The tasks give 1, symptoms, no task affected."
    answer(desk, task_key="affected")
    assert desk.view.fields["onls_arm"].text == "2"
    assert desk.keep().fields["onls_arm"].text == "2"


def test_a_grade_that_was_filled_in_goes_when_a_task_that_decides_is_taken_back(desk: Desk) -> None:
    all_five(desk, "affected")
    assert desk.view.fields["onls_arm"].text == "2"
    desk.visit.took_back("task_hair")
    assert desk.view.fields["onls_arm"].text == ""
    assert "onls_arm" not in desk.keep().fields


def test_a_typed_grade_is_never_changed_by_its_tasks_but_doubted_in_words(desk: Desk) -> None:
    answer(desk, onls_arm="4")
    all_five(desk, "affected")
    shown = desk.view.fields["onls_arm"]
    assert (shown.text, shown.mark) == ("4", Mark.DOUBT)
    assert shown.words == "Its tasks give 2, tasks affected, none prevented, not 4."
    assert shown.confirm_words == "Yes, 4 is right"
    desk.visit.confirmed_doubt("onls_arm")
    assert desk.mark("onls_arm") is Mark.NONE
    assert desk.keep().fields["onls_arm"].doubt_confirmed


def test_a_confirmation_ends_when_the_tasks_say_something_else(desk: Desk) -> None:
    answer(desk, onls_arm="4")
    all_five(desk, "affected")
    desk.visit.confirmed_doubt("onls_arm")
    answer(desk, task_key="prevented")
    assert desk.mark("onls_arm") is Mark.DOUBT
    assert not desk.keep().fields["onls_arm"].doubt_confirmed


def test_a_grade_that_a_person_types_over_the_filled_one_is_theirs(desk: Desk) -> None:
    all_five(desk, "affected")
    answer(desk, onls_arm="3", task_hair="not_affected")
    assert desk.view.fields["onls_arm"].text == "3"
    assert desk.mark("onls_arm") is Mark.DOUBT


def test_a_grade_that_could_not_be_assessed_stays_so(desk: Desk) -> None:
    desk.visit.said_state("onls_arm", State.UNABLE)
    all_five(desk, "affected")
    assert desk.view.fields["onls_arm"].state is State.UNABLE
    assert desk.view.fields["onls_arm"].text == ""


def test_after_a_visit_is_opened_again_no_grade_changes_by_itself(desk: Desk) -> None:
    all_five(desk, "affected")
    kept: VisitDraft = desk.keep()
    again = Desk(open_visit(AUGUST, draft=kept))
    answer(again, task_key="prevented")
    assert again.view.fields["onls_arm"].text == "2"
    assert again.mark("onls_arm") is Mark.DOUBT


def test_two_scores_share_the_answers_they_both_ask(desk: Desk) -> None:
    all_five(desk, "not_affected")
    answer(desk, arm_symptoms="absent", task_coins="prevented")
    assert desk.view.fields["onls_arm"].text == "0"
    assert desk.view.fields["incat_arm"].text == "3"


def test_a_muscle_sum_that_does_not_add_up_blocks_signing_with_a_link(desk: Desk) -> None:
    desk.answer_statuses()
    answer(desk, mrc_variant="12", **dict.fromkeys(MUSCLES[:12], "4"))
    assert desk.view.fields["mrc_sum"].text == "48"
    answer(desk, mrc_sum="50")
    assert desk.mark("mrc_sum") is Mark.ERROR
    assert desk.view.fields["mrc_sum"].words == "Its parts add up to 48, not 50."
    desk.visit.finish()
    assert [(link.code, link.words) for link in desk.view.blocks] == [("mrc_sum", "its parts add up to 48, not 50")]
    answer(desk, mrc_sum="48")
    assert desk.mark("mrc_sum") is Mark.NONE


def test_the_two_hand_muscles_are_asked_only_of_fourteen(desk: Desk) -> None:
    answer(desk, mrc_variant="12")
    assert not desk.view.fields["mrc_fdi_left"].visible
    answer(desk, mrc_variant="14")
    assert desk.view.fields["mrc_fdi_left"].visible


def test_another_number_of_muscles_than_last_time_is_asked_once() -> None:
    desk = Desk(open_visit(last_visit(mrc_variant="14", mrc_sum="60")))
    answer(desk, mrc_variant="12")
    assert desk.mark("mrc_variant") is Mark.DOUBT
    assert "14 muscles, 0 to 70 on 12-Aug-2026" in desk.view.fields["mrc_variant"].words


def test_a_contradicted_status_is_marked_beside_its_field(desk: Desk) -> None:
    answer(desk, s_status="absent", white_nails="present")
    assert desk.mark("s_status") is Mark.ERROR
    assert desk.view.fields["s_status"].words == "Skin changes is absent, but recorded as present: white nails."
    answer(desk, white_nails="absent")
    assert desk.mark("s_status") is Mark.NONE


def test_tasks_are_told_by_the_digits_that_stand_for_their_answers() -> None:
    task, question, muscle = (CATALOGUE.item(code).kind for code in ("task_hair", "arm_symptoms", "mrc_hip_left"))
    assert digits_of(task) == {"0": "not_affected", "1": "affected", "2": "prevented"}
    assert digits_of(question) == {"1": "present", "0": "absent"}
    assert list(digits_of(muscle)) == ["0", "1", "2", "3", "4", "5"]
    assert digits_of(CATALOGUE.item("lesion_1_site").kind) == {}
    assert hint_of(task) == "0 not affected; 1 affected, not prevented; 2 prevented"


def test_tasks_stand_behind_their_grade_and_have_no_row_of_their_own(desk: Desk) -> None:
    tasks = {code for derived in CATALOGUE.by_tasks.values() for code in derived.asked}
    plans = desk.view.visit.plans if desk.view.visit is not None else ()
    rows = [row for plan in plans for row in plan.rows]
    assert not tasks & {code for row in rows for code in row.codes}
    assert tasks <= {code for row in rows for code in row.tasks}


def test_a_signed_visit_says_what_its_tasks_were() -> None:
    signed = last_visit(
        onls_arm="2", arm_symptoms="present", task_hair="affected", arm_movement="absent", mrc_variant="12",
        mrc_sum="50", mrc_hip_left="4", mrc_hip_right="5",
    )  # fmt: skip
    opened = replace(open_visit(signed), encounter=signed)
    rows = Desk(opened).view.rows
    assert rows["onls_arm"].tasks == (
        "By tasks: tingling, numbness or weakness in the hands: yes; wash and brush hair: affected, not prevented;"
        " any purposeful movement of the arms: no"
    )
    assert rows["mrc_sum"].tasks == "By muscle: hip flexion: left 4, right 5"
    assert rows["onls_leg"].tasks == ""
