"""The letter's parts, one below the other: generated words, the author's own marked, and a way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.letter.shown import PartShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import link
from poems_registry.ui.widgets.fields import TextArea
from poems_registry.ui.widgets.labels import IconLabel, Label

LINE, MOST_LINES = 20, 9
CHARACTERS = 54
"""About as many stand in one line of the column."""


class PartBox(QWidget):
    """One part: its title, where its words come from, and the words."""

    typed = Signal(str, str)
    put_back = Signal(str)

    def __init__(self, theme: Theme, part: PartShown, number: int) -> None:
        super().__init__()
        self._key, self._showing = part.key, False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        title = Label(theme, f"{number} {part.title}", weight=Weight.SEMIBOLD, wrap=True)
        self._edited = IconLabel(theme, "pencil", tr("Edited by you"), tone=Tone.BLUE)
        self._back = link(theme, tr("Put back"), tr("Put back {part}", part=part.title))
        self._source = Label(theme, part.source, tone=Tone.SUB)
        head.addWidget(title, 1)
        for thing in (self._edited, self._back, self._source):
            head.addWidget(thing)
        column.addLayout(head)
        self._words = Label(theme, "", tone=Tone.SUB, wrap=True)
        self._area = TextArea(theme)
        self._area.setAccessibleName(part.title)
        self._area.textChanged.connect(self._tell)
        self._back.clicked.connect(lambda: self.put_back.emit(self._key))
        column.addWidget(self._words)
        column.addWidget(self._area)
        self.show_part(part)

    def show_part(self, part: PartShown) -> None:
        """Other words; what is being typed here is not replaced under the hand."""
        self._edited.setVisible(part.edited)
        self._back.setVisible(part.edited and part.editable)
        self._source.setVisible(not part.edited)
        self._area.setVisible(part.editable)
        self._words.setVisible(not part.editable)
        self._words.setText(part.words or tr("Nothing to print here"))
        if part.editable and self._area.toPlainText() != part.words and not self._area.hasFocus():
            self._showing = True
            self._area.setPlainText(part.words)
            self._showing = False
        self._fit()

    def take_focus(self) -> None:
        """Go into the words."""
        self._area.setFocus()

    def _fit(self) -> None:
        lines = sum(1 + len(line) // CHARACTERS for line in self._area.toPlainText().splitlines()) or 1
        self._area.setFixedHeight(min(lines, MOST_LINES) * LINE + 16)

    def _tell(self) -> None:
        self._fit()
        if not self._showing:
            self.typed.emit(self._key, self._area.toPlainText())


class Parts(QWidget):
    """All parts in print order."""

    typed = Signal(str, str)
    put_back = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._boxes: dict[str, PartBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(Size.GRID * 2)
        self._column.addWidget(Label(theme, tr("Parts of the letter"), size=Size.TITLE, weight=Weight.SEMIBOLD))

    def show_parts(self, parts: tuple[PartShown, ...]) -> None:
        """Every part anew, or the same ones with other words."""
        if list(self._boxes) == [part.key for part in parts]:
            for part in parts:
                self._boxes[part.key].show_part(part)
            return
        for box in self._boxes.values():
            self._column.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {}
        for number, part in enumerate(parts, start=1):
            box = PartBox(self._theme, part, number)
            box.typed.connect(self.typed)
            box.put_back.connect(self.put_back)
            self._boxes[part.key] = box
            self._column.addWidget(box)

    def show_part(self, part: PartShown) -> None:
        """One part with other words."""
        if part.key in self._boxes:
            self._boxes[part.key].show_part(part)

    def go_to(self, key: str) -> bool:
        """Into a part's words; whether there is such a part."""
        box = self._boxes.get(key)
        if box is not None:
            box.take_focus()
        return box is not None
