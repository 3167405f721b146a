"""How a measure moved between two visits, and whether that matters: its minimal important change (clinical.md 2.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from poems_registry.catalogue.item import Derived
from poems_registry.catalogue.kinds import Number


class Tone(StrEnum):
    """Which way a measure moved; plain for one without a better side."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Change:
    """`step` is now less before, in the canonical unit; `matters` is None for a measure without an agreed limit."""

    step: float
    tone: Tone
    matters: bool | None


def change_of(kind: Number, now: float, before: float) -> Change:
    """How one value moved since another."""
    step = round(now - before, 6)
    return Change(step, _tone(kind, step), _matters(kind, step, before))


def change_of_derived(derived: Derived, now: Mapping[str, float], before: Mapping[str, float]) -> Change | None:
    """How a computed value moved, from its parts now and before; None if a part is missing.

    Whether it matters is judged by `compared`: of the ONLS, arm grades 0 and 1 do not differ.
    """
    parts = [[known[need] for need in derived.needs if need in known] for known in (now, before)]
    if any(len(known) < len(derived.needs) for known in parts):
        return None
    new, old = derived.formula(*parts[0]), derived.formula(*parts[1])
    if new is None or old is None:
        return None
    whole = change_of(derived.kind, new, old)
    if derived.compared is None:
        return whole
    judged = change_of(derived.kind, derived.compared(*parts[0]), derived.compared(*parts[1]))
    return Change(whole.step, whole.tone, judged.matters)


def _tone(kind: Number, step: float) -> Tone:
    if step == 0:
        return Tone.SAME
    if not kind.better:
        return Tone.PLAIN
    return Tone.BETTER if (step < 0) == (kind.better == "lower") else Tone.WORSE


def _matters(kind: Number, step: float, before: float) -> bool | None:
    """At least the minimal important change, absolute and as a share of the earlier value where both are given."""
    if kind.mic is None and kind.mic_share is None:
        return None
    far = abs(step) >= (kind.mic or 0.0)
    return step != 0 and far and abs(step) >= round((kind.mic_share or 0.0) * abs(before), 6)
