"""Every colour and measure of the window, for three looks; the only place where one is written down.

Colours are '#rrggbb'. Sizes are logical pixels at 100 %. Contrast is proved in tests/unit/ui/test_tokens.py
(WCAG 2.2: text 4.5 and more, edges and shapes 3 and more; high contrast 7 and 4.5).
"""

from enum import StrEnum
from typing import NamedTuple


class Look(StrEnum):
    """The three looks a person can choose."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class Tokens(NamedTuple):
    """The colours of one look, by what they stand for."""

    text: str
    sub: str
    blue: str  # actions, selection, links
    blue_hover: str
    on_blue: str
    page: str
    card: str
    field: str
    head: str
    side: str
    line: str  # card edges and rules: decoration, never the only mark of a control
    hair: str  # between rows
    edge: str  # control borders
    tint: str  # selection
    tint_2: str
    neutral: str
    chip: str
    on_chip: str
    banner: str
    banner_line: str
    red: str  # shapes and borders
    red_text: str
    red_tint: str
    green: str
    green_text: str
    green_tint: str
    amber: str  # shapes and borders, never text
    amber_text: str
    amber_tint: str
    stripe_1: str
    stripe_2: str
    stripe_text: str
    focus: str
    focus_edge: str
    purple: str
    panel: str  # the coloured half of the unlock screen
    panel_deep: str
    on_panel: str
    shadow: str
    dim: str  # what the window looks like behind a dialog, at its corners


LIGHT = Tokens(
    text="#212b32",
    sub="#4c6272",
    blue="#005eb8",
    blue_hover="#004b93",
    on_blue="#ffffff",
    page="#f0f4f5",
    card="#ffffff",
    field="#ffffff",
    head="#f7f9fa",
    side="#ffffff",
    line="#d8dde0",
    hair="#e8edee",
    edge="#768692",
    tint="#e6effa",
    tint_2="#c9def3",
    neutral="#eaeff1",
    chip="#33475a",
    on_chip="#ffffff",
    banner="#e0ecf8",
    banner_line="#b3cde8",
    red="#d5281b",
    red_text="#a61c11",
    red_tint="#fdecea",
    green="#007f3b",
    green_text="#00592a",
    green_tint="#e2f3e9",
    amber="#b58100",
    amber_text="#5a3c00",
    amber_tint="#fff3d1",
    stripe_1="#ffe7a3",
    stripe_2="#ffd873",
    stripe_text="#3a2800",
    focus="#ffeb3b",
    focus_edge="#212b32",
    purple="#7a3e9d",
    panel="#005eb8",
    panel_deep="#003d78",
    on_panel="#ffffff",
    shadow="#212b32",
    dim="#9da3a7",
)

DARK = Tokens(
    text="#e9eef1",
    sub="#aebcc6",
    blue="#7db9f3",
    blue_hover="#9acaf7",
    on_blue="#071c30",
    page="#11171c",
    card="#1a2228",
    field="#11171c",
    head="#202a31",
    side="#161d23",
    line="#36434d",
    hair="#2a353d",
    edge="#8295a2",
    tint="#173049",
    tint_2="#254a6e",
    neutral="#28333b",
    chip="#b9c8d3",
    on_chip="#11171c",
    banner="#16293c",
    banner_line="#31506f",
    red="#ff8f85",
    red_text="#ffb4ad",
    red_tint="#46211e",
    green="#74d49d",
    green_text="#9be3b9",
    green_tint="#163626",
    amber="#d9a93a",
    amber_text="#ffe09a",
    amber_tint="#42350f",
    stripe_1="#4a3a10",
    stripe_2="#5c4815",
    stripe_text="#ffe7a3",
    focus="#ffeb3b",
    focus_edge="#000000",
    purple="#cf9bea",
    panel="#173049",
    panel_deep="#0b1622",
    on_panel="#e9eef1",
    shadow="#000000",
    dim="#0a0e11",
)

HIGH_CONTRAST = Tokens(
    text="#ffffff",
    sub="#ffffff",
    blue="#8fd0ff",
    blue_hover="#c4e6ff",
    on_blue="#000000",
    page="#000000",
    card="#000000",
    field="#000000",
    head="#000000",
    side="#000000",
    line="#a6a6a6",
    hair="#7f7f7f",
    edge="#ffffff",
    tint="#00335c",
    tint_2="#004a85",
    neutral="#1f1f1f",
    chip="#ffffff",
    on_chip="#000000",
    banner="#001d36",
    banner_line="#8fd0ff",
    red="#ff9c94",
    red_text="#ffc2bd",
    red_tint="#3a0000",
    green="#7be8a8",
    green_text="#a8f5c6",
    green_tint="#00301a",
    amber="#ffcf40",
    amber_text="#ffe9a8",
    amber_tint="#332600",
    stripe_1="#332600",
    stripe_2="#4d3a00",
    stripe_text="#ffe9a8",
    focus="#ffff00",
    focus_edge="#000000",
    purple="#e3b3ff",
    panel="#000000",
    panel_deep="#000000",
    on_panel="#ffffff",
    shadow="#000000",
    dim="#000000",
)

LOOKS = {Look.LIGHT: LIGHT, Look.DARK: DARK, Look.HIGH_CONTRAST: HIGH_CONTRAST}


class Tone(StrEnum):
    """What a text or an icon wants to say by its colour; never said by colour alone."""

    TEXT = "text"
    SUB = "sub"
    BLUE = "blue"
    RED = "red"
    GREEN = "green"
    AMBER = "amber"
    ON_BLUE = "on_blue"
    ON_PANEL = "on_panel"


def text_colour(tokens: Tokens, tone: Tone) -> str:
    """The colour of letters of this tone."""
    return {
        Tone.TEXT: tokens.text,
        Tone.SUB: tokens.sub,
        Tone.BLUE: tokens.blue,
        Tone.RED: tokens.red_text,
        Tone.GREEN: tokens.green_text,
        Tone.AMBER: tokens.amber_text,
        Tone.ON_BLUE: tokens.on_blue,
        Tone.ON_PANEL: tokens.on_panel,
    }[tone]


def shape_colour(tokens: Tokens, tone: Tone) -> str:
    """The colour of icons, borders and marks of this tone."""
    shapes = {Tone.RED: tokens.red, Tone.GREEN: tokens.green, Tone.AMBER: tokens.amber}
    return shapes.get(tone) or text_colour(tokens, tone)


def tint_colour(tokens: Tokens, tone: Tone) -> str:
    """The quiet ground behind text of this tone."""
    tints = {Tone.RED: tokens.red_tint, Tone.GREEN: tokens.green_tint, Tone.AMBER: tokens.amber_tint}
    return tints.get(tone) or (tokens.tint if tone is Tone.BLUE else tokens.neutral)


class Size:
    """Measures in logical pixels (one 8 px grid; notes of the visual target)."""

    BODY = 13
    TITLE = 15
    HEADING = 19
    BIG = 24
    CONTROL = 32
    SMALL_CONTROL = 28
    GRID = 8
    GAP = 12
    PAGE = 16
    CARD_RADIUS = 8
    RADIUS = 6
    NARROW_BELOW = 1200  # logical width of the window
    RAIL_WIDE = 144
    RAIL_NARROW = 80
    TRAINING_BAR = 24
    BANNER = 48
    TABS = 40
    STATUS = 28
    DIALOG_WIDTH = 900
    DIALOG_HEIGHT = 460


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio of two '#rrggbb' colours: 1 to 21, the same both ways round."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
