"""Lines of treatment and events: add, correct, withdraw; and say which settled criteria a change of dates unsettles."""

from dataclasses import dataclass
from datetime import date

from poems_registry.domain.access import Permission
from poems_registry.domain.criteria import unsettled_by
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotAllowedNow
from poems_registry.domain.records import Patient, PatientFile
from poems_registry.domain.treatments import Event, TreatmentLine
from poems_registry.services.access import Service, needs
from poems_registry.services.changes import Changed
from poems_registry.services.clinic_settings import thresholds_of
from poems_registry.services.judging import judge_file
from poems_registry.services.standings import refresh
from poems_registry.storage import files, settings, treatments
from poems_registry.storage.unit_of_work import Session

MOST_LINES, MOST_CYCLES = 30, 200


@dataclass(frozen=True, slots=True)
class Kept:
    """What was touched, and in sentences which answers of the diagnosis the change unsettled (decision 2)."""

    changed: Changed
    unsettled: tuple[str, ...] = ()


class TreatmentService(Service):
    """What one can do with a person's treatment and the events of their illness."""

    @needs(Permission.RECORD_CLINICAL)
    def keep_line(self, line: TreatmentLine) -> Kept:
        """Add a line (id 0) or correct one; InvalidInput by field, StaleRecord if somebody was faster."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            before = files.load_file(session, line.patient_id)
            _belongs(line.id, [each.id for each in before.lines])
            _raise(line_problems(line, before.patient, self.signed_in.today))
            if line.id:
                treatments.save_line(session, line)
            else:
                treatments.add_line(session, line)
            return self._kept(session, before)

    @needs(Permission.RECORD_CLINICAL)
    def keep_event(self, event: Event) -> Kept:
        """Add an event (id 0) or correct one."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            before = files.load_file(session, event.patient_id)
            _belongs(event.id, [each.id for each in before.events])
            _raise(event_problems(event, before.patient, self.signed_in.today))
            if event.id:
                treatments.save_event(session, event)
            else:
                treatments.add_event(session, event)
            return self._kept(session, before)

    @needs(Permission.RECORD_CLINICAL)
    def withdraw_line(self, line: TreatmentLine, reason: str) -> Kept:
        """Take back a line that was entered in error; it is kept with the reason, and counted nowhere."""
        with self.signed_in.store.writing(self.signed_in.actor, _reason(reason)) as session:
            before = files.load_file(session, line.patient_id)
            _belongs(line.id, [each.id for each in before.lines])
            treatments.retract_line(session, line.id, line.version)
            return self._kept(session, before)

    @needs(Permission.RECORD_CLINICAL)
    def withdraw_event(self, event: Event, reason: str) -> Kept:
        """Take back an event that was entered in error."""
        with self.signed_in.store.writing(self.signed_in.actor, _reason(reason)) as session:
            before = files.load_file(session, event.patient_id)
            _belongs(event.id, [each.id for each in before.events])
            treatments.retract_event(session, event.id, event.version)
            return self._kept(session, before)

    def _kept(self, session: Session, before: PatientFile) -> Kept:
        patient_id = before.patient.id
        refresh(session, [patient_id], self.signed_in.today)
        thresholds = thresholds_of(settings.load_all(session))
        then, now = judge_file(before, thresholds), judge_file(files.load_file(session, patient_id), thresholds)
        words = tuple(each.words for each in unsettled_by(then, now))
        return Kept(Changed(patients=frozenset({patient_id})), words)


def line_problems(line: TreatmentLine, patient: Patient, today: date) -> dict[str, str]:
    """What cannot be, by field; none when the line may be kept."""
    found: dict[str, str] = {}
    if not line.name.strip():
        found["name"] = "is needed"
    if not 0 <= line.number <= MOST_LINES:
        found["number"] = f"is a whole number from 0 (before the diagnosis) to {MOST_LINES}"
    for field, cycles in (("cycles_planned", line.cycles_planned), ("cycles_given", line.cycles_given)):
        if cycles is not None and not 0 <= cycles <= MOST_CYCLES:
            found[field] = f"is a whole number from 0 to {MOST_CYCLES}"
    found |= _day_problem("start", line.start, patient, today) | _day_problem("stop", line.stop, patient, today)
    if line.start is not None and line.stop is not None and line.stop.latest() < line.start.earliest():
        found["stop"] = "lies before the start"
    if line.stop is None and line.stop_reason.strip():
        found["stop_reason"] = "belongs to a line that has stopped: give the day, or leave it empty"
    return found


def event_problems(event: Event, patient: Patient, today: date) -> dict[str, str]:
    """What cannot be, by field."""
    found = {} if event.kind.strip() else {"kind": "is needed"}
    if event.on is None:
        found["on"] = "is needed"
    return found | _day_problem("on", event.on, patient, today)


def _day_problem(field: str, day: PartialDate | None, patient: Patient, today: date) -> dict[str, str]:
    if day is None:
        return {}
    if day.earliest() > today:
        return {field: "lies in the future"}
    if patient.born is not None and day.latest() < patient.born.earliest():
        return {field: "lies before the patient was born"}
    if patient.died is not None and day.earliest() > patient.died.latest():
        return {field: "lies after the patient died"}
    return {}


def _raise(problems: dict[str, str]) -> None:
    if problems:
        raise InvalidInput(problems)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise InvalidInput({"reason": "say why, in a few words"})
    return reason.strip()


def _belongs(number: int, own: list[int]) -> None:
    """The id is looked for again among this patient's, inside the transaction that writes (hazard H01)."""
    if number and number not in own:
        raise NotAllowedNow("This entry belongs to another patient or was withdrawn. Nothing was changed.")
