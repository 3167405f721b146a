"""The decisions of the people page: who is listed, who is added, what somebody may do, a password given anew."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from poems_registry.domain.access import DEFAULTS, Permission, Role
from poems_registry.domain.errors import InvalidInput, RegistryError, WrongPassword
from poems_registry.domain.passwords import problem_with
from poems_registry.domain.records import Person
from poems_registry.services.registry import NewPerson
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.admin.shown import PersonForm, PersonRow, PersonTyped, Right
from poems_registry.ui.screens.admin.telling import form_of, person_row, rights_of
from poems_registry.ui.tasks import Tasks

LEAST_KEEPERS = 2


class Staff(Protocol):
    """What is needed of `StaffService`."""

    def everyone(self) -> tuple[Person, ...]: ...
    def add(self, person: NewPerson) -> Person: ...
    def change(self, seen: Person, wanted: Person) -> Person: ...
    def give_password(self, user: str, password: str, own_password: str) -> None: ...


class View(Protocol):
    """What the page and its forms can show."""

    def show_people(self, rows: Sequence[PersonRow], words: str, warning: str) -> None: ...
    def ask_person(self, form: PersonForm) -> None: ...
    def ask_password(self, user: str, name: str) -> None: ...
    def show_rights(self, rights: Sequence[Right]) -> None: ...
    def offer_phrase(self, phrase: str) -> None: ...
    def judge(self, words: str, good: bool) -> None: ...
    def mark(self, problems: Mapping[str, str]) -> None: ...
    def busy(self, words: str) -> None: ...
    def close_form(self) -> None: ...
    def say(self, message: Message | None) -> None: ...


class PeoplePresenter:
    """Loads the people; everything that may be refused is refused by the service and said here."""

    def __init__(
        self,
        view: View,
        staff: Staff,
        tasks: Tasks,
        me: str,
        phrase: Callable[[], str],
        saved: Callable[[str], None],
    ) -> None:
        """`me` is the user name of who is signed in; `saved` says in the status line what was kept."""
        self._view, self._staff, self._tasks, self._me = view, staff, tasks, me
        self._phrase, self._saved = phrase, saved
        self._people: dict[str, Person] = {}
        self._asked = 0
        self._open: Person | None = None

    def load(self) -> None:
        """Everybody, active first."""
        self._asked += 1
        asked = self._asked

        def loaded(everyone: tuple[Person, ...]) -> None:
            if asked == self._asked:
                self._people = {person.user: person for person in everyone}
                self._show()

        self._tasks.run(self._staff.everyone, loaded, lambda error: self._view.say(message_for(error)))

    def leave(self) -> None:
        """Late answers are not for this page."""
        self._asked += 1

    def add(self) -> None:
        """An empty form."""
        self._open = None
        self._view.ask_person(PersonForm(rights=rights_of(Role.NURSE, DEFAULTS[Role.NURSE])))

    def opened(self, user: str) -> None:
        """Somebody's form."""
        self._open = self._people[user]
        self._view.ask_person(form_of(self._open, self._me))

    def role_chosen(self, role: str) -> None:
        """Another role brings its own rights; those given one by one have to be given again."""
        chosen = Role(role)
        self._view.show_rights(rights_of(chosen, DEFAULTS[chosen]))

    def password_typed(self, name: str, user: str, password: str) -> None:
        """Judge a password while it is typed."""
        problem = problem_with(password, names=(user, name)) if password else ""
        if problem is None:
            self._view.judge(tr("This password can be used."), good=True)
        else:
            self._view.judge(problem or tr("At least 15 characters, or five words."), good=False)

    def suggest(self) -> None:
        """Offer five words."""
        self._view.offer_phrase(self._phrase())

    def save(self, typed: PersonTyped) -> None:
        """Add or change somebody."""
        self._view.mark({})
        if self._open is None:
            self._add(typed)
            return
        seen = self._open
        wanted = replace(
            seen,
            name=typed.name.strip(),
            role=Role(typed.role),
            profession=typed.profession.strip(),
            registration=typed.registration.strip(),
            active=typed.active,
            permissions=frozenset(Permission(code) for code in typed.rights),
        )
        if wanted == seen:
            self._view.close_form()
            return
        self._do(lambda: self._staff.change(seen, wanted), self._changed, tr("Saving…"))

    def password(self) -> None:
        """Ask for a new password for whoever is on the form."""
        if self._open is not None:
            self._view.ask_password(self._open.user, self._open.name)

    def give_password(self, user: str, password: str, own: str) -> None:
        """Set it."""
        problems = {}
        if not own:
            problems["own"] = tr("is empty: type your own password too")
        problem = problem_with(password, names=(user, self._people[user].name))
        if problem:
            problems["password"] = problem
        self._view.mark(problems)
        if problems:
            return
        words = tr("New password set for {name}", name=self._people[user].name)
        self._do(lambda: self._staff.give_password(user, password, own), lambda _: self._done(words), tr("Saving…"))

    def _add(self, typed: PersonTyped) -> None:
        problems = {}
        for name, text in (("name", typed.name), ("user", typed.user)):
            if not text.strip():
                problems[name] = tr("is empty")
        problem = problem_with(typed.password, names=(typed.user, typed.name))
        if problem:
            problems["password"] = problem
        self._view.mark(problems)
        if problems:
            return
        role, wanted = Role(typed.role), frozenset(Permission(code) for code in typed.rights)
        new = NewPerson(
            typed.user.strip(), typed.name.strip(), role, typed.password, typed.profession.strip(),
            typed.registration.strip(),
        )  # fmt: skip

        def added() -> Person:
            person = self._staff.add(new)
            if wanted == person.permissions:
                return person
            return self._staff.change(person, replace(person, permissions=wanted))

        self._do(added, self._changed, tr("Making the key…"))

    def _do(self, work: Callable[[], object], done: Callable[..., None], words: str) -> None:
        self._view.busy(words)
        self._tasks.run(work, done, self._refused)

    def _changed(self, person: Person) -> None:
        self._done(tr("{name} saved", name=person.name))

    def _done(self, words: str) -> None:
        self._view.busy("")
        self._view.close_form()
        self._view.say(None)
        self._saved(words)
        self.load()

    def _refused(self, error: RegistryError) -> None:
        self._view.busy("")
        if isinstance(error, WrongPassword):
            self._view.mark({"own": str(error)})
        elif isinstance(error, InvalidInput):
            self._view.mark({field.split(" ")[0]: words for field, words in error.problems.items()})
        else:
            self._view.mark({"": str(error)})
            self.load()

    def _show(self) -> None:
        rows = [person_row(person, self._me) for person in self._people.values()]
        keepers = [row for row in rows if row.manages]
        inside = sum(row.active for row in rows)
        words = tr_count("{count} may sign in", "{count} may sign in", inside)
        warning = ""
        if len(keepers) < LEAST_KEEPERS:
            warning = tr(
                "Only one person can manage people and keys. Give a second one the right, for when they are away."
            )
        self._view.show_people(rows, words, warning)
