"""The form's state: what was typed, how the catalogue reads it, what last time said. Every change goes through here."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from poems_registry.catalogue.book import CATALOGUE, Catalogue
from poems_registry.catalogue.consistency import all_blocks
from poems_registry.catalogue.contradictions import Block, BlockKind, Surroundings, surroundings
from poems_registry.catalogue.drafting import field_of, typed_form
from poems_registry.catalogue.item import Item
from poems_registry.catalogue.sections.contact import CONTACT
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.findings import Attribution, Finding, State
from poems_registry.domain.records import Encounter, EncounterState, Medicine, PatientFile, VisitType
from poems_registry.services.visits import OpenVisit
from poems_registry.ui.field_shown import Detail, with_detail
from poems_registry.ui.screens.visit.grades import GradesByTasks
from poems_registry.ui.screens.visit.lines import asks_nothing, children_of, derived_from, is_blank, rows_of
from poems_registry.ui.screens.visit.reading import read_day, read_typed, time_problem
from poems_registry.ui.screens.visit.rows import Row, SectionPlan, plan_of
from poems_registry.ui.screens.visit.shown import Head
from poems_registry.ui.screens.visit.skin import SKIN_EXAMINED, SkinSigns

_NO_FINDING = {"absent", "normal", "none", "not_assessed", "no"}

OWN_WORDS = frozenset(item.code for item in CONTACT.items)


class VisitForm:
    """One visit on the screen. Texts stay as typed; `findings` and `problems` follow with each change."""

    def __init__(self, opened: OpenVisit, today: date, catalogue: Catalogue = CATALOGUE) -> None:
        self.catalogue, self.today = catalogue, today
        self.encounter: Encounter = opened.encounter
        self.thresholds = opened.thresholds
        self.amends = opened.amendment is not None
        self.saved_at = opened.saved_at
        self.read_only = not (self.amends or opened.encounter.state is EncounterState.DRAFT)
        held = (finding.item for finding in opened.encounter.findings)
        self.plans = plan_of(catalogue, opened.encounter.kind, held)
        self.leaflets = opened.leaflets
        self.rows: Mapping[str, Row] = {row.key: row for plan in self.plans for row in plan.rows}
        self.row_of: Mapping[str, Row] = {
            code: row for row in reversed(self.rows.values()) for code in (*row.codes, *row.tasks)
        }
        self.tasks = frozenset(code for row in self.rows.values() for code in row.tasks)
        self.rows_of: Mapping[str, tuple[Row, ...]] = rows_of(self.rows.values())
        self.children: Mapping[str, tuple[str, ...]] = children_of(catalogue)
        self.derived_from: Mapping[str, tuple[str, ...]] = derived_from(catalogue)
        self.draft = typed_form(catalogue, opened.encounter) if self.read_only else opened.draft
        self.carried: tuple[Medicine, ...] = self.draft.medicines
        self.findings: dict[str, Finding] = {}
        self.problems: dict[str, str] = {}
        self.refusals: dict[str, str] = {}
        self._before: dict[str, FieldDraft] = {}
        self._by_section: set[str] = set()
        self.grades, self._skin = GradesByTasks(catalogue), SkinSigns(catalogue)
        self._crossing: dict[str, Block] = {}
        self.around = Surroundings()
        self.file: PatientFile = opened.file
        self.last: dict[str, tuple[Encounter, Finding]] = {}
        self.previous: Encounter | None = None
        self.rebase(opened.file)
        for code in self.draft.fields:
            self._read(code)
        self._crossing = self._cross_checked()

    # --- reading ---

    def item(self, code: str) -> Item:
        """The catalogue's item."""
        return self.catalogue.item(code)

    def field(self, code: str) -> FieldDraft:
        """What stands in a field."""
        return self.draft.fields.get(code, FieldDraft())

    def visible(self, code: str) -> bool:
        """Whether the item is asked now: many depend on the answer of another."""
        condition = self.item(code).shown_when
        if condition is None:
            return True
        parent = self.findings.get(condition.item)
        return (
            parent is not None
            and parent.state is State.RECORDED
            and parent.value in condition.codes
            and self.visible(condition.item)
        )

    @property
    def on(self) -> date:
        """The day of the visit as typed, or as it was begun if that cannot be read."""
        return self._read_day()[0]

    @property
    def on_problem(self) -> str:
        """Why the typed day cannot be right; empty if it can."""
        return self._read_day()[1]

    @property
    def time_problem(self) -> str:
        """Why the typed time cannot be right; empty if it can."""
        return time_problem(self.draft.time)

    @property
    def skin_contradiction(self) -> str:
        """None of the seven signs, and yet one of them: words, or nothing."""
        return self._skin.contradiction(self)

    def cause_matters(self, code: str) -> bool:
        """Whether a cause can be given: the finding is there, and its item has a cause of its own."""
        finding = self.findings.get(code)
        answered = finding is not None and finding.state is State.RECORDED
        return answered and self.item(code).own_cause and finding is not None and finding.value not in _NO_FINDING

    def known(self) -> dict[str, Finding]:
        """The findings that count now: readable, and of items that are asked."""
        return {code: finding for code, finding in self.findings.items() if self.visible(code)}

    def as_encounter(self) -> Encounter:
        """The visit as it would be signed, for the live verdict."""
        return replace(self.encounter, on=self.on, findings=tuple(self.known().values()))

    def to_sign(self) -> VisitDraft:
        """The draft without fields that are not asked any more, and without empty lines."""
        fields = {code: field for code, field in self.draft.fields.items() if self.visible(code)}
        medicines = tuple(m for m in self.draft.medicines if not is_blank(m))
        actions = tuple(a for a in self.draft.actions if not asks_nothing(a))
        return replace(self.draft, fields=fields, medicines=medicines, actions=actions)

    def derived(self, code: str) -> float | None:
        """A computed value of today, None while a part of it is missing."""
        return self.catalogue.compute(self.known().values()).get(code)

    def derived_last(self, code: str) -> tuple[Encounter, float] | None:
        """The same of the last visit that has all its parts, from one visit."""
        needs = self.catalogue.derived[code].needs
        parts = [self.last.get(need) for need in needs]
        if any(part is None for part in parts):
            return None
        encounters = {part[0].id for part in parts if part is not None}
        value = self.catalogue.compute(part[1] for part in parts if part is not None).get(code)
        first = parts[0]
        return None if len(encounters) != 1 or value is None or first is None else (first[0], value)

    def crossing(self, code: str) -> Block | None:
        """What another answer, or the record, says against this one: a contradiction, or a doubt to confirm."""
        return self._crossing.get(code)

    def contradicts(self, code: str) -> bool:
        """Whether this answer and another exclude each other."""
        found = self._crossing.get(code)
        return found is not None and found.kind is BlockKind.CONTRADICTION

    # --- changes: each gives the codes of the fields to show again ---

    def type(self, code: str, text: str) -> set[str]:
        """A person typed or chose; a confirmation of last time's value or of a doubt ends with it."""
        before = self.field(code)
        field = replace(before, text=text, state=None, confirmed_from=None, doubt_confirmed=False)
        if before.state is not None:
            field = replace(field, note="")
        if not text.strip():
            field = replace(field, text="", attribution=None, attribution_text="")
        self.grades.typed(code)
        touched = self._set(code, field)
        if code == SKIN_EXAMINED:
            for sign, answered in self._skin.following(text, self).items():
                touched |= self._set(sign, answered)
        return touched

    def say_state(self, code: str, state: State) -> set[str]:
        """Not done, pending, declined ...: said instead of a value; what was typed comes back when it is taken back."""
        before = self.field(code)
        if before.state is state:
            return self.take_back(code)
        note = before.note if before.state is not None else ""
        return self._set(code, replace(before, state=state, note=note, confirmed_from=None))

    def take_back(self, code: str) -> set[str]:
        """Undo a state; without one, empty the field."""
        before = self.field(code)
        if before.state is not None:
            return self._set(code, replace(before, state=None, note="") if before.text else FieldDraft())
        return self._set(code, FieldDraft())

    def give_cause(self, code: str, cause: str, words: str) -> set[str]:
        """What the finding is taken to be caused by; '' for not said, which reads as POEMS."""
        attribution = Attribution(cause) if cause else None
        text = words if attribution is Attribution.OTHER else ""
        return self._set(code, replace(self.field(code), attribution=attribution, attribution_text=text))

    def give_detail(self, code: str, detail: Detail, text: str) -> set[str]:
        """A laboratory's limit, the assay, the sample's time, a note, or the reason why there is no value."""
        return self._set(code, with_detail(self.field(code), detail, text))

    def confirm_doubt(self, code: str) -> set[str]:
        """The unusual value is right."""
        return self._set(code, replace(self.field(code), doubt_confirmed=True))

    def unchanged(self, row: Row) -> set[str]:
        """Record last time's values again, marked as confirmed today; done once more, take that back."""
        if self.confirmed(row):
            return self._unconfirm(row)
        blank = [code for code in row.codes if self.field(code).is_blank]
        touched: set[str] = set()
        for code in blank or row.codes:
            if code in self.last and self.visible(code):
                self._before[code] = self.field(code)
                touched |= self._set(code, self._again(code))
        return touched

    def unchanged_section(self, plan: SectionPlan) -> set[str]:
        """*Unchanged* for every row of one section that is still blank; done once more, take all of that back.

        What was typed, or said not to be done, stays as it is.
        """
        rows = [row for row in plan.rows if self.can_confirm(row)]
        blank = [row for row in rows if all(self.field(code).is_blank for code in row.codes) and self._has_last(row)]
        if blank:
            self._by_section |= {row.key for row in blank}
        else:
            blank = [row for row in rows if row.key in self._by_section and self.confirmed(row)]
            self._by_section -= {row.key for row in blank}
        return {code for row in blank for code in self.unchanged(row)}

    def _has_last(self, row: Row) -> bool:
        """Whether the row is asked now and has a value of an earlier visit."""
        return any(code in self.last and self.visible(code) for code in row.codes)

    def confirmed(self, row: Row) -> bool:
        """Whether everything in this row was confirmed from an earlier visit."""
        said = [self.field(code) for code in row.codes if not self.field(code).is_blank]
        return bool(said) and all(field.confirmed_from is not None for field in said)

    def can_confirm(self, row: Row) -> bool:
        """Whether there is a value of an earlier visit to confirm."""
        return row.confirmable and not self.read_only and any(code in self.last for code in row.codes)

    def type_head(self, head: Head, text: str) -> None:
        """The visit's own fields; another day changes what *last time* is."""
        self.refusals.pop(head, None)
        if head is Head.SEEN_BY:
            names = tuple(name.strip() for name in re.split(r"[;,\n]", text) if name.strip())
            self.draft = replace(self.draft, seen_by=names)
        elif head is Head.ON:
            self.draft = replace(self.draft, on=text)
            self.rebase(self.file)
        elif head is Head.TIME:
            self.draft = replace(self.draft, time=text)
        else:
            self.draft = replace(self.draft, visit_type=VisitType(text).value)

    def rebase(self, file: PatientFile) -> None:
        """Take the record as it is now: last time's values follow; nothing typed changes."""
        if self.amends:  # what is signed is not evidence beside the version that replaces it
            file = replace(file, encounters=tuple(e for e in file.encounters if e.id != self.encounter.id))
        self.file, self.last, self.previous = file, {}, None
        if self.read_only and self.encounter.state is EncounterState.IN_ERROR:
            return
        here = (self.on, self.encounter.id)
        for encounter in file.counted:
            if encounter.id == self.encounter.id or (encounter.on, encounter.id) >= here:
                continue
            if encounter.kind is self.encounter.kind:
                self.previous = encounter
            for finding in encounter.findings:
                if finding.item in OWN_WORDS and encounter.kind is not self.encounter.kind:
                    continue  # what another profession wrote about its contact is no last time of this one
                if finding.state is State.RECORDED and finding.instance == 0:
                    self.last[finding.item] = (encounter, finding)
        self.around = surroundings(file, self.encounter, self.on, self.thresholds)
        self._crossing = self._cross_checked()

    # --- inside ---

    def _read_day(self) -> tuple[date, str]:
        if self.read_only:
            return self.encounter.on, ""
        return read_day(self.draft.on, self.encounter.on, self.file.patient, self.today)

    def _set(self, code: str, field: FieldDraft) -> set[str]:
        """Put a field in; grades follow their tasks, and what is now said against other fields is shown with them."""
        touched = self._put(code, field)
        for grade, by_tasks in self.grades.following(code, self).items():
            touched |= self._put(grade, by_tasks)
        touched.update(self.grades.deciding(code))
        return touched | self._check_again(code)

    def _put(self, code: str, field: FieldDraft) -> set[str]:
        self.draft = self.draft.with_field(code, field)
        self._read(code)
        return self._family(code)

    def _check_again(self, edited: str) -> set[str]:
        """Where something else is said against a field now; a confirmation of the old words does not cover new ones."""
        before, self._crossing = self._crossing, self._cross_checked()
        changed = {c for c in before.keys() | self._crossing.keys() if before.get(c) != self._crossing.get(c)}
        for code in changed - {edited}:
            if self.field(code).doubt_confirmed and code in self._crossing:
                self._put(code, replace(self.field(code), doubt_confirmed=False))
        return changed

    def _cross_checked(self) -> dict[str, Block]:
        if self.read_only:
            return {}
        found: dict[str, Block] = {}
        for block in all_blocks(self.catalogue, self.known(), self.around):
            first = found.get(block.item)
            if block.kind is not BlockKind.MISSING and (first is None or first.kind is BlockKind.DOUBT):
                found[block.item] = block
        return found

    def _family(self, code: str) -> set[str]:
        """The field and those that appear or go with its answer."""
        touched = {code}
        for child in self.children.get(code, ()):
            touched |= self._family(child)
        return touched

    def _read(self, code: str) -> None:
        for known in (self.findings, self.problems, self.refusals):
            known.pop(code, None)
        item = self.catalogue.items.get(code)
        if item is None:
            return
        finding, problem = read_typed(item, self.field(code), self.today, self.encounter.author or "me")
        if problem:
            self.problems[code] = problem
        elif finding is not None:
            self.findings[code] = finding

    def _again(self, code: str) -> FieldDraft:
        encounter, finding = self.last[code]
        typed = field_of(self.item(code), finding)
        return FieldDraft(
            text=typed.text,
            attribution=typed.attribution,
            attribution_text=typed.attribution_text,
            confirmed_from=encounter.id,
            doubt_confirmed=typed.doubt_confirmed,
        )

    def _unconfirm(self, row: Row) -> set[str]:
        touched: set[str] = set()
        for code in row.codes:
            if self.field(code).confirmed_from is not None:
                touched |= self._set(code, self._before.pop(code, FieldDraft()))
        return touched
