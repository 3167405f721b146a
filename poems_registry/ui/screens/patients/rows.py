"""What a row of the patients list says: every cell in words, from one summary; knows neither Qt nor services."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from poems_registry.charts.journey_data import Point, Sign
from poems_registry.charts.shapes import Drawing
from poems_registry.charts.sparkline import sparkline
from poems_registry.domain.dates import age_on, ago, show_age, show_date
from poems_registry.domain.follow_up import FOLLOW_UP_WORDS, FollowUp
from poems_registry.domain.nhs_number import show as show_nhs_number
from poems_registry.domain.records import LetterState, PatientSummary
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.tables.cells import Cell, Span, two_lines
from poems_registry.ui.theme.tokens import Tone

Named = Sequence[tuple[int, str]]
"""Saved filters: id and name."""

COLUMNS = ("name", "features", "diagnosis", "treatment", "last_visit", "next_due", "vegf", "letter")
CLINICAL_COLUMNS = frozenset({"features", "diagnosis", "treatment", "vegf"})
FEATURE_NAMES = {
    "P": "Polyneuropathy",
    "O": "Organomegaly",
    "E": "Endocrinopathy",
    "M": "Monoclonal plasma cells",
    "S": "Skin",
}
_FEATURE_WORDS = {
    "present": "present",
    "absent": "absent",
    "not_assessed": "not assessed",
    "": "not recorded",
}
_VERDICTS = {
    "met": ("circle-check", "Criteria met", Tone.GREEN),
    "cannot_tell": ("circle-question-mark", "Cannot tell yet", Tone.AMBER),
    "not_met": ("circle-minus", "Not met so far", Tone.SUB),
}
_LETTERS = {
    LetterState.DRAFT: ("file-pen-line", "Draft"),
    LetterState.READY: ("signature", "To sign"),
    LetterState.SIGNED: ("printer", "To print"),
    LetterState.DISPATCHED: ("check", "Sent"),
    LetterState.WITHDRAWN: ("ban", "Withdrawn"),
}
_OPEN_LETTERS = {
    "": ("mail-plus", "To write"),
    **{state.value: _LETTERS[state] for state in (LetterState.DRAFT, LetterState.READY, LetterState.SIGNED)},
}
LETTER_DAYS = 7
"""The GP should have the letter within so many days of the visit (nhs.md 3.2)."""

DAYS_TOLD = 100
"""From here on what is overdue is told in months."""

SOON = 14
"""Days within which a visit that is due carries the clock."""

SPARK = (45.0, 13.5)
"""Points: 60 by 18 pixels."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One patient as the list shows it: a cell and what a screen reader says, by column."""

    id: int
    name: str
    deceased: bool
    cells: Mapping[str, Cell]

    def said(self, column: str) -> str:
        """A cell's words in one line."""
        cell = self.cells[column]
        chips = [f"{letter} {tr(_FEATURE_WORDS.get(state, state))}" for letter, state in cell.chips]
        return ", ".join(chips + [span.text for span in (*cell.first, *cell.second)])


def list_row(summary: PatientSummary, today: date, levels: Mapping[str, float]) -> ListRow:
    """All cells of one patient on this day; `levels` are the VEGF decision levels by specimen."""
    cells = {
        "name": _person(summary, today),
        "features": Cell(chips=summary.features),
        "diagnosis": _diagnosis(summary),
        "treatment": _treatment(summary.treatment),
        "last_visit": _last_visit(summary.last_visit, today),
        "next_due": _next_due(summary, today),
        "vegf": _vegf(summary, levels),
        "letter": _letter(summary, today),
    }
    return ListRow(summary.id, summary.name, summary.died is not None, cells)


def _person(summary: PatientSummary, today: date) -> Cell:
    born = tr("Birth date not known")
    if summary.born is not None:
        born = tr("Born {day}", day=show_date(summary.born))
        if summary.died is None and summary.born.earliest() <= today:
            born += f" ({show_age(summary.born, today)})"
    number = show_nhs_number(summary.nhs_number) if summary.nhs_number else summary.hospital_number
    second = [Span(born, tone=Tone.SUB)]
    if number:
        second.append(Span(number, tone=Tone.SUB))
    return Cell((Span(summary.name, bold=True),), tuple(second))


def _diagnosis(summary: PatientSummary) -> Cell:
    if summary.verdict not in _VERDICTS:
        return Cell((Span(tr("Not assessed"), tone=Tone.SUB),))
    icon, words, tone = _VERDICTS[summary.verdict]
    hint = (Span(summary.verdict_hint, tone=Tone.SUB),) if summary.verdict_hint else ()
    return Cell((Span(tr(words), icon=icon, icon_tone=tone),), hint)


def _treatment(words: str) -> Cell:
    line, comma, name = words.partition(", ")
    if not comma:
        return Cell((Span(words or tr("Not recorded"), tone=Tone.SUB),))
    return two_lines(line, name)


def _last_visit(on: date | None, today: date) -> Cell:
    if on is None:
        return Cell((Span(tr("No visit yet"), tone=Tone.SUB),))
    return two_lines(show_date(on), ago(on, today))


