"""The clinic's settings of clinical.md section 9: those the criteria need, and with them those of the response."""

from dataclasses import dataclass
from typing import Final

from poems_registry.domain.errors import InvalidInput
from poems_registry.domain.evidence_kinds import BoneModality, EndocrineTest, SkinSign, Specimen
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.response_thresholds import ResponseThresholds

MINIMUM_ENDOCRINE_SCREEN: Final = (
    frozenset({EndocrineTest.TESTOSTERONE, EndocrineTest.OESTRADIOL, EndocrineTest.FSH, EndocrineTest.LH}),
    frozenset({EndocrineTest.CORTISOL_9AM, EndocrineTest.SHORT_SYNACTHEN}),
    frozenset({EndocrineTest.PROLACTIN}),
)
"""One test of each group must be known before E can be not met (1.4). Of the first, the one apt for the sex."""

WHOLE_BODY: Final = frozenset({BoneModality.LOW_DOSE_CT, BoneModality.PET_CT, BoneModality.MRI_WHOLE_BODY})
"""Readings that can exclude a sclerotic lesion."""


@dataclass(frozen=True, slots=True)
class VegfLimits:
    """One assay's own levels in one specimen, pg/mL."""

    specimen: Specimen
    assay: str
    upper_limit: float
    decision_level: float


@dataclass(frozen=True, slots=True)
class Thresholds(ResponseThresholds):
    """Levels a clinic may change; the defaults await confirmation against the papers (section 10).

    VEGF in pg/mL, sizes in the unit of their name, platelets x10^9/L, haematocrit L/L, eGFR mL/min/1.73 m2, haemoglobin
    g/L. The light chain ratio's limits hold for `light_chain_assay` alone. Our sources give no number for myeloma's
    organ damage: eGFR and haemoglobin have the levels that 2.6 marks as unusual. Raises InvalidInput.
    """

    serum_vegf_upper_limit: float = 771.0
    serum_vegf_decision_level: float = 1771.0
    plasma_vegf_upper_limit: float = 86.0
    plasma_vegf_decision_level: float = 200.0
    vegf_by_assay: tuple[VegfLimits, ...] = ()
    vegf_specimens: frozenset[Specimen] = frozenset(Specimen)
    vegf_grey_zone: Verdict = Verdict.CANNOT_TELL
    vegf_counts_with_confounder: bool = True
    on_treatment_vegf_may_be_met: bool = False
    steroid_months: int = 3
    diabetes_and_thyroid_count: bool = False
    minimum_endocrine_screen: tuple[frozenset[EndocrineTest], ...] = MINIMUM_ENDOCRINE_SCREEN
    gynaecomastia_alone_counts: bool = True
    prolactin_alone_counts: bool = True
    mixed_lesions_count: bool = True
    smallest_bone_lesion_mm: float = 0.0
    whole_body_modalities: frozenset[BoneModality] = WHOLE_BODY
    node_short_axis_mm: float = 10.0
    spleen_cm: float = 13.0
    liver_cm: float = 16.0
    pericardial_effusion_counts: bool = False
    platelets: float = 450.0
    haematocrit_male: float = 0.52
    haematocrit_female: float = 0.48
    extra_skin_signs: frozenset[SkinSign] = frozenset()
    light_chain_ratio_alone_counts: bool = False
    light_chain_ratio_lower: float = 0.26
    light_chain_ratio_upper: float = 1.65
    light_chain_assay: str = "Freelite"
    kappa_accepted: bool = True
    igm_accepted: bool = True
    myeloma_plasma_cells_percent: float = 10.0
    myeloma_egfr: float = 30.0
    myeloma_haemoglobin: float = 80.0
    adult_age: int = 18

    def __post_init__(self) -> None:
        problems = self.response_problems()
        for specimen in Specimen:
            limits = self.vegf_limits(specimen, "")
            if not 0 < limits.upper_limit <= limits.decision_level:
                problems[f"{specimen}_vegf_decision_level"] = "The decision level is at least the reference limit."
        if self.vegf_grey_zone is Verdict.NOT_MET:
            problems["vegf_grey_zone"] = "A raised VEGF is met or cannot be told; it is never not met."
        if not 0 < self.light_chain_ratio_lower < self.light_chain_ratio_upper:
            problems["light_chain_ratio_upper"] = "The upper limit of the ratio is above the lower one."
        if self.steroid_months < 0:
            problems["steroid_months"] = "A number of months, 0 or more."
        if problems:
            raise InvalidInput(problems)

    def vegf_limits(self, specimen: Specimen, assay: str) -> VegfLimits:
        """The levels of that assay in that specimen, or the clinic's own for the specimen."""
        for each in self.vegf_by_assay:
            if each.specimen is specimen and each.assay == assay:
                return each
        if specimen is Specimen.SERUM:
            return VegfLimits(specimen, assay, self.serum_vegf_upper_limit, self.serum_vegf_decision_level)
        return VegfLimits(specimen, assay, self.plasma_vegf_upper_limit, self.plasma_vegf_decision_level)
