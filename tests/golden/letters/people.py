"""Four made-up people whose letters are read by doctors and patients, and the pieces to make others."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.evidence import evidence_of
from poems_registry.domain.criteria import Thresholds, judge
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Attribution, Finding, State
from poems_registry.domain.records import (
    Action,
    ActionFor,
    Allergy,
    AllergyState,
    ClinicProfile,
    Encounter,
    EncounterKind,
    EncounterState,
    Gender,
    HospitalNumber,
    LetterRecord,
    LetterState,
    Medicine,
    MedicineChange,
    Patient,
    PatientFile,
    PatientStatus,
    Practice,
    Sex,
    Signature,
    VisitType,
)
from poems_registry.domain.treatments import Event, TreatmentLine
from poems_registry.letters.kinds import compose
from poems_registry.letters.plain import read_out
from poems_registry.letters.standing import Standing
from poems_registry.pages.document import Document

NOW = datetime(2026, 11, 20, 16, 42, tzinfo=UTC)
CLINIC = ClinicProfile(
    name="National POEMS Clinic",
    hospital="Example Hospital",
    address=("1 Sample Square", "London ZZ1 1AA"),
    nurse_line="020 7946 0123",
    nurse_line_hours="Monday to Friday, 09:00 to 17:00",
    out_of_hours="020 7946 0456",
    email="poems.clinic@example.org",
    training=True,
)
RAHMAN = Signature("Dr A Rahman", "Consultant neurologist", "GMC 0000000", NOW)


@dataclass(frozen=True)
class Case:
    """All that a letter is a function of."""

    file: PatientFile
    encounter: Encounter
    letter: LetterRecord
    clinic: ClinicProfile = CLINIC
    standing: Standing | None = None

    def document(self) -> Document:
        """The composed letter."""
        return compose(self.file, self.encounter, self.clinic, self.standing, letter=self.letter, now=NOW)

    def text(self) -> str:
        """The letter as plain text."""
        return read_out(self.document())


def typed(on: date, **texts: str) -> tuple[Finding, ...]:
    """Findings as typed into the form."""
    return CATALOGUE.read(texts, on)


def limited(findings: tuple[Finding, ...], **limits: tuple[float | None, float | None]) -> tuple[Finding, ...]:
    """The same findings with the laboratory's own limits."""
    return tuple(
        replace(f, limit_low=limits[f.item][0], limit_high=limits[f.item][1]) if f.item in limits else f
        for f in findings
    )


def stated(**states: State) -> tuple[Finding, ...]:
    """Findings that say why there is no value."""
    return tuple(Finding(item, state=state) for item, state in states.items())


def standing_of(file: PatientFile, encounter: Encounter) -> Standing:
    """What the rules say up to that visit."""
    return Standing.of(judge(evidence_of(file), Thresholds(), encounter.on))


LIMITS: dict[str, tuple[float | None, float | None]] = {
    "vegf_serum": (None, 771.0),
    "vegf_plasma": (None, 86.0),
    "flc_lambda": (5.7, 26.3),
    "platelets": (150.0, 400.0),
    "haemoglobin": (130.0, 170.0),
    "tsh": (0.27, 4.2),
    "creatinine": (59.0, 104.0),
}


def new_patient() -> Case:
    """A first visit at which almost nothing was recorded, still a draft."""
    patient = Patient(
        id=1,
        family_name="O'Brien-Nwosu",
        given_name="Zoë",
        status=PatientStatus.REFERRED,
        hospital_numbers=(HospitalNumber("00012345", "Example Hospital"),),
        nhs_number="9990001234",
        nhs_number_status="02",
        address=("Flat 2", "8 Mill Lane", "Sampleford"),
        postcode="SW1A 9ZZ",
    )
    visit = Encounter(id=1, patient_id=1, visit_type=VisitType.NEW, on=date(2026, 11, 18), state=EncounterState.DRAFT)
    return Case(PatientFile(patient), visit, LetterRecord(patient_id=1, encounter_id=1))


def hartley() -> Patient:
    """Thomas Hartley, confirmed in 2024."""
    return Patient(
        id=2,
        family_name="Hartley",
        given_name="Thomas",
        title="Mr",
        salutation="Thomas",
        born=PartialDate(1958, 3, 14),
        sex=Sex.MALE,
        gender=Gender.MALE,
        nhs_number="9990002746",
        nhs_number_status="01",
        hospital_numbers=(HospitalNumber("00481726"),),
        address=("17 Orchard Rise", "Little Sample", "Sampleford"),
        postcode="SW1A 9ZZ",
        address_checked_on=date(2026, 11, 18),
        practice=Practice("Dr P Lindqvist", "Orchard Surgery", ("1 High Street", "Sampleford")),
        status=PatientStatus.CONFIRMED,
        diagnosed=PartialDate(2024, 3, 4),
        allergy_state=AllergyState.KNOWN,
        allergies=(Allergy("penicillin", "rash"),),
        allergies_updated_on=date(2026, 11, 18),
        other_diagnoses=("High blood pressure, 2015",),
    )


