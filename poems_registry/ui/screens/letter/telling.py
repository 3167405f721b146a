"""What the letter desk says: the frame of a letter, its copies and what became of them, the acts that are open."""

from collections.abc import Callable
from datetime import date

from poems_registry.domain.access import Permission
from poems_registry.domain.correspondence import DELIVERED, QUEUED, Delivery, LetterKind, Recipient
from poems_registry.domain.dates import show_date
from poems_registry.domain.letter_steps import COPY, STANDING, outlived
from poems_registry.domain.names import formal
from poems_registry.domain.records import EncounterState, LetterRecord, LetterState, Patient, PatientFile
from poems_registry.services.letters import OpenLetter
from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.letter.shown import CopyShown, LetterShown, OfferShown

May = Callable[[Permission], bool]
STATE_WORDS = {
    LetterState.DRAFT: "draft",
    LetterState.READY: "ready to sign",
    LetterState.SIGNED: "signed",
    LetterState.DISPATCHED: "signed and sent",
    LetterState.SUPERSEDED: "replaced by a newer version",
    LetterState.WITHDRAWN: "withdrawn",
}
TITLES = {
    LetterKind.CLINIC: "Letter {number}",
    LetterKind.RESULTS: "Results letter {number}",
    LetterKind.DID_NOT_ATTEND: "Missed appointment {number}",
    LetterKind.PROFESSIONAL: "To a colleague {number}",
    LetterKind.FIRST_MISSED: "Missed first appointment {number}",
    LetterKind.REMINDER: "Appointment reminder {number}",
}
OTHERS = {
    LetterKind.PROFESSIONAL: "Letter to a colleague",
    LetterKind.RESULTS: "Results letter",
    LetterKind.DID_NOT_ATTEND: "Missed appointment…",
    LetterKind.REMINDER: "Appointment reminder…",
}
DELIVERY = {
    Delivery.WAITING: "Waits to be printed",
    Delivery.PRINTED: "Printed",
    Delivery.GIVEN: "Given",
    Delivery.SENT: "Sent",
    Delivery.WITHDRAWN: "Withdrawn",
}
PRINT, SAVE, HOLD, RELEASE = "print", "save", "hold", "release"
STEPS = {Delivery.GIVEN: "Given", Delivery.SENT: "Sent"}


def frame(opened: OpenLetter, may: May, today: date) -> LetterShown:
    """The frame: number, state in words, recipients, and which acts there are."""
    letter, died = opened.letter, opened.file.patient.died is not None
    signed = letter.signature is not None
    words = tr(STATE_WORDS[letter.state])
    state = tr("version {number}, {state}", number=letter.version, state=words)
    if letter.signature is not None:
        state = tr("{state} {day}", state=state, day=show_date(letter.signature.at.date()))
    standing = _stands(opened)
    return LetterShown(
        title=tr(TITLES[letter.kind], number=letter.number),
        panel=_panel(letter),
        state=state,
        recipients=_recipients(opened),
        size=tr("Print {points} point", points=opened.file.patient.print_size),
        read_only=signed or letter.state is LetterState.WITHDRAWN,
        may_sign=may(Permission.SIGN) and not signed and not opened.blocks,
        sign_buttons=sign_buttons(opened.file),
        signed=signed or letter.state is LetterState.WITHDRAWN,
        may_print=standing and may(Permission.PRINT_LETTERS) and not (died and letter.kind.to_patient),
        may_amend=standing and may(Permission.SIGN),
        copies=tuple(_copy(each, today, may_act=standing and may(Permission.PRINT_LETTERS)) for each in opened.copies),
        acts=_acts(opened, may),
        prints=_prints(opened, today) if standing and may(Permission.PRINT_LETTERS) else "",
        offers=_offers(opened) if may(Permission.RECORD_CLINICAL) else (),
        wording=_wording(opened),
    )


def _panel(letter: LetterRecord) -> str:
    """What heads the acts: a letter that was given up before anybody signed it is not called signed."""
    if letter.signature is not None:
        return tr("Signed letter")
    return tr("Withdrawn, never signed") if letter.state is LetterState.WITHDRAWN else tr("Before signing")


def _prints(opened: OpenLetter, today: date) -> str:
    free = [copy for copy in opened.copies if copy.delivery in QUEUED and not copy.is_held(today)]
    waiting = sum(copy.delivery is Delivery.WAITING for copy in free)
    if waiting:
        return tr_count("Print {count} copy…", "Print {count} copies…", waiting)
    return tr("Print again…") if free else ""


def _offers(opened: OpenLetter) -> tuple[OfferShown, ...]:
    """Address and reason below each name; a copy without an address on record says so."""
    shown = []
    for offer in opened.offers:
        name = offer.line or offer.name
        address = ", ".join(line for line in offer.address if line not in name)
        where = address if offer.address else tr("No address on record.")
        words = "\n".join(filter(None, (where, offer.reason)))
        shown.append(OfferShown(offer.line, name, words, offer.ticked, offer.fixed))
    return tuple(shown)


def with_tick(copies: str, line: str, *, ticked: bool) -> str:
    """The list of copies with this line, or without it; the others stay as they stand."""
    lines = [each.strip() for each in copies.splitlines() if each.strip() and each.strip() != line]
    return "\n".join([*lines, line] if ticked else lines)


def _wording(opened: OpenLetter) -> str:
    """By which template: the one kept with a signed letter, else the one in force."""
    if opened.letter.signature is not None:
        return tr("Template {mark}", mark=opened.kept_template) if opened.kept_template else tr("Built-in wording")
    use = opened.wording
    return tr("Template version {number}", number=use.version) if use.own else tr("Built-in wording")


