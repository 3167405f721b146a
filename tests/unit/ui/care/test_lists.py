"""The tab of care and the clinic's lists: what each shows, what is next of it, and for whom an entry is begun."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from poems_registry.domain.access import Role
from poems_registry.domain.care import AdviceCall, MdtEntry, OnwardReferral, Referral, StatusChange
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.person import PatientStatus
from poems_registry.domain.records import PatientFile, PatientSummary
from poems_registry.services.care import CareFile
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.clinic_lists import Calls, Meeting, Referrals, Whose
from poems_registry.services.patients import Found
from poems_registry.ui.care.choosing import Choosing
from poems_registry.ui.care.entering import Entering
from poems_registry.ui.care.shown import Hit, LineShown, What
from poems_registry.ui.care.telling import line_of
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.clinic.presenter import ClinicPresenter
from poems_registry.ui.screens.clinic.shown import ClinicShown, Part
from poems_registry.ui.screens.record.care.presenter import CarePresenter
from poems_registry.ui.screens.record.care.shown import CareShown
from poems_registry.ui.tasks import Inline
from tests.unit.ui.care.desk import ANN, TODAY, CareFake, Desk, Window
from tests.unit.ui.screens.later import Later

WHOSE = Whose(5, "SMITH, Ann (Mrs)", PartialDate(1955, 7, 14), "9990000050")
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
WAITING = Referral(
    id=3, patient_id=5, on=date(2026, 11, 12), referrer="Dr P Fenwick", organisation="Example District Hospital",
    route="email", urgency="urgent", question="POEMS?", recorded_at=AT,
)  # fmt: skip
ONWARD = OnwardReferral(id=4, patient_id=5, on=date(2026, 8, 20), service="orthotics", reason="Foot drop")
MDT = MdtEntry(id=6, patient_id=5, on=date(2026, 12, 1), question="Relapse?")
CALL = AdviceCall(id=7, on=TODAY, time="14:05", asked_by="Registrar", question="Q", advice="A", given_by="Sister J")
CHANGE = StatusChange(id=8, patient_id=5, on=TODAY, before="referred", status="suspected", reason="VEGF raised")

SOURCE = "Referred by Dr P Fenwick, Example District Hospital (e-mail, urgent)"


def line(entry: Any, whose: Whose | None = None) -> LineShown:
    return line_of(entry, TODAY, may_record=True, whose=whose)


# -- one line


@pytest.mark.parametrize(
    ("entry", "title", "state", "act"),
    [
        (WAITING, SOURCE, "Waits for an answer", "Answer…"),
        (replace(WAITING, outcome="returned"), SOURCE,
         "Returned to the referrer", "Open…"),
        (ONWARD, "Referred on: Orthotics", "Waits to be seen", "Update…"),
        (replace(ONWARD, state="accepted", state_on=TODAY), "Referred on: Orthotics",
         "Accepted 22-Nov-2026, not seen yet", "Update…"),
        (replace(ONWARD, service="Speech therapy", state="seen", state_on=TODAY), "Referred on: Speech therapy",
         "Seen 22-Nov-2026", "Open…"),
        (MDT, "MDT meeting", "To discuss", "Record outcome…"),
        (replace(MDT, state="discussed", outcome="Yes"), "MDT meeting", "Discussed", "Open…"),
        (CALL, "Advice to Registrar", "Nothing to follow up", "Open…"),
        (replace(CALL, follow_up="Ring"), "Advice to Registrar", "To follow up", "Follow up…"),
        (CHANGE, "Status: Suspected, before Referred", "", "Open…"),
    ],
)  # fmt: skip
def test_a_line_says_what_it_is_how_far_it_is_and_what_is_next(entry: Any, title: str, state: str, act: str) -> None:
    shown = line(entry)
    assert (shown.title, shown.state, shown.act) == (title, state, act)


def test_a_line_of_a_list_tells_three_things_of_the_person() -> None:
    shown = line(WAITING, WHOSE)
    assert (shown.name, shown.identity) == ("SMITH, Ann (Mrs)", ("Born 14-Jul-1955 (71y)", "999\u00a0000\u00a00050"))
    assert (shown.day, shown.ago) == ("12-Nov-2026", "10d ago")
    assert shown.said.endswith("12-Nov-2026, SMITH, Ann (Mrs)")


def test_a_mistake_says_why_and_offers_nothing() -> None:
    shown = line(replace(WAITING, error_reason="Sent twice"))
    assert (shown.act, shown.state, shown.texts[-1]) == ("", "Entered in error", "Entered in error: Sent twice")


def test_who_may_not_record_is_offered_no_act_and_who_may_not_decide_no_answer() -> None:
    assert line_of(WAITING, TODAY, may_record=False).act == ""
    assert line_of(WAITING, TODAY, may_record=True, decides=False).act == "Open…"


# -- the tab of a record


@dataclass
class Tab:
    """Remembers what the tab shows."""

    shown: CareShown | None = None
    message: Message | None = None

    def show_care(self, shown: CareShown) -> None:
        self.shown = shown

    def say(self, message: Message | None) -> None:
        self.message = message


@dataclass
class CareOf(CareFake):
    """With a whole file of one person."""

    file: CareFile = field(default_factory=lambda: CareFile(ANN))

    def of(self, patient_id: int) -> CareFile:
        if self.refusal is not None:
            raise self.refusal
        return self.file


def tab(care: CareOf, tasks: Any = None) -> tuple[CarePresenter, Tab, Window]:
    view, window, tasks = Tab(), Window(), tasks or Inline()
    entering = Entering(lambda: window, care, tasks, ChangeFeed())
    presenter = CarePresenter(lambda: view, care, entering, tasks)
    presenter.show_file(PatientFile(ANN), TODAY, may_record=True)
    presenter.want(ANN)
    return presenter, view, window


FILE = CareFile(
    replace(ANN, status=PatientStatus.SUSPECTED, clinician_diagnosis="probable"),
    (WAITING,), (ONWARD, replace(ONWARD, id=9, error_reason="Twice")), (MDT,), (replace(CALL, patient_id=5),),
    (CHANGE,), "cannot_tell",
)  # fmt: skip


def test_the_tab_tells_everything_newest_first_without_mistakes_until_they_are_asked_for() -> None:
    presenter, view, _ = tab(CareOf(file=FILE))
    assert view.shown is not None
    assert [each.what for each in view.shown.lines] == [What.MDT, What.CALL, What.REFERRAL, What.ONWARD]
    assert (view.shown.mistakes, view.shown.with_mistakes) == (1, False)
    presenter.show_mistakes(True)
    assert [each.in_error for each in view.shown.lines].count(True) == 1


def test_status_diagnosis_and_verdict_stand_each_on_its_own() -> None:
    _, view, _ = tab(CareOf(file=FILE))
    assert view.shown is not None
    standing = view.shown.standing
    assert (standing.status, standing.since) == ("Suspected", "since 22-Nov-2026")
    assert standing.diagnosis == "Clinician's diagnosis: POEMS syndrome, probable"
    assert standing.verdict == "Criteria: cannot tell"
    assert [each.title for each in standing.history] == ["Status: Suspected, before Referred"]


def test_a_status_whose_beginning_nobody_recorded_says_so_and_a_death_is_told_beside_it() -> None:
    dead = replace(ANN, status=PatientStatus.CONFIRMED, died=PartialDate(2026, 3))
    _, view, _ = tab(CareOf(file=CareFile(dead, statuses=(CHANGE,))))
    assert view.shown is not None
    standing = view.shown.standing
    assert (standing.since, standing.died) == ("since when is not recorded", "Died Mar-2026")
    assert standing.diagnosis == "Clinician's diagnosis: not recorded"


def test_the_act_of_a_line_opens_its_form_and_a_button_begins_one_for_this_person() -> None:
    presenter, view, window = tab(CareOf(file=FILE, entry=WAITING))
    assert view.shown is not None
    presenter.act(next(each for each in view.shown.lines if each.what is What.REFERRAL))
    assert window.form is not None
    assert window.form.known
    presenter.add(What.ONWARD)
    assert window.form.what is What.ONWARD
    assert window.form.who is not None
    assert window.form.who.name == "SMITH, Ann"


def test_a_role_without_findings_gets_no_diagnosis_and_is_told_why() -> None:
    _, view, _ = tab(CareOf(Desk(Role.ADMIN), file=CareFile(ANN, (replace(WAITING, question=""),))))
    assert view.shown is not None
    assert (view.shown.standing.diagnosis, view.shown.standing.verdict) == ("", "")
    assert "no clinical words" in view.shown.explanation
    assert view.shown.may == {What.REFERRAL, What.ONWARD, What.STATUS}


def test_a_refusal_is_said_on_the_tab_and_a_late_answer_is_dropped() -> None:
    _, view, _ = tab(CareOf(refusal=NotAllowedNow("Not now.")))
    assert view.message is not None
    assert view.shown is None
    later = Later()
    care = CareOf(file=FILE)
    presenter, view, _ = tab(care, later)
    care.file = CareFile(ANN)
    presenter.want(ANN)
    later.answer()
    assert view.shown is not None
    assert view.shown.lines == ()


# -- the clinic's lists


@dataclass
class Lists:
    """What the service says."""

    signed_in: Desk = field(default_factory=Desk)
    asked: list[object] = field(default_factory=list)

    def referrals(self) -> Referrals:
        self.asked.append("referrals")
        return Referrals(((WHOSE, WAITING),), ((WHOSE, replace(WAITING, outcome="accepted")),), ((WHOSE, ONWARD),), 31)

    def calls(self) -> Calls:
        self.asked.append("calls")
        return Calls(((None, replace(CALL, follow_up="Ring")),), ((WHOSE, CALL),))

    def meeting(self, on: date | None = None) -> Meeting:
        self.asked.append(on)
        return Meeting(on or MDT.on, ((WHOSE, MDT),), ((date(2026, 12, 1), 1),))

    def write_meeting(self, on: date, path: Path) -> Path:
        if path.name == "full.pdf":
            raise NotAllowedNow("Nobody is on this list.")
        return path


@dataclass
class Screen:
    """Remembers what is shown, and what was asked."""

    parts: tuple[Part, ...] = ()
    shown: ClinicShown | None = None
    focused: int = 0
    file: str = ""
    done: str = ""
    message: Message | None = None
    title: str = ""
    nobody: str = ""
    hits: tuple[Hit, ...] = ()
    words: str = ""

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        self.parts = parts

    def show_part(self, shown: ClinicShown) -> None:
        self.shown = shown

    def focus_first(self) -> None:
        self.focused += 1

    def ask_file(self, name: str) -> None:
        self.file = name

    def say(self, message: Message | None) -> None:
        self.message = message

    def say_done(self, words: str) -> None:
        self.done = words

    def ask_whom(self, title: str, nobody: str) -> None:
        self.title, self.nobody = title, nobody

    def show_hits(self, hits: Sequence[Hit], words: str) -> None:
        self.hits, self.words = tuple(hits), words

    def close_whom(self) -> None:
        self.title = ""

    def say_whom(self, message: Message) -> None:
        self.words = message.cause


class People:
    """Finds one person by any text."""

    def find(self, query: str = "", *, limit: int = 6, counted: bool = False) -> Found:
        if query == "nobody":
            return Found((), 0, 1, {})
        row = PatientSummary(5, "SMITH, Ann (Mrs)", PartialDate(1955, 7, 14), "9990000050", "", None, (), "", "", "",
                             None, None, "", None, "", (), "", has_draft=False)  # fmt: skip
        return Found((row,), 2, 2, {})


@dataclass
class Clinic:
    """The lists with all around them."""

    role: Role = Role.CLINICIAN
    screen: Screen = field(default_factory=Screen)
    window: Window = field(default_factory=Window)
    went: list[int] = field(default_factory=list)
    feed: ChangeFeed = field(default_factory=ChangeFeed)

    def __post_init__(self) -> None:
        self.lists = Lists(Desk(self.role))
        self.care_fake = CareFake(Desk(self.role), WAITING)
        entering = Entering(lambda: self.window, self.care_fake, Inline(), self.feed)
        self.choosing = Choosing(self.screen, People(), Inline())
        self.presenter = ClinicPresenter(
            self.screen, self.lists, entering, self.choosing, Inline(), self.feed, self
        )  # fmt: skip
        self.presenter.open()

    def care(self, patient_id: int) -> None:
        self.went.append(patient_id)

    @property
    def groups(self) -> list[tuple[str, int, int]]:
        assert self.screen.shown is not None
        return [(each.title, len(each.lines), each.more) for each in self.screen.shown.groups]


def test_the_lists_begin_with_the_referrals_that_wait_and_the_keyboard_on_the_first() -> None:
    clinic = Clinic()
    assert clinic.screen.parts == tuple(Part)
    assert clinic.groups == [("Waiting for an answer", 1, 0), ("Referred on, not seen yet", 1, 30), ("Answered", 1, 0)]
    assert clinic.screen.focused == 1


def test_a_role_without_findings_has_the_referrals_only() -> None:
    clinic = Clinic(Role.ADMIN)
    assert clinic.screen.parts == (Part.REFERRALS,)
    assert clinic.screen.shown is not None
    assert "no clinical words" in clinic.screen.shown.explanation
    assert clinic.screen.shown.main == "Record referral…"


def test_a_call_in_which_nobody_was_named_says_so() -> None:
    clinic = Clinic()
    clinic.presenter.choose(Part.CALLS)
    assert clinic.screen.shown is not None
    waiting, others = clinic.screen.shown.groups
    assert [(each.name, each.patient_id) for each in waiting.lines] == [("Patient not named", 0)]
    assert [each.name for each in others.lines] == ["SMITH, Ann (Mrs)"]


def test_whom_a_call_was_about_is_said_later_by_choosing_somebody_of_the_registry() -> None:
    clinic = Clinic()
    clinic.presenter.choose(Part.CALLS)
    assert clinic.screen.shown is not None
    waiting, others = (group.lines for group in clinic.screen.shown.groups)
    assert waiting[0].to_name == "Say who it was…"
    assert others[0].to_name == "", "whose it is is known already"
    clinic.presenter.name(waiting[0])
    assert clinic.care_fake.named == []
    clinic.choosing.chosen(5)
    assert clinic.care_fake.named == [(waiting[0].id, 5)]


def test_why_a_call_cannot_be_hung_on_a_patient_is_said_over_the_list() -> None:
    clinic = Clinic()
    clinic.care_fake.refusal = NotAllowedNow("It is said already whom this call was about. Nothing was changed.")
    clinic.presenter.choose(Part.CALLS)
    assert clinic.screen.shown is not None
    clinic.presenter.name(clinic.screen.shown.groups[0].lines[0])
    clinic.choosing.chosen(5)
    assert clinic.window.refused is clinic.care_fake.refusal


def test_a_meeting_is_chosen_by_its_day_and_written_to_a_file_named_after_it() -> None:
    clinic = Clinic()
    clinic.presenter.choose_named("mdt")
    assert clinic.screen.shown is not None
    assert (clinic.screen.shown.day, clinic.screen.shown.days) == ("2026-12-01", (("2026-12-01", "01-Dec-2026 (1)"),))
    clinic.presenter.choose_day("2027-01-11")
    assert clinic.lists.asked[-1] == date(2027, 1, 11)
    assert clinic.screen.shown.days[0] == ("2027-01-11", "11-Jan-2027 (0)")
    clinic.presenter.print_list()
    assert clinic.screen.file == "mdt-2027-01-11.pdf"
    clinic.presenter.write(Path("somewhere") / "mdt.pdf")
    assert clinic.screen.done == "The list is in mdt.pdf."
    clinic.presenter.write(Path("full.pdf"))
    assert clinic.screen.message is not None


def test_an_entry_is_begun_by_saying_for_whom_and_somebody_new_needs_no_search() -> None:
    clinic = Clinic()
    clinic.presenter.add()
    assert (clinic.screen.title, clinic.screen.nobody) == ("Who was referred?", "Somebody new")
    clinic.choosing.typed("smi")
    assert [(hit.patient_id, hit.name) for hit in clinic.screen.hits] == [(5, "SMITH, Ann (Mrs)")]
    assert "another letter" in clinic.screen.words
    clinic.choosing.chosen(5)
    assert clinic.screen.title == ""
    assert clinic.window.form is not None
    assert clinic.window.form.who is not None
    clinic.presenter.add()
    clinic.choosing.typed("nobody")
    assert clinic.screen.words == "Nobody in the registry is found by this."
    clinic.choosing.chosen(0)
    assert "family_name" in clinic.window.texts


def test_nobody_is_listed_for_a_meeting_who_is_not_in_the_registry() -> None:
    clinic = Clinic()
    clinic.presenter.choose(Part.MDT)
    clinic.presenter.add()
    assert clinic.screen.nobody == ""
    clinic.choosing.chosen(5)
    assert clinic.window.texts["on"] == "01-Dec-2026"


def test_the_lists_look_again_when_something_changed_and_when_one_comes_back() -> None:
    clinic = Clinic()
    asked = len(clinic.lists.asked)
    clinic.feed.publish(Changed(patients=frozenset({5})))
    assert len(clinic.lists.asked) == asked + 1
    clinic.presenter.leave()
    clinic.feed.publish(Changed())
    assert len(clinic.lists.asked) == asked + 1
    clinic.presenter.shown()
    assert len(clinic.lists.asked) == asked + 2
    clinic.presenter.close()
    clinic.feed.publish(Changed())
    assert len(clinic.lists.asked) == asked + 2


def test_a_line_leads_to_its_form_and_its_name_to_the_record() -> None:
    clinic = Clinic()
    assert clinic.screen.shown is not None
    shown = clinic.screen.shown.groups[0].lines[0]
    clinic.presenter.act(shown)
    assert clinic.window.form is not None
    clinic.presenter.record(shown.patient_id)
    assert clinic.went == [5]


def test_whom_return_means_is_decided_only_when_the_finds_of_what_was_typed_are_there() -> None:
    tasks, screen, told = Later(), Screen(), list[int]()
    choosing = Choosing(screen, People(), tasks)
    choosing.ask("Who?", "Somebody new", told.append)
    choosing.typed("somebody")
    choosing.entered(7)
    assert told == [], "the bar stood on somebody found by an older text"
    tasks.answer()
    assert told == [5], "the only one found is meant"
    choosing.typed("nobody")
    choosing.entered(5)
    tasks.answer()
    assert told == [5]
    choosing.entered(0)
    assert told == [5]
