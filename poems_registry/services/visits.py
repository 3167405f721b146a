"""Visits: begin, keep what is typed, sign and freeze; and results that arrive between visits."""

from dataclasses import replace
from datetime import date, datetime

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.consistency import blocks_signing
from poems_registry.catalogue.contradictions import surroundings
from poems_registry.catalogue.drafting import carried_medicines, read_again
from poems_registry.catalogue.kinds import Day
from poems_registry.domain.access import Permission
from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.drafts import VisitDraft
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, StaleRecord
from poems_registry.domain.findings import Finding
from poems_registry.domain.names import formal
from poems_registry.domain.possible_days import after_death, why_not
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
from poems_registry.services.access import needs
from poems_registry.services.changes import Changed
from poems_registry.services.clinic_settings import thresholds_of
from poems_registry.services.corrections import CorrectionService
from poems_registry.services.judging import frozen_with_visit, judge_file
from poems_registry.services.open_visits import (
    Amendment,
    DraftElsewhere,
    OpenDraft,
    OpenVisit,
    OthersDraft,
    amendment,
    drafts_of,
    is_own,
    is_own_contact,
    note_view,
    opened,
    own_draft,
    own_open,
    previous,
)
from poems_registry.services.patients import with_clinical_part_of
from poems_registry.services.queued_copies import hold_outlived
from poems_registry.services.standings import refresh
from poems_registry.storage import audit, drafts, encounters, files, patients, settings
from poems_registry.storage.unit_of_work import Session

__all__ = ["Amendment", "DraftElsewhere", "OpenDraft", "OpenVisit", "OthersDraft", "VisitService", "slot_of"]


def slot_of(item: str) -> str:
    """The storage slot of an item's kind."""
    return CATALOGUE.item(item).kind.slot


