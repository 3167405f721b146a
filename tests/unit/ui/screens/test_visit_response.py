"""The live panel tells the response with each value that is typed, in far less time than a key press takes."""

import time
from dataclasses import replace
from datetime import timedelta

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.frozen_response import FrozenDomain, FrozenResponse
from poems_registry.domain.records import Encounter, EncounterState, FrozenVerdict
from poems_registry.domain.treatments import TreatmentLine
from poems_registry.services.visits import OpenVisit
from poems_registry.ui.screens.visit.form import VisitForm
from poems_registry.ui.screens.visit.live_response import LiveResponse
from poems_registry.ui.screens.visit.shown import DomainLine, Reminder, ResponseLines
from tests.unit.ui.screens.visit_desk import Desk
from tests.unit.ui.screens.visit_fakes import TODAY, last_visit, open_visit

FIRST = last_visit(
    vegf_serum="5000", onls_arm="3", onls_leg="4", ife_serum="positive", ife_urine="negative", marrow_flow="polyclonal",
    m_protein="12", fdg_avid_count="2", suv_sum="14",
)  # fmt: skip
MOST_SECONDS = 0.005
"""A judgement of twenty visits; the goal of the issue."""


def under_treatment(*earlier: Encounter) -> OpenVisit:
    """Ann Smith under a line that began after the first visit."""
    opened = open_visit(*earlier)
    begun = earlier[0].on + timedelta(days=5)
    line = TreatmentLine(number=1, name="Len-dex", start=PartialDate.of(begun))
    return replace(opened, file=replace(opened.file, lines=(line,)))


def two_years_ago(visit: Encounter) -> Encounter:
    return replace(visit, id=2, on=visit.on.replace(year=2024))


def shown(desk: Desk) -> ResponseLines:
    """What the panel says once the form has been at rest for a moment."""
    desk.visit.woken(Reminder.JUDGE)
    assert desk.view.panel is not None
    assert desk.view.panel.response is not None
    return desk.view.panel.response


def line(desk: Desk, name: str) -> DomainLine:
    return next(each for each in shown(desk).lines if each.name == name)


def test_a_value_that_is_typed_is_judged_at_once() -> None:
    desk = Desk(under_treatment(two_years_ago(FIRST)))
    assert shown(desk).about == "line 1, since 17-Aug-2024"
    assert line(desk, "VEGF").words == "Cannot tell yet"
    assert line(desk, "VEGF").needs == "Needs VEGF in serum after 17-Aug-2024"
    desk.visit.typed("vegf_serum", "640")
    assert line(desk, "VEGF").words == "CR, 640"
    desk.visit.typed("onls_arm", "2")
    assert line(desk, "Clinical").words == "Cannot tell yet"
    desk.visit.typed("onls_leg", "3")
    assert line(desk, "Clinical").words == "Improved, ONLS 5"
    desk.visit.typed("vegf_serum", "")
    assert line(desk, "VEGF").words == "Cannot tell yet"


def test_before_any_treatment_the_panel_tells_what_a_baseline_lacks() -> None:
    desk = Desk(open_visit(last_visit(onls_arm="3", onls_leg="4")))
    assert shown(desk).about == "no treatment yet"
    assert line(desk, "Clinical").words == "Baseline recorded"
    assert line(desk, "VEGF").words == "No baseline yet"
    desk.visit.typed("vegf_serum", "4000")
    assert line(desk, "VEGF").words == "Baseline recorded"


def test_a_signed_visit_shows_the_response_that_was_kept_with_it() -> None:
    kept = FrozenResponse("R-1", 1, (FrozenDomain("vegf", "PR", "5,000 to 2,400 pg/mL"),))
    opened = under_treatment(two_years_ago(FIRST))
    verdict = FrozenVerdict("A-2", "met", "met", (), response=kept)
    signed = replace(opened.encounter, state=EncounterState.SIGNED, verdict=verdict, signature=FIRST.signature)
    desk = Desk(replace(opened, encounter=signed))
    assert shown(desk).about == "line 1, as signed"
    assert [(each.name, each.words, each.needs) for each in shown(desk).lines] == [
        ("VEGF", "PR", "Today: Cannot tell yet")
    ]


def test_a_judgement_of_twenty_visits_is_done_in_five_milliseconds() -> None:
    first = two_years_ago(FIRST)
    earlier = [
        first,
        *(replace(FIRST, id=10 + number, on=first.on + timedelta(days=30 * number)) for number in range(1, 20)),
    ]
    live = LiveResponse(VisitForm(under_treatment(*earlier), TODAY))
    took = []
    for _ in range(20):
        begun = time.process_time()
        live.judged()
        took.append(time.process_time() - begun)
    assert min(took) < MOST_SECONDS, "the quickest of twenty, since other work on the machine only adds"
