"""A transplant is entered once and seen everywhere."""

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.treatment_periods import periods_of
from poems_registry.domain.treatments import Event, LineDrug, Transplant, TreatmentLine, happened

GIVEN = Transplant(infused=PartialDate(2024, 11, 5))
LINE = TreatmentLine(patient_id=3, start=PartialDate(2024, 5), transplants=(GIVEN,))
RELAPSE = Event(id=4, kind="relapse", on=PartialDate(2024, 6))


def test_a_transplant_recorded_with_its_line_happened_on_the_day_of_infusion() -> None:
    told = happened((RELAPSE,), (LINE,))
    assert [(event.kind, event.on) for event in told] == [
        ("relapse", PartialDate(2024, 6)),
        ("transplant", PartialDate(2024, 11, 5)),
    ]
    assert told[1].patient_id == 3


def test_a_transplant_that_has_an_event_of_its_own_is_told_once() -> None:
    own = Event(id=7, kind="transplant", on=PartialDate(2024, 11), note="melphalan")
    assert happened((own,), (LINE,)) == (own,)
    earlier = Event(id=7, kind="transplant", on=PartialDate(2020))
    assert len(happened((earlier,), (LINE,))) == 2


def test_a_transplant_without_an_infusion_has_not_happened() -> None:
    assert happened((), (TreatmentLine(transplants=(Transplant(cd34=4),)),)) == ()


def test_what_has_no_day_stands_last() -> None:
    undated = Event(id=1, kind="dvt")
    assert happened((undated, RELAPSE), ()) == (RELAPSE, undated)


def test_a_steroid_among_the_drugs_outweighs_what_was_ticked() -> None:
    ticked = TreatmentLine(start=PartialDate(2024), steroid=False)
    assert [period.steroids for period in periods_of(ticked)] == [False]
    given = TreatmentLine(start=PartialDate(2024), steroid=False, drugs=(LineDrug(name="Dexamethasone"),))
    assert [period.steroids for period in periods_of(given)] == [True]
