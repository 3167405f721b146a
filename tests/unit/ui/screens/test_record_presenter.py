"""A record is read once and told tab by tab; roles see what is theirs; nothing is begun twice or for the dead."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from poems_registry.domain.access import DEFAULTS, Permission, Role
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import NotFound
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import (
    Encounter,
    EncounterKind,
    EncounterState,
    LetterRecord,
    LetterState,
    Patient,
    PatientFile,
    Person,
)
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.letters import LetterCard
from poems_registry.services.patients import OpenFile
from poems_registry.ui.errors import Message
from poems_registry.ui.person_facts import FactGroup
from poems_registry.ui.screens.record.correspondence.telling import LetterRow
from poems_registry.ui.screens.record.overview.shown import OverviewShown
from poems_registry.ui.screens.record.presenter import RecordPresenter
from poems_registry.ui.screens.record.results.telling import Choice, Grid
from poems_registry.ui.screens.record.shown import FrameShown, Page
from poems_registry.ui.screens.record.treatment.shown import TreatmentShown
from poems_registry.ui.screens.record.visits.telling import VisitRow
from poems_registry.ui.tasks import Inline, Tasks
from tests.unit.ui.screens.later import Later

TODAY = date(2026, 11, 22)
ANN = Patient(id=1, family_name="Smith", given_name="Ann")


@dataclass
class Desk:
    role: Role = Role.CLINICIAN
    today: date = TODAY
    read_only: bool = False
    more: frozenset[Permission] = frozenset()

    @property
    def person(self) -> Person:
        return Person(id=7, name="Dr A Rahman", role=self.role)

    def may(self, permission: Permission) -> bool:
        return permission in DEFAULTS[self.role] | self.more


@dataclass
class Registry:
    """Patients, visits and letters in one small fake; it counts what it was asked."""

    signed_in: Desk = field(default_factory=Desk)
    file: PatientFile = field(default_factory=lambda: PatientFile(ANN))
    opened: list[int] = field(default_factory=list)
    looked: list[int] = field(default_factory=list)
    results_seen: list[int] = field(default_factory=list)
    pictures: list[tuple[int, str]] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)
    contacts: list[tuple[int, EncounterKind]] = field(default_factory=list)
    cards: tuple[LetterCard, ...] = ()
    gone: bool = False

    def open(self, patient_id: int) -> OpenFile:
        if self.gone:
            raise NotFound("This patient is not in the registry any more. Go back to the list.")
        self.opened.append(patient_id)
        return OpenFile(self.file, Thresholds())

    def person(self, patient_id: int) -> PatientFile:
        self.looked.append(patient_id)
        return PatientFile(self.file.patient, consents=self.file.consents)

    def see_results(self, patient_id: int) -> bool:
        self.results_seen.append(patient_id)
        return True

    def note_picture(self, patient_id: int, how: str) -> None:
        if self.gone:
            raise NotFound("This patient is not in the registry any more. Go back to the list.")
        self.pictures.append((patient_id, how))

    def start(self, of: int) -> int:
        self.begun.append(of)
        return 100 + of

    def start_contact(self, patient_id: int, kind: EncounterKind) -> int:
        self.contacts.append((patient_id, kind))
        return 200 + patient_id

    def board(self) -> tuple[LetterCard, ...]:
        return self.cards


@dataclass
class Going:
    """Where one was led."""

    visits: list[int] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    detailed: list[int] = field(default_factory=list)
    banners: list[str] = field(default_factory=list)

    def hold_keys(self) -> None:
        """Nothing is typed here."""

    def visit(self, encounter_id: int) -> None:
        self.visits.append(encounter_id)

    def letter(self, letter_id: int) -> None:
        self.letters.append(letter_id)

    def details(self, patient_id: int) -> None:
        self.detailed.append(patient_id)

    def show_patient(self, patient: Patient) -> None:
        self.banners.append(patient.family_name)


class Screen:
    """Writes down what it was told to show."""

    def __init__(self) -> None:
        self.frame: FrameShown | None = None
        self.page: Page | None = None
        self.told: list[str] = []
        self.letters: Sequence[LetterRow] = ()
        self.groups: Sequence[FactGroup] = ()
        self.grid: Grid | None = None
        self.message: Message | None = None
        self.blank = False

    def loading(self) -> None:
        self.blank = True

    def show_frame(self, frame: FrameShown) -> None:
        self.frame, self.blank = frame, False

    def show_page(self, page: Page) -> None:
        self.page = page

    def show_overview(self, overview: OverviewShown) -> None:
        self.told.append("overview")

    def show_visits(self, rows: Sequence[VisitRow]) -> None:
        self.told.append("visits")

    def show_results(self, grid: Grid, choice: Choice, *, newest: bool) -> None:
        self.grid = grid
        self.told.append(f"results {choice.value} {newest}")

    def show_treatment(self, shown: TreatmentShown) -> None:
        self.told.append("treatment")

    def show_research(self) -> None:
        self.told.append("research")

    def show_letters(self, rows: Sequence[LetterRow]) -> None:
        self.letters = rows
        self.told.append("letters")

    def show_details(self, groups: Sequence[FactGroup]) -> None:
        self.groups = groups
        self.told.append("details")

    def tell_joined(self, words: str) -> None:
        self.joined = words

    def say(self, message: Message | None) -> None:
        self.message = message


@dataclass
class Room:
    """A record's screen with all around it."""

    registry: Registry
    tasks: Tasks
    screen: Screen = field(default_factory=Screen)
    going: Going = field(default_factory=Going)
    feed: ChangeFeed = field(default_factory=ChangeFeed)

    def __post_init__(self) -> None:
        own = self.registry
        self.presenter = RecordPresenter(self.screen, own, own, own, self.tasks, self.feed, self.going)


