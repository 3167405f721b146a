"""How a measure moved since last time and since the baseline, as the form says it."""

from dataclasses import replace
from datetime import date

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import Encounter
from poems_registry.domain.treatments import TreatmentLine
from poems_registry.services.visits import OpenVisit
from tests.unit.ui.screens.visit_desk import Desk
from tests.unit.ui.screens.visit_fakes import last_visit, open_visit


def seen(on: date, number: int, **texts: str) -> Encounter:
    return replace(last_visit(**texts), on=on, id=number)


def treated(opened: OpenVisit, *starts: date) -> OpenVisit:
    lines = tuple(TreatmentLine(number=n, start=PartialDate.of(on)) for n, on in enumerate(starts, 1))
    return replace(opened, file=replace(opened.file, lines=lines))


FIRST = seen(date(2020, 1, 7), 1, onls_arm="1", onls_leg="3", walk_10m="20", pain_nrs="6")
BEFORE = seen(date(2021, 3, 2), 2, onls_arm="3", onls_leg="4", walk_10m="30", pain_nrs="8")
AFTER = seen(date(2026, 8, 12), 3, onls_arm="1", onls_leg="2", walk_10m="12", pain_nrs="3")


def desk(*starts: date) -> Desk:
    return Desk(treated(open_visit(FIRST, BEFORE, AFTER), *starts))


def test_the_baseline_is_the_last_value_before_the_first_treatment() -> None:
    here = desk(date(2021, 3, 2), date(2024, 1, 1))
    here.visit.typed("walk_10m", "9")
    assert here.view.rows["walk_10m"].moved == (
        "3 better than last (small); 21 better than baseline 02-Mar-2021 (important)"
    )


def test_without_treatment_the_first_value_is_the_baseline() -> None:
    here = desk()
    here.visit.typed("pain_nrs", "4")
    assert here.view.rows["pain_nrs"].moved == "1 worse than last; 2 better than baseline 07-Jan-2020"


def test_the_total_says_whether_its_change_matters_and_its_parts_are_silent() -> None:
    here = desk(date(2021, 4, 1))
    here.visit.typed("onls_arm", "0")
    here.visit.typed("onls_leg", "2")
    row = here.view.rows["derived:onls_total"]
    assert (row.derived, row.change) == ("2", "1 better than last")
    assert row.moved == "The change since last is small; 5 better than baseline 02-Mar-2021 (important)"
    assert row.change_tone == "plain"
    assert here.view.rows["onls_arm"].moved == ""


def test_a_censored_or_missing_value_has_no_change() -> None:
    here = desk()
    assert here.view.rows["walk_10m"].moved == ""
    here.visit.typed("walk_10m", ">60")
    assert here.view.rows["walk_10m"].moved == ""


def test_a_first_value_has_nothing_to_be_compared_with() -> None:
    here = Desk(open_visit())
    here.visit.typed("walk_10m", "12")
    assert here.view.rows["walk_10m"].moved == ""


def test_sums_of_twelve_and_of_fourteen_muscles_are_never_compared() -> None:
    twelve = seen(date(2024, 5, 1), 1, mrc_sum="50", mrc_variant="12")
    fourteen = seen(date(2025, 5, 1), 2, mrc_sum="64", mrc_variant="14")
    here = Desk(open_visit(twelve, fourteen))
    here.visit.typed("mrc_sum", "55")
    here.visit.typed("mrc_variant", "12")
    assert here.view.rows["mrc_sum"].moved == (
        "Not comparable with last: 12 muscles (highest 60) today, 14 muscles (highest 70) then; "
        "5 better than baseline 01-May-2024 (important)"
    )
    here.visit.typed("mrc_variant", "14")
    assert here.view.rows["mrc_sum"].moved == (
        "9 worse than last (important); not comparable with baseline 01-May-2024: "
        "14 muscles (highest 70) today, 12 muscles (highest 60) then"
    )


def test_a_sum_of_muscles_is_compared_only_where_it_is_told_how_many() -> None:
    here = Desk(open_visit(last_visit(mrc_sum="50")))
    here.visit.typed("mrc_sum", "55")
    words = "Not comparable with last: muscles tested not recorded today, muscles tested not recorded then"
    assert here.view.rows["mrc_sum"].moved == words


def test_a_walk_with_a_stick_is_no_change_of_a_walk_without() -> None:
    here = Desk(open_visit(last_visit(walk_10m="20", walk_10m_aid="none")))
    here.visit.typed("walk_10m", "12")
    assert here.view.rows["walk_10m"].moved == ("Not comparable with last: aid not recorded today, without an aid then")
    here.visit.typed("walk_10m_aid", "one_stick")
    assert here.view.rows["walk_10m"].moved == "Not comparable with last: with one stick today, without an aid then"
    assert ("10 m walk", "12, not comparable", "plain") in [
        (each.label, each.words, each.tone) for each in here.judge().changes
    ]
    here.visit.typed("walk_10m_aid", "none")
    assert here.view.rows["walk_10m"].moved == "8 better than last (important)"


def test_an_onls_asked_and_one_observed_are_not_compared_but_a_silence_says_nothing_else() -> None:
    here = Desk(open_visit(last_visit(onls_arm="3", onls_leg="4", onls_method="observed")))
    here.visit.typed("onls_arm", "2")
    here.visit.typed("onls_leg", "2")
    row = here.view.rows["derived:onls_total"]
    assert (row.change, row.moved) == ("3 better than last", "The change since last is important")
    here.visit.typed("onls_method", "questionnaire")
    row = here.view.rows["derived:onls_total"]
    assert (row.change, row.change_tone) == ("", "")
    assert row.moved == "Not comparable with last: by questionnaire today, by observation then"
    assert ("ONLS", "4, not comparable", "plain") in [
        (each.label, each.words, each.tone) for each in here.judge().changes
    ]


def test_i_rods_has_no_important_change_without_the_scale_of_logits() -> None:
    here = Desk(open_visit(last_visit(irods_raw="20", irods_centile="40")))
    here.visit.typed("irods_raw", "30")
    here.visit.typed("irods_centile", "60")
    assert here.view.rows["irods_raw"].moved == "10 better than last; 20 better than last"
