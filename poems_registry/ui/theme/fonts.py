"""The screen's typeface: Inter from the program's own files, with even figures and an l that is not an I."""

from enum import IntEnum
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from poems_registry.domain.errors import RegistryError

FAMILY = "Inter"
FOLDER = Path(__file__).resolve().parents[3] / "resources" / "fonts" / "inter"
FILES = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf")


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
