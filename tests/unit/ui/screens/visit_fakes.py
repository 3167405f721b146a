"""A visit without a window and without a registry: a spy as the view, a service that remembers, one made-up person."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TypeVar

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.drafting import typed_form
from poems_registry.domain.access import Permission
from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.drafts import VisitDraft
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import (
    Encounter,
    EncounterKind,
    EncounterState,
    Medicine,
    Patient,
    PatientFile,
    Signature,
    VisitType,
)
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services.changes import Changed
from poems_registry.services.visits import Amendment, OpenVisit
from poems_registry.ui.conflict.shown import ConflictShown
from poems_registry.ui.errors import Message
from poems_registry.ui.field_shown import FieldShown
from poems_registry.ui.identity import Identity
from poems_registry.ui.reasons import ReasonShown
from poems_registry.ui.screens.visit.correcting_shown import NoteShown, VersionsShown
from poems_registry.ui.screens.visit.shown import (
    ActionShown,
    HeadShown,
    LinkShown,
    MedicineShown,
    PanelShown,
    Reminder,
    RowShown,
    SectionShown,
    SigningShown,
    VisitShown,
)

Answer = TypeVar("Answer")
TODAY = date(2026, 11, 22)
LAST = date(2026, 8, 12)
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
ANN = Patient(
    id=5, family_name="Smith", given_name="Ann", title="Mrs", born=PartialDate(1955, 7, 14), nhs_number="9990000050"
)


def finding(item: str, text: str) -> Finding:
    """A recorded finding as the catalogue reads it."""
    return CATALOGUE.read({item: text}, TODAY)[0]


def last_visit(**texts: str) -> Encounter:
    """A signed visit of August with these values."""
    return Encounter(
        id=3,
        patient_id=5,
        on=LAST,
        state=EncounterState.SIGNED,
        author="Dr A Rahman",
        findings=tuple(finding(item, text) for item, text in texts.items()),
        signature=Signature("Dr A Rahman", "consultant", "", NOW),
    )


def open_visit(
    *earlier: Encounter, draft: VisitDraft | None = None, mine: bool = True, saved: bool = False
) -> OpenVisit:
    """Today's draft of Ann Smith, after these visits."""
    encounter = Encounter(
        id=9, patient_id=5, kind=EncounterKind.CLINIC, visit_type=VisitType.FOLLOW_UP, on=TODAY, author="Dr A Rahman",
        version=4,
    )  # fmt: skip
    file = PatientFile(ANN, encounters=(*earlier, encounter))
    return OpenVisit(
        file=file,
        encounter=encounter,
        draft=draft or VisitDraft(on=show_date(TODAY), visit_type="follow_up", seen_by=("Dr A Rahman",)),
        saved_at=NOW if saved else None,
        previous=earlier[-1] if earlier else None,
        thresholds=Thresholds(),
        mine=mine,
    )


def with_medicines(opened: OpenVisit, *medicines: Medicine) -> OpenVisit:
    """The same visit with a carried list."""
    return replace(opened, draft=replace(opened.draft, medicines=medicines))


@dataclass
class Me:
    """Who works here in a test."""

    today: date = TODAY
    allowed: frozenset[Permission] = frozenset(Permission)
    read_only: bool = False

    def may(self, permission: Permission) -> bool:
        """Whether it is in the list."""
        return permission in self.allowed


