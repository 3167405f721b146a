"""Who the person is, to read: groups of labelled values; what is missing is said to be not recorded."""

from dataclasses import dataclass
from datetime import date

from poems_registry.domain.consents import ANSWER_WORDS, SCOPE_WORDS, Consent, Scope, in_force
from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.names import formal
from poems_registry.domain.nhs_number import show as show_number
from poems_registry.domain.records import (
    ALLERGY_WORDS,
    CLINICIAN_DIAGNOSES,
    AllergyState,
    Gender,
    Patient,
    PatientFile,
    PatientStatus,
    Sex,
)
from poems_registry.ui.i18n import tr
from poems_registry.ui.person_answers import CONTACT, DEATH_SOURCE, ETHNICITY, FORMATS, words_of

_SEX = {Sex.FEMALE: "Female", Sex.MALE: "Male", Sex.UNDETERMINED: "Undetermined"}
_GENDER = {
    Gender.MALE: "Male",
    Gender.FEMALE: "Female",
    Gender.INDETERMINATE: "Indeterminate",
    Gender.NOT_KNOWN: "Not known",
}
_STATUS = {
    PatientStatus.REFERRED: "Referred",
    PatientStatus.SUSPECTED: "Suspected",
    PatientStatus.CONFIRMED: "Confirmed POEMS",
    PatientStatus.OTHER_DIAGNOSIS: "Other diagnosis",
    PatientStatus.TRANSFERRED: "Transferred",
}


@dataclass(frozen=True, slots=True)
class FactShown:
    """A label and its value; `lines` of an address stand below each other."""

    label: str
    lines: tuple[str, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts under a title."""

    title: str
    facts: tuple[FactShown, ...]


def particulars(file: PatientFile, *, clinical: bool) -> tuple[FactGroup, ...]:
    """The groups; clinical ones only for roles that may see them."""
    patient = file.patient
    groups = [_person(patient), _reach(patient), _practice(patient), _consents(file), _needs(patient)]
    return (*groups, _clinical(patient)) if clinical else tuple(groups)


def _fact(label: str, *lines: str) -> FactShown:
    known = tuple(line for line in lines if line)
    return FactShown(tr(label), known or (tr("Not recorded"),), bool(known))


def _day(day: PartialDate | date | None) -> str:
    return show_date(day) if day is not None else ""


def _person(patient: Patient) -> FactGroup:
    number = show_number(patient.nhs_number) if patient.nhs_number else ""
    locals_ = [f"{n.value} ({n.issuer})" if n.issuer else n.value for n in patient.hospital_numbers]
    source = tr(words_of(DEATH_SOURCE, patient.death_source))
    told = (
        _fact("Died", _day(patient.died)),
        _fact("Known from", source, patient.death_notifier),
        _fact("Cause of death", patient.cause_of_death),
    )
    died = told if patient.died else ()
    return FactGroup(
        tr("Person"),
        (
            _fact("Name", formal(patient.family_name, patient.given_name, patient.title)),
            _fact("Middle names", patient.middle_names),
            _fact("Previous names", *patient.previous_names),
            _fact("Preferred name", patient.preferred_name),
            _fact("Born", _day(patient.born)),
            _fact("Sex at birth", tr(_SEX[patient.sex]) if patient.sex else ""),
            _fact("Gender", tr(_GENDER[patient.gender]) if patient.gender else ""),
            _fact("Ethnic group", tr(words_of(ETHNICITY, patient.ethnicity))),
            _fact("NHS No.", number),
            _fact("Hospital No.", *locals_),
            _fact("Study No.", patient.study_number),
            _fact("Status", tr(_STATUS[patient.status])),
            *died,
        ),
    )


def _reach(patient: Patient) -> FactGroup:
    return FactGroup(
        tr("Where to reach"),
        (
            _fact("Address", *patient.address, patient.postcode),
            _fact("Address checked", _day(patient.address_checked_on)),
            _fact("Phone", patient.phone),
            _fact("Email", patient.email),
        ),
    )


def _practice(patient: Patient) -> FactGroup:
    practice = patient.practice
    return FactGroup(
        tr("GP practice"),
        (
            _fact("Practice", practice.name, *practice.address, practice.postcode),
            _fact("GP", practice.doctor),
            _fact("Referred by", patient.referrer),
        ),
    )


def _consents(file: PatientFile) -> FactGroup:
    """The answer in force to each question, then all that was answered before; mistakes with their reason."""
    current = in_force(file.consents)
    facts = [_fact(each.words, *_answered(each)) for each in current.values()]
    if (Scope.REGISTRY, "") not in current:
        facts.insert(0, _fact(SCOPE_WORDS[Scope.REGISTRY]))
    if file.patient.research_consent:
        facts.append(_fact("Noted before", file.patient.research_consent))
    earlier = [each for each in file.consents if each.error_reason or each not in current.values()]
    if earlier:
        facts.append(_fact("Earlier", *(_told_before(each) for each in reversed(earlier))))
    return FactGroup(tr("Consent"), tuple(facts))


def _answered(consent: Consent) -> tuple[str, ...]:
    day = tr("{answer} {day}", answer=tr(ANSWER_WORDS[consent.answer]), day=show_date(consent.on))
    taken = tr("taken by {name}", name=consent.taken_by) if consent.taken_by else ""
    more = ", ".join(part for part in (consent.form_version, taken) if part)
    behalf = tr("on behalf: {who}", who=consent.on_behalf) if consent.on_behalf else ""
    return (day, more, behalf, consent.note)


def _told_before(consent: Consent) -> str:
    words = f"{consent.words}: {_answered(consent)[0]}"
    if not consent.error_reason:
        return words
    return tr("{words}, entered in error: {reason}", words=words, reason=consent.error_reason)


def _needs(patient: Patient) -> FactGroup:
    return FactGroup(
        tr("Information and communication needs"),
        (
            _fact("Language", patient.language_need),
            _fact("Interpreter", patient.interpreter),
            _fact("Format", tr(words_of(FORMATS, patient.format_need))),
            _fact("Letters printed in", tr("{size} point", size=patient.print_size)),
            _fact("Help to talk with us", patient.support_need),
            _fact("Prefers", tr(words_of(CONTACT, patient.contact_by))),
            _fact("Needs checked", _day(patient.needs_checked_on)),
        ),
    )


def _clinical(patient: Patient) -> FactGroup:
    agents = [f"{a.agent}: {a.reaction}" if a.reaction else a.agent for a in patient.allergies]
    state = patient.allergy_state
    diagnosis = tr(CLINICIAN_DIAGNOSES.get(patient.clinician_diagnosis, patient.clinician_diagnosis))
    words = "" if state is AllergyState.NOT_RECORDED else tr(ALLERGY_WORDS[state])
    updated = tr("updated {day}", day=_day(patient.allergies_updated_on)) if patient.allergies_updated_on else ""
    return FactGroup(
        tr("Diagnosis and allergies"),
        (
            _fact("Clinician's diagnosis", diagnosis, patient.clinician_diagnosis_reason),
            _fact("First label", patient.first_label),
            _fact("First symptoms", _day(patient.onset)),
            _fact("Diagnosed", _day(patient.diagnosed)),
            _fact("First seen here", _day(patient.first_seen)),
            _fact("Other diagnoses", *patient.other_diagnoses),
            _fact("Allergies", words, *agents, updated if words else ""),
        ),
    )
