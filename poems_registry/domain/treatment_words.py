"""The lists of clinical.md 5 in words: why lines begin and end, their parts, supportive care, events."""

from collections.abc import Mapping
from dataclasses import dataclass

INTENTS = {"radical": "To control the disease", "palliative": "To relieve symptoms", "bridging": "To prepare for more"}

CAUSES = {
    "first": "First treatment of POEMS syndrome",
    "progression": "Relapse or progression",
    "no_response": "The one before did not work",
    "toxicity": "The one before was not tolerated",
    "planned": "Planned from the beginning as the next step",
    "other": "Another reason",
}
"""Why a line was begun: what the rule of counting asks (clinical.md 5)."""

STOP_REASONS = {
    "completed": "Completed as planned",
    "progression": "Relapse or progression",
    "no_response": "No response",
    "toxicity": "Not tolerated (toxicity)",
    "next_part": "Next part of the programme",
    "dose_change": "Dose changed",
    "choice": "The person's choice",
    "other_illness": "Another illness",
    "supply": "Not funded or not available",
    "died": "Died",
    "other": "Another reason",
}
OF_DRUGS_ONLY = frozenset({"dose_change", "next_part"})

PARTS = {
    "radiotherapy": "Radiotherapy",
    "induction": "Induction",
    "transplant": "Stem cell transplant",
    "consolidation": "Consolidation",
    "maintenance": "Maintenance",
}
"""The parts of a programme that is planned as one line."""

MOBILISATIONS = {
    "gcsf": "G-CSF",
    "cyclo_gcsf": "Cyclophosphamide and G-CSF",
    "gcsf_plerixafor": "G-CSF and plerixafor",
    "cyclo_gcsf_plerixafor": "Cyclophosphamide, G-CSF and plerixafor",
    "other": "Another way",
}

SITES = ("pelvis", "sacrum", "iliac bone", "cervical spine", "thoracic spine", "lumbar spine", "rib", "sternum",
         "scapula", "clavicle", "humerus", "femur", "skull", "lymph nodes")  # fmt: skip
"""For type-ahead; any other site may be typed."""

SUPPORTIVE = {
    "thromboprophylaxis": "Thromboprophylaxis (aspirin, LMWH or DOAC)",
    "pregnancy_prevention": "Pregnancy prevention programme",
    "antiviral": "Antiviral",
    "pjp_prophylaxis": "Pneumocystis prophylaxis",
    "antibiotics": "Antibiotics",
    "immunoglobulin": "Immunoglobulin replacement",
    "bisphosphonate": "Bisphosphonate",
    "levothyroxine": "Levothyroxine",
    "hydrocortisone": "Hydrocortisone",
    "sex_hormones": "Testosterone or HRT",
    "diabetes": "Insulin or other diabetes treatment",
    "diuretics": "Diuretics",
    "drainage": "Paracentesis or thoracocentesis",
    "pain": "Neuropathic pain drugs",
    "line": "PICC or another line",
    "orthotics": "Orthotics (AFO)",
    "rehab_inpatient": "Neurorehabilitation, inpatient",
    "rehab_community": "Neurorehabilitation, community",
    "wheelchair": "Wheelchair service",
    "occupational_therapy": "Occupational therapy",
    "psychology": "Psychology",
    "vaccination": "Vaccination",
    "oxygen_niv": "Home oxygen or NIV",
    "fertility": "Fertility preservation",
}

DOMAINS = {
    "haematological": "Haematological",
    "vegf": "VEGF",
    "radiological": "Radiological",
    "clinical": "Clinical",
}

DEATH_CAUSES = {
    "poems": "POEMS syndrome",
    "treatment": "Treatment-related",
    "infection": "Infection",
    "cardiac": "Cardiac",
    "stroke": "Stroke",
    "second_cancer": "Second cancer",
    "other": "Another cause",
    "unknown": "Unknown",
}

_CANCERS = {"mds_aml": "MDS or AML", "myeloma": "Myeloma", "lymphoma": "Lymphoma", "skin": "Skin", "solid": "Solid"}
_AXES = {
    "thyroid": "Thyroid", "adrenal": "Adrenal", "gonadal": "Gonadal", "pituitary": "Pituitary",
    "parathyroid": "Parathyroid", "glucose": "Diabetes",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventKind:
    """`asks` names the parts of `Event` that this kind has; `sorts` are the answers of the part `sort`."""

    words: str
    icon: str = ""
    asks: tuple[str, ...] = ()
    sorts: Mapping[str, str] | None = None


_RELAPSE, _CLOT = ("domains", "symptomatic", "treated"), "triangle-alert"
EVENTS = {
    "diagnosis": EventKind("Diagnosis", "flag"),
    "relapse": EventKind("Relapse", "trending-up", _RELAPSE),
    "progression": EventKind("Progression", "trending-up", _RELAPSE),
    "transplant": EventKind("Stem cell transplant", "activity"),
    "engraftment_syndrome": EventKind("Engraftment syndrome", _CLOT),
    "dvt": EventKind("Deep vein thrombosis", _CLOT),
    "pe": EventKind("Pulmonary embolism", _CLOT),
    "line_thrombosis": EventKind("Line-related thrombosis", _CLOT),
    "cerebral_venous": EventKind("Cerebral venous thrombosis", _CLOT),
    "ischaemic_stroke": EventKind("Ischaemic stroke", _CLOT),
    "tia": EventKind("TIA", _CLOT),
    "mi": EventKind("Myocardial infarction", _CLOT),
    "limb_arterial": EventKind("Limb arterial event", _CLOT),
    "pulmonary_hypertension": EventKind("Pulmonary hypertension", _CLOT),
    "admission": EventKind("Hospital admission", "calendar-days", ("intensive", "until")),
    "serious_infection": EventKind("Serious infection", _CLOT),
    "fall_fracture": EventKind("Fall with fracture", _CLOT),
    "second_cancer": EventKind("Second cancer", _CLOT, ("sort",), _CANCERS),
    "new_endocrine_failure": EventKind("New endocrine failure", _CLOT, ("sort",), _AXES),
    "renal_replacement": EventKind("Renal replacement", _CLOT, ("until",)),
    "pregnancy": EventKind("Pregnancy"),
    "death": EventKind("Died", "", ("cause",)),
    "lost_to_follow_up": EventKind("Lost to follow-up"),
    "transfer": EventKind("Transferred to another clinic"),
    "opt_out": EventKind("Opted out"),
}
PART_OF_EVENT = ("domains", "symptomatic", "treated", "intensive", "until", "sort", "cause")
"""The parts in the order of the form."""

ORIGINS = {"correction": "Correction of the record", "linkage": "Linkage to another register"}


def said(words: Mapping[str, str], code: str) -> str:
    """The words of a code; what an older record says in words of its own stays as it is."""
    return words.get(code, code[:1].upper() + code[1:].replace("_", " ") if code else "")


def event_words(kind: str) -> str:
    """What the event is called."""
    found = EVENTS.get(kind)
    return found.words if found is not None else said({}, kind)
