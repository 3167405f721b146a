"""The tables of the cohort screen: which columns, and how a row reads."""

from collections.abc import Callable

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.cohort.shown import (
    CourseRow,
    FeatureRow,
    Prevalence,
    ReasonRow,
    ResponseRow,
    SurvivalRow,
    TableOneRow,
)
from poems_registry.ui.tables.cells import Cell, Span, plain
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.theme.tokens import Tone

GROUPS = {2, 3}
"""Columns of Table 1 that need a wide card."""


def table_one_model() -> RowsModel[TableOneRow]:
    """Who they are at diagnosis."""
    return RowsModel(
        (
            Column(tr("At diagnosis"), lambda row: row.label, width=220, stretch=True),
            Column(tr("All"), lambda row: row.everyone, width=172, right=True),
            Column(tr("Transplant first"), lambda row: row.transplant, width=172, right=True),
            Column(tr("Other first"), lambda row: row.other, width=172, right=True),
            Column(tr("Assessed"), lambda row: row.assessed, width=86, right=True),
        ),
        key=lambda row: row.label,
    )


def responses_model() -> RowsModel[ResponseRow]:
    """How they responded at best to the first treatment."""
    return RowsModel(
        (
            Column(tr("Best response, first treatment"), lambda row: row.label, width=220, stretch=True),
            Column(tr("All"), lambda row: row.everyone, width=172, right=True),
            Column(tr("Transplant first"), lambda row: row.transplant, width=172, right=True),
            Column(tr("Other first"), lambda row: row.other, width=172, right=True),
            Column(tr("Not assessed"), lambda row: row.unassessed, width=106, right=True),
        ),
        key=lambda row: row.label,
    )


def features_model() -> RowsModel[FeatureRow]:
    """How many have each feature: by criterion, and below as recorded at visits."""
    return RowsModel(
        (
            Column(tr("Feature"), _said_label, cell=_label, width=208, stretch=True),
            _numbers(tr("Present / assessed"), lambda each: each.counts, 142),
            _numbers(tr("Not assessed"), lambda each: each.unassessed, 106),
            _numbers(tr("% (95% Wilson)"), lambda each: each.percent, 126),
        ),
        key=lambda row: row.label,
    )


def _numbers(title: str, part: Callable[[Prevalence], str], width: int) -> Column[FeatureRow]:
    def said(row: FeatureRow) -> str:
        second = tr("; as recorded at visits {words}", words=part(row.recorded)) if row.recorded is not None else ""
        return part(row.criterion) + second

    def cell(row: FeatureRow) -> Cell:
        first = Span(part(row.criterion), bold=part(row.criterion) == row.criterion.percent, right=True)
        if row.recorded is None:
            return Cell((first,))
        return Cell((first,), (Span(part(row.recorded), tone=Tone.SUB, right=True),))

    return Column(title, said, cell=cell, width=width, right=True)


def _said_label(row: FeatureRow) -> str:
    return row.label


def _label(row: FeatureRow) -> Cell:
    if row.recorded is None:
        return plain(row.label)
    return Cell((Span(row.label),), (Span(tr("as recorded at visits"), tone=Tone.SUB),))


def survival_model() -> RowsModel[SurvivalRow]:
    """What stands at whole years."""
    return RowsModel(
        (
            Column(tr("Year"), lambda row: str(row.year), width=70),
            Column(tr("Overall survival (95%)"), lambda row: row.overall or tr("Not told"), width=220, stretch=True),
            Column(tr("Progression-free (95%)"), lambda row: row.free or tr("Not told"), width=220),
        ),
        key=lambda row: row.year,
    )


def courses_model() -> RowsModel[CourseRow]:
    """Each patient's line in words, longest first."""
    return RowsModel(
        (
            Column(tr("Line"), lambda row: str(row.place), width=60, right=True),
            Column(tr("Years followed"), lambda row: f"{row.followed:.1f}", width=124, right=True),
            Column(tr("Treatments, years from diagnosis"), lambda row: row.treatments, width=250, stretch=True),
            Column(tr("Transplant at"), lambda row: row.transplants, width=120),
            Column(tr("Relapse at"), lambda row: row.relapses, width=130),
            Column(tr("At the end"), lambda row: row.ending, width=124),
        ),
        key=lambda row: row.place,
    )


def reasons_model() -> RowsModel[ReasonRow]:
    """Why people are left out."""
    return RowsModel(
        (
            Column(tr("Patients"), lambda row: row.count, width=90, right=True),
            Column(tr("Left out because"), lambda row: row.reason, width=230),
            Column(tr("What it means"), lambda row: row.meaning, width=430, stretch=True),
        ),
        key=lambda row: row.reason,
    )
