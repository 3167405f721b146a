"""What within one visit contradicts itself, and what is still missing to sign it (clinical.md 2.0)."""

from collections.abc import Iterator, Mapping
from typing import Final

from poems_registry.catalogue.book import Catalogue
from poems_registry.catalogue.contradictions import Block, BlockKind, Surroundings, cross_checks
from poems_registry.catalogue.doubting import doubt_of
from poems_registry.catalogue.item import Section, lower_first
from poems_registry.domain.findings import Attribution, Finding, State

__all__ = ["Block", "BlockKind", "Surroundings", "all_blocks", "blocks_signing"]

NOWHERE: Final = Surroundings()
FIRST_OF_CONTACT: Final = "contact_reason"


def blocks_signing(
    catalogue: Catalogue, findings: Mapping[str, Finding], around: Surroundings = NOWHERE
) -> tuple[Block, ...]:
    """The five statuses must be answered and agree with their items; what is doubtful must be confirmed.

    A contact of a profession has no statuses; it must say something.
    """
    return tuple(
        block
        for block in all_blocks(catalogue, findings, around)
        if block.kind is not BlockKind.DOUBT or not _confirmed(findings.get(block.item))
    )


def all_blocks(
    catalogue: Catalogue, findings: Mapping[str, Finding], around: Surroundings = NOWHERE
) -> tuple[Block, ...]:
    """The same with the doubts that somebody has confirmed."""
    blocks: list[Block] = []
    if around.kind.is_contact and not findings:
        blocks.append(Block(FIRST_OF_CONTACT, "Nothing is recorded yet: say at least why", BlockKind.MISSING))
    for section in () if around.kind.is_contact else catalogue.features:
        blocks += _status_blocks(section, findings)
        blocks += _none_of_these(section, findings)
    blocks += _doubts(catalogue, findings)
    blocks += cross_checks(catalogue, findings, around)
    return tuple(blocks)


def _confirmed(finding: Finding | None) -> bool:
    return finding is not None and bool(finding.doubt_confirmed_by)


def _status_blocks(section: Section, findings: Mapping[str, Finding]) -> list[Block]:
    code = f"{section.feature.lower()}_status"
    status = findings.get(code)
    name = section.title
    if status is None or status.state is not State.RECORDED:
        return [Block(code, f"{name}: choose present, absent or not assessed", BlockKind.MISSING)]
    answers = {i.code: findings[i.code].value for i in section.items if i.sign and _recorded(findings, i.code)}
    signs = [code for code, answer in answers.items() if answer == "present"]
    spoken = [i.code for i in section.items if _speaks_for(findings.get(i.code))]
    every_sign_absent = bool(answers) and len(answers) == sum(i.sign for i in section.items) and not signs
    if status.value == "absent" and (signs or spoken):
        said = ", ".join(_sign_words(section, each, findings) for each in (*signs, *spoken))
        return [Block(code, f"{name} is absent, but recorded as present: {said}")]
    if status.value == "present" and every_sign_absent and not spoken:
        return [Block(code, f"{name} is present, but each of its signs is recorded as absent")]
    if status.value == "not_assessed" and signs:
        return [Block(code, f"{name}: not assessed, but a sign of it is recorded as present")]
    return []


SPEAKS_FOR: Final[Mapping[str, tuple[str, ...]]] = {
    "ncs_pattern": ("demyelinating", "mixed", "axonal"),
    "ife_serum": ("positive",),
    "ife_urine": ("positive",),
    "marrow_flow": ("clonal_lambda", "clonal_kappa"),
    "marrow_ihc": ("clonal_lambda", "clonal_kappa"),
    "lesion_biopsy": ("clonal_lambda", "clonal_kappa"),
    "axis_gonadal": ("abnormal",),
    "axis_pituitary": ("abnormal",),
    "axis_adrenal": ("abnormal",),
    "axis_parathyroid": ("abnormal",),
}
"""Answers that say of themselves that their section's feature is there; glucose or thyroid alone does not (1.4)."""


def _speaks_for(finding: Finding | None) -> bool:
    """Whether an answer other than a sign says that the feature is there; one from another cause does not."""
    if finding is None or finding.state is not State.RECORDED or finding.attribution is Attribution.OTHER:
        return False
    return finding.value in SPEAKS_FOR.get(finding.item, ())


def _sign_words(section: Section, code: str, findings: Mapping[str, Finding]) -> str:
    item, value = next(i for i in section.items if i.code == code), findings[code].value
    name = lower_first(item.label)
    return name if value == "present" or value is None else f"{name} {lower_first(item.kind.show(value))}"


def _none_of_these(section: Section, findings: Mapping[str, Finding]) -> list[Block]:
    """Examined, none of the listed signs, and yet one of them (clinical.md 2.5): the listed have their own cause."""
    examined = findings.get("skin_examined")
    if section.feature != "S" or examined is None or examined.value != "none":
        return []
    listed = [i for i in section.items if i.sign and i.own_cause]
    present = [
        lower_first(i.label) for i in listed if _recorded(findings, i.code) and findings[i.code].value == "present"
    ]
    words = f"none of the listed signs, but recorded as present: {', '.join(present)}"
    return [Block("skin_examined", words)] if present else []


def _doubts(catalogue: Catalogue, findings: Mapping[str, Finding]) -> Iterator[Block]:
    for code, finding in findings.items():
        item = catalogue.item(code)
        doubt = doubt_of(item, finding)
        if doubt:
            yield Block(code, f"{item.label}: {doubt}. Correct it or confirm it", BlockKind.DOUBT)


def _recorded(findings: Mapping[str, Finding], code: str) -> bool:
    return code in findings and findings[code].state is State.RECORDED
