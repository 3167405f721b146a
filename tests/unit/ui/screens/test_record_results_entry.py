"""A column of results is typed: each cell is told what it means, doubts are asked once, nothing typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import VisitDraft
from poems_registry.domain.errors import InvalidInput, NotSaved, RegistryError
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient, PatientFile
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.form_drafts import FormKey, KeptForm
from poems_registry.services.results import DoubtfulResults, key_of
from poems_registry.ui.field_mark import Mark
from poems_registry.ui.field_shown import Detail, FieldShown
from poems_registry.ui.screens.record.results.presenter import ResultsPresenter
from poems_registry.ui.screens.record.results.sheet_shown import ColumnShown, InHand
from poems_registry.ui.screens.record.results.telling import Grid
from poems_registry.ui.tasks import Inline

TODAY = date(2026, 11, 22)
ANN = Patient(id=1, family_name="Smith", given_name="Ann", born=PartialDate(1955, 7, 14))
VEGF = Finding("vegf_serum", 640.0, reported="640", reported_unit="pg/mL", limit_high=771.0, assay="R&D")
BLOOD = Finding("haemoglobin", 128.0, reported="12.8", reported_unit="g/dL", limit_low=11.5, limit_high=16.5)
EARLIER = Encounter(
    id=5,
    patient_id=1,
    kind=EncounterKind.SAMPLE,
    on=date(2026, 8, 12),
    state=EncounterState.RECORDED,
    findings=(VEGF, BLOOD),
)
FILE = PatientFile(ANN, (EARLIER,))


@dataclass
class Page:
    """What was shown."""

    entry: ColumnShown | None = None
    grid: Grid = field(default_factory=lambda: Grid((), ()))
    cells: dict[str, FieldShown] = field(default_factory=dict)
    hand: InHand | None = None
    place: str = ""
    refused: str = ""
    offered: str = ""
    open: bool = False
    reminded: int = 0
    allowed: bool = False

    @property
    def results(self) -> "Page":
        return self

    def allow_results(self, allowed: bool) -> None:
        self.allowed = allowed

    def offer_kept(self, words: str) -> None:
        self.offered = words

    def show_entry(self, shown: ColumnShown, grid: Grid, typed: Mapping[str, FieldShown], at: str) -> None:
        self.entry, self.grid, self.cells, self.place, self.open = shown, grid, dict(typed), at, True

    def show_typed(self, code: str, cell: FieldShown) -> None:
        self.cells[code] = cell

    def show_entry_state(self, shown: ColumnShown) -> None:
        self.entry = shown

    def show_in_hand(self, shown: InHand) -> None:
        self.hand = shown

    def go_to(self, code: str) -> None:
        self.place = code

    def go_to_reason(self) -> None:
        self.place = "reason"

    def refuse_entry(self, words: str) -> None:
        self.refused = words

    def close_entry(self) -> None:
        self.open = False

    def remind(self, milliseconds: int) -> None:
        self.reminded += milliseconds > 0


@dataclass
class Registry:
    """Records results or refuses, and keeps what was typed."""

    refusal: RegistryError | None = None
    recorded: list[VisitDraft] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    left: dict[FormKey, KeptForm] = field(default_factory=dict)
    said: str = ""

    def record(self, patient_id: int, sheet: VisitDraft, late: str = "") -> tuple[Encounter, Changed]:
        if self.refusal is not None:
            raise self.refusal
        self.recorded.append(sheet)
        self.reasons.append(late)
        return Encounter(id=9, patient_id=patient_id), Changed(patients=frozenset({patient_id}))

    def keep(self, key: FormKey, content: dict[str, Any]) -> datetime:
        at = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
        self.left[key] = KeptForm(key, at, content)
        return at

    def load(self, key: FormKey) -> KeptForm | None:
        return self.left.get(key)

    def drop(self, key: FormKey) -> None:
        self.left.pop(key, None)

    def say_saved(self, words: str) -> None:
        self.said = words


class Desk:
    """A presenter with its page and registry, the column open."""

    def __init__(
        self,
        registry: Registry | None = None,
        *,
        begin: bool = True,
        coming_back: bool = False,
        file: PatientFile = FILE,
    ) -> None:
        self.page, self.registry, self.feed = Page(), registry or Registry(), ChangeFeed()
        self.presenter = ResultsPresenter(self.page, self.registry, self.registry, Inline(), self.feed, self.registry)
        if coming_back:
            self.presenter.come_back()
        self.presenter.show_file(file, TODAY, may_record=True)
        if begin:
            self.presenter.begin()

    @property
    def hand(self) -> InHand:
        assert self.page.hand is not None
        return self.page.hand

    def type(self, code: str, text: str) -> FieldShown:
        self.presenter.at(code)
        self.presenter.typed(code, text)
        return self.page.cells[code]


def test_a_new_column_is_for_today_with_the_tests_of_this_person_first_and_every_other_below() -> None:
    desk = Desk()
    assert desk.page.entry is not None
    assert desk.page.entry.head == ("22-Nov-2026", "today")
    rows = [row.code for row in desk.page.grid.rows if not row.title]
    assert rows[:2] == ["vegf_serum", "haemoglobin"]
    assert "cortisol_9am" in rows
    assert len(rows) == len(set(rows))


def test_nobody_without_the_permission_begins_a_column() -> None:
    desk = Desk(begin=False)
    desk.presenter.show_file(FILE, TODAY, may_record=False)
    desk.presenter.begin()
    assert not desk.page.open
    assert not desk.page.allowed


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("vegf_serum", "<31", "kept as below, not as 31"),
        ("vegf_serum", ">8000", "kept as above, not as 8000"),
        ("vegf_serum", "1,250", "1,250"),
        ("m_protein", "not detected", "ot detected"),
        ("haemoglobin", "12.1 g/dL", "kept as 12.1 g/dL, shown as 121"),
    ],
)
def test_what_is_typed_is_told_as_it_is_understood(code: str, text: str, words: str) -> None:
    desk = Desk()
    cell = desk.type(code, text)
    assert cell.text == text
    assert not cell.mark
    assert words in desk.hand.field.meaning


def test_a_wrong_value_stays_as_typed_and_is_told_in_words() -> None:
    desk = Desk()
    cell = desk.type("haemoglobin", "9000")
    assert (cell.text, cell.mark) == ("9000", Mark.ERROR)
    assert "between 30 and 250" in desk.hand.field.problem
    assert not desk.presenter.settled("haemoglobin")
    desk.presenter.save()
    assert desk.registry.recorded == []
    assert "Haemoglobin" in desk.page.refused
    assert desk.page.cells["haemoglobin"].text == "9000"


def test_an_unusual_value_is_asked_once_and_another_value_is_asked_anew() -> None:
    desk = Desk()
    assert desk.type("platelets", "12").mark is Mark.DOUBT
    assert not desk.presenter.settled("platelets")
    desk.presenter.confirm("platelets")
    assert desk.presenter.settled("platelets")
    assert not desk.page.cells["platelets"].mark
    assert desk.type("platelets", "11").mark is Mark.DOUBT


def test_limits_of_the_last_result_are_offered_and_taken_only_by_an_act() -> None:
    desk = Desk()
    desk.type("vegf_serum", "500")
    assert (desk.hand.field.limit_low, desk.hand.field.limit_high) == ("", "")
    assert desk.hand.limits_offered == "Same as 12-Aug-2026: up to 771"
    desk.presenter.take_limits("vegf_serum")
    assert (desk.hand.field.limit_high, desk.hand.field.assay) == ("771", "R&D")
    assert desk.hand.limits_offered == ""


def test_limits_of_another_unit_or_another_assay_are_not_offered() -> None:
    desk = Desk()
    desk.type("haemoglobin", "121")
    assert desk.hand.limits_offered == "", "the last limits were in g/dL"
    desk.type("haemoglobin", "12.1 g/dL")
    assert desk.hand.limits_offered
    desk.type("vegf_serum", "500")
    desk.presenter.beside("vegf_serum", Detail.ASSAY, "Meso Scale")
    assert desk.hand.limits_offered == ""


def test_the_unit_reported_stands_behind_the_number() -> None:
    desk = Desk()
    desk.type("haemoglobin", "12.1")
    desk.presenter.unit("haemoglobin", "g/dL")
    assert desk.page.cells["haemoglobin"].text == "12.1 g/dL"
    desk.presenter.unit("haemoglobin", "g/L")
    assert desk.page.cells["haemoglobin"].text == "12.1"


def test_cortisol_asks_for_the_time_of_its_sample_and_for_dexamethasone() -> None:
    desk = Desk()
    desk.type("cortisol_9am", "320")
    assert "time" in desk.hand.field.problem
    assert [flag.code for flag in desk.hand.flags] == ["steroids_14d"]
    desk.presenter.beside("cortisol_9am", Detail.SAMPLE_TIME, "9:05")
    assert not desk.hand.field.problem
    desk.presenter.flag("steroids_14d", "present")
    assert desk.hand.flags[0].answer == "present"


def test_states_are_one_key_and_the_same_key_takes_them_back() -> None:
    desk = Desk()
    desk.type("vegf_serum", "500")
    desk.presenter.state("vegf_serum", State.PENDING)
    assert desk.page.cells["vegf_serum"].state_words == "Result pending"
    desk.presenter.state("vegf_serum", State.PENDING)
    assert desk.page.cells["vegf_serum"] == FieldShown(
        "vegf_serum", meaning=desk.page.cells["vegf_serum"].meaning, said="nothing typed"
    )


def test_the_beginning_of_an_answer_is_enough() -> None:
    desk = Desk()
    desk.type("ife_serum", "pos")
    assert desk.presenter.settled("ife_serum")
    assert desk.page.cells["ife_serum"].text == "Positive"


@pytest.mark.parametrize(("day", "words"), [("23-Nov-2026", "future"), ("1-Jan-1950", "born"), ("x", "")])
def test_a_day_that_cannot_be_is_told_and_nothing_is_saved(day: str, words: str) -> None:
    desk = Desk()
    desk.type("vegf_serum", "500")
    desk.presenter.day(day)
    assert desk.page.entry is not None
    assert desk.page.entry.day_problem
    assert words in desk.page.entry.day_problem
    desk.presenter.save()
    assert desk.registry.recorded == []


def test_a_test_is_found_by_its_name_or_code() -> None:
    desk = Desk()
    assert "cortisol_9am" in desk.presenter.find("cort")
    assert desk.page.place == "cortisol_9am"
    assert desk.presenter.find("tsh") == ("tsh",)
    assert desk.presenter.find("nothing of the kind") == ()


def test_a_day_that_has_the_test_already_is_asked_about_although_the_value_was_confirmed_before() -> None:
    desk = Desk()
    desk.type("vegf_serum", "30000")
    desk.presenter.confirm("vegf_serum")
    assert desk.presenter.settled("vegf_serum")
    desk.presenter.day("12/08/2026")
    assert desk.page.cells["vegf_serum"].mark is Mark.DOUBT
    assert "already" in desk.hand.field.doubt


def test_saving_tells_how_much_closes_the_column_and_the_news_go_round() -> None:
    desk = Desk()
    heard: list[Changed] = []
    desk.feed.listen(heard.append)
    desk.type("vegf_serum", "<31")
    desk.presenter.day("13/08/2026")
    desk.presenter.save()
    assert [(s.on, s.fields["vegf_serum"].text) for s in desk.registry.recorded] == [("13-Aug-2026", "<31")]
    assert not desk.page.open
    assert heard[0].patients == {1}


@pytest.mark.parametrize(
    "refusal", [InvalidInput({"vegf_serum": "no"}), DoubtfulResults({"vegf_serum": "x"}), NotSaved("Disk full.")]
)
def test_a_refusal_leaves_everything_as_typed_and_goes_on_keeping(refusal: RegistryError) -> None:
    desk = Desk(Registry(refusal))
    desk.type("vegf_serum", "<31")
    desk.presenter.save()
    assert desk.page.open
    assert desk.page.refused
    assert desk.page.cells["vegf_serum"].text == "<31"
    desk.presenter.leave()
    assert key_of(1) in desk.registry.left


def test_leaving_keeps_at_once_and_coming_back_offers_it() -> None:
    desk = Desk()
    desk.type("vegf_serum", "<3")
    before = desk.presenter.has_unkept
    desk.presenter.leave()
    assert (before, desk.presenter.has_unkept) == (True, False)
    again = Desk(desk.registry, begin=False)
    assert "1 result of 22-Nov-2026 typed and not saved" in again.page.offered
    assert not again.page.open, "nothing is put into the record's grid without being asked for"
    again.presenter.begin()
    assert again.page.cells["vegf_serum"].text == "<3"
    assert again.page.place == "vegf_serum"


def test_discarding_forgets_what_was_kept() -> None:
    desk = Desk()
    desk.type("vegf_serum", "<31")
    desk.presenter.leave()
    desk.presenter.discard()
    assert desk.registry.left == {}
    assert not desk.page.open
    desk.presenter.begin()
    assert desk.page.cells["vegf_serum"].text == ""


def test_what_somebody_else_saved_meanwhile_leaves_the_column_as_typed() -> None:
    desk = Desk()
    desk.type("vegf_serum", "<31")
    desk.presenter.show_file(FILE, TODAY, may_record=True)
    assert desk.page.cells["vegf_serum"].text == "<31"
    assert desk.page.open


def test_a_field_of_another_answer_is_no_result() -> None:
    desk = Desk()
    desk.presenter.at("vegf_serum")
    desk.presenter.flag("steroids_3m", "present")
    assert desk.page.entry is not None
    assert not desk.page.entry.ready
    desk.presenter.save()
    assert desk.registry.recorded == []


def test_whoever_comes_to_go_on_with_results_finds_the_column_open() -> None:
    desk = Desk()
    desk.type("vegf_serum", "<3")
    desk.presenter.leave()
    again = Desk(desk.registry, begin=False, coming_back=True)
    assert again.page.open
    assert again.page.cells["vegf_serum"].text == "<3"
