"""The catalogue: look an item up, read typed texts, complete with what is derived."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from poems_registry.catalogue.contact_forms import ALSO, CONTACT_PAGES, ContactPage
from poems_registry.catalogue.item import Derived, Item, Section
from poems_registry.catalogue.kinds import Invalid, Number, Typed
from poems_registry.catalogue.sections.contact import CONTACT
from poems_registry.catalogue.sections.endocrine import ENDOCRINE
from poems_registry.catalogue.sections.hormones import HORMONES
from poems_registry.catalogue.sections.laboratory import BLOOD
from poems_registry.catalogue.sections.monoclonal import MONOCLONAL
from poems_registry.catalogue.sections.neuropathy import NEUROPATHY
from poems_registry.catalogue.sections.organs import ORGANS
from poems_registry.catalogue.sections.other_features import OTHER
from poems_registry.catalogue.sections.research import RESEARCH
from poems_registry.catalogue.sections.scores import SCORES
from poems_registry.catalogue.sections.skin import SKIN
from poems_registry.catalogue.sections.visit import PLAN, VISIT
from poems_registry.domain.errors import InvalidInput
from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.domain.records import EncounterKind


class UnknownItem(InvalidInput):
    """A code that is no item of this catalogue."""

    def __init__(self, code: str) -> None:
        super().__init__({code: "is not an item of this registry"})


@dataclass(frozen=True)
class Catalogue:
    """All sections, in the order of the form."""

    sections: tuple[Section, ...]

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by its code, and by its former codes."""
        every = [item for section in self.sections for item in section.items]
        return {item.code: item for item in every} | {old: item for item in every for old in item.formerly}

    @cached_property
    def derived(self) -> Mapping[str, Derived]:
        """Every derived item by its code."""
        return {d.code: d for section in self.sections for d in section.derived}

    @cached_property
    def section_of(self) -> Mapping[str, Section]:
        """The section an item stands in."""
        own = {item.code: s for s in self.sections for item in s.items}
        return own | {d.code: s for s in self.sections for d in s.derived}

    @cached_property
    def features(self) -> tuple[Section, ...]:
        """The five sections P, O, E, M, S in that order."""
        by_letter = {s.feature: s for s in self.sections if s.feature}
        return tuple(by_letter[letter] for letter in "POEMS")

    def item(self, code: str) -> Item:
        """The item of a code; UnknownItem if there is none."""
        try:
            return self.items[code]
        except KeyError:
            raise UnknownItem(code) from None

    def sections_for(self, kind: EncounterKind, held: Iterable[str] = ()) -> tuple[Section, ...]:
        """The sections that the form of this kind of encounter shows.

        A contact's form has the pages of its profession, and one more for what it holds (`held`) beyond them.
        """
        if kind not in CONTACT_PAGES:
            return tuple(s for s in self.sections if kind in s.kinds)
        pages = CONTACT_PAGES[kind]
        asked = {code for page in pages for code in page.items} | self._tasks
        rest = tuple(dict.fromkeys(code for code in held if code in self.items and code not in asked))
        return tuple(self._page(page) for page in (*pages, *((replace(ALSO, items=rest),) if rest else ())))

    def _page(self, page: ContactPage) -> Section:
        items = tuple(self.items[code] for code in page.items if code in self.items)
        known = {item.code for item in items}
        derived = tuple(d for d in self.derived.values() if set(d.needs) <= known and not d.grade)
        return Section(page.code, page.title, items, derived, short=page.short)

    @cached_property
    def _tasks(self) -> set[str]:
        return {code for derived in self.by_tasks.values() for code in derived.asked}

    def parse(self, code: str, text: str, today: date) -> Typed:
        """What a typed text means for an item; Invalid with words to show beside the field."""
        return self.item(code).kind.parse(text, today)

    def read(self, texts: Mapping[str, str], today: date) -> tuple[Finding, ...]:
        """Recorded findings from typed texts; blank texts are not recorded. All problems are raised at once."""
        problems: dict[str, str] = {}
        findings: list[Finding] = []
        for code, text in texts.items():
            if not text.strip():
                continue
            try:
                typed = self.parse(code, text, today)
            except Invalid as error:
                problems[code] = str(error)
            else:
                findings.append(finding_of(code, typed))
        if problems:
            raise InvalidInput(problems)
        return tuple(findings)

    def compute(self, findings: Iterable[Finding]) -> dict[str, float]:
        """Derived values by code; one with a missing, unrecorded or censored part is left out, never guessed."""
        known = exact_values(findings)
        computed = {d.code: compute(d, known) for d in self.derived.values()}
        return {code: value for code, value in computed.items() if value is not None}

    @cached_property
    def by_tasks(self) -> Mapping[str, Derived]:
        """What follows from task answers, by the code of the grade it stands for."""
        return {d.grade: d for d in self.derived.values() if d.grade}


def exact_values(findings: Iterable[Finding]) -> dict[str, float | str]:
    """The recorded answers and uncensored numbers, by item: what can be computed with."""
    return {
        f.item: f.value
        for f in findings
        if f.state is State.RECORDED and f.sign is Sign.EQUAL and isinstance(f.value, float | str) and f.instance == 0
    }


def compute(derived: Derived, known: Mapping[str, float | str]) -> float | None:
    """One derived value; None while a part of it is missing or does not decide."""
    if not all(need in known for need in derived.needs):
        return None
    parts = (*(known[need] for need in derived.needs), *(known.get(code) for code in derived.optional))
    value = derived.formula(*parts)
    return None if value is None else float(value)


def finding_of(code: str, typed: Typed) -> Finding:
    """A recorded finding from what was typed."""
    return Finding(code, typed.value, sign=typed.sign, reported=typed.reported, reported_unit=typed.reported_unit)


def unit_of(item: Item | Derived) -> str:
    """The canonical unit or nothing."""
    return item.kind.unit if isinstance(item.kind, Number) else ""


CATALOGUE = Catalogue(
    (VISIT, NEUROPATHY, ORGANS, ENDOCRINE, MONOCLONAL, SKIN, OTHER, SCORES, BLOOD, HORMONES, RESEARCH, PLAN, CONTACT)
)
