"""The decisions of entering treatment: which form, what is wrong, what was kept, and what it unsettled."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Protocol

from poems_registry.domain.errors import InvalidInput, RegistryError, StaleRecord
from poems_registry.domain.records import PatientFile
from poems_registry.domain.treatments import Entry, Event, TreatmentLine
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.treatments import Kept
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity, identity_of
from poems_registry.ui.screens.record.treatment.reading import (
    FieldShown,
    What,
    event_fields,
    line_fields,
    read_event,
    read_line,
)
from poems_registry.ui.tasks import Tasks


class Treatments(Protocol):
    """What is needed of `TreatmentService`."""

    def keep(self, entry: Entry, *, confirmed: Collection[str] = ()) -> Kept: ...
    def withdraw(self, entry: Entry, reason: str) -> Kept: ...


class View(Protocol):
    """What the presenter needs of the view."""

    @property
    def treatment(self) -> "Form": ...
    def allow_treatment(self, allowed: bool) -> None: ...
    def tell_unsettled(self, words: str) -> None: ...


class Form(Protocol):
    """The page that shows the form of one entry."""

    def ask_entry(
        self, who: Identity, title: str, button: str, fields: tuple[FieldShown, ...], *, known: bool
    ) -> None: ...
    def entry_problems(self, problems: Mapping[str, str], words: str) -> None: ...
    def close_entry(self) -> None: ...


class TreatmentPresenter:
    """One entry at a time, of the record that is open."""

    def __init__(self, view: View, treatments: Treatments, tasks: Tasks, feed: ChangeFeed) -> None:
        self._view, self._treatments, self._tasks, self._feed = view, treatments, tasks, feed
        self._file: PatientFile | None = None
        self._today = date.min
        self._line = TreatmentLine()
        self._event = Event()
        self._what = What.LINE
        self._busy = False

    def show_file(self, file: PatientFile, today: date, *, may_record: bool) -> None:
        """The record whose treatment this is."""
        self._file, self._today = file, today
        self._view.allow_treatment(may_record)

    def add_line(self) -> None:
        """A new line, with the number that follows."""
        if self._file is not None:
            number = max([line.number for line in self._file.lines], default=0) + 1
            self._line = TreatmentLine(patient_id=self._file.patient.id, number=number)
            self._ask(What.LINE)

    def change_line(self, line_id: int) -> None:
        """Correct a line, or take it back."""
        found = [line for line in self._lines() if line.id == line_id]
        if found:
            self._line = found[0]
            self._ask(What.LINE)

    def add_event(self) -> None:
        """A new event."""
        if self._file is not None:
            self._event = Event(patient_id=self._file.patient.id)
            self._ask(What.EVENT)

    def change_event(self, event_id: int) -> None:
        """Correct an event, or take it back."""
        found = [event for event in (self._file.events if self._file else ()) if event.id == event_id]
        if found:
            self._event = found[0]
            self._ask(What.EVENT)

    def _lines(self) -> tuple[TreatmentLine, ...]:
        return self._file.lines if self._file is not None else ()

    def _ask(self, what: What) -> None:
        if self._file is None:
            return
        self._what = what
        who = identity_of(self._file.patient, self._today, clinical=True)
        if what is What.LINE:
            known = bool(self._line.id)
            title = tr("Line of treatment") if known else tr("Add a line of treatment")
            fields = line_fields(self._line)
        else:
            known = bool(self._event.id)
            title = tr("Event") if known else tr("Add an event")
            fields = event_fields(self._event)
        self._view.treatment.ask_entry(who, title, tr("Save for {name}", name=who.name), fields, known=known)

    def save(self, texts: Mapping[str, str]) -> None:
        """Read, check and keep what was typed; every problem is told at once."""
        if self._busy:
            return
        if self._what is What.LINE:
            line, problems = read_line(self._line, texts, self._today)
            self._keep(problems, lambda: self._treatments.keep(line))
        else:
            event, problems = read_event(self._event, texts, self._today)
            self._keep(problems, lambda: self._treatments.keep(event))

    def withdraw(self, reason: str) -> None:
        """It was entered in error: out of the record, kept with the reason."""
        line, event = self._line, self._event
        if self._what is What.LINE:
            self._keep({}, lambda: self._treatments.withdraw(line, reason))
        else:
            self._keep({}, lambda: self._treatments.withdraw(event, reason))

    def _keep(self, problems: Mapping[str, str], work: Callable[[], Kept]) -> None:
        if problems:
            self._view.treatment.entry_problems(
                problems, tr("Some entries need correction. Nothing has been saved yet.")
            )
            return
        self._busy = True
        self._tasks.run(work, self._kept, self._refused)

    def _kept(self, kept: Kept) -> None:
        self._busy = False
        self._view.treatment.close_entry()
        self._feed.publish(kept.changed)
        if kept.unsettled:
            self._view.tell_unsettled(" ".join(kept.unsettled))

    def _refused(self, error: RegistryError) -> None:
        self._busy = False
        if isinstance(error, InvalidInput):
            self._view.treatment.entry_problems(
                error.problems, tr("Some entries need correction. Nothing has been saved yet.")
            )
        elif isinstance(error, StaleRecord):
            words = tr(
                "Somebody changed this meanwhile. Nothing was saved. Close this, look at it again, then change it."
            )
            self._view.treatment.entry_problems({}, words)
        else:
            self._view.treatment.entry_problems({}, str(error))
