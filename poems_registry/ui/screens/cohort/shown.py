"""What the cohort screen shows, in words ready to be read: no figure is worked out after this."""

from dataclasses import dataclass

from poems_registry.charts.shapes import Drawing


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number and the word under it."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class TableOneRow:
    """One row of Table 1: all patients, those with transplant first, with another first treatment, and the assessed."""

    label: str
    everyone: str
    transplant: str
    other: str
    assessed: str


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One best grade under the first treatment: `12 / 30 (40%)` in each column, and how many were not assessed."""

    label: str
    everyone: str
    transplant: str
    other: str
    unassessed: str


@dataclass(frozen=True, slots=True)
class Prevalence:
    """`131 / 136`, `2`, `96 (92 to 98)`."""

    counts: str
    unassessed: str
    percent: str


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """One feature: by its criterion, and by the status recorded at visits where it has one."""

    label: str
    criterion: Prevalence
    recorded: Prevalence | None


@dataclass(frozen=True, slots=True)
class SurvivalRow:
    """What stands at a whole year: estimate with limits and number at risk; empty where nothing is told."""

    year: int
    overall: str
    free: str


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One patient's line in words, years from the diagnosis; nobody is named."""

    place: int
    followed: float
    treatments: str
    transplants: str
    relapses: str
    ending: str


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """Why people are left out: how many, the reason, and what it means."""

    count: str
    reason: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Notes:
    """Beside the title of each card: whose figures these are."""

    table_one: str
    survival: str
    features: str
    courses: str


@dataclass(frozen=True, slots=True)
class CohortShown:
    """A whole summary in words. `release`: it is shown as it may leave the team; `rules` then says what was withheld.

    `data_to` is the day, `basis` goes under every figure: day and rule set. `why_no_courses` stands where lines of
    patients would be.
    """

    same: str
    chosen: str
    who: str
    left_out: str
    reasons: tuple[ReasonRow, ...]
    standing: str
    release: bool
    rules: str
    data_to: str
    basis: str
    notes: Notes
    head: tuple[KeyFigure, ...]
    table_one: tuple[TableOneRow, ...]
    responses: tuple[ResponseRow, ...]
    features: tuple[FeatureRow, ...]
    survival: tuple[SurvivalRow, ...]
    survival_words: str
    no_survival: str
    courses: tuple[CourseRow, ...]
    why_no_courses: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """The figures for the room there is; None where nothing may or can be drawn."""

    survival: Drawing | None
    bars: Drawing
    lanes: Drawing | None
    lanes_axis: Drawing | None


@dataclass(frozen=True, slots=True)
class Room:
    """The room that the view has for figures, in logical pixels: widths, and the height for the survival curves."""

    survival: int
    survival_height: int
    bars: int
    lanes: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why there are no figures: icon, title and words; `again` offers to try once more."""

    icon: str
    title: str
    words: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file one may choose: its ending, its name, and what it is good for."""

    ending: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before files are written: which of the kinds, and for whom; `release` is on screen now."""

    title: str
    kinds: tuple[FileKind, ...]
    release: bool


@dataclass(frozen=True, slots=True)
class Who:
    """The fields of who is in the cohort, as typed; a blank treatment is any, a blank data date today."""

    rule: str
    diagnosed_from: str
    diagnosed_to: str
    first_treatment: str
    data_date: str
