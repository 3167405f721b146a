"""Three-valued logic: what follows when some of the answers are not known yet (strong Kleene, clinical.md 1.3)."""

from enum import StrEnum


class Verdict(StrEnum):
    """The answer to a clinical question. A question nobody asked is *cannot tell*, never *not met*."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"

    @property
    def settled(self) -> bool:
        """Whether the answer is known."""
        return self is not Verdict.CANNOT_TELL


def all_of(*verdicts: Verdict) -> Verdict:
    """AND: one *not met* decides; all must be met to be met. Of nothing at all: met."""
    return at_least(len(verdicts), *verdicts)


def any_of(*verdicts: Verdict) -> Verdict:
    """OR: one *met* decides; all must be not met to be not met. Of nothing at all: not met."""
    return at_least(1, *verdicts)


def at_least(n: int, *verdicts: Verdict) -> Verdict:
    """Met when `n` are met; not met when even all the unknown ones together could not reach `n`."""
    met = verdicts.count(Verdict.MET)
    unknown = verdicts.count(Verdict.CANNOT_TELL)
    if met >= n:
        return Verdict.MET
    return Verdict.NOT_MET if met + unknown < n else Verdict.CANNOT_TELL


def opposite(verdict: Verdict) -> Verdict:
    """NOT: what is not known stays not known."""
    return _OPPOSITE[verdict]


_OPPOSITE = {
    Verdict.MET: Verdict.NOT_MET,
    Verdict.NOT_MET: Verdict.MET,
    Verdict.CANNOT_TELL: Verdict.CANNOT_TELL,
}
