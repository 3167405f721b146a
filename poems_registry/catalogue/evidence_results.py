"""Evidence from the laboratory: VEGF by specimen, hormones by the laboratory's own limits, blood counts."""

from collections.abc import Iterator

from poems_registry.catalogue.reading import Reading
from poems_registry.domain.evidence import (
    BloodCount,
    CrabFeature,
    EndocrineFinding,
    IronDeficiencyOrBleeding,
    LightChainRatio,
    VegfSample,
)
from poems_registry.domain.evidence_kinds import Axis, AxisStatus, CountKind, CrabKind, EndocrineTest, Specimen
from poems_registry.domain.intervals import Interval

AXES = (
    (Axis.GONADAL, "axis_gonadal"),
    (Axis.THYROID, "axis_thyroid"),
    (Axis.PITUITARY, "axis_pituitary"),
    (Axis.ADRENAL, "axis_adrenal"),
    (Axis.PARATHYROID, "axis_parathyroid"),
    (Axis.GLUCOSE, "axis_glucose"),
)
TESTS = (
    (Axis.GONADAL, EndocrineTest.TESTOSTERONE, "testosterone", ("low",)),
    (Axis.GONADAL, EndocrineTest.OESTRADIOL, "oestradiol", ("low",)),
    (Axis.GONADAL, EndocrineTest.FSH, "fsh", ("low", "high")),
    (Axis.GONADAL, EndocrineTest.LH, "lh", ("low", "high")),
    (Axis.PITUITARY, EndocrineTest.PROLACTIN, "prolactin", ("high",)),
    (Axis.ADRENAL, EndocrineTest.CORTISOL_9AM, "cortisol_9am", ("low",)),
    (Axis.ADRENAL, EndocrineTest.SHORT_SYNACTHEN, "synacthen_30", ("low",)),
    (Axis.THYROID, EndocrineTest.OTHER, "tsh", ("low", "high")),
    (Axis.THYROID, EndocrineTest.OTHER, "free_t4", ("low", "high")),
    (Axis.PARATHYROID, EndocrineTest.OTHER, "pth", ("low", "high")),
    (Axis.GLUCOSE, EndocrineTest.OTHER, "hba1c", ("high",)),
    (Axis.GLUCOSE, EndocrineTest.OTHER, "glucose_fasting", ("high",)),
)
"""Axis, test, item, and on which side of its limits a result speaks for a disorder of that axis (clinical.md 2.3)."""


def vegf(reading: Reading) -> Iterator[VegfSample]:
    """Serum and plasma apart, each with the limit printed with it."""
    for item, specimen in (("vegf_serum", Specimen.SERUM), ("vegf_plasma", Specimen.PLASMA)):
        finding, value = reading.recorded(item), reading.interval(item)
        if finding is None or value is None:
            continue
        yield VegfSample(
            on=reading.on,
            specimen=specimen,
            value=value,
            upper_limit=finding.limit_high,  # ng/L and pg/mL are the same number, so the limit needs no conversion
            assay=finding.assay,
            on_treatment=reading.says("on_treatment"),
            steroids_within_3_months=reading.says("steroids_3m"),
            confounders=reading.codes("vegf_confounders"),
            attribution=finding.attribution,
        )


def endocrine(reading: Reading) -> Iterator[EndocrineFinding]:
    """Axes as the clinician judged them, and tests as the laboratory's own limits judge them.

    A result that its limits cannot place shows that the test was done; where its axis was judged normal at the same
    visit, so is the test, otherwise it says nothing.
    """
    steroids = reading.says("steroids_14d")
    judged_axes: dict[Axis, AxisStatus] = {}
    for axis, item in AXES:
        answer = reading.code(item)
        if answer:
            judged_axes[axis] = AxisStatus(answer)
            cause = reading.cause(item) or reading.cause("e_status")
            yield EndocrineFinding(reading.on, axis, AxisStatus(answer), None, steroids, cause)
    for axis, test, item, abnormal in TESTS:
        status = _judged(reading, item, abnormal, judged_axes.get(axis))
        if status is not None:
            cause = reading.cause(item) or reading.cause("e_status")
            yield EndocrineFinding(reading.on, axis, status, test, steroids, cause)
    gynaecomastia = reading.says("gynaecomastia")
    if gynaecomastia is not None:
        status = AxisStatus.ABNORMAL if gynaecomastia else AxisStatus.NORMAL
        cause = reading.cause("gynaecomastia") or reading.cause("e_status")
        yield EndocrineFinding(reading.on, Axis.GONADAL, status, EndocrineTest.GYNAECOMASTIA, steroids, cause)


