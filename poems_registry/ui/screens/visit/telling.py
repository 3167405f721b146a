"""The words of the form: how each row, section and the visit itself is told, from the form's state."""

from datetime import date

from poems_registry.catalogue.book import compute, exact_values
from poems_registry.catalogue.contradictions import SUMS
from poems_registry.catalogue.item import Item, lower_first
from poems_registry.catalogue.kinds import Number, YesNo, show_number
from poems_registry.catalogue.wording import meaning, on_screen
from poems_registry.domain.dates import ago, show_date
from poems_registry.domain.findings import Attribution, Finding, Sign, State
from poems_registry.domain.records import ALLERGY_WORDS, AllergyState, Encounter, VisitType
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.form import VisitForm
from poems_registry.ui.screens.visit.moving import otherwise_than, row_moved, since_last
from poems_registry.ui.screens.visit.rows import Row, SectionPlan, Special, What
from poems_registry.ui.screens.visit.shown import (
    Head,
    HeadShown,
    Progress,
    RowShown,
    SectionShown,
)
from poems_registry.ui.visit_words import VISIT_TYPE_WORDS, beside

CAUSE_WORDS = {Attribution.POEMS: "POEMS", Attribution.OTHER: "Another cause", Attribution.UNCERTAIN: "Uncertain"}
LONGEST_LAST, LONGEST_WORD, LONGEST_UNIT = 140, 11, 8
_PROGRESS_WORDS = {
    Progress.NOTHING: "nothing recorded yet",
    Progress.SOME: "begun",
    Progress.NOT_ASSESSED: "not assessed",
    Progress.DONE: "recorded",
    Progress.PROBLEM: "needs correction",
}


def row_shown(form: VisitForm, row: Row) -> RowShown:
    """A row: last time's value with its own date where that differs from the column's, and what was confirmed."""
    if row.derived:
        return _derived_row(form, row)
    last, last_on = _last_words(form, row)
    return RowShown(
        key=row.key,
        last=last,
        last_on=last_on,
        can_confirm=form.can_confirm(row),
        confirmed=row.confirmable and form.confirmed(row),
        visible=any(form.visible(part.code) for part in row.parts if part.what is not What.TASK),
        moved=row_moved(form, row),
        tasks=tasks_words(form, row),
    )


def tasks_words(form: VisitForm, row: Row) -> str:
    """What the tasks of a row give, or what is missing for it; of a visit that is only read, what they were."""
    if not row.tasks:
        return ""
    answered = [form.item(code) for code in row.tasks if code in form.known()]
    if form.read_only:
        said = _answers(form, answered)
        return f"{row.tasks_called}: {'; '.join(said)}" if said else ""
    derived = form.catalogue.by_tasks[row.codes[0]]
    value = compute(derived, exact_values(form.known().values()))
    if value is None:
        return tr("Not complete: the grade follows when the tasks decide it.") if answered else ""
    grade = form.item(row.codes[0])
    explained = meaning(grade, value)
    words = "The parts add up to {value}" if row.codes[0] in SUMS else "The tasks give {value}"
    given = tr(words, value=show_number(value, derived.kind.decimals))
    return f"{given}, {explained}." if explained else f"{given}."


def _answers(form: VisitForm, items: list[Item]) -> list[str]:
    """`wash and brush hair: affected`, `hip flexion: left 4, right 5`: each name once."""
    told: dict[str, list[str]] = {}
    for item in items:
        finding = form.known()[item.code]
        asked = isinstance(item.kind, YesNo) and finding.value is not None
        value = "yes" if asked and finding.value == "present" else "no" if asked else on_screen(item, finding)
        name, comma, side = item.label.rpartition(", ")
        sided = comma and side in ("left", "right")
        value = lower_first(value)
        told.setdefault(lower_first(name if sided else item.label), []).append(f"{side} {value}" if sided else value)
    return [f"{name}: {', '.join(values)}" for name, values in told.items()]


