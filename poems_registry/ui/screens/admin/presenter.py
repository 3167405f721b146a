"""The admin screen as one place to go: pages that come and go together."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from poems_registry.ui.screens.admin.people_presenter import PeoplePresenter
from poems_registry.ui.screens.admin.settings_presenter import SettingsPresenter
from poems_registry.ui.screens.admin.shown import PEOPLE


class View(Protocol):
    """What the pages share."""

    def close_form(self) -> None: ...


class OwnPage(Protocol):
    """A page that asks the registry only when it is looked at."""

    def load(self) -> None: ...
    def leave(self) -> None: ...


class AdminPresenter:
    """Loads what is in view whenever the screen is shown: at another PC somebody else may manage too."""

    def __init__(
        self,
        view: View,
        people: PeoplePresenter,
        settings: SettingsPresenter,
        others: Mapping[str, OwnPage] = MappingProxyType({}),
    ) -> None:
        """`others`: further pages by their key."""
        self._view, self.people, self.settings, self._others = view, people, settings, others
        self._page = PEOPLE

    def open(self) -> None:
        """Everybody and everything; of the other pages the one in view."""
        self.people.load()
        self.settings.load()
        self.page(self._page)

    def page(self, page: str) -> None:
        """A page is looked at: what only it shows is asked for now."""
        self._page = page
        if page in self._others:
            self._others[page].load()

    def shown(self) -> None:
        """Back on the screen."""
        self.open()

    def leave(self) -> None:
        """Nothing half typed stays; what was saved is saved."""
        self._view.close_form()
        self.people.leave()
        self.settings.leave()
        for each in self._others.values():
            each.leave()
