"""How a clinic letter tells results: columns of visits, limits of each result itself, what is awaited or unknown."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.letters.result_days import dates_shown
from poems_registry.letters.results import series
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import Figure, Table, words
from tests.golden.letters.people import follow_up, relapse


def test_results_run_from_left_to_right_with_the_newest_at_the_right() -> None:
    table = next(b for b in follow_up().document().blocks if isinstance(b, Table) and b.columns[0].head == "Test")
    heads = [column.head.replace("\u00a0", " ") for column in table.columns[2:]]
    assert heads == ["4 March 2024 (diagnosis)", "3 March 2026 (relapse)", "12 August 2026", "18 November 2026"]
    assert [column.emphasised for column in table.columns[2:]] == [False, False, False, True]
    first = [words(cell).replace("\u00a0", " ") for cell in table.rows[0].cells]
    assert first == ["VEGF, serum", "pg/mL, up to 771", "more than 8,000 high", "2,980 high", "1,150 high", "640"]


def test_high_and_low_follow_the_limits_of_each_result_itself() -> None:
    case = follow_up()
    wider = replace(case.file.encounters[2], findings=tuple(
        replace(f, limit_high=2000.0) if f.item == "vegf_serum" else f for f in case.file.encounters[2].findings
    ))  # fmt: skip
    file = replace(case.file, encounters=(*case.file.encounters[:2], wider, case.file.encounters[3]))
    text = replace(case, file=file).text().replace("\u00a0", " ")
    assert "12 August 2026: 1,150 (range up to 2,000); 3 March 2026 (relapse): 2,980 high (range up to 771)" in text
    assert "VEGF, serum (pg/mL). " in text


def test_an_older_range_never_stands_over_a_result_that_came_without_one() -> None:
    case = follow_up()
    bare = tuple(replace(f, limit_high=None) if f.item == "vegf_serum" else f for f in case.encounter.findings)
    today = replace(case.encounter, findings=bare)
    file = replace(case.file, encounters=(*case.file.encounters[:3], today))
    text = replace(case, file=file, encounter=today).text().replace("\u00a0", " ")
    assert "VEGF, serum (pg/mL). 18 November 2026: 640; 12 August 2026: 1,150 high (range up to 771);" in text


def test_a_range_stands_in_the_heading_if_every_value_came_with_it_whatever_is_awaited_or_not_done() -> None:
    case = follow_up()
    awaited = tuple(
        Finding("vegf_serum", state=State.PENDING) if f.item == "vegf_serum" else f for f in case.encounter.findings
    )
    today = replace(case.encounter, findings=awaited)
    file = replace(case.file, encounters=(*case.file.encounters[:3], today))
    text = replace(case, file=file, encounter=today).text().replace("\u00a0", " ")
    assert "VEGF, serum (pg/mL, up to 771). 18 November 2026: awaited; 12 August 2026: 1,150 high;" in text


@given(
    st.lists(st.one_of(st.none(), st.sampled_from([(None, None), (None, 771.0), (31.0, 771.0), (None, 2000.0)])),
             min_size=4, max_size=4)
)  # fmt: skip
def test_every_range_printed_is_the_range_of_the_result_beside_it(
    limits: list[tuple[float | None, float | None] | None],
) -> None:
    case = follow_up()
    encounters = []
    for encounter, given_limits in zip(case.file.encounters, limits, strict=True):
        others = tuple(f for f in encounter.findings if f.item != "vegf_serum")
        own = () if given_limits is None else (
            Finding("vegf_serum", 100.0, limit_low=given_limits[0], limit_high=given_limits[1]),
        )  # fmt: skip
        encounters.append(replace(encounter, findings=(*others, *own)))
    file = replace(case.file, encounters=tuple(encounters))
    visit = Visit(file, file.encounters[-1])
    shown = dates_shown(visit)
    row = next((each for each in series(visit, shown) if each.code == "vegf_serum"), None)
    words: dict[tuple[float | None, float | None], str] = {
        (None, 771.0): "up to\u00a0771",
        (31.0, 771.0): "31 to 771",
        (None, 2000.0): "up to\u00a02,000",
    }
    by_day = {e.on: words.get(given, "") if given else None for e, given in zip(encounters, limits, strict=True)}
    told = [by_day[when.on] for when in shown]
    if row is None:
        assert set(told) == {None}
        return
    for own_words, cell in zip(told, row.printed, strict=True):
        printed = row.range or (cell.partition(" (range ")[2].removesuffix(")"))
        if own_words is not None:
            assert printed == own_words
        else:
            assert cell == "not recorded"


def test_the_decision_level_is_no_range() -> None:
    text = follow_up().text()
    assert "up to 1,771" not in text
    assert "A VEGF above 1,771 pg/mL in serum before treatment points to active POEMS." in text


def test_serum_and_plasma_are_apart_in_table_and_chart() -> None:
    text = relapse().text()
    assert "VEGF, serum (pg/mL, up to 771). 17 November 2026: more than 8,000 high" in text
    assert "VEGF, plasma (pg/mL, up to 86). 17 November 2026: 240 high; 1 June 2023 (lowest VEGF): below 31" in text
    figure = next(block for block in relapse().document().blocks if isinstance(block, Figure))
    assert "VEGF, serum, pg/mL: 3 values" in figure.drawing.alt_text
    assert "VEGF, plasma, pg/mL: 3 values" in figure.drawing.alt_text


def test_a_converted_value_says_what_the_laboratory_wrote() -> None:
    assert "112 (reported as 11.2 g/dL) low" in relapse().text()


def test_pending_and_not_done_have_their_words() -> None:
    text = follow_up().text()
    assert "TSH, a thyroid test: awaited." in text
    assert "Abnormal protein: not done." in text
    assert "Platelets (10⁹/L, 150 to 400). 17 November 2026: awaited" in relapse().text()


def test_a_total_with_a_missing_part_is_not_guessed() -> None:
    text = relapse().text()
    assert "ONLS arms (score of arm use, 0 to 5): could not be assessed (last: 3 on 10 May 2021)." in text
    assert "17 November 2026: not complete" in text


def test_a_result_inside_its_range_is_told_in_a_sentence_and_one_outside_has_a_row() -> None:
    case = follow_up()
    before = [replace(f, value=80.0, limit_low=59.0, limit_high=104.0) for f in (Finding("creatinine", 80.0),)]
    earlier = replace(case.file.encounters[2], findings=(*case.file.encounters[2].findings, *before))

    def letter(value: float) -> str:
        today = Finding("creatinine", value, limit_low=59.0, limit_high=104.0)
        visit = replace(case.encounter, findings=(*case.encounter.findings, today))
        file = replace(case.file, encounters=(*case.file.encounters[:2], earlier, visit))
        return replace(case, file=file, encounter=visit).text()

    assert "Within the laboratory's range: creatinine, a kidney test 90 µmol/L." in letter(90.0)
    row = "Creatinine, a kidney test (µmol/L, 59 to 104). 18 November 2026: 118 high; 12 August 2026: 80."
    assert row in letter(118.0)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (Finding("haematocrit", 0.60), "Haematocrit: 0.6 L/L."),
        (
            Finding("haematocrit", 0.55, sign=Sign.BELOW, limit_high=0.5),
            "Haematocrit: below 0.55 L/L (range up to 0.5).",
        ),
        (
            Finding("haematocrit", 0.45, sign=Sign.BELOW, limit_high=0.5),
            "Within the laboratory's range: haematocrit below",
        ),
    ],
)
def test_only_the_limits_of_a_result_itself_say_that_it_is_within_range(today: Finding, expected: str) -> None:
    case = follow_up()
    before = Finding("haematocrit", 0.40, limit_low=0.37, limit_high=0.5)
    earlier = replace(case.file.encounters[2], findings=(*case.file.encounters[2].findings, before))
    visit = replace(case.encounter, findings=(*case.encounter.findings, today))
    file = replace(case.file, encounters=(*case.file.encounters[:2], earlier, visit))
    assert expected in replace(case, file=file, encounter=visit).text()


def test_a_range_stands_in_the_unit_beside_it() -> None:
    case = follow_up()
    limits = {"limit_low": 11.5, "limit_high": 16.5}
    today = Finding("haemoglobin", 121.0, reported="12.1", reported_unit="g/dL", **limits)  # type: ignore[arg-type]
    others = tuple(f for f in case.encounter.findings if f.item != "haemoglobin")
    visit = replace(case.encounter, findings=(*others, today))
    text = replace(case, encounter=visit).text()
    assert "Haemoglobin (g/L). 18 November 2026: 121 (reported as 12.1 g/dL, range 115 to 165);" in text
