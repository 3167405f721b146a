"""One threshold's form: its value, where it comes from, and whether somebody read it there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout

from poems_registry.ui.forms.asked import Asked
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.admin.shown import SettingRow
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, primary, secondary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import Label
from poems_registry.ui.widgets.ticks import CheckBox


class SettingDialog(Dialog):
    """Changes a value or confirms it; both are told to the audit with name and day."""

    saved = Signal(str, str, bool)

    def __init__(self, theme: Theme, row: SettingRow) -> None:
        words = tr("Signed visits keep the values they were signed with; everything else is judged anew.")
        super().__init__(theme, row.label, icon="sliders-horizontal", explanation=words, width=620)
        self._edit = LineEdit(theme)
        self._edit.setText(row.text)
        self._field = Asked(theme, tr("Value"), self._edit)
        default = Button(theme, tr("Take the default"), Kind.QUIET, icon="rotate-ccw")
        default.clicked.connect(lambda: self._edit.setText(row.default_text))
        line = QHBoxLayout()
        line.setSpacing(Size.GAP)
        line.addWidget(self._field, 1)
        told = QFormLayout()
        told.setHorizontalSpacing(Size.GAP)
        told.setVerticalSpacing(4)
        for label, value in (
            (tr("Default"), tr("{value}, {certainty}", value=row.default, certainty=row.certainty)),
            (tr("Source"), row.source),
            (tr("Confirmed"), row.confirmed or tr("not yet: check against the paper")),
        ):
            told.addRow(Label(theme, label, tone=Tone.SUB), Label(theme, value, wrap=True))
        self._confirmed = CheckBox(theme, tr("I read this value in the source"))
        self.body.addLayout(line)
        self.body.addLayout(told)
        self.body.addWidget(self._confirmed)
        self.body.addStretch(1)
        self._main = primary(theme, tr("Save"), "check")
        back = secondary(theme, tr("Go back"))
        self.set_actions(self._main, (back,), (default,) if row.changed else ())
        back.clicked.connect(self.reject)
        self._main.clicked.connect(lambda: self.saved.emit(row.name, self._edit.text(), self._confirmed.isChecked()))

    def refuse(self, words: str) -> None:
        """Why the value cannot be."""
        self._field.mark(words)
        self._edit.setFocus()
        self.fit()

    def busy(self, words: str) -> None:
        """While it is being saved and the list judged anew."""
        self._main.setEnabled(not words)
        self._main.setText(words or tr("Save"))
