"""How lines of therapy are counted (clinical.md 5): the rule proposes a number and says why, the person decides.

A line is a planned programme. Progression or lack of response begins a new one; what was planned from the beginning as
the next part does not; a change for toxicity within the same class stays in its line and is flagged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.regimens import BY_CODE, brief_name, classes_of, is_radiotherapy
from poems_registry.domain.treatments import TreatmentLine

NEW_LINE_CAUSES = frozenset({"progression", "no_response"})
SOURCE = "Rule of counting lines, as in myeloma practice (clinical specification, section 5)"


@dataclass(frozen=True, slots=True)
class Counted:
    """What the rule says of a line that is being entered: its number, or that it is part of `belongs_to`.

    `settled` False: the rule cannot tell, and `why` says what is missing. `flag` marks a change for toxicity.
    """

    number: int
    why: str
    belongs_to: int | None = None
    settled: bool = True
    flag: bool = False


def counted(new: TreatmentLine, others: Sequence[TreatmentLine], diagnosed: PartialDate | None) -> Counted:
    """Where the rule would count a line that is being entered, among the other lines of the person."""
    if _before_the_diagnosis(new, diagnosed):
        return Counted(0, "It began before the diagnosis: treatment of a mistaken diagnosis is line 0.")
    therapies = sorted((line for line in others if line.number > 0), key=_order)
    earlier = [line for line in therapies if _begun_before(line, new)]
    following = max([line.number for line in earlier], default=0) + 1
    if not earlier:
        if new.cause in NEW_LINE_CAUSES | {"toxicity"} and not therapies:
            return Counted(1, "No line of therapy is recorded before it, so it is the first.", settled=False)
        return Counted(following, "It is the first treatment after the diagnosis.")
    before = earlier[-1]
    return _after(new, before, following)


def _after(new: TreatmentLine, before: TreatmentLine, following: int) -> Counted:
    if new.cause in NEW_LINE_CAUSES:
        what = "relapse or progression" if new.cause == "progression" else "lack of response"
        return Counted(following, f"A change for {what} begins a new line.")
    if new.cause == "planned":
        parts = "Radiotherapy and what was planned to follow it" if is_radiotherapy(before) else "What was planned"
        return Counted(before.number, f"{parts} together is one line.", before.number)
    if new.cause == "toxicity":
        return _tolerated_badly(new, before, following)
    if is_radiotherapy(before) and not is_radiotherapy(new):
        words = "Systemic treatment after radiotherapy is the same line if it was planned, else a new one."
    else:
        words = "Why it was begun decides: a new line after progression or no response, the same if it was planned."
    return Counted(following, words, settled=False)


def _tolerated_badly(new: TreatmentLine, before: TreatmentLine, following: int) -> Counted:
    shared = classes_of(new) & classes_of(before) - _SHARED_BY_ALL
    if shared:
        kind = sorted(each.value for each in shared)[0]
        words = f"A change for toxicity within the same class ({kind}) stays in the line, and is flagged."
        return Counted(before.number, words, before.number, flag=True)
    words = "Another class after toxicity: the rule keeps only changes within a class in the line, so a new one."
    return Counted(following, words)


def same_class(one: TreatmentLine, other: TreatmentLine) -> bool:
    """Whether two lines share a class of drugs, steroids apart, which go with almost everything."""
    return bool(classes_of(one) & classes_of(other) - _SHARED_BY_ALL)


def changed_for_toxicity(line: TreatmentLine) -> bool:
    """Whether a drug of the line was changed because it was not tolerated: the flag of the rule."""
    return any(drug.stop_reason == "toxicity" for drug in line.drugs)


def overlapping(line: TreatmentLine, others: Sequence[TreatmentLine]) -> tuple[TreatmentLine, ...]:
    """The lines of therapy that surely ran at the same time; line 0 may run beside anything."""
    if line.number == 0 or line.start is None:
        return ()
    return tuple(other for other in others if other.id != line.id and other.number > 0 and _surely_overlap(line, other))


def told(line: TreatmentLine) -> str:
    """`line 2 (Dara-Rd)`, for a sentence."""
    name = brief_name(line) if line.category in BY_CODE else line.name
    return f"line {line.number} ({name})" if name else f"line {line.number}"


def _before_the_diagnosis(new: TreatmentLine, diagnosed: PartialDate | None) -> bool:
    return diagnosed is not None and new.start is not None and new.start.latest() < diagnosed.earliest()


def _order(line: TreatmentLine) -> tuple[int, date, int]:
    return line.number, line.start.earliest() if line.start else date.min, line.id


def _begun_before(line: TreatmentLine, new: TreatmentLine) -> bool:
    if line.id == new.id and new.id:
        return False
    return line.start is None or new.start is None or line.start.earliest() <= new.start.latest()


def _surely_overlap(one: TreatmentLine, other: TreatmentLine) -> bool:
    """Whatever the days that partial dates leave open."""
    if one.start is None or other.start is None:
        return False
    first, second = sorted((one, other), key=lambda line: line.start.latest() if line.start else date.max)
    ended = first.stop.earliest() if first.stop is not None else date.max
    begun = second.start.latest() if second.start is not None else date.max
    return begun < ended


_SHARED_BY_ALL = frozenset(kind for kind in classes_of(TreatmentLine(name="dexamethasone")))
