"""What holds for every record (decision 2), tried on made-up records by the thousand."""

from dataclasses import replace
from datetime import date
from functools import partial
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.criteria import (
    Bearing,
    Criterion,
    Evidence,
    Reason,
    Verdict,
    deciding_a,
    judge,
    verdict_a,
    verdict_b,
)
from poems_registry.domain.evidence import (
    BloodCount,
    BoneLesion,
    BoneReading,
    CastlemanHistology,
    EndocrineFinding,
    FundusExamination,
    Immunofixation,
    LesionBiopsy,
    MarrowClonality,
    NerveConduction,
    NeuropathyExamination,
    OrganAssessment,
    SkinExaminedNone,
    SkinFinding,
    VegfSample,
    VolumeFinding,
)
from poems_registry.domain.evidence_kinds import (
    LISTED_SKIN_SIGNS,
    Axis,
    AxisStatus,
    BoneModality,
    Clonality,
    ClonalityMethod,
    ConductionPattern,
    CountKind,
    EndocrineTest,
    Eye,
    FixationResult,
    FixationSpecimen,
    Histology,
    LesionKind,
    LesionSite,
    Organ,
    OrganMethod,
    SkinSign,
    Specimen,
    Status,
    VolumeSite,
)
from poems_registry.domain.findings import Attribution, Sign
from poems_registry.domain.intervals import Interval
from poems_registry.domain.treatment_periods import TreatmentPeriod
from tests.unit.domain.bedside import (
    CANNOT_TELL,
    DISPROVEN,
    MET,
    NOT_MET,
    PROVEN,
    STANDARD,
    fluid,
    skin,
    together,
)

days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
causes = st.sampled_from([None, *Attribution])
verdicts = st.sampled_from(Verdict)
values = st.dictionaries(st.sampled_from(Criterion), verdicts)


def of(*members: object) -> st.SearchStrategy[object]:
    return st.sampled_from(members)


def results(*numbers: float) -> st.SearchStrategy[Interval]:
    return st.builds(Interval.of, st.sampled_from(Sign), st.sampled_from(numbers))


TESTS = (None, EndocrineTest.TESTOSTERONE, EndocrineTest.CORTISOL_9AM, EndocrineTest.PROLACTIN, EndocrineTest.OTHER)


def vegf_samples(cause: st.SearchStrategy[Attribution | None]) -> st.SearchStrategy[VegfSample]:
    """One sample in any specimen, with or without a word on its treatment."""
    return st.builds(
        VegfSample,
        on=days,
        specimen=of(None, *Specimen),
        value=results(31.0, 90.0, 300.0, 1000.0, 3500.0),
        on_treatment=of(None, True, False),
        steroids_within_3_months=of(None, True, False),
        attribution=cause,
    )


def findings(cause: st.SearchStrategy[Attribution | None]) -> st.SearchStrategy[Evidence]:
    """One finding of any kind."""
    size = st.none() | results(5.0, 12.0, 17.0)
    lesion = st.builds(BoneLesion, st.sampled_from(LesionKind), st.none() | results(2.0, 9.0), cause)
    kinds: dict[str, st.SearchStrategy[object]] = {
        "examinations": st.builds(NeuropathyExamination, days, of(None, *Status), cause),
        "conductions": st.builds(NerveConduction, days, of(*ConductionPattern), cause),
        "immunofixations": st.builds(
            Immunofixation, days, of(*FixationSpecimen), of(*FixationResult), st.none(), st.none(), cause
        ),
        "marrow_clonality": st.builds(MarrowClonality, days, of(*ClonalityMethod), of(*Clonality), cause),
        "lesion_biopsies": st.builds(LesionBiopsy, days, of(*LesionSite), of(*Clonality), cause),
        "castleman": st.builds(CastlemanHistology, days, of(*Histology), st.none(), cause),
        "bones": st.builds(BoneReading, days, of(*BoneModality), st.lists(lesion, max_size=2).map(tuple)),
        "vegf": vegf_samples(cause),
        "organs": st.builds(OrganAssessment, days, of(*Organ), of(*OrganMethod), of(None, *Status), size, cause),
        "volume": st.builds(VolumeFinding, days, of(*VolumeSite), of(*Status), cause),
        "endocrine": st.builds(EndocrineFinding, days, of(*Axis), of(*AxisStatus), of(*TESTS), st.booleans(), cause),
        "skin": st.builds(SkinFinding, days, of(*LISTED_SKIN_SIGNS), of(*Status), cause),
        "skin_none": st.builds(SkinExaminedNone, days),
        "fundi": st.builds(FundusExamination, days, of(*Eye), of(*Status), st.none(), cause),
        "counts": st.builds(
            BloodCount, days, of(*CountKind), results(0.42, 0.55, 250.0, 600.0), of(None, True), st.none(), cause
        ),
    }
    return st.one_of(*(each.map(partial(alone, name)) for name, each in kinds.items()))


