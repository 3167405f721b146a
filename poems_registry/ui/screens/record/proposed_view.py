"""The bar over a record that somebody proposed to join with another one; decides nothing."""

from typing import Protocol

from poems_registry.ui.screens.record.shown import ProposedBarShown
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.message import Action, MessageBar


class ProposedActions(Protocol):
    """What can be done about it."""

    def decide(self, proposal_id: int) -> None: ...


class ProposedBar(MessageBar):
    """It stays as long as the proposal waits."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, Tone.AMBER)
        self._presenter: ProposedActions | None = None

    def attend(self, actions: ProposedActions) -> None:
        """Pass on to these from now on."""
        self._presenter = actions

    def show_proposed(self, shown: ProposedBarShown | None) -> None:
        """This one, or none."""
        if shown is None:
            self.clear()
            return
        number = shown.proposal_id
        acts = (Action(shown.act, lambda: self._decide(number), "git-merge"),) if shown.act else ()
        self.say(shown.cause, shown.rest, acts)

    def _decide(self, proposal_id: int) -> None:
        if self._presenter is not None:
            self._presenter.decide(proposal_id)
