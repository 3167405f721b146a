"""What the view is told while a recorded result is corrected."""

from dataclasses import dataclass

from poems_registry.ui.field_shown import FieldShown
from poems_registry.ui.identity import Identity


@dataclass(frozen=True, slots=True)
class CorrectShown:
    """The result as it is recorded, as it would stand, and what was changed meanwhile.

    `unusual` asks for a confirmation, `confirmed` that it was given.
    """

    who: Identity
    title: str
    recorded: str
    field: FieldShown
    unusual: bool = False
    confirmed: bool = False
    reason: str = ""
    may_mark: bool = False
    meanwhile: str = ""
    save: str = ""
    numeric: bool = True
