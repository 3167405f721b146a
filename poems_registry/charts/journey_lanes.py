"""The treatment lanes under the panels and the flags above them."""

from collections.abc import Sequence
from dataclasses import dataclass

from poems_registry.charts.journey_data import Bar, Flag
from poems_registry.charts.journey_panel import Look
from poems_registry.charts.lettering import text_width
from poems_registry.charts.markers import arrow_head, diamond
from poems_registry.charts.shapes import Anchor, Line, Pattern, Rect, Shape, Text, Tone, Weight

_PATTERNS = (Pattern.SOLID, Pattern.HATCH, Pattern.CROSS, Pattern.DOTS)
_PAD = 5.0
_LEAST = 2.5
_FLAG_TONES = {"diagnosis": Tone.BLUE, "transplant": Tone.BLUE, "relapse": Tone.RED, "event": Tone.AMBER}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A bar or a transplant with the room it and its words take."""

    start: float
    end: float
    label: str
    words_at: float
    inside: bool
    taken: tuple[float, float]
    bar: Bar | None


def lane_height(size: float) -> float:
    """Height of one lane in points: bars of 4.2 mm at 9 pt."""
    return size * 1.32 + 5.0


def lanes(bars: Sequence[Bar], flags: Sequence[Flag], look: Look) -> list[list[_Entry]]:
    """Entries packed into as few lanes as keep bars and words apart."""
    entries = [_entry(bar, look) for bar in bars]
    if look.paper:
        entries += [_transplant(flag, look) for flag in flags if flag.kind == "transplant"]
    packed: list[list[_Entry]] = []
    for entry in sorted(entries, key=lambda one: (one.start, one.end)):
        lane = next((lane for lane in packed if all(_apart(entry, other) for other in lane)), None)
        if lane is None:
            packed.append([entry])
        else:
            lane.append(entry)
    return packed


def _apart(one: _Entry, other: _Entry) -> bool:
    return one.taken[0] >= other.taken[1] or other.taken[0] >= one.taken[1]


def _entry(bar: Bar, look: Look) -> _Entry:
    start = look.time.at(bar.start)
    end = max(look.time.at(bar.end or look.until), start + _LEAST)
    if bar.end is None:
        end = min(end, look.right - look.size * 0.5)
    return _placed(start, end, bar.label, look, bar)


def _transplant(flag: Flag, look: Look) -> _Entry:
    x = look.time.at(flag.on)
    return _placed(x - look.size * 0.45, x + look.size * 0.45, flag.label, look, None)


def _placed(start: float, end: float, label: str, look: Look, bar: Bar | None) -> _Entry:
    wide = text_width(label, look.size)
    if bar is not None and wide + 2 * _PAD <= end - start:
        return _Entry(start, end, label, (start + end - wide) / 2, True, (start, end + _PAD), bar)
    if end + _PAD + wide <= look.right:
        return _Entry(start, end, label, end + _PAD, False, (start, end + 2 * _PAD + wide), bar)
    words = start - _PAD - wide
    return _Entry(start, end, label, words, False, (words - _PAD, end + _PAD), bar)


def draw_lanes(packed: Sequence[Sequence[_Entry]], look: Look, top: float) -> list[Shape]:
    """The lanes from `top` down."""
    shapes: list[Shape] = [Text(0, top + look.size * 1.15, "Treatment", look.size, weight=Weight.BOLD)]
    height = lane_height(look.size)
    for index, lane in enumerate(packed):
        y = top + index * height + 2
        for entry in lane:
            shapes += _draw(entry, look, y, height - 4)
    return shapes


def _draw(entry: _Entry, look: Look, y: float, tall: float) -> list[Shape]:
    base = y + tall / 2 + look.size * 0.35
    words = Text(entry.words_at, base, entry.label, look.size)
    if entry.bar is None:
        mark = diamond((entry.start + entry.end) / 2, y + tall / 2, look.size * 0.5, Tone.TEXT)
        return [mark, *_backing(entry, look, y, tall), words]
    return [*_bar(entry, entry.bar, look, y, tall), *_backing(entry, look, y, tall), _toned(words, entry, look)]


def _bar(entry: _Entry, bar: Bar, look: Look, y: float, tall: float) -> list[Shape]:
    wide = entry.end - entry.start
    if look.paper:
        pattern = _PATTERNS[min((bar.line or 1) - 1, len(_PATTERNS) - 1)]
        fill = Tone.FILL if pattern is Pattern.SOLID and bar.line else Tone.PAPER
        shapes: list[Shape] = [Rect(entry.start, y, wide, tall, fill, Tone.TEXT, 0.7, pattern)]
    else:
        fill = Tone.BLUE if bar.line else Tone.FILL
        shapes = [Rect(entry.start, y, wide, tall, fill, None if bar.line else Tone.SUB, 0.7, radius=2.5)]
    if bar.end is None:
        shapes.append(arrow_head(entry.end, y + tall / 2, tall * 0.5, Tone.TEXT if look.paper else fill))
    return shapes


def _backing(entry: _Entry, look: Look, y: float, tall: float) -> list[Shape]:
    """The page's own tone behind words on a hatch or across a flag's line, so that they can be read."""
    if entry.inside and not (look.paper and entry.bar is not None and (entry.bar.line or 1) > 1):
        return []
    wide = text_width(entry.label, look.size)
    return [Rect(entry.words_at - 2, y + 1, wide + 4, tall - 2, fill=Tone.PAPER)]


def _toned(words: Text, entry: _Entry, look: Look) -> Text:
    on_blue = not look.paper and entry.inside and entry.bar is not None and entry.bar.line
    return Text(words.x, words.y, words.text, words.size, tone=Tone.PAPER) if on_blue else words


def flag_rows(flags: Sequence[Flag], look: Look) -> list[list[tuple[Flag, float, float]]]:
    """Flags in as few rows as keep their words apart: (flag, x of the day, x of the words)."""
    rows: list[list[tuple[Flag, float, float]]] = []
    ends: list[float] = []
    for flag in sorted(flags, key=lambda one: one.on):
        x = look.time.at(flag.on)
        wide = text_width(flag.label, look.size)
        words = x + look.size if x + look.size + wide <= look.width else x - look.size - wide
        row = next((k for k, end in enumerate(ends) if end <= min(x, words) - 2), None)
        if row is None:
            rows.append([])
            ends.append(0.0)
            row = len(rows) - 1
        rows[row].append((flag, x, words))
        ends[row] = max(x, words + wide) + _PAD
    return rows


def flag_lines(
    rows: Sequence[Sequence[tuple[Flag, float, float]]], top: float, bottom: float
) -> list[tuple[float, float, float, float]]:
    """Where the flags' lines cross a panel, so that words keep off them: left, top, right, bottom in points."""
    return [(x - 1, top, x + 1, bottom) for row in rows for _, x, _ in row]


def draw_flags(
    rows: Sequence[Sequence[tuple[Flag, float, float]]], look: Look, top: float, bottom: float
) -> list[Shape]:
    """A pennant and its words in its row, and a dashed line through all panels."""
    shapes: list[Shape] = []
    size = look.size
    for index, row in enumerate(rows):
        base = top + (index + 1) * size * 1.45 - size * 0.4
        for flag, x, words in row:
            tone = look.tone(_FLAG_TONES[flag.kind])
            shapes.append(Line(x, base - size * 0.8, x, bottom, tone, 0.7, (2.5, 2.0)))
            shapes.append(Rect(x, base - size * 0.8, size * 0.7, size * 0.5, fill=tone))
            shapes.append(Text(words, base, flag.label, size, Anchor.START))
    return shapes
