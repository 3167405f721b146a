"""How each patient stands today, as the patients list shows it: computed from the record, written beside it."""

from collections.abc import Iterable, Sequence
from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.wording import on_screen
from poems_registry.domain.criteria import Judgement
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.records import Encounter, EncounterKind, LetterState, PatientFile
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatments import TreatmentLine
from poems_registry.services.clinic_settings import thresholds_of
from poems_registry.services.judging import judge_file
from poems_registry.storage import files, settings, standing
from poems_registry.storage.standing import Standing
from poems_registry.storage.unit_of_work import Session

TRAIL = 8
VEGF_ITEMS = ("vegf_serum", "vegf_plasma")


def refresh(session: Session, patient_ids: Iterable[int], today: date) -> None:
    """Compute and write the standing of some patients, in the transaction that changed them."""
    ids: Sequence[int] = list(patient_ids)
    thresholds = thresholds_of(settings.load_all(session))
    standing.write(session, (standing_of(file, thresholds, today) for file in files.load_files(session, ids)))


def note(session: Session, file: PatientFile, judgement: Judgement, today: date) -> None:
    """Write the standing of one patient from the file as it is stored now and what the criteria say on it."""
    standing.write(session, [_standing(file, judgement, today)])


def standing_of(file: PatientFile, thresholds: Thresholds, today: date) -> Standing:
    """One row of the patients list from the whole record."""
    return _standing(file, judge_file(file, thresholds), today)


def _standing(file: PatientFile, judgement: Judgement, today: date) -> Standing:
    hint = ""
    if judgement.rule_a is Verdict.CANNOT_TELL and judgement.deciding:
        first = judgement.criteria[judgement.deciding[0]]
        hint = "Decided by " + (first.decided_by[0] if first.decided_by else first.criterion.value)
    visits = [e for e in file.counted if e.kind is EncounterKind.CLINIC]
    line = current_line(file.lines, today)
    vegf_on, vegf_item, vegf_finding = _last_vegf(file)
    return Standing(
        patient_id=file.patient.id,
        features=tuple((s.feature, _status(visits, f"{s.feature.lower()}_status")) for s in CATALOGUE.features),
        verdict=judgement.rule_a.value,
        verdict_hint=hint,
        treatment=f"Line {line.number}, {line.name}" if line else "No treatment now",
        on_treatment=line is not None,
        last_visit=visits[-1].on if visits else None,
        next_due=_next_due(visits),
        vegf=on_screen(CATALOGUE.item(vegf_item), vegf_finding).split("\u00a0pg")[0] if vegf_finding else "",
        vegf_on=vegf_on,
        vegf_specimen=CATALOGUE.item(vegf_item).specimen if vegf_finding else "",
        vegf_trail=_trail(file, vegf_item) if vegf_finding else (),
        letter=_letter(file),
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


def _next_due(visits: Sequence[Encounter]) -> date | None:
    if not visits:
        return None
    planned = visits[-1].finding("next_visit")
    value = planned.value if planned is not None else None
    return value.latest() if isinstance(value, PartialDate) else None


def _last_vegf(file: PatientFile) -> tuple[date | None, str, Finding | None]:
    found = [(known[0].on, item, known[1]) for item in VEGF_ITEMS if (known := file.last(item)) is not None]
    return max(found, key=lambda each: each[0]) if found else (None, "", None)


def _trail(file: PatientFile, item: str) -> tuple[float, ...]:
    values = [f.value for e in file.counted if (f := e.finding(item)) is not None and isinstance(f.value, float)]
    return tuple(values[-TRAIL:])


def _letter(file: PatientFile) -> str:
    shown = [letter for letter in file.letters if letter.state is not LetterState.SUPERSEDED]
    return shown[-1].state.value if shown else ""
