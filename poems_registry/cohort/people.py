"""One patient as a cohort counts one: what the record says up to the data date, and nothing it does not say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from poems_registry.catalogue.evidence import evidence_of
from poems_registry.cohort.at_diagnosis import Baseline, baseline_of, window_of
from poems_registry.cohort.judged import Verdicts, verdicts
from poems_registry.cohort.responding import Responded, responded
from poems_registry.domain.dates import PartialDate, age_on
from poems_registry.domain.findings import Attribution, State
from poems_registry.domain.records import Encounter, Patient, PatientFile, PatientStatus, Sex
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatments import Event, TreatmentLine

FEATURES = ("P", "O", "E", "M", "S")
RELAPSES = frozenset({"relapse", "progression"})
LEAVINGS = frozenset({"lost_to_follow_up", "transfer", "opt_out"})
DAYS_A_MONTH = 365.25 / 12


class FirstTreatment(StrEnum):
    """What the first line of therapy was planned to be; a later transplant does not change it."""

    TRANSPLANT = "transplant"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A feature's own status as recorded at visits: True present, False absent, None never assessed."""

    ever: bool | None
    at_diagnosis: bool | None
    last: bool | None


@dataclass(frozen=True, slots=True)
class Treated:
    """One line of therapy: `first` for the first after the diagnosis; `stop` None while it goes on."""

    start: date
    stop: date | None
    first: bool


@dataclass(frozen=True, slots=True)
class Member:
    """Everything the summary asks of one person. None and empty mean not known; nothing is assumed in its place.

    Dates known by month or year stand in the middle of what they can be. `died` and `relapsed` may be true without a
    date: such a person is counted, but has no place on a curve. `relapses` are those told as events, with the first
    progression that the results themselves tell of (`response`).
    """

    id: int
    status: PatientStatus
    sex: Sex | None
    age: int | None
    delay_months: float | None
    first_label: str
    diagnosed: date | None
    last_seen: date | None
    died: bool
    died_on: date | None
    left: bool
    relapsed: bool
    relapses: tuple[date, ...]
    undated_relapse: bool
    transplants: tuple[date, ...]
    treatments: tuple[Treated, ...]
    first_treatment: FirstTreatment
    ever: Verdicts
    at_diagnosis: Verdicts | None
    recorded: Mapping[str, Recorded]
    baseline: Baseline
    response: Responded


def member_of(file: PatientFile, thresholds: Thresholds, data_date: date) -> Member:
    """The member a record makes on a data date; what is dated later is as if it were not there yet."""
    patient = file.patient
    encounters = tuple(each for each in file.counted if each.on <= data_date)
    lines = tuple(line for line in file.lines if _known_by(line.start, data_date))
    events = tuple(event for event in file.happened if _known_by(event.on, data_date))
    evidence = evidence_of(PatientFile(patient, encounters, lines))
    diagnosed = _diagnosed(patient, events, data_date)
    window = window_of(diagnosed, lines)
    relapses = [event for event in events if event.kind in RELAPSES]
    own = PatientFile(patient, encounters, lines, tuple(e for e in file.events if _known_by(e.on, data_date)))
    response = responded(own, thresholds, data_date)
    progressed = [response.progressed_on] if response.progressed_on is not None else []
    seen = [each.on for each in encounters] + _days((e for e in events if e.kind != "death"), data_date)
    last_seen = max(seen) if encounters else None
    died, died_on = _death(patient, events, data_date)
    ever = verdicts(evidence, thresholds, data_date)
    later = window is not None and bool(encounters) and encounters[-1].on > window.last
    return Member(
        id=patient.id,
        status=patient.status,
        sex=patient.sex,
        age=age_at(patient, diagnosed),
        delay_months=_delay(patient.onset, diagnosed),
        first_label=patient.first_label.strip(),
        diagnosed=middle(diagnosed) if diagnosed is not None else None,
        last_seen=last_seen,
        died=died,
        died_on=died_on if died_on is None else _not_before(died_on, last_seen, patient.died),
        left=any(event.kind in LEAVINGS for event in events),
        relapsed=bool(relapses) or bool(progressed),
        relapses=tuple(sorted({*_days(relapses, data_date), *progressed})),
        undated_relapse=any(event.on is None for event in relapses),
        transplants=tuple(_days((event for event in events if event.kind == "transplant"), data_date)),
        treatments=_treated(lines),
        first_treatment=_first_treatment(lines),
        ever=ever,
        at_diagnosis=(verdicts(evidence, thresholds, window.last) if later else ever) if window is not None else None,
        recorded=MappingProxyType({f: _recorded(encounters, f, window.last if window else None) for f in FEATURES}),
        baseline=baseline_of(encounters, window),
        response=response,
    )


