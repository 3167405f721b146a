"""Kinds of value: the only place that turns typed text into a value, a value into words, and says its storage slot."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar, Protocol

from poems_registry.domain.dates import AmbiguousDate, PartialDate, parse_date, show_date
from poems_registry.domain.findings import THOUSANDS, Sign, Value
from poems_registry.domain.names import clean_text

NOT_DETECTED = "not detected"
NBSP = "\u00a0"


class Invalid(ValueError):
    """A typed text that cannot be right; the message is shown beside the field."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a typed text means: canonical value, comparator, and the number and unit as the person gave them."""

    value: Value
    sign: Sign = Sign.EQUAL
    reported: str = ""
    reported_unit: str = ""


class Kind(Protocol):
    """One kind of value. `slot` names the storage column: number, code, codes, text or date."""

    @property
    def slot(self) -> str: ...
    def parse(self, text: str, today: date) -> Typed: ...
    def show(self, value: Value) -> str: ...
    def doubt(self, value: Value) -> str: ...
    def describe(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Conversion:
    """canonical = number * factor + offset; `source` says where the factor comes from."""

    factor: float
    offset: float = 0.0
    source: str = ""


_FIGURES = r"[0-9]{1,3}(?:[ ,][0-9]{3})+(?:\.[0-9]+)?(?![0-9^*/])|[0-9]+(?:[.,][0-9]*)?"
SIGNS = "<=|>=|[<>≤≥]"
"""What may stand before a number; `sign_of` says which of them is kept."""
_NUMBER = re.compile(rf"^(?P<sign>(?:{SIGNS})?)\s*(?P<number>[-+]?(?:{_FIGURES}))\s*(?P<unit>.*)$")
MOST_FIGURES = 20
"""More stand in no result; arithmetic would not be exact."""


def sign_of(text: str) -> Sign:
    """Below or above a limit; Invalid for *at most* and *at least*, which are not kept (clinical.md 2.0)."""
    if text in ("<=", ">=", "≤", "≥"):
        raise Invalid("cannot be kept with ≤ or ≥: write < or > as the laboratory's limit, or the number itself")
    return {"<": Sign.BELOW, ">": Sign.ABOVE}.get(text, Sign.EQUAL)


def plain_number(text: str) -> Decimal:
    """`1,250` and `1 250` are thousands, `12,5` and `0,450` a decimal comma; anything else is refused in words."""
    compact = text.strip().replace(NBSP, " ")
    if len(compact) > MOST_FIGURES:
        raise Invalid("has more figures than a result can have")
    if THOUSANDS.fullmatch(compact):
        compact = compact.replace(",", "").replace(" ", "")
    elif compact.count(",") == 1 and "." not in compact:
        compact = compact.replace(",", ".")
    if not re.fullmatch(r"[-+]?[0-9]+(?:\.[0-9]*)?", compact):
        raise Invalid("is not a number")
    return Decimal(compact)


def show_number(value: float, decimals: int = 6) -> str:
    """At most `decimals` places, no needless trailing zeros, comma from 1,000 (nhs.md 2.9, 3.3)."""
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Number:
    """A measured number in one canonical unit (decision 12).

    `hard` limits refuse, `warn` limits ask for confirmation; both in the canonical unit. `units` are the other units
    accepted, each with its explicit conversion. `better` says which way is improvement. `mic` is the minimal important
    change in the canonical unit, `mic_share` as a part of the earlier value; with both, both must be reached. A
    `step` above 0 allows its multiples only.
    """

    slot: ClassVar[str] = "number"
    unit: str = ""
    hard: tuple[float, float] = (0.0, 1e9)
    warn: tuple[float, float] | None = None
    decimals: int = 2
    whole: bool = False
    ucum: str = ""
    units: Mapping[str, Conversion] = field(default_factory=dict)
    typical: str = ""
    better: str = ""
    mic: float | None = None
    mic_share: float | None = None
    step: int = 0
    censored: bool = True
    meanings: tuple[str, ...] = ()

    def parse(self, text: str, today: date) -> Typed:
        """Read `<31`, `>8000`, `1,250`, `12.1 g/dL` or `not detected`; refuse impossible values in words."""
        stripped = text.strip()
        if stripped.lower() in {NOT_DETECTED, "nd", "none detected"} and self.censored and self.hard[0] <= 0:
            return Typed(0.0, Sign.EQUAL, NOT_DETECTED, self.unit)
        match = _NUMBER.match(stripped)
        if match is None:
            raise Invalid(self._range_words("must be a number"))
        number = plain_number(match["number"])
        sign = sign_of(match["sign"])
        if sign is not Sign.EQUAL and not self.censored:
            raise Invalid("takes a plain number, without < or >")
        reported = match["number"].strip().replace(" ", "")
        return self.convert(number, match["unit"].strip() or self.unit, sign, reported)

    def convert(self, number: Decimal, unit: str, sign: Sign = Sign.EQUAL, reported: str = "") -> Typed:
        """Turn a number in a known unit into the canonical one; an unknown unit or impossible value raises Invalid."""
        own = {same_unit(u): Conversion(1.0) for u in (self.unit, self.ucum or self.unit)}
        known = own | {same_unit(u): c for u, c in self.units.items()}
        conversion = known.get(same_unit(unit))
        if conversion is None:
            raise Invalid(f"the unit {unit} is not known here; use {self.unit or 'no unit'}")
        exact = number * Decimal(repr(conversion.factor)) + Decimal(repr(conversion.offset))
        value = float(round(exact, 6)) or 0.0  # never minus zero
        if self.whole and value != int(value):
            raise Invalid("must be a whole number")
        if not self.hard[0] <= value <= self.hard[1]:
            raise Invalid(self._range_words("must lie"))
        if self.step and value % self.step:
            raise Invalid(f"goes in steps of {self.step}")
        if sign is Sign.BELOW and value <= 0:
            raise Invalid("cannot be below 0")
        return Typed(value, sign, reported or str(number), unit)

    def in_own_unit(self, number: float, unit: str) -> float | None:
        """A number in a unit accepted here, such as a laboratory's limit, in the own one; None for another unit."""
        if not unit or same_unit(unit) == same_unit(self.unit):
            return number
        conversion = next((c for u, c in self.units.items() if same_unit(u) == same_unit(unit)), None)
        return None if conversion is None else round(number * conversion.factor + conversion.offset, 6)

    def show(self, value: Value) -> str:
        """The number alone; the unit stands beside it."""
        return show_number(float(value), self.decimals) if isinstance(value, float | int) else str(value)

    def doubt(self, value: Value) -> str:
        """Words when the value is possible but unusual, else empty: marked and confirmed, never refused."""
        if self.warn is None or not isinstance(value, float):
            return ""
        low, high = self.warn
        if value < low:
            return f"unusually low (below {show_number(low)}{NBSP}{self.unit})".rstrip()
        if value > high:
            return f"unusually high (above {show_number(high)}{NBSP}{self.unit})".rstrip()
        return ""

    def describe(self) -> str:
        """For the data dictionary."""
        kind = "whole number" if self.whole else "number"
        unit = f" in {self.unit}" if self.unit else ""
        steps = f", in steps of {self.step}" if self.step else ""
        return f"{kind}{unit}, {show_number(self.hard[0])} to {show_number(self.hard[1])}{steps}"

    def _range_words(self, start: str) -> str:
        unit = f" {self.unit}" if self.unit else ""
        return f"{start} between {show_number(self.hard[0])} and {show_number(self.hard[1])}{unit}"


_SAME_SIGNS = (("μ", "u"), ("µ", "u"), ("⁹", "9"), ("¹²", "12"), ("²", "2"), ("×", "x"))
_POWERS = (("10*9", "109"), ("10^9", "109"), ("10e9", "109"), ("x109", "109"), ("m^2", "m2"), ("[iu]", "iu"))


def same_unit(unit: str) -> str:
    """One spelling for the ways a unit is written: `10^9/L`, `10*9/L`, `x10⁹/L`; `mmol/l`, `mmol/L`.

    Case matters only for the M or m a unit begins with, for mega is not milli.
    """
    text = unit.strip().replace(" ", "")
    for written, meant in _SAME_SIGNS:
        text = text.replace(written, meant)
    text = text[:1] + text[1:].lower() if text.startswith(("M", "m")) else text.lower()
    for written, meant in _POWERS:
        text = text.replace(written, meant)
    return text


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice: permanent code, label on screen, words in a letter (label if empty)."""

    code: str
    label: str
    phrase: str = ""


def options(*pairs: tuple[str, str] | tuple[str, str, str]) -> tuple[Option, ...]:
    """Short form for the section files."""
    return tuple(Option(*pair) for pair in pairs)


@dataclass(frozen=True, slots=True)
class Choice:
    """Exactly one of several answers; none is ever chosen beforehand."""

    slot: ClassVar[str] = "code"
    options: tuple[Option, ...]
    warn: Mapping[str, str] = field(default_factory=dict)

    def option(self, code: str) -> Option:
        """The option of a code; KeyError if the code is not one of ours."""
        return {o.code: o for o in self.options}[code]

    def parse(self, text: str, today: date) -> Typed:
        """Accept a code or a label, whatever its case."""
        wanted = text.strip().casefold()
        for option in self.options:
            if wanted in (option.code.casefold(), option.label.casefold()):
                return Typed(option.code)
        raise Invalid("choose one of: " + ", ".join(o.label for o in self.options))

    def show(self, value: Value) -> str:
        """The label of the code."""
        return self.option(str(value)).label

    def doubt(self, value: Value) -> str:
        """Answers that are possible but rare enough to ask once."""
        return self.warn.get(str(value), "")

    def describe(self) -> str:
        """For the data dictionary."""
        return "one of " + ", ".join(f"{o.code} ({o.label})" for o in self.options)


@dataclass(frozen=True, slots=True)
class YesNo:
    """Present or absent; *absent* is a recorded answer, never the lack of one."""

    slot: ClassVar[str] = "code"
    options: ClassVar[tuple[Option, ...]] = (Option("present", "Yes"), Option("absent", "No"))

    def parse(self, text: str, today: date) -> Typed:
        """Accept present, yes, absent or no."""
        answers = {"present": "present", "yes": "present", "absent": "absent", "no": "absent"}
        code = answers.get(text.strip().casefold())
        if code is None:
            raise Invalid("choose Yes or No")
        return Typed(code)

    def show(self, value: Value) -> str:
        """Yes or No; the item's own wording turns them into `Splenomegaly` and `No splenomegaly`."""
        return "Yes" if value == "present" else "No"

    def doubt(self, value: Value) -> str:
        """Nothing is doubtful about an answer."""
        return ""

    def describe(self) -> str:
        """For the data dictionary."""
        return "present or absent"


@dataclass(frozen=True, slots=True)
class Choices:
    """Any number of several answers, kept in the order of the list."""

    slot: ClassVar[str] = "codes"
    options: tuple[Option, ...]

    def parse(self, text: str, today: date) -> Typed:
        """Codes or labels separated by | or ;."""
        wanted = [part.strip().casefold() for part in re.split(r"[|;]", text) if part.strip()]
        known = {k: o.code for o in self.options for k in (o.code.casefold(), o.label.casefold())}
        unknown = [part for part in wanted if part not in known]
        if unknown or not wanted:
            raise Invalid("choose from: " + ", ".join(o.label for o in self.options))
        chosen = {known[part] for part in wanted}
        return Typed(tuple(o.code for o in self.options if o.code in chosen))

    def show(self, value: Value) -> str:
        """Labels, joined as a person would say them."""
        codes = value if isinstance(value, tuple) else (str(value),)
        labels = [o.label for o in self.options if o.code in codes]
        return labels[0] if len(labels) == 1 else ", ".join(labels[:-1]) + " and " + labels[-1]

    def doubt(self, value: Value) -> str:
        """Nothing is doubtful about answers."""
        return ""

    def describe(self) -> str:
        """For the data dictionary."""
        return "any of " + ", ".join(f"{o.code} ({o.label})" for o in self.options) + ", separated by |"


@dataclass(frozen=True, slots=True)
class Day:
    """A date, where allowed with only its year or month known (nhs.md 2.3)."""

    slot: ClassVar[str] = "date"
    partial: bool = False
    future: bool = False

    def parse(self, text: str, today: date) -> Typed:
        """Any written form of a date; the words of a refusal come from the date reader."""
        try:
            return Typed(parse_date(text, today, partial=self.partial, future=self.future))
        except AmbiguousDate as error:
            readings = " or ".join(show_date(reading) for reading in error.readings)
            raise Invalid(f"The century is not guessed: write {readings}.") from error
        except ValueError as error:
            raise Invalid(str(error)) from error

    def show(self, value: Value) -> str:
        """`14-Jul-1955`, `Jul-1955` or `1955`."""
        return show_date(value) if isinstance(value, PartialDate) else str(value)

    def doubt(self, value: Value) -> str:
        """A date that can be read is not doubted here."""
        return ""

    def describe(self) -> str:
        """For the data dictionary."""
        return "date, ISO 8601" + (", year or month may be all that is known" if self.partial else "")


@dataclass(frozen=True, slots=True)
class Text:
    """Words of the clinician's own, kept as typed.

    `offered` names a list that the clinic keeps, whose entries can be put in beside the field (joined by `; `): kept
    are their words as they were that day, whatever becomes of the list.
    """

    slot: ClassVar[str] = "text"
    limit: int = 2000
    lines: int = 1
    offered: str = ""

    def parse(self, text: str, today: date) -> Typed:
        """Refuse what cannot be stored or printed, in words; keep everything else."""
        try:
            cleaned = clean_text(text, self.limit, lines=self.lines > 1)
        except ValueError as error:
            raise Invalid(str(error)) from error
        if not cleaned:
            raise Invalid("is empty")
        return Typed(cleaned)

    def show(self, value: Value) -> str:
        """The text itself."""
        return str(value)

    def doubt(self, value: Value) -> str:
        """Free words are not doubted."""
        return ""

    def describe(self) -> str:
        """For the data dictionary."""
        return f"text, at most {self.limit} characters"


AnyKind = Number | Choice | YesNo | Choices | Day | Text
