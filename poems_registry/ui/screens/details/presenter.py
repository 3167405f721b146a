"""The decisions of the details form: new or known, checked while typed and all at once, nobody entered twice."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import InvalidInput, RegistryError, StaleRecord
from poems_registry.domain.names import formal
from poems_registry.domain.records import Patient
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.patients import LookAlikes
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.details.alike import Comparison, compared
from poems_registry.ui.screens.details.fields import FIELDS, Field, Kind, Section, sections_for
from poems_registry.ui.screens.details.reading import Answer, read_field, read_patient, texts_of
from poems_registry.ui.tasks import Tasks


class Me(Protocol):
    """What matters here of the person who is signed in."""

    @property
    def today(self) -> date: ...
    @property
    def training(self) -> bool: ...
    @property
    def read_only(self) -> bool: ...
    def may(self, permission: Permission) -> bool: ...


class People(Protocol):
    """What the form needs of `PatientService`."""

    @property
    def signed_in(self) -> Me: ...
    def who(self, patient_id: int) -> Patient: ...
    def add(self, patient: Patient, *, another_person: bool = False) -> tuple[Patient, Changed]: ...
    def change(self, patient: Patient) -> tuple[Patient, Changed]: ...


class Navigator(Protocol):
    """Where one can go from here."""

    def patients(self) -> None: ...
    def patient(self, patient_id: int) -> None: ...
    def show_patient(self, patient: Patient) -> None: ...
    def say_saved(self, words: str) -> None: ...


class DetailsView(Protocol):
    """What the form can show."""

    def show_form(
        self, title: str, sections: Sequence[Section], texts: Mapping[str, str], new: bool, editable: bool
    ) -> None: ...
    def show_text(self, code: str, text: str) -> None: ...
    def show_answer(self, code: str, answer: Answer) -> None: ...
    def show_summary(self, problems: Sequence[tuple[str, str, str]]) -> None: ...
    def show_alike(self, comparison: Comparison | None) -> None: ...
    def show_changed(self, changed: bool) -> None: ...
    def focus_field(self, code: str) -> None: ...
    def say(self, message: Message | None) -> None: ...
    def busy(self, words: str) -> None: ...


Unsaved = dict[int, tuple[Patient, dict[str, str], dict[str, str]]]
"""By patient (0: a new one) what the record said, what the form began with, and what was typed over it."""


class DetailsPresenter:
    """One form for adding a person and for changing one; what was typed stays until it is saved or taken back."""

    def __init__(
        self,
        view: DetailsView,
        people: People,
        tasks: Tasks,
        feed: ChangeFeed,
        navigator: Navigator,
        kept: Unsaved | None = None,
    ) -> None:
        self._view, self._people, self._tasks, self._feed, self._navigator = view, people, tasks, feed, navigator
        self._before = Patient()
        self._start: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._kept: Unsaved = {} if kept is None else kept
        self._asked = 0
        self._busy = self._visible = False
        self._unlisten = feed.listen(self._changed)

    def add(self) -> None:
        """An empty form, or what was typed into it before and not saved."""
        self._asked += 1
        self._visible = True
        self._idle()
        self._show(Patient())
        self._view.focus_field("family_name")

    def open(self, patient_id: int, field: str = "") -> None:
        """A known person's details; the look at them is audited. `field` gets the focus."""
        self._visible = True
        asked = self._begin(tr("Opening…"))

        def found(patient: Patient) -> None:
            if asked == self._asked:
                self._idle()
                self._show(patient)
                self._view.focus_field(field if field in FIELDS else "family_name")

        self._tasks.run(lambda: self._people.who(patient_id), found, _Refuse(self, asked))

    def shown(self) -> None:
        """The form is as it was left."""
        self._visible = True

    def leave(self) -> None:
        """Another screen comes: what was typed and not saved is kept until one comes back."""
        self._visible = False
        self._keep()

    def close(self) -> None:
        """The registry is locked."""
        self._asked += 1
        self._unlisten()

    def typed(self, code: str, text: str) -> None:
        """A key in a field: what was wrong with it is not shown any more until the field is left."""
        self._texts[code] = text
        self._view.show_answer(code, Answer(text=text))
        self._view.show_changed(self._is_changed())

    def left(self, code: str) -> None:
        """A field is done with: write it tidily, or say what is wrong."""
        answer = self._read(code)
        if not answer.problem and answer.text != self._texts.get(code, "") and FIELDS[code].kind is not Kind.LINES:
            self._texts[code] = answer.text
            self._view.show_text(code, answer.text)
        self._view.show_answer(code, answer)
        if code == "born" and self._texts.get("nhs_number"):
            self._view.show_answer("nhs_number", self._read("nhs_number"))

    def chosen(self, code: str, answer: str) -> None:
        """An answer was chosen, or a date among the two that were meant."""
        self._texts[code] = answer
        if FIELDS[code].kind is Kind.DATE:
            self._view.show_text(code, answer)
        self._view.show_answer(code, self._read(code))
        self._view.show_changed(self._is_changed())

    def save(self) -> None:
        """Check everything, then save; problems are told all at once."""
        self._save(another_person=False)

    def another_person(self) -> None:
        """The person typed is none of those shown beside it."""
        self._view.show_alike(None)
        self._save(another_person=True)

    def open_that(self, patient_id: int) -> None:
        """The person is in the registry already: open the record; what was typed is kept."""
        self._view.show_alike(None)
        self._keep()
        self._navigator.patient(patient_id)

    def back_to_form(self) -> None:
        """Look at what was typed again."""
        self._view.show_alike(None)

    def take_back(self) -> None:
        """Away with what was typed: a new form is left, a known one is as it was."""
        if self._busy:
            return
        self._kept.pop(self._before.id, None)
        self._texts = dict(self._start)
        if self._before.id:
            self._show(self._before)
        else:
            self._navigator.patients()

    def _save(self, *, another_person: bool) -> None:
        if self._busy or not self._editable():
            return
        signed_in = self._people.signed_in
        reading = read_patient(self._texts, self._before, signed_in.today, training=signed_in.training)
        self._tell(reading.problems)
        self._view.say(None)
        if reading.problems:
            return
        patient, key, new = reading.patient, self._before.id, not self._before.id
        sent = dict(self._texts)
        asked = self._begin(tr("Saving…"))

        def work() -> tuple[Patient, Changed]:
            return self._people.add(patient, another_person=another_person) if new else self._people.change(patient)

        def saved(answer: tuple[Patient, Changed]) -> None:
            self._kept.pop(key, None)
            self._feed.publish(answer[1])  # others must hear of it even if this screen was left
            if asked == self._asked:
                self._idle()
                self._saved(answer[0], new)
            elif self._before.id == key and self._texts == sent:
                self._show(Patient() if new else answer[0])  # one came back before the answer: it is saved now

        def refused(error: RegistryError) -> None:
            if asked == self._asked:
                self._idle()
                self._refused(error, patient)

        self._tasks.run(work, saved, refused)

    def _saved(self, patient: Patient, new: bool) -> None:
        self._texts, self._start = {}, {}
        name = formal(patient.family_name, patient.given_name) or patient.study_number
        words = tr("Added {name}", name=name) if new else tr("Details of {name} saved", name=name)
        self._navigator.say_saved(words)
        if new:
            self._navigator.patient(patient.id)
        else:
            self._show(patient)

    def _refused(self, error: RegistryError, patient: Patient) -> None:
        if isinstance(error, InvalidInput):
            self._tell(error.problems)
        elif isinstance(error, LookAlikes):
            self._view.show_alike(compared(patient, error.candidates))
        elif isinstance(error, StaleRecord):
            self._meet_theirs()
        else:
            self._view.say(message_for(error))

    def _meet_theirs(self) -> None:
        """Somebody saved first: their changes are shown, ours are kept, and where both differ the person decides."""
        asked = self._begin(tr("Opening…"))
        patient_id, ours, start = self._before.id, dict(self._texts), dict(self._start)

        def found(theirs: Patient) -> None:
            if asked != self._asked:
                return
            self._idle()
            said = texts_of(theirs)
            self._before, self._start = theirs, said
            mine = {code: text for code, text in ours.items() if text != start.get(code, "")}
            self._texts = said | mine
            self._show_form()
            for code, text in mine.items():
                if said[code] not in (start.get(code, ""), text):
                    words = tr("Someone else wrote meanwhile: {words}", words=said[code] or tr("nothing"))
                    self._view.show_answer(code, Answer(text=text, note=words, doubt=True))
            cause = tr("Someone else changed this record after you opened it.")
            self._view.say(
                Message(cause, tr("Their changes are shown, yours are kept. Look at both, then save again."))
            )

        self._tasks.run(lambda: self._people.who(patient_id), found, _Refuse(self, asked))

    def _show(self, patient: Patient) -> None:
        kept = self._kept.pop(patient.id, None)
        self._before, self._start = patient, texts_of(patient)
        if not patient.id:
            # No default for what only a person may say (nhs.md 2.5, 2.7): the allergies' state is an act.
            self._start |= {"allergy_state": "", "status": "referred"}
        self._texts = dict(self._start)
        if patient.id and self._visible:
            self._navigator.show_patient(patient)
        if kept is not None:
            self._before, self._start, self._texts = kept
        self._show_form()
        self._view.say(
            Message(tr("What you typed before is here again."), tr("It is not saved yet."))
            if kept is not None
            else None
        )

    def _show_form(self) -> None:
        name = formal(self._before.family_name, self._before.given_name, self._before.title)
        title = tr("Details") if self._before.id else tr("Add patient")
        clinical = self._people.signed_in.may(Permission.VIEW_CLINICAL)
        sections = [_with_answers(section, self._texts) for section in sections_for(clinical=clinical)]
        heading = f"{title}, {name}" if name and self._before.id else title
        self._view.show_form(heading, sections, self._texts, new=not self._before.id, editable=self._editable())
        self._view.show_alike(None)
        self._view.show_summary(())
        for code in ("born", "nhs_number"):
            if self._texts.get(code):
                self._view.show_answer(code, self._read(code))
        self._view.show_changed(self._is_changed())

    def _tell(self, problems: Mapping[str, str]) -> None:
        """Beside each field, and all of them on top."""
        for code in FIELDS:
            answer = self._read(code)
            words = problems.get(code, "")
            self._view.show_answer(code, replace(answer, problem=words) if words else replace(answer, problem=""))
        summary = [(code, tr(field.label), problems[code]) for code, field in FIELDS.items() if code in problems]
        self._view.show_summary(summary + [("", "", words) for code, words in problems.items() if code not in FIELDS])

    def _read(self, code: str) -> Answer:
        signed_in = self._people.signed_in
        return read_field(code, self._texts, signed_in.today, training=signed_in.training)

    def _editable(self) -> bool:
        signed_in = self._people.signed_in
        return signed_in.may(Permission.EDIT_DEMOGRAPHICS) and not signed_in.read_only

    def _is_changed(self) -> bool:
        return self._texts != self._start

    def _keep(self) -> None:
        if self._is_changed():
            self._kept[self._before.id] = (self._before, dict(self._start), dict(self._texts))

    def _changed(self, changed: Changed) -> None:
        """Somebody's save, perhaps our own: an untouched form is shown anew."""
        concerned = self._visible and self._before.id and changed.concerns(self._before.id)
        if concerned and not self._busy and not self._is_changed():
            self.open(self._before.id)

    def refused(self, asked: int, error: RegistryError) -> None:
        """Say why, if somebody still waits."""
        if asked == self._asked:
            self._idle()
            self._view.say(message_for(error))

    def _begin(self, words: str) -> int:
        self._asked += 1
        self._busy = True
        self._view.busy(words)
        return self._asked

    def _idle(self) -> None:
        self._busy = False
        self._view.busy("")
        self._view.show_changed(self._is_changed())


class _Refuse:
    """Tells a refusal to the presenter with the number of the question it answers."""

    def __init__(self, presenter: DetailsPresenter, asked: int) -> None:
        self._presenter, self._asked = presenter, asked

    def __call__(self, error: RegistryError) -> None:
        self._presenter.refused(self._asked, error)


def _with_answers(section: Section, texts: Mapping[str, str]) -> Section:
    """Lists also hold what was recorded before the list was made: nothing on record is unsayable."""
    return replace(section, fields=tuple(_with_answer(each, texts.get(each.code, "")) for each in section.fields))


def _with_answer(field: Field, text: str) -> Field:
    if field.kind is not Kind.LIST or text in dict(field.answers):
        return field
    return replace(field, answers=(*field.answers, (text, text)))