@dataclass
class OneVisit:
    """A service with one visit; `fails` is raised by the next call that keeps or signs."""

    opened: OpenVisit
    signed_in: Me = field(default_factory=Me)
    kept: list[VisitDraft] = field(default_factory=list)
    signed: list[tuple[int, int, int, VisitDraft, str]] = field(default_factory=list)
    closed: list[tuple[int, int, int, VisitDraft]] = field(default_factory=list)
    fails: RegistryError | None = None
    openings: int = 0
    versions: dict[int, Encounter] = field(default_factory=dict)
    asked: list[tuple[str, str, bool]] = field(default_factory=list)

    def open(self, encounter_id: int) -> OpenVisit:
        """As it stands now."""
        self.openings += 1
        return self.opened

    def keep(self, encounter_id: int, patient_id: int, draft: VisitDraft, seen: datetime | None = None) -> datetime:
        """Remember the draft."""
        self._fail()
        self.kept.append(draft)
        return NOW

    def sign(
        self,
        encounter_id: int,
        patient_id: int,
        version: int,
        draft: VisitDraft,
        password: str,
        seen: datetime | None = None,
    ) -> tuple[Encounter, Changed]:
        """Freeze it."""
        self._fail()
        self.signed.append((encounter_id, patient_id, version, draft, password))
        findings = tuple(CATALOGUE.read({c: f.text for c, f in draft.fields.items() if f.text}, TODAY))
        signature = Signature("Dr A Rahman", "consultant", "", NOW)
        frozen = replace(
            self.opened.encounter, state=EncounterState.SIGNED, findings=findings, signature=signature,
            medicines=draft.medicines,
        )  # fmt: skip
        others = tuple(e for e in self.opened.file.encounters if e.id != encounter_id)
        self.opened = replace(
            self.opened, encounter=frozen, file=replace(self.opened.file, encounters=(*others, frozen))
        )
        return frozen, Changed(patients=frozenset({patient_id}), encounters=frozenset({encounter_id}))

    def close(
        self, encounter_id: int, patient_id: int, version: int, draft: VisitDraft, seen: datetime | None = None
    ) -> tuple[Encounter, Changed]:
        """Let a contact count."""
        self._fail()
        self.closed.append((encounter_id, patient_id, version, draft))
        signature = Signature("P Rees", "Physiotherapist", "", NOW)
        recorded = replace(self.opened.encounter, state=EncounterState.RECORDED, signature=signature)
        self.opened = replace(self.opened, encounter=recorded)
        return recorded, Changed(patients=frozenset({patient_id}), encounters=frozenset({encounter_id}))

    def discard(self, encounter_id: int, patient_id: int) -> Changed:
        """Give it up."""
        self._fail()
        return Changed(patients=frozenset({patient_id}))

    def version(self, encounter_id: int, number: int) -> OpenVisit:
        """A signed version."""
        self._fail()
        return replace(self.opened, encounter=self.versions[number], mine=False, shown_version=number)

    def begin_amendment(self, encounter_id: int, patient_id: int, reason: str, *, beside: bool = False) -> None:
        """A draft on top of what is signed."""
        self.asked.append(("amend", reason, beside))
        self._fail()
        encounter = self.opened.encounter
        amendment = Amendment(encounter.version_number, reason, NOW, encounter)
        draft = typed_form(CATALOGUE, encounter)
        self.opened = replace(self.opened, mine=True, amendment=amendment, draft=draft)

    def settle(self, encounter_id: int, patient_id: int, number: int, draft: VisitDraft) -> datetime:
        """On top of theirs now."""
        self._fail()
        amendment = self.opened.amendment
        assert amendment is not None
        amendment = replace(amendment, number=number, base=self.opened.encounter)
        self.opened = replace(self.opened, draft=draft, amendment=amendment)
        return NOW

    def mark_in_error(self, encounter_id: int, patient_id: int, version: int, reason: str) -> Changed:
        """Hide it."""
        self.asked.append(("error", reason, False))
        self._fail()
        hidden = replace(self.opened.encounter, state=EncounterState.IN_ERROR, error_reason=reason, error_by="Dr A")
        self.opened = replace(self.opened, encounter=hidden)
        return Changed(patients=frozenset({patient_id}))

    def take_back_error(self, encounter_id: int, patient_id: int, version: int, reason: str) -> Changed:
        """Count it again."""
        self.asked.append(("take back", reason, False))
        self._fail()
        self.opened = replace(self.opened, encounter=replace(self.opened.encounter, state=EncounterState.SIGNED))
        return Changed(patients=frozenset({patient_id}))

    def _fail(self) -> None:
        error, self.fails = self.fails, None
        if error is not None:
            raise error


class Queue:
    """Tasks that are done when the test says so, in the order in which they were asked."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []

    def run(
        self, work: Callable[[], Answer], done: Callable[[Answer], None], failed: Callable[[RegistryError], None]
    ) -> None:
        """Wait."""

        def do() -> None:
            try:
                answer = work()
            except RegistryError as error:
                failed(error)
            else:
                done(answer)

        self._waiting.append(do)

    def do_all(self) -> None:
        """Everything asked so far."""
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            each()


@dataclass
class Nowhere:
    """A navigator that remembers."""

    went: list[tuple[str, int]] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)

    def patient(self, patient_id: int) -> None:
        """To a patient."""
        self.went.append(("patient", patient_id))

    def letter(self, letter_id: int) -> None:
        """To a letter."""
        self.went.append(("letter", letter_id))

    def details(self, patient_id: int, field: str = "") -> None:
        """To the patient's details."""
        self.went.append((f"details:{field}", patient_id))

    def hold_keys(self) -> None:
        """Nothing is typed here."""

    def say_saved(self, words: str) -> None:
        """The status line."""
        self.saved.append(words)


class OneLetter:
    """The service of letters."""

    def start(self, encounter_id: int) -> int:
        """Always the same letter."""
        return 70 + encounter_id