def alone(name: str, finding: object) -> Evidence:
    """Evidence of nothing but this finding."""
    fields: dict[str, Any] = {name: (finding,)}
    return Evidence(**fields)


treatments = st.builds(TreatmentPeriod, days, st.none() | days, st.booleans(), st.booleans()).filter(
    lambda period: period.ended is None or period.ended >= period.started
)
treated = treatments.map(lambda period: Evidence(treatments=(period,)))
records = st.lists(findings(causes) | treated, max_size=25)
plain_findings = findings(st.sampled_from([None, Attribution.POEMS]))


@given(values, st.sampled_from(Criterion), verdicts)
def test_settling_one_unknown_criterion_never_unsettles_a_settled_verdict(
    known: dict[Criterion, Verdict], criterion: Criterion, found: Verdict
) -> None:
    if known.get(criterion, CANNOT_TELL).settled:
        return
    more = {**known, criterion: found}
    for rule in (verdict_a, verdict_b):
        assert rule(known) in {CANNOT_TELL, rule(more)}


@given(records, st.sampled_from(Criterion), st.booleans())
def test_evidence_that_settles_an_unknown_criterion_never_unsettles_the_verdict(
    record: list[Evidence], criterion: Criterion, found: bool
) -> None:
    before = judge(together(*record), STANDARD)
    if before.values[criterion].settled:
        return
    after = judge(together(*record, (PROVEN if found else DISPROVEN)[criterion]), STANDARD)
    assert before.rule_a in {CANNOT_TELL, after.rule_a}
    assert before.rule_b in {CANNOT_TELL, after.rule_b}
    others = [each for each in Criterion if each is not criterion]
    assert [after.values[each] for each in others] == [before.values[each] for each in others]


@given(records, st.data())
def test_entering_a_finding_twice_changes_nothing(record: list[Evidence], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(record), max_size=5)) if record else []
    assert judge(together(*record, *again), STANDARD) == judge(together(*record), STANDARD)


@given(records, days)
def test_saying_that_something_was_not_assessed_changes_no_verdict(record: list[Evidence], day: date) -> None:
    silence = Evidence(
        examinations=(NeuropathyExamination(day, Status.NOT_ASSESSED),),
        organs=tuple(OrganAssessment(day, each, OrganMethod.CT, Status.NOT_ASSESSED) for each in Organ),
        volume=tuple(VolumeFinding(day, each, Status.NOT_ASSESSED) for each in VolumeSite),
        endocrine=tuple(EndocrineFinding(day, each, AxisStatus.NOT_ASSESSED) for each in Axis),
        skin=tuple(SkinFinding(day, each, Status.NOT_ASSESSED) for each in LISTED_SKIN_SIGNS),
        fundi=(FundusExamination(day, Eye.BOTH, Status.NOT_ASSESSED),),
    )
    assert judge(together(*record, silence), STANDARD).criteria == judge(together(*record), STANDARD).criteria