def _judged(reading: Reading, item: str, abnormal: tuple[str, ...], axis: AxisStatus | None) -> AxisStatus | None:
    if reading.recorded(item) is None:
        return None
    words = reading.judged(item, abnormal)
    if words:
        return AxisStatus.ABNORMAL if words in abnormal else AxisStatus.NORMAL
    return AxisStatus.NORMAL if axis is AxisStatus.NORMAL else None


def counts(reading: Reading) -> Iterator[BloodCount]:
    """Platelets and haematocrit."""
    for item, kind in (("platelets", CountKind.PLATELETS), ("haematocrit", CountKind.HAEMATOCRIT)):
        value = reading.interval(item)
        if value is not None:
            on_treatment = reading.says("on_treatment")
            yield BloodCount(reading.on, kind, value, on_treatment, None, reading.cause(item))


def masking(reading: Reading) -> Iterator[IronDeficiencyOrBleeding]:
    """Iron deficiency hides or makes a high platelet count."""
    if "iron_deficiency" in reading.codes("vegf_confounders"):
        yield IronDeficiencyOrBleeding(reading.on)


def light_chain_ratios(reading: Reading) -> Iterator[LightChainRatio]:
    """The ratio as the laboratory reported it with its limits; else kappa over lambda, each exact or censored."""
    reported, ratio = reading.recorded("flc_ratio_reported"), reading.interval("flc_ratio_reported")
    if ratio is None:
        ratio = _kappa_over_lambda(reading)
    if ratio is None:
        return
    parts = (reported, reading.recorded("flc_kappa"), reading.recorded("flc_lambda"))
    assay = next((each.assay for each in parts if each is not None and each.assay), "")
    lower, upper = (None, None) if reported is None else (reported.limit_low, reported.limit_high)
    yield LightChainRatio(reading.on, ratio=ratio, lower=lower, upper=upper, assay=assay)


def _kappa_over_lambda(reading: Reading) -> Interval | None:
    kappa, lambda_ = reading.interval("flc_kappa"), reading.interval("flc_lambda")
    return None if kappa is None or lambda_ is None else kappa.over(lambda_)


def crab(reading: Reading) -> Iterator[CrabFeature]:
    """Calcium, kidney, blood and bone of myeloma (CRAB, clinical.md 1.6), which gives no levels for them.

    Calcium speaks by the laboratory's own upper limit, total calcium only where no adjusted one was recorded; eGFR and
    haemoglobin are handed on for the clinic's level; bone is a purely lytic reading, since sclerotic and mixed lesions
    are those of POEMS itself. Creatinine has neither a level in our sources nor a meaning without age and sex, so
    only eGFR stands for the kidney.
    """
    calcium = "calcium_adjusted" if reading.recorded("calcium_adjusted") else "calcium_total"
    if reading.judged(calcium, ("high",)) == "high":
        yield CrabFeature(reading.on, CrabKind.HYPERCALCAEMIA, reading.cause(calcium))
    for item, kind in (("egfr", CrabKind.RENAL), ("haemoglobin", CrabKind.ANAEMIA)):
        value = reading.interval(item)
        if value is not None:
            yield CrabFeature(reading.on, kind, reading.cause(item), value, reading.says("on_treatment"))
    if reading.code("bone_lesion_type") == "lytic":
        yield CrabFeature(reading.day("bone_imaged_on"), CrabKind.BONE, reading.cause("bone_lesion_type"))
