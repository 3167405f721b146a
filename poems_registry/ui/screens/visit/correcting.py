"""The visit's presenter where a signed visit is corrected: amend, entered in error, versions, two people. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.drafts import VisitDraft
from poems_registry.domain.errors import InvalidInput, RegistryError
from poems_registry.domain.merging import Side
from poems_registry.domain.records import Encounter
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.corrections import AmendedElsewhere
from poems_registry.services.visits import OpenVisit
from poems_registry.ui.errors import message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.reasons import Act
from poems_registry.ui.screens.visit import correcting_telling as telling
from poems_registry.ui.screens.visit.correcting_shown import NoteAct
from poems_registry.ui.screens.visit.form import VisitForm
from poems_registry.ui.screens.visit.meeting import Meeting, two_amendments, two_places
from poems_registry.ui.screens.visit.opening import identity
from poems_registry.ui.screens.visit.ports import CorrectionsView, Visits
from poems_registry.ui.tasks import Tasks


class Presenter(Protocol):
    """What is asked of the visit's own presenter."""

    def open(self, encounter_id: int) -> None: ...
    def open_again(self, encounter_id: int) -> None: ...
    def open_amended(self, encounter_id: int) -> None: ...
    def look_at(self, encounter_id: int, number: int) -> None: ...
    def ask_discard(self) -> None: ...
    def refuse(self, cause: str, rest: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What is worked with: shared with the presenter this belongs to."""

    view: CorrectionsView
    visits: Visits
    tasks: Tasks
    feed: ChangeFeed


class Correcting:
    """Acts on the visit that is open; each that changes something opens it again as it is then."""

    def __init__(self, form: Callable[[], VisitForm | None], desk: Desk, presenter: Presenter) -> None:
        self._form, self._desk, self._presenter = form, desk, presenter
        self._opened: OpenVisit | None = None
        self._reason = ""
        self._meeting: Meeting | None = None

    # --- what is shown of it ---

    def show(self, opened: OpenVisit) -> None:
        """The note above the visit, and the question where somebody else amended the same version."""
        self._opened, self._meeting = opened, None
        self._desk.view.show_note(telling.note(opened, may_take_back=self._may(opened)))
        amendment = opened.amendment
        if amendment is not None and amendment.number != opened.encounter.version_number:
            theirs, visits = opened.encounter, self._desk.visits
            self._meet(
                two_amendments(
                    opened.file,
                    amendment.base,
                    opened.draft,
                    theirs,
                    lambda draft: visits.settle(theirs.id, theirs.patient_id, theirs.version_number, draft),
                )
            )

    def went_on_elsewhere(self, form: VisitForm, base: VisitDraft) -> None:
        """The same person typed into the same draft at another PC: ask, field by field."""
        visits, encounter, mine = self._desk.visits, form.encounter, form.draft

        def found(opened: OpenVisit) -> None:
            def keep(draft: VisitDraft) -> object:
                return visits.keep(encounter.id, encounter.patient_id, draft, opened.saved_at)

            if form is self._form():
                self._meet(two_places(opened, base, mine, keep))

        self._desk.tasks.run(lambda: visits.open(encounter.id), found, self._refused)

    def clear(self) -> None:
        """Another visit is being opened."""
        self._opened = self._meeting = None
        self._desk.view.show_note(None)

    def may_correct(self, opened: OpenVisit) -> bool:
        """Whether this person may amend it or mark it, as it stands here."""
        free = opened.amendment is None and telling.is_newest(opened)
        return self._may(opened) and free and telling.can_be_corrected(opened.encounter)

    @property
    def looks_back(self) -> bool:
        """Whether an earlier version is looked at, which nothing changes any more."""
        return self._opened is not None and bool(self._opened.shown_version)

    def reason(self) -> str:
        """Why this visit is being amended; empty for a visit that was never signed."""
        amendment = self._opened.amendment if self._opened is not None else None
        return amendment.reason if amendment is not None else ""

    # --- what a person does ---

    def ask(self, act: Act) -> None:
        """Why?"""
        form = self._form()
        if form is not None:
            self._desk.view.ask_reason(telling.reason_shown(act, form))

    def give_reason(self, act: Act, reason: str) -> None:
        """It was given: do it."""
        form = self._form()
        if form is None:
            return
        if not reason.strip():
            self._desk.view.refuse_reason(tr("Say why, in a few words: it is kept with the visit."))
            return
        self._reason = reason
        if act is Act.AMEND:
            self._amend(form.encounter, beside=False)
        else:
            self._mark(form.encounter, act)

    def amend_beside(self) -> None:
        """Somebody else amends; this person will too, and chooses field by field if both sign."""
        form = self._form()
        if form is not None:
            self._amend(form.encounter, beside=True)

    def act(self, act: NoteAct) -> None:
        """From the note above the visit."""
        opened = self._opened
        if opened is None:
            return
        if act is NoteAct.VERSIONS:
            self.list_versions()
        elif act is NoteAct.NEWEST:
            self._presenter.open(opened.encounter.id)
        elif act is NoteAct.TAKE_BACK:
            self.ask(Act.TAKE_BACK)
        else:
            self._presenter.ask_discard()

    def list_versions(self) -> None:
        """All of them, with what each changed."""
        form = self._form()
        if form is None:
            return
        encounter, visits = form.encounter, self._desk.visits
        numbers = [*(each.number for each in encounter.earlier), encounter.version_number]
        self._desk.tasks.run(
            lambda: [visits.version(encounter.id, number).encounter for number in numbers],
            lambda versions: self._listed(form, versions),
            self._refused,
        )

    def look_at(self, number: int) -> None:
        """One of them, as it was signed."""
        if self._opened is not None:
            self._presenter.look_at(self._opened.encounter.id, number)

    def settled(self, choices: dict[str, Side]) -> None:
        """Where both changed a field one value was chosen: go on from there, on top of theirs."""
        meeting, self._meeting = self._meeting, None
        if meeting is None:
            return
        self._keep(meeting, meeting.settled(choices))

    # --- inside ---

    def _may(self, opened: OpenVisit) -> bool:
        signed_in = self._desk.visits.signed_in
        return (opened.own_contact or signed_in.may(Permission.SIGN)) and not signed_in.read_only

    def _meet(self, meeting: Meeting) -> None:
        if meeting.merge.clashes:
            self._meeting = meeting
            self._desk.view.ask_conflict(meeting.shown(self._desk.visits.signed_in.today))
        else:
            self._keep(meeting, meeting.settled({}))

    def _keep(self, meeting: Meeting, draft: VisitDraft) -> None:
        form = self._form()
        if form is not None:
            encounter_id = form.encounter.id
            self._desk.tasks.run(
                lambda: meeting.keep(draft), lambda _: self._presenter.open_again(encounter_id), self._refused
            )

    def _amend(self, encounter: Encounter, *, beside: bool) -> None:
        visits, reason = self._desk.visits, self._reason

        def begun(_: None) -> None:
            self._desk.view.close_reason()
            self._desk.feed.publish(_touched(encounter))
            self._presenter.open_amended(encounter.id)

        def refused(error: RegistryError) -> None:
            form = self._form()
            if isinstance(error, AmendedElsewhere) and form is not None:
                self._desk.view.close_reason()
                self._desk.view.ask_beside(identity(form), message_for(error), tr("Amend all the same"))
            else:
                self._refused_reason(error)

        self._desk.tasks.run(
            lambda: visits.begin_amendment(encounter.id, encounter.patient_id, reason, beside=beside), begun, refused
        )

    def _mark(self, encounter: Encounter, act: Act) -> None:
        visits, reason = self._desk.visits, self._reason
        mark = visits.mark_in_error if act is Act.ERROR else visits.take_back_error

        def done(changed: Changed) -> None:
            self._desk.view.close_reason()
            self._desk.feed.publish(changed)
            self._presenter.open(encounter.id)

        self._desk.tasks.run(
            lambda: mark(encounter.id, encounter.patient_id, encounter.version, reason), done, self._refused_reason
        )

    def _refused_reason(self, error: RegistryError) -> None:
        if isinstance(error, InvalidInput) and "reason" in error.problems:
            self._desk.view.refuse_reason(error.problems["reason"])
            return
        self._desk.view.close_reason()
        self._refused(error)

    def _refused(self, error: RegistryError) -> None:
        message = message_for(error)
        self._presenter.refuse(message.cause, message.rest)

    def _listed(self, form: VisitForm, versions: list[Encounter]) -> None:
        today = self._desk.visits.signed_in.today
        self._desk.view.list_versions(telling.versions_shown(form, versions, today))


def _touched(encounter: Encounter) -> Changed:
    return Changed(patients=frozenset({encounter.patient_id}), encounters=frozenset({encounter.id}))
