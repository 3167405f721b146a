"""Where things stand on A4 and how large the type is: named profiles, so that another envelope is one more entry.

Sources: design notes of the letter (measured mock-ups), nhs.md 3.4. Millimetres from the top left unless said.
"""

from dataclasses import dataclass, replace

from poems_registry.domain.errors import RegistryError
from poems_registry.pages.document import LARGE_PRINT, Document, Style

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0


class UnknownEnvelope(RegistryError):
    """A geometry profile that this program does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no envelope called {name!r}. Nothing was printed. Choose one of: {', '.join(PROFILES)}."
        )


@dataclass(frozen=True, slots=True)
class WindowProfile:
    """The place of a window envelope's address and what must stay clear around it.

    `guard` is (left, top, right, bottom): nothing but the address may stand in it. `folds` are y of the fold marks.
    """

    name: str
    address: tuple[float, float]
    address_width: float
    address_height: float
    guard: tuple[float, float, float, float]
    letterhead_bottom: float
    body_top: float
    identity_left: float
    folds: tuple[float, ...]


PROFILES = {
    "dl-window": WindowProfile(
        "dl-window", (22.0, 57.05), 78.0, 23.9, (10.0, 46.0, 113.0, 92.0), 45.0, 93.0, 118.0, (99.0, 198.0)
    ),
    "hybrid-mail": WindowProfile(
        "hybrid-mail", (25.0, 40.0), 92.0, 25.8, (15.0, 37.0, 121.0, 70.0), 36.0, 95.0, 124.0, ()
    ),
}
"""`dl-window`: nhs.md 3.4 (computed from the DL window's slip); `hybrid-mail`: GOV.UK Notify (S43, S44)."""


def profile(name: str) -> WindowProfile:
    """The named geometry; UnknownEnvelope if there is none."""
    try:
        return PROFILES[name]
    except KeyError:
        raise UnknownEnvelope(name) from None


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Type sizes and leadings of one document, in points."""

    body: float
    leading: float
    small: float
    small_leading: float
    title: float
    head: float
    table_head: float
    foot: float
    letterhead: float
    number: float
    space: float

    @property
    def foot_leading(self) -> float:
        """Leading of the footer, header and letterhead's small print."""
        return self.foot * 1.3


def type_scale(document: Document) -> TypeScale:
    """The sizes of `document`: compact, one size throughout, large print, or a report's."""
    if document.style is Style.REPORT:
        return TypeScale(10, 12.4, 9, 10.8, 18, 12, 9, 8.5, 12, 15.5, 5)
    size = float(document.size)
    leading = size * 14.6 / 12
    rise = 2.0 if size > 12 else 1.0
    if document.compact and size <= 14:
        small = size - 1.5
        return TypeScale(size, leading, small, small * 12.4 / 10.5, size + 4, size + 1, 10, 9.5, 15, 15.5, 4)
    space = 4.0 if size < LARGE_PRINT else size / 3
    head = size if size >= LARGE_PRINT else size + 3
    return TypeScale(size, leading, size, leading, size + 4, size + rise, size, size, head, size + 4, space)


def tightened(scale: TypeScale, spaces: float, leadings: float) -> TypeScale:
    """The same type sizes with gaps and leadings at a share of what they were."""
    return replace(
        scale,
        space=scale.space * spaces,
        leading=scale.leading * leadings,
        small_leading=scale.small_leading * leadings,
    )


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The text area of a style, in points from the top left."""

    left: float
    right: float
    foot_baseline: float

    @property
    def width(self) -> float:
        """Width of the text area in points."""
        return self.right - self.left


def page_frame(style: Style) -> PageFrame:
    """Text area of a letter (x 20 to 192 mm) or a report (margins 18 mm)."""
    if style is Style.REPORT:
        return PageFrame(18 * MM, 192 * MM, 290.6 * MM)
    return PageFrame(20 * MM, 192 * MM, 289.6 * MM)
