"""The page of care: the status with its history, then all that goes on around the visits, newest first."""

from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.care.desk import CareDesk
from poems_registry.ui.care.lines import CareLines
from poems_registry.ui.care.shown import GroupShown, LineShown, What
from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.care.shown import CareShown, StandingShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import link, secondary
from poems_registry.ui.widgets.cards import Card, ScrollColumn
from poems_registry.ui.widgets.flow import FlowRow
from poems_registry.ui.widgets.labels import IconLabel, Label
from poems_registry.ui.widgets.ticks import CheckBox

BUTTONS = (
    (What.REFERRAL, "Record referral…", "mail"),
    (What.ONWARD, "Refer on…", "send"),
    (What.MDT, "List for MDT…", "users"),
    (What.CALL, "Log advice call…", "phone"),
)


class CareActions(Protocol):
    """What a person can do here."""

    def add(self, what: What) -> None: ...
    def act(self, line: LineShown) -> None: ...
    def show_mistakes(self, on: bool) -> None: ...


class CarePage(QWidget):
    """Buttons and status above, one list below; `desk` holds the forms."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: CareActions | None = None
        self.desk = CareDesk(theme)
        self.buttons = {what: secondary(theme, tr(words), icon=icon) for what, words, icon in BUTTONS}
        self._explanation = Label(theme, tone=Tone.SUB, wrap=True)
        self._status = Card(theme, padding=12)
        self._now = IconLabel(theme, "flag", "", icon_tone=Tone.BLUE, wrap=True)
        self._now.set_weight(Weight.SEMIBOLD)
        self._beside = Label(theme, wrap=True)
        self.change = secondary(theme, tr("Change status…"), icon="flag")
        self.history_button = link(theme, "")
        self.history = CareLines(theme)
        self.lines = CareLines(theme)
        self.mistakes = CheckBox(theme, tr("Show what was entered in error"))
        self._history_open = False
        self._standing: StandingShown | None = None
        self._lay_out()
        self.history_button.clicked.connect(self._toggle_history)

    def attend(self, actions: CareActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions
        for what, button in self.buttons.items():
            button.clicked.connect(lambda _=False, what=what: actions.add(what))
        self.change.clicked.connect(lambda: actions.add(What.STATUS))
        self.lines.acted.connect(actions.act)
        self.history.acted.connect(actions.act)
        self.mistakes.toggled.connect(actions.show_mistakes)

    def show_care(self, shown: CareShown) -> None:
        """All of it."""
        for what, button in self.buttons.items():
            button.setVisible(what in shown.may)
        self.change.setVisible(What.STATUS in shown.may)
        self._explanation.setText(shown.explanation)
        self._explanation.setVisible(bool(shown.explanation))
        self._show_standing(shown.standing)
        nothing = tr("Nothing is recorded around the visits yet: no referral, no MDT, no call for advice.")
        self.lines.show_groups((GroupShown("", "", shown.lines, nothing),))
        self.mistakes.setVisible(shown.mistakes > 0)
        self.mistakes.setText(tr("Show what was entered in error ({count})", count=shown.mistakes))

    def set_narrow(self, narrow: bool) -> None:
        """The form below 1200 px."""
        self.lines.set_narrow(narrow)
        self.history.set_narrow(narrow)

    def say(self, message: Message | None) -> None:
        """Why something was refused."""
        if message is None:
            self.desk.bar.clear()
        else:
            self.desk.bar.say(message.cause, message.rest)

    def _show_standing(self, standing: StandingShown) -> None:
        self._standing = standing
        self._now.setText(tr("Status: {status}, {since}", status=standing.status, since=standing.since))
        beside = (standing.died, standing.diagnosis, standing.verdict)
        self._beside.setText("\n".join(part for part in beside if part))
        self._beside.setVisible(any(beside))
        self.history.show_groups((GroupShown("", "", standing.history),) if standing.history else ())
        self._show_history()

    def _show_history(self) -> None:
        count = len(self._standing.history) if self._standing is not None else 0
        words = tr("Hide the history") if self._history_open else tr("History of the status ({count})", count=count)
        self.history_button.setText(words)
        self.history_button.updateGeometry()
        self.history_button.setVisible(count > 0)
        self.history.setVisible(count > 0 and self._history_open)

    def _toggle_history(self) -> None:
        self._history_open = not self._history_open
        self._show_history()

    def _lay_out(self) -> None:
        head = FlowRow()
        for button in self.buttons.values():
            head.add(button)
        row = QHBoxLayout()
        row.setSpacing(Size.GRID)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addStretch(1)
        said.addWidget(self._now)
        said.addWidget(self._beside)
        said.addStretch(1)
        row.addLayout(said, 1)
        row.addWidget(self.history_button)
        row.addWidget(self.change)
        self._status.column.addLayout(row)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(Size.PAGE, Size.GAP, Size.PAGE, Size.GAP)
        column.setSpacing(Size.GAP)
        for part in (head, self._explanation, self._status, self.history, self.lines, self.mistakes):
            column.addWidget(part)
        column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.desk)
        page.addWidget(ScrollColumn(content), 1)
        for hidden in (self._explanation, self.mistakes, self.history, self.history_button, self.change):
            hidden.hide()
        for button in self.buttons.values():
            button.hide()
