"""Which items bear on the diagnosis: turns the findings of a record into the typed evidence of `domain.criteria`.

The one place that knows both item codes and evidence. What is not recorded gives no evidence, never a negative.
"""

from collections.abc import Iterator, Mapping

from poems_registry.catalogue import evidence_organs, evidence_results
from poems_registry.catalogue.reading import Reading
from poems_registry.domain.evidence import (
    AmyloidOnBiopsy,
    BoneLesion,
    BoneReading,
    CastlemanHistology,
    Electrophoresis,
    Evidence,
    FundusExamination,
    Immunofixation,
    LesionBiopsy,
    MarrowClonality,
    MarrowPlasmaCells,
    NerveConduction,
    NeuropathyExamination,
    SkinExaminedNone,
    SkinFinding,
)
from poems_registry.domain.evidence_kinds import (
    BoneModality,
    Clonality,
    ClonalityMethod,
    ConductionPattern,
    Eye,
    FixationResult,
    FixationSpecimen,
    FundusMethod,
    HeavyChain,
    Histology,
    LesionKind,
    LesionSite,
    LightChain,
    SexAtBirth,
    SkinSign,
    Status,
)
from poems_registry.domain.records import Encounter, PatientFile, Sex
from poems_registry.domain.treatment_periods import periods_of

CLONALITY = {
    "clonal_lambda": Clonality.LAMBDA,
    "clonal_kappa": Clonality.KAPPA,
    "polyclonal": Clonality.POLYCLONAL,
    "not_clonal": Clonality.POLYCLONAL,
}
MODALITY = {
    "ldct": BoneModality.LOW_DOSE_CT,
    "pet_ct": BoneModality.PET_CT,
    "mri_whole": BoneModality.MRI_WHOLE_BODY,
    "mri_spine": BoneModality.MRI_SPINE,
    "survey": BoneModality.PLAIN_FILM,
}
HISTOLOGY = {
    "no": Histology.NOT_CASTLEMAN,
    "hyaline_vascular": Histology.HYALINE_VASCULAR,
    "plasma_cell": Histology.PLASMA_CELL,
    "mixed": Histology.MIXED,
}
HHV8: Mapping[str, bool | None] = {"positive": True, "negative": False}


def evidence_of(file: PatientFile, draft: Encounter | None = None) -> Evidence:
    """All evidence of a person's record; a draft visit counts only when it is given (the live verdict)."""
    encounters = [*file.counted, draft] if draft is not None else list(file.counted)
    evidence = Evidence(
        born=file.patient.born.earliest() if file.patient.born else None,
        sex={Sex.FEMALE: SexAtBirth.FEMALE, Sex.MALE: SexAtBirth.MALE}.get(file.patient.sex or Sex.UNDETERMINED),
        treatments=tuple(period for line in file.lines for period in periods_of(line)),
    )
    for encounter in encounters:
        evidence = evidence.plus(evidence_of_encounter(encounter))
    return evidence


def evidence_of_encounter(encounter: Encounter) -> Evidence:
    """What one encounter says about the diagnosis."""
    return evidence_of_reading(Reading(encounter))


def evidence_of_reading(reading: Reading) -> Evidence:
    """The same of an encounter that is read already."""
    return Evidence(
        examinations=tuple(_examinations(reading)),
        conductions=tuple(_conductions(reading)),
        immunofixations=tuple(_immunofixations(reading)),
        marrow_clonality=tuple(_marrow(reading)),
        marrow_plasma_cells=tuple(_plasma_cells(reading)),
        lesion_biopsies=tuple(_biopsies(reading)),
        light_chain_ratios=tuple(evidence_results.light_chain_ratios(reading)),
        electrophoreses=tuple(_electrophoreses(reading)),
        castleman=tuple(_castleman(reading)),
        bones=tuple(_bones(reading)),
        vegf=tuple(evidence_results.vegf(reading)),
        organs=tuple(evidence_organs.organs(reading)),
        organomegaly=tuple(evidence_organs.statements(reading)),
        volume=tuple(evidence_organs.volume(reading)),
        endocrine=tuple(evidence_results.endocrine(reading)),
        skin=tuple(_skin(reading)),
        skin_none=(SkinExaminedNone(reading.on),) if reading.code("skin_examined") == "none" else (),
        fundi=tuple(_fundi(reading)),
        counts=tuple(evidence_results.counts(reading)),
        masking=tuple(evidence_results.masking(reading)),
        crab=tuple(evidence_results.crab(reading)),
        amyloid=(AmyloidOnBiopsy(reading.on),) if reading.code("amyloid") == "present" else (),
    )


