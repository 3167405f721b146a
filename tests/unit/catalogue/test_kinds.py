"""How typed text becomes a value: comparators, thousands, units, refusals in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.drafting import read_field, typed_text
from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import NOT_DETECTED, Choice, Choices, Day, Invalid, Number, Text, YesNo
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.findings import Finding, Sign, State, Value

TODAY = date(2026, 11, 22)
ITEMS = sorted(CATALOGUE.items.values(), key=lambda item: item.code)


def typed(code: str, text: str) -> Finding:
    finding = read_field(CATALOGUE.item(code), FieldDraft(text=text), TODAY)
    assert finding is not None
    return finding


@pytest.mark.parametrize(
    ("text", "sign", "value"),
    [("<31", Sign.BELOW, 31), (">8000", Sign.ABOVE, 8000), ("> 8,000", Sign.ABOVE, 8000), ("1,250", Sign.EQUAL, 1250),
     ("1 250", Sign.EQUAL, 1250), ("640", Sign.EQUAL, 640), ("640 ng/L", Sign.EQUAL, 640)],
)  # fmt: skip
def test_vegf_is_read_as_laboratories_write_it(text: str, sign: Sign, value: float) -> None:
    finding = typed("vegf_serum", text)
    assert (finding.sign, finding.value) == (sign, value)


def test_a_decimal_comma_is_read_but_never_confused_with_thousands() -> None:
    assert typed("haemoglobin", "120,5").value == 120.5
    assert typed("platelets", "1,250").value == 1250


def test_haemoglobin_in_g_per_dl_is_converted_and_kept_as_reported() -> None:
    finding = typed("haemoglobin", "12.1 g/dL")
    assert (finding.value, finding.reported, finding.reported_unit) == (121.0, "12.1", "g/dL")


def test_a_unit_that_begins_with_a_figure_is_not_taken_for_a_part_of_the_number() -> None:
    finding = typed("platelets", "266 10^9/L")
    assert (finding.value, finding.reported_unit) == (266.0, "10^9/L")


def test_a_reported_decimal_comma_is_compared_with_the_limits_as_what_it_is() -> None:
    assert typed("haemoglobin", "12,5 g/dL").reported_number == 12.5
    assert typed("vegf_serum", "1,250").reported_number == 1250


def test_a_unit_that_is_not_known_is_refused_not_guessed() -> None:
    with pytest.raises(Invalid, match="unit mmol/L is not known"):
        typed("haemoglobin", "8 mmol/L")


def test_an_impossible_value_is_refused_with_the_range_in_words() -> None:
    with pytest.raises(Invalid, match="must lie between 0 and 7"):
        typed("onls_leg", "8")


def test_a_grade_takes_no_comparator() -> None:
    with pytest.raises(Invalid, match="plain number"):
        typed("onls_arm", "<3")


def test_half_a_grade_is_refused() -> None:
    with pytest.raises(Invalid, match="whole number"):
        typed("onls_arm", "2.5")


def test_not_detected_is_kept_in_its_own_words() -> None:
    assert typed("m_protein", "not detected").reported == NOT_DETECTED


def test_below_nothing_is_refused() -> None:
    with pytest.raises(Invalid, match="below 0"):
        typed("m_protein", "<0")


def test_hba1c_in_per_cent_is_not_a_mere_factor() -> None:
    assert typed("hba1c", "6.5 %").value == pytest.approx(47.5, abs=0.05)


def test_an_unusual_value_is_doubted_but_not_refused() -> None:
    number = CATALOGUE.item("platelets").kind
    assert "unusually high" in number.doubt(900.0)
    assert number.doubt(400.0) == ""


def test_a_choice_is_read_by_code_or_label_and_nothing_else() -> None:
    assert typed("p_status", "Not assessed").value == "not_assessed"
    with pytest.raises(Invalid, match="choose one of"):
        typed("p_status", "maybe")


def test_several_answers_keep_the_order_of_the_list() -> None:
    assert typed("node_sites", "groin|neck").value == ("neck", "groin")


def test_a_state_without_a_value_is_a_finding_of_its_own() -> None:
    finding = read_field(CATALOGUE.item("tlco"), FieldDraft(state=State.UNABLE, note="wrist in plaster"), TODAY)
    assert finding == Finding("tlco", None, State.UNABLE, note="wrist in plaster")


def test_a_blank_field_is_not_recorded() -> None:
    assert read_field(CATALOGUE.item("tlco"), FieldDraft(text="  "), TODAY) is None


def test_a_score_of_tens_refuses_what_lies_between() -> None:
    karnofsky = CATALOGUE.item("karnofsky").kind
    assert karnofsky.parse("70", TODAY).value == 70
    with pytest.raises(Invalid, match="steps of 10"):
        karnofsky.parse("75", TODAY)


def values_of(item: Item) -> st.SearchStrategy[Value]:
    kind = item.kind
    match kind:
        case Number():
            low, high = kind.hard
            if kind.whole:
                step = kind.step or 1
                return st.integers(int(low) // step, int(high) // step).map(lambda count: float(count * step))
            places = kind.decimals
            return st.floats(low, high).map(lambda x: round(x, places)).filter(lambda x: low <= x <= high)
        case Choice() | YesNo():
            return st.sampled_from([o.code for o in kind.options])
        case Choices():
            codes = [o.code for o in kind.options]
            chosen = st.sets(st.sampled_from(codes), min_size=1)
            return chosen.map(lambda s: tuple(c for c in codes if c in s))
        case Day():
            return st.dates(date(1930, 1, 1), TODAY).map(PartialDate.of)
        case Text():
            return st.text("abcdefghij ÄŁéñ", min_size=1, max_size=40).map(str.strip).filter(bool)


@pytest.mark.parametrize("item", ITEMS, ids=lambda i: i.code)
@given(data=st.data())
def test_every_value_survives_being_shown_and_typed_again(item: Item, data: st.DataObject) -> None:
    value = data.draw(values_of(item))
    shown = typed_text(item, Finding(item.code, value))
    again = read_field(item, FieldDraft(text=shown), TODAY)
    assert again is not None
    assert again.value == value


def test_a_year_in_two_figures_is_answered_with_the_dates_it_can_be() -> None:
    with pytest.raises(Invalid, match="write 04-Nov-2026 or 04-Nov-1926"):
        Day().parse("4/11/26", date(2026, 11, 22))
