"""What the view is told while results are entered, beside the fields themselves: the test in hand and the column."""

from dataclasses import dataclass

from poems_registry.ui.field_shown import FieldShown


@dataclass(frozen=True, slots=True)
class FlagShown:
    """A question about the sample, such as steroids: item code, words, answer (`present`, `absent` or none)."""

    code: str
    label: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class InHand:
    """The test one is at: its field, and what is asked or offered beside it."""

    field: FieldShown
    label: str
    units: tuple[str, ...] = ()
    unit: str = ""
    limits_offered: str = ""
    timed: bool = False
    flags: tuple[FlagShown, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """The column being typed: its date as typed, as a head, and what is wrong with it; what Save would do.

    `late` is the reason typed for a day after the death, None where the day asks for none.
    """

    day: str
    head: tuple[str, str]
    day_problem: str = ""
    save: str = ""
    ready: bool = False
    late: str | None = None
