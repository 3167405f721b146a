"""What still stops a letter from being signed, and the acts of a letter."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.letter.copies import Copies
from poems_registry.ui.screens.letter.recipients import Recipients
from poems_registry.ui.screens.letter.shown import GateLine, LetterShown
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import link, primary, secondary
from poems_registry.ui.widgets.cards import Card, ScrollColumn
from poems_registry.ui.widgets.labels import IconLabel, Label

WIDE, PADDING = 288, 14


class GateCard(Card):
    """Before signing: each thing with a link; after signing: print, sent, amend."""

    asked = Signal(str)
    sign_asked = Signal()
    save_asked = Signal()
    print_asked = Signal()
    sent_asked = Signal()
    amend_asked = Signal()
    chosen = Signal(str)
    copy_act = Signal(int, str)
    ticked = Signal(str, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Before signing"), padding=PADDING)
        self._theme = theme
        self._sign_words: tuple[str, ...] = ()
        self.setFixedWidth(WIDE)
        self._count = IconLabel(theme, "circle-check", "", tone=Tone.GREEN, wrap=True)
        self.column.addWidget(self._count)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Size.GRID)
        self._copies = Copies(theme)
        self._copies.act.connect(self.copy_act)
        self._offers = Recipients(theme)
        self._offers.ticked.connect(self.ticked)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._lines)
        column.addWidget(self._offers)
        column.addWidget(self._copies)
        column.addStretch(1)
        self.column.addWidget(ScrollColumn(listed), 1)
        self.sign = primary(theme, tr("Sign letter…"), "pen-line")
        self._asks = Label(theme, tr("Signing asks for your password."), tone=Tone.SUB, wrap=True)
        self.save = secondary(theme, tr("Save draft"), hint="Ctrl+S")
        self.print = primary(theme, tr("Print…"), "printer")
        self.sent = secondary(theme, tr("Mark as sent"), "mail")
        self.amend = secondary(theme, tr("Amend…"))
        self.more = secondary(theme, tr("More…"))
        self.menu = QMenu(self)
        self.more.clicked.connect(lambda: self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft())))
        for thing in (self.sign, self._asks, self.save, self.print, self.sent):
            self.column.addWidget(thing)
        side_by_side = QHBoxLayout()
        side_by_side.setSpacing(Size.GRID)
        side_by_side.addWidget(self.amend)
        side_by_side.addWidget(self.more)
        self.column.addLayout(side_by_side)
        for made, signal in (
            (self.sign, self.sign_asked),
            (self.save, self.save_asked),
            (self.print, self.print_asked),
            (self.sent, self.sent_asked),
            (self.amend, self.amend_asked),
        ):
            made.clicked.connect(signal)

    def show_letter(self, letter: LetterShown) -> None:
        """Which acts there are; the keyboard goes from what is done to what follows from it."""
        signing = self.sign.hasFocus() and letter.signed
        self.title.setText(letter.panel)
        self._sign_words = letter.sign_buttons
        self._fit_sign()
        self.sign.setEnabled(letter.may_sign)
        for thing in (self.sign, self._asks, self.save):
            thing.setVisible(not letter.signed)
        self.print.setVisible(bool(letter.prints))
        if letter.prints:
            self.print.setText(letter.prints)
        self.sent.setVisible(letter.may_print and letter.may_amend and not letter.copies)
        self.amend.setVisible(letter.may_amend)
        self._count.setVisible(not letter.signed)
        self._copies.show_copies(letter.copies)
        self._offers.show_offers(() if letter.signed else letter.offers)
        self.menu.clear()
        for act, words in letter.acts:
            self.menu.addAction(words, partial(self.chosen.emit, act))
        self.more.setVisible(bool(letter.acts))
        if signing:
            following = next((each for each in (self.print, self.amend, self.more) if not each.isHidden()), self)
            following.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The longest words that fit."""
        super().resizeEvent(event)
        self._fit_sign()

    def _fit_sign(self) -> None:
        room = self.contentsRect().width() - 2 * PADDING
        for words in self._sign_words:
            self.sign.setText(words)
            if self.sign.minimumSizeHint().width() <= room:
                return

    def show_gate(self, lines: tuple[GateLine, ...]) -> None:
        """One block a thing, or that nothing blocks."""
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if lines:
            words = tr_count("{count} thing still blocks signing", "{count} things still block signing", len(lines))
            self._count.show_state("octagon-x", words, Tone.RED)
        else:
            self._count.show_state("circle-check", tr("Nothing blocks signing"), Tone.GREEN)
        for line in lines:
            self._lines.addWidget(self._line(line))

    def _line(self, line: GateLine) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(IconLabel(self._theme, "circle-x", line.words, icon_tone=Tone.RED, wrap=True))
        if line.link_words:
            made = link(self._theme, line.link_words, f"{line.link_words}: {line.words}")
            made.clicked.connect(lambda: self.asked.emit(line.link))
            column.addWidget(made)
        return box
