"""What the view of a visit is handed to show: words already chosen, nothing left to decide."""

from dataclasses import dataclass
from enum import StrEnum

from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.visit.rows import SectionPlan
from poems_registry.ui.theme.tokens import Tone


class Progress(StrEnum):
    """How far a section is: its mark on the tab, always with words."""

    NOTHING = "nothing"
    SOME = "some"
    NOT_ASSESSED = "not_assessed"
    DONE = "done"
    PROBLEM = "problem"


class Reminder(StrEnum):
    """What the view is asked to wake the presenter for."""

    KEEP = "keep"
    JUDGE = "judge"


class Head(StrEnum):
    """The fields of the visit itself."""

    ON = "on"
    TIME = "time"
    VISIT_TYPE = "visit_type"
    SEEN_BY = "seen_by"


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row as a whole: last time's value with its date where that is not the column's, and the act of confirming.

    `moved` is how its values moved since last time and since the baseline; `tasks` what the tasks behind it give, or
    of a visit that is only read, what they were.
    """

    key: str
    last: str = ""
    last_on: str = ""
    can_confirm: bool = False
    confirmed: bool = False
    visible: bool = True
    derived: str = ""
    derived_of: str = ""
    change: str = ""
    change_tone: str = ""
    moved: str = ""
    tasks: str = ""


@dataclass(frozen=True, slots=True)
class SectionShown:
    """A section's tab and the line under its title: `last` is how it stood last time."""

    code: str
    progress: Progress
    words: str
    last: str = ""


@dataclass(frozen=True, slots=True)
class HeadShown:
    """The visit itself: texts as typed and words of what is wrong with the date."""

    on: str = ""
    on_words: str = ""
    on_problem: str = ""
    time: str = ""
    time_problem: str = ""
    visit_type: str = ""
    type_words: str = ""
    seen_by: str = ""
    allergies: str = ""


@dataclass(frozen=True, slots=True)
class VisitShown:
    """A visit as it is opened: everything but its fields. `kind` is what a dated contact of its kind is called.

    `closes`: it is a contact of a profession, which is closed and not signed; `may_sign` says whether this person may.
    """

    kind: str
    plans: tuple[SectionPlan, ...]
    last_time: str
    last_age: str
    read_only: bool
    state_words: str
    may_sign: bool
    signed: bool
    head: HeadShown
    may_correct: bool = False
    closes: bool = False


@dataclass(frozen=True, slots=True)
class LinkShown:
    """A line that leads to a field: `label` is the link, `words` stand beside it, `short` where room is short."""

    code: str
    label: str
    words: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class ChipShown:
    """A criterion: sign, name and verdict (`met`, `not_met`, `cannot_tell`)."""

    sign: str
    name: str
    verdict: str


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """How a measure moved since last time; `tone` is better, worse or same."""

    label: str
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class DomainLine:
    """One domain: short words at the right; below them why it has no grade, and what it needs or what differs."""

    name: str
    words: str
    icon: str
    tone: Tone
    needs: str
    everything: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class ResponseLines:
    """The four domains; `about` says of which treatment."""

    about: str
    lines: tuple[DomainLine, ...]


@dataclass(frozen=True, slots=True)
class PanelShown:
    """The live panel, from top to bottom."""

    verdict: str
    verdict_words: str
    dated: str
    groups: tuple[tuple[str, tuple[ChipShown, ...]], ...]
    differs: str = ""
    second_opinion: str = ""
    changes: tuple[ChangeShown, ...] = ()
    decide: tuple[LinkShown, ...] = ()
    missing: tuple[LinkShown, ...] = ()
    cautions: tuple[str, ...] = ()
    blocks: tuple[LinkShown, ...] = ()
    response: ResponseLines | None = None


@dataclass(frozen=True, slots=True)
class MedicineShown:
    """One line of the medicines: texts as typed; `carried` came from last time's list; `problem` in words."""

    name: str
    dose: str
    route: str
    change: str
    why: str
    when: str
    supply: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ActionShown:
    """One asked action: who is asked (`gp`, `patient`, `hospital`), what, by whom, by when."""

    group: str
    what: str
    who: str
    by_when: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SigningShown:
    """What the signing dialog says before it asks for the password; for a contact, what is asked before it closes."""

    who: Identity
    title: str
    lines: tuple[str, ...]
    button: str
    reminders: tuple[str, ...] = ()
