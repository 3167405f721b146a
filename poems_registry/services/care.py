"""Referrals in and out, calls for advice, MDT entries and the status of a patient: record, correct, mark as mistakes.

Who may not view clinical findings records referrals too (decision 19), and writes down the question of a new one out
of the paper in hand; afterwards such a role reads who, when, how and how far: whether a referral
in was accepted, but no question, no answer in words, and not what came of an onward referral.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from poems_registry.domain.access import Permission
from poems_registry.domain.care import AdviceCall, Entry, MdtEntry, OnwardReferral, Referral, StatusChange
from poems_registry.domain.care_checks import problems
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, StaleRecord
from poems_registry.domain.records import Patient, PatientStatus
from poems_registry.services.access import Service, needs
from poems_registry.services.changes import Changed
from poems_registry.services.patient_checks import checked
from poems_registry.services.patients import LookAlikes, looks_noted, with_clinical_part_of
from poems_registry.services.standings import refresh
from poems_registry.storage import audit, care, joining, merged_away, patients, standing
from poems_registry.storage.unit_of_work import Session

E = TypeVar("E", bound=Entry)

CLINICAL: Mapping[type[Any], tuple[str, ...]] = {
    Referral: ("question", "answer"),
    OnwardReferral: ("reason", "outcome"),
    StatusChange: ("reason",),
}
"""What of a kind of entry only who may view clinical findings reads; the kinds that are not here are not shown."""

WHOM_LATER = "Said later whom the call was about"
"""Stands in the audit as the reason where a call that named nobody is hung on a patient."""

DECIDED: Mapping[type[Any], tuple[str, ...]] = {
    Referral: ("outcome", "answer", "answered_by", "answered_on"),
    OnwardReferral: ("outcome", "outcome_on"),
}
"""What only who may record clinical findings decides."""


@dataclass(frozen=True, slots=True)
class CareFile:
    """What goes on around one person's visits, in the order of recording, mistakes too.

    `verdict` is what the criteria say on the record today, beside the clinician's own diagnosis in `patient`; both are
    empty for who may not view clinical findings, and calls and MDT entries are left out.
    """

    patient: Patient
    referrals: tuple[Referral, ...] = ()
    onward: tuple[OnwardReferral, ...] = ()
    mdt: tuple[MdtEntry, ...] = ()
    calls: tuple[AdviceCall, ...] = ()
    statuses: tuple[StatusChange, ...] = ()
    verdict: str = ""


class CareService(Service):
    """What goes on around the visits of one person."""

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def of(self, patient_id: int) -> CareFile:
        """All of one person, of a merged record that into which it was merged."""
        clinical = self.signed_in.may(Permission.VIEW_CLINICAL)
        with self.signed_in.store.reading() as session:
            patient_id = patients.leads_to(session, patient_id)
            return CareFile(
                self._person(patients.load(session, patient_id)),
                tuple(self._shown(each) for each in care.of_patient(session, Referral, patient_id)),
                tuple(self._shown(each) for each in care.of_patient(session, OnwardReferral, patient_id)),
                care.of_patient(session, MdtEntry, patient_id) if clinical else (),
                care.of_patient(session, AdviceCall, patient_id) if clinical else (),
                tuple(self._shown(each) for each in care.of_patient(session, StatusChange, patient_id)),
                standing.verdict_of(session, patient_id) if clinical else "",
            )

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def open(self, kind: type[E], entry_id: int) -> tuple[Patient | None, E]:
        """One entry as it is now, and whose it is; the look at it is audited before it is shown."""
        self._require_to_see(kind)
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            entry = care.load(session, kind, entry_id)
            audit.record_event(session, audit.VIEW, entry.patient_id, about=_about(entry))
            patient = patients.load(session, entry.patient_id) if entry.patient_id is not None else None
        return self._person(patient) if patient is not None else None, self._shown(entry)

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def who(self, patient_id: int) -> Patient:
        """The person for whom an entry is begun; the look is audited."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            patient_id = patients.leads_to(session, patient_id)
            audit.record_event(session, audit.VIEW, patient_id, about=("patient", str(patient_id)))
            return self._person(patients.load(session, patient_id))

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def keep(self, entry: Entry) -> Changed:
        """Add an entry (id 0) or correct one; InvalidInput by field, StaleRecord if somebody was faster.

        A status is changed by `change_status`.
        """
        if isinstance(entry, StatusChange):
            return self.change_status(entry)
        self._require_to_record(type(entry))
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            patient = patients.load(session, entry.patient_id) if entry.patient_id is not None else None
            allowed = self._allowed(session, entry)
            _raise(problems(allowed, patient, self.signed_in.today))
            if allowed.id:
                care.save(session, allowed)
            else:
                care.add(session, allowed)
        return _changed(entry.patient_id)

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def name_patient(self, call_id: int, patient_id: int) -> Changed:
        """Say whom a call was about that named nobody: it stands in that record from now on, and the audit tells both.

        What was written stays as it is. InvalidInput where it cannot have been about that person.
        """
        self._require_to_record(AdviceCall)
        with self.signed_in.store.writing(self.signed_in.actor, WHOM_LATER) as session:
            patient = patients.load(session, patients.leads_to(session, patient_id))
            merged_away.refuse_writing(session, [patient.id])
            call = care.hang_on(session, call_id, patient.id)
            _raise(problems(call, patient, self.signed_in.today))
        return _changed(patient.id)

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def refer_new(
        self, patient: Patient, referral: Referral, *, another_person: bool = False
    ) -> tuple[Patient, Changed]:
        """Somebody new was referred: patient and referral in one transaction, or neither.

        LookAlikes if somebody like this is known, unless the user said it is another person.
        """
        source = ", ".join(part for part in (referral.referrer, referral.organisation) if part)
        person = replace(self._person(patient), status=PatientStatus.REFERRED, referrer=patient.referrer or source)
        allowed = self._without_decision(referral)
        found = problems(allowed, None, self.signed_in.today)
        try:
            person = checked(person, self.signed_in.today, training=self.signed_in.training)
        except InvalidInput as error:
            found = error.problems | found
        _raise(found)
        with looks_noted(self.signed_in), self.signed_in.store.writing(self.signed_in.actor) as session:
            self._refuse_alike(session, person, another_person=another_person)
            added = patients.add(session, person)
            _raise(problems(replace(allowed, patient_id=added.id), added, self.signed_in.today))
            care.add(session, replace(allowed, patient_id=added.id))
            patients.note_status(session, added.id, "", PatientStatus.REFERRED.value, since=referral.on)
            refresh(session, [added.id], self.signed_in.today)
        return self._person(added), _changed(added.id)

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def change_status(self, change: StatusChange) -> Changed:
        """From a day on the person stands otherwise with the clinic; `before` is the status that was seen.

        StaleRecord if it is another one by now. The clinician's diagnosis and the verdict stay what they are.
        """
        with self.signed_in.store.writing(self.signed_in.actor, change.reason.strip()) as session:
            patient = patients.load(session, change.patient_id)
            if patient.status.value != change.before:
                raise StaleRecord
            _raise(problems(change, patient, self.signed_in.today))
            now = replace(patient, status=PatientStatus(change.status))
            patients.save(session, now, change.on, change.reason.strip())
            refresh(session, [patient.id], self.signed_in.today)
        return _changed(change.patient_id)

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def mark_in_error(self, entry: Entry, reason: str) -> Changed:
        """An entry was a mistake: it counts no more and stays to be read, with the reason.

        With the newest change of a status goes the status itself: it is again what it was before. What somebody decided
        is taken away only by who may decide it.
        """
        self._require_to_record(type(entry))
        because = reason.strip()
        if not because:
            raise InvalidInput({"error_reason": "say what was wrong with the entry"})
        with self.signed_in.store.writing(self.signed_in.actor, because) as session:
            stored = care.load(session, type(entry), entry.id)
            if any(getattr(stored, name) for name in DECIDED.get(type(entry), ())):
                self.signed_in.require(Permission.RECORD_CLINICAL)
            if isinstance(entry, StatusChange):
                self._take_back_status(session, entry)
            care.mark_in_error(session, entry, because)
        return _changed(entry.patient_id)

    def _take_back_status(self, session: Session, entry: StatusChange) -> None:
        # Those that came with another record by a merge tell that record's own course: none of them leads back.
        came = joining.that_came(session, entry.patient_id, "status_change")
        own = [each for each in care.of_patient(session, StatusChange, entry.patient_id) if each.id not in came]
        standing_ones = [each for each in own if not each.error_reason]
        newest = standing_ones[-1:] and standing_ones[-1].id == entry.id
        patient = patients.load(session, entry.patient_id)
        if not newest or patient.status.value != entry.status:
            return
        earlier = standing_ones[-2].status if len(standing_ones) > 1 else own[0].before
        if not earlier:
            raise NotAllowedNow(
                "This is the first status of the record, and there is none before it. Nothing was changed. Change the"
                " status instead."
            )
        patients.save(session, replace(patient, status=PatientStatus(earlier)), noted=False)
        refresh(session, [patient.id], self.signed_in.today)

    def _refuse_alike(self, session: Session, person: Patient, *, another_person: bool) -> None:
        alike = patients.look_alikes(session, person)
        same_number = [p for p in alike if person.nhs_number and p.nhs_number == person.nhs_number]
        if same_number or (alike and not another_person):
            raise LookAlikes(tuple(self._person(each) for each in same_number or alike))

    def _require_to_see(self, kind: type[Any]) -> None:
        if kind not in CLINICAL:
            self.signed_in.require(Permission.VIEW_CLINICAL)

    def _require_to_record(self, kind: type[Any]) -> None:
        if kind not in CLINICAL:
            self.signed_in.require(Permission.RECORD_CLINICAL)

    def _person(self, patient: Patient) -> Patient:
        return patient if self.signed_in.may(Permission.VIEW_CLINICAL) else with_clinical_part_of(patient, Patient())

    def _shown(self, entry: E) -> E:
        """The entry as this person may read it."""
        if self.signed_in.may(Permission.VIEW_CLINICAL):
            return entry
        hidden: dict[str, Any] = dict.fromkeys(CLINICAL[type(entry)], "")
        return replace(entry, **hidden)

    def _allowed(self, session: Session, entry: E) -> E:
        """The entry as this person may write it: what they may not read or decide stays as it is."""
        if not entry.id:
            return self._without_decision(entry)
        kept = care.load(session, type(entry), entry.id)
        names: set[str] = set()
        if not self.signed_in.may(Permission.VIEW_CLINICAL):
            names |= set(CLINICAL.get(type(entry), ()))
        if not self.signed_in.may(Permission.RECORD_CLINICAL):
            names |= set(DECIDED.get(type(entry), ()))
        held: dict[str, Any] = {name: getattr(kept, name) for name in names}
        return replace(entry, **held)

    def _without_decision(self, entry: E) -> E:
        if self.signed_in.may(Permission.RECORD_CLINICAL):
            return entry
        empty = type(entry)()
        blank: dict[str, Any] = {name: getattr(empty, name) for name in DECIDED.get(type(entry), ())}
        return replace(entry, **blank)


def _raise(found: dict[str, str]) -> None:
    if found:
        raise InvalidInput(found)


def _about(entry: Entry) -> tuple[str, str]:
    return care.SHELVES[type(entry)].row.__tablename__, str(entry.id)


def _changed(patient_id: int | None) -> Changed:
    return Changed(patients=frozenset({patient_id} if patient_id is not None else ()))
