"""Whether a serum free light chain ratio is abnormal, and which chain is in excess (clinical.md 1.4, 2.4)."""

from poems_registry.domain.evidence import LightChainRatio
from poems_registry.domain.evidence_kinds import LightChain
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.thresholds import Thresholds


def judge_ratio(each: LightChainRatio, thresholds: Thresholds) -> tuple[Verdict, LightChain | None]:
    """Abnormal (met), normal (not met) or cannot tell, and the chain in excess if that is known.

    The laboratory's own word comes first, then the limits printed with the ratio, then the clinic's own limits; these
    hold for one assay only and are not used for a result of another (2.4: not transferable between assays). A limit
    is itself normal, and a censored ratio is called only if all of it lies on one side.
    """
    if each.abnormal is not None:
        return (Verdict.MET, each.light) if each.abnormal else (Verdict.NOT_MET, None)
    if each.ratio is None:
        return Verdict.CANNOT_TELL, None
    lower, upper = _limits(each, thresholds)
    above = Verdict.CANNOT_TELL if upper is None else each.ratio.above(upper)
    below = Verdict.CANNOT_TELL if lower is None else each.ratio.below(lower)
    if above is Verdict.MET:
        return Verdict.MET, LightChain.KAPPA
    if below is Verdict.MET:
        return Verdict.MET, LightChain.LAMBDA
    normal = above is Verdict.NOT_MET and below is Verdict.NOT_MET
    return (Verdict.NOT_MET if normal else Verdict.CANNOT_TELL), None


def _limits(each: LightChainRatio, thresholds: Thresholds) -> tuple[float | None, float | None]:
    if each.lower is not None or each.upper is not None:
        return each.lower, each.upper
    own_assay = not each.assay or thresholds.light_chain_assay.casefold() in each.assay.casefold()
    if not own_assay:
        return None, None
    return thresholds.light_chain_ratio_lower, thresholds.light_chain_ratio_upper
