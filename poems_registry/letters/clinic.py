"""The clinic letter: one to the patient with lines for the GP, composed from the signed record (decision 7)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from poems_registry.domain.dates import NO_BREAK_SPACE, letter_date
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.records import ClinicProfile, Encounter, EncounterState, LetterRecord, PatientFile
from poems_registry.letters import amendment, closing
from poems_registry.letters.features import SILENT_CHANGES, as_runs
from poems_registry.letters.gluing import glue
from poems_registry.letters.identity import envelope, footer, letter_day, letter_number
from poems_registry.letters.parts import (
    ACTION_PARTS,
    FEATURE_PARTS,
    Part,
    Reader,
    parts,
    printed_actions,
    printed_blocks,
)
from poems_registry.letters.standing import Standing
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import (
    LARGEST,
    SMALLEST,
    ActionGroup,
    Actions,
    Block,
    Column,
    Document,
    Heading,
    NewPage,
    Paragraph,
    Row,
    Run,
    Table,
    bold,
    plain,
)

_FEATURE_COLUMNS = (
    Column("Feature", 8, bold=True, spans_next=True),
    Column("", 44, bold=True, together=True),
    Column("What we found", 96),
    Column("Change", 24, together=True),
)
_RUN_IN = frozenset({"information"})
"""Short parts whose title stands in bold before their words."""
_WITHOUT_HEADING = frozenset({"attendance", "greeting", "summary", "needs"})


def compose(
    file: PatientFile,
    encounter: Encounter,
    clinic: ClinicProfile,
    standing: Standing | None = None,
    *,
    letter: LetterRecord,
    now: datetime,
    for_whom: Reader = Reader.PATIENT,
) -> Document:
    """The letter as a document; a draft until `letter` carries a signature.

    `standing` defaults to what the signed visit froze. `now` (aware) dates a letter that is not signed yet. Raises
    NotAllowedNow for a letter to someone who has died, and for a signed letter of an unsigned visit.
    """
    _refuse(file, encounter, letter, for_whom)
    made = parts(file, encounter, clinic, letter, standing)
    copies = tuple(line for part in made if part.key == closing.COPIES for line in part.words.splitlines() if line)
    day = letter_day(letter, clinic, now)
    old = amendment.replaced(file, letter)
    page_one, body = _page_one(made), _body(made)
    first: list[Block] = [Heading(closing.title(Visit(file, encounter)), level=1)]
    if old is not None:
        told = parts(file, amendment.replaced_encounter(file, old, encounter), clinic, old, standing)
        page_one = amendment.marked(page_one, _page_one(told))
        body = amendment.marked(body, _body(told))
        bars = amendment.any_marked((*page_one, *body))
        first.append(amendment.band(old, letter, clinic, bars, now))
    closing_block = closing.sign_off(letter, clinic, copies)
    return Document(
        title=f"POEMS clinic letter of {letter_date(day)}, {letter_number(letter)}".replace(NO_BREAK_SPACE, " "),
        author=clinic.name,
        subject="Clinic letter",
        created=letter.signature.at if letter.signature else now,
        blocks=tuple(glue(block) for block in (*first, *page_one, NewPage(only_from_first=True), *body, closing_block)),
        footer=footer(file.patient, letter, clinic, day),
        envelope=envelope(file.patient, letter, clinic, day),
        size=min(max(file.patient.print_size, SMALLEST), LARGEST),
        draft=letter.signature is None,
    )


def _refuse(file: PatientFile, encounter: Encounter, letter: LetterRecord, for_whom: Reader) -> None:
    if file.patient.died is not None and for_whom is Reader.PATIENT:
        raise NotAllowedNow(
            "This person has died, so no letter can be addressed to them. Nothing was written or sent."
            " Write to the GP instead."
        )
    if letter.signature is not None and encounter.state is not EncounterState.SIGNED:
        raise NotAllowedNow(
            "A letter is signed only from a signed visit. Nothing was signed. Sign the visit first, then its letter."
        )


def _page_one(made: tuple[Part, ...]) -> tuple[Block, ...]:
    """What the GP needs: attendance, diagnoses, actions, medicines, allergies."""
    by_key = {part.key: part for part in made}
    groups = tuple(ActionGroup(title, printed_actions(by_key[key])) for key, (_, title) in ACTION_PARTS.items())
    return (
        *_attendance(by_key["attendance"]),
        *_headed(by_key["diagnoses"]),
        Actions(groups),
        *_headed(by_key["medicines"]),
        *_headed(by_key["allergies"]),
    )


def _attendance(part: Part) -> tuple[Block, ...]:
    return (Paragraph(plain(part.words), small=True),)


def _body(made: tuple[Part, ...]) -> tuple[Block, ...]:
    """What is said to the patient, from the greeting to what is left before the sign-off."""
    by_key = {part.key: part for part in made}
    blocks: list[Block] = [Paragraph(plain(by_key["greeting"].words), leads=True)]
    for key in ("summary", "concerns"):
        blocks += _headed(by_key[key])
    blocks.append(Heading("The five features today"))
    blocks.append(_features([by_key[key] for key in FEATURE_PARTS]))
    for key in ("other", "results", "response", "journey", "next", "safety", "information", "needs"):
        blocks += _headed(by_key[key])
    return tuple(blocks)


def _headed(part: Part) -> tuple[Block, ...]:
    """A part under its heading; an empty part prints nothing."""
    blocks = printed_blocks(part)
    if not blocks or part.key in _WITHOUT_HEADING:
        return blocks
    if part.key in _RUN_IN and isinstance(blocks[0], Paragraph):
        first = replace(blocks[0], runs=(*bold(f"{part.title}."), Run(" "), *blocks[0].runs))
        return (first, *blocks[1:])
    return (Heading(part.title), *blocks)


def _features(five: Sequence[Part]) -> Table:
    """The table of the five; without a column of changes as long as there is nothing to compare with."""
    changes = any(part.feature is not None and part.feature.change not in SILENT_CHANGES for part in five)
    columns = _FEATURE_COLUMNS if changes else _FEATURE_COLUMNS[:-1]
    return Table(columns, tuple(_feature_row(part, changes=changes) for part in five))


def _feature_row(part: Part, *, changes: bool) -> Row:
    feature = part.feature
    if feature is None:
        raise ValueError(f"{part.key} is no feature")
    found = feature.found if part.own is None else as_runs(part.own)
    name = (Run(f"{feature.letter} {feature.name}.", bold=True),)
    change = (Run(f" Change: {feature.change.lower()}."),) if changes else ()
    cells = (bold(feature.letter), bold(feature.name), found, *((plain(feature.change),) if changes else ()))
    quiet = (3,) if changes and feature.change in SILENT_CHANGES else ()
    return Row(cells, lines=((*name, Run(" "), *found, *change),), quiet=quiet)
