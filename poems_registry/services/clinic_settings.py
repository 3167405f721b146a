"""The clinic's thresholds: each declared with label, unit and source, and read from text into `Thresholds`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from poems_registry.domain.evidence_kinds import SkinSign, Specimen
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.thresholds import Thresholds
from poems_registry.storage.settings import Setting


@dataclass(frozen=True, slots=True)
class Threshold:
    """One setting of clinical.md section 9. `tag` is the certainty of its default; `source` where it comes from."""

    name: str
    label: str
    unit: str
    tag: str
    source: str
    read: Callable[[str], Any]


def _yes(text: str) -> bool:
    answers = {"yes": True, "no": False}
    if text.strip().lower() not in answers:
        raise ValueError(text)
    return answers[text.strip().lower()]


def _signs(text: str) -> frozenset[SkinSign]:
    return frozenset(SkinSign(part.strip()) for part in text.split("|") if part.strip())


def _specimens(text: str) -> frozenset[Specimen]:
    return frozenset(Specimen(part.strip()) for part in text.split("|") if part.strip())


VEGF_SERUM = "Queen Square serum assay, clinical.md 1.5"
VEGF_PLASMA = "Mayo plasma assay, clinical.md 1.5"
TABLE_1 = "Dispenzieri 2012, Table 1"
THRESHOLDS = (
    Threshold("serum_vegf_upper_limit", "Serum VEGF, reference limit", "pg/mL", "mem M", VEGF_SERUM, float),
    Threshold("serum_vegf_decision_level", "Serum VEGF, decision level", "pg/mL", "mem M", VEGF_SERUM, float),
    Threshold("plasma_vegf_upper_limit", "Plasma VEGF, reference limit", "pg/mL", "mem M", VEGF_PLASMA, float),
    Threshold("plasma_vegf_decision_level", "Plasma VEGF, decision level", "pg/mL", "source", TABLE_1, float),
    Threshold("vegf_specimens", "VEGF specimens that count", "", "design", "clinical.md 9.2", _specimens),
    Threshold("vegf_grey_zone", "VEGF between limit and decision level", "", "design", "clinical.md 1.5", Verdict),
    Threshold("vegf_counts_with_confounder", "VEGF counts with a confounder", "", "design", "clinical.md 9.3", _yes),
    Threshold("on_treatment_vegf_may_be_met", "VEGF on treatment may be met", "", "design", "clinical.md 9.4", _yes),
    Threshold("steroid_months", "Steroids matter for VEGF for", "months", "design", "clinical.md 1.4", int),
    Threshold(
        "diabetes_and_thyroid_count", "Diabetes and thyroid together count", "", "design", "clinical.md 9.5", _yes
    ),
    Threshold("gynaecomastia_alone_counts", "Gynaecomastia alone counts", "", "design", "clinical.md 9.7", _yes),
    Threshold("prolactin_alone_counts", "Raised prolactin alone counts", "", "design", "clinical.md 9.7", _yes),
    Threshold("mixed_lesions_count", "Mixed bone lesions count", "", "design", "clinical.md 9.8", _yes),
    Threshold("node_short_axis_mm", "Lymph node enlarged from", "mm", "design", "clinical.md 2.2", float),
    Threshold("spleen_cm", "Spleen enlarged above", "cm", "mem H", "clinical.md 2.2", float),
    Threshold("liver_cm", "Liver enlarged above", "cm", "mem M", "clinical.md 2.2", float),
    Threshold("pericardial_effusion_counts", "Pericardial effusion counts", "", "design", "clinical.md 9.10", _yes),
    Threshold("platelets", "Thrombocytosis from", "10⁹/L", "mem H", "WHO, clinical.md 1.4", float),
    Threshold("haematocrit_male", "Polycythaemia, men, above", "L/L", "mem H", "BSH, clinical.md 1.4", float),
    Threshold("haematocrit_female", "Polycythaemia, women, above", "L/L", "mem H", "BSH, clinical.md 1.4", float),
    Threshold("extra_skin_signs", "Further skin signs that count", "", "design", "clinical.md 9.12", _signs),
    Threshold(
        "light_chain_ratio_alone_counts", "Light chain ratio alone counts", "", "design", "clinical.md 9.13", _yes
    ),
)
BY_NAME: Mapping[str, Threshold] = {t.name: t for t in THRESHOLDS}


def text_of(value: object) -> str:
    """A setting's value as it is stored and shown."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return "|".join(sorted(str(part) for part in value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def thresholds_of(rows: Mapping[str, Setting]) -> Thresholds:
    """The thresholds in force: stored values over the defaults."""
    chosen = {name: BY_NAME[name].read(row.value) for name, row in rows.items() if name in BY_NAME}
    return Thresholds(**chosen)


def as_pairs(thresholds: Thresholds) -> tuple[tuple[str, str], ...]:
    """What is frozen with a signed visit: every setting by name (decision 3)."""
    return tuple((f.name, text_of(getattr(thresholds, f.name))) for f in fields(Thresholds) if f.name in BY_NAME)
