"""Evidence from the laboratory: VEGF by specimen, hormones by the laboratory's own limits, blood counts."""

from collections.abc import Iterator

from poems_registry.catalogue.reading import Reading
from poems_registry.domain.evidence import BloodCount, EndocrineFinding, IronDeficiencyOrBleeding, VegfSample
from poems_registry.domain.evidence_kinds import Axis, AxisStatus, CountKind, EndocrineTest, Specimen

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
    steroids = reading.says("steroids_14d") is True
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
