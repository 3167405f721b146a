"""Numbers that stand on a tube name nobody: no name, no NHS number and no hospital number may be in them."""

from poems_registry.domain.names import fold
from poems_registry.domain.records import Patient

LEAST = 3
"""Shorter parts of a name stand in any number by chance."""


def why_it_names_somebody(text: str, patient: Patient) -> str:
    """Words beside a field whose text would say on a tube whose it is; '' where it names nobody."""
    plain = _together(text)
    told = [_together(number) for number in (patient.nhs_number, *(own.value for own in patient.hospital_numbers))]
    if any(len(number) >= LEAST and number in plain for number in told):
        return "holds the person's NHS or hospital number: a tube must not say whose it is"
    parts = [*fold(patient.family_name).split(), *fold(patient.given_name).split()]
    if any(len(part) >= LEAST and part in plain for part in parts):
        return "holds the person's name: a tube must not say whose it is"
    return ""


def _together(text: str) -> str:
    return fold(text).replace(" ", "")
