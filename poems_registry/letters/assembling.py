"""From the parts of a letter to its document: title, what it replaces, page one, body, sign-off and copies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from poems_registry.domain.dates import NO_BREAK_SPACE, letter_date
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.records import ClinicProfile, Encounter, LetterRecord, PatientFile
from poems_registry.letters import amendment, arranging, closing
from poems_registry.letters.arranging import in_order
from poems_registry.letters.built_in import built_in
from poems_registry.letters.gluing import glue
from poems_registry.letters.identity import envelope, footer, letter_day, letter_number
from poems_registry.letters.parts import ADDRESSEE, Part
from poems_registry.letters.placeholders import values_of
from poems_registry.letters.standing import Standing
from poems_registry.letters.template import Template, Templates, Wording
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import (
    LARGEST,
    SMALLEST,
    Block,
    Document,
    Envelope,
    Heading,
    NewPage,
)

Parts = Callable[[Visit, ClinicProfile, LetterRecord, Standing, Wording], Sequence[Part]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of letter: what the record says in each of its parts, and whether its greeting opens a page.

    Which parts are printed, in which order and under which titles, is the template's to say.
    """

    parts: Parts
    subject: str
    greeting_opens_a_page: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter is made from. `standing` defaults to what the signed visit froze."""

    file: PatientFile
    encounter: Encounter
    clinic: ClinicProfile
    letter: LetterRecord
    standing: Standing | None = None

    @property
    def visit(self) -> Visit:
        """The visit in the light of its patient's file."""
        return Visit(self.file, self.encounter)


def wording_of(visit: Visit, clinic: ClinicProfile, letter: LetterRecord, template: Template | None) -> Wording:
    """The template in force, or the program's own, with the values of one letter."""
    return Wording(template or built_in(letter.kind.value), values_of(visit, clinic, letter))


def parts_of(kind: Kind, facts: Facts, template: Template | None = None) -> tuple[Part, ...]:
    """All parts in print order, each with the author's words where the letter has any."""
    visit, verdict = facts.visit, facts.encounter.verdict
    known = facts.standing or (Standing.frozen(verdict) if verdict else Standing())
    wording = wording_of(visit, facts.clinic, facts.letter, template)
    return in_order(kind.parts(visit, facts.clinic, facts.letter, known, wording), wording, dict(facts.letter.edits))


def assemble(kind: Kind, facts: Facts, now: datetime, templates: Templates) -> Document:
    """The letter as a document; a draft until the letter carries a signature.

    `now` (aware) dates a letter that is not signed yet. Raises NotAllowedNow for a letter to someone who has died, and
    for a signed letter of an unsigned visit.
    """
    file, encounter, clinic, letter = facts.file, facts.encounter, facts.clinic, facts.letter
    _refuse(file, encounter, letter)
    made = parts_of(kind, facts, templates.own)
    wording = wording_of(facts.visit, clinic, letter, templates.own)
    day = letter_day(letter, clinic, now)
    old = amendment.replaced(file, letter)
    page_one, body = arranging.page_one(made, wording.template), arranging.body(made, wording.template)
    first: list[Block] = [Heading(wording.title, level=1)]
    if old is not None:
        then = amendment.replaced_encounter(file, old, encounter)
        told = parts_of(kind, replace(facts, encounter=then, letter=old), templates.earlier)
        said = templates.earlier or built_in(old.kind.value)
        page_one = amendment.marked(page_one, arranging.page_one(told, said))
        body = amendment.marked(body, arranging.body(told, said))
        bars = amendment.any_marked((*page_one, *body))
        first.append(amendment.band(old, letter, clinic, bars, now))
    between = (NewPage(only_from_first=True),) if kind.greeting_opens_a_page else ()
    blocks = (*first, *page_one, *between, *body, closing.sign_off(letter, clinic, copies_of(made), wording))
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
    if letter.signature is not None and not encounter.may_have_letter:
        raise NotAllowedNow(
            "A letter is signed only from a signed visit. Nothing was signed. Sign the visit first, then its letter."
        )
