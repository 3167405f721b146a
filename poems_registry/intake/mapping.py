"""Mapping files: which column of a file from outside means what here. `docs/mapping.md` describes every entry."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path

from poems_registry.catalogue.book import Catalogue
from poems_registry.catalogue.kinds import Number, same_unit
from poems_registry.domain.findings import State
from poems_registry.domain.records import Sex
from poems_registry.intake.toml_table import BadMapping, TomlTable


class Key(StrEnum):
    """By which number a row's patient is found."""

    STUDY_NUMBER = "study_number"
    NHS_NUMBER = "nhs_number"
    HOSPITAL_NUMBER = "hospital_number"


class Order(StrEnum):
    """How the file writes dates: ISO 8601 (`2014-01-16T13:17`), or day, month, year (`16/01/2014 13:17`)."""

    ISO = "iso"
    DAY_FIRST = "day_first"


class Decimals(StrEnum):
    """Whether `1,250` is a thousand and more (point) or one and a quarter (comma)."""

    UNSAID = ""
    POINT = "point"
    COMMA = "comma"


@dataclass(frozen=True, slots=True)
class PatientKey:
    """The column that says who it is. An NHS number alone is never enough (nhs.md 1.3): birth or name goes with it."""

    column: str
    key: Key
    issuer: str = ""
    born: str = ""
    family_name: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """The column of the day, with the time behind it or in a column of its own."""

    column: str
    time: str = ""
    order: Order = Order.ISO


@dataclass(frozen=True, slots=True)
class ResultColumns:
    """The columns of one result, as the laboratory reported it; empty names are not in the file."""

    test: str
    value: str
    unit: str = ""
    low: str = ""
    high: str = ""
    specimen: str = ""
    assay: str = ""
    visit: str = ""


@dataclass(frozen=True, slots=True)
class TestMap:
    """What one test of the file is here. `units`: how the file spells a unit, and how the catalogue does."""

    item: str
    unit: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    specimen: str = ""
    assay: str = ""


@dataclass(frozen=True, slots=True)
class LabsMap:
    """One row a result. Tests under `ignore` are counted and passed over; `states`: words in place of a result."""

    title: str
    source: str
    patient: PatientKey
    when: When
    result: ResultColumns
    tests: Mapping[str, TestMap]
    ignore: frozenset[str] = frozenset()
    states: Mapping[str, State] = field(default_factory=dict)
    sheet: str = ""
    head_row: int = 1
    decimals: Decimals = Decimals.UNSAID

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column the file must have."""
        patient, when = self.patient, self.when
        named = (patient.column, patient.born, patient.family_name, when.column, when.time, *_values(self.result))
        return tuple(dict.fromkeys(name for name in named if name))


@dataclass(frozen=True, slots=True)
class AgeMap:
    """The column of an age in whole years, and the columns of the day it is true for: the first that is filled."""

    years: str
    on: tuple[str, ...]


PATIENT_FIELDS = (
    "study_number", "nhs_number", "hospital_number", "family_name", "given_name", "middle_names", "title",
    "preferred_name", "postcode", "phone", "email", "ethnicity", "referrer", "sex", "born", "died", "onset",
    "first_seen", "diagnosed",
)  # fmt: skip
"""What a column of a patients file can fill."""


@dataclass(frozen=True, slots=True)
class PatientsMap:
    """One row a patient. With `overwrite` the file wins where the registry says otherwise; else such a row stops."""

    title: str
    patient: PatientKey
    fields: Mapping[str, str]
    sex: Mapping[str, Sex | None] = field(default_factory=dict)
    age: AgeMap | None = None
    order: Order = Order.ISO
    overwrite: bool = False
    sheet: str = ""
    head_row: int = 1

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column the file must have."""
        age = (self.age.years, *self.age.on) if self.age is not None else ()
        named = (self.patient.column, self.patient.born, self.patient.family_name, *self.fields.values(), *age)
        return tuple(dict.fromkeys(name for name in named if name))


AnyMap = LabsMap | PatientsMap


