"""What the details form shows beside its fields: practices of the list that answer what is typed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """One practice to take; `state` says that it is closed, or gone from the list."""

    code: str
    name: str
    place: str
    state: str = ""