def _hartley_visits() -> tuple[Encounter, ...]:
    first = date(2024, 3, 4)
    relapse = date(2026, 3, 3)
    summer = date(2026, 8, 12)
    return (
        Encounter(
            id=11,
            patient_id=2,
            visit_type=VisitType.NEW,
            on=first,
            state=EncounterState.SIGNED,
            findings=limited(
                typed(
                    first,
                    p_status="present",
                    o_status="present",
                    e_status="present",
                    m_status="present",
                    s_status="present",
                    onls_arm="3",
                    onls_leg="4",
                    motor_weakness="present",
                    ncs_pattern="demyelinating",
                    vegf_serum=">8000",
                    flc_lambda="61.2",
                    platelets="512",
                    haemoglobin="158",
                    ife_serum="positive",
                    heavy_chain="IgA",
                    light_chain="lambda",
                    bone_imaging="pet_ct",
                    bone_lesion_type="sclerotic",
                    splenomegaly="present",
                    axis_gonadal="abnormal",
                    hyperpigmentation="present",
                    white_nails="present",
                    oedema="ankle",
                ),
                **LIMITS,
            ),
        ),
        Encounter(
            id=12,
            patient_id=2,
            visit_type=VisitType.FOLLOW_UP,
            on=relapse,
            state=EncounterState.SIGNED,
            findings=limited(
                typed(
                    relapse,
                    p_status="present",
                    m_status="present",
                    onls_arm="2",
                    onls_leg="3",
                    vegf_serum="2980",
                    flc_lambda="44.0",
                    platelets="431",
                    haemoglobin="149",
                ),
                **LIMITS,
            ),
        ),
        Encounter(
            id=13,
            patient_id=2,
            visit_type=VisitType.FOLLOW_UP,
            on=summer,
            state=EncounterState.SIGNED,
            findings=limited(
                typed(
                    summer,
                    p_status="present",
                    o_status="present",
                    e_status="present",
                    m_status="present",
                    s_status="present",
                    splenomegaly="present",
                    spleen_length="13.8",
                    organ_method="ultrasound",
                    onls_arm="2",
                    onls_leg="2",
                    neuropathic_pain="present",
                    weight="73",
                    vegf_serum="1150",
                    flc_lambda="29.8",
                    flc_kappa="12",
                    platelets="268",
                    haemoglobin="136",
                    papilloedema_right="present",
                ),
                **LIMITS,
            ),
        ),
    )


