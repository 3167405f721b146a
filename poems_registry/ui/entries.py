"""The places of the side rail: key, word and icon of each."""

from typing import NamedTuple


class Entry(NamedTuple):
    """A place one can go: its key, its word, its icon."""

    key: str
    words: str
    icon: str


ENTRIES = (
    Entry("patients", "Patients", "users"),
    Entry("today", "Today", "list-checks"),
    Entry("clinic", "Clinic", "stethoscope"),
    Entry("letters", "Letters", "mail"),
    Entry("cohort", "Cohort", "chart-column"),
    Entry("research", "Research", "flask-conical"),
    Entry("exchange", "Exchange", "arrow-left-right"),
    Entry("admin", "Admin", "settings"),
)
