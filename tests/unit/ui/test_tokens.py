"""Colours can be told apart by eyes that see little contrast (WCAG 2.2), in each of the three looks."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.ui.theme.stylesheet import stylesheet
from poems_registry.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT, LOOKS, Tokens, contrast

UI = Path(__file__).parents[3] / "poems_registry" / "ui"
COLOURS = st.from_regex(r"\A#[0-9a-f]{6}\Z")

# (letters, ground, light, dark): the figures of the visual target, computed there by another program.
LISTED = (
    ("text", "card", 14.4, 13.8),
    ("text", "page", 13.0, 15.4),
    ("sub", "card", 6.4, 8.3),
    ("sub", "page", 5.8, 9.3),
    ("sub", "head", 6.0, 7.5),
    ("sub", "banner", 5.3, 7.6),
    ("sub", "tint", 5.5, 7.0),
    ("blue", "card", 6.4, 7.8),
    ("blue", "page", 5.8, 8.7),
    ("blue", "tint", 5.5, 6.5),
    ("on_blue", "blue", 6.4, 8.3),
    ("on_chip", "chip", 9.6, 10.5),
    ("red_text", "card", 7.5, 9.5),
    ("red_text", "red_tint", 6.6, 8.3),
    ("green_text", "green_tint", 7.4, 8.9),
    ("amber_text", "amber_tint", 9.1, 9.4),
    ("stripe_text", "stripe_2", 10.3, 7.2),
    ("purple", "card", 7.0, 7.3),
    ("green", "card", 5.1, 8.9),
    ("edge", "card", 3.75, 5.2),
    ("edge", "page", 3.4, 5.8),
    ("amber", "card", 3.4, 7.4),
    ("amber", "amber_tint", 3.1, 5.5),
)
LETTERS = (
    *(("text", ground) for ground in ("card", "page", "field", "head", "side", "tint", "tint_2", "neutral", "banner")),
    *(("sub", ground) for ground in ("card", "page", "field", "head", "side", "tint", "neutral", "banner")),
    *(("blue", ground) for ground in ("card", "page", "side", "tint", "banner", "head", "neutral")),
    *(("blue_hover", ground) for ground in ("card", "page", "tint", "banner")),
    ("on_blue", "blue"),
    ("on_blue", "blue_hover"),
    ("on_chip", "chip"),
    *(("red_text", ground) for ground in ("card", "page", "red_tint", "tint")),
    *(("green_text", ground) for ground in ("card", "page", "green_tint", "tint")),
    *(("amber_text", ground) for ground in ("card", "page", "amber_tint", "tint")),
    ("stripe_text", "stripe_1"),
    ("stripe_text", "stripe_2"),
    ("on_panel", "panel"),
    ("on_panel", "panel_deep"),
)
SHAPES = (
    *(("edge", ground) for ground in ("card", "page", "field", "neutral")),
    *(("red", ground) for ground in ("card", "red_tint")),
    *(("green", ground) for ground in ("card", "green_tint")),
    *(("amber", ground) for ground in ("card", "amber_tint")),
    ("purple", "card"),
    ("blue", "tint"),
)


def between(look: Tokens, one: str, other: str) -> float:
    return contrast(getattr(look, one), getattr(look, other))


@pytest.mark.parametrize(("ink", "ground", "light", "dark"), LISTED)
def test_the_listed_figures_hold(ink: str, ground: str, light: float, dark: float) -> None:
    assert between(LIGHT, ink, ground) == pytest.approx(light, abs=0.06)
    assert between(DARK, ink, ground) == pytest.approx(dark, abs=0.06)


@pytest.mark.parametrize(("ink", "ground"), LETTERS)
def test_letters_can_be_read_in_every_look(ink: str, ground: str) -> None:
    assert between(LIGHT, ink, ground) >= 4.5
    assert between(DARK, ink, ground) >= 4.5
    assert between(HIGH_CONTRAST, ink, ground) >= 7.0


@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_and_shapes_can_be_seen_in_every_look(shape: str, ground: str) -> None:
    assert between(LIGHT, shape, ground) >= 3.0
    assert between(DARK, shape, ground) >= 3.0
    assert between(HIGH_CONTRAST, shape, ground) >= 4.5


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_the_focus_ring_is_seen_on_every_ground(look: Tokens) -> None:
    assert between(look, "focus", "focus_edge") >= 10
    for ground in ("page", "card", "side", "banner"):
        assert max(between(look, "focus", ground), between(look, "focus_edge", ground)) >= 10


@given(one=COLOURS, other=COLOURS)
def test_contrast_is_the_same_both_ways_and_between_1_and_21(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1.0 <= contrast(one, other) <= 21.0


def test_black_on_white_is_21_and_a_colour_on_itself_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # the known limit for grey text on white
    assert contrast("#005eb8", "#005eb8") == 1.0


def test_no_colour_is_written_down_outside_the_tokens() -> None:
    literal = re.compile(r"[\"']#[0-9a-fA-F]{3,8}[\"']|rgba?\(|Qt\.GlobalColor\.(?!transparent)")
    files = [path for path in UI.rglob("*.py") if path.name != "tokens.py"]
    assert {
        path.name: literal.findall(path.read_text(encoding="utf-8"))
        for path in files
        if literal.search(path.read_text(encoding="utf-8"))
    } == {}


@pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))
def test_the_style_sheet_sets_no_type_and_leaks_into_no_child(look: Tokens) -> None:
    sheet = stylesheet(look)
    assert "font" not in sheet
    assert "$" not in sheet
    selectors = [rule.split("{")[0].strip() for rule in sheet.split("}") if rule.strip()]
    assert [selector for selector in selectors if selector in ("", "*", "QWidget", "QFrame")] == []


def test_every_icon_that_the_code_names_is_there() -> None:
    icons = {path.stem for path in (UI.parents[1] / "resources" / "icons").glob("*.svg")}
    kebab = re.compile(r"[\"']((?:[a-z]+-)+[a-z0-9]+)[\"']|icon(?:_name)?=[\"']([a-z0-9-]+)[\"']")
    sources = [path.read_text(encoding="utf-8") for path in (UI / "widgets").glob("*.py")]
    sources += [(UI / name).read_text(encoding="utf-8") for name in ("shell.py", "shortcuts.py", "tables/view.py")]
    named = {first or second for text in sources for first, second in kebab.findall(text)}
    assert named - icons == set()
