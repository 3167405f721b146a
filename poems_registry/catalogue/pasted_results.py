"""What a pasted block would do to a record: each result new, the same, different or refused, in words."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.contradictions import Surroundings, cross_checks
from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import Number, same_unit
from poems_registry.catalogue.pasted import Pasted, PastedCell, PastedTest, name_and_unit
from poems_registry.catalogue.results import LIGHT_CHAINS, RATIO, is_test, number_and_unit, said_by
from poems_registry.catalogue.wording import on_screen
from poems_registry.domain.dates import AmbiguousDate, BadDate, parse_date
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.findings import STATE_WORDS, Finding, State
from poems_registry.domain.possible_days import why_not
from poems_registry.domain.proposals import Counts, Fate, Judged, Refused, reconciled
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient, PatientFile

Made = TypeVar("Made")
IGNORE: Final = "ignore"
"""In place of an item's code: the person says that this test is not to be taken."""

_SHEET: Final = re.compile(r"=.*|#+|#(?:N/A|NAME\?|REF!|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!)", re.IGNORECASE)
"""A formula, an error of one, or a number that its column was too narrow to show."""

_BLANK: Final = {"-", "--", "\u2013", "\u2014", ".", "n/a", "na", "nil", "?"}
_STATES: Final = {words.casefold(): state for state, words in STATE_WORDS.items() if state is not State.RECORDED} | {
    "pending": State.PENDING,
    "awaited": State.PENDING,
}
_NAMES: Final = {
    "hb": "haemoglobin",
    "hgb": "haemoglobin",
    "plt": "platelets",
    "kappa": "flc_kappa",
    "lambda": "flc_lambda",
    "alb": "albumin",
    "creat": "creatinine",
    "serum vegf": "vegf_serum",
    "plasma vegf": "vegf_plasma",
}
"""Names that mean one test and no other. `VEGF` alone is not among them: a person says whether serum or plasma."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said of the block: by a test's place its item and unit; what is unusual and right; what changes."""

    items: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    doubts_confirmed: bool = False
    change_differing: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One cell and what becomes of it. `before` and `after` are words; `encounter_id` is where it stands already."""

    number: int
    fate: Fate
    test: str = ""
    on: date | None = None
    day: str = ""
    text: str = ""
    before: str = ""
    after: str = ""
    reason: str = ""
    doubt: str = ""
    finding: Finding | None = None
    encounter_id: int = 0

    @property
    def takes(self) -> bool:
        """Whether it would be saved."""
        return self.fate in (Fate.NEW, Fate.CHANGED)


@dataclass(frozen=True, slots=True)
class PastePlan:
    """Every cell's outcome in the order of the block."""

    outcomes: tuple[Outcome, ...]
    counts: Counts


def proposed_item(name: str) -> str:
    """The item a name means without any doubt, else nothing: a person chooses then."""
    for wanted in dict.fromkeys((_plain(name), _plain(name_and_unit(name)[0]))):
        found = [i.code for i in CATALOGUE.items.values() if is_test(i) and wanted in (_plain(i.label), _plain(i.code))]
        if len(found) == 1:
            return found[0]
        if wanted in _NAMES:
            return _NAMES[wanted]
    return ""


def proposed_unit(item: Item, test: PastedTest) -> str:
    """The catalogue's spelling of the unit that the block states, nothing if it states none or an unknown one."""
    if not isinstance(item.kind, Number) or not test.unit:
        return ""
    known = (item.kind.unit, *item.kind.units)
    return next((unit for unit in known if same_unit(unit) == same_unit(test.unit)), "")


def needs_unit(item: Item) -> bool:
    """Whether a unit must be confirmed before anything of it is taken."""
    return isinstance(item.kind, Number) and bool(item.kind.unit)


def judge(pasted: Pasted, answers: Answers, file: PatientFile, today: date) -> PastePlan:
    """Every cell's fate, whatever the order of rows and columns; nothing is judged twice or not at all."""
    tests, desk = {test.place: test for test in pasted.tests}, _Desk(answers, file, today)
    outcomes = [Outcome(each.number, Fate.IGNORED, text=each.text, reason=each.why) for each in pasted.leftovers]
    read: list[tuple[PastedCell, Outcome]] = []
    for cell in pasted.cells:
        test = tests[cell.test]
        try:
            read.append((cell, desk.read(cell, test)))
        except Refused as refusal:
            outcomes.append(_out(cell, test, Fate.SET_ASIDE, str(refusal)))
        except _Ignored as ignored:
            outcomes.append(_out(cell, test, Fate.IGNORED, str(ignored)))
    outcomes += _without_denied(_twice(read, tests))
    outcomes.sort(key=lambda each: each.number)
    counts = reconciled(pasted.read, (Judged(each.number, each.fate, each.reason) for each in outcomes))
    return PastePlan(tuple(outcomes), counts)


