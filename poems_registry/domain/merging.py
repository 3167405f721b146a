"""Two people changed one record: what only one of them changed is taken, what both changed is asked, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

V = TypeVar("V")


class Side(StrEnum):
    """Whose value is taken where both changed it."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Clash(Generic[V]):
    """A field that both changed, to different values; None where one has no value."""

    key: str
    before: V | None
    mine: V | None
    theirs: V | None


@dataclass(frozen=True, slots=True)
class Merge(Generic[V]):
    """What both agree on, what is still to be chosen, and the keys that only one side changed."""

    settled: Mapping[str, V]
    clashes: tuple[Clash[V], ...]
    only_mine: tuple[str, ...]
    only_theirs: tuple[str, ...]

    def choose(self, choices: Mapping[str, Side]) -> dict[str, V]:
        """The record that comes of it. KeyError while a field is not chosen."""
        values = dict(self.settled)
        for clash in self.clashes:
            value = clash.mine if choices[clash.key] is Side.MINE else clash.theirs
            if value is not None:
                values[clash.key] = value
        return values


def three_way(before: Mapping[str, V], mine: Mapping[str, V], theirs: Mapping[str, V]) -> Merge[V]:
    """Compare two changed records with the one they began from, by key; a missing key is no value.

    Keys keep the order in which theirs, then mine, then the old record name them.
    """
    settled: dict[str, V] = {}
    clashes: list[Clash[V]] = []
    only_mine: list[str] = []
    only_theirs: list[str] = []
    for key in dict.fromkeys((*theirs, *mine, *before)):
        old, own, other = before.get(key), mine.get(key), theirs.get(key)
        if own != old and other != old and own != other:
            clashes.append(Clash(key, old, own, other))
            continue
        value = own if own != old else other
        if value is not None:
            settled[key] = value
        if own != old and other == old:
            only_mine.append(key)
        elif other != old and own == old:
            only_theirs.append(key)
    return Merge(settled, tuple(clashes), tuple(only_mine), tuple(only_theirs))
