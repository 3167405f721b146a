"""The pseudonymised table says who nobody is, and never lets an empty cell stand for normal."""

from datetime import date

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.kinds import NOT_DETECTED
from poems_registry.domain.consents import Answer, Consent, Scope
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient, PatientFile, Sex
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatments import TreatmentLine
from poems_registry.exports.columns import CONSENTS
from poems_registry.exports.dictionary import HEAD, dictionary
from poems_registry.exports.pseudonyms import project_key, pseudonym
from poems_registry.exports.table import Cell, Table
from poems_registry.exports.wide import age_band, encounters, outside_research, small_groups

KEY = project_key(bytes(32), "study")
PATIENT = Patient(
    id=1,
    uid="p-1",
    family_name="Canary",
    given_name="Wren",
    nhs_number="9990000050",
    born=PartialDate(1955, 7, 14),
    sex=Sex.FEMALE,
    diagnosed=PartialDate(2020, 1, 1),
    postcode="ZZ1 1ZZ",
)


def visit(
    *findings: Finding, on: date = date(2020, 3, 1), state: EncounterState = EncounterState.RECORDED
) -> Encounter:
    """An encounter that counts."""
    return Encounter(id=1, uid="e-1", on=on, state=state, findings=findings)


def row_of(*findings: Finding) -> dict[str, Cell]:
    """The one row of one encounter with these findings."""
    table = encounters([PatientFile(PATIENT, (visit(*findings),))], CATALOGUE, KEY, Thresholds())
    (row,) = table.checked()
    return dict(zip(table.head, row, strict=True))


def as_records(table: Table) -> list[dict[str, Cell]]:
    """Rows by column."""
    return [dict(zip(table.head, row, strict=True)) for row in table.checked()]


def test_days_count_from_the_diagnosis_and_age_stands_in_a_band() -> None:
    row = row_of()
    assert (row["days_since_diagnosis"], row["diagnosis_precision"], row["age_band"]) == (60, "day", "60-64")


def test_the_unit_stands_in_the_name_and_a_censored_value_beside_its_comparator() -> None:
    row = row_of(Finding("vegf_serum", 31.0, sign=Sign.BELOW))
    assert (row["vegf_serum_pg_ml"], row["vegf_serum_cmp"], row["vegf_serum_state"]) == (31.0, "below", "recorded")


def test_not_detected_is_neither_zero_nor_below() -> None:
    row = row_of(Finding("m_protein", 0.0, reported=NOT_DETECTED))
    assert row["m_protein_cmp"] == "not_detected"


def test_every_state_column_is_filled_and_not_recorded_is_no_answer() -> None:
    row = row_of(Finding("p_status", "absent"), Finding("weight", None, State.DECLINED))
    assert all(cell for name, cell in row.items() if name.endswith("_state"))
    assert (row["p_status"], row["p_status_state"]) == ("absent", "recorded")
    assert (row["o_status"], row["o_status_state"]) == (None, "not_recorded")
    assert (row["weight_kg"], row["weight_state"]) == (None, "declined")


def test_research_values_outside_a_research_sample_stay_inside_and_are_counted() -> None:
    il6 = Finding("research_il6", 5.5)
    care = visit(il6, Finding("vegf_serum", 31.0))
    row = row_of(*care.findings)
    assert (row["research_il6_pg_ml"], row["research_il6_state"]) == (None, "not_recorded")
    assert row["vegf_serum_pg_ml"] == 31.0
    sample = Encounter(id=2, on=care.on, kind=EncounterKind.RESEARCH, state=EncounterState.RECORDED, findings=(il6,))
    file = PatientFile(PATIENT, (care, sample))
    told = as_records(encounters([file], CATALOGUE, KEY, Thresholds(), research=(2,)))
    assert [each["research_il6_pg_ml"] for each in told] == [None, 5.5]
    assert outside_research([file], CATALOGUE) == 1


def test_derived_values_say_that_they_are() -> None:
    row = row_of(Finding("onls_arm", 2.0), Finding("onls_leg", 3.0))
    assert (row["onls_total"], row["onls_total_state"]) == (5.0, "derived")
    assert row_of(Finding("onls_arm", 2.0))["onls_total_state"] == "not_recorded"


def test_a_date_becomes_days_from_the_encounter_with_its_precision() -> None:
    row = row_of(Finding("next_visit", PartialDate(2020, 9)))
    assert (row["next_visit_days"], row["next_visit_precision"]) == (184, "month")


def test_nothing_that_identifies_and_no_free_text_is_in_it() -> None:
    texts = [i.code for i in CATALOGUE.items.values() if i.kind.slot == "text"]
    row = row_of(*(Finding(code, "Wren Canary fell") for code in texts))
    told = " ".join(str(cell) for cell in (*row, *row.values()))
    for secret in ("Wren", "Canary", "9990000050", "ZZ1", "p-1", "e-1", "1955", "2020", "fell"):
        assert secret not in told


def test_drafts_and_entries_in_error_are_left_out() -> None:
    hidden = [visit(state=EncounterState.DRAFT), visit(state=EncounterState.IN_ERROR)]
    assert not as_records(encounters([PatientFile(PATIENT, tuple(hidden))], CATALOGUE, KEY, Thresholds()))


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (PartialDate(1940, 3, 1), "80+"),
        (PartialDate(1941), "75-79"),
        (PartialDate(1955, 3, 1), "65-69"),
        (PartialDate(1955, 3, 2), "60-64"),
        (None, "not_recorded"),
    ],
)
def test_age_bands(born: PartialDate | None, band: str) -> None:
    assert age_band(Patient(born=born), date(2020, 3, 1)) == band


