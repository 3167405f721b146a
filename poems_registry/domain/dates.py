"""Dates as a clinic knows and types them: whole or partial, shown in words that no locale can turn round."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import total_ordering

# fmt: off
MONTHS = ("January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December")
# fmt: on
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NO_BREAK_SPACE = "\u00a0"
FIRST_YEAR, LAST_YEAR = 1880, 2199
"""Years a person may type: born before 1880 or planned after 2199 is a slip of the finger, such as year 0202."""

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~?)")


class BadDate(ValueError):
    """A typed date that cannot be taken. The text is a sentence for the place beside the field; it quotes no date."""


class AmbiguousDate(BadDate):
    """A typed date with more than one meaning; `readings` are the one or two to offer, the nearest to today first."""

    def __init__(self, readings: Iterable["PartialDate"]) -> None:
        self.readings = tuple(readings)[:2]
        super().__init__(
            "The century is not guessed: choose the date that is meant, or write the year in four figures."
        )


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the day, or the month and the day, may not be known (`nhs.md` 2.3: ISO 8601 and a precision).

    In order of time; what is known less precisely stands before the days it contains. Raises ValueError for a date
    that does not exist or a day without its month.
    """

    year: int
    month: int | None = None
    day: int | None = None
    approx: bool = False

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs its month")
        date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """The same day, known exactly."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """Read what `iso` wrote; ValueError for anything else."""
        match = _ISO.fullmatch(text)
        if match is None:
            raise ValueError("not a stored date: expected 2021, 2021-03 or 2021-03-04, with ~ behind it if approximate")
        year, month, day, approx = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None, bool(approx))

    def iso(self) -> str:
        """'2021', '2021-03' or '2021-03-04', with '~' behind it when approximate."""
        month = "" if self.month is None else f"-{self.month:02d}"
        day = "" if self.day is None else f"-{self.day:02d}"
        return f"{self.year:04d}{month}{day}{'~' if self.approx else ''}"

    def earliest(self) -> date:
        """The first day it can be; 'approximate' does not widen it."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day it can be; 'approximate' does not widen it."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._order() < other._order()

    def _order(self) -> tuple[int, int, int, bool]:
        return self.year, self.month or 0, self.day or 0, self.approx


def _partial(day: date | PartialDate) -> PartialDate:
    return day if isinstance(day, PartialDate) else PartialDate.of(day)


def show_date(day: date | PartialDate) -> str:
    """For the screen: '14-Jul-1955', 'Jul-1955', '1955', 'Approx 1955', whatever the PC's region (`nhs.md` 2.3)."""
    known = _partial(day)
    parts = [] if known.day is None else [f"{known.day:02d}"]
    parts += [] if known.month is None else [MONTHS[known.month - 1][:3]]
    return ("Approx " if known.approx else "") + "-".join([*parts, f"{known.year:04d}"])


def letter_date(day: date | PartialDate, glue: bool = False) -> str:
    """For a letter: '6 August 2018', 'August 2018', 'about 2018'; `glue` joins the parts with no-break spaces."""
    known = _partial(day)
    parts = ["about"] if known.approx else []
    parts += [] if known.day is None else [str(known.day)]
    parts += [] if known.month is None else [MONTHS[known.month - 1]]
    return (NO_BREAK_SPACE if glue else " ").join([*parts, str(known.year)])


def show_time(moment: time | datetime) -> str:
    """24-hour 'HH:mm': midnight is 00:00. Seconds are dropped, never rounded up to a time that has not come."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def show_instant(moment: datetime, zone: tzinfo) -> str:
    """'22-Nov-2026 14:02' on the clock of `zone`. ValueError for a moment that does not say its own time zone."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    local = moment.astimezone(zone)
    return f"{show_date(local.date())} {show_time(local)}"


def _whole_months(start: date, end: date) -> int:
    """Whole calendar months from `start` to a later `end`."""
    return (end.year - start.year) * 12 + end.month - start.month - (1 if end.day < start.day else 0)


