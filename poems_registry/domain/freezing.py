"""Makes of an answer about response or prognosis what is kept with a signed visit (decision 3)."""

from poems_registry.domain.frozen_response import (
    FrozenAnswer,
    FrozenDomain,
    FrozenPoint,
    FrozenPrognosis,
    FrozenProgression,
    FrozenResponse,
)
from poems_registry.domain.prognosis import Answer, Prognosis
from poems_registry.domain.response import DomainResponse, Point, Progression, Response


def freeze_response(response: Response) -> FrozenResponse:
    """The answer as it is kept."""
    now = response.current
    return FrozenResponse(
        rule_set=response.rule_set,
        line=now.line.number if now.line is not None else None,
        domains=tuple(_domain(answer) for answer in now.domains.values()),
        progressions=tuple(_progression(each) for each in now.progressions),
        pfs=response.pfs.state.value,
        pfs_on=response.pfs.on,
    )


def freeze_prognosis(prognosis: Prognosis) -> FrozenPrognosis:
    """The answer as it is kept."""
    return FrozenPrognosis(
        rule_set=prognosis.rule_set,
        wang=tuple(_answer(each) for each in prognosis.wang),
        albumin=_answer(prognosis.albumin),
        response_based=tuple(_answer(each) for each in prognosis.response_based),
        log_hazard=prognosis.log_hazard,
        points=prognosis.points,
        group=prognosis.group.value if prognosis.group is not None else "",
    )


def _domain(answer: DomainResponse) -> FrozenDomain:
    return FrozenDomain(
        answer.domain.value,
        answer.grade.value,
        answer.words,
        _point(answer.baseline),
        _point(answer.nadir),
        _point(answer.latest),
        answer.needs,
        tuple(each.value for each in answer.possible),
        answer.notes,
    )


def _point(point: Point | None) -> FrozenPoint | None:
    return FrozenPoint(point.on, point.words) if point is not None else None


def _progression(each: Progression) -> FrozenProgression:
    return FrozenProgression(each.domain.value, each.on, each.confirmed)


def _answer(answer: Answer) -> FrozenAnswer:
    return FrozenAnswer(answer.factor.value, answer.verdict.value, answer.words)
