"""The decisions of entering treatment: which form, what is told beside it, what is wrong, and what was kept."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from poems_registry.domain.drugs import drug
from poems_registry.domain.errors import InvalidInput, RegistryError, StaleRecord
from poems_registry.domain.line_counting import told
from poems_registry.domain.merging import Side
from poems_registry.domain.records import PatientFile
from poems_registry.domain.regimens import BY_CODE
from poems_registry.domain.treatment_checks import Doubtful, entries, line_of
from poems_registry.domain.treatments import (
    Entry,
    Event,
    LineDrug,
    RadiotherapyCourse,
    SupportiveCare,
    Transplant,
    TreatmentLine,
)
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.treatments import Kept
from poems_registry.ui.conflict.shown import ConflictShown
from poems_registry.ui.form_keeping import Forms
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity, identity_of
from poems_registry.ui.screens.record.treatment.forms import ITS_DRUGS, fields_of, title_of
from poems_registry.ui.screens.record.treatment.keeping import Keeping, Left, kept_content, key_of
from poems_registry.ui.screens.record.treatment.keeping_in_mind import Note, count, notes_on
from poems_registry.ui.screens.record.treatment.meeting import Meeting, texts_of
from poems_registry.ui.screens.record.treatment.reading import FieldShown, by_code, listed, read, shown
from poems_registry.ui.screens.record.treatment.telling import What
from poems_registry.ui.tasks import Tasks

Texts = Mapping[str, str]
PARTS: Mapping[What, type[LineDrug] | type[RadiotherapyCourse] | type[Transplant]] = {
    What.DRUG: LineDrug,
    What.RADIOTHERAPY: RadiotherapyCourse,
    What.TRANSPLANT: Transplant,
}
_RECORDS: Mapping[What, type[Entry]] = {
    What.LINE: TreatmentLine,
    What.SUPPORTIVE: SupportiveCare,
    What.EVENT: Event,
    **PARTS,
}


class Treatments(Protocol):
    """What is needed of `TreatmentService`."""

    def keep(self, entry: Entry, *, confirmed: Collection[str] = ()) -> Kept: ...
    def withdraw(self, entry: Entry, reason: str) -> Kept: ...
    def current(self, entry: Entry) -> Entry: ...


class View(Protocol):
    """What the presenter needs of the view."""

    @property
    def treatment(self) -> "Form": ...
    def allow_treatment(self, allowed: bool) -> None: ...
    def tell_unsettled(self, words: str) -> None: ...
    def tell_to_know(self, words: str) -> None: ...


class Form(Protocol):
    """The page that shows the form of one entry."""

    def ask_entry(
        self, who: Identity, title: str, button: str, fields: tuple[FieldShown, ...], *, known: bool
    ) -> None: ...
    def entry_notes(self, notes: tuple[Note, ...]) -> None: ...
    def entry_fill(self, texts: Texts) -> None: ...
    def entry_problems(self, problems: Mapping[str, str], words: str) -> None: ...
    def entry_doubts(self, doubts: tuple[str, ...]) -> None: ...
    def entry_left(self, texts: Texts, words: str) -> None: ...
    def remind(self, after_ms: int) -> None: ...
    def ask_conflict(self, conflict: ConflictShown) -> None: ...
    def close_entry(self) -> None: ...


class TreatmentPresenter:
    """One entry at a time, of the record that is open."""

    def __init__(self, view: View, treatments: Treatments, tasks: Tasks, feed: ChangeFeed, forms: Forms) -> None:
        self._view, self._treatments, self._tasks, self._feed = view, treatments, tasks, feed
        self._keeping = Keeping(forms, tasks, self._remind, self)
        self._file: PatientFile | None = None
        self._today = date.min
        self._entry: Entry = TreatmentLine()
        self._start: Texts = {}
        self._texts: Texts = {}
        self._doubts: tuple[str, ...] = ()
        self._meeting: Meeting | None = None
        self._busy = False

    def show_file(self, file: PatientFile, today: date, *, may_record: bool) -> None:
        """The record whose treatment this is."""
        self._file, self._today = file, today
        self._view.allow_treatment(may_record)

    # -- which form

    def add(self, what: What, line_id: int = 0) -> None:
        """A new entry; a part is added to a line, by default the newest one."""
        if self._file is None:
            return
        patient_id = self._file.patient.id
        if what in PARTS:
            lines = self._file.lines
            known = [line.id for line in lines if line.id == line_id] or [line.id for line in lines][-1:]
            if known:
                self._ask(PARTS[what](patient_id=patient_id, line_id=known[0]))
        elif what is What.LINE:
            number = max([line.number for line in self._file.lines], default=0) + 1
            self._ask(TreatmentLine(patient_id=patient_id, number=number))
        elif what is What.SUPPORTIVE:
            self._ask(SupportiveCare(patient_id=patient_id))
        else:
            self._ask(Event(patient_id=patient_id))

    def change(self, what: What, entry_id: int) -> None:
        """Correct an entry, or take it back."""
        if self._file is None or not entry_id:
            return
        found = [each for each in entries(self._file) if type(each) is _RECORDS[what] and each.id == entry_id]
        if found:
            self._ask(found[0])

    def instead(self, line_id: int) -> None:
        """What was being entered as a line belongs to another line: its drugs are added there, one after the other."""
        names = listed(self._texts.get(ITS_DRUGS, "")) or (self._texts.get("name", "").strip(),)
        self._keeping.drop()
        self._view.treatment.close_entry()
        self.add(What.DRUG, line_id)
        self._view.treatment.entry_fill({"name": names[0]} | self._usual(names[0]))

    def _ask(self, entry: Entry) -> None:
        if self._file is None:
            return
        self._entry, self._doubts = entry, ()
        line = line_of(entry, self._file)
        who = identity_of(self._file.patient, self._today, clinical=True)
        title = title_of(entry).format(line=told(line) if line is not None else "")
        fields = shown(entry, fields_of(entry, self._file))
        self._start = self._texts = {field.code: field.text for field in fields}
        button = tr("Save for {name}", name=who.name)
        self._view.treatment.ask_entry(who, title, button, fields, known=bool(entry.id))
        self._view.treatment.entry_notes(notes_on(entry, self._file, self._today))
        self._keeping.open(entry, self._go_on)

    def _go_on(self, left: Left | None) -> None:
        """What was left in this form stands in it again, as a change of the version that it began with.

        What a colleague saved since is met as if both had the form open: nothing of theirs is overwritten unasked.
        """
        if left is None:
            return
        newest, now = self._entry, self._texts
        changed = left.version != newest.version
        if changed:
            self._entry = replace(newest, version=left.version)
            self._start = {code: text for code, text in left.start.items() if code in now}
        self._view.treatment.entry_left(left.typed, left.words)
        self.typed({**now, **self._start, **{code: text for code, text in left.typed.items() if code in now}})
        if changed:
            self._meet(newest)

    # -- while it is typed

    def typed(self, texts: Texts) -> None:
        """Tell what the rule and the cautions say of it as it stands; fill in what follows from a choice."""
        if self._file is None:
            return
        before, self._texts = self._texts, dict(texts)
        self._keeping.edited(kept_content(self._entry.version, self._start, texts))
        if self._doubts:
            self._doubts = ()
            self._view.treatment.entry_doubts(())
        entry = self._read(texts)[0]
        self._view.treatment.entry_notes(notes_on(entry, self._file, self._today))
        follows = self._follows(entry, before, texts)
        if follows:
            self._view.treatment.entry_fill(follows)

    def _follows(self, entry: Entry, before: Texts, texts: Texts) -> dict[str, str]:
        """What a choice says besides itself; the view puts it only where nobody has typed."""
        if isinstance(entry, LineDrug) and texts["name"] != before.get("name"):
            return self._usual(entry.name)
        if not isinstance(entry, TreatmentLine) or entry.id or self._file is None:
            return {}
        follows = {"number": str(count(entry, self._file).number)}
        regimen = BY_CODE.get(entry.category)
        if regimen is not None and texts["category"] != before.get("category"):
            follows |= {"name": tr(regimen.words), ITS_DRUGS: ", ".join(regimen.drugs)}
        return follows

    @staticmethod
    def _usual(name: str) -> dict[str, str]:
        """Unit and route as they are usual for a drug of the list."""
        known = drug(name)
        return {"unit": known.unit, "route": known.route} if known is not None else {}

    # -- keeping

    def save(self, texts: Texts) -> None:
        """Read, check and keep what was typed; every problem is told at once, what is unusual is asked once."""
        if self._busy or self._file is None:
            return
        self._texts = dict(texts)
        entry, problems = self._read(texts)
        if problems:
            self._say_problems(problems)
            return
        confirmed = self._doubts
        self._run(lambda: self._treatments.keep(entry, confirmed=confirmed))

    def dropped(self) -> None:
        """The person does not want what was typed."""
        self._keeping.drop()

    def closed(self) -> None:
        """The form is gone, as by a lock; what it held is kept."""
        self._keeping.close()

    def woken(self) -> None:
        """The view's timer ran out."""
        self._keeping.woken()

    def kept(self, at: datetime) -> None:
        """What was typed is kept; the form says nothing of it, as nothing is asked of anybody."""

    def not_kept(self, error: RegistryError) -> None:
        """It is not: the person knows, and saves or copies it."""
        self._view.treatment.entry_problems({}, str(error))

    def _remind(self, after_ms: int) -> None:
        self._view.treatment.remind(after_ms)

    def withdraw(self, reason: str) -> None:
        """It was entered in error: out of the record, kept with the reason."""
        if not self._busy:
            entry = self._entry
            self._run(lambda: self._treatments.withdraw(entry, reason))

    def _read(self, texts: Texts) -> tuple[Entry, dict[str, str]]:
        assert self._file is not None
        fields = fields_of(self._entry, self._file)
        entry, problems = read(self._entry, fields, texts, self._today)
        if isinstance(entry, TreatmentLine) and not entry.id:
            start = entry.start
            names = listed(texts.get(ITS_DRUGS, ""))
            entry = replace(entry, drugs=tuple(_new_drug(name, entry, start) for name in names))
        return entry, problems

    def _run(self, work: Callable[[], Kept]) -> None:
        self._busy = True
        self._keeping.hold()
        entry = self._entry

        def settle() -> Kept:
            kept = work()
            self._keeping.unkeep(key_of(entry))
            return kept

        self._tasks.run(settle, self._kept, self._refused)

    def _kept(self, kept: Kept) -> None:
        self._busy = False
        self._keeping.settled()
        self._view.treatment.close_entry()
        self._feed.publish(kept.changed)
        if kept.to_know:
            self._view.tell_to_know(" ".join((*kept.to_know, *kept.unsettled)))
        elif kept.unsettled:
            self._view.tell_unsettled(" ".join(kept.unsettled))

    def _refused(self, error: RegistryError) -> None:
        self._busy = False
        self._keeping.go_on()
        if isinstance(error, InvalidInput):
            self._say_problems(error.problems)
        elif isinstance(error, Doubtful):
            self._doubts = tuple(sorted({*self._doubts, *error.doubts}))
            self._view.treatment.entry_doubts(error.doubts)
        elif isinstance(error, StaleRecord):
            entry = self._entry
            words = tr("Somebody changed this meanwhile. Nothing was overwritten: choose field by field.")
            self._view.treatment.entry_problems({}, words)
            self._tasks.run(lambda: self._treatments.current(entry), self._meet, self._refused)
        else:
            self._view.treatment.entry_problems({}, str(error))

    def _meet(self, theirs: Entry) -> None:
        """Somebody saved first: what only they changed is taken, and where both did the person decides."""
        if self._file is None or (type(theirs), theirs.id) != (type(self._entry), self._entry.id):
            return
        fields = fields_of(self._entry, self._file)
        self._meeting = Meeting(self._start, self._texts, theirs, fields)
        if self._meeting.clashes:
            self._view.treatment.ask_conflict(
                self._meeting.shown(identity_of(self._file.patient, self._today, clinical=True))
            )
        else:
            self.settled({})

    def settled(self, choices: Mapping[str, Side]) -> None:
        """What comes of both stands in the form; it is looked at, then saved."""
        meeting, self._meeting = self._meeting, None
        if meeting is not None:
            self._entry, self._texts = meeting.theirs, meeting.settled(choices)
            self._start = texts_of(meeting.theirs, meeting.fields)
            self._keeping.edited(kept_content(self._entry.version, self._start, self._texts))
            words = tr("Somebody changed this meanwhile. Their changes and yours are shown: look, then save again.")
            self._view.treatment.entry_left(self._texts, words)

    def _say_problems(self, problems: Mapping[str, str]) -> None:
        assert self._file is not None
        fields = fields_of(self._entry, self._file)
        told_ = by_code(fields, problems, self._texts.get("kind", ""))
        words = tr("Some entries need correction. Nothing has been saved yet.")
        unseen = [
            said for code, said in told_.items() if code not in {field.code for field in fields} | {"error_reason"}
        ]
        self._view.treatment.entry_problems(told_, " ".join((words, *unseen)))


def _new_drug(name: str, line: TreatmentLine, start: object) -> LineDrug:
    known = drug(name)
    route = known.route if known is not None else ""
    return LineDrug(patient_id=line.patient_id, name=name, route=route, start=line.start if start else None)
