"""The page of details: who the person is, in cards side by side, to read; one button leads to changing them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.person_facts import FactGroup
from poems_registry.ui.reason_dialog import ReasonDialog
from poems_registry.ui.reasons import ReasonShown
from poems_registry.ui.screens.record.particulars.consent_dialog import ConsentDialog
from poems_registry.ui.screens.record.particulars.history_dialog import ConsentHistoryDialog
from poems_registry.ui.screens.record.particulars.shown import CONSENTS, DECIDE, UNDO, AskedConsent, HistoryShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, secondary
from poems_registry.ui.widgets.cards import Card, ScrollColumn
from poems_registry.ui.widgets.labels import Label
from poems_registry.ui.widgets.message import MessageBar

_TOP = Qt.AlignmentFlag.AlignTop


class ConsentActions(Protocol):
    """What a person can do about consents."""

    @property
    def may_record(self) -> bool: ...
    def ask(self) -> None: ...
    def record(self, texts: Mapping[str, str]) -> None: ...
    def history(self) -> None: ...
    def wrong(self, consent_id: int) -> None: ...


class JoinedActions(Protocol):
    """What a person can do about two records of one person."""

    @property
    def may_join(self) -> bool: ...
    def looked_at(self) -> None: ...
    def same_as(self) -> None: ...
    def undo(self, joining_id: int) -> None: ...
    def decide(self, proposal_id: int) -> None: ...


class DetailsPage(QWidget):
    """`change_asked` when the person's details are to be changed; holds the questions about consent and joining."""

    change_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.change = secondary(theme, tr("Change details"), icon="pencil")
        self.change.clicked.connect(self.change_asked)
        self.consent = secondary(theme, tr("Record consent…"), icon="signature")
        self.consent.clicked.connect(self._ask_for_consent)
        self.consent.hide()
        self.same = secondary(theme, tr("Same person as…"), icon="git-merge")
        self.same.clicked.connect(self._same_as)
        self.same.hide()
        self._consenting: ConsentActions | None = None
        self._joining: JoinedActions | None = None
        self.dialog: ConsentDialog | None = None
        self.history: ConsentHistoryDialog | None = None
        self.reason: ReasonDialog | None = None
        self._joined: QWidget | None = None
        self._bar = MessageBar(theme)
        self._cards = QWidget()
        self._content = QWidget()
        self._inner = QVBoxLayout(self._content)
        self._inner.setContentsMargins(Size.PAGE, Size.GAP, Size.PAGE, Size.GAP)
        self._inner.setSpacing(Size.GAP)
        row = QHBoxLayout()
        row.addWidget(Label(theme, tr("Details"), size=Size.HEADING, weight=Weight.SEMIBOLD))
        row.addStretch(1)
        row.addWidget(self.same)
        row.addWidget(self.consent)
        row.addWidget(self.change)
        self._inner.addLayout(row)
        self._inner.addWidget(self._cards)
        self._inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(ScrollColumn(self._content), 1)

    def attend(self, actions: "ConsentActions") -> None:
        """Pass on to these what is done about consents."""
        self._consenting = actions
        self.consent.setVisible(actions.may_record)

    def attend_joining(self, actions: JoinedActions) -> None:
        """Pass on to these what is done about two records of one person."""
        self._joining = actions
        self.same.setVisible(actions.may_join)
        if self.isVisible():
            actions.looked_at()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Looked at: what only this tab tells is asked for now."""
        super().showEvent(event)
        if self._joining is not None:
            self._joining.looked_at()

    def ask_consent(self, asked: AskedConsent) -> None:
        """An answer about consent."""
        self._close_history()
        self.dialog = dialog = ConsentDialog(self._theme, asked)
        if self._consenting is not None:
            dialog.given.connect(self._consenting.record)
        dialog.finished.connect(self._asked)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_over(self)

    def refuse_consent(self, problems: Mapping[str, str]) -> None:
        """The dialog stays."""
        if self.dialog is not None:
            self.dialog.refuse(problems)

    def next_consent(self, kept: str) -> None:
        """It is kept; the dialog asks for the next answer of the same form."""
        if self.dialog is not None:
            self.dialog.show_next(kept)

    def close_consent(self) -> None:
        """It is kept, or was refused for something else."""
        if self.dialog is not None:
            self.dialog.accept()

    def show_history(self, shown: HistoryShown) -> None:
        """Every answer about consent."""
        self._close_history()
        self.history = dialog = ConsentHistoryDialog(self._theme, shown)
        if self._consenting is not None:
            dialog.wrong.connect(self._consenting.wrong)
            dialog.record.connect(self._consenting.ask)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_over(self)

    def _close_history(self) -> None:
        if self.history is not None:
            self.history.accept()
            self.history = None

    def ask_reason(self, asked: ReasonShown, given: Callable[[str], None]) -> None:
        """Why something is taken for a mistake."""
        self._close_history()
        self.reason = dialog = ReasonDialog(self._theme, asked)
        dialog.given.connect(given)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_over(self)

    def refuse_reason(self, words: str) -> None:
        """The question stays."""
        if self.reason is not None:
            self.reason.refuse(words)

    def close_reason(self) -> None:
        """It is done, or was refused for something else."""
        if self.reason is not None:
            self.reason.accept()
            self.reason = None

    def show_joined(self, group: FactGroup | None) -> None:
        """Which records were joined into this one; None for none."""
        if self._joined is not None:
            self._inner.removeWidget(self._joined)
            self._joined.hide()
            self._joined.deleteLater()
        self._joined = self._card(group) if group is not None else None
        if self._joined is not None:
            self._inner.insertWidget(1, self._joined)
            self._joined.show()

    def say(self, message: Message | None) -> None:
        """Why something was not done."""
        if message is None:
            self._bar.clear()
        else:
            self._bar.say(message.cause, message.rest)

    def _asked(self) -> None:
        self.dialog = None
        self.consent.setFocus()

    def _ask_for_consent(self) -> None:
        if self._consenting is not None:
            self._consenting.ask()

    def show_groups(self, groups: Sequence[FactGroup], *, changeable: bool) -> None:
        """All facts anew; two columns of cards."""
        self.change.setVisible(changeable)
        self._inner.removeWidget(self._cards)
        self._cards.hide()
        self._cards.deleteLater()
        self._cards = QWidget()
        row = QHBoxLayout(self._cards)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP)
        columns = [QVBoxLayout(), QVBoxLayout()]
        heights = [0, 0]
        for column in columns:
            column.setSpacing(Size.GAP)
            row.addLayout(column, 1)
        for group in groups:
            lower = heights.index(min(heights))
            heights[lower] += 3 + sum(len(fact.lines) for fact in group.facts)
            columns[lower].addWidget(self._card(group))
        for column in columns:
            column.addStretch(1)
        self._inner.insertWidget(self._inner.count() - 1, self._cards)
        self._cards.show()

    def _card(self, group: FactGroup) -> Card:
        card = Card(self._theme, group.title)
        if group.act:
            card.head.addWidget(self._button(group.act, group.act_words, group.title))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, 140)
        grid.setColumnStretch(1, 1)
        for row, fact in enumerate(group.facts):
            label = Label(self._theme, fact.label, tone=Tone.SUB)
            tone, weight = (Tone.TEXT, Weight.MEDIUM) if fact.known else (Tone.SUB, Weight.REGULAR)
            value = Label(self._theme, "\n".join(fact.lines), tone=tone, weight=weight, wrap=True)
            grid.addWidget(label, row, 0, _TOP)
            grid.addWidget(value, row, 1, _TOP)
            if fact.act:
                grid.addWidget(self._button(fact.act, fact.act_words, fact.lines[0]), row, 2, _TOP)
        card.column.addLayout(grid)
        return card

    def _button(self, act: str, words: str, about: str) -> Button:
        button = Button(self._theme, words, Kind.QUIET, said=f"{words} {about}")
        button.clicked.connect(partial(self._act, act))
        return button

    def _act(self, act: str, *_: object) -> None:
        name, _colon, number = act.partition(":")
        if name == CONSENTS and self._consenting is not None:
            self._consenting.history()
        elif name == UNDO and self._joining is not None:
            self._joining.undo(int(number))
        elif name == DECIDE and self._joining is not None:
            self._joining.decide(int(number))

    def _same_as(self) -> None:
        if self._joining is not None:
            self._joining.same_as()
