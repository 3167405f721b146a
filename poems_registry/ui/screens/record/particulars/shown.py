"""What the tab of details is told: the question for a consent, every answer there is, what its buttons ask for."""

from dataclasses import dataclass
from enum import StrEnum

from poems_registry.ui.identity import Identity

CONSENTS = "consents"
"""Asked by the card of consents: every answer, to read and to correct."""
AGAIN = "again"
"""Among the texts of an answer: another answer of the same form follows."""
UNDO = "undo"
"""Asked by a joined record, with the number of the joining behind a colon."""
DECIDE = "decide"
"""Asked by a proposal that waits, with its number behind a colon."""


@dataclass(frozen=True, slots=True)
class AskedConsent:
    """What the dialog shows: whose consent, the questions and answers there are, and the day to begin with.

    `studies` are those an answer may name, by name with the words for it; without any, a name is typed.
    """

    who: Identity
    scopes: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    today: str
    studies: tuple[tuple[str, str], ...] = ()


class Standing(StrEnum):
    """How an answer stands to the others about the same question."""

    IN_FORCE = "in_force"
    EARLIER = "earlier"
    IN_ERROR = "in_error"


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One answer: what was said, all that stands with it, who recorded it; why it was a mistake."""

    id: int
    standing: Standing
    words: str
    beside: tuple[str, ...]
    recorded: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A question with its answers, newest first."""

    title: str
    answers: tuple[AnswerShown, ...]


@dataclass(frozen=True, slots=True)
class HistoryShown:
    """Everything a person answered; `never` names what nobody asked, `shared` what left before consent was taken back.

    `stays_inside` says whether the person is left out of what leaves for research, in words.
    """

    who: Identity
    questions: tuple[QuestionShown, ...]
    never: str
    stays_inside: str
    shared: tuple[str, ...]
    may_correct: bool
