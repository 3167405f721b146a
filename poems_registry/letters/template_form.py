"""What a template may hold: for each kind of letter its parts, its fixed sentences, and the placeholders there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

FORM: Final = 1
"""Counts changes of the form itself; a template names the one it was written for."""

PLAIN_WORDS: Final = "plain_words"
FROM_TEMPLATE: Final = "from the template"
"""Where the words of a part come from, as the desk tells it."""

MOST_BYTES: Final = 64_000
LONGEST_TITLE, LONGEST_SENTENCE, LONGEST_WORDS = 90, 700, 3_000
MOST_FORMS, MOST_OWN = 5, 12

PLACEHOLDERS: Final[Mapping[str, str]] = {
    "patient": "the patient's name, as on an envelope",
    "patient_formal": "the patient's name, surname first",
    "visit_name": "clinic visit, telephone appointment, and so on",
    "visit_date": "the day of the visit",
    "seen_by": "who saw the patient first",
    "next_visit": "when the next visit is planned, as in 'on 10 February 2027'",
    "about_date": "the day that the letter is about: missed, appointed, or up to which results are told",
    "letter_number": "number and version of the letter",
    "gp": "the GP, or the practice",
    "clinic": "the clinic's name",
    "hospital": "the hospital's name",
    "nurse_line": "the telephone number of the nurse line",
    "nurse_line_hours": "when the nurse line is answered",
    "out_of_hours": "the telephone number at other times",
    "email": "the clinic's e-mail address",
}
"""The closed list, with what each stands for."""

ALWAYS: Final = frozenset({"patient", "patient_formal", "visit_name", "visit_date", "about_date", "letter_number"})
"""Placeholders that never lack a value; the last form of a sentence that must be printed holds no other."""

ACTION_WORDS: Final = ("title", "by_when", "nothing", "gp", "you", "hospital")

PAGE_ONE: Final = ("diagnoses", "actions", "medicines", "allergies")
SHORT_TITLED: Final = frozenset({"medicines", "journey"})
"""Parts whose title depends on the visit: medicines that nobody reviewed, a course without a chart."""

MAY_BE_UNTITLED: Final = frozenset({"summary", "needs", "about", "own"})


OF_AN_ABSENCE: Final = frozenset({"nothing", "nothing_asked"})
"""Words printed only of an absence that is known, that nothing was asked of somebody; they come from a list."""
MEANINGS: Final = frozenset("poems")
"""The sentences that say in plain words what each letter of the name stands for."""


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of letter: parts by page, of which `optional` may be left out; its fixed sentences.

    A sentence in `sentences` must be there, one in `further` may be empty.
    """

    words: str
    page_one: tuple[str, ...]
    body: tuple[str, ...]
    optional: frozenset[str] = frozenset()
    sentences: tuple[str, ...] = ()
    further: tuple[str, ...] = ("opening", "closing")
    actions: bool = True

    @property
    def compulsory(self) -> frozenset[str]:
        """What no template leaves out."""
        return frozenset({*self.page_one, *self.body}) - self.optional


_SIGN_OFF = ("farewell", "copies")
_TO_PATIENT = (*_SIGN_OFF, "same_letter")

FORMS: Final[Mapping[str, Form]] = {
    "clinic": Form(
        "Clinic letter",
        PAGE_ONE,
        ("history", "summary", "concerns", "features", "other", "results", "response", "journey", "next", "safety",
         "information", "needs"),
        optional=frozenset({"concerns", "response", "journey"}),
        sentences=_TO_PATIENT,
    ),
    "results": Form(
        "Results letter", ("actions",), ("summary", "results", "next", "safety"), sentences=_TO_PATIENT
    ),
    "did_not_attend": Form(
        "Missed appointment",
        ("diagnoses", "actions", "allergies"),
        ("summary", "planned", "next", "safety"),
        optional=frozenset({"planned"}),
        sentences=(*_TO_PATIENT, "missed", "again", "not_looked_at"),
    ),
    "first_missed": Form(
        "Missed first appointment",
        ("actions",),
        ("summary", "next", "safety"),
        sentences=(*_TO_PATIENT, "missed", "again", "never_seen"),
    ),
    "reminder": Form(
        "Appointment reminder",
        (),
        ("summary", "bring", "next", "needs"),
        optional=frozenset({"bring", "needs"}),
        sentences=(*_TO_PATIENT, "appointment", "change"),
        further=("opening", "closing", "bring"),
        actions=False,
    ),
    "professional": Form(
        "Letter to a colleague",
        PAGE_ONE,
        ("summary", "features", "other", "results", "response", "journey", "next", "contact"),
        optional=frozenset({"response", "journey", "contact"}),
        sentences=_SIGN_OFF,
    ),
    PLAIN_WORDS: Form(
        "In plain words",
        (),
        ("about", "summary", "poems", "features", "results", "medicines", "actions_you", "actions_gp",
         "actions_hospital", "next", "safety"),
        optional=frozenset({"poems"}),
        sentences=("about", "poems", "p", "o", "e", "m", "s", "in_full", "nothing_asked"),
        actions=False,
    ),
}  # fmt: skip
"""Compulsory is what nhs.md 3.1 marks M or R, what is said of findings (silence would read as "no"), and when to get
help (clinical.md 8.4). The line of attendance opens page one and the greeting opens the body, always."""
