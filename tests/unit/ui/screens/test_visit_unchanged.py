"""*Unchanged* for one section, as an act of today that says from which visit; allergies seen and led to."""

from dataclasses import replace
from datetime import date

import pytest

from poems_registry.domain.findings import State
from poems_registry.domain.records import Allergy, AllergyState
from tests.unit.ui.screens.visit_desk import AUGUST, Desk
from tests.unit.ui.screens.visit_fakes import last_visit, open_visit

LAST = last_visit(
    p_status="present", onls_arm="3", onls_leg="3", reflex_ankle="absent", falls="2", plethora="absent",
    vegf_serum="2310", first_symptom="2020",
)  # fmt: skip


@pytest.fixture
def desk() -> Desk:
    return Desk(open_visit(LAST))


def test_one_act_confirms_what_is_still_blank_in_the_section_and_nothing_else(desk: Desk) -> None:
    desk.visit.typed("onls_arm", "2")
    desk.visit.said_state("falls", State.DECLINED)
    desk.visit.unchanged_section("neuropathy")
    fields = desk.keep().fields
    confirmed = {code for code, field in fields.items() if field.confirmed_from == LAST.id}
    assert confirmed == {"p_status", "onls_leg", "reflex_ankle"}
    assert (fields["onls_arm"].text, fields["falls"].state) == ("2", State.DECLINED)
    assert "plethora" not in fields
    assert "first_symptom" not in fields, "a date is not seen again today"
    assert desk.view.rows["onls_leg"].confirmed


def test_the_same_act_again_takes_back_only_what_it_did(desk: Desk) -> None:
    desk.visit.unchanged("reflex_ankle")
    desk.visit.unchanged_section("neuropathy")
    desk.visit.typed("onls_leg", "4")
    desk.visit.unchanged_section("neuropathy")
    fields = desk.keep().fields
    assert set(fields) == {"reflex_ankle", "onls_leg"}
    assert fields["reflex_ankle"].confirmed_from == LAST.id
    assert fields["onls_leg"].text == "4"


def test_results_are_never_confirmed_by_an_act(desk: Desk) -> None:
    desk.visit.unchanged_section("blood")
    assert desk.visit.draft.fields == {}


def test_there_is_no_act_for_a_section_that_is_not_there(desk: Desk) -> None:
    desk.visit.unchanged_section("everything")
    assert desk.visit.draft.fields == {}


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (AllergyState.KNOWN, "Known allergies: penicillin (rash), updated 12-Aug-2026"),
        (AllergyState.NONE_KNOWN, "No known allergies, updated 12-Aug-2026"),
        (AllergyState.NOT_RECORDED, "Allergies not recorded, updated 12-Aug-2026"),
        (AllergyState.UNAVAILABLE, "Allergies unavailable, updated 12-Aug-2026"),
    ],
)
def test_each_of_the_four_states_of_allergies_is_said_in_words(state: AllergyState, words: str) -> None:
    opened = open_visit(AUGUST)
    patient = replace(
        opened.file.patient,
        allergy_state=state,
        allergies=(Allergy("penicillin", "rash"),),
        allergies_updated_on=date(2026, 8, 12),
    )
    desk = Desk(replace(opened, file=replace(opened.file, patient=patient)))
    assert desk.view.head.allergies == words


def test_from_the_visit_one_gets_to_where_allergies_are_changed(desk: Desk) -> None:
    desk.visit.gave_allergies()
    assert desk.nowhere.went == [("details:allergy_state", 5)]
