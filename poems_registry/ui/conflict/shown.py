"""What the dialog of a conflict shows: each field as it was, as one typed it and as somebody else saved it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from poems_registry.domain.merging import Clash, Merge
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class ClashShown:
    """One field to choose: its name, and three values in words."""

    key: str
    label: str
    before: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """The whole question. `theirs_by` says who saved and when, `taken` what they changed that is taken without asking.

    `button` is the main button's words: it names the patient.
    """

    who: Identity
    title: str
    lines: tuple[ClashShown, ...]
    theirs_by: str
    button: str
    mine_when: str = ""
    before_when: str = ""
    taken: tuple[str, ...] = ()


def lines_of(
    clashes: Sequence[Clash[V]], label: Callable[[str], str], words: Callable[[str, V], str], nothing: str = ""
) -> tuple[ClashShown, ...]:
    """Each clash in words; `words` says a value of a field, `nothing` that there is none."""

    def say(key: str, value: V | None) -> str:
        return words(key, value) if value is not None else nothing or tr("Nothing")

    return tuple(
        ClashShown(c.key, label(c.key), say(c.key, c.before), say(c.key, c.mine), say(c.key, c.theirs)) for c in clashes
    )


def taken_of(
    merge: Merge[V], label: Callable[[str], str], words: Callable[[str, V], str], nothing: str = ""
) -> tuple[str, ...]:
    """What only the other person changed, for reading: `Phone: 020 7946 0111`."""
    told = []
    for key in merge.only_theirs:
        value = merge.settled.get(key)
        said = words(key, value) if value is not None else nothing or tr("Nothing")
        told.append(tr("{field}: {value}", field=label(key), value=said))
    return tuple(told)
