"""What the view is told while a recorded result is corrected."""

from dataclasses import dataclass

from poems_registry.ui.identity import Identity


@dataclass(frozen=True, slots=True)
class CorrectShown:
    """The result as it stands, as it would stand, and what is wrong, unusual or changed meanwhile."""

    who: Identity
    title: str
    recorded: str
    text: str = ""
    state: str = ""
    limit_low: str = ""
    limit_high: str = ""
    assay: str = ""
    sample_time: str = ""
    note: str = ""
    meaning: str = ""
    problem: str = ""
    doubt: str = ""
    meanwhile: str = ""
    save: str = ""
    numeric: bool = True
