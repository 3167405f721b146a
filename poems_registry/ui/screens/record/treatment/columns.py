"""The columns of the three lists of treatment: lines with their parts, supportive care, events."""

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.treatment.telling import CareRow, EventRow, LineRow, What
from poems_registry.ui.tables.cells import Cell, Span
from poems_registry.ui.tables.rows_model import Column
from poems_registry.ui.theme.tokens import Tone


def line_columns() -> list[Column[LineRow]]:
    """A line in bold, its parts below it in the second tone."""
    return [
        Column(tr("Line"), lambda r: r.label, None, _label, 132, 122),
        Column(tr("Treatment"), lambda r: f"{r.name} {r.note}".strip(), None, _name, 280, 226, stretch=True),
        Column(tr("From and to"), lambda r: r.period, None, _period, 200, 178),
        Column(tr("Given"), lambda r: r.given, None, _given, 150, 112),
        Column(tr("Ended, best response"), _ended_text, None, _ended, 240, 166),
    ]


def care_columns() -> list[Column[CareRow]]:
    """What goes on in bold."""
    return [
        Column(tr("Supportive care"), lambda r: r.name, None, lambda r: _bold(r.name, on=r.now), 240, 220),
        Column(tr("What"), lambda r: r.what, width=200, narrow=160, stretch=True),
        Column(tr("From and to"), lambda r: r.period, width=210, narrow=196),
    ]


def event_columns() -> list[Column[EventRow]]:
    """The day, what it was, and its parts in words."""
    return [
        Column(tr("Day"), lambda r: f"{r.day}, {r.age}", None, _day, 190, 190),
        Column(
            tr("Event"),
            lambda r: r.what,
            None,
            lambda r: Cell((Span(r.what, icon=r.icon, icon_tone=Tone.SUB),)),
            230,
            220,
        ),
        Column(tr("What is known of it"), lambda r: r.note, width=200, narrow=160, stretch=True),
    ]


def _bold(text: str, *, on: bool) -> Cell:
    return Cell((Span(text, bold=on),))


def _label(row: LineRow) -> Cell:
    if row.what is What.LINE:
        return Cell((Span(row.label, bold=True),))
    return Cell((Span(f"    {row.label}", tone=Tone.SUB),))


def _name(row: LineRow) -> Cell:
    note = (Span(row.note, tone=Tone.SUB),) if row.note else ()
    return Cell((Span(row.name, bold=row.what is What.LINE),), note)


def _period(row: LineRow) -> Cell:
    return Cell((Span(row.period),))


def _given(row: LineRow) -> Cell:
    return Cell((Span(row.given, tone=Tone.TEXT),))


def _ended(row: LineRow) -> Cell:
    if row.what is not What.LINE:
        return Cell((Span(row.ended, tone=Tone.SUB),))
    icon = "activity" if row.now else ""
    best = (Span(row.best),) if row.best else ()
    return Cell((Span(row.ended, bold=row.now, icon=icon, icon_tone=Tone.GREEN),), best)


def _ended_text(row: LineRow) -> str:
    return ". ".join(each for each in (row.ended, tr("best: {best}", best=row.best) if row.best else "") if each)


def _day(row: EventRow) -> Cell:
    return Cell((Span(row.day, bold=True), Span(row.age, tone=Tone.SUB)))