def room(
    *encounters: Encounter,
    role: Role = Role.CLINICIAN,
    tasks: Tasks | None = None,
    change: Callable[[PatientFile], PatientFile] = lambda file: file,
) -> Room:
    registry = Registry(Desk(role), change(PatientFile(ANN, encounters)))
    made = Room(registry, tasks or Inline())
    made.presenter.open(1)
    return made


def clinic(number: int, day: str, **more: object) -> Encounter:
    made = Encounter(
        id=number, kind=EncounterKind.CLINIC, on=date.fromisoformat(day), state=EncounterState.SIGNED, author_id=7
    )
    return replace(made, **more)  # type: ignore[arg-type]


def frame(made: Room) -> FrameShown:
    assert made.screen.frame is not None
    return made.screen.frame


def test_it_opens_at_the_overview_with_the_banner_and_reads_the_record_once_for_all_tabs() -> None:
    made = room()
    for page in Page:
        made.presenter.go(page)
    made.presenter.go(Page.OVERVIEW)
    assert made.going.banners == ["Smith"]
    assert made.registry.opened == [1]
    assert made.screen.told == ["overview", "visits", "results all True", "treatment", "research", "letters", "details"]
    assert made.screen.page is Page.OVERVIEW


def test_who_saw_the_record_is_there_only_for_whom_the_audit_is() -> None:
    made = room()
    assert Page.ACCESS not in frame(made).pages
    made.presenter.go(Page.ACCESS)
    assert made.screen.page is Page.OVERVIEW
    for role in (Role.CLINICIAN, Role.ADMIN):
        allowed = Room(Registry(Desk(role, more=frozenset({Permission.MANAGE}))), Inline())
        allowed.presenter.open(1)
        assert frame(allowed).pages[-1] is Page.ACCESS


def test_a_chart_leaves_as_a_picture_after_that_was_noted_or_not_at_all() -> None:
    made = room()
    left: list[list[tuple[int, str]]] = []
    made.presenter.take("chart.png", lambda: left.append(list(made.registry.pictures)))
    assert left == [[(1, "chart.png")]]
    made.registry.gone = True
    made.presenter.take("", lambda: left.append([]))
    assert len(left) == 1
    assert made.screen.message is not None


def test_nothing_of_anybody_is_shown_before_the_record_is_here() -> None:
    tasks = Later()
    made = room(tasks=tasks)
    made.presenter.go(Page.VISITS)
    assert made.screen.blank
    assert made.screen.told == []
    assert made.going.banners == []
    tasks.answer()
    assert not made.screen.blank


def test_the_answer_for_a_patient_no_longer_asked_for_is_dropped() -> None:
    tasks = Later()
    made = room(tasks=tasks)
    made.registry.file = PatientFile(replace(ANN, id=2, family_name="Jones"))
    made.presenter.open(2)
    tasks.answer()
    assert made.going.banners == ["Jones"]


def test_a_role_without_findings_sees_the_person_and_the_states_of_letters_and_nothing_is_opened() -> None:
    letter = LetterRecord(id=3, patient_id=1, encounter_id=4, number="L-2026-0003", state=LetterState.SIGNED)
    others = replace(letter, id=5, patient_id=2)
    registry = Registry(Desk(Role.ADMIN))
    registry.cards = (
        LetterCard(letter, ANN, 4, date(2026, 11, 20), 2),
        LetterCard(others, replace(ANN, id=2), 8, date(2026, 11, 20), 2),
    )
    made = Room(registry, Inline())
    made.presenter.open(1)
    made.presenter.go(Page.LETTERS)
    assert registry.opened == []
    assert registry.looked == [1]
    assert frame(made).pages == (Page.DETAILS, Page.CARE, Page.LETTERS)
    assert frame(made).visit_words == ""
    assert [row.id for row in made.screen.letters] == [3]
    made.presenter.open_letter(3)
    assert made.going.letters == []


def test_a_new_visit_is_begun_once_however_often_the_button_is_pressed() -> None:
    tasks = Later()
    made = room(tasks=tasks)
    tasks.answer()
    assert frame(made).visit_words == "New visit"
    made.presenter.new_visit()
    made.presenter.new_visit()
    tasks.answer()
    assert made.registry.begun == [1]
    assert made.going.visits == [101]


def test_somebody_who_went_elsewhere_meanwhile_is_not_pulled_back() -> None:
    tasks = Later()
    made = room(tasks=tasks)
    tasks.answer()
    made.presenter.new_visit()
    made.presenter.leave()
    tasks.answer()
    assert made.going.visits == []


