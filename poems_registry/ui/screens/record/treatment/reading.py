"""What was typed into a form of treatment, and what it means; all problems at once, nothing typed is lost."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from poems_registry.domain.dates import BadDate, PartialDate, parse_date, show_date
from poems_registry.domain.treatments import Entry, Origin
from poems_registry.ui.i18n import tr

Texts = Mapping[str, str]
Options = tuple[tuple[str, str], ...]
E = TypeVar("E", bound=Entry)
YES, NO = "yes", "no"
_DECIMAL = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


class Kind(StrEnum):
    """How the text of a field is read."""

    TEXT = "text"
    DAY = "day"
    WHOLE = "whole"
    DECIMAL = "decimal"
    CHOICE = "choice"
    YES_NO = "yes_no"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. `attribute` is the record's, by default the code; `when`: the kinds of event that have it.

    A choice keeps a code of an older record that its options do not name. A field without an attribute is the
    presenter's own.
    """

    code: str
    label: str
    kind: Kind = Kind.TEXT
    hint: str = ""
    options: Options = ()
    suggestions: tuple[str, ...] = ()
    wide: bool = False
    attribute: str = ""
    when: tuple[str, ...] = ()
    needed: bool = False

    @property
    def of(self) -> str:
        """The attribute of the record."""
        return self.attribute or self.code


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field as the view shows it: `options` make it a list, `several` boxes to tick, `wide` a long text."""

    code: str
    label: str
    text: str
    hint: str = ""
    options: Options = ()
    wide: bool = False
    several: bool = False
    suggestions: tuple[str, ...] = ()
    when: tuple[str, ...] = ()


def shown(entry: Entry, fields: Sequence[Field]) -> tuple[FieldShown, ...]:
    """The form, filled with what is known."""
    return tuple(_shown(entry, field) for field in fields)


def read(entry: E, fields: Sequence[Field], texts: Texts, today: date) -> tuple[E, dict[str, str]]:
    """The entry as typed, and problems by field. What a field that is not shown said, stays as it was."""
    problems: dict[str, str] = {}
    said: dict[str, Any] = {}
    kind = texts.get("kind", "").strip()
    for field in fields:
        if field.when and kind not in field.when:
            if _changed_kind(entry, kind):
                said.setdefault(field.of, _EMPTY[field.kind])
            continue
        text = texts[field.code].strip()
        if field.needed and not text:
            problems[field.code] = tr("is needed")
        try:
            said[field.of] = _READERS[field.kind](text, today)
        except ValueError as error:
            problems[field.code] = str(error)
    if "origin" in said:
        said["origin"] = Origin(said["origin"])
    known = {name: value for name, value in said.items() if hasattr(entry, name)}
    return replace(entry, **known), problems


def by_code(fields: Sequence[Field], problems: Mapping[str, str], kind: str) -> dict[str, str]:
    """Problems by attribute as problems by the field that shows it."""
    names = {field.of: field.code for field in fields if not field.when or kind in field.when}
    return {names.get(attribute, attribute): words for attribute, words in problems.items()}


def listed(text: str) -> tuple[str, ...]:
    """The parts of `induction,transplant`, or of what was typed with commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _shown(entry: Entry, field: Field) -> FieldShown:
    text = _text(field.kind, getattr(entry, field.of, ""))
    options = _options(field, text)
    return FieldShown(
        field.code,
        field.label,
        text,
        field.hint,
        options,
        field.wide,
        field.kind is Kind.SEVERAL,
        field.suggestions,
        field.when,
    )


def _options(field: Field, text: str) -> Options:
    if field.kind is Kind.YES_NO:
        return (("", tr("Not recorded")), (YES, tr("Yes")), (NO, tr("No")))
    if field.kind is Kind.SEVERAL or not field.options:
        return field.options
    codes = [code for code, _ in field.options]
    own = ((text, text[:1].upper() + text[1:].replace("_", " ")),) if text and text not in codes else ()
    return (*((("", tr("Not recorded")),) if not field.needed else ()), *field.options, *own)


def _text(kind: Kind, value: Any) -> str:
    match kind:
        case Kind.DAY:
            return show_date(value) if isinstance(value, PartialDate) else ""
        case Kind.WHOLE:
            return "" if value is None else str(value)
        case Kind.DECIMAL:
            return "" if value is None else f"{value:g}"
        case Kind.YES_NO:
            return {True: YES, False: NO, None: ""}[value]
        case Kind.SEVERAL:
            return ",".join(value)
        case _:
            return str(value)


def _changed_kind(entry: Entry, kind: str) -> bool:
    """Parts of another kind of event would say what nobody said of this one."""
    return getattr(entry, "kind", kind) != kind


def _whole(text: str, _today: date) -> int | None:
    if text and not text.isdecimal():
        raise ValueError(tr("is a whole number"))
    return int(text) if text else None


def _decimal(text: str, _today: date) -> float | None:
    if text and not _DECIMAL.fullmatch(text):
        raise ValueError(tr("is a number, such as 12.5"))
    return float(text.replace(",", ".")) if text else None


def _day(text: str, today: date) -> PartialDate | None:
    try:
        return parse_date(text, today, partial=True) if text else None
    except BadDate as error:
        raise ValueError(str(error)) from error


_READERS: Mapping[Kind, Callable[[str, date], Any]] = {
    Kind.TEXT: lambda text, _today: text,
    Kind.CHOICE: lambda text, _today: text,
    Kind.DAY: _day,
    Kind.WHOLE: _whole,
    Kind.DECIMAL: _decimal,
    Kind.YES_NO: lambda text, _today: {YES: True, NO: False}.get(text),
    Kind.SEVERAL: lambda text, _today: listed(text),
}
_EMPTY: Mapping[Kind, Any] = {
    Kind.TEXT: "",
    Kind.CHOICE: "",
    Kind.DAY: None,
    Kind.WHOLE: None,
    Kind.DECIMAL: None,
    Kind.YES_NO: None,
    Kind.SEVERAL: (),
}
