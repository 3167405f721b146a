"""Words for work that was left: whose record, which form, when it was last kept; never what was typed."""

from collections.abc import Sequence
from datetime import date, datetime

from poems_registry.domain.dates import show_date, show_time
from poems_registry.services.form_drafts import CORRECTION, DETAILS, PASTED, RESEARCH_FORMS, RESULTS, LeftForm
from poems_registry.services.open_visits import OpenDraft
from poems_registry.ui.care.shown import What
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.drafts.shown import LeftWork, PromptShown
from poems_registry.ui.visit_words import called

FORMS = {
    DETAILS: "details",
    RESULTS: "results",
    PASTED: "pasted results",
    What.REFERRAL.value: "referral",
    What.ONWARD.value: "onward referral",
    What.MDT.value: "MDT list",
    What.CALL.value: "advice call",
    What.STATUS.value: "status",
} | dict.fromkeys(RESEARCH_FORMS, "research")
"""What the forms are called that are no entry of treatment."""


def left_work(visits: Sequence[OpenDraft], forms: Sequence[LeftForm], today: date) -> tuple[LeftWork, ...]:
    """One's own, newest first."""
    own = [_visit(draft, today) for draft in visits if draft.mine] + [_form(form, today) for form in forms]
    return tuple(sorted(own, key=lambda work: work.saved_at, reverse=True))


def prompt(work: Sequence[LeftWork]) -> PromptShown:
    """For at least one thing that was left."""
    newest = work[0]
    said = tr("{who}, {what}", who=newest.who, what=newest.what)
    others = len(work) - 1
    more = tr_count("{count} more is waiting.", "{count} more are waiting.", others) if others else ""
    rest = tr(
        "Last kept {when}: all you typed until then is here. It counts nowhere until you finish it.", when=newest.when
    )
    return PromptShown(
        cause=tr("You left this open: {what}", what=said),
        rest=f"{rest} {more}".strip(),
        go_on=tr("Go on with {who}", who=newest.who),
        more=tr("All {count} drafts…", count=len(work)) if others else "",
    )


def _visit(draft: OpenDraft, today: date) -> LeftWork:
    day = show_date(draft.on) if draft.on is not None else ""
    kind = tr(called(draft.kind))
    what = tr("{kind} of {day}", kind=kind, day=day)
    if draft.amends:
        what = tr("amendment of the {kind} of {day}", kind=kind, day=day)
    when = _when(draft.saved_at, today)
    return LeftWork(draft.patient, what, when, draft.saved_at, draft.patient_id, draft.encounter_id)


def _form(form: LeftForm, today: date) -> LeftWork:
    key, nobody = form.key, tr("Patient not named") if form.key.form == What.CALL else tr("A new patient")
    who = form.patient or nobody
    what = tr("correction of a result" if key.form.startswith(CORRECTION) else FORMS.get(key.form, "treatment"))
    return LeftWork(who, what, _when(form.saved_at, today), form.saved_at, key.patient_id, form=key.form)


def _when(at: datetime, today: date) -> str:
    local = at.astimezone()
    time = show_time(local)
    return tr("today at {time}", time=time) if local.date() == today else f"{show_date(local.date())} {time}"
