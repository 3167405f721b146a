"""Entries of care as lines in words: what, when, how far, and the one act that is next."""

from collections.abc import Iterable
from datetime import date

from poems_registry.domain import care_words as words
from poems_registry.domain.care import AdviceCall, Entry, MdtEntry, OnwardReferral, Referral, StatusChange
from poems_registry.domain.dates import ago, show_age, show_date
from poems_registry.domain.nhs_number import show as show_nhs_number
from poems_registry.services.clinic_lists import Whose
from poems_registry.ui.care.shown import LineShown, What
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.tokens import Tone

ICONS = {What.REFERRAL: "mail", What.ONWARD: "send", What.MDT: "users", What.CALL: "phone", What.STATUS: "flag"}


def line_of(
    entry: Entry, today: date, *, may_record: bool, decides: bool = True, whose: Whose | None = None
) -> LineShown:
    """One entry; `whose` where the list is of several people. Who `decides` may say what comes of a referral."""
    what, title, texts, state, act = _told(entry)
    if not getattr(entry, "waits", False) or (isinstance(entry, Referral) and not decides):
        act = tr("Open…")
    if entry.error_reason:
        texts = (*texts, tr("Entered in error: {reason}", reason=entry.error_reason))
        state, act = (tr("Entered in error"), "ban", Tone.SUB), ""
    day = show_date(entry.on) if entry.on is not None else ""
    time = getattr(entry, "time", "")
    return LineShown(
        what, entry.id, f"{day} {time}".strip(), ago(entry.on, today) if entry.on is not None else "", title,
        ICONS[what], tuple(text for text in texts if text), *state, act if may_record else "",
        *(whose_words(whose, today) if whose is not None else ("", ())), entry.patient_id or 0,
        bool(entry.error_reason),
    )  # fmt: skip


Told = tuple[What, str, tuple[str, ...], tuple[str, str, Tone], str]


def _told(entry: Entry) -> Told:
    """The kind, the title, the texts, how far it is, and what is next while it waits."""
    match entry:
        case Referral():
            return What.REFERRAL, _referral_title(entry), _referral(entry), _referral_state(entry), tr("Answer…")
        case OnwardReferral():
            return What.ONWARD, _onward_title(entry), _onward(entry), _onward_state(entry), tr("Update…")
        case MdtEntry():
            return What.MDT, tr("MDT meeting"), _mdt(entry), _mdt_state(entry), tr("Record outcome…")
        case AdviceCall():
            return What.CALL, _call_title(entry), _call(entry), _call_state(entry), tr("Follow up…")
        case StatusChange():
            return What.STATUS, _status_title(entry), (entry.reason,), ("", "", Tone.SUB), ""


def whose_words(whose: Whose, today: date) -> tuple[str, tuple[str, ...]]:
    """The name, and the two other things that tell one person from another (nhs.md rule 6)."""
    born = tr("Birth date not known")
    if whose.born is not None:
        born = tr("Born {day}", day=show_date(whose.born))
        if whose.born.earliest() <= today:
            born += f" ({show_age(whose.born, today)})"
    number = (show_nhs_number(whose.nhs_number),) if whose.nhs_number else ()
    return whose.name, (born, *number)


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)


def _label(label: str, text: str) -> str:
    return tr("{label}: {said}", label=label, said=text) if text else ""


def _on(day: date | None) -> str:
    return show_date(day) if day is not None else ""


def _referral_title(entry: Referral) -> str:
    source = _listed((entry.referrer, entry.organisation))
    kind = _listed((tr(words.said(words.ROUTES, entry.route)), tr(words.said(words.URGENCIES, entry.urgency))))
    title = tr("Referred by {source}", source=source)
    return f"{title} ({kind.lower()})" if kind else title


def _referral(entry: Referral) -> tuple[str, ...]:
    answered = _listed((_on(entry.answered_on), entry.answered_by))
    return (
        _label(tr("Contact"), entry.contact),
        _label(tr("Question"), entry.question),
        _label(tr("Answer"), entry.answer),
        _label(tr("Answered"), answered),
    )


def _referral_state(entry: Referral) -> tuple[str, str, Tone]:
    if not entry.outcome:
        urgent = entry.urgency == "urgent"
        return tr("Waits for an answer"), "triangle-alert" if urgent else "clock", Tone.AMBER
    icon = "circle-check" if entry.outcome == "accepted" else "circle-minus"
    return tr(words.said(words.OUTCOMES, entry.outcome)), icon, Tone.GREEN if entry.outcome == "accepted" else Tone.SUB


def _onward_title(entry: OnwardReferral) -> str:
    service = tr(words.said(words.SERVICES, entry.service))
    title = tr("Referred on: {service}", service=_listed((service, entry.to_whom)))
    return f"{title} ({tr(words.said(words.URGENCIES, entry.urgency)).lower()})" if entry.urgency else title


def _onward(entry: OnwardReferral) -> tuple[str, ...]:
    outcome = tr("{day}, {said}", day=_on(entry.outcome_on), said=entry.outcome) if entry.outcome else ""
    return (
        _label(tr("Reason"), entry.reason),
        _label(tr("Made by"), entry.made_by),
        _label(tr("Outcome"), outcome),
    )


def _onward_state(entry: OnwardReferral) -> tuple[str, str, Tone]:
    said = tr(words.said(words.ONWARD_STATES, entry.state))
    since = f"{said} {_on(entry.state_on)}".strip() if entry.state != "made" else tr("Waits to be seen")
    if entry.state == "accepted":
        since = tr("{state}, not seen yet", state=since)
    if entry.waits:
        return since, "clock", Tone.AMBER
    return since, "circle-check" if entry.state == "seen" else "circle-minus", Tone.SUB


def _mdt(entry: MdtEntry) -> tuple[str, ...]:
    return (
        _label(tr("Question"), entry.question),
        _label(tr("Presented by"), entry.presenter),
        _label(tr("Outcome"), entry.outcome),
        _label(tr("Actions"), entry.actions),
    )


def _mdt_state(entry: MdtEntry) -> tuple[str, str, Tone]:
    icons = {"listed": ("clock", Tone.AMBER), "discussed": ("circle-check", Tone.GREEN)}
    return tr(words.said(words.MDT_STATES, entry.state)), *icons.get(entry.state, ("circle-minus", Tone.SUB))


def _call_title(entry: AdviceCall) -> str:
    return tr("Advice to {who}", who=_listed((entry.asked_by, entry.place)))


def _call(entry: AdviceCall) -> tuple[str, ...]:
    return (
        _label(tr("Their number"), entry.contact),
        _label(tr("Question"), entry.question),
        _label(tr("Advice"), entry.advice),
        _label(tr("Given by"), entry.given_by),
        _label(tr("To do"), entry.follow_up),
    )


def _call_state(entry: AdviceCall) -> tuple[str, str, Tone]:
    if entry.waits:
        return tr("To follow up"), "clock", Tone.AMBER
    if entry.followed_on is not None:
        return tr("Followed up {day}", day=_on(entry.followed_on)), "circle-check", Tone.GREEN
    return tr("Nothing to follow up"), "circle-check", Tone.SUB


def _status_title(entry: StatusChange) -> str:
    now = tr(words.said(words.STATUSES, entry.status))
    if not entry.before:
        return tr("Status: {now}", now=now)
    return tr("Status: {now}, before {before}", now=now, before=tr(words.said(words.STATUSES, entry.before)))
