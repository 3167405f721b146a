"""What within one visit contradicts itself, and what is still missing to sign it (clinical.md 2.0)."""

from collections.abc import Mapping
from dataclasses import dataclass

from poems_registry.catalogue.book import Catalogue
from poems_registry.catalogue.item import Section, lower_first
from poems_registry.catalogue.kinds import NBSP, show_number
from poems_registry.domain.findings import Finding, Sign, State


@dataclass(frozen=True, slots=True)
class Block:
    """Something that stops signing: the item to go to, and words for the person who signs."""

    item: str
    words: str


def blocks_signing(catalogue: Catalogue, findings: Mapping[str, Finding]) -> tuple[Block, ...]:
    """The five statuses must be answered and agree with their items; doubtful values must be confirmed."""
    blocks: list[Block] = []
    for section in catalogue.features:
        blocks += _status_blocks(section, findings)
        blocks += _none_of_these(section, findings)
    blocks += _doubts(catalogue, findings)
    blocks += _scores(findings)
    return tuple(blocks)


def _status_blocks(section: Section, findings: Mapping[str, Finding]) -> list[Block]:
    code = f"{section.feature.lower()}_status"
    status = findings.get(code)
    name = section.title
    if status is None or status.state is not State.RECORDED:
        return [Block(code, f"{name}: choose present, absent or not assessed")]
    answers = {i.code: findings[i.code].value for i in section.items if i.sign and _recorded(findings, i.code)}
    present = [c for c, answer in answers.items() if answer == "present"]
    every_sign_absent = bool(answers) and len(answers) == sum(i.sign for i in section.items) and not present
    if status.value == "absent" and present:
        signs = ", ".join(lower_first(i.label) for i in section.items if i.code in present)
        return [Block(code, f"{name} is absent, but recorded as present: {signs}")]
    if status.value == "present" and every_sign_absent:
        return [Block(code, f"{name} is present, but each of its signs is recorded as absent")]
    if status.value == "not_assessed" and present:
        return [Block(code, f"{name} is not assessed, but a sign of it is recorded as present")]
    return []


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


def _doubts(catalogue: Catalogue, findings: Mapping[str, Finding]) -> list[Block]:
    blocks = []
    for code, finding in findings.items():
        if finding.state is not State.RECORDED or finding.value is None or finding.doubt_confirmed_by:
            continue
        item = catalogue.item(code)
        doubt = item.kind.doubt(finding.value)
        if doubt:
            blocks.append(Block(code, f"{item.label}: {doubt}. Correct it or confirm it"))
    return blocks


def _scores(findings: Mapping[str, Finding]) -> list[Block]:
    """Scores that cannot both be right (clinical.md 2.1, 2.6)."""
    blocks = []
    ecog, karnofsky = _number(findings, "ecog"), _number(findings, "karnofsky")
    if ecog is not None and karnofsky is not None and ecog >= 3 and karnofsky >= 80:
        blocks.append(Block("ecog", f"ECOG {ecog:g} and Karnofsky {karnofsky:g}{NBSP}% contradict each other"))
    sum_score, variant = _number(findings, "mrc_sum"), findings.get("mrc_variant")
    if sum_score is not None and variant is not None and variant.value == "12" and sum_score > 60:
        blocks.append(Block("mrc_sum", "MRC sum score of 12 muscles is at most 60"))
    if _number(findings, "irods_centile") is not None and _number(findings, "irods_raw") is None:
        blocks.append(Block("irods_raw", "I-RODS centile without its raw score"))
    left, right = _number(findings, "synacthen_0"), _number(findings, "synacthen_30")
    confirmed = "synacthen_30" in findings and findings["synacthen_30"].doubt_confirmed_by
    if left is not None and right is not None and right < left and not confirmed:
        blocks.append(Block("synacthen_30", "Synacthen at 30 min is below 0 min. Correct it or confirm it"))
    blocks += _ratio(findings)
    return blocks


def _ratio(findings: Mapping[str, Finding]) -> list[Block]:
    """A light chain ratio that its own two parts deny (clinical.md 2.4): refused beyond 5 per cent."""
    parts = [findings.get(code) for code in ("flc_kappa", "flc_lambda", "flc_ratio_reported")]
    exact = [f.value for f in parts if f is not None and f.sign is Sign.EQUAL and isinstance(f.value, float)]
    if len(exact) < len(parts):
        return []
    kappa, lambda_, reported = exact
    if abs(reported * lambda_ - kappa) <= 0.05 * kappa * (1 + 1e-9):
        return []
    words = f"Free light chain ratio {reported:g}, but kappa over lambda is {show_number(kappa / lambda_, 2)}"
    return [Block("flc_ratio_reported", words)]


def _recorded(findings: Mapping[str, Finding], code: str) -> bool:
    return code in findings and findings[code].state is State.RECORDED


def _number(findings: Mapping[str, Finding], code: str) -> float | None:
    finding = findings.get(code)
    return finding.value if finding is not None and isinstance(finding.value, float) else None
