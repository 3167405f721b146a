"""A finished file says what was composed: every word once, in reading order, with nothing beside it; at every size."""

from dataclasses import replace

import pytest

from poems_registry.pages.comparing import differences
from poems_registry.pages.document import Action, ActionGroup, Actions, Band, Document, Paragraph, plain
from poems_registry.pages.pdf import render
from poems_registry.pages.reading import read_back
from tests.golden.letters.more_letters import MORE
from tests.golden.letters.people import CASES, follow_up

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
