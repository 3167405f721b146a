"""The words for a finding on screen and in letters, one place for every item and every state (decision 1)."""

from datetime import date

from poems_registry.catalogue.item import Derived, Item, lower_first
from poems_registry.catalogue.kinds import NBSP, NOT_DETECTED, Choice, Choices, Number, YesNo, same_unit, show_number
from poems_registry.domain.dates import PartialDate, letter_date
from poems_registry.domain.findings import STATE_WORDS, Finding, Sign, State, Value

NOT_RECORDED_WORDS = "Not recorded"
NOT_ASSESSED = "not_assessed"
_LETTER_UNITS = {"s": "seconds", "umol/L": "µmol/L", "ug/L": "µg/L", "kg/m2": "kg/m²"}

PAIRED = {
    ("papilloedema_right", "papilloedema_left"): (
        "Swelling at the back of both eyes (papilloedema)",
        "No swelling at the back of either eye (papilloedema)",
    ),
}
"""Two sides with the same answer: the words for both and for neither."""


def on_screen(item: Item, finding: Finding | None) -> str:
    """`2,310 pg/mL`, `> 8,000 pg/mL`, `No enlarged spleen`, `Not done`, `Not recorded`."""
    if finding is None:
        return NOT_RECORDED_WORDS
    if finding.state is not State.RECORDED:
        return STATE_WORDS[finding.state]
    kind = item.kind
    if isinstance(kind, Number):
        if finding.reported == NOT_DETECTED:
            return NOT_DETECTED.capitalize()
        sign = "" if finding.sign is Sign.EQUAL else f"{finding.sign.value}{NBSP}"
        return sign + _with_unit(figure(kind, finding), kind.unit)
    if isinstance(kind, YesNo):
        return item.label if finding.value == "present" else item.no
    return kind.show(_value(finding))


def value_in_letter(item: Item, finding: Finding) -> str:
    """The recorded value as a letter prints it: no symbols such as < or >, dates in long form."""
    kind, value = item.kind, _value(finding)
    if isinstance(kind, Number):
        return number_words(kind, finding) + as_reported(kind, finding)
    if isinstance(kind, YesNo):
        return item.plain or lower_first(item.label) if value == "present" else _plain_no(item)
    if isinstance(kind, Choice):
        option = kind.option(str(value))
        return option.phrase or lower_first(option.label)
    if isinstance(kind, Choices):
        return _joined([o.phrase or o.label for o in kind.options if o.code in _codes(value)])
    if isinstance(value, PartialDate):
        return letter_date(value)
    return str(value)


def number_words(kind: Number, finding: Finding, *, unit: bool = True) -> str:
    """`more than 8,000 pg/mL`, `below 31 pg/mL`, `640 pg/mL`, `none detected`."""
    if finding.reported == NOT_DETECTED:
        return "none detected"
    prefix = {Sign.EQUAL: "", Sign.ABOVE: "more than ", Sign.BELOW: "below "}[finding.sign]
    return prefix + _with_unit(figure(kind, finding), letter_unit(kind.unit) if unit else "")


def figure(kind: Number, finding: Finding) -> str:
    """The number alone; what was reported in the item's own unit is never rounded: 34.6 below 35 must not read 35."""
    own = finding.reported and same_unit(finding.reported_unit or kind.unit) == same_unit(kind.unit)
    return show_number(finding.number) if own else kind.show(_value(finding))


def as_reported(kind: Number, finding: Finding) -> str:
    """` (reported as 12.1 g/dL)` where the number on paper is not the one that was written down (decision 12)."""
    unit = finding.reported_unit
    if not finding.reported or finding.reported == NOT_DETECTED or not unit or same_unit(unit) == same_unit(kind.unit):
        return ""
    if finding.reported_number == finding.number:
        return ""
    sign = {Sign.EQUAL: "", Sign.ABOVE: "more than ", Sign.BELOW: "below "}[finding.sign]
    return f" (reported as {sign}{_with_unit(finding.reported, letter_unit(unit))})"


def letter_unit(unit: str) -> str:
    """The unit as a letter prints it: `seconds` for s, `µmol/L` for umol/L; others as they are."""
    return _LETTER_UNITS.get(unit, unit)


