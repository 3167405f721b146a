"""The five tiles: how each letter stands since when, and what of it changed last."""

from collections.abc import Iterator, Sequence
from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.item import Section, lower_first
from poems_registry.catalogue.kinds import Choice
from poems_registry.catalogue.wording import NOT_ASSESSED
from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.findings import STATE_WORDS, State
from poems_registry.domain.records import Encounter, EncounterKind, PatientFile
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.overview.measures import Move, Value, move, onls, values
from poems_registry.ui.screens.record.overview.shown import TileShown
from poems_registry.ui.theme.tokens import Tone

NAMES = {"P": "Polyneuropathy", "O": "Organomegaly", "E": "Endocrinopathy", "M": "Monoclonal", "S": "Skin"}
_WORDS = {"present": "Present", "absent": "Absent", NOT_ASSESSED: "Not assessed"}
_CHANGES = {
    "new": ("circle-alert", Tone.AMBER),
    "worse": ("trending-up", Tone.RED),
    "same": ("equal", Tone.SUB),
    "better": ("trending-down", Tone.GREEN),
    "resolved": ("circle-check", Tone.GREEN),
}
Answer = tuple[date, str]


def tiles(file: PatientFile) -> tuple[TileShown, ...]:
    """P, O, E, M, S, always all five."""
    visits = [e for e in file.counted if e.kind in (EncounterKind.CLINIC, EncounterKind.PHONE)]
    return tuple(_tile(section, visits, file) for section in CATALOGUE.features)


def _tile(section: Section, visits: Sequence[Encounter], file: PatientFile) -> TileShown:
    letter = section.feature
    code = f"{letter.lower()}_status"
    answers = list(_answers(visits, code))
    feature, status, brief = _status(answers)
    icon, tone, change, brief_change = _change(letter, answers, visits, file)
    name = tr(NAMES[letter])
    return TileShown(letter, name, feature, status, brief, icon, tone, change, brief_change, code)


def _answers(visits: Sequence[Encounter], code: str) -> Iterator[Answer]:
    """What was said of a feature, oldest first: a status, or why there is none."""
    for visit in visits:
        finding = visit.finding(code)
        if finding is not None:
            yield visit.on, str(finding.value) if finding.state is State.RECORDED else finding.state.value


def _status(answers: Sequence[Answer]) -> tuple[str, str, str]:
    """The code for the chip, the words, and fewer words: the newest answer, with the day from which it has held."""
    if not answers:
        return "", tr("Not recorded"), tr("Not recorded")
    on, newest = answers[-1]
    if newest not in ("present", "absent"):
        words = tr(_WORDS.get(newest) or STATE_WORDS[State(newest)])
        return NOT_ASSESSED, f"{words}, {show_date(on)}", words
    since = on
    for day, answer in reversed(answers):
        if answer in ("present", "absent") and answer != newest:
            break
        if answer == newest:
            since = day
    month = show_date(PartialDate(since.year, since.month))
    words = tr(_WORDS[newest])
    return newest, tr("{status}, since {month}", status=words, month=month), f"{words}, {since.year}"


Change = tuple[str, Tone, str, str]


def _change(letter: str, answers: Sequence[Answer], visits: Sequence[Encounter], file: PatientFile) -> Change:
    """Icon, tone, words, and fewer words of what is worth knowing next about this letter."""
    known = [(on, answer) for on, answer in answers if answer in ("present", "absent")]
    if answers and answers[-1][1] not in ("present", "absent"):
        return _last_known(known)
    if letter == "P":
        return _measured(onls(file.counted), "ONLS") or _answered(letter, visits)
    if letter == "M":
        return _measured(values(file.counted, "m_protein"), "M-protein", " g/L") or _answered(letter, visits)
    return _answered(letter, visits)


def _last_known(known: Sequence[Answer]) -> Change:
    if not known:
        return "info", Tone.SUB, tr("Never assessed so far"), tr("Never assessed")
    on, answer = known[-1]
    words = tr("Was present") if answer == "present" else tr("Was absent")
    return "info", Tone.SUB, f"{words}, {show_date(on)}", f"{words} {on.year}"


def _measured(known: list[Value], name: str, unit: str = "") -> Change | None:
    if len(known) < 2:
        return None
    moved: Move = move(known)
    before, now = lower_first(known[-2].words), lower_first(known[-1].words)
    steps = now if before == now else tr("{before} to {now}", before=before, now=now)
    brief = steps + (unit if now[-1:].isdigit() else "")
    return (
        moved.icon or "info",
        moved.tone,
        f"{moved.words}: {name} {steps}",
        brief[:1].upper() + brief[1:] if unit else f"{name} {brief}",
    )


def _answered(letter: str, visits: Sequence[Encounter]) -> Change:
    """The newest answer to *since last visit*; without one it is said that nobody wrote it down."""
    for visit in reversed(visits):
        finding = visit.finding(f"{letter.lower()}_change")
        if finding is not None and finding.state is State.RECORDED and finding.value in _CHANGES:
            kind = CATALOGUE.item(finding.item).kind
            words = kind.option(str(finding.value)).label if isinstance(kind, Choice) else str(finding.value)
            icon, tone = _CHANGES[str(finding.value)]
            return icon, tone, f"{words}, {show_date(visit.on)}", f"{words}, {visit.on.year}"
    if not visits:
        return "", Tone.SUB, "", ""
    return "info", Tone.SUB, tr("Change not recorded"), tr("Not recorded")
