"""The plain-words form: the same signed clinic letter told again in short sentences, nothing new in it (decision 7)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.item import Section as Feature
from poems_registry.catalogue.item import lower_first
from poems_registry.catalogue.kinds import Number
from poems_registry.catalogue.wording import as_reported, number_words
from poems_registry.domain.dates import NO_BREAK_SPACE, letter_date
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.domain.records import (
    ClinicProfile,
    Encounter,
    LetterRecord,
    Medicine,
    MedicineChange,
    PatientFile,
)
from poems_registry.letters import closing
from poems_registry.letters.arranging import headed
from poems_registry.letters.built_in import built_in
from poems_registry.letters.features import there
from poems_registry.letters.gluing import glue
from poems_registry.letters.identity import envelope, footer, greeting, letter_day, letter_number
from poems_registry.letters.kinds import parts
from poems_registry.letters.medicines import NOT_REVIEWED, listed
from poems_registry.letters.parts import FEATURE_PARTS, Part, printed_actions
from poems_registry.letters.placeholders import values_of
from poems_registry.letters.result_days import When
from poems_registry.letters.standing import Standing
from poems_registry.letters.template import OWN, Section, Template, Wording, filled
from poems_registry.letters.template_form import PLAIN_WORDS
from poems_registry.letters.told import cause
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import LARGEST, Block, Document, Heading, Paragraph, plain, words

FORM = "plain_words"
SMALLEST_SIZE = 14
"""Points: what is meant to be easy to read is never set smaller (UKAAF clear print)."""

_TITLES = {
    "poems": "What POEMS is",
    "features": "How you are",
    "results": "Your blood results",
    "medicines": "Your medicines",
    "actions_you": "What you can do",
    "actions_gp": "What your GP will do",
    "actions_hospital": "What we will do",
}
"""Where a template gives none."""

TOLD = ("vegf_serum", "vegf_plasma", "m_protein", "flc_lambda", "flc_kappa", "platelets", "haemoglobin")
MARKERS = {
    "vegf_serum": "VEGF (a blood marker of POEMS)",
    "vegf_plasma": "VEGF in plasma (a blood marker of POEMS)",
    "m_protein": "The abnormal protein (made by the plasma cells)",
    "flc_lambda": "Lambda light chains (pieces of antibody)",
    "flc_kappa": "Kappa light chains (pieces of antibody)",
    "platelets": "Platelets (blood cells that form clots)",
    "haemoglobin": "Haemoglobin (carries oxygen in the blood)",
}
_CHANGED = {
    MedicineChange.STARTED: "You started",
    MedicineChange.CHANGED: "Changed:",
    MedicineChange.STOPPED: "You stopped",
}
_CHANGES = {
    "Better": " It is better than last time.",
    "Same": " It is the same as last time.",
    "Worse": " It is worse than last time.",
}


def plain_words(
    file: PatientFile,
    encounter: Encounter,
    clinic: ClinicProfile,
    standing: Standing | None = None,
    *,
    letter: LetterRecord,
    now: datetime,
    template: Template | None = None,
) -> Document:
    """A signed clinic letter in plain words, at 14 points or more. NotAllowedNow for someone who has died.

    `template` is that of the plain words, by default the program's own.
    """
    if file.patient.died is not None:
        raise NotAllowedNow("This person has died, so no letter can be addressed to them. Nothing was written or sent.")
    visit = Visit(file, encounter)
    made = {part.key: part for part in parts(file, encounter, clinic, letter, standing)}
    wording = Wording(template or built_in(PLAIN_WORDS), values_of(visit, clinic, letter))
    day = letter_day(letter, clinic, now)
    blocks: list[Block] = [
        Heading(wording.title, level=1),
        Paragraph(plain(f"{greeting(file.patient)},"), leads=True),
        *_said(wording.sentence("opening")),
    ]
    for section in wording.template.body:
        blocks += _section(section, visit, made, wording, letter, clinic)
    blocks += _said(wording.sentence("closing"))
    return Document(
        title=f"POEMS clinic letter of {letter_date(day)} in plain words, {letter_number(letter)}".replace(
            NO_BREAK_SPACE, " "
        ),
        author=clinic.name,
        subject="Clinic letter in plain words",
        created=letter.signature.at if letter.signature else now,
        blocks=tuple(glue(block) for block in blocks),
        footer=footer(file.patient, letter, clinic, day),
        envelope=envelope(file.patient, letter, clinic, day),
        size=min(max(file.patient.print_size, SMALLEST_SIZE), LARGEST),
        draft=letter.signature is None,
    )


def _section(
    section: Section,
    visit: Visit,
    made: dict[str, Part],
    wording: Wording,
    letter: LetterRecord,
    clinic: ClinicProfile,
) -> tuple[Block, ...]:
    """A heading and a paragraph for each sentence; nothing where there is nothing to say."""
    key = section.part
    if key in ("next", "safety", "summary"):
        return headed(replace(made[key], heading=section.title or ("" if key == "summary" else made[key].title)))
    told: dict[str, Callable[[], Sequence[str]]] = {
        OWN: lambda: filled(section.words, wording.values).splitlines(),
        "about": lambda: [_what_this_is(letter, clinic, wording)],
        "poems": lambda: [wording.sentence("poems")],
        "features": lambda: _features(visit, made, wording),
        "results": lambda: _results(visit),
        "medicines": lambda: _medicines(visit),
        "actions_you": lambda: _asked(made, key) or [wording.sentence("nothing_asked")],
    }
    sentences = [each for each in told.get(key, lambda: _asked(made, key))() if each.strip()]
    title = section.title or _TITLES.get(key, "")
    heading = (Heading(title),) if title and sentences else ()
    return (*heading, *(block for each in sentences for block in _said(each)))


def _said(sentence: str) -> tuple[Block, ...]:
    return (Paragraph(plain(sentence)),) if sentence else ()


def _what_this_is(letter: LetterRecord, clinic: ClinicProfile, wording: Wording) -> str:
    """Which letter it retells and who signed that one; without a signature of its own."""
    name, *_ = closing.signed(letter, clinic)
    signed = f" {name}." if letter.signature is not None else ""
    return f"{wording.sentence('about')}{signed}"


def _features(visit: Visit, made: dict[str, Part], wording: Wording) -> list[str]:
    """One sentence or two for each of the five; what was found in detail stands in the full letter."""
    five = zip(CATALOGUE.features, (made[key] for key in FEATURE_PARTS), strict=True)
    return [*(_feature(visit, section, part, wording) for section, part in five), wording.sentence("in_full")]


def _feature(visit: Visit, section: Feature, part: Part, wording: Wording) -> str:
    explained = wording.sentence(section.feature.lower()).rstrip(".")
    means = f"{section.feature} is for {lower_first(section.plain)}: {explained}."
    if part.own is not None:
        return f"{means} {part.own.strip()}"
    code = f"{section.feature.lower()}_status"
    status = visit.finding(code)
    if part.feature is None or status is None or visit.answer(code) != "present":
        return f"{means} {part.text}"
    signs = there(visit, section)
    change = _CHANGES.get(part.feature.change, "")
    return f"{means} You have this{cause(status)}{': ' if signs else ''}{', '.join(signs)}.{change}"


def _results(visit: Visit) -> list[str]:
    """The markers that were measured at this visit, each beside the time before; others are in the full letter."""
    return [sentence for code in TOLD for sentence in _result(visit, code)]


def _result(visit: Visit, code: str) -> Iterator[str]:
    finding, last = _of_the_day(visit, code), _of_an_earlier_day(visit, code)
    kind = CATALOGUE.item(code).kind
    if finding is None or not isinstance(kind, Number):
        return
    if finding.state is State.PENDING:
        yield f"{MARKERS[code]}: we are waiting for the result."
        return
    if finding.state is not State.RECORDED:
        return
    then = f"{_compared(finding, last[1])}({_number(kind, last[1])} on {letter_date(last[0])})" if last else ""
    yield f"{MARKERS[code]}: {_number(kind, finding)}{then}."


def _number(kind: Number, finding: Finding) -> str:
    return number_words(kind, finding) + as_reported(kind, finding)


def _of_the_day(visit: Visit, code: str) -> Finding | None:
    """What the full letter's column of this day says: a result of the day before the reason why the visit has none."""
    day = tuple(each for each in visit.to_date if each.on == visit.encounter.on)
    return When(visit.encounter.on, "", day).finding(code)


