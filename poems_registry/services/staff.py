"""Who may sign in and what they may do: list, add, grant, revoke; two people at least can always manage the keys."""

from collections.abc import Callable
from dataclasses import replace

from poems_registry.domain.access import DEFAULTS, PERMISSION_WORDS, Permission
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotFound
from poems_registry.domain.records import Person
from poems_registry.services.access import Service, needs
from poems_registry.services.places import place_of
from poems_registry.services.registry import NewPerson, refuse_weak
from poems_registry.storage import people
from poems_registry.system.keys import KeyRing
from poems_registry.system.slots import Kdf, tune

LEAST_KEEPERS = 2


class StaffService(Service):
    """The people of this registry."""

    @needs(Permission.MANAGE)
    def everyone(self) -> tuple[Person, ...]:
        """All people, active first, by name."""
        with self.signed_in.store.reading() as session:
            return people.everyone(session)

    @needs(Permission.MANAGE)
    def add(self, person: NewPerson, cost: Callable[[], Kdf] = tune) -> Person:
        """Give somebody access with the permissions of their role. InvalidInput in words, password included.

        `cost` says what guessing the password is to cost on a PC like this one (decision 17).
        """
        refuse_weak([person], training=True)
        me = self.signed_in
        record = Person(
            user=person.user,
            name=person.name,
            role=person.role,
            profession=person.profession,
            registration=person.registration,
            permissions=DEFAULTS[person.role],
        )
        kdf = cost()
        with me.store.writing(me.actor) as session:
            added = people.add(session, record)
            ring = self._ring()
            # a slot that nobody of the registry has is left of a try whose last step failed
            give = ring.set_password if added.user in ring.users else ring.add_user
            give(me.keys, person.user, person.password, kdf)
        return added

    @needs(Permission.MANAGE)
    def allow(self, user: str, permission: str, *, granted: bool) -> Person:
        """Grant or revoke one permission; refused if fewer than two people could manage afterwards."""
        if permission not in tuple(Permission):
            raise InvalidInput({"permission": f"is one of {', '.join(PERMISSION_WORDS)}"})
        change = {Permission(permission)}
        me = self.signed_in
        with me.store.writing(me.actor) as session:
            person = people.find(session, user)
            if person is None:
                raise NotFound("Nobody of this user name is in the registry. Nothing was changed.")
            wanted = person.permissions | change if granted else person.permissions - change
            saved = people.save(session, replace(person, permissions=wanted))
            keepers = [p for p in people.everyone(session) if p.active and Permission.MANAGE in p.permissions]
            if not granted and Permission.MANAGE in change and len(keepers) < LEAST_KEEPERS:
                raise NotAllowedNow("Two people at least must be able to manage people and keys. Nothing was changed.")
        return saved

    def _ring(self) -> KeyRing:
        me = self.signed_in
        return KeyRing(place_of(me.place).keys, me.clock.now)
