"""Three-valued logic agrees with trying every way the unknown answers could turn out."""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import product

import pytest

from poems_registry.domain.criteria import Criterion, verdict_a, verdict_b
from poems_registry.domain.kleene import Verdict, all_of, any_of, at_least, opposite

MET, NOT_MET, CANNOT_TELL = Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL


def supervaluation(rule: Callable[..., bool], given: tuple[Verdict, ...]) -> Verdict:
    """Settled exactly when every completion of the unknowns gives the same yes or no."""
    choices = [{MET: (True,), NOT_MET: (False,), CANNOT_TELL: (True, False)}[each] for each in given]
    outcomes = {rule(*completion) for completion in product(*choices)}
    return CANNOT_TELL if len(outcomes) > 1 else (MET if outcomes == {True} else NOT_MET)


@pytest.mark.parametrize("length", range(6))
def test_and_or_and_counting_settle_exactly_what_every_completion_agrees_on(length: int) -> None:
    for given in product(Verdict, repeat=length):
        assert all_of(*given) is supervaluation(lambda *them: all(them), given)
        assert any_of(*given) is supervaluation(lambda *them: any(them), given)
        for n in range(length + 2):
            assert at_least(n, *given) is supervaluation(lambda *them, n=n: sum(them) >= n, given)


def test_not_of_unknown_is_unknown() -> None:
    assert [opposite(each) for each in (MET, NOT_MET, CANNOT_TELL)] == [NOT_MET, MET, CANNOT_TELL]


def test_only_cannot_tell_is_unsettled() -> None:
    assert [each.settled for each in (MET, NOT_MET, CANNOT_TELL)] == [True, True, False]


# The two rules written again in plain two-valued words, from clinical.md 1.1 and 1.2.


def rule_a(has: Mapping[Criterion, bool]) -> bool:
    major = has[Criterion.C] or has[Criterion.B] or has[Criterion.V]
    minor = any(has[each] for each in (Criterion.O, Criterion.X, Criterion.E, Criterion.S, Criterion.Pa, Criterion.T))
    return has[Criterion.P] and has[Criterion.M] and major and minor


def rule_b(has: Mapping[Criterion, bool]) -> bool:
    count = sum(has[each] for each in (Criterion.X, Criterion.S, Criterion.O, Criterion.B))
    return has[Criterion.P] and has[Criterion.M] and has[Criterion.V] and count >= 2


USED_BY_B = (Criterion.P, Criterion.M, Criterion.V, Criterion.X, Criterion.S, Criterion.O, Criterion.B)


@pytest.mark.parametrize(
    ("formula", "rule", "letters"),
    [(verdict_a, rule_a, tuple(Criterion)), (verdict_b, rule_b, USED_BY_B)],
    ids=["A, all 177147 records", "B, all 2187 records"],
)
def test_a_rule_is_settled_exactly_when_every_completion_of_the_record_agrees(
    formula: Callable[[Mapping[Criterion, Verdict]], Verdict],
    rule: Callable[[Mapping[Criterion, bool]], bool],
    letters: tuple[Criterion, ...],
) -> None:
    """Brute force; each record splits its first unknown both ways until none is left."""

    @cache
    def every_completion(record: tuple[Verdict, ...]) -> Verdict:
        if CANNOT_TELL not in record:
            met = rule({letter: value is MET for letter, value in zip(letters, record, strict=True)})
            return MET if met else NOT_MET
        at = record.index(CANNOT_TELL)
        one, other = (every_completion((*record[:at], known, *record[at + 1 :])) for known in (MET, NOT_MET))
        return one if one is other else CANNOT_TELL

    for record in product(Verdict, repeat=len(letters)):
        assert formula(dict(zip(letters, record, strict=True))) is every_completion(record)


def test_a_criterion_left_out_is_unknown_never_not_met() -> None:
    assert verdict_a({}) is CANNOT_TELL
    assert verdict_a({Criterion.P: MET, Criterion.M: MET}) is CANNOT_TELL
    assert verdict_b({Criterion.P: MET, Criterion.M: MET, Criterion.V: MET}) is CANNOT_TELL
