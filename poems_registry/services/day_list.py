"""The list of the day on paper: every line with whom, what and since when, and a box to tick."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from poems_registry.domain.dates import letter_date
from poems_registry.pages.document import Block, Column, Document, Footer, Heading, Paragraph, Row, Style, Table, plain

TITLE = "List of the day"
BAND = "NAMES OF PATIENTS: stays in the clinic, shred after use"
_HEADS = (("Who", 52.0), ("Born, NHS number", 42.0), ("What", 50.0), ("Since", 24.0), ("Done", 10.0))
BOX = "\u25a1"
"""An empty box to tick by hand."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """One thing that waits, in words: three things that tell who it is, what, and since when; in whose record."""

    name: str
    born: str
    number: str
    what: str
    since: str
    patient_id: int = 0


@dataclass(frozen=True, slots=True)
class ListGroup:
    """A group with its lines; `total` counts those that are not among them, too."""

    title: str
    lines: tuple[ListLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Made:
    """Who printed it, where and when: the instant (aware), and the day it was at the clinic."""

    at: datetime
    on: date
    by: str
    clinic: str
    training: bool = False


def day_list(groups: Sequence[ListGroup], whose: str, made: Made) -> Document:
    """The whole list; `whose` says in words whose work it is. Title and subject hold no name of a patient."""
    return Document(
        title=TITLE,
        author=made.clinic,
        subject=f"{TITLE}, {letter_date(made.on)}",
        created=made.at,
        style=Style.REPORT,
        band=BAND,
        blocks=tuple(_blocks(groups, whose, made)),
        footer=Footer(facts=(_foot(made),), reference=BAND),
    )


def _blocks(groups: Sequence[ListGroup], whose: str, made: Made) -> Iterator[Block]:
    yield Heading(f"{TITLE}, {letter_date(made.on)}", 1)
    yield Paragraph(plain(whose), quiet=True)
    if not groups:
        yield Paragraph(plain("Nothing waits."))
    columns = tuple(Column(head, width) for head, width in _HEADS)
    for group in groups:
        shown = len(group.lines)
        more = f"{shown:,} of {group.total:,}" if shown < group.total else f"{shown:,}"
        yield Heading(group.title, note=more)
        yield Table(columns, tuple(_row(line) for line in group.lines))


def _row(line: ListLine) -> Row:
    known = ", ".join(part for part in (line.born, line.number) if part)
    return Row(tuple(map(plain, (line.name, known, line.what, line.since, BOX))))


def _foot(made: Made) -> str:
    made_up = " Made-up patients of the training registry." if made.training else ""
    return f"{TITLE} of {letter_date(made.on)}, printed by {made.by}.{made_up}"
