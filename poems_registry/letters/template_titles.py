"""What may stand over what was found or asked: a title says what follows, and nothing of how it turned out.

A title over findings holds at least one word of its subject and else only words that judge nothing. Titles over what is
asked of somebody, and the words for nothing asked, come from lists.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

_ASKED_GP = ("For your GP", "For the GP", "For your practice", "For the practice", "What your GP will do")
_ASKED_YOU = ("For you", "For the patient", "What you can do", "What you will do")
_ASKED_HOSPITAL = (
    "For the hospital team",
    "For the hospital",
    "For the clinic",
    "For us",
    "What we will do",
    "What the hospital will do",
    "What the clinic will do",
)
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "gp": _ASKED_GP,
    "you": _ASKED_YOU,
    "hospital": _ASKED_HOSPITAL,
    "actions_gp": _ASKED_GP,
    "actions_you": _ASKED_YOU,
    "actions_hospital": _ASKED_HOSPITAL,
    "nothing": ("None", "Nothing", "None in this letter", "Nothing is asked", "Nothing was asked"),
    "nothing_asked": (
        "Nothing was asked of you at this visit.",
        "Nothing was asked of you.",
        "Nothing is asked of you.",
        "We asked nothing of you at this visit.",
    ),
}
"""By the action group, the part of the plain words, or the sentence: all that may be said there."""

_JUDGING_NOTHING = frozenset(
    re.findall(
        r"\w+",
        "a about and as at by current for from in is it list made of on or our over present recorded summary table the"
        " their these this time to today visit what when with you your",
    )
)
_SUBJECTS: Final[Mapping[str, tuple[str, str]]] = {
    "diagnoses": ("diagnosis diagnoses condition conditions illness illnesses", "other poems problems"),
    "medicines": ("medicine medicines medication medications drugs tablets", "change changes changed"),
    "allergies": ("allergy allergies intolerance intolerances", "drug medicine medicines reactions side effects"),
    "features": ("feature features finding findings examination signs body how", "are five feel letters poems"),
    "other": ("other further", "examination finding findings observations"),
    "results": ("result results test tests scores measurements values", "blood imaging laboratory scan scans urine"),
    "response": ("response", "illness treatment"),
    "journey": ("treatment treatments course chart", "illness results response"),
}
"""By the part: words of which its title holds one, and words that may stand beside them."""
_NOT_WHERE_NOBODY_LOOKED: Final[Mapping[str, str]] = {
    "medicines": "change changes changed made today",
    "journey": "chart results response",
}
"""What a `short_title` promises too much by."""


def plain_title(title: str) -> str:
    """A title as it is compared with another: small letters, without marks and spare blanks."""
    return " ".join(_words(title))


def problems_over(part: str, title: str, *, short: bool = False) -> Iterator[str]:
    """Why a title, or what is said of nothing asked, cannot stand there; nothing for a part without findings."""
    if part in CHOICES:
        if plain_title(title) not in map(plain_title, CHOICES[part]):
            yield f"is one of: {'; '.join(CHOICES[part])}"
        return
    if part not in _SUBJECTS:
        yield from _belongs_to_another(title)
        return
    if not _names(part, title):
        wanted, beside = (words.replace(" ", ", ") for words in _SUBJECTS[part])
        yield (
            f"a title over {part} holds one of the words {wanted}, and beside them only words such as {beside},"
            " your, the, today: it stands over whatever was found"
        )
    elif short and (said := {*_words(title)} & {*_NOT_WHERE_NOBODY_LOOKED[part].split()}):
        yield f'does not say "{min(said)}": it stands where that would promise too much'


def _belongs_to_another(title: str) -> Iterator[str]:
    for other in _SUBJECTS:
        if _names(other, title):
            yield f"reads as the title of the part {other}; say here what this is"
            return
    for other in ("gp", "you", "hospital"):
        if plain_title(title) in map(plain_title, CHOICES[other]):
            yield "reads as the title of what is asked of somebody; say here what this is"


def _names(part: str, title: str) -> bool:
    subject, beside = (frozenset(words.split()) for words in _SUBJECTS[part])
    said = frozenset(_words(title))
    return bool(said & subject) and said <= subject | beside | _JUDGING_NOTHING


def _words(title: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", title).casefold())
