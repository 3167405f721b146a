"""Stand-ins for the services and the window of care: what was asked of them, and what they answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from poems_registry.domain.access import DEFAULTS, Permission, Role
from poems_registry.domain.care import Entry, Referral
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import RegistryError, StaleRecord
from poems_registry.domain.person import Patient
from poems_registry.domain.records import Person
from poems_registry.services.changes import Changed
from poems_registry.services.form_drafts import FormKey, KeptForm
from poems_registry.services.patients import LookAlikes
from poems_registry.ui.care.shown import AlikeShown, FormShown

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
ANN = Patient(id=5, family_name="Smith", given_name="Ann", born=PartialDate(1955, 7, 14), nhs_number="9990000050")


class Clock:
    """Stands still."""

    def now(self) -> datetime:
        return NOW


@dataclass
class Desk:
    """Who works here."""

    role: Role = Role.CLINICIAN
    read_only: bool = False
    today: date = TODAY
    clock: Clock = field(default_factory=Clock)

    @property
    def person(self) -> Person:
        return Person(id=7, name="Dr A Rahman", role=self.role, permissions=DEFAULTS[self.role])

    def may(self, permission: Permission) -> bool:
        return permission in DEFAULTS[self.role]


@dataclass
class CareFake:
    """Remembers what is kept; `entry` is what stands in the registry now, `theirs` who saved first."""

    signed_in: Desk = field(default_factory=Desk)
    entry: Entry = field(default_factory=Referral)
    patient: Patient | None = ANN
    known: tuple[Patient, ...] = ()
    stale: bool = False
    refusal: RegistryError | None = None
    kept: list[Entry] = field(default_factory=list)
    added: list[tuple[Patient, Referral, bool]] = field(default_factory=list)
    errors: list[tuple[Entry, str]] = field(default_factory=list)
    named: list[tuple[int, int]] = field(default_factory=list)

    def open(self, kind: type[Any], entry_id: int) -> tuple[Patient | None, Any]:
        assert (type(self.entry), self.entry.id) == (kind, entry_id)
        return self.patient, self.entry

    def who(self, patient_id: int) -> Patient:
        return replace(ANN, id=patient_id)

    def keep(self, entry: Entry) -> Changed:
        if self.refusal is not None:
            raise self.refusal
        if self.stale:
            self.stale = False
            raise StaleRecord
        self.kept.append(entry)
        return Changed(patients=frozenset({5}))

    def name_patient(self, call_id: int, patient_id: int) -> Changed:
        if self.refusal is not None:
            raise self.refusal
        self.named.append((call_id, patient_id))
        return Changed(patients=frozenset({patient_id}))

    def refer_new(
        self, patient: Patient, referral: Referral, *, another_person: bool = False
    ) -> tuple[Patient, Changed]:
        if self.known and not another_person:
            raise LookAlikes(self.known)
        self.added.append((patient, referral, another_person))
        return replace(patient, id=9), Changed(patients=frozenset({9}))

    def mark_in_error(self, entry: Entry, reason: str) -> Changed:
        self.errors.append((entry, reason))
        return Changed(patients=frozenset({5}))


@dataclass
class Window:
    """Remembers what is shown."""

    form: FormShown | None = None
    filled: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    words: str = ""
    left: dict[str, str] = field(default_factory=dict)
    alike: AlikeShown | None = None
    refused: RegistryError | None = None
    reminded: int = 0

    def ask_entry(self, form: FormShown) -> None:
        self.form, self.problems, self.words, self.left, self.filled = form, {}, "", {}, {}

    def entry_fill(self, texts: Mapping[str, str]) -> None:
        self.filled = dict(texts)

    def entry_problems(self, problems: Mapping[str, str], words: str) -> None:
        self.problems, self.words = dict(problems), words

    def entry_left(self, texts: Mapping[str, str], words: str) -> None:
        self.left, self.words = dict(texts), words

    def ask_alike(self, alike: AlikeShown) -> None:
        self.alike = alike

    def close_alike(self) -> None:
        self.alike = None

    def close_entry(self) -> None:
        self.form = None

    def remind(self, after_ms: int) -> None:
        self.reminded = after_ms

    def say_refused(self, error: RegistryError) -> None:
        self.refused = error

    @property
    def texts(self) -> dict[str, str]:
        """What the open form begins with."""
        assert self.form is not None
        return {each.code: each.text for each in self.form.fields}


@dataclass
class Drafts:
    """What was kept of forms."""

    forms: dict[FormKey, dict[str, Any]] = field(default_factory=dict)

    def keep(self, key: FormKey, content: dict[str, Any]) -> datetime:
        self.forms[key] = content
        return NOW

    def load(self, key: FormKey) -> KeptForm | None:
        content = self.forms.get(key)
        return None if content is None else KeptForm(key, NOW, content)

    def drop(self, key: FormKey) -> None:
        self.forms.pop(key, None)
