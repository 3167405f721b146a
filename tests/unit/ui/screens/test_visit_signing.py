"""Signing a visit, and a visit that is signed: what is listed, frozen, refused and shown."""

from dataclasses import replace

import pytest

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, StaleRecord, WrongPassword
from poems_registry.services.changes import Changed
from poems_registry.ui.screens.visit.shown import Reminder
from tests.unit.ui.screens.visit_desk import AUGUST, Desk
from tests.unit.ui.screens.visit_fakes import (
    Me,
    open_visit,
)


def test_finishing_lists_what_blocks_in_the_order_of_the_form() -> None:
    desk = Desk()
    desk.visit.typed("pain_nrs", "12")
    desk.visit.typed("p_status", "present")
    desk.visit.typed("platelets", "1980")
    desk.visit.finish()
    assert [b.code for b in desk.view.blocks] == [
        "pain_nrs",
        "o_status",
        "e_status",
        "m_status",
        "s_status",
        "platelets",
    ]
    assert desk.view.signing is None
    assert desk.visits.signed == []


def test_the_dialog_names_the_patient_on_its_button_and_the_visit_is_frozen() -> None:
    desk = Desk()
    told: list[Changed] = []
    desk.feed.listen(told.append)
    desk.answer_statuses()
    desk.visit.unchanged("onls_leg")
    desk.visit.finish()
    assert desk.view.signing is not None
    assert desk.view.signing.button == "Sign visit for SMITH, Ann"
    assert desk.view.signing.lines[0] == "6 findings recorded, 1 of them confirmed as unchanged"
    desk.visit.sign("orchard lantern")
    encounter, patient, version, draft, password = desk.visits.signed[0]
    assert (encounter, patient, version, password) == (9, 5, 4, "orchard lantern")
    assert draft.fields["p_status"].text == "present"
    assert told == [Changed(patients=frozenset({5}), encounters=frozenset({9}))]
    assert desk.view.visit is not None
    assert desk.view.visit.read_only
    assert desk.view.fields["onls_leg"].said.startswith("3")
    assert desk.view.fields["onls_arm"].said == "Not recorded"


def test_nothing_is_kept_after_signing_and_a_signed_visit_cannot_be_typed_into() -> None:
    desk = Desk()
    desk.answer_statuses()
    desk.visit.sign("word")
    kept = len(desk.visits.kept)
    desk.visit.typed("falls", "3")
    desk.visit.unchanged("onls_leg")
    desk.visit.lines.add_medicine()
    desk.visit.leave()
    desk.visit.woken(Reminder.KEEP)
    assert len(desk.visits.kept) == kept
    assert desk.view.fields["falls"].text == ""
    assert desk.view.medicines == ()


def test_a_wrong_password_keeps_the_dialog_and_the_draft() -> None:
    desk = Desk()
    desk.answer_statuses()
    desk.visit.finish()
    desk.visits.fails = WrongPassword(8)
    desk.visit.sign("wrong")
    assert desk.view.refused.endswith("Wait 8 seconds, then try again.")
    assert desk.view.signing is not None
    desk.visit.typed("falls", "1")
    desk.visit.woken(Reminder.KEEP)
    assert desk.visits.kept[-1].fields["falls"].text == "1"


@pytest.mark.parametrize(
    "error", [StaleRecord(), NotAllowedNow("This visit is not a draft any more. Nothing was saved.")]
)
def test_a_refusal_to_sign_is_told_and_the_text_stays(error: StaleRecord | NotAllowedNow) -> None:
    desk = Desk()
    desk.answer_statuses()
    desk.visit.finish()
    desk.visits.fails = error
    desk.visit.sign("word")
    assert desk.view.signing is None
    assert desk.view.message == str(error)
    assert desk.view.fields["p_status"].text == "present"


def test_what_only_the_service_finds_is_marked_and_the_first_field_gets_the_keyboard() -> None:
    desk = Desk()
    desk.answer_statuses()
    desk.visits.fails = InvalidInput({"walk_10m": "is not plausible", "on": "lies in the future"})
    desk.visit.sign("word")
    assert desk.view.fields["walk_10m"].words == "Is not plausible."
    assert desk.view.head.on_problem == "lies in the future"
    assert desk.view.gone_to[-1] == "walk_10m"
    desk.visit.typed("walk_10m", "9")
    assert desk.view.fields["walk_10m"].words == ""


def test_who_may_not_sign_is_told_before_trying() -> None:
    desk = Desk(me=Me(allowed=frozenset({Permission.VIEW_CLINICAL, Permission.RECORD_CLINICAL})))
    assert desk.view.visit is not None
    assert not desk.view.visit.may_sign


def test_a_signed_visit_shows_the_frozen_verdict_and_todays_where_it_differs() -> None:
    from poems_registry.domain.records import FrozenVerdict

    frozen = FrozenVerdict("A-1", "met", "met", (("P", "met"), ("M", "met")), flags=("Kappa light chain is rare",))
    signed = replace(AUGUST, verdict=frozen)
    opened = open_visit(signed)
    view = Desk(replace(opened, encounter=signed)).view
    assert view.panel is not None
    assert (view.panel.verdict, view.panel.dated) == ("met", "signed 22-Nov-2026")
    assert view.panel.differs == "Today, 22-Nov-2026: cannot tell yet."
    assert view.panel.cautions == ("Kappa light chain is rare",)
    assert view.panel.blocks == ()


def test_a_signed_visit_leads_to_its_letter() -> None:
    desk = Desk(replace(open_visit(AUGUST), encounter=AUGUST))
    desk.visit.open(3)
    desk.visit.write_letter()
    assert desk.nowhere.went == [("letter", 73)]


def test_giving_a_draft_up_names_the_patient_and_goes_back_to_the_record() -> None:
    desk = Desk()
    desk.visit.typed("falls", "1")
    desk.visit.ask_discard()
    assert desk.view.discarding == "Discard draft for SMITH, Ann"
    desk.visit.discard()
    assert desk.nowhere.went == [("patient", 5)]
    desk.visit.leave()
    assert desk.visits.kept == []
