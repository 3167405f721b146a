"""Free light chains and organ damage, from the form's items to the criterion M and the caution about myeloma."""

from typing import Any

import pytest

from poems_registry.catalogue.evidence import evidence_of
from poems_registry.domain.criteria import Criterion, FlagKind, Judgement, judge
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.findings import Attribution
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.records import Encounter, Patient, PatientFile
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatments import TreatmentLine
from tests.unit.catalogue.test_evidence import visit

MET, NOT_MET, CANNOT_TELL = Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL
NO_CLONE: Any = {"ife_serum": "negative", "ife_urine": "negative", "marrow_flow": "polyclonal"}
ALONE = Thresholds(light_chain_ratio_alone_counts=True)


def judged(
    *visits: Encounter, thresholds: Thresholds | None = None, lines: tuple[TreatmentLine, ...] = ()
) -> Judgement:
    return judge(evidence_of(PatientFile(Patient(), visits, lines)), thresholds or Thresholds())


def flc(kappa: str, lambda_: str, **others: Any) -> Encounter:
    return visit(flc_kappa=kappa, flc_lambda=lambda_, **others)


def myeloma(*visits: Encounter, **others: Any) -> str:
    flags = [flag.words for flag in judged(*visits, **others).flags if flag.kind is FlagKind.MYELOMA]
    return flags[0] if flags else ""


@pytest.mark.parametrize(
    ("kappa", "lambda_", "alone"),
    [
        ("10", "60", MET),  # 0.17, lambda in excess
        ("60", "10", MET),  # 6, kappa in excess
        ("16.5", "10", CANNOT_TELL),  # the limit itself is normal
        ("10", "10", CANNOT_TELL),
        ("<0.3", "30", MET),  # every possible ratio lies below 0.26
        ("<15", "30", CANNOT_TELL),  # 0 to 0.5: it may be normal
        (">60", "10", MET),
        ("10", "<2", MET),
        ("10", ">20", CANNOT_TELL),
    ],
)
def test_light_chains_alone_count_only_by_the_setting_and_only_if_all_of_the_ratio_is_abnormal(
    kappa: str, lambda_: str, alone: Verdict
) -> None:
    assert judged(flc(kappa, lambda_), thresholds=ALONE).values[Criterion.M] is alone
    assert judged(flc(kappa, lambda_)).values[Criterion.M] is CANNOT_TELL


def test_one_light_chain_without_the_other_says_nothing() -> None:
    judgement = judged(visit(flc_lambda="600"), thresholds=ALONE)
    assert judgement.values[Criterion.M] is CANNOT_TELL
    assert judgement.criteria[Criterion.M].reasons == ()


def test_the_laboratorys_own_limits_of_the_ratio_come_before_the_clinics() -> None:
    wide = FieldDraft(text="0.2", limit_low="0.1", limit_high="3.1")
    narrow = FieldDraft(text="0.4", limit_low="0.5", limit_high="1.5")
    assert judged(visit(flc_ratio_reported=wide), thresholds=ALONE).values[Criterion.M] is CANNOT_TELL
    assert judged(visit(flc_ratio_reported=narrow), thresholds=ALONE).values[Criterion.M] is MET


def test_the_limits_of_one_assay_are_not_used_for_another() -> None:
    other = FieldDraft(text="60", assay="N Latex")
    own = FieldDraft(text="60", assay="Freelite (SPAplus)")
    assert judged(visit(flc_kappa="5", flc_lambda=other), thresholds=ALONE).values[Criterion.M] is CANNOT_TELL
    assert judged(visit(flc_kappa="5", flc_lambda=own), thresholds=ALONE).values[Criterion.M] is MET


def test_an_excess_of_kappa_does_not_count_where_the_clinic_accepts_no_kappa() -> None:
    strict = Thresholds(light_chain_ratio_alone_counts=True, kappa_accepted=False)
    assert judged(flc("60", "10"), thresholds=strict).values[Criterion.M] is CANNOT_TELL
    assert judged(flc("10", "60"), thresholds=strict).values[Criterion.M] is MET


def test_an_abnormal_ratio_without_a_clone_is_a_caution_and_never_undoes_not_met() -> None:
    abnormal, normal = judged(flc("10", "60", **NO_CLONE)), judged(flc("10", "10", **NO_CLONE))
    assert abnormal.values[Criterion.M] is normal.values[Criterion.M] is NOT_MET
    assert FlagKind.LIGHT_CHAIN_RATIO in {flag.kind for flag in abnormal.flags}
    assert FlagKind.LIGHT_CHAIN_RATIO not in {flag.kind for flag in normal.flags}


def test_the_reason_names_the_ratio_and_the_chain() -> None:
    (reason,) = judged(flc("10", "50")).criteria[Criterion.M].reasons
    assert reason.words == "Free light chain ratio 0.2 abnormal, lambda; weak alone"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"calcium_adjusted": FieldDraft(text="2.75", limit_high="2.6")}, "Consider myeloma: hypercalcaemia"),
        ({"calcium_adjusted": FieldDraft(text="2.6", limit_high="2.6")}, ""),
        ({"calcium_adjusted": "2.9"}, ""),
        ({"calcium_total": FieldDraft(text="2.8", limit_high="2.6")}, "Consider myeloma: hypercalcaemia"),
        ({"calcium_total": FieldDraft(text="2.8", limit_high="2.6"), "calcium_adjusted": "2.5"}, ""),
        ({"egfr": "29"}, "Consider myeloma: renal (eGFR 29)"),
        ({"egfr": "<30"}, "Consider myeloma: renal (eGFR below 30)"),
        ({"egfr": "<60"}, ""),
        ({"egfr": "30"}, ""),
        ({"haemoglobin": "79"}, "Consider myeloma: anaemia (haemoglobin 79)"),
        ({"haemoglobin": "80"}, ""),
        ({"haemoglobin": "70", "on_treatment": "yes"}, ""),
        ({"bone_lesion_type": "lytic", "bone_imaging": "pet_ct"}, "Consider myeloma: bone"),
        ({"bone_lesion_type": "mixed", "bone_imaging": "pet_ct"}, ""),
    ],
)  # fmt: skip
def test_organ_damage_is_a_caution_by_the_levels_we_have_and_by_no_other(typed: Any, words: str) -> None:
    assert myeloma(visit(**typed)) == words


def test_lytic_lesions_from_another_cause_are_no_caution() -> None:
    metastasis = FieldDraft(text="lytic", attribution=Attribution.OTHER, attribution_text="breast cancer")
    assert myeloma(visit(bone_lesion_type=metastasis, bone_imaging="pet_ct")) == ""


def test_haemoglobin_is_not_read_once_treatment_has_begun() -> None:
    line = TreatmentLine(number=1, start=PartialDate(2026, 1, 1))
    assert myeloma(visit(haemoglobin="70"), lines=(line,)) == ""
    assert myeloma(visit(haemoglobin="70")) != ""


def test_a_clinic_may_set_other_levels() -> None:
    assert myeloma(visit(haemoglobin="95"), thresholds=Thresholds(myeloma_haemoglobin=100)) != ""
    assert myeloma(visit(egfr="38"), thresholds=Thresholds(myeloma_egfr=40)) != ""


def test_ten_per_cent_plasma_cells_stand_in_one_caution_with_organ_damage() -> None:
    both = visit(marrow_pc_trephine="12", egfr="20")
    assert myeloma(both) == "Consider myeloma: marrow plasma cells 12 %, renal (eGFR 20)"
