"""A person keeps what the list is set to under a name, and has it again with one choice."""

from dataclasses import dataclass, field

from poems_registry.domain.errors import InvalidInput, NotFound, RegistryError
from poems_registry.services.patients import PatientFilter, PatientOrder, Sorting
from poems_registry.services.saved_filters import Chosen, SavedFilter
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.patients.rows import Named
from poems_registry.ui.screens.patients.saved import SavedFilters
from poems_registry.ui.tasks import Inline
from tests.unit.ui.screens.test_patients_presenter import Desk

LATE = Chosen("smith", frozenset({PatientFilter.OVERDUE}), Sorting(PatientOrder.NEXT_DUE, descending=True))


@dataclass
class Shelf:
    """The service, the list and the screen in one; it keeps what it was told."""

    kept: list[SavedFilter] = field(default_factory=list)
    chosen: Chosen = field(default_factory=Chosen)
    shown: Named = ()
    refused: str = ""
    taken_up: int = 0
    message: Message | None = None
    refusal: RegistryError | None = None

    def everything(self) -> tuple[SavedFilter, ...]:
        return tuple(self.kept)

    def keep(self, name: str, chosen: Chosen) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.kept.append(SavedFilter(len(self.kept) + 1, name, chosen))

    def rename(self, filter_id: int, name: str) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.kept = [SavedFilter(f.id, name if f.id == filter_id else f.name, f.chosen) for f in self.kept]

    def remove(self, filter_id: int) -> None:
        self.kept = [each for each in self.kept if each.id != filter_id]

    def choose(self, chosen: Chosen) -> None:
        self.chosen = chosen

    def show_saved(self, named: Named) -> None:
        self.shown = list(named)

    def refuse_name(self, words: str) -> None:
        self.refused = words

    def name_taken_up(self) -> None:
        self.taken_up += 1

    def say(self, message: Message | None) -> None:
        self.message = message


def desk(shelf: Shelf) -> SavedFilters:
    made = SavedFilters(shelf, shelf, shelf, Inline())
    made.open()
    return made


def test_what_is_set_is_kept_under_a_name_and_set_again() -> None:
    shelf = Shelf(chosen=LATE)
    saved = desk(shelf)
    saved.keep("Late Smiths")
    assert shelf.shown == [(1, "Late Smiths")]
    shelf.chosen = Chosen()
    saved.apply(1)
    assert shelf.chosen == LATE
    saved.apply(99)
    assert shelf.chosen == LATE


def test_a_list_that_is_set_to_nothing_is_no_filter() -> None:
    shelf = Shelf()
    desk(shelf).keep("Everyone")
    assert shelf.refused.startswith("Nothing is set")
    assert shelf.kept == []


def test_it_is_named_anew_and_taken_away() -> None:
    shelf = Shelf(kept=[SavedFilter(1, "Old", LATE)])
    saved = desk(shelf)
    saved.rename(1, "New")
    assert shelf.shown == [(1, "New")]
    saved.remove(1)
    assert shelf.shown == []
    assert shelf.taken_up == 2


def test_a_name_that_cannot_be_is_refused_beside_the_field_and_another_trouble_over_the_list() -> None:
    shelf = Shelf(chosen=LATE, refusal=InvalidInput({"name": "Give the filter a name."}))
    saved = desk(shelf)
    saved.keep(" ")
    assert shelf.refused == "Give the filter a name."
    shelf.refusal = NotFound("This filter is not there any more. Nothing was changed.")
    saved.rename(7, "Gone")
    assert shelf.message is not None


def test_the_list_takes_a_filter_over_and_tells_what_it_is_set_to() -> None:
    list_ = Desk()
    list_.presenter.open()
    list_.presenter.choose(LATE)
    assert list_.view.chosen == ("smith", frozenset({"overdue"}), "next_due", True)
    assert list_.registry.questions[-1][:2] == ("smith", (PatientFilter.OVERDUE,))
    assert list_.registry.questions[-1][3] == LATE.sorting
    assert list_.presenter.chosen == LATE
    list_.presenter.everyone()
    assert list_.presenter.chosen == Chosen(sorting=LATE.sorting)
