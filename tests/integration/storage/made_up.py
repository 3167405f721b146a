"""Made-up people and visits for the storage tests, and the slots of the items they use."""

from datetime import UTC, date, datetime, timedelta

from poems_registry.domain.access import DEFAULTS, Role
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Attribution, Finding, Sign, State
from poems_registry.domain.records import (
    Action,
    ActionFor,
    Allergy,
    AllergyState,
    Encounter,
    EncounterKind,
    EncounterState,
    FrozenVerdict,
    Gender,
    HospitalNumber,
    Medicine,
    MedicineChange,
    Patient,
    PatientStatus,
    Person,
    Practice,
    Sex,
    Signature,
    VisitType,
)
from poems_registry.storage.audit import Actor

KEY = bytes(range(32))
AUDIT_KEY = bytes(range(32, 64))
START = datetime(2026, 11, 22, 14, 2, 3, 456789, tzinfo=UTC)
NURSE = Actor(0, "Nurse K.", "nurse", "WARD-3")

SLOTS = {
    "vegf_plasma": "number",
    "weight": "number",
    "p_status": "code",
    "skin_changes": "codes",
    "stopped_on": "date",
    "story": "text",
}


def slot_of(item: str) -> str:
    """The slots of a small catalogue."""
    return SLOTS.get(item, "number")


class Clock:
    """A clock that moves one second at each look."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


PERSON = Person(
    user="k.nurse", name="Nurse K.", role=Role.NURSE, registration="00A0000O", permissions=DEFAULTS[Role.NURSE]
)

ANN = Patient(
    study_number="P-0001",
    family_name="O’Brien-Łukasiewicz",
    given_name="Ann",
    middle_names="Béatrice",
    title="Mrs",
    preferred_name="Annie",
    salutation="Mrs O’Brien",
    born=PartialDate(1955, 7, 14),
    sex=Sex.FEMALE,
    gender=Gender.FEMALE,
    nhs_number="9990000050",
    nhs_number_status="01",
    hospital_numbers=(HospitalNumber("000123", "RRV"), HospitalNumber("A/77", "RJ1")),
    address=("1 Made-up Street", "Nowhere"),
    postcode="ZZ99 3WZ",
    address_checked_on=date(2026, 1, 2),
    phone="020 7946 0123",
    email="ann@example.invalid",
    practice=Practice("Dr A. Nobody", "The Surgery", ("2 Made-up Street",), "ZZ99 3WZ", "Y00000"),
    referrer="Dr B. Nobody",
    ethnicity="Z",
    language_need="none",
    print_size=16,
    status=PatientStatus.CONFIRMED,
    onset=PartialDate(2019),
    first_seen=PartialDate(2020, 3),
    diagnosed=PartialDate(2020, 5, 6),
    first_label="CIDP",
    clinician_diagnosis="POEMS",
    clinician_diagnosis_reason="as the criteria",
    died=None,
    allergy_state=AllergyState.KNOWN,
    allergies=(Allergy("Penicillin", "rash"),),
    allergies_updated_on=date(2026, 1, 2),
    research_consent="given",
    other_diagnoses=("Hypothyroidism",),
)

FINDINGS = (
    Finding("vegf_plasma", 31.0, sign=Sign.BELOW, reported="31", reported_unit="pg/mL", limit_high=96.2,
            assay="R&D", specimen="plasma", sample_time="09:15", note="again in May"),
    Finding("weight", 70.5),
    Finding("p_status", "present", attribution=Attribution.UNCERTAIN, attribution_text="also diabetes"),
    Finding("skin_changes", ("hyperpigmentation", "angiomata")),
    Finding("stopped_on", PartialDate(2021, 3)),
    Finding("story", "Ångström <b>& “quotes”</b>\nsecond line"),
    Finding("grip", 12.0, instance=1),
    Finding("grip", 14.0, instance=2),
    Finding("tlco", state=State.NOT_DONE, note="machine broken"),
)  # fmt: skip

VERDICT = FrozenVerdict(
    "poems-1", "met", "cannot_tell", (("P", "met"), ("M", "not_met")), ("vegf_plasma",), ("steroids",), (("x", "1"),)
)
SIGNATURE = Signature("Dr C. Nobody", "Consultant", "0000000", START)


def visit(patient_id: int, on: date = date(2026, 11, 22), state: EncounterState = EncounterState.RECORDED) -> Encounter:
    """A full visit."""
    return Encounter(
        patient_id=patient_id,
        kind=EncounterKind.CLINIC,
        visit_type=VisitType.FOLLOW_UP,
        on=on,
        time="14:00",
        state=state,
        author="Nurse K.",
        seen_by=("Dr C. Nobody", "Nurse K."),
        source="paper",
        findings=FINDINGS,
        medicines=(
            Medicine("Lenalidomide", "10 mg", "oral", MedicineChange.STARTED, "relapse", "days 1-21", "28 days"),
            Medicine("Aspirin", "75 mg"),
        ),
        actions=(Action(ActionFor.GP, "Check potassium", "Practice nurse", "in 2 weeks"),),
    )
