"""Two records of one person in the real window: found, compared, joined, and parted again from both places."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from poems_registry.domain.access import Permission
from poems_registry.domain.records import Patient
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import enter, rest, until
from poems_registry.services.joining import JoiningService
from poems_registry.services.patients import PatientService
from poems_registry.services.proposing import ProposalService, Proposed
from poems_registry.services.staff import StaffService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.ui.reason_dialog import ReasonDialog
from poems_registry.ui.screens.admin.view import AdminScreen
from poems_registry.ui.screens.details.view import DetailsScreen
from poems_registry.ui.screens.joining.dialogs import ConfirmMergeDialog
from poems_registry.ui.screens.joining.view import JoiningScreen
from poems_registry.ui.screens.record.particulars.view import DetailsPage
from poems_registry.ui.screens.record.shown import Page
from poems_registry.ui.screens.record.view import RecordScreen
from poems_registry.ui.screens.today.view import TodayScreen
from poems_registry.ui.widgets.buttons import Button
from tests.gui.app.open_window import Open
from tests.gui.clipping import clipped
from tests.integration.services.two_people import merge, propose

WHY = "Same birth date and phone; she told us at the visit."
BLANK = {"uid": "", "study_number": "", "nhs_number": "", "nhs_number_status": "", "phone": ""}


def twin(window: Open) -> tuple[Patient, Patient]:
    """Somebody with a long record, and a second record of them under a misspelt name."""
    one, _ = window.longest()
    people = PatientService(window.me)
    again = replace(one, id=0, version=1, hospital_numbers=(), family_name=f"{one.family_name}e", **BLANK)  # type: ignore[arg-type]
    return one, ask(window.program, lambda: people.add(again, another_person=True)[0])


def newest(window: Open, kind: type[QWidget]) -> QWidget:
    return next(screen for screen in window.program.shell.findChildren(kind) if screen.isVisible())


def joining(window: Open) -> JoiningScreen:
    screen = newest(window, JoiningScreen)
    assert isinstance(screen, JoiningScreen)
    return screen


def details_of(window: Open, patient_id: int) -> DetailsPage:
    window.rooms.patient(patient_id)
    rest(window.program, 2)
    record = newest(window, RecordScreen)
    assert isinstance(record, RecordScreen)
    record._go(Page.DETAILS.value)
    rest(window.program, 2)
    return record.particulars


def words_in(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def joined_records(window: Open, one: Patient, other: Patient) -> None:
    ask(window.program, lambda: merge(window.me, one.id, other.id, WHY))


def come_in(window: Open, user: str) -> None:
    window.program.lock()
    rest(window.program, 3)
    enter(window.program, window.place, user, PASSWORD)
    rest(window.program, 2)


def press(widget: QWidget, words: str) -> None:
    next(button for button in widget.findChildren(Button) if button.text() == words and button.isVisible()).click()


def proposal_of(window: Open, one: Patient, other: Patient) -> Proposed:
    return ask(window.program, lambda: propose(window.me, one.id, other.id, WHY))


def record_of(window: Open, patient_id: int) -> RecordScreen:
    window.rooms.patient(patient_id)
    rest(window.program, 3)
    return record(window)


def record(window: Open) -> RecordScreen:
    screen = newest(window, RecordScreen)
    assert isinstance(screen, RecordScreen)
    return screen


def deciding(window: Open, proposed: Proposed) -> JoiningScreen:
    window.rooms.proposal(proposed.proposal.id)
    rest(window.program, 3)
    return joining(window)


def test_two_records_are_compared_field_by_field_and_proposed_and_both_tell_of_it(
    window: Open,
) -> None:
    one, other = twin(window)
    details_of(window, one.id).same.click()
    rest(window.program, 2)
    screen = joining(window)
    assert screen.table.current() is not None, "who looks alike stands there already"
    screen.compare.click()
    rest(window.program, 2)
    shown = words_in(screen.pair)
    for words in ("What will happen", "Goes into it", other.family_name.upper(), "Lines of treatment"):
        assert words in shown
    assert "Somebody else has to confirm it: Sister J Okoro" in shown
    screen.propose.click()
    rest(window.program)
    assert "how you know" in words_in(screen.pair), "nothing is proposed without a reason"
    screen.pair.reason.setPlainText(WHY)
    screen.propose.click()
    rest(window.program, 3)
    service = ProposalService(window.me)
    (proposed,) = ask(window.program, lambda: service.proposals(other.id))
    assert (proposed.proposal.reason, proposed.mine) == (WHY, True)
    assert ask(window.program, service.everything) == ()
    for each in (one, other):
        bar = record_of(window, each.id).proposed
        assert bar.isVisible()
        assert "Dr A Rahman proposed on" in bar.cause()


def test_the_second_person_finds_it_in_today_and_a_wrong_password_joins_nothing(window: Open) -> None:
    one, other = twin(window)
    proposal_of(window, one, other)
    come_in(window, "okoro")
    window.rooms.today()
    rest(window.program, 3)
    today = newest(window, TodayScreen)
    assert "Records to be joined" in words_in(today)
    press(today, "Decide")
    rest(window.program, 3)
    screen = joining(window)
    assert WHY in words_in(screen.pair)
    assert not screen.take_back.isVisible()
    screen.confirm.click()
    rest(window.program)
    dialog = screen.question
    assert isinstance(dialog, ConfirmMergeDialog)
    dialog.password.edit.setText("not this")
    dialog.go.click()
    until(dialog.go.isEnabled)
    assert screen.question is dialog, "after a wrong password it asks again"
    people = PatientService(window.me)
    assert ask(window.program, lambda: people.who(other.id)).id == other.id


def test_the_second_person_confirms_and_the_hidden_record_leads_to_the_other(window: Open) -> None:
    one, other = twin(window)
    proposed = proposal_of(window, one, other)
    come_in(window, "okoro")
    screen = deciding(window, proposed)
    screen.confirm.click()
    rest(window.program)
    assert isinstance(screen.question, ConfirmMergeDialog)
    screen.question.password.edit.setText(PASSWORD)
    screen.question.go.click()
    until(lambda: screen.question is None)
    rest(window.program, 3)
    (told,) = ask(window.program, lambda: JoiningService(window.me).told(one.id))
    assert (told.joining.joined_id, told.joining.by) == (other.id, "Sister J Okoro")
    page = details_of(window, other.id)
    assert not record(window).proposed.isVisible()
    assert "was joined to this one" in words_in(record(window))
    for words in ("Joined records", WHY, "by Dr A Rahman", "by Sister J Okoro"):
        assert words in words_in(page)


def test_the_second_person_declines_with_a_reason_which_the_record_tells(window: Open) -> None:
    one, other = twin(window)
    proposed = proposal_of(window, one, other)
    come_in(window, "okoro")
    screen = deciding(window, proposed)
    screen.decline.click()
    rest(window.program)
    assert isinstance(screen.question, ReasonDialog)
    screen.question.reason.setPlainText("They are sisters.")
    screen.question.go.click()
    until(lambda: screen.question is None)
    rest(window.program, 3)
    page = details_of(window, other.id)
    assert "Not joined, declined" in words_in(page)
    assert "They are sisters." in words_in(page)


def test_the_proposer_takes_it_back_from_the_bar_over_the_record(window: Open) -> None:
    one, other = twin(window)
    proposal_of(window, one, other)
    press(record_of(window, other.id).proposed, "Look again")
    rest(window.program, 3)
    screen = joining(window)
    assert not screen.confirm.isVisible()
    screen.take_back.click()
    rest(window.program, 3)
    assert not record(window).proposed.isVisible()


def test_the_record_that_stays_can_be_turned_round_before_joining(window: Open) -> None:
    one, other = twin(window)
    window.rooms.join(one.id, other.id)
    rest(window.program, 3)
    screen = joining(window)
    assert one.family_name.upper() in screen.propose.text()
    screen.swap.click()
    rest(window.program, 2)
    assert other.family_name.upper() in screen.propose.text()


def test_joined_records_are_parted_again_from_the_record(window: Open) -> None:
    one, other = twin(window)
    joined_records(window, one, other)
    page = details_of(window, one.id)
    undo = next(button for button in page.findChildren(Button) if button.text() == "Undo…")
    undo.click()
    rest(window.program)
    assert page.reason is not None
    page.reason.go.click()
    rest(window.program)
    assert page.reason is not None, "a reason is needed"
    page.reason.reason.setPlainText("They are sisters.")
    page.reason.go.click()
    until(lambda: page.reason is None)
    rest(window.program, 2)
    people = PatientService(window.me)
    assert ask(window.program, lambda: people.who(other.id)).id == other.id
    assert "They are sisters." in words_in(page)


@pytest.fixture
def keeper(window: Open) -> Open:
    """The clinician, who may also manage people: as in a clinic without anybody else who does."""
    window.program.lock()
    rest(window.program, 3)
    enter(window.program, window.place, "castellan", PASSWORD)
    me = window.me
    ask(window.program, lambda: StaffService(me).allow("rahman", Permission.MANAGE.value, granted=True))
    window.program.lock()
    rest(window.program, 3)
    enter(window.program, window.place, "rahman", PASSWORD)
    rest(window.program, 2)
    return window


def test_admin_lists_joined_records_and_parts_them(keeper: Open) -> None:
    one, other = twin(keeper)
    joined_records(keeper, one, other)
    keeper.program.shell.chosen.emit("admin")
    rest(keeper.program, 2)
    screen = newest(keeper, AdminScreen)
    assert isinstance(screen, AdminScreen)
    screen.show_page("joined")
    rest(keeper.program, 2)
    row = screen.joined.table.current()
    assert row is not None
    assert other.family_name.upper() in row.hidden
    assert clipped(screen) == []
    screen.joined.undo.click()
    rest(keeper.program)
    assert screen.joined.reason is not None
    screen.joined.reason.reason.setPlainText("They are sisters.")
    screen.joined.reason.go.click()
    until(lambda: screen.joined.reason is None)
    rest(keeper.program, 2)
    row = screen.joined.table.current()
    assert row is not None
    assert row.state.startswith("Undone")
    assert not screen.joined.undo.isEnabled()


def test_a_change_that_makes_somebody_like_another_offers_to_join_the_two(window: Open) -> None:
    one, other = twin(window)
    people = PatientService(window.me)
    other = ask(window.program, lambda: people.change(replace(other, family_name="Quillfeather", born=None))[0])
    window.rooms.details(other.id)
    rest(window.program, 3)
    form = newest(window, DetailsScreen)
    assert isinstance(form, DetailsScreen)
    for code, text in (("family_name", one.family_name), ("given_name", one.given_name)):
        form._typed(code, text)
    form._ask_save()
    rest(window.program, 2)
    offers = [b for b in form.compare.findChildren(Button) if b.isVisible() and "join the records" in b.text()]
    assert len(offers) == 1
    offers[0].click()
    rest(window.program, 3)
    screen = joining(window)
    assert screen.propose.isVisible(), "both stand side by side"
    assert "Quillfeather" in ask(window.program, lambda: people.who(other.id)).family_name


def test_nothing_is_cut_while_two_records_are_compared_on_the_smallest_screen(window: Open) -> None:
    window.program.shell.resize(1024, 500)
    one, other = twin(window)
    window.rooms.join(one.id)
    rest(window.program, 2)
    assert clipped(joining(window)) == []
    window.rooms.join(one.id, other.id)
    rest(window.program, 3)
    assert clipped(joining(window)) == []
    proposed = proposal_of(window, one, other)
    assert clipped(deciding(window, proposed)) == []
    assert clipped(record_of(window, other.id)) == []