def load(path: Path, catalogue: Catalogue) -> AnyMap:
    """Read a mapping file; BadMapping, naming the entry, for whatever is not right in it."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadMapping(f"the file cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise BadMapping("it is not TOML in UTF-8") from None
    return parse(said, catalogue)


def parse(said: object, catalogue: Catalogue) -> AnyMap:
    """The typed mapping of what a TOML file says."""
    top = TomlTable(said)
    kind = top.word("kind", ("labs", "patients"))
    found = _labs(top, catalogue) if kind == "labs" else _patients(top)
    top.finish()
    return found


def _values(columns: ResultColumns) -> tuple[str, ...]:
    return tuple(str(getattr(columns, each.name)) for each in fields(columns))


def _key(top: TomlTable) -> PatientKey:
    table = top.needed("patient")
    key = PatientKey(
        table.text("column"),
        Key(table.word("is", [key.value for key in Key])),
        table.text("issuer", ""),
        table.text("born", ""),
        table.text("family_name", ""),
    )
    table.finish()
    if key.key is Key.NHS_NUMBER and not (key.born or key.family_name):
        raise BadMapping("patient.born or patient.family_name is missing: an NHS number alone identifies nobody")
    if key.key is Key.HOSPITAL_NUMBER and not key.issuer:
        raise BadMapping("patient.issuer is missing: a hospital number belongs to one organisation")
    return key


def _order(table: TomlTable) -> Order:
    return Order(table.word("dates", [order.value for order in Order], Order.ISO.value))


def _labs(top: TomlTable, catalogue: Catalogue) -> LabsMap:
    when, result, tests = top.needed("when"), top.needed("result"), top.needed("tests")
    title = top.text("title")
    found = LabsMap(
        title=title,
        source=top.text("source", title),
        patient=_key(top),
        when=When(when.text("column"), when.text("time", ""), _order(when)),
        result=ResultColumns(
            result.text("test"),
            result.text("value"),
            *(result.text(name, "") for name in ("unit", "low", "high", "specimen", "assay", "visit")),
        ),
        tests={name: _test(tests.needed(name), name, catalogue) for name in tests.names()},
        ignore=frozenset(top.texts("ignore")),
        states=_states(top),
        sheet=top.text("sheet", ""),
        head_row=top.number("head_row", 1),
        decimals=Decimals(top.word("decimals", [each.value for each in Decimals], "")),
    )
    when.finish()
    result.finish()
    both = found.ignore & set(found.tests)
    if both:
        raise BadMapping(f"{min(both)} stands under tests and under ignore")
    return found


def _states(top: TomlTable) -> dict[str, State]:
    said = top.pairs("states")
    known = {state.value: state for state in State if state is not State.RECORDED}
    for word in said.values():
        if word not in known:
            raise BadMapping(f"states: {word} is none of {', '.join(known)}")
    return {text.strip().casefold(): known[word] for text, word in said.items()}


def _test(table: TomlTable, name: str, catalogue: Catalogue) -> TestMap:
    found = TestMap(
        table.text("item"),
        table.text("unit", ""),
        table.pairs("units"),
        table.pairs("values"),
        table.text("specimen", ""),
        table.text("assay", ""),
    )
    table.finish()
    item = catalogue.items.get(found.item)
    if item is None:
        raise BadMapping(f"tests.{name}.item is not an item of this registry")
    if item.research:
        raise BadMapping(f"tests.{name}.item: {found.item} is a research value: it is entered with its sample")
    kind = item.kind
    codes = {option.code for option in getattr(kind, "options", ())}
    for value in found.values.values():
        if codes and value not in codes:
            raise BadMapping(f"tests.{name}.values: {value} is none of {', '.join(sorted(codes))}")
    known = {same_unit(unit) for unit in (kind.unit, *kind.units)} if isinstance(kind, Number) else {""}
    for unit in (found.unit, *found.units.values()):
        if unit and same_unit(unit) not in known:
            raise BadMapping(f"tests.{name}: {unit} is not a unit that {found.item} can be converted from")
    return found


def _patients(top: TomlTable) -> PatientsMap:
    columns = top.pairs("fields")
    for name in columns:
        if name not in PATIENT_FIELDS:
            raise BadMapping(f"fields.{name} is not a field that can be imported")
    age = top.table("age")
    found = PatientsMap(
        title=top.text("title"),
        patient=_key(top),
        fields=columns,
        sex=_sex(top),
        age=None if age is None else AgeMap(age.text("years"), age.texts("on")),
        order=_order(top),
        overwrite=top.yes("overwrite"),
        sheet=top.text("sheet", ""),
        head_row=top.number("head_row", 1),
    )
    if age is not None:
        age.finish()
        if found.age is not None and not found.age.on:
            raise BadMapping("age.on is missing: an age is true on one day only")
    if "sex" in columns and not found.sex:
        raise BadMapping("the table [sex] is missing: it says what the codes of that column mean")
    return found


def _sex(top: TomlTable) -> dict[str, Sex | None]:
    said = top.pairs("sex")
    known: dict[str, Sex | None] = {"": None} | {sex.value: sex for sex in Sex}
    for word in said.values():
        if word not in known:
            raise BadMapping(f"sex: {word} is none of {', '.join(filter(None, known))}")
    return {code.strip().casefold(): known[word] for code, word in said.items()}
