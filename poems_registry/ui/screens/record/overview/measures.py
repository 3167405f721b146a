"""The measures of a record over time: first, lowest and latest value, and which way the last step went."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.comparable import taken_otherwise
from poems_registry.catalogue.item import Derived, Item
from poems_registry.catalogue.kinds import NOT_DETECTED
from poems_registry.catalogue.wording import on_screen
from poems_registry.domain.dates import show_date
from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.domain.intervals import Interval
from poems_registry.domain.records import Encounter, PatientFile
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.overview.shown import MeasureShown
from poems_registry.ui.theme.tokens import Tone

DOWN, UP, SAME, UNLIKE = "down", "up", "same", "unlike"
_BETTER = (("trending-down", Tone.GREEN), "Better")
_WORSE = (("trending-up", Tone.RED), "Worse")


@dataclass(frozen=True, slots=True)
class Value:
    """A measured value on a day: in words without its unit, and as the interval in which the truth lies."""

    on: date
    words: str
    interval: Interval
    answers: Mapping[str, Finding] = field(default_factory=dict)
    """What the visit said beside it: of how it was taken."""
    measure: Item | Derived | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """The last step of a measure for which lower is better: a shape, its tone, and a word."""

    icon: str
    tone: Tone
    words: str


def values(encounters: Iterable[Encounter], code: str) -> list[Value]:
    """The recorded values of an item, oldest first."""
    return [
        Value(e.on, _words(code, f), _interval(f))
        for e in encounters
        if (f := e.finding(code)) is not None and f.state is State.RECORDED and isinstance(f.value, float)
    ]


def onls(encounters: Iterable[Encounter]) -> list[Value]:
    """The ONLS totals; a visit with only one of its parts has none."""
    derived, totals = CATALOGUE.derived["onls_total"], [(e, CATALOGUE.compute(e.findings)) for e in encounters]
    return [
        Value(e.on, f"{total:g}", Interval.exactly(total), {f.item: f for f in e.findings}, derived)
        for e, known in totals
        if (total := known.get("onls_total")) is not None
    ]


def step(before: Value, now: Value) -> str:
    """Which way a value went; UNLIKE when limits of the assay leave it open, or it was taken in another way."""
    if now.measure is not None and taken_otherwise(now.measure, now.answers, before.answers) is not None:
        return UNLIKE
    if before.interval == now.interval:
        return SAME
    if now.interval.high <= before.interval.low:
        return DOWN
    return UP if now.interval.low >= before.interval.high else UNLIKE


def move(known: list[Value]) -> Move:
    """The last step of a measure that is better lower; without words when there are not two values."""
    if len(known) < 2:
        return Move("", Tone.SUB, "")
    way = step(known[-2], known[-1])
    if way in (DOWN, UP):
        (icon, tone), words = _BETTER if way == DOWN else _WORSE
        return Move(icon, tone, tr(words))
    return Move("equal", Tone.SUB, tr("Same")) if way == SAME else Move("", Tone.SUB, tr("Not comparable"))


MEASURES: tuple[tuple[str, Callable[[tuple[Encounter, ...]], list[Value]]], ...] = (
    ("VEGF serum, pg/mL", lambda seen: values(seen, "vegf_serum")),
    ("VEGF plasma, pg/mL", lambda seen: values(seen, "vegf_plasma")),
    ("M-protein, g/L", lambda seen: values(seen, "m_protein")),
    ("ONLS, 0 to 12", onls),
)


def measures(file: PatientFile) -> Iterator[MeasureShown]:
    """One line for each measure that was ever recorded."""
    for name, read in MEASURES:
        known = read(file.counted)
        if not known:
            continue
        lowest = min(known, key=lambda each: (each.interval.high, not each.interval.high_open, each.on))
        moved = move(known)
        yield MeasureShown(
            tr(name), _told(known[0]), _told(lowest), _told(known[-1]), moved.words, moved.icon, moved.tone
        )


def _told(value: Value) -> tuple[str, str]:
    return value.words, show_date(value.on)


def _words(code: str, finding: Finding) -> str:
    item = CATALOGUE.item(code)
    return on_screen(item, finding).removesuffix(f"\u00a0{item.unit}")


def _interval(finding: Finding) -> Interval:
    if finding.reported == NOT_DETECTED or (finding.sign is Sign.BELOW and finding.number <= 0):
        return Interval.exactly(0.0)
    return Interval.of(finding.sign, finding.number)
