"""What the tab of access says: acts as a clinician would say them, values as the form says them."""

import importlib
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from poems_registry.domain.encounter_kinds import EncounterKind
from poems_registry.domain.records import Patient
from poems_registry.services.record_access import Acted, Change, Deed, Line
from poems_registry.storage.record_trail import LetterNamed, VisitNamed
from poems_registry.storage.tables.naming import Base
from poems_registry.ui.screens.record.access.deeds import _OWN, _UNNAMED, THINGS, phrases
from poems_registry.ui.screens.record.access.shown import Actions, Period, ValueShown
from poems_registry.ui.screens.record.access.telling import asked_for, row_of, values_of
from poems_registry.ui.screens.record.access.values import values_shown
from tests.tree import ROOT

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
VISIT = VisitNamed(date(2025, 7, 14), EncounterKind.CLINIC)
LETTER = LetterNamed("L-2026-0003", 1)


def line(*deeds: Deed, look: bool = False, **more: Any) -> Line:
    return Line(9, AT, AT, Acted(1, "Sister J Okoro", "nurse"), "OPD-04", look, deeds, **more)


def said(*deeds: Deed, **more: Any) -> str:
    return "; ".join(phrases(line(*deeds, **more)))


def changed(name: str, old: Any, new: Any, thing: str = "patient") -> Change:
    return Change("change", thing, "7", name, old, new)


def values(*changes: Change, **more: Any) -> list[tuple[str, str, str]]:
    return [(one.label, one.before, one.after) for one in values_shown(line(changes=changes, **more))]


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (Deed("view", "patient"), "opened the record"),
        (Deed("view", "encounter", "3", visit=VISIT), "opened the visit of 14-Jul-2025"),
        (Deed("sign", "encounter", "3", visit=VISIT), "signed the visit of 14-Jul-2025"),
        (Deed("amended", "encounter", "3", visit=VISIT), "signed another version of the visit of 14-Jul-2025"),
        (Deed("error", "encounter", "3", visit=VISIT), "marked visit of 14-Jul-2025 as entered in error"),
        (
            Deed("close", "encounter", "3", visit=VisitNamed(VISIT.on, EncounterKind.PHYSIOTHERAPY)),
            "closed the physiotherapy contact of 14-Jul-2025",
        ),
        (
            Deed("recorded", "encounter", "3", visit=VisitNamed(VISIT.on, EncounterKind.SAMPLE)),
            "recorded the results of 14-Jul-2025",
        ),
        (Deed("sign", "encounter", "3", visit=VisitNamed(VISIT.on)), "signed the visit or contact of 14-Jul-2025"),
        (Deed("print", "letter", "3", letter=LETTER), "printed letter L-2026-0003"),
        (
            Deed("print", "letter", "3", letter=LETTER, details={"reprint": True}),
            "printed letter L-2026-0003 again",
        ),
        (
            Deed("export", "letter", "3", letter=LETTER, details={"form": "plain_words"}),
            "saved the plain words of letter L-2026-0003 as a file",
        ),
        (
            Deed("export", "letter", "3", letter=LETTER, details={"form": "readable"}),
            "saved letter L-2026-0003 for a screen reader as a file",
        ),
        (Deed("sign", "letter", "3", letter=LetterNamed("L-2026-0003", 2)), "signed letter L-2026-0003, version 2"),
        (Deed("create", "event", "3"), "added an event"),
        (Deed("error", "line_drug", "3"), "marked a drug as entered in error"),
        (Deed("view", "referral", "3"), "opened a referral"),
        (Deed("change", "clinical"), "changed the clinical record"),
        (Deed("create", "joining", "1"), "joined another record to this one"),
    ],
)
def test_an_act_is_said_as_a_clinician_says_it(deed: Deed, words: str) -> None:
    assert said(deed) == words


def test_a_change_of_details_names_what_was_changed() -> None:
    one = changed("address", ["1 High Street"], ["2 High Street"])
    deed = Deed("change", "patient", "7")
    assert said(deed, changes=(one,)) == "changed the address"
    two = (one, changed("postcode", "", "TR99 1AA"), changed("phone", "", "07700 900123"))
    assert said(deed, changes=two) == "changed the address and the phone number"
    assert said(deed, changes=(changed("address_checked_on", None, "2026-11-20"),)) == "checked the address"
    assert said(deed, changes=(one,), withheld=1) == "changed the address and other details"


def test_what_goes_without_saying_is_not_said() -> None:
    deeds = (
        Deed("record", "encounter", "3", visit=VISIT),
        Deed("change", "medicine", "3", visit=VISIT),
        Deed("sign", "encounter", "3", visit=VISIT),
        Deed("freeze", "encounter_version", "3", visit=VISIT),
    )
    assert said(*deeds) == "signed the visit of 14-Jul-2025"


def test_what_was_done_alone_is_said_even_if_it_is_little() -> None:
    assert said(Deed("freeze", "encounter_version", "3", visit=VISIT)) == "kept visit of 14-Jul-2025 as it stands"


def test_the_record_comes_before_what_hangs_on_it() -> None:
    deeds = (Deed("withdraw", "letter_copy", "1", letter=LETTER), Deed("withdraw", "letter", "3", letter=LETTER))
    assert said(*deeds) == "withdrew letter L-2026-0003; took back a copy of letter L-2026-0003"


def test_how_often_somebody_looked_is_said() -> None:
    assert said(Deed("view", "patient", "7", 3), look=True) == "opened the record (3 times)"