def template_warning(opened: OpenLetter) -> Message | None:
    """That the clinic's own template cannot be used for an unsigned letter, and what is printed instead."""
    use = opened.wording
    if not use.problems or opened.letter.signature is not None:
        return None
    cause = tr("The clinic's template, version {number}, cannot be used.", number=use.version)
    rest = tr("The built-in wording is printed instead. {problem} See Admin, Letters.", problem=use.problems[0])
    return Message(cause, rest)


def amended_visit(opened: OpenLetter) -> Message | None:
    """That the visit was amended after this letter was signed: what it says is not what the record says now."""
    letter, visit = opened.letter, opened.encounter
    if not outlived(letter, visit) or visit.signature is None:
        return None
    visited, on = show_date(visit.on), show_date(visit.signature.at.astimezone().date())
    cause = tr("The visit of {visited} was amended on {on}, after this letter was signed.", visited=visited, on=on)
    rest = tr("It still tells the visit as it was before. Amend the letter; until then let no copy of it leave.")
    if letter.state is LetterState.DISPATCHED:
        rest = tr("What was sent tells the visit as it was before. Amend the letter, and send the new version.")
    return Message(cause, rest)


def _stands(opened: OpenLetter) -> bool:
    """Whether a copy may leave: of a letter that was replaced or withdrawn, or whose visit was an error, none does."""
    return opened.letter.state in STANDING and opened.encounter.state is not EncounterState.IN_ERROR


def _recipients(opened: OpenLetter) -> str:
    letter = opened.letter
    if letter.withdrawn_because:
        return tr("Withdrawn: {why}", why=letter.withdrawn_because)
    copies = next((part.words for part in opened.parts if part.key == "copies"), "")
    names = copies.replace("\n", "; ") or tr("nobody")
    if letter.not_for_patient:
        return tr("Not for the patient: {why}. Copies: {names}", why=letter.not_for_patient, names=names)
    to = tr("To the patient.") if letter.kind.to_patient else tr("To a colleague.")
    return f"{to} " + tr("Copies: {names}", names=names)


def _copy(copy: Recipient, today: date, *, may_act: bool) -> CopyShown:
    """`Sent 20-Nov-2026 by Sister J Okoro`; the next steps only while the letter stands."""
    words = tr(DELIVERY[copy.delivery])
    if copy.at is not None:
        day = show_date(copy.at.astimezone().date())
        words = tr("{what} {day} by {name}", what=words, day=day, name=copy.by)
    if copy.note:
        words = f"{words}: {copy.note}"
    held = copy.is_held(today)
    if held:
        words = f"{words}. {_held(copy)}"
    acts = _steps(copy, held=held) if may_act else ()
    return CopyShown(copy.id, copy.name, words, copy.delivery in DELIVERED, acts)


def _held(copy: Recipient) -> str:
    until = tr(" until {day}", day=show_date(copy.held_until)) if copy.held_until is not None else ""
    return tr("Held{until} by {name}: {why}", until=until, name=copy.held_by, why=copy.held_because)


def _steps(copy: Recipient, *, held: bool) -> tuple[tuple[str, str], ...]:
    """What may follow. A file that was saved is no print: it is noted as one when somebody has seen the paper."""
    if held:
        return ((RELEASE, tr("Release")),)
    acts = [(step.value, tr(STEPS[step])) for step in STEPS if step in COPY[copy.delivery]]
    if copy.delivery not in QUEUED:
        return tuple(acts)
    again = copy.delivery is Delivery.PRINTED
    files = ((PRINT, tr("Print again…") if again else tr("Print…")), (SAVE, tr("Save PDF…")))
    return (*files, *acts, (HOLD, tr("Hold…")))


def _acts(opened: OpenLetter, may: May) -> tuple[tuple[str, str], ...]:
    letter, died = opened.letter, opened.file.patient.died is not None
    record, signed = may(Permission.RECORD_CLINICAL), letter.signature is not None
    acts: list[tuple[str, str]] = []
    if record and letter.state is LetterState.DRAFT:
        acts.append(("ready", tr("Ready to be signed")))
    if record and letter.state in (LetterState.DRAFT, LetterState.READY):
        acts.append(("not_for_patient", tr("Not for the patient…")))
        acts.append(("withdraw", tr("Give up this letter…")))
    if _stands(opened):
        if may(Permission.PRINT_LETTERS) and not (died and letter.kind.to_patient):
            acts.append(("pdf", tr("Save as PDF…")))
        if letter.kind is LetterKind.CLINIC and not died and may(Permission.PRINT_LETTERS):
            acts.append(("plain", tr("In plain words…")))
        if may(Permission.PRINT_LETTERS) and not (died and letter.kind.to_patient):
            acts.append(("readable", tr("For a screen reader…")))
        if may(Permission.SIGN):
            acts.append(("withdraw", tr("Withdraw…")))
    if record and (signed or letter.not_for_patient):  # the gate says: write to a colleague instead
        kinds = [kind for kind in OTHERS if not ((died or not signed) and kind.to_patient)]
        acts += [(kind.value, tr(OTHERS[kind])) for kind in kinds]
    return tuple(acts)


def short_name(patient: Patient) -> str:
    """`SMITH, Ann`."""
    return formal(patient.family_name, patient.given_name)


def sign_buttons(file: PatientFile) -> tuple[str, ...]:
    """The button's words, longest first: it names the patient, and is never cut."""
    full, family = short_name(file.patient), file.patient.family_name.upper()
    return (
        tr("Sign letter for {name}…", name=full),
        tr("Sign for {name}…", name=full),
        tr("Sign for {name}…", name=family),
        tr("Sign letter…"),
    )


def file_name(letter: LetterRecord, form: str = "") -> str:
    """A name that tells nobody's name."""
    return f"letter-{letter.number}-v{letter.version}{form or '.pdf'}"
