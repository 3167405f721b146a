"""The five letters of POEMS in a patient's words: what was found at this visit and how it has changed."""

from dataclasses import dataclass

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.item import Section, lower_first
from poems_registry.catalogue.kinds import YesNo
from poems_registry.catalogue.wording import NOT_ASSESSED, missing_words
from poems_registry.domain.dates import letter_date
from poems_registry.domain.findings import STATE_WORDS, State
from poems_registry.domain.records import Encounter
from poems_registry.letters.result_days import in_table
from poems_registry.letters.told import Said, cause, joined, stops, tell, tell_item
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import Run, Runs, bold, plain

_MANY = 3
NOT_KNOWN, NOT_RECORDED = "Not known", "Not recorded"
SILENT_CHANGES = frozenset({NOT_KNOWN, NOT_RECORDED})
"""A change that could not be judged, and one that nobody wrote down."""

OEDEMA = "oedema"
"""Told with S in patients' letters, although the criteria count it apart (clinic.md)."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One row: letter, plain name, what was found, change since the last visit. `found` is never empty."""

    letter: str
    name: str
    found: Runs
    change: str


def features(visit: Visit) -> tuple[Feature, ...]:
    """P, O, E, M, S in that order, each of them always there."""
    return tuple(_feature(visit, section) for section in CATALOGUE.features)


def _feature(visit: Visit, section: Section) -> Feature:
    return Feature(section.feature, section.plain, _found(visit, section), _change(visit, section))


def _found(visit: Visit, section: Section) -> Runs:
    code = f"{section.feature.lower()}_status"
    status = visit.finding(code)
    answer = visit.answer(code)
    details = _sentences(visit, section, answer)
    if status is not None and answer == "present":
        return plain(_spaced("Present" + cause(status) + ".", details))
    if answer == "absent":
        return plain(_spaced(f"No {lower_first(section.plain)} found.", details))
    if answer == NOT_ASSESSED:
        words = "Not assessed today"
    elif status is None:
        words = "Not recorded"
    else:
        words = missing_words(CATALOGUE.item(code), status)
        words = words[:1].upper() + words[1:]
    last, also = _last(visit, section), f"Recorded today: {details}" if details else ""
    if not last:
        return (*bold(words + "."), *plain(f" {also}" if also else ""))
    return (*bold(words), *plain(_spaced(last + ".", also)))


def _sentences(visit: Visit, section: Section, answer: str) -> str:
    """The section's sentences. "No skin changes found" already says of each sign that it is not there."""
    said = list(tell(visit, section, leave=in_table, assessed=answer == "present"))
    if answer == "absent":
        said = [one for one in said if not (one.bare_no and CATALOGUE.item(one.item).sign)]
    if section.feature == "S":
        said = _skin(visit, section, said)
        oedema = tell_item(visit, CATALOGUE.item(OEDEMA), silence_counts=answer in ("present", "absent"))
        said += [oedema] if oedema else []
    return joined(said)


def _skin(visit: Visit, section: Section, said: list[Said]) -> list[Said]:
    """What is there before what is not; the typical signs that are absent in one sentence if all were recorded.

    The typical ones are the seven that count for the criterion; each takes a cause of its own.
    """
    typical = {item.code for item in section.items if item.own_cause and isinstance(item.kind, YesNo)}
    absent = {one.item for one in said if one.bare_no and one.item in typical}
    ordered = sorted(said, key=lambda one: one.bare_no)
    if len(absent) < _MANY or {visit.answer(code) for code in typical} - {"present", "absent"}:
        return ordered
    other = "" if len(absent) == len(typical) else "other "
    rest = [one for one in ordered if one.item not in absent]
    return [*rest, Said("", f"No {other}skin change of the seven typical of POEMS", bare_no=True)]


def _spaced(*texts: str) -> str:
    return " ".join(text for text in texts if text)


def _last(visit: Visit, section: Section) -> str:
    """` (last: present, enlarged spleen, length 13.8 cm, on 12 August 2026)`, or nothing if it never was assessed."""
    code = f"{section.feature.lower()}_status"
    for encounter in reversed(visit.before):
        status = encounter.finding(code)
        if status is None or status.state is not State.RECORDED or status.value == NOT_ASSESSED:
            continue
        summary = _summary(visit, encounter, section, str(status.value))
        comma = "" if summary == "present" else ","
        return f" (last: {summary}{comma} on {letter_date(encounter.on)})"
    return ""


def _summary(visit: Visit, encounter: Encounter, section: Section, answer: str) -> str:
    if answer == "absent":
        return f"no {lower_first(section.plain)} found"
    return ", ".join(["present", *there(Visit(visit.file, encounter), section)])


def there(visit: Visit, section: Section) -> tuple[str, ...]:
    """The signs of a section that are present, each in its plain words: `enlarged spleen (length 13.8 cm)`."""
    return tuple(lower_first(one.text) for one in tell(visit, section, leave=in_table) if one.present)


def _change(visit: Visit, section: Section) -> str:
    """The recorded change; without an assessment today it is not known, whatever was ticked."""
    letter = section.feature.lower()
    if visit.answer(f"{letter}_status") not in ("present", "absent"):
        return NOT_KNOWN
    item = CATALOGUE.item(f"{letter}_change")
    finding = visit.finding(item.code)
    if finding is None:
        return NOT_RECORDED
    if finding.state is not State.RECORDED or finding.value is None:
        return STATE_WORDS[finding.state]
    return item.kind.show(finding.value)


def other_findings(visit: Visit) -> str:
    """Fluid, eyes, heart, lungs and weight as sentences; swelling is told with S and not again here."""
    section = next(s for s in CATALOGUE.sections if s.code == "other")
    return joined(tell(visit, section, leave=lambda item: OEDEMA in (item.code, item.told_with) or in_table(item)))


def runs_words(runs: Runs) -> str:
    """The words of runs, as the editor shows them."""
    return stops(["".join(run.text for run in runs)])


def as_runs(text: str) -> Runs:
    """An author's own words, literal."""
    return (Run(text),)
