"""The patients list decides: one question at a time, no late answer, no column that a role may not see."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from poems_registry.domain.access import DEFAULTS, Permission, Role
from poems_registry.domain.errors import CannotOpen, RegistryError
from poems_registry.domain.records import PatientSummary
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.patients import Found, PatientFilter, PatientOrder, Sorting
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.patients.presenter import PatientsPresenter
from poems_registry.ui.screens.patients.rows import CLINICAL_COLUMNS, ListRow
from poems_registry.ui.tasks import Inline
from tests.unit.ui.screens.later import Later
from tests.unit.ui.screens.test_patient_rows import ANN, TODAY

BY_NAME = Sorting()
SCREENFUL = 12
PAGE = SCREENFUL + 1


@dataclass
class Me:
    """Who is signed in."""

    role: Role = Role.CLINICIAN
    read_only: bool = False

    @property
    def today(self) -> date:
        return TODAY

    def may(self, permission: Permission) -> bool:
        return permission in DEFAULTS[self.role]


class Registry:
    """Patients by number; finds those whose name holds the query."""

    def __init__(self, count: int, me: Me) -> None:
        self.me = me
        self.everyone = [replace(ANN, id=n, name=f"NAME{n:03d}, Ann") for n in range(1, count + 1)]
        self.questions: list[tuple[str, tuple[PatientFilter, ...], int, Sorting]] = []
        self.counted: list[bool] = []
        self.deceased = 7
        self.big = False
        self.totals: list[str] = []
        self.near: list[str] = []
        self.meant: frozenset[int] = frozenset()
        self.refusal: RegistryError | None = None

    @property
    def signed_in(self) -> Me:
        return self.me

    def find(
        self,
        query: str = "",
        filters: Sequence[PatientFilter] = (),
        limit: int = PAGE,
        sorting: Sorting = BY_NAME,
        *,
        counted: bool = True,
    ) -> Found:
        self.questions.append((query, tuple(filters), limit, sorting))
        self.counted.append(counted)
        if self.refusal is not None:
            raise self.refusal
        fits = [each for each in self.everyone if query.upper() in each.name]
        return Found(
            tuple(fits[:limit]),
            None if self.big and len(fits) > limit else len(fits),
            len(self.everyone),
            {PatientFilter.DECEASED: self.deceased} if counted else {},
            {},
        )

    def how_many(self, query: str = "", filters: Sequence[PatientFilter] = ()) -> int:
        self.totals.append(query)
        return sum(query.upper() in each.name for each in self.everyone)

    def similar(self, query: str, filters: Sequence[PatientFilter] = (), limit: int = PAGE) -> Found:
        self.near.append(query)
        meant = [each for each in self.everyone if each.id in self.meant]
        return Found(tuple(meant[:limit]), len(meant), len(self.everyone), {}, {})


class Spy:
    """The list: keeps what it was told."""

    def __init__(self) -> None:
        self.hidden: frozenset[str] = frozenset()
        self.why = ""
        self.filters: Sequence[tuple[str, str]] = ()
        self.rows: list[ListRow] = []
        self.more = False
        self.bar = False
        self.painted = 0
        self.added = 0
        self.counts = ""
        self.chips: Mapping[str, int] = {}
        self.empty = ""
        self.adding = False
        self.cleared = 0
        self.chosen: tuple[str, frozenset[str], str, bool] | None = None
        self.focused = 0
        self.message: Message | None = None

    def show_columns(self, hidden: frozenset[str], words: str) -> None:
        self.hidden, self.why = hidden, words

    def offer_filters(self, filters: Sequence[tuple[str, str]]) -> None:
        self.filters = filters

    def show_rows(self, rows: Sequence[ListRow], more: bool, bar_on_first: bool) -> None:
        self.rows, self.more, self.bar, self.painted = list(rows), more, bar_on_first, self.painted + 1

    def screenful(self) -> int:
        return SCREENFUL

    def add_rows(self, rows: Sequence[ListRow], more: bool) -> None:
        self.rows, self.more, self.added = [*self.rows, *rows], more, self.added + len(rows)

    def show_counts(self, words: str, filters: Mapping[str, int]) -> None:
        self.counts, self.chips = words, filters

    def show_empty(self, kind: str, title: str, words: str) -> None:
        self.empty = kind

    def allow_adding(self, allowed: bool) -> None:
        self.adding = allowed

    def clear_search(self) -> None:
        self.cleared += 1

    def show_chosen(self, query: str, filters: frozenset[str], column: str, *, descending: bool) -> None:
        self.chosen = (query, filters, column, descending)

    def focus_search(self) -> None:
        self.focused += 1

    def say(self, message: Message | None) -> None:
        self.message = message


class Going:
    """Where it led to."""

    def __init__(self) -> None:
        self.opened: list[int] = []
        self.added = 0

    def patient(self, patient_id: int) -> None:
        self.opened.append(patient_id)

    def hold_keys(self) -> None:
        """Nothing is typed here."""

    def add_patient(self) -> None:
        self.added += 1


class Desk:
    """Everything around one presenter."""

    def __init__(self, count: int = 3, me: Me | None = None, tasks: Any = None) -> None:
        self.view, self.going, self.feed = Spy(), Going(), ChangeFeed()
        self.registry = Registry(count, me or Me())
        self.presenter = PatientsPresenter(self.view, self.registry, tasks or Inline(), self.feed, self.going)

    def asked(self) -> int:
        """How often the registry was asked."""
        return len(self.registry.questions)


def test_everyone_is_shown_by_name_with_the_search_ready() -> None:
    desk = Desk()
    desk.presenter.open()
    assert [row.id for row in desk.view.rows] == [1, 2, 3]
    assert desk.registry.questions == [("", (), PAGE, Sorting(PatientOrder.NAME))]
    assert desk.view.focused == 1
    assert desk.view.counts == "3 patients"
    assert desk.view.chips == {"deceased": 7}


def test_each_key_narrows_the_list_and_says_how_many_are_found() -> None:
    desk = Desk(12)
    desk.presenter.open()
    desk.presenter.typed("name01")
    assert [row.id for row in desk.view.rows] == [10, 11, 12]
    assert desk.view.counts == "12 patients, 3 found"
    assert desk.view.bar


def test_filters_are_counted_when_something_changed_and_not_with_each_key() -> None:
    desk = Desk(12)
    desk.presenter.open()
    for text in ("n", "na"):
        desk.presenter.typed(text)
    assert desk.registry.counted == [True, False, False]
    assert desk.view.chips == {"deceased": 7}
    desk.registry.deceased = 8
    desk.feed.publish(Changed(patients=frozenset({1})))
    assert desk.view.chips == {"deceased": 8}
    desk.presenter.typed("nam")
    desk.presenter.sort("letter", False)
    desk.presenter.filtered("deceased", True)
    desk.presenter.typed("")
    assert desk.registry.counted[3:] == [True, False, False, True, True]
    assert desk.view.chips == {"deceased": 8}


def test_a_count_that_came_too_late_is_asked_again() -> None:
    later = Later()
    desk = Desk(12, tasks=later)
    desk.presenter.open()
    desk.presenter.typed("name0")
    later.answer()
    later.answer()
    assert desk.registry.counted == [True, True]
    assert desk.view.chips == {"deceased": 7}


def test_what_is_typed_while_an_answer_is_awaited_is_asked_once_and_only_the_last_is_shown() -> None:
    later = Later()
    desk = Desk(12, tasks=later)
    desk.presenter.open()
    for text in ("n", "na", "name", "name0", "name012"):
        desk.presenter.typed(text)
    later.answer()
    assert desk.view.painted == 0  # the answer to "" came too late
    later.answer()
    assert [question[0] for question in desk.registry.questions] == ["", "name012"]
    assert [row.id for row in desk.view.rows] == [12]


def test_return_never_opens_somebody_found_by_an_older_text() -> None:
    later = Later()
    desk = Desk(12, tasks=later)
    desk.presenter.open()
    later.answer()
    desk.presenter.typed("name012")
    desk.presenter.entered(1)  # the bar still stands on the first of everyone
    assert desk.going.opened == []
    later.answer()
    assert desk.going.opened == [12]


def test_return_while_waiting_opens_nobody_when_several_are_found() -> None:
    later = Later()
    desk = Desk(12, tasks=later)
    desk.presenter.open()
    later.answer()
    desk.presenter.typed("name01")
    desk.presenter.entered(1)
    later.answer()
    assert desk.going.opened == []
    desk.presenter.entered(11)
    assert desk.going.opened == [11]


def test_return_on_nobody_opens_nobody() -> None:
    desk = Desk()
    desk.presenter.open()
    desk.presenter.entered(0)
    assert desk.going.opened == []


def test_filters_narrow_together_and_are_taken_away_one_by_one() -> None:
    desk = Desk()
    desk.presenter.open()
    desk.presenter.filtered("overdue", True)
    desk.presenter.filtered("deceased", True)
    desk.presenter.filtered("overdue", False)
    assert [question[1] for question in desk.registry.questions[2:]] == [
        (PatientFilter.OVERDUE, PatientFilter.DECEASED),
        (PatientFilter.DECEASED,),
    ]


def test_show_everyone_empties_search_and_filters() -> None:
    desk = Desk()
    desk.presenter.open()
    desk.presenter.typed("zzz")
    desk.presenter.filtered("overdue", True)
    desk.presenter.everyone()
    assert desk.registry.questions[-1][:2] == ("", ())
    assert desk.view.cleared == 1
    assert len(desk.view.rows) == 3


def test_the_registry_sorts_and_an_order_nobody_knows_is_no_question() -> None:
    desk = Desk()
    desk.presenter.sort("name", False)
    assert desk.asked() == 0  # not opened yet
    desk.presenter.open()
    desk.presenter.sort("next_due", True)
    assert desk.registry.questions[-1][3] == Sorting(PatientOrder.NEXT_DUE, descending=True)
    before = desk.asked()
    desk.presenter.sort("features", False)
    assert desk.asked() == before


def test_an_administrator_gets_no_clinical_column_and_no_clinical_filter() -> None:
    desk = Desk(me=Me(Role.ADMIN))
    desk.presenter.open()
    assert desk.view.hidden == CLINICAL_COLUMNS
    assert desk.view.why
    offered = {code for code, _ in desk.view.filters}
    assert offered == {"overdue", "draft_visit", "unsigned_letter", "deceased", "consent_not_recorded"}
    assert desk.view.adding


def test_a_clinician_sees_every_column() -> None:
    desk = Desk()
    desk.presenter.open()
    assert desk.view.hidden == frozenset()
    assert len(desk.view.filters) == len(PatientFilter)


def test_nobody_is_added_to_a_registry_that_can_only_be_read() -> None:
    desk = Desk(me=Me(read_only=True))
    desk.presenter.open()
    desk.presenter.add()
    assert desk.view.adding is False
    assert desk.going.added == 0


def test_adding_leads_to_the_form() -> None:
    desk = Desk()
    desk.presenter.open()
    desk.presenter.add()
    assert desk.going.added == 1


@pytest.mark.parametrize(("count", "query", "kind"), [(0, "", "nobody"), (3, "zzz", "nothing"), (3, "", "")])
def test_emptiness_says_why(count: int, query: str, kind: str) -> None:
    desk = Desk(count)
    desk.presenter.open()
    desk.presenter.typed(query)
    assert desk.view.empty == kind


def test_more_are_added_below_when_the_list_is_scrolled_to_its_end() -> None:
    desk = Desk(PAGE + 5)
    desk.presenter.open()
    assert (len(desk.view.rows), desk.view.more) == (PAGE, True)
    desk.presenter.more()
    assert (len(desk.view.rows), desk.view.more, desk.view.added) == (PAGE + 5, False, 5)
    assert [row.id for row in desk.view.rows] == list(range(1, PAGE + 6))


def test_a_change_is_looked_up_at_once_when_seen_and_on_return_when_not() -> None:
    desk = Desk()
    desk.presenter.open()
    desk.feed.publish(Changed(patients=frozenset({1})))
    assert desk.asked() == 2
    desk.presenter.leave()
    desk.feed.publish(Changed(everything=True))
    assert desk.asked() == 2
    desk.presenter.shown()
    assert desk.asked() == 3
    desk.presenter.leave()
    desk.presenter.shown()
    assert desk.asked() == 3


def test_after_locking_nothing_is_asked_or_shown() -> None:
    later = Later()
    desk = Desk(tasks=later)
    desk.presenter.open()
    desk.presenter.close()
    later.answer()
    desk.feed.publish(Changed(everything=True))
    assert desk.view.painted == 0
    assert later.waiting == []


def test_a_refusal_is_said_and_goes_when_the_list_is_back() -> None:
    desk = Desk()
    desk.registry.refusal = CannotOpen("The drive does not answer. Nothing was changed.")
    desk.presenter.open()
    assert desk.view.message == Message("The drive does not answer.", "Nothing was changed.")
    desk.registry.refusal = None
    desk.presenter.typed("")
    assert len(desk.view.rows) == 3
    desk.presenter.typed("n")
    assert vars(desk.view)["message"] is None


def test_a_row_is_made_anew_only_when_its_patient_changed() -> None:
    desk = Desk()
    desk.presenter.open()
    first = {row.id: row for row in desk.view.rows}
    change(desk, 2, lambda each: replace(each, letter="draft"))
    desk.presenter.typed("name")
    again = {row.id: row for row in desk.view.rows}
    assert again[1] is first[1]
    assert again[2] is not first[2]
    assert again[2].said("letter") == "Late, day 102 of 7"


def change(desk: Desk, number: int, how: Callable[[PatientSummary], PatientSummary]) -> None:
    """Another record of one patient."""
    desk.registry.everyone[number - 1] = how(desk.registry.everyone[number - 1])


def test_of_many_patients_the_rows_come_first_and_then_how_many_there_are() -> None:
    later = Later()
    desk = Desk(PAGE + 5, tasks=later)
    desk.registry.big = True
    desk.presenter.open()
    desk.presenter.typed("name0")
    later.answer()
    later.answer()
    assert (len(desk.view.rows), desk.view.more, desk.view.counts) == (PAGE, True, "18 patients")
    desk.presenter.typed("name00")
    later.answer()
    assert desk.registry.totals == []  # nobody counts for a text that is no longer there
    desk.presenter.typed("name")
    later.answer()
    later.answer()
    assert desk.registry.totals == ["name"]
    assert desk.view.counts == "18 patients"
    desk.registry.everyone.append(replace(ANN, id=99, name="SMITH, Ann"))
    desk.presenter.typed("name0")
    later.answer()
    later.answer()
    assert desk.view.counts == "19 patients, 18 found"
