"""The details form decides: all problems at once, nobody twice, two people's changes met, typing never lost."""

from dataclasses import replace

import pytest

from poems_registry.domain.access import Role
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotSaved
from poems_registry.domain.records import AllergyState
from poems_registry.services.changes import Changed
from poems_registry.services.patients import LookAlikes
from poems_registry.ui.errors import Message
from tests.unit.ui.screens.details_desk import ANN, Desk, Me
from tests.unit.ui.screens.later import Later


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_new_form_is_empty_and_answers_nothing_for_the_person(desk: Desk) -> None:
    desk.presenter.add()
    assert desk.view.new
    assert desk.view.title == "Add patient"
    filled = {code: text for code, text in desk.view.texts.items() if text}
    assert filled == {"status": "referred", "print_size": "12"}
    assert desk.view.focused == "family_name"


def test_a_person_is_added_and_opened_and_the_others_hear_of_it(desk: Desk) -> None:
    desk.presenter.add()
    desk.typing(family_name="Whitlock", given_name="Iris", born="2 Mar 1958", nhs_number="9990001375")
    desk.presenter.save()
    patient, another = desk.registry.added[0]
    assert (patient.family_name, patient.born, patient.nhs_number) == (
        "Whitlock",
        PartialDate(1958, 3, 2),
        "9990001375",
    )
    assert another is False
    assert patient.allergy_state is AllergyState.NOT_RECORDED
    assert desk.news == [Changed(patients=frozenset({9}))]
    assert desk.going.opened == [9]
    assert desk.going.said == ["Added WHITLOCK, Iris"]


def test_all_problems_stand_beside_their_fields_and_on_top_and_what_was_typed_stays(desk: Desk) -> None:
    desk.presenter.add()
    desk.typing(family_name="Whitlock", born="14/7/26", nhs_number="123", postcode="XX1 1XX")
    desk.presenter.save()
    assert [code for code, _, _ in desk.view.summary] == ["born", "nhs_number", "postcode"]
    assert desk.view.answers["nhs_number"].problem == "This number is too short: 3 of 10 figures."
    assert len(desk.view.answers["born"].offers) == 2
    assert desk.view.answers["family_name"].problem == ""
    assert desk.registry.added == []
    desk.presenter.chosen("born", "14-Jul-1926")
    assert desk.view.texts["born"] == "14-Jul-1926"
    desk.typing(nhs_number="", postcode="")
    desk.presenter.save()
    assert desk.registry.added[0][0].born == PartialDate(1926, 7, 14)


def test_what_the_registry_refuses_stands_beside_its_field_too(desk: Desk) -> None:
    desk.registry.refusals = [InvalidInput({"hospital_number": "already belongs to another patient of this registry"})]
    desk.presenter.add()
    desk.typing(family_name="Whitlock", hospital_number="77")
    desk.presenter.save()
    assert desk.view.answers["hospital_number"].problem.startswith("already belongs")
    assert desk.view.summary[0][1] == "Hospital number"


def test_a_field_is_written_tidily_when_it_is_left_and_told_what_is_wrong(desk: Desk) -> None:
    desk.presenter.add()
    desk.typing(phone="02079460123", born="14.7.1955", nhs_number="999000005")
    for code in ("phone", "born", "nhs_number"):
        desk.presenter.left(code)
    assert desk.view.texts["phone"] == "020 7946 0123"
    assert desk.view.texts["born"] == "14-Jul-1955"
    assert desk.view.answers["born"].note == "Now 71y old"
    assert desk.view.answers["nhs_number"].problem
    desk.typing(nhs_number="9990000050")
    assert desk.view.answers["nhs_number"].problem == ""


def test_somebody_like_this_is_shown_beside_and_a_person_chooses(desk: Desk) -> None:
    desk.registry.refusals = [LookAlikes((ANN,))]
    desk.presenter.add()
    desk.typing(family_name="smith", given_name="ANN", phone="020 7946 0002")
    desk.presenter.save()
    alike = desk.view.alike
    assert alike is not None
    same = dict(zip(alike.labels, alike.candidates[0].same, strict=True))
    assert (same["Name"], same["Born"], same["NHS No."], same["Phone"]) == (True, False, False, False)
    assert alike.may_be_another
    desk.presenter.another_person()
    assert [another for _, another in desk.registry.added] == [True]


def test_the_same_nhs_number_leaves_no_second_choice(desk: Desk) -> None:
    desk.registry.refusals = [LookAlikes((ANN,))]
    desk.presenter.add()
    desk.typing(family_name="Other", nhs_number="999 000 0050")
    desk.presenter.save()
    assert desk.view.alike is not None
    assert desk.view.alike.may_be_another is False


def test_opening_the_known_record_keeps_what_was_typed_for_the_way_back(desk: Desk) -> None:
    desk.registry.refusals = [LookAlikes((ANN,))]
    desk.presenter.add()
    desk.typing(family_name="Smith", language_need="Welsh")
    desk.presenter.save()
    desk.presenter.open_that(ANN.id)
    desk.presenter.leave()
    assert desk.going.opened == [ANN.id]
    desk.presenter.add()
    assert desk.view.texts["language_need"] == "Welsh"
    assert desk.view.message is not None
    assert desk.view.message.cause == "What you typed before is here again."


