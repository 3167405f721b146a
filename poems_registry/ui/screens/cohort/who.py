"""Who is in the cohort: the conditions as a sentence, how many are left out, and the reasons on request."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.cohort.parts import WholeTable
from poems_registry.ui.screens.cohort.shown import CohortShown, ReasonRow
from poems_registry.ui.screens.cohort.tables import reasons_model
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import link
from poems_registry.ui.widgets.cards import Card
from poems_registry.ui.widgets.labels import Label


class WhoCard(Card):
    """`turned`: the list of reasons was opened or closed."""

    turned = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.column.setContentsMargins(16, 10, 16, 10)
        self.column.setSpacing(2)
        self._chosen = Label(theme, size=Size.TITLE, wrap=True)
        self._day = Label(theme, tone=Tone.SUB)
        self._who = Label(theme, weight=Weight.SEMIBOLD)
        self._left_out = Label(theme, tone=Tone.SUB, wrap=True)
        self.button = link(theme, tr("Show them"))
        self.change = link(theme, tr("Change who is in…"))
        self._rules = Label(theme, wrap=True)
        self._model = reasons_model()
        self.reasons: WholeTable[ReasonRow] = WholeTable(theme, self._model, tr("Left out"), row_height=32)
        self.reasons.hide()
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(Size.GAP)
        first.addWidget(self._chosen, 1)
        first.addWidget(self._day)
        first.addWidget(self.change)
        second.setSpacing(6)
        second.addWidget(self._who)
        second.addWidget(self._left_out, 1)
        second.addWidget(self.button)
        self.column.addLayout(first)
        self.column.addLayout(second)
        self.column.addWidget(self._rules)
        self.column.addWidget(self.reasons)
        self.button.clicked.connect(self._turn)

    def show_cohort(self, shown: CohortShown) -> None:
        """Other words."""
        self._chosen.setText(shown.chosen)
        self._day.setText(shown.data_to)
        self._who.setText(shown.who)
        self._left_out.setText(shown.left_out)
        self._rules.setText(shown.rules)
        self._rules.setVisible(bool(shown.rules))
        self._model.set_rows(shown.reasons)
        self.button.setVisible(bool(shown.reasons))
        if not shown.reasons:
            self.reasons.hide()
            self._name_button()

    def _turn(self) -> None:
        self.reasons.setVisible(self.reasons.isHidden())
        self._name_button()
        self.turned.emit()

    def _name_button(self) -> None:
        self.button.setText(tr("Show them") if self.reasons.isHidden() else tr("Hide them"))
        self.button.updateGeometry()
