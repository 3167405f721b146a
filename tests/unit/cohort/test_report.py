"""The report says the same numbers as the summary, marks what may not leave, and names every rule it rests on."""

from datetime import UTC, date, datetime
from functools import cache

from poems_registry.cohort import words
from poems_registry.cohort.choosing import Conditions
from poems_registry.cohort.dictionary import HEAD as TERMS
from poems_registry.cohort.dictionary import dictionary
from poems_registry.cohort.drawings import ordered, survival, swimmers
from poems_registry.cohort.people import member_of
from poems_registry.cohort.releasing import released
from poems_registry.cohort.report import Made, report
from poems_registry.cohort.rows import HEAD, rows
from poems_registry.cohort.summary import Basis, Summary, summarise
from poems_registry.cohort.table_one import Group
from poems_registry.domain.thresholds import Thresholds
from poems_registry.pages.text import to_text
from tests.tree import ROOT
from tests.unit.cohort.made_up import DATA_DATE, clinic

MADE = Made(datetime(2026, 11, 22, 14, 2, tzinfo=UTC), date(2026, 11, 22), "Dr A Rahman", "National POEMS Clinic")
GOLDEN = ROOT / "tests/golden/cohort"
SETTINGS = (("platelets", "Thrombocytosis from", "450 10⁹/L"),)


@cache
def true(size: int = 150) -> Summary:
    """A true summary."""
    members = [member_of(file, Thresholds(), DATA_DATE) for file in clinic(size)]
    return summarise(members, Conditions(), Basis(DATA_DATE, settings=SETTINGS, training=True))


def text(summary: Summary) -> str:
    """The report read out."""
    return to_text(report(summary, MADE))


def test_the_reports_read_as_agreed() -> None:
    for name, summary in (("clinic_use", true()), ("release", released(true())), ("nobody", true(0))):
        assert text(summary) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8"), name


def test_true_counts_carry_the_band_and_a_release_its_rules() -> None:
    inside, outside = report(true(), MADE), report(released(true()), MADE)
    assert inside.band == words.NOT_FOR_RELEASE
    assert inside.footer.reference.startswith("Contains small counts: not for release.")
    assert outside.band == ""
    assert words.release_rules(7) in to_text(outside)
    assert words.NOT_FOR_RELEASE not in to_text(outside)


def test_every_page_says_the_data_date_the_rules_and_that_people_are_made_up() -> None:
    footer = report(true(), MADE).footer
    assert footer.facts == (
        "Cohort report of 22 November 2026. Data to 20 November 2026. Criteria rule set A-3, response rules R-2.",
    )
    assert footer.reference.endswith("Made-up data from the training registry.")


def test_a_release_draws_no_single_patient() -> None:
    assert swimmers(released(true()), 493, font_size=9) == []
    assert len(swimmers(true(), 493, font_size=9)) == 1
    assert survival(true(0), 493, 250, font_size=9) is None
    assert survival(released(true(12)), 493, 250, font_size=9) is not None


def test_more_patients_than_a_page_holds_go_on_over_pages() -> None:
    many = swimmers(true(600), 493, font_size=9)
    assert len(many) > 1
    assert sum(int(page.alt_text.split(" ")[0]) for page in many) == len(true(600).lanes)


def test_the_commonest_feature_stands_first() -> None:
    percents = [row.ever.percent or 0 for row in ordered(true().features)]
    assert percents == sorted(percents, reverse=True)


def test_the_long_table_has_the_numbers_of_the_summary() -> None:
    summary = true()
    lines = [dict(zip(HEAD, row, strict=True)) for row in rows(summary)]
    found = {(line["section"], line["row"], line["group"]): line for line in lines}
    assert len(found) == len(lines)
    men = next(row for row in summary.table_one if row.code == "men").cell(Group.OTHER)
    line = found["table_1", "men", "other_first"]
    assert (line["present"], line["assessed"], line["not_assessed"]) == (
        getattr(men, "present", None),
        men.assessed,
        men.unassessed,
    )
    for row in summary.features:
        line = found["prevalence", row.criterion.value, "ever"]
        assert (line["present"], line["assessed"]) == (row.ever.present, row.ever.assessed)
        limits = row.ever.interval
        assert (line["low"], line["high"]) == (tuple(round(limit, 4) for limit in limits) if limits else (None, None))
    assert found["about", "release", ""]["text"] == words.NOT_FOR_RELEASE
    five = found["survival", "overall_survival", "5"]
    step = summary.curves[0].at(5)
    assert step is not None
    assert five["percent"] == round(100 * step.share, 4)


def test_the_printed_cells_are_those_of_the_long_table() -> None:
    printed = text(true())
    for line in (dict(zip(HEAD, row, strict=True)) for row in rows(true())):
        if line["section"] == "prevalence" and line["group"] == "ever" and isinstance(line["percent"], float):
            low, high = (words.whole(float(str(line[name]))) for name in ("low", "high"))
            assert f"{words.whole(line['percent'])} ({low} to {high})" in printed


def test_the_dictionary_explains_every_name_in_the_table() -> None:
    terms = [dict(zip(TERMS, row, strict=True)) for row in dictionary()]
    names = {term["name"] for term in terms}
    assert set(HEAD) <= names
    for line in (dict(zip(HEAD, row, strict=True)) for row in rows(true())):
        if line["section"] in {"table_1", "prevalence", "survival"}:
            assert line["row"] in names
        if line["section"] == "table_1":
            assert line["group"] in names
    vegf = next(term for term in terms if term["name"] == "vegf_serum")
    assert "pg/mL" in vegf["items"]
    assert "90 days before" in vegf["definition"]
