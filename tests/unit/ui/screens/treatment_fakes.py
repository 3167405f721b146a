"""A record with treatment of every kind, and a desk with a page, a service and a shelf of drafts made for tests."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import Patient, PatientFile
from poems_registry.domain.treatments import (
    Entry,
    Event,
    LineDrug,
    RadiotherapyCourse,
    SupportiveCare,
    Transplant,
    TreatmentLine,
)
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.form_drafts import FormKey, KeptForm
from poems_registry.services.treatments import Kept
from poems_registry.ui.conflict.shown import ConflictShown
from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.record.treatment.keeping_in_mind import Note
from poems_registry.ui.screens.record.treatment.presenter import TreatmentPresenter
from poems_registry.ui.screens.record.treatment.reading import FieldShown
from poems_registry.ui.tasks import Inline, Tasks

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANN = Patient(id=1, family_name="Smith", given_name="Ann", born=PartialDate(1955, 7, 14))
LINE = TreatmentLine(
    id=4,
    patient_id=1,
    number=2,
    name="Daratumumab, lenalidomide and dexamethasone",
    category="DARA_RD",
    start=PartialDate(2025, 7),
    stop=PartialDate(2026, 6, 5),
    stop_reason="completed",
    cycles_planned=12,
    cycles_given=11,
    steroid=True,
    note="weekly",
    version=3,
)
DRUG = LineDrug(
    id=5, patient_id=1, line_id=4, name="lenalidomide", dose=12.5, unit="mg", route="by mouth",
    schedule="days 1 to 21 of 28", part="induction", start=PartialDate(2025, 7), stop=PartialDate(2026, 1),
    stop_reason="dose_change", note="rash", version=2,
)  # fmt: skip
COURSE = RadiotherapyCourse(
    id=7, patient_id=1, line_id=4, site="sacrum", dose_gy=45, fractions=25, start=PartialDate(2025, 7, 1), version=2
)
TRANSPLANT = Transplant(
    id=8, patient_id=1, line_id=4, mobilised=PartialDate(2025, 9), mobilisation="gcsf", cd34=4.2, melphalan=140,
    infused=PartialDate(2025, 10, 2), neutrophils=PartialDate(2025, 10, 13), engraftment_syndrome=False, version=3,
)  # fmt: skip
CARE = SupportiveCare(id=9, patient_id=1, kind="thromboprophylaxis", what="aspirin 75 mg", start=PartialDate(2025, 7))
EVENT = Event(
    id=6, patient_id=1, kind="relapse", on=PartialDate(2025, 6, 20), note="VEGF and symptoms", version=2,
    domains=("vegf", "clinical"), symptomatic=True, treated=False,
)  # fmt: skip
CANCER = Event(id=10, patient_id=1, kind="second_cancer", on=PartialDate(2026), sort="mds_aml")
FULL = replace(LINE, drugs=(DRUG,), radiotherapy=(COURSE,), transplants=(TRANSPLANT,))
FILE = PatientFile(ANN, lines=(FULL,), events=(EVENT, CANCER), supportive=(CARE,))
ALL = (FULL, DRUG, COURSE, TRANSPLANT, CARE, EVENT, CANCER)


def typed(fields: tuple[FieldShown, ...], **other: str) -> dict[str, str]:
    return {each.code: each.text for each in fields} | other


@dataclass
class Service:
    kept: list[object] = field(default_factory=list)
    withdrawn: list[tuple[int, str]] = field(default_factory=list)
    refuse: Exception | None = None
    unsettled: tuple[str, ...] = ()
    to_know: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    theirs: Entry | None = None

    def _keep(self, what: object) -> Kept:
        if self.refuse is not None:
            raise self.refuse
        self.kept.append(what)
        return Kept(Changed(patients=frozenset({1})), self.unsettled, self.to_know)

    def keep(self, entry: Entry, *, confirmed: Collection[str] = ()) -> Kept:
        self.confirmed = tuple(confirmed)
        return self._keep(entry)

    def current(self, entry: Entry) -> Entry:
        return self.theirs if self.theirs is not None else entry

    def withdraw(self, entry: Entry, reason: str) -> Kept:
        self.withdrawn.append((entry.id, reason))
        return self._keep(entry)


class Screen:
    """The page and its form in one."""

    def __init__(self) -> None:
        self.allowed = False
        self.title = self.button = self.words = self.unsettled = self.to_know = ""
        self.fields: tuple[FieldShown, ...] = ()
        self.notes: tuple[Note, ...] = ()
        self.filled: dict[str, str] = {}
        self.doubts: tuple[str, ...] = ()
        self.known = False
        self.problems: Mapping[str, str] = {}
        self.open = False
        self.reminded = 0
        self.conflict: ConflictShown | None = None

    @property
    def treatment(self) -> "Screen":
        return self

    def allow_treatment(self, allowed: bool) -> None:
        self.allowed = allowed

    def ask_entry(self, who: Identity, title: str, button: str, fields: tuple[FieldShown, ...], *, known: bool) -> None:
        self.title, self.button, self.fields, self.known, self.open = title, button, fields, known, True
        self.filled, self.doubts = {}, ()

    def entry_notes(self, notes: tuple[Note, ...]) -> None:
        self.notes = notes

    def entry_fill(self, texts: Mapping[str, str]) -> None:
        self.filled |= texts

    def entry_problems(self, problems: Mapping[str, str], words: str) -> None:
        self.problems, self.words = problems, words

    def entry_doubts(self, doubts: tuple[str, ...]) -> None:
        self.doubts = doubts

    def entry_left(self, texts: Mapping[str, str], words: str) -> None:
        self.filled, self.words = dict(texts), words

    def ask_conflict(self, conflict: ConflictShown) -> None:
        self.conflict = conflict

    def remind(self, after_ms: int) -> None:
        self.reminded += 1

    def close_entry(self) -> None:
        self.open = False

    def tell_unsettled(self, words: str) -> None:
        self.unsettled = words

    def tell_to_know(self, words: str) -> None:
        self.to_know = words


@dataclass
class Shelf:
    """Forms that were left, by key."""

    left: dict[FormKey, KeptForm] = field(default_factory=dict)

    def keep(self, key: FormKey, content: dict[str, Any]) -> datetime:
        self.left[key] = KeptForm(key, NOON, content)
        return NOON

    def load(self, key: FormKey) -> KeptForm | None:
        return self.left.get(key)

    def drop(self, key: FormKey) -> None:
        self.left.pop(key, None)


@dataclass
class Desk:
    service: Service = field(default_factory=Service)
    tasks: Tasks = field(default_factory=Inline)
    file: PatientFile = FILE
    shelf: Shelf = field(default_factory=Shelf)

    def __post_init__(self) -> None:
        self.screen, self.feed = Screen(), ChangeFeed()
        self.news: list[Changed] = []
        self.feed.listen(self.news.append)
        self.presenter = TreatmentPresenter(self.screen, self.service, self.tasks, self.feed, self.shelf)
        self.presenter.show_file(self.file, TODAY, may_record=True)

    def type(self, **texts: str) -> None:
        """As the form tells it with each key, what was filled in for the person included."""
        self.presenter.typed(typed(self.screen.fields, **(self.screen.filled | texts)))
