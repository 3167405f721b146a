"""The words of the patient banner, from a patient's record: order, labels and states as the NHS asks (nhs.md 2.1)."""

from dataclasses import dataclass
from datetime import date

from poems_registry.domain.dates import PartialDate, age_on, show_age, show_date
from poems_registry.domain.names import formal
from poems_registry.domain.nhs_number import label as number_label
from poems_registry.domain.nhs_number import show as show_nhs_number
from poems_registry.domain.records import ALLERGY_WORDS, AllergyState, Gender, Patient
from poems_registry.ui.i18n import tr

_GENDER = {Gender.MALE: "Male", Gender.FEMALE: "Female", Gender.INDETERMINATE: "Indeterminate"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value of the banner, with the definition that its label offers."""

    label: str
    value: str
    definition: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class AllergyWords:
    """The state in its only permitted words, the substances, and when the list was last updated."""

    state: AllergyState
    words: str
    substances: str = ""
    updated: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the banner shows: zone 1 always, zone 2 (`more`) on request. `allergies` is None for non-clinical roles."""

    name: str
    born: Fact
    died: Fact | None
    age_at_death: Fact | None
    gender: Fact
    nhs_number: Fact
    allergies: AllergyWords | None
    more: tuple[Fact, ...] = ()

    @property
    def deceased(self) -> bool:
        """Whether the banner shows the pattern of a deceased patient."""
        return self.died is not None


def identity_of(patient: Patient, today: date, *, clinical: bool, consultant: str = "") -> Identity:
    """The banner of this patient on this day. `clinical`: whether this person's role may see allergies."""
    died = patient.died
    return Identity(
        name=formal(patient.family_name, patient.given_name, patient.title),
        born=_born(patient, today),
        died=None
        if died is None
        else Fact(tr("Died"), show_date(died), tr("The day of death, as recorded in this registry.")),
        age_at_death=_age_at_death(patient),
        gender=_gender(patient),
        nhs_number=_number(patient),
        allergies=_allergies(patient) if clinical else None,
        more=_more(patient, consultant),
    )


def _born(patient: Patient, today: date) -> Fact:
    definition = tr(
        "The date of birth; behind it the age today in completed years (y), months (m), weeks (w), days (d)."
    )
    if patient.born is None:
        if patient.age_at is not None:
            years, on = patient.age_at
            words = tr("Not known ({years}y on {day})", years=years, day=show_date(on))
            return Fact(tr("Born"), words, definition, known=False)
        return Fact(tr("Born"), tr("Not known"), definition, known=False)
    shown = show_date(patient.born)
    if patient.died is None and patient.born.earliest() <= today:
        shown += f" ({show_age(patient.born, today)})"
    return Fact(tr("Born"), shown, definition)


def _age_at_death(patient: Patient) -> Fact | None:
    if patient.died is None or patient.born is None or patient.died.latest() < patient.born.earliest():
        return None
    words = _years_at_death(patient.born, patient.died)
    return Fact(tr("Age at Death"), words, tr("Completed years between the dates of birth and death."))


def _years_at_death(born: PartialDate, died: PartialDate) -> str:
    """One age, or the two it may be when the day of death is not known."""
    if died.day is not None:
        return show_age(born, died.earliest())
    least = age_on(born.latest(), died.earliest()) if born.latest() <= died.earliest() else 0
    most = age_on(born.earliest(), died.latest())
    return f"{most}y" if least == most else f"{least}-{most}y"


def _gender(patient: Patient) -> Fact:
    definition = tr("The gender this person states. Sex at birth, which some laboratory limits need, is in Details.")
    words = _GENDER.get(patient.gender) if patient.gender is not None else None
    return Fact(tr("Gender"), tr(words) if words else tr("Not known"), definition, known=words is not None)


def _number(patient: Patient) -> Fact:
    definition = tr("The ten-figure number that names a person throughout the NHS.")
    if not patient.nhs_number:
        return Fact(tr("NHS No."), tr("Not known"), definition, known=False)
    return Fact(tr(number_label(patient.nhs_number)), show_nhs_number(patient.nhs_number), definition)


def _allergies(patient: Patient) -> AllergyWords:
    state = patient.allergy_state
    on = patient.allergies_updated_on
    return AllergyWords(
        state,
        tr(ALLERGY_WORDS[state]),
        ", ".join(allergy.agent for allergy in patient.allergies) if state is AllergyState.KNOWN else "",
        tr("updated {day}", day=show_date(on)) if on is not None else "",
    )


def _more(patient: Patient, consultant: str) -> tuple[Fact, ...]:
    """Zone 2: address, telephone and e-mail, hospital number and consultant, communication (nhs.md 2.1)."""
    address = ", ".join(part for part in (*patient.address, patient.postcode) if part)
    reach = ", ".join(part for part in (patient.phone, patient.email) if part)
    numbers = ", ".join(f"{n.value} ({n.issuer})" if n.issuer else n.value for n in patient.hospital_numbers)
    local = ", ".join(part for part in (numbers, consultant) if part)
    large = tr("letters in {size} point", size=patient.print_size) if patient.print_size > 12 else ""
    needs = ", ".join(part for part in (patient.language_need, large) if part)
    behind = ((tr("Suffix"), patient.suffix, tr("What stands behind the name, as on letters.")),)
    rows = (
        *(behind if patient.suffix else ()),
        (tr("Preferred name"), patient.preferred_name, tr("What the person likes to be called.")),
        (tr("Address"), address, tr("Where letters to the person go.")),
        (tr("Phone and email"), reach, tr("How the person is reached.")),
        (tr("Hospital No."), local, tr("The local number with the hospital that gave it, and the consultant.")),
        (tr("Communication"), needs, tr("Language, interpreter and print size that the person needs.")),
    )
    return tuple(
        Fact(label, value or tr("Not recorded"), definition, known=bool(value)) for label, value, definition in rows
    )
