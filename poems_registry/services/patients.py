"""Find, open, add and change patients; every look at a record is audited before it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from poems_registry.domain import nhs_number
from poems_registry.domain.access import Permission
from poems_registry.domain.dates import age_on
from poems_registry.domain.errors import InvalidInput, NotAllowedNow
from poems_registry.domain.nhs_number import BadNhsNumber
from poems_registry.domain.records import Patient, PatientFile, PatientSummary
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services.access import Service, needs
from poems_registry.services.changes import Changed
from poems_registry.services.clinic_settings import thresholds_of
from poems_registry.services.standings import refresh
from poems_registry.storage import audit, files, patients, search, settings
from poems_registry.storage.search import PatientFilter

__all__ = ["Found", "LookAlikes", "OpenFile", "PatientFilter", "PatientService"]

OLDEST = 120


class LookAlikes(NotAllowedNow):
    """The new patient may be in the registry already; `candidates` are shown side by side and a choice is required."""

    def __init__(self, candidates: tuple[Patient, ...]) -> None:
        self.candidates = candidates
        super().__init__(
            "Someone like this is in the registry already. Nothing has been saved. Compare them, then open the existing"
            " record or say that this is another person."
        )


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the patients list: `total` counts all that match, `counts` what each filter would leave."""

    rows: tuple[PatientSummary, ...]
    total: int
    everyone: int
    counts: dict[PatientFilter, int]


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A record that was opened, with the thresholds under which it is judged."""

    file: PatientFile
    thresholds: Thresholds


class PatientService(Service):
    """Who is in the registry."""

    @needs(Permission.FIND_PATIENTS)
    def find(self, query: str = "", filters: Sequence[PatientFilter] = (), limit: int = search.LIMIT) -> Found:
        """Patients by any part of name, number or birth date, in any written form."""
        today = self.signed_in.today
        with self.signed_in.store.reading() as session:
            rows = tuple(search.find(session, query, today, filters, limit))
            full = len(rows) >= limit
            total = search.count(session, query, today, filters) if full else len(rows)
            return Found(rows, total, patients.count(session), search.counts(session, today))

    @needs(Permission.VIEW_CLINICAL)
    def open(self, patient_id: int) -> OpenFile:
        """The whole record; the view is audited in a transaction that commits before anything is shown."""
        self._note_view(patient_id)
        with self.signed_in.store.reading() as session:
            return OpenFile(files.load_file(session, patient_id), thresholds_of(settings.load_all(session)))

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def who(self, patient_id: int) -> Patient:
        """The person alone, without clinical findings."""
        self._note_view(patient_id)
        with self.signed_in.store.reading() as session:
            return patients.load(session, patient_id)

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def add(self, patient: Patient, *, another_person: bool = False) -> tuple[Patient, Changed]:
        """Add a patient; LookAlikes if somebody like this is known, unless the user said it is another person."""
        checked = self._checked(patient)
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            alike = patients.look_alikes(session, checked)
            same_number = [p for p in alike if checked.nhs_number and p.nhs_number == checked.nhs_number]
            if same_number or (alike and not another_person):
                raise LookAlikes(tuple(same_number) or alike)
            added = patients.add(session, checked)
            refresh(session, [added.id], self.signed_in.today)
        return added, Changed(patients=frozenset({added.id}))

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def change(self, patient: Patient) -> tuple[Patient, Changed]:
        """Save changed details; StaleRecord if somebody was faster."""
        checked = self._checked(patient)
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            saved = patients.save(session, checked)
            refresh(session, [saved.id], self.signed_in.today)
        return saved, Changed(patients=frozenset({saved.id}))

    def _note_view(self, patient_id: int) -> None:
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            audit.record_event(session, "view", patient_id, about=("patient", str(patient_id)))

    def _checked(self, patient: Patient) -> Patient:
        """All refusals at once, in words beside the fields (nhs.md 1, 2.3)."""
        problems: dict[str, str] = {}
        today = self.signed_in.today
        if not (patient.family_name.strip() or patient.given_name.strip() or patient.study_number.strip()):
            problems["family_name"] = "a name or a study number is needed"
        number = patient.nhs_number
        if number:
            try:
                number = nhs_number.check(number, training=self.signed_in.training)
            except BadNhsNumber as error:
                problems["nhs_number"] = str(error)
        if patient.born is not None:
            if patient.born.earliest() > today:
                problems["born"] = "lies in the future"
            elif age_on(patient.born.latest(), today) > OLDEST:
                problems["born"] = f"would make the person older than {OLDEST} years"
        if patient.died is not None and patient.died.earliest() > today:
            problems["died"] = "lies in the future"
        if patient.died and patient.born and patient.died.latest() < patient.born.earliest():
            problems["died"] = "lies before the birth date"
        if problems:
            raise InvalidInput(problems)
        return replace(patient, nhs_number=number)
