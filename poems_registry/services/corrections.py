"""Correct what is signed or recorded: amend as a new version, or mark as entered in error; nothing is overwritten."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.drafting import typed_form
from poems_registry.domain.access import Permission
from poems_registry.domain.dates import show_date, show_time
from poems_registry.domain.drafts import VisitDraft
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, StaleRecord
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState
from poems_registry.services.access import Service, needs
from poems_registry.services.changes import Changed
from poems_registry.services.open_visits import (
    ANOTHER_PATIENTS,
    OpenVisit,
    OthersDraft,
    drafts_of,
    is_own_contact,
    note_view,
    opened,
    own_draft,
)
from poems_registry.services.queued_copies import withdraw_of_visit
from poems_registry.services.standings import refresh
from poems_registry.storage import audit, drafts, encounter_versions, encounters
from poems_registry.storage.unit_of_work import Session


class AmendedElsewhere(NotAllowedNow):
    """Somebody has an amendment of this visit open; it may be begun beside theirs only by an act of its own."""

    def __init__(self, other: OthersDraft) -> None:
        self.author = author = other.author
        local = (other.began_at or other.saved_at).astimezone()
        since = f"{show_date(local.date())} {show_time(local)}"
        super().__init__(
            f"This visit is being amended by somebody else. {author} has a draft of it since {since}, which is not"
            f" signed yet. Nothing was changed; ask {author} to finish or discard it."
        )


class CorrectionService(Service):
    """What one can do with a visit that counts already."""

    @needs(Permission.VIEW_CLINICAL)
    def version(self, encounter_id: int, number: int) -> OpenVisit:
        """A signed version exactly as it was signed, to read; NotFound."""
        note_view(self.signed_in, encounter_id)
        with self.signed_in.store.reading() as session:
            now = encounters.load(session, encounter_id)
            if number == now.version_number and now.signature is not None:
                then = now
            else:
                then = encounter_versions.load(session, encounter_id, number)
                # whose record it stands in is told by the row: a merge moves the visit, never what was signed
                then = replace(then, patient_id=now.patient_id, earlier=now.earlier)
            own = is_own_contact(self.signed_in, now)
            shown = opened(session, then, VisitDraft(), mine=False)
            return replace(shown, shown_version=number, own_contact=own)

    @needs(Permission.RECORD_CLINICAL)
    def begin_amendment(self, encounter_id: int, patient_id: int, reason: str, *, beside: bool = False) -> None:
        """A draft on top of a signed visit, which only its author continues and `sign` makes the next version.

        A visit is amended by who may sign; a closed contact also by who closed it, and `close` makes the next version.
        One's own that is open is continued. AmendedElsewhere while somebody else amends, unless `beside` says that one
        will all the same: who signs second then chooses field by field.
        """
        person = self.signed_in.person
        if not reason.strip():
            raise InvalidInput({"reason": "say why, in a few words: it is kept and shown with the new version"})
        with self.signed_in.store.writing(self.signed_in.actor, reason.strip()) as session:
            encounters.hold(session, encounter_id)
            encounter = encounters.load(session, encounter_id)
            if encounter.patient_id != patient_id:
                raise NotAllowedNow(ANOTHER_PATIENTS)
            self._require_correcting(encounter)
            signed = encounter.state is EncounterState.SIGNED and encounter.kind is EncounterKind.CLINIC
            if not signed and not encounter.closed:
                raise NotAllowedNow("Only a signed visit or a closed contact can be amended. Nothing was changed.")
            own, others = drafts_of(self.signed_in, session, encounter_id)
            if own is not None:
                return
            if others and not beside:
                raise AmendedElsewhere(others[0])
            typed = typed_form(CATALOGUE, encounter).to_json()
            drafts.begin_amendment(session, encounter_id, person.id, encounter.version_number, reason.strip(), typed)
            about = ("encounter", str(encounter_id))
            audit.record_event(session, "amend", patient_id, about=about, version=encounter.version_number)

    @needs(Permission.RECORD_CLINICAL)
    def settle(self, encounter_id: int, patient_id: int, number: int, draft: VisitDraft) -> datetime:
        """Keep one's amendment as it was settled against the version `number`, which somebody else signed meanwhile."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            encounter = encounters.load(session, encounter_id)
            self._require_correcting(encounter)
            own_draft(self.signed_in, session, encounter, patient_id)
            if encounter.version_number != number:
                raise StaleRecord
            drafts.save_draft(session, encounter_id, self.signed_in.person.id, draft.to_json())
            drafts.rebase(session, encounter_id, self.signed_in.person.id, number)
        return self.signed_in.clock.now()

    @needs(Permission.RECORD_CLINICAL)
    def mark_in_error(self, encounter_id: int, patient_id: int, version: int, reason: str) -> Changed:
        """Hide an encounter that should not be in the record; it is kept, and the reason with it.

        By who may sign; a contact also by who closed it. Its letters are withdrawn with it, and what waits of them; a
        copy that has gone stays noted as gone. Not while somebody has a draft of it open: its words would be lost.
        """
        with self._reasoned(reason) as session:
            encounters.hold(session, encounter_id)
            encounter = self._of_patient(session, encounter_id, patient_id)
            self._require_correcting(encounter)
            if encounter.state is EncounterState.DRAFT:
                raise NotAllowedNow("Only the person who began this draft can give it up. Nothing was changed.")
            own, others = drafts_of(self.signed_in, session, encounter_id)
            if own is not None:
                raise NotAllowedNow(
                    "You have a draft of this visit open: sign or discard it first. Nothing was changed."
                )
            if others:
                raise AmendedElsewhere(others[0])
            encounters.mark_in_error(session, encounter_id, version, reason.strip())
            taken = withdraw_of_visit(session, self.signed_in, encounter_id, reason.strip())
            refresh(session, [patient_id], self.signed_in.today)
        return Changed(patients=frozenset({patient_id}), encounters=frozenset({encounter_id}), letters=taken)

    @needs(Permission.RECORD_CLINICAL)
    def take_back_error(self, encounter_id: int, patient_id: int, version: int, reason: str) -> Changed:
        """What was marked as entered in error counts again; that it was, and both reasons, stay in the audit.

        Letters that were withdrawn with it stay withdrawn: a new one is written from the visit.
        """
        with self._reasoned(reason) as session:
            self._require_correcting(self._of_patient(session, encounter_id, patient_id))
            encounters.take_back_error(session, encounter_id, version)
            refresh(session, [patient_id], self.signed_in.today)
        return Changed(patients=frozenset({patient_id}), encounters=frozenset({encounter_id}))

    def _require_correcting(self, encounter: Encounter) -> None:
        """What somebody else recorded is corrected by who may sign; a contact of one's own by oneself."""
        if not is_own_contact(self.signed_in, encounter):
            self.signed_in.require(Permission.SIGN)

    @contextmanager
    def _reasoned(self, reason: str) -> Iterator[Session]:
        if not reason.strip():
            raise InvalidInput({"reason": "say why, in a few words"})
        with self.signed_in.store.writing(self.signed_in.actor, reason.strip()) as session:
            yield session

    def _of_patient(self, session: Session, encounter_id: int, patient_id: int) -> Encounter:
        encounter = encounters.load(session, encounter_id)
        if encounter.patient_id != patient_id:
            raise NotAllowedNow("This visit belongs to another patient. Nothing was changed.")
        return encounter
