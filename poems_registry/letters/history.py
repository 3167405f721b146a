"""How it began, in a first visit's letter: when the first symptom came, and the history as it was written."""

from poems_registry.domain.dates import PartialDate, letter_date
from poems_registry.domain.findings import State
from poems_registry.letters.visit import Visit

HISTORY = "history"


def history(visit: Visit) -> str:
    """Nothing unless somebody wrote the history: a date alone tells no story."""
    written = visit.answer(HISTORY).strip()
    if not written:
        return ""
    return "\n".join(line for line in (_first(visit), written) if line)


def _first(visit: Visit) -> str:
    """`The first symptom came in March 2023.`"""
    finding = visit.finding("first_symptom")
    known = finding is not None and finding.state is State.RECORDED and isinstance(finding.value, PartialDate)
    if finding is None or not known or not isinstance(finding.value, PartialDate):
        return ""
    day = finding.value
    return f"The first symptom came {'on' if day.day else 'in'} {letter_date(day)}."
