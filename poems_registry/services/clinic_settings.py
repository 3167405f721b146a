"""The clinic's thresholds: each declared with label, unit and source, and read from text into `Thresholds`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from poems_registry.domain.evidence_kinds import SkinSign, Specimen
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.response_thresholds import ClinicalMeasure, PfsEvent
from poems_registry.domain.thresholds import Thresholds
from poems_registry.storage.settings import Setting


@dataclass(frozen=True, slots=True)
class Threshold:
    """One setting of clinical.md section 9. `tag` is the certainty of its default; `source` where it comes from."""

    name: str
    label: str
    unit: str
    tag: str
    source: str
    read: Callable[[str], Any]


def _yes(text: str) -> bool:
    answers = {"yes": True, "no": False}
    if text.strip().lower() not in answers:
        raise ValueError(text)
    return answers[text.strip().lower()]


def _signs(text: str) -> frozenset[SkinSign]:
    return frozenset(SkinSign(part.strip()) for part in text.split("|") if part.strip())


def _specimens(text: str) -> frozenset[Specimen]:
    return frozenset(Specimen(part.strip()) for part in text.split("|") if part.strip())


def _points(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("|"))


VEGF_SERUM = "Queen Square serum assay, clinical.md 1.5"
VEGF_PLASMA = "Mayo plasma assay, clinical.md 1.5"
FREELITE = "Freelite typical range, clinical.md 2.4"
CRAB = "clinical.md 1.6"
MARKED = "clinical.md 2.6, the mark of a doubtful value; no number for CRAB in our sources"
TABLE_1 = "Dispenzieri 2012, Table 1"
DIAGNOSIS_THRESHOLDS = (
    Threshold("serum_vegf_upper_limit", "Serum VEGF, reference limit", "pg/mL", "mem M", VEGF_SERUM, float),
    Threshold("serum_vegf_decision_level", "Serum VEGF, decision level", "pg/mL", "mem M", VEGF_SERUM, float),
    Threshold("plasma_vegf_upper_limit", "Plasma VEGF, reference limit", "pg/mL", "mem M", VEGF_PLASMA, float),
    Threshold("plasma_vegf_decision_level", "Plasma VEGF, decision level", "pg/mL", "source", TABLE_1, float),
    Threshold("vegf_specimens", "VEGF specimens that count", "", "design", "clinical.md 9.2", _specimens),
    Threshold("vegf_grey_zone", "VEGF between limit and decision level", "", "design", "clinical.md 1.5", Verdict),
    Threshold("vegf_counts_with_confounder", "VEGF counts with a confounder", "", "design", "clinical.md 9.3", _yes),
    Threshold("on_treatment_vegf_may_be_met", "VEGF on treatment may be met", "", "design", "clinical.md 9.4", _yes),
    Threshold("steroid_months", "Steroids matter for VEGF for", "months", "design", "clinical.md 1.4", int),
    Threshold(
        "diabetes_and_thyroid_count", "Diabetes and thyroid together count", "", "design", "clinical.md 9.5", _yes
    ),
    Threshold("gynaecomastia_alone_counts", "Gynaecomastia alone counts", "", "design", "clinical.md 9.7", _yes),
    Threshold("prolactin_alone_counts", "Raised prolactin alone counts", "", "design", "clinical.md 9.7", _yes),
    Threshold("mixed_lesions_count", "Mixed bone lesions count", "", "design", "clinical.md 9.8", _yes),
    Threshold("node_short_axis_mm", "Lymph node enlarged from", "mm", "design", "clinical.md 2.2", float),
    Threshold("spleen_cm", "Spleen enlarged above", "cm", "mem H", "clinical.md 2.2", float),
    Threshold("liver_cm", "Liver enlarged above", "cm", "mem M", "clinical.md 2.2", float),
    Threshold("pericardial_effusion_counts", "Pericardial effusion counts", "", "design", "clinical.md 9.10", _yes),
    Threshold("platelets", "Thrombocytosis from", "10⁹/L", "mem H", "WHO, clinical.md 1.4", float),
    Threshold("haematocrit_male", "Polycythaemia, men, above", "L/L", "mem H", "BSH, clinical.md 1.4", float),
    Threshold("haematocrit_female", "Polycythaemia, women, above", "L/L", "mem H", "BSH, clinical.md 1.4", float),
    Threshold("extra_skin_signs", "Further skin signs that count", "", "design", "clinical.md 9.12", _signs),
    Threshold(
        "light_chain_ratio_alone_counts", "Light chain ratio alone counts", "", "design", "clinical.md 9.13", _yes
    ),
    Threshold("light_chain_ratio_lower", "Light chain ratio, lower limit", "", "mem H", FREELITE, float),
    Threshold("light_chain_ratio_upper", "Light chain ratio, upper limit", "", "mem H", FREELITE, float),
    Threshold("light_chain_assay", "These limits are for the assay", "", "mem H", FREELITE, str),
    Threshold("myeloma_plasma_cells_percent", "Consider myeloma, marrow plasma cells from", "%", "design", CRAB, float),
    Threshold("myeloma_egfr", "Consider myeloma, eGFR below", "mL/min/1.73m²", "design", MARKED, float),
    Threshold("myeloma_haemoglobin", "Consider myeloma, haemoglobin below", "g/L", "design", MARKED, float),
)
RESPONSE = "D'Souza 2012, clinical.md 3.1"
WANG = "Wang 2017, clinical.md 4"
RESPONSE_THRESHOLDS = (
    Threshold("vgpr_baseline_g_l", "VGPR needs M-protein at baseline from", "g/L", "mem M", RESPONSE, float),
    Threshold("pr_baseline_g_l", "PR needs M-protein at baseline from", "g/L", "mem M", RESPONSE, float),
    Threshold("vgpr_fall_percent", "VGPR: M-protein fallen by", "%", "mem M", RESPONSE, float),
    Threshold("pr_fall_percent", "PR: M-protein fallen by", "%", "mem M", RESPONSE, float),
    Threshold("m_protein_rise_percent", "Progression: M-protein above nadir by", "%", "mem M", RESPONSE, float),
    Threshold("m_protein_rise_g_l", "Progression: and by at least", "g/L", "mem M", RESPONSE, float),
    Threshold("cr_without_marrow", "Complete without a repeated marrow", "", "design", "clinical.md 9.17", _yes),
    Threshold("cr_without_urine", "Complete if urine, negative before, is not repeated", "", "design",
              "clinical.md 9.17", _yes),
    Threshold("serum_vegf_evaluable_times", "Serum VEGF evaluable from, times the limit", "", "mem M", RESPONSE, float),
    Threshold("plasma_vegf_evaluable", "Plasma VEGF evaluable from", "pg/mL", "mem M", RESPONSE, float),
    Threshold("serum_vegf_complete_below", "Serum VEGF complete below (0: the laboratory's limit)", "pg/mL", "source",
              "IT24, clinical.md 9.18", float),
    Threshold("vegf_fall_percent", "VEGF partial: fallen by", "%", "mem M", RESPONSE, float),
    Threshold("vegf_rise_percent", "VEGF progression: above nadir by", "%", "mem M", "clinical.md 9.19", float),
    Threshold("pet_fall_percent", "PET partial: sum of SUVmax fallen by", "%", "mem M", RESPONSE, float),
    Threshold("pet_rise_percent", "PET progression: sum of SUVmax above nadir by", "%", "mem M", "clinical.md 9.20",
              float),
    Threshold("pet_rise_suv", "PET progression: and by at least", "SUV", "mem M", "clinical.md 9.20", float),
    Threshold("clinical_measure", "Clinical response by", "", "design", "clinical.md 9.21", ClinicalMeasure),
    Threshold("onls_change", "ONLS change that matters", "points", "mem H", "clinical.md 2.1, 9.21", float),
    Threshold("incat_change", "INCAT change that matters", "points", "source", "clinical.md 2.1", float),
    Threshold("irods_change", "I-RODS centile change that matters", "points", "source", "clinical.md 2.1", float),
    Threshold("organ_change_percent", "PASP or TLCO change that matters", "%", "mem M", RESPONSE, float),
    Threshold("pasp_evaluable", "PASP evaluable from", "mmHg", "mem M", RESPONSE, float),
    Threshold("tlco_evaluable", "TLCO evaluable below", "%", "mem M", RESPONSE, float),
    Threshold("confirmation_weeks", "Progression confirmed by a second test after", "weeks", "mem M",
              "clinical.md 9.19", int),
    Threshold("vegf_months", "No VEGF non-response before", "months", "mem M", "clinical.md 9.22", int),
    Threshold("haematological_months", "No haematological non-response before", "months", "mem M", "clinical.md 9.22",
              int),
    Threshold("radiological_months", "No radiological non-response before", "months", "mem M", "clinical.md 9.22", int),
    Threshold("clinical_months", "No clinical non-response before", "months", "mem M", "clinical.md 9.22", int),
    Threshold("pfs_event", "Progression-free survival ends at", "", "design", "clinical.md 9.23", PfsEvent),
    Threshold("new_line_is_progression", "A new line of therapy counts as progression", "", "design",
              "clinical.md 9.24", _yes),
    Threshold("wang_age", "Wang: age above", "years", "source", WANG, int),
    Threshold("wang_pasp", "Wang: pulmonary hypertension from PASP", "mmHg", "design", "clinical.md 9.25", float),
    Threshold("wang_effusion_grade", "Wang: pleural effusion from grade (0: any size)", "", "design",
              "clinical.md 9.25", int),
    Threshold("wang_egfr", "Wang: eGFR below", "mL/min/1.73m²", "source", WANG, float),
    Threshold("wang_points", "Wang: points for age, hypertension, effusion, eGFR", "", "mem L, unverified", WANG,
              _points),
    Threshold("wang_intermediate_from", "Wang: intermediate group from", "points", "mem L, unverified", WANG, int),
    Threshold("wang_high_from", "Wang: high group from", "points", "mem L, unverified", WANG, int),
    Threshold("prognosis_months", "Counts as at diagnosis within", "months", "design", "clinical.md 4", int),
    Threshold("albumin_low", "Kourelis: albumin below", "g/L", "source", "Kourelis 2016, clinical.md 4", float),
)  # fmt: skip
"""Settings 17 to 25 of clinical.md section 9."""
THRESHOLDS = (*DIAGNOSIS_THRESHOLDS, *RESPONSE_THRESHOLDS)
BY_NAME: Mapping[str, Threshold] = {t.name: t for t in THRESHOLDS}


def text_of(value: object) -> str:
    """A setting's value as it is stored and shown."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return "|".join(sorted(str(part) for part in value))
    if isinstance(value, tuple):
        return "|".join(str(part) for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def thresholds_of(rows: Mapping[str, Setting]) -> Thresholds:
    """The thresholds in force: stored values over the defaults."""
    chosen = {name: BY_NAME[name].read(row.value) for name, row in rows.items() if name in BY_NAME}
    return Thresholds(**chosen)


@lru_cache(maxsize=8)
def as_pairs(thresholds: Thresholds) -> tuple[tuple[str, str], ...]:
    """What is frozen with a signed visit: every setting by name (decision 3)."""
    return tuple((f.name, text_of(getattr(thresholds, f.name))) for f in fields(Thresholds) if f.name in BY_NAME)
