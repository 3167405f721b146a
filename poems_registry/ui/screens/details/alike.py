"""The new person beside somebody who is in the registry already, line by line, with what is the same marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from poems_registry.domain.address import one_line
from poems_registry.domain.dates import show_date
from poems_registry.domain.names import fold, formal
from poems_registry.domain.nhs_number import show as show_nhs_number
from poems_registry.domain.one_person import may_be_one
from poems_registry.domain.records import Patient, Sex
from poems_registry.ui.i18n import tr

_SEX = {Sex.FEMALE: "Female", Sex.MALE: "Male", Sex.UNDETERMINED: "Undetermined"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody known: `same` tells for each line whether it says what the new person's line says."""

    id: int
    lines: tuple[str, ...]
    same: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Join:
    """Two records of the registry that may be one person, and the words that offer it."""

    staying_id: int
    other_id: int
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The labels of the lines, the new person's words, and those of each candidate."""

    labels: tuple[str, ...]
    mine: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    may_be_another: bool
    """False when one NHS number stands on both: then they are one person, or one number is wrong."""
    heading: str = ""
    joins: tuple["Join", ...] = ()
    """Which two records may be joined from here."""


def compared(new: Patient, known: Sequence[Patient], *, may_join: bool = False) -> Comparison:
    """Side by side, names to phone. Somebody who has a record is offered to be joined with each of the others;
    somebody new is not there to be joined, but two of the others may be one person."""
    labels = (
        tr("Name"),
        tr("Born"),
        tr("Sex at birth"),
        tr("NHS No."),
        tr("Hospital No."),
        tr("Address"),
        tr("Phone"),
    )
    keys = _keys(new)
    candidates = tuple(Candidate(each.id, _lines(each), _same(keys, _keys(each))) for each in known)
    same_number = any(new.nhs_number and each.nhs_number == new.nhs_number for each in known)
    heading = tr("This record, as typed") if new.id else tr("Typed now")
    joins = tuple(_joins(new, known)) if may_join else ()
    return Comparison(labels, _lines(new), candidates, not same_number, heading, joins)


def _joins(new: Patient, known: Sequence[Patient]) -> Iterator[Join]:
    if new.id:
        for each in known:
            words = tr("The same person as {name}: join the records…", name=_lines(each)[0])
            yield Join(new.id, each.id, words)
        return
    for one, other in combinations(known, 2):
        if may_be_one(one, other):
            words = tr("{one} and {other} are one person…", one=_lines(one)[0], other=_lines(other)[0])
            yield Join(one.id, other.id, words)


def _lines(patient: Patient) -> tuple[str, ...]:
    blank = tr("Not recorded")
    numbers = ", ".join(f"{n.value} ({n.issuer})" if n.issuer else n.value for n in patient.hospital_numbers)
    return (
        formal(patient.family_name, patient.given_name, patient.title) or blank,
        show_date(patient.born) if patient.born is not None else blank,
        tr(_SEX[patient.sex]) if patient.sex is not None else blank,
        show_nhs_number(patient.nhs_number) if patient.nhs_number else blank,
        numbers or blank,
        one_line(patient.address, patient.postcode) or blank,
        patient.phone or blank,
    )


def _keys(patient: Patient) -> tuple[str, ...]:
    """What makes two lines the same, however they are written: '' is the same as nothing."""
    numbers = sorted(f"{number.issuer} {number.value}" for number in patient.hospital_numbers)
    return (
        fold(f"{patient.family_name} {patient.given_name}"),
        patient.born.iso() if patient.born is not None else "",
        patient.sex.value if patient.sex is not None else "",
        patient.nhs_number,
        fold(" ".join(numbers)),
        fold(one_line(patient.address, patient.postcode)),
        "".join(sign for sign in patient.phone if sign.isdigit()),
    )


def _same(mine: tuple[str, ...], other: tuple[str, ...]) -> tuple[bool, ...]:
    return tuple(a == b != "" for a, b in zip(mine, other, strict=True))
