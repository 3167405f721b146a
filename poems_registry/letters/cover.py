"""The address sheet of a third party's copy: its window shows their address, never the patient's (nhs.md 3.5)."""

from datetime import datetime

from poems_registry.domain.correspondence import Addressee, Recipient
from poems_registry.domain.dates import NO_BREAK_SPACE, letter_date
from poems_registry.domain.records import ClinicProfile, LetterRecord
from poems_registry.letters.identity import MADE_UP, letter_day, letter_number, letterhead
from poems_registry.pages.document import Document, Envelope, Footer, Heading, Paragraph, plain
from poems_registry.pages.fonts import unprintable
from poems_registry.pages.front import fits_window

BY_HAND = "Address by hand: no address that can be printed here is known."


def needs_cover(copy: Recipient, letter: LetterRecord, first: Recipient) -> bool:
    """Whether the letter's own window shows somebody else's address; `first` is the copy of whom it is written to."""
    own = copy.addressee is Addressee.PATIENT if letter.kind.to_patient else copy.id == first.id
    return not own


def window_address(copy: Recipient) -> tuple[str, ...]:
    """Name and address as they stand in the window; the name alone, for an address by hand, if none is known or fits.

    Never the patient's, and nothing where not even the name can be printed.
    """
    name = copy.name.split(",")[0].removesuffix(" (GP)").strip()
    lines = tuple(dict.fromkeys((name, *copy.address)))
    return next((each for each in (lines, lines[:1]) if _printable(each)), ())


def _printable(lines: tuple[str, ...]) -> bool:
    return not any(unprintable(line) for line in lines) and fits_window(lines)


def cover(copy: Recipient, letter: LetterRecord, clinic: ClinicProfile, now: datetime) -> Document:
    """One sheet with the recipient's address and the number of the letter behind it; it names no patient."""
    day = letter_day(letter, clinic, now)
    number = letter_number(letter)
    address = window_address(copy)
    return Document(
        title=f"Address sheet of {number}".replace(NO_BREAK_SPACE, " "),
        author=clinic.name,
        subject="Address sheet",
        created=letter.signature.at if letter.signature else now,
        blocks=(
            Heading("Copy of a letter", level=1),
            Paragraph(plain(f"Behind this sheet is a copy of our letter {number} of {letter_date(day)}.")),
            Paragraph(plain("Confidential: for the addressee only. If it has come to you by mistake, please ring us.")),
            *([Paragraph(plain(BY_HAND))] if len(address) < 2 else []),
        ),
        footer=Footer("", (), f"Address sheet, letter {number}", MADE_UP if clinic.training else ""),
        envelope=Envelope(letterhead(clinic), address),
    )
