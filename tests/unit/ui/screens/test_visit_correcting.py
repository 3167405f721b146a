"""A signed visit is corrected with a reason, as a next version or as an error; two people choose field by field."""

from dataclasses import replace
from datetime import timedelta

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.drafting import typed_form
from poems_registry.domain.access import Permission
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.errors import StaleRecord
from poems_registry.domain.merging import Side
from poems_registry.domain.records import EncounterState, Medicine, Signature, VisitType
from poems_registry.domain.versions import SignedVersion
from poems_registry.services.corrections import AmendedElsewhere
from poems_registry.services.visits import Amendment, DraftElsewhere, OpenVisit, OthersDraft
from poems_registry.ui.reasons import Act
from poems_registry.ui.screens.visit.correcting_shown import NoteAct
from poems_registry.ui.screens.visit.shown import Reminder
from tests.unit.ui.screens.visit_desk import STATUSES, Desk
from tests.unit.ui.screens.visit_fakes import NOW, Me, finding, last_visit, open_visit

FIRST = replace(
    last_visit(**STATUSES, weight="70", onls_arm="3"),
    visit_type=VisitType.FOLLOW_UP,
    seen_by=("Dr A Rahman",),
    medicines=(Medicine("Prednisolone", "5 mg"),),
)
OTHERS = (OthersDraft("Dr B. Osei", NOW, NOW),)


def signed(**also: object) -> OpenVisit:
    """The visit of August, opened to be read."""
    opened = replace(open_visit(FIRST), encounter=FIRST, mine=False)
    return replace(opened, **also)  # type: ignore[arg-type]


def amending(**texts: str) -> Desk:
    """An amendment that was begun, with these values typed."""
    desk = Desk(signed())
    desk.visit.correcting.give_reason(Act.AMEND, "weighed with boots")
    for code, text in texts.items():
        desk.visit.typed(code, text)
    return desk


def test_an_amendment_begins_from_what_is_signed_and_says_so_above_the_form() -> None:
    desk = Desk(signed())
    desk.visit.correcting.ask(Act.AMEND)
    assert desk.view.asked_why is not None
    assert desk.view.asked_why.button == "Amend visit of SMITH, Ann"
    desk.visit.correcting.give_reason(Act.AMEND, "  ")
    assert desk.view.reason_refused
    assert desk.visits.asked == []
    desk.visit.correcting.give_reason(Act.AMEND, "weighed with boots")
    assert desk.view.visit is not None
    assert (desk.view.visit.read_only, desk.view.visit.signed, desk.view.visit.may_correct) == (False, False, False)
    assert desk.view.fields["weight"].text == "70"
    assert desk.view.note is not None
    assert desk.view.note.cause == "You are amending version 1; it counts until you sign."
    assert desk.view.note.rest == "Reason: weighed with boots"


def test_the_signing_question_tells_the_reason_and_each_old_and_new_value() -> None:
    desk = amending(weight="69")
    desk.visit.lines.type_medicine(0, "dose", "10 mg")
    desk.visit.finish()
    assert desk.view.signing is not None
    assert desk.view.signing.title == "Sign version 2 of the visit of 12-Aug-2026"
    assert desk.view.signing.lines[:3] == (
        "Reason: weighed with boots",
        "Weight: 70\u00a0kg → 69\u00a0kg",
        "Prednisolone: 5 mg, continued → 10 mg, changed",
    )


def test_an_amendment_that_changes_nothing_is_not_signed() -> None:
    desk = amending(weight="69")
    desk.visit.typed("weight", "70")
    desk.visit.finish()
    assert desk.view.signing is None
    assert desk.view.message.startswith("Nothing differs from the signed version.")


