"""Rule sets A and B as formulas over the criteria's answers (clinical.md 1.1 to 1.3)."""

from collections.abc import Callable, Mapping
from typing import Final

from poems_registry.domain.criteria_rules.reasons import Criterion
from poems_registry.domain.kleene import Verdict, all_of, any_of, at_least

Values = Mapping[Criterion, Verdict]

OTHER_MAJORS: Final = (Criterion.C, Criterion.B, Criterion.V)
MINORS: Final = (Criterion.O, Criterion.X, Criterion.E, Criterion.S, Criterion.Pa, Criterion.T)
SUICHI_MINORS: Final = (Criterion.X, Criterion.S, Criterion.O, Criterion.B)
SUICHI_MINIMUM: Final = 2


def verdict_a(values: Values) -> Verdict:
    """Dispenzieri / IMWG: P and M and (C or B or V) and one of the six minors. A criterion left out cannot be told."""
    return all_of(
        _of(values, Criterion.P),
        _of(values, Criterion.M),
        any_of(*(_of(values, each) for each in OTHER_MAJORS)),
        any_of(*(_of(values, each) for each in MINORS)),
    )


def verdict_b(values: Values) -> Verdict:
    """Suichi 2019: P and M and V and at least two of X, S, O, B. A criterion left out cannot be told."""
    return all_of(
        _of(values, Criterion.P),
        _of(values, Criterion.M),
        _of(values, Criterion.V),
        at_least(SUICHI_MINIMUM, *(_of(values, each) for each in SUICHI_MINORS)),
    )


def deciding_a(values: Values) -> tuple[Criterion, ...]:
    """The unknown criteria one answer to which would settle rule A; if there is none such, all unknown (1.3)."""
    return _deciding(values, verdict_a, tuple(Criterion))


def deciding_b(values: Values) -> tuple[Criterion, ...]:
    """The same for rule B; criteria it does not use never decide it."""
    return _deciding(values, verdict_b, (Criterion.P, Criterion.M, Criterion.V, *SUICHI_MINORS))


def _deciding(values: Values, rule: Callable[[Values], Verdict], used: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    if rule(values).settled:
        return ()
    unknown = tuple(each for each in used if not _of(values, each).settled)
    alone = tuple(
        each
        for each in unknown
        if any(rule({**values, each: answer}).settled for answer in (Verdict.MET, Verdict.NOT_MET))
    )
    return alone or unknown


def _of(values: Values, criterion: Criterion) -> Verdict:
    return values.get(criterion, Verdict.CANNOT_TELL)
