"""How much room a text needs, near enough to keep labels apart, without a font at hand.

The widths are those of Liberation Sans (metric twin of Arial), in thousandths of the type size, for U+0020 to U+007E.
The screen's typeface runs a little wider: `ROOM` leaves space for it.
"""

from poems_registry.charts.shapes import Weight

ROOM = 1.04
_FIRST = 0x20
_OTHER = 600
_REGULAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)
_BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278,
    556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584,
    556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556,
    333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)


def text_width(text: str, size: float, weight: Weight = Weight.REGULAR) -> float:
    """Width in points of one line of `text` at `size` points; letters beyond ASCII count as average ones."""
    table = _BOLD if weight is Weight.BOLD else _REGULAR
    last = len(table)
    total = 0
    for letter in text:
        place = 0 if letter == "\u00a0" else ord(letter) - _FIRST
        total += table[place] if 0 <= place < last else _OTHER
    return total * size / 1000 * ROOM
