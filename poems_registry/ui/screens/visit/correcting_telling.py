"""Words around the correction of a signed visit: what it is, why it is asked, what each version changed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.drafting import read_again
from poems_registry.domain.dates import show_date, show_time
from poems_registry.domain.letter_steps import outlived
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Signature, VisitType
from poems_registry.services.visits import OpenVisit
from poems_registry.ui.comparing import Line, changes
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.identity import identity_of
from poems_registry.ui.reasons import Act, ReasonShown
from poems_registry.ui.screens.visit.correcting_shown import ChangeLine, NoteAct, NoteShown, VersionShown, VersionsShown
from poems_registry.ui.screens.visit.form import VisitForm
from poems_registry.ui.screens.visit.opening import identity, short_name
from poems_registry.ui.screens.visit.shown import SigningShown
from poems_registry.ui.visit_words import called

MOST_CHANGES = 8
"""So many are told in the question before signing; all of them stand in the list of versions."""


def note(opened: OpenVisit, *, may_take_back: bool) -> NoteShown | None:
    """What must be known before this visit is read; None for a plain one."""
    encounter = opened.encounter
    if not is_newest(opened):
        cause = tr("This is version {number}, which an amendment replaced.", number=opened.shown_version)
        words = "It is shown exactly as it was signed on {when}."
        if encounter.kind.is_contact:
            words = "It is shown exactly as it was closed on {when}."
        rest = tr(words, when=signed_words(encounter.signature))
        return NoteShown(cause, rest, warns=True, acts=((NoteAct.NEWEST, tr("Show the newest version")),))
    if encounter.state is EncounterState.IN_ERROR:
        acts = ((NoteAct.TAKE_BACK, tr("Count it again…")),) if may_take_back and encounter.signature else ()
        return NoteShown(tr("Entered in error: it counts nowhere."), error_words(encounter), warns=True, acts=acts)
    if opened.amendment is not None:
        return _amending(opened)
    if opened.others:
        return _others(opened)
    if encounter.amended:
        cause = tr("Amended: this is version {number}.", number=encounter.version_number)
        rest = tr("Reason: {reason}", reason=encounter.amend_reason)
        rest = " ".join((rest, *_outlived_letters(opened)))
        return NoteShown(cause, rest, warns=False, acts=((NoteAct.VERSIONS, tr("Versions…")),))
    return None


def _outlived_letters(opened: OpenVisit) -> Sequence[str]:
    """The letters that still tell this visit as it was before."""
    own = (each for each in opened.file.letters if each.encounter_id == opened.encounter.id)
    numbers = [each.number for each in own if outlived(each, opened.encounter)]
    return [tr("Letter {number} tells the earlier version: amend it, too.", number=each) for each in numbers]


def is_newest(opened: OpenVisit) -> bool:
    """Whether what is shown is the version that stands now, and no earlier one."""
    stands = (e.version_number for e in opened.file.encounters if e.id == opened.encounter.id)
    return not opened.shown_version or opened.shown_version >= next(stands, opened.shown_version)


def error_words(encounter: Encounter) -> str:
    """Why, by whom and when it was marked."""
    if not encounter.error_by or encounter.error_at is None:
        return tr("Reason: {reason}", reason=encounter.error_reason)
    return tr(
        "Reason: {reason} ({who}, {when})",
        reason=encounter.error_reason,
        who=encounter.error_by,
        when=_at(encounter.error_at),
    )


def signed_words(signature: Signature | None) -> str:
    """`12-Aug-2026 10:02 by Dr A Rahman`."""
    return tr("{when} by {name}", when=_at(signature.at), name=signature.name) if signature is not None else ""


def reason_shown(act: Act, form: VisitForm) -> ReasonShown:
    """The question why, for each act."""
    name, day = short_name(form.file.patient), show_date(form.encounter.on)
    kind, contact = called(form.encounter.kind), form.encounter.kind.is_contact
    titles = {
        Act.AMEND: tr("Amend the {kind} of {day}", kind=kind, day=day),
        Act.ERROR: tr("Mark the {kind} of {day} as entered in error", kind=kind, day=day),
        Act.TAKE_BACK: tr("Count the {kind} of {day} again", kind=kind, day=day),
    }
    words = _contact_words(form.encounter.version_number) if contact else _visit_words(form.encounter.version_number)
    buttons = {
        Act.AMEND: tr("Amend contact of {who}", who=name) if contact else tr("Amend visit of {who}", who=name),
        Act.ERROR: tr("Entered in error for {who}", who=name),
        Act.TAKE_BACK: tr("Count again for {who}", who=name),
    }
    return ReasonShown(act, identity(form), titles[act], words[act], buttons[act], tr("Reason, kept with it"))


def _contact_words(number: int) -> dict[Act, str]:
    return {
        Act.AMEND: tr(
            "You go on from what is closed. Version {number} stays readable for ever as it was closed; closing it again"
            " makes the next one.",
            number=number,
        ),
        Act.ERROR: tr("It is kept and can be shown, but it counts nowhere from now on."),
        Act.TAKE_BACK: tr("It counts again as it was closed. That it was marked, and why, stays in the audit."),
    }


def _visit_words(number: int) -> dict[Act, str]:
    return {
        Act.AMEND: tr(
            "You go on from what is signed. Version {number} stays readable for ever as it was signed; signing makes"
            " the next one.",
            number=number,
        ),
        Act.ERROR: tr(
            "It is kept and can be shown, but it counts nowhere from now on. Its letters are withdrawn with this"
            " reason; copies that have gone stay noted as gone."
        ),
        Act.TAKE_BACK: tr(
            "It counts again as it was signed. That it was marked, and why, stays in the audit. Its letters stay"
            " withdrawn: write a new one."
        ),
    }


def as_it_would_be(form: VisitForm) -> Encounter:
    """What signing the form now would make of the visit, for telling what changes."""
    draft, now = form.to_sign(), datetime.now(UTC)
    read = read_again(CATALOGUE, form.encounter, draft, form.today, form.encounter.author, now)
    return replace(
        form.encounter,
        on=form.on,
        time=draft.time,
        visit_type=VisitType(draft.visit_type) if draft.visit_type else form.encounter.visit_type,
        seen_by=draft.seen_by,
        findings=read.findings,
        medicines=draft.medicines,
        actions=draft.actions,
    )


def unchanged(form: VisitForm) -> bool:
    """Whether signing the amendment would make a version that says the same."""
    return not changes(form.encounter, as_it_would_be(form))


def amendment_signing(form: VisitForm, signing: SigningShown, reason: str) -> SigningShown:
    """The question before an amendment is signed: why, and each old and new value."""
    lines = changes(form.encounter, as_it_would_be(form))
    told = [tr("{field}: {before} → {after}", field=x.label, before=x.first, after=x.second) for x in lines]
    if len(told) > MOST_CHANGES:
        rest = len(told) - MOST_CHANGES
        told = [*told[:MOST_CHANGES], tr_count("and {count} more field", "and {count} more fields", rest)]
    number, day, kind = form.encounter.version_number + 1, show_date(form.on), called(form.encounter.kind)
    title = tr("Sign version {number} of the visit of {day}", number=number, day=day)
    if form.encounter.kind.is_contact:
        title = tr("Close version {number} of the {kind} of {day}", number=number, kind=kind, day=day)
    return replace(
        signing,
        title=title,
        lines=(tr("Reason: {reason}", reason=reason), *told, signing.lines[-1]),
    )


def versions_shown(form: VisitForm, versions: Sequence[Encounter], today: date) -> VersionsShown:
    """Oldest first in, newest first out, each with what it changed."""
    shown = []
    for place, version in enumerate(versions):
        lines = changes(versions[place - 1], version) if place else ()
        shown.append(
            VersionShown(
                version.version_number,
                signed_words(version.signature),
                version.amend_reason,
                tuple(change_line(line) for line in lines),
                stands=place == len(versions) - 1,
            )
        )
    day = show_date(versions[-1].on)
    who = identity_of(form.file.patient, today, clinical=True)
    title = tr("Versions of the {kind} of {day}", kind=called(form.encounter.kind), day=day)
    return VersionsShown(who, title, tuple(reversed(shown)))


def change_line(line: Line) -> ChangeLine:
    """Old and new value of one field."""
    return ChangeLine(line.label, line.first, line.second)


def can_be_corrected(encounter: Encounter) -> bool:
    """A signed clinic visit or a closed contact is amended or marked; results are corrected where they stand."""
    signed = encounter.kind is EncounterKind.CLINIC and encounter.state is EncounterState.SIGNED
    return signed or encounter.closed


def _amending(opened: OpenVisit) -> NoteShown:
    amendment = opened.amendment
    assert amendment is not None
    until = "You are amending version {number}; it counts until you sign."
    if opened.encounter.kind.is_contact:
        until = "You are amending version {number}; it counts until you close it again."
    cause = tr(until, number=amendment.number)
    rest = tr("Reason: {reason}", reason=amendment.reason)
    if opened.others:
        rest += " " + tr("{author} is amending it too.", author=opened.others[0].author)
    return NoteShown(cause, rest, warns=True, acts=((NoteAct.DISCARD, tr("Discard amendment…")),))


def _others(opened: OpenVisit) -> NoteShown:
    other = opened.others[0]
    since = _at(other.began_at or other.saved_at)
    kind, last = called(opened.encounter.kind), _at(other.saved_at)
    cause = tr("{author} is amending this {kind} since {since}.", author=other.author, kind=kind, since=since)
    rest = tr("What stands counts until then. Last kept {when}.", when=last)
    acts = ((NoteAct.VERSIONS, tr("Versions…")),) if opened.encounter.amended else ()
    return NoteShown(cause, rest, warns=True, acts=acts)


def _at(at: datetime) -> str:
    local = at.astimezone()
    return f"{show_date(local.date())} {show_time(local)}"
