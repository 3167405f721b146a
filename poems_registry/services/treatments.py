"""Treatment and events: add, correct, withdraw; and say which settled criteria a change of dates unsettles."""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from poems_registry.domain.access import Permission
from poems_registry.domain.criteria import unsettled_by
from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotFound
from poems_registry.domain.records import PatientFile
from poems_registry.domain.treatment_checks import Doubtful, doubts, entries, problems
from poems_registry.domain.treatment_words import DEATH_CAUSES, said
from poems_registry.domain.treatments import Entry, Event, TreatmentLine, parts_of
from poems_registry.services.access import Service, needs
from poems_registry.services.changes import Changed
from poems_registry.services.clinic_settings import thresholds_of
from poems_registry.services.judging import judge_file
from poems_registry.services.queued_copies import withdraw_for_the_dead
from poems_registry.services.standings import refresh
from poems_registry.storage import audit, files, patients, settings, treatments
from poems_registry.storage.unit_of_work import Session

_NEW = -1
"""Stands for the id that a line has not got yet."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was touched, and in sentences which answers of the diagnosis the change unsettled (decision 2).

    `to_know` are sentences on what else changed with it, or is left for a person to correct.
    """

    changed: Changed
    unsettled: tuple[str, ...] = ()
    to_know: tuple[str, ...] = ()


class TreatmentService(Service):
    """What one can do with a person's treatment and the events of their illness."""

    @needs(Permission.RECORD_CLINICAL)
    def keep(self, entry: Entry, *, confirmed: Collection[str] = ()) -> Kept:
        """Add an entry (id 0) or correct one: a line, a part of it, supportive care or an event.

        InvalidInput by field; Doubtful for what is unusual and not among `confirmed`, which goes into the audit with
        the change; StaleRecord if somebody was faster. A death is kept with the person's details too.
        """
        reason = f"confirmed: {' '.join(sorted(confirmed))}" if confirmed else ""
        with self.signed_in.store.writing(self.signed_in.actor, reason) as session:
            before = files.load_file(session, entry.patient_id)
            _belongs(entry, before)
            _raise(_problems(entry, before, self.signed_in.today))
            unusual = tuple(words for words in doubts(entry, before) if words not in confirmed)
            if unusual:
                raise Doubtful(unusual)
            if entry.id:
                treatments.save(session, entry)
            else:
                treatments.add(session, [entry])
            if isinstance(entry, Event) and entry.kind == "death":
                _note_death(session, entry, before)
                withdraw_for_the_dead(session, self.signed_in, before.patient.id)
            return self._kept(session, before)

    @needs(Permission.RECORD_CLINICAL)
    def withdraw(self, entry: Entry, reason: str) -> Kept:
        """Take back what was entered in error; it is kept with the reason, and counted nowhere.

        With a death goes what it alone had put into the person's details.
        """
        with self.signed_in.store.writing(self.signed_in.actor, _reason(reason)) as session:
            before = files.load_file(session, entry.patient_id)
            _belongs(entry, before)
            treatments.retract(session, entry)
            to_know = ""
            if isinstance(entry, Event) and entry.kind == "death" and before.patient.died is not None:
                to_know = _take_back_death(session, entry, before)
            kept = self._kept(session, before)
            return replace(kept, to_know=(to_know,)) if to_know else kept

    @needs(Permission.VIEW_CLINICAL)
    def current(self, entry: Entry) -> Entry:
        """The entry as it is now, after somebody else changed it; NotFound if it was withdrawn."""
        with self.signed_in.store.reading() as session:
            file = files.load_file(session, entry.patient_id)
        found = [each for each in entries(file) if type(each) is type(entry) and each.id == entry.id]
        if not found:
            raise NotFound("Somebody took this entry back meanwhile. Nothing was saved.")
        return found[0]

    def _kept(self, session: Session, before: PatientFile) -> Kept:
        patient_id = before.patient.id
        refresh(session, [patient_id], self.signed_in.today)
        thresholds = thresholds_of(settings.load_all(session))
        then, now = judge_file(before, thresholds), judge_file(files.load_file(session, patient_id), thresholds)
        words = tuple(each.words for each in unsettled_by(then, now))
        return Kept(Changed(patients=frozenset({patient_id})), words)


def _problems(entry: Entry, file: PatientFile, today: date) -> dict[str, str]:
    """Of the entry, and of the parts that a new line brings."""
    found = problems(entry, file, today)
    if isinstance(entry, TreatmentLine) and not entry.id:
        with_it = replace(file, lines=(*file.lines, replace(entry, id=_NEW)))
        for part in parts_of(entry):
            found |= problems(replace(part, line_id=_NEW), with_it, today)
    return found


def _note_death(session: Session, event: Event, file: PatientFile) -> None:
    """The banner, the letters and the lists look for a death in the person's details."""
    cause = said(DEATH_CAUSES, event.cause)
    patient = file.patient
    told = replace(patient, died=patient.died or event.on, cause_of_death=patient.cause_of_death or cause)
    if told != patient:
        patients.save(session, told)


def _take_back_death(session: Session, event: Event, file: PatientFile) -> str:
    """Clear the death in the details if this event had put it there and nobody else tells of it; in words what is so.

    Somebody who was never dead gets their letters and recalls again; a death that Details know by themselves stays.
    """
    patient = file.patient
    others = any(each.kind == "death" and each.id != event.id for each in file.events)
    confirmed = others or patient.death_source or patient.death_notifier
    if patient.died == event.on and not confirmed and _put_into_details(session, event):
        patients.save(session, replace(patient, died=None, cause_of_death=""))
        return (
            "The day and the cause of death were taken out of the details too. Letters that were given up because of"
            " the death stay given up: begin them again where they are needed."
        )
    died = show_date(patient.died) if patient.died is not None else ""
    return f"The details still say that the person died ({died}): correct Details too if that is wrong."


def _put_into_details(session: Session, event: Event) -> bool:
    """Whether the day of death in the details was last set in a transaction that saved this event."""
    changes = tuple(audit.changes_of(session, event.patient_id, ("event", "patient")))
    saved = {each.at for each in changes if each.object == "event" and each.object_id == str(event.id)}
    dated = [each for each in changes if each.object == "patient" and "died" in json.loads(each.new or "{}")]
    return bool(dated) and dated[-1].action == "change" and dated[-1].at in saved


def _raise(found: dict[str, str]) -> None:
    if found:
        raise InvalidInput(found)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise InvalidInput({"error_reason": "say why, in a few words"})
    return reason.strip()


def _belongs(entry: Entry, file: PatientFile) -> None:
    """The id is looked for again among this patient's, inside the transaction that writes (hazard H01)."""
    own = {(type(each), each.id) for each in entries(file)}
    if entry.id and (type(entry), entry.id) not in own:
        raise NotAllowedNow("This entry belongs to another patient or was withdrawn. Nothing was changed.")
