"""Treatment leaves as tables of codes and days; no date, no name and no free text is in them."""

from dataclasses import replace

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import Patient, PatientFile
from poems_registry.domain.treatments import (
    Event,
    LineDrug,
    RadiotherapyCourse,
    SupportiveCare,
    Transplant,
    TreatmentLine,
)
from poems_registry.exports.table import Cell
from poems_registry.exports.treatment import COLUMNS, tables

KEY = bytes(32)
LINE = TreatmentLine(
    number=1, name="Len-dex at Sampleford", category="LEN_DEX", start=PartialDate(2024, 4, 10),
    stop=PartialDate(2025), stop_reason="moved to Sampleford", cycles_given=6, steroid=True, note="Ann's own words",
    cause="first", planned=("induction", "transplant"),
    drugs=(LineDrug(name="Lenalidomide", dose=25, unit="mg", route="by mouth", stop_reason="toxicity"),
           LineDrug(name="Sampleford mixture", unit="spoons")),
    radiotherapy=(RadiotherapyCourse(site="Sacrum", dose_gy=45, fractions=25),),
    transplants=(Transplant(cd34=4.2, melphalan=200, mobilisation="gcsf", infused=PartialDate(2024, 11, 5),
                            neutrophils=PartialDate(2024, 11, 16), engraftment_syndrome=False),),
)  # fmt: skip
FILE = PatientFile(
    Patient(uid="u-1", family_name="Smith", diagnosed=PartialDate(2024, 4, 1)),
    lines=(LINE,),
    events=(Event(kind="relapse", on=PartialDate(2025, 6), domains=("vegf",), symptomatic=True, note="feet"),
            Event(kind="abducted")),
    supportive=(SupportiveCare(kind="orthotics", what="from Sampleford", start=PartialDate(2024, 3, 31)),),
)  # fmt: skip


def told(file: PatientFile = FILE) -> dict[str, list[dict[str, Cell]]]:
    return {
        table.name: [dict(zip(table.head, row, strict=True)) for row in table.checked()]
        for table in tables([file], KEY)
    }


def test_every_row_fits_the_columns_that_the_dictionary_lists() -> None:
    found = told()
    assert set(found) == set(COLUMNS)
    assert all(set(row) == set(COLUMNS[name]) for name, rows in found.items() for row in rows)
    assert all(rows for rows in found.values())


def test_a_line_is_told_by_codes_and_days_since_the_diagnosis() -> None:
    (line,) = told()["lines"]
    assert (line["category"], line["start_days"], line["start_precision"]) == ("LEN_DEX", 9, "day")
    assert (line["stop_precision"], line["stop_reason"]) == ("year", "other")
    assert (line["drugs"], line["planned"], line["changed_for_toxicity"]) == (
        "lenalidomide", "induction|transplant", "yes",
    )  # fmt: skip


def test_parts_are_told_with_their_numbers() -> None:
    found = told()
    assert [(row["drug"], row["dose"], row["unit"]) for row in found["drugs"]] == [
        ("lenalidomide", 25, "mg"),
        ("other", None, "other"),
    ]
    assert [(row["site"], row["dose_gy"], row["fractions"]) for row in found["radiotherapy"]] == [("sacrum", 45, 25)]
    (given,) = found["transplants"]
    assert (given["cd34_e6_kg"], given["melphalan_mg_m2"], given["neutrophil_days"], given["platelet_days"]) == (
        4.2, 200, 11, None,
    )  # fmt: skip


def test_events_are_told_with_transplants_and_what_is_not_of_the_list_is_other() -> None:
    assert [(row["kind"], row["on_days"], row["symptomatic"]) for row in told()["events"]] == [
        ("transplant", 218, "not_recorded"),
        ("relapse", 426, "yes"),
        ("other", None, "not_recorded"),
    ]


def test_nothing_that_anybody_wrote_and_no_date_leaves() -> None:
    cells = [cell for rows in told().values() for row in rows for cell in row.values()]
    assert not any(word in str(cell) for cell in cells for word in ("Sampleford", "Ann", "feet", "Smith", "2024"))


def test_without_an_exact_diagnosis_no_day_is_counted() -> None:
    by_month = replace(FILE, patient=replace(FILE.patient, diagnosed=PartialDate(2024, 4)))
    assert told(by_month)["lines"][0]["start_days"] is None
