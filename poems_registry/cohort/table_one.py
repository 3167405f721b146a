"""Table 1: who the patients are at diagnosis, all of them and by the first treatment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from poems_registry.cohort.at_diagnosis import RULE
from poems_registry.cohort.figures import Share, Spread
from poems_registry.cohort.people import FirstTreatment, Member
from poems_registry.domain.intervals import Interval
from poems_registry.domain.records import Sex


class Group(StrEnum):
    """The columns of Table 1."""

    ALL = "all"
    TRANSPLANT = "transplant_first"
    OTHER = "other_first"


GROUP_WORDS = {Group.ALL: "All", Group.TRANSPLANT: "Transplant first", Group.OTHER: "Other first"}


def members_of(members: Sequence[Member], group: Group) -> Sequence[Member]:
    """The members in a column; who has no treatment recorded stands in the first only."""
    if group is Group.ALL:
        return members
    wanted = FirstTreatment.TRANSPLANT if group is Group.TRANSPLANT else FirstTreatment.OTHER
    return [member for member in members if member.first_treatment is wanted]


@dataclass(frozen=True, slots=True)
class Counted:
    """A row that counts people: True, False, or None for those in whom it is not known."""

    code: str
    label: str
    rule: str
    items: tuple[str, ...]
    answer: Callable[[Member], bool | None]


@dataclass(frozen=True, slots=True)
class Measured:
    """A row of numbers, told by median and quartiles, or by median and range where `whole_range` says so."""

    code: str
    label: str
    rule: str
    items: tuple[str, ...]
    value: Callable[[Member], Interval | None]
    decimals: int = 0
    whole_range: bool = False


Measure = Counted | Measured


def _baseline(item: str) -> Callable[[Member], Interval | None]:
    return lambda member: member.baseline.values.get(item)


def _exactly(number: float | None) -> Interval | None:
    return Interval.exactly(float(number)) if number is not None else None


def _first_called_cidp(member: Member) -> bool | None:
    label = member.first_label.casefold()
    return ("cidp" in label or "chronic inflammatory demyelinating" in label) if label else None


def _lambda(member: Member) -> bool | None:
    return member.baseline.light_chain == "lambda" if member.baseline.light_chain else None


MEASURES: tuple[Measure, ...] = (
    Measured(
        "age",
        "Age, years",
        "Whole years at the date of diagnosis; dates known by month or year count as the middle of it.",
        ("patient.born", "patient.diagnosed"),
        lambda member: _exactly(member.age),
        whole_range=True,
    ),
    Counted(
        "men",
        "Men",
        "Sex at birth recorded as male.",
        ("patient.sex",),
        lambda member: member.sex is Sex.MALE if member.sex is not None else None,
    ),
    Measured(
        "delay",
        "Delay from first symptom, months",
        "From the first symptom to the diagnosis, both known at least by their month.",
        ("patient.onset", "patient.diagnosed"),
        lambda member: _exactly(member.delay_months),
    ),
    Counted(
        "first_cidp",
        "First called CIDP",
        "First label names CIDP; assessed if any first label is recorded.",
        ("patient.first_label",),
        _first_called_cidp,
    ),
    Measured("onls", "ONLS, 0 to 12", f"Arm and leg grade of one visit, added. {RULE}", ("onls_arm", "onls_leg"),
             _baseline("onls_total")),
    Counted(
        "wheelchair",
        "Wheelchair or bed",
        "Walking aid is a wheelchair, outdoors or always, or bed; if no aid is recorded, ONLS leg grade 5 or more."
        f" {RULE}",
        ("walking_aid", "onls_leg"),
        lambda member: member.baseline.wheelchair,
    ),
    Measured("vegf_serum", "Serum VEGF, pg/mL", RULE, ("vegf_serum",), _baseline("vegf_serum")),
    Counted(
        "lambda",
        "Lambda light chain type",
        "First recorded light chain is lambda; it does not change, so any date counts.",
        ("light_chain",),
        _lambda,
    ),
    Measured("platelets", "Platelets, 10⁹/L", RULE, ("platelets",), _baseline("platelets")),
    Measured("tlco", "TLCO, % predicted", RULE, ("tlco",), _baseline("tlco")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its measure's code and label, and a figure for each group."""

    code: str
    label: str
    cells: tuple[tuple[Group, Share | Spread], ...]
    decimals: int = 0
    whole_range: bool = False

    def cell(self, group: Group) -> Share | Spread:
        """The figure of a column."""
        return dict(self.cells)[group]


def table_one(members: Sequence[Member]) -> tuple[TableRow, ...]:
    """All rows for all columns."""
    groups = {group: members_of(members, group) for group in Group}
    return tuple(_row(measure, groups) for measure in MEASURES)


def _row(measure: Measure, groups: dict[Group, Sequence[Member]]) -> TableRow:
    if isinstance(measure, Counted):
        shares = tuple((group, Share.of(map(measure.answer, people))) for group, people in groups.items())
        return TableRow(measure.code, measure.label, shares)
    spreads = tuple((group, Spread.of(map(measure.value, people))) for group, people in groups.items())
    return TableRow(measure.code, measure.label, spreads, measure.decimals, measure.whole_range)
