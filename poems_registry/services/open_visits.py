"""What is told of a visit that is opened, and of drafts: the author gets the words, others that there is one."""

from dataclasses import dataclass
from datetime import date, datetime

from poems_registry.domain.access import Permission
from poems_registry.domain.drafts import VisitDraft
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, PatientFile
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services.access import SignedIn
from poems_registry.services.clinic_settings import thresholds_of
from poems_registry.services.leaflets import leaflets_of
from poems_registry.storage import audit, drafts, encounter_versions, encounters, files, settings
from poems_registry.storage.unit_of_work import Session

ANOTHER_PATIENTS = "This visit belongs to another patient. Nothing was saved; what you typed is kept."


@dataclass(frozen=True, slots=True)
class Amendment:
    """A draft on top of a signed visit: which version it changes, as it was signed, why and since when."""

    number: int
    reason: str
    began_at: datetime | None
    base: Encounter


@dataclass(frozen=True, slots=True)
class OthersDraft:
    """Somebody else's open draft: who, since when, last saved when; never what (decision 18)."""

    author: str
    began_at: datetime | None
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """A visit on the form: the record around it, what was typed so far, and since when.

    `previous` is the last of its kind that counts: clinic visit, or contact of that profession. `mine` says whether the
    signed-in person may go on typing, and only then `draft` holds what was typed. `shown_version` is the number of an
    earlier version that is looked at, else 0. `leaflets` are those that the clinic gives now. `own_contact`: a contact
    that the signed-in person recorded, which they may amend and mark without being allowed to sign.
    """

    file: PatientFile
    encounter: Encounter
    draft: VisitDraft
    saved_at: datetime | None
    previous: Encounter | None
    thresholds: Thresholds
    mine: bool
    amendment: Amendment | None = None
    others: tuple[OthersDraft, ...] = ()
    shown_version: int = 0
    leaflets: tuple[str, ...] = ()
    own_contact: bool = False


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft somebody has open, for the restore prompt and the worklist: whose, of whom, of which day; no words.

    `amends` is the signed version it changes, 0 for a visit that was never signed.
    """

    patient_id: int
    encounter_id: int
    saved_at: datetime
    mine: bool
    patient: str = ""
    on: date | None = None
    author: str = ""
    amends: int = 0
    began_at: datetime | None = None
    kind: EncounterKind = EncounterKind.CLINIC


class DraftElsewhere(NotAllowedNow):
    """The same person went on with the same draft at another PC since it was opened here."""

    def __init__(self) -> None:
        super().__init__(
            "You went on with this draft at another PC. Nothing was overwritten: what you typed here stays in this"
            " window and what you typed there is kept. Choose field by field."
        )


def note_view(signed_in: SignedIn, encounter_id: int) -> None:
    """The look at a visit is audited in a transaction that commits before anything is shown."""
    with signed_in.store.writing(signed_in.actor) as session:
        encounter = encounters.load(session, encounter_id)
        audit.record_event(session, "view", encounter.patient_id, about=("encounter", str(encounter_id)))


def opened(session: Session, encounter: Encounter, draft: VisitDraft, *, mine: bool) -> OpenVisit:
    """The visit with the record around it."""
    file = files.load_file(session, encounter.patient_id)
    rows = settings.load_all(session)
    last = previous(file, encounter)
    return OpenVisit(file, encounter, draft, None, last, thresholds_of(rows), mine, leaflets=leaflets_of(rows))


def drafts_of(
    signed_in: SignedIn, session: Session, encounter_id: int
) -> tuple[drafts.Draft | None, tuple[OthersDraft, ...]]:
    """One's own draft with its words, and that of others without."""
    everybody, me = drafts.of_encounter(session, encounter_id), signed_in.person.id
    own = next((each for each in everybody if each.person_id == me), None)
    others = (OthersDraft(d.person, d.began_at, d.saved_at) for d in everybody if d.person_id != me)
    return own, tuple(others)


def is_own_contact(signed_in: SignedIn, encounter: Encounter) -> bool:
    """Whether it is a profession's contact that this person recorded."""
    own = encounter.kind.is_contact and encounter.author_id == signed_in.person.id
    return own and signed_in.may(Permission.RECORD_CLINICAL)


def is_own(signed_in: SignedIn, encounter: Encounter) -> bool:
    """Whether it is a visit that this person began and did not sign."""
    return encounter.state is EncounterState.DRAFT and encounter.author_id == signed_in.person.id


def own_open(file: PatientFile, person_id: int, kind: EncounterKind) -> Encounter | None:
    """The draft of that kind that this person began and did not finish."""
    mine = (e for e in file.encounters if e.state is EncounterState.DRAFT and e.author_id == person_id)
    return next((e for e in mine if e.kind is kind), None)


def own_draft(signed_in: SignedIn, session: Session, encounter: Encounter, patient_id: int) -> drafts.Draft | None:
    """The record id is checked again inside the transaction that saves (hazard H01)."""
    if encounter.patient_id != patient_id:
        raise NotAllowedNow(ANOTHER_PATIENTS)
    own = drafts.load_draft(session, encounter.id, signed_in.person.id)
    if own is not None and own.amends and (encounter.state is EncounterState.SIGNED or encounter.closed):
        return own
    if encounter.state is not EncounterState.DRAFT:
        raise NotAllowedNow("This visit is not a draft any more. Nothing was saved; what you typed is kept.")
    if not is_own(signed_in, encounter):
        raise NotAllowedNow("Only the person who began this draft can go on with it. Nothing was saved.")
    return own


def previous(file: PatientFile, encounter: Encounter) -> Encounter | None:
    """The last of the same kind that counts, before this one: a visit's is a visit, never a contact."""
    here = (encounter.on, encounter.id)
    before = [e for e in file.counted if e.kind is encounter.kind and e.id != encounter.id and (e.on, e.id) < here]
    return before[-1] if before else None


def amendment(session: Session, encounter: Encounter, kept: drafts.Draft | None) -> Amendment | None:
    """What a draft of a signed visit changes; None for a draft of a visit that was never signed."""
    if kept is None or not kept.amends:
        return None
    base = encounter
    if kept.amends != encounter.version_number:
        base = encounter_versions.load(session, encounter.id, kept.amends)
    return Amendment(kept.amends, kept.reason, kept.began_at, base)
