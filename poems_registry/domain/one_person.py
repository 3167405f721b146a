"""Two records of one person: what makes one think so, what the one that stays takes over, what speaks against it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from poems_registry.domain.address import BadPostcode, is_pseudo_postcode, outward
from poems_registry.domain.consents import refuses
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.names import fold, sounds_like
from poems_registry.domain.near_names import misspelt, near
from poems_registry.domain.person import Allergy, AllergyState, Patient

VERIFIED = "01"

_TOGETHER = (
    ("family_name", "given_name", "middle_names", "title", "suffix"),
    ("preferred_name", "salutation"),
    ("born", "age_at"),
    ("sex",),
    ("gender",),
    ("gender_identity",),
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


def may_be_one(one: Patient, other: Patient) -> bool:
    """Whether somebody has to look at both side by side: a question, never an answer (nhs.md 1.6).

    One NHS or hospital number; one whole name, now or before, whichever way round; or birth dates that may be one
    together with a family name that sounds the same or may be misspelt, or with the same initial and first part of
    the postcode.
    """
    if one.nhs_number and one.nhs_number == other.nhs_number:
        return True
    if {each.value for each in one.hospital_numbers} & {each.value for each in other.hospital_numbers}:
        return True
    if not _whole_names(one).isdisjoint(_whole_names(other)):
        return True
    if not _births_may_be_one(one.born, other.born):
        return False
    return _names_may_be_one(one, other) or _initial_and_place(one) == _initial_and_place(other) is not None


def _whole_names(patient: Patient) -> set[str]:
    given = fold(patient.given_name)
    families = {fold(each) for each in (patient.family_name, *patient.previous_names)}
    names = {f"{family} {given}".strip() for family in families} | {f"{given} {fold(patient.family_name)}".strip()}
    return names - {""} - ({given} if patient.family_name else set())


def _births_may_be_one(one: PartialDate | None, other: PartialDate | None) -> bool:
    if one is None or other is None:
        return False
    return one.earliest() <= other.latest() and other.earliest() <= one.latest()


def _names_may_be_one(one: Patient, other: Patient) -> bool:
    mine, theirs = ([p.family_name, *p.previous_names] for p in (one, other))
    return any(_name_may_be(a, b) for a in mine for b in theirs if fold(a) and fold(b))


def _name_may_be(one: str, other: str) -> bool:
    if sounds_like(one, other):
        return True
    return any(words and near(words, fold(name)) for words, name in ((misspelt(one), other), (misspelt(other), one)))


def _initial_and_place(patient: Patient) -> tuple[str, str] | None:
    """None where either is not known: nothing is not the same as nothing."""
    initial = fold(patient.given_name)[:1]
    try:
        place = outward(patient.postcode)
    except BadPostcode:
        return None
    return (initial, place) if initial and not is_pseudo_postcode(patient.postcode) else None


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
        research_consent=_agreed(staying.research_consent, other.research_consent),
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
    agents = {fold(each.agent) for each in staying.allergies}
    every: tuple[Allergy, ...] = (
        *_with_reactions(staying.allergies, other.allergies),
        *(each for each in other.allergies if fold(each.agent) not in agents),
    )
    days = [day for day in (staying.allergies_updated_on, other.allergies_updated_on) if day is not None]
    silent = staying.allergy_state in (AllergyState.NOT_RECORDED, AllergyState.UNAVAILABLE)
    state = AllergyState.KNOWN if every else other.allergy_state if silent else staying.allergy_state
    return {"allergies": every, "allergy_state": state, "allergies_updated_on": max(days, default=None)}


def _with_reactions(mine: tuple[Allergy, ...], theirs: tuple[Allergy, ...]) -> tuple[Allergy, ...]:
    """Each of mine with what the other record alone says that the same agent did."""
    done: set[str] = set()
    made = []
    for each in mine:
        agent = fold(each.agent)
        same = [[a.reaction for a in allergies if fold(a.agent) == agent] for allergies in (mine, theirs)]
        known, said = (tuple(part for reaction in reactions for part in _parts(reaction)) for reactions in same)
        more = () if agent in done else _both(known, said)[len(known) :]
        done.add(agent)
        made.append(replace(each, reaction="; ".join((*_said(each.reaction), *more))) if more else each)
    return tuple(made)


def _agreed(mine: str, theirs: str) -> str:
    """What either noted about research, refusals first: a merge must never undo a *no*."""
    every = _both(_parts(mine), _parts(theirs))
    if len(every) == len(_parts(mine)):
        return mine
    return "; ".join(sorted(every, key=lambda part: not refuses(part)))


def _both(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    known = {each.casefold() for each in mine}
    return (*mine, *(each for each in theirs if each.casefold() not in known))


def _said(words: str) -> tuple[str, ...]:
    return (words,) if words else ()


def _parts(words: str) -> tuple[str, ...]:
    return tuple(part for each in words.split(";") if (part := each.strip()))
