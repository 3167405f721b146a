"""Response and prognosis as plain values with stable names, for `show --json`."""

from typing import Any

from poems_registry.domain.plain_records import to_plain
from poems_registry.domain.prognosis import Prognosis
from poems_registry.domain.prognosis_words import factor_words, log_hazard_words, points_words
from poems_registry.domain.response import (
    DOMAIN_WORDS,
    ORGAN_WORDS,
    DomainResponse,
    LineResponse,
    Response,
    grade_words,
    possible_words,
)


def plain_response(response: Response) -> dict[str, Any]:
    """The line in force by domain, every line's best, relapses, progression-free survival, and the rules used."""
    now = response.current
    return {
        "rule_set": response.rule_set,
        "line": now.line.number if now.line is not None else None,
        "domains": {domain.value: _domain(answer) for domain, answer in now.domains.items()},
        "organs": [
            {
                "organ": each.organ.value,
                "name": ORGAN_WORDS[each.organ],
                "grade": each.grade.value,
                "baseline": to_plain(each.baseline),
                "latest": to_plain(each.latest),
            }
            for each in now.organs
        ],
        "lines": [_line(each) for each in response.lines],
        "pfs": to_plain(response.pfs),
    }


def plain_prognosis(prognosis: Prognosis) -> dict[str, Any]:
    """Every factor with its words; the score as a range; points and group are unverified."""
    every = {
        "wang": prognosis.wang,
        "albumin": (prognosis.albumin,),
        "response_based": prognosis.response_based,
    }
    told: dict[str, Any] = {
        name: [{**to_plain(each), "name": factor_words(each.factor, prognosis.thresholds)} for each in answers]
        for name, answers in every.items()
    }
    return {
        **told,
        "rule_set": prognosis.rule_set,
        "count": list(prognosis.count),
        "log_hazard": list(prognosis.log_hazard),
        "log_hazard_words": log_hazard_words(prognosis),
        "points": list(prognosis.points),
        "points_words": points_words(prognosis),
        "group": prognosis.group.value if prognosis.group is not None else "cannot_tell",
        "points_and_group_verified": False,
    }


def _domain(answer: DomainResponse) -> dict[str, Any]:
    return {
        "name": DOMAIN_WORDS[answer.domain],
        "grade": answer.grade.value,
        "grade_words": grade_words(answer),
        "words": answer.words,
        "baseline": to_plain(answer.baseline),
        "nadir": to_plain(answer.nadir),
        "latest": to_plain(answer.latest),
        "possible": [each.value for each in answer.possible],
        "possible_words": possible_words(answer),
        "needs": list(answer.needs),
        "notes": list(answer.notes),
        "progressions": to_plain(answer.progressions),
    }


def _line(each: LineResponse) -> dict[str, Any]:
    relapse = each.relapse
    return {
        "line": each.line.number if each.line is not None else None,
        "best": {best.domain.value: to_plain(best, leave_out=frozenset({"domain"})) for best in each.best},
        "relapse": {**to_plain(relapse), "biochemical": relapse.biochemical, "words": relapse.words()}
        if relapse is not None
        else None,
    }
