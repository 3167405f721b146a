"""Work that is answered when a test lets it: for what happens between a question and its answer."""

from collections.abc import Callable
from typing import TypeVar

from poems_registry.ui.tasks import Failed, Inline

Answer = TypeVar("Answer")


class Later:
    """Holds work back until the test lets it be done and answered."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def run(self, work: Callable[[], Answer], done: Callable[[Answer], None], failed: Failed) -> None:
        """Keep it."""
        self.waiting.append(lambda: Inline().run(work, done, failed))

    def answer(self) -> None:
        """Do and answer all that waits; what is asked meanwhile waits in its turn."""
        waiting, self.waiting = self.waiting, []
        for each in waiting:
            each()
