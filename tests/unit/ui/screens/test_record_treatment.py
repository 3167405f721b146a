"""Treatment is read as typed with all problems at once, kept once, and what it unsettles is said."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, StaleRecord
from poems_registry.domain.records import Patient, PatientFile
from poems_registry.domain.treatment_checks import problems
from poems_registry.domain.treatments import Entry, Event, TreatmentLine
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.treatments import Kept
from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.record.treatment.presenter import TreatmentPresenter
from poems_registry.ui.screens.record.treatment.reading import (
    FieldShown,
    event_fields,
    line_fields,
    read_event,
    read_line,
)
from poems_registry.ui.tasks import Inline, Tasks
from tests.unit.ui.screens.later import Later

TODAY = date(2026, 11, 22)
ANN = Patient(id=1, family_name="Smith", given_name="Ann", born=PartialDate(1955, 7, 14))
LINE = TreatmentLine(
    id=4,
    patient_id=1,
    number=2,
    name="Daratumumab, lenalidomide and dexamethasone",
    category="DARA_RD",
    start=PartialDate(2025, 7),
    stop=PartialDate(2026, 6, 5),
    stop_reason="completed",
    cycles_planned=12,
    cycles_given=11,
    steroid=True,
    note="weekly",
    version=3,
)
EVENT = Event(id=6, patient_id=1, kind="relapse", on=PartialDate(2025, 6, 20), note="VEGF and symptoms", version=2)
FILE = PatientFile(ANN, lines=(LINE,), events=(EVENT,))


def typed(fields: tuple[FieldShown, ...], **other: str) -> dict[str, str]:
    return {each.code: each.text for each in fields} | other


@dataclass
class Service:
    kept: list[object] = field(default_factory=list)
    withdrawn: list[tuple[int, str]] = field(default_factory=list)
    refuse: Exception | None = None
    unsettled: tuple[str, ...] = ()

    def _keep(self, what: object) -> Kept:
        if self.refuse is not None:
            raise self.refuse
        self.kept.append(what)
        return Kept(Changed(patients=frozenset({1})), self.unsettled)

    def keep(self, entry: Entry, *, confirmed: Collection[str] = ()) -> Kept:
        return self._keep(entry)

    def withdraw(self, entry: Entry, reason: str) -> Kept:
        self.withdrawn.append((entry.id, reason))
        return self._keep(entry)


class Screen:
    """The page and its form in one."""

    def __init__(self) -> None:
        self.allowed = False
        self.title = self.button = self.words = self.unsettled = ""
        self.fields: tuple[FieldShown, ...] = ()
        self.known = False
        self.problems: Mapping[str, str] = {}
        self.open = False

    @property
    def treatment(self) -> "Screen":
        return self

    def allow_treatment(self, allowed: bool) -> None:
        self.allowed = allowed

    def ask_entry(self, who: Identity, title: str, button: str, fields: tuple[FieldShown, ...], *, known: bool) -> None:
        self.title, self.button, self.fields, self.known, self.open = title, button, fields, known, True

    def entry_problems(self, problems: Mapping[str, str], words: str) -> None:
        self.problems, self.words = problems, words

    def close_entry(self) -> None:
        self.open = False

    def tell_unsettled(self, words: str) -> None:
        self.unsettled = words


@dataclass
class Desk:
    service: Service = field(default_factory=Service)
    tasks: Tasks = field(default_factory=Inline)

    def __post_init__(self) -> None:
        self.screen, self.feed = Screen(), ChangeFeed()
        self.news: list[Changed] = []
        self.feed.listen(self.news.append)
        self.presenter = TreatmentPresenter(self.screen, self.service, self.tasks, self.feed)
        self.presenter.show_file(FILE, TODAY, may_record=True)


def test_a_line_shown_and_read_again_unchanged_is_the_same_line() -> None:
    assert read_line(LINE, typed(line_fields(LINE)), TODAY) == (LINE, {})
    blank = TreatmentLine(patient_id=1, number=1)
    assert read_line(blank, typed(line_fields(blank)), TODAY) == (blank, {})


def test_an_event_shown_and_read_again_unchanged_is_the_same_event() -> None:
    assert read_event(EVENT, typed(event_fields(EVENT)), TODAY) == (EVENT, {})


def test_kinds_from_elsewhere_are_kept_though_no_list_names_them() -> None:
    line, event = replace(LINE, category="CAR_T"), replace(EVENT, kind="engraftment_syndrome")
    assert read_line(line, typed(line_fields(line)), TODAY) == (line, {})
    assert read_event(event, typed(event_fields(event)), TODAY) == (event, {})


def test_all_problems_of_a_form_are_told_at_once() -> None:
    texts = typed(line_fields(LINE), number="two", start="31 June 2025", cycles_given="-1")
    assert set(read_line(LINE, texts, TODAY)[1]) == {"number", "start", "cycles_given"}


def test_what_is_not_said_of_steroids_stays_not_said() -> None:
    read, _ = read_line(LINE, typed(line_fields(LINE), steroid=""), TODAY)
    assert read.steroid is None


def test_a_death_is_not_an_event_to_choose_but_stays_where_it_is() -> None:
    def codes(event: Event) -> list[str]:
        return [code for code, _ in event_fields(event)[0].options]

    assert "death" not in codes(EVENT)
    assert "death" in codes(replace(EVENT, kind="death"))


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
    desk.presenter.add_line()
    assert desk.screen.fields[0].text == "3"
    assert desk.screen.button == "Save for SMITH, Ann"
    assert not desk.screen.known


def test_what_was_kept_is_published_and_the_form_closes() -> None:
    desk = Desk()
    desk.presenter.change_line(4)
    desk.presenter.save(typed(desk.screen.fields, cycles_given="12"))
    assert desk.service.kept == [replace(LINE, cycles_given=12)]
    assert desk.news == [Changed(patients=frozenset({1}))]
    assert not desk.screen.open


def test_what_a_date_unsettles_is_said_after_it_was_kept() -> None:
    desk = Desk(Service(unsettled=("Raised VEGF went from met to cannot tell: treatment is now dated before it.",)))
    desk.presenter.change_line(4)
    desk.presenter.save(typed(desk.screen.fields, start="2020"))
    assert desk.screen.unsettled.startswith("Raised VEGF went from met to cannot tell")


def test_a_form_with_problems_stays_open_and_nothing_is_kept() -> None:
    desk = Desk()
    desk.presenter.add_event()
    desk.presenter.save(typed(desk.screen.fields, kind="relapse", on="soon"))
    assert set(desk.screen.problems) == {"on"}
    assert desk.screen.open
    assert desk.service.kept == []


def test_a_refusal_of_the_registry_is_said_in_the_form() -> None:
    desk = Desk(Service(refuse=InvalidInput({"stop": "lies before the start"})))
    desk.presenter.change_line(4)
    desk.presenter.save(typed(desk.screen.fields))
    assert desk.screen.problems == {"stop": "lies before the start"}
    desk.service.refuse = StaleRecord()
    desk.presenter.save(typed(desk.screen.fields))
    assert "Somebody changed this meanwhile" in desk.screen.words
    assert desk.screen.open


def test_saving_twice_in_a_hurry_keeps_one() -> None:
    tasks = Later()
    desk = Desk(tasks=tasks)
    desk.presenter.add_event()
    texts = typed(desk.screen.fields, kind="relapse", on="20-Jun-2025")
    desk.presenter.save(texts)
    desk.presenter.save(texts)
    tasks.answer()
    assert len(desk.service.kept) == 1


def test_an_entry_made_in_error_is_taken_back_with_its_reason() -> None:
    desk = Desk()
    desk.presenter.change_event(6)
    assert desk.screen.known
    desk.presenter.withdraw("wrong patient")
    assert desk.service.withdrawn == [(6, "wrong patient")]
