"""Responses and progressions are those of the response rules; who was not assessed is never counted as a failure."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poems_registry.cohort.best_responses import MEASURES, best_responses
from poems_registry.cohort.choosing import Conditions
from poems_registry.cohort.figures import Share
from poems_registry.cohort.outcomes import progression_free
from poems_registry.cohort.people import Member, member_of
from poems_registry.cohort.releasing import released
from poems_registry.cohort.responding import NOT_TREATED, Reached
from poems_registry.cohort.rows import HEAD, rows
from poems_registry.cohort.summary import Basis, summarise
from poems_registry.cohort.survival import Followed
from poems_registry.cohort.table_one import Group
from poems_registry.cohort.words import response_row
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Value
from poems_registry.domain.records import Encounter
from poems_registry.domain.response import Domain, Grade
from poems_registry.domain.response_thresholds import PfsEvent
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatments import Event
from tests.unit.cohort.made_up import DATA_DATE, DIAGNOSED, POEMS, clinic, event, found, line, member, record, visit

STARTED = DIAGNOSED + timedelta(days=20)
YEAR = timedelta(days=366)
FIRST: dict[str, Value] = {k: v for k, v in POEMS.items() if k != "vegf_serum"} | {"ife_urine": "negative"}
GIVEN = (line(STARTED),)


def seen(after: timedelta, vegf: float, **values: Value) -> Encounter:
    """A visit with a VEGF of the same assay."""
    return visit(STARTED + after, found("vegf_serum", vegf, limit_high=771.0, assay="R&D"), **values)


def begun(**values: Value) -> Encounter:
    """The visit before treatment: VEGF 5,000, ONLS 3 + 4."""
    first = {"onls_arm": 3.0, "onls_leg": 4.0, **values}
    return visit(DIAGNOSED, found("vegf_serum", 5000.0, limit_high=771.0, assay="R&D"), **(FIRST | first))


def share(members: list[Member], code: str, group: Group = Group.ALL) -> Share:
    row = next(row for row in best_responses(members) if row.code == code)
    cell = row.cell(group)
    assert isinstance(cell, Share)
    return cell


def test_the_best_grade_of_the_first_line_counts_although_it_was_lost_later() -> None:
    back = member(
        begun(), seen(YEAR, 500.0), seen(3 * YEAR, 3000.0), seen(3 * YEAR + timedelta(40), 3000.0), lines=GIVEN
    )
    assert back.response.best[Domain.VEGF] == Reached(Grade.CR)
    assert (share([back], "vegf_cr"), share([back], "vegf_pr")) == (Share(1, 1, 0), Share(0, 1, 0))


def test_a_later_line_does_not_mend_what_the_first_one_missed() -> None:
    second = line(STARTED + 2 * YEAR, number=2)
    told = member(begun(), seen(YEAR, 4000.0), seen(3 * YEAR, 400.0), lines=(*GIVEN, second))
    assert told.response.best[Domain.VEGF].grade is Grade.NR
    assert (share([told], "vegf_pr"), share([told], "vegf_none")) == (Share(0, 1, 0), Share(1, 1, 0))


def test_who_was_not_measured_or_not_treated_is_not_assessed_and_no_failure() -> None:
    untreated, unmeasured = member(begun()), member(begun(), visit(STARTED + YEAR), lines=GIVEN)
    assert untreated.response == NOT_TREATED
    for measure in MEASURES:
        assert share([untreated, unmeasured], measure.code) == Share(0, 0, 2), measure.code


def test_each_row_stands_on_its_own_denominator_in_each_column() -> None:
    responder = member(begun(), seen(YEAR, 500.0, onls_arm=2.0, onls_leg=4.0), lines=(line(STARTED, "ASCT_MEL200"),))
    stable = member(begun(), seen(YEAR, 4000.0, onls_arm=3.0, onls_leg=4.0), lines=GIVEN)
    only_onls = member(begun(), visit(STARTED + YEAR, onls_arm=1.0, onls_leg=4.0), lines=GIVEN)
    every = [responder, stable, only_onls, member(begun())]
    assert share(every, "vegf_cr") == Share(1, 2, 2)
    assert share(every, "clinical_improved") == Share(2, 3, 1)
    assert share(every, "vegf_cr", Group.TRANSPLANT) == Share(1, 1, 0)
    assert share(every, "clinical_improved", Group.OTHER) == Share(1, 2, 0)
    row = next(row for row in best_responses(every) if row.code == "vegf_cr")
    assert response_row(row) == ("VEGF CR", "1 / 2 (50%)", "1 / 1 (100%)", "0 / 1 (0%)", "2")


def test_a_complete_response_without_its_marrow_is_told_apart() -> None:
    gone = visit(STARTED + YEAR, ife_serum="negative", ife_urine="negative")
    told = member(begun(marrow_flow="clonal_lambda"), gone, lines=GIVEN)
    assert told.response.best[Domain.HAEMATOLOGICAL].grade is Grade.CR_UNCONFIRMED
    assert share([told], "haematological_cr") == Share(0, 1, 0)
    assert share([told], "haematological_cr_unconfirmed") == Share(1, 1, 0)
    assert share([told], "haematological_pr") == Share(0, 1, 0)


def test_who_could_only_reach_a_complete_response_and_did_not_is_counted_as_that_and_as_no_failure() -> None:
    still = visit(STARTED + YEAR, ife_serum="positive", ife_urine="negative", m_protein=2.0)
    told = member(begun(m_protein=3.0), still, lines=GIVEN)
    assert told.response.best[Domain.HAEMATOLOGICAL].grade is Grade.NE_PARTIAL
    assert share([told], "haematological_cr") == share([told], "haematological_none") == Share(0, 1, 0)
    assert share([told], "haematological_cr_only") == Share(1, 1, 0)


def test_whatever_the_grade_it_stands_in_one_row_of_its_domain_or_nobody_was_assessed() -> None:
    blank = member(begun(), visit(STARTED + YEAR), lines=GIVEN)
    for domain in (Domain.HAEMATOLOGICAL, Domain.VEGF, Domain.CLINICAL):
        own = [measure for measure in MEASURES if measure.domain is domain]
        seen_as = [grade for measure in own for grade in measure.grades]
        assert len(set(seen_as)) == len(seen_as)
        for grade, open_ in product(Grade, (False, True)):
            response = replace(blank.response, best={domain: Reached(grade, open_)})
            answers = [measure.of(replace(blank, response=response)) for measure in own]
            assert answers == [None] * len(own) or (answers.count(True) <= 1 and None not in answers)
            assert None in answers or not open_


@given(st.integers(0, 40))
@settings(max_examples=10)
def test_the_grades_of_a_domain_add_up_to_those_assessed(seed: int) -> None:
    members = [member_of(file, Thresholds(), DATA_DATE) for file in clinic(12, seed)]
    found = {row.code: row.cell(Group.ALL) for row in best_responses(members)}
    for domain in (Domain.HAEMATOLOGICAL, Domain.VEGF, Domain.CLINICAL):
        cells = [found[measure.code] for measure in MEASURES if measure.domain is domain]
        shares = [cell for cell in cells if isinstance(cell, Share)]
        assert {sum(each.present or 0 for each in shares)} == {each.assessed for each in shares}


def test_a_progression_that_the_results_tell_of_ends_progression_free_survival() -> None:
    once = seen(YEAR, 500.0, onls_arm=3.0, onls_leg=5.0)
    again = seen(YEAR + timedelta(days=120), 500.0, onls_arm=3.0, onls_leg=5.0)
    assert not member(begun(), once, lines=GIVEN).relapsed, "one worse score alone waits to be borne out"
    worse = member(begun(), once, again, lines=GIVEN)
    assert worse.relapsed
    assert worse.response.progressed_on == STARTED + YEAR
    assert worse.relapses == (STARTED + YEAR,)
    assert progression_free(worse) == Followed((STARTED + YEAR - DIAGNOSED).days, True)


def test_the_clinic_s_setting_says_which_progression_ends_it() -> None:
    visits = (begun(), seen(YEAR, 500.0), seen(2 * YEAR, 2000.0), seen(2 * YEAR + timedelta(days=40), 2100.0))
    file = record(*visits, lines=GIVEN)
    every = member_of(file, Thresholds(), DATA_DATE)
    serious = member_of(file, Thresholds(pfs_event=PfsEvent.TREATED_OR_CLINICAL), DATA_DATE)
    assert every.response.progressed_on == STARTED + 2 * YEAR
    assert serious.response.progressed_on is None
    assert progression_free(serious) == Followed((STARTED + 2 * YEAR + timedelta(days=40) - DIAGNOSED).days, False)


def test_what_is_dated_after_the_data_date_did_not_happen_yet() -> None:
    visits = (begun(), seen(YEAR, 500.0, onls_arm=3.0, onls_leg=5.0))
    before = member(*visits, lines=GIVEN, data_date=STARTED + timedelta(days=300))
    assert (before.relapsed, before.response.progressed_on) == (False, None)
    assert share([before], "vegf_cr") == Share(0, 0, 1)


def test_the_first_of_a_recorded_and_a_computed_progression_counts_and_a_death_is_none() -> None:
    told = (event("relapse", STARTED + timedelta(days=200)),)
    worse = [seen(YEAR + timedelta(days=days), 500.0, onls_arm=3.0, onls_leg=5.0) for days in (0, 120)]
    both = member(begun(), *worse, lines=GIVEN, events=told)
    assert progression_free(both) == Followed((STARTED + timedelta(days=200) - DIAGNOSED).days, True)
    dead = member(begun(), seen(YEAR, 500.0), lines=GIVEN, died=PartialDate.of(STARTED + 2 * YEAR))
    assert (dead.relapsed, dead.response.progressed_on) == (False, None)
    assert progression_free(dead) == Followed((STARTED + 2 * YEAR - DIAGNOSED).days, True)


@pytest.mark.parametrize("kind", ["relapse", "progression"])
def test_without_treatment_only_what_was_recorded_can_end_it(kind: str) -> None:
    told = member(begun(), seen(YEAR, 9000.0, onls_arm=4.0, onls_leg=6.0), events=(event(kind, DIAGNOSED + YEAR),))
    assert progression_free(told) == Followed(366, True)


def test_a_progression_recorded_before_the_first_treatment_still_ends_it() -> None:
    told = (event("progression", DIAGNOSED + YEAR),)
    waited = member(begun(), seen(3 * YEAR, 500.0), lines=(line(DIAGNOSED + 2 * YEAR),), events=told)
    assert waited.relapsed
    assert waited.response.progressed_on is None
    assert progression_free(waited) == Followed(YEAR.days, True)


def test_treatment_without_a_start_has_no_place_on_the_curve() -> None:
    undated = member(begun(), seen(YEAR, 500.0), lines=(replace(line(STARTED), start=None),))
    assert undated.response.untold
    assert progression_free(undated) is None
    assert share([undated], "vegf_cr") == Share(0, 0, 1)


def test_every_row_stands_in_the_table_with_its_three_counts_and_a_release_rounds_each() -> None:
    def people(count: int) -> list[Member]:
        file = record(begun(), seen(YEAR, 500.0, onls_arm=2.0, onls_leg=4.0), lines=GIVEN)
        return [member_of(file, Thresholds(), DATA_DATE)] * count

    summary = summarise(people(23), Conditions(), Basis(DATA_DATE))
    told = {(row[1], row[2]): dict(zip(HEAD, row, strict=True)) for row in rows(summary) if row[0] == "response"}
    assert len(told) == len(MEASURES) * len(Group)
    assert [told["vegf_cr", "all"][name] for name in ("present", "assessed", "not_assessed")] == [23, 23, 0]
    cells = [figure for row in released(summary).responses for _, figure in row.cells]
    assert all(isinstance(cell, Share) for cell in cells)
    assert {cell.assessed for cell in cells} <= {0, 25, None}
    few = released(summarise(people(5), Conditions(), Basis(DATA_DATE)))
    assert response_row(few.responses[6])[1] == "* / *"


def test_an_event_of_an_older_program_without_domains_counts_by_any_domain() -> None:
    told = member(begun(), seen(YEAR, 500.0), lines=GIVEN, events=(Event(kind="progression", on=PartialDate(2021, 9)),))
    assert told.response.progressed_on == date(2021, 9, 1)
