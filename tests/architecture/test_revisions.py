"""A registry made by an older program opens in a newer one: what a revision did once, it does for ever."""

import hashlib

from tests.tree import ROOT

FROZEN = {"0001_first_tables.py": "4965a41a83bf599d81991419a20371adc93e21a713b7a0c5a747bdc833ec972b"}
"""SHA-256 of each revision that registries in use were made by, as text with line feeds."""


def test_a_revision_that_registries_were_made_by_is_never_changed() -> None:
    versions = ROOT / "migrations" / "versions"
    text = {name: (versions / name).read_text(encoding="utf-8") for name in FROZEN}
    assert {name: hashlib.sha256(words.encode()).hexdigest() for name, words in text.items()} == FROZEN
