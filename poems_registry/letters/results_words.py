"""What is said around the table of results: tests that need no row, what the tests are, and the table as lines."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.item import lower_first
from poems_registry.catalogue.kinds import show_number
from poems_registry.domain.dates import NO_BREAK_SPACE, letter_date
from poems_registry.letters.result_days import When
from poems_registry.letters.results import CALCULATED, NOT_RECORDED, RATIO, Series, line
from poems_registry.pages.document import words

VEGF_IS = "VEGF is a blood marker of POEMS."
EXPLAINED = {
    "m_protein": "The abnormal protein (M-protein) is made by the plasma cells.",
    "flc_lambda": "Light chains are pieces of antibody made by plasma cells.",
    "flc_kappa": "Light chains are pieces of antibody made by plasma cells.",
    RATIO: "Kappa and lambda are the two kinds of light chain.",
    "platelets": "Platelets are blood cells that form clots.",
    "haemoglobin": "Haemoglobin carries oxygen in the blood.",
    "onls_total": "ONLS is a score of arm and leg use: 0 is best, 12 is worst. In brackets: arms + legs.",
}
"""Said in a patient's first letter only; VEGF in each."""


class Sorted(NamedTuple):
    """Tests for the table, and those of this visit that are told in sentences."""

    table: tuple[Series, ...]
    told: tuple[Series, ...]


def sorted_out(shown: Sequence[When], rows: Sequence[Series]) -> Sorted:
    """A test without anything to compare needs no row either, unless no test has."""
    first = len(shown) == 1
    table = tuple(row for row in rows if row.row and (first or any(cell != NOT_RECORDED for cell in row.cells[:-1])))
    return Sorted(table, tuple(row for row in rows if row not in table and row.cells[-1] != NOT_RECORDED))


def told(shown: Sequence[When], rows: Sequence[Series]) -> str:
    """`Within the laboratory's range: haematocrit 0.36 L/L. TSH, a thyroid test: awaited.`"""
    inside = [row for row in rows if row.inside and _number(row)]
    others = [_whole(shown, row) for row in rows if row not in inside]
    listed = "; ".join(f"{lower_first(row.name)} {_with_unit(row)}" for row in inside)
    return " ".join(([f"Within the laboratory's range: {listed}."] if listed else []) + others)


def explanations(rows: Iterable[Series], levels: dict[str, float], *, first: bool) -> str:
    """What the tests are, each said once, and the VEGF decision levels under their own name (decision 6)."""
    rows = tuple(rows)
    specimens = [row.code.removeprefix("vegf_") for row in rows if row.code.startswith("vegf_")]
    sentences = [VEGF_IS] if specimens else []
    if first:
        sentences += dict.fromkeys(EXPLAINED[row.code] for row in rows if row.code in EXPLAINED)
    known = [f"{show_number(levels[f'vegf_{s}'])} pg/mL in {s}" for s in specimens if f"vegf_{s}" in levels]
    if known:
        sentences.append(f"A VEGF above {' or '.join(known)} before treatment points to active POEMS.")
    if len(specimens) > 1:
        sentences.append("Serum and plasma are measured in different ways and are not compared with each other.")
    if any(cell.endswith((" high", " low")) for row in rows for cell in row.cells):
        sentences.append("High and low are judged by the range the laboratory gave with that result.")
    if any(row.unit == CALCULATED or cell.endswith(f"({CALCULATED})") for row in rows for cell in row.cells):
        sentences.append(
            "Calculated: kappa divided by lambda of the same sample; only a laboratory's own ratio has a range."
        )
    return " ".join(sentences)


def lines(shown: Sequence[When], rows: Sequence[Series]) -> str:
    """The table as text, one test a line, newest first."""
    return "\n".join(words(line(shown, row)) for row in rows)


def _whole(shown: Sequence[When], row: Series) -> str:
    """`Daily activity (ECOG, lower is better): 1 (2 on 31 October 2025)`."""
    flag = row.cells[-1].rpartition(" ")[2] if row.out_of_range else ""
    limits = f" (range {row.own_range})" if row.own_range and _number(row) else ""
    before = _before(shown, row)
    return f"{row.name}: {_with_unit(row)}{f', {flag}' if flag else ''}{limits}{before}."


def _before(shown: Sequence[When], row: Series) -> str:
    """What a score was the time before, where that was another value; for a score the difference is the news."""
    if row.code in CATALOGUE.items and CATALOGUE.item(row.code).lab:
        return ""
    earlier = [(when, cell) for when, cell in zip(shown[:-1], row.cells[:-1], strict=True) if cell != NOT_RECORDED]
    if not earlier or earlier[-1][1] == row.cells[-1]:
        return ""
    when, cell = earlier[-1]
    return f" ({cell} on {letter_date(when.on)})"


def _number(row: Series) -> bool:
    return row.cells[-1][:1].isdigit() or row.cells[-1].startswith(("more", "below"))


def _with_unit(row: Series) -> str:
    cell = row.cells[-1]
    if not _number(row):
        return cell
    if row.out_of_range:
        cell = cell.rpartition(" ")[0]
    if not row.unit or row.unit.startswith("score"):
        return cell
    if row.unit == CALCULATED:
        return f"{cell} ({CALCULATED})"
    number, bracket, reported = cell.partition(" (")
    return f"{number}{NO_BREAK_SPACE}{row.unit}{bracket}{reported}"
