"""The catalogue as a whole: permanent codes, five features, nothing chosen beforehand, derived values."""

import json
from pathlib import Path
from typing import TypedDict

import pytest

from poems_registry.catalogue.book import CATALOGUE, UnknownItem
from poems_registry.catalogue.item import Derived, Item
from poems_registry.catalogue.kinds import Choice, Choices, Number
from poems_registry.domain.errors import InvalidInput
from poems_registry.domain.findings import Finding, Sign, State
from tests.unit.catalogue.test_kinds import TODAY

LOCK = Path(__file__).parents[2] / "golden" / "catalogue.json"


class Shape(TypedDict):
    """What is permanent about an item."""

    kind: str
    unit: str
    codes: list[str]


def shape(item: Item | Derived) -> Shape:
    kind = item.kind
    codes = [o.code for o in kind.options] if isinstance(kind, Choice | Choices) else []
    unit = kind.unit if isinstance(kind, Number) else ""
    return Shape(kind=type(kind).__name__, unit=unit, codes=codes)


def test_no_code_kind_unit_or_answer_is_removed_or_altered() -> None:
    """Adding needs nothing. Anything else needs a migration first, then an edit of the lock by hand."""
    locked = json.loads(LOCK.read_text(encoding="utf-8"))
    every: dict[str, Item | Derived] = {**CATALOGUE.items, **CATALOGUE.derived}
    now = {code: shape(item) for code, item in every.items()}
    for code, was in locked.items():
        assert code in now, f"{code} is gone: write a migration, then edit the lock"
        assert now[code]["kind"] == was["kind"], code
        assert now[code]["unit"] == was["unit"], code
        assert set(was["codes"]) <= set(now[code]["codes"]), code


def test_every_item_is_in_the_lock() -> None:
    locked = json.loads(LOCK.read_text(encoding="utf-8"))
    assert sorted(set(CATALOGUE.items) - set(locked)) == [], "add the new items to the lock"


def test_the_five_features_stand_in_the_order_of_the_name() -> None:
    assert [s.feature for s in CATALOGUE.features] == list("POEMS")


def test_only_the_five_statuses_are_required_to_sign() -> None:
    required = {item.code for item in CATALOGUE.items.values() if item.required}
    assert required == {"p_status", "o_status", "e_status", "m_status", "s_status"}


def test_codes_are_unique_over_items_and_derived() -> None:
    every = [i.code for s in CATALOGUE.sections for i in s.items] + list(CATALOGUE.derived)
    assert len(every) == len(set(every))


def test_research_results_never_go_into_a_letter() -> None:
    assert all(not item.in_letter for item in CATALOGUE.items.values() if item.research)


def test_serum_and_plasma_vegf_are_different_items_with_their_specimen() -> None:
    assert CATALOGUE.item("vegf_serum").specimen == "serum"
    assert CATALOGUE.item("vegf_plasma").specimen == "plasma"


def test_every_conversion_says_where_it_comes_from() -> None:
    for item in CATALOGUE.items.values():
        if isinstance(item.kind, Number):
            assert all(c.source for c in item.kind.units.values()), item.code


def test_a_code_nobody_declared_is_refused() -> None:
    with pytest.raises(UnknownItem):
        CATALOGUE.item("vegf")


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        CATALOGUE.read({"onls_arm": "9", "p_status": "perhaps", "onls_leg": "3", "tlco": ""}, TODAY)
    assert sorted(caught.value.problems) == ["onls_arm", "p_status"]


def test_a_total_is_computed_only_from_complete_exact_parts() -> None:
    arm, leg = Finding("onls_arm", 2.0), Finding("onls_leg", 3.0)
    assert CATALOGUE.compute([arm, leg])["onls_total"] == 5
    assert "onls_total" not in CATALOGUE.compute([arm])
    assert "onls_total" not in CATALOGUE.compute([arm, Finding("onls_leg", None, State.UNABLE)])
    kappa, censored = Finding("flc_kappa", 20.0), Finding("flc_lambda", 1.0, sign=Sign.BELOW)
    assert "flc_ratio" not in CATALOGUE.compute([kappa, censored])
