"""Fields of a record as a form shows them, and what was typed as the record it means; all problems at once."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, StrEnum
from typing import Any, TypeVar

from poems_registry.domain.dates import BadDate, PartialDate, parse_date, show_date
from poems_registry.ui.i18n import tr
from poems_registry.ui.sheets.shown import Options, SheetField

Texts = Mapping[str, str]
R = TypeVar("R")
_DECIMAL = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


class Kind(StrEnum):
    """How the text of a field is read."""

    TEXT = "text"
    DAY = "day"
    WHOLE = "whole"
    DECIMAL = "decimal"
    CHOICE = "choice"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute of a record on a form. `means` makes the attribute of a chosen code; `blank` of nothing typed."""

    code: str
    label: str
    kind: Kind = Kind.TEXT
    hint: str = ""
    options: Options = ()
    suggestions: tuple[str, ...] = ()
    wide: bool = False
    beside: bool = False
    when: tuple[str, tuple[str, ...]] | None = None
    means: Callable[[str], Any] = str
    blank: Any = None


def fields_shown(record: object, fields: Sequence[Field]) -> tuple[SheetField, ...]:
    """The form, filled with what is known."""
    return tuple(
        SheetField(
            each.code,
            each.label,
            _text(each.kind, getattr(record, each.code, "")),
            each.hint,
            each.options,
            each.kind is Kind.SEVERAL,
            each.wide,
            each.beside,
            each.suggestions,
            each.when,
        )
        for each in fields
    )


def read_record(record: R, fields: Sequence[Field], texts: Texts, today: date) -> tuple[R, dict[str, str]]:
    """The record as typed, and problems by field. A field that is not asked says nothing."""
    said: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for field in fields:
        asked = field.when is None or texts.get(field.when[0], "") in field.when[1]
        text = texts.get(field.code, "").strip() if asked else ""
        try:
            said[field.code] = _read(field, text, today)
        except ValueError as error:
            problems[field.code] = str(error)
    return replace(record, **said), problems  # type: ignore[type-var]


def _text(kind: Kind, value: Any) -> str:
    if value is None:
        return ""
    if kind is Kind.DAY:
        return show_date(value) if isinstance(value, PartialDate) else ""
    if kind is Kind.SEVERAL:
        return ",".join(value)
    if kind is Kind.DECIMAL:
        return f"{value:g}"
    return str(value.value) if isinstance(value, Enum) else str(value)


def _read(field: Field, text: str, today: date) -> Any:
    match field.kind:
        case Kind.DAY:
            return _day(text, today)
        case Kind.WHOLE:
            if text and not text.isdecimal():
                raise ValueError(tr("is a whole number"))
            return int(text) if text else field.blank
        case Kind.DECIMAL:
            if text and not _DECIMAL.fullmatch(text):
                raise ValueError(tr("is a number, such as 0.5"))
            return float(text.replace(",", ".")) if text else None
        case Kind.SEVERAL:
            return tuple(part for part in text.split(",") if part)
        case _:
            return field.means(text)


def _day(text: str, today: date) -> PartialDate | None:
    try:
        return parse_date(text, today, partial=True) if text else None
    except BadDate as error:
        raise ValueError(str(error)) from error
