"""Evidence as a clinic would record it, for the tests of the diagnosis; all people are made up."""

from datetime import date
from typing import Any

from poems_registry.domain.criteria import Criterion, Evidence, Judgement, Thresholds, Verdict, judge
from poems_registry.domain.evidence import (
    BloodCount,
    BoneLesion,
    BoneReading,
    CastlemanHistology,
    EndocrineFinding,
    FundusExamination,
    Immunofixation,
    MarrowClonality,
    NeuropathyExamination,
    OrganAssessment,
    SkinExaminedNone,
    SkinFinding,
    VegfSample,
    VolumeFinding,
)
from poems_registry.domain.evidence_kinds import (
    Axis,
    AxisStatus,
    BoneModality,
    Clonality,
    ClonalityMethod,
    CountKind,
    EndocrineTest,
    Eye,
    FixationResult,
    FixationSpecimen,
    Histology,
    LesionKind,
    Organ,
    OrganMethod,
    SexAtBirth,
    SkinSign,
    Specimen,
    Status,
    VolumeSite,
)
from poems_registry.domain.findings import Attribution, Sign
from poems_registry.domain.intervals import Interval

MET, NOT_MET, CANNOT_TELL = Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL
DAY = date(2024, 3, 12)
LATER = date(2025, 3, 12)
STANDARD = Thresholds()


def number(value: float) -> Interval:
    """A measured value."""
    return Interval.exactly(value)


def read(text: str) -> Interval:
    """A result as it is written: 300, <31, >8000."""
    sign = {"<": Sign.BELOW, ">": Sign.ABOVE}.get(text[0], Sign.EQUAL)
    return Interval.of(sign, float(text.lstrip("<>")))


def vegf(text: str, specimen: Specimen | None = Specimen.SERUM, on: date = DAY, **said: Any) -> VegfSample:
    """A VEGF sample; `said` are its further fields."""
    return VegfSample(on, specimen, read(text), **said)


def answer(evidence: Evidence, criterion: Criterion, thresholds: Thresholds = STANDARD) -> Verdict:
    """What the rules say to one criterion."""
    return judge(evidence, thresholds).criteria[criterion].verdict


def words(judgement: Judgement) -> str:
    """All that is said in reasons, for tests of wording."""
    return "; ".join(reason.words for result in judgement.criteria.values() for reason in result.reasons)


def neuropathy(status: Status | None = Status.PRESENT, cause: Attribution | None = None, on: date = DAY) -> Evidence:
    """A clinician's examination of the nerves."""
    return Evidence(examinations=(NeuropathyExamination(on, status, cause),))


def fixation(
    result: FixationResult, specimen: FixationSpecimen = FixationSpecimen.SERUM, cause: Attribution | None = None
) -> Evidence:
    """One immunofixation."""
    return Evidence(immunofixations=(Immunofixation(DAY, specimen, result, attribution=cause),))


def marrow(result: Clonality, method: ClonalityMethod = ClonalityMethod.FLOW) -> Evidence:
    """One marrow, typed."""
    return Evidence(marrow_clonality=(MarrowClonality(DAY, method, result),))


def nodes(
    status: Status, method: OrganMethod = OrganMethod.CT, on: date = DAY, cause: Attribution | None = None
) -> Evidence:
    """Lymph nodes looked at."""
    return Evidence(organs=(OrganAssessment(on, Organ.NODES, method, status, None, cause),))


def organ(which: Organ, status: Status, method: OrganMethod = OrganMethod.CT) -> Evidence:
    """One organ looked at."""
    return Evidence(organs=(OrganAssessment(DAY, which, method, status),))


def bones(modality: BoneModality, *kinds: LesionKind, cause: Attribution | None = None, on: date = DAY) -> Evidence:
    """One reading of the bones; no kind: read as none."""
    return Evidence(bones=(BoneReading(on, modality, tuple(BoneLesion(kind, None, cause) for kind in kinds)),))


def fluid(site: VolumeSite, status: Status, cause: Attribution | None = None) -> Evidence:
    """One site of fluid."""
    return Evidence(volume=(VolumeFinding(DAY, site, status, cause),))


def hormone(axis: Axis, status: AxisStatus, test: EndocrineTest | None = None) -> Evidence:
    """One axis or test."""
    return Evidence(endocrine=(EndocrineFinding(DAY, axis, status, test),))


