"""What the follow-up schedule asks of a record, and the clinic's own intervals: clinical.md 8.6 with the catalogue."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.follow_up import (
    BASELINE,
    DEFAULTS,
    FOLLOW_UP_WORDS,
    PHASE_WORDS,
    Condition,
    Course,
    Due,
    Every,
    FollowUp,
    Phase,
    Schedule,
    due_tests,
)
from poems_registry.domain.records import Encounter, EncounterKind, PatientFile, PatientStatus
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services.clinic_settings import Threshold
from poems_registry.storage.settings import Setting

DONE_BY: Mapping[FollowUp, tuple[str, ...]] = {
    FollowUp.VEGF: ("vegf_serum", "vegf_plasma"),
    FollowUp.BLOODS: ("platelets", "haemoglobin", "creatinine", "egfr"),
    FollowUp.PARAPROTEIN: ("spep", "ife_serum", "m_protein", "flc_kappa", "flc_lambda", "flc_ratio_reported"),
    FollowUp.IMAGING: ("bone_imaging", "fdg_avid_count"),
    FollowUp.MARROW: ("marrow_flow", "marrow_ihc", "marrow_pc_aspirate", "marrow_pc_trephine"),
    FollowUp.ENDOCRINE: ("testosterone", "oestradiol", "prolactin", "cortisol_9am", "synacthen_30", "tsh"),
    FollowUp.HEART: ("pasp",),
    FollowUp.LUNG: ("tlco",),
    FollowUp.FUNDI: ("papilloedema_right", "papilloedema_left"),
    FollowUp.NCS: ("ncs_pattern", "ncs_ulnar_cv", "ncs_ulnar_cmap"),
}
"""Any of these items done counts as the test done."""

OWN_DAY: Mapping[FollowUp, str] = {
    FollowUp.IMAGING: "bone_imaged_on",
    FollowUp.MARROW: "marrow_on",
    FollowUp.NCS: "ncs_on",
}
"""The item that says when the test was done, where it may be earlier than the visit at which it is recorded."""

DONE = frozenset({State.RECORDED, State.PENDING})
"""A test whose result is awaited was done."""

NOT_FOLLOWED = frozenset({PatientStatus.OTHER_DIAGNOSIS, PatientStatus.TRANSFERRED})
NOT_POEMS = frozenset({"other", "excluded"})
SOURCE = "clinical.md 8.6"


def due_of(file: PatientFile, thresholds: Thresholds, schedule: Schedule, today: date) -> tuple[Due, ...]:
    """Every test and review that is or will be due, the earliest first; nothing is due of who has died."""
    if file.patient.died is not None:
        return ()
    return due_tests(course_of(file, thresholds), schedule, today)


def course_of(file: PatientFile, thresholds: Thresholds) -> Course:
    """What the schedule asks of a record."""
    patient, counted = file.patient, file.counted
    visits = [e for e in counted if e.kind is EncounterKind.CLINIC]
    done = {test: day for test, items in DONE_BY.items() if (day := _last_done(counted, test, items)) is not None}
    if visits:
        done[FollowUp.REVIEW] = visits[-1].on
    first = [patient.first_seen.earliest()] if patient.first_seen is not None else [e.on for e in visits[:1]]
    return Course(
        followed=patient.status not in NOT_FOLLOWED and patient.clinician_diagnosis not in NOT_POEMS,
        first_seen=first[0] if first else None,
        spells=tuple(
            (line.start.earliest(), line.stop.latest() if line.stop is not None else None)
            for line in file.lines
            if line.number > 0 and line.start is not None
        ),
        done=done,
        holds=frozenset(_conditions(file, thresholds)),
        planned=_planned(visits),
    )


def _planned(visits: list[Encounter]) -> date | None:
    planned = visits[-1].finding("next_visit") if visits else None
    value = planned.value if planned is not None else None
    return value.latest() if isinstance(value, PartialDate) else None


def _last_done(encounters: Sequence[Encounter], test: FollowUp, items: tuple[str, ...]) -> date | None:
    """Of encounters by day; only a test that tells its own day needs more than the newest that has it."""
    days = (_day_done(e, test) for e in reversed(encounters) if any(_done(e.finding(item)) for item in items))
    return max(days, default=None) if test in OWN_DAY else next(days, None)


def _day_done(encounter: Encounter, test: FollowUp) -> date:
    """The day of a test that tells its own, never later than the encounter that told it."""
    own = encounter.finding(OWN_DAY[test]) if test in OWN_DAY else None
    if own is not None and isinstance(own.value, PartialDate):
        return min(own.value.earliest(), encounter.on)
    return encounter.on


def _done(finding: Finding | None) -> bool:
    return finding is not None and finding.state in DONE


def _conditions(file: PatientFile, thresholds: Thresholds) -> Iterator[Condition]:
    avid = next((f for e in file.counted if (f := _recorded(e, "fdg_avid_count")) is not None), None)
    if avid is not None and avid.number > 0:
        yield Condition.AVID
    fixation = file.last("ife_serum")
    if fixation is not None and fixation[1].value == "negative":
        yield Condition.CLONE_GONE
    heart, lung = file.last("pasp"), file.last("tlco")
    if heart is not None and heart[1].number >= thresholds.pasp_evaluable:
        yield Condition.HEART_ABNORMAL
    if lung is not None and lung[1].number < thresholds.tlco_evaluable:
        yield Condition.LUNG_ABNORMAL
    eyes = [file.last(item) for item in DONE_BY[FollowUp.FUNDI]]
    if any(eye is not None and eye[1].value == "present" for eye in eyes):
        yield Condition.PAPILLOEDEMA


def _recorded(encounter: Encounter, item: str) -> Finding | None:
    finding = encounter.finding(item)
    return finding if finding is not None and finding.state is State.RECORDED else None


# -- the clinic's own intervals


def setting_name(test: FollowUp, phase: Phase) -> str:
    """How the interval of a test in a phase is stored."""
    return f"due_{test}_{phase}"


TOLERANCE, BASELINE_WEEKS = "due_tolerance_percent", "due_baseline_weeks"
INTERVALS: Mapping[str, tuple[FollowUp, Phase]] = {setting_name(*cell): cell for cell in DEFAULTS}
FOLLOW_UP_SETTINGS = (
    Threshold(TOLERANCE, "Called overdue after a part of the interval of", "%", "design", SOURCE, float),
    Threshold(
        BASELINE_WEEKS,
        "Baseline tests within (" + ", ".join(FOLLOW_UP_WORDS[t].lower() for t in FollowUp if t in BASELINE) + ")",
        "weeks", "design", SOURCE, int,
    ),
    *(
        Threshold(name, f"{FOLLOW_UP_WORDS[test]} every, {PHASE_WORDS[phase]}", "", "mem M", SOURCE, Every.read)
        for name, (test, phase) in INTERVALS.items()
    ),
)  # fmt: skip
"""The intervals of clinical.md 8.6 and the tolerance, each to be checked against the paper."""


def schedule_of(rows: Mapping[str, Setting]) -> Schedule:
    """The intervals in force: stored values over the defaults. ValueError for a stored text that is none."""
    stored = {cell: Every.read(rows[name].value) for name, cell in INTERVALS.items() if name in rows}
    default = Schedule()
    return Schedule(
        {**DEFAULTS, **stored},
        int(rows[BASELINE_WEEKS].value) if BASELINE_WEEKS in rows else default.baseline_weeks,
        float(rows[TOLERANCE].value) if TOLERANCE in rows else default.tolerance_percent,
    )


def setting_of(schedule: Schedule, name: str) -> str:
    """A value in force as it is shown and typed."""
    if name in INTERVALS:
        every = schedule.intervals[INTERVALS[name]]
        return "none" if every is None else str(every)
    return f"{schedule.tolerance_percent:g}" if name == TOLERANCE else str(schedule.baseline_weeks)
