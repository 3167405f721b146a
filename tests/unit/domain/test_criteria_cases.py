"""The worked cases of clinical.md 1.6, by the criteria's values and by the findings behind them."""

from datetime import date

import pytest

from poems_registry.domain.criteria import (
    Criterion,
    Evidence,
    FlagKind,
    Verdict,
    deciding_a,
    judge,
    suichi,
    verdict_a,
    verdict_b,
    verdict_words,
)
from poems_registry.domain.evidence import CastlemanHistology
from poems_registry.domain.evidence_kinds import (
    Axis,
    AxisStatus,
    CountKind,
    EndocrineTest,
    FixationResult,
    FixationSpecimen,
    Histology,
    SkinSign,
    Specimen,
    Status,
    VolumeSite,
)
from poems_registry.domain.treatment_periods import TreatmentPeriod
from tests.unit.domain.bedside import (
    CANNOT_TELL,
    DAY,
    DISPROVEN,
    LATER,
    MET,
    NO_CLONE,
    NORMAL_SCREEN,
    NOT_MET,
    PROVEN,
    STANDARD,
    count,
    fixation,
    fluid,
    hormone,
    neuropathy,
    skin,
    together,
    vegf,
    with_values,
)

SIGNS = {"+": MET, "-": NOT_MET, "?": CANNOT_TELL}

CASES = [
    ("D1 classic", "P+ M+ V+ B+ C- O+ X+ E+ S+ Pa- T+", MET, "", MET),
    ("D2 VEGF missing, sclerotic lesion the only major", "P+ M+ V? B+ C? S+", MET, "", CANNOT_TELL),
    ("D3 nothing imaged, no VEGF", "P+ M+ S+", CANNOT_TELL, "C B V", CANNOT_TELL),
    ("D4 only VEGF missing", "P+ M+ V? B- C- S+", CANNOT_TELL, "V", CANNOT_TELL),
    ("D5 VEGF normal, no lesion, no Castleman", "P+ M+ V- B- C- S+ X+", NOT_MET, "", NOT_MET),
    ("D7 Castleman, clone fully excluded", "P+ M- C+ V+ B- X+ O+", NOT_MET, "", NOT_MET),
    ("D9 diabetes the only minor", "P+ M+ V+ B- C- O- X- E- S- Pa- T-", NOT_MET, "", NOT_MET),
    ("D11 hypothyroid and low testosterone", "P+ M+ V+ E+ X- S- T-", MET, "", CANNOT_TELL),
    ("D12 MGUS neuropathy, all assessed", "P+ M+ C- B- V- O- X- E- S- Pa- T-", NOT_MET, "", NOT_MET),
    ("D13 plasma VEGF 250, platelets 520", "P+ M+ V+ T+", MET, "", CANNOT_TELL),
    ("D15 neuropathy not yet examined", "P? M+ V+ B+ O+ S+", CANNOT_TELL, "P", CANNOT_TELL),
    ("D16 neuropathy excluded", "P- M+ V+ B+ O+", NOT_MET, "", NOT_MET),
    ("D17 after transplant, met before", "P+ M+ V+ B+ S+", MET, "", MET),
    ("D19 every minor absent", "P+ M+ B+ V+ O- X- E- S- Pa- T-", NOT_MET, "", NOT_MET),
    ("D20 empty record", "", CANNOT_TELL, "P M", CANNOT_TELL),
]
"""id and name; values, what is not named is unknown; rule A; deciding items; rule B."""

