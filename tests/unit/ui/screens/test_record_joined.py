"""What the tab of details tells of joined records and of consents, and how both are corrected."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from poems_registry.domain.access import DEFAULTS, Permission, Role
from poems_registry.domain.consents import Answer, Consent, Scope
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import NotAllowedNow, RegistryError
from poems_registry.domain.records import Patient, PatientFile
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.consents import ConsentFile, Shared
from poems_registry.services.joining import Joined, Joining
from poems_registry.services.proposing import Proposal, ProposalState, Proposed
from poems_registry.ui.errors import Message
from poems_registry.ui.person_facts import FactGroup
from poems_registry.ui.reasons import ReasonShown
from poems_registry.ui.screens.admin.joined_presenter import JoinedRecordsPresenter
from poems_registry.ui.screens.admin.shown import JoinedRow
from poems_registry.ui.screens.record.particulars.history import history
from poems_registry.ui.screens.record.particulars.joined import JoinedPresenter
from poems_registry.ui.screens.record.particulars.shown import Standing
from poems_registry.ui.tasks import Inline

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
ANN = Patient(id=1, family_name="Smith", given_name="Ann")
HIDDEN = Patient(id=2, family_name="Smyth", given_name="Ann", joined_to=1)
MERGE = Joined(Joining(7, 1, 2, AT, "Dr A Rahman", "She told us.", 12), ANN, HIDDEN)


@dataclass
class Desk:
    role: Role = Role.CLINICIAN
    today: date = TODAY
    read_only: bool = False

    def may(self, permission: Permission) -> bool:
        return permission in DEFAULTS[self.role]


@dataclass
class Registry:
    signed_in: Desk = field(default_factory=Desk)
    merges: tuple[Joined, ...] = (MERGE,)
    waiting: tuple[Proposed, ...] = ()
    asked: int = 0
    parted: list[tuple[int, str]] = field(default_factory=list)
    refusal: RegistryError | None = None

    def told(self, patient_id: int) -> tuple[Joined, ...]:
        self.asked += 1
        return self.merges

    def everything(self) -> tuple[Joined, ...]:
        return self.merges

    def proposals(self, patient_id: int) -> tuple[Proposed, ...]:
        return self.waiting

    def part(self, joining_id: int, because: str) -> Changed:
        if self.refusal is not None:
            raise self.refusal
        self.parted.append((joining_id, because))
        return Changed(patients=frozenset({1, 2}))


@dataclass
class Spy:
    group: FactGroup | None = None
    rows: tuple[JoinedRow, ...] = ()
    may_not: str = ""
    asked: ReasonShown | None = None
    given: Callable[[str], None] | None = None
    refused: str = ""
    message: Message | None = None

    def show_joined(self, group: object, words: str = "", may_not: str = "") -> None:
        if isinstance(group, list):
            self.rows, self.may_not = tuple(group), may_not
        else:
            self.group = group if isinstance(group, FactGroup) else None

    def ask_reason(self, asked: ReasonShown, given: Callable[[str], None]) -> None:
        self.asked, self.given = asked, given

    def refuse_reason(self, words: str) -> None:
        self.refused = words

    def close_reason(self) -> None:
        self.asked = self.given = None

    def say(self, message: Message | None) -> None:
        self.message = message


@dataclass
class Going:
    joins: list[int] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def join(self, patient_id: int) -> None:
        self.joins.append(patient_id)

    def proposal(self, proposal_id: int) -> None:
        self.opened.append(proposal_id)

    def patient(self, patient_id: int) -> None:
        self.opened.append(patient_id)

    def say_saved(self, words: str) -> None:
        self.said.append(words)


def at_record(registry: Registry) -> tuple[JoinedPresenter, Spy, Going]:
    view, going = Spy(), Going()
    presenter = JoinedPresenter(lambda: view, registry, Inline(), ChangeFeed(), going)
    presenter.show_file(PatientFile(ANN), TODAY, may_record=True)
    return presenter, view, going


def test_the_registry_is_asked_once_the_tab_is_looked_at_and_again_with_each_new_record() -> None:
    registry = Registry()
    presenter, view, _ = at_record(registry)
    assert registry.asked == 0
    presenter.looked_at()
    presenter.looked_at()
    assert registry.asked == 1
    assert view.group is not None
    (fact,) = view.group.facts
    assert "SMYTH, Ann" in fact.lines[0]
    assert "Because: She told us." in fact.lines
    assert fact.act == "undo:7"
    presenter.show_file(PatientFile(ANN), TODAY, may_record=True)
    assert registry.asked == 2


def proposed(state: ProposalState = ProposalState.WAITING, why: str = "") -> Proposed:
    proposal = Proposal(3, 1, 2, 1, 1, AT, 7, "Dr A Rahman", "She told us.", state)
    if state is not ProposalState.WAITING:
        proposal = replace(proposal, ended_at=AT, ended_by="Sister J Okoro", ended_because=why)
    return Proposed(proposal, ANN, HIDDEN, changed=False, mine=False, may_decide=proposal.waits)


def test_a_proposal_that_waits_stands_first_and_leads_to_where_it_is_decided() -> None:
    registry = Registry(waiting=(proposed(ProposalState.DECLINED, "They are sisters."), proposed()))
    presenter, view, going = at_record(registry)
    presenter.looked_at()
    assert view.group is not None
    waits, declined, joined = view.group.facts
    assert (waits.label, waits.act) == ("Proposed to be joined with", "decide:3")
    assert "Proposed 20-Nov-2026" in waits.lines[1]
    assert (declined.label, declined.act) == ("Not joined, declined", "")
    assert "by Sister J Okoro: They are sisters." in declined.lines[-1]
    assert joined.act == "undo:7"
    presenter.decide(3)
    assert going.opened == [3]


def test_a_merge_names_both_people_who_made_it() -> None:
    confirmed = replace(proposed(ProposalState.CONFIRMED).proposal, joining_id=7)
    registry = Registry(
        merges=(replace(MERGE, proposal=confirmed),), waiting=(replace(proposed(), proposal=confirmed),)
    )
    presenter, view, _ = at_record(registry)
    presenter.looked_at()
    assert view.group is not None
    (fact,) = view.group.facts
    assert any(line.startswith("Proposed") and "Dr A Rahman" in line for line in fact.lines)
    assert any(line.startswith("Joined") for line in fact.lines)


def test_parting_needs_a_reason_and_is_said() -> None:
    registry = Registry()
    presenter, view, going = at_record(registry)
    presenter.looked_at()
    presenter.undo(7)
    assert view.given is not None
    view.given(" ")
    assert registry.parted == []
    assert view.refused
    view.given("They are sisters.")
    assert registry.parted == [(7, "They are sisters.")]
    assert view.asked is None
    assert going.said


def test_why_two_records_have_to_stay_one_is_told() -> None:
    registry = Registry(refusal=NotAllowedNow("A letter was signed on both. Nothing was changed."))
    presenter, view, _ = at_record(registry)
    presenter.looked_at()
    presenter.undo(7)
    assert view.given is not None
    view.given("They are sisters.")
    assert view.message is not None
    assert view.message.cause == "A letter was signed on both."


def test_who_may_not_record_findings_sees_what_was_joined_and_is_offered_no_act() -> None:
    presenter, view, going = at_record(Registry(Desk(Role.ADMIN)))
    presenter.looked_at()
    assert view.group is not None
    assert view.group.facts[0].act == ""
    presenter.same_as()
    presenter.undo(7)
    assert (going.joins, view.asked) == ([], None)


def test_admin_lists_every_merge_and_says_who_may_undo_it() -> None:
    undone = replace(MERGE.joining, id=8, undone_at=AT, undone_by="Dr B", undone_because="They are sisters.")
    registry = Registry(Desk(Role.ADMIN), (MERGE, Joined(undone, ANN, HIDDEN)))
    view, going = Spy(), Going()
    presenter = JoinedRecordsPresenter(view, registry, Inline(), ChangeFeed(), going)
    presenter.load()
    assert [row.state for row in view.rows] == ["Joined", "Undone 20-Nov-2026 by Dr B"]
    assert not any(row.may_undo for row in view.rows)
    assert "only who may record" in view.may_not
    registry.signed_in = Desk(Role.CLINICIAN)
    presenter.load()
    assert [row.may_undo for row in view.rows] == [True, False]
    presenter.undo(7)
    assert view.given is not None
    view.given("They are sisters.")
    assert registry.parted == [(7, "They are sisters.")]
    presenter.opened(1)
    assert going.opened == [1]


def test_every_answer_stands_under_its_question_with_what_left_before_it_was_taken_back() -> None:
    answers = (
        Consent(id=1, on=PartialDate(2024), form_version="v2.1", recorded_by="Dr A", recorded_at=AT),
        Consent(id=2, answer=Answer.DECLINED, on=PartialDate(2025), error_reason="another person"),
        Consent(id=3, answer=Answer.WITHDRAWN, on=PartialDate(2026)),
        Consent(id=4, scope=Scope.PHOTOS, on=PartialDate(2024)),
    )
    file = ConsentFile(ANN, answers, (Shared(date(2025, 5, 1), "pseudonymised encounters"),))
    shown = history(file, TODAY, may_correct=True)
    registry, photos = shown.questions
    assert [(each.id, each.standing) for each in registry.answers] == [
        (3, Standing.IN_FORCE), (2, Standing.IN_ERROR), (1, Standing.EARLIER),
    ]  # fmt: skip
    assert registry.answers[1].error == "another person"
    assert photos.title == "Photographs"
    assert "Left out of every pseudonymised export" in shown.stays_inside
    assert shown.shared == ("01-May-2025: pseudonymised encounters",)
    assert "Biological samples" in shown.never
    assert "Photographs" not in shown.never
