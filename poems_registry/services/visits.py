"""Visits: begin, keep what is typed, sign and freeze; and results that arrive between visits."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.consistency import blocks_signing
from poems_registry.catalogue.contradictions import surroundings
from poems_registry.catalogue.drafting import carried_medicines, read_form
from poems_registry.catalogue.kinds import Day
from poems_registry.domain.access import Permission
from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.drafts import VisitDraft
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, StaleRecord
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import (
    Encounter,
    EncounterKind,
    EncounterState,
    Patient,
    PatientFile,
    Signature,
    VisitType,
)
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services import standings
from poems_registry.services.access import Service, needs
from poems_registry.services.changes import Changed
from poems_registry.services.clinic_settings import thresholds_of
from poems_registry.services.judging import frozen, judge_file, up_to
from poems_registry.services.patients import with_clinical_part_of
from poems_registry.services.standings import refresh
from poems_registry.storage import audit, drafts, encounters, files, patients, settings
from poems_registry.storage.unit_of_work import Session


def slot_of(item: str) -> str:
    """The storage slot of an item's kind."""
    return CATALOGUE.item(item).kind.slot


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """A visit on the form: the record around it, what was typed so far, and since when.

    `previous` is the last clinic visit that counts; `mine` says whether the signed-in person may go on typing.
    """

    file: PatientFile
    encounter: Encounter
    draft: VisitDraft
    saved_at: datetime | None
    previous: Encounter | None
    thresholds: Thresholds
    mine: bool


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft somebody has open, for the restore prompt and the worklist."""

    patient_id: int
    encounter_id: int
    saved_at: datetime
    mine: bool


class VisitService(Service):
    """What a clinician does with a visit."""

    @needs(Permission.RECORD_CLINICAL)
    def start(self, patient_id: int, visit_type: VisitType = VisitType.FOLLOW_UP, on: date | None = None) -> int:
        """Begin an empty visit and give its id; the person's own open draft of that patient is continued instead."""
        person = self.signed_in.person
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            file = files.load_file(session, patient_id)
            for encounter in file.encounters:
                if encounter.state is EncounterState.DRAFT and encounter.author_id == person.id:
                    return encounter.id
            day = on or self.signed_in.today
            visit = Encounter(
                patient_id=patient_id,
                kind=EncounterKind.CLINIC,
                visit_type=visit_type,
                on=day,
                author_id=person.id,
                author=person.name,
                seen_by=(person.name,),
            )
            added = encounters.add(session, slot_of, visit)
            previous = _previous(file, added)
            draft = VisitDraft(
                on=show_date(day),
                visit_type=visit_type.value,
                seen_by=visit.seen_by,
                medicines=carried_medicines(previous),
            )
            drafts.save_draft(session, added.id, person.id, draft.to_json())
            return added.id

    @needs(Permission.VIEW_CLINICAL)
    def open(self, encounter_id: int) -> OpenVisit:
        """A visit for the form; a signed one is shown as it was signed."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            encounter = encounters.load(session, encounter_id)
            audit.record_event(session, "view", encounter.patient_id, about=("encounter", str(encounter_id)))
        with self.signed_in.store.reading() as session:
            file = files.load_file(session, encounter.patient_id)
            encounter = encounters.load(session, encounter_id)
            kept = drafts.load_draft(session, encounter_id, encounter.author_id)
            draft = VisitDraft.from_json(kept.content) if kept is not None else VisitDraft(on=show_date(encounter.on))
            return OpenVisit(
                file,
                encounter,
                draft,
                kept.saved_at if kept is not None else None,
                _previous(file, encounter),
                thresholds_of(settings.load_all(session)),
                mine=encounter.author_id == self.signed_in.person.id,
            )

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def whose(self, encounter_id: int) -> Patient:
        """The person a visit belongs to, for the banner above it."""
        with self.signed_in.store.reading() as session:
            patient = patients.load(session, encounters.load(session, encounter_id).patient_id)
        return patient if self.signed_in.may(Permission.VIEW_CLINICAL) else with_clinical_part_of(patient, Patient())

    @needs(Permission.RECORD_CLINICAL)
    def keep(self, encounter_id: int, patient_id: int, draft: VisitDraft) -> datetime:
        """Save what was typed, right or wrong, and say when; only the author may, and only while it is a draft."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            self._own_draft(encounters.load(session, encounter_id), patient_id)
            drafts.save_draft(session, encounter_id, self.signed_in.person.id, draft.to_json())
        return self.signed_in.clock.now()

    @needs(Permission.SIGN)
    def sign(
        self, encounter_id: int, patient_id: int, version: int, draft: VisitDraft, password: str
    ) -> tuple[Encounter, Changed]:
        """Check, save and freeze the visit in one transaction; InvalidInput names every field that stops it."""
        self.signed_in.confirm(password)
        person, now = self.signed_in.person, self.signed_in.clock.now()
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            encounter = encounters.load(session, encounter_id)
            self._own_draft(encounter, patient_id)
            if encounter.version != version:
                raise StaleRecord
            file = files.load_file(session, patient_id)
            filled = self._filled(file, encounter, draft, now)
            saved = encounters.save(session, slot_of, filled)
            thresholds = thresholds_of(settings.load_all(session))
            whole = _with(file, replace(saved, state=EncounterState.SIGNED))
            judgement = judge_file(whole, thresholds)
            then = up_to(whole, saved)  # a visit written up late says what was known on its own day
            verdict = frozen(judgement if then is whole else judge_file(then, thresholds))
            signature = Signature(person.name, person.profession or person.role.value, person.registration, now)
            signed = encounters.sign(session, encounter_id, saved.version, signature, verdict)
            drafts.drop_draft(session, encounter_id)
            stored = replace(_with(file, signed), patient=_address_noted(session, file.patient, signed))
            standings.note(session, stored, judgement, self.signed_in.today)
        return signed, Changed(patients=frozenset({patient_id}), encounters=frozenset({encounter_id}))

    @needs(Permission.RECORD_CLINICAL)
    def record(self, encounter: Encounter) -> tuple[Encounter, Changed]:
        """Add results, imaging or the like that need no signature, with findings already read by the catalogue."""
        if encounter.kind is EncounterKind.CLINIC:
            raise NotAllowedNow("A clinic visit is signed, not recorded. Nothing was changed.")
        person = self.signed_in.person
        ready = replace(encounter, state=EncounterState.RECORDED, author_id=person.id, author=person.name)
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            file = files.load_file(session, encounter.patient_id)
            self._possible_day(file, encounter.on)
            added = encounters.add(session, slot_of, ready)
            refresh(session, [encounter.patient_id], self.signed_in.today)
        return added, Changed(patients=frozenset({encounter.patient_id}), encounters=frozenset({added.id}))

    @needs(Permission.RECORD_CLINICAL)
    def discard(self, encounter_id: int, patient_id: int) -> Changed:
        """Give up an own draft; the empty encounter stays, marked as entered in error."""
        with self.signed_in.store.writing(self.signed_in.actor, "draft discarded") as session:
            encounter = encounters.load(session, encounter_id)
            self._own_draft(encounter, patient_id)
            drafts.drop_draft(session, encounter_id)
            encounters.mark_in_error(session, encounter_id, encounter.version, "draft discarded by its author")
            refresh(session, [patient_id], self.signed_in.today)
        return Changed(patients=frozenset({patient_id}), encounters=frozenset({encounter_id}))

    @needs(Permission.SIGN)
    def mark_in_error(self, encounter_id: int, patient_id: int, version: int, reason: str) -> Changed:
        """Hide an encounter that should not be in the record; it is kept, and the reason with it."""
        if not reason.strip():
            raise InvalidInput({"reason": "say why, in a few words"})
        with self.signed_in.store.writing(self.signed_in.actor, reason.strip()) as session:
            encounter = encounters.load(session, encounter_id)
            if encounter.patient_id != patient_id:
                raise NotAllowedNow("This visit belongs to another patient. Nothing was changed.")
            encounters.mark_in_error(session, encounter_id, version, reason.strip())
            refresh(session, [patient_id], self.signed_in.today)
        return Changed(patients=frozenset({patient_id}), encounters=frozenset({encounter_id}))

    @needs(Permission.VIEW_CLINICAL)
    def open_drafts(self) -> tuple[OpenDraft, ...]:
        """Every open draft, own and others', newest first; others see that it exists (decision 18)."""
        me = self.signed_in.person.id
        with self.signed_in.store.reading() as session:
            return tuple(
                OpenDraft(d.patient_id, d.encounter_id, d.saved_at, d.person_id == me)
                for d in drafts.open_drafts(session)
            )

    def _own_draft(self, encounter: Encounter, patient_id: int) -> None:
        """The record id is checked again inside the transaction that saves (hazard H01)."""
        if encounter.patient_id != patient_id:
            raise NotAllowedNow("This visit belongs to another patient. Nothing was saved; what you typed is kept.")
        if encounter.state is not EncounterState.DRAFT:
            raise NotAllowedNow("This visit is not a draft any more. Nothing was saved; what you typed is kept.")
        if encounter.author_id != self.signed_in.person.id:
            raise NotAllowedNow("Only the person who began this draft can go on with it. Nothing was saved.")

    def _filled(self, file: PatientFile, encounter: Encounter, draft: VisitDraft, now: datetime) -> Encounter:
        today = self.signed_in.today
        form = read_form(CATALOGUE, draft, today, self.signed_in.person.name, now)
        problems = dict(form.problems)
        on = encounter.on
        try:
            on = _visit_day(draft.on, today)
            self._possible_day(file, on)
        except (ValueError, InvalidInput) as error:
            problems["on"] = error.problems["on"] if isinstance(error, InvalidInput) else str(error)
        by_code: dict[str, Finding] = {finding.item: finding for finding in form.findings}
        for block in blocks_signing(CATALOGUE, by_code, surroundings(file, encounter, on)):
            problems.setdefault(block.item, block.words)
        if problems:
            raise InvalidInput(problems)
        return replace(
            encounter,
            on=on,
            time=draft.time,
            visit_type=VisitType(draft.visit_type) if draft.visit_type else encounter.visit_type,
            seen_by=draft.seen_by,
            findings=form.findings,
            medicines=draft.medicines,
            actions=draft.actions,
        )

    def _possible_day(self, file: PatientFile, on: date) -> None:
        patient = file.patient
        if on > self.signed_in.today:
            raise InvalidInput({"on": "lies in the future"})
        if patient.born is not None and on < patient.born.earliest():
            raise InvalidInput({"on": "lies before the patient was born"})
        if patient.died is not None and on > patient.died.latest():
            raise InvalidInput({"on": "lies after the patient died"})


def _visit_day(text: str, today: date) -> date:
    value = Day().parse(text, today).value
    if not isinstance(value, PartialDate):
        raise TypeError("a day was expected")
    return value.earliest()


def _previous(file: PatientFile, encounter: Encounter) -> Encounter | None:
    before = [
        e
        for e in file.counted
        if e.kind is EncounterKind.CLINIC and e.id != encounter.id and (e.on, e.id) < (encounter.on, encounter.id)
    ]
    return before[-1] if before else None


def _address_noted(session: Session, patient: Patient, signed: Encounter) -> Patient:
    """The address counts as checked on the day of a visit that says so."""
    checked = signed.finding("address_checked")
    if checked is None or checked.value != "present":
        return patient
    return patients.save(session, replace(patient, address_checked_on=signed.on))


def _with(file: PatientFile, encounter: Encounter) -> PatientFile:
    """The file with this encounter in its place, as storage orders it: by day, then id."""
    others = (each for each in file.encounters if each.id != encounter.id)
    return replace(file, encounters=tuple(sorted((*others, encounter), key=lambda each: (each.on, each.id))))
