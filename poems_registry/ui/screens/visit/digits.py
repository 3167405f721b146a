"""Task answers by one digit: which digit stands for which answer, and the words that say so."""

from poems_registry.catalogue.item import lower_first
from poems_registry.catalogue.kinds import AnyKind, Choice, Number, YesNo

MOST = 10


def digits_of(kind: AnyKind) -> dict[str, str]:
    """The answer of each digit: 1 yes and 0 no, the place of a choice from 0, a number itself; empty if none fits."""
    match kind:
        case YesNo():
            return {"1": "present", "0": "absent"}
        case Choice() if len(kind.options) <= MOST:
            return {str(place): option.code for place, option in enumerate(kind.options)}
        case Number() if kind.whole and kind.hard[0] >= 0 and kind.hard[1] < MOST:
            return {str(number): str(number) for number in range(int(kind.hard[0]), int(kind.hard[1]) + 1)}
    return {}


def hint_of(kind: AnyKind) -> str:
    """`0 not affected; 1 affected, not prevented; 2 prevented`; nothing for a number, whose digits are its values."""
    match kind:
        case YesNo():
            return "0 no; 1 yes"
        case Choice() if len(kind.options) <= MOST:
            return "; ".join(f"{place} {lower_first(option.label)}" for place, option in enumerate(kind.options))
    return ""