class _Ignored(Exception):
    """Nothing is to be taken from a cell, and nobody needs to do anything."""


def _out(cell: PastedCell, test: PastedTest, fate: Fate, reason: str) -> Outcome:
    return Outcome(cell.number, fate, test.name, None, cell.day, cell.text, reason=reason)


class _Desk:
    """One judging: each day, each text of a test and the record are looked at once, however many cells there are."""

    def __init__(self, answers: Answers, file: PatientFile, today: date) -> None:
        self._answers, self._file, self._today = answers, file, today
        self._there: dict[tuple[date, str], list[tuple[Encounter, Finding]]] = {}
        for encounter in file.counted:
            for found in encounter.findings:
                if found.instance == 0:
                    self._there.setdefault((encounter.on, found.item), []).append((encounter, found))
        self._days: dict[str, date | Refused] = {}
        self._read: dict[tuple[int, str, str], tuple[Finding, str] | Refused] = {}

    def read(self, cell: PastedCell, test: PastedTest) -> Outcome:
        """What becomes of one cell; Refused or _Ignored in words."""
        if cell.text.casefold() in _BLANK:
            raise _Ignored("says nothing")
        if _SHEET.fullmatch(cell.text):
            raise Refused("is a formula or an error of the spreadsheet, not its result: copy the values")
        code = self._answers.items.get(test.place, "")
        if code == IGNORE:
            raise _Ignored("this test is left out")
        if not code:
            raise Refused("choose which test this is")
        item = CATALOGUE.item(code)
        unit = self._answers.units.get(test.place, "")
        if needs_unit(item) and not unit:
            raise Refused("confirm the unit of this test")
        on = self._day(cell.day)
        finding, doubt = self._finding(cell, test, item, unit)
        return self._against_record(cell, item, finding, doubt, on)

    def _day(self, text: str) -> date:
        if text not in self._days:
            self._days[text] = _or_refused(lambda: day_of(text, self._file, self._today))
        return _given(self._days[text])

    def _finding(self, cell: PastedCell, test: PastedTest, item: Item, unit: str) -> tuple[Finding, str]:
        key = (test.place, cell.text, cell.time)
        if key not in self._read:
            self._read[key] = _or_refused(lambda: _finding(cell, test, item, unit, self._file.patient, self._today))
        return _given(self._read[key])

    def _against_record(self, cell: PastedCell, item: Item, finding: Finding, doubt: str, on: date) -> Outcome:
        """Against what is recorded of that test on that day, wherever it stands."""
        there = self._there.get((on, item.code), [])
        after = told(item, finding)
        made = Outcome(cell.number, Fate.NEW, item.label, on, cell.day, cell.text, "", after, "", doubt, finding)
        if any(_same(found, finding) for _, found in there):
            return _with(made, Fate.UNCHANGED, before=after)
        if there:
            encounter, found = there[0]
            before, why = told(item, found), _why_no_change(there, self._answers)
            if why:
                return _with(made, Fate.SET_ASIDE, before=before, reason=why, encounter_id=encounter.id)
            made = _with(made, Fate.CHANGED, before=before, encounter_id=encounter.id)
        if doubt and not self._answers.doubts_confirmed:
            return _with(made, Fate.SET_ASIDE, before=made.before, reason=f"{doubt}: confirm that it is right")
        return made


def _or_refused(work: Callable[[], Made]) -> Made | Refused:
    try:
        return work()
    except Refused as refusal:
        return refusal


def _given(found: Made | Refused) -> Made:
    if isinstance(found, Refused):
        raise Refused(str(found))  # a new one: raised again and again, one and the same would grow
    return found


def day_of(text: str, file: PatientFile, today: date) -> date:
    """The day; of a year in two figures the only one that is possible for this person. Refused in words."""
    try:
        found = [parse_date(text, today, future=True)]
    except AmbiguousDate as error:
        found = [each for each in error.readings if not why_not(file.patient, each.earliest(), today)]
    except BadDate as error:
        raise Refused(str(error)) from None
    if len(found) != 1:
        raise Refused("the century of this date is not clear: write the year with four figures")
    on = found[0].earliest()
    why = why_not(file.patient, on, today)
    if why:
        raise Refused(f"the date {why}")
    return on


