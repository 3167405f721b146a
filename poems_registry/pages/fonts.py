"""The typeface of every page: Liberation Sans, loaded once, with widths and a check that each letter can be printed.

ReportLab prints a missing glyph as a box and says nothing, so the check comes first (nhs.md 3.6, trap 4).
"""

import threading
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from poems_registry.domain.errors import RegistryError

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "liberation"
_NO_INK = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_BLANKS = str.maketrans({"\t": " ", "\r": "", "\u2007": "\u00a0", "\u202f": "\u00a0", "\u2009": " ", "\u2028": "\n"})
_RIGHT_TO_LEFT = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF", "PDI", "FSI"}
_MOST_NAMED = 10
_IN_MOST = "°²µ–’⁹"
_SUBSETS_KEPT = 16


class Face(StrEnum):
    """The two weights a page uses; the file's name is the value."""

    REGULAR = "LiberationSans-Regular"
    BOLD = "LiberationSans-Bold"


class MissingGlyph(RegistryError):
    """Some letters cannot be printed; `characters` holds them."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = tuple(sorted(set(characters)))
        named = ", ".join(_spoken(character) for character in self.characters[:_MOST_NAMED])
        more = len(self.characters) - _MOST_NAMED
        rest = f" and {more} more" if more > 0 else ""
        super().__init__(
            f"These characters cannot be printed: {named}{rest}. Nothing was printed or changed."
            " Write the words that hold them with Latin, Greek or Cyrillic letters, then try again."
        )


@dataclass(frozen=True, slots=True)
class Metrics:
    """Advance widths of one face in thousandths of the type size, by character."""

    widths: dict[str, float]

    def width(self, text: str, size: float) -> float:
        """Width in points of one line of `text`."""
        table = self.widths
        return sum([table[letter] for letter in text]) * size / 1000


_loading = threading.Lock()


@cache
def font(face: Face) -> Any:
    """ReportLab's font object of `face`, registered on first use."""
    with _loading:
        from reportlab.pdfbase.pdfmetrics import registerFont
        from reportlab.pdfbase.ttfonts import TTFont

        loaded = TTFont(face.value, str(FOLDER / f"{face.value}.ttf"))
        _keep_subsets(loaded.face)
        registerFont(loaded)
        return loaded


def _keep_subsets(face: Any) -> None:
    """Cut and compress each subset of `face` once: most letters of a batch are printed with the very same one."""
    cut, add = face.makeSubset, face.addSubsetObjects

    @lru_cache(_SUBSETS_KEPT)
    def kept(codes: tuple[int, ...]) -> tuple[bytes, bytes]:
        whole = bytes(cut(codes))
        return whole, zlib.compress(whole)

    def add_kept(doc: Any, name: str, codes: list[int]) -> Any:
        reference = add(doc, name, codes)
        stream = doc.idToObject[f"fontFile:{face.filename}({name})"]
        if doc.compression:
            stream.content, stream.filters = kept(tuple(codes))[1], None
            stream.dictionary["Filter"] = "/FlateDecode"
        return reference

    face.makeSubset = lambda codes: kept(tuple(codes))[0]
    face.addSubsetObjects = add_kept


def begin(document: Any) -> None:
    """Give the letters that most pages use the same places in the fonts of each ReportLab document."""
    for face in Face:
        font(face).splitString(_IN_MOST, document)


@cache
def metrics(face: Face) -> Metrics:
    """The widths of every character `face` can print."""
    file = font(face).face
    covered = file.charToGlyph
    return Metrics({chr(code): width for code, width in file.charWidths.items() if code in covered})


@cache
def _plain_letters() -> frozenset[str]:
    """Characters below U+0300 that both weights print just as they are typed, whatever stands beside them."""
    regular, strong = metrics(Face.REGULAR).widths, metrics(Face.BOLD).widths
    low = (chr(code) for code in range(0x20, 0x300))
    return frozenset(
        letter
        for letter in low
        if letter in regular
        and letter in strong
        and ord(letter) not in _NO_INK
        and unicodedata.is_normalized("NFC", letter)
        and unicodedata.category(letter) != "Cc"
        and unicodedata.bidirectional(letter) not in _RIGHT_TO_LEFT
    )


def tidy(text: str) -> str:
    """`text` as it is set: composed letters, plain blanks, without characters that leave no ink."""
    if (text.isascii() and text.isprintable()) or _plain_letters().issuperset(text):
        return text
    return unicodedata.normalize("NFC", text).translate(_NO_INK).translate(_BLANKS)


def unprintable(text: str) -> set[str]:
    """The characters of `text` that the pages cannot print rightly.

    Right-to-left scripts have glyphs but no order without a bidirectional step: printing them would reverse them.
    """
    if (text.isascii() and text.isprintable()) or _plain_letters().issuperset(text):
        return set()
    regular, strong = metrics(Face.REGULAR).widths, metrics(Face.BOLD).widths
    found = {letter for letter in set(tidy(text)) if letter not in regular or letter not in strong}
    found.discard("\n")
    found |= {letter for letter in set(text) if unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT}
    return found | {letter for letter in set(tidy(text)) if unicodedata.category(letter) == "Cc" and letter != "\n"}


def check_printable(texts: Iterable[str]) -> None:
    """Raise MissingGlyph naming every character that cannot be printed."""
    missing: set[str] = set()
    for text in texts:
        missing |= unprintable(text)
    if missing:
        raise MissingGlyph(missing)


def _spoken(character: str) -> str:
    code = f"U+{ord(character):04X}"
    visible = character.isprintable() and unicodedata.category(character)[0] in "LNPS"
    return f"{character} ({code})" if visible else code
