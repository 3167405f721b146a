"""What the signs of the patients list mean, and which columns are out of sight."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.chips import Feature, LetterChip
from poems_registry.ui.widgets.labels import Label


class Legend(QWidget):
    """What the chips and the dashed line mean; which columns are out of sight."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._features = QWidget()
        row = QHBoxLayout(self._features)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GRID)
        row.addWidget(Label(theme, tr("Features"), weight=Weight.MEDIUM, tone=Tone.SUB))
        for feature, words in (
            (Feature.PRESENT, tr("present")),
            (Feature.ABSENT, tr("absent")),
            (Feature.NOT_RECORDED, tr("not assessed")),
        ):
            row.addWidget(LetterChip(theme, "P", feature))
            row.addWidget(Label(theme, words, tone=Tone.SUB))
            row.addSpacing(4)
        self._right = Label(theme, tone=Tone.SUB)
        self._words = ""
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 0, 8, 0)
        line.addWidget(self._features)
        line.addStretch(1)
        line.addWidget(self._right)

    def explain(self, words: str) -> None:
        """Why columns are missing."""
        self._words = words

    def fit(self, *, features: bool, vegf: bool, gone: str) -> None:
        """What this width and this role show."""
        self._features.setVisible(features)
        level = tr("Dashed line in VEGF: decision level for that specimen") if vegf else ""
        hidden = tr("Hidden at this width: {columns}", columns=gone) if gone else ""
        self._right.setText(self._words or hidden or level)
