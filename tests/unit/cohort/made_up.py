"""Made-up records for the cohort's tests: one person's in a line, random ones, and a whole clinic of them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.kinds import Choice, Choices, Day, Number, YesNo
from poems_registry.cohort.people import Member, member_of
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Attribution, Finding, Sign, State, Value
from poems_registry.domain.records import Encounter, EncounterState, Patient, PatientFile, PatientStatus, Sex
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatments import Event, TreatmentLine

DATA_DATE = date(2026, 11, 20)
DIAGNOSED = date(2020, 5, 6)


def found(item: str, value: Value, **more: Any) -> Finding:
    """A recorded finding."""
    return Finding(item, value, **more)


def visit(on: date, *findings: Finding, **values: Value) -> Encounter:
    """A signed visit with findings by item code."""
    recorded = tuple(found(item, value) for item, value in values.items())
    return Encounter(id=on.toordinal(), on=on, state=EncounterState.SIGNED, findings=(*recorded, *findings))


POEMS: dict[str, Value] = {
    "p_status": "present",
    "m_status": "present",
    "ife_serum": "positive",
    "light_chain": "lambda",
    "vegf_serum": 4200.0,
    "s_status": "present",
    "hyperpigmentation": "present",
}
"""What meets rule set A at one visit before treatment."""


def record(*encounters: Encounter, lines: tuple[TreatmentLine, ...] = (), events: tuple[Event, ...] = (),
           **patient: Any) -> PatientFile:  # fmt: skip
    """A record of somebody diagnosed on DIAGNOSED, unless said otherwise."""
    known: dict[str, Any] = {
        "id": 1,
        "status": PatientStatus.CONFIRMED,
        "diagnosed": PartialDate.of(DIAGNOSED),
    } | patient
    return PatientFile(Patient(**known), tuple(sorted(encounters, key=lambda e: e.on)), lines, events)


def member(*encounters: Encounter, data_date: date = DATA_DATE, **more: Any) -> Member:
    """The member such a record makes."""
    return member_of(record(*encounters, **more), Thresholds(), data_date)


def poems(**more: Any) -> Member:
    """Somebody in the cohort: seen once, when the diagnosis was made."""
    return member(visit(DIAGNOSED, **POEMS), **more)


def line(start: date, category: str = "LEN_DEX", number: int = 1, stop: date | None = None) -> TreatmentLine:
    """A line of therapy."""
    ended = PartialDate.of(stop) if stop is not None else None
    return TreatmentLine(number=number, category=category, start=PartialDate.of(start), stop=ended)


def event(kind: str, on: date | None) -> Event:
    """Something that happened."""
    return Event(kind=kind, on=PartialDate.of(on) if on is not None else None)


def random_finding(random: Random, item: str) -> Finding:
    """Any value or state an item can have, with any cause."""
    if random.random() < 0.1:
        return Finding(item, state=random.choice([state for state in State if state is not State.RECORDED]))
    kind = CATALOGUE.item(item).kind
    cause = random.choice([None, None, None, *Attribution])
    match kind:
        case Number():
            low, high = max(kind.hard[0], 1.0), min(kind.hard[1], 3000.0)
            sign = random.choice([Sign.EQUAL, Sign.EQUAL, Sign.BELOW, Sign.ABOVE]) if kind.censored else Sign.EQUAL
            value = float(round(random.uniform(low, high)))
            limits = random.choice([(None, None), (low, (low + high) / 2)])
            return Finding(item, value, sign=sign, attribution=cause, limit_low=limits[0], limit_high=limits[1])
        case Choice() | YesNo():
            return Finding(item, random.choice(kind.options).code, attribution=cause)
        case Choices():
            return Finding(item, (random.choice(kind.options).code,), attribution=cause)
        case Day():
            return Finding(item, PartialDate.of(date(2019, 1, 1) + timedelta(days=random.randint(0, 1500))))
        case _:
            return Finding(item, "words")


def random_record(random: Random, share: float) -> PatientFile:
    """Visits at few dates, with many findings said again; `share` of all items at each."""
    days = [date(2019, 12, 1) + timedelta(days=random.randint(0, 900)) for _ in range(random.randint(1, 7))]
    pool = {item: [random_finding(random, item) for _ in range(2)] for item in CATALOGUE.items}
    visits = [
        Encounter(
            id=number,
            on=on,
            state=EncounterState.SIGNED,
            findings=tuple(random.choice(pool[item]) for item in CATALOGUE.items if random.random() < share),
        )
        for number, on in enumerate(days)
    ]
    start = date(2020, 1, 1) + timedelta(days=random.randint(0, 600))
    lines = (line(start, stop=start + timedelta(days=150)),) if random.random() < 0.6 else ()
    return record(*visits, lines=lines, sex=random.choice([None, *Sex]), born=PartialDate(1960, 4))


def clinic(size: int, seed: int = 1) -> list[PatientFile]:
    """A clinic of believable records: most with POEMS, some relapsed, some dead, some hardly examined."""
    random = Random(seed)
    return [_patient(random, number) for number in range(1, size + 1)]


def _patient(random: Random, number: int) -> PatientFile:
    diagnosed = date(2012, 1, 1) + timedelta(days=random.randint(0, 5200))
    years = min(random.uniform(0.2, 12), (DATA_DATE - diagnosed).days / 365.25)
    visits = [diagnosed + timedelta(days=int(k * 183)) for k in range(int(years * 2) + 1)]
    fate = Fate(random.randint(0, 4), random.randint(1, 6), random.random() < 0.6, random.random() < 0.05)
    encounters = [_seen(random, on, fate, after=place / max(1, len(visits) - 1)) for place, on in enumerate(visits)]
    start = diagnosed + timedelta(days=random.randint(10, 60))
    events = []
    if random.random() < 0.3 and years > 2:
        events.append(event("relapse", diagnosed + timedelta(days=random.randint(400, int(years * 365)))))
    died = visits[-1] + timedelta(days=20) if random.random() < 0.2 and visits[-1] < date(2026, 9, 1) else None
    category = random.choice(["ASCT_MEL200", "LEN_DEX", "RT_RADICAL"])
    told = record(
        *encounters,
        lines=(line(start, category, stop=start + timedelta(days=180)),) if random.random() < 0.97 else (),
        events=tuple(events),
        id=number,
        sex=random.choice([Sex.MALE, Sex.MALE, Sex.FEMALE]),
        born=PartialDate(random.randint(1940, 1985), random.randint(1, 12)),
        onset=PartialDate.of(diagnosed - timedelta(days=random.randint(60, 900))),
        diagnosed=PartialDate.of(diagnosed),
        first_label=random.choice(["CIDP", "CIDP", "POEMS syndrome", ""]),
        status=PatientStatus.OTHER_DIAGNOSIS if number % 40 == 7 else PatientStatus.CONFIRMED,
    )
    gone = replace(told.patient, died=PartialDate.of(died)) if died else told.patient
    return replace(told, patient=gone)


@dataclass(frozen=True)
class Fate:
    """How somebody does: arm and leg grade at first, whether treatment works, whether walking gets worse at last."""

    arm: int
    leg: int
    responds: bool
    worsens: bool


def _seen(random: Random, on: date, fate: Fate, *, after: float) -> Encounter:
    """A visit; `after` is the share of all follow-up behind it, 0 for the first."""
    first = after == 0
    values: dict[str, Value] = dict(POEMS) if first or random.random() < 0.5 else {"p_status": "present"}
    values |= {"onls_arm": float(fate.arm), "onls_leg": _leg(fate, after), "ife_urine": "negative"}
    values |= {"platelets": float(random.randint(180, 650)), "tlco": float(random.randint(35, 100))}
    for sign in ("oedema", "ascites", "pleural_effusion"):
        if random.random() < 0.8:
            values[sign] = (
                random.choice(["ankle", "none"]) if sign == "oedema" else random.choice(["present", "absent"])
            )
    if random.random() < 0.6:
        values |= {"bone_imaging": "pet_ct", "bone_lesion_type": random.choice(["sclerotic", "sclerotic", "none"])}
    if random.random() < 0.7:
        values |= {"papilloedema_left": "absent", "papilloedema_right": random.choice(["present", "absent"])}
    values["o_status"] = random.choice(["present", "absent", "not_assessed"])
    values["e_status"] = random.choice(["present", "absent", "not_assessed"])
    values.pop("vegf_serum", None)
    if not first and fate.responds:
        values["ife_serum"] = "negative"
    measured = random.random() < (0.95 if first else 0.7)
    return visit(on, *((_vegf(random, fate, first=first),) if measured else ()), **values)


def _leg(fate: Fate, after: float) -> float:
    better = 1 if fate.responds and after > 0.1 else 0
    return float(fate.leg - better + (1 if fate.worsens and after > 0.9 else 0))


def _vegf(random: Random, fate: Fate, *, first: bool) -> Finding:
    if first:
        sign = random.choice([Sign.EQUAL, Sign.EQUAL, Sign.EQUAL, Sign.ABOVE])
        return found("vegf_serum", float(random.randint(1800, 9000)), sign=sign, limit_high=771.0)
    return found("vegf_serum", float(random.randint(90, 700) if fate.responds else 1700), limit_high=771.0)
