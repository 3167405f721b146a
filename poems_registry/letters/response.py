"""How treatment was responded to, domain by domain in words: as signing kept it, and nothing where it kept nothing."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from poems_registry.domain.dates import letter_date, parse_date
from poems_registry.domain.frozen_response import FrozenDomain, FrozenResponse
from poems_registry.domain.response import Domain, Grade
from poems_registry.domain.response_rules.clone_tests import fixed_without_band, tested_in

NAMES: Final[Mapping[Domain, str]] = {
    Domain.HAEMATOLOGICAL: "Abnormal protein and plasma cells",
    Domain.VEGF: "VEGF",
    Domain.RADIOLOGICAL: "PET scan",
    Domain.CLINICAL: "Nerves and daily tasks",
}
SHARED: Final[Mapping[Grade, str]] = {
    Grade.NR: "no clear fall so far (no response)",
    Grade.STABLE: "about the same as before treatment (stable)",
    Grade.IMPROVED: "better than before treatment (improved)",
    Grade.WORSE: "worse than before treatment",
    Grade.TOO_EARLY: "too early to judge",
}
SAID: Final[Mapping[Domain, Mapping[Grade, str]]] = {
    Domain.HAEMATOLOGICAL: {
        Grade.CR: "no longer found{where} (complete response)",
        Grade.CR_UNCONFIRMED: "no longer found{where}; the bone marrow has not been tested again"
        " (complete response, unconfirmed)",
        Grade.VGPR: "almost gone (very good partial response)",
        Grade.PR: "clearly lower (partial response)",
        Grade.PD: "has risen or come back (progression)",
        Grade.RELAPSE_TO_CONFIRM: "found again; a second test is needed to confirm it",
        Grade.NE_PARTIAL: "still found{how}; the amount before treatment was too small to measure a fall",
        Grade.NE: "cannot be followed in blood, urine or bone marrow",
    },
    Domain.VEGF: {
        Grade.CR: "back to normal (complete response)",
        Grade.PR: "clearly lower, not yet normal (partial response)",
        Grade.PD: "has risen again (progression)",
        Grade.PD_TO_CONFIRM: "has risen; a second test is needed to confirm it",
        Grade.NE: "cannot be compared",
    },
    Domain.RADIOLOGICAL: {
        Grade.CR: "no active lesion left (complete response)",
        Grade.PR: "clearly less activity (partial response)",
        Grade.PD: "new or growing activity (progression)",
        Grade.NE: "no active lesion before treatment, so there is nothing to follow",
    },
    Domain.CLINICAL: {Grade.NE: "there was nothing to improve before treatment"},
}
_SCREEN_DATE: Final = re.compile(r"(\d\d-)?[A-Z][a-z]{2}-\d{4}")
MEASURED: Final = frozenset({Domain.VEGF, Domain.RADIOLOGICAL, Domain.CLINICAL})
"""Domains whose figures say in few words what the grade rests on."""


def response_words(kept: FrozenResponse | None) -> str:
    """One line for each domain; empty before treatment, and for visits with which no response was kept."""
    if kept is None or kept.line is None:
        return ""
    return "\n".join(_lines(kept))


def _lines(kept: FrozenResponse) -> Iterator[str]:
    for answer in kept.domains:
        domain, grade = Domain(answer.domain), Grade(answer.grade)
        name = NAMES[domain]
        if grade is Grade.CANNOT_TELL:
            yield f"{name}: cannot be judged yet. Needed: {_needs(answer)}."
            continue
        said = (SAID[domain].get(grade) or SHARED[grade]).format(where=_where(domain, answer), how=_how(domain, answer))
        yield f"{name}: {said}.{_figures(domain, answer)}"


def _where(domain: Domain, answer: FrozenDomain) -> str:
    """` in blood or urine`: only where somebody looked again since treatment, as the judged answer tells it."""
    looked = tested_in(answer.words) if domain is Domain.HAEMATOLOGICAL else ()
    if not looked:
        return ""
    return f" in {' or '.join(filter(None, (', '.join(looked[:-1]), looked[-1])))}"


def _how(domain: Domain, answer: FrozenDomain) -> str:
    """Which test still finds it where there is no band to measure: the table of results says `none detected` then."""
    unmeasured = domain is Domain.HAEMATOLOGICAL and fixed_without_band(answer.words)
    return ", too little to measure, by the finer test (immunofixation)" if unmeasured else ""


def _figures(domain: Domain, answer: FrozenDomain) -> str:
    """What was measured and when: `5,000 to 600 pg/mL, fall of 88 %, on 1 March 2025`."""
    if domain not in MEASURED or answer.latest is None or Grade(answer.grade) is Grade.NE:
        return ""
    if domain is Domain.RADIOLOGICAL and answer.grade == Grade.CR:
        return f" Scan of {letter_date(answer.latest.on)}."
    words = answer.words.split(", stable so far")[0]
    return f" {words[:1].upper()}{words[1:]}, on {letter_date(answer.latest.on)}."


def _needs(answer: FrozenDomain) -> str:
    listed = (each[:1].lower() + each[1:] if each[1:2].islower() else each for each in answer.needs)
    return _SCREEN_DATE.sub(lambda found: letter_date(parse_date(found[0], date.max)), "; ".join(listed))
