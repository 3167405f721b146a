"""The sheet that goes on top of a copy whose own address does not stand in the letter's window (nhs.md 3.5)."""

from datetime import datetime

from poems_registry.domain.correspondence import Recipient
from poems_registry.domain.records import LetterRecord
from poems_registry.letters.cover import cover, needs_cover
from poems_registry.storage import letter_copies, registry
from poems_registry.storage.unit_of_work import Session


def address_sheet(session: Session, copy: Recipient, letter: LetterRecord, now: datetime) -> bytes:
    """The sheet as PDF, one page; nothing for a copy that needs none."""
    from poems_registry.pages.pdf import render

    first, *_ = letter_copies.of_letter(session, letter.id)
    if not needs_cover(copy, letter, first):
        return b""
    return render(cover(copy, letter, registry.load(session).profile, now))
