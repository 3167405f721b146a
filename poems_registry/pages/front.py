"""The top of a letter's first page: letterhead, address in the envelope's window, identity block."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from poems_registry.charts.shapes import Tone
from poems_registry.domain.errors import RegistryError
from poems_registry.pages.document import DL_WINDOW, Document, Identity, IdentityRow, Run, Runs, bold, plain
from poems_registry.pages.furniture import Furniture
from poems_registry.pages.geometry import MM, WindowProfile, profile
from poems_registry.pages.pen import Pen
from poems_registry.pages.setting import ASCENT
from poems_registry.pages.structure import Node
from poems_registry.pages.typesetting import Line, longest_word, natural_width, set_lines

_ADDRESS_LARGEST, _ADDRESS_SMALLEST, _ADDRESS_LEADING = 18.0, 9.0, 1.067
"""Type sizes and leading of an address; at seven lines 9 points fill the window (design notes 1, measured)."""
_ADDRESS_LOOSE = 1.117
"""Usual leading, and the height of a line from its accents to its tails."""
_LOGO = (142 * MM, 11 * MM, 50 * MM, 16 * MM)
_IDENTITY_TOP = 46 * MM
_IDENTITY_TOP_LARGE = 42 * MM
_NAME_LINES, _NAME_SMALLEST = 2, 14.0
_LABEL_WIDTH = 25 * MM


class AddressDoesNotFit(RegistryError):
    """An address with too many or too long lines for an envelope's window."""

    def __init__(self) -> None:
        super().__init__(
            "The address does not fit the envelope's window: at most 7 lines of about 40 letters."
            " Nothing was printed. Shorten the address on the patient's details, then try again."
        )


@dataclass(frozen=True, slots=True)
class Front:
    """The laid-out top of page 1: what to paint, where the text begins, and letterhead lines that found no room."""

    paint: Callable[[Pen], None]
    body_top: float
    left_over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Set:
    """Lines set at a place: (line, baseline) in points from the top."""

    left: float
    size: float
    lines: tuple[tuple[Line, float], ...]
    tone: Tone = Tone.TEXT


def lay_out_front(document: Document, furniture: Furniture, node: Node) -> Front:
    """Letterhead, address and identity with their places, before anything is painted."""
    window = profile(document.envelope.profile)
    letterhead, left_over = _letterhead(document, furniture, window)
    address = _address(document, window)
    identity, rules, bottom = _identity(document, furniture, window)
    logo = _logo(document)
    # The tags are hung up before those of the text, so that a screen reader hears who is written to first.
    tagged = [(node.child("P"), part) for part in (*letterhead, *address, *identity)]

    def paint(pen: Pen) -> None:
        if logo is not None:
            pen.artefact()
            pen.image(*_LOGO, logo)
        for tag, part in tagged:
            pen.tag(tag)
            for index, (line, base) in enumerate(part.lines, 1):
                pen.line_of_text(part.left, base, line, part.size, part.tone, more=index < len(part.lines))
        pen.artefact()
        for y, width, tone in rules:
            pen.stroke(window.identity_left * MM, y, furniture.frame.right, y, width, tone)

    return Front(paint, max(window.body_top * MM, bottom + 5 * MM), left_over)


def _letterhead(document: Document, furniture: Furniture, window: WindowProfile) -> tuple[list[_Set], tuple[str, ...]]:
    scale, frame = furniture.scale, furniture.frame
    right = _LOGO[0] - 4 * MM if document.envelope.logo else frame.right
    y = max(12.2 * MM, furniture.tag_bottom() + 1.5 * MM)
    bottom = _IDENTITY_TOP_LARGE if document.large_print else window.letterhead_bottom * MM
    parts: list[_Set] = []
    for index, text in enumerate(document.envelope.letterhead):
        size = scale.letterhead if index == 0 else scale.foot
        loose = 1.42 if index == 0 else 1.3
        leading = size * (1.22 if document.large_print else loose)
        lines = set_lines(bold(text) if index == 0 else plain(text), size, right - frame.left)
        if y + len(lines) * leading > bottom:
            return parts, document.envelope.letterhead[index:]
        based = tuple((line, y + size * ASCENT + k * leading) for k, line in enumerate(lines))
        parts.append(_Set(frame.left, size, based, Tone.TEXT if index == 0 else Tone.SUB))
        y += len(lines) * leading
    return parts, ()


