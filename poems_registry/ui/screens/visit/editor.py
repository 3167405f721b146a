"""What every field's own control has in common: it tells what is typed, shows a text, has an edge and a focus."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.theme.tokens import Size


class Editor(QWidget):
    """One field's own control. `typed` tells the text as the catalogue reads it: typed words, a code, codes with |."""

    typed = Signal(str)
    wide = False
    """Whether it takes the whole width of the row's field column."""

    def show_text(self, text: str) -> None:
        """Put a value in without telling that a person typed it."""
        raise NotImplementedError  # every control must; an abstract class cannot be a widget too (two metaclasses)

    def set_mark(self, mark: Mark) -> None:
        """The edge: error, doubt, or the usual one."""

    def offer(self, entries: tuple[str, ...]) -> None:
        """The entries of a list of the clinic's that may be put in; most fields have none."""

    def open_list(self) -> None:
        """Alt+Down: what there is to choose from beside the field, if anything."""

    def focus(self) -> None:
        """Take the keyboard, as if by Tab."""
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def _put(self, widget: QWidget, *, stretch: bool = False) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GRID)
        row.addWidget(widget, 1 if stretch else 0)
        self.setFocusProxy(widget)
