"""The clinic's thresholds: declared with label, unit and source; stored as audited rows; read into `Thresholds`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import InvalidInput
from poems_registry.domain.evidence_kinds import SkinSign, Specimen
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services.access import Service, needs
from poems_registry.storage import settings as stored
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


@dataclass(frozen=True, slots=True)
class SettingInForce:
    """One row of the settings screen; `confirmed_by` empty means: check against the paper."""

    threshold: Threshold
    value: str
    default: str
    confirmed_by: str
    confirmed_on: date | None
    version: int


class SettingsService(Service):
    """See and change the clinic's thresholds."""

    @needs(Permission.FIND_PATIENTS)
    def everything(self) -> tuple[SettingInForce, ...]:
        """All thresholds with the value in force and its default."""
        with self.signed_in.store.reading() as session:
            rows = stored.load_all(session)
        now, default = thresholds_of(rows), Thresholds()
        return tuple(
            SettingInForce(
                t,
                text_of(getattr(now, t.name)),
                text_of(getattr(default, t.name)),
                rows[t.name].confirmed_by if t.name in rows else "",
                rows[t.name].confirmed_on if t.name in rows else None,
                rows[t.name].version if t.name in rows else 0,
            )
            for t in THRESHOLDS
        )

    @needs(Permission.MANAGE)
    def change(self, name: str, text: str, version: int, *, confirmed: bool) -> None:
        """Put a value in force; InvalidInput in words if it cannot be; `confirmed` says it was read in the paper."""
        threshold = BY_NAME[name]
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            rows = stored.load_all(session)
            by = self.signed_in.person.name if confirmed else ""
            on = self.signed_in.today if confirmed else None
            rows[name] = Setting(name, text.strip(), threshold.source, by, on, version)
            try:
                thresholds_of(rows)
            except ValueError as error:
                raise InvalidInput({name: "cannot be read: see its default for the form"}) from error
            stored.save(session, rows[name])
