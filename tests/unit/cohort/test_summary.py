"""The summary counts everyone once: in the cohort, or left out for a reason that is said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from poems_registry.cohort import words
from poems_registry.cohort.choosing import Conditions, Reason, Rule, choose
from poems_registry.cohort.figures import Share, Spread
from poems_registry.cohort.outcomes import overall, progression_free
from poems_registry.cohort.people import FirstTreatment, Member, member_of
from poems_registry.cohort.summary import Basis, Summary, summarise
from poems_registry.cohort.survival import Followed
from poems_registry.cohort.table_one import Group
from poems_registry.domain.criteria import Criterion
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import PatientStatus, Sex
from poems_registry.domain.thresholds import Thresholds
from tests.unit.cohort.made_up import DATA_DATE, DIAGNOSED, POEMS, clinic, event, line, member, poems, visit

YEAR = timedelta(days=366)
BASIS = Basis(DATA_DATE)


def made(*members: Member, conditions: Conditions | None = None) -> Summary:
    """A summary of some members."""
    return summarise(members, conditions or Conditions(), BASIS)


def test_everybody_is_in_the_cohort_or_left_out_for_a_reason_that_is_said() -> None:
    members = [member_of(file, Thresholds(), DATA_DATE) for file in clinic(120)]
    summary = made(*members)
    assert summary.everyone == 120
    assert summary.size is not None
    assert summary.size + sum(each.count or 0 for each in summary.left_out) == 120
    assert {i for each in summary.left_out for i in each.ids} == {m.id for m in members} - {
        m.id for m in choose(members, Conditions())[0]
    }


def test_each_reason_for_leaving_out() -> None:
    nobody_seen = member(id=2)
    cases = {
        Reason.OTHER_DIAGNOSIS: poems(status=PatientStatus.OTHER_DIAGNOSIS),
        Reason.NEVER_SEEN: nobody_seen,
        Reason.CANNOT_TELL: member(visit(DIAGNOSED, p_status="present")),
        Reason.NOT_MET: member(visit(DIAGNOSED, **(POEMS | {"p_status": "absent"}))),
        Reason.NO_DATE: poems(diagnosed=None),
        Reason.EARLIER: poems(diagnosed=PartialDate(2011, 12, 31)),
        Reason.LATER: poems(diagnosed=PartialDate(2023, 1, 1)),
        Reason.OTHER_TREATMENT: poems(lines=(line(DIAGNOSED + YEAR / 12, "LEN_DEX"),)),
    }
    conditions = Conditions(Rule.A, date(2012, 1, 1), date(2022, 12, 31), FirstTreatment.TRANSPLANT)
    assert {reason: conditions.reason_against(case) for reason, case in cases.items()} == {r: r for r in cases}
    inside = poems(lines=(line(DIAGNOSED + YEAR / 12, "ASCT_MEL200"),))
    assert conditions.reason_against(inside) is None


def test_the_conditions_are_said_in_words() -> None:
    assert Conditions().words == "POEMS syndrome by rule set A, diagnosed on any date, seen at least once."
    narrow = Conditions(Rule.B, date(2012, 1, 1), None, FirstTreatment.TRANSPLANT).words.replace("\u00a0", " ")
    assert narrow == (
        "POEMS syndrome by rule set B, diagnosed from 1 January 2012, transplant first, seen at least once."
    )
    summary = made(poems(), member(visit(DIAGNOSED, p_status="present")))
    assert words.left_out(summary) == "1 of 2 patients. Left out: 1 criteria cannot tell."


def test_without_a_period_people_without_a_date_of_diagnosis_stay_in_but_on_no_curve() -> None:
    summary = made(poems(), poems(diagnosed=None))
    assert summary.size == 2
    assert [(curve.people, curve.unplaced) for curve in summary.curves] == [(1, 1), (1, 1)]


def test_table_one_counts_what_is_known_in_each_column() -> None:
    early = DIAGNOSED + timedelta(days=20)
    summary = made(
        poems(sex=Sex.MALE, first_label="CIDP", lines=(line(early, "ASCT_MEL200"),)),
        poems(sex=Sex.FEMALE, first_label="POEMS syndrome", lines=(line(early),)),
        poems(lines=(line(early),)),
        poems(),
    )
    assert dict(summary.groups) == {Group.ALL: 4, Group.TRANSPLANT: 1, Group.OTHER: 2}
    rows = {row.code: row for row in summary.table_one}
    assert rows["men"].cell(Group.ALL) == Share(1, 2, 2)
    assert rows["men"].cell(Group.OTHER) == Share(0, 1, 1)
    assert rows["first_cidp"].cell(Group.ALL) == Share(1, 2, 2)
    vegf = rows["vegf_serum"].cell(Group.ALL)
    assert isinstance(vegf, Spread)
    assert words.cell(vegf) == "4,200 (4,200 to 4,200)"
    assert rows["tlco"].cell(Group.ALL) == Spread(0, 4)


def test_prevalence_counts_met_and_not_met_and_keeps_cannot_tell_apart() -> None:
    full = POEMS | {"papilloedema_left": "absent", "papilloedema_right": "absent", "fundi_method": "fundoscopy"}
    ill = POEMS | {"papilloedema_left": "present"}
    summary = made(member(visit(DIAGNOSED, **full)), member(visit(DIAGNOSED, **ill)), poems(), poems())
    rows = {row.criterion: row for row in summary.features}
    assert rows[Criterion.Pa].ever == Share(1, 2, 2)
    assert rows[Criterion.P].ever == Share(4, 4, 0)
    assert rows[Criterion.P].recorded == Share(4, 4, 0)
    assert rows[Criterion.O].recorded == Share(0, 0, 4)
    assert rows[Criterion.Pa].recorded is None


def test_a_status_that_disagrees_with_the_criterion_stands_on_its_own_line() -> None:
    summary = made(poems(), member(visit(DIAGNOSED, **(POEMS | {"o_status": "absent", "splenomegaly": "present"}))))
    row = next(row for row in summary.features if row.criterion is Criterion.O)
    assert row.ever == Share(1, 1, 1)
    assert row.recorded == Share(0, 1, 1)


def test_survival_runs_from_diagnosis_to_the_first_event_or_the_last_day_seen() -> None:
    seen = visit(DIAGNOSED + 4 * YEAR)
    living = member(visit(DIAGNOSED, **POEMS), seen)
    assert overall(living) == progression_free(living) == Followed(4 * 366, False)
    relapsed = member(visit(DIAGNOSED, **POEMS), seen, events=(event("relapse", DIAGNOSED + YEAR),))
    assert (overall(relapsed), progression_free(relapsed)) == (Followed(4 * 366, False), Followed(366, True))
    died = poems(died=PartialDate.of(DIAGNOSED + 2 * YEAR))
    assert overall(died) == progression_free(died) == Followed(2 * 366, True)


@pytest.mark.parametrize(
    "case",
    [
        poems(events=(event("death", None),)),
        poems(died=PartialDate.of(DIAGNOSED - YEAR)),
        poems(diagnosed=None, died=PartialDate.of(DIAGNOSED)),
    ],
)
def test_who_has_no_usable_dates_is_counted_but_on_no_curve(case: Member) -> None:
    assert overall(case) is None
    summary = made(case)
    assert (summary.died, summary.curves[0].people, summary.curves[0].unplaced) == (1, 0, 1)
    assert summary.lanes == ()


def test_which_came_first_cannot_be_told_of_an_undated_relapse() -> None:
    told = poems(events=(event("relapse", None), event("relapse", DIAGNOSED + YEAR)))
    assert progression_free(told) is None
    assert overall(told) is not None


def test_everyone_who_relapsed_or_died_has_a_line_longest_first() -> None:
    members = [member_of(file, Thresholds(), DATA_DATE) for file in clinic(80)]
    summary = made(*members)
    assert len(summary.lanes) == summary.died_or_relapsed
    ends = [lane.end for lane in summary.lanes]
    assert ends == sorted(ends, reverse=True)
    assert sum(lane.ending == "died" for lane in summary.lanes) == summary.died
    assert all(bar[0] <= bar[1] <= lane.end for lane in summary.lanes for bar in lane.treatments)


def test_follow_up_adds_the_years_of_everyone() -> None:
    summary = made(*(poems(died=PartialDate.of(DIAGNOSED + timedelta(days=days))) for days in (1461, 730)))
    assert summary.follow_up.person_years == pytest.approx(2191 / 365.25)
    assert summary.follow_up.median is None
    assert words.withheld_or(None, summary) == "not reached"


def test_completeness_counts_every_figure_asked_of_everyone() -> None:
    summary = made(poems(), poems())
    assert summary.complete.assessed == 2 * (len(summary.table_one) + len(Criterion))
    assert summary.complete.present == sum(row.cell(Group.ALL).assessed or 0 for row in summary.table_one) + sum(
        row.ever.assessed or 0 for row in summary.features
    )


def test_an_empty_cohort_is_summarised_without_a_figure_made_up() -> None:
    summary = made()
    assert (summary.size, summary.everyone, summary.left_out) == (0, 0, ())
    assert words.left_out(summary) == "0 of 0 patients. Nobody is left out."
    assert all(row.ever.percent is None for row in summary.features)
    assert summary.comparison.test is None


def test_older_and_younger_people_are_compared() -> None:
    young = [replace(poems(died=PartialDate.of(DIAGNOSED + (k + 3) * YEAR)), age=40) for k in range(3)]
    old = [replace(poems(died=PartialDate.of(DIAGNOSED + k * YEAR / 3)), age=70) for k in range(1, 4)]
    comparison = made(*young, *old, replace(poems(), age=None)).comparison
    assert comparison.sizes == (3, 3)
    assert comparison.test is not None
    assert comparison.test.p < 0.05
    assert words.comparison(comparison).endswith("(n = 3 and 3): log-rank p = 0.02.")
