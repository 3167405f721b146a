"""What stands on a page besides its text: footer, running header, fold marks, draft mark, release band."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from poems_registry.charts.shapes import Pattern, Tone
from poems_registry.pages.document import Document, Run, Style, bold, plain
from poems_registry.pages.fonts import Face
from poems_registry.pages.geometry import MM, PAGE_HEIGHT, PAGE_WIDTH, TypeScale, page_frame, profile, type_scale
from poems_registry.pages.measures import paint_measures
from poems_registry.pages.pen import Pen
from poems_registry.pages.setting import ASCENT
from poems_registry.pages.typesetting import Line, longest_word, natural_width, set_lines, text_width

_HEADER_TOP = 10.0 * MM
_SLOPE = radians(52)
_MARK_SIZE = 58.0
_BAND_TOP, _BAND_HEIGHT = 4.9 * MM, 4.7 * MM
_FACTS_APART = "\u00a0\u00a0\u00a0 "


@dataclass(frozen=True, slots=True)
class Foot:
    """A footer set into lines: each line's left and right words and their weight."""

    lines: tuple[tuple[Line, str, bool, Tone], ...]
    rule: float
    first_baseline: float
    leading: float


class Furniture:
    """The furniture of one document, set once and painted on every page."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.scale: TypeScale = type_scale(document)
        self.frame = page_frame(document.style)
        self._pages = 1
        self.header = self._set_header()
        self.foot = self._set_foot("Page 888 of 888")

    @property
    def body_bottom(self) -> float:
        """Where the text area ends, in points from the top."""
        return self.foot.rule - 1.2 * MM

    @property
    def header_bottom(self) -> float:
        """Where the text area of later pages begins."""
        if self.document.style is Style.REPORT:
            return (12.2 if self.document.band else 14.0) * MM
        if not self.header:
            return 14.0 * MM
        return self._header_top + len(self.header) * self.scale.foot_leading + 4.4 * MM

    def paint_under(self, pen: Pen, page: int) -> None:
        """What lies under the text: fold marks, the draft's mark, the release band."""
        pen.artefact()
        if self.document.style is Style.LETTER:
            for fold in profile(self.document.envelope.profile).folds:
                pen.stroke(4 * MM, fold * MM, 9 * MM, fold * MM, 0.5, Tone.LINE)
        if self.document.measured and page == 0:
            paint_measures(pen, profile(self.document.envelope.profile))
        if self.document.draft:
            self._paint_mark(pen)
        if self.document.band:
            self._paint_band(pen)
        if page and self.document.style is Style.LETTER:
            self._paint_header(pen)

    def paint_over(self, pen: Pen, page: int, pages: int) -> None:
        """The footer: who, which document, page x of y."""
        pen.artefact()
        foot = self._set_foot(f"Page {page + 1} of {pages}")
        pen.stroke(self.frame.left, foot.rule, self.frame.right, foot.rule, 0.6)
        y = foot.first_baseline
        for line, right, strong, tone in foot.lines:
            if line.pieces:
                pen.line_of_text(self.frame.left, y, line, self.scale.foot, tone)
            if right:
                face = Face.BOLD if strong else Face.REGULAR
                x = self.frame.right - text_width(right, self.scale.foot, strong)
                pen.text(x, y, right, face, self.scale.foot, Tone.TEXT if strong else tone)
            y += foot.leading

    def tag_bottom(self) -> float:
        """Lower edge of the draft's tag at the top left, 0 when there is none."""
        return 2.4 * MM + self._tag_height() if self.document.draft else 0.0

    @property
    def _header_top(self) -> float:
        """The running header stands below the draft's tag."""
        return max(_HEADER_TOP, self.tag_bottom() + 0.8 * MM)

    # setting

    def _set_foot(self, page_words: str) -> Foot:
        size, footer = self.scale.foot, self.document.footer
        leading = size * 1.3
        facts = (footer.name, *footer.facts)
        gap = _FACTS_APART
        runs: list[Run] = []
        for fact in (fact for fact in facts if fact):
            if runs:
                runs.append(Run(gap))
            whole = len(facts) > 2 and text_width(fact, size, bold=True) <= self.frame.width
            runs.append(Run(fact.replace(" ", "\u00a0") if whole else fact, bold=fact is footer.name))
        beside = self.frame.width - text_width(page_words, size, bold=True) - 10
        apart = (
            longest_word(tuple(runs), size) > beside
        )  # then no name is broken inside: the page has a line of its own
        first = set_lines(tuple(runs), size, self.frame.width, first_width=self.frame.width if apart else beside)
        lines = (Line(), *first) if apart else first
        out = [(line, page_words if index == 0 else "", True, Tone.TEXT) for index, line in enumerate(lines)]
        note = footer.note
        room = self.frame.width - (text_width(note, size) + 10 if note else 0.0)
        reference = footer.reference
        if footer.short and text_width(reference, size) > room:
            reference = footer.short
        if self.document.draft:
            together = self.document.draft_words.replace(" ", "\u00a0")
            reference = f"{reference}{gap if reference else ''}{together}"
        if reference or note:
            second = set_lines(plain(reference), size, self.frame.width, first_width=max(room, 60.0))
            out += [(line, note if index == 0 else "", False, Tone.SUB) for index, line in enumerate(second)]
        last = self.frame.foot_baseline
        first_baseline = last - (len(out) - 1) * leading
        return Foot(tuple(out), first_baseline - size * ASCENT - 4.0, first_baseline, leading)

    def _set_header(self) -> list[tuple[Line, bool]]:
        """Lines of the running header: (line, at the right edge)."""
        left, right = self.document.envelope.running
        if not (left or right) or self.document.style is Style.REPORT:
            return []
        size, width = self.scale.foot, self.frame.width
        together = natural_width(bold(left), size, all_bold=True) + natural_width(plain(right), size) + 12 <= width
        lines = [(line, False) for line in set_lines(bold(left), size, width, all_bold=True)]
        if not together:
            lines += [(line, False) for line in set_lines(plain(right), size, width)]
        return lines

    # painting

    def _paint_header(self, pen: Pen) -> None:
        size, leading = self.scale.foot, self.scale.foot_leading
        _, right = self.document.envelope.running
        y = self._header_top + size * ASCENT
        left_words = self.document.envelope.running[0]
        counted = len(set_lines(bold(left_words), size, self.frame.width, all_bold=True))
        for index, (line, _) in enumerate(self.header):
            pen.line_of_text(self.frame.left, y, line, size, Tone.TEXT if index < counted else Tone.SUB)
            if index == 0 and len(self.header) == counted and right:
                pen.text(self.frame.right - text_width(right, size), y, right, Face.REGULAR, size, Tone.SUB)
            y += leading
        if self.header:
            rule = y - leading + 2.5 * MM
            pen.stroke(self.frame.left, rule, self.frame.right, rule, 0.6, Tone.GRID)

    def _tag_height(self) -> float:
        return max(6.2 * MM, self.scale.foot * 1.5)

    def _paint_mark(self, pen: Pen) -> None:
        words = self.document.draft_words
        size = min(_MARK_SIZE, _MARK_SIZE * 225 * MM / max(text_width(words, _MARK_SIZE, bold=True), 1))
        half = text_width(words, size, bold=True) / 2
        middle = (PAGE_WIDTH / 2 * MM, PAGE_HEIGHT * 0.555 * MM)
        x = middle[0] - cos(_SLOPE) * half + sin(_SLOPE) * size * 0.35
        y = middle[1] + sin(_SLOPE) * half + cos(_SLOPE) * size * 0.35
        pen.turned_text(x, y, words, Face.BOLD, size, (cos(_SLOPE), sin(_SLOPE)), Tone.FILL)
        size = max(10.5, self.scale.foot)
        width, height = text_width(words, size, bold=True) + 26, self._tag_height()
        top = 2.4 * MM
        pen.rect((self.frame.left, top, width, height), stroke=Tone.TEXT, line=1.0, dash=(4, 2), radius=5)
        pen.text(self.frame.left + 13, top + height / 2 + size * 0.35, words, Face.BOLD, size)

    def _paint_band(self, pen: Pen) -> None:
        words, size = self.document.band, self.scale.foot
        left, width = self.frame.left, self.frame.width
        wide = min(text_width(words, size, bold=True), width - 8)
        pen.fill_pattern(left, _BAND_TOP, width, _BAND_HEIGHT, Pattern.HATCH, Tone.SUB)
        middle = left + width / 2
        pen.rect((middle - wide / 2 - 6, _BAND_TOP, wide + 12, _BAND_HEIGHT), fill=Tone.PAPER)
        pen.rect((left, _BAND_TOP, width, _BAND_HEIGHT), stroke=Tone.TEXT, line=0.8)
        base = _BAND_TOP + _BAND_HEIGHT / 2 + size * 0.35
        pen.text(middle - wide / 2, base, words, Face.BOLD, size)


def texts_of(document: Document) -> Sequence[str]:
    """Every text the furniture prints, for the check of letters."""
    footer, envelope = document.footer, document.envelope
    words = [footer.name, *footer.facts, footer.reference, footer.short, footer.note]
    words += [document.band, document.draft_words]
    words += [*envelope.letterhead, *envelope.address, *envelope.running]
    if envelope.identity is not None:
        words.append(envelope.identity.name)
        words += [text for row in envelope.identity.rows for text in (row.label, row.value)]
    return words
