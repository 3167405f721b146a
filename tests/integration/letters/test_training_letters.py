"""Letters of a whole made-up clinic on paper: no page wasted, no signature alone, no word cut, at every size."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from poems_registry.domain.records import (
    EncounterKind,
    EncounterState,
    LetterRecord,
    LetterState,
    Medicine,
    MedicineChange,
    PatientFile,
)
from poems_registry.letters.clinic import compose
from poems_registry.pages.columns import SIDE, column_widths
from poems_registry.pages.document import Document, Table, words
from poems_registry.pages.fonts import tidy
from poems_registry.pages.geometry import page_frame, type_scale
from poems_registry.pages.pdf import render
from poems_registry.pages.setting import Setting
from poems_registry.pages.structure import Node
from poems_registry.pages.typesetting import set_lines
from poems_registry.services.training.clinic import made_up_clinic
from tests.golden.letters.people import CASES, CLINIC, NOW, RAHMAN
from tests.integration.pages.reading import letters, page_texts

PATIENTS = 24
SIZES = [12, 14, 16, 18, 24]
LONG = "days 1, 8, 15 and 22 of a cycle of 28 days, one hour before breakfast with a full glass of water"
TWELVE = tuple(
    Medicine(name, LONG, "under the skin", change, "Sleep; was 20 mg", "19 November 2026", "Hospital")
    for name in ("cyclophosphamide", "hydroxycarbamide", "dexamethasone", "levothyroxine", "testosterone", "apixaban")
    for change in (MedicineChange.CONTINUED, MedicineChange.CHANGED)
)


@cache
def documents(size: int) -> tuple[Document, ...]:
    """First and last clinic letters of a made-up clinic, the read letters, and one with twelve long medicines."""
    made = [case().document() for case in CASES.values()]
    follow_up = CASES["follow_up"]()
    made.append(replace(follow_up, encounter=replace(follow_up.encounter, medicines=TWELVE)).document())
    made += list(_training())
    return tuple(replace(document, size=size) for document in made)


@cache
def printed(size: int) -> tuple[tuple[Document, tuple[str, ...]], ...]:
    """Each letter with the words of its pages."""
    return tuple((one, tuple(page_texts(render(one, archive=False)))) for one in documents(size))


def _training() -> Iterator[Document]:
    for index, each in enumerate(made_up_clinic(PATIENTS, 1, date(2026, 11, 19)), 1):
        visits = [
            replace(e, id=number, patient_id=index, state=EncounterState.SIGNED)
            for number, e in enumerate(each.encounters, 1)
        ]
        file = PatientFile(replace(each.patient, died=None), tuple(visits), lines=each.lines, events=each.events)
        clinics = [e for e in visits if e.kind is EncounterKind.CLINIC]
        for visit in {clinics[0].id: clinics[0], clinics[-1].id: clinics[-1]}.values():
            letter = LetterRecord(index, index, visit.id, f"L-2026-{index:04d}", state=LetterState.SIGNED)
            letter = replace(letter, signature=RAHMAN, reference="7F3A-09C2")
            yield compose(file, visit, CLINIC, letter=letter, now=NOW)


def body_lines(page: str) -> list[str]:
    """The lines between the running header and the footer of a later page."""
    lines = [line.strip() for line in page.splitlines() if line.strip()]
    foot = next(k for k, line in enumerate(lines) if "Page " in line and " of " in line)
    head = [k for k, line in enumerate(lines[:3]) if "Letter of" in line]
    return lines[head[0] + 1 if head else 0 : foot]


@pytest.mark.parametrize("size", SIZES)
def test_no_page_holds_only_the_sign_off_or_a_single_line(size: int) -> None:
    for _, pages in printed(size):
        for number, page in enumerate(pages):
            lines = body_lines(page)
            assert len(lines) >= 2, (number, lines)
            if any(line.startswith("Yours sincerely") for line in lines) and number:
                assert not lines[0].startswith(("Yours sincerely", "Copies to")), (number, lines)


@pytest.mark.parametrize("size", SIZES)
def test_signature_and_copies_stand_on_the_page_of_yours_sincerely(size: int) -> None:
    for _, pages in printed(size):
        parts = ("Yours sincerely", "Copies to", "have the same letter", "Signed electronically", "Not signed")
        places = {k for k, page in enumerate(pages) for part in parts if f"\n{part}" in f"\n{page.replace('You ', '')}"}
        assert len(places) == 1, places


@pytest.mark.parametrize("size", [12, 14])
def test_no_word_of_a_cell_is_cut(size: int) -> None:
    for document in documents(size):
        frame, scale = page_frame(document.style), type_scale(document)
        setting = Setting(document, scale, frame.left, frame.width, Node("Document"))
        for table in (block for block in document.blocks if isinstance(block, Table)):
            widths = column_widths(setting, table)
            if widths is None:
                continue  # told in lines over the whole width
            assert sum(widths) == pytest.approx(frame.width)
            for row in table.rows:
                for column, width, cell in zip(table.columns, widths, row.cells, strict=True):
                    lines = set_lines(cell, scale.small, width - 2 * SIDE, all_bold=column.bold)
                    set_words = " ".join("".join(text for _, text in line.pieces) for line in lines).split()
                    assert set_words == tidy(words(cell)).split(), words(cell)


def test_a_letter_of_the_clinic_takes_two_or_three_pages_at_12_points_and_seldom_four() -> None:
    full = len(CASES) + 1  # the read letters and the one of twelve medicines, fuller than any of the clinic
    clinics = [len(pages) for _, pages in printed(12)[full:]]
    assert max(clinics) <= 4
    assert sum(pages > 3 for pages in clinics) * 8 <= len(clinics)
    assert max(len(pages) for _, pages in printed(12)) <= 5


@pytest.mark.parametrize("size", SIZES)
def test_no_letter_leaves_the_text_area(size: int) -> None:
    for document in documents(size)[:: PATIENTS // 4]:
        for one in letters(render(document, archive=False)):
            assert one.left >= 19.5
            assert one.right <= 192.6
            assert one.bottom <= 293
