"""Leaving repetitions aside changes no verdict, and no item that a summary rests on is left unread."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.evidence import evidence_of
from poems_registry.cohort.items import ITEMS
from poems_registry.cohort.judged import verdicts, without_repeats
from poems_registry.cohort.people import member_of
from poems_registry.domain.criteria import judge
from poems_registry.domain.records import PatientFile
from poems_registry.domain.thresholds import Thresholds
from tests.unit.cohort.made_up import DATA_DATE, random_record

SEEDS = st.integers(0, 2**32)


@given(SEEDS, st.sampled_from([0.1, 0.4, 0.9]))
@settings(max_examples=150)
def test_what_is_said_again_changes_no_verdict(seed: int, share: float) -> None:
    evidence = evidence_of(random_record(Random(seed), share))
    judgement = judge(evidence, Thresholds())
    short = verdicts(evidence, Thresholds(), DATA_DATE)
    assert dict(short.criteria) == judgement.values
    assert (short.rule_a, short.rule_b) == (judgement.rule_a, judgement.rule_b)


def test_years_of_the_same_visit_are_judged_as_two() -> None:
    evidence = evidence_of(random_record(Random(3), 0.9))
    same = [replace(each, on=each.on.replace(year=2000 + year)) for each in evidence.skin[:1] for year in range(20)]
    kept = without_repeats(replace(evidence, skin=tuple(same))).skin
    assert {finding.on.year for finding in kept} == {2000, 2019}


@given(SEEDS)
@settings(max_examples=150)
def test_every_item_a_summary_rests_on_is_read(seed: int) -> None:
    file = random_record(Random(seed), 0.9)
    few = replace(
        file,
        encounters=tuple(
            replace(each, findings=tuple(f for f in each.findings if f.item in ITEMS)) for each in file.encounters
        ),
    )
    assert evidence_of(few) == evidence_of(file)
    assert member_of(few, Thresholds(), DATA_DATE) == member_of(file, Thresholds(), DATA_DATE)


def test_only_items_of_the_catalogue_are_asked_for() -> None:
    assert [item for item in ITEMS if item not in CATALOGUE.items] == []
    assert len(set(ITEMS)) == len(ITEMS)


def test_an_empty_record_is_judged_too() -> None:
    assert set(verdicts(evidence_of(PatientFile(random_record(Random(1), 0).patient)), Thresholds(), DATA_DATE)
               .criteria.values()) == {"cannot_tell"}  # fmt: skip