def test_every_table_of_a_patient_has_words() -> None:
    """Or it would read *something* one day."""
    importlib.import_module("poems_registry.storage.tables.every")
    of_a_patient = {
        name
        for name, table in Base.metadata.tables.items()
        if "patient_id" in table.columns and table.info.get("audited", True) is not False
    }
    assert of_a_patient - {*THINGS, *_UNNAMED} == set()


def test_every_kind_of_event_has_words() -> None:
    """All events that the services note about a patient: what stands behind `record_event(session,`."""
    noted = set()
    for path in (ROOT / "poems_registry").rglob("*.py"):
        noted |= set(re.findall(r'record_event\(\s*session,\s*"([a-z_]+)", [a-z_.]+[,)]', path.read_text("utf-8")))
    assert noted >= {"view", "print", "export", "amend", "discard", "paste"}
    sentences = {act for _, act in _OWN}
    assert noted - {*sentences, "view", "print", "export"} == set()


# -- values


def test_old_and_new_are_said_as_on_screen() -> None:
    assert values(changed("phone", "", "07700 900123")) == [("Phone", "Nothing", "07700 900123")]
    assert values(changed("born", "1955-07", "1955-07-14")) == [("Born", "Jul-1955", "14-Jul-1955")]
    assert values(changed("nhs_number", "", "9990000050")) == [("NHS No.", "Nothing", "999\xa0000\xa00050")]
    assert values(changed("ethnicity", "", "Z")) == [("Ethnic group", "Nothing", "Not stated")]
    assert values(changed("answer", "given", "withdrawn", "consent")) == [("Answer", "Given", "Withdrawn")]
    edits = changed("edits", [], [["summary", "You are better."]], "letter")
    assert values(edits) == [("The author's own words", "Nothing", "Summary: You are better.")]


def test_a_finding_is_said_as_the_form_says_it() -> None:
    new = {"number": 8000.0, "sign": ">", "reported": "8000"}
    recorded = Change("record", "observation", "3", "vegf_serum", None, new)
    assert values(recorded) == [("VEGF, serum", "Not recorded", ">\xa08,000\xa0pg/mL")]


def test_of_a_changed_finding_the_value_and_what_stands_beside_it_are_told_apart() -> None:
    old, new = {"number": 2.0, "reported": "2", "note": ""}, {"number": 3.0, "reported": "3", "note": "with a splint"}
    shown = values(Change("change", "observation", "3/onls_arm", "onls_arm", old, new))
    assert shown == [
        ("ONLS arm, 0 to 5", "2", "3"),
        ("ONLS arm, 0 to 5: note", "Nothing", "with a splint"),
    ]


def test_a_value_that_became_a_state_says_so() -> None:
    old, new = {"number": 2.0, "reported": "2", "state": "recorded"}, {"number": None, "state": "declined"}
    shown = values(Change("change", "observation", "3/onls_arm", "onls_arm", old, new))
    assert shown == [("ONLS arm, 0 to 5", "2", "Declined")]


def test_values_of_two_copies_say_of_which_they_are() -> None:
    copies = tuple(Change("sent", "letter_copy", each, "delivery", "printed", "sent") for each in ("4", "5"))
    assert [label for label, _, _ in values(*copies)] == [
        "Copy of the letter 1: Delivery",
        "Copy of the letter 2: Delivery",
    ]


def test_a_line_counts_its_values_and_says_who_where_and_why() -> None:
    one = changed("phone", "", "07700 900123")
    row = row_of(line(Deed("change", "patient", "7"), changes=(one,), withheld=1, reason="He rang", joined=True))
    assert (row.what, row.values, row.changed) == ("Changed the phone number and other details", "2 values", True)
    assert row.role == "Nurse, at OPD-04"
    assert row.more == "Reason: He rang. In a record that was joined to this one"


def test_what_is_left_out_of_the_values_is_counted_with_its_reason() -> None:
    told = line(Deed("sign", "encounter", "3", visit=VISIT), withheld=2, research=1)
    shown = values_of(told, Patient(family_name="Reed"), AT.date(), clinical=False)
    assert shown.values == ()
    assert shown.note == (
        "2 values are clinical: your role does not see them."
        " 1 value was measured for research and stands under Research alone."
    )


def test_many_things_done_at_once_are_named_up_to_a_number_and_counted() -> None:
    days = [VisitNamed(date(2025, 1, day), EncounterKind.CLINIC) for day in range(1, 10)]
    deeds = [Deed("recorded", "encounter", str(day.on), visit=day) for day in days]
    row = row_of(line(*deeds))
    assert row.what == "Recorded the visit of 01-Jan-2025"
    assert row.more.endswith("recorded the visit of 06-Jan-2025 and 3 things more")


def test_a_period_begins_with_a_day() -> None:
    today = date(2026, 11, 20)
    assert asked_for(Actions.ALL, "0", Period.ALL, today).since is None
    week = asked_for(Actions.CHANGES, "4", Period.WEEK, today)
    assert (week.actions, week.actor_id) == ("changes", 4)
    assert week.since is not None
    assert week.since.astimezone().date() == date(2026, 11, 14)
    assert week.since.astimezone().hour == 0


def test_a_value_that_reads_the_same_is_not_shown() -> None:
    assert values_shown(line(changes=(changed("phone", "", None),))) == ()
    assert values_shown(line(changes=(changed("in_error", None, False, "event"),))) == ()
    assert values_shown(line(changes=(changed("in_error", False, True, "event"),))) == (
        ValueShown("Entered in error", "No", "Yes"),
    )
