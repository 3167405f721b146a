"""The list of the day: each line says whom, what, since when, and leads to the one place where it is settled."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from poems_registry.domain.access import DEFAULTS, Permission, Role
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import NotAllowedNow, NotSaved, RegistryError
from poems_registry.domain.merge_proposals import Proposal
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.worklist import (
    MOST,
    SHOWN,
    CannotTell,
    DraftLeft,
    LetterWaits,
    ListGroup,
    MergeWaits,
    NotSeen,
    Overdue,
    Whose,
    Worklist,
)
from poems_registry.storage.standing import Alert
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.today.presenter import TodayPresenter
from poems_registry.ui.screens.today.shown import Act, Group, GroupShown, Line
from poems_registry.ui.screens.today.telling import told
from poems_registry.ui.tasks import Inline
from poems_registry.ui.theme.tokens import Tone
from tests.unit.ui.screens.later import Later

TODAY = date(2026, 11, 22)
ANN = Whose(5, "SMITH, Ann (Mrs)", PartialDate(1955, 7, 14), "9990000050")
DRAFT = DraftLeft(
    ANN, 31, 7, "Dr A Rahman", "follow_up", date(2026, 11, 21), datetime(2026, 11, 17, 9, 5, tzinfo=UTC), 0,
    said=("p_status", "onls_arm", "weight"),
)  # fmt: skip
LETTER = LetterWaits(ANN, 31, 4, "draft", date(2026, 11, 13))
OVERDUE = Overdue(
    ANN,
    (
        ("ncs", date(2018, 3, 1), date(2018, 6, 1)),
        ("vegf", date(2026, 11, 1), date(2026, 11, 20)),
        ("review", date(2026, 10, 15), date(2026, 11, 10)),
        ("bloods", date(2026, 11, 20), date(2026, 12, 20)),
    ),
)
RESULT = NotSeen(ANN, Alert("vegf_serum", "1,905\u00a0pg/mL", "1,771", date(2026, 10, 27), 77))
UNDECIDED = CannotTell(ANN, "Decided by VEGF", date(2026, 11, 3))


def line(found: Worklist, group: Group, *, clinical: bool = True) -> Line:
    """The first line of a group."""
    return next(each.lines[0] for each in told(found, TODAY, clinical=clinical) if each.group is group)


def test_a_merge_waits_for_whoever_did_not_propose_it_and_counts_only_for_them() -> None:
    at = datetime(2026, 11, 20, 10, tzinfo=UTC)
    other = Whose(9, "SMYTH, Ann", PartialDate(1955, 7, 14), "")
    waits = MergeWaits(Proposal(3, 5, 9, 1, 1, at, 7, "Dr A Rahman", "She told us."), ANN, other, mine=False)
    shown = line(Worklist(merges=(waits,)), Group.MERGES)
    assert (shown.name, shown.act, shown.target, shown.act_words) == (ANN.name, Act.OPEN_MERGE, 3, "Decide")
    assert shown.what.startswith("Dr A Rahman proposes to join it with SMYTH, Ann, Born 14-Jul-1955")
    assert shown.since == "since 20-Nov-2026, 2d ago"
    own = line(Worklist(merges=(replace(waits, mine=True),)), Group.MERGES)
    assert "somebody else has to confirm" in own.what
    totals = [Worklist(merges=(replace(waits, mine=mine),)).total for mine in (False, True)]
    assert totals == [1, 0]


def test_every_line_tells_three_things_of_the_person() -> None:
    shown = line(Worklist(mine=(DRAFT,)), Group.MINE)
    assert (shown.name, shown.born, shown.number) == (
        "SMITH, Ann (Mrs)",
        "Born 14-Jul-1955 (71y)",
        "999\u00a0000\u00a00050",
    )


def test_an_own_draft_is_continued_and_anothers_is_only_told() -> None:
    mine = line(Worklist(mine=(DRAFT,)), Group.MINE)
    assert (mine.what, mine.since) == ("Follow-up visit of 21-Nov-2026, 2 of 12 sections", "saved 17-Nov-2026, 5d ago")
    assert (mine.act, mine.target, mine.act_words) == (Act.CONTINUE, 31, "Continue")
    others = line(Worklist(others=(DRAFT,)), Group.OTHERS)
    assert (others.what, others.act, others.target) == (
        "Follow-up visit of 21-Nov-2026, by Dr A Rahman",
        Act.OPEN_RECORD,
        5,
    )


@pytest.mark.parametrize(
    ("state", "letter_id", "act", "words", "target"),
    [
        ("", 0, Act.WRITE_LETTER, "No letter yet, visit of 13-Nov-2026", 31),
        ("draft", 4, Act.OPEN_LETTER, "Letter not finished, visit of 13-Nov-2026", 4),
        ("ready", 4, Act.OPEN_LETTER, "Letter ready to sign, visit of 13-Nov-2026", 4),
        ("signed", 4, Act.OPEN_LETTER, "Letter signed, not sent, visit of 13-Nov-2026", 4),
    ],
)
def test_a_letter_leads_to_where_its_next_step_is(
    state: str, letter_id: int, act: Act, words: str, target: int
) -> None:
    shown = line(Worklist(letters=(LetterWaits(ANN, 31, letter_id, state, date(2026, 11, 13)),)), Group.LETTERS)
    assert (shown.what, shown.act, shown.target) == (words, act, target)


@pytest.mark.parametrize(
    ("days", "words", "icon"),
    [
        (4, "day 4 of 7", ""),
        (5, "day 5 of 7", "clock"),
        (7, "day 7 of 7", "clock"),
        (8, "day 8 of 7", "triangle-alert"),
    ],
)
def test_a_letter_is_late_after_seven_days(days: int, words: str, icon: str) -> None:
    letter = LetterWaits(ANN, 31, 4, "draft", TODAY - timedelta(days=days))
    shown = line(Worklist(letters=(letter,)), Group.LETTERS)
    assert (shown.since, shown.icon) == (words, icon)


def test_who_sees_no_findings_is_led_to_the_person_and_never_into_a_letter() -> None:
    shown = line(Worklist(letters=(LETTER,)), Group.LETTERS, clinical=False)
    assert (shown.act, shown.target) == (Act.OPEN_RECORD, 5)


def test_a_visit_that_was_missed_is_told_before_the_tests() -> None:
    shown = line(Worklist(overdue=(OVERDUE,), overdue_total=1), Group.OVERDUE)
    assert shown.what == "Visit, was due 15-Oct-2026; also VEGF, NCS"
    assert shown.since == "38 days overdue"


def test_a_result_says_its_value_and_the_level_it_is_beyond() -> None:
    shown = line(Worklist(results=(RESULT,)), Group.RESULTS)
    assert shown.what == "VEGF, serum 1,905\u00a0pg/mL, above 1,771"
    assert shown.since == "27-Oct-2026, 26d ago"
    assert (shown.act, shown.target) == (Act.SEE_RESULTS, 5)


def test_what_would_decide_a_verdict_is_told() -> None:
    shown = line(Worklist(undecided=(UNDECIDED,), undecided_total=3), Group.UNDECIDED)
    assert (shown.what, shown.since) == ("Decided by VEGF", "since 03-Nov-2026")


def test_groups_without_a_line_are_not_shown_and_more_is_counted() -> None:
    (group,) = told(Worklist(undecided=(UNDECIDED,), undecided_total=3), TODAY, clinical=True)
    assert (group.group, group.total, group.more) == (Group.UNDECIDED, 3, 2)


def test_a_screen_reader_hears_which_patient_a_button_is_about() -> None:
    shown = line(Worklist(mine=(DRAFT,)), Group.MINE)
    assert shown.said == "Continue: SMITH, Ann (Mrs), Follow-up visit of 21-Nov-2026, 2 of 12 sections"


@dataclass
class Me:
    """Who is signed in."""

    role: Role = Role.CLINICIAN
    read_only: bool = False
    today: date = TODAY

    def may(self, permission: Permission) -> bool:
        return permission in DEFAULTS[self.role]


@dataclass
class Desk:
    """The registry, the screen and the ways on, in one."""

    signed_in: Me = field(default_factory=Me)
    waits: Worklist = field(default_factory=Worklist)
    mine: Worklist = field(default_factory=Worklist)
    printed: list[tuple[Path, tuple[ListGroup, ...], str]] = field(default_factory=list)
    choice: tuple[bool, bool] = (False, False)
    asked: list[str] = field(default_factory=list)
    path: Path | None = Path("list.pdf")
    told: Message | None = None
    limits: list[int] = field(default_factory=list)
    refusal: RegistryError | None = None
    groups: tuple[GroupShown, ...] = ()
    nothing: str = ""
    head: tuple[str, str, str] = ("", "", "")
    focused: int = 0
    message: Message | None = None
    went: list[tuple[str, int]] = field(default_factory=list)

    def today(self, limit: int = SHOWN, *, mine: bool = False) -> Worklist:
        self.limits.append(limit)
        if self.refusal is not None:
            raise self.refusal
        return self.mine if mine else self.waits

    def print_list(self, path: Path, groups: tuple[ListGroup, ...], whose: str) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.printed.append((path, groups, whose))

    def show_choice(self, *, mine: bool, may_print: bool) -> None:
        self.choice = (mine, may_print)

    def ask_file(self, name: str) -> Path | None:
        self.asked.append(name)
        return self.path

    def tell(self, message: Message) -> None:
        self.told = message

    def start(self, encounter_id: int) -> int:
        if self.refusal is not None:
            raise self.refusal
        return 100 + encounter_id

    def show_head(self, day: str, words: str, explanation: str) -> None:
        self.head = (day, words, explanation)

    def show_groups(self, groups: tuple[GroupShown, ...]) -> None:
        self.groups, self.nothing = tuple(groups), ""

    def show_nothing(self, title: str, words: str) -> None:
        self.groups, self.nothing = (), f"{title}: {words}"

    def focus_first(self) -> None:
        self.focused += 1

    def say(self, message: Message | None) -> None:
        self.message = message

    def patient(self, patient_id: int) -> None:
        self.went.append(("patient", patient_id))

    def results(self, patient_id: int) -> None:
        self.went.append(("results", patient_id))

    def visit(self, encounter_id: int) -> None:
        self.went.append(("visit", encounter_id))

    def letter(self, letter_id: int) -> None:
        self.went.append(("letter", letter_id))

    def patients(self) -> None:
        self.went.append(("patients", 0))


def opened(desk: Desk, tasks: Later | Inline | None = None) -> tuple[TodayPresenter, ChangeFeed]:
    feed = ChangeFeed()
    presenter = TodayPresenter(desk, desk, desk, tasks or Inline(), feed, desk)  # type: ignore[arg-type]
    presenter.open()
    return presenter, feed


EVERYTHING = Worklist((DRAFT,), (DRAFT,), (LETTER,), (OVERDUE,), 1, (RESULT,), (UNDECIDED,), 1)


def test_each_act_leads_to_its_place() -> None:
    desk = Desk(waits=EVERYTHING)
    presenter, _ = opened(desk)
    for group in desk.groups:
        presenter.act(group.lines[0])
    assert desk.went == [
        ("visit", 31), ("letter", 4), ("results", 5), ("patient", 5), ("patient", 5), ("patient", 5)
    ]  # fmt: skip
    assert desk.head == ("22-Nov-2026", "5 things wait", "")
    assert desk.focused == 1


def test_a_letter_that_is_not_begun_is_begun_once_and_opened() -> None:
    later = Later()
    desk = Desk(waits=Worklist(letters=(LetterWaits(ANN, 31, 0, "", TODAY),)))
    presenter, _ = opened(desk, later)
    later.answer()
    begin = desk.groups[0].lines[0]
    presenter.act(begin)
    presenter.act(begin)
    later.answer()
    assert desk.went == [("letter", 131)]


def test_a_letter_that_cannot_be_begun_says_why() -> None:
    desk = Desk(waits=Worklist(letters=(LetterWaits(ANN, 31, 0, "", TODAY),)))
    presenter, _ = opened(desk)
    desk.refusal = NotAllowedNow("The visit is not signed. Sign it first.")
    presenter.act(desk.groups[0].lines[0])
    assert desk.message is not None
    assert desk.went == []


def test_nothing_waiting_is_a_state_of_its_own_with_a_way_on() -> None:
    desk = Desk()
    presenter, _ = opened(desk)
    assert desk.nothing.startswith("Nothing waits for you: ")
    presenter.patients()
    assert desk.went == [("patients", 0)]


def test_it_looks_again_when_something_changed_and_when_one_comes_back() -> None:
    desk = Desk()
    presenter, feed = opened(desk)
    feed.publish(Changed(patients=frozenset({5})))
    assert len(desk.limits) == 2
    presenter.leave()
    feed.publish(Changed())
    assert len(desk.limits) == 2
    presenter.shown()
    assert len(desk.limits) == 3
    presenter.shown()
    assert len(desk.limits) == 3
    presenter.close()
    feed.publish(Changed())
    assert len(desk.limits) == 3


def test_all_lines_are_asked_for_when_they_are_wanted() -> None:
    desk = Desk()
    presenter, _ = opened(desk)
    presenter.everything()
    assert desk.limits == [SHOWN, MOST]


def test_an_answer_that_comes_after_locking_is_dropped() -> None:
    later = Later()
    desk = Desk(waits=EVERYTHING)
    presenter, _ = opened(desk, later)
    presenter.close()
    later.answer()
    assert desk.groups == ()


def test_an_administrator_is_told_why_there_is_less() -> None:
    desk = Desk(signed_in=Me(Role.ADMIN), waits=Worklist(letters=(LETTER,)))
    opened(desk)
    assert desk.head[2] == "Your role sees letters and planned visits; no clinical findings."


def test_mine_and_everyone_are_one_key_apart_and_each_says_what_waits() -> None:
    desk = Desk(waits=EVERYTHING, mine=Worklist(mine=(DRAFT,)))
    presenter, _ = opened(desk)
    assert desk.choice == (False, True)
    presenter.choose(mine=True)
    assert (desk.choice[0], [group.group for group in desk.groups], desk.head[1]) == (
        True,
        [Group.MINE],
        "1 thing waits",
    )
    presenter.choose(mine=False)
    assert desk.choice[0] is False
    assert len(desk.groups) > 1


def test_nothing_of_ones_own_says_where_the_rest_is() -> None:
    desk = Desk(waits=EVERYTHING)
    presenter, _ = opened(desk)
    presenter.choose(mine=True)
    assert "Choose Everyone" in desk.nothing
    assert desk.choice == (True, False), "an empty list is not printed"


def test_the_list_is_printed_as_it_stands_under_a_name_that_tells_no_one() -> None:
    desk = Desk(waits=EVERYTHING)
    presenter, _ = opened(desk)
    presenter.print_list()
    assert desk.asked == ["list-of-the-day-2026-11-22.pdf"]
    path, groups, whose = desk.printed[0]
    assert (path, whose) == (Path("list.pdf"), "Everything that waits for somebody in the clinic.")
    assert [group.title for group in groups] == [group.title for group in desk.groups]
    first = groups[0].lines[0]
    assert (first.name, first.born, first.number) == (
        "SMITH, Ann (Mrs)",
        "Born 14-Jul-1955 (71y)",
        "999\u00a0000\u00a00050",
    )
    assert desk.told is not None
    assert "delete the file" in desk.told.rest


def test_without_a_place_or_the_permission_nothing_is_printed_and_a_refusal_is_said() -> None:
    nowhere = Desk(waits=EVERYTHING, path=None)
    opened(nowhere)[0].print_list()
    assert (nowhere.printed, nowhere.told) == ([], None)
    full = Desk(waits=EVERYTHING)
    presenter, _ = opened(full)
    full.refusal = NotSaved("The disk is full.")
    presenter.print_list()
    assert full.message is not None
    assert full.message.cause.startswith("The disk is full")


@pytest.mark.parametrize("read_only", [True, False])
def test_a_place_that_keeps_no_audit_prints_no_names(read_only: bool) -> None:
    desk = Desk(signed_in=Me(read_only=read_only), waits=EVERYTHING)
    opened(desk)
    assert desk.choice[1] is not read_only


def test_a_letter_whose_visit_was_amended_since_is_told_in_red_and_opened_to_be_amended() -> None:
    waits = LetterWaits(ANN, 31, 4, "dispatched", date(2026, 11, 13), date(2026, 11, 20))
    shown = line(Worklist(letters=(waits,)), Group.LETTERS)
    assert (shown.what, shown.since) == (
        "Letter sent before its visit of 13-Nov-2026 was amended",
        "amended 20-Nov-2026",
    )
    assert (shown.act, shown.act_words, shown.target) == (Act.OPEN_LETTER, "Amend letter", 4)
    assert (shown.icon, shown.tone) == ("triangle-alert", Tone.RED)
    for_admin = line(Worklist(letters=(waits,)), Group.LETTERS, clinical=False)
    assert (for_admin.act, for_admin.target) == (Act.OPEN_RECORD, 5)
