"""Which pages the form of each contact has, and which items stand on them: declared here and nowhere else.

A clinic visit shows every section. A profession's form has the items of clinical.md 2 that are its work, in the order
in which it works; where the page names none, its own words only. No form asks for a status of the five features: these
are judged by the clinic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from poems_registry.domain.encounter_kinds import EncounterKind


@dataclass(frozen=True, slots=True)
class ContactPage:
    """One page of a contact's form; its items may come from any section, and stand in this order."""

    code: str
    title: str
    short: str
    items: tuple[str, ...]


ABOUT: Final = ContactPage(
    "visit",
    "About this contact",
    "Contact",
    ("disciplines", "also_present", "came_with", "contact_reason"),
)
OUTCOME: Final = ContactPage(
    "outcome",
    "Outcome and plan",
    "Outcome",
    (
        "contact_found",
        "contact_done",
        "contact_advice",
        "leaflets",
        "information_given",
        "contact_plan",
        "contact_next",
    ),
)
ARMS: Final = ("grip_device", "grip_left_kg", "grip_right_kg", "grip_left_kpa", "grip_right_kpa")
WALKING: Final = ("walk_10m", "walk_10m_aid", "walking_aid", "falls")
PAIN: Final = ("neuropathic_pain", "pain_nrs")

_CONDUCTION = ContactPage(
    "measures",
    "Nerve conduction",
    "Conduction",
    ("ncs_pattern", "ncs_ulnar_cv", "ncs_ulnar_cmap", "ncs_ulnar_dml", "distribution"),
)
_FUNCTION = ContactPage(
    "measures",
    "Function",
    "Function",
    (
        "onls_arm",
        "onls_leg",
        "onls_method",
        *ARMS,
        *WALKING,
        "mrc_sum",
        "mrc_variant",
        "incat_arm",
        "incat_leg",
        "irods_raw",
        "irods_centile",
        *PAIN,
        "fatigue_nrs",
    ),
)
_GAIT = ContactPage("measures", "Walking and aids", "Walking", (*WALKING, "motor_weakness", "weakness_sites"))
_DAILY_LIFE = ContactPage(
    "measures",
    "Daily life",
    "Daily life",
    (
        "onls_arm",
        "onls_leg",
        "onls_method",
        *ARMS,
        "incat_arm",
        "incat_leg",
        "irods_raw",
        "irods_centile",
        "mrs",
        "walking_aid",
        "falls",
        "fatigue_nrs",
        "bfi",
    ),
)
_WELL_BEING = ContactPage(
    "measures",
    "Well-being",
    "Well-being",
    (
        "eq5d_anxiety",
        "eq5d_pain",
        "eq5d_mobility",
        "eq5d_self_care",
        "eq5d_activities",
        "eq5d_vas",
        *PAIN,
        "fatigue_nrs",
        "bfi",
    ),
)
_SYMPTOMS = ContactPage(
    "measures",
    "Symptoms",
    "Symptoms",
    (
        "weight",
        "oedema",
        "oedema_side",
        *PAIN,
        "autonomic",
        "autonomic_kinds",
        "walking_aid",
        "falls",
        "fatigue_nrs",
        "ecog",
        "karnofsky",
    ),
)
_TOLD_BY_PHONE = ContactPage(
    "measures",
    "Symptoms as told",
    "Symptoms",
    ("onls_arm", "onls_leg", "onls_method", *PAIN, "walking_aid", "falls", "fatigue_nrs", "ecog"),
)

CONTACT_PAGES: Final[Mapping[EncounterKind, tuple[ContactPage, ...]]] = MappingProxyType(
    {
        EncounterKind.NEUROPHYSIOLOGY: (ABOUT, _CONDUCTION, OUTCOME),
        EncounterKind.PHYSIOTHERAPY: (ABOUT, _FUNCTION, OUTCOME),
        EncounterKind.ORTHOTICS: (ABOUT, _GAIT, OUTCOME),
        EncounterKind.OCCUPATIONAL_THERAPY: (ABOUT, _DAILY_LIFE, OUTCOME),
        EncounterKind.PSYCHOLOGY: (ABOUT, _WELL_BEING, OUTCOME),
        EncounterKind.NURSE_SPECIALIST: (ABOUT, _SYMPTOMS, OUTCOME),
        EncounterKind.PHONE: (ABOUT, _TOLD_BY_PHONE, OUTCOME),
    }
)
"""The form of each kind of contact, page by page."""

ALSO: Final = ContactPage("also", "Also recorded", "Also", ())
"""What such a contact holds that its form does not ask, brought in from elsewhere: shown, so that nothing is hidden."""
