"""Head and foot of a visit: which it is, its sections with their marks, the keys for a missing value, signing."""

from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from poems_registry.domain.findings import STATE_WORDS, State
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.reasons import Act
from poems_registry.ui.screens.visit.rows import SectionPlan, Special
from poems_registry.ui.screens.visit.shown import HeadShown, Progress, SectionShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import rule
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, KeyCap, Kind, primary, secondary
from poems_registry.ui.widgets.labels import IconLabel, Label
from poems_registry.ui.widgets.tabs import Tab, TabBar

_MARKS = {
    Progress.NOTHING: ("circle", Tone.SUB),
    Progress.SOME: ("circle-dot", Tone.AMBER),
    Progress.NOT_ASSESSED: ("circle-dashed", Tone.AMBER),
    Progress.DONE: ("circle-check", Tone.GREEN),
    Progress.PROBLEM: ("circle-alert", Tone.RED),
}
KEYS = (("F6", State.NOT_DONE), ("F7", State.PENDING), ("F8", State.DECLINED), ("F9", State.UNABLE))
_SHORT = {State.NOT_DONE: "Not done", State.PENDING: "Pending", State.DECLINED: "Declined", State.UNABLE: "Unable"}
LETTERS = "POEMS"


def shortcut_of(plans: tuple[SectionPlan, ...], place: int) -> str:
    """Alt+P, O, E, M, S for the five features, Alt+V for the visit itself, Alt+1 to 9 for the others in order."""
    plan = plans[place]
    if plan.letter:
        return f"Alt+{plan.letter}"
    if plan.special is Special.HEAD:
        return "Alt+V"
    others = [p for p in plans if not p.letter and p.special is not Special.HEAD]
    number = others.index(plan) + 1
    return f"Alt+{number}" if number <= 9 else ""


class VisitHead(QWidget):
    """Which visit, and its sections as tabs with the shape of how far each is."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._plans: tuple[SectionPlan, ...] = ()
        self._kind, self._day = "", ""
        self._narrow: bool | None = None
        self._plain_tabs = 0
        self._tabs: TabBar | None = None
        self._tab: dict[str, Tab] = {}
        self._title = Label(theme, size=Size.HEADING, weight=Weight.MEDIUM)
        self._type = Label(theme, tone=Tone.SUB)
        self._saved = IconLabel(theme, "check", "", tone=Tone.SUB, icon_tone=Tone.GREEN)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(Size.PAGE, 2, 8, 0)
        self._row.setSpacing(Size.GRID)
        self._row.addWidget(self._title)
        self._row.addWidget(self._type)
        self._row.addWidget(self._saved)
        self._row.addStretch(1)
        self.setFixedHeight(45)

    def show_plans(self, plans: tuple[SectionPlan, ...], kind: str) -> None:
        """The sections of this visit."""
        if self._tabs is not None:
            self._row.removeWidget(self._tabs)
            self._tabs.hide()
            self._tabs.deleteLater()
        self._plans, self._kind = plans, kind
        self._tab = {p.code: Tab(p.code, p.letter or p.short, "circle", Tone.SUB, p.title) for p in plans}
        self._tabs = TabBar(self._theme, list(self._tab.values()), flat=True)
        self._tabs.layout().setSpacing(0)  # type: ignore[union-attr]
        self._tabs.chosen.connect(self.chosen)
        self._plain_tabs = self._tabs.sizeHint().width()
        self._row.addWidget(self._tabs, 0, Qt.AlignmentFlag.AlignBottom)

    def show_head(self, head: HeadShown) -> None:
        """Day and type."""
        self._day = head.on_words.split(", ")[0]
        self._title.setText(f"{self._kind} {self._day}")
        self._type.setText(head.type_words)
        self._narrow = None
        self._fit()

    def show_section(self, section: SectionShown) -> None:
        """A section's mark."""
        if self._tabs is None or section.code not in self._tab:
            return
        icon, tone = _MARKS[section.progress]
        place = next(n for n, plan in enumerate(self._plans) if plan.code == section.code)
        key = shortcut_of(self._plans, place)
        old = self._tab[section.code]
        words = f"{section.words} ({key})" if key else section.words
        self._show_tab(Tab(old.key, old.words, icon, tone, words))

    def _show_tab(self, tab: Tab) -> None:
        self._tab[tab.key] = tab
        if self._tabs is not None:
            self._tabs.show_tab(tab)

    def mark_section(self, code: str) -> None:
        """Which section is open."""
        if self._tabs is not None:
            self._tabs.mark_tab(code)

    def show_saved(self, words: str, *, failed: bool) -> None:
        """`Draft saved 14:02`, where there is room; the window's status line has it always."""
        tone = Tone.RED if failed else Tone.SUB
        self._saved.show_state("circle-x" if failed else "check", words, tone, Tone.RED if failed else Tone.GREEN)
        self._fit()

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """What is said elsewhere too gives way first."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """White, with a line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.card))
        rule(painter, self.rect().adjusted(0, self.height() - 1, 0, 0).toRectF(), self._theme.tokens.line)
        painter.end()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The tabs with the day in the first of them."""
        return QSize((self._tabs.sizeHint().width() if self._tabs is not None else 0) + 24, 45)

    def _fit(self) -> None:
        """Where room is short, the day moves into the tab of the visit itself."""
        if self._tabs is None:
            return
        room = self.width() - self._plain_tabs - self._title.sizeHint().width() - 2 * Size.PAGE - Size.GRID
        narrow = room < 0
        self._title.setVisible(not narrow)
        if narrow is not self._narrow:
            self._narrow = narrow
            for plan in self._plans:
                if plan.special is Special.HEAD:
                    self._show_tab(replace(self._tab[plan.code], words=self._day if narrow else plan.short))
        kind = self._type.sizeHint().width() + Size.GRID
        self._type.setVisible(room >= kind)
        saved = self._saved.sizeHint().width() + Size.GRID
        self._saved.setVisible(bool(self._saved.text()) and room >= kind + saved)


class CorrectingFoot(Protocol):
    """What the foot's buttons do with a signed visit."""

    def ask(self, act: Act) -> None: ...


