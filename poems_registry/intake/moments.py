"""Days and times as files write them: read by the one way the mapping names, never guessed."""

import re
from datetime import date

from poems_registry.domain.dates import BadDate, PartialDate, parse_date
from poems_registry.domain.proposals import Refused
from poems_registry.intake.mapping import Order

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9](?:\.[0-9]+)?)?")
_PARTS = {
    Order.ISO: re.compile(r"(?P<day>[^T ]+)(?:[T ](?P<time>[0-9:.]+))?"),
    Order.DAY_FIRST: re.compile(r"(?P<day>.+?)(?: (?P<time>[0-9]+:[0-9:.]+))?"),
}
"""In words a day may hold blanks and a T of its own: `16-OCT-2014`, `16 Oct 2014 13:17`."""


def day_and_time(day_text: str, time_text: str, order: Order, today: date) -> tuple[date, str]:
    """The whole day, and `HH:MM` or empty; Refused for a partial or future day and for a time that is none."""
    match = _PARTS[order].fullmatch(day_text.strip())
    if match is None:
        raise Refused("holds no date" if not day_text.strip() else "holds a date that cannot be read")
    day = partial_day(match["day"], order, today)
    if day.day is None or day.approx:
        raise Refused("holds a date that is not exact: day, month and year are needed")
    on = day.earliest()
    if on > today:
        raise Refused("holds a date in the future")
    return on, _time(time_text.strip() or match["time"] or "")


def partial_day(text: str, order: Order, today: date) -> PartialDate:
    """A date as exact as the file knows it; a time behind it is passed over."""
    day = re.split(r"[T ]", text.strip(), maxsplit=1)[0] if order is Order.ISO else text.strip()
    try:
        return PartialDate.from_iso(day) if order is Order.ISO else parse_date(day, today, partial=True, future=True)
    except BadDate as error:
        raise Refused(f"holds a date that cannot be read ({str(error).rstrip('.').lower()})") from None
    except ValueError:
        raise Refused("holds a date that is not in ISO 8601 or does not exist") from None


def _time(text: str) -> str:
    if not text:
        return ""
    match = _TIME.fullmatch(text)
    if match is None:
        raise Refused("holds a time that cannot be read")
    return f"{match[1]}:{match[2]}"