def middle(day: PartialDate) -> date:
    """The day itself, or the middle of the month or year that is all that is known."""
    first, last = day.earliest(), day.latest()
    return first + (last - first) // 2


def age_at(patient: Patient, on: PartialDate | None) -> int | None:
    """Whole years of age; from an age told for another day (imported trial data) to the nearest year."""
    if on is None:
        return None
    if patient.born is not None:
        born, day = middle(patient.born), middle(on)
        return age_on(born, day) if born <= day else None
    if patient.age_at is not None:
        years, told_on = patient.age_at
        born = told_on - timedelta(days=int((years + 0.5) * 365.25))
        return age_on(born, middle(on)) if born <= middle(on) else None
    return None


def _days(events: Iterable[Event], data_date: date) -> list[date]:
    return [min(middle(event.on), data_date) for event in events if event.on is not None]


def _not_before(died_on: date, last_seen: date | None, died: PartialDate | None) -> date:
    """Of a death known by its month or year: not before the person was last seen, if it can have been later."""
    if last_seen is None or died is None or died.latest() < last_seen:
        return died_on
    return max(died_on, last_seen)


def _known_by(on: PartialDate | None, data_date: date) -> bool:
    return on is None or on.earliest() <= data_date


def _diagnosed(patient: Patient, events: tuple[Event, ...], data_date: date) -> PartialDate | None:
    told = [event.on for event in events if event.kind == "diagnosis" and event.on is not None]
    found = patient.diagnosed or min(told, default=None)
    return found if found is not None and found.earliest() <= data_date else None


def _death(patient: Patient, events: tuple[Event, ...], data_date: date) -> tuple[bool, date | None]:
    """Whether and when; who dies after the data date is alive on it."""
    if patient.died is not None:
        return (True, min(middle(patient.died), data_date)) if _known_by(patient.died, data_date) else (False, None)
    deaths = [event for event in events if event.kind == "death"]
    return bool(deaths), min(_days(deaths, data_date), default=None)


def _delay(onset: PartialDate | None, diagnosed: PartialDate | None) -> float | None:
    """Months from the first symptom to the diagnosis, both known at least by their month; never below 0."""
    if onset is None or diagnosed is None or onset.month is None or diagnosed.month is None:
        return None
    if onset.earliest() > diagnosed.latest():
        return None  # the two dates contradict each other
    return max(0, (middle(diagnosed) - middle(onset)).days) / DAYS_A_MONTH


def _treated(lines: tuple[TreatmentLine, ...]) -> tuple[Treated, ...]:
    """Lines of therapy that have a start; line 0, before the diagnosis was made, is none."""
    numbers = [line.number for line in lines if line.number > 0]
    first = min(numbers, default=1)
    return tuple(
        Treated(middle(line.start), middle(line.stop) if line.stop else None, line.number == first)
        for line in lines
        if line.number > 0 and line.start is not None
    )


def _first_treatment(lines: tuple[TreatmentLine, ...]) -> FirstTreatment:
    given = sorted((line for line in lines if line.number > 0), key=lambda line: line.number)
    if not given:
        return FirstTreatment.NONE
    first = given[0]
    transplant = first.category.upper().startswith("ASCT") or "transplant" in first.planned or bool(first.transplants)
    return FirstTreatment.TRANSPLANT if transplant else FirstTreatment.OTHER


def _recorded(encounters: tuple[Encounter, ...], feature: str, until: date | None) -> Recorded:
    """From the visits' own statuses, oldest first; `until` ends the time of diagnosis."""
    item = f"{feature.lower()}_status"
    said = [(each.on, answer) for each in encounters if (answer := _status(each, item)) is not None]
    answers = [answer for _, answer in said]
    early = [answer for on, answer in said if until is not None and on <= until]
    return Recorded(_any(answers), _any(early), answers[-1] if answers else None)


def _status(encounter: Encounter, item: str) -> bool | None:
    """Present or absent; from another cause counts as absent, of uncertain cause as not told (clinical.md 1.3)."""
    finding = encounter.finding(item)
    if finding is None or finding.state is not State.RECORDED or finding.value not in ("present", "absent"):
        return None
    if finding.value == "absent" or finding.attribution is Attribution.OTHER:
        return False
    return None if finding.attribution is Attribution.UNCERTAIN else True


def _any(answers: list[bool]) -> bool | None:
    return any(answers) if answers else None
