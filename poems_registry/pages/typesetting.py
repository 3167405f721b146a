"""From runs of words to lines that fit a width; linear in the length of the text, however it is made.

There is no markup to parse: text is literal, so nothing in a field can be obeyed or lost (reliability.md 2.9).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from poems_registry.pages.document import Run, Runs
from poems_registry.pages.fonts import Face, metrics, tidy

_SOFT = "\u00a0/-_.,;:@&=+"
_SLACK = 0.01
_TEXTS_KEPT = 1024


@dataclass(slots=True)
class Line:
    """One set line: pieces (face, words) one after the other; `width` in points.

    `broken` says that its last word goes on in the next line, so that no blank stands between them.
    """

    pieces: list[tuple[Face, str]] = field(default_factory=list)
    width: float = 0.0
    broken: bool = False

    def add(self, face: Face, text: str, width: float) -> None:
        """Put `text` at the line's end, joined to a piece of the same face."""
        if self.pieces and self.pieces[-1][0] is face:
            self.pieces[-1] = (face, self.pieces[-1][1] + text)
        else:
            self.pieces.append((face, text))
        self.width += width


@dataclass(slots=True)
class _Word:
    """Pieces (face, letters, width) that stand together; widths in thousandths of the type size."""

    pieces: list[tuple[Face, str, float]]
    wide: float
    after_blank: Face | None
    new_line: bool


def face_of(run: Run, all_bold: bool = False) -> Face:
    """The face a run is set in."""
    return Face.BOLD if run.bold or all_bold else Face.REGULAR


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width in points of `text` on one line."""
    return metrics(Face.BOLD if bold else Face.REGULAR).width(tidy(text), size)


def longest_word(runs: Runs, size: float, all_bold: bool = False) -> float:
    """Width in points of the widest piece that stays whole between blanks."""
    return max((word.wide for word in _words(runs, all_bold)), default=0.0) * size / 1000


def word_widths(runs: Runs, size: float, all_bold: bool = False) -> tuple[tuple[float, ...], ...]:
    """Widths in points of the words, one tuple a typed line."""
    lines: list[list[float]] = [[]]
    for word in _words(runs, all_bold):
        if word.new_line:
            lines.append([])
        lines[-1].append(word.wide * size / 1000)
    return tuple(tuple(line) for line in lines)


def natural_width(runs: Runs, size: float, all_bold: bool = False) -> float:
    """Width in points if the runs stood on one line."""
    return sum(metrics(face_of(run, all_bold)).width(tidy(run.text).replace("\n", " "), size) for run in runs)


def set_lines(
    runs: Runs, size: float, width: float, *, all_bold: bool = False, first_width: float | None = None
) -> tuple[Line, ...]:
    """Lines of at most `width` points, broken at blanks; a word wider than a line is broken inside.

    No-break spaces (U+00A0) hold their words together. At least one (perhaps empty) line is returned.
    """
    return _lines(runs, size, width, all_bold, width if first_width is None else first_width)


@lru_cache(_TEXTS_KEPT)
def _lines(runs: Runs, size: float, width: float, all_bold: bool, first_width: float) -> tuple[Line, ...]:
    """A letter whose last page is almost empty is laid out again, closer: its lines stay as they were."""
    lines = [Line()]
    room = first_width
    for word in _words(runs, all_bold):
        line, wide = lines[-1], word.wide * size / 1000
        if word.new_line:
            line = _next(lines)
            room = width
        blank = 0.0
        if word.after_blank is not None and line.pieces:
            blank = metrics(word.after_blank).widths[" "] * size / 1000
        if line.pieces and line.width + blank + wide > room + _SLACK:
            line, blank, room = _next(lines), 0.0, width
        if blank and word.after_blank is not None:
            line.add(word.after_blank, " ", blank)
        if wide > room + _SLACK:
            room = _break_inside(lines, word, size, room, width)
        else:
            for face, text, own in word.pieces:
                line.add(face, text, own * size / 1000)
    return tuple(lines)


def _next(lines: list[Line]) -> Line:
    lines.append(Line())
    return lines[-1]


def forget() -> None:
    """Drop the words kept while a document was set: no patient's words stay behind it."""
    _words.cache_clear()
    _lines.cache_clear()


def kept() -> int:
    """How many texts are kept now."""
    return _words.cache_info().currsize + _lines.cache_info().currsize


@lru_cache(_TEXTS_KEPT)
def _words(runs: Runs, all_bold: bool) -> tuple[_Word, ...]:
    """Words across run borders: "**penicillin**," is one word. A document's texts are measured more than once."""
    words: list[_Word] = []
    word = _Word([], 0.0, None, False)
    for run in runs:
        face = face_of(run, all_bold)
        widths = metrics(face).widths.__getitem__
        for typed, line in enumerate(tidy(run.text).split("\n")):
            for index, letters in enumerate(line.split(" ")):
                if typed or index:
                    if word.pieces or word.new_line:
                        words.append(word)
                        word = _Word([], 0.0, face, index == 0)
                    else:
                        word.after_blank, word.new_line = face, index == 0
                if letters:
                    wide = sum(map(widths, letters))
                    word.pieces.append((face, letters, wide))
                    word.wide += wide
    if word.pieces or word.new_line:
        words.append(word)
    return tuple(words)


def _break_inside(lines: list[Line], word: _Word, size: float, room: float, width: float) -> float:
    """Set a word wider than a line over several, after a joining sign where one is near; returns the room left."""
    for face, text, _ in word.pieces:
        table = metrics(face).widths
        start = 0
        while start < len(text):
            line = lines[-1]
            end, wide = _fitting(text, start, (room - line.width) * 1000 / size, table)
            if end == start:
                if line.pieces:
                    _next(lines)
                    room = width
                    continue
                end, wide = start + 1, table[text[start]]
            line.add(face, text[start:end], wide * size / 1000)
            start = end
            if start < len(text):
                line.broken = True
                _next(lines)
                room = width
    return room


def _fitting(text: str, start: int, room: float, table: dict[str, float]) -> tuple[int, float]:
    """How far from `start` the letters fit into `room` thousandths, and how wide they are."""
    wide = 0.0
    soft, soft_wide = start, 0.0
    end = start
    while end < len(text) and wide + table[text[end]] <= room:
        wide += table[text[end]]
        end += 1
        if text[end - 1] in _SOFT:
            soft, soft_wide = end, wide
    if end < len(text) and soft > start and (end - soft) * 2 < end - start:
        return soft, soft_wide
    return end, wide


def joined(parts: Iterable[Runs], between: str) -> Runs:
    """Runs one after the other with `between` set between them."""
    out: list[Run] = []
    for part in parts:
        if out:
            out.append(Run(between))
        out.extend(part)
    return tuple(out)
