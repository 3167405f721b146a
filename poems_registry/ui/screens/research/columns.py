"""The columns of the two lists of research."""

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.research.shown import SampleRow, StudyRow
from poems_registry.ui.tables.cells import Cell, Span, two_lines
from poems_registry.ui.tables.rows_model import Column
from poems_registry.ui.theme.tokens import Tone


def sample_columns() -> tuple[Column[SampleRow], ...]:
    """Number and what it is, whose, how far, consent, and the freezer."""
    return (
        Column(
            tr("Sample"),
            lambda r: f"{r.number}, {r.of}",
            lambda r: r.number,
            lambda r: two_lines(r.number, r.of, bold=True),
            210,
            170,
        ),
        Column(
            tr("Patient"),
            lambda r: f"{r.name}, {r.identity}",
            lambda r: r.name,
            lambda r: two_lines(r.name, r.identity),
            290,
            210,
            stretch=True,
        ),
        Column(tr("How far"), lambda r: r.when, width=170, narrow=120),
        Column(tr("Consent"), lambda r: r.consent, lambda r: r.bad, _consent, 240, 180),
        Column(tr("Freezer"), lambda r: r.places, lambda r: r.places, width=250, narrow=180),
    )


def study_columns() -> tuple[Column[StudyRow], ...]:
    """The study, its reference, from when until when, and how many."""
    return (
        Column(
            tr("Study"),
            lambda r: f"{r.name}, {r.full_name}".strip(", "),
            lambda r: r.name,
            lambda r: two_lines(r.name, r.full_name, bold=True),
            320,
            260,
            stretch=True,
        ),
        Column(tr("Reference"), lambda r: r.reference, lambda r: r.reference, width=150, narrow=130),
        Column(tr("State"), lambda r: r.state, lambda r: not r.open, _state, 200, 170),
        Column(tr("Taking part"), lambda r: str(r.taking_part), lambda r: -r.taking_part, width=110, right=True),
        Column(tr("Ended"), lambda r: r.ended, width=200, narrow=150),
    )


def _consent(row: SampleRow) -> Cell:
    if row.bad:
        return Cell((Span(row.consent, bold=True, tone=Tone.RED, icon="triangle-alert"),))
    return Cell((Span(row.consent, icon="check", icon_tone=Tone.GREEN),))


def _state(row: StudyRow) -> Cell:
    return Cell((Span(row.state, bold=row.open),))
