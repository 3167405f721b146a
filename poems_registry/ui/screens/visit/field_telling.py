"""The words of one field: how its text was understood, what is wrong or doubtful, what was recorded beside it."""

from poems_registry.catalogue.contradictions import SUMS
from poems_registry.catalogue.doubting import doubt_of
from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import NOT_DETECTED, Choice, Choices, Day, Number, Text, YesNo
from poems_registry.catalogue.wording import NOT_RECORDED_WORDS, high_or_low, meaning, on_screen
from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.findings import STATE_WORDS, Attribution, Finding, Sign, State
from poems_registry.ui.field_mark import Mark
from poems_registry.ui.field_shown import FieldShown
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.digits import digits_of, hint_of
from poems_registry.ui.screens.visit.form import VisitForm
from poems_registry.ui.screens.visit.skin import SKIN_EXAMINED


def field_shown(form: VisitForm, code: str) -> FieldShown:
    """One field as it stands."""
    item, field, finding = form.item(code), form.field(code), form.findings.get(code)
    mark, words, confirm = _doubtful(form, item, field, finding)
    return FieldShown(
        code=code,
        text=field.text,
        state=field.state,
        state_words=tr(STATE_WORDS[field.state]) if field.state is not None else "",
        reason=field.note if field.state is not None else "",
        meaning=_task_beside(item, field, finding) if code in form.tasks else _beside(form, item, field, finding),
        said=_said(form, item, finding) if form.read_only else "",
        mark=mark,
        words=words,
        confirm_words=confirm,
        visible=form.visible(code),
        cause=field.attribution.value if field.attribution is not None else "",
        cause_words=field.attribution_text,
        cause_asked=form.cause_matters(code),
        details=_details(field),
        limit_low=field.limit_low,
        limit_high=field.limit_high,
        assay=field.assay,
        sample_time=field.sample_time,
        note=field.note if field.state is None else "",
        offered=form.leaflets if isinstance(item.kind, Text) and item.kind.offered else (),
    )


def _doubtful(form: VisitForm, item: Item, field: FieldDraft, finding: Finding | None) -> tuple[Mark, str, str]:
    if form.read_only:
        return Mark.NONE, "", ""
    words = form.problems.get(item.code) or form.refusals.get(item.code, "")
    if words:
        return Mark.ERROR, words[:1].upper() + words[1:] + ("" if words.endswith(".") else "."), ""
    if item.code == SKIN_EXAMINED and form.skin_contradiction:
        return Mark.ERROR, form.skin_contradiction + ".", ""
    if finding is None or finding.state is not State.RECORDED or finding.value is None:
        return Mark.NONE, "", ""
    crossing = form.crossing(item.code)
    if crossing is not None and form.contradicts(item.code):
        return Mark.ERROR, _own_words(item, crossing.words) + ".", ""
    doubt = doubt_of(item, finding) or (_own_words(item, crossing.words) if crossing is not None else "")
    if not doubt or field.doubt_confirmed:
        return Mark.NONE, "", ""
    shown = on_screen(item, finding)
    return Mark.DOUBT, doubt[:1].upper() + doubt[1:] + ".", tr("Yes, {value} is right", value=shown)


def _own_words(item: Item, words: str) -> str:
    """Beside the field its own name is not said again, nor what the button says."""
    said = words.removeprefix(f"{item.label}: ").removesuffix(". Correct it or confirm it")
    return said[:1].upper() + said[1:]


def _task_beside(item: Item, field: FieldDraft, finding: Finding | None) -> str:
    """What the digit means; before one is typed, which digits there are."""
    if field.state is not None:
        return ""
    if finding is not None and finding.value is not None and isinstance(item.kind, Choice | YesNo):
        return item.kind.show(finding.value) if digits_of(item.kind) else ""
    return hint_of(item.kind) if not field.text.strip() else ""


def _beside(form: VisitForm, item: Item, field: FieldDraft, finding: Finding | None) -> str:
    """What stands behind the field: the meaning of a grade, how a text was understood, that nothing is recorded."""
    if field.state is not None:
        return ""
    if isinstance(item.kind, Number):
        words = _number_beside(item, field, finding)
        by_tasks = form.grades.by_tasks(item.code, form)
        if by_tasks and item.code in SUMS:
            return tr("Added up from its parts")
        return (
            tr("{words}, by its tasks", words=words)
            if by_tasks and words
            else tr("By its tasks")
            if by_tasks
            else words
        )
    if isinstance(item.kind, Day) and finding is not None and isinstance(finding.value, PartialDate):
        shown = show_date(finding.value)
        return "" if shown == field.text.strip() else shown
    if isinstance(item.kind, Choice | YesNo | Choices | Text):
        return ""
    return NOT_RECORDED_WORDS if not field.text.strip() else ""


def _number_beside(item: Item, field: FieldDraft, finding: Finding | None) -> str:
    if not field.text.strip():
        return NOT_RECORDED_WORDS
    if finding is None:
        return ""
    words = [meaning(item, finding.value)]
    kind = item.kind
    if isinstance(kind, Number) and finding.reported_unit not in ("", kind.unit):
        words.append(
            tr(
                "{given} {unit} is {value}",
                given=finding.reported,
                unit=finding.reported_unit,
                value=on_screen(item, finding),
            )
        )
    if finding.sign is Sign.BELOW:
        words.append(tr("below {limit}", limit=finding.reported))
    if finding.sign is Sign.ABOVE:
        words.append(tr("above {limit}", limit=finding.reported))
    if finding.reported == NOT_DETECTED:
        words.append(tr("not detected"))
    words.append(_high_or_low(finding))
    said = ", ".join(each for each in words if each)
    return said[:1].upper() + said[1:]


def _high_or_low(finding: Finding) -> str:
    judged = high_or_low(finding)
    return {"high": tr("↑ high"), "low": tr("↓ low")}.get(judged, "")


def _details(field: FieldDraft) -> str:
    """The quiet second line of a result."""
    low, high = field.limit_low.strip(), field.limit_high.strip()
    limits = f"{low} to {high}" if low and high else f"up to {high}" if high else f"from {low}" if low else ""
    note = field.note.strip() if field.state is None else ""
    parts = (
        tr("limits {limits}", limits=limits) if limits else "",
        field.assay.strip(),
        field.sample_time.strip(),
        note,
    )
    said = ", ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def _said(form: VisitForm, item: Item, finding: Finding | None) -> str:
    if finding is None:
        return NOT_RECORDED_WORDS
    words = on_screen(item, finding)
    if finding.state is not State.RECORDED:
        return f"{words}: {finding.note}" if finding.note else words
    explained = meaning(item, finding.value)
    extra = [explained] if explained else []
    if finding.attribution is Attribution.OTHER:
        extra.append(
            tr("another cause: {cause}", cause=finding.attribution_text)
            if finding.attribution_text
            else tr("another cause")
        )
    if finding.attribution is Attribution.UNCERTAIN:
        extra.append(tr("cause uncertain"))
    extra += [_high_or_low(finding)] if _high_or_low(finding) else []
    if finding.confirmed_from is not None:
        source = next((e for e in form.file.encounters if e.id == finding.confirmed_from), None)
        day = show_date(source.on) if source is not None else tr("an earlier visit")
        extra.append(tr("confirmed unchanged from {day}", day=day))
    return f"{words}, {', '.join(extra)}" if extra else words
