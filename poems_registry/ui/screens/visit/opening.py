"""Words around a visit: whom it is about, what signing freezes, why a draft is not opened or a password failed."""

from datetime import date

from poems_registry.domain.criteria import Judgement, verdict_words
from poems_registry.domain.dates import ago, show_date, show_time
from poems_registry.domain.errors import InvalidInput, WrongPassword
from poems_registry.domain.findings import State
from poems_registry.domain.names import formal
from poems_registry.domain.records import EncounterKind, EncounterState, MedicineChange, Patient
from poems_registry.services.visits import OpenVisit
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.identity import Identity, identity_of
from poems_registry.ui.screens.visit.form import VisitForm
from poems_registry.ui.screens.visit.shown import Head, LinkShown, SigningShown, VisitShown
from poems_registry.ui.screens.visit.telling import head_shown
from poems_registry.ui.visit_words import KIND_WORDS, called

_HEAD_LABELS = {Head.ON: "Visit date", Head.TIME: "Time", Head.VISIT_TYPE: "Type", Head.SEEN_BY: "Seen by"}


def short_name(patient: Patient) -> str:
    """`SMITH, Ann`: on buttons that act on one person."""
    return formal(patient.family_name, patient.given_name)


def visit_shown(form: VisitForm, *, may_sign: bool, may_correct: bool = False, newest: bool = True) -> VisitShown:
    """The frame of a visit: everything but its fields. A letter is written from its newest version only."""
    previous = form.previous
    return VisitShown(
        kind=kind_words(form.encounter.kind),
        plans=form.plans,
        last_time=show_date(previous.on) if previous is not None else tr("None") if _has_past(form) else "",
        last_age=ago(previous.on, form.today) if previous is not None else "",
        read_only=form.read_only,
        state_words=_state_words(form),
        may_sign=may_sign,
        signed=form.encounter.state is EncounterState.SIGNED and newest and not form.amends,
        may_correct=may_correct,
        closes=form.encounter.kind.is_contact,
        head=head_shown(form),
    )


def kind_words(kind: EncounterKind) -> str:
    """What a dated contact of this kind is called."""
    return tr(KIND_WORDS[kind])


def signing_shown(form: VisitForm, judgement: Judgement) -> SigningShown:
    """What the password will freeze, or closing a contact will let count: counted and in words."""
    known = list(form.known().values())
    values = sum(f.state is State.RECORDED for f in known)
    confirmed = sum(f.confirmed_from is not None for f in known)
    lines = [
        tr_count("{count} finding recorded", "{count} findings recorded", values)
        + (tr(", {count} of them confirmed as unchanged", count=confirmed) if confirmed else ""),
    ]
    without = len(known) - values
    if without:
        lines.append(
            tr_count("{count} without a value, with the reason", "{count} without a value, with reasons", without)
        )
    kind, contact = called(form.encounter.kind), form.encounter.kind.is_contact
    if not contact:
        lines.append(_medicines_line(form))
    lines.append(tr("Diagnosis on everything recorded: {verdict}", verdict=verdict_words(judgement)))
    patient, day = form.file.patient, show_date(form.on)
    who = short_name(patient)
    close, sign = tr("Close the {kind} of {day}", kind=kind, day=day), tr("Sign the visit of {day}", day=day)
    return SigningShown(
        who=identity_of(patient, form.today, clinical=True),
        title=close if contact else sign,
        lines=tuple(lines),
        reminders=() if contact else _reminders(form),
        button=tr("Close contact for {who}", who=who) if contact else tr("Sign visit for {who}", who=who),
    )


def _has_past(form: VisitForm) -> bool:
    """Whether anything was recorded of this person before."""
    return any(each.id != form.encounter.id for each in form.file.counted)


def _reminders(form: VisitForm) -> tuple[str, ...]:
    """What would stop the letter of this visit, which once signed can only be amended."""
    if "medicines_reviewed" in form.known():
        return ()
    return (tr("The letter will need to say whether medicines were reviewed. Go back to record it."),)


