"""A patient's record as the data of a journey chart: the one mapping that the screen and the letter share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.item import lower_first
from poems_registry.catalogue.kinds import NOT_DETECTED, Number, show_number
from poems_registry.charts import journey_series
from poems_registry.charts.journey_data import Bar, Flag, FlagKind, JourneyData, Point, Series
from poems_registry.domain.encounter_kinds import KIND_WORDS
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.records import Encounter, PatientFile
from poems_registry.domain.regimens import brief_name
from poems_registry.domain.treatment_words import event_words
from poems_registry.domain.treatments import Event, TreatmentLine

_LETTER_FLAGS: Mapping[str, tuple[str, FlagKind]] = {
    "transplant": ("Stem cell transplant", "transplant"),
    "relapse": ("Relapse", "relapse"),
    "progression": ("Relapse", "relapse"),
}
_SCREEN_FLAGS: Mapping[str, tuple[str, FlagKind]] = {
    "diagnosis": ("Diagnosis", "diagnosis"),
    "transplant": ("Transplant", "transplant"),
    "relapse": ("Relapse", "relapse"),
    "progression": ("Progression", "relapse"),
    "death": ("Died", "event"),
}


@dataclass(frozen=True, slots=True)
class Levels:
    """What is drawn across panels, by item: decision levels and upper limits in the item's own unit."""

    decision: Mapping[str, float] = field(default_factory=dict)
    upper: Mapping[str, float] = field(default_factory=dict)


def for_letter(file: PatientFile, encounters: Iterable[Encounter], until: date, levels: Levels) -> JourneyData:
    """VEGF, ONLS, lines by number, transplant and relapse: what a patient's letter shows, up to the visit."""
    seen = tuple(encounters)
    series = [*_vegf(seen, levels), *_onls(seen)]
    return JourneyData(
        tuple(series), until, _bars(file.lines, until, brief=True), _flags(file.happened, until, _LETTER_FLAGS)
    )


def for_screen(file: PatientFile, until: date, levels: Levels) -> JourneyData:
    """Every series that was recorded, lines by number and name, every event; serum and plasma VEGF stay apart."""
    seen = file.counted
    series = [*_vegf(seen, levels), *_clone(seen), *_onls(seen), *_platelets(seen)]
    return JourneyData(tuple(series), until, _bars(file.lines, until, brief=False), screen_flags(file, until))


def screen_flags(file: PatientFile, until: date) -> tuple[Flag, ...]:
    """Every event with a day, in words."""
    return _flags(file.happened, until, _SCREEN_FLAGS, others=True)


def begun_lines(lines: Iterable[TreatmentLine], until: date) -> list[TreatmentLine]:
    """The lines begun by a day, by number; one without a start is taken as begun."""
    begun = [line for line in lines if line.start is None or line.start.earliest() <= until]
    return sorted(begun, key=lambda line: (line.number, line.id))


def points(encounters: Iterable[Encounter], code: str) -> list[Point]:
    """The recorded values of an item, each with its sign."""
    found = [(e, e.finding(code)) for e in encounters]
    return [_point(code, e, f) for e, f in found if f is not None and f.state is State.RECORDED]


def onls_totals(encounters: Iterable[Encounter]) -> list[Point]:
    """The total of each visit or contact that has both parts."""
    totals = [(e, CATALOGUE.compute(e.findings).get("onls_total")) for e in encounters]
    return [Point(e.on, value, found_at=_found_at(e)) for e, value in totals if value is not None]


def _point(code: str, encounter: Encounter, finding: Finding) -> Point:
    kind = CATALOGUE.item(code).kind
    shown = kind.show(finding.number) if isinstance(kind, Number) else show_number(finding.number)
    detected = finding.reported != NOT_DETECTED
    return Point(encounter.on, finding.number, finding.sign.value, detected, shown, _found_at(encounter))


def _found_at(encounter: Encounter) -> str:
    """`physiotherapy`: whose contact it was; nothing for a visit or a sample."""
    return lower_first(KIND_WORDS[encounter.kind]) if encounter.kind.is_contact else ""


def _vegf(encounters: Sequence[Encounter], levels: Levels) -> list[Series]:
    made = []
    for code, series in (("vegf_serum", journey_series.vegf_serum), ("vegf_plasma", journey_series.vegf_plasma)):
        known = points(encounters, code)
        if known:
            made.append(series(known, decision=levels.decision.get(code), limit=levels.upper.get(code)))
    return made


def _clone(encounters: Sequence[Encounter]) -> list[Series]:
    """The M-protein where there is one; the involved free light chain where the chain is known."""
    made = []
    protein = points(encounters, "m_protein")
    if protein:
        made.append(journey_series.m_protein(protein))
    chains = [f.value for e in encounters if (f := e.finding("light_chain")) is not None]
    chain = chains[-1] if chains else None
    if chain in ("kappa", "lambda"):
        known = points(encounters, f"flc_{chain}")
        if known:
            made.append(journey_series.free_light_chain(f"FLC {chain}", known))
    return made


def _onls(encounters: Sequence[Encounter]) -> list[Series]:
    totals = onls_totals(encounters)
    return [journey_series.onls(totals)] if totals else []


def _platelets(encounters: Sequence[Encounter]) -> list[Series]:
    known = points(encounters, "platelets")
    return [journey_series.platelets(known)] if known else []


def _bars(lines: Iterable[TreatmentLine], until: date, *, brief: bool) -> tuple[Bar, ...]:
    bars = []
    for line in begun_lines(lines, until):
        if line.start is None:
            continue
        stop = line.stop.latest() if line.stop is not None and line.stop.latest() <= until else None
        by_number = f"Line {line.number}" if line.number else line.name
        label = by_number if brief else f"{line.number} {brief_name(line)}"
        bars.append(Bar(label, line.start.earliest(), stop, line.number or None))
    return tuple(bars)


def _flags(
    events: Iterable[Event], until: date, kinds: Mapping[str, tuple[str, FlagKind]], *, others: bool = False
) -> tuple[Flag, ...]:
    flags = []
    for event in events:
        if event.on is None or event.on.earliest() > until:
            continue
        words, kind = kinds.get(event.kind, (event_words(event.kind) if others else "", "event"))
        if words:
            flags.append(Flag(event.on.earliest(), words, kind))
    return tuple(flags)