def after_months(start: date, months: int) -> date:
    """The day `months` after `start`; a day its month lacks counts on the first of the next, as 29 February does."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if start.day <= monthrange(year, month + 1)[1]:
        return date(year, month + 1, start.day)
    return date(year, month + 1, 1) + timedelta(days=monthrange(year, month + 1)[1])


def age_on(born: date, on: date) -> int:
    """Whole years of age; who is born on 29 February has a birthday on 1 March in common years (`nhs.md` 2.4).

    ValueError if `on` is before the birth.
    """
    if on < born:
        raise ValueError("an age before birth")
    return _whole_months(born, on) // 12


def show_age(born: PartialDate, on: date) -> str:
    """'71y', '4y 1m', '12m 8d', '4w 1d', '5d' by the table of `nhs.md` 2.4 for births known to the day.

    Of a birth known only by its month or year the years are told, as '70-71y' when they are not certain, and 'Approx'
    leads when the date is approximate. ValueError if `on` is before the birth.
    """
    lead = "Approx " if born.approx else ""
    if born.day is not None:
        return lead + _exact_age(born.earliest(), on)
    most = age_on(born.earliest(), on)
    least = age_on(min(born.latest(), on), on)
    return lead + (f"{most}y" if least == most else f"{least}-{most}y")


def _exact_age(born: date, on: date) -> str:
    years, days = age_on(born, on), (on - born).days
    months = _whole_months(born, on)
    if years >= 18:
        return f"{years}y"
    if years >= 2:
        return _units((years, "y"), (months % 12, "m"))
    if years >= 1:
        return _units((months, "m"), ((on - after_months(born, months)).days, "d"))
    if days >= 28:
        return _units((days // 7, "w"), (days % 7, "d"))
    return f"{days}d"


def _units(*parts: tuple[int, str]) -> str:
    return " ".join(f"{number}{unit}" for number, unit in parts if number)


def ago(on: date, today: date) -> str:
    """How old a value is: 'today', '5d ago', '3m ago', '2y ago'; of what is to come, 'in 8 days'.

    Days below one calendar month, months below two years, then years; always whole ones, rounded down.
    """
    if on == today:
        return "today"
    if on > today:
        return _ahead(on, today)
    months = _whole_months(on, today)
    if months >= 24:
        return f"{months // 12}y ago"
    return f"{months}m ago" if months else f"{(today - on).days}d ago"


def _ahead(on: date, today: date) -> str:
    months, days = _whole_months(today, on), (on - today).days
    number, unit = (days, "day") if months < 2 else (months, "month") if months < 24 else (months // 12, "year")
    return f"in {number} {unit}{'' if number == 1 else 's'}"


_CENTURY = "(?:18|19|20|21)[0-9]{2}"
_LOOSE = "[-./ ]?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<d>[0-9]{{1,2}}){_LOOSE}(?P<w>[a-z]+){_LOOSE}(?P<y>[0-9]{{4}}|[0-9]{{2}})",
        rf"(?P<w>[a-z]+){_LOOSE}(?P<d>[0-9]{{1,2}})[-./ ](?P<y>[0-9]{{4}}|[0-9]{{2}})",
        rf"(?P<y>[0-9]{{4}}){_LOOSE}(?P<w>[a-z]+)(?:{_LOOSE}(?P<d>[0-9]{{1,2}}))?",
        rf"(?P<w>[a-z]+){_LOOSE}(?P<y>[0-9]{{4}})",
        r"(?P<d>[0-9]{1,2})(?P<s>[-./ ])(?P<m>[0-9]{1,2})(?P=s)(?P<y>[0-9]{4}|[0-9]{2})",
        r"(?P<y>[0-9]{4})(?P<s>[-./ ])(?P<m>[0-9]{1,2})(?:(?P=s)(?P<d>[0-9]{1,2}))?",
        r"(?P<m>[0-9]{1,2})[-./ ](?P<y>[0-9]{4})",
        # Eight figures have one reading only: no month is 18 to 21, so the century shows where the year stands.
        rf"(?P<d>[0-9]{{2}})(?P<m>[0-9]{{2}})(?P<y>{_CENTURY})",
        rf"(?P<y>{_CENTURY})(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})",
        r"(?P<d>[0-9]{2})(?P<m>[0-9]{2})(?P<y>[0-9]{2})",
        r"(?P<y>[0-9]{4})",
    )
)
_STEP = re.compile(r"([+-]) ?([0-9]{1,4}) ?([dwmy])")
_APPROX = re.compile(r"(?:approximately|approx|about|circa|ca|c)\b[. ]*|~ *")
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)(?![a-z])")
_NAMED_DAYS = {"t": 0, "today": 0, "yesterday": -1, "tomorrow": 1}
_NOT_READ = "This is not read as a date. Write it like 14-Jul-1955 or 14/07/1955."
_NOR_PARTLY = "This is not read as a date. Write it like 14-Jul-1955, or what is known of it: Jul 1955, about 1955."


def parse_date(
    text: str, today: date, *, partial: bool = False, future: bool = False, past_century_guess: bool = False
) -> PartialDate:
    """Read a date as people in a UK clinic type it.

    Figures are day, month, year (or ISO's year, month, day when the year leads), never month first: the whole country
    writes so, and every screen answers in words, `05/04/2027` showing as 05-Apr-2027. Ambiguous is therefore only a
    year in two figures, and of that only the century. It raises AmbiguousDate with the one or two dates it can be,
    unless `past_century_guess` asks for the nearest one (the latest that is not in the future, unless `future`).
    `today`, `t`, `+3m`, `-2d` count from `today`; `partial` admits a year or a month alone, and 'approx'.
    Raises BadDate, whose text is a sentence for the user.
    """
    tidy = _tidy(text)
    lead = _APPROX.match(tidy)
    approx = lead is not None or tidy.endswith("~")
    tidy = (tidy[lead.end() :] if lead else tidy).rstrip("~ ")
    found = _stepped(tidy, today)
    if found is None:
        day_name, tidy = _weekday(tidy)
        not_read = _NOR_PARTLY if partial else _NOT_READ
        found = _written(tidy, today, future=future, guess=past_century_guess, not_read=not_read)
        _check_weekday(found, day_name)
    if not partial and (approx or found.day is None):
        raise BadDate("This field needs the exact date: day, month and year.")
    if not future and found.earliest() > today:
        raise BadDate("This date is in the future.")
    return replace(found, approx=approx)


def _tidy(text: str) -> str:
    """One spelling for the many: lower case, plain signs, one space at most and none beside a sign."""
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = "".join("-" if unicodedata.category(sign) == "Pd" or sign == "\u2212" else sign for sign in plain)
    plain = _ORDINAL.sub("", plain.replace(",", " "))
    return re.sub(r" ?([-./]) ?", r"\1", " ".join(plain.split())).removesuffix(".")


def _stepped(tidy: str, today: date) -> PartialDate | None:
    """'today', '+3m' and their like; None for what is written out. Months and years end on the month's last day."""
    if tidy in _NAMED_DAYS:
        return PartialDate.of(today + timedelta(days=_NAMED_DAYS[tidy]))
    match = _STEP.fullmatch(tidy)
    if match is None:
        return None
    count = int(match[1] + match[2])
    if match[3] in "dw":
        there = today + timedelta(days=count * (7 if match[3] == "w" else 1))
        return _checked(there.year, there.month, there.day)
    year, month = divmod(today.year * 12 + today.month - 1 + count * (12 if match[3] == "y" else 1), 12)
    _check_year(year)
    return PartialDate(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _weekday(tidy: str) -> tuple[str, str]:
    """A leading name of a weekday (three letters or more), or '', and the rest."""
    first, _, rest = tidy.partition(" ")
    name = first.rstrip(".")
    full = next((day for day in WEEKDAYS if len(name) >= 3 and day.lower().startswith(name)), "")
    return (full, rest) if full else ("", tidy)


def _check_weekday(found: PartialDate, name: str) -> None:
    true_name = WEEKDAYS[found.earliest().weekday()]
    if name and found.day and true_name != name:
        raise BadDate(f"That day is a {true_name}, not a {name}. Check the date.")


def _written(tidy: str, today: date, *, future: bool, guess: bool, not_read: str) -> PartialDate:
    match = next((found for form in _FORMS if (found := form.fullmatch(tidy))), None)
    if match is None:
        raise BadDate(not_read)
    parts = match.groupdict()
    month = _month(parts, not_read)
    day = int(parts["d"]) if parts.get("d") else None
    if len(parts["y"]) == 4:
        return _checked(int(parts["y"]), month, day)
    readings = _centuries(int(parts["y"]), month, day, today, future=future)
    if guess:
        return readings[0]
    raise AmbiguousDate(readings)


def _month(parts: dict[str, str | None], not_read: str) -> int | None:
    word = parts.get("w")
    if not word:
        figures = parts.get("m")
        return int(figures) if figures else None
    for number, name in enumerate(MONTHS, start=1):
        if len(word) >= 3 and name.lower().startswith(word):
            return number
    raise BadDate(not_read)


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadDate("This year cannot be meant: check its four figures.")


def _checked(year: int, month: int | None, day: int | None) -> PartialDate:
    _check_year(year)
    if month is not None and not 1 <= month <= 12:
        raise BadDate("The month is a number from 1 to 12. In figures the day comes first: 14/07/1955.")
    if month is not None and day is not None and not 1 <= day <= monthrange(year, month)[1]:
        days = monthrange(year, month)[1]
        raise BadDate(f"That day does not exist: {MONTHS[month - 1]} has days 1 to {days} in that year.")
    return PartialDate(year, month, day)


def _centuries(year: int, month: int | None, day: int | None, today: date, *, future: bool) -> list[PartialDate]:
    """What a year in two figures can mean, the nearest to today first; BadDate if no such day exists at all."""
    readings, refusal = [], BadDate(_NOT_READ)
    for century in (1900, 2000):
        try:
            reading = _checked(century + year, month, day)
        except BadDate as problem:
            refusal = problem
            continue
        if future or reading.earliest() <= today:
            readings.append(reading)
    if not readings:
        raise refusal
    return sorted(readings, key=lambda reading: abs((reading.earliest() - today).days))
