"""People's names and typed text: shown in full, folded for searching, refused only for what no file can keep."""

import re
import unicodedata

_LETTERS = str.maketrans(
    # Letters that Unicode does not take apart into a plain letter and a mark.
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ĸ": "k",
        "ƒ": "f",
        "ə": "e",
    }
)
_APOSTROPHES = re.compile("['’‘′`´\u02bc\u02bb\u02b9\uff07]")  # the signs people type for one
# fmt: off
_PARTICLES = frozenset({"al", "bin", "da", "de", "del", "della", "der", "di", "do", "dos", "du", "el", "ibn", "la",
                        "le", "st", "ten", "ter", "van", "von", "zu"})
# fmt: on
_SOUNDEX = {
    letter: figure
    for letters, figure in (("bfpv", "1"), ("cgjkqsxz", "2"), ("dt", "3"), ("l", "4"), ("mn", "5"), ("r", "6"))
    for letter in letters
}
_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def formal(family: str, given: str = "", title: str = "") -> str:
    """'SMITH, Ann (Mrs)': for screens and page headings (`nhs.md` 2.2, CUI NID-0001 to 0010).

    The family name in capitals by Unicode's rules, the rest as typed. Who has one name only is shown by it, in
    capitals; without a title there are no brackets.
    """
    family, given, title = (_squeezed(part) for part in (family, given, title))
    name = f"{family.upper()}, {given}" if family and given else (family or given).upper()
    bare_title = _without_stops(title)
    return f"{name} ({bare_title})" if bare_title else name


def postal(family: str, given: str = "", title: str = "", suffix: str = "") -> str:
    """'Mrs Ann Smith MBE': the first line of an address, with what stands behind the name as it was typed."""
    return " ".join(part for part in (_without_stops(title), *map(_squeezed, (given, family, suffix))) if part)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _without_stops(title: str) -> str:
    return _squeezed(title.replace(".", " "))


def fold(text: str) -> str:
    """The one spelling under which a name is found: 'Łukasiewicz' -> 'lukasiewicz', "O'Brien" -> 'obrien'.

    Lower case; accents dropped and special letters spelt plainly (ß ss, æ ae, ø o, þ th); apostrophes dropped without
    a gap; hyphens and every other sign a space; one space between words. Folding twice changes nothing.
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    # Capitals may come out of a taken-apart sign and marks out of a lowered capital, hence the second round.
    plain = unicodedata.normalize("NFKD", plain.casefold()).casefold().translate(_LETTERS)
    plain = "".join(sign for sign in _APOSTROPHES.sub("", plain) if unicodedata.category(sign) not in ("Mn", "Cf"))
    return _squeezed("".join(sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in plain))


def sounds_like(a: str, b: str) -> bool:
    """Whether two family names may be one, heard twice: for the question about duplicates, never for an answer.

    American Soundex as the US National Archives publish it (after R. C. Russell, US patent 1,261,167 of 1918), on
    folded names: the whole names, or any part of a double name (Smith, Smith-Jones), particles apart. Names in other
    scripts sound alike only when they are spelt alike.
    """
    return not _sounds(a).isdisjoint(_sounds(b))


def _sounds(name: str) -> set[str]:
    words = fold(name).split()
    weighty = [word for word in words if word not in _PARTICLES] or words
    return {_soundex(part) for part in ("".join(words), *weighty) if part}


def _soundex(word: str) -> str:
    """The first letter and three figures; h and w do not part two letters of one sound, vowels do."""
    if not (word.isascii() and word.isalpha()):
        return word
    code, last = word[0], _SOUNDEX.get(word[0], "")
    for letter in word[1:]:
        figure = _SOUNDEX.get(letter, "")
        if figure and figure != last:
            code += figure
        if letter not in "hw":
            last = figure
    return code[:4].ljust(4, "0")


def clean_text(text: str, limit: int, *, lines: bool = False) -> str:
    """What is kept of a typed text: NFC, without blanks at its ends, otherwise exactly as typed.

    `limit` counts characters of what is kept. `lines` admits line breaks (kept as '\\n') and tabs. ValueError, whose
    text is a sentence for the user, for what some file or database could not give back as it was typed: NUL and other
    control characters, halves of characters, code points that are none, and marks that turn the direction of reading
    round (reliability F-40).
    """
    if lines:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.strip()
    problem = next((words for sign in text if (words := _unfit(sign, lines))), None)
    if problem is not None:
        raise ValueError(problem)
    kept = unicodedata.normalize("NFC", text)
    if len(kept) > limit:
        over = len(kept) - limit
        signs = "1 character" if over == 1 else f"{over} characters"
        raise ValueError(f"This text is too long by {signs}: at most {limit} are kept.")
    return kept


def _unfit(sign: str, lines: bool) -> str | None:
    if lines and sign in "\n\t":
        return None
    category = unicodedata.category(sign)
    if category == "Cs":
        return "This text holds a broken character (half of an emoji or symbol). Delete it and type it again."
    if category in ("Cc", "Zl", "Zp"):
        if sign in "\n\r\t\u2028\u2029\u0085":
            return "This field holds one line: take out the line break or tab."
        return (
            "This text holds an invisible control character, as copying from another program can bring. Type it anew."
        )
    if sign in _DIRECTION_MARKS:
        return (
            "This text holds an invisible mark that changes the direction of reading. Type it anew instead of pasting."
        )
    if category == "Cn" and (ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF):
        return "This text holds a code that is no character. Delete it."
    return None


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "rev", "sister"})


def without_titles(words: list[str]) -> list[str]:
    """Folded words without forms of address, as `mrs` in `mrs smith`; all of them if nothing else is there."""
    return [word for word in words if word not in _TITLES] or words
