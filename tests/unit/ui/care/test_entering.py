"""The forms of care: what they begin with, what they say is wrong, whom it may be, and that nothing typed is lost."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from poems_registry.domain.access import Role
from poems_registry.domain.care import AdviceCall, Entry, MdtEntry, OnwardReferral, Referral, StatusChange
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotPermitted
from poems_registry.domain.person import Patient, PatientStatus
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.form_drafts import FormKey
from poems_registry.ui.care.entering import Entering
from poems_registry.ui.care.forms import Rights, fields_of, read, shown
from poems_registry.ui.care.shown import What
from poems_registry.ui.tasks import Inline
from tests.unit.ui.care.desk import ANN, TODAY, CareFake, Desk, Drafts, Window
from tests.unit.ui.screens.later import Later

ALL = Rights(clinical=True, decides=True)
WAITING = Referral(id=3, patient_id=5, on=date(2026, 11, 20), referrer="Dr P Fenwick", question="POEMS?", version=2)
NEW = {
    "family_name": "Quill", "given_name": "Ada", "born": "2 Mar 1970", "sex": "", "nhs_number": "",
    "referrer": "Dr P Fenwick", "question": "POEMS?",
}  # fmt: skip


@dataclass
class Room:
    """A form with all around it."""

    care: CareFake = field(default_factory=CareFake)
    window: Window = field(default_factory=Window)
    drafts: Drafts = field(default_factory=Drafts)
    tasks: Any = field(default_factory=Inline)
    heard: list[Changed] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        feed = ChangeFeed()
        feed.listen(self.heard.append)
        self.entering = Entering(lambda: self.window, self.care, self.tasks, feed, self.drafts, self.said.append)

    def save(self, **typed: str) -> None:
        """Type these over what the form begins with, and save."""
        texts = self.window.texts | self.window.left | typed
        self.entering.typed(texts)
        self.entering.save(texts)


def test_a_new_referral_of_a_known_person_begins_today_and_names_the_patient_on_its_button() -> None:
    room = Room()
    room.entering.add(What.REFERRAL, 5)
    form = room.window.form
    assert form is not None
    assert (form.title, form.button) == ("Record a referral", "Save for SMITH, Ann")
    assert room.window.texts["on"] == "22-Nov-2026"
    assert "family_name" not in room.window.texts
    room.save(referrer="Dr P Fenwick", route="email", urgency="urgent", question="POEMS?")
    (kept,) = room.care.kept
    assert kept == Referral(
        patient_id=5, on=TODAY, route="email", urgency="urgent", referrer="Dr P Fenwick", question="POEMS?"
    )
    assert room.window.form is None
    assert [each.patients for each in room.heard] == [{5}]
    assert room.said == ["Referral saved"]


def test_somebody_new_is_typed_with_the_referral_and_added_with_it() -> None:
    room = Room()
    room.entering.add(What.REFERRAL)
    room.save(**NEW)
    ((person, referral, another),) = room.care.added
    assert (person.family_name, person.born, another) == ("Quill", PartialDate(1970, 3, 2), False)
    assert (referral.patient_id, referral.question) == (0, "POEMS?")


def test_everything_that_cannot_be_read_is_told_at_once() -> None:
    room = Room()
    room.entering.add(What.REFERRAL)
    room.save(**NEW | {"born": "yesteryear", "on": "soon"})
    assert room.window.problems.keys() == {"born", "on"}
    assert room.care.added == []
    assert room.window.form is not None


def test_what_the_service_refuses_stands_at_its_field_and_the_form_stays() -> None:
    room = Room(CareFake(refusal=InvalidInput({"referrer": "say who referred", "unseen": "is wrong too"})))
    room.entering.add(What.REFERRAL, 5)
    room.save()
    assert room.window.problems["referrer"] == "say who referred"
    assert "is wrong too" in room.window.words
    assert room.window.form is not None


def test_somebody_alike_is_compared_and_the_referral_is_hung_on_the_record_that_is_chosen() -> None:
    room = Room(CareFake(known=(ANN,)))
    room.entering.add(What.REFERRAL)
    room.save(**NEW)
    alike = room.window.alike
    assert alike is not None
    assert (alike.name, alike.may_be_another) == ("QUILL, Ada", True)
    assert [(each.patient_id, each.name) for each in alike.candidates] == [(5, "SMITH, Ann")]
    room.entering.that_person(5)
    assert room.window.alike is None
    assert [(each.patient_id, type(each)) for each in room.care.kept] == [(5, Referral)]
    assert room.care.added == []


def test_another_person_is_added_after_the_comparison() -> None:
    room = Room(CareFake(known=(ANN,)))
    room.entering.add(What.REFERRAL)
    room.save(**NEW)
    room.entering.another_person()
    assert [another for _, _, another in room.care.added] == [True]


def test_with_one_nhs_number_on_both_there_is_no_other_person() -> None:
    room = Room(CareFake(known=(ANN,)))
    room.entering.add(What.REFERRAL)
    room.save(**NEW | {"nhs_number": "999 000 0050"})
    assert room.window.alike is not None
    assert not room.window.alike.may_be_another


def test_answering_begins_at_the_answer_and_fills_in_day_and_name_where_nothing_stands() -> None:
    room = Room(CareFake(entry=WAITING))
    room.entering.change(What.REFERRAL, 3)
    assert room.window.form is not None
    assert (room.window.form.first, room.window.form.known) == ("outcome", True)
    room.entering.typed(room.window.texts | {"outcome": "accepted"})
    assert room.window.filled == {"answered_on": "22-Nov-2026", "answered_by": "Dr A Rahman"}
    room.save(outcome="accepted", **room.window.filled)
    assert room.care.kept == [replace(WAITING, outcome="accepted", answered_on=TODAY, answered_by="Dr A Rahman")]


def test_a_call_begins_with_the_time_and_asks_nothing_that_names_a_patient() -> None:
    room = Room()
    room.entering.add(What.CALL)
    assert room.window.form is not None
    assert room.window.form.who is None
    assert not {"family_name", "nhs_number", "born"} & room.window.texts.keys()
    assert "not named" in room.window.form.explanation
    assert (room.window.texts["time"], room.window.texts["given_by"]) == ("14:05", "Dr A Rahman")
    room.save(asked_by="Registrar", question="Q", advice="A", time="1350")
    (call,) = room.care.kept
    assert isinstance(call, AdviceCall)
    assert (call.patient_id, call.time, call.on) == (None, "13:50", TODAY)


def test_a_patient_is_listed_for_the_meeting_in_view() -> None:
    room = Room()
    day = date(2027, 1, 11)
    room.entering.add(What.MDT, 5, day)
    room.save(question="Transplant?")
    assert room.care.kept == [MdtEntry(patient_id=5, on=day, question="Transplant?", presenter="Dr A Rahman")]


def test_an_onward_referral_takes_a_service_of_the_list_or_any_words() -> None:
    room = Room()
    room.entering.add(What.ONWARD, 5)
    room.save(service="Occupational Therapy", reason="Buttons")
    room.entering.add(What.ONWARD, 5)
    room.save(service="Speech and language", reason="Swallowing")
    services = [each.service for each in room.care.kept if isinstance(each, OnwardReferral)]
    assert services == ["occupational_therapy", "Speech and language"]


def test_another_state_of_an_onward_referral_is_of_today() -> None:
    made = OnwardReferral(id=4, patient_id=5, on=date(2026, 10, 1), service="orthotics")
    room = Room(CareFake(entry=made))
    room.entering.change(What.ONWARD, 4)
    assert room.window.texts["service"] == "Orthotics"
    room.entering.typed(room.window.texts | {"state": "seen"})
    assert room.window.filled == {"state_on": "22-Nov-2026"}


def test_the_day_of_the_state_before_is_not_kept_for_the_next_state_but_one_that_was_typed_is() -> None:
    accepted = OnwardReferral(id=4, patient_id=5, on=date(2026, 10, 1), service="orthotics", state="accepted",
                              state_on=date(2026, 10, 9))  # fmt: skip
    room = Room(CareFake(entry=accepted))
    room.entering.change(What.ONWARD, 4)
    began = room.window.texts
    room.entering.typed(began | {"state": "seen"})
    assert room.window.filled == {"state_on": "22-Nov-2026"}
    room.window.filled = {}
    room.entering.typed(began | {"state": "accepted", "state_on": "20-Nov-2026"})
    room.entering.typed(began | {"state": "seen", "state_on": "20-Nov-2026"})
    assert room.window.filled == {}


def test_a_status_is_changed_from_the_one_that_was_seen() -> None:
    room = Room()
    room.entering.add(What.STATUS, 5)
    assert room.window.form is not None
    assert "The status now: Referred" in room.window.form.explanation
    room.save(status="suspected", reason="VEGF raised")
    assert room.care.kept == [
        StatusChange(patient_id=5, on=TODAY, before=ANN.status.value, status="suspected", reason="VEGF raised")
    ]


def test_a_change_of_status_can_only_be_taken_back() -> None:
    change = StatusChange(id=6, patient_id=5, on=TODAY, before="referred", status="suspected", reason="VEGF raised")
    room = Room(CareFake(entry=change))
    room.entering.change(What.STATUS, 6)
    assert room.window.form is not None
    assert (room.window.form.fields, room.window.form.button) == ((), "")
    room.entering.withdraw("Wrong patient")
    assert room.care.errors == [(change, "Wrong patient")]
    assert room.window.form is None


def test_a_status_somebody_else_changed_meanwhile_is_not_overwritten() -> None:
    room = Room(CareFake(stale=True))
    room.entering.add(What.STATUS, 5)
    room.save(status="suspected", reason="VEGF raised")
    assert "Nothing was overwritten" in room.window.words
    assert (room.care.kept, room.window.form is not None) == ([], True)


def test_two_who_save_one_entry_both_stand_in_the_form_before_anything_is_written() -> None:
    room = Room(CareFake(entry=WAITING))
    room.entering.change(What.REFERRAL, 3)
    room.care.entry = replace(WAITING, version=3, urgency="urgent", question="Theirs", outcome="returned")
    room.care.stale = True
    room.save(question="Mine", contact="020 7946 0188")
    assert room.care.kept == []
    assert room.window.problems == {"question": "saved meanwhile: Theirs"}
    assert "Nothing was overwritten" in room.window.words
    left = room.window.left
    assert (left["question"], left["urgency"], left["outcome"], left["contact"]) == (
        "Mine", "urgent", "returned", "020 7946 0188",
    )  # fmt: skip
    room.entering.save(left)
    assert [(each.version, each.question) for each in room.care.kept if isinstance(each, Referral)] == [(3, "Mine")]


def test_what_is_typed_is_kept_offered_again_and_forgotten_once_it_is_saved() -> None:
    room = Room()
    key = FormKey("care_referral", 5, 0)
    room.entering.add(What.REFERRAL, 5)
    room.entering.typed(room.window.texts | {"question": "half a sen"})
    assert room.window.reminded > 0
    room.entering.closed()  # as by a lock
    assert room.drafts.forms[key]["typed"] == {"question": "half a sen"}
    room.entering.add(What.REFERRAL, 5)
    assert room.window.left["question"] == "half a sen"
    assert "did not save it" in room.window.words
    room.save(referrer="Dr P Fenwick")
    assert [each.question for each in room.care.kept if isinstance(each, Referral)] == ["half a sen"]
    assert room.drafts.forms == {}


def test_what_was_left_meets_what_a_colleague_saved_since_and_overwrites_nothing_unasked() -> None:
    room = Room(CareFake(entry=WAITING))
    room.entering.change(What.REFERRAL, 3)
    room.entering.typed(room.window.texts | {"question": "Mine", "contact": "020 7946 0188"})
    room.entering.closed()
    room.care.entry = replace(WAITING, version=3, question="Theirs", organisation="Saltmarsh Infirmary")
    room.entering.change(What.REFERRAL, 3)
    left = room.window.left
    assert (left["question"], left["contact"], left["organisation"]) == (
        "Mine", "020 7946 0188", "Saltmarsh Infirmary",
    )  # fmt: skip
    assert room.window.problems == {"question": "saved meanwhile: Theirs"}


def test_leaving_the_screen_keeps_at_once_what_stands_in_a_form() -> None:
    room = Room()
    room.entering.add(What.REFERRAL, 5)
    room.entering.typed(room.window.texts | {"question": "half a sen"})
    before = room.entering.has_unkept
    room.entering.leave()
    assert (before, room.entering.has_unkept) == (True, False)
    assert list(room.drafts.forms) == [FormKey("care_referral", 5, 0)]


def test_what_a_person_drops_is_forgotten() -> None:
    room = Room()
    room.entering.add(What.REFERRAL, 5)
    room.entering.typed(room.window.texts | {"question": "half a sen"})
    room.entering.woken()
    assert room.drafts.forms
    room.entering.dropped()
    assert room.drafts.forms == {}


def test_a_second_press_while_saving_saves_once() -> None:
    room = Room(tasks=Later())
    room.entering.add(What.REFERRAL, 5)
    room.tasks.answer()
    texts = room.window.texts | {"referrer": "Dr P Fenwick"}
    room.entering.save(texts)
    room.entering.save(texts)
    while room.tasks.waiting:
        room.tasks.answer()
    assert len(room.care.kept) == 1


def test_the_answer_for_an_entry_no_longer_asked_for_is_dropped() -> None:
    room = Room(CareFake(entry=WAITING), tasks=Later())
    room.entering.change(What.REFERRAL, 3)
    room.entering.add(What.REFERRAL, 8)
    room.tasks.answer()
    assert room.window.form is not None
    assert not room.window.form.known


def test_an_entry_that_cannot_be_opened_is_said_and_no_form_comes() -> None:
    class Refusing(CareFake):
        def who(self, patient_id: int) -> Patient:
            raise NotPermitted("Your role may not.")

    room = Room(Refusing())
    room.entering.add(What.ONWARD, 5)
    assert room.window.form is None
    assert isinstance(room.window.refused, NotPermitted)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.CLINICIAN, set(What)),
        (Role.NURSE, set(What)),
        (Role.ADMIN, {What.REFERRAL, What.ONWARD, What.STATUS}),
    ],
)
def test_each_role_is_offered_what_it_may_record(role: Role, allowed: set[What]) -> None:
    assert {what for what in What if Room(CareFake(Desk(role))).entering.may_record(what)} == allowed
    assert not any(Room(CareFake(Desk(role, read_only=True))).entering.may_record(what) for what in What)


def test_a_role_without_findings_writes_the_question_of_a_new_referral_and_sees_none_of_a_known_one() -> None:
    room = Room(CareFake(Desk(Role.ADMIN), WAITING))
    room.entering.add(What.REFERRAL, 5)
    assert "question" in room.window.texts
    assert "outcome" not in room.window.texts
    room.entering.change(What.REFERRAL, 3)
    assert not {"question", "outcome", "answer"} & room.window.texts.keys()


ENTRIES: tuple[Entry, ...] = (
    replace(WAITING, outcome="accepted", answered_by="X", answered_on=TODAY, answer="Yes", route="email"),
    AdviceCall(id=1, patient_id=5, on=TODAY, time="09:30", asked_by="R", question="Q", advice="A", given_by="S",
               follow_up="F", followed_on=TODAY),
    OnwardReferral(id=2, patient_id=5, on=TODAY, service="orthotics", reason="R", state="seen", state_on=TODAY,
                   outcome="O", outcome_on=TODAY, urgency="routine"),
    MdtEntry(id=3, patient_id=5, on=date(2027, 1, 11), question="Q", state="discussed", outcome="O", actions="A"),
)  # fmt: skip


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_form_that_is_saved_unchanged_changes_nothing(entry: Entry) -> None:
    fields = fields_of(entry, ALL)
    texts = {each.code: each.text for each in shown(entry, fields)}
    assert read(entry, fields, texts, TODAY) == (entry, {})


def test_the_status_of_now_is_no_answer_to_another_status() -> None:
    for status in PatientStatus:
        (field_, *_) = fields_of(StatusChange(before=status.value), ALL)
        assert status.value not in dict(field_.options)
