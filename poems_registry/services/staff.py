"""Who may sign in and what they may do: list, add, grant, revoke; two people at least can always manage the keys."""

from collections.abc import Callable
from dataclasses import replace

from poems_registry.domain.access import DEFAULTS, PERMISSION_WORDS, Permission
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotFound, StaleRecord
from poems_registry.domain.passwords import problem_with
from poems_registry.domain.records import Person
from poems_registry.services.access import Service, needs
from poems_registry.services.places import place_of
from poems_registry.services.registry import NewPerson, refuse_weak
from poems_registry.storage import audit, people
from poems_registry.storage.unit_of_work import Session
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
            self._give(added.user, person.password, kdf)  # over a slot left of a try whose last step failed
        return added

    @needs(Permission.MANAGE)
    def allow(self, user: str, permission: str, *, granted: bool) -> Person:
        """Grant or revoke one permission; refused if fewer than two people could manage afterwards."""
        if permission not in tuple(Permission):
            raise InvalidInput({"permission": f"is one of {', '.join(PERMISSION_WORDS)}"})
        change = {Permission(permission)}
        me = self.signed_in
        with me.store.writing(me.actor) as session:
            people.hold_all(session)
            person = self._known(session, user)
            wanted = person.permissions | change if granted else person.permissions - change
            return self._kept(session, person, replace(person, permissions=wanted))

    @needs(Permission.MANAGE)
    def change(self, seen: Person, wanted: Person) -> Person:
        """Change name, role, permissions or whether somebody may sign in. StaleRecord if `seen` is true no more.

        Whoever may not sign in any more loses the password too; a new one is given when they come back. NotAllowedNow
        for taking one's own way in, or if fewer than two people could manage afterwards. InvalidInput for no name.
        """
        me = self.signed_in
        if not wanted.name.strip():
            raise InvalidInput({"name": "is empty: letters and the audit name people by it"})
        if wanted.id == me.person.id and not (wanted.active and Permission.MANAGE in wanted.permissions):
            raise NotAllowedNow(
                "Nobody takes away their own way in, or their own right to manage people. Nothing was changed; another"
                " administrator can."
            )
        with me.store.writing(me.actor) as session:
            people.hold_all(session)
            now = self._known(session, seen.user)
            if now != seen:
                raise StaleRecord
            saved = self._kept(session, now, replace(wanted, id=now.id, user=now.user))
            ring = self._ring()
            if not saved.active and saved.user in ring.users:
                ring.remove_user(saved.user)
        return saved

    @needs(Permission.MANAGE)
    def give_password(self, user: str, password: str, own_password: str, cost: Callable[[], Kdf] = tune) -> None:
        """A new password for somebody who forgot theirs or came back; the giver's own is asked again.

        WrongPassword for the giver's; InvalidInput for one too easily guessed, or somebody who may not sign in.
        """
        me = self.signed_in
        me.confirm(own_password)
        kdf = cost()
        with self._ring().all_or_nothing(user), me.store.writing(me.actor) as session:
            person = self._known(session, user)
            if not person.active:
                raise InvalidInput({"user": "may not sign in: allow that first"})
            problem = problem_with(password, names=(person.user, person.name))
            if problem:
                raise InvalidInput({"password": problem})
            audit.record_event(session, "new_password", about=("person", str(person.id)))
            self._give(person.user, password, kdf)

    def _known(self, session: Session, user: str) -> Person:
        person = people.find(session, user)
        if person is None:
            raise NotFound("Nobody of this user name is in the registry. Nothing was changed.")
        return person

    def _kept(self, session: Session, before: Person, wanted: Person) -> Person:
        """Saved, unless too few could manage afterwards."""
        saved = people.save(session, wanted)
        keepers = [p for p in people.everyone(session) if _keeps(p)]
        if _keeps(before) and not _keeps(saved) and len(keepers) < LEAST_KEEPERS:
            raise NotAllowedNow("Two people at least must be able to manage people and keys. Nothing was changed.")
        return saved

    def _give(self, user: str, password: str, kdf: Kdf) -> None:
        ring = self._ring()
        give = ring.set_password if user in ring.users else ring.add_user
        give(self.signed_in.keys, user, password, kdf)

    def _ring(self) -> KeyRing:
        me = self.signed_in
        return KeyRing(place_of(me.place).keys, me.clock.now)


def _keeps(person: Person) -> bool:
    return person.active and Permission.MANAGE in person.permissions
