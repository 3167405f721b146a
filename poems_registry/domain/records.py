"""The read models that travel between floors: a patient and all that hangs on one, as plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from poems_registry.domain.access import Permission, Role
from poems_registry.domain.consents import Consent
from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.encounter_kinds import EncounterKind, VisitType
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.frozen_response import FrozenPrognosis, FrozenResponse
from poems_registry.domain.person import (
    ALLERGY_WORDS,
    CLINICIAN_DIAGNOSES,
    Allergy,
    AllergyState,
    Gender,
    HospitalNumber,
    Patient,
    PatientStatus,
    Practice,
    Sex,
)
from poems_registry.domain.treatments import Event, SupportiveCare, TreatmentLine, happened
from poems_registry.domain.versions import SignedVersion

__all__ = [
    "ALLERGY_WORDS",
    "CLINICIAN_DIAGNOSES",
    "Action",
    "ActionFor",
    "Allergy",
    "AllergyState",
    "ClinicProfile",
    "Encounter",
    "EncounterKind",
    "EncounterState",
    "FrozenVerdict",
    "Gender",
    "HospitalNumber",
    "LetterRecord",
    "LetterState",
    "Medicine",
    "MedicineChange",
    "Patient",
    "PatientFile",
    "PatientStatus",
    "PatientSummary",
    "Person",
    "Practice",
    "Sex",
    "Signature",
    "VisitType",
]


class EncounterState(StrEnum):
    """Draft: its author's typing. Recorded: results, no signature needed. Signed: frozen. In error: hidden, kept."""

    DRAFT = "draft"
    RECORDED = "recorded"
    SIGNED = "signed"
    IN_ERROR = "in_error"


class MedicineChange(StrEnum):
    """What happened to a medicine at this visit (nhs.md 3.3)."""

    CONTINUED = "continued"
    STARTED = "started"
    CHANGED = "changed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Medicine:
    """One line of the medicines table at one visit."""

    name: str
    dose: str = ""
    route: str = ""
    change: MedicineChange = MedicineChange.CONTINUED
    why: str = ""
    when: str = ""
    supply: str = ""


class ActionFor(StrEnum):
    """Who is asked to act (nhs.md 3.1)."""

    GP = "gp"
    PATIENT = "patient"
    HOSPITAL = "hospital"


