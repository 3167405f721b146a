"""Names as they are shown and found, and which typed text is kept."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from poems_registry.domain.names import clean_text, fold, formal, postal, sounds_like

ANY_TEXT = st.text(st.characters(), max_size=30)


@pytest.mark.parametrize(
    ("family", "given_name", "title", "shown"),
    [
        ("Smith", "Ann", "Mrs", "SMITH, Ann (Mrs)"),
        ("Smith", "Ann", "Mrs.", "SMITH, Ann (Mrs)"),
        ("Smith", "Ann", "Prof. Dr.", "SMITH, Ann (Prof Dr)"),
        ("Smith", "Ann", "", "SMITH, Ann"),
        ("Smith", "Ann", ".", "SMITH, Ann"),
        ("McDonald", "John James", "Mr", "MCDONALD, John James (Mr)"),
        ("de Souza", "Zoë", "", "DE SOUZA, Zoë"),
        ("Łukasiewicz", "Ewa", "", "ŁUKASIEWICZ, Ewa"),
        ("Groß", "Jörg", "", "GROSS, Jörg"),
        ("O’Brien", "J", "Rev", "O’BRIEN, J (Rev)"),
        ("Sukarno", "", "Mr", "SUKARNO (Mr)"),
        ("", "Sukarno", "", "SUKARNO"),
        ("  Smith ", " Ann  Marie ", "", "SMITH, Ann Marie"),
    ],
)
def test_a_name_leads_with_the_family_name_in_capitals(family: str, given_name: str, title: str, shown: str) -> None:
    assert formal(family, given_name, title) == shown


@pytest.mark.parametrize(
    ("family", "given_name", "title", "suffix", "line"),
    [
        ("Smith", "Ann", "Mrs.", "", "Mrs Ann Smith"),
        ("Smith", "", "", "", "Smith"),
        ("", "Sukarno", "Mr", "", "Mr Sukarno"),
        ("de Souza", "Zoë", "", "", "Zoë de Souza"),
        ("Smith", "Owen", "Mr", " MBE,  FRCP ", "Mr Owen Smith MBE, FRCP"),
        ("King", "Martin", "Rev. Dr", "Jr.", "Rev Dr Martin King Jr."),
    ],
)
def test_an_envelope_has_the_name_as_it_is_written(
    family: str, given_name: str, title: str, suffix: str, line: str
) -> None:
    assert postal(family, given_name, title, suffix) == line


@given(st.text("abcdeé -'", min_size=1, max_size=150), st.text("abcdeé -'", max_size=150))
def test_no_part_of_a_name_is_ever_cut(family: str, given_name: str) -> None:
    shown = formal(family, given_name)
    assert all(word.upper() in shown.upper() for word in (family + " " + given_name).split())


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Łukasiewicz", "lukasiewicz"),
        ("Straße", "strasse"),
        ("Søren Ærø", "soren aero"),
        ("Đorđe", "dorde"),
        ("Þóra", "thora"),
        ("Œuvray", "oeuvray"),
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("D`Arcy", "darcy"),
        ("Smith-Jones", "smith jones"),
        ("Smith–Jones", "smith jones"),
        ("St. John", "st john"),
        ("  de   Souza ", "de souza"),
        ("İstanbul Işık", "istanbul isik"),
        ("Nguyễn", "nguyen"),
        ("Ştefan Dvořák", "stefan dvorak"),
        ("Ｓｍｉｔｈ", "smith"),  # noqa: RUF001 - full-width letters are what is tested
        ("Παπαδόπουλος", "παπαδοπουλοσ"),
        ("王小明", "王小明"),
        ("", ""),
        ("'", ""),
    ],
)
def test_a_name_is_found_however_its_accents_are_typed(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(ANY_TEXT)
@example("\u2121 \u0345 \u1fb3 \u0149 \u01f0")
@example("\u03b0\u00b4\u02b9\u0374")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F, exclude_characters="µ"), max_size=20))
def test_folding_knows_neither_case_nor_the_form_of_accents(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == fold(text)
    assert fold(text).isascii()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Smith", "Smyth"),
        ("Smith", "Smythe"),
        ("Clark", "Clarke"),
        ("Robert", "Rupert"),
        ("Ashcraft", "Ashcroft"),
        ("Tymczak", "Tymczyk"),
        ("O'Brien", "O Brien"),
        ("de Souza", "Desouza"),
        ("Łukasiewicz", "Lukasiewics"),
        ("Smith-Jones", "Smith"),
        ("Jones", "Smith Jones"),
        ("王", "王"),
        ("Li", "Lee"),
    ],
)
def test_names_that_sound_alike_are_candidates_for_one_person(one: str, other: str) -> None:
    assert sounds_like(one, other)
    assert sounds_like(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Smith", "Jones"), ("van Dijk", "van Berg"), ("Robert", "Rubin"), ("王", "李"), ("", ""), ("", "Smith")],
)
def test_names_that_sound_different_are_none(one: str, other: str) -> None:
    assert not sounds_like(one, other)


@pytest.mark.parametrize(
    ("name", "twin_of_code"),
    [("Washington", "W252"), ("Gutierrez", "G362"), ("Pfister", "P236"), ("Jackson", "J250"), ("Tymczak", "T522")],
)
def test_the_archives_published_codes_come_out(name: str, twin_of_code: str) -> None:
    letters = {"1": "b", "2": "s", "3": "t", "4": "l", "5": "n", "6": "r", "0": ""}
    twin = twin_of_code[0] + "".join("a" + letters[figure] for figure in twin_of_code[1:])
    assert sounds_like(name, twin)


@given(ANY_TEXT)
def test_every_name_sounds_like_itself(name: str) -> None:
    assert sounds_like(name, name) == bool(fold(name))


@pytest.mark.parametrize(
    "text",
    ["=cmd|' /C calc'!A0", "<b>x<y</b>", "'; DROP TABLE patient;--", "{name} {{0}} %s", "👩‍👩‍👧 Zoë", "שלום", "क्षि"],
)
def test_a_text_that_looks_like_code_is_kept_exactly(text: str) -> None:
    assert clean_text(text, 100) == text


def test_blanks_at_the_ends_go_and_accents_become_one_character() -> None:
    assert clean_text("  Zoe\u0308 \u00a0", 3) == "Zoë"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\x00b", "control"),
        ("a\x1bb", "control"),
        ("a\x9fb", "control"),
        ("a\nb", "one line"),
        ("a\u2028b", "one line"),
        ("a\tb", "one line"),
        ("a\ud83db", "broken"),
        ("a\u202eb", "direction"),
        ("a\u2067b", "direction"),
        ("a\u200fb", "direction"),
        ("a\uffffb", "no character"),
        ("a\U0001fffeb", "no character"),
        ("a\ufdd0b", "no character"),
    ],
)
def test_what_a_file_could_not_give_back_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        clean_text(text, 100)


def test_a_note_may_have_lines_of_one_kind() -> None:
    assert clean_text("a\r\nb\rc\n\td\n", 100, lines=True) == "a\nb\nc\n\td"
    with pytest.raises(ValueError, match="control"):
        clean_text("a\x00b", 100, lines=True)


def test_a_text_is_measured_as_it_is_kept() -> None:
    assert clean_text(" abc ", 3) == "abc"
    with pytest.raises(ValueError, match="too long by 2 characters: at most 3"):
        clean_text("abcde", 3)


@given(st.text(st.characters(categories=None), max_size=40), st.booleans())
def test_a_text_is_kept_as_typed_or_refused_with_a_reason(text: str, lines: bool) -> None:
    try:
        kept = clean_text(text, 1000, lines=lines)
    except ValueError as problem:
        reason = str(problem)
    else:
        reason = ""
        assert clean_text(kept, 1000, lines=lines) == kept
        assert kept.encode().decode() == kept
        typed = text.replace("\r\n", "\n").replace("\r", "\n") if lines else text
        assert kept == unicodedata.normalize("NFC", typed.strip())
    assert not reason or (reason.endswith(".") and reason.isascii())