def follow_up() -> Case:
    """A full follow-up visit, signed, with seven medicines and eight actions."""
    on = date(2026, 11, 18)
    findings = limited(
        typed(
            on,
            came_with="your wife, Ruth",
            summary="It was good to see you and Ruth. Your second treatment is working. Your VEGF, a blood marker of"
            " POEMS, has fallen to 640 and you now walk indoors without a stick.",
            concerns="Poor sleep is my main worry.",
            medicines_reviewed="reviewed",
            what_next="We plan six more cycles of this treatment, then a review.",
            information_given="Leaflet: Steroids and sleep",
            next_visit="10 February 2027",
            p_status="present",
            p_change="better",
            o_status="not_assessed",
            e_status="present",
            e_change="same",
            m_status="present",
            m_change="same",
            s_status="present",
            s_change="better",
            onls_arm="1",
            onls_leg="2",
            motor_weakness="present",
            weakness_sites="lower legs|left foot drop",
            sensory_loss="present",
            sensory_modalities="pinprick|vibration",
            sensory_level="toes",
            reflex_ankle="absent",
            walking_aid="none",
            grip_left_kg="24",
            grip_right_kg="26.5",
            walk_10m="11.5",
            axis_gonadal="abnormal",
            axis_thyroid="normal",
            replacement_gonadal="present",
            spep="too_small",
            heavy_chain="IgA",
            light_chain="lambda",
            hyperpigmentation="present",
            hypertrichosis="absent",
            white_nails="absent",
            new_angioma_count="0",
            oedema="none",
            weight="74.2",
            fvc="82",
            lvef="60",
            vegf_serum="640",
            flc_lambda="24.1",
            flc_kappa="11.2",
            platelets="214",
            haemoglobin="131",
            ecog="1",
        ),
        **LIMITS,
    )
    visit = Encounter(
        id=14,
        patient_id=2,
        visit_type=VisitType.FOLLOW_UP,
        on=on,
        time="10:20",
        state=EncounterState.SIGNED,
        seen_by=("Dr A Rahman, consultant neurologist", "Sister J Okoro, nurse specialist"),
        findings=(*findings, *stated(ncs_pattern=State.NOT_DONE, tsh=State.PENDING, m_protein=State.NOT_DONE)),
        medicines=(
            Medicine(
                "gabapentin",
                "300\u00a0mg 3 times a day",
                "by mouth",
                MedicineChange.STOPPED,
                "No benefit",
                "19 November 2026",
                "None",
            ),
            Medicine(
                "lenalidomide",
                "15\u00a0mg once a day, days 1 to 21 of 28",
                "by mouth",
                why="For plasma cells",
                supply="Hospital",
            ),
            Medicine(
                "daratumumab",
                "1,800\u00a0mg every 4 weeks",
                "under the skin",
                why="For plasma cells",
                supply="Hospital",
            ),
            Medicine(
                "dexamethasone",
                "10\u00a0mg once a week",
                "by mouth",
                MedicineChange.CHANGED,
                "Sleep; was 20\u00a0mg",
                "19 November 2026",
                "Hospital",
            ),
            Medicine("apixaban", "2.5\u00a0mg twice a day", "by mouth", why="To prevent clots", supply="GP"),
            Medicine("testosterone", "40.5\u00a0mg once a day", "gel on skin", why="Low testosterone", supply="GP"),
            Medicine(
                "pregabalin",
                "75\u00a0mg twice a day",
                "by mouth",
                MedicineChange.STARTED,
                "Nerve pain",
                "20 November 2026",
                "GP",
            ),
        ),
        actions=(
            Action(
                ActionFor.GP, "Start pregabalin 75\u00a0mg twice a day. Stop gabapentin.", "", "by 27 November 2026"
            ),
            Action(ActionFor.GP, "Repeat blood count and kidney test. We act on it.", "", "by 11 December 2026"),
            Action(ActionFor.GP, "Give the yearly flu vaccine. No live vaccines.", "", "when next seen"),
            Action(
                ActionFor.PATIENT, "Take dexamethasone 10\u00a0mg once a week, mornings.", "", "from 19 November 2026"
            ),
            Action(ActionFor.PATIENT, "Fever, swollen leg or short of breath: ring us.", "", "the same day"),
            Action(ActionFor.HOSPITAL, "Lung function and heart scan", "Sister J Okoro", "by 10 February 2027"),
            Action(ActionFor.HOSPITAL, "Ankle splint review, referred", "Dr A Rahman", "sent 18 November 2026"),
            Action(ActionFor.HOSPITAL, "Next visit, with blood tests for VEGF", "clinic", "10 February 2027"),
        ),
    )
    file = PatientFile(
        hartley(),
        (*_hartley_visits(), visit),
        lines=(
            TreatmentLine(
                1,
                2,
                1,
                "lenalidomide with dexamethasone",
                "len_dex",
                PartialDate(2024, 4, 2),
                PartialDate(2024, 9, 20),
                cycles_given=6,
            ),
            TreatmentLine(
                2,
                2,
                2,
                "daratumumab, lenalidomide and dexamethasone",
                "dara_rd",
                PartialDate(2026, 3, 20),
                cycles_planned=15,
                cycles_given=9,
            ),
        ),
        events=(
            Event(1, 2, "transplant", PartialDate(2024, 10, 22)),
            Event(2, 2, "relapse", PartialDate(2026, 3, 3), "VEGF rise with weaker feet"),
        ),
    )
    letter = LetterRecord(
        1,
        2,
        14,
        "L-2026-0412",
        state=LetterState.SIGNED,
        reference="7F3A-09C2",
        signature=RAHMAN,
        edits=(("copies", "Dr P Lindqvist, Orchard Surgery, Sampleford (GP)\nDr S Mensah, consultant haematologist"),),
    )
    return Case(file, visit, letter, standing=standing_of(file, visit))


def amended() -> Case:
    """Version 2 of the follow-up letter: one date was wrong."""
    first = follow_up()
    gp = (
        "Start pregabalin 75\u00a0mg twice a day. Stop gabapentin. (by 24 November 2026)\n"
        "Repeat blood count and kidney test. We act on it. (by 11 December 2026)\n"
        "Give the yearly flu vaccine. No live vaccines. (when next seen)"
    )
    second = replace(
        first.letter,
        id=2,
        version=2,
        edits=(*first.letter.edits, ("actions_gp", gp)),
        reason="the start date of pregabalin was wrong",
        signature=replace(RAHMAN, at=datetime(2026, 11, 24, 9, 5, tzinfo=UTC)),
    )
    file = replace(first.file, letters=(first.letter, second))
    return Case(file, first.encounter, second, standing=first.standing)


