"""How far the form of an encounter is filled in: of its pages, those on which something is said."""

from collections.abc import Iterable
from typing import NamedTuple

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.domain.records import EncounterKind

MEDICINES_ITEM = "medicines_reviewed"
"""Stands on a page of its own, before the medicines it is about."""


class HowFar(NamedTuple):
    """`begun` of `pages` hold an answer."""

    begun: int
    pages: int


def how_far(kind: EncounterKind, said: Iterable[str], *, actions: bool = False) -> HowFar:
    """From the items that hold an answer or a state; `actions`: whether anything is asked of anybody in the plan.

    Medicines that a new visit took over from the last one are no answer.
    """
    codes = frozenset(said)
    begun = pages = 0
    for section in CATALOGUE.sections_for(kind, codes):
        own = {item.code for item in section.items}
        parts = [own & {MEDICINES_ITEM}, own - {MEDICINES_ITEM}] if MEDICINES_ITEM in own else [own]
        pages += len(parts)
        begun += sum(bool(part & codes) or (actions and section.code == "plan" and part is parts[-1]) for part in parts)
    return HowFar(begun, pages)
