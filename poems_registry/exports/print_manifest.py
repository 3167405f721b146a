"""The list of what was printed, for the folder beside the printer: as a table for CSV and as a page for paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from poems_registry.domain.correspondence import Addressee
from poems_registry.domain.dates import letter_date
from poems_registry.domain.printing import PrintBatch, PrintItem, Step, Sums
from poems_registry.exports.table import Row, Table
from poems_registry.pages import document as paper
from poems_registry.pages.document import Document, Footer, Heading, Paragraph, Style, bold, plain

HEAD = (
    "place", "letter", "version", "patient", "copy_for", "pages", "address_sheet", "sha256", "printer", "outcome",
    "reprint", "at", "by", "why_not",
)  # fmt: skip
OUTCOMES = {Step.PRINTED: "printed", Step.SPOILED: "not right", Step.LEFT_OUT: "left out"}
COPY_FOR = {Addressee.PATIENT: "patient", Addressee.PRACTICE: "GP practice", Addressee.OTHER: "other"}
_SHORT = 12


@dataclass(frozen=True, slots=True)
class Listed:
    """One line: a copy, its printer, whose it is by study number, and in which part its reader gets it."""

    item: PrintItem
    printer: str
    patient: str
    addressee: Addressee


def table(lines: Sequence[Listed]) -> Table:
    """One row a copy; the checksum in full."""
    return Table("printed letters", HEAD, [_row(line) for line in lines])


def to_document(clinic: str, batch: PrintBatch, lines: Sequence[Listed], sums: Sums) -> Document:
    """The same on A4, with the sums that must agree; the checksum's first figures, the whole one is in the CSV."""
    if batch.closed_at is None or batch.begun_at is None:
        raise ValueError("a batch is listed when it was closed")
    begun, closed = batch.begun_at.astimezone(), batch.closed_at.astimezone()
    title = f"Letters printed, batch {batch.id}"
    about = (
        f"Printer: {batch.printer}. Begun {letter_date(begun.date())} at {begun:%H:%M} by {batch.begun_by}, confirmed"
        f" {letter_date(closed.date())} at {closed:%H:%M} by {batch.closed_by}."
    )
    columns = [("", 8.0), ("Letter", 30.0), ("Patient", 24.0), ("Copy for", 24.0), ("Pages", 14.0)]
    columns += [("Checksum", 30.0), ("Outcome", 24.0), ("At", 20.0)]
    return Document(
        title=title,
        author=clinic,
        subject="List of a batch of printed letters",
        created=batch.closed_at,
        blocks=(
            Heading(title, level=1),
            Paragraph(plain(about)),
            Paragraph(bold(sums.line + ".")),
            paper.Table(
                tuple(paper.Column(head, width, together=True) for head, width in columns),
                tuple(paper.Row(tuple(plain(words) for words in _cells(line))) for line in lines),
            ),
            *(
                Paragraph(plain(f"{line.item.reference}: {line.item.note}"), small=True)
                for line in lines
                if line.item.note
            ),
        ),
        footer=Footer("", (), title, clinic),
        style=Style.REPORT,
    )


def _row(line: Listed) -> Row:
    item = line.item
    return (
        *(item.place, item.number, item.version, line.patient, COPY_FOR[line.addressee], item.pages, item.sheets),
        *(item.sha256, line.printer, OUTCOMES[item.step], "yes" if item.again else "no", item.at, item.by, item.note),
    )


def _cells(line: Listed) -> tuple[str, ...]:
    item = line.item
    pages = f"{item.pages} + {item.sheets}" if item.sheets else str(item.pages)
    outcome = OUTCOMES[item.step] + (", again" if item.again and item.step is Step.PRINTED else "")
    at = f"{item.at.astimezone():%H:%M}" if item.at is not None else ""
    part = COPY_FOR[line.addressee]
    return str(item.place), item.reference, line.patient, part, pages, item.sha256[:_SHORT], outcome, at
