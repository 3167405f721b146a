"""The rows of the list of visits: what kind, when, by whom, how the five letters stood, in which state."""

from dataclasses import dataclass
from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.wording import on_screen
from poems_registry.domain.criteria import Verdict
from poems_registry.domain.dates import ago, show_date
from poems_registry.domain.findings import State
from poems_registry.domain.records import (
    Encounter,
    EncounterKind,
    EncounterState,
    LetterState,
    PatientFile,
)
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.visit_words import KIND_ICONS, KIND_WORDS, VISIT_TYPE_WORDS

_VERDICTS = {
    Verdict.MET: "Criteria met",
    Verdict.NOT_MET: "Not met so far",
    Verdict.CANNOT_TELL: "Cannot tell yet",
}
_LETTERS = {
    LetterState.DRAFT: "Draft",
    LetterState.READY: "Ready to sign",
    LetterState.SIGNED: "Signed",
    LetterState.DISPATCHED: "Sent",
}


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One dated contact. `features` are (letter, status) pairs, empty where none was asked.

    `kind_icon` says together with its word of which kind it is.
    """

    id: int
    on: date
    day: str
    age: str
    kind: str
    features: tuple[tuple[str, str], ...]
    vegf: str
    verdict: str
    state: str
    icon: str
    letter: str
    opens: bool
    in_error: bool = False
    compares: bool = False
    kind_icon: str = ""


def visit_rows(file: PatientFile, today: date) -> tuple[VisitRow, ...]:
    """Newest first; what was entered in error is among them, marked: it is shown on demand only.

    A draft that was given up holds nothing, and is nothing to show. Research results stand under Research only.
    """
    seen = [e for e in file.encounters if not _given_up(e) and e.kind is not EncounterKind.RESEARCH]
    return tuple(_row(e, file, today) for e in reversed(seen))


def _given_up(encounter: Encounter) -> bool:
    if encounter.state is not EncounterState.IN_ERROR or encounter.signature is not None:
        return False
    return encounter.kind is EncounterKind.CLINIC or (encounter.kind.is_contact and not encounter.findings)


def _row(encounter: Encounter, file: PatientFile, today: date) -> VisitRow:
    state, icon = _state(encounter)
    clinic = encounter.kind is EncounterKind.CLINIC
    return VisitRow(
        id=encounter.id,
        on=encounter.on,
        day=show_date(encounter.on) + (f" {encounter.time}" if encounter.time else ""),
        age=ago(encounter.on, today),
        kind=_kind(encounter),
        features=_features(encounter) if clinic else (),
        vegf=_vegf(encounter),
        verdict=_verdict(encounter),
        state=state,
        icon=icon,
        letter=_letter(encounter, file),
        opens=clinic or encounter.kind.is_contact,
        in_error=encounter.state is EncounterState.IN_ERROR,
        compares=can_compare(encounter),
        kind_icon=KIND_ICONS[encounter.kind],
    )


def can_compare(encounter: Encounter) -> bool:
    """A signed visit, or a contact that counts; each is compared with its own kind."""
    signed = encounter.kind is EncounterKind.CLINIC and encounter.state is EncounterState.SIGNED
    return signed or (encounter.kind.is_contact and encounter.state is EncounterState.RECORDED)


def _kind(encounter: Encounter) -> str:
    if encounter.kind is EncounterKind.CLINIC and encounter.visit_type is not None:
        return tr(VISIT_TYPE_WORDS[encounter.visit_type])
    count = tr_count("{count} finding", "{count} findings", len(encounter.findings))
    apart = encounter.kind is EncounterKind.CLINIC or encounter.kind.is_contact
    return tr(KIND_WORDS[encounter.kind]) + ("" if apart else f", {count}")


def _features(encounter: Encounter) -> tuple[tuple[str, str], ...]:
    def status(letter: str) -> str:
        finding = encounter.finding(f"{letter.lower()}_status")
        known = finding is not None and finding.state is State.RECORDED
        return str(finding.value) if finding is not None and known else ("not_assessed" if finding is not None else "")

    return tuple((section.feature, status(section.feature)) for section in CATALOGUE.features)


def _vegf(encounter: Encounter) -> str:
    """What was measured; no contact of a profession is where one looks for it."""
    told = []
    for code, specimen in (("vegf_serum", "serum"), ("vegf_plasma", "plasma")):
        finding = encounter.finding(code)
        if finding is not None:
            item = CATALOGUE.item(code)
            told.append(f"{on_screen(item, finding).removesuffix(chr(0xA0) + item.unit)} {tr(specimen)}")
    return ", ".join(told) or ("" if encounter.kind.is_contact else tr("Not recorded"))


def _verdict(encounter: Encounter) -> str:
    """What signing froze; a visit that was brought in signed has none, and of a contact none is kept."""
    if encounter.verdict is not None:
        return tr(_VERDICTS[Verdict(encounter.verdict.rule_a)])
    return tr("Not judged then") if encounter.state is EncounterState.SIGNED else ""


def _state(encounter: Encounter) -> tuple[str, str]:
    if encounter.state is EncounterState.DRAFT:
        return tr("Draft by {author}", author=encounter.author), "file-pen-line"
    if encounter.state is EncounterState.IN_ERROR:
        who = tr(", {who}", who=encounter.error_by) if encounter.error_by else ""
        return tr("In error: {reason}{who}", reason=encounter.error_reason, who=who), "ban"
    if encounter.signature is not None:
        return _finished(encounter, encounter.signature.name), "check"
    return (tr("From {source}", source=encounter.source) if encounter.source else tr("Recorded")), ""


def _finished(encounter: Encounter, name: str) -> str:
    """Who signed or closed it; an amended one says which version stands, and why it was amended."""
    closed = encounter.closed
    if not encounter.amended:
        return tr("Closed by {name}", name=name) if closed else tr("Signed by {name}", name=name)
    words = "Version {number}, signed by {name}: {reason}"
    if closed:
        words = "Version {number}, closed by {name}: {reason}"
    return tr(words, number=encounter.version_number, name=name, reason=encounter.amend_reason)


def _letter(encounter: Encounter, file: PatientFile) -> str:
    """The newest letter's state; one that was signed before the visit was amended says from which version it is."""
    own = [each for each in file.letters if each.encounter_id == encounter.id and each.state in _LETTERS]
    if own:
        state, signature = tr(_LETTERS[own[-1].state]), own[-1].signature
        made_from = encounter.version_at(signature.at) if signature is not None else encounter.version_number
        older = made_from < encounter.version_number
        return tr("{state}, from version {number}", state=state, number=made_from) if older else state
    return tr("No letter") if encounter.state is EncounterState.SIGNED else ""
