"""The tab of details decides on consents: what is asked, what is wrong with an answer, how it is kept."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.consents import ANSWER_WORDS, SCOPE_WORDS, Answer, Consent, Scope
from poems_registry.domain.dates import parse_date, show_date
from poems_registry.domain.errors import InvalidInput, RegistryError
from poems_registry.domain.names import formal
from poems_registry.domain.records import PatientFile
from poems_registry.domain.studies import Study
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.consents import ConsentFile
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import identity_of
from poems_registry.ui.reasons import Act, ReasonShown
from poems_registry.ui.screens.record.particulars.history import history
from poems_registry.ui.screens.record.particulars.shown import AGAIN, AskedConsent, HistoryShown
from poems_registry.ui.tasks import Tasks

WORDS = ("study", "form_version", "taken_by", "on_behalf", "reference", "note")
"""Fields of an answer whose text is the value."""


class Desk(Protocol):
    """Who works here, and whether anything can be saved."""

    @property
    def today(self) -> date: ...
    @property
    def read_only(self) -> bool: ...
    def may(self, permission: Permission) -> bool: ...


class Consents(Protocol):
    """What is needed of `ConsentService`."""

    @property
    def signed_in(self) -> Desk: ...
    def of(self, patient_id: int) -> ConsentFile: ...
    def studies(self) -> tuple[Study, ...]: ...
    def record(self, consent: Consent) -> Changed: ...
    def mark_in_error(self, patient_id: int, consent_id: int, reason: str) -> Changed: ...


class View(Protocol):
    """What can be shown; none of it decides."""

    def ask_consent(self, asked: AskedConsent) -> None: ...
    def refuse_consent(self, problems: Mapping[str, str]) -> None: ...
    def next_consent(self, kept: str) -> None: ...
    def close_consent(self) -> None: ...
    def show_history(self, shown: HistoryShown) -> None: ...
    def ask_reason(self, asked: ReasonShown, given: Callable[[str], None]) -> None: ...
    def refuse_reason(self, words: str) -> None: ...
    def close_reason(self) -> None: ...
    def say(self, message: Message | None) -> None: ...


class ConsentPresenter:
    """Works on the record that is open (`show_file`); `view` gives the tab when it is first wanted."""

    def __init__(
        self,
        view: Callable[[], View],
        consents: Consents,
        tasks: Tasks,
        feed: ChangeFeed,
        say_saved: Callable[[str], None],
    ) -> None:
        self._view, self._consents, self._tasks, self._feed = view, consents, tasks, feed
        self._say_saved = say_saved
        self._file: PatientFile | None = None
        self._saving = False
        self._known: dict[int, Consent] = {}

    def show_file(self, file: PatientFile, today: date, *, may_record: bool) -> None:
        """Another record, or this one as it is now."""
        self._file = file
        self._known = {each.id: each for each in file.consents}

    @property
    def may_record(self) -> bool:
        """Whether this person may record a consent here."""
        desk = self._consents.signed_in
        return desk.may(Permission.EDIT_DEMOGRAPHICS) and not desk.read_only

    def ask(self) -> None:
        """The form, with nothing chosen, once the clinic's studies are known."""
        if self._file is None or not self.may_record:
            return
        patient_id = self._file.patient.id

        def found(listed: tuple[Study, ...]) -> None:
            if self._file is not None and self._file.patient.id == patient_id:
                self._show_form(self._file, listed)

        self._tasks.run(self._consents.studies, found, self._refused)

    def _show_form(self, file: PatientFile, listed: tuple[Study, ...]) -> None:
        desk, patient = self._consents.signed_in, file.patient
        asked = AskedConsent(
            identity_of(patient, desk.today, clinical=False),
            (("", tr("Choose…")), *((scope.value, tr(words)) for scope, words in SCOPE_WORDS.items())),
            tuple((answer.value, tr(words)) for answer, words in ANSWER_WORDS.items()),
            show_date(desk.today),
            _to_choose(file, listed, desk.today),
        )
        self._view().ask_consent(asked)

    def history(self) -> None:
        """Every answer, to read and to correct; what left for research before one was taken back."""
        if self._file is None:
            return
        patient_id, desk = self._file.patient.id, self._consents.signed_in

        def found(file: ConsentFile) -> None:
            if self._file is not None and self._file.patient.id == patient_id:
                self._known = {each.id: each for each in file.history}
                self._view().show_history(history(file, desk.today, may_correct=self.may_record))

        self._tasks.run(lambda: self._consents.of(patient_id), found, self._refused)

    def wrong(self, consent_id: int) -> None:
        """An answer was recorded by mistake: ask why."""
        consent = self._known.get(consent_id)
        if self._file is None or consent is None or not self.may_record:
            return
        patient = self._file.patient
        said = f"{consent.words}: {tr(ANSWER_WORDS[consent.answer])} {show_date(consent.on)}"
        asked = ReasonShown(
            Act.ERROR,
            identity_of(patient, self._consents.signed_in.today, clinical=False),
            tr("This answer was entered in error"),
            tr("{answer}. It counts no more and stays to be read, with your reason.", answer=said),
            tr("Mark as entered in error for {who}", who=formal(patient.family_name, patient.given_name)),
            tr("What was wrong with it"),
        )
        self._view().ask_reason(asked, partial(self._mark, patient.id, consent_id))

    def _mark(self, patient_id: int, consent_id: int, reason: str) -> None:
        if self._saving:
            return
        if not reason.strip():
            self._view().refuse_reason(tr("Say what was wrong, in a few words: it is kept with the answer."))
            return
        self._saving = True

        def done(changed: Changed) -> None:
            self._saving = False
            self._view().close_reason()
            self._feed.publish(changed)
            self._tell(changed)
            self.history()

        def refused(error: RegistryError) -> None:
            self._saving = False
            self._view().close_reason()
            self._view().say(message_for(error))

        self._tasks.run(lambda: self._consents.mark_in_error(patient_id, consent_id, reason), done, refused)

    def record(self, texts: Mapping[str, str]) -> None:
        """Keep what was chosen and typed, or say beside each field what is wrong."""
        if self._file is None or self._saving:
            return
        made = self._read(texts, self._file.patient.id)
        if isinstance(made, dict):
            self._view().refuse_consent(made)
            return
        self._saving = True
        done = partial(self._done, made, again=bool(texts.get(AGAIN)))
        self._tasks.run(lambda: self._consents.record(made), done, self._refused)

    def _read(self, texts: Mapping[str, str], patient_id: int) -> Consent | dict[str, str]:
        problems: dict[str, str] = {}
        if not texts["scope"]:
            problems["scope"] = tr("choose what was asked")
        if not texts["answer"]:
            problems["answer"] = tr("choose what the person said")
        try:
            on = parse_date(texts["on"], self._consents.signed_in.today, partial=True)
        except ValueError as error:
            return problems | {"on": str(error)}
        if problems:
            return problems
        made = Consent(patient_id=patient_id, scope=Scope(texts["scope"]), answer=Answer(texts["answer"]), on=on)
        said: dict[str, Any] = {name: texts[name].strip() for name in WORDS}
        return replace(made, **said)

    def _done(self, made: Consent, changed: Changed, *, again: bool) -> None:
        self._saving = False
        said = tr("Recorded: {asked}, {answer}", asked=made.words, answer=tr(ANSWER_WORDS[made.answer]).lower())
        self._say_saved(tr("Consent recorded"))
        if again:
            self._view().next_consent(said)
        else:
            self._view().close_consent()
        self._feed.publish(changed)
        self._tell(changed)

    def _tell(self, changed: Changed) -> None:
        if changed.told:
            self._view().say(Message(tr("This consent changed more than itself."), " ".join(changed.told)))

    def _refused(self, error: RegistryError) -> None:
        self._saving = False
        if isinstance(error, InvalidInput):
            self._view().refuse_consent(error.problems)
            return
        self._view().close_consent()
        self._view().say(message_for(error))


def _to_choose(file: PatientFile, listed: tuple[Study, ...], today: date) -> tuple[tuple[str, str], ...]:
    """The clinic's list, and behind it what else this person answered about; none where the clinic keeps no list."""
    if not listed:
        return ()
    chosen = [(each.short_name, _study_words(each, today)) for each in listed]
    others = {each.study for each in file.consents if each.study and not any(one.has(each.study) for one in listed)}
    return (*chosen, *((name, tr("{name} (not on the list)", name=name)) for name in sorted(others)))


def _study_words(study: Study, today: date) -> str:
    return study.short_name if study.is_open(today) else tr("{name} (not open)", name=study.short_name)
