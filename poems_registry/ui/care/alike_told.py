"""A referred person beside those of the registry who may be the same one, in words."""

from poems_registry.domain.address import one_line
from poems_registry.domain.dates import show_date
from poems_registry.domain.names import formal
from poems_registry.domain.nhs_number import show as show_nhs_number
from poems_registry.domain.person import Patient
from poems_registry.services.patients import LookAlikes
from poems_registry.ui.care.shown import AlikeShown, CandidateShown
from poems_registry.ui.i18n import tr


def alike_told(new: Patient, error: LookAlikes) -> AlikeShown:
    """Both as they stand; whoever has the same NHS number is no other person."""
    same = any(new.nhs_number and each.nhs_number == _plain(new.nhs_number) for each in error.candidates)
    return AlikeShown(*_three(new), tuple(CandidateShown(each.id, *_three(each), one_line(each.address, each.postcode))
                                          for each in error.candidates), not same)  # fmt: skip


def _three(patient: Patient) -> tuple[str, str, str]:
    blank = tr("Not recorded")
    name = formal(patient.family_name, patient.given_name, patient.title) or patient.study_number or blank
    number = _plain(patient.nhs_number)
    born = show_date(patient.born) if patient.born is not None else blank
    return name, born, show_nhs_number(number) if len(number) == 10 else patient.nhs_number or blank


def _plain(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())
