"""No-break spaces where a line must not part what belongs together: dates, times of day, amounts, people's names."""

import re
from dataclasses import replace
from typing import TypeVar

from poems_registry.domain.dates import MONTHS, NO_BREAK_SPACE
from poems_registry.pages.document import (
    Action,
    ActionGroup,
    Actions,
    Band,
    Block,
    Heading,
    Item,
    Numbered,
    Paragraph,
    Row,
    Run,
    Runs,
    Table,
    TwoColumns,
)

_UNITS = (
    "mg|g|kg|cm|mm|mL|ml|units|micrograms|seconds|weeks|months|years|days|hours|%|pg/mL|g/L|mg/L|ng/L|µg/L|L/L|µmol/L"
    "|mmol/L|nmol/L|pmol/L|mIU/L|IU/L|mmol/mol|mg/mmol|mL/min/1.73m²|mmHg|kPa|m/s"
)
_TITLES = ("Dr", "Mr", "Ms", "Mrs", "Miss", "Professor", "Sister", "Nurse")
_BOND = re.compile(
    " (?:"
    + "|".join(
        (
            rf"(?<=[0-9] )(?=(?:{'|'.join(MONTHS)})\b|(?:{_UNITS})(?![A-Za-z])|[+] [0-9])",
            r"(?<=[0-9]{4} )(?=[0-9]{4}\b)|(?<=\b0[0-9]{2} )(?=[0-9]{4} )|(?<=\b0[0-9]{3} )(?=[0-9]{3} [0-9])",
            r"(?<=\b0[0-9]{4} )(?=[0-9])|(?<=\b[0-9]{3} )(?=[0-9]{4}\b)",
            *(rf"(?<=\b{title} )(?=[A-Z])" for title in _TITLES),
            r"(?<=\b[A-Z] )(?=[A-Z][a-zà-ÿ])",
            r"(?<=\bnot )(?=recorded\b|done\b|known\b)|(?<=[0-9)] )(?=high\b|low\b)|(?<=\bRing )(?=999\b)",
            r"(?<=[0-9] )(?=(?:to|of) [0-9.,]*[0-9](?:$|[),:;.]))",
            r"(?<=[+] )(?=[0-9])",
        )
    )
    + ")"
)
"""Blanks that must not end a line; each is looked at once, whatever surrounds it."""

_SECOND = re.compile(r" (?<=[0-9]\u00a0(?:to|of) )(?=[0-9])")
Line = TypeVar("Line", Paragraph, Item, Band)


def glued(text: str) -> str:
    """The same words, held together where a reader would stumble over a line's end."""
    if " " not in text:
        return text
    text = _BOND.sub(NO_BREAK_SPACE, text)
    return _SECOND.sub(NO_BREAK_SPACE, text) if NO_BREAK_SPACE in text else text


def glue(block: Block) -> Block:
    """The block with every text glued."""
    match block:
        case Paragraph():
            return _line(block)
        case Band():
            return _line(block)
        case Heading():
            return replace(block, text=glued(block.text))
        case Numbered():
            return Numbered(tuple(_line(item) for item in block.items))
        case Actions():
            return replace(block, groups=tuple(_group(group) for group in block.groups))
        case Table():
            columns = tuple(replace(column, head=glued(column.head)) for column in block.columns)
            return Table(columns, tuple(_row(row) for row in block.rows))
        case TwoColumns():
            return TwoColumns(_passage(block.left), _passage(block.right))
        case _:
            return block


def _runs(runs: Runs) -> Runs:
    return tuple(Run(glued(run.text), run.bold) for run in runs)


def _line(line: Line) -> Line:
    return replace(line, runs=_runs(line.runs))


def _passage(passage: tuple[Heading | Paragraph, ...]) -> tuple[Heading | Paragraph, ...]:
    return tuple(_line(part) if isinstance(part, Paragraph) else part for part in passage)


def _group(group: ActionGroup) -> ActionGroup:
    actions = (Action(_runs(a.what), glued(a.when), a.changed) for a in group.actions)
    return ActionGroup(group.who, tuple(actions))


def _row(row: Row) -> Row:
    return replace(row, cells=tuple(_runs(cell) for cell in row.cells), lines=tuple(_runs(line) for line in row.lines))
