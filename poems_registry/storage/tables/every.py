"""All tables at once: for migrations, row counts and checks."""

from sqlalchemy import MetaData

from poems_registry.storage.tables import (
    care,
    consent,
    encounter,
    house,
    joining,
    letter,
    patient,
    practice,
    printing,
    research,
    template,
    trail,
    treatment,
)
from poems_registry.storage.tables.naming import Base

MODULES = (
    house, trail, patient, care, consent, joining, practice, treatment, encounter, letter, printing, template, research
)  # fmt: skip
METADATA: MetaData = Base.metadata


def make_ready() -> None:
    """Let the ORM get to know its tables, which it else does at the first question: while a password is typed."""
    Base.registry.configure()
