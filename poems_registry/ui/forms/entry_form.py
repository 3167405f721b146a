"""The form of one entry over the window: what is wrong under its field, nothing typed dropped by one key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLayout

from poems_registry.ui.forms.control import FieldControl
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, primary, secondary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import IconLabel, labelled

REASON = "error_reason"
"""The code under which the services say what is wrong with the reason for an entry in error."""

Control = TypeVar("Control", bound=FieldControl)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the fields. Without a `button` the entry can only be marked as a mistake.

    `known`: the entry is in the registry, and may be marked so. `first` is the field that gets the keyboard.
    """

    title: str
    icon: str
    button: str
    who: Identity | None
    known: bool
    explanation: str = ""
    first: str = ""
    width: int = Size.DIALOG_WIDTH


@dataclass(frozen=True, slots=True)
class _Why:
    """The reason is asked like every other field."""

    label: str
    text: str = ""
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()


class EntryForm(Dialog, Generic[Control]):
    """`typed` and `saved` tell the texts by field; `withdrawn` the reason why the entry was a mistake.

    Esc asks before anything typed is dropped: a second Esc, or the button, drops it. A lock closes it by `reject`.
    Every form of an entry is one of these, laid out in its own way.
    """

    typed = Signal(dict)
    saved = Signal(dict)
    withdrawn = Signal(str)
    dropped = Signal()

    def __init__(self, theme: Theme, frame: Frame, fields: Mapping[str, Control], layout: QLayout) -> None:
        super().__init__(
            theme, frame.title, who=frame.who, icon=frame.icon, explanation=frame.explanation, width=frame.width
        )
        self._asking = self._filling = False
        self._frame, self.fields = frame, fields
        self._summary = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._summary.hide()
        self.body.addWidget(self._summary)
        self.body.addLayout(layout)
        self.reason = FieldControl(theme, _Why(tr("Why it was entered in error")))
        self.reason.put(labelled(theme, tr("Why it was entered in error"), self.reason.first), self.reason.inner)
        self.reason.hide()
        self.body.addWidget(self.reason)
        self.body.addStretch(1)
        self.main = primary(theme, frame.button or tr("Entered in error"), "check" if frame.button else "ban")
        self.back = secondary(theme, tr("Go back"))
        self.in_error = Button(theme, tr("Entered in error"), Kind.DANGER)
        self.in_error.setVisible(frame.known and bool(frame.button))
        self.set_actions(self.main, (self.back,), (self.in_error,))
        if frame.button:
            self.save_by_keys(self.main)
        self.back.clicked.connect(self._leave)
        self.main.clicked.connect(self._save if frame.button else self._take_back)
        self.in_error.clicked.connect(self._take_back)
        if not frame.button:
            self.reason.show()
        for code, field in fields.items():
            field.changed.connect(partial(self._changed, code))
        self._before = self.texts()

    def texts(self) -> dict[str, str]:
        """What stands in the form, by field."""
        return {code: field.text() for code, field in self.fields.items()}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put in what follows from a choice."""
        self._filling = True
        for code, text in texts.items():
            if code in self.fields:
                self.fields[code].show_text(text)
        self._filling = False
        self._show_asked()

    def show_left(self, texts: Mapping[str, str], words: str) -> None:
        """What was typed before, or came of two people's words, stands in the form, and why."""
        EntryForm.fill(self, texts)
        self._say(words, tone=Tone.AMBER)

    def show_problems(self, problems: Mapping[str, str], words: str) -> None:
        """What is wrong, over the form and under each field; the first such field gets the keyboard."""
        self._say(words)
        every: dict[str, FieldControl] = {**self.fields, REASON: self.reason}
        for code, field in every.items():
            field.say(problems.get(code, ""))
        first = next((field for code, field in every.items() if code in problems and not field.isHidden()), None)
        if first is not None:
            first.focus()

    def show_doubts(self, doubts: Sequence[str]) -> None:
        """What is unusual, and that it may be saved all the same; none: back to the usual words."""
        self.main.setText(tr("Save anyway") if doubts else self._frame.button)
        self.main.updateGeometry()
        if doubts:
            self._say(" ".join((*doubts, tr("Nothing has been saved yet."))), tone=Tone.AMBER)
        else:
            self._summary.hide()
            self._refit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The keyboard begins where the work is."""
        super().showEvent(event)
        if self._frame.first in self.fields:
            self.fields[self._frame.first].focus()  # at once: what is typed already is for it
            QTimer.singleShot(0, self, self._see_first)  # once the layout knows where it is

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc is the same as Go back, Ctrl+Return as the main button."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() == Qt.Key.Key_Return and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.main.click()
        else:
            super().keyPressEvent(event)

    def _show_asked(self) -> None:
        """A form of which some fields are asked by what stands in others shows those."""

    def _changed(self, _code: str) -> None:
        if self._filling:
            return
        if self._asking:
            self._asking = False
            self._summary.hide()
            self.back.setText(tr("Go back"))
        self._show_asked()
        self.typed.emit(self.texts())

    def _see_first(self) -> None:
        self._scroll.ensureWidgetVisible(self.fields[self._frame.first], 0, 80)

    def _leave(self) -> None:
        """What was typed is not dropped by one key."""
        if not self._asking and self.texts() != self._before:
            self._asking = True
            self._say(tr("What you typed is not saved. Press again to drop it, or go on typing."), tone=Tone.AMBER)
            self.back.setText(tr("Drop what I typed"))
            self.back.updateGeometry()
            return
        self.dropped.emit()
        self.reject()

    def _say(self, words: str, *, tone: Tone = Tone.RED) -> None:
        self._summary.show_state("circle-alert", words, tone, tone)
        self._summary.show()
        self._scroll.verticalScrollBar().setValue(0)
        self._refit()

    def _refit(self) -> None:
        if self.isVisible():
            QTimer.singleShot(0, self, self.fit)  # once the layout knows what is shown

    def _save(self) -> None:
        self.saved.emit(self.texts())

    def _take_back(self) -> None:
        """First ask why; a second press does it."""
        if self.reason.isHidden():
            self.reason.show()
            self.in_error.setText(tr("Mark as entered in error"))
            self.in_error.updateGeometry()
            self._refit()
            self.reason.focus()
            self._scroll.ensureWidgetVisible(self.reason)
            return
        self.withdrawn.emit(self.reason.text())
