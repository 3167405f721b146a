"""The visit without a window: what is recorded, confirmed, kept, refused and signed."""

from dataclasses import replace

import pytest

from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.errors import NotSaved
from poems_registry.domain.findings import Attribution, State
from poems_registry.domain.records import Medicine, MedicineChange
from poems_registry.services.changes import Changed
from poems_registry.ui.field_mark import Mark
from poems_registry.ui.field_shown import Detail
from poems_registry.ui.keeping import KEEP_AFTER_MS, TRY_AGAIN_MS
from poems_registry.ui.screens.visit.shown import Head, Progress, Reminder
from tests.unit.ui.screens.visit_desk import AUGUST, Desk
from tests.unit.ui.screens.visit_fakes import (
    Queue,
    last_visit,
    open_visit,
    with_medicines,
)


def test_a_new_visit_has_no_answer_anywhere() -> None:
    view = Desk().view
    assert {f.text for f in view.fields.values()} == {""}
    assert not any(row.confirmed for row in view.rows.values())
    assert {s.progress for s in view.sections.values()} == {Progress.NOTHING}


def test_last_time_stands_beside_each_field_and_older_values_bear_their_own_date() -> None:
    older = replace(last_visit(tlco="61"), id=2, on=AUGUST.on.replace(year=2024))
    view = Desk(open_visit(older, AUGUST)).view
    assert view.visit is not None
    assert (view.visit.last_time, view.visit.last_age) == ("12-Aug-2026", "3m ago")
    assert (view.rows["walk_10m"].last, view.rows["walk_10m"].last_on) == ("12.4\u00a0s, one stick", "")
    assert view.rows["grip_left_kg"].last == "L 20\u00a0kg R 22\u00a0kg"
    assert (view.rows["tlco"].last, view.rows["tlco"].last_on) == ("61%", "12-Aug-2024, 2y ago")
    assert view.rows["plethora"].last == "No plethora"


def test_unchanged_records_the_value_again_marked_with_the_visit_it_is_confirmed_from() -> None:
    desk = Desk()
    desk.visit.unchanged("onls_leg")
    assert desk.view.rows["onls_leg"].confirmed
    assert desk.keep().fields == {"onls_leg": FieldDraft(text="3", confirmed_from=3)}
    assert desk.view.rows["derived:onls_total"].derived == ""


def test_unchanged_once_more_takes_the_confirmation_back() -> None:
    desk = Desk()
    desk.visit.typed("grip_left_kg", "21")
    desk.visit.unchanged("grip_left_kg")
    assert desk.keep().fields["grip_right_kg"].confirmed_from == 3
    assert desk.keep().fields["grip_left_kg"] == FieldDraft(text="21"), "what was typed today is not overwritten"
    desk.visit.unchanged("p_status")
    desk.visit.unchanged("p_status")
    assert "p_status" not in desk.keep().fields


def test_a_value_that_is_typed_over_is_confirmed_no_more() -> None:
    desk = Desk()
    desk.visit.unchanged("onls_leg")
    desk.visit.typed("onls_leg", "2")
    assert desk.keep().fields["onls_leg"] == FieldDraft(text="2")
    assert not desk.view.rows["onls_leg"].confirmed


def test_a_laboratory_result_is_never_confirmed_since_nothing_was_measured() -> None:
    desk = Desk()
    desk.visit.unchanged("vegf_serum")
    assert not desk.view.rows["vegf_serum"].can_confirm
    assert desk.view.fields["vegf_serum"].text == ""


def test_an_impossible_value_is_told_in_words_beside_the_field_and_kept_as_typed() -> None:
    desk = Desk()
    desk.visit.typed("vegf_serum", "12O0")
    shown = desk.view.fields["vegf_serum"]
    assert (shown.text, shown.mark) == ("12O0", Mark.ERROR)
    assert shown.words == "Must be a number between 1 and 200,000 pg/mL." or "unit" in shown.words
    assert desk.keep().fields["vegf_serum"].text == "12O0"
    assert desk.view.sections["blood"].progress is Progress.PROBLEM


def test_a_doubtful_value_asks_once_and_the_confirmation_ends_when_it_is_changed() -> None:
    desk = Desk()
    desk.visit.typed("platelets", "1980")
    doubtful = desk.view.fields["platelets"]
    assert (doubtful.mark, doubtful.confirm_words) == (Mark.DOUBT, "Yes, 1,980\u00a010⁹/L is right")
    desk.visit.confirmed_doubt("platelets")
    assert desk.mark("platelets") is Mark.NONE
    assert desk.keep().fields["platelets"].doubt_confirmed
    desk.visit.typed("platelets", "1990")
    assert desk.mark("platelets") is Mark.DOUBT


