"""NHS numbers: which entries are taken, which are refused and in what words."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nhs_number.constants import REGION_ENGLAND_WALES_IOM, REGION_NORTHERN_IRELAND, REGION_SCOTLAND
from nhs_number.validate import calculate_checksum, is_valid

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.nhs_number import (
    GENERATED,
    BadNhsNumber,
    check,
    chi_birth_date_differs,
    for_clipboard,
    generate,
    label,
    normalise,
    show,
)

TEN = st.text("0123456789", min_size=10, max_size=10)
NINE = st.text("0123456789", min_size=9, max_size=9)
VALID = [
    "9990000050",
    "9990001375",
    "9990002746",
    "9990004110",
    "9990005486",
    "9990006857",
    "9990008221",
    "9990009597",
    "9434765919",
]


def _accepted(text: str, *, training: bool) -> bool:
    try:
        check(text, training=training)
    except BadNhsNumber:
        return False
    return True


def _with_check_figure(nine: str) -> str:
    figure = calculate_checksum(nine)
    assume(figure is not None and figure != 10)
    return f"{nine}{figure}"


@pytest.mark.parametrize("number", VALID)
def test_the_published_vectors_are_taken_in_training(number: str) -> None:
    assert check(number, training=True) == number
    with pytest.raises(BadNhsNumber, match="begin with 9"):
        check(number, training=False)


@given(TEN)
def test_nothing_is_taken_that_the_package_refuses(number: str) -> None:
    if _accepted(number, training=True) or _accepted(number, training=False):
        assert is_valid(number)


@given(NINE)
def test_a_live_registry_takes_the_numbers_of_the_four_nations(nine: str) -> None:
    number = _with_check_figure(nine)
    assume(len(set(number)) > 1)
    nations = (REGION_ENGLAND_WALES_IOM, REGION_SCOTLAND, REGION_NORTHERN_IRELAND)
    issued = any(is_valid(number, for_region=nation) for nation in nations)
    if label(number) == "CHI No.":
        assert issued or not _accepted(number, training=False)
    else:
        assert _accepted(number, training=False) == issued


@given(st.integers(0, 99_999_999))
def test_a_training_registry_takes_every_valid_number_from_nine_and_no_other(rest: int) -> None:
    number = _with_check_figure(f"9{rest:08d}")
    assert _accepted(number, training=True) == (len(set(number)) > 1)
    other = _with_check_figure(f"4{rest:08d}")
    assert not _accepted(other, training=True)


def test_a_beginning_without_a_check_figure_has_no_valid_ending() -> None:
    assert not any(_accepted(f"999000000{last}", training=True) for last in range(10))


@given(NINE, st.integers(1, 9), st.integers(0, 9))
def test_one_wrong_figure_is_always_noticed(nine: str, shift: int, place: int) -> None:
    number = _with_check_figure(nine)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    with pytest.raises(BadNhsNumber, match="fails its check"):
        check(wrong, training=False)


@given(NINE, st.integers(0, 8))
def test_two_neighbours_swapped_are_always_noticed(nine: str, place: int) -> None:
    number = _with_check_figure(nine)
    assume(number[place] != number[place + 1])
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    with pytest.raises(BadNhsNumber, match="fails its check"):
        check(wrong, training=False)


@pytest.mark.parametrize("figure", "0123456789")
def test_ten_equal_figures_are_refused_everywhere(figure: str) -> None:
    assert not _accepted(figure * 10, training=True)
    assert not _accepted(figure * 10, training=False)


@pytest.mark.parametrize(
    "typed",
    [
        "999 000 0050",
        "999-000-0050",
        "999\u00a0000\u00a00050",
        " 999  000-0050\t",
        "999.000.0050",
        "\u200e999\u2011000\u20130050\u200b",
        "\uff19\uff19\uff19 000 0050",
    ],
)
def test_separators_of_every_kind_are_dropped(typed: str) -> None:
    assert normalise(typed) == "9990000050"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "ten figures"),
        (" - ", "ten figures"),
        ("999 000 005", "too short: 9 of 10"),
        ("999 000 00501", "too long: 11 figures"),
        ("999 000 O050", "take out the letters"),
        ("QQ 12 34 56 C", "National Insurance"),
        ("qq123456c", "National Insurance"),
        ("LCNEA 123", "old or temporary"),
        ("ABC/12/3456", "old or temporary"),
        ("\u0669\u0669\u0669 000 0050", "0 to 9 only"),
        ("999+000+0050", "0 to 9 only"),
    ],
)
def test_each_fault_of_form_has_its_own_words(typed: str, words: str) -> None:
    with pytest.raises(BadNhsNumber, match=words):
        normalise(typed)


@pytest.mark.parametrize(
    ("nine", "words"),
    [
        ("000123456", "not in use"),
        ("311512345", "not in use"),
        ("512345678", "not in use"),
        ("812345678", "Irish"),
        ("871234567", "not in use"),
        ("310255123", "begins with the date"),
        ("290201123", "begins with the date"),
    ],
)
def test_ranges_that_no_uk_patient_has_are_refused_in_words(nine: str, words: str) -> None:
    refusals = []
    for last in range(1000):
        number = f"{nine[:6]}{last:03d}"
        figure = calculate_checksum(number)
        if figure is not None and figure < 10:
            with pytest.raises(BadNhsNumber, match=words):
                check(f"{number}{figure}", training=False)
            refusals.append(number)
    assert len(refusals) > 800


def test_a_number_of_the_twenty_ninth_of_february_needs_a_leap_year() -> None:
    assert any(_accepted(f"290200{rest:04d}", training=False) for rest in range(100))
    assert not any(_accepted(f"290201{rest:04d}", training=False) for rest in range(100))


@given(st.text(max_size=16))
def test_no_typed_text_does_more_than_be_refused(typed: str) -> None:
    try:
        number = normalise(typed)
    except BadNhsNumber:
        return
    assert number.isascii()
    assert number.isdigit()
    assert len(number) == 10


@given(TEN)
def test_a_shown_or_copied_number_is_read_back(number: str) -> None:
    assert normalise(show(number)) == normalise(for_clipboard(number)) == number


def test_a_number_is_shown_in_three_groups_that_cannot_be_parted() -> None:
    assert show("9990000050") == "999\u00a0000\u00a00050"
    assert for_clipboard("9990000050") == "999 000 0050"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0101010000", "CHI No."),
        ("3112999999", "CHI No."),
        ("3200000000", "H&C No."),
        ("3999999999", "H&C No."),
        ("4000000000", "NHS No."),
        ("9990000050", "NHS No."),
    ],
)
def test_the_leading_figures_decide_the_label(number: str, words: str) -> None:
    assert label(number) == words


def test_a_scottish_number_is_compared_with_what_is_known_of_the_birth_date() -> None:
    number = "1407550000"
    assert not chi_birth_date_differs(number, date(1955, 7, 14))
    assert chi_birth_date_differs(number, date(1955, 7, 15))
    assert chi_birth_date_differs(number, PartialDate(1956))
    assert not chi_birth_date_differs(number, PartialDate(1955))
    assert not chi_birth_date_differs(number, PartialDate(1955, 7))
    assert not chi_birth_date_differs("4434765919", date(1955, 7, 15))


@given(st.integers(0, GENERATED - 1))
def test_every_made_up_number_is_valid_and_comes_from_999(index: int) -> None:
    number = generate(index)
    assert check(number, training=True) == number
    assert number.startswith("999")


def test_made_up_numbers_never_repeat_and_never_change() -> None:
    numbers = {generate(index) for index in range(0, GENERATED, 45)}
    assert len(numbers) == len(range(0, GENERATED, 45))
    assert generate(0) == generate(0) == "9990000018"
    for index in (-1, GENERATED):
        with pytest.raises(ValueError, match="counted"):
            generate(index)
