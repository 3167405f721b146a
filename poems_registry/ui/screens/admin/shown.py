"""What the admin screen shows: people, their rights, and settings, in words that are ready to be painted."""

from dataclasses import dataclass, field

PEOPLE, SETTINGS, PRACTICES, JOINED, TEMPLATES = "people", "settings", "practices", "joined", "templates"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody in the list."""

    user: str
    name: str
    role: str
    profession: str
    rights: str
    """How their rights differ from those of their role."""
    manages: bool
    active: bool
    me: bool


@dataclass(frozen=True, slots=True)
class Right:
    """One permission with its words."""

    code: str
    words: str
    granted: bool
    by_role: bool
    """Whether the role has it by itself."""


@dataclass(frozen=True, slots=True)
class PersonForm:
    """Somebody on the form; `user` is empty for somebody new."""

    user: str = ""
    name: str = ""
    role: str = "nurse"
    profession: str = ""
    registration: str = ""
    active: bool = True
    me: bool = False
    rights: tuple[Right, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonTyped:
    """What was typed and ticked on the form."""

    user: str
    name: str
    role: str
    profession: str = ""
    registration: str = ""
    password: str = field(default="", repr=False)
    rights: frozenset[str] = frozenset()
    active: bool = True


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One threshold in the list."""

    name: str
    label: str
    value: str
    """With its unit."""
    text: str
    """As it is typed."""
    default: str
    default_text: str
    changed: bool
    source: str
    confirmed: str
    """By whom and when; empty: check against the paper."""
    certainty: str
    own_list: bool = False
    """A list of the clinic's own words, one a line: there is no paper to check it against."""


@dataclass(frozen=True, slots=True)
class PlanShown:
    """What loading a list of practices would change: counts that add up, refused rows, and the words of the act."""

    name: str
    counts: tuple[tuple[str, str], ...]
    sum_line: str
    notes: tuple[str, ...]
    refused: tuple["RefusedShown", ...]
    button: str
    sets_aside: bool


@dataclass(frozen=True, slots=True)
class RefusedShown:
    """A row that cannot be taken."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class JoinedRow:
    """Two records that were made one."""

    id: int
    patient_id: int
    stays: str
    hidden: str
    when: str
    order: str
    by: str
    why: str
    state: str
    may_undo: bool


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One kind of letter in the list."""

    kind: str
    letter: str
    state: str
    loaded: str
    """By whom and when; empty for the built-in one."""
    own: bool
    broken: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class TemplateShown:
    """The kind of letter at the right: what is in force, or a file that waits, with what is wrong with it."""

    title: str
    note: str
    problems: tuple[str, ...] = ()
    waiting: bool = False
    may_take: bool = False
    may_put_back: bool = False
