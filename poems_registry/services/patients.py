"""Find, open, add and change patients; every look at a record is audited before it is shown."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from poems_registry.domain.access import Permission
from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, StaleRecord
from poems_registry.domain.evidence_kinds import Specimen
from poems_registry.domain.follow_up import FollowUp, Schedule
from poems_registry.domain.records import Patient, PatientFile, PatientSummary
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services.access import Service, SignedIn, needs
from poems_registry.services.changes import Changed
from poems_registry.services.clinic_settings import thresholds_of
from poems_registry.services.follow_up import schedule_of
from poems_registry.services.patient_checks import checked
from poems_registry.services.queued_copies import withdraw_for_the_dead
from poems_registry.services.standings import refresh
from poems_registry.storage import audit, consents, encounters, files, patients, people, search, settings, worklist
from poems_registry.storage.search import BY_NAME, PatientFilter, PatientOrder, Sorting
from poems_registry.storage.unit_of_work import Session

__all__ = ["Found", "LookAlikes", "OpenFile", "PatientFilter", "PatientOrder", "PatientService", "Sorting"]

COUNTED_AT_ONCE = 20_000
"""Patients up to which all finds are counted together with the first of them; beyond, one asks afterwards."""

CLINICAL_FILTERS = frozenset({PatientFilter.ON_TREATMENT, PatientFilter.CANNOT_TELL})
CLINICAL_ORDERS = frozenset({PatientOrder.DIAGNOSIS, PatientOrder.TREATMENT, PatientOrder.VEGF})
"""What may not be asked without the permission: the rows that come back would tell it."""


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
    """One page of the patients list: `total` counts all that match, `counts` what each filter would leave.

    `total` is None in a big registry with more finds than rows here: `PatientService.how_many` counts them.
    `vegf_levels` are the decision levels (pg/mL) by specimen. Without the permission to view clinical findings the
    rows hold none, and the counts of clinical filters and the levels are left out.
    """

    rows: tuple[PatientSummary, ...]
    total: int | None
    everyone: int
    counts: dict[PatientFilter, int]
    vegf_levels: Mapping[str, float] = field(default_factory=dict)


@contextmanager
def looks_noted(me: SignedIn) -> Iterator[None]:
    """Whoever is told of records like the one that was typed has looked at them: kept, though nothing was saved."""
    try:
        yield
    except LookAlikes as found:
        with me.store.writing(me.actor) as session:
            for each in found.candidates:
                audit.record_event(session, audit.VIEW, each.id, about=("patient", str(each.id)))
        raise


CLINICAL_PART = (
    "first_label", "clinician_diagnosis", "clinician_diagnosis_reason", "cause_of_death", "allergy_state", "allergies",
    "allergies_updated_on", "other_diagnoses",
)  # fmt: skip
"""Fields of a patient that only who may view clinical findings sees and changes (decision 19; nhs.md 2.1)."""


_MAKES_ALIKE = (
    "family_name", "given_name", "previous_names", "born", "nhs_number", "hospital_numbers", "postcode",
)  # fmt: skip
"""What two records of one person are known by."""


def _refuse_death_before_visits(session: Session, now: Patient, before: Patient) -> None:
    """A death before a signed visit: one of the two is wrong, and letters and lists would go by either."""
    if now.died is None or now.died == before.died:
        return
    last = encounters.last_signed_visit(session, now.id)
    if last is not None and last > now.died.latest():
        raise InvalidInput({"died": f"lies before the visit of {show_date(last)}: correct the one that is wrong"})


def with_clinical_part_of(patient: Patient, other: Patient) -> Patient:
    """The one's person with the other's clinical part."""
    return replace(patient, **{name: getattr(other, name) for name in CLINICAL_PART})


def without_findings(row: PatientSummary) -> PatientSummary:
    """A row of the list with name, numbers, dates and the letter's state, and nothing else (decision 19).

    That something is due on a day is told; which test it is, is not, unless it is the visit.
    """
    due = tuple((test if test == FollowUp.REVIEW else "", day, late) for test, day, late in row.due)
    return replace(
        row, features=(), verdict="", verdict_hint="", treatment="", vegf="", vegf_on=None, vegf_specimen="",
        vegf_trail=(), on_treatment=False, due=due,
    )  # fmt: skip


def vegf_levels(thresholds: Thresholds) -> dict[str, float]:
    """The clinic's decision level by specimen, pg/mL."""
    return {str(each): thresholds.vegf_limits(each, "").decision_level for each in Specimen}


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A record that was opened, with the thresholds under which it is judged and the intervals of its follow-up."""

    file: PatientFile
    thresholds: Thresholds
    schedule: Schedule = field(default_factory=Schedule)


class PatientService(Service):
    """Who is in the registry."""

    @needs(Permission.FIND_PATIENTS)
    def find(
        self,
        query: str = "",
        filters: Sequence[PatientFilter] = (),
        limit: int = search.LIMIT,
        sorting: Sorting = BY_NAME,
        *,
        counted: bool = True,
    ) -> Found:
        """Patients by any part of name, number or birth date, in any written form.

        What each filter would leave does not depend on the query: without `counted` it is not asked, and left out.
        """
        clinical = self._may_ask(filters, sorting)
        today = self.signed_in.today
        with self.signed_in.store.reading() as session:
            rows = tuple(search.find(session, query, today, filters, limit, sorting))
            everyone = patients.count(session)
            total: int | None = len(rows)
            if len(rows) >= limit:
                at_once = everyone <= COUNTED_AT_ONCE
                total = search.count(session, query, today, filters) if at_once else None
            counts = search.counts(session, today) if counted else {}
            levels = vegf_levels(thresholds_of(settings.load_all(session))) if clinical else {}
        if clinical:
            return Found(rows, total, everyone, counts, levels)
        allowed = {each: number for each, number in counts.items() if each not in CLINICAL_FILTERS}
        return Found(tuple(without_findings(row) for row in rows), total, everyone, allowed)

    @needs(Permission.FIND_PATIENTS)
    def how_many(self, query: str = "", filters: Sequence[PatientFilter] = ()) -> int:
        """How many patients match, where `find` left it open."""
        self._may_ask(filters, BY_NAME)
        with self.signed_in.store.reading() as session:
            return search.count(session, query, self.signed_in.today, filters)

    @needs(Permission.FIND_PATIENTS)
    def similar(self, query: str, filters: Sequence[PatientFilter] = (), limit: int = search.LIMIT) -> Found:
        """Whom one may have meant where nobody was found: names like the typed one. Nobody in a very big registry."""
        clinical = self._may_ask(filters, BY_NAME)
        with self.signed_in.store.reading() as session:
            everyone = patients.count(session)
            rows: Sequence[PatientSummary] = ()
            if everyone <= COUNTED_AT_ONCE:
                rows = search.similar(session, query, self.signed_in.today, filters, limit)
            levels = vegf_levels(thresholds_of(settings.load_all(session))) if clinical else {}
        shown = tuple(rows) if clinical else tuple(without_findings(row) for row in rows)
        return Found(shown, len(shown), everyone, {}, levels)

    @needs(Permission.VIEW_CLINICAL)
    def open(self, patient_id: int) -> OpenFile:
        """The whole record, of a merged one that into which it was merged.

        The view is audited in a transaction that commits before anything is shown.
        """
        with self.signed_in.store.reading() as session:
            patient_id = patients.leads_to(session, patient_id)
        self._note_view(patient_id)
        with self.signed_in.store.reading() as session:
            rows = settings.load_all(session)
            return OpenFile(files.load_file(session, patient_id), thresholds_of(rows), schedule_of(rows))

    @needs(Permission.VIEW_CLINICAL)
    def see_results(self, patient_id: int) -> bool:
        """The person looks at this patient's results: those beyond a level are seen now. False if none was new.

        Only the look of somebody who may sign counts, and not at what they recorded themselves; in a clinic where
        nobody else may sign it does, or such a result would wait for ever.
        """
        me = self.signed_in
        if me.read_only or not me.may(Permission.SIGN):
            return False
        with me.store.reading() as session:
            by = None if self._signs_alone(session) else me.actor
            if not worklist.unseen_of(session, patient_id, by):
                return False
        with me.store.writing(me.actor) as session:
            unseen = worklist.unseen_of(session, patient_id, by)
            worklist.mark_seen(session, unseen, me.person.id, me.clock.now())
        return bool(unseen)

    def _signs_alone(self, session: Session) -> bool:
        others = (each for each in people.everyone(session) if each.active and each.id != self.signed_in.person.id)
        return not any(Permission.SIGN in each.permissions for each in others)

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def who(self, patient_id: int) -> Patient:
        """The person alone, without clinical findings; of a merged record, the one into which it was merged."""
        with self.signed_in.store.reading() as session:
            patient_id = patients.leads_to(session, patient_id)
        self._note_view(patient_id)
        with self.signed_in.store.reading() as session:
            return self._allowed(patients.load(session, patient_id))

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def person(self, patient_id: int) -> PatientFile:
        """As `who`, with what the person agreed to; nothing clinical."""
        patient = self.who(patient_id)
        with self.signed_in.store.reading() as session:
            return PatientFile(patient, consents=consents.of_patients(session, [patient.id]).get(patient.id, ()))

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def changed_by(self, patient_id: int) -> tuple[str, datetime] | None:
        """Who saved the person's details last, and when: whose change one has met."""
        with self.signed_in.store.reading() as session:
            return audit.last_change(session, "patient", str(patient_id), patient_id)

    @needs(Permission.VIEW_CLINICAL)
    def note_picture(self, patient_id: int, how: str) -> None:
        """A chart of the record is about to leave as a picture: in a file named `how`; if empty, by the clipboard."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            audit.record_event(session, "export", patient_id, about=("chart", str(patient_id)), file=how or "clipboard")

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def add(self, patient: Patient, *, another_person: bool = False) -> tuple[Patient, Changed]:
        """Add a patient; LookAlikes if somebody like this is known, unless the user said it is another person."""
        sound = self._checked(patient)
        with looks_noted(self.signed_in), self.signed_in.store.writing(self.signed_in.actor) as session:
            alike = patients.look_alikes(session, sound)
            same_number = [p for p in alike if sound.nhs_number and p.nhs_number == sound.nhs_number]
            if same_number or (alike and not another_person):
                raise LookAlikes(tuple(self._allowed(each) for each in same_number or alike))
            added = patients.add(session, sound)
            refresh(session, [added.id], self.signed_in.today)
        return self._allowed(added), Changed(patients=frozenset({added.id}))

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def change(self, patient: Patient, *, another_person: bool = False) -> tuple[Patient, Changed]:
        """Save changed details; StaleRecord if somebody was faster.

        LookAlikes if by what was changed the person is like somebody else, unless the user said they are two people.
        """
        sound = self._checked(patient)
        with looks_noted(self.signed_in), self.signed_in.store.writing(self.signed_in.actor) as session:
            before = patients.load(session, patient.id)
            if before.version != patient.version and before.joined_to is None:
                raise StaleRecord
            if not self.signed_in.may(Permission.VIEW_CLINICAL):
                sound = with_clinical_part_of(sound, before)
            self._refuse_alike(session, sound, before, another_person=another_person)
            _refuse_death_before_visits(session, sound, before)
            saved = patients.save(session, sound)
            withdraw_for_the_dead(session, self.signed_in, saved.id)
            refresh(session, [saved.id], self.signed_in.today)
        return self._allowed(saved), Changed(patients=frozenset({saved.id}))

    def _refuse_alike(self, session: Session, now: Patient, before: Patient, *, another_person: bool) -> None:
        if all(getattr(now, name) == getattr(before, name) for name in _MAKES_ALIKE):
            return
        known = {each.id for each in patients.look_alikes(session, before)}
        found = patients.look_alikes(session, now)
        alike = [each for each in found if each.id not in known]
        same_number = [p for p in found if now.nhs_number and p.nhs_number == now.nhs_number]
        if same_number or (alike and not another_person):
            raise LookAlikes(tuple(self._allowed(each) for each in same_number or alike))

    def _may_ask(self, filters: Sequence[PatientFilter], sorting: Sorting) -> bool:
        """Whether this person may view clinical findings; refused if not and the question would tell of them."""
        clinical = self.signed_in.may(Permission.VIEW_CLINICAL)
        if not clinical and (CLINICAL_FILTERS.intersection(filters) or sorting.by in CLINICAL_ORDERS):
            self.signed_in.require(Permission.VIEW_CLINICAL)
        return clinical

    def _allowed(self, patient: Patient) -> Patient:
        """The record as this person may see it: a stranger to the findings gets it without its clinical part."""
        return patient if self.signed_in.may(Permission.VIEW_CLINICAL) else with_clinical_part_of(patient, Patient())

    def _note_view(self, patient_id: int) -> None:
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            audit.record_event(session, "view", patient_id, about=("patient", str(patient_id)))

    def _checked(self, patient: Patient) -> Patient:
        return checked(self._allowed(patient), self.signed_in.today, training=self.signed_in.training)
