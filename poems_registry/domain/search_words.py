"""What a person typed to find a patient, in every way it can be meant: numbers, dates, names in other spellings.

The answer is a list of what must all be found; each is a choice of folded texts (`names.fold`) of which one is enough.
A patient's own text holds names, numbers and the birth date: '14 jul 1955', '14 07 1955', '1955 07 14', '14071955'.
"""

import re
from collections.abc import Iterable, Iterator

from poems_registry.domain.dates import MONTHS
from poems_registry.domain.names import fold, without_titles

Choice = tuple[str, ...]

_SHORT = tuple(name[:3].lower() for name in MONTHS)
_GLUED = re.compile(r"(?P<day>[0-9]{1,2})?(?P<word>[a-z]{3,9})(?P<year>[0-9]{2,4})|(?P<d>[0-9]{1,2})(?P<w>[a-z]{3,9})")
_CENTURY = re.compile(r"(18|19|20|21)[0-9]{2}")
_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))
"""How people write ä, ö, ø, ü and å without the key for it."""
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "ae", "Ö": "oe", "Ü": "ue",
                            "Ø": "oe", "Å": "aa"})  # fmt: skip


def choices(query: str) -> tuple[Choice, ...]:
    """Everything that must be found, each with its other readings; empty for a query without letters or figures."""
    words = [part for typed in query.split() for word in fold(typed).split() for part in _taken_apart(word)]
    words = without_titles(words)
    spelt = {plain: fold(typed.translate(_SPELT_OUT)) for typed in query.split() if (plain := fold(typed))}
    found: list[Choice] = []
    place = 0
    while place < len(words):
        readings: Iterable[str]
        dated = _dated(words[place:])
        if dated is not None:
            readings, length = dated
        elif words[place].isdecimal():
            length = _run(words[place:])
            readings = _numbers(words[place : place + length])
        else:
            length, readings = 1, _spellings(words[place], spelt.get(words[place], ""))
        found.append(_distinct(readings))
        place += length
    return tuple(found)


def _taken_apart(word: str) -> list[str]:
    """'14jul1955' as three words; letters that are no month stay with their figures, as in a hospital number."""
    match = _GLUED.fullmatch(word)
    if match is None or _month(match["word"] or match["w"]) == 0:
        return [word]
    return [part for part in (match["day"] or match["d"], match["word"] or match["w"], match["year"]) if part]


def _month(word: str) -> int:
    """1 to 12 for the beginning of a month's name, three letters at least; else 0."""
    if len(word) < 3:
        return 0
    return next((n for n, name in enumerate(MONTHS, start=1) if name.lower().startswith(word) or (word == "sept"
                 and n == 9)), 0)  # fmt: skip


def _run(words: list[str]) -> int:
    """How many words of figures follow each other."""
    return next((n for n, word in enumerate(words) if not word.isdecimal()), len(words))


def _dated(words: list[str]) -> tuple[list[str], int] | None:
    """A date that names its month: '14 jul 1955', 'july 14 1955', 'jul 1955', '14 jul'; and how many words it takes."""
    day = _day(words[0])
    if day and len(words) > 1 and _month(words[1]):
        return _named(day, _month(words[1]), words[2:], 2)
    month = _month(words[0])
    if not month or len(words) == 1:
        return None
    if _day(words[1]) and len(words) > 2 and words[2].isdecimal():
        return _named(_day(words[1]), month, words[2:], 2)
    if _CENTURY.fullmatch(words[1]):
        return [f"{_SHORT[month - 1]} {words[1]}", f"{words[1]} {month:02d}"], 2
    return None


def _named(day: int, month: int, rest: list[str], taken: int) -> tuple[list[str], int]:
    start = f"{day:02d} {_SHORT[month - 1]}"
    if not rest or not rest[0].isdecimal() or len(rest[0]) > 4:
        return [start], taken
    return [f"{start} {year}" for year in _years(rest[0])], taken + 1


def _years(figures: str) -> list[str]:
    """A year, or the beginning of one; two figures may be the end of one as well."""
    return [figures, f"19{figures}", f"20{figures}"] if len(figures) == 2 else [figures]


def _day(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31 else 0


def _numbers(words: list[str]) -> Iterator[str]:
    """One number written with or without gaps, or a date in figures: day, month and year, or year first."""
    yield " ".join(words)
    if len(words) == 1:
        yield from _eight_figures(words[0])
        return
    day, month = _day(words[0]), _day(words[1])
    dated = len(words) <= 3 and day > 0 and 0 < month <= 12
    if not dated or len(words) == 2:  # a day, a month and a year are no number with gaps
        yield "".join(words)
    if dated:
        start = f"{day:02d} {month:02d}"
        yield from [start] if len(words) == 2 else [f"{start} {year}" for year in _years(words[2])]
    if len(words) <= 3 and _CENTURY.fullmatch(words[0]) and 0 < month <= 12:
        yield " ".join([words[0], f"{month:02d}", *(f"{int(word):02d}" for word in words[2:])])


def _eight_figures(figures: str) -> Iterator[str]:
    """19550714 as 1955 07 14; 140755 as 14 07 1955."""
    if len(figures) == 8 and _CENTURY.fullmatch(figures[:4]):
        yield f"{figures[:4]} {figures[4:6]} {figures[6:]}"
    if len(figures) == 6 and _day(figures[:2]) and 1 <= int(figures[2:4]) <= 12:
        yield from (f"{figures[:2]} {figures[2:4]} {year}" for year in _years(figures[4:])[1:])


def _spellings(word: str, spelt_out: str) -> Iterator[str]:
    """A name as typed, with its umlauts spelt out, and with spelt-out ones drawn together."""
    yield word
    if spelt_out and " " not in spelt_out:
        yield spelt_out
    short = word
    for two, one in _DIGRAPHS:
        short = short.replace(two, one)
    yield short


def _distinct(readings: Iterable[str]) -> Choice:
    """Each reading once, and none that holds another one: who has the longer one has the shorter one too."""
    once = tuple(dict.fromkeys(readings))
    return tuple(each for each in once if not any(other in each for other in once if other != each))