class FootActions(Protocol):
    """What the foot's buttons do."""

    @property
    def correcting(self) -> CorrectingFoot: ...

    def save(self) -> None: ...
    def finish(self) -> None: ...
    def write_letter(self) -> None: ...


class VisitFoot(QWidget):
    """The keys for a value that is not there, what blocks, Save draft and Finish; for a signed visit, its letter."""

    state_wanted = Signal(str)
    menu_wanted = Signal()
    blocks_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._actions = theme, None
        self._keys = QWidget()
        keys = QHBoxLayout(self._keys)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(6)
        for key, state in KEYS:
            cap = KeyCap(theme, key, tr(STATE_WORDS[state]))
            cap.clicked.connect(partial(self.state_wanted.emit, state.value))
            keys.addWidget(cap)
            keys.addWidget(Label(theme, tr(_SHORT[state]), tone=Tone.SUB))
            keys.addSpacing(8)
        self._no_value = Button(
            theme, tr("No value… F6 to F9"), Kind.QUIET, said=tr("Say why there is no value, F6 to F9")
        )
        self._no_value.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._state = IconLabel(theme, "lock", "", tone=Tone.SUB)
        self._why_not = Label(theme, tone=Tone.SUB)
        self._blocks = Button(theme, "", Kind.QUIET, icon="list-x")
        self._save = secondary(theme, tr("Save draft"), "", "Ctrl+S")
        self._finish = primary(theme, tr("Finish and sign…"), "pen-line")
        self._error = Button(theme, tr("Entered in error…"), Kind.QUIET)
        self._amend = secondary(theme, tr("Amend…"), "file-pen-line")
        self._letter = primary(theme, tr("Write letter"), "mail-plus")
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.PAGE, 7, Size.PAGE, 7)
        row.setSpacing(Size.GRID)
        for part in (self._keys, self._no_value, self._state):
            row.addWidget(part)
        row.addStretch(1)
        right = (self._why_not, self._blocks, self._save, self._finish, self._error, self._amend, self._letter)
        for part in right:
            row.addWidget(part)
        self.setFixedHeight(48)
        self._no_value.clicked.connect(self.menu_wanted)
        self._blocks.clicked.connect(self.blocks_wanted)

    def attend(self, actions: FootActions) -> None:
        """Whom the buttons tell."""
        self._save.clicked.connect(actions.save)
        self._finish.clicked.connect(actions.finish)
        self._letter.clicked.connect(actions.write_letter)
        correcting = actions.correcting
        self._amend.clicked.connect(lambda: correcting.ask(Act.AMEND))
        self._error.clicked.connect(lambda: correcting.ask(Act.ERROR))

    def show_state(
        self,
        *,
        read_only: bool,
        words: str,
        may_sign: bool,
        signed: bool,
        may_correct: bool = False,
        closes: bool = False,
    ) -> None:
        """A draft's buttons, or a signed visit's one action; a contact of a profession is closed, not signed."""
        self._read_only, self._closes = read_only, closes
        self._finish.setText(tr("Finish and close…") if closes else tr("Finish and sign…"))
        self._finish.set_icon_name("check" if closes else "pen-line")
        for part in (self._blocks, self._save, self._finish):
            part.setVisible(not read_only)
        self._state.setVisible(read_only)
        self._state.setText(words)
        self._letter.setVisible(signed)
        self._amend.setVisible(may_correct)
        self._error.setVisible(may_correct)
        self._finish.setEnabled(may_sign)
        cannot = tr("Your role does not include recording") if closes else tr("Your role does not include signing")
        self._why_not.setText("" if may_sign or read_only else cannot)
        self._why_not.setVisible(bool(self._why_not.text()))
        self._fit()

    def offer_amending(self) -> None:
        """The keyboard to *Amend*: nothing else of a signed visit can be changed."""
        if self._amend.isVisibleTo(self):
            self._amend.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_blocks(self, count: int) -> None:
        """How many things block signing."""
        long = tr_count("{count} thing blocks signing", "{count} things block signing", count)
        short = tr_count("{count} blocks signing", "{count} block signing", count)
        if self._closes:
            long = tr_count("{count} thing blocks closing", "{count} things block closing", count)
            short = tr_count("{count} blocks closing", "{count} block closing", count)
        self._long, self._short_words = long, short
        self._blocks.setVisible(bool(count) and not self._read_only)
        self._fit()

    _read_only = _closes = False
    _long = ""
    _short_words = ""

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """Shorter words where room is short; the main action is always whole."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """White, with a line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.card))
        rule(painter, self.rect().adjusted(0, 0, 0, 1 - self.height()).toRectF(), self._theme.tokens.line)
        painter.end()

    def _fit(self) -> None:
        wide = self.width() >= 1080
        self._keys.setVisible(wide and not self._read_only)
        self._no_value.setVisible(not wide and not self._read_only)
        self._blocks.setText(self._long if wide else self._short_words)
        self._save.set_hint("Ctrl+S" if wide else "")
