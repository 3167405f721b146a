"""The details form without a window and without a registry, for tests of its presenter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from poems_registry.domain.access import DEFAULTS, Permission, Role
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.records import Patient
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.form_drafts import FormKey, KeptForm
from poems_registry.ui.conflict.shown import ConflictShown
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.details.alike import Comparison
from poems_registry.ui.screens.details.fields import Section
from poems_registry.ui.screens.details.presenter import DetailsPresenter
from poems_registry.ui.screens.details.reading import Answer
from poems_registry.ui.screens.details.shown import PracticeRow
from poems_registry.ui.tasks import Inline

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
ANN = Patient(
    id=5,
    version=3,
    family_name="Smith",
    given_name="Ann",
    born=PartialDate(1955, 7, 14),
    nhs_number="9990000050",
    phone="020 7946 0001",
    research_consent="given for data only",
    format_need="yellow paper",
)


@dataclass
class Me:
    """Who is signed in."""

    role: Role = Role.CLINICIAN
    read_only: bool = False
    training: bool = True

    @property
    def today(self) -> date:
        return TODAY

    def may(self, permission: Permission) -> bool:
        return permission in DEFAULTS[self.role]


class Registry:
    """One known person, and whatever is added."""

    def __init__(self, me: Me) -> None:
        self.me = me
        self.known = ANN
        self.added: list[tuple[Patient, bool]] = []
        self.changed: list[Patient] = []
        self.refusals: list[RegistryError] = []

    @property
    def signed_in(self) -> Me:
        return self.me

    def who(self, patient_id: int) -> Patient:
        assert patient_id == self.known.id
        return self.known

    def add(self, patient: Patient, *, another_person: bool = False) -> tuple[Patient, Changed]:
        if self.refusals:
            raise self.refusals.pop(0)
        self.added.append((patient, another_person))
        return replace(patient, id=9), Changed(patients=frozenset({9}))

    def changed_by(self, patient_id: int) -> tuple[str, datetime] | None:
        return ("Dr B. Osei", NOW) if patient_id == self.known.id else None

    def change(self, patient: Patient, *, another_person: bool = False) -> tuple[Patient, Changed]:
        if self.refusals:
            raise self.refusals.pop(0)
        self.changed.append(patient)
        self.known = replace(patient, version=patient.version + 1)
        return self.known, Changed(patients=frozenset({patient.id}))


class Forms:
    """What was typed and not saved, as the registry keeps it."""

    def __init__(self) -> None:
        self.left: dict[FormKey, KeptForm] = {}
        self.refusals: list[RegistryError] = []

    def keep(self, key: FormKey, content: dict[str, Any]) -> datetime:
        if self.refusals:
            raise self.refusals.pop(0)
        self.left[key] = KeptForm(key, NOW, content)
        return NOW

    def load(self, key: FormKey) -> KeptForm | None:
        return self.left.get(key)

    def drop(self, key: FormKey) -> None:
        self.left.pop(key, None)


class Spy:
    """The form: keeps what it shows."""

    def __init__(self) -> None:
        self.title = ""
        self.sections: Sequence[Section] = ()
        self.texts: dict[str, str] = {}
        self.new = self.editable = False
        self.answers: dict[str, Answer] = {}
        self.summary: Sequence[tuple[str, str, str]] = ()
        self.alike: Comparison | None = None
        self.unsaved = False
        self.focused = ""
        self.message: Message | None = None
        self.words = ""
        self.reminders: list[int] = []
        self.conflict: ConflictShown | None = None
        self.practices: Sequence[PracticeRow] = ()

    def show_form(
        self, title: str, sections: Sequence[Section], texts: Mapping[str, str], new: bool, editable: bool
    ) -> None:
        self.title, self.sections, self.texts = title, sections, dict(texts)
        self.new, self.editable, self.answers = new, editable, {}

    def show_text(self, code: str, text: str) -> None:
        self.texts[code] = text

    def show_answer(self, code: str, answer: Answer) -> None:
        self.answers[code] = answer

    def show_summary(self, problems: Sequence[tuple[str, str, str]]) -> None:
        self.summary = problems

    def show_alike(self, comparison: Comparison | None) -> None:
        self.alike = comparison

    def show_changed(self, changed: bool) -> None:
        self.unsaved = changed

    def show_practices(self, rows: Sequence[PracticeRow]) -> None:
        self.practices = rows

    def focus_field(self, code: str) -> None:
        self.focused = code

    def say(self, message: Message | None) -> None:
        self.message = message

    def busy(self, words: str) -> None:
        self.words = words

    def remind(self, after_ms: int) -> None:
        self.reminders.append(after_ms)

    def ask_conflict(self, conflict: ConflictShown) -> None:
        self.conflict = conflict


class Going:
    """Where it led to, and what was said."""

    def __init__(self) -> None:
        self.opened: list[int] = []
        self.joined: list[tuple[int, int]] = []
        self.lists = 0
        self.said: list[str] = []
        self.banners: list[str] = []

    def patients(self) -> None:
        self.lists += 1

    def patient(self, patient_id: int) -> None:
        self.opened.append(patient_id)

    def join(self, patient_id: int, other_id: int = 0) -> None:
        self.joined.append((patient_id, other_id))

    def show_patient(self, patient: Patient) -> None:
        self.banners.append(patient.family_name)

    def hold_keys(self) -> None:
        """Nothing is typed here."""

    def say_saved(self, words: str) -> None:
        self.said.append(words)


class Desk:
    """Everything around one presenter; `news` is what the others were told."""

    def __init__(self, me: Me | None = None, tasks: Any = None) -> None:
        self.view, self.registry, self.going, self.feed = Spy(), Registry(me or Me()), Going(), ChangeFeed()
        self.news: list[Changed] = []
        self.feed.listen(self.news.append)
        self.tasks, self.forms = tasks or Inline(), Forms()
        self.presenter = self.another_screen()

    def another_screen(self) -> DetailsPresenter:
        """As after another start of the program: only what the registry keeps is there."""
        self.view = Spy()
        self.presenter = DetailsPresenter(self.view, self.registry, self.tasks, self.feed, self.going, self.forms)
        return self.presenter

    def typing(self, **texts: str) -> None:
        """Type into fields."""
        for code, text in texts.items():
            self.presenter.typed(code, text)
