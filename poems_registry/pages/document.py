"""The document a letter, a report or an export composes: plain blocks in reading order, no layout.

Nothing here knows POEMS or PDF. `pages.pdf` prints it, `pages.text` reads it out, tests compare it. Widths are
millimetres, type sizes points. Text is literal: nothing in it is ever read as markup.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from poems_registry.charts.shapes import Drawing

DL_WINDOW = "dl-window"
SMALLEST, LARGEST = 12, 24
LARGE_PRINT = 16
"""From this size on, tables turn into lines and figures are left out (nhs.md 3.4, UKAAF large print)."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one weight."""

    text: str
    bold: bool = False


Runs = tuple[Run, ...]


def plain(text: str) -> Runs:
    """One run of regular weight."""
    return (Run(text),)


def bold(text: str) -> Runs:
    """One run in bold."""
    return (Run(text, bold=True),)


def words(runs: Iterable[Run]) -> str:
    """The letters of `runs`, without weight."""
    return "".join(run.text for run in runs)


class Align(StrEnum):
    """Where a column's text stands."""

    LEFT = "left"
    RIGHT = "right"


class Style(StrEnum):
    """The two page styles: a letter for the post, a report for the desk."""

    LETTER = "letter"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: 1 the document's title, 2 a section, 3 inside a section; `note` stands at the right edge."""

    text: str
    level: int = 2
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `small` in table size, `quiet` in the secondary tone, `changed` with a bar at its left edge.

    `leads` keeps it on the page of what follows (a greeting).
    """

    runs: Runs
    small: bool = False
    quiet: bool = False
    changed: bool = False
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a numbered list."""

    runs: Runs
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list counted from 1."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """Who does what by when: the who is the group."""

    what: Runs
    when: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class ActionGroup:
    """The actions of one reader; an empty group prints "None", so that nothing to do is said, not guessed."""

    who: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Actions:
    """The outlined box of actions; numbers run through all groups, so that people can say "action 6"."""

    groups: tuple[ActionGroup, ...]
    title: str = "Actions"
    when_label: str = "By when"
    nothing: str = "None"


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: head, width in millimetres (a wish: never narrower than its longest word).

    `emphasised` shades it ("look here": the newest results); `spans_next` lets its head stand over the next one too;
    `together` keeps each cell on one line where the page is wide enough (a unit and its range, a route).
    """

    head: str
    width: float
    align: Align = Align.LEFT
    bold: bool = False
    emphasised: bool = False
    spans_next: bool = False
    quiet: bool = False
    together: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: one cell a column. `lines` say the same in large print; without them "head: cell" lines do.

    `quiet` names the columns whose cell stands in the secondary tone here ("Not recorded").
    """

    cells: tuple[Runs, ...]
    emphasised: bool = False
    changed: bool = False
    lines: tuple[Runs, ...] = ()
    quiet: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table that repeats its head on every page it reaches."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        if not self.columns or any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("every row of a table has one cell a column")


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with a caption; in large print only the caption's words and what the text says remain."""

    drawing: Drawing
    caption: Runs = ()
    caption_in_large_print: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A notice with a bar at its left edge, such as "Replaces letter of ..."."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A headline number and the word under it."""

    number: str
    word: str


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Headline numbers side by side."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class TwoColumns:
    """Two short passages side by side (sign-off beside copies); one under the other in large print."""

    left: tuple[Heading | Paragraph, ...]
    right: tuple[Heading | Paragraph, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """A new page; with `only_from_first` just when the text still stands on page 1.

    So the GP's page and the patient's page are one sheet, front and back, and a long first page flows on.
    """

    only_from_first: bool = False


Block = Heading | Paragraph | Numbered | Actions | Table | Figure | Band | KeyFigures | TwoColumns | NewPage


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """A label and its value in the identity block; `clear` when the value says by itself what it is (a date)."""

    label: str
    value: str
    strong: bool = False
    clear: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the document is about, at the top right of page 1."""

    name: str
    rows: tuple[IdentityRow, ...]


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands at the foot of every page: who, which document; "Page x of y" is added by the page.

    `short` is the reference in fewer words, for large print.
    """

    name: str = ""
    facts: tuple[str, ...] = ()
    reference: str = ""
    note: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What makes a document a letter: letterhead, address, identity and the header of later pages.

    `profile` names the window envelope's geometry (pages.geometry); `logo` is the clinic's own PNG or JPEG or nothing.
    """

    letterhead: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    identity: Identity | None = None
    running: tuple[str, str] = ("", "")
    profile: str = DL_WINDOW
    logo: bytes = b""


@dataclass(frozen=True, slots=True)
class Document:
    """One document, complete: the same Document always gives the same bytes.

    `size` is the body size in points (12 to 24). `compact` sets tables at 10.5 and small print at 9.5 points, for a
    professional's copy; a letter to a patient keeps its size throughout. `created` (aware) is the file's date.
    `band` is the words over every page of a report, such as "NOT FOR RELEASE: clinic use only". `measured` draws the
    envelope's zones in millimetres, and a line of 150 mm, onto a page that tries a printer and an envelope.
    """

    title: str
    author: str
    subject: str
    created: datetime
    blocks: tuple[Block, ...]
    footer: Footer = Footer()
    envelope: Envelope = Envelope()
    language: str = "en-GB"
    style: Style = Style.LETTER
    size: int = SMALLEST
    compact: bool = False
    draft: bool = False
    draft_words: str = "DRAFT - NOT SIGNED"
    band: str = ""
    measured: bool = False

    def __post_init__(self) -> None:
        if not SMALLEST <= self.size <= LARGEST:
            raise ValueError(f"type size is {SMALLEST} to {LARGEST} points")
        if self.created.tzinfo is None:
            raise ValueError("the time a document was created carries its zone")

    @property
    def large_print(self) -> bool:
        """Whether the page is re-flowed for large print."""
        return self.style is Style.LETTER and self.size >= LARGE_PRINT

    @property
    def printed_title(self) -> str:
        """The title as it stands in the file's properties: a draft says so there too."""
        return f"{self.draft_words}: {self.title}" if self.draft else self.title
