"""What may not be saved of a person, all refusals at once, in words for beside the fields (nhs.md 1, 2.3, 2.7)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from poems_registry.domain import nhs_number
from poems_registry.domain.dates import PartialDate, age_on, show_date
from poems_registry.domain.errors import InvalidInput
from poems_registry.domain.nhs_number import BadNhsNumber
from poems_registry.domain.records import AllergyState, Patient

OLDEST = 120
"""Years: an older birth date is a slip of the finger."""

_IN_THE_PAST = ("onset", "first_seen", "diagnosed", "died")
_AMONG_THE_LIVING = ("onset", "first_seen", "address_checked_on", "needs_checked_on")
"""After a death only corrections are made: nobody is seen or asked any more. A diagnosis may come later."""

Problem = tuple[str, str]


def checked(patient: Patient, today: date, *, training: bool) -> Patient:
    """The patient as it is stored, or InvalidInput by field."""
    problems = dict(
        [*_name(patient), *_birth(patient, today), *_dates(patient, today), *_allergies(patient), *_death(patient)]
    )
    number = patient.nhs_number
    if number:
        try:
            number = nhs_number.check(number, training=training)
        except BadNhsNumber as error:
            problems["nhs_number"] = str(error)
    if problems:
        raise InvalidInput(problems)
    return replace(patient, nhs_number=number)


def _name(patient: Patient) -> Iterator[Problem]:
    if not (patient.family_name.strip() or patient.given_name.strip() or patient.study_number.strip()):
        yield "family_name", "a name or a study number is needed"


def _birth(patient: Patient, today: date) -> Iterator[Problem]:
    if patient.born is None:
        return
    if patient.born.earliest() > today:
        yield "born", "lies in the future"
    elif patient.born.latest() <= today and age_on(patient.born.latest(), today) > OLDEST:
        yield "born", f"would make the person older than {OLDEST} years"


def _dates(patient: Patient, today: date) -> Iterator[Problem]:
    for name in _IN_THE_PAST:
        day = getattr(patient, name)
        if day is None:
            continue
        if day.earliest() > today:
            yield name, "lies in the future"
        elif patient.born is not None and day.latest() < patient.born.earliest():
            yield name, "lies before the birth date"
    for name in _AMONG_THE_LIVING:
        day = getattr(patient, name)
        if day is not None and patient.died is not None and _first(day) > patient.died.latest():
            yield name, f"lies after the death, {show_date(patient.died)}: correct the one that is wrong"


def _first(day: PartialDate | date) -> date:
    return day.earliest() if isinstance(day, PartialDate) else day


def _death(patient: Patient) -> Iterator[Problem]:
    """Who told of a death without its date: letters would go on (nhs.md 5.7)."""
    if patient.died is None and (patient.death_source or patient.death_notifier or patient.cause_of_death):
        yield "died", "say when the person died, if only the year, or take out what is said about the death"


def _allergies(patient: Patient) -> Iterator[Problem]:
    known = patient.allergy_state is AllergyState.KNOWN
    if known and not patient.allergies:
        yield "allergies", "name what the person is allergic to, one on each line"
    if patient.allergies and not known:
        yield "allergy_state", "allergies are listed: choose Known allergies, or take them out of the list"
