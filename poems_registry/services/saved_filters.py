"""A person's named filters of the patients list: kept in the registry, so that they follow to another PC."""

from dataclasses import dataclass

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import InvalidInput
from poems_registry.domain.names import clean_text
from poems_registry.services.access import Service, needs
from poems_registry.services.patients import CLINICAL_FILTERS, CLINICAL_ORDERS
from poems_registry.storage import saved_filters as stored
from poems_registry.storage.saved_filters import Saved
from poems_registry.storage.search import BY_NAME, PatientFilter, PatientOrder, Sorting

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is set in the list: the words of the search, the filters, and the order."""

    query: str = ""
    filters: frozenset[PatientFilter] = frozenset()
    sorting: Sorting = BY_NAME


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter with its name."""

    id: int
    name: str
    chosen: Chosen


class SavedFilterService(Service):
    """Each person's own; nobody sees another's."""

    @needs(Permission.FIND_PATIENTS)
    def everything(self) -> tuple[SavedFilter, ...]:
        """All of this person's, by name; without what their role may not ask for any more."""
        with self.signed_in.store.reading() as session:
            saved = stored.of_person(session, self.signed_in.person.id)
        clinical = self.signed_in.may(Permission.VIEW_CLINICAL)
        return tuple(SavedFilter(each.id, each.name, _read(each, clinical=clinical)) for each in saved)

    @needs(Permission.FIND_PATIENTS)
    def keep(self, name: str, chosen: Chosen) -> None:
        """Keep what is set under a name; one of the same name is replaced. InvalidInput for a name that cannot be."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            stored.keep(session, self.signed_in.person.id, _name(name), _written(chosen))

    @needs(Permission.FIND_PATIENTS)
    def rename(self, filter_id: int, name: str) -> None:
        """Another name; InvalidInput if this person has one of that name."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            stored.rename(session, self.signed_in.person.id, filter_id, _name(name))

    @needs(Permission.FIND_PATIENTS)
    def remove(self, filter_id: int) -> None:
        """Take it away."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            stored.remove(session, self.signed_in.person.id, filter_id)


def _name(text: str) -> str:
    try:
        name = clean_text(text, LONGEST_NAME)
    except ValueError as error:
        raise InvalidInput({"name": str(error)}) from None
    if not name:
        raise InvalidInput({"name": "Give the filter a name."})
    return name


def _written(chosen: Chosen) -> dict[str, object]:
    return {
        "query": chosen.query.strip(),
        "filters": sorted(each.value for each in chosen.filters),
        "by": chosen.sorting.by.value,
        "descending": chosen.sorting.descending,
    }


def _read(saved: Saved, *, clinical: bool) -> Chosen:
    """What a newer program knew and this one does not is left out, as is what the role may not ask."""
    known = {each.value: each for each in PatientFilter if clinical or each not in CLINICAL_FILTERS}
    orders = {each.value: each for each in PatientOrder if clinical or each not in CLINICAL_ORDERS}
    content = saved.content
    return Chosen(
        str(content.get("query", "")),
        frozenset(known[code] for code in content.get("filters", ()) if code in known),
        Sorting(orders.get(str(content.get("by", "")), PatientOrder.NAME), bool(content.get("descending", False))),
    )
