"""Everything the tab of research shows, in words."""

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What a row of a list is, and so which sheet opens it."""

    ENROLMENT = "enrolment"
    SAMPLE = "sample"
    ALIQUOT = "aliquot"
    PANEL = "research_panel"


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One question of research: what was asked, what stands in force in words, and whether it is a yes."""

    about: str
    words: str
    given: bool


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part in a study. `now` for one that goes on; `doubt` where no consent stands behind it."""

    id: int
    study: str
    full_name: str
    number: str
    joined: str
    state: str
    ended: str
    now: bool
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A sample, or an aliquot of the sample above it. `consent_bad` where consent does not stand behind it."""

    what: What
    id: int
    sample_id: int
    number: str
    of: str
    when: str
    consent: str
    consent_bad: bool
    state: str
    more: str

    @property
    def key(self) -> tuple[str, int]:
        """Which row it is."""
        return self.what.value, self.id


@dataclass(frozen=True, slots=True)
class ValueRow:
    """The values of one sample: `cells` in the order of the panel, each with its assay where the row has several."""

    sample_id: int
    sample: str
    day: str
    cells: tuple[tuple[str, str], ...]
    assay: str
    consent_bad: bool
    said: str

    @property
    def key(self) -> tuple[str, str]:
        """Which row it is."""
        return self.sample, self.day


@dataclass(frozen=True, slots=True)
class ResearchShown:
    """The whole tab. `notices` are what a person has to know first; `unit` is the values' own."""

    notices: tuple[str, ...]
    consents: tuple[ConsentLine, ...]
    parts: tuple[PartRow, ...]
    samples: tuple[SampleRow, ...]
    values: tuple[ValueRow, ...]
    unit: str
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelShown:
    """The words for a tube, and what to call it."""

    title: str
    words: str
