"""What the overview shows, in finished words; no Qt and nothing to decide."""

from dataclasses import dataclass

from poems_registry.charts.journey_data import JourneyData
from poems_registry.ui.theme.tokens import Tone

CONTINUE, WRITE_LETTER, OPEN_LETTER, OPEN_CONTACT = "visit", "write", "letter", "contact"
"""What a line of the small cards can lead to."""


@dataclass(frozen=True, slots=True)
class TileShown:
    """One of the five letters. `feature` is a status code, or empty; `brief` words are for narrow tiles."""

    letter: str
    name: str
    feature: str
    status: str
    brief: str
    icon: str
    tone: Tone
    change: str
    brief_change: str
    item: str


@dataclass(frozen=True, slots=True)
class CriterionShown:
    """One criterion: its answer, and either the finding behind it with its date or what would decide it.

    `everything` lists all findings behind it, one a line.
    """

    sign: str
    name: str
    verdict: str
    verdict_words: str
    finding: str
    on: str
    everything: str = ""


@dataclass(frozen=True, slots=True)
class GroupShown:
    """Criteria that count together, and how many of them are met."""

    title: str
    count: str
    rows: tuple[CriterionShown, ...]


@dataclass(frozen=True, slots=True)
class DiagnosisShown:
    """The computed verdict with its reasons, the frozen one where it differs, and the clinician's own diagnosis."""

    verdict: str
    rule_set: str
    dated: str
    groups: tuple[GroupShown, ...]
    differs: str
    clinician: str
    second: str
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureShown:
    """One measure over the whole record: first, lowest and latest value, each with its date."""

    name: str
    first: tuple[str, str]
    lowest: tuple[str, str]
    latest: tuple[str, str]
    move: str
    icon: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of a small card: an icon, words, at the right how soon; `act` names what its link does, if anything."""

    icon: str
    tone: Tone
    words: str
    right: str = ""
    act: str = ""
    target: int = 0


@dataclass(frozen=True, slots=True)
class DomainShown:
    """One domain of the response: its grade, three values each with its day, and what an open answer needs.

    `everything` says it all, one fact a line.
    """

    name: str
    grade: str
    icon: str
    tone: Tone
    baseline: tuple[str, str]
    nadir: tuple[str, str]
    latest: tuple[str, str]
    open_words: str = ""
    notes: tuple[str, ...] = ()
    everything: str = ""


@dataclass(frozen=True, slots=True)
class ResponseShown:
    """The response to the line in force, the lines of therapy that progressed, and what signing kept if it differs."""

    about: str
    treated: bool
    rows: tuple[DomainShown, ...]
    lines: tuple[LineShown, ...]
    differs: str
    rule_set: str


@dataclass(frozen=True, slots=True)
class FactorShown:
    """One factor of the prognosis: whether it holds, and the finding behind it or what would tell."""

    icon: str
    tone: Tone
    name: str
    answer: str
    told: str
    on: str


@dataclass(frozen=True, slots=True)
class PrognosisShown:
    """Factors at diagnosis with their score; what is response-based stands apart."""

    factors: tuple[FactorShown, ...]
    score: str
    unverified: str
    response_based: tuple[FactorShown, ...]
    rule_set: str


@dataclass(frozen=True, slots=True)
class OverviewShown:
    """All of it. `visits` are (iso day, encounter id) pairs: where a point of the chart leads.

    `contacts` are the newest of each profession, the newest first.
    """

    tiles: tuple[TileShown, ...]
    diagnosis: DiagnosisShown
    response: ResponseShown
    prognosis: PrognosisShown
    measures: tuple[MeasureShown, ...]
    journey: JourneyData | None
    visits: tuple[tuple[str, int], ...]
    due: tuple[LineShown, ...]
    letter: LineShown | None
    contacts: tuple[LineShown, ...] = ()