def test_the_version_that_is_being_replaced_is_no_evidence_beside_the_new_one() -> None:
    opened = replace(signed(), amendment=Amendment(1, "why", NOW, FIRST), mine=True, draft=typed_form(CATALOGUE, FIRST))
    desk = Desk(opened)
    for code in STATUSES:
        desk.visit.typed(code, "absent")
    desk.visit.finish()
    assert desk.view.signing is not None
    verdict = desk.view.signing.lines[-1]
    assert verdict == "Diagnosis on everything recorded: criteria not met on what has been assessed"


def test_giving_an_amendment_up_says_that_the_visit_stays_as_it_is_signed() -> None:
    desk = amending(weight="69")
    desk.visit.correcting.act(NoteAct.DISCARD)
    assert desk.view.discarding == "Discard draft for SMITH, Ann"


def test_who_else_is_amending_is_told_with_the_time_and_can_be_joined_by_an_act_of_its_own() -> None:
    desk = Desk(signed(others=OTHERS))
    assert desk.view.note is not None
    assert desk.view.note.cause.startswith("Dr B. Osei is amending this visit since 22-Nov-2026")
    desk.visits.fails = AmendedElsewhere(OTHERS[0])
    desk.visit.correcting.give_reason(Act.AMEND, "mine")
    assert desk.view.beside == "This visit is being amended by somebody else."
    desk.visit.correcting.amend_beside()
    assert desk.visits.asked == [("amend", "mine", False), ("amend", "mine", True)]


def conflicting() -> Desk:
    """I typed 69 kg and a height; Dr Osei signed 71 kg and another dose meanwhile."""
    desk = amending(weight="69", height="180")
    theirs = replace(
        FIRST,
        version=2,
        version_number=2,
        findings=(*(f for f in FIRST.findings if f.item != "weight"), finding("weight", "71")),
        medicines=(Medicine("Prednisolone", "10 mg"),),
        signature=Signature("Dr B. Osei", "consultant", "", NOW + timedelta(minutes=3)),
    )
    desk.visits.opened = replace(desk.visits.opened, encounter=theirs, draft=desk.visit.draft)
    desk.visits.fails = StaleRecord()
    desk.visit.sign("secret")
    return desk


def test_two_amendments_are_shown_field_by_field_and_nothing_is_chosen_for_anybody() -> None:
    desk = conflicting()
    conflict = desk.view.conflict
    assert conflict is not None
    assert [(line.label, line.before, line.mine, line.theirs) for line in conflict.lines] == [
        ("Weight", "70 kg", "69 kg", "71 kg")
    ]
    assert conflict.theirs_by.startswith("Dr B. Osei, 22-Nov-2026")
    assert conflict.taken == ("Taken from theirs: Prednisolone: 10 mg, continued",)
    assert desk.visits.signed == []


@pytest.mark.parametrize(("side", "weight"), [(Side.MINE, "69"), (Side.THEIRS, "71")])
def test_the_choice_is_gone_on_with_on_top_of_theirs(side: Side, weight: str) -> None:
    desk = conflicting()
    desk.visit.correcting.settled({"field:weight": side})
    draft = desk.visit.draft
    assert (draft.fields["weight"].text, draft.fields["height"].text) == (weight, "180")
    assert draft.medicines == (Medicine("Prednisolone", "10 mg"),)
    assert draft.fields["onls_arm"] == FieldDraft(text="3")
    desk.visit.sign("secret")
    assert desk.visits.signed[0][2] == 2, "against the version that was seen"


