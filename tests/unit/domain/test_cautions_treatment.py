"""Cautions are raised for what is given against what is recorded, name their source, and order nothing."""

import re
from dataclasses import replace
from datetime import date

import pytest

from poems_registry.domain.cautions_treatment import RULES, Facts, Given, Known, cautions

SEEN = date(2026, 8, 12)
BARE = Facts()
KNOWN = Facts(
    neuropathy=Known("Polyneuropathy: Present", SEEN),
    egfr=Known("eGFR: 42 mL/min/1.73 m²", SEEN),
    diabetes=Known("Diabetes treatment", SEEN),
    overload=(Known("Ascites", SEEN),),
    pressure=Known("PASP by echo: 46 mmHg", SEEN),
    lungs=Known("TLCO, % predicted: 52 %", SEEN),
    prophylaxis="aspirin",
    pregnancy_prevention=True,
)


def said(*drugs: str, facts: Facts = BARE, transplant: bool = False, supportive: tuple[str, ...] = ()) -> str:
    told = cautions(Given.of(drugs, supportive, transplant=transplant), facts)
    return " ".join(f"{each.about}: {each.words}" for each in told)


@pytest.mark.parametrize("drug", ["bortezomib", "thalidomide", "vincristine"])
def test_drugs_that_harm_nerves_are_told_with_the_neuropathy_that_is_recorded(drug: str) -> None:
    assert f"{drug.capitalize()}: Can worsen neuropathy. Polyneuropathy: Present (12-Aug-2026)." in said(
        drug, facts=KNOWN
    )
    assert "Not recorded whether there is one." in said(drug)
    assert "50 g" in said("thalidomide")


@pytest.mark.parametrize("drug", ["lenalidomide", "thalidomide", "pomalidomide"])
def test_an_imid_asks_for_prophylaxis_until_one_is_recorded_and_for_pregnancy_prevention(drug: str) -> None:
    assert "prophylaxis is required, and none is recorded" in said(drug)
    assert "prophylaxis is required" not in said(drug, facts=KNOWN)
    assert "pregnancy prevention programme applies to women and men. It is not recorded." in said(drug)
    assert "women and men. It is recorded." in said(drug, facts=KNOWN)


@pytest.mark.parametrize("drug", ["lenalidomide", "melphalan"])
def test_the_kidney_function_is_named_with_its_day_and_not_judged(drug: str) -> None:
    assert "Last recorded: eGFR: 42 mL/min/1.73 m² (12-Aug-2026)." in said(drug, facts=KNOWN)
    assert "No eGFR is recorded." in said(drug)


def test_what_does_not_help_is_said_so() -> None:
    assert "may harm" in said("bevacizumab")
    assert "Does not work against POEMS" in said("IVIg")
    assert "Does not work against POEMS" in said("plasma exchange")


def test_a_steroid_meets_diabetes_only_where_it_is_recorded() -> None:
    assert "Raises blood sugar. Diabetes treatment (12-Aug-2026)." in said("dexamethasone", facts=KNOWN)
    assert "blood sugar" not in said("dexamethasone")
    assert "sick-day rules" in said("prednisolone")


def test_a_transplant_is_told_with_pressure_lungs_and_fluid() -> None:
    words = said(transplant=True, facts=KNOWN)
    assert "PASP by echo: 46 mmHg (12-Aug-2026); TLCO, % predicted: 52 % (12-Aug-2026); Ascites (12-Aug-2026)" in words
    assert "PASP not recorded; TLCO not recorded; no volume overload recorded as present" in said(transplant=True)


def test_supportive_care_has_cautions_of_its_own() -> None:
    assert "3 of 11 venous events" in said(supportive=("line",))
    assert "Live vaccines are not given" in said(supportive=("vaccination",))
    assert "capillary leak" in said("G-CSF")
    assert "cross-matching" in said("daratumumab")


def test_nothing_that_we_know_asks_for_nothing() -> None:
    assert said("pregabalin", "levothyroxine", "") == ""
    assert said(supportive=("orthotics",)) == ""


def test_every_caution_names_its_source_and_gives_no_order() -> None:
    everything = Given.of(
        ["bortezomib thalidomide vincristine lenalidomide melphalan bevacizumab ivig dexamethasone daratumumab epo"],
        ("line", "vaccination"),
        transplant=True,
    )
    told = cautions(everything, replace(KNOWN, prophylaxis=""))
    assert len(told) == len(RULES)
    for each in told:
        assert each.source
        assert not re.search(r"\b(must|should|do not|stop|never)\b", each.words, re.IGNORECASE), each.words
