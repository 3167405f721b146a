"""A letter as a page for screen readers: every word there, structure as such, nothing that a field says is obeyed."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.pages.document import Paragraph, plain
from poems_registry.pages.text import to_text
from poems_registry.pages.web import to_html
from tests.golden.letters.more_letters import MORE
from tests.golden.letters.people import CASES, follow_up

VOID = {"meta", "br"}


class Reader(HTMLParser):
    """What a browser would make of it: words, tags, and whether every tag is closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += re.findall(r"\w+", data.replace("\u00a0", " "))


@pytest.mark.parametrize("name", CASES | MORE)
def test_every_word_of_a_letter_is_on_its_page(name: str) -> None:
    """The numbers of a list are the list's own."""
    document = (CASES | MORE)[name]().document()
    said = {word.casefold() for word in re.findall(r"\w+", to_text(document))}
    assert said - {word.casefold() for word in Reader(to_html(document)).words} <= {"figure", *map(str, range(1, 20))}


def test_headings_lists_and_table_heads_are_said_to_be_such() -> None:
    tags = Reader(to_html(follow_up().document())).tags
    assert [attrs for tag, attrs in tags if tag == "html"] == [{"lang": "en-GB"}]
    assert next(tag for tag, _ in tags if re.fullmatch(r"h\d", tag)) == "h1"
    assert {attrs["scope"] for tag, attrs in tags if tag == "th"} == {"col", "colgroup", "row"}
    assert [attrs["start"] for tag, attrs in tags if tag == "ol" and attrs] == ["1", "4", "6"]


def test_no_head_of_a_table_is_empty_and_each_row_has_a_head_for_every_cell() -> None:
    page = to_html(follow_up().document())
    heads = re.findall(r"<thead><tr>(.*?)</tr></thead><tbody>\n<tr>(.*?)</tr>", page)
    assert heads
    for head, row in heads:
        cells = re.findall(r"<th([^>]*)>([^<]*)</th>", head)
        assert all(words for _, words in cells), head
        assert sum(2 if "colspan" in how else 1 for how, _ in cells) == row.count("<td") + row.count("<th ")


def test_what_an_amended_letter_changed_is_marked_for_who_hears_it_too() -> None:
    document = CASES["amended"]().document()
    assert "marked at the left edge" in to_text(document)
    changed = [line for line in to_text(document).splitlines() if line.startswith("New wording: ")]
    assert changed == ["New wording: 1. Start pregabalin 75 mg twice a day. Stop gabapentin. By 24 November 2026."]
    page = to_html(document)
    assert page.count(' class="changed"') == 1
    assert '<li class="changed"><strong>New wording: </strong>Start' in page
    assert "New wording" not in to_html(follow_up().document())


@given(st.text("<>&\"'= /abscriptimgonerror\n", max_size=60))
def test_what_is_typed_is_read_as_typed_and_never_obeyed(typed: str) -> None:
    document = replace(follow_up().document(), blocks=(Paragraph(plain(typed)),))
    bare = replace(document, blocks=(Paragraph(plain("")),))
    new, before = Reader(to_html(document)), Reader(to_html(bare))
    assert [tag for tag, _ in new.tags if tag != "br"] == [tag for tag, _ in before.tags if tag != "br"]
    assert sorted(new.words) == sorted([*before.words, *re.findall(r"\w+", typed)])
