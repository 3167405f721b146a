"""A prognosis for reading: each factor with the clinic's own level, and scores as numbers or ranges."""

from typing import Final

from poems_registry.domain.intervals import plain
from poems_registry.domain.prognosis import Factor, Prognosis
from poems_registry.domain.thresholds import Thresholds


def log_hazard_words(prognosis: Prognosis) -> str:
    """`1.40`, or `0 to 1.38` where an answer is missing."""
    return _span(*(_two_places(each) for each in prognosis.log_hazard))


def points_words(prognosis: Prognosis) -> str:
    """`2`, or `0 to 1` where an answer is missing."""
    return _span(*(str(each) for each in prognosis.points))


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def _two_places(number: float) -> str:
    return f"{number:.2f}" if number else "0"


FACTOR_WORDS: Final = {
    Factor.AGE: "Age above {age}",
    Factor.PULMONARY_HYPERTENSION: "Pulmonary hypertension (PASP {pasp} mmHg or more)",
    Factor.PLEURAL_EFFUSION: "Pleural effusion",
    Factor.EGFR: "eGFR below {egfr}",
    Factor.ALBUMIN: "Albumin below {albumin} g/L",
    Factor.NO_COMPLETE_RESPONSE: "No complete haematological response to the first line",
    Factor.NO_TRANSPLANT: "No transplant",
    Factor.NO_HAEMATOLOGICAL_RESPONSE: "No haematological response to the first line",
    Factor.NO_VEGF_RESPONSE: "No VEGF response to the first line",
}


def factor_words(factor: Factor, thresholds: Thresholds) -> str:
    """What is asked, with the clinic's own level."""
    levels = {
        "age": str(thresholds.wang_age),
        "pasp": plain(thresholds.wang_pasp),
        "egfr": plain(thresholds.wang_egfr),
        "albumin": plain(thresholds.albumin_low),
    }
    return FACTOR_WORDS[factor].format_map(levels)
