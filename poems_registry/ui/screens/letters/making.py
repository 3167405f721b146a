"""The board of letters with everything it takes to print, ready for its place in the window."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QWidget

from poems_registry.services.access import SignedIn
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.letter_printing import PrintService
from poems_registry.services.letters import LetterService
from poems_registry.ui.mounted import Coming
from poems_registry.ui.printing.works import PrintWorks
from poems_registry.ui.screens.letters.ports import Navigator, PrintShop
from poems_registry.ui.screens.letters.presenter import LettersPresenter
from poems_registry.ui.screens.letters.view import LettersScreen
from poems_registry.ui.tasks import Tasks
from poems_registry.ui.theme.theme import Theme


class House(Protocol):
    """What the board needs of the window."""

    theme: Theme
    feed: ChangeFeed

    @property
    def tasks(self) -> Tasks: ...
    @property
    def works(self) -> PrintWorks: ...
    def mount(self, view: QWidget, presenter: Coming) -> QWidget: ...


def letters_board(
    house: House, signed_in: SignedIn, letters: LetterService, navigator: Navigator
) -> tuple[QWidget, Callable[[Sequence[int]], None]]:
    """The board, opened, and how it is asked from elsewhere to print some copies."""
    view, batches = LettersScreen(house.theme), PrintService(signed_in)
    run = house.works.run_of(batches, house.tasks)
    shop = PrintShop(batches, house.works.printers, run, house.works.paper)
    presenter = LettersPresenter(view, letters, shop, house.tasks, house.feed, navigator)
    view.attend(presenter, presenter.batch, presenter.copies, presenter.holding)
    presenter.open()
    return house.mount(view, presenter), presenter.batch.ask_copies