def skin(sign: SkinSign, status: Status = Status.PRESENT, cause: Attribution | None = None) -> Evidence:
    """One skin sign."""
    return Evidence(skin=(SkinFinding(DAY, sign, status, cause),))


def disc(status: Status, eye: Eye = Eye.BOTH, cause: Attribution | None = None) -> Evidence:
    """One look at the fundi."""
    return Evidence(fundi=(FundusExamination(DAY, eye, status, attribution=cause),))


def count(kind: CountKind, text: str, on: date = DAY, cause: Attribution | None = None) -> Evidence:
    """One blood count."""
    return Evidence(counts=(BloodCount(on, kind, read(text), attribution=cause),))


def together(*parts: Evidence) -> Evidence:
    """All of it as one person's evidence."""
    whole = Evidence()
    for part in parts:
        whole = whole.plus(part)
    return whole


NO_CLONE = together(
    fixation(FixationResult.NEGATIVE),
    fixation(FixationResult.NEGATIVE, FixationSpecimen.URINE),
    marrow(Clonality.POLYCLONAL),
)
NO_ORGAN = together(*(organ(each, Status.ABSENT) for each in Organ))
NO_FLUID = together(
    *(fluid(each, Status.ABSENT) for each in (VolumeSite.OEDEMA, VolumeSite.PLEURAL_EFFUSION, VolumeSite.ASCITES))
)
NORMAL_SCREEN = together(
    hormone(Axis.GONADAL, AxisStatus.NORMAL, EndocrineTest.TESTOSTERONE),
    hormone(Axis.ADRENAL, AxisStatus.NORMAL, EndocrineTest.CORTISOL_9AM),
    hormone(Axis.PITUITARY, AxisStatus.NORMAL, EndocrineTest.PROLACTIN),
)
NORMAL_COUNTS = together(
    Evidence(sex=SexAtBirth.MALE), count(CountKind.PLATELETS, "250"), count(CountKind.HAEMATOCRIT, "0.42")
)

PROVEN = {
    Criterion.P: neuropathy(),
    Criterion.M: fixation(FixationResult.POSITIVE),
    Criterion.C: Evidence(castleman=(CastlemanHistology(DAY, Histology.HYALINE_VASCULAR),)),
    Criterion.B: bones(BoneModality.PET_CT, LesionKind.SCLEROTIC),
    Criterion.V: Evidence(vegf=(vegf("3500"),)),
    Criterion.O: organ(Organ.SPLEEN, Status.PRESENT),
    Criterion.X: fluid(VolumeSite.OEDEMA, Status.PRESENT),
    Criterion.E: hormone(Axis.GONADAL, AxisStatus.ABNORMAL, EndocrineTest.TESTOSTERONE),
    Criterion.S: skin(SkinSign.HYPERPIGMENTATION),
    Criterion.Pa: disc(Status.PRESENT),
    Criterion.T: count(CountKind.PLATELETS, "520"),
}
"""For each criterion, evidence that meets it and says nothing of another."""

DISPROVEN = {
    Criterion.P: neuropathy(Status.ABSENT),
    Criterion.M: NO_CLONE,
    Criterion.C: Evidence(castleman=(CastlemanHistology(DAY, Histology.NOT_CASTLEMAN),)),
    Criterion.B: bones(BoneModality.PET_CT),
    Criterion.V: Evidence(vegf=(vegf("300"),)),
    Criterion.O: together(
        organ(Organ.SPLEEN, Status.ABSENT),
        organ(Organ.LIVER, Status.ABSENT),
        organ(Organ.NODES, Status.ABSENT, OrganMethod.ULTRASOUND),
    ),
    Criterion.X: NO_FLUID,
    Criterion.E: NORMAL_SCREEN,
    Criterion.S: Evidence(skin_none=(SkinExaminedNone(DAY),)),
    Criterion.Pa: disc(Status.ABSENT),
    Criterion.T: NORMAL_COUNTS,
}
"""For each criterion, the least evidence that excludes it and says nothing of another."""


def with_values(values: dict[Criterion, Verdict]) -> Evidence:
    """Evidence under which each criterion has the value asked for; those left out have none."""
    chosen = {MET: PROVEN, NOT_MET: DISPROVEN}
    return together(*(chosen[value][criterion] for criterion, value in values.items() if value in chosen))
