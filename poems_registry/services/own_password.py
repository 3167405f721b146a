"""Change one's own password: whoever is signed in may, whatever else they may do; nobody else's is touched."""

from collections.abc import Callable

from poems_registry.domain.errors import InvalidInput, NotAllowedNow
from poems_registry.domain.passwords import problem_with
from poems_registry.services.access import SignedIn
from poems_registry.services.places import place_of
from poems_registry.storage import audit
from poems_registry.system.keys import KeyRing
from poems_registry.system.slots import Kdf, tune


class OwnPassword:
    """The password of the person who is signed in. It needs no permission: it opens only what is open to them."""

    def __init__(self, signed_in: SignedIn) -> None:
        self.signed_in = signed_in

    def problem(self, password: str) -> str | None:
        """Why this password cannot be taken, in words; None if it can (decision 17)."""
        me = self.signed_in.person
        return problem_with(password, names=(me.user, me.name))

    def change(self, old: str, new: str, cost: Callable[[], Kdf] = tune) -> None:
        """Seal the data key anew for this person under the new password; the old one opens nothing any more.

        WrongPassword for the old one, which counts as a try at signing in; InvalidInput by field for a weak new one or
        the same again. The act stands in the audit; without that the old password opens as before.
        """
        me = self.signed_in
        if me.read_only:
            raise NotAllowedNow("This place is read-only, so no password can be changed here. Nothing was changed.")
        me.confirm(old)
        problem = self.problem(new) or ("is the one you have: choose another" if new == old else None)
        if problem:
            raise InvalidInput({"password": problem})
        kdf = cost()
        ring = KeyRing(place_of(me.place).keys, me.clock.now)
        with ring.all_or_nothing(me.person.user), me.store.writing(me.actor) as session:
            audit.record_event(session, "own_password", about=("person", str(me.person.id)))
            ring.set_password(me.keys, me.person.user, new, kdf)
