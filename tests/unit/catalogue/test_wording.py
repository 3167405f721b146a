"""The words for every item in every state: only a recorded absence ever says no."""

import re
from datetime import date

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import YesNo
from poems_registry.catalogue.wording import high_or_low, on_screen, sentence
from poems_registry.domain.findings import Finding, Sign, State

ITEMS = sorted(CATALOGUE.items.values(), key=lambda item: item.code)
UNSAID = [None, *(s for s in State if s is not State.RECORDED)]
NEGATIVE = re.compile(r"\b(no|none|absent|normal|negative|without)\b", re.IGNORECASE)


@pytest.mark.parametrize("state", UNSAID, ids=str)
@pytest.mark.parametrize("item", ITEMS, ids=lambda i: i.code)
def test_what_was_not_recorded_never_reads_as_no(item: Item, state: State | None) -> None:
    finding = None if state is None else Finding(item.code, None, state)
    said = sentence(item, finding).replace(item.plain or item.label, "")
    assert not NEGATIVE.search(said)
    assert not on_screen(item, finding).startswith("No ")


@pytest.mark.parametrize("item", [i for i in ITEMS if isinstance(i.kind, YesNo)], ids=lambda i: i.code)
def test_a_recorded_absence_begins_with_the_negation_on_screen_and_in_letters(item: Item) -> None:
    absent = Finding(item.code, "absent")
    assert on_screen(item, absent).startswith("No ")
    if not item.research:
        assert sentence(item, absent).startswith("No ")


@pytest.mark.parametrize("item", [i for i in ITEMS if isinstance(i.kind, YesNo)], ids=lambda i: i.code)
def test_present_absent_and_unknown_read_differently(item: Item) -> None:
    said = {
        sentence(item, finding)
        for finding in (None, Finding(item.code, "present"), Finding(item.code, "absent"),
                        Finding(item.code, None, State.NOT_DONE), Finding(item.code, None, State.UNABLE))
    }  # fmt: skip
    assert len(said) == 5


def test_not_done_tells_the_last_known_value_with_its_date() -> None:
    last = (date(2026, 8, 12), Finding("spleen_length", 13.8))
    said = sentence(CATALOGUE.item("spleen_length"), Finding("spleen_length", None, State.NOT_DONE), last)
    assert said == "Spleen length: not done at this visit (last: 13.8\u00a0cm on 12 August 2026)"


def test_a_censored_result_is_written_without_symbols() -> None:
    finding = Finding("vegf_serum", 8000.0, sign=Sign.ABOVE)
    assert sentence(CATALOGUE.item("vegf_serum"), finding).endswith(": more than 8,000\u00a0pg/mL")
    assert on_screen(CATALOGUE.item("vegf_serum"), finding) == ">\u00a08,000\u00a0pg/mL"


def test_high_and_low_follow_the_laboratory_of_that_result() -> None:
    assert high_or_low(Finding("platelets", 512.0, limit_low=150, limit_high=400)) == "high"
    assert high_or_low(Finding("platelets", 512.0, limit_low=150, limit_high=600)) == ""
    assert high_or_low(Finding("platelets", 512.0)) == ""
    assert high_or_low(Finding("haemoglobin", 121.0, reported="12.1", reported_unit="g/dL", limit_low=13.0)) == "low"


def test_a_censored_result_is_called_only_if_all_of_it_lies_outside() -> None:
    assert high_or_low(Finding("vegf_serum", 8000.0, sign=Sign.ABOVE, limit_high=771)) == "high"
    assert high_or_low(Finding("vegf_serum", 800.0, sign=Sign.BELOW, limit_high=771)) == ""
