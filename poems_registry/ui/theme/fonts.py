"""The screen's typeface: Inter from the program's own files, with even figures and an l that is not an I.

Release 4.0 beta 7, unchanged: from 4.0 on `tnum` makes hyphens and brackets as wide as figures too, which tears every
date apart (12 - Aug - 2026).
"""

from enum import IntEnum
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from poems_registry.domain.errors import RegistryError

FAMILY = "Inter"
FOLDER = Path(__file__).resolve().parents[3] / "resources" / "fonts" / "inter"
FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")


class Weight(IntEnum):
    """The four weights that travel with the program."""

    REGULAR = 400
    MEDIUM = 500
    SEMIBOLD = 600
    BOLD = 700


class FontsMissing(RegistryError):
    """The program's own folder lacks a file of its typeface."""


def load_fonts(folder: Path = FOLDER) -> None:
    """Make the typeface known to Qt: a PC without fonts would show nothing. Raises FontsMissing."""
    missing = [name for name in FILES if QFontDatabase.addApplicationFont(str(folder / name)) == -1]
    if missing:
        raise FontsMissing(
            f"The program's typeface cannot be read ({', '.join(missing)}). No data is touched."
            " Install the program anew."
        )


def font(size: int, weight: Weight = Weight.REGULAR) -> QFont:
    """Inter at `size` logical pixels: figures of one width (tnum) and an l with a tail (cv05)."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(int(weight)))
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    for feature in ("tnum", "cv05"):
        made.setFeature(QFont.Tag(feature), 1)
    return made