def _medicines_line(form: VisitForm) -> str:
    changed = sum(m.change is not MedicineChange.CONTINUED for m in form.draft.medicines)
    listed = tr_count("{count} medicine listed", "{count} medicines listed", len(form.draft.medicines))
    return listed + (tr(", {count} changed", count=changed) if changed else "")


def problems_of(form: VisitForm, error: InvalidInput) -> tuple[LinkShown, ...]:
    """The service's refusals as links to the fields."""
    found = []
    heads = {str(head): words for head, words in _HEAD_LABELS.items()}
    for code, words in error.problems.items():
        label = tr(heads[code]) if code in heads else form.item(code).label if code in form.catalogue.items else code
        found.append(LinkShown(code, label, words))
    return tuple(found)


def password_words(error: WrongPassword) -> str:
    """The dialog stays open: which of both is wrong is known, the name is one's own."""
    refused = tr("The password is not right. The visit is not signed and the draft is kept.")
    wait = tr_count("Wait {count} second, then try again.", "Wait {count} seconds, then try again.", error.wait_seconds)
    return f"{refused} {wait}" if error.wait_seconds else refused


def somebody_elses(opened: OpenVisit, today: date) -> tuple[str, str]:
    """Others see that a draft exists; only its author goes on with it (decision 18)."""
    saved = opened.saved_at
    since = ""
    if saved is not None:
        local = saved.astimezone()
        day = "" if local.date() == today else f"{show_date(local.date())} "
        since = tr(" It was last saved {when}.", when=f"{day}{show_time(local)}")
    kind, contact = called(opened.encounter.kind), opened.encounter.kind.is_contact
    title = tr("{author} has this {kind} open as a draft", author=opened.encounter.author, kind=kind)
    words = tr("Only the person who began a draft can go on with it. Nothing of it counts until it is signed.")
    if contact:
        words = tr("Only the person who began a draft can go on with it. Nothing of it counts until it is closed.")
    return title, words + since


def nothing_differs(form: VisitForm) -> tuple[str, str]:
    """An amendment that changes nothing makes no version."""
    if form.encounter.kind.is_contact:
        return tr("Nothing differs from the closed version."), tr("There is nothing to close yet.")
    return tr("Nothing differs from the signed version."), tr("There is nothing to sign yet.")


def identity(form: VisitForm) -> Identity:
    """Whom a question is about, as the banner names them."""
    return identity_of(form.file.patient, form.today, clinical=True)


def discard_words(form: VisitForm) -> str:
    """What is given up."""
    if form.amends:
        if form.encounter.kind.is_contact:
            return tr(
                "What you changed is given up. The contact of {day} stays as it is closed.", day=show_date(form.on)
            )
        return tr("What you changed is given up. The visit of {day} stays as it is signed.", day=show_date(form.on))
    typed = len(form.draft.fields)
    said = tr_count("{count} field was filled in.", "{count} fields were filled in.", typed)
    return tr("The draft of {day} will be given up. {said} It is kept as entered in error, and counts nowhere.",
              day=show_date(form.on), said=said)  # fmt: skip


def _state_words(form: VisitForm) -> str:
    encounter = form.encounter
    if encounter.signature is not None and (encounter.state is EncounterState.SIGNED or encounter.closed):
        at, name = encounter.signature.at.astimezone(), encounter.signature.name
        words = "Closed by {name}, {day} {time}" if encounter.closed else "Signed by {name}, {day} {time}"
        return tr(words, name=name, day=show_date(at.date()), time=show_time(at))
    return {
        EncounterState.DRAFT: tr("Draft"),
        EncounterState.RECORDED: tr("Recorded by {name}", name=encounter.author),
        EncounterState.SIGNED: tr("Signed"),
        EncounterState.IN_ERROR: tr("Entered in error: kept, and counted nowhere"),
    }[encounter.state]
