"""What stops a visit from being signed: unanswered statuses, contradictions, unconfirmed doubts."""

from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.consistency import Surroundings, blocks_signing
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Attribution, Finding, Sign, State
from poems_registry.domain.thresholds import Thresholds

FIVE = {f"{letter}_status": Finding(f"{letter}_status", "not_assessed") for letter in "poems"}


def blocked(*findings: Finding, around: Surroundings | None = None) -> dict[str, str]:
    known = FIVE | {finding.item: finding for finding in findings}
    return {block.item: block.words for block in blocks_signing(CATALOGUE, known, around or Surroundings())}


def test_an_empty_visit_is_stopped_by_its_five_statuses_and_by_nothing_else() -> None:
    blocks = blocks_signing(CATALOGUE, {})
    assert [block.item for block in blocks] == ["p_status", "o_status", "e_status", "m_status", "s_status"]


def test_not_assessed_is_an_answer() -> None:
    assert blocked() == {}


def test_absent_with_a_present_sign_is_a_contradiction() -> None:
    said = blocked(Finding("s_status", "absent"), Finding("white_nails", "present"))
    assert said == {"s_status": "Skin changes is absent, but recorded as present: white nails"}


def test_not_assessed_with_a_present_sign_is_a_contradiction() -> None:
    assert "o_status" in blocked(Finding("splenomegaly", "present"))


def test_present_with_every_sign_absent_is_a_contradiction_but_with_one_unknown_it_is_not() -> None:
    signs = ("splenomegaly", "hepatomegaly", "lymphadenopathy")
    present = Finding("o_status", "present")
    assert "o_status" in blocked(present, *(Finding(sign, "absent") for sign in signs))
    assert blocked(present, *(Finding(sign, "absent") for sign in signs[:2])) == {}


def test_an_unusual_value_is_stopped_until_somebody_confirms_it() -> None:
    assert "platelets" in blocked(Finding("platelets", 900.0))
    assert blocked(Finding("platelets", 900.0, doubt_confirmed_by="Dr A Rahman")) == {}


def test_a_status_that_was_declined_is_no_answer() -> None:
    assert "p_status" in blocked(Finding("p_status", None, State.DECLINED))


def test_ecog_and_karnofsky_that_exclude_each_other_are_told() -> None:
    assert "ecog" in blocked(Finding("ecog", 3.0), Finding("karnofsky", 90.0))


def test_twelve_muscles_cannot_give_more_than_sixty() -> None:
    assert "mrc_sum" in blocked(Finding("mrc_sum", 66.0), Finding("mrc_variant", "12"))


def test_none_of_the_listed_skin_signs_and_one_of_them_is_a_contradiction() -> None:
    none = Finding("skin_examined", "none")
    present = Finding("s_status", "present")
    assert "skin_examined" in blocked(present, none, Finding("plethora", "present"))
    assert blocked(present, none, Finding("cherry_angioma", "present")) == {}
    assert blocked(present, Finding("skin_examined", "some"), Finding("plethora", "present")) == {}


def test_a_light_chain_ratio_that_its_parts_deny_is_refused_beyond_five_per_cent() -> None:
    parts = (Finding("flc_kappa", 20.0), Finding("flc_lambda", 40.0))
    assert blocked(*parts, Finding("flc_ratio_reported", 0.525)) == {}
    assert blocked(*parts, Finding("flc_ratio_reported", 0.53)) == {
        "flc_ratio_reported": "Free light chain ratio 0.53, but kappa over lambda is 0.5"
    }
    assert blocked(parts[0], Finding("flc_ratio_reported", 0.9)) == {}
    censored = Finding("flc_lambda", 40.0, sign=Sign.ABOVE)
    assert blocked(parts[0], censored, Finding("flc_ratio_reported", 0.9)) == {}


def test_a_grade_that_its_tasks_contradict_is_doubted_until_confirmed() -> None:
    five = [Finding(f"task_{task}", "affected") for task in ("hair", "key", "cutlery", "buttons", "dress")]
    assert blocked(*five, Finding("onls_arm", 2.0)) == {}
    said = blocked(*five, Finding("onls_arm", 3.0))
    assert said == {"onls_arm": "ONLS arm, 0 to 5: its tasks give 2, tasks affected, none prevented, not 3"}
    assert blocked(*five, Finding("onls_arm", 3.0, doubt_confirmed_by="Dr A Rahman")) == {}


def test_a_sum_that_is_not_the_sum_of_its_muscles_is_refused_whoever_confirms_it() -> None:
    muscles = [Finding(code, 4.0) for code in CATALOGUE.by_tasks["mrc_sum"].asked[:12]]
    twelve = Finding("mrc_variant", "12")
    assert blocked(twelve, *muscles, Finding("mrc_sum", 48.0)) == {}
    wrong = Finding("mrc_sum", 50.0, doubt_confirmed_by="Dr A Rahman")
    assert blocked(twelve, *muscles, wrong) == {"mrc_sum": "MRC sum score: its parts add up to 48, not 50"}


