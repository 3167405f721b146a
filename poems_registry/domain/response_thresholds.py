"""The clinic's settings of clinical.md section 9 (17 to 25) that response and prognosis need, each with its default."""

from dataclasses import dataclass
from enum import StrEnum


class ClinicalMeasure(StrEnum):
    """Which score decides the clinical response (9.21)."""

    ONLS = "onls"
    INCAT = "incat"
    IRODS = "irods"


class PfsEvent(StrEnum):
    """What ends progression-free survival besides death (9.23)."""

    ANY_DOMAIN = "any_domain"
    TREATED_OR_CLINICAL = "treated_or_clinical"


@dataclass(frozen=True, slots=True)
class ResponseThresholds:
    """Levels a clinic may change; the defaults await confirmation against the papers (section 10).

    M-protein in g/L, VEGF in pg/mL, times in calendar months or weeks, changes in per cent of the earlier value.
    """

    vgpr_baseline_g_l: float = 5.0
    pr_baseline_g_l: float = 10.0
    vgpr_fall_percent: float = 90.0
    pr_fall_percent: float = 50.0
    m_protein_rise_percent: float = 25.0
    m_protein_rise_g_l: float = 5.0
    cr_without_marrow: bool = False
    cr_without_urine: bool = False
    serum_vegf_evaluable_times: float = 2.0
    plasma_vegf_evaluable: float = 200.0
    serum_vegf_complete_below: float = 0.0
    vegf_fall_percent: float = 50.0
    vegf_rise_percent: float = 50.0
    pet_fall_percent: float = 50.0
    pet_rise_percent: float = 30.0
    pet_rise_suv: float = 4.0
    clinical_measure: ClinicalMeasure = ClinicalMeasure.ONLS
    onls_change: float = 1.0
    incat_change: float = 1.0
    irods_change: float = 4.0
    organ_change_percent: float = 20.0
    pasp_evaluable: float = 40.0
    tlco_evaluable: float = 70.0
    confirmation_weeks: int = 4
    vegf_months: int = 3
    haematological_months: int = 6
    radiological_months: int = 6
    clinical_months: int = 12
    pfs_event: PfsEvent = PfsEvent.ANY_DOMAIN
    new_line_is_progression: bool = False
    wang_age: int = 50
    wang_pasp: float = 50.0
    wang_egfr: float = 30.0
    wang_effusion_grade: int = 0
    wang_points: tuple[int, ...] = (1, 1, 1, 2)
    wang_intermediate_from: int = 1
    wang_high_from: int = 2
    prognosis_months: int = 6
    albumin_low: float = 32.0

    def response_problems(self) -> dict[str, str]:
        """Settings that make no sense, by name, in words."""
        found = {n: "A percentage above 0 and below 100." for n in _FALLS if not 0 < getattr(self, n) < 100}
        found |= {n: "A number above 0." for n in _POSITIVE if not getattr(self, n) > 0}
        found |= {n: "A number of months or weeks, 0 or more." for n in _SPANS if getattr(self, n) < 0}
        if self.serum_vegf_complete_below < 0:
            found["serum_vegf_complete_below"] = "A level in pg/mL, or 0 for the laboratory's own limit."
        if self.vgpr_baseline_g_l > self.pr_baseline_g_l:
            found["vgpr_baseline_g_l"] = "Not above the level that a partial response needs."
        if len(self.wang_points) != 4 or any(each < 0 for each in self.wang_points):
            found["wang_points"] = "Four whole numbers, in the order age, pulmonary hypertension, effusion, eGFR."
        if not 0 <= self.wang_effusion_grade <= 4:
            found["wang_effusion_grade"] = "A grade from 1 to 4, or 0 for any size."
        if self.wang_high_from < self.wang_intermediate_from:
            found["wang_high_from"] = "Not below the points of the intermediate group."
        return found


_FALLS = ("vgpr_fall_percent", "pr_fall_percent", "vegf_fall_percent", "pet_fall_percent")
_POSITIVE = (
    "m_protein_rise_percent",
    "m_protein_rise_g_l",
    "vegf_rise_percent",
    "pet_rise_percent",
    "pet_rise_suv",
    "serum_vegf_evaluable_times",
    "plasma_vegf_evaluable",
    "onls_change",
    "incat_change",
    "irods_change",
    "organ_change_percent",
)
_SPANS = (
    "confirmation_weeks",
    "vegf_months",
    "haematological_months",
    "radiological_months",
    "clinical_months",
    "prognosis_months",
)
