"""After signing in a person is told what they left: patient, which form and when; never what was typed."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from poems_registry.domain.access import Permission
from poems_registry.services.form_drafts import CORRECTION, DETAILS, PASTED, RESULTS, TREATMENT_LINE, FormKey, LeftForm
from poems_registry.services.open_visits import OpenDraft
from poems_registry.ui.screens.drafts.presenter import DraftsPresenter
from poems_registry.ui.screens.drafts.shown import LeftWork, PromptShown
from poems_registry.ui.tasks import Inline

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
VISIT = OpenDraft(5, 9, NOON, True, "SMITH, Ann", date(2026, 11, 20), "Dr A Rahman")
AMENDMENT = OpenDraft(6, 8, NOON + timedelta(minutes=1), True, "JONES, Bo", date(2026, 8, 12), "Dr A Rahman", amends=1)
SOMEBODYS = OpenDraft(7, 7, NOON, False, "EVANS, Cy", date(2026, 11, 20), "Dr B. Osei")
FORM = LeftForm(FormKey(DETAILS, 5, 5), NOON - timedelta(days=1), "SMITH, Ann")
NEW = LeftForm(FormKey(DETAILS), NOON - timedelta(days=2), "")


@dataclass
class Me:
    clinical: bool = True
    read_only: bool = False
    today: date = date(2026, 11, 22)

    def may(self, permission: Permission) -> bool:
        return self.clinical


@dataclass
class Left:
    """What was left in the registry."""

    visits: tuple[OpenDraft, ...] = ()
    forms: tuple[LeftForm, ...] = ()
    signed_in: Me = field(default_factory=Me)

    def open_drafts(self) -> tuple[OpenDraft, ...]:
        return self.visits

    def mine(self) -> tuple[LeftForm, ...]:
        return self.forms


@dataclass
class Line:
    """The window's message line, and where one was led."""

    shown: PromptShown | None = None
    listed: tuple[LeftWork, ...] = ()
    went: list[tuple[str, int]] = field(default_factory=list)

    def offer(self, shown: PromptShown) -> None:
        self.shown = shown

    def list_all(self, work: tuple[LeftWork, ...]) -> None:
        self.listed = work

    def withdraw(self) -> None:
        self.shown = None

    def visit(self, encounter_id: int) -> None:
        self.went.append(("visit", encounter_id))

    def results(self, patient_id: int, form: str = "") -> None:
        self.went.append((form, patient_id))

    def treatment(self, patient_id: int) -> None:
        self.went.append(("treatment", patient_id))

    def details(self, patient_id: int) -> None:
        self.went.append(("details", patient_id))

    def add_patient(self) -> None:
        self.went.append(("new", 0))


def prompted(left: Left) -> tuple[DraftsPresenter, Line]:
    line = Line()
    presenter = DraftsPresenter(line, left, left, Inline(), line)  # type: ignore[arg-type]
    presenter.open()
    return presenter, line


def test_the_prompt_names_patient_visit_and_time_and_leads_there() -> None:
    presenter, line = prompted(Left((VISIT,)))
    assert line.shown is not None
    assert line.shown.cause == "You left this open: SMITH, Ann, visit of 20-Nov-2026"
    assert line.shown.rest.startswith(
        f"Last kept today at {NOON.astimezone():%H:%M}: all you typed until then is here."
    )
    assert (line.shown.go_on, line.shown.more) == ("Go on with SMITH, Ann", "")
    presenter.go_on()
    assert line.went == [("visit", 9)]
    assert line.shown is None


def test_the_newest_comes_first_and_all_can_be_chosen() -> None:
    presenter, line = prompted(Left((VISIT, AMENDMENT, SOMEBODYS), (FORM, NEW)))
    assert line.shown is not None
    assert line.shown.cause == "You left this open: JONES, Bo, amendment of the visit of 12-Aug-2026"
    assert line.shown.more == "All 4 drafts…"
    presenter.all()
    assert [(work.who, work.what) for work in line.listed] == [
        ("JONES, Bo", "amendment of the visit of 12-Aug-2026"),
        ("SMITH, Ann", "visit of 20-Nov-2026"),
        ("SMITH, Ann", "details"),
        ("A new patient", "details"),
    ]
    for work in line.listed:
        presenter.go_on_with(work)
    assert line.went == [("visit", 8), ("visit", 9), ("details", 5), ("new", 0)]


FORMS = [
    (TREATMENT_LINE, "treatment", "treatment"),
    ("transplant", "treatment", "treatment"),
    (RESULTS, "results", RESULTS),
    (PASTED, "pasted results", PASTED),
    (f"{CORRECTION}vegf_serum", "correction of a result", f"{CORRECTION}vegf_serum"),
]
"""The page is told which form is gone on with."""


@pytest.mark.parametrize(("form", "what", "place"), FORMS)
def test_a_form_of_the_record_leads_to_its_tab(form: str, what: str, place: str) -> None:
    presenter, line = prompted(Left(forms=(LeftForm(FormKey(form, 5, 2), NOON, "SMITH, Ann"),)))
    assert line.shown is not None
    assert line.shown.cause == f"You left this open: SMITH, Ann, {what}"
    presenter.go_on()
    assert line.went == [(place, 5)]


def test_who_left_nothing_is_asked_nothing_nor_told_of_others() -> None:
    assert prompted(Left((SOMEBODYS,)))[1].shown is None


def test_who_may_not_view_findings_is_told_of_details_only() -> None:
    _, line = prompted(Left((VISIT,), (FORM,), Me(clinical=False)))
    assert line.shown is not None
    assert line.shown.cause == "You left this open: SMITH, Ann, details"


def test_where_nothing_can_be_saved_nothing_is_offered() -> None:
    assert prompted(Left((VISIT,), signed_in=Me(read_only=True)))[1].shown is None