class VisitService(CorrectionService):
    """What a clinician does with a visit."""

    @needs(Permission.RECORD_CLINICAL)
    def start(self, patient_id: int, visit_type: VisitType | None = None, on: date | None = None) -> int:
        """Begin an empty visit and give its id; the person's own open draft of that patient is continued instead.

        Unless its type is said, the first visit that counts is that of a new patient, every later one a follow-up.
        """
        person = self.signed_in.person
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            file = files.load_file(session, patient_id)
            open_one = own_open(file, person.id, EncounterKind.CLINIC)
            if open_one is not None:
                return open_one.id
            first = not any(each.kind is EncounterKind.CLINIC for each in file.counted)
            usual = VisitType.NEW if first else VisitType.FOLLOW_UP
            return self._begun(session, file, EncounterKind.CLINIC, visit_type or usual, on)

    @needs(Permission.RECORD_CLINICAL)
    def start_contact(self, patient_id: int, kind: EncounterKind, on: date | None = None) -> int:
        """Begin an empty contact of a profession and give its id; one's own open one of that kind is continued."""
        if not kind.is_contact:
            raise NotAllowedNow("This is no contact of a profession. Nothing was changed.")
        person = self.signed_in.person
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            file = files.load_file(session, patient_id)
            open_one = own_open(file, person.id, kind)
            if open_one is not None:
                return open_one.id
            known = any(each.kind is kind for each in file.counted)
            first = VisitType.FOLLOW_UP if known else VisitType.NEW
            how = VisitType.TELEPHONE if kind is EncounterKind.PHONE else first
            return self._begun(session, file, kind, how, on)

    @needs(Permission.VIEW_CLINICAL)
    def open(self, encounter_id: int) -> OpenVisit:
        """A visit for the form; a signed one is shown as it was signed. A draft's words go to its author only."""
        note_view(self.signed_in, encounter_id)
        with self.signed_in.store.reading() as session:
            encounter = encounters.load(session, encounter_id)
            kept, others = drafts_of(self.signed_in, session, encounter_id)
            mine = kept is not None or is_own(self.signed_in, encounter)
            draft = VisitDraft.from_json(kept.content) if kept is not None else VisitDraft(on=show_date(encounter.on))
            saved = [kept.saved_at] if kept is not None else [each.saved_at for each in others]
            shown = opened(session, encounter, draft, mine=mine)
            return replace(
                shown,
                saved_at=saved[0] if saved and (mine or encounter.state is EncounterState.DRAFT) else None,
                amendment=amendment(session, encounter, kept),
                others=others,
                own_contact=is_own_contact(self.signed_in, encounter),
            )

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def whose(self, encounter_id: int) -> Patient:
        """The person a visit belongs to, for the banner above it."""
        with self.signed_in.store.reading() as session:
            patient = patients.load(session, encounters.load(session, encounter_id).patient_id)
        return patient if self.signed_in.may(Permission.VIEW_CLINICAL) else with_clinical_part_of(patient, Patient())

    @needs(Permission.RECORD_CLINICAL)
    def keep(self, encounter_id: int, patient_id: int, draft: VisitDraft, seen: datetime | None = None) -> datetime:
        """Save what was typed, right or wrong, and say as of when; only the author may, and only while it is a draft.

        `seen` is as of when the draft was that one went on from: DraftElsewhere if it is another by now.
        """
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            encounters.hold(session, encounter_id)
            kept = own_draft(self.signed_in, session, encounters.load(session, encounter_id), patient_id)
            if seen is not None and kept is not None and kept.saved_at != seen:
                raise DraftElsewhere
            return drafts.save_draft(session, encounter_id, self.signed_in.person.id, draft.to_json())

    @needs(Permission.SIGN)
    def sign(
        self,
        encounter_id: int,
        patient_id: int,
        version: int,
        draft: VisitDraft,
        password: str,
        seen: datetime | None = None,
    ) -> tuple[Encounter, Changed]:
        """Check, save and freeze the visit in one transaction; InvalidInput names every field that stops it.

        `seen` as for `keep`: words typed at another PC are not dropped unseen.
        """
        self.signed_in.confirm(password)
        now = self.signed_in.clock.now()
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            encounter, begun = self._held(session, (encounter_id, patient_id, version), seen)
            if encounter.kind.is_contact:
                raise NotAllowedNow("The contact of a profession is closed, not signed. Nothing was changed.")
            file = files.load_file(session, patient_id)
            thresholds = thresholds_of(settings.load_all(session))
            filled = self._filled(file, encounter, draft, now, thresholds)
            saved = _saved(session, encounter, filled, begun)
            whole = _with(file, replace(saved, state=EncounterState.SIGNED))
            judgement = judge_file(whole, thresholds)
            verdict = frozen_with_visit(whole, saved, thresholds, judgement)
            amends = begun is not None and bool(begun.amends)
            sign = encounters.sign_again if amends else encounters.sign
            signed = sign(session, encounter_id, saved.version, self._signature(now), verdict)
            drafts.drop_draft(session, encounter_id, self.signed_in.person.id if amends else None)
            stored = replace(_with(file, signed), patient=_address_noted(session, file.patient, signed))
            standings.note(session, stored, judgement, self.signed_in.today)
            held = hold_outlived(session, self.signed_in, signed)
        return signed, Changed(frozenset({patient_id}), frozenset({encounter_id}), held)

    @needs(Permission.RECORD_CLINICAL)
    def close(
        self, encounter_id: int, patient_id: int, version: int, draft: VisitDraft, seen: datetime | None = None
    ) -> tuple[Encounter, Changed]:
        """Check and save a contact of a profession and let it count, naming who closed it, in one transaction.

        It is recorded, not signed: no verdict is frozen and no letter made. InvalidInput and `seen` as for `sign`.
        """
        now = self.signed_in.clock.now()
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            encounter, begun = self._held(session, (encounter_id, patient_id, version), seen)
            if not encounter.kind.is_contact:
                raise NotAllowedNow("A clinic visit is signed, not closed. Nothing was changed.")
            thresholds = thresholds_of(settings.load_all(session))
            filled = self._filled(files.load_file(session, patient_id), encounter, draft, now, thresholds)
            saved = _saved(session, encounter, filled, begun)
            closed = encounters.close(session, encounter_id, saved.version, self._signature(now))
            amends = begun is not None and bool(begun.amends)
            drafts.drop_draft(session, encounter_id, self.signed_in.person.id if amends else None)
            refresh(session, [patient_id], self.signed_in.today)
        return closed, Changed(patients=frozenset({patient_id}), encounters=frozenset({encounter_id}))

    @needs(Permission.RECORD_CLINICAL)
    def record(self, encounter: Encounter) -> tuple[Encounter, Changed]:
        """Add results, imaging or the like that need no signature, with findings already read by the catalogue.

        A contact of a profession that is recorded whole is closed with it.
        """
        if encounter.kind is EncounterKind.CLINIC:
            raise NotAllowedNow("A clinic visit is signed, not recorded. Nothing was changed.")
        person = self.signed_in.person
        ready = replace(encounter, state=EncounterState.RECORDED, author_id=person.id, author=person.name)
        if encounter.kind.is_contact:
            ready = replace(ready, signature=self._signature(self.signed_in.clock.now()))
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            file = files.load_file(session, encounter.patient_id)
            self._possible_day(file, encounter.on)
            added = encounters.add(session, slot_of, ready)
            refresh(session, [encounter.patient_id], self.signed_in.today)
        return added, Changed(patients=frozenset({encounter.patient_id}), encounters=frozenset({added.id}))

    @needs(Permission.RECORD_CLINICAL)
    def discard(self, encounter_id: int, patient_id: int) -> Changed:
        """Give up an own draft: of a visit never signed an entry in error is left, a signed one stays as it is."""
        with self.signed_in.store.writing(self.signed_in.actor, "draft discarded") as session:
            encounter = encounters.load(session, encounter_id)
            begun = own_draft(self.signed_in, session, encounter, patient_id)
            if begun is not None and begun.amends:
                drafts.drop_draft(session, encounter_id, self.signed_in.person.id)
                audit.record_event(session, "discard", patient_id, about=("encounter", str(encounter_id)))
            else:
                drafts.drop_draft(session, encounter_id)
                encounters.mark_in_error(session, encounter_id, encounter.version, "draft discarded by its author")
                refresh(session, [patient_id], self.signed_in.today)
        return Changed(patients=frozenset({patient_id}), encounters=frozenset({encounter_id}))

    @needs(Permission.VIEW_CLINICAL)
    def open_drafts(self) -> tuple[OpenDraft, ...]:
        """Every open draft, own and others', newest first; others see that it exists (decision 18)."""
        me = self.signed_in.person.id
        with self.signed_in.store.reading() as session:
            left = drafts.open_drafts(session)
            people = {number: patients.load(session, number) for number in {each.patient_id for each in left}}
        names = {number: formal(person.family_name, person.given_name) for number, person in people.items()}
        return tuple(
            OpenDraft(
                d.patient_id, d.encounter_id, d.saved_at, d.person_id == me, names[d.patient_id] , d.on, d.person,
                d.amends, d.began_at, d.kind,
            )
            for d in left
        )  # fmt: skip

    def _begun(
        self, session: Session, file: PatientFile, kind: EncounterKind, visit_type: VisitType, on: date | None
    ) -> int:
        """An empty encounter with its draft. Only a visit brings the medicines of last time with it."""
        person, day = self.signed_in.person, on or self.signed_in.today
        _refuse_after_death(file.patient, day)
        empty = Encounter(
            patient_id=file.patient.id,
            kind=kind,
            visit_type=visit_type,
            on=day,
            author_id=person.id,
            author=person.name,
            seen_by=(person.name,),
        )
        added = encounters.add(session, slot_of, empty)
        last = previous(file, added) if kind is EncounterKind.CLINIC else None
        draft = VisitDraft(
            on=show_date(day), visit_type=visit_type.value, seen_by=empty.seen_by, medicines=carried_medicines(last)
        )
        drafts.save_draft(session, added.id, person.id, draft.to_json())
        return added.id

    def _held(
        self, session: Session, what: tuple[int, int, int], seen: datetime | None
    ) -> tuple[Encounter, drafts.Draft | None]:
        """The encounter, held until the transaction ends, and one's draft of it; `what`: its id, patient and version.

        StaleRecord if it is another version by now, DraftElsewhere if one went on with the draft at another PC.
        """
        encounter_id, patient_id, version = what
        encounters.hold(session, encounter_id)
        encounter = encounters.load(session, encounter_id)
        begun = own_draft(self.signed_in, session, encounter, patient_id)
        if seen is not None and begun is not None and begun.saved_at != seen:
            raise DraftElsewhere
        amends = begun.amends if begun is not None else 0
        if encounter.version != version or amends not in (0, encounter.version_number):
            raise StaleRecord
        return encounter, begun

    def _signature(self, at: datetime) -> Signature:
        person = self.signed_in.person
        return Signature(person.name, person.profession or person.role.value, person.registration, at)

    def _filled(
        self, file: PatientFile, encounter: Encounter, draft: VisitDraft, now: datetime, thresholds: Thresholds
    ) -> Encounter:
        today = self.signed_in.today
        form = read_again(CATALOGUE, encounter, draft, today, self.signed_in.person.name, now)
        problems = dict(form.problems)
        on = encounter.on
        try:
            on = _visit_day(draft.on, today)
            self._possible_day(file, on)
        except (ValueError, InvalidInput) as error:
            problems["on"] = error.problems["on"] if isinstance(error, InvalidInput) else str(error)
        by_code: dict[str, Finding] = {finding.item: finding for finding in form.findings}
        for block in blocks_signing(CATALOGUE, by_code, surroundings(file, encounter, on, thresholds)):
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
        why = why_not(file.patient, on, self.signed_in.today)
        if why:
            raise InvalidInput({"on": why})


