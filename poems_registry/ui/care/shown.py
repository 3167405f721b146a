"""What the forms and lists of care show, in words; nothing here knows Qt or a service."""

from dataclasses import dataclass
from enum import StrEnum

from poems_registry.ui.identity import Identity
from poems_registry.ui.theme.tokens import Tone


class What(StrEnum):
    """The kinds of entry; the value is also the name of the form whose typing is kept."""

    REFERRAL = "care_referral"
    ONWARD = "care_onward"
    MDT = "care_mdt"
    CALL = "care_call"
    STATUS = "care_status"


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field: `options` make it a list, `lines` a text of several lines, `wide` takes the whole row.

    `heading` stands over the field where another part of the form begins.
    """

    code: str
    label: str
    text: str = ""
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    wide: bool = False
    lines: int = 0
    heading: str = ""


@dataclass(frozen=True, slots=True)
class FormShown:
    """A form: whose it is (None where nobody is named), its fields, and the words of its main button ('' for none).

    `known` offers to mark the entry as a mistake; `first` is the field that gets the keyboard.
    """

    what: What
    who: Identity | None
    title: str
    icon: str
    explanation: str
    fields: tuple[FieldShown, ...]
    button: str
    known: bool
    first: str = ""


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """Somebody of the registry who may be the one that was typed: words for three identifiers, and for the address."""

    patient_id: int
    name: str
    born: str
    number: str
    address: str


@dataclass(frozen=True, slots=True)
class AlikeShown:
    """Who was typed, and who of the registry it may be; one NHS number on both leaves no other choice."""

    name: str
    born: str
    number: str
    candidates: tuple[CandidateShown, ...]
    may_be_another: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody found for a form."""

    patient_id: int
    name: str
    second: str


@dataclass(frozen=True, slots=True)
class LineShown:
    """One entry in words, with its one act ('' for none). `name` is empty where the list is of one person.

    `to_name` are the words of the act that says whose it is, where that is not known.
    """

    what: What
    id: int
    day: str
    ago: str
    title: str
    icon: str
    texts: tuple[str, ...] = ()
    state: str = ""
    state_icon: str = ""
    tone: Tone = Tone.SUB
    act: str = ""
    name: str = ""
    identity: tuple[str, ...] = ()
    patient_id: int = 0
    in_error: bool = False
    to_name: str = ""

    @property
    def said(self) -> str:
        """The act's name for a screen reader."""
        whose = f", {self.name}" if self.name else ""
        return f"{self.act.rstrip('…')}: {self.title}, {self.day}{whose}"


@dataclass(frozen=True, slots=True)
class GroupShown:
    """Lines under a title; `empty` is said where there are none, `more` how many are not among them."""

    title: str
    icon: str
    lines: tuple[LineShown, ...]
    empty: str = ""
    more: int = 0
    tone: Tone = Tone.BLUE
