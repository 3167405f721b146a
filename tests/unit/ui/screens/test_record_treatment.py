"""Treatment is read as typed with all problems at once, kept once, and what it unsettles is said."""

from dataclasses import replace

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput
from poems_registry.domain.treatment_checks import problems
from poems_registry.domain.treatments import (
    Entry,
    Event,
    LineDrug,
    RadiotherapyCourse,
    SupportiveCare,
    Transplant,
    TreatmentLine,
)
from poems_registry.services.changes import Changed
from poems_registry.ui.screens.record.treatment.forms import fields_of
from poems_registry.ui.screens.record.treatment.reading import Field, read, shown
from poems_registry.ui.screens.record.treatment.telling import What
from tests.unit.ui.screens.later import Later
from tests.unit.ui.screens.treatment_fakes import ALL, ANN, DRUG, EVENT, FILE, FULL, LINE, TODAY, Desk, Service, typed


def form(entry: Entry) -> tuple[Field, ...]:
    return fields_of(entry, FILE)


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: type(entry).__name__)
def test_what_is_shown_and_read_again_unchanged_is_the_same(entry: Entry) -> None:
    assert read(entry, form(entry), typed(shown(entry, form(entry))), TODAY) == (entry, {})


@pytest.mark.parametrize("kind", [TreatmentLine, LineDrug, RadiotherapyCourse, Transplant, SupportiveCare, Event])
def test_a_blank_form_says_nothing(kind: type[Entry]) -> None:
    blank = kind(patient_id=1)
    read_again, problems_ = read(blank, form(blank), typed(shown(blank, form(blank))), TODAY)
    assert read_again == blank
    assert set(problems_) <= {"kind"}


def test_kinds_from_elsewhere_are_kept_though_no_list_names_them() -> None:
    line, event = replace(LINE, category="imid", stop_reason="no benefit"), replace(EVENT, kind="limb_ischaemia")
    for entry in (line, event):
        assert read(entry, form(entry), typed(shown(entry, form(entry))), TODAY) == (entry, {})


def test_parts_of_one_kind_of_event_do_not_stay_when_it_becomes_another() -> None:
    texts = typed(shown(EVENT, form(EVENT)), kind="dvt")
    read_again, _ = read(EVENT, form(EVENT), texts, TODAY)
    assert (read_again.kind, read_again.domains, read_again.symptomatic) == ("dvt", (), None)


def test_each_kind_of_event_asks_for_its_own_parts() -> None:
    asked = {field.code: field.when for field in form(EVENT) if field.when}
    assert "relapse" in asked["domains"]
    assert asked["intensive"] == ("admission",)
    assert asked["sort_second_cancer"] == ("second_cancer",)
    assert asked["cause"] == ("death",)


def test_after_a_death_the_form_asks_where_an_entry_comes_from() -> None:
    dead = replace(FILE, patient=replace(ANN, died=PartialDate(2026, 1)))
    assert "origin" not in [field.code for field in fields_of(Event(patient_id=1), FILE)]
    assert "origin" in [field.code for field in fields_of(Event(patient_id=1), dead)]


def test_numbers_are_read_with_point_or_comma_and_nothing_else() -> None:
    texts = typed(shown(DRUG, form(DRUG)), dose="12,5")
    assert read(DRUG, form(DRUG), texts, TODAY)[0].dose == 12.5
    for wrong in ("about 5", "5 mg", "-5", "1e3"):
        assert set(read(DRUG, form(DRUG), typed(shown(DRUG, form(DRUG)), dose=wrong), TODAY)[1]) == {"dose"}


def test_all_problems_of_a_form_are_told_at_once() -> None:
    texts = typed(shown(LINE, form(LINE)), number="two", start="31 June 2025", cycles_given="-1")
    assert set(read(LINE, form(LINE), texts, TODAY)[1]) == {"number", "start", "cycles_given"}


