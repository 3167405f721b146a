"""A merge needs two people: one proposes, another confirms, both in the registry that one of them has open."""

from dataclasses import replace

from poems_registry.services.access import SignedIn
from poems_registry.services.changes import Changed
from poems_registry.services.proposing import ProposalService, Proposed
from poems_registry.storage import people


def beside(me: SignedIn, user: str = "okoro") -> SignedIn:
    """A colleague in the same open registry, whose password is not asked here."""
    with me.store.reading() as session:
        person = people.find(session, user)
    assert person is not None
    return replace(me, person=person, confirm=lambda _: None)


def propose(me: SignedIn, staying_id: int, other_id: int, why: str) -> Proposed:
    """What waits then for a second person."""
    service = ProposalService(me)
    service.propose(service.compare(staying_id, other_id), why)
    return service.proposals(staying_id)[0]


def confirm(second: SignedIn, proposed: Proposed) -> Changed:
    """The second person looks at both and agrees."""
    service, proposal = ProposalService(second), proposed.proposal
    return service.confirm(proposal.id, service.compare(*proposal.both), "")


def merge(me: SignedIn, staying_id: int, other_id: int, why: str, second: str = "okoro") -> Changed:
    """The whole way."""
    return confirm(beside(me, second), propose(me, staying_id, other_id, why))
