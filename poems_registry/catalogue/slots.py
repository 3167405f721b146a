"""A finding's value as text and back, exactly: for transfer files; each kind by its storage slot."""

from poems_registry.catalogue.kinds import AnyKind, Choice, Choices, Day, Invalid, Number, Text, YesNo
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Value

BETWEEN_CODES = "|"


def to_text(value: Value) -> str:
    """A number with every figure it has, a date in ISO 8601 as exact as it is known, codes apart by |."""
    match value:
        case float():
            return repr(value)
        case PartialDate():
            return value.iso()
        case tuple():
            return BETWEEN_CODES.join(value)
        case _:
            return value


def from_text(kind: AnyKind, text: str) -> Value:
    """The value that `to_text` wrote; Invalid, in words, for what an item of this kind cannot hold."""
    match kind:
        case Number():
            return _number(kind, text)
        case Choice() | YesNo():
            return _code(kind, text)
        case Choices():
            codes = tuple(text.split(BETWEEN_CODES))
            known = [o.code for o in kind.options]
            if not text or list(codes) != [code for code in known if code in codes]:
                raise Invalid("is not a list of this item's codes, in their order and each once")
            return codes
        case Day():
            return _day(text)
        case Text():
            if not text:
                raise Invalid("is empty")
            return text


def _number(kind: Number, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise Invalid("is not a number") from None
    low, high = kind.hard
    if not low <= value <= high:
        raise Invalid("lies outside the possible limits of this item")
    if kind.whole and value != int(value):
        raise Invalid("must be a whole number")
    return value


def _code(kind: Choice | YesNo, text: str) -> str:
    if text not in {o.code for o in kind.options}:
        raise Invalid("is not one of this item's codes")
    return text


def _day(text: str) -> PartialDate:
    try:
        return PartialDate.from_iso(text)
    except ValueError:
        raise Invalid("is not a date in ISO 8601") from None
