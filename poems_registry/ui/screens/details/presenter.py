"""The decisions of the details form: new or known, checked while typed and all at once, nobody entered twice."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from poems_registry.domain.access import Permission
from poems_registry.domain.dates import show_date, show_time
from poems_registry.domain.errors import InvalidInput, RegistryError, StaleRecord
from poems_registry.domain.merging import Side
from poems_registry.domain.names import formal
from poems_registry.domain.records import Patient
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.form_drafts import KeptForm
from poems_registry.services.patients import LookAlikes
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.form_keeping import Forms
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.details.alike import compared
from poems_registry.ui.screens.details.fields import FIELDS, Kind, sections_for, with_answers
from poems_registry.ui.screens.details.keeping import Keeping, key_of
from poems_registry.ui.screens.details.meeting import Meeting, restored
from poems_registry.ui.screens.details.ports import DetailsView, Navigator, People, Practices
from poems_registry.ui.screens.details.practising import CODE, NAME, Practising
from poems_registry.ui.screens.details.reading import Answer, read_field, read_patient, texts_of
from poems_registry.ui.tasks import Tasks


class DetailsPresenter:
    """One form for adding a person and for changing one; what was typed stays until it is saved or taken back."""

    def __init__(
        self,
        view: DetailsView,
        people: People,
        tasks: Tasks,
        feed: ChangeFeed,
        navigator: Navigator,
        forms: Forms,
        practices: Practices | None = None,
    ) -> None:
        self._view, self._people, self._tasks, self._feed, self._navigator = view, people, tasks, feed, navigator
        self._practising = Practising(view, practices, tasks, people.signed_in, self)
        self._keeping = Keeping(forms, tasks, view.remind, self)
        self._before = Patient()
        self._start: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._meeting: Meeting | None = None
        self._asked = 0
        self._busy = self._visible = False
        self._unlisten = feed.listen(self._changed)

    def add(self) -> None:
        """An empty form, or what was typed into it before and not saved."""
        self._visible = True
        asked = self._begin(tr("Opening…"))

        def ready(kept: KeptForm | None) -> None:
            if asked == self._asked:
                self._idle()
                self._show(Patient(), kept)
                self._view.focus_field("family_name")

        self._tasks.run(lambda: self._keeping.find(key_of(0)), ready, _Refuse(self, asked))

    def open(self, patient_id: int, field: str = "") -> None:
        """A known person's details; the look at them is audited. `field` gets the focus."""
        self._visible = True
        asked = self._begin(tr("Opening…"))

        def found(answer: tuple[Patient, KeptForm | None]) -> None:
            if asked == self._asked:
                self._idle()
                self._show(*answer)
                self._view.focus_field(field if field in FIELDS else "family_name")

        self._tasks.run(
            lambda: (self._people.who(patient_id), self._keeping.find(key_of(patient_id))), found, _Refuse(self, asked)
        )

    def shown(self) -> None:
        """The form is as it was left."""
        self._visible = True
        self._keeping.stay()

    def leave(self) -> None:
        """Another screen comes, a lock or the end: what was typed and not saved is kept at once."""
        self._visible = False
        self._keeping.leave()

    @property
    def has_unkept(self) -> bool:
        """Whether something typed is in the registry neither as saved nor as kept (the window waits for it)."""
        return self._keeping.unkept

    def woken(self) -> None:
        """The view's timer ran out."""
        self._keeping.woken()

    def kept(self, at: datetime) -> None:
        """What was typed is in the registry, for this person only."""
        self._navigator.say_saved(tr("Not saved yet, kept {time}", time=show_time(at.astimezone())))

    def not_kept(self, error: RegistryError) -> None:
        """It is not; it stays on the form."""
        self._view.say(message_for(error))

    def close(self) -> None:
        """The registry is locked."""
        self._asked += 1
        self._unlisten()

    def typed(self, code: str, text: str) -> None:
        """A key in a field: what was wrong with it is not shown any more until the field is left."""
        self._texts[code] = text
        self._view.show_answer(code, self._with_list(code, Answer(text=text)))
        if code == NAME:
            self._texts[CODE] = ""
            self._view.show_text(CODE, "")
            self._view.show_answer(CODE, self._with_list(CODE, Answer()))
            self._practising.typed(text)
        self._edited()

    def picked(self, code: str) -> None:
        """A practice of the list was taken."""
        self._practising.picked(code)

    def write(self, texts: Mapping[str, str]) -> None:
        """Put texts in, as if they had been typed."""
        self._texts |= texts
        for code, text in texts.items():
            self._view.show_text(code, text)
            self.tell(code)
        self._edited()

    def tell(self, code: str) -> None:
        """Say beside a field what there is to say of what stands in it."""
        self._view.show_answer(code, self._read(code))

    def left(self, code: str) -> None:
        """A field is done with: write it tidily, or say what is wrong."""
        answer = self._read(code)
        if not answer.problem and answer.text != self._texts.get(code, "") and FIELDS[code].kind is not Kind.LINES:
            self._texts[code] = answer.text
            self._view.show_text(code, answer.text)
            self._edited()
        self._view.show_answer(code, answer)
        if code in (NAME, CODE):
            self._practising.left()
            self._practising.check(self._texts.get(NAME, ""), self._texts.get(CODE, ""))
        if code == "born" and self._texts.get("nhs_number"):
            self._view.show_answer("nhs_number", self._read("nhs_number"))

    def chosen(self, code: str, answer: str) -> None:
        """An answer was chosen, or a date among the two that were meant."""
        self._texts[code] = answer
        if FIELDS[code].kind is Kind.DATE:
            self._view.show_text(code, answer)
        self._view.show_answer(code, self._read(code))
        self._edited()

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
        self._navigator.patient(patient_id)

    def same_person(self, staying_id: int, other_id: int) -> None:
        """Two records are one person: compare and join them. What was typed over one of them is taken back first."""
        if self._busy:
            return
        self._view.show_alike(None)
        patient_id = self._before.id
        if not patient_id:
            self._navigator.join(staying_id, other_id)
            return
        self._keeping.settled()
        self._texts = dict(self._start)

        def forgotten(_: None) -> None:
            self._navigator.join(staying_id, other_id)

        self._tasks.run(lambda: self._keeping.unkeep(key_of(patient_id)), forgotten, _Refuse(self, self._asked))

    def back_to_form(self) -> None:
        """Look at what was typed again."""
        self._view.show_alike(None)

    def take_back(self) -> None:
        """Away with what was typed: a new form is left, a known one is as it was."""
        if self._busy:
            return
        patient_id = self._before.id
        self._keeping.settled()
        self._tasks.run(lambda: self._keeping.unkeep(key_of(patient_id)), lambda _: None, _Refuse(self, self._asked))
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

        self._keeping.hold()

        def work() -> tuple[Patient, Changed]:
            done = (
                self._people.add(patient, another_person=another_person)
                if new
                else self._change(patient, another_person)
            )
            self._keeping.unkeep(key_of(key))
            return done

        def saved(answer: tuple[Patient, Changed]) -> None:
            self._keeping.settled()
            self._feed.publish(answer[1])  # others must hear of it even if this screen was left
            if asked == self._asked:
                self._idle()
                self._saved(answer[0], new)
            elif self._before.id == key and self._texts == sent:
                self._show(Patient() if new else answer[0])  # one came back before the answer: it is saved now

        def refused(error: RegistryError) -> None:
            self._keeping.go_on()
            if not self._visible:
                self._keeping.leave()
            if asked == self._asked:
                self._idle()
                self._refused(error, patient)

        self._tasks.run(work, saved, refused)
        self._navigator.hold_keys()

    def _change(self, patient: Patient, another_person: bool) -> tuple[Patient, Changed]:
        return self._people.change(patient, another_person=another_person)

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
            self._view.show_alike(compared(patient, error.candidates, may_join=self._may_join()))
        elif isinstance(error, StaleRecord):
            self._meet_theirs()
        else:
            self._view.say(message_for(error))

    def _meet_theirs(self) -> None:
        """Somebody saved first: what only they changed is taken, and where both did the person decides."""
        asked = self._begin(tr("Opening…"))
        patient_id = self._before.id

        def found(answer: tuple[Patient, tuple[str, datetime] | None]) -> None:
            if asked == self._asked:
                self._idle()
                self._meet(Meeting(self._before, dict(self._start), dict(self._texts), *answer))

        def ask() -> tuple[Patient, tuple[str, datetime] | None]:
            return self._people.who(patient_id), self._people.changed_by(patient_id)

        self._tasks.run(ask, found, _Refuse(self, asked))

    def _meet(self, meeting: Meeting) -> None:
        cause = tr("Someone else changed this record after you opened it.")
        if meeting.clashes:
            self._meeting = meeting
            self._view.say(Message(cause, tr("Nothing was overwritten. Save again to choose field by field.")))
            self._view.ask_conflict(meeting.shown(self._people.signed_in))
            return
        self._take(meeting.theirs, meeting.settled({}))
        self._view.say(Message(cause, tr("Their changes are shown, yours are kept. Look at both, then save again.")))

    def settled(self, choices: Mapping[str, Side]) -> None:
        """For each field that both changed one value was chosen: save that."""
        meeting, self._meeting = self._meeting, None
        if meeting is not None:
            self._take(meeting.theirs, meeting.settled(choices))
            self._view.say(None)
            self._save(another_person=False)

    def _take(self, theirs: Patient, texts: dict[str, str]) -> None:
        self._before, self._start, self._texts = theirs, texts_of(theirs), texts
        self._show_form()
        self._edited()

    def _show(self, patient: Patient, kept: KeptForm | None = None) -> None:
        self._before, self._start = patient, texts_of(patient)
        self._keeping.settled()
        if not patient.id:
            # No default for what only a person may say (nhs.md 2.5, 2.7): the allergies' state is an act.
            self._start |= {"allergy_state": "", "status": "referred"}
        self._texts = dict(self._start)
        if patient.id and self._visible:
            self._navigator.show_patient(patient)
        began, typed = restored(kept.content if kept is not None else {}, self._start)
        if kept is None or not typed or not self._editable():
            self._show_form()
            self._view.say(None)
            return
        self._texts = self._start | typed
        words = tr("What you typed before is here again.")
        when = kept.saved_at.astimezone()
        rest = tr(
            "It is not saved yet. You typed it on {day}, {time}.", day=show_date(when.date()), time=show_time(when)
        )
        self._show_form()
        self._view.say(Message(words, rest))
        if began != self._start:
            self._meet(Meeting(patient, began, began | typed, patient, None))

    def _show_form(self) -> None:
        name = formal(self._before.family_name, self._before.given_name, self._before.title)
        title = tr("Details") if self._before.id else tr("Add patient")
        clinical = self._people.signed_in.may(Permission.VIEW_CLINICAL)
        sections = [with_answers(section, self._texts) for section in sections_for(clinical=clinical)]
        heading = f"{title}, {name}" if name and self._before.id else title
        self._view.show_form(heading, sections, self._texts, new=not self._before.id, editable=self._editable())
        self._view.show_alike(None)
        self._view.show_summary(())
        for code in ("born", "nhs_number"):
            if self._texts.get(code):
                self._view.show_answer(code, self._read(code))
        self._practising.look()
        self._practising.check(self._texts.get(NAME, ""), self._texts.get(CODE, ""))
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
        return self._with_list(code, read_field(code, self._texts, signed_in.today, training=signed_in.training))

    def _with_list(self, code: str, answer: Answer) -> Answer:
        """What the list of practices, or that there is none, adds to what is said beside a field."""
        said = {NAME: self._practising.said, CODE: self._practising.said_of_code}.get(code)
        return said(answer) if said is not None else answer

    def _editable(self) -> bool:
        signed_in = self._people.signed_in
        return signed_in.may(Permission.EDIT_DEMOGRAPHICS) and not signed_in.read_only

    def _may_join(self) -> bool:
        may = self._people.signed_in.may
        return self._editable() and may(Permission.RECORD_CLINICAL) and may(Permission.VIEW_CLINICAL)

    def _is_changed(self) -> bool:
        return self._texts != self._start

    def _edited(self) -> None:
        """Keep it soon: a crash, a lock or the end of the program loses nothing that was typed."""
        self._view.show_changed(self._is_changed())
        if self._editable():
            self._keeping.typed(self._before.id, self._start, self._texts)

    def _changed(self, changed: Changed) -> None:
        """Somebody's save, perhaps our own: an untouched form is shown anew, and the keyboard stays where it is."""
        patient_id, asked = self._before.id, self._asked
        if not (patient_id and changed.concerns(patient_id) and self._may_look_again()):
            return

        def found(patient: Patient) -> None:
            if asked == self._asked and self._may_look_again():
                self._show(patient)

        self._tasks.run(lambda: self._people.who(patient_id), found, _Refuse(self, asked))

    def _may_look_again(self) -> bool:
        return self._visible and not self._busy and not self._is_changed()

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
