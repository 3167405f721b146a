"""The tab of visits: entries in error on demand with who and why, versions, two visits side by side."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.records import (
    Encounter,
    EncounterKind,
    EncounterState,
    LetterRecord,
    LetterState,
    Medicine,
    PatientFile,
    Person,
    Signature,
)
from poems_registry.domain.versions import SignedVersion
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.ui.comparing import changes
from poems_registry.ui.errors import Message
from poems_registry.ui.reasons import Act, ReasonShown
from poems_registry.ui.screens.record.correspondence.telling import letter_rows
from poems_registry.ui.screens.record.visits.comparing import ComparisonShown
from poems_registry.ui.screens.record.visits.presenter import VisitsTabPresenter
from poems_registry.ui.screens.record.visits.telling import visit_rows
from poems_registry.ui.tasks import Inline
from tests.unit.ui.screens.visit_fakes import ANN, NOW, TODAY, finding, last_visit

MARCH = replace(last_visit(weight="70", onls_arm="3"), id=1, on=date(2026, 3, 1))
AUGUST = replace(
    last_visit(weight="72", onls_arm="3", vegf_plasma="31"), id=3, medicines=(Medicine("Prednisolone", "5 mg"),)
)
SAMPLE = Encounter(
    id=4, patient_id=5, kind=EncounterKind.SAMPLE, on=date(2026, 9, 1), state=EncounterState.IN_ERROR,
    error_reason="not hers", error_by="Dr B. Osei", findings=(finding("vegf_plasma", "31"),),
)  # fmt: skip
PHYSIO = Encounter(
    id=10, patient_id=5, kind=EncounterKind.PHYSIOTHERAPY, on=date(2026, 9, 2), state=EncounterState.RECORDED,
    author="P Rees", findings=(finding("walk_10m", "14"),), signature=Signature("P Rees", "", "", NOW),
)  # fmt: skip
GIVEN_UP = Encounter(id=9, patient_id=5, on=TODAY, state=EncounterState.IN_ERROR, error_reason="draft discarded")
FILE = PatientFile(ANN, encounters=(MARCH, AUGUST, SAMPLE, GIVEN_UP))


@dataclass
class Me:
    today: date = TODAY
    read_only: bool = False
    signs: bool = True
    person: Person = field(default_factory=lambda: Person(id=1, name="Dr A Rahman"))

    def may(self, permission: Permission) -> bool:
        return self.signs or permission is Permission.RECORD_CLINICAL


@dataclass
class Registry:
    """It remembers what was marked."""

    signed_in: Me = field(default_factory=Me)
    marked: list[tuple[str, int, int, str]] = field(default_factory=list)
    fails: NotAllowedNow | None = None

    def mark_in_error(self, encounter_id: int, patient_id: int, version: int, reason: str) -> Changed:
        if self.fails is not None:
            raise self.fails
        self.marked.append(("error", encounter_id, version, reason))
        return Changed(patients=frozenset({patient_id}))

    def take_back_error(self, encounter_id: int, patient_id: int, version: int, reason: str) -> Changed:
        self.marked.append(("back", encounter_id, version, reason))
        return Changed(patients=frozenset({patient_id}))


@dataclass
class Tab:
    """What the tab shows."""

    comparison: ComparisonShown | None = None
    why: ReasonShown | None = None
    refused: str = ""
    closed: int = 0
    message: Message | None = None

    def show_comparison(self, shown: ComparisonShown) -> None:
        self.comparison = shown

    def ask_reason(self, reason: ReasonShown) -> None:
        self.why = reason

    def refuse_reason(self, words: str) -> None:
        self.refused = words

    def close_reason(self) -> None:
        self.closed += 1

    def say(self, message: Message | None) -> None:
        self.message = message


def opened(registry: Registry | None = None) -> tuple[VisitsTabPresenter, Tab, Registry, list[Changed]]:
    tab, registry, feed, news = Tab(), registry or Registry(), ChangeFeed(), list[Changed]()
    feed.listen(news.append)
    presenter = VisitsTabPresenter(lambda: tab, registry, Inline(), feed)
    presenter.show_file(FILE, TODAY, may_record=True)
    return presenter, tab, registry, news


def test_what_was_entered_in_error_is_marked_with_its_reason_and_who() -> None:
    rows = visit_rows(FILE, TODAY)
    assert [(row.id, row.in_error) for row in rows] == [(4, True), (3, False), (1, False)]
    assert rows[0].state == "In error: not hers, Dr B. Osei"


def test_a_draft_that_was_given_up_is_no_entry_to_show() -> None:
    assert GIVEN_UP.id not in [row.id for row in visit_rows(FILE, TODAY)]


def test_an_amended_visit_tells_version_reason_and_from_which_version_its_letter_was_made() -> None:
    later = Signature("Dr B. Osei", "consultant", "", NOW + timedelta(days=1))
    amended = replace(
        AUGUST, version_number=2, amend_reason="with boots", signature=later,
        earlier=(SignedVersion(1, "Dr A Rahman", NOW),),
    )  # fmt: skip
    letter = LetterRecord(id=7, patient_id=5, encounter_id=3, state=LetterState.SIGNED)
    old = replace(letter, signature=Signature("Dr A Rahman", "consultant", "", NOW + timedelta(hours=1)))
    new = replace(letter, id=8, version=2, signature=Signature("Dr A Rahman", "", "", NOW + timedelta(days=2)))
    (row,) = visit_rows(PatientFile(ANN, (amended,), letters=(old,)), TODAY)
    assert row.state == "Version 2, signed by Dr B. Osei: with boots"
    assert row.letter == "Signed, from version 1"
    (row,) = visit_rows(PatientFile(ANN, (amended,), letters=(old, new)), TODAY)
    assert row.letter == "Signed"
    newest, first = letter_rows(PatientFile(ANN, (amended,), letters=(old, new)))
    assert (newest.visit, newest.state) == ("12-Aug-2026", "Signed, to print")
    assert (first.visit, first.state) == ("12-Aug-2026, version 1", "Signed, to print; the visit was amended since")


def test_a_visit_is_compared_with_the_one_before_the_older_at_the_left_what_differs_first() -> None:
    presenter, tab, *_ = opened()
    presenter.compare(3)
    shown = tab.comparison
    assert shown is not None
    assert (shown.older, shown.newer) == ("1", "3")
    assert [words for _, words in shown.choices] == ["12-Aug-2026", "01-Mar-2026"]
    told = {line.label: (line.first, line.second) for line in shown.differing}
    assert told["Weight"] == ("70\u00a0kg", "72\u00a0kg")
    assert told["VEGF, plasma"][0] == "Not recorded", "never taken for a value"
    assert told["Prednisolone"] == ("Not listed", "5 mg, continued")
    assert [line.label for line in shown.same] == ["ONLS arm, 0 to 5"]


def test_the_first_visit_is_compared_with_the_next_and_any_two_can_be_chosen() -> None:
    presenter, tab, *_ = opened()
    presenter.compare(1)
    assert tab.comparison is not None
    assert (tab.comparison.older, tab.comparison.newer) == ("1", "3")
    presenter.compare_these(3, 3)
    assert tab.comparison.differing == ()


def test_results_are_marked_as_entered_in_error_with_a_reason_and_others_hear_of_it() -> None:
    presenter, tab, registry, news = opened()
    presenter.ask(Act.ERROR, 3)
    assert tab.why is not None
    assert tab.why.title == "Visit of 12-Aug-2026: entered in error?"
    assert tab.why.button == "Entered in error for SMITH, Ann"
    presenter.give_reason(Act.ERROR, " ")
    assert tab.refused
    assert registry.marked == []
    presenter.give_reason(Act.ERROR, "wrong patient")
    assert registry.marked == [("error", 3, 1, "wrong patient")]
    assert (tab.closed, news) == (1, [Changed(patients=frozenset({5}))])
    presenter.ask(Act.TAKE_BACK, 4)
    presenter.give_reason(Act.TAKE_BACK, "hers after all")
    assert registry.marked[-1] == ("back", 4, 1, "hers after all")


def test_a_refusal_is_told_and_nothing_is_published() -> None:
    registry = Registry(fails=NotAllowedNow("This visit is being amended by somebody else. Nothing was changed."))
    presenter, tab, _, news = opened(registry)
    presenter.ask(Act.ERROR, 3)
    presenter.give_reason(Act.ERROR, "why")
    assert tab.message == Message("This visit is being amended by somebody else.", "Nothing was changed.")
    assert news == []


def test_who_may_not_sign_marks_nothing() -> None:
    presenter, tab, *_ = opened(Registry(Me(signs=False)))
    presenter.ask(Act.ERROR, 3)
    assert (presenter.may_correct(3), tab.why) == (False, None)


def test_a_contact_is_marked_by_who_closed_it_and_by_who_may_sign() -> None:
    mine = replace(PHYSIO, author_id=1)
    theirs = replace(PHYSIO, id=11, author_id=2)
    file = replace(FILE, encounters=(*FILE.encounters, mine, theirs))
    for signs, may in ((False, (True, False)), (True, (True, True))):
        presenter, *_ = opened(Registry(Me(signs=signs)))
        presenter.show_file(file, TODAY, may_record=True)
        assert (presenter.may_correct(mine.id), presenter.may_correct(theirs.id)) == may


def test_contacts_are_listed_by_kind_and_compared_with_their_own_kind() -> None:
    earlier = replace(PHYSIO, id=11, on=date(2026, 7, 1), findings=(finding("walk_10m", "16"),))
    file = replace(FILE, encounters=(MARCH, earlier, AUGUST, PHYSIO))
    newest = visit_rows(file, TODAY)[0]
    assert (newest.kind, newest.kind_icon, newest.state) == ("Physiotherapy", "dumbbell", "Closed by P Rees")
    assert (newest.opens, newest.compares, newest.letter, newest.verdict) == (True, True, "", "")
    presenter, tab, *_ = opened()
    presenter.show_file(file, TODAY, may_record=True)
    presenter.compare(PHYSIO.id)
    assert tab.comparison is not None
    assert (tab.comparison.older, tab.comparison.newer) == ("11", "10"), "never a visit"
    assert [line.label for line in tab.comparison.differing] == ["10 m walk"]


def test_a_contact_that_was_given_up_as_a_draft_is_nothing_to_show() -> None:
    empty = replace(PHYSIO, state=EncounterState.IN_ERROR, findings=(), signature=None)
    assert visit_rows(PatientFile(ANN, encounters=(empty,)), TODAY) == ()
    held = replace(PHYSIO, state=EncounterState.IN_ERROR, signature=None)
    assert [row.in_error for row in visit_rows(PatientFile(ANN, encounters=(held,)), TODAY)] == [True]


def test_the_same_medicine_in_two_doses_is_compared_line_by_line() -> None:
    two = replace(AUGUST, medicines=(Medicine("Prednisolone", "5 mg"), Medicine("Prednisolone", "20 mg")))
    three = replace(two, medicines=(Medicine("Prednisolone", "5 mg"), Medicine("Prednisolone", "10 mg")))
    assert [(line.label, line.first, line.second) for line in changes(two, three)] == [
        ("Prednisolone", "20 mg, continued", "10 mg, continued")
    ]


def test_a_changed_time_of_the_newest_signature_is_no_change_of_what_was_found() -> None:
    signed_later = replace(AUGUST, signature=Signature("Dr B", "", "", datetime(2026, 12, 1, tzinfo=UTC)))
    assert changes(AUGUST, signed_later) == ()
