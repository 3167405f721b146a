"""The decisions of pasting a block: which test and unit each row is, what would happen to each cell, and saving it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.pasted import NoBlock, Pasted, read_block
from poems_registry.catalogue.pasted_results import (
    IGNORE,
    Answers,
    Outcome,
    PastePlan,
    judge,
    needs_unit,
    proposed_item,
    proposed_unit,
)
from poems_registry.catalogue.results import grouped_tests, units_of
from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import InvalidInput, RegistryError
from poems_registry.domain.proposals import Counts, Fate
from poems_registry.domain.records import PatientFile
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.identity import Identity, identity_of
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


class Page(Protocol):
    """The page that shows the preview."""

    @property
    def asked(self) -> Asked: ...
    def refuse_entry(self, words: str) -> None: ...


class View(Protocol):
    """The record, of which the page is made when it is first wanted."""

    @property
    def results(self) -> Page: ...


@dataclass
class _Block:
    """A block in hand, and what was said of it."""

    text: str
    pasted: Pasted
    items: dict[int, str] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    confirmed: set[int] = field(default_factory=set)
    doubts: bool = False
    change: bool = False

    @property
    def answers(self) -> Answers:
        """Only what a person confirmed counts as a unit."""
        units = {place: unit for place, unit in self.units.items() if place in self.confirmed and unit}
        return Answers(dict(self.items), units, self.doubts, self.change)


class PastePresenter:
    """One block at a time, of the record that is open."""

    def __init__(self, view: View, results: Results, tasks: Tasks, feed: ChangeFeed, navigator: Navigator) -> None:
        self._view, self._results, self._tasks, self._feed, self._navigator = view, results, tasks, feed, navigator
        self._file: PatientFile | None = None
        self._today = date.min
        self._may = False
        self._block: _Block | None = None
        self._busy = False

    def show_file(self, file: PatientFile, today: date, *, may_record: bool) -> None:
        """The record it is pasted into; a preview that is open is judged again."""
        self._file, self._today, self._may = file, today, may_record
        if self._block is not None and not self._busy:
            self._view.results.asked.show_paste(self._shown())

    def begin(self, text: str) -> None:
        """A block from the clipboard."""
        if self._file is None or not self._may or self._busy:
            return
        try:
            pasted = read_block(text)
        except NoBlock as error:
            self._view.results.refuse_entry(str(error))
            return
        self._view.results.refuse_entry("")
        block = self._block = _Block(text, pasted)
        for test in pasted.tests:
            code = proposed_item(test.name)
            if code:
                block.items[test.place] = code
                block.units[test.place] = proposed_unit(CATALOGUE.item(code), test)
        tests = [(item.code, item.label) for _, items in grouped_tests() for item in items if not item.retired]
        choices = [("", tr("Choose the test")), (IGNORE, tr("Leave this test out")), *sorted(tests, key=_label)]
        who = identity_of(self._file.patient, self._today, clinical=True)
        self._view.results.asked.ask_paste(who, choices, self._shown())

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

    def give_up(self) -> None:
        """Nothing of it is wanted."""
        self._block = None

    # -- saving

    def save(self, reason: str) -> None:
        """Exactly what the preview shows, in one go."""
        if self._busy or self._block is None or self._file is None:
            return
        block, patient_id, plan = self._block, self._file.patient.id, self._plan(self._block)
        answers = block.answers
        self._busy = True
        self._tasks.run(
            lambda: self._results.paste(patient_id, block.text, answers, plan, reason), self._saved, self._refused
        )

    def _saved(self, saved: tuple[Counts, Changed]) -> None:
        self._busy, self._block = False, None
        self._view.results.asked.close_paste()
        self._navigator.say_saved(saved[0].line)
        self._feed.publish(saved[1])

    def _refused(self, error: RegistryError) -> None:
        self._busy = False
        words = " ".join(error.problems.values()) if isinstance(error, InvalidInput) else str(error)
        self._view.results.asked.refuse_paste(f"{words[:1].upper()}{words[1:]}")

    # -- in words

    def _plan(self, block: _Block) -> PastePlan:
        assert self._file is not None
        return judge(block.pasted, block.answers, self._file, self._today)

    def _show(self) -> None:
        self._view.results.asked.show_paste(self._shown())

    def _shown(self) -> PasteShown:
        assert self._block is not None
        assert self._file is not None
        block, plan = self._block, self._plan(self._block)
        # What ticks would bring in is told even while they are not set.
        every = judge(block.pasted, Answers(block.items, block.answers.units, True, True), self._file, self._today)
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
            save=save if taken else tr("Nothing to save yet"),
            ready=bool(taken),
        )

    def _who(self) -> str:
        assert self._file is not None
        return identity_of(self._file.patient, self._today, clinical=True).name


def _label(test: tuple[str, str]) -> str:
    return test[1].casefold()


def _test(block: _Block, place: int, name: str) -> PasteTest:
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