def test_a_value_that_is_unusual_beside_another_can_be_confirmed_too() -> None:
    desk = Desk()
    desk.visit.typed("synacthen_30", "300")
    assert desk.mark("synacthen_30") is Mark.NONE
    desk.visit.typed("synacthen_0", "400")
    assert (desk.mark("synacthen_30"), desk.view.fields["synacthen_30"].confirm_words != "") == (Mark.DOUBT, True)
    desk.visit.confirmed_doubt("synacthen_30")
    desk.visit.finish()
    assert "synacthen_30" not in {block.code for block in desk.view.blocks}


@pytest.mark.parametrize("state", [State.NOT_DONE, State.PENDING, State.DECLINED, State.UNABLE, State.UNKNOWN])
def test_a_reason_stands_in_place_of_a_value_and_what_was_typed_comes_back(state: State) -> None:
    desk = Desk()
    desk.visit.typed("mrc_sum", "58")
    desk.visit.said_state("mrc_sum", state)
    desk.visit.gave_detail("mrc_sum", Detail.NOTE, "Wrist in plaster")
    shown = desk.view.fields["mrc_sum"]
    assert (shown.state, shown.reason) == (state, "Wrist in plaster")
    assert desk.keep().fields["mrc_sum"].state is state
    desk.visit.took_back("mrc_sum")
    assert desk.view.fields["mrc_sum"].text == "58"
    assert desk.view.fields["mrc_sum"].reason == ""
    desk.visit.took_back("mrc_sum")
    assert "mrc_sum" not in desk.keep().fields


def test_the_total_is_computed_told_against_last_time_and_never_guessed() -> None:
    desk = Desk()
    assert desk.view.rows["derived:onls_total"].last == "6"
    desk.visit.typed("onls_arm", "2")
    assert "missing" in desk.view.rows["derived:onls_total"].derived_of
    desk.visit.typed("onls_leg", "3")
    total = desk.view.rows["derived:onls_total"]
    assert (total.derived, total.derived_of, total.change, total.change_tone) == (
        "5",
        "of 12",
        "1 better than last",
        "better",
    )


def test_a_question_that_depends_on_an_answer_comes_and_goes_with_it_and_is_not_signed_when_gone() -> None:
    desk = Desk()
    assert not desk.view.rows["weakness_sites"].visible
    desk.visit.typed("motor_weakness", "present")
    desk.visit.typed("weakness_sites", "distal_legs|distal_arms")
    assert desk.view.fields["weakness_sites"].visible
    desk.answer_statuses()
    desk.visit.typed("motor_weakness", "absent")
    assert not desk.view.rows["weakness_sites"].visible
    assert desk.keep().fields["weakness_sites"].text == "distal_legs|distal_arms", "nothing typed is lost"
    desk.visit.finish()
    desk.visit.sign("word")
    assert "weakness_sites" not in desk.visits.signed[0][3].fields


def test_skin_examined_none_of_these_answers_the_seven_and_takes_only_those_back() -> None:
    desk = Desk()
    desk.visit.typed("plethora", "present")
    desk.visit.typed("skin_examined", "none")
    kept = desk.keep().fields
    assert kept["hypertrichosis"].text == "absent"
    assert kept["plethora"].text == "present", "an answer is not overwritten"
    assert "cherry_angioma" not in kept, "it is none of the seven"
    assert desk.mark("skin_examined") is Mark.ERROR
    desk.visit.typed("plethora", "absent")
    assert [b.code for b in desk.view.blocks if b.code == "skin_examined"] == []
    desk.visit.typed("skin_examined", "some")
    assert set(desk.keep().fields) == {"skin_examined", "plethora"}


def test_a_cause_can_be_given_where_the_finding_is_there() -> None:
    desk = Desk()
    desk.visit.typed("oedema", "none")
    asked = [desk.view.fields["oedema"].cause_asked]
    desk.visit.typed("oedema", "ankle")
    asked.append(desk.view.fields["oedema"].cause_asked)
    assert asked == [False, True]
    desk.visit.gave_cause("oedema", "other", "heart failure")
    field = desk.keep().fields["oedema"]
    assert (field.attribution, field.attribution_text) == (Attribution.OTHER, "heart failure")


