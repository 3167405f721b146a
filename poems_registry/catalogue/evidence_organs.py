"""Evidence from organs and fluid: spleen, liver, nodes, oedema and effusions."""

from collections.abc import Iterator

from poems_registry.catalogue.reading import Reading
from poems_registry.domain.evidence import OrganAssessment, OrganomegalyStatement, VolumeFinding
from poems_registry.domain.evidence_kinds import Organ, OrganMethod, Status, VolumeSite
from poems_registry.domain.intervals import Interval

IMAGING_BEST_FIRST = (OrganMethod.PET_CT, OrganMethod.CT, OrganMethod.MRI, OrganMethod.ULTRASOUND)
ORGANS = (
    (Organ.SPLEEN, "splenomegaly", "spleen_length"),
    (Organ.LIVER, "hepatomegaly", "liver_span"),
    (Organ.NODES, "lymphadenopathy", "node_short_axis"),
)
FLUID = (
    (VolumeSite.PLEURAL_EFFUSION, "pleural_effusion"),
    (VolumeSite.ASCITES, "ascites"),
    (VolumeSite.PERICARDIAL_EFFUSION, "pericardial_effusion"),
)


def organs(reading: Reading) -> Iterator[OrganAssessment]:
    """Each organ by the best method used; without a method it is taken as felt, which excludes nothing."""
    used = reading.codes("organ_method")
    method = next((m for m in IMAGING_BEST_FIRST if m.value in used), OrganMethod.PALPATION)
    on = reading.on if method is OrganMethod.PALPATION else reading.day("organ_imaged_on")
    for organ, sign, size_item in ORGANS:
        answer, size = reading.code(sign), reading.interval(size_item)
        if not answer and size is None:
            continue
        # A length is measured on a picture even where nobody named the method; only what is felt needs none.
        by = OrganMethod.ULTRASOUND if size is not None and method is OrganMethod.PALPATION else method
        cause = reading.cause(sign) or reading.cause("o_status")
        yield OrganAssessment(on, organ, by, Status(answer) if answer else None, size, cause)
    yield from _felt(reading)


def _felt(reading: Reading) -> Iterator[OrganAssessment]:
    felt: Interval | None = reading.interval("spleen_palpable")
    if felt is not None:
        status = Status.PRESENT if felt.low > 0 else Status.ABSENT
        cause = reading.cause("splenomegaly") or reading.cause("o_status")
        yield OrganAssessment(reading.on, Organ.SPLEEN, OrganMethod.PALPATION, status, None, cause)


def statements(reading: Reading) -> Iterator[OrganomegalyStatement]:
    """The feature's own status, where no organ is named whose cause would be another one than the status tells.

    A status without a cause repeats what its organs say: where the only enlarged spleen is from another cause, the
    status *present* makes nothing of it.
    """
    status, cause = reading.code("o_status"), reading.cause("o_status")
    named = any(reading.says(sign) for _, sign, _ in ORGANS)
    if status and (cause is not None or not named):
        yield OrganomegalyStatement(reading.on, Status(status), cause)


def volume(reading: Reading) -> Iterator[VolumeFinding]:
    """Fluid by site."""
    oedema = reading.code("oedema")
    if oedema:
        status = Status.ABSENT if oedema == "none" else Status.PRESENT
        yield VolumeFinding(reading.on, VolumeSite.OEDEMA, status, reading.cause("oedema"))
    for site, item in FLUID:
        answer = reading.code(item)
        if answer:
            yield VolumeFinding(reading.on, site, Status(answer), reading.cause(item))
