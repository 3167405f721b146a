"""What the tab of access shows: lines of who did what and when, and on demand the values before and after."""

from dataclasses import dataclass
from enum import StrEnum

from poems_registry.ui.identity import Identity


class Actions(StrEnum):
    """Which acts are listed; the value is what the service is asked for."""

    ALL = ""
    CHANGES = "changes"
    LOOKS = "looks"
    LEFT = "left"


ACTIONS_WORDS = {
    Actions.ALL: "Everything",
    Actions.CHANGES: "Changes only",
    Actions.LOOKS: "Looked at only",
    Actions.LEFT: "Printed or saved as a file",
}


class Period(StrEnum):
    """From which day on."""

    ALL = ""
    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


PERIOD_DAYS = {Period.TODAY: 1, Period.WEEK: 7, Period.MONTH: 30, Period.YEAR: 365}
PERIOD_WORDS = {
    Period.ALL: "At any time",
    Period.TODAY: "Today",
    Period.WEEK: "In the last 7 days",
    Period.MONTH: "In the last 30 days",
    Period.YEAR: "In the last 365 days",
}


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One line. `more` is what else was done with it, the reason, and where; `values` how many values it changed."""

    key: int
    day: str
    time: str
    who: str
    role: str
    what: str
    more: str
    values: str
    changed: bool


@dataclass(frozen=True, slots=True)
class AccessShown:
    """The lines so far, who can be asked for, and whether there are older ones."""

    rows: tuple[AccessRow, ...]
    people: tuple[tuple[str, str], ...]
    words: str
    older: bool
    narrowed: bool


@dataclass(frozen=True, slots=True)
class ValueShown:
    """One value before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ValuesShown:
    """What one act changed; `note` says what is left out, and why."""

    who: Identity
    title: str
    said: str
    values: tuple[ValueShown, ...]
    note: str
