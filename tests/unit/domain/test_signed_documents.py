"""The frozen document of a visit reads back as exactly that visit, whatever it holds."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Attribution, Finding, Sign, State
from poems_registry.domain.plain_records import NotPlain
from poems_registry.domain.records import Action, ActionFor, Encounter, FrozenVerdict, Medicine, Signature, VisitType
from poems_registry.domain.signed_documents import document_of, encounter_of
from poems_registry.domain.versions import SignedVersion

NOON = datetime(2026, 11, 22, 12, 0, 0, 7, tzinfo=UTC)
WORDS = st.text(max_size=6)
VALUES = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(min_size=1, max_size=6),
    st.lists(st.text(min_size=1, max_size=3), min_size=1, max_size=3).map(tuple),
    st.just(PartialDate(2021, 3)),
)
FINDINGS = st.builds(
    Finding,
    item=st.sampled_from(["weight", "vegf_plasma", "story"]),
    value=VALUES,
    instance=st.integers(0, 3),
    sign=st.sampled_from(Sign),
    note=WORDS,
    limit_low=st.none() | st.floats(0, 9),
    attribution=st.none() | st.sampled_from(Attribution),
    confirmed_from=st.none() | st.integers(1, 9),
    recorded_at=st.none() | st.just(NOON),
) | st.builds(Finding, item=st.just("mrc_sum"), state=st.sampled_from([s for s in State if s is not State.RECORDED]))
ENCOUNTERS = st.builds(
    Encounter,
    id=st.integers(1, 9),
    uid=st.just("u"),
    visit_type=st.none() | st.sampled_from(VisitType),
    on=st.just(date(2026, 11, 22)),
    seen_by=st.lists(WORDS, max_size=2).map(tuple),
    findings=st.lists(FINDINGS, max_size=3).map(tuple),
    medicines=st.just(()) | st.just((Medicine("Prednisolone", "5 mg"), Medicine("", why="?"))),
    actions=st.just((Action(ActionFor.GP, "bloods"),)),
    signature=st.just(Signature("Dr A", "Consultant", "", NOON)),
    verdict=st.none() | st.just(FrozenVerdict("r1", "met", "not_met", (("P", "met"),), ("P",), (), (("vegf", ""),))),
    version_number=st.integers(1, 3),
    amend_reason=WORDS,
)


@given(ENCOUNTERS)
def test_what_was_signed_is_read_back_exactly(encounter: Encounter) -> None:
    assert encounter_of(json.loads(json.dumps(document_of(encounter)))) == encounter


def test_what_became_known_later_is_no_part_of_what_was_signed() -> None:
    later = Encounter(earlier=(SignedVersion(1, "Dr A", NOON),), error_reason="wrong", error_by="B", error_at=NOON)
    assert document_of(later) == document_of(Encounter())


@pytest.mark.parametrize("broken", [{"findings": [{"item": "weight"}]}, {"unknown": 1}, {"version": "one"}])
def test_what_is_no_such_document_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(NotPlain):
        encounter_of(broken)


def test_a_letter_knows_which_version_it_was_made_from() -> None:
    at = [datetime(2026, 11, day, tzinfo=UTC) for day in (1, 10, 20)]
    earlier = (SignedVersion(1, "Dr A", at[0]), SignedVersion(2, "Dr A", at[1]))
    visit = Encounter(version_number=3, earlier=earlier, signature=Signature("Dr B", "", "", at[2]))
    assert [visit.version_at(datetime(2026, 11, day, tzinfo=UTC)) for day in (2, 10, 19, 20, 30)] == [1, 2, 2, 3, 3]
    assert visit.amended
    assert not Encounter().amended
