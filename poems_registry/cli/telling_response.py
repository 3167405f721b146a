"""Response and prognosis as lines for reading at the command line."""

from collections.abc import Iterator

from poems_registry.domain.dates import show_date
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.prognosis import Answer, Prognosis
from poems_registry.domain.prognosis_words import factor_words, log_hazard_words, points_words
from poems_registry.domain.response import (
    DOMAIN_WORDS,
    Grade,
    PfsState,
    Point,
    Response,
    grade_words,
    line_words,
    possible_words,
)

_ANSWERS = {Verdict.MET: "met", Verdict.NOT_MET: "not met", Verdict.CANNOT_TELL: "cannot tell"}


def response_lines(response: Response) -> Iterator[str]:
    """The line in force by domain with the values behind it, relapses, progression-free survival."""
    now = response.current
    about = line_words(now.line) if now.line is not None else "no treatment recorded"
    yield f"Response by rule set {response.rule_set}: {about}"
    for domain, answer in now.domains.items():
        possible = f" ({possible_words(answer)})" if answer.possible else ""
        yield f"  {DOMAIN_WORDS[domain]}: {grade_words(answer)}{possible}"
        if answer.grade is not Grade.NOT_TREATED:
            yield f"        {answer.words}"
        for name, point in (("baseline", answer.baseline), ("nadir", answer.nadir), ("latest", answer.latest)):
            if point is not None:
                yield f"        {name}: {_point(point)}"
        needs = "needs before treatment" if answer.grade is Grade.NOT_TREATED else "needs"
        yield from (f"        {needs}: {need}" for need in answer.needs)
        yield from (f"        note: {note}" for note in answer.notes)
    for line, relapse in response.relapses:
        yield f"Relapse in line {line.number}: {relapse.words()}"
    pfs = response.pfs
    if pfs.state in (PfsState.EVENT, PfsState.CENSORED) and pfs.since is not None and pfs.on is not None:
        yield f"Progression-free: from {show_date(pfs.since)} to {show_date(pfs.on)}, {pfs.words}"
    else:
        yield f"Progression-free: {'cannot tell, ' if pfs.state is PfsState.CANNOT_TELL else ''}{pfs.words}"


def prognosis_lines(prognosis: Prognosis) -> Iterator[str]:
    """Baseline risk with its range, then what is response-based."""
    yield f"Prognosis at diagnosis, before treatment (Wang 2017, rule set {prognosis.rule_set})"
    for each in (*prognosis.wang, prognosis.albumin):
        yield from _answer(each, prognosis)
    low, high = prognosis.count
    yield f"  Of four: {low if low == high else f'{low} to {high}'}; log-hazard {log_hazard_words(prognosis)}"
    group = prognosis.group.value if prognosis.group is not None else "cannot tell"
    yield f"  Points {points_words(prognosis)}, group {group} (unverified: check against the paper)"
    yield "Response-based, not for baseline risk"
    for each in prognosis.response_based:
        yield from _answer(each, prognosis)


def _answer(answer: Answer, prognosis: Prognosis) -> Iterator[str]:
    words = f", {answer.words}" if answer.words else ""
    on = f", {show_date(answer.on)}" if answer.on is not None else ""
    yield f"  {factor_words(answer.factor, prognosis.thresholds)}: {_ANSWERS[answer.verdict]}{words}{on}"
    yield from (f"        needs: {need}" for need in answer.needs)


def _point(point: Point) -> str:
    return f"{point.words}, {show_date(point.on)}" + (f", visit {point.encounter}" if point.encounter else "")
