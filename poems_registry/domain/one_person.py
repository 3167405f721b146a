"""Two records of one person: what the one that stays takes over, and what speaks against their being one person."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from poems_registry.domain.person import Allergy, AllergyState, Patient

VERIFIED = "01"

_TOGETHER = (
    ("family_name", "given_name", "middle_names", "title"),
    ("preferred_name", "salutation"),
    ("born", "age_at"),
    ("sex",),
    ("gender",),
    ("study_number",),
    ("nhs_number", "nhs_number_status", "no_number_reason"),
    ("address", "postcode", "address_checked_on"),
    ("phone",),
    ("email",),
    ("practice",),
    ("referrer",),
    ("ethnicity",),
    ("language_need",),
    ("format_need",),
    ("interpreter",),
    ("support_need",),
    ("contact_by",),
    ("needs_checked_on",),
    ("onset",),
    ("first_seen",),
    ("diagnosed",),
    ("first_label",),
    ("clinician_diagnosis", "clinician_diagnosis_reason"),
    ("died", "cause_of_death", "death_source", "death_notifier"),
)
"""Fields that say one thing together: taken over as one, where the staying record says nothing in the first."""


def filled(staying: Patient, other: Patient) -> Patient:
    """The staying record with what only the other says; nothing that it says itself is lost or changed.

    Lists are put together; an allergy that either record names is known (hazard: a merge must never lose one); the
    larger print is kept.
    """
    blank = Patient()
    taken: dict[str, Any] = {}
    for group in _TOGETHER:
        if all(getattr(staying, name) == getattr(blank, name) for name in group):
            taken |= {name: getattr(other, name) for name in group}
    made = replace(staying, **taken)
    return replace(
        made,
        **_allergies(staying, other),
        other_diagnoses=_both(staying.other_diagnoses, other.other_diagnoses),
        previous_names=_both(staying.previous_names, other.previous_names),
        research_consent="; ".join(_both(_said(staying.research_consent), _said(other.research_consent))),
        print_size=max(staying.print_size, other.print_size),
    )


def differences(one: Patient, other: Patient) -> Iterator[str]:
    """What both records say and say differently of what does not change in a life, in words."""
    if one.born and other.born and one.born != other.born:
        yield "Their birth dates differ."
    if one.sex and other.sex and one.sex != other.sex:
        yield "Their sex at birth differs."
    if one.nhs_number and other.nhs_number and one.nhs_number != other.nhs_number:
        yield "Their NHS numbers differ."
    if one.died and other.died and one.died != other.died:
        yield "Their dates of death differ."


def two_people(one: Patient, other: Patient) -> bool:
    """Two NHS numbers, each verified for its record, are two people (nhs.md 1.6)."""
    both = one.nhs_number and other.nhs_number and one.nhs_number != other.nhs_number
    return bool(both) and one.nhs_number_status == other.nhs_number_status == VERIFIED


def _allergies(staying: Patient, other: Patient) -> dict[str, Any]:
    agents = {each.agent.casefold() for each in staying.allergies}
    every: tuple[Allergy, ...] = (
        *staying.allergies,
        *(each for each in other.allergies if each.agent.casefold() not in agents),
    )
    days = [day for day in (staying.allergies_updated_on, other.allergies_updated_on) if day is not None]
    silent = staying.allergy_state in (AllergyState.NOT_RECORDED, AllergyState.UNAVAILABLE)
    state = AllergyState.KNOWN if every else other.allergy_state if silent else staying.allergy_state
    return {"allergies": every, "allergy_state": state, "allergies_updated_on": max(days, default=None)}


def _both(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    known = {each.casefold() for each in mine}
    return (*mine, *(each for each in theirs if each.casefold() not in known))


def _said(words: str) -> tuple[str, ...]:
    return (words,) if words else ()
