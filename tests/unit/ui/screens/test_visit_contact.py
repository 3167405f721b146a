"""A profession's contact on the visit's screen: its own pages, closed without a password, last time named rightly."""

from dataclasses import replace
from datetime import date

from poems_registry.domain.access import Permission
from poems_registry.domain.dates import show_date
from poems_registry.domain.drafts import VisitDraft
from poems_registry.domain.records import (
    Encounter,
    EncounterKind,
    EncounterState,
    PatientFile,
    Signature,
    VisitType,
)
from poems_registry.services.visits import OpenVisit
from poems_registry.ui.reasons import Act
from tests.unit.ui.screens.visit_desk import AUGUST, Desk
from tests.unit.ui.screens.visit_fakes import ANN, NOW, TODAY, Me, finding, open_visit

NURSE = Me(allowed=frozenset({Permission.VIEW_CLINICAL, Permission.RECORD_CLINICAL}))
JULY = Encounter(
    id=2, patient_id=5, kind=EncounterKind.PHYSIOTHERAPY, on=date(2026, 7, 1), state=EncounterState.RECORDED,
    author="P Rees", findings=(finding("grip_left_kg", "18"), finding("walk_10m", "14")),
    signature=Signature("P Rees", "Physiotherapist", "", NOW),
)  # fmt: skip


def contact(*earlier: Encounter, kind: EncounterKind = EncounterKind.PHYSIOTHERAPY) -> OpenVisit:
    """Today's draft of a contact with Ann Smith."""
    encounter = Encounter(
        id=9, patient_id=5, kind=kind, visit_type=VisitType.FOLLOW_UP, on=TODAY, author="P Rees", version=4
    )
    opened = open_visit(*earlier)
    draft = VisitDraft(on=show_date(TODAY), visit_type="follow_up", seen_by=("P Rees",))
    file = PatientFile(ANN, encounters=(*earlier, encounter))
    return replace(opened, file=file, encounter=encounter, draft=draft, leaflets=("Feet", "Exercise"))


def closed() -> OpenVisit:
    """A closed one, seen by who closed it."""
    return replace(contact(JULY), encounter=JULY, file=PatientFile(ANN, encounters=(JULY,)), own_contact=True)


def test_a_contact_has_the_pages_of_its_profession_only() -> None:
    view = Desk(contact(AUGUST)).view
    assert view.visit is not None
    assert [plan.title for plan in view.visit.plans] == ["About this contact", "Function", "Outcome and plan"]
    assert view.visit.kind == "Physiotherapy"
    assert "p_status" not in view.fields
    assert "derived:onls_total" in view.rows


def test_who_may_record_but_not_sign_finishes_a_contact_and_is_asked_no_password() -> None:
    desk = Desk(contact(AUGUST), me=NURSE)
    assert desk.view.visit is not None
    assert (desk.view.visit.may_sign, desk.view.visit.closes) == (True, True)
    desk.visit.typed("contact_reason", "Balance")
    desk.visit.finish()
    assert desk.view.signing is None, "no password"
    assert desk.view.closing is not None
    assert desk.view.closing.title == "Close the physiotherapy contact of 22-Nov-2026"
    assert desk.view.closing.button == "Close contact for SMITH, Ann"
    desk.visit.close_contact()
    (encounter_id, patient_id, version, draft) = desk.visits.closed[0]
    assert (encounter_id, patient_id, version) == (9, 5, 4)
    assert draft.fields["contact_reason"].text == "Balance"
    assert desk.nowhere.saved[-1] == "Physiotherapy 22-Nov-2026 closed"


def test_an_empty_contact_is_not_closed() -> None:
    desk = Desk(contact())
    desk.visit.finish()
    assert desk.view.closing is None
    assert [link.code for link in desk.view.blocks] == ["contact_reason"]


def test_last_time_is_the_last_contact_of_that_profession_and_other_values_name_whose_they_are() -> None:
    view = Desk(contact(JULY, AUGUST)).view
    assert view.visit is not None
    assert view.visit.last_time == "01-Jul-2026"
    assert view.rows["walk_10m"].last_on == "12-Aug-2026, 3m ago, visit"
    visit = Desk(open_visit(AUGUST, replace(JULY, id=4, on=date(2026, 9, 1)))).view
    assert visit.visit is not None
    assert visit.visit.last_time == "12-Aug-2026", "a visit's last time is a visit"
    assert (visit.rows["grip_left_kg"].last, visit.rows["grip_left_kg"].last_on) == (
        "L 18\u00a0kg",
        "01-Sep-2026, 2m ago, physiotherapy",
    )


def test_what_a_contact_found_is_judged_with_everything_recorded_before_it_is_closed() -> None:
    desk = Desk(contact(kind=EncounterKind.NEUROPHYSIOLOGY))
    assert desk.view.panel is not None
    before = {chip.sign: chip.verdict for _, chips in desk.view.panel.groups for chip in chips}["P"]
    desk.visit.typed("ncs_pattern", "demyelinating")
    now = desk.judge()
    assert (before, {chip.sign: chip.verdict for _, chips in now.groups for chip in chips}["P"]) == (
        "cannot_tell",
        "met",
    )
    assert all(link.code in desk.view.fields for link in now.decide), "nothing leads to a field that is not here"


def test_leaflets_of_the_clinics_list_are_offered_beside_their_field() -> None:
    view = Desk(contact()).view
    assert view.fields["leaflets"].offered == ("Feet", "Exercise")
    assert view.fields["contact_reason"].offered == ()


def test_a_closed_contact_says_who_closed_it_offers_no_letter_and_is_amended_by_its_author() -> None:
    desk = Desk(closed(), me=NURSE)
    shown = desk.view.visit
    assert shown is not None
    assert shown.state_words.startswith("Closed by P Rees, ")
    assert (shown.read_only, shown.signed, shown.may_correct) == (True, False, True)
    desk.visit.correcting.ask(Act.AMEND)
    assert desk.view.asked_why is not None
    assert desk.view.asked_why.title == "Amend the physiotherapy contact of 01-Jul-2026"


def test_a_colleagues_contact_is_corrected_by_who_may_sign_only() -> None:
    theirs = replace(closed(), own_contact=False)
    for me, may in ((NURSE, False), (Me(), True)):
        shown = Desk(theirs, me=me).view.visit
        assert shown is not None
        assert shown.may_correct is may
