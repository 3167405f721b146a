"""The tab of access in words, from what the service found."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from poems_registry.domain.dates import show_date, show_time
from poems_registry.domain.records import Patient
from poems_registry.services.record_access import AccessPage, Acted, Asked, Line
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.identity import identity_of
from poems_registry.ui.screens.record.access.deeds import listed, phrases
from poems_registry.ui.screens.record.access.shown import (
    PERIOD_DAYS,
    AccessRow,
    AccessShown,
    Actions,
    Period,
    ValuesShown,
)
from poems_registry.ui.screens.record.access.values import values_shown

EVERYBODY = "0"
MOST_SAID = 5
"""So many things done at once are named; the others are counted."""

ROLES = {"clinician": "Clinician", "nurse": "Nurse", "admin": "Administrator", "system": "The program"}


def asked_for(actions: Actions, actor: str, period: Period, today: date) -> Asked:
    """What the filters ask of the service; a period begins with a day of this PC."""
    days = PERIOD_DAYS.get(period)
    since = None
    if days is not None:
        since = datetime.combine(today - timedelta(days=days - 1), time.min).astimezone()
    return Asked(actions.value, int(actor or EVERYBODY), since)


def told(lines: Sequence[Line], page: AccessPage, *, narrowed: bool) -> AccessShown:
    """All lines that were read so far."""
    people = ((EVERYBODY, tr("Everybody")), *((str(each.id), _person(each, page.people)) for each in page.people))
    older = page.goes_on is not None
    count = tr_count("{count} line, newest first.", "{count} lines, newest first.", len(lines))
    rule = tr("Looks of one person within a quarter of an hour are one line.")
    return AccessShown(tuple(map(row_of, lines)), people, f"{count} {rule}", older, narrowed)


def row_of(line: Line) -> AccessRow:
    """One line in words."""
    said = phrases(line)
    first, rest = said[0] if said else tr("did something"), said[1:]
    values = len(values_shown(line)) + line.withheld + line.research
    return AccessRow(
        line.key,
        show_date(line.at.astimezone().date()),
        _hours(line.first.astimezone(), line.at.astimezone()),
        line.who.name,
        _where(line),
        first[:1].upper() + first[1:],
        ". ".join(part for part in (_rest(rest), *_beside(line)) if part),
        tr_count("{count} value", "{count} values", values) if values else "",
        bool(values),
    )


def values_of(line: Line, patient: Patient, today: date, *, clinical: bool) -> ValuesShown:
    """What one act changed, value by value."""
    row = row_of(line)
    when = f"{row.day} {row.time}"
    said = tr("{who}, {where}, {when}", who=row.who, where=row.role, when=when)
    notes = []
    if line.withheld:
        words = ("{count} value is clinical: your role does not see it.", "{count} values are clinical: your role"
                 " does not see them.")  # fmt: skip
        notes.append(tr_count(*words, line.withheld))
    if line.research:
        words = ("{count} value was measured for research and stands under Research alone.", "{count} values were"
                 " measured for research and stand under Research alone.")  # fmt: skip
        notes.append(tr_count(*words, line.research))
    return ValuesShown(
        identity_of(patient, today, clinical=clinical), row.what, said, values_shown(line), " ".join(notes)
    )


def _person(one: Acted, everybody: Sequence[Acted]) -> str:
    """The name; with the role where two have the same."""
    same = sum(each.name == one.name for each in everybody)
    return one.name if same == 1 else f"{one.name} ({_role(one.role)})"


def _role(role: str) -> str:
    return tr(ROLES.get(role, role.capitalize()))


def _where(line: Line) -> str:
    return tr("{role}, at {pc}", role=_role(line.who.role), pc=line.pc) if line.pc else _role(line.who.role)


def _hours(first: datetime, last: datetime) -> str:
    begin, end = show_time(first), show_time(last)
    return begin if begin == end else tr("{begin} to {end}", begin=begin, end=end)


def _rest(rest: Sequence[str]) -> str:
    if not rest:
        return ""
    shown = list(rest[:MOST_SAID])
    if len(rest) > MOST_SAID:
        shown.append(tr_count("{count} thing more", "{count} things more", len(rest) - MOST_SAID))
    return tr("Also {what}", what=listed(shown))


def _beside(line: Line) -> tuple[str, ...]:
    joined = tr("In a record that was joined to this one") if line.joined else ""
    return (
        tr("Reason: {reason}", reason=line.reason) if line.reason else "",
        joined,
        tr("It was not done") if line.failed else "",
    )