def test_one_person_at_two_pcs_is_asked_field_by_field_too() -> None:
    desk = Desk(open_visit(FIRST, saved=True))
    desk.visit.typed("weight", "70")
    desk.keep()
    elsewhere = desk.visit.draft.with_field("weight", FieldDraft(text="72")).with_field("falls", FieldDraft(text="1"))
    desk.visits.opened = replace(desk.visits.opened, draft=elsewhere)
    desk.visit.typed("weight", "69")
    desk.visit.typed("height", "180")
    desk.visits.fails = DraftElsewhere()
    desk.visit.save()
    conflict = desk.view.conflict
    assert conflict is not None
    assert [(line.label, line.before, line.mine, line.theirs) for line in conflict.lines] == [
        ("Weight", "70 kg", "69 kg", "72 kg")
    ]
    assert desk.visit.has_unkept, "it is nowhere but here until it is chosen"
    desk.view.conflict, desk.visits.fails = None, DraftElsewhere()
    desk.visit.typed("height", "181")
    desk.visit.woken(Reminder.KEEP)
    asked = [desk.view.conflict]
    desk.visits.fails = DraftElsewhere()
    desk.visit.typed("height", "180")
    desk.visit.save()
    asked.append(desk.view.conflict)
    assert [each is not None for each in asked] == [False, True], "not again with every key, but when they save"
    desk.visit.correcting.settled({"field:weight": Side.MINE})
    kept = desk.visits.kept[-1].fields
    assert {code: kept[code].text for code in ("weight", "height", "falls")} == {
        "weight": "69", "height": "180", "falls": "1",
    }  # fmt: skip


def test_an_earlier_version_is_shown_as_it_was_signed_and_cannot_be_changed() -> None:
    second = replace(FIRST, version_number=2, amend_reason="weighed with boots", findings=())
    second = replace(second, earlier=(SignedVersion(1, "Dr A Rahman", NOW),))
    desk = Desk(replace(signed(), encounter=second, file=replace(signed().file, encounters=(second,))))
    desk.visits.versions = {1: FIRST, 2: second}
    assert desk.view.note is not None
    assert desk.view.note.acts == ((NoteAct.VERSIONS, "Versions…"),)
    desk.visit.correcting.act(NoteAct.VERSIONS)
    assert desk.view.versions is not None
    assert [(v.number, v.reason, v.stands) for v in desk.view.versions.versions] == [
        (2, "weighed with boots", True),
        (1, "", False),
    ]
    assert ("Weight", "70\u00a0kg", "Not recorded") in [
        (line.label, line.before, line.after) for line in desk.view.versions.versions[0].changes
    ]
    desk.visit.correcting.look_at(1)
    assert desk.view.note.cause == "This is version 1, which an amendment replaced."
    assert desk.view.visit is not None
    assert (desk.view.visit.read_only, desk.view.visit.may_correct) == (True, False)
    assert desk.view.fields["weight"].said == "70\u00a0kg"
    desk.visit.correcting.act(NoteAct.NEWEST)
    assert desk.view.note.cause == "Amended: this is version 2."


def test_a_visit_is_marked_as_entered_in_error_with_a_reason_and_can_count_again() -> None:
    desk = Desk(signed())
    desk.visit.correcting.ask(Act.ERROR)
    desk.visit.correcting.give_reason(Act.ERROR, "wrong patient")
    assert desk.view.note is not None
    assert desk.view.note.cause == "Entered in error: it counts nowhere."
    assert "wrong patient" in desk.view.note.rest
    assert desk.view.note.acts == ((NoteAct.TAKE_BACK, "Count it again…"),)
    assert desk.view.visit is not None
    assert desk.view.visit.may_correct is False
    desk.visit.correcting.give_reason(Act.TAKE_BACK, "it was the right one")
    assert [act for act, *_ in desk.visits.asked] == ["error", "take back"]
    assert desk.view.note is None


@pytest.mark.parametrize(
    "me", [Me(allowed=frozenset(Permission) - {Permission.SIGN}), Me(read_only=True)], ids=["role", "place"]
)
def test_who_may_not_sign_is_offered_no_correction(me: Me) -> None:
    view = Desk(signed(), me=me).view
    assert view.visit is not None
    assert view.visit.may_correct is False
    hidden = replace(FIRST, state=EncounterState.IN_ERROR, error_reason="wrong")
    note = Desk(signed(encounter=hidden), me=me).view.note
    assert note is not None
    assert note.acts == ()
