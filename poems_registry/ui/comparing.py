"""What two encounters say, field by field and in words: two visits side by side, or what an amendment changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from poems_registry.catalogue.book import CATALOGUE, Catalogue
from poems_registry.catalogue.comparable import taken_otherwise
from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import Number
from poems_registry.catalogue.wording import NOT_RECORDED_WORDS, high_or_low, limits_in_own_unit, on_screen
from poems_registry.domain.dates import show_date
from poems_registry.domain.findings import Attribution, Finding, State
from poems_registry.domain.records import Action, Encounter, Medicine
from poems_registry.ui.i18n import tr
from poems_registry.ui.visit_words import VISIT_TYPE_WORDS

VISIT, MEDICINES, ACTIONS, OTHER = "Visit", "Medicines", "Actions", "Other findings"


@dataclass(frozen=True, slots=True)
class Said:
    """What an encounter says about one thing, in words."""

    section: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing, as each of both says it; *Not recorded* where one says nothing."""

    key: str
    section: str
    label: str
    first: str
    second: str
    apart: str = ""
    """Why the two values are no change, where they were taken in different ways."""

    @property
    def differs(self) -> bool:
        """Whether both say something else."""
        return self.first != self.second


def compare(first: Encounter, second: Encounter, catalogue: Catalogue = CATALOGUE) -> tuple[Line, ...]:
    """Everything that at least one of them says, in the order of the form."""
    one, other = said(first, catalogue), said(second, catalogue)
    order = {key: place for place, key in enumerate(_order(catalogue))}
    keys = sorted(dict.fromkeys((*one, *other)), key=lambda key: _place(key, order))
    ways = _apart(first, second, catalogue)
    return tuple(replace(_line(key, one, other), apart=ways.get(key, "")) for key in keys)


def _apart(first: Encounter, second: Encounter, catalogue: Catalogue) -> dict[str, str]:
    """Of each measure that both have but took in different ways: `not comparable: without an aid, with one stick`."""
    then, now = ({f.item: f for f in each.findings if not f.instance} for each in (first, second))
    found = {}
    for code in then.keys() & now.keys() & catalogue.items.keys():
        ways = taken_otherwise(catalogue.item(code), now, then)
        both = all(each[code].state is State.RECORDED for each in (then, now))
        if ways is not None and both:
            found[code] = tr("not comparable: {then}, {now}", then=tr(ways.then), now=tr(ways.now))
    return found


def changes(before: Encounter, after: Encounter, catalogue: Catalogue = CATALOGUE) -> tuple[Line, ...]:
    """Only what differs: old value first."""
    return tuple(line for line in compare(before, after, catalogue) if line.differs)


def said(encounter: Encounter, catalogue: Catalogue = CATALOGUE) -> dict[str, Said]:
    """By key: `on`, `time`, `visit_type`, `seen_by`, an item's code, `medicine:` or `action:` and its words."""
    words = dict(_head(encounter))
    for finding in encounter.findings:
        item = catalogue.items.get(finding.item)
        key = f"{finding.item}#{finding.instance}" if finding.instance else finding.item
        section = catalogue.section_of.get(finding.item)
        title = section.title if section is not None else tr(OTHER)
        words[key] = Said(title, item.label if item is not None else finding.item, finding_words(item, finding))
    words |= _listed("medicine", tr(MEDICINES), ((m.name, _medicine(m)) for m in encounter.medicines))
    words |= _listed("action", tr(ACTIONS), ((a.what, _action(a)) for a in encounter.actions))
    return words


def finding_words(item: Item | None, finding: Finding) -> str:
    """The value, and all that stands beside it: cause, limits, assay, sample time, note."""
    value = on_screen(item, finding) if item is not None else str(finding.value or finding.state.value)
    return ", ".join((value, *_beside(item, finding)))


def _beside(item: Item | None, finding: Finding) -> Iterator[str]:
    if finding.attribution is Attribution.OTHER:
        yield tr("caused by {cause}", cause=finding.attribution_text or tr("something else"))
    elif finding.attribution is Attribution.UNCERTAIN:
        yield tr("cause uncertain")
    if item is not None and isinstance(item.kind, Number) and finding.state is State.RECORDED:
        verdict = high_or_low(finding)
        if verdict:
            yield tr(verdict)
        low, high = limits_in_own_unit(item.kind, finding)
        if low is not None or high is not None:
            yield tr("limits {low} to {high}", low=_number(low), high=_number(high))
    for words in (finding.assay, finding.sample_time, finding.note):
        if words:
            yield words


def _number(limit: float | None) -> str:
    return tr("none") if limit is None else f"{limit:.10g}"


def _head(encounter: Encounter) -> Iterator[tuple[str, Said]]:
    section = tr(VISIT)
    yield "on", Said(section, tr("Visit date"), show_date(encounter.on))
    if encounter.time:
        yield "time", Said(section, tr("Time"), encounter.time)
    if encounter.visit_type is not None:
        yield "visit_type", Said(section, tr("Type"), tr(VISIT_TYPE_WORDS[encounter.visit_type]))
    if encounter.seen_by:
        yield "seen_by", Said(section, tr("Seen by"), "; ".join(encounter.seen_by))


def _listed(kind: str, section: str, lines: Iterable[tuple[str, str]]) -> dict[str, Said]:
    found: dict[str, Said] = {}
    for name, words in lines:
        key, number = f"{kind}:{name.casefold()}", 2
        while key in found:  # the same medicine twice, in two doses
            key, number = f"{kind}:{name.casefold()}#{number}", number + 1
        found[key] = Said(section, name, words)
    return found


def _medicine(medicine: Medicine) -> str:
    parts = (medicine.dose, medicine.route, tr(medicine.change.value), medicine.why, medicine.when, medicine.supply)
    return ", ".join(part for part in parts if part)


def _action(action: Action) -> str:
    return ", ".join(part for part in (tr(action.group.value), action.who, action.by_when) if part)


def _order(catalogue: Catalogue) -> Iterator[str]:
    yield from ("on", "time", "visit_type", "seen_by")
    for section in catalogue.sections:
        for item in section.items:
            yield item.code


def _place(key: str, order: Mapping[str, int]) -> tuple[int, int, str]:
    kind, colon, _ = key.partition(":")
    if colon:
        return (2 if kind == "medicine" else 3), 0, key
    return (0, order.get(key.partition("#")[0], len(order)), key)


def _line(key: str, one: Mapping[str, Said], other: Mapping[str, Said]) -> Line:
    known = one.get(key) or other[key]
    first, second = one.get(key), other.get(key)
    nothing = tr("Not listed") if ":" in key else tr(NOT_RECORDED_WORDS)
    return Line(
        key,
        known.section,
        known.label,
        first.words if first is not None else nothing,
        second.words if second is not None else nothing,
    )
