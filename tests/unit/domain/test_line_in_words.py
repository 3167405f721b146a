"""A letter tells what a line was made of, as far as it had happened on the day of the visit."""

from datetime import date

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.line_in_words import parts_in_words
from poems_registry.domain.treatments import LineDrug, RadiotherapyCourse, Transplant, TreatmentLine

VISIT = date(2024, 12, 1)
LINE = TreatmentLine(
    number=1,
    name="Lenalidomide and dexamethasone, then transplant",
    drugs=(
        LineDrug(name="lenalidomide", dose=25, unit="mg", schedule="days 1 to 21 of 28", start=PartialDate(2024, 4)),
        LineDrug(name="lenalidomide", dose=15, unit="mg", schedule="days 1 to 21 of 28", start=PartialDate(2024, 6)),
        LineDrug(name="dexamethasone"),
        LineDrug(name="lenalidomide", dose=10, unit="mg", part="maintenance", start=PartialDate(2025, 3)),
    ),
    radiotherapy=(RadiotherapyCourse(site="sacrum", dose_gy=45, fractions=25, start=PartialDate(2024, 2)),),
    transplants=(
        Transplant(
            melphalan=200, infused=PartialDate(2024, 11, 5), neutrophils=PartialDate(2024, 11, 16),
            engraftment_syndrome=False,
        ),
    ),
)  # fmt: skip


def test_drugs_are_told_at_their_last_dose_before_the_visit() -> None:
    assert parts_in_words(LINE, VISIT)[0] == "Drugs: lenalidomide 15\u00a0mg, days 1 to 21 of 28; dexamethasone."


def test_radiotherapy_is_told_with_site_dose_and_fractions() -> None:
    assert (
        parts_in_words(LINE, VISIT)[1] == "Radiotherapy to the sacrum, 45\u00a0Gy in 25 fractions, from February 2024."
    )
    bare = TreatmentLine(radiotherapy=(RadiotherapyCourse(site="rib"),))
    assert parts_in_words(bare, VISIT) == ("Radiotherapy to the rib, dose not recorded.",)


def test_a_transplant_is_told_with_melphalan_and_recovery() -> None:
    assert parts_in_words(LINE, VISIT)[2] == (
        "Stem cell transplant on 5 November 2024 after melphalan 200\u00a0mg/m²; neutrophils recovered after 11 days;"
        " without engraftment syndrome."
    )
    by_month = TreatmentLine(transplants=(Transplant(infused=PartialDate(2024, 11)),))
    assert parts_in_words(by_month, VISIT) == ("Stem cell transplant in November 2024.",)


def test_what_came_after_the_visit_is_not_told() -> None:
    assert parts_in_words(LINE, date(2024, 3, 1)) == (
        "Drugs: dexamethasone.",
        "Radiotherapy to the sacrum, 45\u00a0Gy in 25 fractions, from February 2024.",
    )


def test_a_line_without_parts_says_nothing_more() -> None:
    assert parts_in_words(TreatmentLine(name="Len-dex"), VISIT) == ()
