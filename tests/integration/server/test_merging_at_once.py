"""On a server two people decide on proposals at the same moment: one act counts, and the other is told why not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from poems_registry.domain.errors import NotAllowedNow, RegistryError, StaleRecord
from poems_registry.domain.records import Patient
from poems_registry.services.access import SignedIn
from poems_registry.services.patients import PatientService
from poems_registry.services.proposing import ProposalService, ProposalState
from tests.integration.server.conftest import PASSWORD
from tests.integration.services.two_people import propose

WHY = "Same person: seen twice under two names."
AT_ONCE = 6


def records(me: SignedIn, number: int) -> list[int]:
    add = PatientService(me).add
    return [add(Patient(family_name="Quillfeather"), another_person=True)[0].id for _ in range(number)]


def at_once(*acts: Callable[[], object]) -> list[RegistryError]:
    """Who was refused, each act on a connection of its own."""
    with ThreadPoolExecutor(len(acts)) as pool:
        errors = [each.exception() for each in [pool.submit(act) for act in acts]]
    assert all(error is None or isinstance(error, RegistryError) for error in errors), errors
    return [error for error in errors if isinstance(error, RegistryError)]


def test_a_proposal_is_confirmed_or_taken_back_and_never_both(sign_in: Callable[[str], SignedIn]) -> None:
    osei, lund = sign_in("osei"), sign_in("lund")
    mine, theirs = ProposalService(osei), ProposalService(lund)
    for _ in range(AT_ONCE):
        one, two = records(osei, 2)
        number = propose(osei, one, two, WHY).proposal.id
        pair = theirs.compare(one, two)
        refused = at_once(lambda: theirs.confirm(number, pair, PASSWORD), lambda: mine.take_back(number))  # noqa: B023
        assert len(refused) == 1
        assert isinstance(refused[0], NotAllowedNow | StaleRecord)
        state = mine.proposal(number).proposal.state
        assert (len(mine.of(one)) == 1) is (state is ProposalState.CONFIRMED)
        assert state in (ProposalState.CONFIRMED, ProposalState.TAKEN_BACK)


def test_of_two_proposals_that_share_a_record_one_is_confirmed_and_the_other_ends(
    sign_in: Callable[[str], SignedIn],
) -> None:
    osei, lund = sign_in("osei"), sign_in("lund")
    mine, theirs = ProposalService(osei), ProposalService(lund)
    for _ in range(AT_ONCE):
        one, two, three = records(osei, 3)
        first, second = propose(osei, one, two, WHY).proposal.id, propose(lund, one, three, WHY).proposal.id
        pairs = theirs.compare(one, two), mine.compare(one, three)
        refused = at_once(
            lambda: theirs.confirm(first, pairs[0], PASSWORD),  # noqa: B023
            lambda: mine.confirm(second, pairs[1], PASSWORD),  # noqa: B023
        )
        assert len(refused) == 1
        states = {mine.proposal(each).proposal.state for each in (first, second)}
        assert states == {ProposalState.CONFIRMED, ProposalState.LAPSED}
        assert len(mine.of(one)) == 1
