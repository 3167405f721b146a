"""The fields of a person's details, each declared once: section, label, kind, answers, who may see it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from poems_registry.domain.records import CLINICIAN_DIAGNOSES
from poems_registry.ui.person_answers import (
    CONTACT,
    DEATH_SOURCE,
    ETHNICITY,
    FORMATS,
    GENDER_IDENTITY,
    NO_NUMBER,
    NUMBER_STATUS,
)


class Kind(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    LINES = "lines"
    DATE = "date"
    NHS = "nhs"
    POSTCODE = "postcode"
    PHONE = "phone"
    CHOICE = "choice"
    LIST = "list"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `answers` are (code, words); `wide` takes the card's whole width; `clinical` hides it from who may not
    view findings; `partial` admits a year or a month alone."""

    code: str
    label: str
    kind: Kind = Kind.TEXT
    help: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    wide: bool = False
    clinical: bool = False
    partial: bool = True
    limit: int = 200


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together."""

    code: str
    title: str
    fields: tuple[Field, ...]


SEX = (("female", "Female"), ("male", "Male"), ("undetermined", "Undetermined"))
GENDER = (("female", "Female"), ("male", "Male"), ("indeterminate", "Indeterminate"), ("not_known", "Not known"))
STATUS = (
    ("referred", "Referred"),
    ("suspected", "Suspected"),
    ("confirmed", "Confirmed"),
    ("other_diagnosis", "Other diagnosis"),
    ("transferred", "Transferred elsewhere"),
)
ALLERGIES = (
    ("known", "Known allergies"),
    ("none_known", "No known allergies"),
    ("not_recorded", "Allergies not recorded"),
    ("unavailable", "Allergies unavailable"),
)
PRINT = (("12", "12 point"), ("16", "16 point"), ("18", "18 point"), ("20", "20 point"), ("24", "24 point"))
DIAGNOSES = (("", "Not recorded"), *CLINICIAN_DIAGNOSES.items())

SECTIONS = (
    Section(
        "name",
        "Name",
        (
            Field("family_name", "Family name", limit=35),
            Field("given_name", "Given name", limit=35),
            Field("middle_names", "Middle names", limit=100),
            Field("title", "Title", help="Mrs, Mr, Ms, Dr …", limit=35),
            Field("suffix", "Suffix", help="Behind the name: Jr, MBE …", limit=35),
            Field("preferred_name", "Preferred name", limit=35),
            Field("salutation", "Greeting in letters", help="Dear …", limit=70),
            Field("previous_names", "Previous names", Kind.LINES, "One on each line; a search finds them.", wide=True),
        ),
    ),
    Section(
        "person",
        "Birth and sex",
        (
            Field("born", "Birth date", Kind.DATE, help="Like 14-Jul-1955 or 14/07/1955."),
            Field("sex", "Sex at birth", Kind.CHOICE, "Laboratory limits use it.", SEX, wide=True),
            Field("gender", "Gender", Kind.CHOICE, "As the person states it.", GENDER, wide=True),
            Field(
                "gender_identity", "Gender identity", Kind.LIST, "Only if the person wishes to say.", GENDER_IDENTITY,
                wide=True,
            ),
            Field("ethnicity", "Ethnic group", Kind.LIST, "As the person states it.", ETHNICITY, wide=True),
        ),
    ),
    Section(
        "numbers",
        "Numbers",
        (
            Field("nhs_number", "NHS number", Kind.NHS, help="Ten figures."),
            Field(
                "nhs_number_status", "NHS number status", Kind.LIST, answers=NUMBER_STATUS,
                help="A letter needs a verified number, or a hospital number.",
            ),
            Field("no_number_reason", "If there is no NHS number", Kind.LIST, answers=NO_NUMBER),
            Field("study_number", "Study number", limit=35),
            Field("hospital_number", "Hospital number", limit=20),
            Field("hospital_issuer", "Given by", help="Hospital or its ODS code, such as RRV.", limit=70),
        ),
    ),
    Section(
        "status",
        "With the clinic",
        (
            Field("status", "Status", Kind.LIST, answers=STATUS),
            Field("referrer", "Referred by"),
            Field("onset", "First symptoms", Kind.DATE, help="Day, month or year."),
            Field("first_seen", "First seen here", Kind.DATE),
            Field("diagnosed", "Diagnosed", Kind.DATE),
        ),
    ),
    Section(
        "diagnosis",
        "Clinician's diagnosis",
        (
            Field("clinician_diagnosis", "Diagnosis", Kind.LIST, answers=DIAGNOSES, clinical=True),
            Field("first_label", "First called", help="Such as CIDP, before it was known.", clinical=True),
            Field(
                "clinician_diagnosis_reason",
                "Reason for this diagnosis",
                Kind.LINES,
                wide=True,
                clinical=True,
                limit=2000,
            ),
            Field("other_diagnoses", "Other diagnoses", Kind.LINES, "One on each line.", wide=True, clinical=True),
        ),
    ),
    Section(
        "allergies",
        "Allergies",
        (
            Field("allergy_state", "State", Kind.CHOICE, answers=ALLERGIES, wide=True, clinical=True),
            Field(
                "allergies", "Allergic to", Kind.LINES, "One on each line, and after a colon what it did: Penicillin:"
                " rash", wide=True, clinical=True, limit=2000,
            ),
        ),
    ),
    Section(
        "address",
        "Address and contact",
        (
            Field("address", "Address", Kind.LINES, "As on an envelope, without the postcode.", wide=True),
            Field("postcode", "Postcode", Kind.POSTCODE),
            Field("address_checked_on", "Checked with the person", Kind.DATE, "Type t for today.", partial=False),
            Field("phone", "Phone", Kind.PHONE, limit=70),
            Field("email", "Email"),
            Field("contact_by", "Prefers to be reached by", Kind.LIST, answers=CONTACT),
        ),
    ),
    Section(
        "needs",
        "Information and communication needs",
        (
            Field("language_need", "Language needed", help="If not English.", limit=70),
            Field("interpreter", "Interpreter", help="Language, or British Sign Language.", limit=70),
            Field("format_need", "Format of information", Kind.LIST, answers=FORMATS),
            Field("print_size", "Print size of letters", Kind.LIST, answers=PRINT),
            Field("support_need", "Help to talk with us", help="Such as: lip-reads, hearing loop.", limit=200),
            Field("needs_checked_on", "Needs checked with the person", Kind.DATE, "Type t for today.", partial=False),
        ),
    ),
    Section(
        "practice",
        "GP practice",
        (
            Field(
                "practice_name", "Practice", Kind.PRACTICE, "Type name, postcode or code; Down, then Return takes one.",
                wide=True, limit=100,
            ),
            Field("practice_address", "Address", Kind.LINES, wide=True),
            Field("practice_postcode", "Postcode", Kind.POSTCODE),
            Field("practice_code", "Practice code", help="ODS code, from the list of practices.", limit=12),
            Field("practice_doctor", "Doctor", limit=70),
        ),
    ),
    Section(
        "death",
        "Death",
        (
            Field("died", "Died", Kind.DATE, "Stops letters to the person and recalls. Day, month or year."),
            Field("death_source", "Known from", Kind.LIST, answers=DEATH_SOURCE),
            Field("death_notifier", "Told by", help="Name of who told the clinic.", limit=70),
            Field("cause_of_death", "Cause of death", wide=True, clinical=True),
        ),
    ),
)  # fmt: skip


def sections_for(*, clinical: bool) -> tuple[Section, ...]:
    """What a person may see; a section without fields is left out."""
    kept = []
    for section in SECTIONS:
        fields = tuple(field for field in section.fields if clinical or not field.clinical)
        if fields:
            kept.append(Section(section.code, section.title, fields))
    return tuple(kept)


def every_field() -> Iterator[Field]:
    """All fields, in the order of the form."""
    for section in SECTIONS:
        yield from section.fields


FIELDS = {field.code: field for field in every_field()}
"""Each field by its code."""


def with_answers(section: Section, texts: Mapping[str, str]) -> Section:
    """Lists also hold what was recorded before the list was made: nothing on record is unsayable."""
    return replace(section, fields=tuple(_with_answer(each, texts.get(each.code, "")) for each in section.fields))


def _with_answer(field: Field, text: str) -> Field:
    if field.kind is not Kind.LIST or text in dict(field.answers):
        return field
    return replace(field, answers=(*field.answers, (text, text)))
