"""Postal addresses: the form of a postcode and the lines that may stand behind an envelope's window."""

import re
import unicodedata
from collections.abc import Sequence

from poems_registry.domain.countries import is_country_abroad

FEWEST_LINES, MOST_LINES = 3, 7

# fmt: off
_AREAS = frozenset({
    "AB", "AL", "B", "BA", "BB", "BD", "BF", "BH", "BL", "BN", "BR", "BS", "BT", "CA", "CB", "CF", "CH", "CM", "CO",
    "CR", "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT", "DY", "E", "EC", "EH", "EN", "EX", "FK",
    "FY", "G", "GL", "GU", "GY", "HA", "HD", "HG", "HP", "HR", "HS", "HU", "HX", "IG", "IM", "IP", "IV", "JE", "KA",
    "KT", "KW", "KY", "L", "LA", "LD", "LE", "LL", "LN", "LS", "LU", "M", "ME", "MK", "ML", "N", "NE", "NG", "NN",
    "NP", "NR", "NW", "OL", "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S", "SA", "SE", "SG", "SK",
    "SL", "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD", "TF", "TN", "TQ", "TR", "TS", "TW", "UB",
    "W", "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE",
})
# fmt: on
_POSTCODE = re.compile(r"([A-Z]{1,2})([0-9][0-9A-Z]?)([0-9][ABD-HJLNP-UW-Z]{2})")
_PSEUDO = re.compile(r"ZZ99[0-9][A-Z]{2}")
_BFPO = re.compile(r"BFPO (?:C/O )?[0-9]{1,4}", re.IGNORECASE)
_NO_HOME = re.compile(r"\bN\.?F\.?A\b|\bno fixed (?:abode|address)\b", re.IGNORECASE)
_NOT_FIRST = frozenset('@()=[]"\\/,<>~')


class BadPostcode(ValueError):
    """A text that has not the form of a UK postcode. The text is a sentence for the user and quotes nothing."""


class CannotPost(ValueError):
    """An address to which no letter can be sent as it stands. The text is a sentence that quotes nothing of it."""


def format_postcode(text: str, *, allow_pseudo: bool = False) -> str:
    """The postcode in capitals with its one space, 'N1C 4AA'; BadPostcode in words if its form is wrong.

    The right form does not say that the postcode exists (`nhs.md` 7). `allow_pseudo` also takes the NHS's ZZ99 codes
    for no fixed abode, abroad and unknown, which come with imported data and name no place.
    """
    bare = "".join(unicodedata.normalize("NFKC", text).upper().split())
    if bare == "GIR0AA" or (allow_pseudo and _PSEUDO.fullmatch(bare)):
        return f"{bare[:-3]} {bare[-3:]}"
    if _PSEUDO.fullmatch(bare):
        raise BadPostcode("ZZ99 codes stand for no fixed abode, abroad or unknown: they are no place on a map.")
    match = _POSTCODE.fullmatch(bare)
    if match is None:
        raise BadPostcode("This has not the form of a UK postcode, such as N1C 4AA. Leave it empty for abroad.")
    if match[1] not in _AREAS:
        raise BadPostcode("No UK postcode begins with these letters. Check the first part.")
    return f"{match[1]}{match[2]} {match[3]}"


def is_pseudo_postcode(text: str) -> bool:
    """Whether it is one of the NHS's ZZ99 codes, which say why there is no postcode."""
    return _PSEUDO.fullmatch("".join(text.upper().split())) is not None


def outward(postcode: str) -> str:
    """The first part, 'N1C', by which duplicates are looked for; BadPostcode as in `format_postcode`."""
    return format_postcode(postcode, allow_pseudo=True).split()[0]


def one_line(lines: Sequence[str], postcode: str = "") -> str:
    """An address in one line, parts joined by a comma and a space, missing ones skipped (`nhs.md` 2.6)."""
    return ", ".join([*_tidy(lines), *([postcode.strip()] if postcode.strip() else [])])


def window_lines(lines: Sequence[str], postcode: str) -> tuple[str, ...]:
    """The 3 to 7 lines behind the window: name and address as given, then the postcode (`nhs.md` 3.4).

    The last line is a postcode, a country abroad (with its own postcode, if given, in the line before) or a BFPO
    number. Blank lines and commas at line ends go; nothing else is changed and nothing is cut. CannotPost says why an
    address cannot be used: wrong number of lines, no postcode, a sign the post office's machines refuse, no fixed
    abode.
    """
    kept = _tidy(lines)
    if is_pseudo_postcode(postcode) or any(_NO_HOME.search(line) for line in kept):
        raise CannotPost("There is no fixed address to post to. Choose another way to give the letter.")
    kept = _with_last_line(kept, " ".join(postcode.split()))
    if any(line[0] in _NOT_FIRST for line in kept):
        raise CannotPost('A line of an address may not begin with one of @ ( ) = [ ] " \\ / , < > ~')
    if len(kept) < FEWEST_LINES:
        raise CannotPost(f"An address to post to has at least {FEWEST_LINES} lines: name, street or place, postcode.")
    if len(kept) > MOST_LINES:
        raise CannotPost(f"An address to post to has at most {MOST_LINES} lines: join two of its {len(kept)}.")
    return tuple(kept)


def _tidy(lines: Sequence[str]) -> list[str]:
    single = [" ".join(part.split()) for line in lines for part in line.splitlines()]
    return [tidy for line in single if (tidy := line.rstrip(", "))]


def _with_last_line(kept: list[str], postcode: str) -> list[str]:
    last = kept[-1] if kept else ""
    if is_country_abroad(last):
        return _abroad(kept, postcode)
    if not postcode:
        if _BFPO.fullmatch(last):
            return kept
        kept, postcode = kept[:-1], last
    try:
        formatted = format_postcode(postcode)
    except BadPostcode:
        raise CannotPost("An address to post to ends with a UK postcode, a country abroad or a BFPO number.") from None
    if kept and "".join(kept[-1].upper().split()) == formatted.replace(" ", ""):
        kept = kept[:-1]
    return [*kept, formatted]


def _abroad(kept: list[str], postcode: str) -> list[str]:
    if not postcode or any(postcode in line for line in kept):
        return kept
    try:
        format_postcode(postcode)
    except BadPostcode:
        return [*kept[:-1], postcode, kept[-1]]
    raise CannotPost("The address ends with a country abroad but has a UK postcode. Take one of the two out.")
