"""The window's words: one call translates, values are never read as patterns; Caps Lock is told from the keys."""

import gettext
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.ui.i18n import speak, tr, tr_count
from poems_registry.ui.widgets.password import caps_lock_by_key


class Shouting(gettext.NullTranslations):
    """Another language."""

    def gettext(self, message: str) -> str:
        return message.upper() if "{" not in message else message


@pytest.fixture
def shouting() -> Iterator[None]:
    speak(Shouting())
    yield
    speak(gettext.NullTranslations())


@given(name=st.text())
def test_whatever_a_person_typed_comes_out_as_it_was(name: str) -> None:
    assert tr("Letter for {name}", name=name) == f"Letter for {name}"


def test_words_without_values_may_hold_braces() -> None:
    assert tr("a {brace}") == "a {brace}"


def test_one_and_many() -> None:
    assert tr_count("{count} letter", "{count} letters", 1) == "1 letter"
    assert tr_count("{count} letter", "{count} letters", 1250) == "1,250 letters"


@pytest.mark.usefixtures("shouting")
def test_another_language_needs_no_change_elsewhere() -> None:
    assert tr("Lock") == "LOCK"


@pytest.mark.parametrize(
    ("text", "shifted", "before", "on"),
    [
        ("A", False, False, True),
        ("a", True, False, True),
        ("a", False, True, False),
        ("A", True, True, False),
        ("7", False, True, True),
        ("7", True, False, False),
        ("", False, True, True),
        ("ß", False, False, False),
        ("É", False, False, True),
    ],
)
def test_caps_lock_is_told_from_a_letter_and_shift(text: str, shifted: bool, before: bool, on: bool) -> None:
    assert caps_lock_by_key(text, shifted, before) is on
