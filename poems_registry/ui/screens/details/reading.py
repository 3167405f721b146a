"""A person's details as typed text and back: what each field says, what is wrong with it, how it is written tidily."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from poems_registry.domain import nhs_number
from poems_registry.domain.address import BadPostcode, format_postcode
from poems_registry.domain.countries import is_country_abroad
from poems_registry.domain.dates import AmbiguousDate, PartialDate, ago, parse_date, show_age, show_date
from poems_registry.domain.names import clean_text
from poems_registry.domain.nhs_number import BadNhsNumber
from poems_registry.domain.phones import show_phone
from poems_registry.domain.records import (
    Allergy,
    AllergyState,
    Gender,
    HospitalNumber,
    Patient,
    PatientStatus,
    Practice,
    Sex,
)
from poems_registry.ui.i18n import tr
from poems_registry.ui.person_answers import NOT_PRESENT
from poems_registry.ui.screens.details.fields import FIELDS, Field, Kind

_DATES = ("born", "onset", "first_seen", "diagnosed", "died")
_CHECKED = ("address_checked_on", "needs_checked_on")
_WORDS = (
    "family_name", "given_name", "middle_names", "title", "preferred_name", "salutation", "nhs_number_status",
    "study_number", "referrer", "clinician_diagnosis", "clinician_diagnosis_reason", "first_label", "email",
    "language_need", "cause_of_death", "no_number_reason", "ethnicity", "format_need", "interpreter", "support_need",
    "contact_by", "death_source", "death_notifier", "suffix", "gender_identity",
)  # fmt: skip
"""Fields whose text is the value."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one field's text says. `text` is how it is written tidily; `note` goes beside it; `offers` are dates to
    choose among."""

    value: Any = None
    text: str = ""
    problem: str = ""
    note: str = ""
    doubt: bool = False
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The patient that the texts describe, and what is wrong by field; `patient` is whole only without problems."""

    patient: Patient
    problems: dict[str, str] = field(default_factory=dict)


def texts_of(patient: Patient) -> dict[str, str]:
    """What the form shows of a person."""
    number = patient.hospital_numbers[0] if patient.hospital_numbers else HospitalNumber("")
    texts = {name: str(getattr(patient, name)) for name in _WORDS}
    texts |= {name: _shown(getattr(patient, name)) for name in (*_DATES, *_CHECKED)}
    texts |= {
        "sex": patient.sex.value if patient.sex is not None else "",
        "gender": patient.gender.value if patient.gender is not None else "",
        "nhs_number": nhs_number.for_clipboard(patient.nhs_number) if patient.nhs_number else "",
        "hospital_number": number.value,
        "hospital_issuer": number.issuer,
        "status": patient.status.value,
        "allergy_state": patient.allergy_state.value,
        "allergies": "\n".join(f"{a.agent}: {a.reaction}" if a.reaction else a.agent for a in patient.allergies),
        "other_diagnoses": "\n".join(patient.other_diagnoses),
        "previous_names": "\n".join(patient.previous_names),
        "address": "\n".join(patient.address),
        "postcode": patient.postcode,
        "phone": patient.phone,
        "print_size": str(patient.print_size),
        "practice_code": patient.practice.ods_code,
        "practice_doctor": patient.practice.doctor,
        "practice_name": patient.practice.name,
        "practice_address": "\n".join(patient.practice.address),
        "practice_postcode": patient.practice.postcode,
    }
    return texts


def _shown(day: PartialDate | date | None) -> str:
    return show_date(day) if day is not None else ""


def read_field(code: str, texts: Mapping[str, str], today: date, *, training: bool) -> Answer:
    """One field, in the light of the others where it needs them."""
    asked, text = FIELDS[code], texts.get(code, "")
    try:
        lines = asked.kind is Kind.LINES
        kept = clean_text(text, asked.limit, lines=lines)
    except ValueError as error:
        return Answer(text=text, problem=str(error))
    if not kept:
        return Answer(value=None, text="")
    match asked.kind:
        case Kind.DATE:
            return _read_date(asked, kept, today, deceased=bool(texts.get("died", "").strip()))
        case Kind.NHS:
            return _read_number(kept, texts, today, training=training)
        case Kind.POSTCODE:
            return _read_postcode(kept, texts.get(code.replace("postcode", "address"), ""))
        case Kind.PHONE:
            return Answer(show_phone(kept), show_phone(kept))
    return Answer(kept, kept)


def _read_date(asked: Field, text: str, today: date, *, deceased: bool) -> Answer:
    try:
        day = parse_date(text, today, partial=asked.partial)
    except AmbiguousDate as error:
        offers = tuple(show_date(reading) for reading in error.readings)
        return Answer(text=text, problem=str(error), offers=offers)
    except ValueError as error:
        return Answer(text=text, problem=str(error))
    if asked.code == "born":
        note = "" if deceased else tr("Now {age} old", age=show_age(day, today))
        return Answer(day, show_date(day), note=note)
    note = ago(day.earliest(), today) if day.day is not None else ""
    return Answer(day, show_date(day), note=note)


