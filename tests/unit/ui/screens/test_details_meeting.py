"""Two people at one person's details, and a crash while typing: nothing is overwritten, nothing typed is lost."""

from dataclasses import replace

import pytest

from poems_registry.domain.errors import NotSaved, StaleRecord
from poems_registry.domain.merging import Side
from poems_registry.services.form_drafts import DETAILS, FormKey
from poems_registry.ui.conflict.shown import ConflictShown
from poems_registry.ui.errors import Message
from tests.unit.ui.screens.details_desk import ANN, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


def met(desk: Desk) -> ConflictShown:
    """Two changed the same phone number, and each something else too."""
    desk.presenter.open(ANN.id)
    desk.typing(phone="020 7946 0999", email="ann@example.org")
    desk.registry.refusals = [StaleRecord()]
    desk.registry.known = replace(ANN, version=4, phone="020 7946 0777", postcode="N1C 4AA")
    desk.presenter.save()
    assert desk.view.conflict is not None
    return desk.view.conflict


def test_a_field_that_two_changed_is_shown_as_it_was_as_mine_and_as_theirs(desk: Desk) -> None:
    conflict = met(desk)
    assert [(line.label, line.before, line.mine, line.theirs) for line in conflict.lines] == [
        ("Phone", "020 7946 0001", "020 7946 0999", "020 7946 0777")
    ]
    assert conflict.theirs_by.startswith("Dr B. Osei, ")
    assert conflict.button == "Save choices for SMITH, Ann"
    assert conflict.taken == ("Taken from theirs: Postcode: N1C 4AA",)
    assert desk.registry.changed == []
    assert desk.view.texts["phone"] == "020 7946 0001", "nothing is put over what stands on the form"


@pytest.mark.parametrize(("side", "phone"), [(Side.MINE, "020 7946 0999"), (Side.THEIRS, "020 7946 0777")])
def test_what_is_chosen_is_saved_with_what_only_one_of_both_changed(desk: Desk, side: Side, phone: str) -> None:
    met(desk)
    desk.presenter.settled({"phone": side})
    (saved,) = desk.registry.changed
    assert (saved.version, saved.phone, saved.postcode, saved.email) == (4, phone, "N1C 4AA", "ann@example.org")
    assert desk.forms.left == {}


def test_going_back_from_the_choice_keeps_what_was_typed_and_saves_nothing(desk: Desk) -> None:
    met(desk)
    desk.presenter.leave()
    desk.another_screen().open(ANN.id)
    assert desk.registry.changed == []
    assert desk.view.texts["email"] == "ann@example.org"
    assert desk.view.conflict is not None, "the choice is asked again: theirs is in the record by now"


def test_changes_of_different_fields_meet_without_a_question(desk: Desk) -> None:
    desk.presenter.open(ANN.id)
    desk.typing(email="ann@example.org")
    desk.registry.refusals = [StaleRecord()]
    desk.registry.known = replace(ANN, version=4, postcode="N1C 4AA")
    desk.presenter.save()
    assert desk.view.conflict is None
    assert (desk.view.texts["postcode"], desk.view.texts["email"]) == ("N1C 4AA", "ann@example.org")
    assert desk.view.message is not None
    desk.presenter.save()
    assert (desk.registry.changed[0].version, desk.registry.changed[0].postcode) == (4, "N1C 4AA")


def test_what_is_typed_is_in_the_registry_within_three_seconds_and_there_after_a_crash(desk: Desk) -> None:
    desk.presenter.open(ANN.id)
    desk.typing(phone="020 7946 0999")
    assert desk.view.reminders
    assert desk.view.reminders[0] < 3000
    desk.presenter.woken()
    assert not desk.presenter.has_unkept
    desk.another_screen().open(ANN.id)
    assert desk.view.texts["phone"] == "020 7946 0999"
    assert desk.view.message is not None
    assert desk.view.message.rest.startswith("It is not saved yet. You typed it on 22-Nov-2026")
    desk.presenter.save()
    assert desk.registry.changed[0].phone == "020 7946 0999"
    assert desk.forms.left == {}


def test_a_new_persons_details_come_back_after_a_crash_too(desk: Desk) -> None:
    desk.presenter.add()
    desk.typing(family_name="Łukasiewicz")
    desk.presenter.leave()
    assert set(desk.forms.left) == {FormKey(DETAILS)}
    desk.another_screen().add()
    assert desk.view.texts["family_name"] == "Łukasiewicz"
    desk.presenter.save()
    assert desk.forms.left == {}


def test_what_was_typed_and_typed_back_is_nothing_to_restore(desk: Desk) -> None:
    desk.presenter.open(ANN.id)
    desk.typing(phone="1")
    desk.typing(phone=ANN.phone)
    desk.presenter.leave()
    desk.another_screen().open(ANN.id)
    assert desk.view.message is None


def test_what_could_not_be_kept_is_told_and_counts_as_unkept(desk: Desk) -> None:
    desk.presenter.open(ANN.id)
    desk.typing(phone="1")
    desk.forms.refusals = [NotSaved("The disk is full. Nothing was saved. Free some space.")]
    desk.presenter.woken()
    assert desk.presenter.has_unkept
    assert desk.view.message == Message("The disk is full.", "Nothing was saved. Free some space.")
    desk.presenter.woken()
    assert not desk.presenter.has_unkept
