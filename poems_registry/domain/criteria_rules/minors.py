"""Criteria X, S, Pa and T: fluid, skin, optic discs, blood counts (clinical.md 1.4)."""

from typing import Final

from poems_registry.domain.criteria_rules.reasons import (
    Criterion,
    CriterionResult,
    Reason,
    ReasonKind,
    Site,
    by_cause,
    doubt,
    exclusion,
    from_sites,
    remark,
)
from poems_registry.domain.evidence import BloodCount, Evidence
from poems_registry.domain.evidence_kinds import (
    LISTED_SKIN_SIGNS,
    CountKind,
    Eye,
    SexAtBirth,
    SkinSign,
    Status,
    VolumeSite,
)
from poems_registry.domain.kleene import Verdict, any_of
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatment_periods import may_have_begun, on_treatment, treatment_begun

_VOLUME_WORDS: Final = {
    VolumeSite.OEDEMA: "oedema",
    VolumeSite.PLEURAL_EFFUSION: "pleural effusion",
    VolumeSite.ASCITES: "ascites",
    VolumeSite.PERICARDIAL_EFFUSION: "pericardial effusion",
}
_NEEDED_VOLUME: Final = (VolumeSite.OEDEMA, VolumeSite.PLEURAL_EFFUSION, VolumeSite.ASCITES)


def judge_volume(evidence: Evidence, thresholds: Thresholds) -> CriterionResult:
    """X: fluid at any site; excluded when each of the three sites is absent or from another cause."""
    counted = [*_NEEDED_VOLUME]
    if thresholds.pericardial_effusion_counts:
        counted.append(VolumeSite.PERICARDIAL_EFFUSION)
    sites = [
        Site(
            f"Assessment for {_VOLUME_WORDS[site]}",
            tuple(
                reason
                for each in evidence.volume
                if each.site is site
                for reason in _sign(
                    each.status, by_cause(each.on, _VOLUME_WORDS[site], _capital(site), each.attribution)
                )
            ),
            needed=site in _NEEDED_VOLUME,
        )
        for site in counted
    ]
    return from_sites(Criterion.X, any_of(*(each.verdict for each in sites)), sites)


def judge_skin(evidence: Evidence, thresholds: Thresholds) -> CriterionResult:
    """S: any counted sign; excluded when each of the seven is absent, or "skin examined, none" was ticked."""
    extra = sorted(thresholds.extra_skin_signs - set(LISTED_SKIN_SIGNS))
    sites = [_skin_site(sign, evidence) for sign in (*LISTED_SKIN_SIGNS, *extra)]
    return from_sites(Criterion.S, any_of(*(each.verdict for each in sites)), sites)


def _skin_site(sign: SkinSign, evidence: Evidence) -> Site:
    words = sign.replace("_", " ")
    listed = sign in LISTED_SKIN_SIGNS
    reasons = [
        reason
        for each in evidence.skin
        if each.sign is sign
        for reason in _sign(each.status, by_cause(each.on, words, _capital(words), each.attribution))
    ]
    if listed:
        reasons += [exclusion(each.on, words, f"No {words}") for each in evidence.skin_none]
    return Site("Full skin examination", tuple(reasons), needed=listed)


def judge_discs(evidence: Evidence) -> CriterionResult:
    """Pa: papilloedema in either eye; excluded when both discs were seen."""
    sites = [
        Site(
            "Fundi",
            tuple(
                reason
                for each in evidence.fundi
                if each.eye in {eye, Eye.BOTH}
                for reason in _sign(
                    each.status,
                    by_cause(each.on, f"papilloedema, {eye} eye", f"Papilloedema, {eye} eye", each.attribution),
                )
            ),
        )
        for eye in (Eye.LEFT, Eye.RIGHT)
    ]
    return from_sites(Criterion.Pa, any_of(*(each.verdict for each in sites)), sites)


def judge_counts(evidence: Evidence, thresholds: Thresholds) -> CriterionResult:
    """T: platelets or haematocrit above the limit before treatment; excluded when both are known to be normal then."""
    sites = [
        Site(
            f"{kind.capitalize()} before treatment",
            tuple(_count(each, evidence, thresholds) for each in evidence.counts if each.kind is kind),
        )
        for kind in CountKind
    ]
    return from_sites(Criterion.T, any_of(*(each.verdict for each in sites)), sites)


def _count(each: BloodCount, evidence: Evidence, thresholds: Thresholds) -> Reason:
    high = _raised(each, evidence.sex, thresholds)
    words = f"{_capital(each.kind)} {each.value.words}"
    if each.kind is CountKind.PLATELETS:
        words += " x10\N{SUPERSCRIPT NINE}/L"
    during = each.on_treatment or on_treatment(evidence.treatments, each.on)
    if during or each.before_treatment is False or treatment_begun(evidence.treatments, each.on):
        when = "on treatment" if during else "after treatment had begun"
        return remark(each.on, each.kind, f"{words}, {when}", ReasonKind.TREATED)
    if high is Verdict.MET:
        return by_cause(each.on, each.kind, f"{words}, raised", each.attribution)
    if high is Verdict.NOT_MET and each.before_treatment is None and may_have_begun(evidence.treatments):
        perhaps = f"{words}, perhaps on treatment: a line without its start"
        return remark(each.on, each.kind, perhaps, ReasonKind.TREATED)
    if high is Verdict.NOT_MET:
        return exclusion(each.on, each.kind, f"No rise: {words}")
    unclear = f"{words}: not known whether raised"
    return remark(each.on, each.kind, unclear) if each.value.censored else doubt(each.on, each.kind, unclear)


def _raised(each: BloodCount, sex: SexAtBirth | None, thresholds: Thresholds) -> Verdict:
    """Whether a count is raised. Without a sex, a haematocrit decides only where both limits agree."""
    if each.kind is CountKind.PLATELETS:
        return each.value.at_least(thresholds.platelets)
    male, female = (each.value.above(of) for of in (thresholds.haematocrit_male, thresholds.haematocrit_female))
    if sex is not None:
        return male if sex is SexAtBirth.MALE else female
    return male if male is female else Verdict.CANNOT_TELL


def _sign(status: Status, present: Reason) -> tuple[Reason, ...]:
    """What a sign says that may be there, not there, or not assessed, which is nothing."""
    if status is Status.PRESENT:
        return (present,)
    return (exclusion(present.on, present.site, f"No {present.site}"),) if status is Status.ABSENT else ()


def _capital(words: str) -> str:
    return words.replace("_", " ").capitalize()