def _refuse_after_death(patient: Patient, day: date) -> None:
    if after_death(patient, day) and patient.died is not None:
        raise NotAllowedNow(
            f"This person died ({show_date(patient.died)}): no visit can be begun on a later day. Nothing was changed."
            " What is recorded already may be corrected."
        )


def _saved(session: Session, before: Encounter, filled: Encounter, begun: drafts.Draft | None) -> Encounter:
    """Write what the form says: over a draft, or as the next version of what is signed."""
    if begun is None or not begun.amends:
        return encounters.save(session, slot_of, filled)
    if filled == before:
        raise NotAllowedNow("Nothing differs from the version that stands. Nothing was changed; your draft is kept.")
    audit.give_reason(session, begun.reason)
    return encounters.amend(session, slot_of, filled, begun.reason)


def _visit_day(text: str, today: date) -> date:
    value = Day().parse(text, today).value
    if not isinstance(value, PartialDate):
        raise TypeError("a day was expected")
    return value.earliest()


def _address_noted(session: Session, patient: Patient, signed: Encounter) -> Patient:
    """The address counts as checked on the day of a visit that says so."""
    checked = signed.finding("address_checked")
    known = patient.address_checked_on
    if checked is None or checked.value != "present" or (known is not None and known >= signed.on):
        return patient
    return patients.save(session, replace(patient, address_checked_on=signed.on))


def _with(file: PatientFile, encounter: Encounter) -> PatientFile:
    """The file with this encounter in its place, as storage orders it: by day, then id."""
    others = (each for each in file.encounters if each.id != encounter.id)
    return replace(file, encounters=tuple(sorted((*others, encounter), key=lambda each: (each.on, each.id))))
