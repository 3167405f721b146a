"""Named filters are a person's own: kept in the registry, seen by nobody else, never more than a role may ask."""

import pytest

from poems_registry.domain.errors import InvalidInput, NotFound
from poems_registry.services.patients import PatientFilter, PatientOrder, Sorting
from poems_registry.services.saved_filters import Chosen, SavedFilterService
from tests.integration.services.conftest import SignIn

LATE = Chosen("smith", frozenset({PatientFilter.OVERDUE}), Sorting(PatientOrder.NEXT_DUE, descending=True))
UNSURE = Chosen("", frozenset({PatientFilter.CANNOT_TELL, PatientFilter.DECEASED}), Sorting(PatientOrder.VEGF))


def test_a_filter_is_there_again_at_the_next_sign_in_and_for_nobody_else(sign_in: SignIn) -> None:
    SavedFilterService(sign_in("rahman")).keep("Late Smiths", LATE)
    assert SavedFilterService(sign_in("okoro")).everything() == ()
    (again,) = SavedFilterService(sign_in("rahman")).everything()
    assert (again.name, again.chosen) == ("Late Smiths", LATE)


def test_filters_come_by_name_and_one_of_the_same_name_is_replaced(sign_in: SignIn) -> None:
    service = SavedFilterService(sign_in("rahman"))
    service.keep("unsure", UNSURE)
    service.keep("Late", UNSURE)
    service.keep("Late", LATE)
    assert [(each.name, each.chosen) for each in service.everything()] == [("Late", LATE), ("unsure", UNSURE)]


def test_a_filter_is_named_anew_and_taken_away_by_its_owner_alone(sign_in: SignIn) -> None:
    service = SavedFilterService(sign_in("rahman"))
    service.keep("Late", LATE)
    service.keep("Unsure", UNSURE)
    late = service.everything()[0].id
    with pytest.raises(InvalidInput):
        service.rename(late, "Unsure")
    service.rename(late, "Overdue Smiths")
    assert [each.name for each in service.everything()] == ["Overdue Smiths", "Unsure"]
    stranger = SavedFilterService(sign_in("okoro"))
    with pytest.raises(NotFound):
        stranger.remove(late)
    with pytest.raises(NotFound):
        stranger.rename(late, "Mine")
    again = SavedFilterService(sign_in("rahman"))
    again.remove(late)
    assert [each.name for each in again.everything()] == ["Unsure"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "two\nlines"])
def test_a_name_that_cannot_be_is_refused(sign_in: SignIn, name: str) -> None:
    with pytest.raises(InvalidInput):
        SavedFilterService(sign_in("rahman")).keep(name, LATE)


def test_what_a_role_may_not_ask_is_not_in_its_filters(sign_in: SignIn) -> None:
    service = SavedFilterService(sign_in("castellan"))
    service.keep("Unsure", UNSURE)
    (again,) = service.everything()
    assert again.chosen == Chosen("", frozenset({PatientFilter.DECEASED}), Sorting())