def test_typing_is_kept_within_three_seconds_of_the_first_key_however_long_one_types() -> None:
    desk = Desk()
    for text in ("1", "12", "12.", "12.4"):
        desk.visit.typed("walk_10m", text)
    waits = [ms for what, ms in desk.view.reminders if what is Reminder.KEEP]
    assert waits == [KEEP_AFTER_MS]
    assert KEEP_AFTER_MS < 3000
    desk.visit.woken(Reminder.KEEP)
    assert [d.fields["walk_10m"].text for d in desk.visits.kept] == ["12.4"]
    assert desk.nowhere.saved[-1].startswith("Draft saved ")
    assert desk.view.saved == desk.nowhere.saved[-1]


def test_what_is_typed_while_a_save_runs_is_saved_after_it() -> None:
    queue = Queue()
    desk = Desk(tasks=queue)
    queue.do_all()
    desk.visit.typed("falls", "1")
    desk.visit.woken(Reminder.KEEP)
    desk.visit.typed("falls", "12")
    desk.visit.leave()
    queue.do_all()
    queue.do_all()
    assert [d.fields["falls"].text for d in desk.visits.kept] == ["1", "12"]
    assert not desk.visit.has_unkept


def test_leaving_keeps_at_once_and_nothing_is_kept_twice() -> None:
    desk = Desk()
    desk.visit.typed("falls", "2")
    desk.visit.leave()
    desk.visit.leave()
    desk.visit.woken(Reminder.KEEP)
    assert len(desk.visits.kept) == 1


def test_a_full_disk_is_told_and_tried_again_and_the_typing_stays() -> None:
    desk = Desk()
    desk.visits.fails = NotSaved("The disk is full, so the save did not happen. What you typed is kept in the window.")
    desk.visit.typed("falls", "2")
    desk.visit.woken(Reminder.KEEP)
    assert desk.view.message.startswith("The disk is full")
    assert desk.view.save_failed
    assert desk.visit.has_unkept
    assert desk.view.reminders[-1] == (Reminder.KEEP, TRY_AGAIN_MS)
    assert desk.view.again is not None
    desk.view.again()
    assert desk.visits.kept[-1].fields["falls"].text == "2"
    assert (desk.view.message, desk.view.save_failed) == ("", False)


def test_a_draft_comes_back_with_everything_typed_right_or_wrong() -> None:
    typed = VisitDraft(
        on="31-Feb-2026",
        fields={"onls_arm": FieldDraft("9"), "mrc_sum": FieldDraft("", State.UNABLE, note="Wrist in plaster")},
        medicines=(Medicine("lenalidomide", "10 mg"),),
    )
    view = Desk(open_visit(AUGUST, draft=typed, saved=True)).view
    assert (view.fields["onls_arm"].text, view.fields["onls_arm"].mark) == ("9", Mark.ERROR)
    assert view.fields["mrc_sum"].reason == "Wrist in plaster"
    assert (view.head.on, view.head.on_problem != "") == ("31-Feb-2026", True)
    assert view.medicines[0].name == "lenalidomide"
    assert view.saved.startswith("Draft saved ")


def test_somebody_elses_draft_is_named_and_not_shown() -> None:
    view = Desk(open_visit(AUGUST, draft=VisitDraft(fields={"falls": FieldDraft("7")}), mine=False, saved=True)).view
    assert view.visit is None
    assert view.fields == {}
    assert view.closed[0] == "Dr A Rahman has this visit open as a draft"


def test_the_panel_follows_the_draft_and_leads_to_what_would_decide() -> None:
    desk = Desk(open_visit())
    panel = desk.view.panel
    assert panel is not None
    assert panel.verdict == "cannot_tell"
    assert ("p_status", "decides P") in {(link.code, link.words) for link in panel.decide}
    desk.visit.typed("p_status", "absent")
    desk.visit.woken(Reminder.JUDGE)
    panel = desk.view.panel
    assert panel is not None
    assert {chip.sign: chip.verdict for _, chips in panel.groups for chip in chips}["P"] == "not_met"
    assert panel.verdict == "not_met"
    assert panel.decide == ()


def test_values_of_last_time_that_are_missing_today_are_links() -> None:
    desk = Desk()
    assert desk.view.panel is not None
    assert "onls_arm" in {link.code for link in desk.view.panel.missing}
    desk.visit.said_state("onls_arm", State.NOT_DONE)
    desk.visit.woken(Reminder.JUDGE)
    assert "onls_arm" not in {link.code for link in desk.view.panel.missing}


def test_a_visit_asked_for_at_a_field_opens_at_that_field() -> None:
    desk = Desk()
    desk.visit.open(desk.visits.opened.encounter.id, "medicines_reviewed")
    assert desk.view.gone_to == ["start", "medicines_reviewed"]


