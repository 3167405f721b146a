"""How what was typed is read: a field, the day and the time of the visit; with words for what cannot be right."""

import re
from datetime import date

from poems_registry.catalogue.drafting import read_field
from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import Day, Invalid
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import Patient
from poems_registry.ui.i18n import tr

_TIME = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")


def read_typed(item: Item, field: FieldDraft, today: date, by: str) -> tuple[Finding | None, str]:
    """The finding of a field, none while it is blank; or why it cannot be one."""
    try:
        return read_field(item, field, today, by=by), ""
    except Invalid as error:
        problem = str(error)
        return None, problem if _unreadable(item, field, today) else tr("Laboratory limits: {problem}", problem=problem)


def _unreadable(item: Item, field: FieldDraft, today: date) -> bool:
    try:
        item.kind.parse(field.text, today)
    except Invalid:
        return True
    return False


def read_day(typed: str, began: date, patient: Patient, today: date) -> tuple[date, str]:
    """The day of the visit, the day it was begun where that cannot be read, and why it cannot be right."""
    if not typed.strip():
        return began, tr("Type the day of the visit.")
    try:
        value = Day().parse(typed, today).value
    except Invalid as error:
        return began, str(error)
    day = value.earliest() if isinstance(value, PartialDate) else began
    born, died = patient.born, patient.died
    if born is not None and day < born.earliest():
        return day, tr("This day lies before the patient was born.")
    if died is not None and day > died.latest():
        return day, tr("This day lies after the patient died.")
    return day, ""


def time_problem(typed: str) -> str:
    """Why the typed time cannot be right; empty if it can, or is left out."""
    text = typed.strip()
    return tr("Write the time as 14:05, on the 24-hour clock.") if text and not _TIME.fullmatch(text) else ""
