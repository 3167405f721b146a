"""The medicines and the asked actions as lines that are typed into: each line kept whole, never cut."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.keyboard import controls_in, keyboard_within
from poems_registry.ui.screens.visit.shown import ActionShown, MedicineShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.cards import Rule
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled

CHANGES = (("continued", "Continued"), ("started", "Started"), ("changed", "Changed"), ("stopped", "Stopped"))
GROUPS = (("gp", "For the GP"), ("patient", "For the patient"), ("hospital", "For the hospital"))
ADD = {"gp": "Add for the GP", "patient": "Add for the patient", "hospital": "Add for the hospital"}
CONTINUED = "continued"
ACTION_PARTS = (("what", "What to do", 6), ("who", "Who", 2), ("by_when", "By when", 2))
CHANGE_WIDTH, REMOVE_WIDTH = 116, 72


class LineActions(Protocol):
    """What a person can do with lines."""

    def add_medicine(self) -> None: ...
    def type_medicine(self, place: int, part: str, text: str) -> None: ...
    def choose_change(self, place: int, code: str) -> None: ...
    def remove_medicine(self, place: int) -> None: ...
    def add_action(self, group: str) -> None: ...
    def type_action(self, place: int, part: str, text: str) -> None: ...
    def remove_action(self, place: int) -> None: ...
    def undo(self) -> None: ...


class _MedicineLine(QWidget):
    """Name, dose and what happened to it; below, unless it goes on as it was: why, when, route, who supplies it."""

    def __init__(self, theme: Theme, place: int, line: MedicineShown, actions: LineActions) -> None:
        super().__init__()
        self._actions, self._place = actions, place
        self.parts: dict[str, LineEdit] = {}
        first, second = QHBoxLayout(), QHBoxLayout()
        self._second = QWidget()
        self._second.setLayout(second)
        for row in (first, second):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(Size.GRID)
        number = place + 1
        first.addWidget(self._edit(theme, "name", tr("Medicine"), number, line.name), 1)
        first.addWidget(self._edit(theme, "dose", tr("Dose and how often"), number, line.dose), 1)
        self.change = ComboBox(theme, [(code, tr(words)) for code, words in CHANGES])
        self.change.setAccessibleName(tr("Change today, medicine {number}", number=number))
        self.change.setFixedWidth(CHANGE_WIDTH)
        first.addWidget(self.change)
        remove = Button(theme, tr("Remove"), Kind.QUIET, said=tr("Remove medicine {number}", number=number))
        remove.setFixedWidth(REMOVE_WIDTH)
        first.addWidget(remove)
        for part, words, share in (
            ("why", "Why", 5),
            ("when", "From", 3),
            ("route", "Route", 3),
            ("supply", "Supply", 3),
        ):
            edit = self._edit(theme, part, tr(words), number, getattr(line, part))
            edit.setPlaceholderText("")
            second.addWidget(labelled(theme, tr(words), edit, weight=Weight.REGULAR))
            second.addWidget(edit, share)
        self._problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(6)
        column.addLayout(first)
        column.addWidget(self._second)
        column.addWidget(self._problem)
        self.change.chosen.connect(self._changed)
        remove.clicked.connect(self._removed)
        self.show_line(line)

    def show_line(self, line: MedicineShown) -> None:
        """As typed; the fields in which a person types are left alone."""
        for part, edit in self.parts.items():
            edit.show_text(getattr(line, part))
        self.change.choose(line.change)
        self.parts["name"].set_mark(Mark.ERROR if line.problem else Mark.NONE)
        self._problem.setText(line.problem)
        self._problem.setVisible(bool(line.problem))
        extra = line.change != CONTINUED or bool(line.why or line.when)
        self._second.setVisible(extra or keyboard_within(self._second))

    def show_details(self) -> None:
        """F4: the second line of a medicine that goes on as it was."""
        self._second.show()
        self.parts["why"].setFocus()

    def _edit(self, theme: Theme, part: str, words: str, number: int, text: str) -> LineEdit:
        edit = LineEdit(theme, placeholder=words)
        edit.setAccessibleName(tr("{what}, medicine {number}", what=words, number=number))
        edit.show_text(text)
        edit.textEdited.connect(partial(self._typed, part))
        self.parts[part] = edit
        return edit

    def _typed(self, part: str, text: str) -> None:
        self._actions.type_medicine(self._place, part, text)

    def _changed(self, code: str) -> None:
        self._actions.choose_change(self._place, code)

    def _removed(self) -> None:
        self._actions.remove_medicine(self._place)


class _Titles(QWidget):
    """What the columns of the lines below are; the last one, Remove, needs no title."""

    def __init__(self, theme: Theme, sharing: tuple[tuple[str, int], ...], fixed: tuple[tuple[str, int], ...]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(Size.GRID)
        for words, share in sharing:
            title = Label(theme, tr(words), tone=Tone.SUB)
            title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            row.addWidget(title, share)
        for words, width in fixed:
            title = Label(theme, tr(words), tone=Tone.SUB)
            title.setFixedWidth(width)
            row.addWidget(title)
        row.addSpacing(REMOVE_WIDTH)


class MedicinesTable(QWidget):
    """All lines and the way to add one; says plainly when there is none. `reordered` tells of new lines."""

    reordered = Signal()

    def __init__(self, theme: Theme, actions: LineActions) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        self.lines: list[_MedicineLine] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._none = Label(theme, tr("No medicines are listed at this visit."), tone=Tone.SUB)
        self._add = Button(theme, tr("Add a medicine"), Kind.SECONDARY, icon="plus", small=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.addWidget(self._none)
        self._titles = _Titles(theme, (("Medicine", 1), ("Dose and how often", 1)), (("Change today", CHANGE_WIDTH),))
        column.addWidget(self._titles)
        column.addLayout(self._list)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._add.clicked.connect(actions.add_medicine)

    def show_lines(self, lines: tuple[MedicineShown, ...], focus: int | None) -> None:
        """Another list; `focus` is the line whose name is typed next."""
        for old in self.lines:
            old.hide()
            old.deleteLater()
        self.lines = [_MedicineLine(self._theme, place, line, self._actions) for place, line in enumerate(lines)]
        for line in self.lines:
            self._list.addWidget(line)
        self._none.setVisible(not lines)
        self._titles.setVisible(bool(lines))
        self.reordered.emit()
        if focus is not None and focus < len(self.lines):
            self.lines[focus].parts["name"].setFocus()

    def show_line(self, place: int, line: MedicineShown) -> None:
        """Another state of one line."""
        if place < len(self.lines):
            self.lines[place].show_line(line)

    def controls(self) -> list[QWidget]:
        """The lines, then the button that adds one."""
        return [*(control for line in self.lines for control in controls_in(line)), self._add]

    def open_details(self) -> None:
        """The second line of the medicine in which the keyboard is."""
        for line in self.lines:
            if keyboard_within(line):
                line.show_details()

    def first_stop(self) -> QWidget:
        """Where the keyboard goes for a line that needs correction."""
        wrong = [line for line in self.lines if line.parts["name"].property("mark") == Mark.ERROR]
        return wrong[0].parts["name"] if wrong else self.lines[0].parts["name"] if self.lines else self._add


class _ActionLine(QWidget):
    """What, by whom, by when."""

    def __init__(self, theme: Theme, place: int, line: ActionShown, actions: LineActions) -> None:
        super().__init__()
        self._actions, self._place = actions, place
        self.parts: dict[str, LineEdit] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(Size.GRID)
        for part, words, share in ACTION_PARTS:
            edit = self._edit(theme, part, tr(words), line)
            edit.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(edit, share)
        remove = Button(theme, tr("Remove"), Kind.QUIET, said=tr("Remove action {number}", number=place + 1))
        remove.setFixedWidth(REMOVE_WIDTH)
        row.addWidget(remove)
        self.parts["what"].set_mark(Mark.ERROR if line.problem else Mark.NONE)
        remove.clicked.connect(self._removed)

    def _edit(self, theme: Theme, part: str, words: str, line: ActionShown) -> LineEdit:
        edit = LineEdit(theme, placeholder=words)
        edit.setAccessibleName(tr("{what}, action {number}", what=words, number=self._place + 1))
        edit.show_text(getattr(line, part))
        edit.textEdited.connect(partial(self._typed, part))
        self.parts[part] = edit
        return edit

    def _typed(self, part: str, text: str) -> None:
        self._actions.type_action(self._place, part, text)

    def _removed(self) -> None:
        self._actions.remove_action(self._place)


class ActionsTable(QWidget):
    """Who is asked to do what: the GP, the patient, the hospital, each with its own lines."""

    reordered = Signal()

    def __init__(self, theme: Theme, actions: LineActions) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        self.lines: list[_ActionLine] = []
        self._lists: dict[str, QVBoxLayout] = {}
        self._titles: dict[str, _Titles] = {}
        self._buttons: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 4)
        column.setSpacing(6)
        column.addWidget(Rule(theme))
        column.addWidget(Label(theme, tr("Actions asked for"), size=Size.TITLE, weight=Weight.SEMIBOLD))
        for group, words in GROUPS:
            column.addWidget(Label(theme, tr(words), weight=Weight.MEDIUM))
            self._titles[group] = _Titles(theme, tuple((title, share) for _, title, share in ACTION_PARTS), ())
            column.addWidget(self._titles[group])
            self._lists[group] = QVBoxLayout()
            self._lists[group].setSpacing(0)
            column.addLayout(self._lists[group])
            self._buttons[group] = Button(theme, tr(ADD[group]), Kind.SECONDARY, icon="plus", small=True)
            self._buttons[group].clicked.connect(partial(self._add, group))
            column.addWidget(self._buttons[group], 0, Qt.AlignmentFlag.AlignLeft)

    def show_lines(self, lines: tuple[ActionShown, ...], focus: int | None) -> None:
        """Another list; `focus` is the line that is typed next."""
        for old in self.lines:
            old.hide()
            old.deleteLater()
        self.lines = [_ActionLine(self._theme, place, line, self._actions) for place, line in enumerate(lines)]
        for shown, line in zip(lines, self.lines, strict=True):
            self._lists[shown.group].addWidget(line)
        for group, titles in self._titles.items():
            titles.setVisible(any(shown.group == group for shown in lines))
        self.reordered.emit()
        if focus is not None and focus < len(self.lines):
            self.lines[focus].parts["what"].setFocus()

    def first_stop(self) -> QWidget:
        """Where the keyboard goes for a line that needs correction."""
        wrong = [line for line in self.lines if not line.parts["what"].text().strip()]
        return wrong[0].parts["what"] if wrong else self._buttons["gp"]

    def controls(self) -> list[QWidget]:
        """Each group's lines, then the button that adds to it."""
        found: list[QWidget] = []
        for group, column in self._lists.items():
            own = [line for line in self.lines if column.indexOf(line) >= 0]
            found += [control for line in own for control in controls_in(line)]
            found.append(self._buttons[group])
        return found

    def _add(self, group: str) -> None:
        self._actions.add_action(group)


class ReadLines(QWidget):
    """Medicines or actions of a visit that is only read."""

    def __init__(self, theme: Theme, title: str, lines: tuple[str, ...]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 4)
        column.addWidget(Label(theme, title, size=Size.TITLE, weight=Weight.SEMIBOLD))
        for line in lines or (tr("None recorded"),):
            column.addWidget(Label(theme, line, wrap=True))