@dataclass
class Spy:
    """A view that remembers what it was told last."""

    visit: VisitShown | None = None
    head: HeadShown = field(default_factory=HeadShown)
    fields: dict[str, FieldShown] = field(default_factory=dict)
    rows: dict[str, RowShown] = field(default_factory=dict)
    sections: dict[str, SectionShown] = field(default_factory=dict)
    medicines: tuple[MedicineShown, ...] = ()
    actions: tuple[ActionShown, ...] = ()
    panel: PanelShown | None = None
    saved: str = ""
    save_failed: bool = False
    message: str = ""
    again: Callable[[], None] | None = None
    undo: str = ""
    blocks: tuple[LinkShown, ...] = ()
    gone_to: list[str] = field(default_factory=list)
    signing: SigningShown | None = None
    closing: SigningShown | None = None
    refused: str = ""
    discarding: str = ""
    closed: tuple[str, str] = ("", "")
    reminders: list[tuple[Reminder, int]] = field(default_factory=list)
    note: NoteShown | None = None
    asked_why: ReasonShown | None = None
    reason_refused: str = ""
    beside: str = ""
    versions: VersionsShown | None = None
    conflict: ConflictShown | None = None

    def loading(self) -> None:
        """Nothing is seen."""
        self.visit = None

    def show_closed(self, title: str, words: str) -> None:
        """Why it is not open."""
        self.closed = (title, words)

    def show_visit(self, visit: VisitShown) -> None:
        """The frame."""
        self.visit, self.head = visit, visit.head

    def show_head(self, head: HeadShown) -> None:
        """The visit's fields."""
        self.head = head

    def show_field(self, field: FieldShown) -> None:
        """A field."""
        self.fields[field.code] = field

    def show_row(self, row: RowShown) -> None:
        """A row."""
        self.rows[row.key] = row

    def show_section(self, section: SectionShown) -> None:
        """A section."""
        self.sections[section.code] = section

    def show_medicines(self, lines: tuple[MedicineShown, ...], focus: int | None) -> None:
        """The list."""
        self.medicines = lines

    def show_medicine(self, place: int, line: MedicineShown) -> None:
        """One line."""
        self.medicines = (*self.medicines[:place], line, *self.medicines[place + 1 :])

    def show_actions(self, lines: tuple[ActionShown, ...], focus: int | None) -> None:
        """The list."""
        self.actions = lines

    def show_panel(self, panel: PanelShown) -> None:
        """The panel."""
        self.panel = panel

    def show_saved(self, words: str, failed: bool) -> None:
        """The draft."""
        self.saved, self.save_failed = words, failed

    def say(self, cause: str, rest: str, again: Callable[[], None] | None) -> None:
        """A message."""
        self.message, self.again = f"{cause} {rest}".strip(), again

    def clear_message(self) -> None:
        """None."""
        self.message, self.again = "", None

    def offer_undo(self, words: str) -> None:
        """A removal."""
        self.undo = words

    def list_blocks(self, blocks: tuple[LinkShown, ...]) -> None:
        """What stops signing."""
        self.blocks = blocks

    def go_to(self, code: str) -> None:
        """A field."""
        self.gone_to.append(code)

    def go_to_start(self) -> None:
        """The first field."""
        self.gone_to.append("start")

    def ask_password(self, signing: SigningShown) -> None:
        """The dialog."""
        self.signing = signing

    def ask_closing(self, closing: SigningShown) -> None:
        """The dialog without a password."""
        self.closing = closing

    def password_refused(self, words: str) -> None:
        """It stays."""
        self.refused = words

    def close_dialog(self) -> None:
        """It goes."""
        self.signing = None

    def ask_discard(self, who: Identity, words: str, button: str) -> None:
        """The question."""
        self.discarding = button

    def remind(self, what: Reminder, after_ms: int) -> None:
        """A timer."""
        self.reminders.append((what, after_ms))

    def show_note(self, note: NoteShown | None) -> None:
        """What must be known before it is read."""
        self.note = note

    def ask_reason(self, reason: ReasonShown) -> None:
        """Why."""
        self.asked_why = reason

    def refuse_reason(self, words: str) -> None:
        """Not so."""
        self.reason_refused = words

    def ask_beside(self, who: Identity, message: Message, button: str) -> None:
        """Somebody else amends it."""
        self.beside = message.cause

    def list_versions(self, versions: VersionsShown) -> None:
        """All of them."""
        self.versions = versions

    def ask_conflict(self, conflict: ConflictShown) -> None:
        """Field by field."""
        self.conflict = conflict

    def close_reason(self) -> None:
        """Done."""

    @property
    def corrections(self) -> "Spy":
        """It remembers these too."""
        return self