def section_shown(form: VisitForm, plan: SectionPlan) -> SectionShown:
    """How far a section is, and how it stood last time."""
    progress = _progress(form, plan)
    last = form.last.get(f"{plan.letter.lower()}_status") if plan.letter else None
    words = ""
    if last is not None:
        encounter, finding = last
        words = f"{on_screen(form.item(finding.item), finding)}, {show_date(encounter.on)}"
    return SectionShown(plan.code, progress, f"{plan.title}: {tr(_PROGRESS_WORDS[progress])}", words)


def head_shown(form: VisitForm) -> HeadShown:
    """The visit's own fields."""
    draft = form.draft
    day = form.on
    kind = VisitType(draft.visit_type) if draft.visit_type else None
    on_words = show_date(day) if day == form.today else f"{show_date(day)}, {ago(day, form.today)}"
    return HeadShown(
        on=draft.on,
        on_words=on_words,
        on_problem=form.on_problem or form.refusals.get(Head.ON, ""),
        time=draft.time,
        time_problem=form.time_problem,
        visit_type=draft.visit_type,
        type_words=tr(VISIT_TYPE_WORDS[kind]) if kind is not None else "",
        seen_by="; ".join(draft.seen_by),
        allergies=_allergies(form),
    )


def _allergies(form: VisitForm) -> str:
    """One of the four states in words, what the person is allergic to, and when that was last looked at."""
    patient = form.file.patient
    words = tr(ALLERGY_WORDS[patient.allergy_state])
    known = ", ".join(
        f"{allergy.agent} ({allergy.reaction})" if allergy.reaction else allergy.agent for allergy in patient.allergies
    )
    said = f"{words}: {known}" if known and patient.allergy_state is AllergyState.KNOWN else words
    on = patient.allergies_updated_on
    return f"{said}, {tr('updated {day}', day=show_date(on))}" if on is not None else said


def dated(form: VisitForm, on: date) -> str:
    """`12-Aug-2026, 3m ago`: no value without its date and age (hazard H03)."""
    return f"{show_date(on)}, {ago(on, form.today)}"


def _dated_from(form: VisitForm, encounter: Encounter) -> str:
    """The same, and whose it is where a visit shows what a profession's contact found, or the other way round."""
    kind, own = encounter.kind, form.encounter.kind
    words = dated(form, encounter.on)
    if kind is own or not (kind.is_contact or own.is_contact):
        return words
    return f"{words}, {tr(beside(kind))}"


def _last_words(form: VisitForm, row: Row) -> tuple[str, str]:
    """Last time's values of a row, and their date where it is not that of the last visit."""
    found: list[tuple[Encounter, str]] = []
    if row.key.startswith("cause:"):
        return _last_cause(form, row)
    several = len(row.codes) > 1
    values = [part for part in row.parts if part.what is What.VALUE]
    for part in values:
        if part.code in form.last:
            encounter, finding = form.last[part.code]
            shown = _last_value(form.item(part.code), finding)
            lead = part.lead if several and len(part.lead) == 1 else ""
            found.append((encounter, f"{lead} {lower_first(shown) if lead == '' and found else shown}".strip()))
    if not found:
        return "", ""
    newest = max(found, key=lambda each: (each[0].on, each[0].id))[0]
    words = (" " if all(p.lead and len(p.lead) == 1 for p in values) else ", ").join(
        said for encounter, said in found if encounter.id == newest.id
    )
    own_date = form.previous is None or newest.id != form.previous.id
    return words, _dated_from(form, newest) if own_date else ""


def _last_value(item: Item, finding: Finding) -> str:
    """As on screen; beside its own question an answer is short, and a negative begins with No."""
    if isinstance(item.kind, YesNo):
        if finding.value == "present":
            return tr("Yes")
        return item.no if max(len(word) for word in item.no.split()) <= LONGEST_WORD else tr("No")
    if isinstance(item.kind, Number) and len(item.kind.unit) > LONGEST_UNIT and finding.sign is Sign.EQUAL:
        return item.kind.show(finding.value) if finding.value is not None else ""  # its unit stands in the same row
    return _short(on_screen(item, finding))


