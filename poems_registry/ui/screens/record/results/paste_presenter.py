"""The decisions of pasting a block: which test and unit each row is, what would happen to each cell, and saving it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.pasted import NoBlock, plain, read_block
from poems_registry.catalogue.pasted_results import (
    IGNORE,
    Answers,
    Outcome,
    PastePlan,
    judge,
    needs_unit,
    proposed_unit,
)
from poems_registry.catalogue.results import grouped_tests, units_of
from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import InvalidInput, RegistryError
from poems_registry.domain.proposals import Counts, Fate
from poems_registry.domain.records import PatientFile
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.form_drafts import KeptForm
from poems_registry.services.results import paste_key
from poems_registry.ui.form_keeping import FormKeeping, Forms, last_kept
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.identity import Identity, identity_of
from poems_registry.ui.screens.record.results.paste_block import Block, block_of
from poems_registry.ui.screens.record.results.paste_shown import PasteRow, PasteShown, PasteTest
from poems_registry.ui.tasks import Tasks
from poems_registry.ui.theme.tokens import Tone

FATES = {
    Fate.NEW: ("New", "circle-plus", Tone.GREEN),
    Fate.CHANGED: ("Changes what is recorded", "pen-line", Tone.AMBER),
    Fate.UNCHANGED: ("Same as recorded", "circle-check", Tone.SUB),
    Fate.IGNORED: ("Left out", "ban", Tone.SUB),
    Fate.SET_ASIDE: ("Not taken", "circle-alert", Tone.RED),
}


class Results(Protocol):
    """What is needed of `ResultService`."""

    def paste(
        self, patient_id: int, text: str, answers: Answers, seen: PastePlan, reason: str = ""
    ) -> tuple[Counts, Changed]: ...


class Navigator(Protocol):
    """Where words about saving go."""

    def say_saved(self, words: str) -> None: ...


class Asked(Protocol):
    """The preview over the page."""

    def ask_paste(self, who: Identity, tests: Sequence[tuple[str, str]], shown: PasteShown) -> None: ...
    def show_paste(self, shown: PasteShown) -> None: ...
    def refuse_paste(self, words: str) -> None: ...
    def close_paste(self) -> None: ...
    def offer_paste(self, words: str) -> None: ...
    def remind_paste(self, milliseconds: int) -> None: ...


class Page(Protocol):
    """The page that shows the preview."""

    @property
    def asked(self) -> Asked: ...
    def refuse_entry(self, words: str) -> None: ...


class View(Protocol):
    """The record, of which the page is made when it is first wanted."""

    @property
    def results(self) -> Page: ...


class PastePresenter:
    """One block at a time, of the record that is open."""

    def __init__(
        self, view: View, results: Results, forms: Forms, tasks: Tasks, feed: ChangeFeed, navigator: Navigator
    ) -> None:
        self._view, self._results, self._forms = view, results, forms
        self._tasks, self._feed, self._navigator = tasks, feed, navigator
        self._keeping = FormKeeping(forms, tasks, self._remind, self)
        self._file: PatientFile | None = None
        self._today = date.min
        self._may = False
        self._block: Block | None = None
        self._left: KeptForm | None = None
        self._busy = self._wanted = False

    # -- coming and going

    def show_file(self, file: PatientFile, today: date, *, may_record: bool) -> None:
        """The record it is pasted into; a preview that is open is judged again, one that was left is offered."""
        other = self._file is None or self._file.patient.id != file.patient.id
        self._file, self._today, self._may = file, today, may_record
        if self._block is not None and not self._busy:
            self._view.results.asked.show_paste(self._shown())
        if other and may_record:
            self._tasks.run(lambda: self._forms.load(paste_key(file.patient.id)), self._found, self._not_found)

    def come_back(self) -> None:
        """Somebody comes to go on with what was left: it opens as soon as it is found."""
        self._wanted = True

    def _found(self, kept: KeptForm | None) -> None:
        if kept is None or self._file is None or self._block is not None:
            return
        if kept.key.patient_id != self._file.patient.id:
            return
        self._left = kept
        if self._wanted:
            self.go_on()
        else:
            when = last_kept(kept.saved_at, self._today)
            words = tr("A pasted block of results, not saved, last kept {when}.", when=when)
            self._view.results.asked.offer_paste(words)

    def _not_found(self, error: RegistryError) -> None:
        self._view.results.refuse_entry(str(error))

    def go_on(self) -> None:
        """The preview as it was left, judged against the record as it is now."""
        left, self._left, self._wanted = self._left, None, False
        if left is None or self._file is None or not self._may or self._block is not None:
            return
        try:
            block = block_of(left.content)
        except NoBlock as error:
            self._left = left
            self._view.results.refuse_entry(str(error))
            return
        self._ask(block)

    def discard(self) -> None:
        """What was left is not wanted."""
        left, self._left = self._left, None
        self._view.results.asked.offer_paste("")
        if left is not None:
            self._keeping.forget(left.key)

    def shown(self) -> None:
        """The record is in view again."""
        self._keeping.stay()

    def leave(self) -> None:
        """Another screen, a lock or the end: what stands in the preview is kept at once."""
        self._keeping.leave()

    @property
    def has_unkept(self) -> bool:
        """Whether something of a block is in the registry neither as saved nor as kept."""
        return self._busy or self._keeping.unkept

    def woken(self) -> None:
        """The view's timer ran out."""
        self._keeping.woken()

    def kept(self, at: datetime) -> None:
        """It is kept; nothing is asked of anybody."""

    def not_kept(self, error: RegistryError) -> None:
        """It is not: whoever looks at it knows."""
        self._view.results.asked.refuse_paste(str(error))

    def _remind(self, milliseconds: int) -> None:
        self._view.results.asked.remind_paste(milliseconds)

    # -- the preview

    def begin(self, text: str) -> None:
        """A block from the clipboard; not while another waits, whose place it would take."""
        if self._file is None or not self._may or self._busy or self._block is not None:
            return
        if self._left is not None:
            words = tr("A block that was pasted before waits here: go on with it or discard it, then paste this one.")
            self._view.results.refuse_entry(words)
            return
        try:
            block = Block(plain(text), read_block(text))
        except NoBlock as error:
            self._view.results.refuse_entry(str(error))
            return
        block.propose()
        self._ask(block)

    def _ask(self, block: Block) -> None:
        assert self._file is not None
        self._view.results.refuse_entry("")
        self._view.results.asked.offer_paste("")
        self._block = block
        self._keeping.begin(paste_key(self._file.patient.id))
        tests = [(item.code, item.label) for _, items in grouped_tests() for item in items if not item.retired]
        choices = [("", tr("Choose the test")), (IGNORE, tr("Leave this test out")), *sorted(tests, key=_label)]
        who = identity_of(self._file.patient, self._today, clinical=True)
        self._view.results.asked.ask_paste(who, choices, self._shown())
        self._keeping.edited(block.to_json())

    # -- what a person says of it

    def item(self, place: int, code: str) -> None:
        """Which test it is; its unit must be confirmed anew."""
        if self._block is not None:
            self._block.items[place] = code
            self._block.confirmed.discard(place)
            test = next(each for each in self._block.pasted.tests if each.place == place)
            known = code not in ("", IGNORE)
            self._block.units[place] = proposed_unit(CATALOGUE.item(code), test) if known else ""
            self._show()

    def unit(self, place: int, unit: str) -> None:
        """In which unit the block gives it: chosen, so confirmed."""
        if self._block is not None:
            self._block.units[place] = unit
            self.confirm(place, confirmed=bool(unit))

    def confirm(self, place: int, *, confirmed: bool) -> None:
        """The unit shown is the one of the block."""
        if self._block is not None:
            (self._block.confirmed.add if confirmed else self._block.confirmed.discard)(place)
            self._show()

    def doubts(self, *, right: bool) -> None:
        """What is unusual is right."""
        if self._block is not None:
            self._block.doubts = right
            self._show()

    def change(self, *, wanted: bool) -> None:
        """What differs takes the place of what is recorded."""
        if self._block is not None:
            self._block.change = wanted
            self._show()

    def reason(self, words: str) -> None:
        """Why recorded results change."""
        if self._block is not None:
            self._block.reason = words
            self._keeping.edited(self._block.to_json())

    def drop(self) -> None:
        """Nothing of it is wanted."""
        self._block = None
        self._keeping.drop()

    def closed(self) -> None:
        """The preview is gone, as by a lock; what it held is kept."""
        self._block = None
        self._keeping.leave()

    # -- saving

    def save(self, reason: str) -> None:
        """Exactly what the preview shows, in one go."""
        if self._busy or self._block is None or self._file is None:
            return
        block, patient_id, plan = self._block, self._file.patient.id, self._plan(self._block)
        answers = block.answers
        self._busy = True
        self._keeping.hold()
        self._tasks.run(
            lambda: self._results.paste(patient_id, block.text, answers, plan, reason), self._saved, self._refused
        )

    def _saved(self, saved: tuple[Counts, Changed]) -> None:
        self._busy, self._block = False, None
        self._keeping.settled()
        self._view.results.asked.close_paste()
        self._navigator.say_saved(saved[0].line)
        self._feed.publish(saved[1])

    def _refused(self, error: RegistryError) -> None:
        self._busy = False
        self._keeping.go_on()
        words = " ".join(error.problems.values()) if isinstance(error, InvalidInput) else str(error)
        self._view.results.asked.refuse_paste(f"{words[:1].upper()}{words[1:]}")

    # -- in words

    def _plan(self, block: Block) -> PastePlan:
        assert self._file is not None
        return judge(block.pasted, block.answers, self._file, self._today)

    def _show(self) -> None:
        assert self._block is not None
        self._keeping.edited(self._block.to_json())
        self._view.results.asked.show_paste(self._shown())

    def _shown(self) -> PasteShown:
        assert self._block is not None
        assert self._file is not None
        block, plan = self._block, self._plan(self._block)
        # What ticks would bring in is told even while they are not set.
        answers = Answers(block.items, block.answers.units, True, True)
        every = plan if answers == block.answers else judge(block.pasted, answers, self._file, self._today)
        doubts = sum(bool(each.doubt) and each.takes for each in every.outcomes)
        differ = sum(each.fate is Fate.CHANGED for each in every.outcomes)
        taken = sum(each.takes for each in plan.outcomes)
        changed = any(each.fate is Fate.CHANGED for each in plan.outcomes)
        tick = tr_count("{count} result is unusual: it is right", "{count} results are unusual: they are right", doubts)
        other = tr_count("Change {count} result that differs", "Change {count} results that differ", differ)
        things = tr_count("Save {count} result", "Save {count} results", taken)
        save = tr("{things} for {who}", things=things, who=self._who())
        return PasteShown(
            tests=tuple(_test(block, each.place, each.name) for each in block.pasted.tests),
            rows=tuple(_row(each) for each in plan.outcomes),
            sums=plan.counts.line,
            doubts=tick if doubts else "",
            differing=other if differ else "",
            reasoned=changed,
            reason=block.reason,
            doubts_right=block.doubts,
            change_wanted=block.change,
            save=save if taken else tr("Nothing to save yet"),
            ready=bool(taken),
        )

    def _who(self) -> str:
        assert self._file is not None
        return identity_of(self._file.patient, self._today, clinical=True).name


def _label(test: tuple[str, str]) -> str:
    return test[1].casefold()


def _test(block: Block, place: int, name: str) -> PasteTest:
    code = block.items.get(place, "")
    item = CATALOGUE.item(code) if code not in ("", IGNORE) else None
    units = units_of(item) if item is not None and needs_unit(item) else ()
    return PasteTest(place, name, code, units, block.units.get(place, ""), place in block.confirmed)


def _row(outcome: Outcome) -> PasteRow:
    fate, icon, tone = FATES[outcome.fate]
    words = tr(fate)
    happens = f"{words}: {outcome.reason}" if outcome.reason else words
    if outcome.takes:
        happens = f"{words}: {outcome.after}"
        happens += f" ({outcome.doubt})" if outcome.doubt else ""
    day = show_date(outcome.on) if outcome.on is not None else outcome.day
    return PasteRow(outcome.number, outcome.test, day, outcome.text, outcome.before, happens, icon, tone)
