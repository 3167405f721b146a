"""A finished file says what was composed: every word once, in reading order, with nothing beside it; at every size."""

from dataclasses import replace

import pytest

from poems_registry.pages.comparing import differences, squeezed
from poems_registry.pages.document import Action, ActionGroup, Actions, Band, Document, Paragraph, Table, plain, words
from poems_registry.pages.pdf import check_archive, render
from poems_registry.pages.raster import page_count
from poems_registry.pages.reading import read_back
from tests.golden.letters.more_letters import MORE
from tests.golden.letters.people import CASES, follow_up
from tests.integration.pages.samples import make_letter

SIZES = (12, 14, 16, 18, 20, 24)


@pytest.mark.parametrize("name", CASES | MORE)
def test_every_kind_of_letter_says_just_what_was_composed_at_every_size(name: str) -> None:
    document = (CASES | MORE)[name]().document()
    for size in SIZES:
        sized = replace(document, size=size)
        assert differences(sized, render(sized)) == []


def test_who_is_written_to_is_read_before_what_is_written() -> None:
    document = follow_up().document()
    said = read_back(render(document)).tagged.replace("\u00a0", " ")
    order = [
        "National POEMS Clinic",
        "Mr Thomas Hartley",
        "HARTLEY, Thomas (Mr)",
        "Your POEMS clinic visit",
        "Diagnoses",
    ]
    places = [said.index(each) for each in order]
    assert places == sorted(places)


def test_the_comparison_finds_a_word_that_is_missing_added_or_elsewhere() -> None:
    document = follow_up().document()
    pdf = render(document)
    first, *others = document.blocks
    added = Paragraph(plain("One sentence more."))
    for changed in ((first, added, *others), tuple(others), (*others, first), (*document.blocks, added)):
        assert differences(replace(document, blocks=changed), pdf)
    assert differences(replace(document, footer=replace(document.footer, name="SOMEBODY, Else")), pdf)


def test_every_font_is_in_the_file() -> None:
    for name in CASES | MORE:
        fonts = read_back(render((CASES | MORE)[name]().document())).fonts
        assert fonts
        assert all(fonts.values())


def _with(document: Document, *blocks: object) -> Document:
    return replace(document, blocks=(*document.blocks[:1], *blocks))  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [12, 24])
def test_a_reason_or_an_action_of_pages_of_text_is_parted_not_clipped(size: int) -> None:
    long = "A reason that goes on and on. " * 600
    for block in (
        Band(plain(long)),
        Actions((ActionGroup("For your GP", (Action(plain(long), "by 3 May 2027"),)),)),
        Actions((ActionGroup("For your GP", (Action(plain("Do this"), long),)),)),
    ):
        document = replace(_with(follow_up().document(), block), size=size)
        assert differences(document, render(document)) == []


LONG = " ".join(f"Line {k} of a dose that somebody typed in full." for k in range(60))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_row_of_pages_of_text_fills_every_page_and_says_whose_it_is_on_each(rows: int) -> None:
    document = make_letter()
    table = next(block for block in document.blocks if isinstance(block, Table))
    name, _, *others = table.rows[0].cells
    long = replace(table.rows[0], cells=(name, plain(LONG), *others))
    document = _with(document, replace(table, rows=(*table.rows[:2], *[long] * rows, *table.rows[2:])))
    pdf = render(document)
    read = read_back(pdf)
    assert differences(document, pdf) == []
    assert check_archive(pdf) == []
    pages = page_count(pdf)
    assert pages >= 2 + rows
    lowest = [min(one.baseline for one in read.printed if one.page == page and one.mark >= 0) for page in range(pages)]
    assert all(low < 110 for low in lowest[:-1])  # points from the bottom: footer, three lines kept together
    for page in range(1, pages):
        tops = sorted((-one.baseline, one.text) for one in read.printed if one.page == page and one.mark >= 0)
        said = squeezed(read.furniture[page])
        assert squeezed("Dose and how often") in said
        begins = any(text.startswith(words(name)) for _, text in tops[:6])
        assert begins or squeezed(f"{words(name)}, continued") in said
