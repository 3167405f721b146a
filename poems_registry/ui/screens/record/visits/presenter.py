"""The tab of visits decides: which two stand side by side, what is marked as entered in error and counts again."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import InvalidInput, RegistryError
from poems_registry.domain.names import formal
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, PatientFile, Person
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import identity_of
from poems_registry.ui.reasons import Act, ReasonShown
from poems_registry.ui.screens.record.visits.comparing import (
    ComparisonShown,
    comparable,
    comparison_shown,
    partner_of,
)
from poems_registry.ui.tasks import Tasks
from poems_registry.ui.visit_words import KIND_WORDS


class Desk(Protocol):
    """Who works here, and whether anything can be saved."""

    @property
    def today(self) -> date: ...
    @property
    def person(self) -> Person: ...
    @property
    def read_only(self) -> bool: ...
    def may(self, permission: Permission) -> bool: ...


class Visits(Protocol):
    """What is needed of `VisitService`."""

    @property
    def signed_in(self) -> Desk: ...
    def mark_in_error(self, encounter_id: int, patient_id: int, version: int, reason: str) -> Changed: ...
    def take_back_error(self, encounter_id: int, patient_id: int, version: int, reason: str) -> Changed: ...


class View(Protocol):
    """What the tab can show; none of it decides."""

    def show_comparison(self, shown: ComparisonShown) -> None: ...
    def ask_reason(self, reason: ReasonShown) -> None: ...
    def refuse_reason(self, words: str) -> None: ...
    def close_reason(self) -> None: ...
    def say(self, message: Message | None) -> None: ...


class VisitsTabPresenter:
    """Works on the record that is open (`show_file`); `view` gives the tab when it is first wanted."""

    def __init__(self, view: Callable[[], View], visits: Visits, tasks: Tasks, feed: ChangeFeed) -> None:
        self._view, self._visits, self._tasks, self._feed = view, visits, tasks, feed
        self._file: PatientFile | None = None
        self._asked: Encounter | None = None

    def show_file(self, file: PatientFile, today: date, *, may_record: bool) -> None:
        """Another record, or this one as it is now."""
        self._file = file

    def may_correct(self, encounter_id: int) -> bool:
        """Whether this person may mark this as entered in error: who may sign, and whoever closed it of a contact."""
        desk, found = self._visits.signed_in, self._found(encounter_id)
        own = found is not None and found.kind.is_contact and found.author_id == desk.person.id
        may = desk.may(Permission.SIGN) or (own and desk.may(Permission.RECORD_CLINICAL))
        return may and not desk.read_only

    def compare(self, encounter_id: int) -> None:
        """This visit or contact beside the one of its kind before it."""
        if self._file is not None:
            self.compare_these(encounter_id, partner_of(comparable(self._file, encounter_id), encounter_id))

    def compare_these(self, one: int, other: int) -> None:
        """These two visits."""
        if self._file is not None:
            shown = comparison_shown(self._file, one, other, self._visits.signed_in.today)
            self._view().show_comparison(shown)

    def ask(self, act: Act, encounter_id: int) -> None:
        """Why it was entered in error, or counts again."""
        found = self._found(encounter_id)
        if found is not None and self._file is not None and self.may_correct(encounter_id):
            self._asked = found
            self._view().ask_reason(_reason(act, found, self._file, self._visits.signed_in.today))

    def give_reason(self, act: Act, reason: str) -> None:
        """It was given: do it."""
        encounter = self._asked
        if encounter is None:
            return
        if not reason.strip():
            self._view().refuse_reason(tr("Say why, in a few words: it is kept with it."))
            return
        mark = self._visits.mark_in_error if act is Act.ERROR else self._visits.take_back_error
        self._tasks.run(
            lambda: mark(encounter.id, encounter.patient_id, encounter.version, reason), self._done, self._refused
        )

    def _done(self, changed: Changed) -> None:
        self._asked = None
        self._view().close_reason()
        self._view().say(None)
        self._feed.publish(changed)

    def _refused(self, error: RegistryError) -> None:
        if isinstance(error, InvalidInput) and "reason" in error.problems:
            self._view().refuse_reason(error.problems["reason"])
            return
        self._view().close_reason()
        self._view().say(message_for(error))

    def _found(self, encounter_id: int) -> Encounter | None:
        encounters = self._file.encounters if self._file is not None else ()
        return next((each for each in encounters if each.id == encounter_id), None)


def _reason(act: Act, encounter: Encounter, file: PatientFile, today: date) -> ReasonShown:
    name = formal(file.patient.family_name, file.patient.given_name)
    kind = tr(KIND_WORDS[encounter.kind])
    what = tr("{kind} of {day}", kind=kind, day=show_date(encounter.on))
    who = identity_of(file.patient, today, clinical=True)
    label = tr("Reason, kept with it")
    clinic = encounter.kind is EncounterKind.CLINIC
    if act is Act.ERROR:
        words = tr("It is kept and can be shown, but it counts nowhere from now on.")
        if clinic and encounter.state is EncounterState.SIGNED:
            words += " " + tr("Its letters are withdrawn with this reason.")
            words += " " + tr("To change single values, open the visit and amend it instead.")
        title = tr("{what}: entered in error?", what=what)
        return ReasonShown(act, who, title, words, tr("Entered in error for {who}", who=name), label)
    words = tr("It counts again. That it was marked, and why, stays in the audit.")
    if clinic and encounter.signature is not None:
        words += " " + tr("Its letters stay withdrawn: write a new one.")
    title, button = tr("{what}: count it again?", what=what), tr("Count again for {who}", who=name)
    return ReasonShown(act, who, title, words, button, label)
