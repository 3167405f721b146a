"""The data dictionary: one row for every item and derived value, from the catalogue and from nowhere else."""

from collections.abc import Iterator

from poems_registry.catalogue.book import Catalogue
from poems_registry.catalogue.item import Coding, Derived, Item, Section
from poems_registry.catalogue.kinds import Conversion, Number
from poems_registry.domain.findings import NOT_RECORDED, State
from poems_registry.exports import treatment
from poems_registry.exports.columns import LEAD, columns_of
from poems_registry.exports.table import Cell, Row, Table

HEAD = (
    "section",
    "feature",
    "code",
    "label",
    "kind",
    "values",
    "unit",
    "ucum",
    "other_units",
    "options",
    "hard_low",
    "hard_high",
    "warn_low",
    "warn_high",
    "required",
    "research",
    "identifying",
    "hpo",
    "snomed_ct",
    "loinc",
    "states",
    "derived_from",
    "shown_when",
    "patient_words",
    "help",
    "formerly",
    "retired",
    "export_columns",
)
STATES = "|".join([NOT_RECORDED, *(state.value for state in State)])
"""How an item can stand at an encounter (decision 1); `not_recorded` is never *no*."""


def dictionary(catalogue: Catalogue) -> Table:
    """Everything that can be recorded, the leading columns of the pseudonymised table, and the tables beside it."""
    return Table("data_dictionary", HEAD, _rows(catalogue))


def _rows(catalogue: Catalogue) -> Iterator[Row]:
    for name, words in LEAD.items():
        row = dict.fromkeys(HEAD, None) | {"section": "export", "code": name, "label": words, "export_columns": name}
        yield tuple(row.values())
    for name, columns in treatment.COLUMNS.items():
        for column, words in columns.items():
            row = dict.fromkeys(HEAD, None) | {"section": f"table {name}", "code": f"{name}.{column}", "label": words}
            yield tuple((row | {"export_columns": column}).values())
    for section in catalogue.sections:
        for item in section.items:
            yield tuple((_shared(section, item) | _of_item(item)).values())
        for derived in section.derived:
            yield tuple((_shared(section, derived) | _of_derived(derived)).values())


def _shared(section: Section, entry: Item | Derived) -> dict[str, Cell]:
    columns = columns_of(entry)
    return dict.fromkeys(HEAD, None) | {
        "section": section.code,
        "feature": section.feature,
        "code": entry.code,
        "label": entry.label,
        "kind": _kind(entry),
        "values": entry.kind.describe(),
        "patient_words": entry.plain,
        "export_columns": "|".join(columns.names) if columns is not None else "",
        **(_measured(entry.kind) if isinstance(entry.kind, Number) else {}),
    }


def _of_item(item: Item) -> dict[str, Cell]:
    shown = f"{item.shown_when.item} is {' or '.join(item.shown_when.codes)}" if item.shown_when is not None else ""
    choices = getattr(item.kind, "options", ())
    return {
        "options": "|".join(f"{option.code}={option.label}" for option in choices),
        "required": _yes(item.required),
        "research": _yes(item.research),
        "identifying": _yes(item.identifying),
        "hpo": _codes(item.coding, "HPO"),
        "snomed_ct": _codes(item.coding, "SNOMED CT"),
        "loinc": _codes(item.coding, "LOINC"),
        "states": STATES,
        "shown_when": shown,
        "help": item.help,
        "formerly": "|".join(item.formerly),
        "retired": _yes(item.retired),
    }


def _of_derived(derived: Derived) -> dict[str, Cell]:
    return {
        "required": _yes(False),
        "research": _yes(False),
        "identifying": _yes(False),
        "states": f"derived|{NOT_RECORDED}",
        "derived_from": "|".join(derived.needs),
        "retired": _yes(False),
    }


def _measured(kind: Number) -> dict[str, Cell]:
    warn_low, warn_high = kind.warn if kind.warn is not None else (None, None)
    return {
        "unit": kind.unit,
        "ucum": kind.ucum,
        "other_units": "|".join(f"{unit}: {_formula(conversion)}" for unit, conversion in kind.units.items()),
        "hard_low": float(kind.hard[0]),
        "hard_high": float(kind.hard[1]),
        "warn_low": None if warn_low is None else float(warn_low),
        "warn_high": None if warn_high is None else float(warn_high),
    }


def _formula(conversion: Conversion) -> str:
    offset = f" {conversion.offset:+g}" if conversion.offset else ""
    return f"x {conversion.factor:.10g}{offset} ({conversion.source})"


def _kind(entry: Item | Derived) -> str:
    if isinstance(entry, Derived):
        return "derived number"
    return {"number": "number", "code": "choice", "codes": "several choices", "date": "date", "text": "text"}[
        entry.kind.slot
    ]


def _codes(coding: tuple[Coding, ...], system: str) -> str:
    """`HP:0000818 (source)`: the code, and whether it was read in a source or comes from memory (clinical.md 7)."""
    return "|".join(f"{code.code} ({code.found.value})" for code in coding if code.system == system)


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"
