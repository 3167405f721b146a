"""What the frame of a record shows: which tabs there are and what can be begun from here."""

from dataclasses import dataclass
from enum import StrEnum


class Page(StrEnum):
    """The tabs of a record, in their order."""

    OVERVIEW = "overview"
    VISITS = "visits"
    RESULTS = "results"
    TREATMENT = "treatment"
    CARE = "care"
    RESEARCH = "research"
    LETTERS = "letters"
    DETAILS = "details"
    ACCESS = "access"


PAGE_WORDS = {
    Page.OVERVIEW: "Overview",
    Page.VISITS: "Visits",
    Page.RESULTS: "Results",
    Page.TREATMENT: "Treatment",
    Page.CARE: "Care",
    Page.RESEARCH: "Research",
    Page.LETTERS: "Letters",
    Page.DETAILS: "Details",
    Page.ACCESS: "Access",
}


@dataclass(frozen=True, slots=True)
class FrameShown:
    """The tabs a role may open, the words of the main action ('' for none), and a visit that waits for its letter.

    `contacts` are what can be begun or gone on with beside a visit: kind and words of each.
    """

    pages: tuple[Page, ...]
    visit_words: str
    letter_words: str
    unwritten: int
    explanation: str
    may_change_details: bool
    contacts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ProposedBarShown:
    """What waits, in words; `act` are the words of the one button, '' without one."""

    cause: str
    rest: str
    act: str
    proposal_id: int
