"""What the letter's view is told to show: plain values, decided by the presenter."""

from dataclasses import dataclass
from enum import StrEnum

from poems_registry.ui.identity import Identity


class Reminder(StrEnum):
    """What the view wakes the presenter for."""

    KEEP = "keep"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part in print order; `edited` parts hold the author's own words and can be put back."""

    key: str
    title: str
    words: str
    source: str
    editable: bool
    edited: bool


@dataclass(frozen=True, slots=True)
class GateLine:
    """One thing that stops signing; `link` leads to where it is mended, '' where it is mended here."""

    key: str
    words: str
    link: str
    link_words: str


@dataclass(frozen=True, slots=True)
class LetterShown:
    """The frame: number, state in words, and which acts there are."""

    title: str
    panel: str  # what heads the acts
    state: str
    recipients: str
    size: str
    read_only: bool
    may_sign: bool
    sign_buttons: tuple[str, ...]  # the same said longer and shorter, longest first
    signed: bool
    may_print: bool
    may_amend: bool
    copies: tuple["CopyShown", ...] = ()
    acts: tuple[tuple[str, str], ...] = ()  # what stands under More: (act, words)
    offers: tuple["OfferShown", ...] = ()
    prints: str = ""  # the words of the button that prints; '' where every copy has left, is held or was withdrawn
    wording: str = ""  # by which template it is worded


@dataclass(frozen=True, slots=True)
class CopyShown:
    """One copy of a signed letter: who gets it, what became of it, and what may follow as (act, words)."""

    id: int
    name: str
    words: str
    gone: bool
    acts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OfferShown:
    """Somebody who gets a copy, or could; `line` is empty for whom the letter is written to."""

    line: str
    name: str
    words: str
    ticked: bool
    fixed: bool


@dataclass(frozen=True, slots=True)
class AskedShown:
    """A question for a few words: whom it is about, what it says, and what the button says."""

    who: Identity
    title: str
    words: str
    label: str
    button: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class CameOutAsked:
    """The question after a file was saved to print from: which copy, which files, and what was seen on paper."""

    who: Identity
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class SigningShown:
    """The question before signing."""

    who: Identity
    title: str
    button: str
