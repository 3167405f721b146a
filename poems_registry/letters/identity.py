"""Who a letter is about and who it is from: address, identity block, letterhead, running header and footer."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from poems_registry.domain.address import CannotPost, window_lines
from poems_registry.domain.dates import NO_BREAK_SPACE, letter_date
from poems_registry.domain.names import formal, postal
from poems_registry.domain.nhs_number import label, show
from poems_registry.domain.person import Gender
from poems_registry.domain.phones import show_phone
from poems_registry.domain.records import ClinicProfile, LetterRecord, Patient
from poems_registry.pages.document import Envelope, Footer, Identity, IdentityRow

VERIFIED = "01"
"""NHS number status *number present and verified*: only such a number is printed (nhs.md 1)."""

MADE_UP = "Made-up patient"

GENDER = {Gender.MALE: "Male", Gender.FEMALE: "Female", Gender.INDETERMINATE: "Indeterminate"}
"""The gender a person states, in whole words (nhs.md 2.5); what is not known is no gender and is not printed."""


def letter_day(letter: LetterRecord, clinic: ClinicProfile, now: datetime) -> date:
    """The letter's date on the clinic's clock: the day of signing, before that today."""
    moment = letter.signature.at if letter.signature else now
    return moment.astimezone(ZoneInfo(clinic.timezone)).date()


def letter_number(letter: LetterRecord) -> str:
    """`L-2026-0412 version 1`."""
    return NO_BREAK_SPACE.join((letter.number or "not yet numbered,", "version", str(letter.version)))


def greeting(patient: Patient) -> str:
    """`Dear Thomas` as the patient wishes it, else first and last name; a surname never stands bare (nhs.md 3.2)."""
    given, family, title = patient.given_name.strip(), patient.family_name.strip(), patient.title.strip()
    name = patient.salutation.strip()
    if not name and given and family:
        name = f"{given} {family}"
    elif not name and title and family:
        name = postal(family, "", title)
    return f"Dear {name or given or family or 'patient'}"


def born(patient: Patient) -> str:
    """The birth date in long form, or the age known on a day."""
    if patient.born is not None:
        return letter_date(patient.born, glue=True)
    if patient.age_at is not None:
        years, on = patient.age_at
        return f"not recorded, {years} years on {letter_date(on, glue=True)}"
    return "not recorded"


def number_rows(patient: Patient) -> tuple[tuple[str, str], ...]:
    """Label and value of each number that may be printed."""
    rows = []
    if patient.nhs_number and patient.nhs_number_status == VERIFIED:
        rows.append((label(patient.nhs_number).replace(" ", NO_BREAK_SPACE), show(patient.nhs_number)))
    if patient.hospital_numbers:
        rows.append((f"Hospital{NO_BREAK_SPACE}No.", patient.hospital_numbers[0].value))
    return tuple(rows)


def stated(patient: Patient, letter: LetterRecord) -> tuple[IdentityRow, ...]:
    """Preferred name and gender: PRSB asks for them where they are known (nhs.md 3.1), in letters that tell of care."""
    if not letter.kind.clinical:
        return ()
    preferred = " ".join(patient.preferred_name.split())
    known = preferred and preferred.casefold() != patient.given_name.strip().casefold()
    rows = [IdentityRow(f"Known{NO_BREAK_SPACE}as", preferred)] if known else []
    gender = GENDER.get(patient.gender) if patient.gender is not None else None
    return (*rows, *([IdentityRow("Gender", gender)] if gender else []))


def identity(patient: Patient, letter: LetterRecord, day: date) -> Identity:
    """The block at the top right of page 1."""
    rows = [IdentityRow("Letter date", letter_date(day, glue=True), clear=True), IdentityRow("Born", born(patient))]
    rows += [IdentityRow("Died", letter_date(patient.died, glue=True), strong=True)] if patient.died else []
    rows += stated(patient, letter)
    rows += [IdentityRow(name, value, strong=index == 0) for index, (name, value) in enumerate(number_rows(patient))]
    if not number_rows(patient):
        rows.append(IdentityRow("NHS No.", "not recorded"))
    rows.append(IdentityRow("Letter", letter_number(letter), clear=True))
    return Identity(formal(patient.family_name, patient.given_name, patient.title), tuple(rows))


def footer(patient: Patient, letter: LetterRecord, clinic: ClinicProfile, day: date) -> Footer:
    """The foot of every page: who, and which letter."""
    facts = [f"Born {born(patient)}"]
    facts += [f"{name} {value}".replace(" ", NO_BREAK_SPACE) for name, value in number_rows(patient)[:1]]
    reference = f"Letter of {letter_date(day)}, {letter_number(letter)}"
    name = formal(patient.family_name, patient.given_name)
    short = f"{letter_date(day)}, {letter_number(letter)}"
    return Footer(name, tuple(facts), reference, MADE_UP if clinic.training else "", short)


def address(patient: Patient) -> tuple[str, ...]:
    """The lines behind the window; what cannot be posted is shown as recorded, and the signing gate says why."""
    name = postal(patient.family_name, patient.given_name, patient.title, patient.suffix)
    lines = [name, *patient.address]
    try:
        return window_lines(lines, patient.postcode)
    except CannotPost:
        return tuple(line for line in (*lines, patient.postcode) if line.strip())


def letterhead(clinic: ClinicProfile) -> tuple[str, ...]:
    """The clinic's name, place and contacts at the head of page one."""
    place = ", ".join(part for part in (clinic.hospital, *clinic.address) if part)
    nurse = f"Nurse line {show_phone(clinic.nurse_line)}" if clinic.nurse_line else ""
    return tuple(line for line in (clinic.name, place, nurse, clinic.email) if line)


def envelope(patient: Patient, letter: LetterRecord, clinic: ClinicProfile, day: date) -> Envelope:
    """Letterhead, address, identity and the header of later pages."""
    running = (clinic.name, f"Letter of {letter_date(day)}")
    return Envelope(letterhead(clinic), address(patient), identity(patient, letter, day), running)
