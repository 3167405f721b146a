"""The list of one MDT meeting on paper: each patient with three identifiers, the question, and room for the outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from poems_registry.domain.care import MdtEntry
from poems_registry.domain.care_words import MDT_STATES, said
from poems_registry.domain.dates import PartialDate, letter_date, show_date
from poems_registry.domain.nhs_number import show as show_nhs_number
from poems_registry.domain.records import ClinicProfile
from poems_registry.letters.identity import MADE_UP
from poems_registry.pages.document import Column, Document, Footer, Heading, Paragraph, Row, Run, Style, Table, plain

WIDTHS = (44.0, 52.0, 26.0, 52.0)


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on the list."""

    name: str
    born: PartialDate | None
    nhs_number: str
    entry: MdtEntry


def mdt_list(
    listed: Sequence[Listed], on: date, clinic: ClinicProfile, by: tuple[str, date], now: datetime
) -> Document:
    """The list as it stands, made `by` whom on which day; the same list, maker and instant give the same document."""
    title = f"MDT list of {letter_date(on)}"
    people = "1 patient" if len(listed) == 1 else f"{len(listed)} patients"
    rows = tuple(_row(number, each) for number, each in enumerate(listed, start=1))
    columns = (
        Column("Patient", WIDTHS[0]),
        Column("Question", WIDTHS[1]),
        Column("Presented by", WIDTHS[2]),
        Column("Outcome and actions", WIDTHS[3]),
    )
    training = clinic.training
    return Document(
        title=title,
        author=clinic.name or by[0],
        subject="MDT list",
        created=now,
        style=Style.REPORT,
        blocks=(
            Heading(title, level=1, note=clinic.name),
            Paragraph(plain(f"{people}. Confidential: contains patients' names."), quiet=True),
            Table(columns, rows),
        ),
        footer=Footer(
            facts=(f"Made by {by[0]}, {show_date(by[1])}.",), reference=title, note=MADE_UP if training else ""
        ),
    )


def _row(number: int, each: Listed) -> Row:
    born = f"Born {show_date(each.born)}" if each.born is not None else "Birth date not known"
    nhs = f", NHS No. {show_nhs_number(each.nhs_number)}" if each.nhs_number else ""
    entry = each.entry
    done = [said(MDT_STATES, entry.state) + "."] if entry.state != "listed" else []
    done += [f"{entry.outcome}"] if entry.outcome else []
    done += [f"Actions: {entry.actions}"] if entry.actions else []
    return Row(
        (
            (Run(f"{number}. {each.name}", bold=True), Run(f". {born}{nhs}")),
            plain(entry.question),
            plain(entry.presenter),
            plain(" ".join(done)),
        )
    )