def _examinations(reading: Reading) -> Iterator[NeuropathyExamination]:
    status = reading.code("p_status")
    if status:
        yield NeuropathyExamination(reading.on, Status(status), reading.cause("p_status"))


def _conductions(reading: Reading) -> Iterator[NerveConduction]:
    pattern = reading.code("ncs_pattern")
    if pattern:
        yield NerveConduction(reading.day("ncs_on"), ConductionPattern(pattern), reading.cause("ncs_pattern"))


def _immunofixations(reading: Reading) -> Iterator[Immunofixation]:
    heavy, light = reading.code("heavy_chain"), reading.code("light_chain")
    heavy_chain = None if heavy in ("", "biclonal") else HeavyChain(heavy)
    light_chain = LightChain(light) if light else None
    for item, specimen in (("ife_serum", FixationSpecimen.SERUM), ("ife_urine", FixationSpecimen.URINE)):
        result = reading.code(item)
        if result:
            cause = reading.cause(item) or reading.cause("m_status")
            on = reading.day(f"{item}_on")
            yield Immunofixation(on, specimen, FixationResult(result), heavy_chain, light_chain, cause)


def _marrow(reading: Reading) -> Iterator[MarrowClonality]:
    for item, method in (("marrow_flow", ClonalityMethod.FLOW), ("marrow_ihc", ClonalityMethod.IHC)):
        result = reading.code(item)
        if result:
            cause = reading.cause(item) or reading.cause("m_status")
            yield MarrowClonality(reading.day("marrow_on"), method, CLONALITY[result], cause)


def _plasma_cells(reading: Reading) -> Iterator[MarrowPlasmaCells]:
    for item in ("marrow_pc_aspirate", "marrow_pc_trephine"):
        percent = reading.interval(item)
        if percent is not None:
            yield MarrowPlasmaCells(reading.day("marrow_on"), percent, reading.cause(item))


def _biopsies(reading: Reading) -> Iterator[LesionBiopsy]:
    result = reading.code("lesion_biopsy")
    if result:
        cause = reading.cause("lesion_biopsy") or reading.cause("m_status")
        yield LesionBiopsy(reading.on, LesionSite.BONE_LESION, CLONALITY[result], cause)


def _electrophoreses(reading: Reading) -> Iterator[Electrophoresis]:
    result = reading.code("spep")
    if result:
        yield Electrophoresis(reading.on, result != "not_detected", reading.cause("spep"))


def _castleman(reading: Reading) -> Iterator[CastlemanHistology]:
    result = reading.code("castleman")
    if result:
        on = reading.day("castleman_biopsy_on")
        yield CastlemanHistology(on, HISTOLOGY[result], HHV8.get(reading.code("hhv8")), reading.cause("castleman"))


def _bones(reading: Reading) -> Iterator[BoneReading]:
    """A reading without its modality is taken as the weakest one: it can exclude nothing."""
    kind = reading.code("bone_lesion_type")
    if not kind:
        return
    modality = MODALITY.get(reading.code("bone_imaging"), BoneModality.PLAIN_FILM)
    lesions = () if kind == "none" else (BoneLesion(LesionKind(kind), None, reading.cause("bone_lesion_type")),)
    yield BoneReading(reading.day("bone_imaged_on"), modality, lesions)


def _skin(reading: Reading) -> Iterator[SkinFinding]:
    for sign in SkinSign:
        answer = reading.code(sign.value)
        if answer:
            cause = reading.cause(sign.value) or reading.cause("s_status")
            yield SkinFinding(reading.on, sign, Status(answer), cause)


def _fundi(reading: Reading) -> Iterator[FundusExamination]:
    method = reading.code("fundi_method")
    for item, eye in (("papilloedema_right", Eye.RIGHT), ("papilloedema_left", Eye.LEFT)):
        answer = reading.code(item)
        if answer:
            seen_by = FundusMethod(method) if method else None
            yield FundusExamination(reading.on, eye, Status(answer), seen_by, reading.cause(item))