def _of_an_earlier_day(visit: Visit, code: str) -> tuple[date, Finding] | None:
    for encounter in reversed(visit.before):
        finding = encounter.finding(code) if encounter.on < visit.encounter.on else None
        if finding is not None and finding.state is State.RECORDED:
            return encounter.on, finding
    return None


def _compared(now: Finding, then: Finding) -> str:
    """In one word where both numbers are exact; a number beyond a limit is only set beside the other."""
    if now.sign is not Sign.EQUAL or then.sign is not Sign.EQUAL:
        return ", last time "
    if now.number == then.number:
        return ", the same as last time "
    return ", higher than last time " if now.number > then.number else ", lower than last time "


def _medicines(visit: Visit) -> list[str]:
    reviewed = visit.answer("medicines_reviewed") == "reviewed"
    taken = listed(visit.encounter)
    if not taken and reviewed:
        return ["You take no medicines that we know of."]
    changed = [medicine for medicine in taken if medicine.change is not MedicineChange.CONTINUED]
    same = [medicine.name for medicine in taken if medicine.change is MedicineChange.CONTINUED]
    said = [_medicine(medicine) for medicine in changed]
    if same:
        kept = "No change" if reviewed else "On record, and perhaps not what you take now"
        said.append(f"{kept}: {', '.join(same)}.")
    return said if reviewed else [NOT_REVIEWED, *said]


def _medicine(medicine: Medicine) -> str:
    dose = f", {medicine.dose}" if medicine.dose and medicine.change is not MedicineChange.STOPPED else ""
    why = f" Why: {medicine.why.strip().rstrip('.')}." if medicine.why.strip() else ""
    return f"{_CHANGED[medicine.change]} {medicine.name}{dose}.{why}"


def _asked(made: dict[str, Part], key: str) -> list[str]:
    """The actions of a group, each with its time as a sentence of its own."""
    actions = printed_actions(made[key])
    return [f"{words(a.what).strip()}{_when(a.when)}" for a in actions]


def _when(by_when: str) -> str:
    return f" When: {by_when.rstrip('.')}." if by_when else ""
