"""The live panel at the right: diagnosis, response, what would decide, what is missing, cautions, what blocks."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.link_text import LinkText
from poems_registry.ui.screens.visit.response_box import ResponseBox
from poems_registry.ui.screens.visit.shown import ChangeShown, LinkShown, PanelShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.cards import Card, Rule, ScrollColumn
from poems_registry.ui.widgets.chips import CriterionChip, StatusPill, Verdict
from poems_registry.ui.widgets.labels import IconLabel, Label

_PILLS = {
    "met": ("circle-check", "Criteria met", Tone.GREEN),
    "not_met": ("circle-minus", "Not met so far", Tone.TEXT),
    "cannot_tell": ("circle-question-mark", "Cannot tell yet", Tone.AMBER),
}
_MOVES = {"better": ("trending-down", Tone.GREEN), "worse": ("trending-up", Tone.AMBER), "same": ("equal", Tone.SUB)}


class LinkLine(QWidget):
    """Icon, link, words at the right or below."""

    asked = Signal(str)

    def __init__(self, theme: Theme, icon: str, tone: Tone, *, brief: bool = False) -> None:
        super().__init__()
        self._code, self._brief, self._room = "", brief, 34
        self._icon = IconLabel(theme, icon, "", icon_tone=tone)
        self._icon.setFixedWidth(18)
        self._link = LinkText(theme)
        self._words = Label(theme, tone=Tone.SUB, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._icon.setFixedHeight(24)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._column.setSpacing(2)
        self._column.addWidget(self._link)
        self._column.addWidget(self._words, 1)
        row.addLayout(self._column, 1)
        self._link.clicked.connect(self._go)

    def show_link(self, link: LinkShown) -> None:
        """Another place; short words stand in the same line."""
        self._code = link.code
        words = link.short if self._brief and link.short else link.words
        short = len(link.label) + len(words) <= self._room
        self._column.setDirection(QBoxLayout.Direction.LeftToRight if short else QBoxLayout.Direction.TopToBottom)
        self._words.setAlignment(
            Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignRight if short else Qt.AlignmentFlag.AlignLeft)
        )
        self._words.setWordWrap(not short)
        self._link.setText(link.label)
        self._link.updateGeometry()
        self._link.setAccessibleName(f"{link.label}, {link.words}" if link.words else link.label)
        self._words.setText(words)
        self._words.setVisible(bool(words))

    def set_room(self, letters: int) -> None:
        """How many letters stand in one line."""
        self._room = letters

    def _go(self) -> None:
        self.asked.emit(self._code)


class LinkList(QWidget):
    """A titled list of links with its count; its lines are kept, so that the keyboard does not lose its place."""

    asked = Signal(str)

    def __init__(self, theme: Theme, title: str, icon: str, tone: Tone) -> None:
        super().__init__()
        self._theme, self._icon, self._tone = theme, icon, tone
        self._room = 34
        self._count = Label(theme, tone=Tone.SUB, weight=Weight.SEMIBOLD)
        self.lines: list[LinkLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(Label(theme, title, size=Size.TITLE, weight=Weight.SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self._count)
        self._column.addWidget(Rule(theme))
        self._column.addSpacing(6)
        self._column.addLayout(head)
        self._column.addSpacing(2)

    def set_narrow(self, narrow: bool) -> None:
        """Fewer letters in a line."""
        self._room = 26 if narrow else 34
        for line in self.lines:
            line.set_room(self._room)

    def show_links(self, links: tuple[LinkShown, ...]) -> None:
        """Other places; nothing hides the list."""
        while len(self.lines) < len(links):
            line = LinkLine(self._theme, self._icon, self._tone, brief=True)
            line.asked.connect(self.asked)
            line.set_room(self._room)
            self.lines.append(line)
            self._column.addWidget(line)
        for line, link in zip(self.lines, links, strict=False):
            line.show_link(link)
        for place, line in enumerate(self.lines):
            line.setVisible(place < len(links))
        self._count.setText(str(len(links)))
        self.setVisible(bool(links))


class LivePanel(QWidget):
    """A card that is always in view; it scrolls by itself where the screen is low."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._narrow = False
        self._shown: PanelShown | None = None
        self._chips: dict[str, CriterionChip] = {}
        self._group_words: list[Label] = []
        card = Card(theme, padding=16)
        self._card = card
        self._pill = StatusPill(theme, "circle-question-mark", "", Tone.AMBER)
        self._dated = Label(theme, tone=Tone.SUB)
        self._differs = IconLabel(theme, "history", "", tone=Tone.AMBER, wrap=True)
        self._second = Label(theme, tone=Tone.SUB, wrap=True)
        head = QHBoxLayout()
        head.addWidget(Label(theme, tr("Diagnosis"), size=Size.TITLE, weight=Weight.SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self._pill)
        card.column.setSpacing(6)
        card.column.addLayout(head)
        card.column.addWidget(self._dated)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(6)
        card.column.addLayout(self._groups)
        card.column.addWidget(self._differs)
        card.column.addWidget(self._second)
        self._response = ResponseBox(theme)
        card.column.addWidget(self._response)
        self._changes = _Changes(theme)
        card.column.addWidget(self._changes)
        self.decide = LinkList(theme, tr("Would decide"), "circle-question-mark", Tone.AMBER)
        self.missing = LinkList(theme, tr("Still missing"), "circle-question-mark", Tone.AMBER)
        self._cautions = _Cautions(theme)
        self.blocks = LinkList(theme, tr("Blocks signing"), "circle-x", Tone.RED)
        for part in (self.decide, self.missing, self._cautions, self.blocks):
            card.column.addWidget(part)
        card.column.addStretch(1)
        for links in (self.decide, self.missing, self.blocks):
            links.asked.connect(self.asked)
        self._scroll(card)

    def _scroll(self, card: Card) -> None:
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(4, Size.GAP, 4, Size.GAP)
        inner.addWidget(card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(ScrollColumn(content))

    def show_panel(self, panel: PanelShown) -> None:
        """The verdict of now."""
        self._shown = panel
        icon, words, tone = _PILLS[panel.verdict]
        self._pill.show_state(icon, tr(words), tone)
        self._pill.setToolTip(panel.verdict_words)
        self._dated.setText(panel.dated)
        self._show_groups(panel)
        self._differs.setText(panel.differs)
        self._differs.setVisible(bool(panel.differs))
        self._second.setText(panel.second_opinion)
        self._second.setVisible(bool(panel.second_opinion))
        self._response.show_response(panel.response)
        self._changes.show_changes(panel.changes)
        self.decide.show_links(panel.decide)
        self.missing.show_links(panel.missing)
        self._cautions.show_words(panel.cautions)
        self.blocks.show_links(panel.blocks)

    def _show_groups(self, panel: PanelShown) -> None:
        if not self._chips:
            for words, chips in panel.groups:
                row = QHBoxLayout()
                row.setSpacing(3)
                label = Label(self._theme, words, tone=Tone.SUB)
                self._group_words.append(label)
                row.addWidget(label, 1)
                for chip in chips:
                    made = CriterionChip(self._theme, chip.sign, chip.name, Verdict(chip.verdict))
                    self._chips[chip.sign] = made
                    row.addWidget(made)
                self._groups.addLayout(row)
        for label, (words, chips) in zip(self._group_words, panel.groups, strict=True):
            label.setText(words.split(",")[0] if self._narrow else words)
            for chip in chips:
                self._chips[chip.sign].show_verdict(Verdict(chip.verdict))
                self._chips[chip.sign].update()

    def set_narrow(self, narrow: bool) -> None:
        """Shorter words before the chips where room is short."""
        self._narrow = narrow
        for links in (self.decide, self.missing, self.blocks):
            links.set_narrow(narrow)
        if self._shown is not None:
            self.show_panel(self._shown)
        self._card.column.setContentsMargins(*((12, 12, 12, 12) if narrow else (16, 14, 16, 14)))


class _Changes(QWidget):
    """How the watched measures moved since last time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[tuple[Label, IconLabel]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(Rule(theme))
        self._column.addWidget(Label(theme, tr("Since last time"), size=Size.TITLE, weight=Weight.SEMIBOLD))

    def show_changes(self, changes: tuple[ChangeShown, ...]) -> None:
        """Nothing hides it."""
        while len(self._rows) < len(changes):
            row = QHBoxLayout()
            name, words = Label(self._theme), IconLabel(self._theme, "equal", "")
            row.addWidget(name)
            row.addStretch(1)
            row.addWidget(words)
            self._column.addLayout(row)
            self._rows.append((name, words))
        for place, (name, words) in enumerate(self._rows):
            name.setVisible(place < len(changes))
            words.setVisible(place < len(changes))
            if place < len(changes):
                icon, tone = _MOVES.get(changes[place].tone, ("activity", Tone.SUB))
                name.setText(changes[place].label)
                words.show_state(icon, changes[place].words, Tone.TEXT, tone)
        self.setVisible(bool(changes))


class _Cautions(QWidget):
    """What a clinician should weigh; none of it changes the verdict."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: list[IconLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(Rule(theme))
        self._column.addWidget(Label(theme, tr("Cautions"), size=Size.TITLE, weight=Weight.SEMIBOLD))

    def show_words(self, words: tuple[str, ...]) -> None:
        """Nothing hides it."""
        while len(self._lines) < len(words):
            self._lines.append(IconLabel(self._theme, "triangle-alert", "", icon_tone=Tone.AMBER, wrap=True))
            self._column.addWidget(self._lines[-1])
        for place, line in enumerate(self._lines):
            line.setText(words[place] if place < len(words) else "")
            line.setVisible(place < len(words))
        self.setVisible(bool(words))
