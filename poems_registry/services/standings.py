"""How each patient stands today, as the patients list shows it: computed from the record, written beside it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.wording import on_screen
from poems_registry.domain.criteria import Judgement
from poems_registry.domain.evidence_kinds import Specimen
from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.domain.follow_up import Schedule, phase_changes_after
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.records import Encounter, EncounterKind, LetterState, PatientFile
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatments import TreatmentLine
from poems_registry.services.clinic_settings import thresholds_of
from poems_registry.services.follow_up import course_of, due_of, schedule_of
from poems_registry.services.judging import judge_file
from poems_registry.storage import files, settings, standing
from poems_registry.storage.standing import Alert, Standing
from poems_registry.storage.unit_of_work import Session

TRAIL = 8
WATCHED_FOR = timedelta(days=365)
VEGF_ITEMS = ("vegf_serum", "vegf_plasma")
BY_THE_TABLE = Schedule()


def refresh(session: Session, patient_ids: Iterable[int], today: date) -> None:
    """Compute and write the standing of some patients, in the transaction that changed them."""
    note_all(session, files.load_files(session, list(patient_ids)), today)


def note_all(session: Session, loaded: Iterable[PatientFile], today: date) -> None:
    """Write the standing of patients whose files are at hand, as they are stored now."""
    rows = settings.load_all(session)
    thresholds, schedule = thresholds_of(rows), schedule_of(rows)
    standing.write(session, (standing_of(file, thresholds, today, schedule) for file in loaded))


def renew(session: Session, today: date, limit: int) -> tuple[int, ...]:
    """Compute and write the standing of some of those of whom it is missing or outdated; gives whose it was."""
    ids = standing.outdated(session, today, limit)
    refresh(session, ids, today)
    return ids


def note(session: Session, file: PatientFile, judgement: Judgement, today: date) -> None:
    """Write the standing of one patient from the file as it is stored now and what the criteria say on it."""
    standing.write(session, [_standing(file, judgement, today, schedule_of(settings.load_all(session)))])


def standing_of(file: PatientFile, thresholds: Thresholds, today: date, schedule: Schedule = BY_THE_TABLE) -> Standing:
    """One row of the patients list from the whole record."""
    return _standing(file, judge_file(file, thresholds), today, schedule)


def _standing(file: PatientFile, judgement: Judgement, today: date, schedule: Schedule) -> Standing:
    hint = ""
    if judgement.rule_a is Verdict.CANNOT_TELL and judgement.deciding:
        first = judgement.criteria[judgement.deciding[0]]
        hint = "Decided by " + (first.decided_by[0] if first.decided_by else first.criterion.value)
    visits = [e for e in file.counted if e.kind is EncounterKind.CLINIC]
    line = current_line(file.lines, today)
    vegf_on, vegf_item, vegf_finding = _last_vegf(file)
    due = due_of(file, judgement.thresholds, schedule, today)
    letter, letter_on = _letter(file)
    return Standing(
        patient_id=file.patient.id,
        features=tuple((s.feature, _status(visits, f"{s.feature.lower()}_status")) for s in CATALOGUE.features),
        verdict=judgement.rule_a.value,
        verdict_hint=hint,
        treatment=f"Line {line.number}, {line.name}" if line else "No treatment now",
        on_treatment=line is not None,
        last_visit=visits[-1].on if visits else None,
        next_due=due[0].due if due else None,
        vegf=on_screen(CATALOGUE.item(vegf_item), vegf_finding).split("\u00a0pg")[0] if vegf_finding else "",
        vegf_on=vegf_on,
        vegf_specimen=CATALOGUE.item(vegf_item).specimen if vegf_finding else "",
        vegf_trail=_trail(file, vegf_item) if vegf_finding else (),
        letter=letter,
        letter_on=letter_on,
        due=tuple((each.test.value, each.due, each.overdue_from) for each in due),
        good_until=phase_changes_after(course_of(file, judgement.thresholds), today),
        alerts=tuple(alerts_of(file, judgement.thresholds, today)),
    )


def current_line(lines: Iterable[TreatmentLine], today: date) -> TreatmentLine | None:
    """The line of therapy that is going on: begun, not stopped; line 0 never counts."""
    going = [
        line
        for line in lines
        if line.number > 0
        and line.start is not None
        and line.start.earliest() <= today
        and (line.stop is None or line.stop.latest() >= today)
    ]
    return going[-1] if going else None


def _status(visits: Sequence[Encounter], item: str) -> str:
    """The newest answer that says something; *not assessed* only if there is none such."""
    seen = ""
    for visit in reversed(visits):
        finding = visit.finding(item)
        if finding is None or finding.state is not State.RECORDED:
            continue
        if finding.value != "not_assessed":
            return str(finding.value)
        seen = "not_assessed"
    return seen


def _last_vegf(file: PatientFile) -> tuple[date | None, str, Finding | None]:
    found = [(known[0].on, item, known[1]) for item in VEGF_ITEMS if (known := file.last(item)) is not None]
    return max(found, key=lambda each: each[0]) if found else (None, "", None)


def _trail(file: PatientFile, item: str) -> tuple[float, ...]:
    values = [f.value for e in file.counted if (f := e.finding(item)) is not None and isinstance(f.value, float)]
    return tuple(values[-TRAIL:])


def _letter(file: PatientFile) -> tuple[str, date | None]:
    """The newest letter's state and the day of its visit; of a visit that has none yet, the day alone."""
    visit = file.without_letter
    if visit is not None and file.patient.died is None:
        return "", visit.on
    shown = [letter for letter in file.letters if letter.state is not LetterState.SUPERSEDED]
    if not shown:
        return "", None
    days = {each.id: each.on for each in file.encounters}
    return shown[-1].state.value, days.get(shown[-1].encounter_id)


def alerts_of(file: PatientFile, thresholds: Thresholds, today: date) -> Iterator[Alert]:
    """The results of the watched items that came from outside a visit and lie beyond the clinic's level.

    The newest of each item however old, and every one of the last 12 months: a later normal result does not take away
    that nobody saw the one before. Which of them were seen is asked where they are read (`storage/worklist.py`). A
    result of a signed visit was seen by who signed it.
    """
    if file.patient.died is not None:
        return
    since = today - WATCHED_FOR
    for item, level in _watched(thresholds):
        for place, (encounter, finding) in enumerate(_recorded(file, item)):
            if place > 0 and encounter.on < since:
                break
            if encounter.kind is EncounterKind.CLINIC:
                continue
            if isinstance(finding.value, float) and finding.sign is not Sign.BELOW and finding.value >= level:
                shown = on_screen(CATALOGUE.item(item), finding)
                yield Alert(item, shown, f"{level:,g}", encounter.on, encounter.id)


def _recorded(file: PatientFile, item: str) -> Iterator[tuple[Encounter, Finding]]:
    """The recorded findings of an item, the newest first."""
    for encounter in reversed(file.counted):
        finding = encounter.finding(item)
        if finding is not None and finding.state is State.RECORDED:
            yield encounter, finding


def _watched(thresholds: Thresholds) -> tuple[tuple[str, float], ...]:
    serum, plasma = (thresholds.vegf_limits(each, "").decision_level for each in (Specimen.SERUM, Specimen.PLASMA))
    return ("vegf_serum", serum), ("vegf_plasma", plasma), ("platelets", thresholds.platelets)
