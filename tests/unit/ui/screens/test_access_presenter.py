"""The tab of access is read when it is wanted, narrowed and gone on with; late answers are not shown."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import NotPermitted
from poems_registry.domain.records import Patient, PatientFile
from poems_registry.services.record_access import AccessPage, Acted, Asked, Change, Cursor, Deed, Line
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.record.access.presenter import AccessPresenter
from poems_registry.ui.screens.record.access.shown import AccessShown, ValuesShown
from poems_registry.ui.tasks import Inline, Tasks
from tests.unit.ui.screens.later import Later

TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ANN, BEN = Patient(id=1, family_name="Smith", given_name="Ann"), Patient(id=2, family_name="Reed", given_name="Ben")
OKORO = Acted(2, "Sister J Okoro", "nurse")


def line(key: int, *changes: Change) -> Line:
    act = "change" if changes else "view"
    return Line(key, AT, AT, OKORO, "OPD-04", not changes, (Deed(act, "patient", "1"),), changes)


PHONE = Change("change", "patient", "1", "phone", "", "07700 900123")


@dataclass
class Desk:
    today: date = TODAY

    def may(self, permission: Permission) -> bool:
        return permission is not Permission.SIGN


@dataclass
class Trail:
    signed_in: Desk = field(default_factory=Desk)
    asked: list[tuple[int, str, int, Cursor | None]] = field(default_factory=list)
    pages: dict[Cursor | None, AccessPage] = field(default_factory=dict)
    refuses: bool = False

    def of(self, patient_id: int, asked: Asked | None = None, after: Cursor | None = None) -> AccessPage:
        if self.refuses:
            raise NotPermitted("Your role may not read this.")
        assert asked is not None
        self.asked.append((patient_id, asked.actions, asked.actor_id, after))
        return self.pages.get(after, AccessPage())


@dataclass
class Tab:
    shown: AccessShown | None = None
    values: list[ValuesShown] = field(default_factory=list)
    message: Message | None = None
    resets: int = 0

    def reset(self) -> None:
        self.resets += 1

    def show_access(self, shown: AccessShown) -> None:
        self.shown = shown

    def show_values(self, shown: ValuesShown) -> None:
        self.values.append(shown)

    def say(self, message: Message | None) -> None:
        self.message = message


class Made:
    def __init__(self, tasks: Tasks | None = None) -> None:
        self.tab, self.trail = Tab(), Trail()
        self.trail.pages = {
            None: AccessPage((line(9, PHONE), line(8)), (AT, 8), (OKORO,)),
            (AT, 8): AccessPage((line(3),), None, (OKORO,)),
        }
        self.presenter = AccessPresenter(lambda: self.tab, self.trail, tasks or Inline())

    def open(self, patient: Patient = ANN) -> "Made":
        self.presenter.show_file(PatientFile(patient), TODAY, may_record=True)
        self.presenter.want(patient)
        return self

    def older_there(self) -> bool:
        assert self.tab.shown is not None
        return self.tab.shown.older

    @property
    def keys(self) -> list[int]:
        assert self.tab.shown is not None
        return [row.key for row in self.tab.shown.rows]


def test_nothing_is_read_before_the_tab_is_wanted() -> None:
    made = Made()
    made.presenter.show_file(PatientFile(ANN), TODAY, may_record=True)
    assert made.trail.asked == []


def test_the_newest_lines_are_shown_and_older_ones_are_added_below() -> None:
    made = Made().open()
    assert made.keys == [9, 8]
    assert made.older_there()
    made.presenter.older()
    assert made.keys == [9, 8, 3]
    assert not made.older_there()
    made.presenter.older()
    assert len(made.trail.asked) == 2


def test_a_filter_reads_again_from_the_newest_and_the_same_filter_does_not() -> None:
    made = Made().open()
    made.presenter.older()
    made.presenter.narrow("changes", "2", "")
    assert made.trail.asked[-1] == (1, "changes", 2, None)
    assert made.keys == [9, 8]
    made.presenter.narrow("changes", "2", "")
    assert len(made.trail.asked) == 3


def test_the_record_read_again_keeps_the_filters_and_another_record_begins_anew() -> None:
    made = Made().open()
    made.presenter.narrow("looks", "2", "week")
    made.open(ANN)
    assert made.trail.asked[-1][1:3] == ("looks", 2)
    assert made.tab.resets == 1
    made.open(BEN)
    assert made.trail.asked[-1] == (2, "", 0, None)
    assert made.tab.resets == 2


def test_values_are_shown_on_demand_and_only_where_something_changed() -> None:
    made = Made().open()
    for key in (8, 9):
        made.presenter.values(key)
    (shown,) = made.tab.values
    assert [(one.before, one.after) for one in shown.values] == [("Nothing", "07700 900123")]
    assert shown.who.name.startswith("SMITH")


def test_an_answer_that_comes_late_is_not_shown() -> None:
    later = Later()
    made = Made(later).open()
    made.presenter.narrow("left", "0", "")
    first, second = later.waiting
    made.trail.pages[None] = AccessPage((line(5),), None, (OKORO,))
    second()
    made.trail.pages[None] = AccessPage((line(9),), None, (OKORO,))
    first()
    assert made.keys == [5]
    assert [actions for _, actions, _, _ in made.trail.asked] == ["left", ""]


def test_a_refusal_is_said() -> None:
    made = Made()
    made.trail.refuses = True
    made.open()
    assert made.tab.message is not None
    assert made.tab.shown is None