def test_ones_own_draft_is_continued_and_a_colleagues_is_not() -> None:
    own = clinic(5, "2026-11-22", state=EncounterState.DRAFT)
    assert frame(room(own)).visit_words == "Continue visit"
    assert frame(room(replace(own, author_id=8))).visit_words == "New visit"


def test_no_visit_is_offered_for_somebody_who_has_died_nor_where_nothing_can_be_saved() -> None:
    dead = room(change=lambda file: replace(file, patient=replace(ANN, died=PartialDate(2020, 12, 4))))
    assert frame(dead).visit_words == ""
    assert frame(dead).explanation == "This person has died: no visit can be added."
    registry = Registry(Desk(read_only=True))
    made = Room(registry, Inline())
    made.presenter.open(1)
    assert (frame(made).visit_words, frame(made).may_change_details) == ("", False)


def test_the_last_signed_visit_without_a_letter_is_two_presses_from_its_letter() -> None:
    made = room(clinic(4, "2026-11-20"))
    assert (frame(made).letter_words, frame(made).unwritten) == ("Write letter", 4)
    made.presenter.write_letter(4)
    assert made.going.letters == [104]
    written = LetterRecord(id=9, encounter_id=4, state=LetterState.DRAFT)
    assert frame(room(clinic(4, "2026-11-20"), change=lambda f: replace(f, letters=(written,)))).letter_words == ""


def test_a_point_of_the_journey_opens_its_visit_or_the_results_between_visits() -> None:
    between = replace(clinic(5, "2026-02-01"), kind=EncounterKind.SAMPLE, state=EncounterState.RECORDED)
    made = room(clinic(4, "2026-01-01"), between)
    made.presenter.point("2026-01-01")
    assert made.going.visits == [4]
    made.presenter.point("2026-02-01")
    assert made.screen.page is Page.RESULTS


def test_a_point_that_a_profession_measured_opens_its_contact_unless_the_clinic_saw_the_patient_that_day() -> None:
    contact = replace(clinic(5, "2026-02-01"), kind=EncounterKind.PHYSIOTHERAPY, state=EncounterState.RECORDED)
    same_day = replace(contact, id=6, on=date(2026, 1, 1))
    made = room(clinic(4, "2026-01-01"), same_day, contact)
    made.presenter.point("2026-02-01")
    made.presenter.point("2026-01-01")
    assert made.going.visits == [5, 4]


def test_a_contact_of_each_profession_can_be_begun_and_ones_own_open_one_is_continued() -> None:
    draft = replace(clinic(6, "2026-11-20"), kind=EncounterKind.PHYSIOTHERAPY, state=EncounterState.DRAFT)
    made = room(clinic(4, "2026-01-01"), draft)
    assert frame(made).visit_words == "New visit", "a contact that is open is no visit that is open"
    words = dict(frame(made).contacts)
    assert words["physiotherapy"] == "Continue physiotherapy contact"
    assert words["orthotics"] == "New orthotics contact"
    assert len(words) == 7
    made.presenter.new_contact("orthotics")
    assert made.registry.contacts == [(1, EncounterKind.ORTHOTICS)]
    assert made.going.visits == [201]


def test_nobody_begins_a_contact_who_may_not_record_or_of_who_has_died() -> None:
    assert (
        frame(room(change=lambda f: replace(f, patient=replace(f.patient, died=PartialDate(2026, 1, 2))))).contacts
        == ()
    )
    made = Room(Registry(Desk(read_only=True)), Inline())
    made.presenter.open(1)
    assert frame(made).contacts == ()


def test_only_what_concerns_this_patient_is_read_again_and_the_open_tab_stays() -> None:
    made = room()
    made.presenter.go(Page.VISITS)
    made.feed.publish(Changed(patients=frozenset({2})))
    assert made.registry.opened == [1]
    made.feed.publish(Changed(patients=frozenset({1})))
    assert made.registry.opened == [1, 1]
    assert made.screen.page is Page.VISITS


def test_a_record_that_was_left_hears_no_more_news() -> None:
    made = room()
    made.presenter.leave()
    made.feed.publish(Changed(everything=True))
    assert made.registry.opened == [1]


def test_choosing_tests_keeps_the_place_and_the_choice_lasts_over_a_reload() -> None:
    found = (Finding("albumin", 40.0), Finding("vegf_serum", 900.0))
    made = room(clinic(4, "2026-01-01", findings=found))
    made.presenter.go(Page.RESULTS)
    made.presenter.choose(Choice.CLONE)
    assert made.screen.told[-1] == "results clone False"
    assert made.screen.grid is not None
    assert made.screen.grid.tests == 1
    made.feed.publish(Changed(patients=frozenset({1})))
    assert made.screen.told[-1] == "results clone True"


def test_a_refusal_is_said_in_its_own_words() -> None:
    registry = Registry(gone=True)
    made = Room(registry, Inline())
    made.presenter.open(1)
    assert made.screen.message is not None
    assert made.screen.message.cause == "This patient is not in the registry any more."
    assert made.screen.blank