def test_a_known_person_is_changed_with_the_version_that_was_seen(desk: Desk) -> None:
    desk.presenter.open(ANN.id, "phone")
    assert desk.view.title == "Details, SMITH, Ann"
    assert desk.view.focused == "phone"
    desk.typing(phone="020 7946 0999")
    assert desk.view.unsaved
    desk.presenter.save()
    assert desk.registry.changed == [replace(ANN, phone="020 7946 0999")]
    assert desk.going.said == ["Details of SMITH, Ann saved"]
    assert vars(desk.view)["unsaved"] is False


def test_a_known_persons_form_stands_under_their_banner_and_never_puts_it_over_another_screen() -> None:
    later = Later()
    desk = Desk(tasks=later)
    desk.presenter.open(ANN.id)
    assert desk.going.banners == []
    later.answer()
    assert desk.going.banners == ["Smith"]
    desk.presenter.open(ANN.id)
    desk.presenter.leave()
    later.answer()
    assert desk.going.banners == ["Smith"]


def test_an_answer_that_no_list_knows_any_more_can_still_be_seen_and_kept(desk: Desk) -> None:
    desk.presenter.open(ANN.id)
    source = next(f for s in desk.view.sections for f in s.fields if f.code == "format_need")
    assert ("yellow paper", "yellow paper") in source.answers
    desk.presenter.save()
    assert desk.registry.changed == [ANN]


def test_a_save_that_did_not_reach_the_disk_keeps_the_form_as_typed(desk: Desk) -> None:
    desk.presenter.open(ANN.id)
    desk.typing(phone="020 7946 0999")
    desk.registry.refusals = [NotSaved("The disk is full. Nothing was saved. Free some space.")]
    desk.presenter.save()
    assert desk.view.message == Message("The disk is full.", "Nothing was saved. Free some space.")
    assert desk.view.unsaved
    desk.presenter.save()
    assert desk.registry.changed[0].phone == "020 7946 0999"


def test_undo_puts_the_known_record_back_and_cancel_leaves_a_new_one(desk: Desk) -> None:
    desk.presenter.open(ANN.id)
    desk.typing(phone="x")
    desk.presenter.take_back()
    assert desk.view.texts["phone"] == "020 7946 0001"
    assert desk.going.lists == 0
    desk.presenter.add()
    desk.typing(family_name="Whitlock")
    desk.presenter.take_back()
    assert desk.going.lists == 1
    desk.presenter.leave()
    desk.presenter.add()
    assert desk.view.texts["family_name"] == ""


def test_a_change_elsewhere_refreshes_an_untouched_form_and_never_a_touched_one(desk: Desk) -> None:
    desk.presenter.open(ANN.id, "phone")
    desk.registry.known = replace(ANN, version=4, phone="020 7946 0777")
    desk.view.focused = "where the person is by now"
    desk.feed.publish(Changed(patients=frozenset({ANN.id})))
    assert desk.view.texts["phone"] == "020 7946 0777"
    assert desk.view.focused == "where the person is by now", "what is typed next is for that field"
    desk.typing(phone="020 7946 0888")
    desk.registry.known = replace(ANN, version=5, phone="020 7946 0666")
    desk.feed.publish(Changed(patients=frozenset({ANN.id})))
    desk.presenter.leave()
    desk.presenter.open(ANN.id)
    assert desk.view.texts["phone"] == "020 7946 0888"


def test_who_may_not_view_findings_sees_no_allergies() -> None:
    admin = Desk(Me(Role.ADMIN))
    admin.presenter.open(ANN.id)
    codes = {section.code for section in admin.view.sections}
    assert "allergies" not in codes
    assert "diagnosis" not in codes
    assert admin.view.editable


def test_a_registry_that_can_only_be_read_is_not_written_to() -> None:
    desk = Desk(Me(read_only=True))
    desk.presenter.open(ANN.id)
    desk.presenter.save()
    assert desk.view.editable is False
    assert desk.registry.changed == []


def test_a_person_saved_after_the_screen_was_left_is_told_to_the_others_and_opens_nothing() -> None:
    later = Later()
    desk = Desk(tasks=later)
    desk.presenter.add()
    later.answer()
    desk.typing(family_name="Whitlock")
    desk.presenter.save()
    desk.presenter.save()  # a second press is no second person
    assert len(later.waiting) == 1
    desk.presenter.leave()
    assert desk.forms.left == {}, "what is being saved is not kept beside"
    desk.presenter.add()
    later.answer()
    later.answer()
    assert desk.news == [Changed(patients=frozenset({9}))]
    assert desk.going.opened == []
    assert desk.view.texts["family_name"] == ""  # else it would be saved a second time


def test_what_is_typed_while_a_change_elsewhere_is_looked_up_stands() -> None:
    tasks = Later()
    desk = Desk(tasks=tasks)
    desk.presenter.open(ANN.id)
    tasks.answer()
    desk.registry.known = replace(ANN, version=4, phone="020 7946 0777")
    desk.feed.publish(Changed(patients=frozenset({ANN.id})))
    assert desk.view.words == "", "nothing keeps a person from typing meanwhile"
    desk.typing(email="ann@example.org")
    tasks.answer()
    assert desk.view.texts["phone"] == ANN.phone
    assert desk.view.unsaved


def test_a_number_and_the_status_that_there_is_none_are_told_apart_before_saving(desk: Desk) -> None:
    desk.presenter.open(ANN.id)
    desk.typing(nhs_number_status="07")
    desk.presenter.save()
    assert desk.registry.changed == []
    assert [code for code, _, _ in desk.view.summary] == ["nhs_number_status"]
