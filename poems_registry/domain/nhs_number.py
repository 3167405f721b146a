"""NHS numbers and their Scottish and Northern Irish sisters: read, checked, labelled and shown (`nhs.md` 1)."""

import re
import unicodedata
from datetime import date

from poems_registry.domain.dates import NO_BREAK_SPACE, PartialDate

GENERATED = 899_999
"""How many different made-up numbers `generate` knows: nine of each ten in 999, without 9999999999."""

_SEPARATORS = frozenset("._,:;'\"|")
_NATIONAL_INSURANCE = re.compile(r"[A-Z]{2}[0-9]{6}[A-D]")
_OLD_FORMAT = re.compile(r"[A-Z]{3,5}[0-9]{1,4}")
_NEVER_ISSUED = "This number lies in a range that is not in use for patients. Check each figure against the source."
_NOT_USED = (
    # first, last, words: the ranges of nhs.md 1.4 from which no patient of a UK registry has a number.
    (0, 99_999_999, _NEVER_ISSUED),
    (3_113_000_000, 3_199_999_999, _NEVER_ISSUED),
    (5_000_000_000, 5_999_999_999, _NEVER_ISSUED),
    (8_000_000_000, 8_599_999_999, "This is an Irish health identifier, not an NHS number. Record it as such."),
    (8_600_000_000, 8_999_999_999, _NEVER_ISSUED),
)
_FIRST_TEST = 9_000_000_000


class BadNhsNumber(ValueError):
    """An entry that is no NHS number. The text is a sentence saying which fault it has, never the entry."""


def normalise(text: str) -> str:
    """The ten ASCII figures of an entry, whatever stands between them; BadNhsNumber says what else was typed.

    Only the form is looked at, so that a search may use it; `check` decides whether a patient can have the number.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    kept = "".join(sign for sign in plain if not _separates(sign))
    if re.fullmatch(r"[0-9]{10}", kept):
        return kept
    raise BadNhsNumber(_fault(kept))


def _separates(sign: str) -> bool:
    """Spaces, dashes, invisible format marks of a pasted text, and the stops people put between groups."""
    return sign in _SEPARATORS or sign.isspace() or unicodedata.category(sign) in ("Pd", "Cf", "Cc", "Zs")


def _fault(kept: str) -> str:
    if not kept:
        return "Type the ten figures of the NHS number."
    if _NATIONAL_INSURANCE.fullmatch(kept):
        return "This looks like a National Insurance number. An NHS number has ten figures and no letters."
    if "/" in kept or "\\" in kept or _OLD_FORMAT.fullmatch(kept):
        return "This looks like an old or temporary NHS number. Use the number of ten figures."
    if any(sign.isalpha() for sign in kept):
        return "An NHS number has figures only: take out the letters."
    if not (kept.isascii() and kept.isdigit()):
        return "An NHS number is written with the figures 0 to 9 only."
    if len(kept) < 10:
        return f"This number is too short: {len(kept)} of 10 figures."
    return f"This number is too long: {len(kept)} figures instead of 10."


def check(text: str, *, training: bool) -> str:
    """The ten figures of a number that a patient of this registry can have; BadNhsNumber in words otherwise.

    Modulus 11, and what it lets pass: ten equal figures, ranges never issued, a Scottish number that does not begin
    with a date. A training registry takes only numbers from 9, which no one has; any other registry refuses those.
    """
    number = normalise(text)
    if _check_figure(number[:9]) != int(number[9]):
        raise BadNhsNumber("This number fails its check: a figure is wrong or two are swapped.")
    if len(set(number)) == 1:
        raise BadNhsNumber("Ten equal figures are nobody's NHS number.")
    if training and int(number) < _FIRST_TEST:
        raise BadNhsNumber("The training registry takes only made-up numbers that begin with 9.")
    if not training and int(number) >= _FIRST_TEST:
        raise BadNhsNumber("Numbers that begin with 9 are for tests and training. No patient has one.")
    _check_range(number)
    return number


def _check_figure(nine: str) -> int:
    """Modulus 11 over nine figures with the weights 10 to 2; 10 means that no number begins with them."""
    total = sum(int(figure) * weight for figure, weight in zip(nine, range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11


def _check_range(number: str) -> None:
    for first, last, words in _NOT_USED:
        if first <= int(number) <= last:
            raise BadNhsNumber(words)
    if _is_chi(number) and not _begins_with_a_date(number):
        raise BadNhsNumber("A Scottish CHI number begins with the date of birth. This one does not: check each figure.")


def _is_chi(number: str) -> bool:
    return 100_000_000 <= int(number) <= 3_112_999_999


def _begins_with_a_date(number: str) -> bool:
    day, month, year = int(number[:2]), int(number[2:4]), int(number[4:6])
    for century in (1900, 2000):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False


def label(number: str) -> str:
    """'CHI No.' (Scotland), 'H&C No.' (Northern Ireland) or 'NHS No.', by the leading figures of ten; no colon."""
    if _is_chi(number):
        return "CHI No."
    return "H&C No." if 3_200_000_000 <= int(number) <= 3_999_999_999 else "NHS No."


def show(number: str) -> str:
    """Three groups 3-3-4 that cannot be parted at the end of a line: for screens and pages."""
    return NO_BREAK_SPACE.join((number[:3], number[3:6], number[6:]))


def for_clipboard(number: str) -> str:
    """Three groups 3-3-4 with plain spaces, which every other program understands."""
    return show(number).replace(NO_BREAK_SPACE, " ")


def chi_birth_date_differs(number: str, born: PartialDate | date) -> bool:
    """Whether a Scottish number begins with another date than the birth date recorded; a reason to warn, not to refuse.

    What is not known of the birth date differs from nothing; numbers from elsewhere hold no date.
    """
    if not _is_chi(number):
        return False
    told = (int(number[:2]), int(number[2:4]), int(number[4:6]))
    known = (born.day, born.month, born.year % 100)
    return any(part is not None and part != said for said, part in zip(told, known, strict=True))


def generate(seed_index: int) -> str:
    """A made-up valid number from 999, another one for each index from 0 to `GENERATED` - 1; the same in every run.

    Of ten neighbouring nine-figure beginnings at least nine have a check figure, so nine are used of each ten.
    """
    if not 0 <= seed_index < GENERATED:
        raise ValueError(f"made-up numbers are counted from 0 to {GENERATED - 1}")
    # Multiplying by a number without a common factor visits each place once, and neighbours look unlike.
    block, place = divmod(seed_index * 611_953 % GENERATED, 9)
    valid = [nine for last in range(10) if _check_figure(nine := f"999{block:05d}{last}") != 10]
    return valid[place] + str(_check_figure(valid[place]))
