"""The page that tries a printer and a window envelope before letters go into them (nhs.md 3.4); it names nobody."""

from datetime import datetime

from poems_registry.domain.records import ClinicProfile
from poems_registry.letters.identity import letterhead
from poems_registry.pages.document import (
    DL_WINDOW,
    Document,
    Envelope,
    Footer,
    Heading,
    Item,
    Numbered,
    Paragraph,
    plain,
)

TITLE = "Envelope test page"
SEVEN = (
    "Line 1 of an address of seven lines",
    "Line 2, as long as an address may be",
    *(f"Line {n}" for n in range(3, 7)),
    "Line 7, the postcode",
)
_STEPS = (
    'Print this page at its actual size (100%, not "fit to page") on the printer and from the tray that letters use.',
    "Measure the line at the foot of the page: it is 150 mm long. If it is not, the printer changes the size. Mend that"
    " first.",
    "Fold at the short marks at the left edge and put the sheet into an envelope of the kind that letters use.",
    "Push the sheet as far as it goes to the left, to the right, up and down. Each time all seven lines of the address"
    " must be seen whole, and nothing outside the frame of figures.",
    "If something else is seen, read through the window how many millimetres of the sheet show, from the left and from"
    " the top, and tell whoever keeps this program: another envelope is another geometry, and letters wait until then.",
)


def envelope_test(clinic: ClinicProfile, now: datetime) -> Document:
    """One page: the address zone filled, what must stay clear framed, millimetres on every side, and what to do."""
    return Document(
        title=TITLE,
        author=clinic.name,
        subject="Test of printer and envelope",
        created=now,
        blocks=(
            Heading(TITLE, level=1),
            Paragraph(plain("For a DL window envelope (110 x 220 mm) and A4 folded twice. Figures are millimetres.")),
            Numbered(tuple(Item(plain(step)) for step in _STEPS)),
        ),
        footer=Footer(TITLE, (), "No letter and nobody's: made to be thrown away", ""),
        envelope=Envelope(letterhead(clinic), SEVEN, profile=DL_WINDOW),
        measured=True,
    )
