"""The results letter: what came back since a visit, beside its own results, and what the author makes of it."""

from collections.abc import Sequence
from datetime import date

from poems_registry.domain.dates import letter_date, show_date
from poems_registry.domain.records import ActionFor, ClinicProfile, Encounter, LetterRecord, PatientFile
from poems_registry.letters import closing, result_days, results
from poems_registry.letters.assembling import Kind, headed
from poems_registry.letters.identity import greeting
from poems_registry.letters.parts import (
    ACTION_PARTS,
    Part,
    copies_part,
    printed_actions,
    safety_part,
    text_part,
    told_results,
    with_own_words,
)
from poems_registry.letters.standing import Standing
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import ActionGroup, Actions, Block, Paragraph, plain

MOST_DAYS = 4
BY_AUTHOR = "written by you"


def parts(
    file: PatientFile,
    encounter: Encounter,
    clinic: ClinicProfile,
    letter: LetterRecord,
    standing: Standing | None = None,
) -> tuple[Part, ...]:
    """All parts in print order; what the results mean, and who shall do what, is the author's to write."""
    visit = Visit(file, encounter)
    known = standing or (Standing.frozen(encounter.verdict) if encounter.verdict else Standing())
    made = [
        text_part("attendance", "What this tells", _told(visit, _upto(letter, visit)), "from results", editable=False),
        *own_actions(),
        text_part("greeting", "Greeting", greeting(file.patient), "from details", editable=False),
        text_part("summary", "What the results mean", "", BY_AUTHOR),
        _results(visit, known, _upto(letter, visit)),
        text_part("next", "What happens next", closing.what_next(visit), f"from visit {show_date(encounter.on)}"),
        safety_part(visit, clinic),
        copies_part(visit),
    ]
    return with_own_words(made, letter)


def own_actions(titles: dict[ActionFor, str] | None = None) -> list[Part]:
    """The three groups of actions, empty: a letter between visits asks only what its author writes."""
    named = titles or {}
    return [
        Part(key, named.get(group, title), "", True, BY_AUTHOR, actions=())
        for key, (group, title) in ACTION_PARTS.items()
    ]


def page_one(made: Sequence[Part]) -> tuple[Block, ...]:
    """What it tells, and what is asked of whom."""
    by_key = {part.key: part for part in made}
    return (Paragraph(plain(by_key["attendance"].words), small=True), actions_box(made))


def actions_box(made: Sequence[Part]) -> Actions:
    """The box with its groups, each printed even if nothing is asked."""
    by_key = {part.key: part for part in made}
    return Actions(tuple(ActionGroup(by_key[key].title, printed_actions(by_key[key])) for key in ACTION_PARTS))


def body(made: Sequence[Part]) -> tuple[Block, ...]:
    """What is said to the patient."""
    by_key = {part.key: part for part in made}
    blocks: list[Block] = [Paragraph(plain(by_key["greeting"].words), leads=True)]
    for key in ("summary", "results", "next", "safety"):
        blocks += headed(by_key[key])
    return tuple(blocks)


def _upto(letter: LetterRecord, visit: Visit) -> date:
    return max(letter.about_on or visit.encounter.on, visit.encounter.on)


def _told(visit: Visit, upto: date) -> str:
    days = [when.on for when in result_days.days_since(visit, upto)]
    seen = f"Your last visit before them was on {letter_date(visit.encounter.on)}."
    if len(days) == 1:
        return f"Results of your visit on {letter_date(visit.encounter.on)}."
    later = [letter_date(day) for day in days if day > visit.encounter.on] or [letter_date(days[-1])]
    listed = later[0] if len(later) == 1 else ", ".join(later[:-1]) + f" and {later[-1]}"
    return f"Results of {listed}. {seen}"


def _results(visit: Visit, standing: Standing, upto: date) -> Part:
    """Every result since the visit; what finds no column is named, so that nobody takes it for told."""
    days = result_days.days_since(visit, upto)
    newest = max((e for when in days for e in when.encounters), key=lambda e: (e.on, e.id))
    shown = days[-MOST_DAYS:]
    at = Visit(visit.file, newest)
    since = visit.encounter.on
    rows = [row for row in results.series(at, shown, since=since) if _came_back(row, shown, since)]
    made = told_results(at, standing, "from results", shown, rows, f"Other results of {letter_date(newest.on)}.")
    left = [letter_date(when.on) for when in days[:-MOST_DAYS]]
    if not left:
        return made
    note = f"Results of {', '.join(left)} have no column here; they are on record."
    return Part(
        made.key,
        made.title,
        f"{made.text}\n{note}",
        False,
        made.source_words,
        blocks=(*made.blocks, Paragraph(plain(note), small=True)),
    )


def _came_back(row: results.Series, shown: Sequence[result_days.When], since: date) -> bool:
    """Whether a test says something of a later day; before anything came back, the visit's own results are told."""
    later = [cell for when, cell in zip(shown, row.cells, strict=True) if when.on > since]
    return not later or any(cell != results.NOT_RECORDED for cell in later)


def _title(visit: Visit, letter: LetterRecord) -> str:
    return f"Your POEMS results up to {letter_date(_upto(letter, visit))}"


RESULTS_LETTER = Kind(parts, _title, page_one, body, subject="Results letter", greeting_opens_a_page=False)
