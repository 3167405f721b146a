"""The field for a user's name: a list to choose from, in which another name may be typed."""

from PySide6.QtWidgets import QSizePolicy

from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.combo import ComboBox


def name_box(theme: Theme) -> ComboBox:
    """User names to choose from; another may be typed."""
    made = ComboBox(theme)
    made.setEditable(True)
    typed = made.lineEdit()
    if typed is not None:
        typed.setAccessibleName(tr("Your name"))
    made.setSizeAdjustPolicy(
        ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
    )  # else it shrinks by itself
    made.setInsertPolicy(ComboBox.InsertPolicy.NoInsert)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made
