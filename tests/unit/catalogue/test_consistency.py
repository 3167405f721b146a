"""What stops a visit from being signed: unanswered statuses, contradictions, unconfirmed doubts."""

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.consistency import blocks_signing
from poems_registry.domain.findings import Finding, Sign, State

FIVE = {f"{letter}_status": Finding(f"{letter}_status", "not_assessed") for letter in "poems"}


def blocked(*findings: Finding) -> dict[str, str]:
    known = FIVE | {finding.item: finding for finding in findings}
    return {block.item: block.words for block in blocks_signing(CATALOGUE, known)}


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
