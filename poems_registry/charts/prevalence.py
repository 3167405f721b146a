"""How often each feature is present, with its interval and what other clinics published, as horizontal bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from poems_registry.charts.lettering import text_width
from poems_registry.charts.markers import Marker, marker, triangle
from poems_registry.charts.scale import Scale
from poems_registry.charts.shapes import Anchor, Drawing, Line, Rect, Shape, Text, Tone, Weight

_CAP = 2.2
_STUDY_MARKS = ("diamond", "triangle", "circle", "square")


@dataclass(frozen=True, slots=True)
class Comparator:
    """A published figure: `percent` of one study, or `low` to `high` of several; `study` names it in the key."""

    study: str
    percent: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class PrevalenceRow:
    """One feature. Percentages 0 to 100; None where nobody was assessed or the count is withheld.

    `counts` and `interval` are the words at the right ("131 / 136", "96 (92 to 98)"), made by who knows the release;
    `unassessed` the words of a column of its own, left out when no row has any. `second` says the same four things of
    a second way of counting, below in the quiet tone.
    """

    label: str
    percent: float | None
    low: float | None
    high: float | None
    counts: str
    interval: str
    published: tuple[Comparator, ...] = ()
    unassessed: str = ""
    second: tuple[str, str, str, str] | None = None


_COUNTS, _UNASSESSED, _INTERVAL = "present / assessed", "not assessed", "% (95% Wilson)"


def prevalence(rows: Sequence[PrevalenceRow], width: float, *, font_size: float, row_height: float = 0.0) -> Drawing:
    """Bars with Wilson whiskers, comparators below, words at the right; as tall as its rows need, in points."""
    return _Chart(rows, width, font_size, row_height or font_size * 3.5).drawing()


def prevalence_bars(
    rows: Sequence[PrevalenceRow], width: float, *, font_size: float, row_height: float, head: float
) -> Drawing:
    """Only bars, whiskers and comparators, `head` points below the top: for beside a table of the same rows."""
    return _Chart(rows, width, font_size, row_height, head).drawing()


def _words(row: PrevalenceRow) -> str:
    unassessed = f" {row.unassessed} not assessed." if row.unassessed else ""
    second = f" {row.second[0]}: {row.second[1]}, {row.second[3]} percent." if row.second is not None else ""
    return f"{row.label}: {row.counts} present of assessed, {row.interval} percent.{unassessed}{second}"


class _Chart:
    def __init__(
        self, rows: Sequence[PrevalenceRow], width: float, size: float, step: float, head: float | None = None
    ) -> None:
        """With `head` the words stand in a table beside the chart, whose head is so high."""
        self.rows, self.width, self.size, self.step = rows, width, size, step
        self.words = head is None
        self._measure()
        if head is not None:
            edge = text_width("100%", size) / 2
            self.left, self.right, self.top = text_width("0%", size) / 2, width - edge, head
        self.scale = Scale(0, 100, self.left, self.right)
        self.bottom = self.top + len(rows) * step
        studies = [one.study for row in rows for one in row.published if one.percent is not None]
        self.studies = list(dict.fromkeys(studies))
        self.ranges = list(dict.fromkeys(one.study for row in rows for one in row.published if one.percent is None))

    def _measure(self) -> None:
        """Room for labels at the left, three columns of words at the right, the bars between them."""
        rows, size, width = self.rows, self.size, self.width
        labels = max([text_width(row.label, size) for row in rows], default=0.0)
        counts = self._widest(_COUNTS, [row.counts for row in rows])
        words = self._widest(_INTERVAL, [row.interval for row in rows])
        self.unassessed_at = width - words - 14
        self.counts_at = self.unassessed_at
        if any(row.unassessed for row in rows):
            self.counts_at -= self._widest(_UNASSESSED, [row.unassessed for row in rows]) + 14
        self.left = min(labels + 10, width * 0.4)
        self.right = max(self.counts_at - counts - 12, self.left + 60)
        self.top = size * 2.2

    def _widest(self, head: str, words: Sequence[str]) -> float:
        return max(text_width(each, self.size, Weight.BOLD) for each in (head, *words))

    def drawing(self) -> Drawing:
        shapes = self._axes()
        for index, row in enumerate(self.rows):
            shapes += self._row(row, self.top + index * self.step)
        key, end = self._key()
        shapes += key
        alt = " ".join(_words(row) for row in self.rows)
        return Drawing(self.width, end, tuple(shapes), alt or "No features recorded.")

    def _heads(self) -> list[Shape]:
        head = self.size * 1.1
        places = [(self.counts_at, _COUNTS), (self.width, _INTERVAL)]
        if self.counts_at < self.unassessed_at:
            places.append((self.unassessed_at, _UNASSESSED))
        return [Text(x, head, words, self.size, Anchor.END, Weight.BOLD, Tone.SUB) for x, words in places]

    def _axes(self) -> list[Shape]:
        size = self.size
        shapes = self._heads() if self.words else []
        for percent in (0, 25, 50, 75, 100):
            x = self.scale.at(percent)
            shapes.append(Line(x, self.top - 4, x, self.bottom, Tone.GRID, 0.5))
            base = self.bottom + size * 1.2
            shapes.append(Text(x, base, f"{percent}%", size, Anchor.MIDDLE, tone=Tone.SUB))
        return shapes

    def _row(self, row: PrevalenceRow, top: float) -> list[Shape]:
        size, tall = self.size, self.step * 0.36
        y = top + self.step * 0.16
        middle = y + tall / 2
        shapes = self._said(row, y + tall / 2 + size * 0.5) if self.words else []
        if row.percent is not None:
            shapes.append(Rect(self.left, y, self.scale.at(row.percent) - self.left, tall, Tone.FILL, Tone.SUB, 0.6))
        if row.low is not None and row.high is not None:
            low, high = self.scale.at(row.low), self.scale.at(row.high)
            shapes += [
                Line(low, middle, high, middle, Tone.TEXT, 1.1),
                Line(low, middle - _CAP, low, middle + _CAP, Tone.TEXT, 1.1),
                Line(high, middle - _CAP, high, middle + _CAP, Tone.TEXT, 1.1),
            ]
        return shapes + self._published(row, y + tall + self.step * 0.2)

    def _said(self, row: PrevalenceRow, base: float) -> list[Shape]:
        size = self.size
        shapes: list[Shape] = [
            Text(0, base, row.label, size),
            Text(self.counts_at, base, row.counts, size, Anchor.END),
            Text(self.width, base, row.interval, size, Anchor.END, Weight.BOLD),
        ]
        if row.unassessed:
            shapes.append(Text(self.unassessed_at, base, row.unassessed, size, Anchor.END))
        if row.second is not None:
            shapes += self._second(row.second, base + size * 1.15)
        return shapes

    def _second(self, second: tuple[str, str, str, str], base: float) -> list[Shape]:
        label, counts, unassessed, interval = second
        places = ((self.counts_at, counts), (self.unassessed_at, unassessed), (self.width, interval))
        ends = [Text(x, base, words, self.size * 0.9, Anchor.END, tone=Tone.SUB) for x, words in places if words]
        return [Text(0, base, label, self.size * 0.9, tone=Tone.SUB), *ends]

    def _published(self, row: PrevalenceRow, y: float) -> list[Shape]:
        shapes: list[Shape] = []
        for one in row.published:
            if one.percent is None and one.low is not None and one.high is not None:
                shapes.append(Line(self.scale.at(one.low), y, self.scale.at(one.high), y, Tone.TEXT, 0.9, (1.0, 1.6)))
        for one in row.published:
            if one.percent is not None:
                shapes.append(self._mark(one.study, self.scale.at(one.percent), y))
        return shapes

    def _mark(self, study: str, x: float, y: float) -> Shape:
        kind = _STUDY_MARKS[self.studies.index(study) % len(_STUDY_MARKS)]
        if kind == "triangle":
            return triangle(x, y, 2.4, Tone.BLUE, up=True)
        return marker(Marker(kind), x, y, 2.4, Tone.BLUE, filled=False)

    def _key(self) -> tuple[list[Shape], float]:
        """What each mark means; entries flow to a next line when there is no room."""
        size = self.size
        y = self.bottom + size * 3.0
        x = self.left
        shapes: list[Shape] = []
        entries = [("bar", "This clinic"), ("whisker", "95% interval")]
        entries += [("range", name) for name in self.ranges] + [("study", name) for name in self.studies]
        for kind, name in entries:
            wide = 24 + text_width(name, size)
            if x + wide > self.width and x > self.left:
                x, y = self.left, y + size * 1.5
            shapes += self._sign(kind, name, x, y - size * 0.35)
            shapes.append(Text(x + 22, y, name, size))
            x += wide + 12
        return shapes, y + size * 0.6

    def _sign(self, kind: str, name: str, x: float, y: float) -> list[Shape]:
        if kind == "bar":
            return [Rect(x, y - 3, 17, 6, Tone.FILL, Tone.SUB, 0.6)]
        if kind == "whisker":
            caps: list[Shape] = [Line(x + k, y - _CAP, x + k, y + _CAP, Tone.TEXT, 1.1) for k in (0, 17)]
            return [Line(x, y, x + 17, y, Tone.TEXT, 1.1), *caps]
        if kind == "range":
            return [Line(x, y, x + 17, y, Tone.TEXT, 0.9, (1.0, 1.6))]
        return [self._mark(name, x + 12, y)]