each_case = pytest.mark.parametrize(
    ("values", "rule_a", "deciding", "rule_b"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)


def parsed(text: str) -> dict[Criterion, Verdict]:
    return {Criterion(part[:-1]): SIGNS[part[-1]] for part in text.split()}


@each_case
def test_a_worked_case_by_the_values_of_its_criteria(
    values: str, rule_a: Verdict, deciding: str, rule_b: Verdict
) -> None:
    given = parsed(values)
    assert verdict_a(given) is rule_a
    assert deciding_a(given) == tuple(Criterion(letter) for letter in deciding.split())
    assert verdict_b(given) is rule_b


@each_case
def test_a_worked_case_by_the_findings_behind_its_criteria(
    values: str, rule_a: Verdict, deciding: str, rule_b: Verdict
) -> None:
    given = parsed(values)
    judgement = judge(with_values(given), STANDARD)
    assert judgement.values == {each: given.get(each, CANNOT_TELL) for each in Criterion}
    assert judgement.rule_a is rule_a
    assert judgement.deciding == tuple(Criterion(letter) for letter in deciding.split())
    assert judgement.rule_b is rule_b


def test_d5_serum_vegf_of_300_against_a_limit_of_771_is_not_met() -> None:
    evidence = together(
        *(PROVEN[each] for each in (Criterion.P, Criterion.M, Criterion.S, Criterion.X)),
        *(DISPROVEN[each] for each in (Criterion.B, Criterion.C)),
        Evidence(vegf=(vegf("300", upper_limit=771.0),)),
    )
    judgement = judge(evidence, STANDARD)
    assert judgement.rule_a is NOT_MET
    assert verdict_words(judgement) == "criteria not met on what has been assessed"


def test_d7_castleman_with_the_clone_excluded_raises_the_castleman_variant_flag() -> None:
    evidence = together(
        neuropathy(),
        NO_CLONE,
        Evidence(castleman=(CastlemanHistology(DAY, Histology.PLASMA_CELL),), vegf=(vegf("3500"),)),
        DISPROVEN[Criterion.B],
        fluid(VolumeSite.OEDEMA, Status.PRESENT),
        PROVEN[Criterion.O],
    )
    judgement = judge(evidence, STANDARD)
    assert judgement.rule_a is NOT_MET
    assert [flag.kind for flag in judgement.flags] == [FlagKind.CASTLEMAN_VARIANT]
    assert judgement.flags[0].words == "Consider Castleman variant (no clone)"


def test_d9_type_2_diabetes_alone_is_no_endocrinopathy_of_poems() -> None:
    minors = (Criterion.O, Criterion.X, Criterion.S, Criterion.Pa, Criterion.T)
    evidence = together(
        *(PROVEN[each] for each in (Criterion.P, Criterion.M, Criterion.V)),
        *(DISPROVEN[each] for each in (Criterion.B, Criterion.C, *minors)),
        NORMAL_SCREEN,
        hormone(Axis.GLUCOSE, AxisStatus.ABNORMAL),
    )
    judgement = judge(evidence, STANDARD)
    assert judgement.criteria[Criterion.E].verdict is NOT_MET
    assert judgement.rule_a is NOT_MET


def test_d11_an_underactive_thyroid_with_low_testosterone_is_met() -> None:
    evidence = together(
        *(PROVEN[each] for each in (Criterion.P, Criterion.M, Criterion.V)),
        hormone(Axis.THYROID, AxisStatus.ABNORMAL),
        hormone(Axis.GONADAL, AxisStatus.ABNORMAL, EndocrineTest.TESTOSTERONE),
    )
    judgement = judge(evidence, STANDARD)
    assert judgement.criteria[Criterion.E].verdict is MET
    assert verdict_words(judgement) == "criteria met"


def test_d13_plasma_vegf_of_250_with_platelets_of_520_is_met() -> None:
    evidence = together(
        neuropathy(),
        fixation(FixationResult.POSITIVE),
        Evidence(vegf=(vegf("250", Specimen.PLASMA, upper_limit=86.0),)),
        count(CountKind.PLATELETS, "520"),
    )
    assert judge(evidence, STANDARD).rule_a is MET


def test_d17_a_person_in_remission_after_transplant_keeps_the_diagnosis() -> None:
    before = with_values(dict.fromkeys((Criterion.P, Criterion.M, Criterion.V, Criterion.B, Criterion.S), MET))
    transplant = Evidence(treatments=(TreatmentPeriod(date(2024, 6, 1), date(2024, 6, 2)),))
    remission = together(
        Evidence(vegf=(vegf("200", on=LATER),)),
        fixation(FixationResult.NEGATIVE, FixationSpecimen.SERUM),
        neuropathy(Status.ABSENT, on=LATER),
        skin(SkinSign.HYPERPIGMENTATION, Status.ABSENT),
        DISPROVEN[Criterion.B],
    )
    judgement = judge(together(before, transplant, remission), STANDARD)
    assert judgement.rule_a is MET
    assert judgement.rule_b is judge(before, STANDARD).rule_b is MET


def test_d20_an_empty_record_cannot_be_told_and_assumes_nothing() -> None:
    judgement = judge(Evidence(), STANDARD)
    assert set(judgement.values.values()) == {CANNOT_TELL}
    assert judgement.deciding == (Criterion.P, Criterion.M)
    assert verdict_words(judgement) == "cannot tell yet"
    assert judgement.flags == ()
    assert all(result.decided_by for result in judgement.criteria.values())


def test_with_only_nerves_and_clone_known_no_single_answer_decides_so_all_unknown_are_listed() -> None:
    judgement = judge(with_values({Criterion.P: MET, Criterion.M: MET}), STANDARD)
    assert judgement.deciding == tuple(each for each in Criterion if each not in {Criterion.P, Criterion.M})


def test_a_verdict_is_asked_up_to_a_day_and_knows_nothing_of_later_findings() -> None:
    evidence = together(
        with_values(dict.fromkeys((Criterion.P, Criterion.M, Criterion.S), MET)),
        Evidence(vegf=(vegf("3500", on=LATER),)),
    )
    assert judge(evidence, STANDARD, DAY).rule_a is CANNOT_TELL
    assert judge(evidence, STANDARD, LATER).rule_a is MET


def test_the_second_opinion_is_a_line_of_words() -> None:
    judgement = judge(with_values(parsed("P+ M+ V? B+ C? S+")), STANDARD)
    assert suichi(judgement) == "Second opinion (Suichi 2019): cannot tell yet; would decide: V"
    met = judge(with_values(parsed("P+ M+ V+ B+ S+")), STANDARD)
    assert suichi(met) == "Second opinion (Suichi 2019): criteria met"
