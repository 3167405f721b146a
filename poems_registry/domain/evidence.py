"""What the diagnosis is judged from: dated findings, each with what it was taken to be caused by.

A finding without an attribution reads as due to POEMS (clinical.md 2.0). What was not recorded is simply not here; a
result that is pending, declined, not done or unknown is not here either, for it says nothing.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from poems_registry.domain.evidence_kinds import (
    Axis,
    AxisStatus,
    BoneModality,
    Clonality,
    ClonalityMethod,
    ConductionPattern,
    CountKind,
    CrabKind,
    EndocrineTest,
    Eye,
    FixationResult,
    FixationSpecimen,
    FundusMethod,
    HeavyChain,
    Histology,
    LesionKind,
    LesionSite,
    LightChain,
    Organ,
    OrganMethod,
    SexAtBirth,
    SkinSign,
    Specimen,
    Status,
    VolumeSite,
)
from poems_registry.domain.findings import Attribution
from poems_registry.domain.intervals import Interval
from poems_registry.domain.treatment_periods import TreatmentPeriod


@dataclass(frozen=True, slots=True)
class NeuropathyExamination:
    """A clinician's examination of the nerves; status None: examined, but presence was not stated."""

    on: date
    status: Status | None
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class NerveConduction:
    """Nerve conduction studies. Without an attribution of their own they follow the examinations'."""

    on: date
    pattern: ConductionPattern
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class Immunofixation:
    """One immunofixation of serum or urine."""

    on: date
    specimen: FixationSpecimen
    result: FixationResult
    heavy: HeavyChain | None = None
    light: LightChain | None = None
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class MarrowClonality:
    """Plasma cells of one marrow, typed by one method."""

    on: date
    method: ClonalityMethod
    result: Clonality
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class MarrowPlasmaCells:
    """Plasma cells in the marrow, per cent of nucleated cells."""

    on: date
    percent: Interval
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class LesionBiopsy:
    """A biopsied plasmacytoma, bone lesion or node, typed for a clone."""

    on: date
    site: LesionSite
    result: Clonality
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class LightChainRatio:
    """A serum free light chain ratio, kappa over lambda; weak alone (1.4, setting 9.13).

    `abnormal` is the laboratory's own word, if it gave one, with the chain in excess. Without it `ratio` is judged by
    `lower` and `upper`, the limits printed with it, and without these by the clinic's own for its `assay`.
    """

    on: date
    abnormal: bool | None = None
    light: LightChain | None = None
    attribution: Attribution | None = None
    ratio: Interval | None = None
    lower: float | None = None
    upper: float | None = None
    assay: str = ""


@dataclass(frozen=True, slots=True)
class Electrophoresis:
    """Serum electrophoresis: whether an M-protein was seen. Decides nothing without immunofixation (1.4)."""

    on: date
    band: bool
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class CastlemanHistology:
    """A node or tissue biopsy read for Castleman disease."""

    on: date
    result: Histology
    hhv8: bool | None = None
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class BoneLesion:
    """One lesion of a reading, or several alike; `size` in mm."""

    kind: LesionKind
    size: Interval | None = None
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class BoneReading:
    """One reading of the bones. No lesion in it means it was read as showing none."""

    on: date
    modality: BoneModality
    lesions: tuple[BoneLesion, ...] = ()


@dataclass(frozen=True, slots=True)
class VegfSample:
    """One VEGF result.

    `upper_limit` is the reference limit printed with the result, in the result's own `unit`. The three flags are what
    was said of the sample itself; None: nothing was said, the treatment periods alone decide.
    """

    on: date
    specimen: Specimen | None
    value: Interval
    unit: str = "pg/mL"
    upper_limit: float | None = None
    assay: str = ""
    on_treatment: bool | None = None
    steroids_within_3_months: bool | None = None
    before_treatment: bool | None = None
    confounders: tuple[str, ...] = ()
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class OrganAssessment:
    """Spleen, liver or nodes by one method.

    `status` is what the report or the hand said (present = enlarged). `size`: craniocaudal cm of the spleen, span cm
    of the liver, largest short axis mm of nodes; by palpation, cm below the costal margin.
    """

    on: date
    organ: Organ
    method: OrganMethod
    status: Status | None = None
    size: Interval | None = None
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class OrganomegalyStatement:
    """The visit's status of the feature O, where the organ was not named."""

    on: date
    status: Status
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class VolumeFinding:
    """Fluid at one site."""

    on: date
    site: VolumeSite
    status: Status
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class EndocrineFinding:
    """One axis, judged as a whole (no test) or by one test.

    `on_steroids`: dexamethasone or the like within 14 days, as was said that day; None: nothing was said, the treatment
    periods alone decide. A test without an attribution of its own follows what its axis was put down to.
    """

    on: date
    axis: Axis
    status: AxisStatus
    test: EndocrineTest | None = None
    on_steroids: bool | None = None
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class SkinFinding:
    """One skin sign."""

    on: date
    sign: SkinSign
    status: Status
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class SkinExaminedNone:
    """ "Skin examined, none of these" was ticked: the seven listed signs are absent."""

    on: date


