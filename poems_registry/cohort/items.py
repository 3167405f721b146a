"""The items a cohort summary rests on, so that only these are read of many records; a test proves none is missing."""

from typing import Final

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.cohort.at_diagnosis import NUMBERS, ONLS
from poems_registry.domain.evidence_kinds import SkinSign

_CRITERIA: Final = (
    *("p_status", "ncs_on", "ncs_pattern"),
    *("m_status", "heavy_chain", "light_chain", "spep", "ife_serum", "ife_urine", "lesion_biopsy", "amyloid"),
    *("ife_serum_on", "ife_urine_on"),
    *("marrow_on", "marrow_flow", "marrow_ihc", "marrow_pc_aspirate", "marrow_pc_trephine"),
    *("castleman", "castleman_biopsy_on", "hhv8", "bone_imaging", "bone_imaged_on", "bone_lesion_type"),
    *("vegf_serum", "vegf_plasma", "vegf_confounders", "on_treatment", "steroids_3m", "steroids_14d"),
    *("o_status", "organ_method", "organ_imaged_on", "splenomegaly", "spleen_length", "spleen_palpable"),
    *("hepatomegaly", "liver_span", "lymphadenopathy", "node_short_axis"),
    *("oedema", "pleural_effusion", "ascites", "pericardial_effusion"),
    *("e_status", "axis_gonadal", "axis_thyroid", "axis_pituitary", "axis_adrenal", "axis_parathyroid", "axis_glucose"),
    *("testosterone", "oestradiol", "fsh", "lh", "gynaecomastia", "prolactin", "cortisol_9am", "synacthen_30"),
    *("tsh", "free_t4", "pth", "hba1c", "glucose_fasting"),
    *("s_status", "skin_examined", *(sign.value for sign in SkinSign)),
    *("fundi_method", "papilloedema_left", "papilloedema_right"),
    *("platelets", "haematocrit", "flc_kappa", "flc_lambda", "flc_ratio_reported"),
    *("egfr", "haemoglobin", "calcium_adjusted", "calcium_total"),
)

_SCORES: Final = ("onls_arm", "onls_leg", "incat_arm", "incat_leg", "irods_centile")
_RESPONSE: Final = ("m_protein", "fdg_avid_count", "fdg_new_lesion", "suv_sum", "intercurrent_illness", *_SCORES)
_BEHIND: Final = tuple(
    part
    for item in _RESPONSE
    if (derived := CATALOGUE.by_tasks.get(item)) is not None
    for part in (*derived.needs, *derived.optional)
)
"""The answers that a score is worked out from where nobody typed it."""

ITEMS: Final = tuple(dict.fromkeys((*_CRITERIA, *NUMBERS, *ONLS, "walking_aid", *_RESPONSE, *_BEHIND)))
"""Codes of the catalogue: what criteria and response are judged by, and the values of Table 1."""
