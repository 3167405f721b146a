"""How far a form is: counted as its pages are shown."""

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.how_far import how_far
from poems_registry.domain.records import EncounterKind
from poems_registry.ui.screens.visit.rows import plan_of


@pytest.mark.parametrize("kind", [EncounterKind.CLINIC, EncounterKind.PHYSIOTHERAPY])
def test_as_many_pages_as_the_form_has(kind: EncounterKind) -> None:
    assert how_far(kind, ()) == (0, len(plan_of(CATALOGUE, kind)))


def test_a_page_counts_as_soon_as_something_on_it_is_said() -> None:
    pages = how_far(EncounterKind.CLINIC, ()).pages
    assert how_far(EncounterKind.CLINIC, ("onls_arm", "p_status", "weight")) == (2, pages)
    assert how_far(EncounterKind.CLINIC, ("medicines_reviewed",)) == (1, pages)
    assert how_far(EncounterKind.CLINIC, ("medicines_reviewed", "summary")) == (2, pages)
    assert how_far(EncounterKind.CLINIC, (), actions=True) == (1, pages)


def test_every_page_filled_is_all_of_them() -> None:
    every = [item.code for section in CATALOGUE.sections_for(EncounterKind.CLINIC) for item in section.items]
    found = how_far(EncounterKind.CLINIC, every)
    assert found.begun == found.pages
