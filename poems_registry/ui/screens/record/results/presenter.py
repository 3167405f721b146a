"""The decisions of entering results: which column is typed, what each cell means, what is asked, kept and saved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final, Protocol

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.results import completed, number_and_unit
from poems_registry.domain.dates import show_date, show_time
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.errors import InvalidInput, RegistryError
from poems_registry.domain.findings import State
from poems_registry.domain.records import Encounter, PatientFile
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.form_drafts import KeptForm
from poems_registry.services.results import DoubtfulResults, day_of, key_of
from poems_registry.ui.field_shown import Detail, FieldShown, with_detail
from poems_registry.ui.form_keeping import FormKeeping, Forms
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.record.results.sheet_shown import ColumnShown, InHand
from poems_registry.ui.screens.record.results.sheet_telling import (
    Sheet,
    entry,
    field_shown,
    in_hand,
    kept_words,
    known,
    offered_limits,
    refused_words,
    tests_called,
)
from poems_registry.ui.screens.record.results.telling import Grid, grid
from poems_registry.ui.tasks import Tasks

LATE: Final = "late"
"""Under which name the reason for a day after the death is kept, beside the sheet."""


class Results(Protocol):
    """What is needed of `ResultService`."""

    def record(self, patient_id: int, sheet: VisitDraft, late: str = "") -> tuple[Encounter, Changed]: ...


class Navigator(Protocol):
    """Where words about saving go."""

    def say_saved(self, words: str) -> None: ...


class Page(Protocol):
    """The page that shows the column being typed."""

    def offer_kept(self, words: str) -> None: ...
    def show_entry(self, shown: ColumnShown, grid: Grid, typed: Mapping[str, FieldShown], at: str) -> None: ...
    def show_typed(self, code: str, field: FieldShown) -> None: ...
    def show_entry_state(self, shown: ColumnShown) -> None: ...
    def show_in_hand(self, shown: InHand) -> None: ...
    def go_to(self, code: str) -> None: ...
    def go_to_reason(self) -> None: ...
    def refuse_entry(self, words: str) -> None: ...
    def close_entry(self) -> None: ...
    def remind(self, milliseconds: int) -> None: ...


class View(Protocol):
    """The record, of which the page is made when it is first wanted."""

    @property
    def results(self) -> Page: ...
    def allow_results(self, allowed: bool) -> None: ...


class ResultsPresenter:
    """One sheet at a time, of the record that is open."""

    def __init__(
        self,
        view: View,
        results: Results,
        forms: Forms,
        tasks: Tasks,
        feed: ChangeFeed,
        navigator: Navigator,
    ) -> None:
        self._view, self._results, self._tasks, self._feed, self._navigator = view, results, tasks, feed, navigator
        self._keeping = FormKeeping(forms, tasks, self._remind, self)
        self._file: PatientFile | None = None
        self._today = date.min
        self._may = False
        self._draft: VisitDraft | None = None
        self._left: KeptForm | None = None
        self._at = self._late = ""
        self._busy = self._wanted = False

    # -- coming and going

    def show_file(self, file: PatientFile, today: date, *, may_record: bool) -> None:
        """The record whose results these are; what was left of a sheet is offered."""
        other = self._file is None or self._file.patient.id != file.patient.id
        self._file, self._today, self._may = file, today, may_record
        self._view.allow_results(may_record)
        if other:
            if self._draft is not None:
                self._view.results.close_entry()
            self._draft, self._left = None, None
            self._keeping.settled()
            if may_record:
                self._tasks.run(lambda: self._keeping.find(key_of(file.patient.id)), self._found, self._refused)
        elif self._draft is not None:
            self._show()

    def _found(self, kept: KeptForm | None) -> None:
        if kept is None or self._file is None or self._draft is not None:
            return
        if kept.key.patient_id != self._file.patient.id:
            return
        self._left = kept
        if self._wanted:
            self._wanted = False
            self.begin()
        else:
            self._view.results.offer_kept(kept_words(kept, self._today))

    def come_back(self) -> None:
        """Somebody comes to go on with what was left: it opens as soon as it is found."""
        self._wanted = True

    def _remind(self, milliseconds: int) -> None:
        self._view.results.remind(milliseconds)

    def shown(self) -> None:
        """The record is in view again."""
        self._keeping.stay()

    def leave(self) -> None:
        """Another screen, a lock or the end: what was typed is kept at once."""
        self._keeping.leave()

    @property
    def has_unkept(self) -> bool:
        """Whether something typed is in the registry neither as saved nor as kept."""
        return self._keeping.unkept

    def woken(self) -> None:
        """The page's timer ran out."""
        self._keeping.woken()

    def kept(self, at: datetime) -> None:
        """What was typed is in the registry."""
        self._navigator.say_saved(tr("Results not saved yet, kept {time}", time=show_time(at.astimezone())))

    def not_kept(self, error: RegistryError) -> None:
        """It is not."""
        self._view.results.refuse_entry(str(error))

    # -- one sheet

    def begin(self) -> None:
        """A column for today, or what was left of one."""
        if self._file is None or not self._may or self._draft is not None:
            return
        if self._left is not None:
            self._late = self._left.content.get(LATE, "")
            self._draft, self._left = VisitDraft.from_json(self._left.content), None
        else:
            self._draft, self._late = VisitDraft(on=show_date(self._today)), ""
        self._keeping.begin(key_of(self._file.patient.id))
        self._view.results.offer_kept("")
        self._at = next(iter(self._sheet().entered), "")
        self._show()

    def discard(self) -> None:
        """Take back what was typed, or what was left."""
        if self._busy or self._file is None:
            return
        key = key_of(self._file.patient.id)
        self._keeping.settled()
        self._draft, self._left = None, None
        self._view.results.offer_kept("")
        self._view.results.close_entry()
        self._tasks.run(lambda: self._keeping.unkeep(key), lambda _: None, self._refused)

    def _sheet(self) -> Sheet:
        assert self._file is not None
        assert self._draft is not None
        return Sheet(self._file, self._today, self._draft, self._late)

    def _show(self) -> None:
        sheet = self._sheet()
        shown = grid(sheet.file, self._today, every=True)
        codes = [row.code for row in shown.rows if not row.title]
        self._at = self._at if self._at in codes else codes[0]
        typed = {code: field_shown(sheet, code) for code in codes}
        self._view.results.show_entry(entry(sheet), shown, typed, self._at)
        self._view.results.show_in_hand(in_hand(sheet, self._at))

    # -- while it is typed

    def at(self, code: str) -> None:
        """The keyboard is at this test."""
        if self._draft is not None and known(code):
            self._at = code
            self._view.results.show_in_hand(in_hand(self._sheet(), code))

    def typed(self, code: str, text: str) -> None:
        """A value; what stands beside it stays, a confirmation of another value does not."""
        if self._draft is not None:
            self._put(code, replace(self._sheet().field(code), text=text, state=None, doubt_confirmed=False))

    def settled(self, code: str) -> bool:
        """The cell is done with; True if one may go on: a problem holds once, a doubt is confirmed by a second time."""
        if self._draft is None:
            return True
        sheet = self._sheet()
        typed = sheet.field(code)
        whole = completed(CATALOGUE.item(code), typed.text)
        if whole != typed.text:
            self.typed(code, whole)
        said = self._sheet().said(code)
        return not said.problem and (not said.doubt or typed.doubt_confirmed)

    def confirm(self, code: str) -> None:
        """It is unusual and right."""
        if self._draft is not None and self._sheet().said(code).doubt:
            self._put(code, replace(self._sheet().field(code), doubt_confirmed=True))

    def state(self, code: str, state: State) -> None:
        """Not done, pending, declined, unable; the same key again takes it back."""
        if self._draft is not None:
            typed = self._sheet().field(code)
            same = typed.state is state
            self._put(code, FieldDraft(note=typed.note) if same else FieldDraft(state=state, note=typed.note))

    def clear(self, code: str) -> None:
        """Nothing of this test."""
        if self._draft is not None:
            self._put(code, FieldDraft())

    def beside(self, code: str, which: Detail, text: str) -> None:
        """A limit, the assay, the time of the sample, a note."""
        if self._draft is not None:
            self._put(code, with_detail(self._sheet().field(code), which, text))

    def unit(self, code: str, unit: str) -> None:
        """The unit in which the laboratory reported it: it stands behind the number, converted where it is not ours."""
        if self._draft is not None:
            typed = self._sheet().field(code)
            number = number_and_unit(typed.text)[0]
            own = CATALOGUE.item(code).unit
            text = number if unit == own else f"{number} {unit}".strip()
            self._put(code, replace(typed, text=text, doubt_confirmed=False))

    def take_limits(self, code: str) -> None:
        """The limits of the last result of this test are printed on this report too."""
        if self._draft is not None:
            taken = offered_limits(self._sheet(), code)
            if taken is not None:
                self._put(code, taken)

    def flag(self, code: str, answer: str) -> None:
        """Whether steroids or treatment could have changed the results of this sample."""
        if self._draft is not None:
            self._put(code, FieldDraft(answer))

    def day(self, text: str) -> None:
        """The day the sample was taken; on another day, what is unusual is asked anew."""
        if self._draft is None:
            return
        fields = {code: replace(typed, doubt_confirmed=False) for code, typed in self._draft.fields.items()}
        self._draft = replace(self._draft, on=text, fields=fields)
        self._edited()
        sheet = self._sheet()
        for code in sheet.entered:
            self._view.results.show_typed(code, field_shown(sheet, code))
        self._view.results.show_in_hand(in_hand(sheet, self._at))

    def late(self, text: str) -> None:
        """Why a result is dated after the death; it stays as typed while the day is another one."""
        if self._draft is not None:
            self._late = text
            self._edited()

    def find(self, text: str) -> tuple[str, ...]:
        """The tests whose name or code begins with, then holds, what was typed; the first is gone to."""
        wanted = text.strip().casefold()
        if self._draft is None or self._file is None or not wanted:
            return ()
        found = tests_called(wanted, [row.code for row in grid(self._file, self._today, every=True).rows if row.code])
        if found:
            self._view.results.go_to(found[0])
        return found

    def _put(self, code: str, typed: FieldDraft) -> None:
        assert self._draft is not None
        self._draft = self._draft.with_field(code, typed)
        self._edited()
        sheet = self._sheet()
        if known(code):
            self._view.results.show_typed(code, field_shown(sheet, code))
        self._view.results.show_in_hand(in_hand(sheet, self._at))

    def _edited(self) -> None:
        assert self._draft is not None
        self._keeping.edited(self._draft.to_json() | {LATE: self._late})
        self._view.results.refuse_entry("")
        self._view.results.show_entry_state(entry(self._sheet()))

    # -- saving

    def save(self) -> None:
        """All results of the sample in one go; whatever stops it is gone to and told."""
        if self._busy or self._draft is None or self._file is None:
            return
        sheet, patient_id, draft = self._sheet(), self._file.patient.id, self._draft
        if not sheet.entered:
            self._view.results.refuse_entry(tr("There is no result to save yet."))
            return
        problems = {code: said.problem for code in sheet.entered if (said := sheet.said(code)).problem}
        if problems or sheet.day_problem:
            self._tell(problems)
            return
        self._busy = True
        self._keeping.hold()
        with_day = replace(draft, on=show_date(day_of(draft.on, self._today)))
        late = self._late.strip() if sheet.asks_late else ""
        self._tasks.run(lambda: self._results.record(patient_id, with_day, late), self._saved, self._not_saved)

    def _saved(self, saved: tuple[Encounter, Changed]) -> None:
        self._busy = False
        self._keeping.settled()
        count = sum(known(finding.item) for finding in saved[0].findings)
        self._draft = None
        self._view.results.close_entry()
        things = tr_count("{count} result saved", "{count} results saved", count)
        self._navigator.say_saved(things)
        self._feed.publish(saved[1])

    def _not_saved(self, error: RegistryError) -> None:
        self._busy = False
        self._keeping.go_on()
        if isinstance(error, InvalidInput):
            self._tell(error.problems)
        elif isinstance(error, DoubtfulResults):
            self._tell(error.doubts)
        else:
            self._view.results.refuse_entry(str(error))

    def _tell(self, problems: Mapping[str, str]) -> None:
        first = next((code for code in problems if known(code)), "")
        if first:
            self._view.results.go_to(first)
        elif self._sheet().lacks_reason:
            self._view.results.go_to_reason()  # the empty line says itself what it wants
            return
        words = refused_words(problems, self._sheet())
        self._view.results.refuse_entry(f"{tr('Nothing has been saved yet.')} {words}")

    def _refused(self, error: RegistryError) -> None:
        self._view.results.refuse_entry(str(error))
