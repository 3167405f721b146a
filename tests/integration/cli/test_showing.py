"""`show` and `settings`: the whole record and the diagnosis with stable names, under the thresholds in force."""

import json
from typing import Any

import pytest

from poems_registry.domain.criteria import Criterion
from poems_registry.services.clinic_settings import THRESHOLDS
from poems_registry.services.settings import EVERY_SETTING
from tests.integration.cli.conftest import Type


def shown(as_: Type, number: str, user: str = "rahman") -> dict[str, Any]:
    said = as_(user, "show", number, "--json")
    assert (said.code, said.err) == (0, "")
    plain: dict[str, Any] = json.loads(said.out)
    return plain


def test_everything_about_a_patient_has_a_stable_name(as_: Type) -> None:
    plain = shown(as_, "P-0001")
    assert list(plain) == [
        *("patient", "encounters", "lines", "events", "supportive", "letters", "criteria", "verdict", "verdict_words"),
        *("rule_b", "rule_b_words", "deciding", "flags", "rule_set", "response", "prognosis", "settings"),
    ]
    assert list(plain["criteria"]) == [criterion.value for criterion in Criterion]
    for result in plain["criteria"].values():
        assert list(result) == ["name", "verdict", "reasons", "decided_by"]
        assert (result["verdict"] == "cannot_tell") >= bool(result["decided_by"])
    assert set(plain["settings"]) == {threshold.name for threshold in THRESHOLDS}
    finding = plain["encounters"][0]["findings"][0]
    assert {"item", "value", "state", "sign", "reported_unit", "label", "unit", "shown"} <= set(finding)


def test_a_patient_is_found_by_any_full_number(as_: Type) -> None:
    patient = shown(as_, "#1")["patient"]
    own = patient["nhs_number"]
    spaced = f"{own[:3]} {own[3:6]} {own[6:]}"
    for number in (patient["study_number"], own, spaced, patient["hospital_numbers"][0]["value"], "1"):
        assert shown(as_, number)["patient"]["id"] == 1, number


@pytest.mark.parametrize("number", ["P-000", "999", "nobody", "#999", "99999"])
def test_part_of_a_number_shows_nobody(as_: Type, number: str) -> None:
    said = as_("rahman", "show", number)
    assert (said.code, said.out) == (3, "")
    assert "patient" in said.err.lower()


def test_for_reading_each_criterion_stands_with_its_reasons(as_: Type) -> None:
    said = as_("okoro", "show", "P-0001")
    assert said.code == 0
    for line in ("Diagnosis by rule set A-3", "Polyneuropathy", "Second opinion (Suichi 2019)", "NHS number"):
        assert line in said.out
    for line in ("Response by rule set R-2", "Progression-free:", "Prognosis at diagnosis", "unverified"):
        assert line in said.out
    assert "None" not in said.out


def test_an_administrator_may_not_see_findings(as_: Type) -> None:
    said = as_("castellan", "show", "P-0001")
    assert (said.code, said.out) == (3, "")
    assert "may not view clinical findings" in said.err


def test_a_changed_threshold_changes_the_verdict_and_is_named_as_changed(as_: Type) -> None:
    before = {number: shown(as_, f"P-000{number}")["criteria"]["T"]["verdict"] for number in range(1, 7)}
    assert "not_met" in before.values()
    said = as_("castellan", "settings", "platelets", "10", "--confirmed")
    assert said.code == 0
    assert "platelets = 10 10⁹/L (default 450)" in said.out
    assert "confirmed by R Castellan" in said.out
    after = {number: shown(as_, f"P-000{number}")["criteria"]["T"]["verdict"] for number in range(1, 7)}
    assert [after[number] for number, verdict in before.items() if verdict == "not_met"] != ["not_met"]
    assert shown(as_, "P-0001")["settings"]["platelets"] == "10"


def test_a_setting_that_cannot_be_is_refused_and_the_old_one_holds(as_: Type) -> None:
    before = as_("rahman", "settings", "--json").out
    for name, value in (("platelets", "many"), ("vegf_grey_zone", "not_met"), ("no_such", "1")):
        assert as_("castellan", "settings", name, value).code == 3
    assert as_("rahman", "settings", "platelets", "400").code == 3
    assert as_("rahman", "settings", "--json").out == before
    listed = json.loads(before)
    assert [row["name"] for row in listed if row["value"] != row["default"]] == ["leaflets"]  # the demo clinic's own
    assert len(listed) == len(EVERY_SETTING)
