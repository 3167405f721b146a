"""What the tab of details is told when a consent is asked for."""

from dataclasses import dataclass

from poems_registry.ui.identity import Identity


@dataclass(frozen=True, slots=True)
class AskedConsent:
    """What the dialog shows: whose consent, the questions and answers there are, and the day to begin with."""

    who: Identity
    scopes: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    today: str
    studies: tuple[str, ...] = ()
