"""Every value survives its row, and a row alone tells what kind of value it holds."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Attribution, Finding, Sign, State
from poems_registry.storage.observations import CODES_MARK, DATE_MARK, from_row, said, to_row

codes = st.text(min_size=1, max_size=30).filter(lambda c: CODES_MARK not in c and not c.startswith(DATE_MARK))
dates = st.dates().map(PartialDate.of) | st.builds(PartialDate, st.integers(1900, 2100), approx=st.booleans())
words = st.text(max_size=20)
limits = st.none() | st.floats(allow_nan=False, allow_infinity=False)
VALUES: dict[str, st.SearchStrategy[object]] = {
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "code": codes,
    "codes": st.lists(codes, min_size=1, max_size=4).map(tuple),
    "text": words,
    "date": dates,
}


@st.composite
def findings(draw: st.DrawFn) -> tuple[str, Finding]:
    slot = draw(st.sampled_from(sorted(VALUES)))
    state = draw(st.sampled_from(State))
    return slot, Finding(
        item="an_item",
        value=draw(VALUES[slot]) if state is State.RECORDED else None,  # type: ignore[arg-type]
        state=state,
        instance=draw(st.integers(0, 9)),
        sign=draw(st.sampled_from(Sign)),
        reported=draw(words),
        reported_unit=draw(words),
        limit_low=draw(limits),
        limit_high=draw(limits),
        assay=draw(words),
        specimen=draw(words),
        sample_time=draw(words),
        note=draw(words),
        attribution=draw(st.none() | st.sampled_from(Attribution)),
        attribution_text=draw(words),
        confirmed_from=draw(st.none() | st.integers(1, 99)),
        doubt_confirmed_by=draw(words),
        recorded_by=draw(words),
        recorded_at=draw(st.none() | st.datetimes(timezones=st.just(UTC))),
        version=draw(st.integers(1, 9)),
    )


@given(findings())
def test_every_finding_survives_its_row(drawn: tuple[str, Finding]) -> None:
    slot, finding = drawn
    row = to_row(17, finding, slot)
    assert from_row(tuple(row.values())) == finding
    filled = [name for name in ("number", "code", "text") if row[name] is not None]
    assert len(filled) == (1 if finding.state is State.RECORDED else 0)


@given(findings())
def test_what_the_audit_keeps_of_a_finding_is_json_and_loses_no_value(drawn: tuple[str, Finding]) -> None:
    slot, finding = drawn
    row = to_row(17, finding, slot)
    told = json.loads(json.dumps(said(row)))
    for name in ("number", "code", "text", "sign", "note", "reported"):
        kept = told.get(name, {"sign": "=", "number": None, "code": None, "text": None}.get(name, ""))
        assert kept == row[name] or (name == "text" and row[name] == "")


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("number", float("nan")),
        ("number", float("inf")),
        ("number", "12"),
        ("code", ""),
        ("code", "|a|"),
        ("code", "@2020"),
        ("codes", ()),
        ("codes", ("a", "")),
        ("codes", ("a|b",)),
        ("codes", "a"),
        ("date", "2020"),
        ("text", 1.0),
        ("nonsense", 1.0),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_the_items_name_only(slot: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"^an_item: the value does not fit the slot") as refused:
        to_row(1, Finding("an_item", value), slot)  # type: ignore[arg-type]
    assert "2020" not in str(refused.value)


def test_an_instant_keeps_its_microseconds() -> None:
    at = datetime(2026, 11, 22, 14, 2, 3, 456789, tzinfo=UTC)
    assert from_row(tuple(to_row(1, Finding("x", 1.0, recorded_at=at), "number").values())).recorded_at == at
