"""Telephone numbers as they are shown: grouped when recognised, exactly as typed when not (`nhs.md` 2.6)."""

import re
import unicodedata

_TYPED = re.compile(
    r"(?P<main>[+(]?[0-9][0-9 ().\-/]*?)(?:[ ,.]*(?:x|ext\.?|extension)[ .:]*(?P<extension>[0-9]{1,6}))?", re.IGNORECASE
)
# fmt: off
_SIX_FIGURE_AREAS = frozenset({
    "013873", "015242", "015394", "015395", "015396", "016973", "016974", "016977", "017683", "017684", "017687",
    "019467",
})
_UK_PLAN = (
    # what a number begins with, figures of its area code, figures that may follow (Ofcom's numbering plan)
    (re.compile("02[03489]"), 3, (8,)),
    (re.compile("011[3-8]|01[2-69]1"), 4, (7,)),
    (re.compile("01"), 5, (5, 6)),
    (re.compile("03"), 4, (7,)),
    (re.compile("07"), 5, (6,)),
    (re.compile("0800"), 4, (4, 6, 7)),
    (re.compile("080|084|087|09"), 4, (7,)),
)
_ONE_FIGURE_COUNTRIES = frozenset("17")
_TWO_FIGURE_COUNTRIES = frozenset({
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51",
    "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90",
    "91", "92", "93", "94", "95", "98",
})
_THREE_FIGURE_BEGINNINGS = frozenset({
    "21", "22", "23", "24", "25", "26", "29", "35", "37", "38", "42", "50", "59", "67", "68", "69", "85", "87", "88",
    "96", "97", "99",
})
# fmt: on


def show_phone(text: str) -> str:
    """'020 7946 0123', '01632 960123', '07700 900123 x12', '+353 1 234 5678'.

    UK numbers without +44 and brackets, a space after the area code and before the last four figures when more than
    six follow it; numbers of other countries with '+' and the groups as typed. What is not recognised comes back
    exactly as it was typed.
    """
    match = _TYPED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return text
    main = match["main"]
    abroad = re.fullmatch(r"(?:\+|00)(.+)", main)
    shown = _international(abroad[1]) if abroad else _national(_figures(main))
    if shown is None:
        return text
    return shown + (f" x{match['extension']}" if match["extension"] else "")


def is_premium_rate(text: str) -> bool:
    """Whether it is a UK number that costs its caller extra (09) or passes calls on at a price (070)."""
    return re.match("09|070", show_phone(text)) is not None


def _figures(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def _national(figures: str) -> str | None:
    """A UK number with its leading nought, in groups; None if the plan knows no such number."""
    if figures[:6] in _SIX_FIGURE_AREAS and len(figures) in (10, 11):
        return f"{figures[:6]} {figures[6:]}"
    plan = next(((code, rest) for begins, code, rest in _UK_PLAN if begins.match(figures)), None)
    if plan is None or len(figures) - plan[0] not in plan[1]:
        return None
    area, local = figures[: plan[0]], figures[plan[0] :]
    return f"{area} {local[:-4]} {local[-4:]}" if len(local) > 6 else f"{area} {local}"


def _international(rest: str) -> str | None:
    """What follows '+' or '00': a UK number in national form, another country's in groups; None if neither."""
    rest = re.sub(r"\( *0 *\)", " ", rest)
    figures = _figures(rest)
    if figures.startswith("44"):
        return _national("0" + figures[2:].removeprefix("0"))
    code = _country_code(figures)
    if code is None or not 7 <= len(figures) <= 15:
        return None
    groups, to_skip = [], len(code)
    for group in re.findall("[0-9]+", rest):
        kept, to_skip = group[to_skip:], max(0, to_skip - len(group))
        groups += [kept] if kept else []
    return f"+{code} {' '.join(groups)}"


def _country_code(figures: str) -> str | None:
    if figures[:1] in _ONE_FIGURE_COUNTRIES:
        return figures[:1]
    if figures[:2] in _TWO_FIGURE_COUNTRIES:
        return figures[:2]
    return figures[:3] if figures[:2] in _THREE_FIGURE_BEGINNINGS else None
