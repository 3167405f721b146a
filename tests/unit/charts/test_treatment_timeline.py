"""The timeline of treatment shows lines, their parts and radiotherapy where they belong, and nothing without a day."""

from datetime import date

from poems_registry.charts.journey import journey
from poems_registry.charts.treatment_timeline import timeline
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import Patient, PatientFile
from poems_registry.domain.treatments import Event, LineDrug, RadiotherapyCourse, Transplant, TreatmentLine

TODAY = date(2026, 11, 22)
LINE = TreatmentLine(
    number=1,
    name="Lenalidomide, then transplant",
    category="ASCT_MEL200",
    start=PartialDate(2024, 4),
    drugs=(
        LineDrug(name="lenalidomide", part="induction", start=PartialDate(2024, 4), stop=PartialDate(2024, 8)),
        LineDrug(name="dexamethasone", part="induction", start=PartialDate(2024, 4), stop=PartialDate(2024, 9)),
        LineDrug(name="lenalidomide", part="maintenance", start=PartialDate(2025, 3)),
        LineDrug(name="aspirin"),
    ),
    radiotherapy=(
        RadiotherapyCourse(site="sacrum", dose_gy=45, start=PartialDate(2024, 2, 1), stop=PartialDate(2024, 3, 5)),
    ),
    transplants=(Transplant(infused=PartialDate(2024, 11, 5)),),
)


def test_a_line_stands_above_its_parts() -> None:
    told = timeline(PatientFile(Patient(), lines=(LINE,)), TODAY)
    assert told is not None
    assert [(bar.label, bar.start, bar.end, bar.line) for bar in told.bars] == [
        ("1 ASCT, Mel 200", date(2024, 4, 1), None, 1),
        ("Induction", date(2024, 4, 1), date(2024, 9, 30), None),
        ("Maintenance", date(2025, 3, 1), None, None),
        ("RT sacrum 45\u00a0Gy", date(2024, 2, 1), date(2024, 3, 5), None),
    ]
    assert [(flag.label, flag.on) for flag in told.flags] == [("Transplant", date(2024, 11, 5))]
    assert journey(told, 400, 0, paper=False, font_size=9).height > 40


def test_what_has_no_day_is_not_drawn_and_nothing_at_all_is_no_timeline() -> None:
    line = TreatmentLine(number=1, name="Len-dex")
    assert timeline(PatientFile(Patient(), lines=(line,), events=(Event(kind="dvt"),)), TODAY) is None


def test_what_lies_after_the_day_is_not_drawn() -> None:
    later = TreatmentLine(number=2, name="Vd", start=PartialDate(2027))
    told = timeline(PatientFile(Patient(), lines=(LINE, later)), TODAY)
    assert told is not None
    assert not any(bar.line == 2 for bar in told.bars)
