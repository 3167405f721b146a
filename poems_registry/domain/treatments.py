"""Treatment and events as plain values: lines with their drugs, radiotherapy and transplants, supportive care."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from poems_registry.domain.dates import PartialDate


class Origin(StrEnum):
    """Where an entry comes from that was made after the person's death; empty while the person lives."""

    CLINIC = ""
    CORRECTION = "correction"
    LINKAGE = "linkage"


@dataclass(frozen=True, slots=True)
class LineDrug:
    """One drug of a line at one dose; another dose is another entry, and `stop_reason` says why this one ended.

    `dose` is a number in `unit` each time it is given; `schedule` says on which days (`days 1 to 21 of 28`). `part`
    says to which part of the programme it belongs (induction, maintenance ...).
    """

    id: int = 0
    patient_id: int = 0
    line_id: int = 0
    name: str = ""
    dose: float | None = None
    unit: str = ""
    route: str = ""
    schedule: str = ""
    part: str = ""
    start: PartialDate | None = None
    stop: PartialDate | None = None
    stop_reason: str = ""
    note: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class RadiotherapyCourse:
    """One course to one site: total dose in Gy, in how many fractions."""

    id: int = 0
    patient_id: int = 0
    line_id: int = 0
    site: str = ""
    dose_gy: float | None = None
    fractions: int | None = None
    start: PartialDate | None = None
    stop: PartialDate | None = None
    note: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Transplant:
    """An autologous stem cell transplant. `cd34`: cells x10^6 for each kg; `melphalan`: mg for each m2.

    `neutrophils` and `platelets` are the days of engraftment.
    """

    id: int = 0
    patient_id: int = 0
    line_id: int = 0
    mobilised: PartialDate | None = None
    mobilisation: str = ""
    cd34: float | None = None
    melphalan: int | None = None
    infused: PartialDate | None = None
    neutrophils: PartialDate | None = None
    platelets: PartialDate | None = None
    engraftment_syndrome: bool | None = None
    note: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class TreatmentLine:
    """A planned programme (clinical.md 5); number 0 is treatment before the diagnosis.

    `planned` are its parts (induction, transplant, maintenance ...), planned together and so one line. `cause` says why
    it was begun, `stop_reason` why it ended: a code of `line_words`, or words of an older record.
    """

    id: int = 0
    patient_id: int = 0
    number: int = 1
    name: str = ""
    category: str = ""
    start: PartialDate | None = None
    stop: PartialDate | None = None
    stop_reason: str = ""
    cycles_planned: int | None = None
    cycles_given: int | None = None
    steroid: bool | None = None
    note: str = ""
    version: int = 1
    intent: str = ""
    cause: str = ""
    planned: tuple[str, ...] = ()
    trial: bool | None = None
    trial_name: str = ""
    dose_intensity: str = ""
    origin: Origin = Origin.CLINIC
    drugs: tuple[LineDrug, ...] = ()
    radiotherapy: tuple[RadiotherapyCourse, ...] = ()
    transplants: tuple[Transplant, ...] = ()


@dataclass(frozen=True, slots=True)
class SupportiveCare:
    """Something that supports a person beside the lines of therapy: prophylaxis, replacement, orthotics ..."""

    id: int = 0
    patient_id: int = 0
    kind: str = ""
    what: str = ""
    start: PartialDate | None = None
    stop: PartialDate | None = None
    stop_reason: str = ""
    note: str = ""
    origin: Origin = Origin.CLINIC
    version: int = 1


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day (clinical.md 5): diagnosis, relapse, thrombosis, admission, death ...

    The parts that a kind has stand in `event_words`: `domains`, `symptomatic` and `treated` of a relapse, `intensive`
    and `until` of an admission, `sort` of a second cancer, `cause` of a death. None: not recorded.
    """

    id: int = 0
    patient_id: int = 0
    kind: str = ""
    on: PartialDate | None = None
    note: str = ""
    version: int = 1
    domains: tuple[str, ...] = ()
    symptomatic: bool | None = None
    treated: bool | None = None
    intensive: bool | None = None
    until: PartialDate | None = None
    sort: str = ""
    cause: str = ""
    origin: Origin = Origin.CLINIC


Part = LineDrug | RadiotherapyCourse | Transplant
"""What hangs on one line."""

Entry = TreatmentLine | LineDrug | RadiotherapyCourse | Transplant | SupportiveCare | Event
"""Everything that is entered, corrected and taken back by itself."""


def parts_of(line: TreatmentLine) -> tuple[Part, ...]:
    """Everything that hangs on a line."""
    return (*line.drugs, *line.radiotherapy, *line.transplants)


def happened(events: Iterable[Event], lines: Iterable[TreatmentLine]) -> tuple[Event, ...]:
    """The events, and each transplant that was infused and has no event of its own near that day, oldest first.

    So that a transplant is entered once and seen everywhere: on the journey, in letters, in cohort figures.
    """
    told = list(events)
    days = [event.on for event in told if event.kind == TRANSPLANT and event.on is not None]
    for line in lines:
        for each in line.transplants:
            if each.infused is not None and not any(_overlap(each.infused, day) for day in days):
                told.append(Event(patient_id=line.patient_id, kind=TRANSPLANT, on=each.infused))
    return tuple(sorted(told, key=lambda event: (event.on is None, event.on or PartialDate(1), event.id)))


TRANSPLANT = "transplant"


def _overlap(one: PartialDate, other: PartialDate) -> bool:
    return one.earliest() <= other.latest() and other.earliest() <= one.latest()
