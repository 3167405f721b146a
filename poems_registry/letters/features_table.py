"""The table of the five features as printed: letter, name, what was found, change."""

from collections.abc import Sequence

from poems_registry.letters.features import SILENT_CHANGES, as_runs
from poems_registry.letters.parts import Part
from poems_registry.pages.document import Column, Row, Run, Table, bold, plain

_FEATURE_COLUMNS = (
    Column("Feature", 8, bold=True, spans_next=True),
    Column("", 44, bold=True, together=True),
    Column("What we found", 96),
    Column("Change", 24, together=True),
)


def features_table(five: Sequence[Part]) -> Table:
    """The table of the five; without a column of changes as long as there is nothing to compare with."""
    changes = any(part.feature is not None and part.feature.change not in SILENT_CHANGES for part in five)
    columns = _FEATURE_COLUMNS if changes else _FEATURE_COLUMNS[:-1]
    return Table(columns, tuple(_feature_row(part, changes=changes) for part in five))


def _feature_row(part: Part, *, changes: bool) -> Row:
    feature = part.feature
    if feature is None:
        raise ValueError(f"{part.key} is no feature")
    found = feature.found if part.own is None else as_runs(part.own)
    name = (Run(f"{feature.letter} {feature.name}.", bold=True),)
    change = (Run(f" Change: {feature.change.lower()}."),) if changes else ()
    cells = (bold(feature.letter), bold(feature.name), found, *((plain(feature.change),) if changes else ()))
    quiet = (3,) if changes and feature.change in SILENT_CHANGES else ()
    return Row(cells, lines=((*name, Run(" "), *found, *change),), quiet=quiet)
