"""What the tab of care shows: how the person stands with the clinic, and everything around their visits."""

from dataclasses import dataclass

from poems_registry.ui.care.shown import LineShown, What


@dataclass(frozen=True, slots=True)
class StandingShown:
    """The status and since when; beside it, each on its own, the clinician's diagnosis and what the criteria say."""

    status: str
    since: str
    diagnosis: str
    verdict: str
    died: str
    history: tuple[LineShown, ...]


@dataclass(frozen=True, slots=True)
class CareShown:
    """Lines newest first; `mistakes` are hidden until they are asked for. `may` are the kinds one may record."""

    standing: StandingShown
    lines: tuple[LineShown, ...]
    mistakes: int
    with_mistakes: bool
    may: frozenset[What]
    explanation: str
