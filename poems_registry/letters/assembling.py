"""From the parts of a letter to its document: title, what it replaces, page one, body, sign-off and copies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from poems_registry.domain.dates import NO_BREAK_SPACE, letter_date
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.records import ClinicProfile, Encounter, EncounterState, LetterRecord, PatientFile
from poems_registry.letters import amendment, closing
from poems_registry.letters.gluing import glue
from poems_registry.letters.identity import envelope, footer, letter_day, letter_number
from poems_registry.letters.parts import ADDRESSEE, Part, printed_blocks
from poems_registry.letters.standing import Standing
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import (
    LARGEST,
    SMALLEST,
    Block,
    Document,
    Envelope,
    Heading,
    NewPage,
    Paragraph,
    Run,
    bold,
)

_RUN_IN = frozenset({"information"})
"""Short parts whose title stands in bold before their words."""
_WITHOUT_HEADING = frozenset({"attendance", "greeting", "summary", "needs", ADDRESSEE})

Parts = Callable[[PatientFile, Encounter, ClinicProfile, LetterRecord, Standing | None], Sequence[Part]]
Place = Callable[[Sequence[Part]], tuple[Block, ...]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of letter: its parts in print order, its title, and which of them stand on page one and behind it."""

    parts: Parts
    title: Callable[[Visit, LetterRecord], str]
    page_one: Place
    body: Place
    subject: str
    greeting_opens_a_page: bool = True


def assemble(
    kind: Kind,
    file: PatientFile,
    encounter: Encounter,
    clinic: ClinicProfile,
    standing: Standing | None = None,
    *,
    letter: LetterRecord,
    now: datetime,
) -> Document:
    """The letter as a document; a draft until `letter` carries a signature.

    `standing` defaults to what the signed visit froze. `now` (aware) dates a letter that is not signed yet. Raises
    NotAllowedNow for a letter to someone who has died, and for a signed letter of an unsigned visit.
    """
    _refuse(file, encounter, letter)
    made = kind.parts(file, encounter, clinic, letter, standing)
    day = letter_day(letter, clinic, now)
    old = amendment.replaced(file, letter)
    page_one, body = kind.page_one(made), kind.body(made)
    first: list[Block] = [Heading(kind.title(Visit(file, encounter), letter), level=1)]
    if old is not None:
        then = amendment.replaced_encounter(file, old, encounter)
        told = kind.parts(file, then, clinic, old, standing)
        page_one = amendment.marked(page_one, kind.page_one(told))
        body = amendment.marked(body, kind.body(told))
        bars = amendment.any_marked((*page_one, *body))
        first.append(amendment.band(old, letter, clinic, bars, now))
    between = (NewPage(only_from_first=True),) if kind.greeting_opens_a_page else ()
    blocks = (*first, *page_one, *between, *body, closing.sign_off(letter, clinic, copies_of(made)))
    return Document(
        title=f"POEMS {kind.subject.lower()} of {letter_date(day)}, {letter_number(letter)}".replace(
            NO_BREAK_SPACE, " "
        ),
        author=clinic.name,
        subject=kind.subject,
        created=letter.signature.at if letter.signature else now,
        blocks=tuple(glue(block) for block in blocks),
        footer=footer(file.patient, letter, clinic, day),
        envelope=_addressed(envelope(file.patient, letter, clinic, day), made),
        size=min(max(file.patient.print_size, SMALLEST), LARGEST) if letter.kind.to_patient else SMALLEST,
        compact=not letter.kind.to_patient,
        draft=letter.signature is None,
    )


def copies_of(made: Sequence[Part]) -> tuple[str, ...]:
    """Who gets a copy, one a line, as the letter names them."""
    return tuple(line for part in made if part.key == closing.COPIES for line in lines_of(part))


def _addressed(patients: Envelope, made: Sequence[Part]) -> Envelope:
    """With the address of whoever the letter is written to, where that is not the patient."""
    addressee = next((part for part in made if part.key == ADDRESSEE), None)
    return replace(patients, address=lines_of(addressee)) if addressee is not None else patients


def lines_of(part: Part) -> tuple[str, ...]:
    """The lines of a part that say something."""
    return tuple(line.strip() for line in part.words.splitlines() if line.strip())


def _refuse(file: PatientFile, encounter: Encounter, letter: LetterRecord) -> None:
    if file.patient.died is not None and letter.kind.to_patient:
        raise NotAllowedNow(
            "This person has died, so no letter can be addressed to them. Nothing was written or sent."
            " Write to the GP instead."
        )
    if letter.signature is not None and encounter.state is not EncounterState.SIGNED:
        raise NotAllowedNow(
            "A letter is signed only from a signed visit. Nothing was signed. Sign the visit first, then its letter."
        )


def headed(part: Part) -> tuple[Block, ...]:
    """A part under its heading; an empty part prints nothing."""
    blocks = printed_blocks(part)
    if not blocks or part.key in _WITHOUT_HEADING:
        return blocks
    if part.key in _RUN_IN and isinstance(blocks[0], Paragraph):
        first = replace(blocks[0], runs=(*bold(f"{part.title}."), Run(" "), *blocks[0].runs))
        return (first, *blocks[1:])
    return (Heading(part.title), *blocks)