@dataclass(frozen=True, slots=True)
class Action:
    """One requested action: who, what, by when."""

    group: ActionFor
    what: str
    who: str = ""
    by_when: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, as printed, and when (an aware instant in UTC)."""

    name: str
    role: str
    registration: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FrozenVerdict:
    """What the criteria said when the visit was signed, with the rules and settings used (decision 3).

    `criteria` holds (letter, verdict) pairs; `settings` (name, value) pairs of text. Response and prognosis are None
    in visits that were signed before these were judged.
    """

    rule_set: str
    rule_a: str
    rule_b: str
    criteria: tuple[tuple[str, str], ...]
    deciding: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    response: FrozenResponse | None = None
    prognosis: FrozenPrognosis | None = None


@dataclass(frozen=True, slots=True)
class Encounter:
    """One dated contact with its findings. `seen_by` are the names as printed.

    `version` counts changes of the row. `version_number` is the signed version: 1, and one more with each amendment,
    whose `amend_reason` says why; `earlier` are the versions that amendments replaced, oldest first. A contact is never
    signed: in state *recorded*, `signature` says who closed it and when.
    """

    id: int = 0
    uid: str = ""
    patient_id: int = 0
    kind: EncounterKind = EncounterKind.CLINIC
    visit_type: VisitType | None = None
    on: date = date(1900, 1, 1)
    time: str = ""
    state: EncounterState = EncounterState.DRAFT
    author_id: int = 0
    author: str = ""
    seen_by: tuple[str, ...] = ()
    source: str = ""
    version: int = 1
    findings: tuple[Finding, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    actions: tuple[Action, ...] = ()
    signature: Signature | None = None
    verdict: FrozenVerdict | None = None
    version_number: int = 1
    amend_reason: str = ""
    earlier: tuple[SignedVersion, ...] = field(default=(), compare=False)
    error_reason: str = ""
    error_by: str = ""
    error_at: datetime | None = None

    def finding(self, item: str, instance: int = 0) -> Finding | None:
        """The finding of that item, or None: not recorded at this encounter."""
        return next((f for f in self.findings if f.item == item and f.instance == instance), None)

    @property
    def closed(self) -> bool:
        """Whether it is a contact that somebody closed: it counts, is read only, and is no signed visit."""
        return self.kind.is_contact and self.state is EncounterState.RECORDED and self.signature is not None

    @property
    def amended(self) -> bool:
        """Whether it was signed more than once."""
        return self.version_number > 1

    def version_at(self, instant: datetime) -> int:
        """The number of the signed version that stood then: what a letter signed at that instant was made from."""
        if self.signature is not None and self.signature.at <= instant:
            return self.version_number
        stood = [each.number for each in self.earlier if each.at <= instant]
        return stood[-1] if stood else 1

    @property
    def counts(self) -> bool:
        """Whether it belongs to the record: drafts, entries in error, and appointments that nobody came to do not."""
        return self.state in (EncounterState.SIGNED, EncounterState.RECORDED) and self.kind is not EncounterKind.MISSED

    @property
    def may_have_letter(self) -> bool:
        """Whether a letter of it may be signed: of a signed visit, or of a first appointment that nobody came to."""
        missed = self.kind is EncounterKind.MISSED and self.state is EncounterState.RECORDED
        return missed or self.state is EncounterState.SIGNED


class LetterState(StrEnum):
    """The steps of a letter (nhs.md 3.5); a letter is signed only from a signed visit."""

    DRAFT = "draft"
    READY = "ready"
    SIGNED = "signed"
    DISPATCHED = "dispatched"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """A letter's card; its bytes are fetched apart. `edits` maps a part's key to the author's own words.

    `about_on` is the day missed, or the day up to which results are told. `not_for_patient` says why the patient gets
    no copy; `withdrawn_because` why nobody gets one any more.
    """

    id: int = 0
    patient_id: int = 0
    encounter_id: int = 0
    number: str = ""
    version: int = 1
    row_version: int = 1
    state: LetterState = LetterState.DRAFT
    edits: tuple[tuple[str, str], ...] = ()
    reference: str = ""
    sha256: str = ""
    pages: int = 0
    signature: Signature | None = None
    reason: str = ""
    kind: LetterKind = LetterKind.CLINIC
    about_on: date | None = None
    not_for_patient: str = ""
    withdrawn_because: str = ""


@dataclass(frozen=True, slots=True)
class PatientFile:
    """Everything about one person, encounters oldest first; what letters, exports and screens are functions of."""

    patient: Patient
    encounters: tuple[Encounter, ...] = ()
    lines: tuple[TreatmentLine, ...] = ()
    events: tuple[Event, ...] = ()
    letters: tuple[LetterRecord, ...] = ()
    supportive: tuple[SupportiveCare, ...] = ()
    consents: tuple[Consent, ...] = ()

    @property
    def happened(self) -> tuple[Event, ...]:
        """The events, with each transplant that is recorded with its line only, oldest first."""
        return happened(self.events, self.lines)

    @property
    def counted(self) -> tuple[Encounter, ...]:
        """The encounters whose findings belong to the record of care, oldest first; research results are `research`."""
        return tuple(e for e in self.encounters if e.counts and e.kind is not EncounterKind.RESEARCH)

    @property
    def research(self) -> tuple[Encounter, ...]:
        """Results of research samples, oldest first: no letter, list, chart, verdict or grade ever looks here."""
        return tuple(e for e in self.encounters if e.counts and e.kind is EncounterKind.RESEARCH)

    @property
    def without_letter(self) -> Encounter | None:
        """The newest visit, if it was signed here and has no letter yet."""
        visits = [e for e in self.counted if e.kind is EncounterKind.CLINIC]
        if not visits or visits[-1].state is not EncounterState.SIGNED or visits[-1].source:
            return None
        written = {
            each.encounter_id
            for each in self.letters
            if each.kind is LetterKind.CLINIC and each.state is not LetterState.WITHDRAWN
        }
        return visits[-1] if visits[-1].id not in written else None

    def last(self, item: str, before: Encounter | None = None) -> tuple[Encounter, Finding] | None:
        """The newest *recorded* finding of an item, before an encounter if one is given."""
        for encounter in reversed(self.counted):
            if before is not None and (encounter.on, encounter.id) >= (before.on, before.id):
                continue
            finding = encounter.finding(item)
            if finding is not None and finding.state is State.RECORDED:
                return encounter, finding
        return None


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who signs in: what they may do, and how they sign."""

    id: int = 0
    user: str = ""
    name: str = ""
    role: Role = Role.NURSE
    profession: str = ""
    registration: str = ""
    permissions: frozenset[Permission] = frozenset()
    active: bool = True


@dataclass(frozen=True, slots=True)
class ClinicProfile:
    """The clinic's own words for letters and screens; every value is the clinic's to change (clinic.md)."""

    name: str = ""
    hospital: str = ""
    address: tuple[str, ...] = ()
    nurse_line: str = ""
    nurse_line_hours: str = ""
    out_of_hours: str = ""
    email: str = ""
    checked_on: str = ""
    timezone: str = "Europe/London"
    training: bool = False


@dataclass(frozen=True, slots=True)
class PatientSummary:
    """One row of the patients list. `features` are five (letter, status) pairs, status '' when never recorded.

    `due` are (test, due, overdue from), the earliest first; the test is '' for who may not know which. `letter_on` is
    the day of the visit that the newest letter tells of, or that has no letter yet (`letter` is '' then).
    """

    id: int
    name: str
    born: PartialDate | None
    nhs_number: str
    hospital_number: str
    died: PartialDate | None
    features: tuple[tuple[str, str], ...]
    verdict: str
    verdict_hint: str
    treatment: str
    last_visit: date | None
    next_due: date | None
    vegf: str
    vegf_on: date | None
    vegf_specimen: str
    vegf_trail: tuple[float, ...]
    letter: str
    has_draft: bool
    study_number: str = ""
    on_treatment: bool = False
    due: tuple[tuple[str, date, date], ...] = ()
    letter_on: date | None = None
