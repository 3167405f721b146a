"""What fixed words of a template may not say or hold: they stand in every letter, whatever was found."""

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum, auto

from poems_registry.letters.template import PLACEHOLDER
from poems_registry.letters.template_form import PLACEHOLDERS
from poems_registry.pages.fonts import unprintable

_NEGATIVE = r"(no|none|nil|not|nothing|never|normal|negative)\b"
_NEGATIVE_START = re.compile(rf"(?:^|[.!?:;]\s+|\n)\W*{_NEGATIVE}", re.IGNORECASE)
_NEGATIVE_TITLE = re.compile(
    r"\b(no|none|nil|not|nothing|never|normal|negative|all (?:is )?(?:clear|fine|well))\b", re.IGNORECASE
)
_ANYWHERE = re.compile(rf"\b{_NEGATIVE}", re.IGNORECASE)
_DENIED = re.compile(
    r"(?<!\bif )(?<!\bunless )(?<!\bwhen )(?<!\bwhether )(?<!\bin case )"
    r"\b(?:there (?:is|are)|you (?:have|had|are)|shows?|showed|was|were|found)\b(?:(?!\n\n)[^.!?])*?\b"
    r"(?!(?:not|never) (?:looked at|reviewed|examined|discussed)\b)" + _NEGATIVE,
    re.IGNORECASE,
)
"""A finding denied further on in a sentence; what was not looked at is said, not denied."""
_SHORTENED = re.compile(r"\b((?:there (?:is|are)|was|were|you (?:have|had|are|do)|does)n['\u2019]t)\b", re.IGNORECASE)
_NOTHING_NEW = "Nothing in it is new."
_OF_THE_PROGRAM = ("signed electronically", "not signed", "replaces letter", "nhs no.", "nhs number")
"""Signature, draft mark, reason of an amendment and identity are the program's alone to print."""
_FIELD_MARKS = ("[[", "]]", "«", "»", "{{", "}}")
_MOST_NAMED = 5


class Words(Enum):
    """Where fixed words stand. Only what is printed of an absence that is known may say one."""

    HEADING = auto()
    SENTENCE = auto()
    PARAGRAPHS = auto()
    MEANING = auto()
    """What a letter of the name stands for, in plain words: half a sentence before the patient's own findings."""
    ABOUT = auto()
    """What the plain words are: alone in that they add nothing to the letter may be said."""
    OF_AN_ABSENCE = auto()


def problems_with(text: str, longest: int, kind: Words, *, signed: bool = False) -> Iterator[str]:
    """Everything that keeps `text` from being fixed words of that kind.

    `signed`: they stand in a signed letter already, so that only what cannot be printed keeps them from being used.
    """
    if len(text) > longest:
        yield f"has {len(text):,} characters; at most {longest:,} are allowed"
        return
    if "\n" in text and kind is not Words.PARAGRAPHS:
        yield "is one line"
    yield from _unknown(text)
    unset = sorted(unprintable(text) | _control(text))
    if unset:
        named = ", ".join(_spoken(letter) for letter in unset[:_MOST_NAMED])
        yield f"cannot be printed: {named}{' and others' if len(unset) > _MOST_NAMED else ''}"
    if signed:
        return
    as_read = unicodedata.normalize("NFKC", text)
    yield from _negative(re.sub(r"[^\S\n]+", " ", as_read), kind)
    said = " ".join(as_read.casefold().split())
    for words in _OF_THE_PROGRAM:
        if words in said:
            yield f'"{words}" is printed by the program alone'


def _negative(text: str, kind: Words) -> Iterator[str]:
    if kind is Words.OF_AN_ABSENCE:
        return
    if kind is Words.HEADING:
        if found := _NEGATIVE_TITLE.search(text):
            yield f'a heading does not say "{found[0]}": it stands over every patient\'s findings'
        return
    if kind is Words.ABOUT:
        text = text.replace(_NOTHING_NEW, "")
    if found := _NEGATIVE_START.search(text):
        yield (
            f'a fixed sentence does not begin with "{found[1]}": it would be said of every patient,'
            " whatever was found; say it another way"
        )
    elif found := (_ANYWHERE if kind is Words.MEANING else _DENIED).search(text) or _SHORTENED.search(text):
        yield (
            f'a fixed sentence does not say "{found[1]}" of what there is or was found: it would be said of every'
            " patient, whatever was found; say it another way"
        )


def _unknown(text: str) -> Iterator[str]:
    for name in dict.fromkeys(PLACEHOLDER.findall(text)):
        if name not in PLACEHOLDERS:
            yield f"{{{name}}} is no placeholder; there are {', '.join(PLACEHOLDERS)}"
    rest = PLACEHOLDER.sub("", text)
    if "{" in rest or "}" in rest:
        yield "holds a brace that belongs to no placeholder"
    elif any(mark in rest for mark in _FIELD_MARKS):
        yield "holds a field in brackets that nobody would fill in"


def _control(text: str) -> set[str]:
    """Characters that steer instead of being read, also those that would vanish from the page."""
    return {letter for letter in text if letter != "\n" and unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cs")}


def _spoken(letter: str) -> str:
    return f"{letter} (U+{ord(letter):04X})" if letter.isprintable() else f"U+{ord(letter):04X}"
