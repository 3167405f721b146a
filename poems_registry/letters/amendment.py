"""What a new version of a letter says about the one it replaces: the band, and a bar beside each changed line."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from poems_registry.domain.dates import letter_date
from poems_registry.domain.records import ClinicProfile, Encounter, LetterRecord, PatientFile
from poems_registry.letters.identity import letter_day
from poems_registry.pages.document import (
    Action,
    ActionGroup,
    Actions,
    Band,
    Block,
    Item,
    Numbered,
    Paragraph,
    Row,
    Run,
    Table,
    words,
)


def replaced(file: PatientFile, letter: LetterRecord) -> LetterRecord | None:
    """The signed version just before this one, if the letter is an amendment."""
    earlier = [x for x in file.letters if x.number == letter.number and x.version < letter.version and x.signature]
    return max(earlier, key=lambda x: x.version, default=None)


def replaced_encounter(file: PatientFile, old: LetterRecord, encounter: Encounter) -> Encounter:
    """The visit the replaced letter told of: the same one, or the version of it that was corrected."""
    if old.encounter_id in (0, encounter.id):
        return encounter
    return next((e for e in file.encounters if e.id == old.encounter_id), encounter)


def band(old: LetterRecord, letter: LetterRecord, clinic: ClinicProfile, bars: bool, now: datetime) -> Band:
    """`Replaces letter of 20 November 2026 (version 1). Reason: ...`"""
    day = letter_date(letter_day(old, clinic, now))
    reason = letter.reason.strip().rstrip(".") or "not recorded"
    rest = f" Reason: {reason}."
    if bars:
        rest += " Changed lines are marked at the left edge."
    rest += f" Please destroy version {old.version}."
    return Band((Run(f"Replaces letter of {day} (version {old.version}).", bold=True), Run(rest)))


def marked(new: tuple[Block, ...], old: tuple[Block, ...]) -> tuple[Block, ...]:
    """The new blocks, each line that the old letter did not have marked as changed."""
    known = set(_lines(old))
    return tuple(_mark(block, known) for block in new)


def any_marked(blocks: Iterable[Block]) -> bool:
    """Whether a bar stands anywhere."""
    return any(line.changed for block in blocks for line in _markable(block))


def _markable(block: Block) -> tuple[Paragraph | Item | Row | Action, ...]:
    match block:
        case Paragraph():
            return (block,)
        case Numbered():
            return block.items
        case Table():
            return block.rows
        case Actions():
            return tuple(action for group in block.groups for action in group.actions)
        case _:
            return ()


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    return (_said(line) for block in blocks for line in _markable(block))


def _said(line: Paragraph | Item | Row | Action) -> str:
    match line:
        case Row():
            return "\t".join(words(cell) for cell in line.cells)
        case Action():
            return f"{words(line.what)}\t{line.when}"
        case _:
            return words(line.runs)


def _mark(block: Block, known: set[str]) -> Block:
    match block:
        case Paragraph():
            return replace(block, changed=_said(block) not in known)
        case Numbered():
            return Numbered(tuple(replace(item, changed=_said(item) not in known) for item in block.items))
        case Table():
            return replace(block, rows=tuple(replace(row, changed=_said(row) not in known) for row in block.rows))
        case Actions():
            return replace(block, groups=tuple(_mark_group(group, known) for group in block.groups))
        case _:
            return block


def _mark_group(group: ActionGroup, known: set[str]) -> ActionGroup:
    return ActionGroup(group.who, tuple(replace(a, changed=_said(a) not in known) for a in group.actions))
