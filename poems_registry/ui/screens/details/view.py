"""The details form: cards of fields in one column or two, what is wrong beside each and on top; decides nothing."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from poems_registry.domain.merging import Side
from poems_registry.ui.conflict.shown import ConflictShown
from poems_registry.ui.conflict.view import ConflictDialog
from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.details.alike import Comparison
from poems_registry.ui.screens.details.boxes import FieldBox
from poems_registry.ui.screens.details.comparing import ComparePage
from poems_registry.ui.screens.details.fields import Section
from poems_registry.ui.screens.details.reading import Answer
from poems_registry.ui.screens.details.shown import PracticeRow
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.cards import Card, ScrollColumn
from poems_registry.ui.widgets.labels import IconLabel, Label
from poems_registry.ui.widgets.message import MessageBar, Summary

TWO_COLUMNS_FROM = 1080


class DetailsActions(Protocol):
    """What a person can do here."""

    def typed(self, code: str, text: str) -> None: ...
    def left(self, code: str) -> None: ...
    def chosen(self, code: str, answer: str) -> None: ...
    def save(self) -> None: ...
    def take_back(self) -> None: ...
    def another_person(self) -> None: ...
    def open_that(self, patient_id: int) -> None: ...
    def back_to_form(self) -> None: ...
    def woken(self) -> None: ...
    def settled(self, choices: Mapping[str, Side]) -> None: ...
    def picked(self, code: str) -> None: ...
    def same_person(self, staying_id: int, other_id: int) -> None: ...


class DetailsScreen(QWidget):
    """Title, message, scrolled cards, and a foot with Save that is always in view."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: DetailsActions | None = None
        self._shape: tuple[object, ...] = ()
        self._dealt = 0
        self._wanted = ""
        self.boxes: dict[str, FieldBox] = {}
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bar = MessageBar(theme)
        self._title = Label(theme, size=Size.BIG, weight=Weight.SEMIBOLD, wrap=True)
        self.summary = Summary(theme)
        self.summary.asked.connect(self.focus_field)
        self._columns = (QVBoxLayout(), QVBoxLayout())
        self._cards: list[Card] = []
        self._form = self._form_page()
        self.compare = ComparePage(theme)
        self._save = Button(theme, tr("Save"), Kind.PRIMARY, icon="save", hint="Ctrl+S")
        self._back = Button(theme, tr("Cancel"), Kind.SECONDARY)
        self._state = IconLabel(theme, "", "", tone=Tone.SUB)
        self._keyboard: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._wake)
        self._lay_out()
        self._save.clicked.connect(self._ask_save)
        self._back.clicked.connect(self._ask_back)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._ask_save)

    def attend(self, actions: DetailsActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions
        self.compare.open_asked.connect(actions.open_that)
        self.compare.another.connect(actions.another_person)
        self.compare.back.connect(actions.back_to_form)
        self.compare.same.connect(actions.same_person)

    def show_form(
        self, title: str, sections: Sequence[Section], texts: Mapping[str, str], new: bool, editable: bool
    ) -> None:
        """These sections with these texts; built anew only when the fields differ from those that stand there."""
        self._title.setText(title)
        if self._shape != tuple(sections):
            self._build(sections)
        for code, box in self.boxes.items():
            box.show_text(texts.get(code, ""))
            box.show_answer(Answer())
            box.set_editable(editable)
        self._save.setText(tr("Add patient") if new else tr("Save"))
        self._save.setVisible(editable)
        self._back.setVisible(editable)
        self._back.setText(tr("Cancel") if new else tr("Undo my changes"))
        self._state.setText("")
        if self._keyboard_here() is None:
            self._scroll.verticalScrollBar().setValue(0)

    def _keyboard_here(self) -> QWidget | None:
        """The field in which a person is; None where the form was not typed into yet."""
        focused: QWidget | None = self.window().focusWidget()
        return focused if focused is not None and self._form.isAncestorOf(focused) else None

    def show_text(self, code: str, text: str) -> None:
        """A field's text as it is written tidily."""
        if code in self.boxes:
            self.boxes[code].show_text(text)

    def show_answer(self, code: str, answer: Answer) -> None:
        """What is said beside a field."""
        if code in self.boxes:
            self.boxes[code].show_answer(answer)

    def show_summary(self, problems: Sequence[tuple[str, str, str]]) -> None:
        """Everything that needs correction, with the way to each field; nothing hides it."""
        self.summary.say(problems)
        if problems:
            self._scroll.verticalScrollBar().setValue(0)
            first = self.summary.findChild(Button)
            if first is not None:  # Return goes on to the field
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_alike(self, comparison: Comparison | None) -> None:
        """People who may be the one that was typed, or the form again."""
        on = comparison is not None
        self._form.setVisible(not on)
        self.compare.setVisible(on)
        for part in (self._save, self._back):
            part.setEnabled(not on)
        if comparison is not None:
            self.compare.show_comparison(comparison)
            self._scroll.verticalScrollBar().setValue(0)
            self.compare.focus()

    def show_practices(self, rows: Sequence[PracticeRow]) -> None:
        """Practices of the list that answer what is typed."""
        for box in self.boxes.values():
            box.show_practices(rows)

    def show_changed(self, changed: bool) -> None:
        """Whether something is typed and not saved."""
        words = tr("Not saved yet") if changed else ""
        self._state.show_state("pencil" if changed else "", words, Tone.SUB)

    def focus_field(self, code: str) -> None:
        """Ready to type there; it is scrolled into view."""
        if code in self.boxes:
            self.setFocusProxy(self.boxes[code])  # a form that is not in the window yet cannot hold the keyboard
            self.boxes[code].take_focus()
            self._wanted = code
            self._see_wanted()

    def _see_wanted(self) -> None:
        """The field that was asked for is in view while it has the keyboard: a form just shown is laid out later."""
        box = self.boxes.get(self._wanted)
        here: QWidget | None = self.focusWidget()
        if box is not None and here is not None and (box is here or box.isAncestorOf(here)):
            self._scroll.ensureWidgetVisible(box, 0, 48)

    def say(self, message: Message | None) -> None:
        """Why something was not done."""
        if message is None:
            self._bar.clear()
        else:
            self._bar.say(message.cause, message.rest)

    def busy(self, words: str) -> None:
        """What is typed while it is saved would be lost: nothing can be typed then; the keyboard stays where it was."""
        if words:
            held: QWidget | None = self.window().focusWidget()
            self._keyboard = held if held is not None and self.isAncestorOf(held) else None
        self._form.setEnabled(not words)
        self._save.setEnabled(not words)
        if not words and self._keyboard is not None:
            if isValid(self._keyboard) and self._keyboard.isVisible():
                self._keyboard.setFocus(Qt.FocusReason.OtherFocusReason)
            self._keyboard = None
        if words:
            self._state.show_state("hourglass", words, Tone.SUB)

    def remind(self, after_ms: int) -> None:
        """Wake the presenter after a while; asked again, only the last counts."""
        self._timer.start(after_ms)

    def ask_conflict(self, conflict: ConflictShown) -> None:
        """Two people changed the same fields: which value is right."""
        dialog = ConflictDialog(self._theme, conflict)
        if self._actions is not None:
            dialog.chosen.connect(self._actions.settled)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_over(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Two columns of cards where there is room."""
        super().resizeEvent(event)
        self._deal()

    def _form_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        column.addWidget(self.summary)
        self._row = QHBoxLayout()
        self._row.setSpacing(Size.GAP)
        for each in self._columns:
            each.setSpacing(Size.GAP)
            each.addStretch(1)
            self._row.addLayout(each, 1)
        column.addLayout(self._row)
        return page

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(Size.PAGE, Size.PAGE, Size.PAGE, Size.PAGE)
        column.setSpacing(Size.GAP)
        column.addWidget(self._title)
        column.addWidget(self._form)
        column.addWidget(self.compare)
        column.addStretch(1)
        self.compare.hide()
        self._scroll = ScrollColumn(middle)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._see_wanted)
        foot = QHBoxLayout()
        foot.setContentsMargins(Size.PAGE, Size.GRID, Size.PAGE, Size.GRID)
        foot.setSpacing(Size.GRID)
        foot.addWidget(self._state)
        foot.addStretch(1)
        foot.addWidget(self._back)
        foot.addWidget(self._save)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._bar)
        page.addWidget(self._scroll, 1)
        page.addLayout(foot)

    def _build(self, sections: Sequence[Section]) -> None:
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._shape, self.boxes, self._cards = tuple(sections), {}, []
        for section in sections:
            self._cards.append(self._card(section))
        self._dealt = 0
        self._deal()

    def _card(self, section: Section) -> Card:
        card = Card(self._theme, tr(section.title))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP)
        grid.setVerticalSpacing(10)
        row = column = 0
        for field in section.fields:
            box = FieldBox(self._theme, field)
            box.typed.connect(self._typed)
            box.left.connect(self._left)
            box.chosen.connect(self._chosen)
            box.picked.connect(self._picked)
            self.boxes[field.code] = box
            if field.wide and column:
                row, column = row + 1, 0
            grid.addWidget(box, row, column, 1, 2 if field.wide else 1)
            column = 0 if field.wide or column else 1
            row += 0 if column else 1
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        card.column.addLayout(grid)
        card.column.addStretch(1)
        return card

    def _deal(self) -> None:
        """The cards to one column or two, the first half left."""
        columns = 2 if self.width() >= TWO_COLUMNS_FROM else 1
        if not self._cards or columns == self._dealt:
            return
        self._dealt = columns
        half = (len(self._cards) + 1) // 2 if columns == 2 else len(self._cards)
        for place, card in enumerate(self._cards):
            for each in self._columns:
                each.removeWidget(card)  # not takeAt: Python would keep the old item, and with it an old height
            column = self._columns[0 if place < half else 1]
            column.insertWidget(column.count() - 1, card)
            card.show()
        self._row.setStretch(1, columns - 1)
        self._row.setSpacing(Size.GAP * (columns - 1))

    def _typed(self, code: str, text: str) -> None:
        if self._actions is not None:
            self._actions.typed(code, text)

    def _left(self, code: str) -> None:
        if self._actions is not None:
            self._actions.left(code)

    def _chosen(self, code: str, answer: str) -> None:
        if self._actions is not None:
            self._actions.chosen(code, answer)

    def _picked(self, code: str) -> None:
        if self._actions is not None:
            self._actions.picked(code)

    def _wake(self) -> None:
        if self._actions is not None:
            self._actions.woken()

    def _ask_save(self) -> None:
        if self._actions is not None and self._save.isEnabled():
            self._actions.save()

    def _ask_back(self) -> None:
        if self._actions is not None:
            self._actions.take_back()
