"""The kappa to lambda ratio in a letter: the laboratory's own, else worked out as on screen and marked as such."""

from dataclasses import replace

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.letters.result_days import dates_shown
from poems_registry.letters.results import Series, series
from poems_registry.letters.visit import Visit
from tests.golden.letters.people import Case, follow_up

CHAINS = ("flc_kappa", "flc_lambda", "flc_ratio_reported")


def told(*today: Finding) -> tuple[Case, Series | None]:
    """A follow-up whose light chains are these today, and were never measured before; and the ratio's row."""

    def without(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(each for each in findings if each.item not in CHAINS)

    case = follow_up()
    *before, visit = case.file.encounters
    visit = replace(visit, findings=(*without(visit.findings), *today))
    file = replace(case.file, encounters=(*(replace(each, findings=without(each.findings)) for each in before), visit))
    case = replace(case, file=file, encounter=visit)
    shown = Visit(file, visit)
    return case, next((row for row in series(shown, dates_shown(shown)) if row.code == "flc_ratio"), None)


def spaced(case: Case) -> str:
    return case.text().replace("\u00a0", " ")


def test_a_ratio_that_was_not_reported_is_worked_out_by_the_formula_of_the_screen_and_marked() -> None:
    chains = (Finding("flc_kappa", 12.0), Finding("flc_lambda", 48.0))
    case, row = told(*chains)
    assert row is not None
    assert CATALOGUE.compute(chains)["flc_ratio"] == 0.25
    assert (row.cells[-1], row.unit) == ("0.25", "calculated")
    assert "Kappa to lambda ratio: 0.25 (calculated)." in spaced(case)
    assert row.ranges[-1] == ""
    assert not row.out_of_range
    assert "Calculated: kappa divided by lambda of the same sample" in spaced(case)


def test_the_laboratorys_own_ratio_is_told_with_its_limits_and_no_word_of_a_calculation() -> None:
    own = Finding("flc_ratio_reported", 0.2, limit_low=0.26, limit_high=1.65)
    case, row = told(Finding("flc_kappa", 10.0), Finding("flc_lambda", 50.0), own)
    assert row is not None
    assert (row.cells[-1], row.range) == ("0.2 low", "0.26 to 1.65")
    assert "Kappa to lambda ratio: 0.2, low (range 0.26 to 1.65)." in spaced(case)
    assert "alculated" not in spaced(case)


def test_without_both_light_chains_there_is_no_ratio_and_no_word_of_one() -> None:
    for alone in ("flc_kappa", "flc_lambda"):
        case, row = told(Finding(alone, 12.0))
        assert row is None
        assert "lambda ratio" not in spaced(case)


def test_a_number_beyond_a_limit_gives_no_ratio_and_says_so() -> None:
    _, row = told(Finding("flc_kappa", 0.6, sign=Sign.BELOW), Finding("flc_lambda", 48.0))
    assert row is not None
    assert row.cells[-1] == "cannot be calculated"


def test_light_chains_of_two_samples_of_a_day_are_not_divided_by_each_other() -> None:
    case, _ = told(Finding("flc_lambda", 48.0))
    sample = replace(case.encounter, id=99, findings=(Finding("flc_kappa", 12.0),))
    file = replace(case.file, encounters=(*case.file.encounters[:-1], sample, case.encounter))
    visit = Visit(file, case.encounter)
    assert all(row.code != "flc_ratio" for row in series(visit, dates_shown(visit)))


def test_a_ratio_that_is_awaited_says_so_and_is_never_called_none() -> None:
    for state, words in ((State.PENDING, "awaited"), (State.NOT_DONE, "not done"), (State.UNABLE, "could not be")):
        _, row = told(Finding("flc_ratio_reported", state=state))
        assert row is not None
        assert row.cells[-1].startswith(words)


def test_days_without_a_ratio_are_silent_or_say_not_recorded() -> None:
    _, row = told(Finding("flc_kappa", 12.0), Finding("flc_lambda", 48.0))
    assert row is not None
    assert set(row.cells[:-1]) == {"not recorded"}


def test_a_ratio_worked_out_beside_reported_ones_is_marked_by_itself() -> None:
    case, _ = told(Finding("flc_kappa", 12.0), Finding("flc_lambda", 48.0))
    *before, last, visit = case.file.encounters
    reported = Finding("flc_ratio_reported", 2.0, limit_low=0.26, limit_high=1.65)
    file = replace(case.file, encounters=(*before, replace(last, findings=(*last.findings, reported)), visit))
    shown = Visit(file, visit)
    row = next(row for row in series(shown, dates_shown(shown)) if row.code == "flc_ratio")
    assert (row.unit, row.cells[-2:]) == ("", ("2 high", "0.25 (calculated)"))
