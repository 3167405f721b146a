"""Ctrl+K over any screen: one field, and below it who and what answers; the keyboard never leaves the field."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.find.shown import Hit
from poems_registry.ui.tables.cells import Cell, Span
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.search_above import SearchAbove
from poems_registry.ui.tables.view import TableView
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.buttons import primary, secondary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import Label

ROW = 36
ROWS = 6
"""Rows in view at once."""


class Actions(Protocol):
    """What a person can do here."""

    def typed(self, text: str) -> None: ...
    def choose(self, hit: Hit) -> None: ...
    def entered(self, hit: Hit | None) -> None: ...


class FindDialog(Dialog):
    """Closes when something was chosen; Esc empties the field first and then closes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Find a patient or a command"), icon="search", width=640)
        self._actions: Actions | None = None
        columns = [
            Column[Hit](tr("Found"), lambda hit: hit.words, None, _name, 300, stretch=True),
            Column[Hit](tr("Born, number or keys"), lambda hit: hit.second, None, _second, 280),
        ]
        self._model: RowsModel[Hit] = RowsModel(columns, key=lambda hit: hit.code)
        self.hits: TableView[Hit] = TableView(theme, self._model, tr("Found"), row_height=ROW)
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setFixedHeight(32 + ROWS * ROW)
        self.field = SearchAbove(theme, tr("Find"), tr("Name, number, date of birth, or a command"), self.hits, ROWS)
        self._words = Label(theme, tone=Tone.SUB, wrap=True)
        self.body.addSpacing(4)  # for the ring of the focus
        for part in (self.field, self.hits, self._words):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.go = primary(theme, tr("Go there"), "arrow-right")
        back = secondary(theme, tr("Go back"))
        self.set_actions(self.go, (back,))
        back.clicked.connect(self.reject)
        self.go.clicked.connect(self._enter)
        self.hits.opened.connect(lambda _: self._choose())
        self.hits.clicked.connect(lambda _: self._choose())
        self.field.opened.connect(self._enter)
        self.field.textEdited.connect(self._typed)

    def attend(self, actions: Actions) -> None:
        """Pass on to these from now on."""
        self._actions = actions

    def show_hits(self, hits: Sequence[Hit], words: str) -> None:
        """These, the first with the bar; words below them."""
        self._model.set_rows(hits)
        self.hits.select_first()
        self._words.setText(words)
        self.go.setEnabled(bool(hits))
        self.field.setAccessibleDescription(words or hits[0].words)

    def say(self, message: Message | None) -> None:
        """Why nobody could be looked for."""
        if message is not None:
            self._words.setText(f"{message.cause} {message.rest}")

    def finish(self) -> None:
        """Something was chosen."""
        self.accept()

    def _typed(self, text: str) -> None:
        if self._actions is not None:
            self._actions.typed(text)

    def _enter(self) -> None:
        if self._actions is not None:
            self._actions.entered(self.hits.current())

    def _choose(self) -> None:
        hit = self.hits.current()
        if hit is not None and self._actions is not None:
            self._actions.choose(hit)


def _name(hit: Hit) -> Cell:
    return Cell((Span(hit.words, bold=bool(hit.patient_id), icon=hit.icon, icon_tone=Tone.SUB),))


def _second(hit: Hit) -> Cell:
    return Cell((Span(hit.second, tone=Tone.SUB),))