def _next_due(summary: PatientSummary, today: date) -> Cell:
    if summary.died is not None:
        return two_lines(tr("Died {day}", day=show_date(summary.died)), _age_at_death(summary))
    draft = Span(tr("Draft visit open"), tone=Tone.AMBER, icon="file-pen-line")
    told = next((each for each in summary.due if each[2] <= today), summary.due[0] if summary.due else None)
    if told is None:
        none = Span(tr("No visit planned"), tone=Tone.SUB)
        return Cell((none,), (draft,) if summary.has_draft else ())
    test, on, late = told
    what = tr("{test}, {day}", test=tr(FOLLOW_UP_WORDS[FollowUp(test)]), day=show_date(on)) if test else show_date(on)
    return Cell((due(on, today, overdue=late <= today),), (draft if summary.has_draft else Span(what, tone=Tone.SUB),))


def due(on: date, today: date, *, overdue: bool) -> Span:
    """'Overdue by 38 days', 'Due 3 days ago' (still tolerated), 'Due today', 'Due in 8 days', 'Due in 6 weeks'."""
    days = (on - today).days
    if overdue:
        return Span(overdue_words(-days), bold=True, tone=Tone.RED, icon="triangle-alert")
    if days < 0:
        return Span(tr_count("Due {count} day ago", "Due {count} days ago", -days), icon="clock", icon_tone=Tone.AMBER)
    if days == 0:
        return Span(tr("Due today"), bold=True, icon="clock", icon_tone=Tone.AMBER)
    if days <= SOON:
        words = tr_count("Due in {count} day", "Due in {count} days", days)
        return Span(words, icon="clock", icon_tone=Tone.AMBER)
    if days < 63:
        return Span(tr_count("Due in {count} week", "Due in {count} weeks", days // 7))
    months = (on.year - today.year) * 12 + on.month - today.month - (1 if on.day < today.day else 0)
    return Span(tr_count("Due in {count} month", "Due in {count} months", months))


def overdue_words(days: int) -> str:
    """'Overdue by 38 days', '... by 5 months', '... by 3 years'; whole ones, rounded down."""
    if days < DAYS_TOLD:
        return tr_count("Overdue by {count} day", "Overdue by {count} days", days)
    if days < 2 * 365:
        return tr_count("Overdue by {count} month", "Overdue by {count} months", int(days / 30.44))
    return tr_count("Overdue by {count} year", "Overdue by {count} years", days // 365)


def _age_at_death(summary: PatientSummary) -> str:
    born, died = summary.born, summary.died
    if born is None or died is None or died.latest() < born.earliest():
        return tr("Age at Death not known")
    least = age_on(born.latest(), died.earliest()) if born.latest() <= died.earliest() else 0
    most = age_on(born.earliest(), died.latest())
    return tr("Age at Death {age}", age=f"{most}y" if least == most else f"{least}-{most}y")


def _vegf(summary: PatientSummary, levels: Mapping[str, float]) -> Cell:
    if not summary.vegf or summary.vegf_on is None:
        return Cell((Span(tr("No VEGF yet"), tone=Tone.SUB),))
    second = tr("{specimen}, {day}", specimen=summary.vegf_specimen, day=show_date(summary.vegf_on))
    return Cell((Span(summary.vegf, bold=True),), (Span(second, tone=Tone.SUB),), drawing=_course(summary, levels))


def _course(summary: PatientSummary, levels: Mapping[str, float]) -> Drawing | None:
    """The last values of that specimen at even steps, the newest marked; the list tells dates only of the newest."""
    last = summary.vegf_on
    if last is None or len(summary.vegf_trail) < 2:
        return None
    sign: Sign = ">" if summary.vegf.startswith(">") else "<" if summary.vegf.startswith("<") else "="
    count = len(summary.vegf_trail)
    points = [
        Point(last - timedelta(days=30 * (count - 1 - place)), value, sign if place == count - 1 else "=")
        for place, value in enumerate(summary.vegf_trail)
    ]
    return sparkline(points, *SPARK, level=levels.get(summary.vegf_specimen), logarithmic=True)


def _letter(summary: PatientSummary, today: date) -> Cell:
    """The newest letter and the day of its week (nhs.md 3.2); sent and withdrawn ones have no clock any more."""
    state, on = summary.letter, summary.letter_on
    if state in _OPEN_LETTERS and on is not None:
        icon, words = _OPEN_LETTERS[state]
        day = (today - on).days
        told = Span(tr("day {day} of {all}", day=day, all=LETTER_DAYS), tone=Tone.SUB)
        if day > LETTER_DAYS:
            return Cell((Span(tr("Late"), tone=Tone.RED, icon="triangle-alert"),), (replace(told, tone=Tone.RED),))
        return Cell((Span(tr(words), icon=icon, icon_tone=Tone.SUB),), (told,))
    if state not in tuple(_LETTERS):
        return Cell((Span(tr("None"), tone=Tone.SUB),))
    icon, words = _LETTERS[LetterState(state)]
    tone = Tone.GREEN if state == LetterState.DISPATCHED else Tone.SUB
    return Cell((Span(tr(words), icon=icon, icon_tone=tone),))
