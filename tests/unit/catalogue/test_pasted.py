"""A block from a spreadsheet is read as it stands: nothing invented, nothing lost, whichever way round it lies."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.pasted import NoBlock, is_date, limits_in, read_block
from poems_registry.catalogue.pasted_results import (
    IGNORE,
    Answers,
    PastePlan,
    judge,
    needs_unit,
    proposed_item,
    proposed_unit,
)
from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.domain.proposals import Fate
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient, PatientFile

TODAY = date(2026, 11, 22)
ANN = Patient(id=1, family_name="Smith", given_name="Ann", born=PartialDate(1955, 7, 14))
EMPTY = PatientFile(ANN)
DOWN = (
    "Test\tUnit\tRange\t12/08/2026\t22-Nov-2026\n"
    "VEGF, serum\tpg/mL\t<771\t640\t<31\n"
    "Haemoglobin\tg/dL\t11.5-16.5\t12.1\t\n"
    "Serum immunofixation\t\t\tpending\tPositive\n"
)


def sample(*findings: Finding, state: EncounterState = EncounterState.RECORDED, on: date = TODAY) -> PatientFile:
    kind = EncounterKind.CLINIC if state is EncounterState.SIGNED else EncounterKind.SAMPLE
    return PatientFile(ANN, (Encounter(id=5, patient_id=1, kind=kind, on=on, state=state, findings=findings),))


def answered(text: str, *, doubts: bool = False, change: bool = False) -> Answers:
    """As a person would who says yes to every test and unit that is proposed."""
    items, units = {}, {}
    for test in read_block(text).tests:
        code = proposed_item(test.name)
        if code:
            items[test.place] = code
            item = CATALOGUE.item(code)
            units[test.place] = proposed_unit(item, test) or item.unit
    return Answers(items, units, doubts, change)


def planned(text: str, file: PatientFile = EMPTY, *, doubts: bool = False, change: bool = False) -> PastePlan:
    return judge(read_block(text), answered(text, doubts=doubts, change=change), file, TODAY)


def said(plan: PastePlan) -> set[tuple[object, ...]]:
    return {
        (o.test, o.on, o.fate, o.after, o.finding and o.finding.limit_low, o.finding and o.finding.limit_high)
        for o in plan.outcomes
    }


def sideways(text: str) -> str:
    rows = [line.split("\t") for line in text.strip("\n").split("\n")]
    return "\n".join("\t".join(column) for column in zip(*rows, strict=True))


def test_tests_down_and_dates_across_with_units_and_limits() -> None:
    plan = planned(DOWN)
    assert plan.counts.line.startswith("5 read = 5 new + 0 changed")
    by = {(o.finding.item, o.on): o.finding for o in plan.outcomes if o.finding is not None}
    vegf = by["vegf_serum", TODAY]
    assert (vegf.value, vegf.sign, vegf.limit_high) == (31.0, Sign.BELOW, 771.0)
    blood = by["haemoglobin", date(2026, 8, 12)]
    assert (blood.value, blood.reported, blood.reported_unit) == (121.0, "12.1", "g/dL")
    assert (blood.limit_low, blood.limit_high) == (11.5, 16.5)
    assert by["ife_serum", date(2026, 8, 12)].state is State.PENDING


def test_the_same_block_lying_on_its_side_says_the_same() -> None:
    assert said(planned(sideways(DOWN))) == said(planned(DOWN))


def test_a_row_without_a_confirmed_unit_is_never_taken() -> None:
    text = "Test\t22-Nov-2026\nHaemoglobin\t121\nSerum immunofixation\tnegative\n"
    items = {1: "haemoglobin", 2: "ife_serum"}
    plan = judge(read_block(text), Answers(items, {}), EMPTY, TODAY)
    assert [o.fate for o in plan.outcomes] == [Fate.SET_ASIDE, Fate.NEW]
    assert "unit" in plan.outcomes[0].reason
    assert needs_unit(CATALOGUE.item("haemoglobin"))
    assert not needs_unit(CATALOGUE.item("ife_serum"))


def test_vegf_alone_is_not_taken_for_serum_and_unknown_names_are_chosen_by_a_person() -> None:
    assert proposed_item("VEGF") == ""
    assert proposed_item("vegf (plasma)") == "vegf_plasma"
    assert proposed_item("Hb (g/L)") == "haemoglobin"
    assert proposed_item("Something else") == ""
    plan = planned("Test\t22-Nov-2026\nVEGF\t640\n")
    assert (plan.outcomes[0].fate, plan.outcomes[0].reason) == (Fate.SET_ASIDE, "choose which test this is")


def test_a_test_that_is_left_out_is_counted_as_ignored() -> None:
    text = "Test\t22-Nov-2026\nZinc\t12\n"
    plan = judge(read_block(text), Answers({1: IGNORE}), EMPTY, TODAY)
    assert plan.counts.ignored == 1


def test_the_same_is_left_the_different_needs_a_word_and_a_signed_visit_stays() -> None:
    text = "Test\tUnit\t22-Nov-2026\nVEGF, serum\tpg/mL\t640\n"
    same = sample(Finding("vegf_serum", 640.0, reported="640", reported_unit="pg/mL"))
    other = sample(Finding("vegf_serum", 700.0, reported="700", reported_unit="pg/mL"))
    signed = sample(Finding("vegf_serum", 700.0, reported="700", reported_unit="pg/mL"), state=EncounterState.SIGNED)
    assert planned(text, same).outcomes[0].fate is Fate.UNCHANGED
    held = planned(text, other).outcomes[0]
    assert (held.fate, held.before, held.after) == (Fate.SET_ASIDE, "700\u00a0pg/mL", "640\u00a0pg/mL")
    changed = planned(text, other, change=True).outcomes[0]
    assert (changed.fate, changed.encounter_id) == (Fate.CHANGED, 5)
    stays = planned(text, signed, change=True).outcomes[0]
    assert stays.fate is Fate.SET_ASIDE
    assert "amend" in stays.reason


def test_an_unusual_result_waits_for_somebody_to_say_that_it_is_right() -> None:
    text = "Test\tUnit\t22-Nov-2026\nPlatelets\t10^9/L\t12\n"
    assert planned(text).outcomes[0].fate is Fate.SET_ASIDE
    assert planned(text, doubts=True).outcomes[0].fate is Fate.NEW


@pytest.mark.parametrize(
    ("day", "words"),
    [("22-Dec-2026", "future"), ("1-Jan-1950", "born"), ("31-Jan-2026", "")],
)
def test_dates_that_cannot_be_are_refused_in_words(day: str, words: str) -> None:
    found = planned(f"Test\tUnit\t{day}\nVEGF, serum\tpg/mL\t640\n").outcomes[0]
    assert (words in found.reason) if words else found.fate is Fate.NEW


def test_a_year_in_two_figures_is_read_only_where_one_century_is_possible() -> None:
    young = planned("Test\tUnit\t22-11-20\nVEGF, serum\tpg/mL\t640\n").outcomes[0]
    assert young.on == date(2020, 11, 22)
    old = PatientFile(Patient(id=1, born=PartialDate(1915, 1, 1)))
    text = "Test\tUnit\t22-11-20\nVEGF, serum\tpg/mL\t640\n"
    unclear = judge(read_block(text), answered(text), old, TODAY).outcomes[0]
    assert "century" in unclear.reason


def test_two_different_results_of_one_test_and_day_are_both_set_aside_and_two_alike_count_once() -> None:
    differ = planned("Test\tUnit\t22-Nov-2026\nCRP\tmg/L\t3\nCRP\tmg/L\t4\n")
    assert [o.fate for o in differ.outcomes] == [Fate.SET_ASIDE, Fate.SET_ASIDE]
    alike = planned("Test\tUnit\t22-Nov-2026\nCRP\tmg/L\t3\nCRP\tmg/L\t3\n")
    assert sorted(o.fate for o in alike.outcomes) == [Fate.IGNORED, Fate.NEW]


def test_columns_nobody_knows_are_counted_and_never_dropped_silently() -> None:
    plan = planned("Test\tUnit\tRemark\t22-Nov-2026\nCRP\tmg/L\thaemolysed\t3\n\t\t\t9\n")
    assert plan.counts.read == 4
    reasons = {o.text: o.reason for o in plan.outcomes if o.fate is Fate.IGNORED}
    assert set(reasons) == {"Remark", "haemolysed", "9"}


@pytest.mark.parametrize("text", ["", "just words", "a\tb\nc\td", "x\t22-Nov-2026\n23-Nov-2026\t4"])
def test_what_is_no_block_is_refused_in_words(text: str) -> None:
    with pytest.raises(NoBlock):
        read_block(text)


def test_cortisol_needs_the_time_which_a_date_may_carry() -> None:
    without = planned("Test\tUnit\t22-Nov-2026\nCortisol, 9 am\tnmol/L\t300\n").outcomes[0]
    assert "time" in without.reason
    carried = planned("Test\tUnit\t22-Nov-2026 09:05\nCortisol, 9 am\tnmol/L\t300\n").outcomes[0]
    assert carried.finding is not None
    assert carried.finding.sample_time == "09:05"


LIMITS = (
    ("115-165", ("115", "165")),
    ("3.3 to 19.4", ("3.3", "19.4")),
    ("<771", ("", "771")),
    (">3", ("3", "")),
    ("see report", ("", "")),
)


@pytest.mark.parametrize(("text", "limits"), LIMITS)
def test_limits_are_read_as_laboratories_write_them(text: str, limits: tuple[str, str]) -> None:
    assert limits_in(text) == limits


# -- whatever the block

TESTS = ("VEGF, serum", "Platelets", "Haemoglobin", "CRP", "Serum immunofixation", "Zinc", "VEGF")
DAYS = ("22-Nov-2026", "12/08/2026", "2026-01-05", "1 March 2025", "22-Dec-2026")
TEXTS = ("", "12", "1,250", "<31", ">8000", "not detected", "abc", "12.1 g/dL", "pending", "Positive", "-", "9000000")


@st.composite
def blocks(draw: st.DrawFn) -> tuple[list[str], list[str], list[list[str]]]:
    tests = draw(st.lists(st.sampled_from(TESTS), min_size=1, max_size=6))
    days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True))
    cells = [[draw(st.sampled_from(TEXTS)) for _ in days] for _ in tests]
    return tests, days, cells


def written(tests: list[str], days: list[str], cells: list[list[str]]) -> str:
    lines = ["\t".join(("Test", *days))]
    lines += ["\t".join((test, *row)) for test, row in zip(tests, cells, strict=True)]
    return "\n".join(lines)


@given(blocks())
def test_every_cell_comes_out_once_and_none_that_did_not_go_in(
    block: tuple[list[str], list[str], list[list[str]]],
) -> None:
    tests, days, cells = block
    read = read_block(written(tests, days, cells))
    went_in = sorted((tests[r], days[c], text) for r, row in enumerate(cells) for c, text in enumerate(row) if text)
    names = {test.place: test.name for test in read.tests}
    assert sorted((names[cell.test], cell.day, cell.text) for cell in read.cells) == went_in
    assert read.leftovers == ()
    plan = planned(written(tests, days, cells), doubts=True)
    assert plan.counts.read == len(went_in)


@given(blocks(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_does_not_matter_nor_the_side_they_stand_on(
    block: tuple[list[str], list[str], list[list[str]]], chance: random.Random
) -> None:
    tests, days, cells = block
    rows, columns = list(range(len(tests))), list(range(len(days)))
    chance.shuffle(rows)
    chance.shuffle(columns)
    other = written(
        [tests[r] for r in rows], [days[c] for c in columns], [[cells[r][c] for c in columns] for r in rows]
    )
    one, two = planned(written(tests, days, cells)), planned(other)
    lying = planned(sideways(written(tests, days, cells)))
    assert one.counts == two.counts == lying.counts
    taken = {(o.finding.item, o.on, o.after) for o in one.outcomes if o.takes and o.finding}
    for plan in (two, lying):
        assert {(o.finding.item, o.on, o.after) for o in plan.outcomes if o.takes and o.finding} == taken


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_known_as_one_in_each_common_form(day: date) -> None:
    for words in (show_date(day), day.isoformat(), day.strftime("%d/%m/%Y"), day.strftime("%d.%m.%y")):
        assert is_date(words), words


@given(st.floats(0, 100000).map(lambda number: f"{number:.2f}"))
def test_a_number_is_no_day(text: str) -> None:
    assert not is_date(text)


# -- a block as people really copy it


def test_light_chains_that_deny_their_ratio_are_none_of_them_taken() -> None:
    text = "Test\tUnit\t21-Nov-2026\t22-Nov-2026\nkappa\tmg/L\t10\t10\nlambda\tmg/L\t20\t20\n"
    text += "flc_ratio_reported\t\t0.51\t0.9\n"
    plan = planned(text)
    right = [o.fate for o in plan.outcomes if o.day == "21-Nov-2026"]
    wrong = [o for o in plan.outcomes if o.day == "22-Nov-2026"]
    assert right == [Fate.NEW] * 3
    assert [o.fate for o in wrong] == [Fate.SET_ASIDE] * 3
    assert all("kappa over lambda is 0.5" in o.reason for o in wrong)
    answers = answered(text)
    without = judge(read_block(text), Answers({**answers.items, 3: IGNORE}, answers.units), EMPTY, TODAY)
    assert sum(o.takes for o in without.outcomes) == 4, "without the ratio the chains are taken"


def test_a_ratio_of_chains_below_a_limit_is_taken() -> None:
    text = "Test\tUnit\t22-Nov-2026\nkappa\tmg/L\t<0.5\nlambda\tmg/L\t20\nflc_ratio_reported\t\t0.9\n"
    assert [o.fate for o in planned(text).outcomes] == [Fate.NEW] * 3


@pytest.mark.parametrize("text", ["=B2*2", "#N/A", "#REF!", "#DIV/0!", "########", "=SUM(A1:A9)"])
def test_a_formula_or_its_error_is_never_a_result(text: str) -> None:
    for test in ("CRP\tmg/L", "Serum immunofixation\t"):
        found = planned(f"Test\tUnit\t22-Nov-2026\n{test}\t{text}\n").outcomes[0]
        assert found.fate is Fate.SET_ASIDE
        assert "formula" in found.reason


def test_a_line_break_inside_a_cell_does_not_tear_its_row() -> None:
    text = 'Test\tUnit\t"12-Aug-\n2026"\t22-Nov-2026\r\n"Haemoglobin\n(blood)"\tg/L\t121\t"said ""128"""\r\n'
    read = read_block(text)
    assert [test.name for test in read.tests] == ["Haemoglobin (blood)"]
    assert [(cell.day, cell.text) for cell in read.cells] == [
        ("12-Aug- 2026", "121"),
        ("22-Nov-2026", 'said "128"'),
    ]
    assert planned(text).outcomes[0].on == date(2026, 8, 12)


