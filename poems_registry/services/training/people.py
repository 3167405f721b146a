"""Made-up people: names from many places, addresses that cannot exist, NHS numbers from 999 only."""

from dataclasses import replace
from datetime import date, timedelta

from poems_registry.domain import nhs_number
from poems_registry.domain.dates import PartialDate
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
from poems_registry.services.training.fortune import Fortune

WOMEN = ("Ann", "Marie-Claire", "Thị Linh", "Keiko", "Siobhán", "Ewa", "Fatima", "Grace", "Priya", "Olena", "Helen",
         "Ngozi", "Judith", "Margaret", "Yasmin", "Rosa", "Ingrid", "Mei", "Dorothy", "Zofia", "Eilidh", "Carys",
         "Amara", "Lucía", "Beatrice")  # fmt: skip
MEN = ("Thomas", "Tòkunbọ̀", "Fraser", "Colin", "Harshad", "George", "João Miguel", "Kwame", "David", "Arjun", "Rhys",
       "Mohammed", "Piotr", "Brian", "Wei", "Antonio", "Søren", "Patrick", "Ibrahim", "Łukasz", "Kenneth", "Yusuf",
       "Gareth", "Dmytro", "Alasdair", "Samuel", "Hiroshi", "Nikolaos")  # fmt: skip
FAMILIES = ("Smith", "Hartley", "Kowalski-Łukasiewicz", "Adéṣínà", "McAllister", "Hargreaves", "Baptiste", "Nguyễn",
            "Patel", "Yamamoto", "O'Connor-Blythe", "de Souza-Ferreira", "Whittle", "Okafor", "Andersen", "Rahimi",
            "Müller", "Castellanos", "Fenwick", "Begum", "Thompson", "Oyelaran", "Papadopoulos", "Singh", "Novák",
            "van der Berg", "Llewellyn", "Farooqi", "Edwards", "Brzęczyk", "Chowdhury", "Macdonald", "Osei", "Tanaka",
            "Reid", "Ivanova", "Lindqvist", "Bianchi", "Ahmed", "Sørensen", "Quinn", "Mbeki", "Shah", "Lewis", "Kaya",
            "Hussain", "Griffiths", "Zhang", "Pritchard", "Balogun", "Carter", "Silva", "Dhillon", "Wójcik",
            "Morgan", "Haddad", "Stewart", "Rossi", "Mensah", "Turner")  # fmt: skip
STREETS = ("Orchard Rise", "Sample Street", "Mill Lane", "Harbour View", "Test Terrace", "Larch Avenue",
           "Old Station Road", "Meadow Close", "Bridge Row", "Chapel Hill")  # fmt: skip
TOWNS = ("Sampleford", "Little Sample", "Testington", "Modelham", "Exampley", "Trialcombe", "Upper Specimen")
AREAS = ("LN", "EX", "NR", "CB", "HR", "DT", "TR", "LD")
"""Real postcode areas; their district 99 does not exist, so no made-up address can be somebody's home."""
AGENTS = (("penicillin", "rash"), ("trimethoprim", "rash"), ("codeine", "vomiting"), ("latex", "itching"),
          ("ibuprofen", "wheeze"), ("iodine contrast", "hives"))  # fmt: skip
REFERRERS = ("Neurology, Northfold General Hospital", "Haematology, Riverbank University Hospital",
             "Neurology, Saltmarsh Infirmary", "Rheumatology, Saltmarsh Infirmary")  # fmt: skip
DOCTORS = ("Dr P Lindqvist", "Dr R Osei", "Dr A Novák", "Dr J Fenwick", "Dr S Begum", "Dr T Quinn")
OTHER_DIAGNOSES = ("High blood pressure", "Asthma", "Osteoarthritis of the knees", "Migraine", "High cholesterol",
                   "Hearing loss", "Gout", "Coeliac disease")  # fmt: skip


def person(fortune: Fortune, index: int, diagnosed: date, until: date) -> Patient:
    """Who the `index`-th made-up patient is; courses are told elsewhere."""
    sex = Sex.MALE if fortune.happens(0.62) else Sex.FEMALE
    turn = index * 7 + index // len(FAMILIES) * 3
    given = MEN[turn % len(MEN)] if sex is Sex.MALE else WOMEN[turn % len(WOMEN)]
    family = FAMILIES[(index * 17) % len(FAMILIES)]
    title = fortune.one_of(("Mr",) if sex is Sex.MALE else ("Mrs", "Ms", "Miss"))
    title = "Dr" if fortune.happens(0.03) else title
    age = fortune.near(51, 11, 24, 83)
    born = diagnosed - timedelta(days=int(age * 365.25) + int(fortune.between(0, 364)))
    district = (
        f"{fortune.one_of(AREAS)}99 {fortune.source.randint(1, 9)}{fortune.one_of('ABDEFGH')}{fortune.one_of('JLNPQR')}"
    )
    town = fortune.one_of(TOWNS)
    patient = Patient(
        study_number=f"P-{index + 1:04d}",
        family_name=family,
        given_name=given,
        title=title,
        salutation=given if fortune.happens(0.7) else f"{title} {family}",
        born=PartialDate.of(born),
        sex=sex,
        gender=Gender.MALE if sex is Sex.MALE else Gender.FEMALE,
        nhs_number=nhs_number.generate(index),
        nhs_number_status="01",
        hospital_numbers=(HospitalNumber(f"{4000000 + index * 7919:08d}", "TRAINING"),),
        address=(f"{fortune.source.randint(1, 180)} {fortune.one_of(STREETS)}", town),
        postcode=district,
        address_checked_on=until - timedelta(days=fortune.source.randint(0, 300)),
        phone=f"07700 900{fortune.source.randint(0, 999):03d}",
        practice=_practice(fortune),
        referrer=fortune.one_of(REFERRERS),
        status=PatientStatus.CONFIRMED,
        print_size=16 if fortune.happens(0.06) else 12,
        research_consent="given" if fortune.happens(0.85) else ("declined" if fortune.happens(0.5) else ""),
        other_diagnoses=tuple(fortune.source.sample(OTHER_DIAGNOSES, fortune.one_of((0, 1, 2), (5, 4, 2)))),
    )
    return _with_allergies(fortune, patient, until)


def _practice(fortune: Fortune) -> Practice:
    town = fortune.one_of(TOWNS)
    return Practice(
        doctor=fortune.one_of(DOCTORS),
        name=f"{town} Surgery",
        address=("1 Surgery Walk", town),
        postcode=f"{fortune.one_of(AREAS)}99 1AA",
    )


def _with_allergies(fortune: Fortune, patient: Patient, until: date) -> Patient:
    on = until - timedelta(days=fortune.source.randint(0, 200))
    state = fortune.one_of((AllergyState.NONE_KNOWN, AllergyState.KNOWN, AllergyState.NOT_RECORDED), (62, 30, 8))
    if state is AllergyState.KNOWN:
        agent, reaction = fortune.one_of(AGENTS)
        return replace(patient, allergy_state=state, allergies=(Allergy(agent, reaction),), allergies_updated_on=on)
    if state is AllergyState.NONE_KNOWN:
        return replace(patient, allergy_state=state, allergies_updated_on=on)
    return patient
