"""For whom? One field, below it who answers, and a button for somebody who is not in the registry."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt

from poems_registry.ui.care.shown import Hit
from poems_registry.ui.i18n import tr
from poems_registry.ui.tables.cells import Cell, Span
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.search_above import SearchAbove
from poems_registry.ui.tables.view import TableView
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.buttons import Button, Kind, primary, secondary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import Label

ROW, ROWS = 36, 5


class WhomActions(Protocol):
    """What a person can do here."""

    def typed(self, text: str) -> None: ...
    def chosen(self, patient_id: int) -> None: ...
    def entered(self, patient_id: int) -> None: ...


class WhomDialog(Dialog):
    """Return takes whoever has the bar; `nobody` is the button of somebody new, or not named ('' for none)."""

    def __init__(self, theme: Theme, title: str, nobody: str, actions: WhomActions) -> None:
        super().__init__(theme, title, icon="search", width=640)
        self._actions = actions
        columns = [
            Column[Hit](tr("Found"), lambda hit: hit.name, None, _name, 260, stretch=True),
            Column[Hit](tr("Born and number"), lambda hit: hit.second, None, _second, 300),
        ]
        self._model: RowsModel[Hit] = RowsModel(columns, key=lambda hit: hit.patient_id)
        self.hits: TableView[Hit] = TableView(theme, self._model, tr("Found"), row_height=ROW)
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setFixedHeight(32 + ROWS * ROW)
        self.field = SearchAbove(theme, tr("Find the patient"), tr("Name, number or date of birth"), self.hits, ROWS)
        self._words = Label(theme, tone=Tone.SUB, wrap=True)
        self.body.addSpacing(4)  # for the ring of the focus
        for part in (self.field, self.hits, self._words):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.go = primary(theme, tr("Choose"), "arrow-right")
        self.go.setEnabled(False)
        self.nobody = Button(theme, nobody, Kind.SECONDARY, icon="user-plus")
        self.nobody.setVisible(bool(nobody))
        back = secondary(theme, tr("Go back"))
        self.set_actions(self.go, (back,), (self.nobody,))
        back.clicked.connect(self.reject)
        self.nobody.clicked.connect(lambda: self._actions.chosen(0))
        self.go.clicked.connect(self._enter)
        self.hits.opened.connect(lambda _: self._choose())
        self.field.opened.connect(self._enter)
        self.field.textEdited.connect(self._actions.typed)

    def show_hits(self, hits: Sequence[Hit], words: str) -> None:
        """These, the first with the bar; words below them."""
        self._model.set_rows(hits)
        self.hits.select_first()
        self._words.setText(words)
        self.go.setEnabled(bool(hits))
        self.field.setAccessibleDescription(words or hits[0].name)

    def say(self, words: str) -> None:
        """Why nobody could be looked for."""
        self._words.setText(words)

    def _enter(self) -> None:
        """Return: whoever has the bar; where nobody was found, on to the button of somebody new."""
        hit = self.hits.current()
        if hit is None and self.field.text().strip() and not self.nobody.isHidden():
            self.nobody.setFocus(Qt.FocusReason.OtherFocusReason)
        self._actions.entered(hit.patient_id if hit is not None else 0)

    def _choose(self) -> None:
        hit = self.hits.current()
        if hit is not None:
            self._actions.chosen(hit.patient_id)


def _name(hit: Hit) -> Cell:
    return Cell((Span(hit.name, bold=True, icon="user", icon_tone=Tone.SUB),))


def _second(hit: Hit) -> Cell:
    return Cell((Span(hit.second, tone=Tone.SUB),))