@dataclass(frozen=True, slots=True)
class FundusExamination:
    """The optic disc of one eye or both; present = papilloedema."""

    on: date
    eye: Eye
    status: Status
    method: FundusMethod | None = None
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class BloodCount:
    """Platelets (x10^9/L) or haematocrit (L/L). Another cause recorded: otherwise explained."""

    on: date
    kind: CountKind
    value: Interval
    on_treatment: bool | None = None
    before_treatment: bool | None = None
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class IronDeficiencyOrBleeding:
    """Something that lowers or raises counts and so masks T."""

    on: date


@dataclass(frozen=True, slots=True)
class CrabFeature:
    """Organ damage that points to myeloma.

    `value`: eGFR in mL/min/1.73 m2 (renal) or haemoglobin in g/L (anaemia), still to be held against the clinic's
    level; without one the damage was found by other means, such as calcium by the laboratory's limit, or a scan.
    """

    on: date
    kind: CrabKind
    attribution: Attribution | None = None
    value: Interval | None = None
    on_treatment: bool | None = None


@dataclass(frozen=True, slots=True)
class AmyloidOnBiopsy:
    """Amyloid was seen in a biopsy."""

    on: date


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one person that bears on the diagnosis; the order within a tuple means nothing."""

    born: date | None = None
    sex: SexAtBirth | None = None
    treatments: tuple[TreatmentPeriod, ...] = ()
    examinations: tuple[NeuropathyExamination, ...] = ()
    conductions: tuple[NerveConduction, ...] = ()
    immunofixations: tuple[Immunofixation, ...] = ()
    marrow_clonality: tuple[MarrowClonality, ...] = ()
    marrow_plasma_cells: tuple[MarrowPlasmaCells, ...] = ()
    lesion_biopsies: tuple[LesionBiopsy, ...] = ()
    light_chain_ratios: tuple[LightChainRatio, ...] = ()
    electrophoreses: tuple[Electrophoresis, ...] = ()
    castleman: tuple[CastlemanHistology, ...] = ()
    bones: tuple[BoneReading, ...] = ()
    vegf: tuple[VegfSample, ...] = ()
    organs: tuple[OrganAssessment, ...] = ()
    organomegaly: tuple[OrganomegalyStatement, ...] = ()
    volume: tuple[VolumeFinding, ...] = ()
    endocrine: tuple[EndocrineFinding, ...] = ()
    skin: tuple[SkinFinding, ...] = ()
    skin_none: tuple[SkinExaminedNone, ...] = ()
    fundi: tuple[FundusExamination, ...] = ()
    counts: tuple[BloodCount, ...] = ()
    masking: tuple[IronDeficiencyOrBleeding, ...] = ()
    crab: tuple[CrabFeature, ...] = ()
    amyloid: tuple[AmyloidOnBiopsy, ...] = ()

    def up_to(self, on: date) -> "Evidence":
        """What was known of the patient's state up to and including that day."""
        kept: dict[str, Any] = {name: tuple(each for each in getattr(self, name) if each.on <= on) for name in _TUPLES}
        return replace(self, **kept)

    def plus(self, other: "Evidence") -> "Evidence":
        """Both together, such as those of two visits of one person."""
        joined: dict[str, Any] = {name: getattr(self, name) + getattr(other, name) for name in _TUPLES}
        return replace(self, born=self.born or other.born, sex=self.sex or other.sex, **joined)

    def dates(self) -> tuple[date, ...]:
        """The days on which anything is known, each once, in order."""
        return tuple(sorted({each.on for name in _TUPLES for each in getattr(self, name)}))


_TUPLES = tuple(field.name for field in fields(Evidence) if field.name not in {"born", "sex"})