def test_an_answer_for_a_visit_that_was_left_is_dropped() -> None:
    queue = Queue()
    desk = Desk(tasks=queue)
    desk.visits.opened = replace(desk.visits.opened, encounter=replace(desk.visits.opened.encounter, id=9))
    desk.visit.open(9)
    queue.do_all()
    assert desk.view.gone_to == ["start"], "only the last opening is shown"


def test_a_result_that_arrives_meanwhile_is_shown_and_the_typing_stays() -> None:
    desk = Desk()
    desk.visit.typed("falls", "1")
    file = desk.visits.opened.file
    new = replace(last_visit(tlco="55"), id=4, on=AUGUST.on.replace(month=9))
    desk.visits.opened = replace(desk.visits.opened, file=replace(file, encounters=(*file.encounters, new)))
    desk.feed.publish(Changed(patients=frozenset({5})))
    assert desk.view.rows["tlco"].last == "55%"
    assert desk.view.fields["falls"].text == "1"
    desk.feed.publish(Changed(patients=frozenset({6})))
    assert desk.visits.openings == 2, "another patient does not concern this screen"


def test_another_day_of_the_visit_changes_what_last_time_is() -> None:
    desk = Desk()
    desk.visit.typed_head(Head.ON, "01-Aug-2026")
    assert desk.view.rows["onls_leg"].last == ""
    desk.visit.typed_head(Head.ON, "23-Nov-2026")
    assert "future" in desk.view.head.on_problem
    desk.visit.typed_head(Head.TIME, "2.30 pm")
    assert desk.view.head.time_problem != ""
    desk.visit.finish()
    assert [b.code for b in desk.view.blocks][:2] == ["on", "time"]


def test_another_dose_of_a_continued_medicine_is_a_change_and_the_old_dose_is_none() -> None:
    desk = Desk(with_medicines(open_visit(AUGUST), Medicine("lenalidomide", "10 mg"), Medicine("aspirin", "75 mg")))
    desk.visit.lines.type_medicine(0, "dose", "15 mg")
    assert [m.change for m in desk.view.medicines] == ["changed", "continued"]
    desk.visit.lines.type_medicine(0, "dose", "10 mg")
    assert desk.view.medicines[0].change == "continued"
    desk.visit.lines.choose_change(1, "stopped")
    assert desk.keep().medicines[1].change is MedicineChange.STOPPED


def test_a_removed_line_can_be_put_back_where_it_stood() -> None:
    desk = Desk(with_medicines(open_visit(AUGUST), Medicine("lenalidomide"), Medicine("aspirin")))
    desk.visit.lines.remove_medicine(0)
    assert desk.view.undo == "Removed: lenalidomide"
    assert [m.name for m in desk.keep().medicines] == ["aspirin"]
    desk.visit.lines.undo()
    assert [m.name for m in desk.keep().medicines] == ["lenalidomide", "aspirin"]


def test_a_medicine_without_a_name_blocks_and_an_empty_line_is_left_out() -> None:
    desk = Desk()
    desk.answer_statuses()
    desk.visit.lines.add_medicine()
    desk.visit.lines.add_medicine()
    desk.visit.lines.type_medicine(0, "dose", "5 mg")
    desk.visit.lines.add_action("gp")
    desk.visit.finish()
    assert [(b.code, b.words) for b in desk.view.blocks] == [("medicines", "line 1 has no name")]
    desk.visit.lines.type_medicine(0, "name", "aciclovir")
    desk.visit.finish()
    desk.visit.sign("word")
    draft = desk.visits.signed[0][3]
    assert ([m.name for m in draft.medicines], draft.actions) == (["aciclovir"], ())


def test_actions_stand_by_whom_they_ask() -> None:
    desk = Desk()
    desk.visit.lines.add_action("hospital")
    desk.visit.lines.add_action("gp")
    desk.visit.lines.type_action(0, "what", "Repeat the blood count")
    assert [(a.group, a.what) for a in desk.keep().actions] == [("gp", "Repeat the blood count"), ("hospital", "")]


def test_a_medicine_of_the_first_list_is_taken_already_and_a_later_one_was_started() -> None:
    first, later = Desk(), Desk(open_visit(replace(AUGUST, medicines=(Medicine("aspirin"),))))
    for desk, change in ((first, MedicineChange.CONTINUED), (later, MedicineChange.STARTED)):
        desk.visit.lines.add_medicine()
        desk.visit.lines.type_medicine(len(desk.visit.lines.listed) - 1, "name", "pregabalin")
        assert desk.keep().medicines[-1].change is change
