"""How a measure moved since last time and since the baseline, in words, and whether that matters (clinical.md 2.1)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from poems_registry.catalogue.book import compute, exact_values
from poems_registry.catalogue.change import Change, change_of, change_of_derived
from poems_registry.catalogue.comparable import Ways, taken_otherwise
from poems_registry.catalogue.item import Derived, Item
from poems_registry.catalogue.kinds import Number, show_number
from poems_registry.domain.dates import show_date
from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.domain.records import Encounter
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.form import VisitForm
from poems_registry.ui.screens.visit.rows import Row

SETTING: Final = {"onls_total": "onls_change", "incat_total": "incat_change"}
"""Totals whose important change is a setting of the clinic (clinical.md 9.21)."""


def row_moved(form: VisitForm, row: Row) -> str:
    """Of each measured value in a row: how it moved. Parts of a total are silent: the total speaks for them."""
    if row.derived:
        return _derived_moved(form, form.catalogue.derived[row.derived])
    said = []
    for part in row.parts:
        if part.code in row.codes:
            words = _item_moved(form, part.code)
            said += [f"{part.lead} {words}" if words and len(part.lead) == 1 else words]
    told = "; ".join(words for words in said if words)
    return told[:1].upper() + told[1:]


def since_last(form: VisitForm, derived: Derived) -> Change | None:
    """How a computed value moved since the last visit that has it; None also where the two cannot be compared."""
    last = form.derived_last(derived.code)
    if last is None or otherwise_than(form, derived, last[0]) is not None:
        return None
    return _derived_change(form, derived, last[0])


def baseline_of(form: VisitForm, values: list[tuple[Encounter, float]]) -> tuple[Encounter, float] | None:
    """The newest value up to the first treatment; without one, or without treatment, the first of all."""
    starts = [line.start.earliest() for line in form.file.lines if line.number > 0 and line.start is not None]
    begun = min(starts) if starts else date.min
    untreated = [each for each in values if each[0].on <= begun]
    return untreated[-1] if untreated else values[0] if values else None


def _item_moved(form: VisitForm, code: str) -> str:
    kind, now = form.item(code).kind, _exact(form.known().get(code))
    if not isinstance(kind, Number) or not kind.better or form.item(code).lab or now is None:
        return ""
    if any(not form.catalogue.derived[d].grade for d in form.derived_from.get(code, ())):
        return ""
    values = [(e, v) for e in _before(form) if (v := _exact(e.finding(code))) is not None]
    if not values:
        return ""
    since, (newest, before) = [], values[-1]
    otherwise = _not_comparable(form, form.item(code), newest, tr("last"))
    if otherwise:
        since.append(otherwise)
    elif now != before:
        since.append(_since(kind, change_of(kind, now, before), tr("last")))
    first = baseline_of(form, values)
    if first is not None and first[0].id != newest.id:
        otherwise = _not_comparable(form, form.item(code), first[0], _baseline(first[0]))
        since.append(otherwise or _since(kind, change_of(kind, now, first[1]), _baseline(first[0])))
    return "; ".join(since)


def otherwise_than(form: VisitForm, measure: Item | Derived, encounter: Encounter) -> Ways | None:
    """How a value of this visit and one of an earlier visit were taken, where they cannot be compared."""
    then = {finding.item: finding for finding in encounter.findings if not finding.instance}
    return taken_otherwise(measure, form.known(), then)


def _not_comparable(form: VisitForm, measure: Item | Derived, encounter: Encounter, what: str) -> str:
    """`not comparable with last: with one stick today, without an aid then`."""
    ways = otherwise_than(form, measure, encounter)
    if ways is None:
        return ""
    return tr("not comparable with {what}: {now} today, {then} then", what=what, now=tr(ways.now), then=tr(ways.then))


def _derived_moved(form: VisitForm, derived: Derived) -> str:
    """The move since last stands in the row's mark; here is whether it matters, and the move since the baseline."""
    if form.derived(derived.code) is None or not derived.kind.better:
        return ""
    known = ((e, compute(derived, exact_values(e.findings))) for e in _before(form))
    values = [(encounter, value) for encounter, value in known if value is not None]
    first, said = baseline_of(form, values), []
    last, before = since_last(form, derived), form.derived_last(derived.code)
    if before is not None:
        said.append(_not_comparable(form, derived, before[0], tr("last")))
    if last is not None and last.step:
        said.append(tr("The change since last is {size}", size=_matters(last)) if _matters(last) else "")
    if first is not None and first[0].id != values[-1][0].id:
        said.append(_not_comparable(form, derived, first[0], _baseline(first[0])))
        change = _derived_change(form, derived, first[0])
        said += [_since(derived.kind, change, _baseline(first[0]))] if change is not None and not said[-1] else []
    words = "; ".join(each for each in said if each)
    return words[:1].upper() + words[1:]


def _derived_change(form: VisitForm, derived: Derived, encounter: Encounter) -> Change | None:
    setting = SETTING.get(derived.code)
    if setting is not None:
        derived = replace(derived, kind=replace(derived.kind, mic=getattr(form.thresholds, setting)))
    now = {need: v for need in derived.needs if (v := _exact(form.known().get(need))) is not None}
    then = {need: v for need in derived.needs if (v := _exact(encounter.finding(need))) is not None}
    return change_of_derived(derived, now, then)


def _before(form: VisitForm) -> Iterator[Encounter]:
    """The encounters that count before this one, oldest first."""
    here = (form.on, form.encounter.id)
    return (e for e in form.file.counted if e.id != form.encounter.id and (e.on, e.id) < here)


def _exact(finding: Finding | None) -> float | None:
    if finding is None or finding.state is not State.RECORDED or finding.sign is not Sign.EQUAL:
        return None
    return finding.value if isinstance(finding.value, float) else None


def _baseline(encounter: Encounter) -> str:
    return tr("baseline {day}", day=show_date(encounter.on))


def _since(kind: Number, change: Change, what: str) -> str:
    if change.step == 0:
        return tr("same as {what}", what=what)
    size = show_number(abs(change.step), kind.decimals)
    way = {"better": tr("better than"), "worse": tr("worse than")}.get(change.tone, tr("away from"))
    matters = _matters(change)
    return f"{size} {way} {what}" + (f" ({matters})" if matters else "")


def _matters(change: Change) -> str:
    if change.matters is None:
        return ""
    return tr("important") if change.matters else tr("small")
