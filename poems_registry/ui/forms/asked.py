"""A field of a small form: its label above, what is wrong or thought of it below."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.labels import IconLabel, labelled


class Asked(QWidget):
    """`field` takes part in the layout; `edit` is what is marked and what the label belongs to."""

    def __init__(self, theme: Theme, label: str, field: QWidget, edit: QWidget | None = None) -> None:
        super().__init__()
        self._edit = edit or field
        self._edit.setAccessibleName(label)
        self._words = IconLabel(theme, "info", "", tone=Tone.SUB, wrap=True)
        self._words.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(labelled(theme, label, self._edit, weight=Weight.SEMIBOLD))
        column.addWidget(field)
        column.addWidget(self._words)
        column.addStretch(1)
        self.setFocusProxy(self._edit)

    def mark(self, problem: str) -> None:
        """What is wrong; '' for nothing."""
        edit = self._edit
        set_mark = getattr(edit, "set_mark", None)
        if set_mark is not None:
            set_mark(Mark.ERROR if problem else Mark.NONE)
        self._words.show_state("circle-alert", problem[:1].upper() + problem[1:], Tone.RED)
        self._words.setVisible(bool(problem))

    def judge(self, words: str, good: bool) -> None:
        """What is thought of what is being typed."""
        self.mark("")
        self._words.show_state("circle-check" if good else "info", words, Tone.GREEN if good else Tone.SUB)
        self._words.setVisible(bool(words))
