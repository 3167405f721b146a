"""What an item declares about itself, and the sections that group items into what people call by one name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from poems_registry.catalogue.kinds import AnyKind, Choice, Number, YesNo, options
from poems_registry.domain.records import EncounterKind


class Found(StrEnum):
    """How a fact of clinical.md was come by: read in a source, or from general knowledge."""

    SOURCE = "source"
    MEMORY = "memory"
    DESIGN = "design"


@dataclass(frozen=True, slots=True)
class Coding:
    """A code in a public terminology (clinical.md 7)."""

    system: str
    code: str
    found: Found = Found.SOURCE


@dataclass(frozen=True, slots=True)
class ShownWhen:
    """The item is asked only while another item holds one of these codes."""

    item: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakenBy:
    """The item that tells how a measure was taken: values taken otherwise are never compared (clinical.md 2.1).

    `unsaid` is what is said where only one of two values tells it; without these words a silence counts as the same
    way. `always`: it must be told of both, since the scale itself depends on it.
    """

    item: str
    unsaid: str = ""
    always: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be recorded at an encounter.

    `code` is permanent. `plain` is the patient's word for it. `negative` overrides "No " + label. `sign` marks a
    finding whose presence means that its section's feature is present. `lab` items stand in the results grid.
    `own_cause` items take an attribution of their own. `research` items never reach a clinical letter.
    A `told_with` item stands behind another one in a letter; as a `detail_of_presence` only if that one is present.
    """

    code: str
    label: str
    kind: AnyKind
    help: str = ""
    plain: str = ""
    negative: str = ""
    coding: tuple[Coding, ...] = ()
    required: bool = False
    identifying: bool = False
    research: bool = False
    in_letter: bool = True
    lab: bool = False
    sign: bool = False
    own_cause: bool = False
    specimen: str = ""
    shown_when: ShownWhen | None = None
    formerly: tuple[str, ...] = ()
    retired: bool = False
    told_with: str = ""
    detail: str = "{}"
    detail_of_presence: bool = False
    taken_by: TakenBy | None = None

    @property
    def unit(self) -> str:
        """The canonical unit, empty for what is not measured."""
        return self.kind.unit if isinstance(self.kind, Number) else ""

    @property
    def no(self) -> str:
        """The negative in words, always beginning with the negation (nhs.md 2.8)."""
        return self.negative or "No " + lower_first(self.label)


@dataclass(frozen=True, slots=True)
class Derived:
    """Computed, never stored; missing when any of `needs` is not a recorded answer or uncensored number.

    The formula takes the values of `needs`, then those of `optional`, of which each may be None, and may itself give
    None: what it was told does not decide. With a `grade` it computes what that item should be by its task answers,
    which a form asks in the order of `asked`. `compared` gives the value by which a change is judged, where that is
    not the value itself.
    """

    code: str
    label: str
    kind: Number
    needs: tuple[str, ...]
    formula: Callable[..., float | None]
    plain: str = ""
    in_letter: bool = True
    optional: tuple[str, ...] = ()
    grade: str = ""
    asked: tuple[str, ...] = ()
    compared: Callable[..., float] | None = None
    taken_by: TakenBy | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form, the letter and the dictionary. `feature` is one of P O E M S, or empty.

    `kinds` are those whose form shows it whole; what contacts of the professions show stands in `contact_forms`.
    """

    code: str
    title: str
    items: tuple[Item, ...]
    derived: tuple[Derived, ...] = ()
    feature: str = ""
    plain: str = ""
    plain_words: str = ""
    kinds: tuple[EncounterKind, ...] = (EncounterKind.CLINIC,)
    short: str = ""
    coding: tuple[Coding, ...] = field(default=())


STATUS = Choice(
    options(
        ("present", "Present"),
        ("absent", "Absent"),
        ("not_assessed", "Not assessed"),
    )
)
CHANGE = Choice(
    options(
        ("new", "New"),
        ("worse", "Worse"),
        ("same", "Same"),
        ("better", "Better"),
        ("resolved", "Resolved"),
        ("na", "Not applicable"),
    )
)
YES_NO = YesNo()


def status(letter: str, name: str, *coding: Coding) -> Item:
    """The feature's own status: required to sign, empty on a new visit; *not assessed* is an answer (decision 1)."""
    return Item(
        f"{letter}_status",
        f"{name}, status",
        STATUS,
        required=True,
        own_cause=True,
        coding=coding,
        in_letter=False,
        help="Present, absent, or not assessed at this visit. Nothing is chosen for you.",
    )


def change(letter: str, name: str) -> Item:
    """How the feature compares with the last visit."""
    return Item(f"{letter}_change", f"{name}, since last visit", CHANGE, in_letter=False)


def lower_first(text: str) -> str:
    """`Splenomegaly` to `splenomegaly`, but `HHV-8`, `CT` and `IgA` stay as they are."""
    word = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if len(text) > 1 and word[1:].islower() else text


def hpo(code: str) -> Coding:
    """A Human Phenotype Ontology term of clinical.md 7.3."""
    return Coding("HPO", code)


def snomed(code: str, found: Found = Found.SOURCE) -> Coding:
    """A SNOMED CT concept of clinical.md 7.3."""
    return Coding("SNOMED CT", code, found)


def loinc(code: str, found: Found = Found.MEMORY) -> Coding:
    """A LOINC code of clinical.md 7.4; F in that table is SOURCE, M is MEMORY."""
    return Coding("LOINC", code, found)
