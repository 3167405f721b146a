"""Small questions about a form's lines and items: what is blank, what depends on what."""

from collections.abc import Iterable

from poems_registry.catalogue.book import Catalogue
from poems_registry.domain.records import Action, Medicine, MedicineChange
from poems_registry.ui.screens.visit.rows import Row


def is_blank(medicine: Medicine) -> bool:
    """A line of the medicines in which nothing was said."""
    return not any(
        text.strip()
        for text in (medicine.name, medicine.dose, medicine.route, medicine.why, medicine.when, medicine.supply)
    )


def asks_nothing(action: Action) -> bool:
    """A line of the actions in which nothing was said."""
    return not (action.what.strip() or action.who.strip() or action.by_when.strip())


def children_of(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The items that are asked only after an answer of another, by that other's code."""
    found: dict[str, tuple[str, ...]] = {}
    for section in catalogue.sections:
        for item in section.items:
            if item.shown_when is not None:
                found[item.shown_when.item] = (*found.get(item.shown_when.item, ()), item.code)
    return found


def derived_from(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The computed values that need an item, or are compared by what it tells, by the item's code."""
    found: dict[str, tuple[str, ...]] = {}
    for derived in catalogue.derived.values():
        for need in (*derived.needs, *([derived.taken_by.item] if derived.taken_by is not None else [])):
            found[need] = (*found.get(need, ()), derived.code)
    return found


def rows_of(rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    """The rows in which an item stands as a value or as a task, by its code; two scores may share a task."""
    found: dict[str, tuple[Row, ...]] = {}
    for row in rows:
        for code in dict.fromkeys((*row.codes, *row.tasks)):
            found[code] = (*found.get(code, ()), row)
    return found


def new_medicine(*, first: bool) -> Medicine:
    """An empty line: a medicine that is added was started, until the person says otherwise.

    At the `first` list that is taken of somebody's medicines it is one they take already: nobody started it here.
    """
    return Medicine("", change=MedicineChange.CONTINUED if first else MedicineChange.STARTED)