def test_what_is_not_said_of_steroids_stays_not_said() -> None:
    assert read(LINE, form(LINE), typed(shown(LINE, form(LINE)), steroid=""), TODAY)[0].steroid is None


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (replace(LINE, name=" "), "name"),
        (replace(LINE, number=-1), "number"),
        (replace(LINE, stop=PartialDate(2025, 6, 30)), "stop"),
        (replace(LINE, start=PartialDate(2026, 12, 1), stop=None, stop_reason=""), "start"),
        (replace(LINE, start=PartialDate(1950)), "start"),
        (replace(LINE, stop=None), "stop_reason"),
        (replace(LINE, cycles_given=1000), "cycles_given"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(line: TreatmentLine, field: str) -> None:
    assert set(problems(line, FILE, TODAY)) == {field}


def test_what_is_only_known_by_month_may_begin_and_end_in_the_same_one() -> None:
    same = replace(LINE, start=PartialDate(2025, 7), stop=PartialDate(2025, 7))
    assert problems(same, FILE, TODAY) == {}


def test_nothing_happens_after_a_death() -> None:
    died = replace(FILE, patient=replace(ANN, died=PartialDate(2024, 1, 5)))
    assert set(problems(EVENT, died, TODAY)) == {"on"}
    assert set(problems(replace(EVENT, on=None), FILE, TODAY)) == {"on"}


def test_a_new_line_has_the_number_that_follows_and_names_the_patient_on_its_button() -> None:
    desk = Desk()
    desk.presenter.add(What.LINE)
    assert next(field.text for field in desk.screen.fields if field.code == "number") == "3"
    assert desk.screen.button == "Save for SMITH, Ann"
    assert not desk.screen.known


def test_what_was_kept_is_published_and_the_form_closes() -> None:
    desk = Desk()
    desk.presenter.change(What.LINE, 4)
    desk.presenter.save(typed(desk.screen.fields, cycles_given="12"))
    assert desk.service.kept == [replace(FULL, cycles_given=12)]
    assert desk.news == [Changed(patients=frozenset({1}))]
    assert not desk.screen.open


def test_what_a_date_unsettles_is_said_after_it_was_kept() -> None:
    desk = Desk(Service(unsettled=("Raised VEGF went from met to cannot tell: treatment is now dated before it.",)))
    desk.presenter.change(What.LINE, 4)
    desk.presenter.save(typed(desk.screen.fields, start="2020"))
    assert desk.screen.unsettled.startswith("Raised VEGF went from met to cannot tell")


def test_a_form_with_problems_stays_open_and_nothing_is_kept() -> None:
    desk = Desk()
    desk.presenter.add(What.EVENT)
    desk.presenter.save(typed(desk.screen.fields, kind="relapse", on="soon"))
    assert set(desk.screen.problems) == {"on"}
    assert desk.screen.open
    assert desk.service.kept == []


def test_a_refusal_of_the_registry_is_said_in_the_form() -> None:
    desk = Desk(Service(refuse=InvalidInput({"stop": "lies before the start"})))
    desk.presenter.change(What.LINE, 4)
    desk.presenter.save(typed(desk.screen.fields))
    assert desk.screen.problems == {"stop": "lies before the start"}


def test_saving_twice_in_a_hurry_keeps_one() -> None:
    tasks = Later()
    desk = Desk(tasks=tasks)
    desk.presenter.add(What.EVENT)
    texts = typed(desk.screen.fields, kind="relapse", on="20-Jun-2025")
    desk.presenter.save(texts)
    desk.presenter.save(texts)
    tasks.answer()
    assert len(desk.service.kept) == 1


def test_an_entry_made_in_error_is_taken_back_with_its_reason() -> None:
    desk = Desk()
    desk.presenter.change(What.EVENT, 6)
    assert desk.screen.known
    desk.presenter.withdraw("wrong patient")
    assert desk.service.withdrawn == [(6, "wrong patient")]
