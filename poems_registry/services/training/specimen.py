"""A made-up patient whose letters show what a template makes of a record; never part of any registry."""

from dataclasses import replace
from datetime import date, timedelta

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.evidence import evidence_of
from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.criteria import Thresholds, judge
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.records import (
    Action,
    ActionFor,
    Allergy,
    AllergyState,
    ClinicProfile,
    Encounter,
    EncounterKind,
    EncounterState,
    LetterRecord,
    Medicine,
    MedicineChange,
    Patient,
    PatientFile,
    PatientStatus,
    Practice,
    Sex,
    VisitType,
)
from poems_registry.domain.treatments import TreatmentLine
from poems_registry.letters.assembling import Facts
from poems_registry.letters.standing import Standing

COLLEAGUE = "Dr M Sample, consultant neurologist\nSample Infirmary\n2 Infirmary Road\nSampleford\nSW1A 9ZZ"
_FIRST = {
    "p_status": "present", "o_status": "present", "e_status": "present", "m_status": "present", "s_status": "present",
    "onls_arm": "3", "onls_leg": "4", "motor_weakness": "present", "vegf_serum": ">8000", "platelets": "512",
    "haemoglobin": "158", "heavy_chain": "iga", "light_chain": "lambda", "ife_serum": "positive",
}  # fmt: skip
_BETWEEN = {"p_status": "present", "onls_arm": "2", "onls_leg": "3", "vegf_serum": "1200", "platelets": "300"}
_TODAY = {
    "p_status": "present", "p_change": "better", "e_status": "present", "e_change": "same", "m_status": "present",
    "m_change": "same", "s_status": "absent", "onls_arm": "1", "onls_leg": "2", "motor_weakness": "present",
    "vegf_serum": "640", "platelets": "214", "haemoglobin": "131", "weight": "74.2",
    "medicines_reviewed": "reviewed",
    "summary": "It was good to see you. Your treatment is working, and you now walk indoors without a stick.",
    "concerns": "Poor sleep is my main worry.",
    "what_next": "We plan two more cycles of this treatment, then a review.",
    "information_given": "Leaflet: steroids and sleep",
}  # fmt: skip


def specimen(kind: LetterKind, clinic: ClinicProfile, today: date) -> Facts:
    """What a letter of this kind to the made-up patient is made from; their last visit was three days before today."""
    visit_on = today - timedelta(days=3)
    visits = _visits(visit_on)
    file = PatientFile(_patient(visit_on), visits, lines=(_line(visit_on),))
    clinic = replace(clinic, training=True)
    standing = Standing.of(judge(evidence_of(file), Thresholds(), visit_on))
    letter = LetterRecord(
        patient_id=1, encounter_id=3, number="L-0000-0000", kind=kind, about_on=today, edits=_written(kind)
    )
    if kind is LetterKind.FIRST_MISSED:
        missed = Encounter(4, patient_id=1, kind=EncounterKind.MISSED, on=today, state=EncounterState.RECORDED)
        return Facts(PatientFile(file.patient, (missed,)), missed, clinic, letter)
    return Facts(file, visits[-1], clinic, letter, standing)


def _patient(on: date) -> Patient:
    return Patient(
        id=1,
        family_name="Sample",
        given_name="Alex",
        title="Mx",
        salutation="Alex",
        born=PartialDate(1960, 5, 4),
        sex=Sex.FEMALE,
        nhs_number="9990000050",
        nhs_number_status="01",
        address=("1 Sample Street", "Sampleford"),
        postcode="SW1A 9ZZ",
        address_checked_on=on,
        practice=Practice("Dr P Example", "Example Surgery", ("1 High Street", "Sampleford")),
        status=PatientStatus.CONFIRMED,
        diagnosed=PartialDate(on.year - 2, 3),
        allergy_state=AllergyState.KNOWN,
        allergies=(Allergy("penicillin", "rash"),),
        allergies_updated_on=on,
        other_diagnoses=("High blood pressure",),
        language_need="letters in large print",
    )


def _visits(on: date) -> tuple[Encounter, ...]:
    days = (on - timedelta(days=560), on - timedelta(days=90), on)
    told = (_FIRST, _BETWEEN, _TODAY)
    first, between, now = (
        Encounter(
            id=number,
            patient_id=1,
            visit_type=VisitType.NEW if number == 1 else VisitType.FOLLOW_UP,
            on=day,
            time="10:20",
            state=EncounterState.SIGNED,
            seen_by=("Dr A Example", "Sister J Example"),
            findings=_limited(CATALOGUE.read(texts, day)),
        )
        for number, (day, texts) in enumerate(zip(days, told, strict=True), start=1)
    )
    planned = Finding("next_visit", PartialDate.of(on + timedelta(days=84)))
    silent = (Finding("o_status", "not_assessed"), Finding("tsh", state=State.PENDING))
    return (
        first,
        between,
        replace(now, findings=(*now.findings, planned, *silent), medicines=_MEDICINES, actions=_ASKED),
    )


def _limited(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    limits = {"vegf_serum": (None, 771.0), "platelets": (150.0, 400.0), "haemoglobin": (120.0, 160.0)}
    return tuple(
        replace(f, limit_low=limits[f.item][0], limit_high=limits[f.item][1]) if f.item in limits else f
        for f in findings
    )


def _line(on: date) -> TreatmentLine:
    return TreatmentLine(
        number=1, name="lenalidomide with dexamethasone", start=PartialDate.of(on - timedelta(days=530)), cycles_given=9
    )


def _written(kind: LetterKind) -> tuple[tuple[str, str], ...]:
    """What an author writes in kinds that need it."""
    match kind:
        case LetterKind.RESULTS:
            return (("summary", "Your VEGF has fallen again. This is good, and the treatment goes on."),)
        case LetterKind.PROFESSIONAL:
            said = "POEMS syndrome, responding to treatment. I would value your opinion on the left foot drop."
            return (("addressee", COLLEAGUE), ("summary", said))
        case _:
            return ()


_MEDICINES = (
    Medicine(
        "lenalidomide", "15 mg once a day, days 1 to 21 of 28", "by mouth", why="for plasma cells", supply="Hospital"
    ),
    Medicine("pregabalin", "75 mg twice a day", "by mouth", MedicineChange.STARTED, "nerve pain", supply="GP"),
    Medicine("gabapentin", "300 mg 3 times a day", "by mouth", MedicineChange.STOPPED, "no benefit"),
)
_ASKED = (
    Action(ActionFor.GP, "Start pregabalin 75 mg twice a day. Stop gabapentin.", by_when="This week"),
    Action(ActionFor.PATIENT, "Fever, swollen leg or short of breath: ring us.", by_when="The same day"),
)
