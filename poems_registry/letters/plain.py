"""The same letter as plain text, for screen readers and for copying; no word differs from the page."""

from poems_registry.pages.document import Document
from poems_registry.pages.text import to_text


def read_out(letter: Document) -> str:
    """The letter in reading order: tables as "head: value" lines, the chart as its words."""
    return to_text(letter)
