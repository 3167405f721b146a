"""Deciding on a proposal: what the second person and the proposer can do, and that nothing is done unseen."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest

from poems_registry.domain.errors import NotAllowedNow, RegistryError, StaleRecord, WrongPassword
from poems_registry.domain.one_person import filled
from poems_registry.domain.records import Patient, PatientFile
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.joining import Pair
from poems_registry.services.proposing import Proposal, ProposalState, Proposed, SecondPeople
from poems_registry.ui.errors import Message
from poems_registry.ui.reasons import ReasonShown
from poems_registry.ui.screens.joining.deciding import DecidingPresenter
from poems_registry.ui.screens.joining.shown import ConfirmShown, PairShown, ProposedShown
from poems_registry.ui.screens.record.proposed import ProposedPresenter
from poems_registry.ui.screens.record.shown import ProposedBarShown
from poems_registry.ui.tasks import Inline

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
ANN = Patient(id=1, family_name="Smith", given_name="Ann")
ANNE = Patient(id=2, family_name="Smyth", given_name="Ann")
WAITS = Proposal(3, 1, 2, 1, 1, AT, 7, "Dr A Rahman", "She told us.")
FOR_ME = Proposed(WAITS, ANN, ANNE, changed=False, mine=False, may_decide=True)


@dataclass
class Registry:
    """One proposal; refuses what it is told to, and keeps what was asked of it."""

    proposed: Proposed = FOR_ME
    pair: Pair = field(default_factory=lambda: Pair(ANN, ANNE, filled(ANN, ANNE), (), False))
    done: list[tuple[str, object]] = field(default_factory=list)
    refusals: list[RegistryError] = field(default_factory=list)
    looked: int = 0
    today: date = date(2026, 11, 22)
    read_only: bool = False
    rights: bool = True

    @property
    def signed_in(self) -> "Registry":
        return self

    def may(self, permission: object) -> bool:
        return self.rights

    def proposal(self, proposal_id: int) -> Proposed:
        self.looked += 1
        return self.proposed

    def proposals(self, patient_id: int) -> tuple[Proposed, ...]:
        return (self.proposed,)

    def compare(self, staying_id: int, other_id: int) -> Pair:
        return self.pair

    def second_people(self) -> SecondPeople:
        return SecondPeople(("Sister J Okoro",), (), ())

    def confirm(self, proposal_id: int, pair: Pair, password: str) -> Changed:
        return self._do("confirm", password)

    def decline(self, proposal_id: int, because: str) -> Changed:
        return self._do("decline", because)

    def take_back(self, proposal_id: int) -> Changed:
        return self._do("take back", proposal_id)

    def _do(self, act: str, what: object) -> Changed:
        if self.refusals:
            raise self.refusals.pop()
        self.done.append((act, what))
        return Changed(patients=frozenset({1, 2}), told=("One letter was taken back.",))


@dataclass
class Spy:
    pair: PairShown | None = None
    asked: ConfirmShown | ReasonShown | None = None
    given: Callable[[str], None] | None = None
    refused: str = ""
    message: Message | None = None
    bar: ProposedBarShown | None = None

    def show_proposal(self, pair: PairShown) -> None:
        self.pair = pair

    def ask_password(self, asked: ConfirmShown, given: Callable[[str], None]) -> None:
        self.asked, self.given = asked, given

    def ask_reason(self, asked: ReasonShown, given: Callable[[str], None]) -> None:
        self.asked, self.given = asked, given

    def refuse_answer(self, words: str) -> None:
        self.refused = words

    def close_question(self) -> None:
        self.asked = self.given = None

    def busy(self, words: str) -> None: ...

    def say(self, message: Message | None) -> None:
        self.message = message

    def show_proposed(self, shown: ProposedBarShown | None) -> None:
        self.bar = shown


@dataclass
class Going:
    opened: list[int] = field(default_factory=list)
    proposals: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def patient(self, patient_id: int) -> None:
        self.opened.append(patient_id)

    def proposal(self, proposal_id: int) -> None:
        self.proposals.append(proposal_id)

    def say_saved(self, words: str) -> None:
        self.said.append(words)


class Desk:
    def __init__(self, proposed: Proposed = FOR_ME) -> None:
        self.registry, self.view, self.going, self.feed = Registry(proposed), Spy(), Going(), ChangeFeed()
        self.news: list[Changed] = []
        self.feed.listen(self.news.append)
        self.presenter = DecidingPresenter(self.view, self.registry, Inline(), self.feed, self.going)
        self.presenter.open(3)

    @property
    def shown(self) -> ProposedShown:
        assert self.view.pair is not None
        assert self.view.pair.proposed is not None
        return self.view.pair.proposed

    def answer(self, words: str) -> None:
        assert self.view.given is not None
        self.view.given(words)


def test_the_second_person_sees_who_proposed_what_and_why_and_can_confirm_or_decline() -> None:
    desk = Desk()
    assert desk.shown.title == "Dr A Rahman proposed on 20-Nov-2026 to join SMYTH, Ann into the record of SMITH, Ann."
    assert desk.shown.reason == "She told us."
    assert "second person" in desk.shown.words
    assert desk.shown.confirm
    assert desk.shown.decline
    assert not desk.shown.take_back


def test_confirming_asks_the_password_and_leads_to_the_record_that_stays() -> None:
    desk = Desk()
    desk.presenter.confirm()
    assert isinstance(desk.view.asked, ConfirmShown)
    assert any("SMYTH, Ann goes into it" in line for line in desk.view.asked.lines)
    assert desk.registry.done == []
    desk.answer("secret")
    assert desk.registry.done == [("confirm", "secret")]
    assert desk.view.given is None
    assert desk.going.opened == [1]
    assert "One letter was taken back." in desk.going.said[0]
    assert desk.news[0].patients == {1, 2}


def test_after_a_wrong_password_the_question_stays() -> None:
    desk = Desk()
    desk.registry.refusals = [WrongPassword()]
    desk.presenter.confirm()
    desk.answer("not this")
    assert desk.view.asked is not None
    assert desk.view.refused
    assert desk.going.opened == []
    desk.answer("secret")
    assert desk.registry.done == [("confirm", "secret")]


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (StaleRecord(), "while you compared"),
        (NotAllowedNow("This proposal was taken back (Dr A Rahman)."), "taken back"),
    ],
)
def test_what_cannot_be_confirmed_is_said_and_everything_is_shown_anew(refusal: RegistryError, words: str) -> None:
    desk = Desk()
    desk.registry.refusals = [refusal]
    desk.presenter.confirm()
    desk.answer("secret")
    assert desk.view.asked is None
    assert desk.view.message is not None
    assert words in desk.view.message.cause
    assert desk.registry.looked == 2


def test_declining_needs_a_reason() -> None:
    desk = Desk()
    desk.presenter.decline()
    desk.answer("  ")
    assert desk.registry.done == []
    assert desk.view.refused
    desk.answer(" They are sisters. ")
    assert desk.registry.done == [("decline", "They are sisters.")]


def test_the_proposer_can_take_it_back_and_neither_confirm_nor_decline_it() -> None:
    desk = Desk(replace(FOR_ME, mine=True, may_decide=False))
    assert desk.shown.take_back
    assert not desk.shown.confirm
    assert "Sister J Okoro" in desk.shown.words
    desk.presenter.confirm()
    desk.presenter.decline()
    assert desk.view.asked is None
    desk.presenter.take_back()
    assert desk.registry.done == [("take back", 3)]


def test_a_change_since_the_proposal_is_told() -> None:
    assert "changed since it was proposed" in Desk(replace(FOR_ME, changed=True)).shown.changed


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ProposalState.CONFIRMED, "the two records are one"),
        (ProposalState.DECLINED, "Sister J Okoro: They are sisters."),
        (ProposalState.TAKEN_BACK, "Taken back"),
        (ProposalState.LAPSED, "It ended by itself"),
    ],
)
def test_of_a_proposal_that_ended_it_is_told_how_and_nothing_can_be_done(state: ProposalState, words: str) -> None:
    ended = replace(WAITS, state=state, ended_at=AT, ended_by="Sister J Okoro", ended_because="They are sisters.")
    desk = Desk(replace(FOR_ME, proposal=ended, may_decide=False))
    assert words in desk.shown.ended
    assert not any((desk.shown.confirm, desk.shown.decline, desk.shown.take_back))


def bar(registry: Registry) -> ProposedBarShown | None:
    view, going = Spy(), Going()
    presenter = ProposedPresenter(view, registry, Inline(), going)
    presenter.show_file(PatientFile(ANN), registry.today, may_record=True)
    presenter.decide(3)
    assert going.proposals == [3]
    return view.bar


def test_over_both_records_stands_that_one_waits_and_who_may_decide_is_led_there() -> None:
    shown = bar(Registry())
    assert shown is not None
    assert shown.cause.startswith("Dr A Rahman proposed on 20-Nov-2026")
    assert "Nothing has changed yet" in shown.rest
    assert (shown.act, shown.proposal_id) == ("Look and decide", 3)
    less = bar(Registry(rights=False))
    assert less is not None
    assert less.act == ""
    ended = replace(FOR_ME, proposal=replace(WAITS, state=ProposalState.DECLINED))
    assert bar(Registry(ended)) is None