@given(records, st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(record: list[Evidence], chance: Random) -> None:
    shuffled = list(record)
    chance.shuffle(shuffled)
    assert judge(together(*shuffled), STANDARD) == judge(together(*record), STANDARD)


@given(records, plain_findings)
def test_what_was_once_met_stays_met_whatever_is_found_later(record: list[Evidence], found: Evidence) -> None:
    before = judge(together(*record), STANDARD)
    after = judge(together(*record, found), STANDARD)
    for criterion in before.of(MET):
        assert after.values[criterion] is MET
    assert before.rule_a is not MET or after.rule_a is MET


@given(st.lists(plain_findings | treated, max_size=25), days, days)
def test_a_verdict_once_met_is_met_on_every_later_day(record: list[Evidence], one: date, other: date) -> None:
    evidence = together(*record)
    early, late = (judge(evidence, STANDARD, day) for day in sorted((one, other)))
    for criterion in early.of(MET):
        assert late.values[criterion] is MET


@given(records, st.lists(treated, min_size=1, max_size=3))
def test_treatment_changes_no_criterion_but_vegf_and_counts_and_never_excludes_them(
    record: list[Evidence], more: list[Evidence]
) -> None:
    before = judge(together(*record), STANDARD)
    after = judge(together(*record, *more), STANDARD)
    for criterion in Criterion:
        if criterion in {Criterion.V, Criterion.T}:
            newly_excluded = after.values[criterion] is NOT_MET and before.values[criterion] is CANNOT_TELL
            assert after.values[criterion] is not MET or before.values[criterion] is MET
            assert not newly_excluded or criterion_was_held_by_doubt(before.criteria[criterion].reasons)
        else:
            assert after.criteria[criterion] == before.criteria[criterion]


def criterion_was_held_by_doubt(reasons: tuple[Reason, ...]) -> bool:
    """A doubtful count may turn out to have been taken under treatment, which leaves an older exclusion standing."""
    return any(each.bearing in {Bearing.REOPENS, Bearing.UNCERTAIN} for each in reasons)


@given(st.lists(vegf_samples(causes), max_size=8), st.sampled_from(["on_treatment", "steroids_within_3_months"]))
def test_vegf_samples_under_treatment_or_after_steroids_are_never_not_met(samples: list[VegfSample], said: str) -> None:
    hindered = tuple(replace(each, **{said: True}) for each in samples)  # type: ignore[arg-type]
    assert judge(Evidence(vegf=hindered), STANDARD).values[Criterion.V] is CANNOT_TELL


FLUID_SITES = (VolumeSite.OEDEMA, VolumeSite.PLEURAL_EFFUSION, VolumeSite.ASCITES)


@given(st.sampled_from(FLUID_SITES), st.dictionaries(st.sampled_from(FLUID_SITES), st.sampled_from(Status)))
def test_another_cause_settles_only_its_own_site_of_fluid(site: VolumeSite, others: dict[VolumeSite, Status]) -> None:
    others.pop(site, None)
    beside = [fluid(each, status) for each, status in others.items()]
    explained = judge(together(*beside, fluid(site, Status.PRESENT, Attribution.OTHER)), STANDARD)
    absent = judge(together(*beside, fluid(site, Status.ABSENT)), STANDARD)
    assert explained.values == absent.values


@given(st.sampled_from(LISTED_SKIN_SIGNS), st.dictionaries(st.sampled_from(LISTED_SKIN_SIGNS), st.sampled_from(Status)))
def test_another_cause_settles_only_its_own_skin_sign(sign: SkinSign, others: dict[SkinSign, Status]) -> None:
    others.pop(sign, None)
    beside = [skin(each, status) for each, status in others.items()]
    explained = judge(together(*beside, skin(sign, cause=Attribution.OTHER)), STANDARD)
    absent = judge(together(*beside, skin(sign, Status.ABSENT)), STANDARD)
    assert explained.values == absent.values


@given(records, findings(st.just(Attribution.OTHER)))
def test_a_finding_from_another_cause_never_meets_anything(record: list[Evidence], found: Evidence) -> None:
    before = judge(together(*record), STANDARD)
    after = judge(together(*record, found), STANDARD)
    assert set(after.of(MET)) <= set(before.of(MET))


@given(values)
def test_the_deciding_items_are_exactly_those_one_answer_to_which_settles_the_verdict(
    known: dict[Criterion, Verdict],
) -> None:
    unknown = [each for each in Criterion if known.get(each, CANNOT_TELL) is CANNOT_TELL]
    alone = [
        each
        for each in unknown
        if verdict_a({**known, each: MET}).settled or verdict_a({**known, each: NOT_MET}).settled
    ]
    expected = [] if verdict_a(known).settled else alone or unknown
    assert list(deciding_a(known)) == expected


@given(records)
def test_every_answer_is_explained(record: list[Evidence]) -> None:
    judgement = judge(together(*record), STANDARD)
    for result in judgement.criteria.values():
        assert bool(result.deciding_reasons) is result.verdict.settled
        assert bool(result.decided_by) is not result.verdict.settled
