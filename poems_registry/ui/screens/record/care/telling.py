"""The tab of care in words, from what the service found."""

from datetime import date

from poems_registry.domain import care_words as words
from poems_registry.domain.care import Entry, StatusChange, newest_first
from poems_registry.domain.dates import show_date
from poems_registry.domain.person import CLINICIAN_DIAGNOSES, Patient
from poems_registry.services.care import CareFile
from poems_registry.ui.care.shown import What
from poems_registry.ui.care.telling import line_of
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.care.shown import CareShown, StandingShown

VERDICTS = {
    "met": "Criteria met",
    "not_met": "Criteria not met",
    "cannot_tell": "Criteria: cannot tell",
}


def told(
    file: CareFile, today: date, may: frozenset[What], *, clinical: bool, with_mistakes: bool = False
) -> CareShown:
    """Everything of one person; mistakes only where they are asked for."""
    entries: tuple[Entry, ...] = (*file.referrals, *file.onward, *file.mdt, *file.calls)
    mistakes = sum(bool(each.error_reason) for each in (*entries, *file.statuses))
    shown = newest_first(each for each in entries if with_mistakes or not each.error_reason)
    record = {What.REFERRAL, What.ONWARD} & may
    lines = tuple(line_of(each, today, may_record=bool(record), decides=clinical) for each in shown)
    explanation = "" if clinical else tr("Your role sees who referred, when and how far it is; no clinical words.")
    standing = _standing(file, today, may, clinical=clinical, with_mistakes=with_mistakes)
    return CareShown(standing, lines, mistakes, with_mistakes, may, explanation)


def _standing(
    file: CareFile, today: date, may: frozenset[What], *, clinical: bool, with_mistakes: bool
) -> StandingShown:
    changes = [each for each in file.statuses if not each.error_reason]
    history = newest_first(each for each in file.statuses if with_mistakes or not each.error_reason)
    patient = file.patient
    return StandingShown(
        status=tr(words.said(words.STATUSES, patient.status.value)),
        since=_since(patient, changes),
        diagnosis=_diagnosis(patient) if clinical else "",
        verdict=tr(VERDICTS.get(file.verdict, "Criteria: not judged yet")) if clinical else "",
        died=tr("Died {day}", day=show_date(patient.died)) if patient.died is not None else "",
        history=tuple(line_of(each, today, may_record=What.STATUS in may) for each in history),
    )


def _since(patient: Patient, changes: list[StatusChange]) -> str:
    """The day of the change that led to the status of now, if one was recorded."""
    if not changes or changes[-1].status != patient.status.value or changes[-1].on is None:
        return tr("since when is not recorded")
    return tr("since {day}", day=show_date(changes[-1].on))


def _diagnosis(patient: Patient) -> str:
    if not patient.clinician_diagnosis:
        return tr("Clinician's diagnosis: not recorded")
    said = CLINICIAN_DIAGNOSES.get(patient.clinician_diagnosis, patient.clinician_diagnosis)
    return tr("Clinician's diagnosis: {said}", said=tr(said))
