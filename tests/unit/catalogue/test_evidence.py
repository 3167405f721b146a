"""From the form's items to the verdict: what is recorded decides, what is blank never does."""

from datetime import date
from typing import Any

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.drafting import read_form
from poems_registry.catalogue.evidence import evidence_of
from poems_registry.domain.criteria import Criterion, Judgement, judge
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.findings import Attribution, State
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient, PatientFile, Sex
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatments import TreatmentLine

TODAY = date(2026, 11, 22)
CLONE: Any = {"ife_serum": "positive", "heavy_chain": "IgA", "light_chain": "lambda"}
MET, NOT_MET, CANNOT_TELL = Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL


def visit(on: date = TODAY, state: EncounterState = EncounterState.SIGNED, **typed: str | FieldDraft) -> Encounter:
    fields = {code: f if isinstance(f, FieldDraft) else FieldDraft(text=f) for code, f in typed.items()}
    form = read_form(CATALOGUE, VisitDraft(fields=fields), TODAY)
    assert not form.problems
    return Encounter(id=on.toordinal(), kind=EncounterKind.CLINIC, on=on, state=state, findings=form.findings)


def verdict(*visits: Encounter, sex: Sex | None = Sex.FEMALE, lines: tuple[TreatmentLine, ...] = ()) -> Judgement:
    file = PatientFile(Patient(sex=sex), tuple(sorted(visits, key=lambda v: v.on)), lines)
    return judge(evidence_of(file), Thresholds())


def test_an_empty_visit_decides_nothing() -> None:
    judgement = verdict(visit())
    assert set(judgement.values.values()) == {CANNOT_TELL}
    assert judgement.deciding == (Criterion.P, Criterion.M)


def test_a_classic_visit_meets_the_criteria() -> None:
    judgement = verdict(visit(p_status="present", vegf_serum="5000", hyperpigmentation="yes", **CLONE))
    assert judgement.rule_a is MET
    assert judgement.of(MET) == (Criterion.P, Criterion.M, Criterion.V, Criterion.S)


def test_a_draft_counts_for_nobody_but_its_own_live_verdict() -> None:
    draft = visit(state=EncounterState.DRAFT, p_status="present")
    file = PatientFile(Patient(), (draft,))
    assert judge(evidence_of(file), Thresholds()).values[Criterion.P] is CANNOT_TELL
    assert judge(evidence_of(file, draft), Thresholds()).values[Criterion.P] is MET


def test_a_feature_that_is_not_assessed_or_whose_test_was_not_done_stays_open() -> None:
    judgement = verdict(visit(p_status="not assessed", ife_serum=FieldDraft(state=State.NOT_DONE)))
    assert judgement.values[Criterion.P] is CANNOT_TELL
    assert judgement.values[Criterion.M] is CANNOT_TELL


def test_serum_vegf_below_the_limit_printed_with_it_is_not_met() -> None:
    judgement = verdict(visit(vegf_serum=FieldDraft(text="650", limit_high="700")))
    assert judgement.values[Criterion.V] is NOT_MET


def test_vegf_on_treatment_or_after_steroids_is_never_not_met() -> None:
    assert verdict(visit(vegf_serum="200", on_treatment="yes")).values[Criterion.V] is CANNOT_TELL
    assert verdict(visit(vegf_serum="200", steroids_3m="yes")).values[Criterion.V] is CANNOT_TELL
    line = TreatmentLine(number=1, start=PartialDate(2026, 9, 1))
    assert verdict(visit(vegf_serum="200"), lines=(line,)).values[Criterion.V] is CANNOT_TELL


def test_a_spleen_that_was_only_felt_to_be_normal_excludes_nothing() -> None:
    felt = visit(organ_method="palpation", splenomegaly="no", hepatomegaly="no", lymphadenopathy="no")
    seen = visit(organ_method="ct", splenomegaly="no", hepatomegaly="no", lymphadenopathy="no")
    assert verdict(felt).values[Criterion.O] is CANNOT_TELL
    assert verdict(seen).values[Criterion.O] is NOT_MET


def test_a_bone_reading_without_its_modality_cannot_exclude_lesions() -> None:
    assert verdict(visit(bone_lesion_type="none")).values[Criterion.B] is CANNOT_TELL
    assert verdict(visit(bone_lesion_type="none", bone_imaging="pet_ct")).values[Criterion.B] is NOT_MET


def test_oedema_from_another_cause_settles_only_its_own_site() -> None:
    other = FieldDraft(text="ankle", attribution=Attribution.OTHER, attribution_text="heart failure")
    assert verdict(visit(oedema=other)).values[Criterion.X] is CANNOT_TELL
    settled = visit(oedema=other, ascites="no", pleural_effusion="no")
    assert verdict(settled).values[Criterion.X] is NOT_MET


def test_seven_skin_signs_absent_or_the_one_tick_exclude_skin_changes() -> None:
    seven = ("hyperpigmentation", "hypertrichosis", "glomeruloid_haemangioma", "plethora", "acrocyanosis",
             "white_nails", "flushing")  # fmt: skip
    every: Any = dict.fromkeys(seven, "no")
    one_short: Any = dict.fromkeys(seven[:6], "no")
    assert verdict(visit(**every)).values[Criterion.S] is NOT_MET
    assert verdict(visit(**one_short)).values[Criterion.S] is CANNOT_TELL
    assert verdict(visit(skin_examined="none")).values[Criterion.S] is NOT_MET


def test_diabetes_alone_is_no_endocrinopathy_and_low_testosterone_is() -> None:
    assert verdict(visit(axis_glucose="abnormal")).values[Criterion.E] is CANNOT_TELL
    low = FieldDraft(text="5.1", limit_low="8.6", limit_high="29")
    assert verdict(visit(testosterone=low), sex=Sex.MALE).values[Criterion.E] is MET


def test_criteria_met_once_stay_met_after_treatment_clears_everything() -> None:
    before = visit(date(2021, 2, 3), p_status="present", vegf_serum="5000", white_nails="yes", **CLONE)
    after = visit(date(2024, 2, 3), p_status="present", vegf_serum="120", ife_serum="negative", ife_urine="negative")
    assert verdict(before, after).rule_a is MET


def test_a_partial_examination_date_never_lies_after_the_visit_that_tells_of_it() -> None:
    judgement = verdict(visit(ncs_pattern="demyelinating", ncs_on="2026"))
    assert judgement.criteria[Criterion.P].reasons[0].on == TODAY


@pytest.mark.parametrize(
    "testosterone",
    [
        FieldDraft(text="<10", limit_low="8.6", limit_high="29"),
        FieldDraft(text="5", limit_high="29"),
        FieldDraft(text="12"),
    ],
)
def test_a_hormone_that_its_limits_cannot_place_excludes_nothing(testosterone: FieldDraft) -> None:
    others: Any = {
        "cortisol_9am": FieldDraft(text="400", limit_low="200", limit_high="600"),
        "prolactin": FieldDraft(text="100", limit_high="300"),
    }
    normal = FieldDraft(text="12", limit_low="8.6", limit_high="29")
    open_ = verdict(visit(testosterone=testosterone, **others), sex=Sex.MALE)
    assert open_.values[Criterion.E] is CANNOT_TELL
    assert verdict(visit(testosterone=normal, **others), sex=Sex.MALE).values[Criterion.E] is NOT_MET