def test_an_age_at_a_day_moves_on_with_the_years() -> None:
    patient = Patient(age_at=(63, date(2014, 1, 2)))
    assert age_band(patient, date(2014, 1, 1)) == "60-64"
    assert age_band(patient, date(2016, 1, 2)) == "65-69"


def test_few_people_of_one_sex_and_band_are_counted() -> None:
    crowd = [PatientFile(Patient(uid=f"u{n}", born=PartialDate(1955, 7, 14)), (visit(),)) for n in range(5)]
    assert small_groups(crowd) == 0
    assert small_groups(crowd[:4]) == 4


def test_the_response_stands_by_domain_as_of_each_encounter_and_the_newest_is_marked() -> None:
    def said(day: date, value: float) -> Encounter:
        return visit(Finding("vegf_serum", value), on=day)

    line = TreatmentLine(number=1, start=PartialDate(2020, 4, 1))
    file = PatientFile(PATIENT, (said(date(2020, 3, 1), 5000.0), said(date(2020, 9, 1), 2400.0),
                                 said(date(2021, 3, 1), 600.0)), (line,))  # fmt: skip
    rows = as_records(encounters([file], CATALOGUE, KEY, Thresholds()))
    assert [row["response_vegf"] for row in rows] == ["not_treated", "PR", "CR"]
    assert [row["response_line"] for row in rows] == [None, 1, 1]
    assert [row["response_clinical"] for row in rows] == ["not_treated", "cannot_tell", "cannot_tell"]
    assert [row["last_encounter"] for row in rows] == ["no", "no", "yes"]
    assert {row["response_rule_set"] for row in rows} == {"R-2"}


def test_a_line_without_its_start_leaves_the_response_open_and_not_untreated() -> None:
    file = PatientFile(PATIENT, (visit(Finding("vegf_serum", 600.0)),), (TreatmentLine(number=1),))
    (row,) = as_records(encounters([file], CATALOGUE, KEY, Thresholds()))
    assert (row["response_vegf"], row["response_line"]) == ("cannot_tell", None)


def test_pseudonyms_are_steady_in_a_project_and_strange_to_another() -> None:
    other = project_key(bytes(32), "another study")
    assert pseudonym(KEY, "p-1") == pseudonym(KEY, "p-1")
    assert pseudonym(KEY, "p-1") != pseudonym(other, "p-1")
    assert pseudonym(KEY, "p-1") != pseudonym(KEY, "p-2")
    assert pseudonym(KEY, "p-1").startswith("P-")
    assert len(pseudonym(KEY, "p-1")) == 18


SECTIONS = {section.code for section in CATALOGUE.sections}


def test_what_was_agreed_to_stands_in_each_row_and_never_asked_is_not_recorded() -> None:
    answers = (
        Consent(id=1, answer=Answer.GIVEN, on=PartialDate(2020)),
        Consent(id=2, scope=Scope.SAMPLE, answer=Answer.GIVEN, on=PartialDate(2020)),
        Consent(id=3, scope=Scope.SAMPLE, answer=Answer.WITHDRAWN, on=PartialDate(2021)),
        Consent(id=4, scope=Scope.PHOTOS, answer=Answer.DECLINED, on=PartialDate(2021), error_reason="mixed up"),
        Consent(id=5, scope=Scope.STUDY, study="Secret name", answer=Answer.GIVEN, on=PartialDate(2021)),
    )
    table = encounters([PatientFile(PATIENT, (visit(),), consents=answers)], CATALOGUE, KEY, Thresholds())
    (row,) = as_records(table)
    said = {name: row[name] for name in row if name.startswith("consent_") and name in CONSENTS}
    assert said == {
        "consent_registry": "given", "consent_contact": "not_recorded", "consent_reuse": "not_recorded",
        "consent_sample": "withdrawn", "consent_biobank": "not_recorded", "consent_photos": "not_recorded",
        "consent_commercial": "not_recorded", "consent_abroad": "not_recorded",
    }  # fmt: skip
    assert "Secret name" not in str(row)


def test_the_dictionary_describes_every_column_of_the_export() -> None:
    rows = [row for row in as_records(dictionary(CATALOGUE)) if not str(row["section"]).startswith("table ")]
    described = {name for row in rows for name in str(row["export_columns"]).split("|")}
    assert set(encounters([], CATALOGUE, KEY, Thresholds()).head) == described - {""}


def test_the_dictionary_has_one_row_for_each_item_and_derived_value() -> None:
    rows = {str(row["code"]): row for row in as_records(dictionary(CATALOGUE)) if row["section"] in SECTIONS}
    assert set(rows) == {i.code for i in CATALOGUE.items.values()} | set(CATALOGUE.derived)
    glucose = rows["glucose_fasting"]
    assert (glucose["unit"], glucose["hard_low"], glucose["loinc"]) == ("mmol/L", 0.5, "14771-0 (memory)")
    assert "mg/dL: x 0.0555075" in str(glucose["other_units"])
    assert "HP:0001271 (source)" in str(rows["p_status"]["hpo"])
    assert rows["p_status"]["required"] == "yes"
    assert rows["research_il6"]["research"] == "yes"
    assert "not_recorded" in str(rows["p_status"]["states"])
    assert rows["onls_total"]["derived_from"] == "onls_arm|onls_leg"
    assert len(HEAD) == len(set(HEAD))


def test_a_row_that_does_not_fit_its_head_never_reaches_a_file() -> None:
    with pytest.raises(ValueError, match="columns"):
        list(Table("t", ("a", "b"), [("x",)]).checked())
    with pytest.raises(ValueError, match="same name"):
        Table("t", ("a", "a"), [])