def _short(words: str) -> str:
    """The beginning of long words of one's own; a value, a name or a dose is never cut, and is never this long."""
    return words if len(words) <= LONGEST_LAST else words[:LONGEST_LAST].rsplit(" ", 1)[0] + " …"


def _last_cause(form: VisitForm, row: Row) -> tuple[str, str]:
    status = form.last.get(row.parts[0].code)
    if status is None or status[1].value != "present":
        return "", ""
    cause = status[1].attribution
    words = [tr(CAUSE_WORDS[cause]) if cause is not None else tr("Cause not stated")]
    change = form.last.get(row.parts[-1].code)
    if change is not None and change[0].id == status[0].id and row.parts[-1].code != row.parts[0].code:
        words.append(lower_first(on_screen(form.item(change[1].item), change[1])))
    own_date = form.previous is None or status[0].id != form.previous.id
    return ", ".join(words), _dated_from(form, status[0]) if own_date else ""


def _derived_row(form: VisitForm, row: Row) -> RowShown:
    kind = form.catalogue.derived[row.derived].kind
    value, last = form.derived(row.derived), form.derived_last(row.derived)
    needs = form.catalogue.derived[row.derived].needs
    if value is None:
        blank = [lower_first(form.item(need).label) for need in needs if need not in form.known()]
        text, of = "", tr("Not calculated, missing: {items}", items=", ".join(blank)) if blank else tr("Not calculated")
    else:
        top = kind.hard[1]
        scale = tr("of {top}", top=show_number(top)) if kind.whole and kind.better and top <= 200 else kind.unit
        text, of = show_number(value, kind.decimals), scale
    derived = form.catalogue.derived[row.derived]
    unlike = last is not None and otherwise_than(form, derived, last[0]) is not None
    change, tone = ("", "") if value is None or last is None or unlike else moved(kind, value, last[1])
    since = since_last(form, derived)
    if since is not None and since.matters is False:
        tone = "plain" if since.step else tone
    own_date = last is not None and (form.previous is None or last[0].id != form.previous.id)
    return RowShown(
        key=row.key,
        last=show_number(last[1], kind.decimals) if last is not None else "",
        last_on=_dated_from(form, last[0]) if last is not None and own_date else "",
        derived=text,
        derived_of=of,
        change=change,
        change_tone=tone,
        moved=row_moved(form, row),
    )


def moved(kind: Number, now: float, before: float) -> tuple[str, str]:
    """`1 better than last` and its tone: better, worse, same, or plain for a measure without a better side."""
    step = round(now - before, 6)
    if step == 0:
        return tr("same as last"), "same"
    size = show_number(abs(step), kind.decimals)
    if not kind.better:
        return (tr("{size} more than last", size=size) if step > 0 else tr("{size} less than last", size=size)), "plain"
    better = (step < 0) == (kind.better == "lower")
    if better:
        return tr("{size} better than last", size=size), "better"
    return tr("{size} worse than last", size=size), "worse"


def _progress(form: VisitForm, plan: SectionPlan) -> Progress:
    codes = [code for row in plan.rows for code in row.codes if form.visible(code)]
    tasks = [code for row in plan.rows for code in row.tasks if form.visible(code)]
    if any(code in form.problems or form.contradicts(code) for code in (*codes, *tasks)):
        return Progress.PROBLEM
    said = [code for code in codes if code in form.findings]
    if plan.letter:
        status = form.findings.get(f"{plan.letter.lower()}_status")
        if status is None or status.state is not State.RECORDED:
            return Progress.SOME if said else Progress.NOTHING
        return Progress.NOT_ASSESSED if status.value == "not_assessed" else Progress.DONE
    lines = {Special.MEDICINES: form.draft.medicines, Special.ACTIONS: form.draft.actions}.get(plan.special, ())
    if plan.special is Special.MEDICINES:
        return Progress.DONE if said else Progress.SOME if lines else Progress.NOTHING
    return Progress.DONE if said or (plan.special is Special.ACTIONS and lines) else Progress.NOTHING
