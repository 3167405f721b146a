"""What was typed and chosen about who is in the cohort: read into conditions and a data date, and written back."""

from datetime import date

from poems_registry.domain.dates import BadDate, PartialDate, parse_date, show_date
from poems_registry.services.cohort import Conditions, FirstTreatment, Rule
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.cohort.shown import Who

EVERYBODY = Conditions()


def who_of(conditions: Conditions, data_date: date | None) -> Who:
    """The conditions as they stand in the fields."""
    first = conditions.first_treatment
    return Who(
        rule=conditions.rule.value,
        diagnosed_from=_written(conditions.diagnosed_from),
        diagnosed_to=_written(conditions.diagnosed_to),
        first_treatment="" if first is None else first.value,
        data_date=_written(data_date),
    )


def read_who(who: Who, today: date) -> tuple[Conditions, date | None, dict[str, str]]:
    """Conditions, data date (None: today), and what is wrong by field. A year or a month means all of it."""
    problems: dict[str, str] = {}

    def day(code: str, text: str, *, last: bool) -> date | None:
        if not text.strip():
            return None
        try:
            read = parse_date(text, today, partial=True)
        except BadDate as bad:
            problems[code] = str(bad)
            return None
        return min(read.latest(), today) if last else read.earliest()

    start = day("diagnosed_from", who.diagnosed_from, last=False)
    end = day("diagnosed_to", who.diagnosed_to, last=True)
    until = day("data_date", who.data_date, last=True)
    if start is not None and end is not None and end < start:
        problems["diagnosed_to"] = tr("This lies before the first day of the period.")
    first = FirstTreatment(who.first_treatment) if who.first_treatment else None
    return Conditions(Rule(who.rule), start, end, first), until, problems


def _written(day: date | None) -> str:
    return "" if day is None else show_date(PartialDate.of(day))
