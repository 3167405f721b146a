"""The decisions about a person's named filters: which there are, what is kept, named anew, taken away."""

from collections.abc import Callable
from typing import Protocol

from poems_registry.domain.errors import InvalidInput, RegistryError
from poems_registry.services.saved_filters import Chosen, SavedFilter
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.patients.rows import Named
from poems_registry.ui.tasks import Tasks


class Service(Protocol):
    """What is needed of `SavedFilterService`."""

    def everything(self) -> tuple[SavedFilter, ...]: ...
    def keep(self, name: str, chosen: Chosen) -> None: ...
    def rename(self, filter_id: int, name: str) -> None: ...
    def remove(self, filter_id: int) -> None: ...


class Choosing(Protocol):
    """What is needed of the list's presenter."""

    @property
    def chosen(self) -> Chosen: ...
    def choose(self, chosen: Chosen) -> None: ...


class SavedView(Protocol):
    """What the list shows of them."""

    def show_saved(self, named: Named) -> None: ...
    def refuse_name(self, words: str) -> None: ...
    def name_taken_up(self) -> None: ...
    def say(self, message: Message | None) -> None: ...


class SavedFilters:
    """They are read when the list is opened; after each change they are read again."""

    def __init__(self, view: SavedView, service: Service, choosing: Choosing, tasks: Tasks) -> None:
        self._view, self._service, self._list, self._tasks = view, service, choosing, tasks
        self._known: tuple[SavedFilter, ...] = ()

    def open(self) -> None:
        """Read them."""
        self._tasks.run(self._service.everything, self._loaded, self._refused)

    def apply(self, filter_id: int) -> None:
        """Set the list as it was when this filter was kept."""
        for each in self._known:
            if each.id == filter_id:
                self._list.choose(each.chosen)

    def keep(self, name: str) -> None:
        """Keep what the list is set to now."""
        chosen = self._list.chosen
        if chosen == Chosen():
            self._view.refuse_name(tr("Nothing is set: search, choose a filter or an order first."))
            return
        self._change(lambda: self._service.keep(name, chosen))

    def rename(self, filter_id: int, name: str) -> None:
        """Another name."""
        self._change(lambda: self._service.rename(filter_id, name))

    def remove(self, filter_id: int) -> None:
        """Take one away."""
        self._change(lambda: self._service.remove(filter_id))

    def _change(self, act: Callable[[], None]) -> None:
        def done(_: None) -> None:
            self._view.name_taken_up()
            self.open()

        def refused(error: RegistryError) -> None:
            if isinstance(error, InvalidInput):
                self._view.refuse_name(" ".join(error.problems.values()))
            else:
                self._refused(error)
                self.open()

        self._tasks.run(act, done, refused)

    def _loaded(self, found: tuple[SavedFilter, ...]) -> None:
        self._known = found
        self._view.show_saved([(each.id, each.name) for each in found])

    def _refused(self, error: RegistryError) -> None:
        self._view.say(message_for(error))