@pytest.mark.parametrize("name", ['6" tube', '"CRP', 'CRP"', '"a" b'])
def test_a_quotation_mark_that_stands_alone_is_part_of_the_words(name: str) -> None:
    read = read_block(f"Test\t22-Nov-2026\n{name}\t3\nCRP\t4\n")
    assert [test.name for test in read.tests] == [name, "CRP"]
    assert [cell.text for cell in read.cells] == ["3", "4"]


def test_what_nobody_can_see_is_taken_away_and_what_is_no_letter_makes_no_figure() -> None:
    text = "\ufeffTest\tUnit\t\u200e22-Nov-2026\nC\u00adRP\tmg/L\u00a0\t1\u202f2\u200b\nAlbumin\tg/L\t3\x004\n"
    text += "Platelets\t10^9/L\t3\ud8000\n"
    plan = planned(text)
    assert [(o.fate, o.text) for o in plan.outcomes] == [
        (Fate.SET_ASIDE, "1 2"),
        (Fate.SET_ASIDE, "3\ufffd4"),
        (Fate.SET_ASIDE, "3\ufffd0"),
    ]
    assert plan.outcomes[0].test == "CRP"
    assert all("\ud800" not in test.name for test in read_block(text).tests)


def test_dates_written_month_first_refuse_the_whole_block() -> None:
    with pytest.raises(NoBlock, match="month first"):
        read_block("Test\t03/04/2026\t12/25/2026\nCRP\t3\t4\n")
    with pytest.raises(NoBlock, match="month first"):
        read_block("Date\tCRP\n03/04/2026\t3\n10-13-25\t4\n")
    first = planned("Test\tUnit\t03/04/2026\nCRP\tmg/L\t3\n").outcomes[0]
    assert first.on == date(2026, 4, 3), "the day comes first, and the preview shows it in words"


