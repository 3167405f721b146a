"""When a person was under treatment that changes VEGF and blood counts, and which samples it touches."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from poems_registry.domain.drugs import DrugClass, classes_in
from poems_registry.domain.treatments import TreatmentLine


@dataclass(frozen=True, slots=True)
class TreatmentPeriod:
    """One stretch of treatment, first to last day of it; `ended` None: still going on.

    A sample of the first day counts as taken before the first dose: blood is drawn first, and one dose within hours
    has not changed anything.

    `undated`: given at a time nobody recorded (`started` is then only the earliest date there is). It unsettles what a
    normal value would exclude, and nothing that was found.
    """

    started: date
    ended: date | None = None
    anti_plasma_cell: bool = True
    steroids: bool = False
    undated: bool = False

    @property
    def on(self) -> date:
        """The day from which it is known, as for every finding."""
        return self.started

    def covers(self, day: date, months_after: int = 0) -> bool:
        """Whether the day lies in the period, or in the calendar months after its end (the last day included)."""
        if self.undated:
            return False
        last = months_later(self.ended, months_after) if self.ended else date.max
        return self.started < day <= last


def periods_of(line: TreatmentLine) -> Iterator[TreatmentPeriod]:
    """Line 0 is treatment before the diagnosis: no plasma-cell treatment, but steroids unless said otherwise.

    A steroid among the drugs counts whatever the line says: what was given outweighs what was ticked.
    """
    ended: date | None = line.stop.latest() if line.stop else None
    given = any(DrugClass.STEROID in classes_in(drug.name) for drug in line.drugs)
    steroids = given or line.steroid is not False
    if line.start is None:
        yield TreatmentPeriod(date.min, ended, line.number > 0, steroids=steroids, undated=True)
    else:
        yield TreatmentPeriod(line.start.earliest(), ended, line.number > 0, steroids=steroids)


def treatment_begun(periods: Iterable[TreatmentPeriod], day: date) -> bool:
    """Whether any anti-plasma-cell treatment had begun before the day, ended or not."""
    return any(each.anti_plasma_cell and not each.undated and each.started < day for each in periods)


def may_have_begun(periods: Iterable[TreatmentPeriod]) -> bool:
    """Whether a treatment was given of which nobody recorded when it began: it may have been before any sample."""
    return any(each.undated for each in periods)


def on_treatment(periods: Iterable[TreatmentPeriod], day: date) -> bool:
    """Whether anti-plasma-cell treatment was going on."""
    return any(each.anti_plasma_cell and each.covers(day) for each in periods)


def steroids_within(periods: Iterable[TreatmentPeriod], day: date, months: int) -> bool:
    """Whether steroids were given on the day or in the calendar months before it."""
    return any(each.steroids and each.covers(day, months) for each in periods)


def steroids_lately(periods: Iterable[TreatmentPeriod], day: date, days: int) -> bool:
    """Whether a line with steroids was going on, or had ended at most so many days before."""
    return any(
        each.steroids and not each.undated and each.started < day <= (each.ended or day) + timedelta(days=days)
        for each in periods
    )


@lru_cache(maxsize=1024)
def months_later(day: date, months: int) -> date:
    """The same day of a later month; the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