def _read_number(text: str, texts: Mapping[str, str], today: date, *, training: bool) -> Answer:
    try:
        number = nhs_number.check(text, training=training)
    except BadNhsNumber as error:
        return Answer(text=text, problem=str(error))
    tidy = nhs_number.for_clipboard(number)
    born = _date_or_none(texts.get("born", ""), today)
    if born is not None and nhs_number.chi_birth_date_differs(number, born):
        words = tr("A CHI number begins with the birth date, and this one does not. Check both.")
        return Answer(number, tidy, note=words, doubt=True)
    label = nhs_number.label(number)
    return Answer(number, tidy, note="" if label == "NHS No." else tr("This is a {label}", label=label))


def _date_or_none(text: str, today: date) -> PartialDate | None:
    try:
        return parse_date(text, today, partial=True)
    except ValueError:
        return None


def _read_postcode(text: str, address: str) -> Answer:
    try:
        tidy = format_postcode(text, allow_pseudo=True)
    except BadPostcode as error:
        last = address.strip().splitlines()[-1] if address.strip() else ""
        if is_country_abroad(last):
            return Answer(text, text)
        return Answer(text=text, problem=str(error))
    return Answer(tidy, tidy)


def read_patient(texts: Mapping[str, str], before: Patient, today: date, *, training: bool) -> Reading:
    """The person the texts describe; what no field shows stays as it was `before`."""
    answers = {code: read_field(code, texts, today, training=training) for code in FIELDS}
    problems = {code: answer.problem for code, answer in answers.items() if answer.problem}
    if answers["hospital_issuer"].value and not answers["hospital_number"].value:
        problems["hospital_number"] = tr("Type the number, or take out who gave it.")
    if answers["nhs_number"].value and answers["nhs_number_status"].value == NOT_PRESENT:
        problems["nhs_number_status"] = tr("There is a number above: choose another status, or take the number out.")
    if problems:
        return Reading(before, problems)
    said = {code: answer.value for code, answer in answers.items()}
    changed: dict[str, Any] = {name: said[name] or "" for name in (*_WORDS, "postcode", "phone", "nhs_number")}
    changed |= {name: said[name] for name in _DATES}
    changed |= {name: said[name].earliest() if said[name] is not None else None for name in _CHECKED}
    state = AllergyState(said["allergy_state"] or AllergyState.NOT_RECORDED)
    allergies = _allergies(said["allergies"] or "")
    patient = replace(
        before,
        **changed,
        sex=Sex(said["sex"]) if said["sex"] else None,
        gender=Gender(said["gender"]) if said["gender"] else None,
        status=PatientStatus(said["status"] or PatientStatus.REFERRED),
        hospital_numbers=_numbers(said, before),
        address=_lines(said["address"]),
        print_size=int(said["print_size"] or before.print_size),
        practice=_practice(said, before),
        other_diagnoses=_lines(said["other_diagnoses"]),
        previous_names=_lines(said["previous_names"]),
        allergy_state=state,
        allergies=allergies,
    )
    if (state, allergies) != (before.allergy_state, before.allergies):
        patient = replace(patient, allergies_updated_on=today)  # the act of today (nhs.md 2.7)
    return Reading(patient)


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def _allergies(text: str) -> tuple[Allergy, ...]:
    """One a line, what it did after the first colon."""
    pairs = (line.partition(":") for line in _lines(text))
    return tuple(Allergy(agent.strip(), reaction.strip()) for agent, _, reaction in pairs if agent.strip())


def _numbers(said: Mapping[str, Any], before: Patient) -> tuple[HospitalNumber, ...]:
    """The first hospital number is the form's; further ones stay."""
    first = said["hospital_number"]
    own = (HospitalNumber(str(first).upper(), said["hospital_issuer"] or ""),) if first else ()
    return own + before.hospital_numbers[1:]


def _practice(said: Mapping[str, Any], before: Patient) -> Practice:
    return replace(
        before.practice,
        doctor=said["practice_doctor"] or "",
        name=said["practice_name"] or "",
        address=_lines(said["practice_address"]),
        postcode=said["practice_postcode"] or "",
        ods_code=(said["practice_code"] or "").upper(),
    )


def regrouped(text: str, caret: int) -> tuple[str, int]:
    """An NHS number while it is typed: 3-3-4, the caret behind the same figure as before.

    Anything but figures and separators stays as typed: it will be told what is wrong with it.
    """
    figures = "".join(sign for sign in text if sign.isdigit())
    if len(figures) > 10 or any(not (sign.isdigit() or sign in " \u00a0-") for sign in text):
        return text, caret
    before = sum(sign.isdigit() for sign in text[:caret])
    grouped = " ".join(part for part in (figures[:3], figures[3:6], figures[6:]) if part)
    place = before + (1 if before > 3 else 0) + (1 if before > 6 else 0)
    return grouped, min(place, len(grouped))