def fits_window(address: Sequence[str], envelope: str = DL_WINDOW) -> bool:
    """Whether an address can be set behind the window of an envelope in type that can be read; UnknownEnvelope."""
    return not any(line.strip() for line in address) or bool(
        _set_address(address, _ADDRESS_SMALLEST, profile(envelope))
    )


def _address(document: Document, window: WindowProfile) -> list[_Set]:
    """The address in the largest type that fits the window; never cut (nhs.md 2.6)."""
    texts = document.envelope.address
    found = _set_address(texts, float(document.size), window)
    if not found and any(line.strip() for line in texts):
        raise AddressDoesNotFit
    return found


def _set_address(address: Sequence[str], size: float, window: WindowProfile) -> list[_Set]:
    """Nothing if even the smallest type is too large."""
    texts = [line for line in address if line.strip()]
    left, top = window.address[0] * MM, window.address[1] * MM
    width, height = window.address_width * MM, window.address_height * MM
    size = min(size, _ADDRESS_LARGEST)
    while texts and size >= _ADDRESS_SMALLEST:
        lines = [line for text in texts for line in set_lines(plain(text), size, width)]
        room = (height - size * _ADDRESS_LOOSE) / max(len(lines) - 1, 1)
        leading = min(size * _ADDRESS_LOOSE, room)
        if leading >= size * _ADDRESS_LEADING:
            based = tuple((line, top + size * ASCENT + k * leading) for k, line in enumerate(lines))
            return [_Set(left, size, based)]
        size -= 0.5
    return []


def _identity(
    document: Document, furniture: Furniture, window: WindowProfile
) -> tuple[list[_Set], list[tuple[float, float, Tone]], float]:
    identity = document.envelope.identity
    if identity is None:
        return [], [], 0.0
    left = window.identity_left * MM
    width = furniture.frame.right - left
    top = _IDENTITY_TOP_LARGE if document.large_print else _IDENTITY_TOP
    size = furniture.scale.small
    name_size = max(size, 12.5) if not document.large_print else _name_size(identity.name, size, width)
    y = top + 1.2 * MM
    parts, y = _rows(set_lines(bold(identity.name), name_size, width), left, y, name_size, name_size * 1.28)
    more, y = _identity_rows(document, identity, (left, width), y + 0.8 * MM, size)
    rules = [(top, 1.0, Tone.TEXT)]
    if not document.large_print:
        y += 1.6 * MM
        rules.append((y, 0.6, Tone.GRID))
    return [*parts, *more], rules, y


def _name_size(name: str, size: float, width: float) -> float:
    """A long name is set smaller in large print, but never below 14 points, so that page 1 holds the letter as well
    and no word of it is broken."""
    while size > _NAME_SMALLEST and (
        len(set_lines(bold(name), size, width)) > _NAME_LINES or longest_word(bold(name), size) > width
    ):
        size -= 1
    return size


def _rows(
    lines: Sequence[Line], left: float, y: float, size: float, leading: float, tone: Tone = Tone.TEXT
) -> tuple[list[_Set], float]:
    based = tuple((line, y + size * ASCENT + k * leading) for k, line in enumerate(lines))
    return [_Set(left, size, based, tone)], y + len(lines) * leading


def _identity_rows(
    document: Document, identity: Identity, place: tuple[float, float], y: float, size: float
) -> tuple[list[_Set], float]:
    """Label and value side by side; in large print one sentence a row."""
    left, width = place
    leading = size * 1.37
    labels = max((natural_width(plain(row.label), size) for row in identity.rows), default=0.0)
    column = max(_LABEL_WIDTH, labels + 8)
    parts: list[_Set] = []
    for row in identity.rows:
        value = (Run(row.value, bold=row.strong),)
        if document.large_print:
            new, y = _rows(set_lines(_sentence(row, size, width), size, width), left, y, size, leading)
        else:
            beside, after = _rows(set_lines(value, size, width - column), left + column, y, size, leading)
            label, below = _rows(set_lines(plain(row.label), size, column - 3), left, y, size, leading, Tone.SUB)
            new, y = [*label, *beside], max(after, below)
        parts += new
    return parts, y


def _sentence(row: IdentityRow, size: float, width: float) -> Runs:
    """Label and value; a value that is clear by itself goes without its label where both find no room on a line."""
    value = Run(row.value, bold=row.strong)
    both = (Run(f"{row.label} "), value) if row.label else (value,)
    return (value,) if row.clear and natural_width(both, size) > width else both


def _logo(document: Document) -> object | None:
    if not document.envelope.logo:
        return None
    from reportlab.lib.utils import ImageReader

    return ImageReader(BytesIO(document.envelope.logo))
