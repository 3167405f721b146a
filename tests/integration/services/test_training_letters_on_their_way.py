"""The board of the training registry: letters at every place of their way, the same each time it is made."""

from datetime import date

from poems_registry.domain.correspondence import Delivery
from poems_registry.domain.records import EncounterState, LetterState, Patient
from poems_registry.services.access import SignedIn
from poems_registry.services.letters import CLOCK_DAYS, LetterCard, LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.safekeeping import SafekeepingService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.training.desk import EARLIER, WAY, leave_letters_on_their_way
from tests.integration.services.conftest import SignIn


def visits_without_letters(me: SignedIn) -> list[LetterCard]:
    """As many signed visits as there are places of the way, each as the board shows it."""
    people, letters = PatientService(me), LetterService(me)
    files = [people.open(row.id).file for row in people.find().rows]
    alive = [file for file in files if file.patient.died is None]
    visits = [each for file in alive for each in file.counted if each.state is EncounterState.SIGNED]
    older = [each for each in visits if each.on < me.today - EARLIER]
    clear = [each for each in older if not letters.open(letters.start(each.id)).blocks]
    return [LetterCard(None, Patient(), each.id, each.on, 0) for each in clear[: len(WAY)]]


def test_the_board_of_a_made_up_clinic_shows_letters_at_every_place_of_their_way(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    waiting = visits_without_letters(me)
    assert len(waiting) == len(WAY)
    leave_letters_on_their_way(me, PASSWORD, waiting)
    letters = LetterService(me)
    cards = [card for card in letters.board() if card.encounter_id in {each.encounter_id for each in waiting}]
    copies = [copy for card in cards for copy in card.copies]
    assert {copy.delivery for copy in copies} == {Delivery.WAITING, Delivery.PRINTED, Delivery.SENT}
    assert {copy.held_by for copy in copies if copy.is_held(me.today)} == {"Sister J Okoro"}
    assert any(card.letter is not None and card.letter.version == 2 for card in cards)
    assert any(card.letter is not None and card.letter.state is LetterState.READY for card in cards)
    assert any(card.day > CLOCK_DAYS for card in cards)
    fell = {card.letter.state for card in letters.taken_back() if card.letter is not None}
    assert fell == {LetterState.SUPERSEDED, LetterState.WITHDRAWN}


def test_earlier_letters_were_sent_in_the_days_after_their_visit_by_the_nurse(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    leave_letters_on_their_way(me, PASSWORD, ())
    sent = [card for card in LetterService(me).board() if card.sent_day is not None]
    assert sent
    for card in sent:
        assert card.sent_day is not None
        assert 0 < card.sent_day <= CLOCK_DAYS + 6
        assert card.letter is not None
        assert card.letter.signature is not None
        signed_on: date = card.letter.signature.at.date()
        assert card.visit_on < signed_on <= me.today
        assert {copy.by for copy in card.copies} == {"Sister J Okoro"}
    assert SafekeepingService(sign_in("castellan")).check().good
