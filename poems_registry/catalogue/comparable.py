"""Whether two values of a measure were taken in the same way, and in words how each was (clinical.md 2.1).

A walk with a stick and one without, a muscle score of 12 and of 14 muscles: what lies between them is no change.
"""

from collections.abc import Mapping
from typing import NamedTuple

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.item import Derived, Item
from poems_registry.catalogue.kinds import Choice
from poems_registry.domain.findings import Finding, State

Answers = Mapping[str, Finding]


class Ways(NamedTuple):
    """How two values were taken that cannot be compared: `with one stick` and `without an aid`."""

    now: str
    then: str


def taken_otherwise(measure: Item | Derived, now: Answers, then: Answers) -> Ways | None:
    """The two ways where they differ, or are not told where they must be; None: the values can be compared."""
    by = measure.taken_by
    if by is None:
        return None
    codes = _code(now, by.item), _code(then, by.item)
    told = [code for code in codes if code]
    silence = not by.always and not (told and by.unsaid)
    alike = codes[0] == codes[1] if len(told) == 2 else silence
    return None if alike else Ways(*(_words(by.item, code) or by.unsaid for code in codes))


def way_of(measure: Item | Derived, answers: Answers) -> str:
    """How a value was taken: `with one stick`; what is said of a silence; empty where it makes no difference."""
    by = measure.taken_by
    return "" if by is None else _words(by.item, _code(answers, by.item)) or by.unsaid


def _code(answers: Answers, item: str) -> str:
    finding = answers.get(item)
    known = finding is not None and finding.state is State.RECORDED
    return str(finding.value) if finding is not None and known else ""


def _words(item: str, code: str) -> str:
    """As it stands behind a value."""
    kind = CATALOGUE.item(item).kind
    if not code or not isinstance(kind, Choice):
        return ""
    option = kind.option(code)
    return option.phrase or option.label