def test_absent_is_contradicted_by_a_result_that_says_present_unless_it_has_another_cause() -> None:
    absent, clone = Finding("m_status", "absent"), Finding("ife_serum", "positive")
    assert blocked(absent, clone) == {
        "m_status": "Monoclonal plasma cell disorder is absent, but recorded as present: serum immunofixation positive"
    }
    low = Finding("axis_gonadal", "abnormal", attribution=Attribution.OTHER)
    assert blocked(Finding("e_status", "absent"), low) == {}
    assert "e_status" in blocked(Finding("e_status", "absent"), Finding("axis_gonadal", "abnormal"))
    assert blocked(Finding("e_status", "absent"), Finding("axis_glucose", "abnormal")) == {}


def test_hands_that_differ_by_more_than_half_are_doubted() -> None:
    assert blocked(Finding("grip_left_kg", 10.0), Finding("grip_right_kg", 20.0)) == {}
    assert "grip_right_kg" in blocked(Finding("grip_left_kg", 9.0), Finding("grip_right_kg", 20.0))


def test_a_morning_cortisol_without_its_time_is_doubted() -> None:
    assert "cortisol_9am" in blocked(Finding("cortisol_9am", 300.0))
    assert blocked(Finding("cortisol_9am", 300.0, sample_time="09:05")) == {}


def test_a_grade_that_means_death_needs_a_recorded_death() -> None:
    dead = Surroundings(died=PartialDate(2026, 11, 20))
    assert "mrs" in blocked(Finding("mrs", 6.0, doubt_confirmed_by="x"))
    assert blocked(Finding("mrs", 6.0, doubt_confirmed_by="x"), around=dead) == {}


def test_another_number_of_muscles_than_last_time_is_doubted_with_its_date() -> None:
    last = Surroundings(last={"mrc_variant": (date(2026, 8, 12), Finding("mrc_variant", "14"))})
    assert blocked(Finding("mrc_variant", "14"), around=last) == {}
    said = blocked(Finding("mrc_variant", "12"), around=last)["mrc_variant"]
    assert "14 muscles, 0 to 70 on 12-Aug-2026" in said


def test_a_tenth_of_the_weight_within_three_months_is_doubted_and_later_it_is_not() -> None:
    before = (date(2026, 8, 25), Finding("weight", 80.0))
    soon = Surroundings(on=date(2026, 11, 22), last={"weight": before})
    later = Surroundings(on=date(2027, 1, 22), last={"weight": before})
    assert blocked(Finding("weight", 72.0), around=soon) == {}
    assert "weight" in blocked(Finding("weight", 71.9), around=soon)
    assert blocked(Finding("weight", 71.9), around=later) == {}


def test_no_date_lies_before_birth() -> None:
    born = Surroundings(born=PartialDate(1961, 5, 4))
    assert "first_symptom" in blocked(Finding("first_symptom", PartialDate(1960)), around=born)
    assert blocked(Finding("first_symptom", PartialDate(1961)), around=born) == {}


def test_number_and_extent_of_bone_lesions_must_agree() -> None:
    lesions = Finding("bone_lesion_count", "1")
    assert "extent" in blocked(lesions, Finding("extent", "more"))
    assert blocked(lesions, Finding("extent", "solitary")) == {}
    assert blocked(lesions, Finding("extent", "diffuse")) == {}


def test_the_next_visit_lies_after_this_one() -> None:
    today = Surroundings(on=date(2026, 11, 22))
    said = blocked(Finding("next_visit", PartialDate(2020, 1, 1)), around=today)["next_visit"]
    assert said == "Next visit: 01-Jan-2020 is not after 22-Nov-2026, the day seen"
    assert "next_visit" in blocked(Finding("next_visit", PartialDate(2026, 11, 22)), around=today)
    assert blocked(Finding("next_visit", PartialDate(2026, 11)), around=today) == {}
    assert blocked(Finding("next_visit", PartialDate(2027, 5)), around=today) == {}


def test_a_figure_that_may_mean_a_thousand_stops_the_signature_until_somebody_says_which() -> None:
    assert "1,250" in blocked(Finding("vegf_serum", 1.25, reported="1.250"))["vegf_serum"]
    assert blocked(Finding("vegf_serum", 1.25, reported="1.250", doubt_confirmed_by="Dr A Rahman")) == {}


def test_a_size_above_the_clinics_level_is_doubted_where_organomegaly_is_absent() -> None:
    absent, spleen = Finding("o_status", "absent"), Finding("spleen_length", 14.0)
    said = blocked(absent, spleen)["spleen_length"]
    assert said == "Spleen length: above 13\u00a0cm, but organomegaly is absent"
    assert blocked(absent, Finding("spleen_length", 13.0)) == {}
    assert "node_short_axis" in blocked(absent, Finding("node_short_axis", 10.0))
    assert "liver_span" in blocked(absent, Finding("liver_span", 16.5))
    assert blocked(absent, spleen, around=Surroundings(thresholds=Thresholds(spleen_cm=14.0))) == {}
    assert blocked(absent, Finding("spleen_length", 14.0, doubt_confirmed_by="Dr A Rahman")) == {}
    assert blocked(Finding("o_status", "present"), spleen) == {}
    assert blocked(Finding("o_status", "not_assessed"), spleen) == {}
