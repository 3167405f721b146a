"""How a medicine line is written, whatever was typed: amounts, units and times in full words (nhs.md 3.3, rule 26).

Only the writing changes, never the amount. What is not surely a sign of these rules stays as it was typed.
"""

import re
from collections.abc import Callable

from poems_registry.domain.drugs import DRUGS

_THOUSAND = 3
"""So many figures behind a point can be thousands, as some countries part them."""


def _decimals(found: re.Match[str]) -> str:
    """Without noughts at the end; `1.800` as typed, since it can be a thousand and more and must not become 1.8."""
    whole, rest, noughts = found.groups()
    if len(rest + noughts) == _THOUSAND and whole.strip("0"):
        return found[0]
    return f"{whole}.{rest}" if rest else whole


_UNIT = r"(?:mg|g|kg|micrograms|nanograms|mL|L|units|mmol|%|tablets?|capsules?|puffs?|drops?)(?![A-Za-z])"
_WRITTEN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<=[0-9])\s?(?:mcgs?|[µμu]g)(?![A-Za-z])", re.I), " micrograms"),
    (re.compile(r"(?<=[0-9])\s?ng(?![A-Za-z])"), " nanograms"),
    (re.compile(r"(?<=[0-9])\s?(?:IU|iu|U)(?![A-Za-z])"), " units"),
    (re.compile(r"(?<=[0-9])\s?ml(?![A-Za-z])"), " mL"),
    (re.compile(r"(?<![^\s(])\.(?=[0-9])"), "0."),
    (re.compile(rf"(?<![0-9.,])([0-9][0-9,]*)\.([0-9]*?)(0+)(?=\s?{_UNIT})"), _decimals),
    (re.compile(r"^([0-9][0-9,]*)\.([0-9]*?)(0+)$"), _decimals),
    (re.compile(rf"(?<![0-9.,/])([0-9]{{4,9}})(?=(?:\.[0-9]{{1,9}})?\s?{_UNIT})"), lambda m: f"{int(m[1]):,}"),
    (re.compile(r"^([0-9]{4,9})(?=(?:\.[0-9]{1,9})?$)"), lambda m: f"{int(m[1]):,}"),
    (re.compile(rf"(?<=[0-9])(?!%)(?={_UNIT})"), " "),
)
"""Spelling of amounts, safe in any text: the figure stands beside a unit, or is all of the text; so it is no time or
date. At most one blank is looked over, so that no text, however made, takes long."""

_SYMBOLS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\s?(?:<=|≤)\s?(?=[0-9])"), " at most "),
    (re.compile(r"\s?(?:>=|≥)\s?(?=[0-9])"), " at least "),
    (re.compile(r"\s?<\s?(?=[0-9])"), " less than "),
    (re.compile(r"\s?>\s?(?=[0-9])"), " more than "),
    (re.compile(r"\s?&\s?"), " and "),
    (re.compile(r"\s?@\s?"), " at "),
    (re.compile(r"(?<=[A-Za-z])\s?/\s?(?=(?:m2|m²|kg|day|week|month|hour|h)(?![A-Za-z0-9]))"), " per "),
    (re.compile(r"(?<=[A-Za-z])\s?/\s?(?=[0-9.]{1,6}\s?m[lL](?![A-Za-z]))"), " in "),
    (re.compile(r"(?<= per )m2(?![A-Za-z0-9])"), "m²"),
    (re.compile(r"(?<= per )h(?![A-Za-z0-9])"), "hour"),
)
_TIMES = {
    "od": "once a day",
    "bd": "twice a day",
    "bid": "twice a day",
    "tds": "3 times a day",
    "tid": "3 times a day",
    "qds": "4 times a day",
    "qid": "4 times a day",
    "mane": "in the morning",
    "nocte": "at night",
    "prn": "when needed",
}
_ROUTES = {
    "po": "by mouth",
    "sc": "under the skin",
    "s/c": "under the skin",
    "subcut": "under the skin",
    "iv": "into a vein",
    "i/v": "into a vein",
    "im": "into a muscle",
    "i/m": "into a muscle",
}
_GENERIC = {drug.name.casefold(): drug.name for drug in DRUGS if drug.name.islower()}


def amounts(text: str) -> str:
    """Amounts as printed: `.5mg` is `0.5 mg`, `0.50` is `0.5`, `1000 mg` is `1,000 mg`, `25mcg` is `25 micrograms`."""
    for pattern, written in _WRITTEN:
        text = pattern.sub(written, text)
    return text


def dose(text: str) -> str:
    """A dose and how often, without symbols and Latin: `10mg/kg bd` is `10 mg per kg twice a day`."""
    for pattern, written in _SYMBOLS:
        text = pattern.sub(written, text)
    return _spelt(amounts(text), _TIMES | _ROUTES).strip()


def route(text: str) -> str:
    """A route in words: `po` is `by mouth`."""
    return _spelt(text, _ROUTES).strip()


def name(text: str) -> str:
    """A generic name that is known here in lower case; a brand, and what is not known, as it was typed."""
    return " ".join(_GENERIC.get(word.casefold(), word) for word in text.split(" "))


def _spelt(text: str, written: dict[str, str]) -> str:
    known = "|".join(re.escape(each) for each in sorted(written, key=len, reverse=True))
    return re.sub(rf"(?<![\w/])(?:{known})(?![\w/])", lambda found: written[found[0].casefold()], text, flags=re.I)
