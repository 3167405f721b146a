"""What a sheet shows: its title, its fields with what stands in them, and whether the entry is known already."""

from dataclasses import dataclass

from poems_registry.ui.identity import Identity

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SheetField:
    """One field: `options` make it a list, `several` boxes to tick, `wide` a row of its own.

    `beside` puts it into the row of the field before it; `when` names another field and the codes with which it is
    asked at all.
    """

    code: str
    label: str
    text: str = ""
    hint: str = ""
    options: Options = ()
    several: bool = False
    wide: bool = False
    beside: bool = False
    suggestions: tuple[str, ...] = ()
    when: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole form. `known`: the entry is in the registry, and may be marked as entered in error."""

    title: str
    button: str
    fields: tuple[SheetField, ...]
    icon: str
    who: Identity | None = None
    explanation: str = ""
    known: bool = False