def relapse() -> Case:
    """A relapse by telephone: plasma and serum VEGF, censored values, converted units, other causes, not reviewed."""
    begin, low, on = date(2021, 5, 10), date(2023, 6, 1), date(2026, 11, 17)
    patient = Patient(
        id=3,
        family_name="Łukasiewicz",
        given_name="Maria",
        title="Mrs",
        born=PartialDate(1949, 12, 1),
        sex=Sex.FEMALE,
        nhs_number="9990003338",
        nhs_number_status="01",
        address=("3 Quay Street", "Samplemouth"),
        postcode="SW1A 9ZZ",
        practice=Practice("", "Quay Street Surgery", ("Samplemouth",)),
        status=PatientStatus.CONFIRMED,
        diagnosed=PartialDate(2021, 5),
        allergy_state=AllergyState.NONE_KNOWN,
        allergies_updated_on=date(2025, 1, 7),
        language_need="Polish interpreter",
        research_consent="Agreed to the biomarker study, version 3",
    )
    findings = limited(
        typed(
            on,
            summary="Your blood marker has risen and your legs are weaker, so your illness has come back.",
            medicines_reviewed="not_reviewed",
            p_status="present",
            p_change="worse",
            o_status="absent",
            o_change="same",
            e_status="not_assessed",
            m_status="present",
            m_change="new",
            s_status="absent",
            s_change="same",
            vegf_serum=">8000",
            vegf_plasma="240",
            haemoglobin="11.2 g/dL",
            onls_leg="5",
            spleen_length="11",
            splenomegaly="absent",
            hepatomegaly="absent",
            pleural_effusion="present",
            weight="58",
            creatinine="118",
            walk_10m="48",
            new_serious_diagnosis="present",
            told_in_person="present",
        ),
        **(LIMITS | {"haemoglobin": (13.0, 17.0)}),  # in the unit of the result, as laboratories print them
    )
    heart = replace(typed(on, oedema="thigh")[0], attribution=Attribution.OTHER, attribution_text="heart failure")
    visit = Encounter(
        id=33,
        patient_id=3,
        visit_type=VisitType.TELEPHONE,
        on=on,
        state=EncounterState.SIGNED,
        seen_by=("Dr S Mensah, consultant haematologist",),
        findings=(
            *findings,
            heart,
            *stated(
                onls_arm=State.UNABLE, ncs_pattern=State.DECLINED, castleman=State.NOT_DONE, platelets=State.PENDING
            ),
            Finding("papilloedema_left", state=State.UNABLE, note="cataract"),
        ),
        medicines=(Medicine("hydrocortisone", "10\u00a0mg in the morning", "by mouth"),),
    )
    earlier = (
        Encounter(
            id=31,
            patient_id=3,
            visit_type=VisitType.NEW,
            on=begin,
            state=EncounterState.SIGNED,
            findings=limited(
                typed(
                    begin,
                    p_status="present",
                    e_status="present",
                    axis_thyroid="abnormal",
                    gynaecomastia="absent",
                    amenorrhoea="present",
                    vegf_serum="4959",
                    vegf_plasma="452",
                    platelets="610",
                    haemoglobin="141",
                    neuropathic_pain="present",
                    onls_arm="3",
                    onls_leg="3",
                    ife_serum="positive",
                    oedema="ankle",
                    hyperpigmentation="present",
                    s_status="present",
                ),
                **LIMITS,
            ),
        ),
        Encounter(
            id=32,
            patient_id=3,
            kind=EncounterKind.SAMPLE,
            on=low,
            state=EncounterState.RECORDED,
            findings=limited(typed(low, vegf_serum="402", vegf_plasma="<31", platelets="250"), **LIMITS),
        ),
    )
    events = (Event(5, 3, "relapse", PartialDate(2026, 11)),)
    lines = (
        TreatmentLine(7, 3, 0, "intravenous immunoglobulin", "pre_diagnosis", PartialDate(2020), PartialDate(2021)),
        TreatmentLine(
            8,
            3,
            1,
            "melphalan with dexamethasone",
            "mdex",
            PartialDate(2021, 6),
            PartialDate(2022, 5),
            cycles_planned=12,
            cycles_given=10,
        ),
    )
    file = PatientFile(patient, (*earlier, visit), lines=lines, events=events)
    letter = LetterRecord(3, 3, 33, "L-2026-0413", state=LetterState.SIGNED, reference="11D0-77AB", signature=RAHMAN)
    clinic = replace(CLINIC, nurse_line="", out_of_hours="", nurse_line_hours="", training=False)
    return Case(file, visit, letter, clinic, standing_of(file, visit))


CASES = {"new_patient": new_patient, "follow_up": follow_up, "relapse": relapse, "amended": amended}
