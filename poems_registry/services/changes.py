"""What a change touched, told to every screen that shows it."""

from collections.abc import Callable
from typing import NamedTuple


class Changed(NamedTuple):
    """Ids of what was changed; `everything` after an import or a change of settings.

    `told` are sentences on what else changed with it, for whoever made the change.
    """

    patients: frozenset[int] = frozenset()
    encounters: frozenset[int] = frozenset()
    letters: frozenset[int] = frozenset()
    everything: bool = False
    told: tuple[str, ...] = ()

    def concerns(self, patient_id: int) -> bool:
        """Whether a screen that shows this patient has to look again."""
        return self.everything or patient_id in self.patients


Listener = Callable[[Changed], None]


class ChangeFeed:
    """Tells each listener of each change, in the order in which they asked to be told."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Be told of changes until the function that this gives is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def publish(self, changed: Changed) -> None:
        """Tell everyone."""
        for listener in list(self._listeners):
            listener(changed)
