"""The admin screen as one place to go: two pages that come and go together."""

from typing import Protocol

from poems_registry.ui.screens.admin.people_presenter import PeoplePresenter
from poems_registry.ui.screens.admin.settings_presenter import SettingsPresenter


class View(Protocol):
    """What both pages share."""

    def close_form(self) -> None: ...


class AdminPresenter:
    """Loads both pages whenever the screen is shown: at another PC somebody else may manage too."""

    def __init__(self, view: View, people: PeoplePresenter, settings: SettingsPresenter) -> None:
        self._view, self.people, self.settings = view, people, settings

    def open(self) -> None:
        """Everybody and everything."""
        self.people.load()
        self.settings.load()

    def shown(self) -> None:
        """Back on the screen."""
        self.open()

    def leave(self) -> None:
        """Nothing half typed stays; what was saved is saved."""
        self._view.close_form()
        self.people.leave()
        self.settings.leave()
