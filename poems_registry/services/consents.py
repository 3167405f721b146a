"""Record what a person agrees to, declines or takes back; the history stays whole."""

from dataclasses import dataclass, replace
from datetime import date

from poems_registry.domain.access import Permission
from poems_registry.domain.consents import Answer, Consent, Scope, in_force
from poems_registry.domain.errors import InvalidInput
from poems_registry.domain.names import fold
from poems_registry.domain.records import Patient
from poems_registry.domain.studies import Study, not_listed
from poems_registry.services.access import Service, needs
from poems_registry.services.changes import Changed
from poems_registry.services.research_consent import after_answer, after_mistake
from poems_registry.storage import audit, consents, patients, research
from poems_registry.storage.unit_of_work import Session


@dataclass(frozen=True, slots=True)
class Shared:
    """A file for research that was made while consent was given: on which day, and what it was."""

    on: date
    what: str


@dataclass(frozen=True, slots=True)
class ConsentFile:
    """Every answer of one person, oldest first; `shared` are research files made before they took consent back."""

    patient: Patient
    history: tuple[Consent, ...]
    shared: tuple[Shared, ...] = ()

    @property
    def in_force(self) -> tuple[Consent, ...]:
        """The newest answer to each question."""
        return tuple(in_force(self.history).values())


class ConsentService(Service):
    """Consents of one person."""

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def of(self, patient_id: int) -> ConsentFile:
        """The answers of a person, mistaken entries too."""
        with self.signed_in.store.reading() as session:
            history = consents.of_patients(session, [patient_id]).get(patient_id, ())
            patient = patients.load(session, patient_id)
            return ConsentFile(patient, history, _shared(session, history))

    @needs(Permission.VIEW_DEMOGRAPHICS)
    def studies(self) -> tuple[Study, ...]:
        """The clinic's list, those that can be joined first, then by name: which studies an answer may name."""
        with self.signed_in.store.reading() as session:
            listed = research.studies(session)
        today = self.signed_in.today
        return tuple(sorted(listed, key=lambda each: (not each.is_open(today), fold(each.short_name))))

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def record(self, consent: Consent) -> Changed:
        """Add one answer; InvalidInput by field. What was recorded before stays as it is.

        Where the clinic keeps a list of studies, an answer names one of them, or one that the person answered about
        before.

        Where it takes a consent back, parts in studies end with it: `Changed.told` says so, and which samples
        are held back.
        """
        study = consent.study.strip() if consent.scope is Scope.STUDY else ""
        sound = replace(consent, study=study, recorded_by="", recorded_at=None, error_reason="")
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            problems = problems_of(sound, patients.load(session, consent.patient_id), self.signed_in.today)
            known = consents.of_patients(session, [consent.patient_id]).get(consent.patient_id, ())
            if study and not_listed(study, research.studies(session), known):
                problems["study"] = "is none of the clinic's studies: choose one, or put it on the list under Research"
            if problems:
                raise InvalidInput(problems)
            told = after_answer(session, self.signed_in, consents.add(session, sound))
        return Changed(patients=frozenset({consent.patient_id}), told=told)

    @needs(Permission.EDIT_DEMOGRAPHICS)
    def mark_in_error(self, patient_id: int, consent_id: int, reason: str) -> Changed:
        """An entry was a mistake: it counts no more and stays to be read, with the reason.

        Parts in studies that go on without a consent then end with it: `Changed.told` says so.
        """
        if not reason.strip():
            raise InvalidInput({"reason": "say what was wrong with the entry"})
        with self.signed_in.store.writing(self.signed_in.actor, reason.strip()) as session:
            mistaken = consents.mark_in_error(session, patient_id, consent_id, reason.strip())
            told = after_mistake(session, self.signed_in, mistaken)
        return Changed(patients=frozenset({patient_id}), told=told)


def problems_of(consent: Consent, patient: Patient, today: date) -> dict[str, str]:
    """What is wrong with an answer, by field."""
    problems: dict[str, str] = {}
    if consent.scope is Scope.STUDY and not consent.study:
        problems["study"] = "name the study"
    if consent.on.earliest() > today:
        problems["on"] = "lies in the future"
    elif patient.born is not None and consent.on.latest() < patient.born.earliest():
        problems["on"] = "lies before the birth date"
    elif patient.died is not None and consent.on.earliest() > patient.died.latest() and not consent.on_behalf:
        problems["on"] = "lies after the death: say on whose authority it was given"
    return problems


def _shared(session: Session, history: tuple[Consent, ...]) -> tuple[Shared, ...]:
    """Research files since the first answer, up to the withdrawal that is in force."""
    newest = in_force(history)
    ended = [c for scope in (Scope.REGISTRY, Scope.REUSE) if (c := newest.get((scope, ""))) is not None]
    if not any(c.answer is Answer.WITHDRAWN for c in ended):
        return ()
    last = min(c.on.latest() for c in ended if c.answer is Answer.WITHDRAWN)
    return tuple(
        Shared(entry.at.date(), entry.object_id)
        for entry in audit.entries_of(session, "exported")
        if entry.at.date() <= last and "transfer" not in entry.object_id
    )
