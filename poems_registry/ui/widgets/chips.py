"""Small states: the five letters, the criteria, status pills, counts. Word, shape and colour together, always."""

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box, dashed_box, struck
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone


class Feature(StrEnum):
    """How a letter of POEMS stands; NOT_RECORDED is drawn as not assessed and said as not recorded."""

    PRESENT = "present"
    ABSENT = "absent"
    NOT_ASSESSED = "not_assessed"
    NOT_RECORDED = ""


class Verdict(StrEnum):
    """How a criterion stands."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"


FEATURE_WORDS = {
    Feature.PRESENT: "present",
    Feature.ABSENT: "absent",
    Feature.NOT_ASSESSED: "not assessed",
    Feature.NOT_RECORDED: "not recorded",
}
VERDICT_WORDS = {Verdict.MET: "met", Verdict.NOT_MET: "not met", Verdict.CANNOT_TELL: "cannot tell"}


def paint_feature(painter: QPainter, theme: Theme, rect: QRectF, letter: str, feature: Feature, size: int) -> None:
    """A letter's chip: filled, struck through, or dotted. `size` is the type size in pixels."""
    look = theme.tokens
    radius = 5 if rect.height() <= 24 else 6
    if feature is Feature.PRESENT:
        box(painter, rect, radius, look.chip)
        ink, weight = look.on_chip, Weight.BOLD
    elif feature is Feature.ABSENT:
        box(painter, rect, radius, look.card, look.edge)
        ink, weight = look.sub, Weight.MEDIUM
    else:
        dashed_box(painter, rect, radius, look.card, look.edge)
        ink, weight = look.sub, Weight.MEDIUM
    painter.setFont(theme.font(size, weight))
    painter.setPen(QColor(ink))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), letter)
    if feature is Feature.ABSENT:
        struck(painter, rect, look.text)


def paint_verdict(painter: QPainter, theme: Theme, rect: QRectF, sign: str, verdict: Verdict) -> None:
    """A criterion's chip: solid green, broken amber, or struck through."""
    look = theme.tokens
    if verdict is Verdict.MET:
        box(painter, rect, 5, look.green_tint, look.green)
        ink, weight = look.green_text, Weight.SEMIBOLD
    elif verdict is Verdict.CANNOT_TELL:
        dashed_box(painter, rect, 5, look.amber_tint, look.amber)
        ink, weight = look.amber_text, Weight.SEMIBOLD
    else:
        box(painter, rect, 5, look.card, look.edge)
        ink, weight = look.text, Weight.MEDIUM
    painter.setFont(theme.font(Size.BODY, weight))
    painter.setPen(QColor(ink))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), sign)
    if verdict is Verdict.NOT_MET:
        struck(painter, rect, look.text)


class _Chip(QLabel):
    """A painted label of fixed size, whose spoken words follow its state."""

    def __init__(self, theme: Theme, width: int, height: int) -> None:
        super().__init__()
        self._theme = theme
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFixedSize(width, height)


class LetterChip(_Chip):
    """One of the five letters: 22 px in rows, 26 on tiles, 28 before a section."""

    def __init__(self, theme: Theme, letter: str, feature: Feature = Feature.NOT_RECORDED, side: int = 22) -> None:
        super().__init__(theme, side, side)
        self._letter = letter
        self._feature = feature
        self.show_feature(feature)

    def show_feature(self, feature: Feature) -> None:
        """Another state of this letter."""
        self._feature = feature
        self.setText(f"{self._letter} {tr(FEATURE_WORDS[feature])}")
        self.setToolTip(self.text())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The chip; the words are for the screen reader."""
        painter = QPainter(self)
        size = Size.BODY if self.height() <= 26 else Size.TITLE
        paint_feature(painter, self._theme, QRectF(self.rect()), self._letter, self._feature, size)
        painter.end()


class SectionChip(_Chip):
    """The letter before a section's title: no state, only which letter."""

    def __init__(self, theme: Theme, letter: str, side: int = 28) -> None:
        super().__init__(theme, side, side)
        self._letter = letter
        self.setText(letter)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Always filled."""
        painter = QPainter(self)
        paint_feature(painter, self._theme, QRectF(self.rect()), self._letter, Feature.PRESENT, Size.TITLE)
        painter.end()


class CriterionChip(_Chip):
    """A diagnostic criterion by its sign: met, cannot tell, not met. `name` is its full name for the reader."""

    def __init__(self, theme: Theme, sign: str, name: str, verdict: Verdict) -> None:
        super().__init__(theme, 25 if len(sign) < 2 else 30, 24)
        self._sign, self._name, self._verdict = sign, name, verdict
        self.show_verdict(verdict)

    def show_verdict(self, verdict: Verdict) -> None:
        """Another verdict."""
        self._verdict = verdict
        self.setText(f"{self._name}: {tr(VERDICT_WORDS[verdict])}")
        self.setToolTip(self.text())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The sign; the words are for the screen reader and the tool tip."""
        painter = QPainter(self)
        paint_verdict(painter, self._theme, QRectF(self.rect()), self._sign, self._verdict)
        painter.end()


class StatusPill(QLabel):
    """A state as icon and word on a quiet ground, 22 px high."""

    PADDING, ICON, GAP = 8, 14, 6

    def __init__(self, theme: Theme, icon: str, text: str, tone: Tone = Tone.TEXT) -> None:
        super().__init__()
        self._theme, self._icon, self._tone = theme, icon, tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(Size.BODY, Weight.MEDIUM))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def show_state(self, icon: str, text: str, tone: Tone) -> None:
        """Another state: shape, word and colour together."""
        self._icon, self._tone = icon, tone
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Icon and words; a count has no icon."""
        icon = self.ICON + self.GAP if self._icon else 0
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 1 + icon + 2 * self.PADDING, 22)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint: words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground, icon, words."""
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), 11, self._theme.tint(self._tone))
        left = self.PADDING
        if self._icon:
            place = QRectF(left, 0, self.ICON, self.height())
            self._theme.paint_icon(painter, place, self._icon, self._theme.shape(self._tone), self.ICON)
            left += self.ICON + self.GAP
        painter.setFont(self.font())
        painter.setPen(self._theme.text(self._tone))
        painter.drawText(
            QRectF(left, 0, self.width() - left, self.height()), int(Qt.AlignmentFlag.AlignVCenter), self.text()
        )
        painter.end()


def verdict_pill(theme: Theme, verdict: Verdict) -> StatusPill:
    """The pill of the diagnosis."""
    icon, words, tone = {
        Verdict.MET: ("circle-check", tr("Criteria met"), Tone.GREEN),
        Verdict.NOT_MET: ("circle-minus", tr("Not met so far"), Tone.TEXT),
        Verdict.CANNOT_TELL: ("circle-question-mark", tr("Cannot tell yet"), Tone.AMBER),
    }[verdict]
    return StatusPill(theme, icon, words, tone)
