"""Who gets a copy of a letter that is not signed yet: each recipient with a tick, its address and the reason."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.letter.shown import OfferShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import secondary
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import Label, labelled
from poems_registry.ui.widgets.ticks import CheckBox


class Recipients(QWidget):
    """`ticked` tells the line that names somebody among the copies, and whether they get one."""

    ticked = Signal(str, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[OfferShown, ...] = ()
        self._boxes: dict[str, CheckBox] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(Size.GRID)
        self._another = LineEdit(theme)
        self._another.setAccessibleName(tr("Somebody else who gets a copy: name and role"))
        add = secondary(theme, tr("Add"))
        add.setAccessibleName(tr("Add somebody else to the copies"))
        line = QHBoxLayout()
        line.setSpacing(Size.GRID)
        line.addWidget(self._another, 1)
        line.addWidget(add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Size.GRID, 0, 0)
        column.setSpacing(Size.GRID)
        column.addWidget(Label(theme, tr("Who gets it"), weight=Weight.SEMIBOLD))
        column.addLayout(self._rows)
        column.addWidget(labelled(theme, tr("Somebody else: name, role"), self._another))
        column.addLayout(line)
        add.clicked.connect(self._add)
        self._another.returnPressed.connect(self._add)
        self.hide()

    def show_offers(self, offers: tuple[OfferShown, ...]) -> None:
        """These, anew only where somebody came or went: the keyboard stays where it is."""
        self.setVisible(bool(offers))
        if offers == self._shown:
            return
        same = [(each.line, each.words, each.fixed) for each in offers]
        if same == [(each.line, each.words, each.fixed) for each in self._shown]:
            for offer in offers:
                self._mark(self._boxes[offer.line], offer)
        else:
            self._make(offers)
        self._shown = offers

    def _make(self, offers: tuple[OfferShown, ...]) -> None:
        focused = next((line for line, box in self._boxes.items() if box.hasFocus()), None)
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._boxes = {}
        for offer in offers:
            self._rows.addWidget(self._row(offer))
        if focused in self._boxes:
            self._boxes[focused].setFocus()

    def _row(self, offer: OfferShown) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Size.GRID)
        box = CheckBox(self._theme, "", said=f"{offer.name}. {offer.words}")
        box.setEnabled(not offer.fixed)
        self._mark(box, offer)
        box.toggled.connect(partial(self.ticked.emit, offer.line))
        self._boxes[offer.line] = box
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(self._theme, offer.name, weight=Weight.SEMIBOLD, wrap=True))
        if offer.words:
            words.addWidget(Label(self._theme, offer.words, tone=Tone.SUB, wrap=True))
        line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return row

    def _mark(self, box: CheckBox, offer: OfferShown) -> None:
        box.blockSignals(True)
        box.setChecked(offer.ticked)
        box.blockSignals(False)

    def _add(self) -> None:
        text = self._another.text().strip()
        if text:
            self._another.clear()
            self.ticked.emit(text, True)
