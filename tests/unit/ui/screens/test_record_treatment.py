"""Treatment is read as typed with all problems at once, kept once, and what it unsettles is said."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, StaleRecord
from poems_registry.domain.records import Patient, PatientFile
from poems_registry.domain.treatment_checks import Doubtful, problems
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
from poems_registry.services.treatments import Kept
from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.record.treatment.forms import ITS_DRUGS, fields_of
from poems_registry.ui.screens.record.treatment.keeping_in_mind import Note
from poems_registry.ui.screens.record.treatment.presenter import TreatmentPresenter
from poems_registry.ui.screens.record.treatment.reading import Field, FieldShown, read, shown
from poems_registry.ui.screens.record.treatment.telling import What
from poems_registry.ui.tasks import Inline, Tasks
from tests.unit.ui.screens.later import Later

TODAY = date(2026, 11, 22)
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
    confirmed: tuple[str, ...] = ()

    def _keep(self, what: object) -> Kept:
        if self.refuse is not None:
            raise self.refuse
        self.kept.append(what)
        return Kept(Changed(patients=frozenset({1})), self.unsettled)

    def keep(self, entry: Entry, *, confirmed: Collection[str] = ()) -> Kept:
        self.confirmed = tuple(confirmed)
        return self._keep(entry)

    def withdraw(self, entry: Entry, reason: str) -> Kept:
        self.withdrawn.append((entry.id, reason))
        return self._keep(entry)


class Screen:
    """The page and its form in one."""

    def __init__(self) -> None:
        self.allowed = False
        self.title = self.button = self.words = self.unsettled = ""
        self.fields: tuple[FieldShown, ...] = ()
        self.notes: tuple[Note, ...] = ()
        self.filled: dict[str, str] = {}
        self.doubts: tuple[str, ...] = ()
        self.known = False
        self.problems: Mapping[str, str] = {}
        self.open = False

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

    def close_entry(self) -> None:
        self.open = False

    def tell_unsettled(self, words: str) -> None:
        self.unsettled = words


@dataclass
class Desk:
    service: Service = field(default_factory=Service)
    tasks: Tasks = field(default_factory=Inline)
    file: PatientFile = FILE

    def __post_init__(self) -> None:
        self.screen, self.feed = Screen(), ChangeFeed()
        self.news: list[Changed] = []
        self.feed.listen(self.news.append)
        self.presenter = TreatmentPresenter(self.screen, self.service, self.tasks, self.feed)
        self.presenter.show_file(self.file, TODAY, may_record=True)

    def type(self, **texts: str) -> None:
        """As the form tells it with each key, what was filled in for the person included."""
        self.presenter.typed(typed(self.screen.fields, **(self.screen.filled | texts)))


def form(entry: Entry) -> tuple[Field, ...]:
    return fields_of(entry, FILE)


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: type(entry).__name__)
def test_what_is_shown_and_read_again_unchanged_is_the_same(entry: Entry) -> None:
    assert read(entry, form(entry), typed(shown(entry, form(entry))), TODAY) == (entry, {})


@pytest.mark.parametrize("kind", [TreatmentLine, LineDrug, RadiotherapyCourse, Transplant, SupportiveCare, Event])
def test_a_blank_form_says_nothing(kind: type[Entry]) -> None:
    blank = kind(patient_id=1)
    read_again, problems_ = read(blank, form(blank), typed(shown(blank, form(blank))), TODAY)
    assert read_again == blank
    assert set(problems_) <= {"kind"}


def test_kinds_from_elsewhere_are_kept_though_no_list_names_them() -> None:
    line, event = replace(LINE, category="imid", stop_reason="no benefit"), replace(EVENT, kind="limb_ischaemia")
    for entry in (line, event):
        assert read(entry, form(entry), typed(shown(entry, form(entry))), TODAY) == (entry, {})


def test_parts_of_one_kind_of_event_do_not_stay_when_it_becomes_another() -> None:
    texts = typed(shown(EVENT, form(EVENT)), kind="dvt")
    read_again, _ = read(EVENT, form(EVENT), texts, TODAY)
    assert (read_again.kind, read_again.domains, read_again.symptomatic) == ("dvt", (), None)


def test_each_kind_of_event_asks_for_its_own_parts() -> None:
    asked = {field.code: field.when for field in form(EVENT) if field.when}
    assert "relapse" in asked["domains"]
    assert asked["intensive"] == ("admission",)
    assert asked["sort_second_cancer"] == ("second_cancer",)
    assert asked["cause"] == ("death",)


def test_after_a_death_the_form_asks_where_an_entry_comes_from() -> None:
    dead = replace(FILE, patient=replace(ANN, died=PartialDate(2026, 1)))
    assert "origin" not in [field.code for field in fields_of(Event(patient_id=1), FILE)]
    assert "origin" in [field.code for field in fields_of(Event(patient_id=1), dead)]


def test_numbers_are_read_with_point_or_comma_and_nothing_else() -> None:
    texts = typed(shown(DRUG, form(DRUG)), dose="12,5")
    assert read(DRUG, form(DRUG), texts, TODAY)[0].dose == 12.5
    for wrong in ("about 5", "5 mg", "-5", "1e3"):
        assert set(read(DRUG, form(DRUG), typed(shown(DRUG, form(DRUG)), dose=wrong), TODAY)[1]) == {"dose"}


def test_all_problems_of_a_form_are_told_at_once() -> None:
    texts = typed(shown(LINE, form(LINE)), number="two", start="31 June 2025", cycles_given="-1")
    assert set(read(LINE, form(LINE), texts, TODAY)[1]) == {"number", "start", "cycles_given"}


def test_what_is_not_said_of_steroids_stays_not_said() -> None:
    assert read(LINE, form(LINE), typed(shown(LINE, form(LINE)), steroid=""), TODAY)[0].steroid is None


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (replace(LINE, name=" "), "name"),
        (replace(LINE, number=-1), "number"),
        (replace(LINE, stop=PartialDate(2025, 6, 30)), "stop"),
        (replace(LINE, start=PartialDate(2026, 12, 1), stop=None, stop_reason=""), "start"),
        (replace(LINE, start=PartialDate(1950)), "start"),
        (replace(LINE, stop=None), "stop_reason"),
        (replace(LINE, cycles_given=1000), "cycles_given"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(line: TreatmentLine, field: str) -> None:
    assert set(problems(line, FILE, TODAY)) == {field}


def test_what_is_only_known_by_month_may_begin_and_end_in_the_same_one() -> None:
    same = replace(LINE, start=PartialDate(2025, 7), stop=PartialDate(2025, 7))
    assert problems(same, FILE, TODAY) == {}


def test_nothing_happens_after_a_death() -> None:
    died = replace(FILE, patient=replace(ANN, died=PartialDate(2024, 1, 5)))
    assert set(problems(EVENT, died, TODAY)) == {"on"}
    assert set(problems(replace(EVENT, on=None), FILE, TODAY)) == {"on"}


def test_a_new_line_has_the_number_that_follows_and_names_the_patient_on_its_button() -> None:
    desk = Desk()
    desk.presenter.add(What.LINE)
    assert next(field.text for field in desk.screen.fields if field.code == "number") == "3"
    assert desk.screen.button == "Save for SMITH, Ann"
    assert not desk.screen.known


def test_what_was_kept_is_published_and_the_form_closes() -> None:
    desk = Desk()
    desk.presenter.change(What.LINE, 4)
    desk.presenter.save(typed(desk.screen.fields, cycles_given="12"))
    assert desk.service.kept == [replace(FULL, cycles_given=12)]
    assert desk.news == [Changed(patients=frozenset({1}))]
    assert not desk.screen.open


def test_what_a_date_unsettles_is_said_after_it_was_kept() -> None:
    desk = Desk(Service(unsettled=("Raised VEGF went from met to cannot tell: treatment is now dated before it.",)))
    desk.presenter.change(What.LINE, 4)
    desk.presenter.save(typed(desk.screen.fields, start="2020"))
    assert desk.screen.unsettled.startswith("Raised VEGF went from met to cannot tell")


def test_a_form_with_problems_stays_open_and_nothing_is_kept() -> None:
    desk = Desk()
    desk.presenter.add(What.EVENT)
    desk.presenter.save(typed(desk.screen.fields, kind="relapse", on="soon"))
    assert set(desk.screen.problems) == {"on"}
    assert desk.screen.open
    assert desk.service.kept == []


def test_a_refusal_of_the_registry_is_said_in_the_form() -> None:
    desk = Desk(Service(refuse=InvalidInput({"stop": "lies before the start"})))
    desk.presenter.change(What.LINE, 4)
    desk.presenter.save(typed(desk.screen.fields))
    assert desk.screen.problems == {"stop": "lies before the start"}
    desk.service.refuse = StaleRecord()
    desk.presenter.save(typed(desk.screen.fields))
    assert "Somebody changed this meanwhile" in desk.screen.words
    assert desk.screen.open


def test_saving_twice_in_a_hurry_keeps_one() -> None:
    tasks = Later()
    desk = Desk(tasks=tasks)
    desk.presenter.add(What.EVENT)
    texts = typed(desk.screen.fields, kind="relapse", on="20-Jun-2025")
    desk.presenter.save(texts)
    desk.presenter.save(texts)
    tasks.answer()
    assert len(desk.service.kept) == 1


def test_an_entry_made_in_error_is_taken_back_with_its_reason() -> None:
    desk = Desk()
    desk.presenter.change(What.EVENT, 6)
    assert desk.screen.known
    desk.presenter.withdraw("wrong patient")
    assert desk.service.withdrawn == [(6, "wrong patient")]


def about(desk: Desk) -> list[str]:
    return [note.about for note in desk.screen.notes]


def test_the_form_of_a_line_says_how_the_rule_counts_it_and_why() -> None:
    desk = Desk()
    desk.presenter.add(What.LINE)
    desk.type(category="VCD", cause="progression", start="Oct 2026")
    assert about(desk)[0] == "Line 3"
    assert desk.screen.notes[0].words == "A change for relapse or progression begins a new line."
    assert desk.screen.filled["number"] == "3"
    desk.type(category="LEN_DEX", cause="toxicity", start="Oct 2026")
    assert about(desk)[0] == "Part of line 2 (Dara-Rd)"
    assert desk.screen.notes[0].line_id == 4
    assert desk.screen.notes[0].source


def test_a_regimen_that_is_chosen_proposes_its_words_and_its_drugs() -> None:
    desk = Desk()
    desk.presenter.add(What.LINE)
    desk.type(category="VCD")
    assert desk.screen.filled["name"] == "Bortezomib, cyclophosphamide and dexamethasone"
    assert desk.screen.filled[ITS_DRUGS] == "bortezomib, cyclophosphamide, dexamethasone"
    texts = typed(desk.screen.fields, **(desk.screen.filled | {"category": "VCD", ITS_DRUGS: "bortezomib"}))
    desk.presenter.save(texts)
    (kept,) = desk.service.kept
    assert isinstance(kept, TreatmentLine)
    assert [(each.name, each.route, each.dose) for each in kept.drugs] == [("bortezomib", "under the skin", None)]


def test_what_belongs_to_a_line_can_be_added_there_instead() -> None:
    desk = Desk()
    desk.presenter.add(What.LINE)
    desk.type(category="LEN_DEX", cause="toxicity", start="Oct 2026")
    desk.type(category="LEN_DEX", cause="toxicity", start="Oct 2026")
    desk.presenter.instead(4)
    assert desk.screen.title == "Add a drug to line 2 (Dara-Rd)"
    assert desk.screen.filled == {"name": "lenalidomide", "unit": "mg", "route": "by mouth"}


def test_cautions_are_told_while_a_drug_is_typed_each_with_its_source() -> None:
    desk = Desk()
    desk.presenter.add(What.DRUG, 4)
    assert about(desk) == []
    desk.type(name="bortezomib")
    assert about(desk) == ["Bortezomib"]
    assert "neuropathy" in desk.screen.notes[0].words
    assert desk.screen.notes[0].source
    assert desk.screen.filled == {"unit": "mg/m²", "route": "under the skin"}


def test_a_drug_that_ends_for_progression_says_that_a_new_line_follows() -> None:
    desk = Desk()
    desk.presenter.change(What.DRUG, 5)
    desk.type(stop_reason="progression")
    assert about(desk)[0] == "A new line follows"
    desk.type(stop_reason="toxicity")
    assert about(desk)[0] == "Flagged: changed for toxicity"


def test_what_is_unusual_is_asked_and_saved_by_a_second_press_only_as_it_was_asked() -> None:
    desk = Desk(Service(refuse=Doubtful(("Melphalan is usually 200 or 140 mg/m².",))))
    desk.presenter.change(What.TRANSPLANT, 8)
    texts = typed(desk.screen.fields, melphalan="100")
    desk.presenter.save(texts)
    assert desk.screen.doubts == ("Melphalan is usually 200 or 140 mg/m².",)
    desk.service.refuse = None
    desk.presenter.save(texts)
    assert desk.service.confirmed == ("Melphalan is usually 200 or 140 mg/m².",)


def test_typing_on_takes_back_what_was_confirmed() -> None:
    desk = Desk(Service(refuse=Doubtful(("Melphalan is usually 200 or 140 mg/m².",))))
    desk.presenter.change(What.TRANSPLANT, 8)
    desk.presenter.save(typed(desk.screen.fields, melphalan="100"))
    desk.type(melphalan="20")
    assert desk.screen.doubts == ()
    desk.service.refuse = None
    desk.presenter.save(typed(desk.screen.fields, melphalan="20"))
    assert desk.service.confirmed == ()


def test_a_part_is_added_to_the_line_with_the_bar_and_to_none_where_there_is_none() -> None:
    desk = Desk()
    desk.presenter.add(What.RADIOTHERAPY, 4)
    desk.presenter.save(typed(desk.screen.fields, site="sacrum"))
    assert desk.service.kept == [RadiotherapyCourse(patient_id=1, line_id=4, site="sacrum")]
    empty = Desk(file=PatientFile(ANN))
    empty.presenter.add(What.TRANSPLANT, 0)
    assert not empty.screen.open


def test_a_problem_that_no_field_shows_is_said_over_the_form() -> None:
    desk = Desk(Service(refuse=InvalidInput({"line_id": "is no line of this person any more"})))
    desk.presenter.change(What.DRUG, 5)
    desk.presenter.save(typed(desk.screen.fields))
    assert "is no line of this person any more" in desk.screen.words


def test_a_problem_of_a_part_stands_at_the_field_that_shows_it() -> None:
    desk = Desk(Service(refuse=InvalidInput({"sort": "is needed"})))
    desk.presenter.change(What.EVENT, 10)
    desk.presenter.typed(typed(desk.screen.fields))
    desk.presenter.save(typed(desk.screen.fields))
    assert set(desk.screen.problems) == {"sort_second_cancer"}
