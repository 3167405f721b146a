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
from poems_registry.ui.widgets.fields import LineEdit, TextArea
from poems_registry.ui.widgets.labels import Label
from poems_registry.ui.widgets.ticks import CheckBox

BETWEEN = "|"


class SettingDialog(Dialog):
    """Changes a value or confirms it; both are told to the audit with name and day."""

    saved = Signal(str, str, bool)

    def __init__(self, theme: Theme, row: SettingRow) -> None:
        words = tr("Signed visits keep the values they were signed with; everything else is judged anew.")
        if row.own_list:
            words = tr("Offered where leaflets are recorded. What was recorded keeps its title, whatever stands here.")
        super().__init__(theme, row.label, icon="sliders-horizontal", explanation=words, width=620)
        self._listed = row.own_list
        self._edit: LineEdit | TextArea = TextArea(theme, lines=6) if row.own_list else LineEdit(theme)
        self._put(row.text)
        self._field = Asked(theme, tr("Titles, one a line") if row.own_list else tr("Value"), self._edit)
        default = Button(theme, tr("Take the default"), Kind.QUIET, icon="rotate-ccw")
        default.clicked.connect(lambda: self._put(row.default_text))
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
        if not row.own_list:  # no paper says what the clinic gives
            self.body.addLayout(told)
            self.body.addWidget(self._confirmed)
        self.body.addStretch(1)
        self._main = primary(theme, tr("Save"), "check")
        back = secondary(theme, tr("Go back"))
        self.set_actions(self._main, (back,), (default,) if row.changed else ())
        back.clicked.connect(self.reject)
        self._main.clicked.connect(lambda: self.saved.emit(row.name, self._typed(), self._confirmed.isChecked()))

    def _put(self, text: str) -> None:
        self._edit.show_text("\n".join(text.split(BETWEEN)) if self._listed else text)

    def _typed(self) -> str:
        """Lists are stored with bars between."""
        if isinstance(self._edit, LineEdit):
            return self._edit.text()
        lines = (line.strip() for line in self._edit.toPlainText().splitlines())
        return BETWEEN.join(line for line in lines if line)

    def refuse(self, words: str) -> None:
        """Why the value cannot be."""
        self._field.mark(words)
        self._edit.setFocus()
        self.fit()

    def busy(self, words: str) -> None:
        """While it is being saved and the list judged anew."""
        self._main.setEnabled(not words)
        self._main.setText(words or tr("Save"))
