"""A pasted block is previewed: units are confirmed by a person, and what is saved is what was seen."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from poems_registry.catalogue.pasted_results import IGNORE, Answers, PastePlan
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import NotSaved, RegistryError, StaleRecord
from poems_registry.domain.findings import Finding
from poems_registry.domain.proposals import Counts
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient, PatientFile
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.results import paste_key
from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.record.results.paste_presenter import PastePresenter
from poems_registry.ui.screens.record.results.paste_shown import PasteShown
from poems_registry.ui.tasks import Inline
from tests.unit.ui.screens.results_fakes import Forms

TODAY = date(2026, 11, 22)
ANN = Patient(id=1, family_name="Smith", given_name="Ann", born=PartialDate(1955, 7, 14))
KNOWN = Encounter(
    id=5,
    patient_id=1,
    kind=EncounterKind.SAMPLE,
    on=TODAY,
    state=EncounterState.RECORDED,
    findings=(Finding("crp", 3.0, reported="3", reported_unit="mg/L"),),
)
BLOCK = "Test\tUnit\t22-Nov-2026\nVEGF\t\t640\nCRP\tmg/L\t4\nPlatelets\t10^9/L\t12\n"


@dataclass
class Page:
    """What was shown."""

    shown: PasteShown | None = None
    tests: Sequence[tuple[str, str]] = ()
    refused: str = ""
    bar: str = ""
    offered: str = ""
    open: bool = False
    reminded: int = 0

    @property
    def results(self) -> "Page":
        return self

    @property
    def asked(self) -> "Page":
        return self

    def ask_paste(self, who: Identity, tests: Sequence[tuple[str, str]], shown: PasteShown) -> None:
        assert "SMITH" in who.name
        self.tests, self.shown, self.open = tests, shown, True

    def show_paste(self, shown: PasteShown) -> None:
        self.shown = shown

    def refuse_paste(self, words: str) -> None:
        self.refused = words

    def close_paste(self) -> None:
        self.open = False

    def offer_paste(self, words: str) -> None:
        self.offered = words

    def remind_paste(self, milliseconds: int) -> None:
        self.reminded += milliseconds > 0

    def refuse_entry(self, words: str) -> None:
        self.bar = words


@dataclass
class Registry:
    """Takes a block, or refuses it."""

    refusal: RegistryError | None = None
    pasted: list[tuple[Answers, PastePlan, str]] = field(default_factory=list)
    said: str = ""

    def paste(
        self, patient_id: int, text: str, answers: Answers, seen: PastePlan, reason: str = ""
    ) -> tuple[Counts, Changed]:
        if self.refusal is not None:
            raise self.refusal
        self.pasted.append((answers, seen, reason))
        return seen.counts, Changed(patients=frozenset({patient_id}))

    def say_saved(self, words: str) -> None:
        self.said = words


class Desk:
    """A presenter with its page and registry."""

    def __init__(
        self, refusal: RegistryError | None = None, forms: Forms | None = None, *, coming_back: bool = False
    ) -> None:
        self.page, self.registry, self.feed, self.forms = Page(), Registry(refusal), ChangeFeed(), forms or Forms()
        services = (self.registry, self.forms, Inline(), self.feed, self.registry)
        self.presenter = PastePresenter(self.page, *services)
        if coming_back:
            self.presenter.come_back()
        self.presenter.show_file(PatientFile(ANN, (KNOWN,)), TODAY, may_record=True)

    @property
    def shown(self) -> PasteShown:
        assert self.page.shown is not None
        return self.page.shown

    def happens(self) -> list[str]:
        return [row.happens for row in self.shown.rows]


def test_nothing_is_ready_before_units_are_confirmed_and_tests_are_chosen() -> None:
    desk = Desk()
    desk.presenter.begin(BLOCK)
    assert not desk.shown.ready
    assert desk.happens() == [
        "Not taken: choose which test this is",
        "Not taken: confirm the unit of this test",
        "Not taken: confirm the unit of this test",
    ]
    assert [(test.code, test.unit, test.confirmed) for test in desk.shown.tests] == [
        ("", "", False),
        ("crp", "mg/L", False),
        ("platelets", "10⁹/L", False),
    ]


def test_each_answer_brings_its_results_in_and_the_sums_stay_even() -> None:
    desk = Desk()
    desk.presenter.begin(BLOCK)
    desk.presenter.item(1, "vegf_plasma")
    desk.presenter.unit(1, "pg/mL")
    assert desk.happens()[0] == "New: 640\u00a0pg/mL"
    desk.presenter.confirm(3, confirmed=True)
    assert "confirm that it is right" in desk.happens()[2]
    assert desk.shown.doubts == "1 result is unusual: it is right"
    desk.presenter.doubts(right=True)
    assert desk.happens()[2].startswith("New: 12")
    desk.presenter.confirm(2, confirmed=True)
    assert desk.shown.differing == "Change 1 result that differs"
    assert desk.shown.rows[1].before == "3\u00a0mg/L"
    desk.presenter.change(wanted=True)
    assert desk.shown.reasoned, "a change is asked its reason"
    assert desk.shown.sums == "3 read = 2 new + 1 changed + 0 unchanged + 0 ignored + 0 set aside"
    assert desk.shown.save == "Save 3 results for SMITH, Ann"


def test_another_test_must_have_its_unit_confirmed_anew() -> None:
    desk = Desk()
    desk.presenter.begin(BLOCK)
    desk.presenter.confirm(2, confirmed=True)
    desk.presenter.item(2, "albumin")
    assert desk.shown.tests[1].confirmed is False
    desk.presenter.item(2, IGNORE)
    assert desk.happens()[1] == "Left out: this test is left out"


def test_what_is_saved_is_what_was_seen_and_the_sums_are_said() -> None:
    desk = Desk()
    heard: list[Changed] = []
    desk.feed.listen(heard.append)
    desk.presenter.begin(BLOCK)
    desk.presenter.item(1, "vegf_serum")
    desk.presenter.unit(1, "pg/mL")
    desk.presenter.save("")
    answers, plan, _ = desk.registry.pasted[0]
    assert dict(answers.units) == {1: "pg/mL"}
    assert plan.counts.new == 1
    assert desk.registry.said == "3 read = 1 new + 0 changed + 0 unchanged + 0 ignored + 2 set aside"
    assert not desk.page.open
    assert heard


def test_a_refusal_keeps_the_preview_open_and_says_why() -> None:
    desk = Desk(StaleRecord())
    desk.presenter.begin(BLOCK)
    desk.presenter.item(1, "vegf_serum")
    desk.presenter.unit(1, "pg/mL")
    desk.presenter.save("")
    assert desk.page.open
    assert "Nothing was overwritten" in desk.page.refused


def test_what_is_no_block_is_said_on_the_page() -> None:
    desk = Desk()
    desk.presenter.begin("some words")
    assert not desk.page.open
    assert "no block" in desk.page.bar


def test_nobody_without_the_permission_pastes() -> None:
    desk = Desk()
    desk.presenter.show_file(PatientFile(ANN), TODAY, may_record=False)
    desk.presenter.begin(BLOCK)
    assert not desk.page.open


def locked_while_looking(*, reason: str = "") -> Desk:
    """A preview that was answered, then closed by a lock."""
    desk = Desk()
    desk.presenter.begin(BLOCK)
    desk.presenter.item(1, "vegf_plasma")
    desk.presenter.unit(1, "pg/mL")
    desk.presenter.confirm(2, confirmed=True)
    desk.presenter.doubts(right=True)
    desk.presenter.change(wanted=True)
    if reason:
        desk.presenter.reason(reason)
    desk.presenter.closed()
    desk.presenter.leave()
    assert not desk.presenter.has_unkept
    return desk


def test_a_preview_that_a_lock_closed_comes_back_with_every_answer() -> None:
    before = locked_while_looking(reason="final report")
    again = Desk(forms=before.forms)
    assert "pasted block" in again.page.offered
    before_asking = again.page.open
    again.presenter.go_on()
    assert (before_asking, again.page.open) == (False, True), "nothing opens without being asked for"
    assert again.shown == replace(before.shown, reason="final report")
    assert (again.shown.reason, again.shown.doubts_right, again.shown.change_wanted) == ("final report", True, True)
    again.presenter.save("final report")
    assert dict(again.registry.pasted[0][0].units) == {1: "pg/mL", 2: "mg/L"}


def test_whoever_comes_to_go_on_with_a_block_finds_it_open() -> None:
    again = Desk(forms=locked_while_looking().forms, coming_back=True)
    assert again.page.open
    assert again.page.offered == ""


def test_a_block_that_was_left_is_judged_against_the_record_as_it_is_now() -> None:
    again = Desk(forms=locked_while_looking().forms)
    there = replace(KNOWN, findings=(Finding("crp", 4.0, reported="4", reported_unit="mg/L"),))
    again.presenter.show_file(PatientFile(ANN, (there,)), TODAY, may_record=True)
    again.presenter.go_on()
    assert again.happens()[1].startswith("Same as recorded")


def test_go_back_drops_the_block_and_so_does_discard() -> None:
    desk = Desk()
    desk.presenter.begin(BLOCK)
    desk.presenter.woken()
    assert paste_key(1) in desk.forms.left
    desk.presenter.drop()
    desk.presenter.closed()
    assert desk.forms.left == {}
    left = Desk(forms=locked_while_looking().forms)
    left.presenter.discard()
    assert (left.forms.left, left.page.offered) == ({}, "")


def test_another_block_does_not_take_the_place_of_one_that_waits() -> None:
    desk = Desk(forms=locked_while_looking().forms)
    kept = dict(desk.forms.left)
    desk.presenter.begin("Test\tUnit\t22-Nov-2026\nCRP\tmg/L\t5\n")
    assert not desk.page.open
    assert "waits here" in desk.page.bar
    assert desk.forms.left == kept


def test_what_cannot_be_kept_is_told_and_counts_as_unkept() -> None:
    desk = Desk(forms=Forms(refusal=NotSaved("Disk full.")))
    desk.presenter.begin(BLOCK)
    assert desk.presenter.has_unkept
    desk.presenter.leave()
    assert desk.page.refused == "Disk full."
    assert desk.presenter.has_unkept


def test_a_saved_block_is_kept_no_more() -> None:
    desk = Desk()
    desk.presenter.begin(BLOCK)
    desk.presenter.item(1, "vegf_serum")
    desk.presenter.unit(1, "pg/mL")
    desk.presenter.save("")
    desk.presenter.woken()
    desk.presenter.leave()
    assert desk.forms.left == {}
    assert not desk.presenter.has_unkept
