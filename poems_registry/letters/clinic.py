"""The clinic letter: one to the patient with lines for the GP, composed from the signed record (decision 7)."""

from collections.abc import Sequence
from datetime import datetime

from poems_registry.domain.records import ClinicProfile, Encounter, LetterRecord, PatientFile
from poems_registry.letters import closing
from poems_registry.letters.assembling import Kind, assemble, headed
from poems_registry.letters.features import SILENT_CHANGES, as_runs
from poems_registry.letters.parts import ACTION_PARTS, FEATURE_PARTS, Part, parts, printed_actions
from poems_registry.letters.standing import Standing
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import (
    ActionGroup,
    Actions,
    Block,
    Column,
    Document,
    Heading,
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


def compose(
    file: PatientFile,
    encounter: Encounter,
    clinic: ClinicProfile,
    standing: Standing | None = None,
    *,
    letter: LetterRecord,
    now: datetime,
) -> Document:
    """The clinic letter as a document; see `assembling.assemble`."""
    return assemble(CLINIC_LETTER, file, encounter, clinic, standing, letter=letter, now=now)


def page_one(made: Sequence[Part]) -> tuple[Block, ...]:
    """What the GP needs: attendance, diagnoses, actions, medicines, allergies."""
    by_key = {part.key: part for part in made}
    groups = tuple(ActionGroup(title, printed_actions(by_key[key])) for key, (_, title) in ACTION_PARTS.items())
    return (
        *_attendance(by_key["attendance"]),
        *headed(by_key["diagnoses"]),
        Actions(groups),
        *headed(by_key["medicines"]),
        *headed(by_key["allergies"]),
    )


def _attendance(part: Part) -> tuple[Block, ...]:
    return (Paragraph(plain(part.words), small=True),)


def body(made: Sequence[Part]) -> tuple[Block, ...]:
    """What is said to the patient, from the greeting to what is left before the sign-off."""
    by_key = {part.key: part for part in made}
    blocks: list[Block] = [Paragraph(plain(by_key["greeting"].words), leads=True)]
    for key in ("summary", "concerns"):
        blocks += headed(by_key[key])
    blocks.append(Heading("The five features today"))
    blocks.append(features_table([by_key[key] for key in FEATURE_PARTS]))
    for key in ("other", "results", "response", "journey", "next", "safety", "information", "needs"):
        blocks += headed(by_key[key])
    return tuple(blocks)


def features_table(five: Sequence[Part]) -> Table:
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


def _title(visit: Visit, _: LetterRecord) -> str:
    return closing.title(visit)


CLINIC_LETTER = Kind(parts, _title, page_one, body, subject="Clinic letter")
