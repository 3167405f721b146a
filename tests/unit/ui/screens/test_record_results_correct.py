"""A recorded result is corrected with a reason; one of a signed visit leads to the visit; nobody overwrites unseen."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.errors import InvalidInput, RegistryError, StaleRecord
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient, PatientFile
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.ui.screens.record.results.correct_presenter import CorrectPresenter
from poems_registry.ui.screens.record.results.correct_shown import CorrectShown
from poems_registry.ui.tasks import Inline

TODAY = date(2026, 11, 22)
ANN = Patient(id=1, family_name="Smith", given_name="Ann", born=PartialDate(1955, 7, 14))
VEGF = Finding("vegf_serum", 640.0, reported="640", reported_unit="pg/mL", limit_high=771.0)
WAITING = Finding("ife_serum", None, State.PENDING)
SAMPLE = Encounter(
    id=5,
    patient_id=1,
    kind=EncounterKind.SAMPLE,
    on=date(2026, 11, 18),
    state=EncounterState.RECORDED,
    findings=(VEGF, WAITING),
)
VISIT = Encounter(id=6, patient_id=1, on=date(2026, 8, 12), state=EncounterState.SIGNED, findings=(VEGF,))
FILE = PatientFile(ANN, (VISIT, SAMPLE))
BLANK = {"text": "", "state": "", "limit_low": "", "limit_high": "", "assay": "", "sample_time": "", "note": ""}


@dataclass
class Page:
    """What was asked and told."""

    shown: CorrectShown | None = None
    refused: str = ""
    told: tuple[str, int] = ("", 0)
    open: bool = False

    @property
    def results(self) -> "Page":
        return self

    @property
    def asked(self) -> "Page":
        return self

    def ask_correct(self, shown: CorrectShown) -> None:
        self.shown, self.open = shown, True

    def show_correct(self, shown: CorrectShown) -> None:
        self.shown = shown

    def refuse_correct(self, words: str) -> None:
        self.refused = words

    def close_correct(self) -> None:
        self.open = False

    def tell_signed(self, words: str, encounter_id: int) -> None:
        self.told = (words, encounter_id)


@dataclass
class Registry:
    """Corrects, marks, or refuses."""

    refusal: RegistryError | None = None
    corrected: list[tuple[int, str, FieldDraft, str]] = field(default_factory=list)
    marked: list[tuple[int, str]] = field(default_factory=list)
    said: str = ""
    visits: list[int] = field(default_factory=list)

    def correct(self, patient_id: int, encounter: Encounter, code: str, typed: FieldDraft, reason: str) -> Changed:
        if self.refusal is not None:
            raise self.refusal
        self.corrected.append((encounter.version, code, typed, reason))
        return Changed(patients=frozenset({patient_id}))

    def mark_in_error(self, encounter_id: int, patient_id: int, version: int, reason: str) -> Changed:
        self.marked.append((encounter_id, reason))
        return Changed(patients=frozenset({patient_id}))

    def visit(self, encounter_id: int) -> None:
        self.visits.append(encounter_id)

    def say_saved(self, words: str) -> None:
        self.said = words


class Desk:
    """A presenter with its page and registry."""

    def __init__(self, refusal: RegistryError | None = None) -> None:
        self.page, self.registry, self.feed = Page(), Registry(refusal), ChangeFeed()
        services = (self.registry, self.registry, Inline(), self.feed, self.registry)
        self.presenter = CorrectPresenter(self.page, *services)
        self.presenter.show_file(FILE, TODAY, may_record=True)

    @property
    def shown(self) -> CorrectShown:
        assert self.page.shown is not None
        return self.page.shown

    def type(self, **texts: str) -> None:
        self.presenter.typed(BLANK | texts)


def test_a_result_is_shown_as_it_stands_with_its_limits() -> None:
    desk = Desk()
    desk.presenter.open(5, "vegf_serum")
    assert desk.shown.recorded == "Recorded: 640\u00a0pg/mL"
    assert (desk.shown.field.text, desk.shown.field.limit_high) == ("640", "771")
    assert desk.shown.title == "Correct VEGF, serum of 18-Nov-2026"


def test_the_new_result_goes_with_the_reason_and_the_version_that_was_seen() -> None:
    desk = Desk()
    desk.presenter.open(5, "vegf_serum")
    desk.type(text="<31", limit_high="771")
    desk.presenter.save("final report")
    version, code, typed, reason = desk.registry.corrected[0]
    assert (version, code, typed.text, typed.limit_high, reason) == (1, "vegf_serum", "<31", "771", "final report")
    assert not desk.page.open


def test_a_pending_result_that_arrives_is_entered_in_its_place() -> None:
    desk = Desk()
    desk.presenter.open(5, "ife_serum")
    assert desk.shown.field.state is State.PENDING
    desk.type(text="neg")
    desk.presenter.save("arrived")
    assert desk.registry.corrected[0][2].text == "Negative"


def test_a_wrong_value_is_told_and_an_unusual_one_asked() -> None:
    desk = Desk()
    desk.presenter.open(5, "vegf_serum")
    desk.type(text="abc")
    assert "must be a number" in desk.shown.field.problem
    desk.type(text="")
    desk.presenter.save("x")
    assert desk.registry.corrected == []
    assert "entered in error" in desk.page.refused


def test_a_result_of_a_signed_visit_leads_to_the_visit() -> None:
    desk = Desk()
    desk.presenter.open(6, "vegf_serum")
    assert not desk.page.open
    words, encounter_id = desk.page.told
    assert "signed visit of 12-Aug-2026" in words
    desk.presenter.go_to_visit(encounter_id)
    assert desk.registry.visits == [6]


def test_who_may_not_record_is_asked_nothing() -> None:
    desk = Desk()
    desk.presenter.show_file(FILE, TODAY, may_record=False)
    desk.presenter.open(5, "vegf_serum")
    assert not desk.page.open


def test_what_somebody_else_saved_meanwhile_is_shown_beside_what_was_typed() -> None:
    desk = Desk(StaleRecord())
    desk.presenter.open(5, "vegf_serum")
    desk.type(text="<31")
    theirs = replace(SAMPLE, version=2, findings=(replace(VEGF, value=650.0, reported="650"), WAITING))

    def reload(_: Changed) -> None:
        desk.presenter.show_file(PatientFile(ANN, (VISIT, theirs)), TODAY, may_record=True)

    desk.feed.listen(reload)
    desk.presenter.save("final report")
    assert desk.page.open
    assert "640" in desk.shown.meanwhile
    assert "650" in desk.shown.meanwhile
    assert desk.shown.field.text == "<31"
    desk.registry.refusal = None
    desk.presenter.save("final report")
    assert desk.registry.corrected[0][0] == 2, "saved on top of what was shown"


@pytest.mark.parametrize("refusal", [InvalidInput({"reason": "say why"})])
def test_a_refusal_keeps_the_form_open_and_says_why(refusal: RegistryError) -> None:
    desk = Desk(refusal)
    desk.presenter.open(5, "vegf_serum")
    desk.type(text="<31")
    desk.presenter.save("")
    assert desk.page.open
    assert desk.page.refused == "Say why"


def test_the_whole_sample_is_marked_as_entered_in_error() -> None:
    desk = Desk()
    desk.presenter.open(5, "vegf_serum")
    desk.presenter.mark("wrong patient")
    assert desk.registry.marked == [(5, "wrong patient")]
    assert not desk.page.open
