"""From a form to findings and back: what is typed is read by the catalogue, what cannot be right is told in words."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from poems_registry.catalogue.book import Catalogue
from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import Invalid, Number, plain_number
from poems_registry.domain.dates import show_date
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.domain.records import Encounter, Medicine, MedicineChange


@dataclass(frozen=True, slots=True)
class ReadForm:
    """The findings that could be read, and for the rest the words beside the field."""

    findings: tuple[Finding, ...]
    problems: dict[str, str]


def read_form(
    catalogue: Catalogue, draft: VisitDraft, today: date, by: str = "", at: datetime | None = None
) -> ReadForm:
    """Read every field; one bad field never hides another."""
    findings: list[Finding] = []
    problems: dict[str, str] = {}
    for code, typed in draft.fields.items():
        try:
            finding = read_field(catalogue.item(code), typed, today, by, at)
        except Invalid as error:
            problems[code] = str(error)
        else:
            if finding is not None:
                findings.append(finding)
    return ReadForm(tuple(findings), problems)


def read_field(item: Item, typed: FieldDraft, today: date, by: str = "", at: datetime | None = None) -> Finding | None:
    """The finding of one field, None if nothing is recorded in it; Invalid with words if it cannot be right."""
    if typed.state is not None and typed.state is not State.RECORDED:
        return Finding(item.code, None, typed.state, note=typed.note, recorded_by=by, recorded_at=at)
    if not typed.text.strip():
        return None
    value = item.kind.parse(typed.text, today)
    low, high = _limits(item, typed)
    return Finding(
        item=item.code,
        value=value.value,
        sign=value.sign,
        reported=value.reported,
        reported_unit=value.reported_unit,
        limit_low=low,
        limit_high=high,
        assay=typed.assay.strip(),
        specimen=item.specimen,
        sample_time=typed.sample_time.strip(),
        note=typed.note.strip(),
        attribution=typed.attribution,
        attribution_text=typed.attribution_text.strip(),
        confirmed_from=typed.confirmed_from,
        doubt_confirmed_by=by if typed.doubt_confirmed else "",
        recorded_by=by,
        recorded_at=at,
    )


def _limits(item: Item, typed: FieldDraft) -> tuple[float | None, float | None]:
    low = float(plain_number(typed.limit_low)) if typed.limit_low.strip() else None
    high = float(plain_number(typed.limit_high)) if typed.limit_high.strip() else None
    if low is not None and high is not None and low > high:
        raise Invalid(f"{item.label}: the lower limit is above the upper one")
    return low, high


def read_again(
    catalogue: Catalogue, base: Encounter, draft: VisitDraft, today: date, by: str, at: datetime
) -> ReadForm:
    """Read a form that was opened on what is recorded: what stands as it stood is the same finding, whoever looks.

    Findings that no form shows (of items no longer asked, or instances) stay as they are.
    """
    stood = typed_form(catalogue, base).fields
    same = {code for code, typed in draft.fields.items() if stood.get(code) == typed}
    changed = {code: typed for code, typed in draft.fields.items() if code not in same}
    read = read_form(catalogue, replace(draft, fields=changed), today, by, at)
    kept = tuple(f for f in base.findings if f.item in same or not _on_a_form(catalogue, f))
    return ReadForm((*kept, *read.findings), read.problems)


def typed_form(catalogue: Catalogue, encounter: Encounter) -> VisitDraft:
    """A signed or recorded encounter as a form shows it."""
    fields = {f.item: field_of(catalogue.item(f.item), f) for f in encounter.findings if _on_a_form(catalogue, f)}
    return VisitDraft(
        on=show_date(encounter.on),
        time=encounter.time,
        visit_type=encounter.visit_type.value if encounter.visit_type else "",
        seen_by=encounter.seen_by,
        fields=fields,
        medicines=encounter.medicines,
        actions=encounter.actions,
    )


def field_of(item: Item, finding: Finding) -> FieldDraft:
    """The field as it would have been typed, for a form that shows what was recorded."""
    return FieldDraft(
        text=typed_text(item, finding),
        state=None if finding.state is State.RECORDED else finding.state,
        attribution=finding.attribution,
        attribution_text=finding.attribution_text,
        note=finding.note,
        assay=finding.assay,
        limit_low=_plain(finding.limit_low),
        limit_high=_plain(finding.limit_high),
        sample_time=finding.sample_time,
        confirmed_from=finding.confirmed_from,
        doubt_confirmed=bool(finding.doubt_confirmed_by),
    )


def typed_text(item: Item, finding: Finding) -> str:
    """A text that reads back as the same value."""
    if finding.state is not State.RECORDED or finding.value is None:
        return ""
    kind, value = item.kind, finding.value
    if isinstance(kind, Number):
        reported = finding.reported or kind.show(value)
        sign = "" if finding.sign is Sign.EQUAL else finding.sign.value
        unit = f" {finding.reported_unit}" if finding.reported_unit not in ("", kind.unit) else ""
        return f"{sign}{reported}{unit}"
    if isinstance(value, tuple):
        return "|".join(value)
    return kind.show(value) if kind.slot == "date" else str(value)


def carried_medicines(previous: Encounter | None) -> tuple[Medicine, ...]:
    """Last visit's list without what was stopped, offered for review; nothing is continued without being seen."""
    if previous is None:
        return ()
    return tuple(
        Medicine(m.name, m.dose, m.route, MedicineChange.CONTINUED, m.why, "", m.supply)
        for m in previous.medicines
        if m.change is not MedicineChange.STOPPED
    )


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:.10g}"


def _on_a_form(catalogue: Catalogue, finding: Finding) -> bool:
    return finding.instance == 0 and finding.item in catalogue.items
