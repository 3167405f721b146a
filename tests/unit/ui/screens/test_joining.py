"""Proposing to join two records: who is offered, what is told before; nothing unseen or without a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, RegistryError, StaleRecord
from poems_registry.domain.one_person import differences, filled, two_people
from poems_registry.domain.records import Allergy, AllergyState, HospitalNumber, Patient, PatientSummary
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.joining import Pair
from poems_registry.services.patients import Found
from poems_registry.services.proposing import SecondPeople
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.joining.presenter import JoiningPresenter
from poems_registry.ui.screens.joining.shown import After, CandidateRow, PairShown
from poems_registry.ui.screens.joining.telling import pair_shown
from poems_registry.ui.tasks import Inline

ANN = Patient(id=1, family_name="Smith", given_name="Ann", born=PartialDate(1955, 7, 14), nhs_number="9990000050")
ANNE = Patient(
    id=2, family_name="Smyth", given_name="Ann", phone="020 7946 0001", hospital_numbers=(HospitalNumber("7", "RRV"),),
    allergy_state=AllergyState.KNOWN, allergies=(Allergy("Penicillin"),),
)  # fmt: skip


OKORO = SecondPeople(("Sister J Okoro",), (), ("R Castellan",))
NOTHING: Mapping[str, int] = {}


def pair_of(
    one: Patient, other: Patient, mine: Mapping[str, int] = NOTHING, theirs: Mapping[str, int] = NOTHING
) -> Pair:
    return Pair(one, other, filled(one, other), tuple(differences(one, other)), two_people(one, other), mine, theirs)


def summary(person: Patient) -> PatientSummary:
    return PatientSummary(
        id=person.id, name=person.family_name, born=person.born, nhs_number=person.nhs_number, hospital_number="",
        died=None, features=(), verdict="", verdict_hint="", treatment="", last_visit=None, next_due=None, vegf="",
        vegf_on=None, vegf_specimen="", vegf_trail=(), letter="", has_draft=False,
    )  # fmt: skip


@dataclass
class Registry:
    """Two people, proposed when asked; refuses what it is told to."""

    people: dict[int, Patient] = field(default_factory=lambda: {1: ANN, 2: ANNE})
    proposed: list[tuple[int, int, str]] = field(default_factory=list)
    second: SecondPeople = OKORO
    refusals: list[RegistryError] = field(default_factory=list)
    compared: int = 0

    def alike(self, patient_id: int) -> tuple[Patient, ...]:
        return tuple(each for number, each in self.people.items() if number != patient_id)

    def compare(self, staying_id: int, other_id: int) -> Pair:
        self.compared += 1
        return pair_of(self.people[staying_id], self.people[other_id])

    def second_people(self) -> SecondPeople:
        return self.second

    def propose(self, pair: Pair, reason: str) -> Changed:
        if self.refusals:
            raise self.refusals.pop()
        self.proposed.append((pair.staying.id, pair.other.id, reason))
        return Changed(patients=frozenset({pair.staying.id, pair.other.id}))

    def who(self, patient_id: int) -> Patient:
        return self.people[patient_id]

    def find(self, query: str = "", *, limit: int = 20, counted: bool = True) -> Found:
        rows = tuple(summary(each) for each in self.people.values() if query in each.family_name)
        return Found(rows, len(rows), len(self.people), {})


@dataclass
class Spy:
    rows: tuple[CandidateRow, ...] = ()
    words: str = ""
    pair: PairShown | None = None
    reason: str = ""
    message: Message | None = None
    busy_words: list[str] = field(default_factory=list)

    def show_candidates(self, title: str, rows: Sequence[CandidateRow], words: str) -> None:
        self.rows, self.words, self.pair = tuple(rows), words, None

    def show_pair(self, pair: PairShown) -> None:
        self.pair = pair

    def mark_reason(self, words: str) -> None:
        self.reason = words

    def busy(self, words: str) -> None:
        self.busy_words.append(words)

    def say(self, message: Message | None) -> None:
        self.message = message


@dataclass
class Going:
    opened: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def patient(self, patient_id: int) -> None:
        self.opened.append(patient_id)

    def say_saved(self, words: str) -> None:
        self.said.append(words)


class Desk:
    def __init__(self) -> None:
        self.registry, self.view, self.going, self.feed = Registry(), Spy(), Going(), ChangeFeed()
        self.news: list[Changed] = []
        self.feed.listen(self.news.append)
        self.presenter = JoiningPresenter(self.view, self.registry, self.registry, Inline(), self.feed, self.going)
        self.presenter.open(1)


def test_who_looks_alike_stands_there_and_somebody_else_is_found_by_typing() -> None:
    desk = Desk()
    assert [row.id for row in desk.view.rows] == [2]
    desk.presenter.typed("Smi")
    assert not desk.view.rows, "nobody is offered to be joined with themselves"
    assert "Nobody else" in desk.view.words
    desk.presenter.typed("")
    assert [row.id for row in desk.view.rows] == [2]


def test_nothing_is_proposed_without_a_reason_and_what_was_seen_is_proposed_with_one() -> None:
    desk = Desk()
    desk.presenter.compare(2)
    desk.presenter.propose("  ")
    assert desk.registry.proposed == []
    assert desk.view.reason
    desk.presenter.propose(" she told us ")
    assert desk.registry.proposed == [(1, 2, "she told us")]
    assert desk.news == [Changed(patients=frozenset({1, 2}))]
    assert desk.going.opened == [1]


def test_the_other_one_stays_if_a_person_says_so() -> None:
    desk = Desk()
    desk.presenter.compare(2)
    desk.presenter.swap()
    desk.presenter.propose("she told us")
    assert desk.registry.proposed == [(2, 1, "she told us")]
    assert desk.going.opened == [2]


def test_after_somebody_changed_a_record_both_are_shown_anew_and_nothing_is_joined() -> None:
    desk = Desk()
    desk.presenter.compare(2)
    desk.registry.refusals = [StaleRecord()]
    desk.presenter.propose("she told us")
    assert desk.registry.compared == 2
    assert desk.registry.proposed == []
    assert desk.view.message is not None
    assert "meanwhile" in desk.view.message.cause


def test_what_cannot_be_right_together_is_told_field_by_field() -> None:
    desk = Desk()
    desk.presenter.compare(2)
    desk.registry.refusals = [InvalidInput({"first_seen": "lies after the death"})]
    desk.presenter.propose("she told us")
    assert desk.view.message is not None
    assert "first seen lies after the death" in desk.view.message.rest


def test_going_back_leads_from_the_comparison_to_the_list_and_from_there_to_the_record() -> None:
    desk = Desk()
    desk.presenter.compare(2)
    desk.presenter.back()
    assert desk.view.pair is None
    assert [row.id for row in desk.view.rows] == [2]
    desk.presenter.back()
    assert desk.going.opened == [1]


def test_two_people_with_verified_numbers_are_never_joined() -> None:
    desk = Desk()
    sure = {"nhs_number_status": "01"}
    desk.registry.people = {
        1: replace(ANN, **sure), 2: replace(ANNE, nhs_number="9990001375", **sure),  # type: ignore[arg-type]
    }  # fmt: skip
    desk.presenter.compare(2)
    assert desk.view.pair is not None
    assert "two people" in desk.view.pair.blocked
    desk.presenter.propose("they look alike")
    assert desk.registry.proposed == []


def test_each_field_stands_as_both_say_it_and_as_it_will_be() -> None:
    shown = pair_shown(pair_of(ANN, ANNE))
    lines = {line.label: line for group in shown.groups for line in group.lines}
    assert lines["Name"].fate is After.NOT_TAKEN
    assert (lines["Phone"].staying, lines["Phone"].after) == ("Not recorded", "020 7946 0001")
    assert lines["Phone"].fate is After.TAKEN
    assert lines["Born"].fate is After.KEPT
    assert "Email" not in lines, "what neither says is left out"
    assert "Penicillin" in lines["Allergies"].after


def test_what_hangs_on_each_is_counted_by_name_and_what_has_no_name_together() -> None:
    has = {"encounter:clinic": 3, "letter": 2, "letter_copy": 4, "sample_box": 5}
    shown = pair_shown(pair_of(ANN, ANNE, {}, has))
    assert ("Visits", "0", "3") in shown.hangs
    assert ("Letters", "0", "2") in shown.hangs
    assert ("Other entries", "0", "5") in shown.hangs, "copies are counted with their letters"
    assert any("visits 3" in step and "other entries 5" in step for step in shown.steps)
    assert any(step.startswith("Taken over") and "Phone" in step for step in shown.steps)


def test_who_has_to_confirm_it_is_said_before_it_is_proposed() -> None:
    desk = Desk()
    desk.presenter.compare(2)
    assert desk.view.pair is not None
    assert desk.view.pair.second == "Somebody else has to confirm it: Sister J Okoro. Nothing changes before."


def test_where_nobody_else_may_join_records_it_is_said_who_could_be_allowed_to_and_by_whom() -> None:
    desk = Desk()
    desk.registry.second = SecondPeople(
        (), (("Sister J Okoro", "record clinical findings and results"),), ("R Castellan",)
    )
    desk.presenter.compare(2)
    assert desk.view.pair is not None
    said = desk.view.pair.second
    assert "nobody can confirm it yet" in said
    assert "Sister J Okoro lacks the right to record clinical findings and results." in said
    assert "under Admin by: R Castellan." in said
    desk.presenter.propose("she told us")
    assert desk.registry.proposed == [(1, 2, "she told us")], "it waits until somebody is allowed to confirm it"


def test_copies_that_have_not_left_yet_are_named_before_anything_moves() -> None:
    shown = pair_shown(replace(pair_of(ANN, ANNE), queued=2))
    assert any("2 copies of letters have not left yet" in step for step in shown.steps)