def _finding(
    cell: PastedCell, test: PastedTest, item: Item, unit: str, patient: Patient, today: date
) -> tuple[Finding, str]:
    state = _STATES.get(cell.text.casefold())
    if state is not None:
        return Finding(item.code, None, state), ""
    own = number_and_unit(cell.text)[1] if isinstance(item.kind, Number) else ""
    bare = isinstance(item.kind, Number) and not own and any(sign.isdigit() for sign in cell.text)
    text = f"{cell.text} {unit}" if bare and unit and same_unit(unit) != same_unit(item.unit) else cell.text
    same = not own or same_unit(own) == same_unit(unit)
    low, high = (test.low, test.high) if same and isinstance(item.kind, Number) else ("", "")
    typed = FieldDraft(text, limit_low=low, limit_high=high, assay=test.assay, sample_time=cell.time)
    said = said_by(item, typed, today, PatientFile(patient))
    if said.problem or said.finding is None:
        raise Refused(said.problem or "is not understood")
    return said.finding, said.doubt


def _why_no_change(there: list[tuple[Encounter, Finding]], answers: Answers) -> str:
    encounter = there[0][0]
    if len(there) > 1:
        return "this day has several results of this test: correct the one that is wrong in the grid"
    if encounter.state is EncounterState.SIGNED or encounter.kind is EncounterKind.CLINIC:
        return "differs from the result of a signed visit: amend that visit"
    if encounter.closed:
        return "differs from what a closed contact says: amend that contact"
    return "" if answers.change_differing else "differs from what is recorded: say that it is to be changed, and why"


def _with(made: Outcome, fate: Fate, *, before: str = "", reason: str = "", encounter_id: int = 0) -> Outcome:
    return Outcome(
        made.number, fate, made.test, made.on, made.day, made.text, before, made.after, reason, made.doubt,
        made.finding, encounter_id or made.encounter_id,
    )  # fmt: skip


def told(item: Item, finding: Finding) -> str:
    """A result in words, with its unit as reported where that is another one."""
    if finding.state is not State.RECORDED:
        return STATE_WORDS[finding.state]
    words = on_screen(item, finding)
    if finding.reported_unit and same_unit(finding.reported_unit) != same_unit(item.unit):
        return f"{words} (reported {finding.reported} {finding.reported_unit})"
    return words


def _same(one: Finding, other: Finding) -> bool:
    return (one.state, one.value, one.sign) == (other.state, other.value, other.sign)


def _twice(read: list[tuple[PastedCell, Outcome]], tests: Mapping[int, PastedTest]) -> list[Outcome]:
    """The same test twice on one day: said alike, one of them counts; said differently, none does."""
    found = Counter((each.finding.item, each.on) for _, each in read if each.finding is not None)
    first: dict[tuple[str, date | None], Finding] = {}
    differing = set()
    for _, each in read:
        assert each.finding is not None
        key = (each.finding.item, each.on)
        if key in first and not _same(first[key], each.finding):
            differing.add(key)
        first.setdefault(key, each.finding)
    outcomes, taken = [], set()
    for cell, each in sorted(read, key=lambda pair: pair[0].number):
        assert each.finding is not None
        key = (each.finding.item, each.on)
        if key in differing:
            words = "the block has two different results of this test and day"
            outcomes.append(_out(cell, tests[cell.test], Fate.SET_ASIDE, words))
        elif found[key] > 1 and key in taken:
            outcomes.append(_out(cell, tests[cell.test], Fate.IGNORED, "stands in the block already"))
        else:
            taken.add(key)
            outcomes.append(each)
    return outcomes


def _without_denied(outcomes: list[Outcome]) -> list[Outcome]:
    """Light chains and a ratio that deny each other (clinical.md 2.4): nobody knows which is wrong, so none counts."""
    by_day: dict[date, dict[str, Finding]] = {}
    for each in outcomes:
        if each.finding is not None and each.on is not None and each.finding.item in LIGHT_CHAINS:
            by_day.setdefault(each.on, {})[each.finding.item] = each.finding
    denied = {
        day: f"{block.words}: mend the block, or leave the ratio out"
        for day, found in by_day.items()
        for block in cross_checks(CATALOGUE, found, Surroundings())
        if block.item == RATIO
    }
    return [
        _with(each, Fate.SET_ASIDE, before=each.before, reason=denied[each.on])
        if each.takes and each.on in denied and each.finding is not None and each.finding.item in LIGHT_CHAINS
        else each
        for each in outcomes
    ]


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip()
