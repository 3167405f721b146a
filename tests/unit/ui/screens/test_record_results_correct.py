"""A recorded result is corrected with a reason; one of a signed visit leads to the visit; nobody overwrites unseen."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest

from poems_registry.domain.access import Permission
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.errors import InvalidInput, RegistryError, StaleRecord
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient, PatientFile, Signature
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.results import correction_key
from poems_registry.ui.screens.record.results.correct_presenter import CorrectPresenter
from poems_registry.ui.screens.record.results.correct_shown import CorrectShown
from poems_registry.ui.tasks import Inline
from tests.unit.ui.screens.results_fakes import Desk as Person
from tests.unit.ui.screens.results_fakes import Forms

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
    offered: str = ""
    bar: str = ""
    open: bool = False
    reminded: int = 0

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

    def offer_correct(self, words: str) -> None:
        self.offered = words

    def remind_correct(self, milliseconds: int) -> None:
        self.reminded += milliseconds > 0

    def refuse_entry(self, words: str) -> None:
        self.bar = words

    def tell_signed(self, words: str, encounter_id: int) -> None:
        self.told = (words, encounter_id)


@dataclass
class Registry:
    """Corrects, marks, or refuses."""

    refusal: RegistryError | None = None
    corrected: list[tuple[int, str, FieldDraft, str]] = field(default_factory=list)
    marked: list[tuple[int, str]] = field(default_factory=list)
    signed_in: Person = field(default_factory=Person)
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

    def visit(self, encounter_id: int, *, to_mend: bool = False) -> None:
        assert to_mend, "one wants to come back to the results"
        self.visits.append(encounter_id)

    def say_saved(self, words: str) -> None:
        self.said = words


class Desk:
    """A presenter with its page and registry."""

    def __init__(
        self,
        refusal: RegistryError | None = None,
        forms: Forms | None = None,
        *,
        signing: bool = True,
        coming_back: str = "",
        file: PatientFile = FILE,
    ) -> None:
        without: frozenset[Permission] = frozenset() if signing else frozenset({Permission.SIGN})
        self.page, self.registry = Page(), Registry(refusal, signed_in=Person(without))
        self.feed, self.forms = ChangeFeed(), forms or Forms()
        services = (self.registry, self.registry, self.forms, Inline(), self.feed, self.registry)
        self.presenter = CorrectPresenter(self.page, *services)
        if coming_back:
            self.presenter.come_back(coming_back)
        self.presenter.show_file(file, TODAY, may_record=True)

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
    assert "Must be a number" in desk.shown.field.problem
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


def test_a_result_of_a_closed_contact_leads_to_the_contact_and_is_never_asked_for() -> None:
    closed = replace(
        SAMPLE,
        kind=EncounterKind.PHYSIOTHERAPY,
        signature=Signature("P Rees", "", "", datetime(2026, 11, 18, 9, 0, tzinfo=UTC)),
    )
    desk = Desk(file=PatientFile(ANN, (VISIT, closed)))
    desk.presenter.open(5, "vegf_serum")
    assert not desk.page.open
    words, encounter_id = desk.page.told
    assert "closed contact of 18-Nov-2026" in words
    assert encounter_id == 5
    again = Desk(forms=locked_while_typing().forms, file=PatientFile(ANN, (VISIT, closed)))
    again.presenter.go_on()
    assert not again.page.open
    assert "only be discarded" in again.page.bar


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


def test_who_may_not_sign_sees_no_act_that_would_be_refused_and_is_told_whom_to_ask() -> None:
    desk = Desk(signing=False)
    desk.presenter.open(5, "vegf_serum")
    assert not desk.shown.may_mark
    desk.presenter.mark("wrong patient")
    assert desk.registry.marked == []
    desk.type(text="")
    desk.presenter.save("x")
    assert "ask somebody who may sign" in desk.page.refused
    assert Desk().registry.signed_in.may(Permission.SIGN)


def locked_while_typing(text: str = "<31", code: str = "vegf_serum", forms: Forms | None = None) -> Desk:
    desk = Desk(forms=forms)
    desk.presenter.open(5, code)
    desk.type(text=text, limit_high="771", note="by telephone")
    desk.presenter.reason("final rep")
    desk.presenter.closed()
    desk.presenter.leave()
    assert not desk.presenter.has_unkept
    return desk


def test_a_correction_that_a_lock_closed_comes_back_as_it_was_typed() -> None:
    before = locked_while_typing()
    again = Desk(forms=before.forms)
    assert again.page.offered.startswith("A correction of VEGF, serum of 18-Nov-2026, not saved")
    before_asking = again.page.open
    again.presenter.go_on()
    assert (before_asking, again.page.open) == (False, True)
    assert again.shown.field == before.shown.field
    assert (again.shown.reason, again.shown.field.note) == ("final rep", "by telephone")
    assert "It counts nowhere yet" in again.shown.meanwhile
    again.presenter.save("final report")
    assert again.registry.corrected[0][2].text == "<31"


def test_opening_the_same_result_again_goes_on_with_what_was_typed() -> None:
    again = Desk(forms=locked_while_typing().forms)
    again.presenter.open(5, "vegf_serum")
    assert again.shown.field.text == "<31"


def test_whoever_comes_to_go_on_with_a_correction_finds_that_one_open() -> None:
    forms = locked_while_typing(code="ife_serum", text="neg").forms
    locked_while_typing(forms=forms)
    again = Desk(forms=forms, coming_back=correction_key(1, 5, "vegf_serum").form)
    assert again.shown.title.startswith("Correct VEGF")
    assert again.shown.field.text == "<31"


def test_a_result_changed_since_is_told_beside_what_was_typed_before() -> None:
    theirs = replace(SAMPLE, version=2, findings=(replace(VEGF, value=650.0, reported="650"), WAITING))
    again = Desk(forms=locked_while_typing().forms, file=PatientFile(ANN, (VISIT, theirs)))
    again.presenter.go_on()
    assert "640" in again.shown.meanwhile
    assert "650" in again.shown.meanwhile
    assert again.shown.field.text == "<31"


def test_a_correction_of_what_no_longer_counts_can_only_be_discarded() -> None:
    gone = replace(SAMPLE, state=EncounterState.IN_ERROR)
    again = Desk(forms=locked_while_typing().forms, file=PatientFile(ANN, (VISIT, gone)))
    again.presenter.go_on()
    assert not again.page.open
    assert "only be discarded" in again.page.bar
    again.presenter.discard()
    assert (again.forms.left, again.page.offered, again.page.bar) == ({}, "", "")


def test_discarding_one_offers_the_next_and_go_back_drops_what_was_typed() -> None:
    forms = locked_while_typing(code="ife_serum", text="neg").forms
    locked_while_typing(forms=forms)
    again = Desk(forms=forms)
    again.presenter.discard()
    assert len(forms.left) == 1
    assert again.page.offered
    again.presenter.go_on()
    again.presenter.drop()
    again.presenter.closed()
    assert forms.left == {}


def test_a_saved_correction_is_kept_no_more() -> None:
    desk = Desk()
    desk.presenter.open(5, "vegf_serum")
    desk.type(text="<31")
    desk.presenter.woken()
    assert desk.forms.left
    desk.presenter.save("final report")
    desk.presenter.leave()
    assert desk.forms.left == {}


def test_looking_at_a_result_keeps_nothing() -> None:
    desk = Desk()
    desk.presenter.open(5, "vegf_serum")
    desk.presenter.closed()
    desk.presenter.leave()
    assert desk.forms.left == {}
