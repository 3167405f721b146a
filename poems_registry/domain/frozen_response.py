"""What of response and prognosis is kept with a signed visit, so that no later rule changes what it said."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FrozenPoint:
    """A value an answer rested on."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class FrozenDomain:
    """One domain's answer: codes of `Domain` and `Grade`, and the words shown then."""

    domain: str
    grade: str
    words: str
    baseline: FrozenPoint | None = None
    nadir: FrozenPoint | None = None
    latest: FrozenPoint | None = None
    needs: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrozenProgression:
    """A domain that had progressed, since when, and whether it was borne out."""

    domain: str
    on: date
    confirmed: bool


@dataclass(frozen=True, slots=True)
class FrozenResponse:
    """The response to the line in force (None: to none yet). The settings stand beside it with the verdict."""

    rule_set: str
    line: int | None
    domains: tuple[FrozenDomain, ...]
    progressions: tuple[FrozenProgression, ...] = ()
    pfs: str = ""
    pfs_on: date | None = None


@dataclass(frozen=True, slots=True)
class FrozenAnswer:
    """One factor: codes of `Factor` and `Verdict`, and the words shown then."""

    factor: str
    verdict: str
    words: str


@dataclass(frozen=True, slots=True)
class FrozenPrognosis:
    """The factors at diagnosis with their range, and apart from them what was response-based."""

    rule_set: str
    wang: tuple[FrozenAnswer, ...]
    albumin: FrozenAnswer
    response_based: tuple[FrozenAnswer, ...]
    log_hazard: tuple[float, float]
    points: tuple[int, int]
    group: str = ""
