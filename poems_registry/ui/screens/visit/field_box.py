"""One field on the form: its editor, what stands beside it, its cause, and the state that can stand in its place."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from poems_registry.catalogue.item import Item
from poems_registry.domain.findings import STATE_WORDS, State
from poems_registry.ui.field_shown import Detail, FieldShown
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.editor import Editor
from poems_registry.ui.screens.visit.editors import DayEditor, SegmentsEditor, editor_for
from poems_registry.ui.screens.visit.keyboard import keyboard_within
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.value_state import ValueState

STATE_KEYS = {
    Qt.Key.Key_F6: State.NOT_DONE,
    Qt.Key.Key_F7: State.PENDING,
    Qt.Key.Key_F8: State.DECLINED,
    Qt.Key.Key_F9: State.UNABLE,
}
MENU_STATES = (
    (State.NOT_DONE, "F6"),
    (State.PENDING, "F7"),
    (State.DECLINED, "F8"),
    (State.UNABLE, "F9"),
    (State.UNKNOWN, ""),
    (State.NOT_APPLICABLE, ""),
)
CAUSES = (("", "Cause: POEMS"), ("poems", "POEMS, stated"), ("other", "Another cause"), ("uncertain", "Uncertain"))
EXPLAINED = (State.UNABLE, State.NOT_DONE, State.DECLINED)
"""States that take a reason in words."""


class FieldActions(Protocol):
    """What a person can do with a field."""

    def typed(self, code: str, text: str) -> None: ...
    def said_state(self, code: str, state: State) -> None: ...
    def took_back(self, code: str) -> None: ...
    def gave_cause(self, code: str, cause: str, words: str) -> None: ...
    def gave_detail(self, code: str, detail: Detail, text: str) -> None: ...
    def confirmed_doubt(self, code: str) -> None: ...
    def unchanged(self, key: str) -> None: ...


class FieldBox(QWidget):
    """The field of one item. What is seldom needed (state, reason, cause) is built when it is first shown.

    `place` puts what comes after the field into a row that flows; without it, a cause is asked elsewhere.
    """

    def __init__(
        self,
        theme: Theme,
        item: Item,
        actions: FieldActions,
        place: Callable[[QWidget], None] | None = None,
        editor: Editor | None = None,
    ) -> None:
        super().__init__()
        self._theme, self.item, self._actions, self._place = theme, item, actions, place
        self._shown = FieldShown(item.code)
        self.open_details: Callable[[], None] = lambda: None
        self._state: ValueState | None = None
        self._reason: LineEdit | None = None
        self._cause: CauseChoice | None = None
        self.editor: Editor = editor or editor_for(theme, item, item.label)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Size.GRID)
        self._row.addWidget(self.editor, 1 if self.editor.wide else 0, Qt.AlignmentFlag.AlignVCenter)
        if self.editor.wide:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            self._row.setAlignment(self.editor, Qt.AlignmentFlag(0))
        self.editor.typed.connect(self._typed)

    @property
    def code(self) -> str:
        """The item's code."""
        return self.item.code

    @property
    def shown(self) -> FieldShown:
        """What it shows now."""
        return self._shown

    def show_field(self, field: FieldShown) -> None:
        """Another state of the same field."""
        before, self._shown = self._shown, field
        had_focus = self.has_keyboard()
        self.editor.show_text(field.text)
        self.editor.set_mark(field.mark)
        self.editor.offer(field.offered)
        if field.state is not None or self._state is not None:
            self._show_state(field)
            if before.state is not field.state and had_focus:
                self.take_focus()
        self._show_cause(field)
        if not field.visible:
            for late in (self._reason, self._cause):
                if late is not None:
                    late.hide()
        self.setVisible(field.visible)

    def has_keyboard(self) -> bool:
        """Whether the keyboard is in this field."""
        return keyboard_within(self) or (self._reason is not None and self._reason.hasFocus())

    def take_focus(self) -> None:
        """The editor, or what stands in its place."""
        if self._state is not None and not self._state.isHidden():
            if self._reason is not None and not self._reason.isHidden() and not self._reason.text():
                self._reason.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self._state.button.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.editor.focus()

    def set_narrow(self, narrow: bool) -> None:
        """Less padding where room is short."""
        if isinstance(self.editor, SegmentsEditor):
            self.editor.set_narrow(narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """F6 to F9 say why there is no value; Delete takes a choice back."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        key = Qt.Key(event.key())
        if plain and key in STATE_KEYS:
            self._actions.said_state(self.code, STATE_KEYS[key])
        elif plain and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._shown.text:
            self._actions.took_back(self.code)
        elif key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._open_list()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """The mouse's way to the same."""
        self.state_menu().exec(event.globalPos())

    def state_menu(self) -> QMenu:
        """Every reason why there is no value, and the way back."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for state, key in MENU_STATES:
            action = menu.addAction(tr(STATE_WORDS[state]) + (f"\t{key}" if key else ""))
            action.setData(state)
        menu.addSeparator()
        back = menu.addAction(tr("Take it back\tDelete"))
        back.setEnabled(bool(self._shown.text) or self._shown.state is not None)
        if isinstance(self.editor, DayEditor):
            menu.addAction(tr("Calendar\tAlt+Down")).setData("calendar")
        menu.addAction(tr("Limits, assay, note") + "\tF4" if self.item.lab else tr("Note") + "\tF4").setData("details")
        menu.triggered.connect(self._chosen)
        return menu

    def _chosen(self, action: object) -> None:
        data = action.data()  # type: ignore[attr-defined]
        if data == "calendar":
            self._open_list()
        elif data == "details":
            self.open_details()
        elif data is None:
            self._actions.took_back(self.code)
        else:
            self._actions.said_state(self.code, State(data))

    def _open_list(self) -> None:
        """A date's calendar, or the entries of the clinic's list."""
        if self._shown.state is None:
            self.editor.open_list()

    def _typed(self, text: str) -> None:
        self._actions.typed(self.code, text)

    def _show_state(self, field: FieldShown) -> None:
        self.editor.setVisible(field.state is None)
        if self._state is None:
            self._state, self._reason = ValueState(self._theme), LineEdit(self._theme, placeholder=tr("Why"))
            self._reason.setAccessibleName(tr("Reason, {item}", item=self.item.label))
            self._row.insertWidget(1, self._state)
            self._put(self._reason)
            QWidget.setTabOrder(self.editor, self._state.button)
            QWidget.setTabOrder(self._state.button, self._reason)
            self._state.cleared.connect(self._cleared)
            self._reason.textEdited.connect(self._reasoned)
        self._state.setVisible(field.state is not None)
        if self._reason is not None:
            self._reason.setVisible(field.state in EXPLAINED)
            self._reason.show_text(field.reason)
        if field.state is not None:
            self._state.show_state(field.state.value, field.state_words, name=self.item.label)

    def _put(self, widget: QWidget) -> None:
        """Right of the field, or in the next line of a row that flows."""
        if self._place is not None:
            self._place(widget)
        else:
            self._row.addWidget(widget, 1)

    def _show_cause(self, field: FieldShown) -> None:
        asked = field.cause_asked and self._place is not None and field.state is None
        if self._cause is None and asked:
            self._cause = CauseChoice(self._theme, self.item, self._actions)
            self._put(self._cause)
            stop = self.editor.focusProxy() or self.editor
            self._cause.follow(stop)
        if self._cause is not None:
            self._cause.setVisible(asked)
            self._cause.show_cause(field.cause, field.cause_words)

    def _cleared(self) -> None:
        self._actions.took_back(self.code)

    def _reasoned(self, text: str) -> None:
        self._actions.gave_detail(self.code, Detail.NOTE, text)


class CauseChoice(QWidget):
    """What a finding is taken to be caused by; words for another cause. Not said reads as POEMS (clinical.md 2.0)."""

    def __init__(self, theme: Theme, item: Item, actions: FieldActions, *, first: str = "") -> None:
        super().__init__()
        self._code, self._actions = item.code, actions
        options = [(code, tr(words)) for code, words in CAUSES]
        if first:
            options[0] = ("", first)
        self._combo = ComboBox(theme, options)
        self._combo.setAccessibleName(tr("Cause, {item}", item=item.label))
        self._words = LineEdit(theme, placeholder=tr("Which"))
        self._words.setAccessibleName(tr("Which cause, {item}", item=item.label))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GRID)
        row.addWidget(self._combo)
        row.addWidget(self._words, 1)
        self._words.hide()
        self.setFocusProxy(self._combo)
        self._combo.chosen.connect(self._chose)
        self._words.textEdited.connect(self._typed)

    def follow(self, widget: QWidget) -> None:
        """Come after this widget in the order of Tab."""
        QWidget.setTabOrder(widget, self._combo)
        QWidget.setTabOrder(self._combo, self._words)

    def show_cause(self, cause: str, words: str) -> None:
        """As recorded."""
        self._combo.choose(cause)
        self._words.show_text(words)
        self._words.setVisible(cause == "other")

    def _chose(self, cause: str) -> None:
        self._actions.gave_cause(self._code, cause, self._words.text())

    def _typed(self, text: str) -> None:
        self._actions.gave_cause(self._code, "other", text)
