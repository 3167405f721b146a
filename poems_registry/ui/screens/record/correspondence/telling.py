"""The rows of a record's letters: number, version, for which visit, in which state since when."""

from dataclasses import dataclass
from datetime import date

from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.dates import show_date
from poems_registry.domain.records import Encounter, LetterRecord, LetterState, PatientFile, VisitType
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.theme.tokens import Tone

STATES = {
    LetterState.DRAFT: ("Draft", "file-pen-line", Tone.AMBER),
    LetterState.READY: ("Ready to sign", "signature", Tone.AMBER),
    LetterState.SIGNED: ("Signed, to print", "check", Tone.GREEN),
    LetterState.DISPATCHED: ("Printed and sent", "mail-check", Tone.GREEN),
    LetterState.SUPERSEDED: ("Replaced by a newer version", "history", Tone.SUB),
    LetterState.WITHDRAWN: ("Withdrawn", "ban", Tone.SUB),
}

KINDS = {
    LetterKind.CLINIC: "Clinic letter",
    LetterKind.RESULTS: "Results letter",
    LetterKind.DID_NOT_ATTEND: "Missed appointment",
    LetterKind.FIRST_MISSED: "Missed first appointment",
    LetterKind.REMINDER: "Appointment reminder",
    LetterKind.PROFESSIONAL: "Letter to a colleague",
}
NEW_PATIENT = "New-patient letter"


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One version of one letter."""

    id: int
    kind: str
    number: str
    version: str
    visit: str
    state: str
    icon: str
    tone: Tone
    signed: str
    pages: str
    reason: str


def letter_rows(file: PatientFile) -> tuple[LetterRow, ...]:
    """Newest visit first, of one letter the newest version first."""
    visits = {encounter.id: encounter for encounter in file.encounters}
    days = {number: visit.on for number, visit in visits.items()}
    known = sorted(file.letters, key=lambda each: (days.get(each.encounter_id, date.min), each.version), reverse=True)
    return tuple(_row(each, visits.get(each.encounter_id)) for each in known)


def made_from(letter: LetterRecord, visit: Encounter | None) -> int:
    """The version of its visit a signed letter was made from, where an amendment replaced that one; else 0."""
    if visit is None or letter.signature is None:
        return 0
    number = visit.version_at(letter.signature.at)
    return number if number < visit.version_number else 0


def _kind(letter: LetterRecord, visit: Encounter | None) -> str:
    """New-patient and follow-up letters are one kind: the visit says which of both it was."""
    new = visit is not None and visit.visit_type is VisitType.NEW and letter.kind is LetterKind.CLINIC
    return NEW_PATIENT if new else KINDS[letter.kind]


def _row(letter: LetterRecord, visit: Encounter | None) -> LetterRow:
    words, icon, tone = STATES[letter.state]
    earlier = made_from(letter, visit)
    seen = show_date(visit.on) if visit is not None else tr("Visit not found")
    outdated = bool(earlier) and letter.state in (LetterState.SIGNED, LetterState.DISPATCHED)
    signed = ""
    if letter.signature is not None:
        day = show_date(letter.signature.at.astimezone().date())
        signed = tr("{day} by {name}", day=day, name=letter.signature.name)
    return LetterRow(
        id=letter.id,
        kind=tr(_kind(letter, visit)),
        number=letter.number or tr("No number yet"),
        version=tr("version {number}", number=letter.version),
        visit=tr("{day}, version {number}", day=seen, number=earlier) if earlier else seen,
        state=tr("{state}; the visit was amended since", state=tr(words)) if outdated else tr(words),
        icon="triangle-alert" if outdated else icon,
        tone=Tone.AMBER if outdated else tone,
        signed=signed or tr("Not signed"),
        pages=tr_count("{count} page", "{count} pages", letter.pages) if letter.pages else "",
        reason=letter.reason,
    )
