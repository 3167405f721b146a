"""What a field shows while it is typed into, on every screen: its text, how it is understood, what is wrong with it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.findings import State
from poems_registry.ui.field_mark import Mark


class Detail(StrEnum):
    """What can be said beside a value: the laboratory's own limits, the assay, the time, a note."""

    LIMIT_LOW = "limit_low"
    LIMIT_HIGH = "limit_high"
    ASSAY = "assay"
    SAMPLE_TIME = "sample_time"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field: what was typed, how it is understood, and what is wrong or doubtful in words.

    `meaning` tells how the text is understood. `mark` says whether `words` name a problem or a doubt; a doubt asks for
    a confirmation (`confirm_words` on its button, where the screen has one for each field). `said` is all of it for a
    screen reader, or the recorded value where it is only read. `offered` are entries of a list that the clinic keeps,
    which may be put in.
    """

    code: str
    text: str = ""
    state: State | None = None
    state_words: str = ""
    reason: str = ""
    meaning: str = ""
    said: str = ""
    mark: Mark = Mark.NONE
    words: str = ""
    confirm_words: str = ""
    visible: bool = True
    cause: str = ""
    cause_words: str = ""
    cause_asked: bool = False
    details: str = ""
    limit_low: str = ""
    limit_high: str = ""
    assay: str = ""
    sample_time: str = ""
    note: str = ""
    offered: tuple[str, ...] = ()

    @property
    def problem(self) -> str:
        """Why what stands there cannot be right; empty if it can."""
        return self.words if self.mark is Mark.ERROR else ""

    @property
    def doubt(self) -> str:
        """What is unusual about it and not confirmed yet."""
        return self.words if self.mark is Mark.DOUBT else ""

    def detail(self, which: Detail) -> str:
        """What is typed beside the value."""
        return {
            Detail.LIMIT_LOW: self.limit_low,
            Detail.LIMIT_HIGH: self.limit_high,
            Detail.ASSAY: self.assay,
            Detail.SAMPLE_TIME: self.sample_time,
            Detail.NOTE: self.note,
        }[which]


def with_detail(typed: FieldDraft, which: Detail, text: str) -> FieldDraft:
    """The same field with other words beside its value."""
    match which:
        case Detail.LIMIT_LOW:
            return replace(typed, limit_low=text)
        case Detail.LIMIT_HIGH:
            return replace(typed, limit_high=text)
        case Detail.ASSAY:
            return replace(typed, assay=text)
        case Detail.SAMPLE_TIME:
            return replace(typed, sample_time=text)
        case Detail.NOTE:
            return replace(typed, note=text)