def test_merged_cells_leave_nothing_out_silently() -> None:
    text = "Results of Ann\t\t12-Aug-2026\t\t22-Nov-2026\t\nTest\tUnit\tResult\tFlag\tResult\tFlag\n"
    text += "CRP\tmg/L\t3\tH\t4\tL\n\t\t5\t\t\t\n"
    read = read_block(text)
    assert [(cell.day, cell.text) for cell in read.cells] == [
        ("12-Aug-2026", "Result"),
        ("22-Nov-2026", "Result"),
        ("12-Aug-2026", "3"),
        ("22-Nov-2026", "4"),
    ]
    assert sorted(each.text for each in read.leftovers) == ["5", "Flag", "Flag", "H", "L", "Unit", "mg/L"]


def test_a_number_of_six_figures_over_a_column_is_no_date() -> None:
    with pytest.raises(NoBlock, match="No dates"):
        read_block("Test\t110520\nCRP\t3\n")


def test_a_cell_as_long_as_a_letter_is_told_and_not_taken() -> None:
    plan = planned(f"Test\tUnit\t22-Nov-2026\nCRP\tmg/L\t{'x' * 5000}\n{'y' * 5000}\t\t3\n")
    assert {(o.fate, o.reason) for o in plan.outcomes} == {
        (Fate.IGNORED, "is too long for a result"),
        (Fate.SET_ASIDE, "choose which test this is"),
    }
    assert all(len(o.text) <= 200 and len(o.test) <= 200 for o in plan.outcomes)


def test_a_block_larger_than_one_person_s_results_is_refused_with_what_to_do() -> None:
    days = "\t".join(show_date(date(2000, 1, 1) + timedelta(days=n)) for n in range(101))
    line = "\t".join(["3"] * 101)
    with pytest.raises(NoBlock, match="import the file"):
        read_block(f"Test\t{days}\n" + f"CRP\t{line}\n" * 200)
    with pytest.raises(NoBlock, match="201 tests"):
        read_block("Test\t22-Nov-2026\n" + "CRP\t3\n" * 201)
    assert read_block(f"Test\t{days}\n" + f"CRP\t{line}\n" * 198).read == 19_998


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_or_refused_in_words(text: str) -> None:
    for block in (text, f"Test\t22-Nov-2026\n{text}", f"Test\tUnit\t22-Nov-2026\nCRP\tmg/L\t{text}"):
        try:
            read = read_block(block)
        except NoBlock:
            continue
        items = {test.place: "crp" for test in read.tests}
        plan = judge(read, Answers(items, dict.fromkeys(items, "mg/L"), True, True), EMPTY, TODAY)
        assert plan.counts.read == read.read
        repr(plan).encode()
