"""The results letter: what came back since a visit, beside its own results, and what the author makes of it."""

from collections.abc import Sequence
from datetime import date

from poems_registry.domain.dates import letter_date, show_date
from poems_registry.domain.records import ClinicProfile, LetterRecord
from poems_registry.letters import closing, result_days, results
from poems_registry.letters.assembling import Kind
from poems_registry.letters.identity import greeting
from poems_registry.letters.parts import (
    ACTION_PARTS,
    Part,
    copies_part,
    safety_part,
    text_part,
    told_results,
)
from poems_registry.letters.standing import Standing
from poems_registry.letters.template import Wording
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import Paragraph, plain

MOST_DAYS = 4
BY_AUTHOR = "written by you"


def parts(visit: Visit, clinic: ClinicProfile, letter: LetterRecord, known: Standing, _: Wording) -> Sequence[Part]:
    """All parts; what the results mean, and who shall do what, is the author's to write."""
    upto = _upto(letter, visit)
    return [
        text_part("attendance", "What this tells", _told(visit, upto), "from results", editable=False),
        *own_actions(),
        text_part("greeting", "Greeting", greeting(visit.file.patient), "from details", editable=False),
        text_part("summary", "What the results mean", "", BY_AUTHOR),
        _results(visit, known, upto),
        text_part("next", "What happens next", closing.what_next(visit), f"from visit {show_date(visit.encounter.on)}"),
        safety_part(visit, clinic),
        copies_part(visit),
    ]


def own_actions() -> list[Part]:
    """The three groups of actions, empty: a letter between visits asks only what its author writes."""
    return [Part(key, title, "", True, BY_AUTHOR) for key, (_, title) in ACTION_PARTS.items()]


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


RESULTS_LETTER = Kind(parts, subject="Results letter")
