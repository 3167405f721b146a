"""The page that holds the clinical specification against the catalogue is complete in both directions."""

import re
from collections import Counter
from pathlib import Path

from poems_registry.catalogue.book import CATALOGUE

PAGE = Path(__file__).parents[3] / "docs" / "visit-items.md"


def named() -> Counter[str]:
    """The codes in the second column of the tables."""
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return Counter(code for row in rows for code in re.findall(r"`([a-z0-9_]+)`", row.split("|")[2]))


def test_every_code_on_the_page_is_an_item_and_stands_once() -> None:
    assert [code for code in named() if code not in CATALOGUE.items] == []
    assert [code for code, times in named().items() if times > 1] == []


def test_every_item_of_the_form_stands_on_the_page() -> None:
    asked = {item.code for item in CATALOGUE.items.values() if not (item.retired or item.research)}
    assert sorted(asked - set(named())) == []