def sentence(item: Item, finding: Finding | None, last: tuple[date, Finding] | None = None) -> str:
    """One finding as a letter says it. Only a recorded *absent* ever says "no".

    `last` is the newest recorded finding before this visit, told with its date when nothing is known today.
    """
    if item.research:
        return ""
    name = item.plain or item.label
    if finding is not None and finding.state is State.RECORDED:
        value = value_in_letter(item, finding)
        if isinstance(item.kind, Choice) and finding.value == NOT_ASSESSED:
            return f"{_capital(name)}: {value} today{_last_words(item, last)}"
        if isinstance(item.kind, YesNo) or (isinstance(item.kind, Choice) and value.startswith(("no ", name))):
            return _capital(value)
        return f"{_capital(name)}: {value}"
    if finding is not None and finding.state is State.NOT_APPLICABLE:
        return ""
    return f"{_capital(name)}: {missing_words(item, finding, last)}"


def missing_words(item: Item, finding: Finding | None, last: tuple[date, Finding] | None = None) -> str:
    """Why there is no value today, with the last known value and its date where that could be missed."""
    if finding is None:
        return "not recorded" + _last_words(item, last)
    reason = f" ({finding.note})" if finding.note and finding.state is State.UNABLE else ""
    words = {
        State.NOT_DONE: "not done at this visit",
        State.PENDING: "result awaited",
        State.DECLINED: "declined",
        State.UNABLE: "could not be assessed" + reason,
        State.UNKNOWN: "not known",
        State.NOT_APPLICABLE: "not applicable",
        State.RECORDED: "",
    }[finding.state]
    return words + _last_words(item, last)


def derived_words(item: Derived, value: float) -> str:
    """A computed value with its unit."""
    return _with_unit(show_number(value, item.kind.decimals), item.kind.unit)


def meaning(item: Item, value: Value | None) -> str:
    """What a grade means in words (`one stick or arm for 10 m`), empty for plain measurements."""
    kind = item.kind
    if not isinstance(kind, Number) or not kind.meanings or not isinstance(value, float):
        return ""
    index = int(value - kind.hard[0])
    return kind.meanings[index] if 0 <= index < len(kind.meanings) else ""


def limits_in_own_unit(kind: Number, finding: Finding) -> tuple[float | None, float | None]:
    """The laboratory's limits, lower and upper, in the unit that stands beside the value; None where that cannot be."""
    low, high = (
        None if limit is None else kind.in_own_unit(limit, finding.reported_unit)
        for limit in (finding.limit_low, finding.limit_high)
    )
    return low, high


def high_or_low(finding: Finding) -> str:
    """`high` or `low` by the laboratory's own limits of that result (decision 6), empty inside them or without any.

    A censored result is called only if all of it lies outside.
    """
    if finding.state is not State.RECORDED or not isinstance(finding.value, float) or finding.reported == NOT_DETECTED:
        return ""
    number = finding.reported_number
    if finding.limit_high is not None and finding.sign is not Sign.BELOW:
        beyond = number > finding.limit_high or (finding.sign is Sign.ABOVE and number >= finding.limit_high)
        if beyond:
            return "high"
    if finding.limit_low is not None and finding.sign is not Sign.ABOVE:
        beyond = number < finding.limit_low or (finding.sign is Sign.BELOW and number <= finding.limit_low)
        if beyond:
            return "low"
    return ""


def surely_not(side: str, finding: Finding) -> bool:
    """Whether a recorded number cannot be `high`, or `low`, by its own limits; False without a limit on that side.

    A censored result says so only if all of it lies inside.
    """
    if finding.state is not State.RECORDED or not isinstance(finding.value, float):
        return False
    limit = finding.limit_high if side == "high" else finding.limit_low
    if limit is None or finding.reported == NOT_DETECTED:
        return limit is not None and side == "high"
    if side == "high":
        return finding.sign is not Sign.ABOVE and finding.reported_number <= limit
    return finding.sign is not Sign.BELOW and finding.reported_number >= limit


def within_limits(finding: Finding) -> bool:
    """Whether all of a result lies inside every limit the laboratory gave with it; False if it gave none."""
    limits = {"low": finding.limit_low, "high": finding.limit_high}
    given = [side for side, limit in limits.items() if limit is not None]
    return bool(given) and all(surely_not(side, finding) for side in given)


def _last_words(item: Item, last: tuple[date, Finding] | None) -> str:
    if last is None:
        return ""
    on, finding = last
    present = isinstance(item.kind, YesNo) and finding.value == "present"
    return f" (last: {'present' if present else value_in_letter(item, finding)} on {letter_date(on)})"


def _plain_no(item: Item) -> str:
    return "no " + item.plain if item.plain else lower_first(item.no)


def _codes(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _joined(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _value(finding: Finding) -> Value:
    if finding.value is None:
        raise ValueError("a recorded finding holds a value")
    return finding.value


def _with_unit(text: str, unit: str) -> str:
    if not unit:
        return text
    return f"{text}%" if unit == "%" else f"{text}{NBSP}{unit}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
