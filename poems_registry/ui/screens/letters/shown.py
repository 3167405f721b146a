"""What the board of letters shows: its columns, one card of them, what the dock below says, what the dialogs ask."""

from dataclasses import dataclass, field
from enum import StrEnum

from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity
from poems_registry.ui.theme.tokens import Tone


class Stage(StrEnum):
    """How far a letter is, in the order it goes."""

    TO_WRITE = "to_write"
    DRAFT = "draft"
    READY = "ready"
    TO_PRINT = "to_print"
    PRINTED = "printed"
    SENT = "sent"
    TAKEN_BACK = "taken_back"


class Place(StrEnum):
    """The columns of the board, from left to right."""

    REVIEW = "review"
    PRINT = "print"
    PRINTED = "printed"
    SENT = "sent"


PLACE_OF = {
    Stage.TO_WRITE: Place.REVIEW,
    Stage.DRAFT: Place.REVIEW,
    Stage.READY: Place.REVIEW,
    Stage.TO_PRINT: Place.PRINT,
    Stage.PRINTED: Place.PRINTED,
    Stage.SENT: Place.SENT,
}
STAGE_WORDS = {
    Stage.TO_WRITE: "Not begun",
    Stage.DRAFT: "Draft",
    Stage.READY: "To sign",
    Stage.TO_PRINT: "To print",
    Stage.PRINTED: "Printed",
    Stage.SENT: "Sent",
    Stage.TAKEN_BACK: "Do not send",
}
PLACE_WORDS = {
    Place.REVIEW: "To review",
    Place.PRINT: "To print",
    Place.PRINTED: "Printed",
    Place.SENT: "Sent",
}
TICKED = (Place.PRINT, Place.PRINTED)
"""Where letters can be ticked, to do something with many of them."""


@dataclass(frozen=True, slots=True)
class CardShown:
    """One card: who, of how many days it has had how many, and below how far the letter is.

    `days` fills the bar of seven; `soon` and `late` say so in words and weight, too. `warning` is why its paper must
    not leave. `printing` says what the printer does with it just now. `held` says which copies are kept back, until
    when and why; `all_held` that none is left to print or send.
    """

    key: tuple[int, int]
    name: str
    identity: str
    stage: Stage
    place: Place
    days: int
    day_words: str
    words: str
    late: bool = False
    soon: bool = False
    deceased: bool = False
    ticked: bool = False
    may_tick: bool = False
    warning: str = ""
    printing: str = ""
    held: str = ""
    all_held: bool = False

    @property
    def said(self) -> str:
        """All of it in one sentence, for a screen reader."""
        parts = (self.name, self.identity, self.day_words, self.warning, self.words, self.held, self.printing)
        return ". ".join(" ".join(part.split()) for part in parts if part)


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column: how many letters, what is said below its head, the cards, and what would bring a letter here."""

    place: Place
    count: int
    words: str
    cards: tuple[CardShown, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class DockButton:
    """A button of the dock: which act, its words, whether it is the main one or takes something away."""

    act: str
    words: str
    icon: str = ""
    main: bool = False
    danger: bool = False


@dataclass(frozen=True, slots=True)
class DockShown:
    """A half of the dock: a title, a line below, a bar from `done` to `total` (0 for none), and buttons."""

    title: str
    words: str = ""
    icon: str = ""
    tone: Tone = Tone.SUB
    done: int = 0
    total: int = 0
    buttons: tuple[DockButton, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardShown:
    """The whole board: the line below its title, which clinic days and doctors can be chosen, columns, the dock."""

    words: str
    days: tuple[tuple[str, str], ...]
    day: str
    doctors: tuple[tuple[str, str], ...]
    doctor: str
    columns: tuple[ColumnShown, ...]
    chosen: DockShown | None = None
    job: DockShown | None = None


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """A printer as it is offered: its name, the words shown for it, and why it cannot be chosen, if it cannot."""

    name: str
    words: str
    both_sides: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PrintAsked:
    """The question before a batch: how many, on which printer."""

    title: str
    words: str
    button: str
    printers: tuple[PrinterChoice, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class SheetShown:
    """One copy of a batch that went to the printer: what lies in the tray, and what is known of it.

    `fell` marks paper that must not leave.
    """

    item_id: int
    words: str
    note: str = ""
    right: bool = True
    fell: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmAsked:
    """The question after a batch: what came out right."""

    title: str
    words: str
    sheets: tuple[SheetShown, ...]
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class StoppedAsked:
    """The question whether somebody else still prints: who, at which PC, since when."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class HoldAsked:
    """The question why copies are held, and until when; `who` if all are of one patient."""

    title: str
    words: str
    who: Identity | None
    button: str


@dataclass(frozen=True, slots=True)
class CopyShown:
    """One copy of a letter: who gets it, what became of it, the steps that are open."""

    id: int
    name: str
    words: str
    gone: bool
    acts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CopiesShown:
    """The copies of one letter, for who posts them: no word of the letter itself."""

    title: str
    who: Identity | None
    words: str
    copies: tuple[CopyShown, ...] = field(default_factory=tuple)
    may_send_all: bool = False


def stage_words(stage: Stage) -> str:
    """In the window's language."""
    return tr(STAGE_WORDS[stage])
