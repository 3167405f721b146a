"""The rows of a form: label, control, last time, confirm, on one grid of pixels; marks and words of what is wrong."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, row_button
from poems_registry.ui.widgets.chips import SectionChip
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled

WIDE = (152, 368, 168, 112, 12)  # label, control (stretches), last time, confirm, gap
NARROW = (120, 256, 112, 104, 8)


@runtime_checkable
class Marked(Protocol):
    """A control whose edge can say that something is wrong or doubtful."""

    def set_mark(self, mark: Mark) -> None:
        """Change the edge."""


@runtime_checkable
class Narrowing(Protocol):
    """A control that can do with less room."""

    def set_narrow(self, narrow: bool) -> None:
        """Below 1200 px."""


class _Problem(QWidget):
    """The words under a control, and the button that confirms a doubtful value."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.words = IconLabel(theme, "", "", wrap=True)
        self.confirm = Button(theme, "", Kind.SECONDARY, icon="check", small=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()


class FormRow:
    """One row. `confirm` is None where nothing can be confirmed (a derived value).

    The row belongs to its `FormGrid`; keep it to show the last value, problems and the confirmed state.
    """

    def __init__(self, theme: Theme, label: str, control: QWidget, *, confirm: bool, buddy: QWidget | None) -> None:
        self.control = control
        self.label = labelled(theme, label, buddy or control, weight=Weight.MEDIUM)
        self.label.setWordWrap(True)
        self.last = Label(theme, tone=Tone.SUB, wrap=True)
        name = label.replace("&", "")
        self.confirm = (
            row_button(theme, tr("Unchanged"), said=tr("Unchanged, {field}", field=name)) if confirm else None
        )
        self._name = name
        self._problem = _Problem(theme)
        self.doubt_confirm = self._problem.confirm
        self.cell = QWidget()
        column = QVBoxLayout(self.cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        stretches = control.sizePolicy().expandingDirections() & Qt.Orientation.Horizontal
        column.addWidget(control, 0, Qt.AlignmentFlag(0) if stretches else Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._problem)
        control.setMinimumHeight(max(control.minimumHeight(), Size.CONTROL))

    def show_last(self, words: str) -> None:
        """The value of last time, in words; '' where there is none. Nothing to confirm then."""
        self.last.setText(words)
        if self.confirm is not None:
            self.confirm.setVisible(bool(words))

    def show_confirmed(self, confirmed: bool) -> None:
        """Whether the value of last time was recorded again today."""
        if self.confirm is not None:
            self.confirm.setText(tr("Confirmed") if confirmed else tr("Unchanged"))
            self.confirm.setAccessibleName(f"{self.confirm.text()}, {self._name}")
            self.confirm.set_confirmed(confirmed)

    def show_problem(self, words: str) -> None:
        """What is wrong, in red with an icon, under the control; '' takes it away."""
        self._show(words, Mark.ERROR if words else Mark.NONE, "circle-alert", Tone.RED)

    def show_doubt(self, words: str, confirm: str = "") -> None:
        """What is unusual, in amber; `confirm` is the button ('Yes, 1,980 is right') that says it is meant."""
        self._show(words, Mark.DOUBT if words else Mark.NONE, "triangle-alert", Tone.AMBER)
        self._problem.confirm.setText(confirm)
        self._problem.confirm.setAccessibleName(f"{confirm}, {self._name}" if confirm else "")
        self._problem.confirm.setVisible(bool(words and confirm))

    def _show(self, words: str, mark: Mark, icon: str, tone: Tone) -> None:
        self._problem.words.show_state(icon if words else "", words, tone)
        self._problem.confirm.hide()
        self._problem.setVisible(bool(words))
        if isinstance(self.control, Marked):
            self.control.set_mark(mark)


class FormGrid(QWidget):
    """Rows of 40 px on four columns of fixed width, in a wide and a narrow form. `confirmed` tells a row's code."""

    confirmed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: dict[str, FormRow] = {}
        self._narrow = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(Size.GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.set_narrow(False)

    def add_row(
        self, code: str, label: str, control: QWidget, *, confirm: bool = True, buddy: QWidget | None = None
    ) -> FormRow:
        """One more row. `buddy` is the field the label names, where the control holds several."""
        row = FormRow(self._theme, label, control, confirm=confirm, buddy=buddy)
        self._rows[code] = row
        place = self._grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        for column, widget in enumerate((row.label, row.cell, row.last, row.confirm)):
            if widget is not None:
                self._grid.addWidget(widget, place, column, top)
        for words in (row.label, row.last):
            words.setMinimumHeight(Size.CONTROL)
            words.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        if row.confirm is not None:
            row.confirm.clicked.connect(lambda: self.confirmed.emit(code))
            row.confirm.hide()
        self._apply_to(row)
        return row

    def row(self, code: str) -> FormRow:
        """The row of this code. KeyError if there is none."""
        return self._rows[code]

    def rows(self) -> dict[str, FormRow]:
        """All rows, in order."""
        return dict(self._rows)

    def set_narrow(self, narrow: bool) -> None:
        """The columns below 1200 px of window width."""
        self._narrow = narrow
        label, control, last, confirm, gap = NARROW if narrow else WIDE
        self._grid.setHorizontalSpacing(gap)
        for column, width in enumerate((label, control, last, confirm)):
            self._grid.setColumnMinimumWidth(column, width)
        self._grid.setColumnStretch(1, 1)
        for row in self._rows.values():
            self._apply_to(row)

    def _apply_to(self, row: FormRow) -> None:
        label, _control, last, confirm, _gap = NARROW if self._narrow else WIDE
        row.label.setFixedWidth(label)
        row.last.setFixedWidth(last)
        if row.confirm is not None:
            row.confirm.setFixedWidth(confirm)
        if isinstance(row.control, Narrowing):
            row.control.set_narrow(self._narrow)


class FormHead(QWidget):
    """A section's head: its letter, its title, and over the right columns when last time was and what Alt+U does."""

    def __init__(self, theme: Theme, title: str, letter: str = "") -> None:
        super().__init__()
        self._when = Label(theme, tone=Tone.SUB)
        self._last = QWidget()
        self._confirm = QWidget()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        if letter:
            self._row.addWidget(SectionChip(theme, letter))
            self._row.addSpacing(10 - Size.GRID)
        self._row.addWidget(Label(theme, title, size=Size.HEADING, weight=Weight.MEDIUM), 1)
        last = QVBoxLayout(self._last)
        confirm = QVBoxLayout(self._confirm)
        for column in (last, confirm):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
        last.addWidget(Label(theme, tr("Last time"), weight=Weight.SEMIBOLD))
        last.addWidget(self._when)
        self._day, self._age, self._narrow = "", "", False
        confirm.addWidget(Label(theme, tr("Confirm"), weight=Weight.SEMIBOLD))
        confirm.addWidget(Label(theme, tr("Alt+U"), tone=Tone.SUB))
        self._row.addWidget(self._last)
        self._row.addWidget(self._confirm)
        self.set_narrow(False)
        self.show_last("")

    def show_last(self, day: str, age: str = "") -> None:
        """'12-Aug-2026' and '3m ago' (left out where room is short); '' on a first visit: nothing to confirm."""
        self._day, self._age = day, age
        self._write()
        self._last.setVisible(bool(day))
        self._confirm.setVisible(bool(day))

    def _write(self) -> None:
        self._when.setText(self._day if self._narrow or not self._age else f"{self._day}, {self._age}")

    def set_narrow(self, narrow: bool) -> None:
        """As the grid below it."""
        _label, _control, last, confirm, gap = NARROW if narrow else WIDE
        self._narrow = narrow
        self._write()
        self._row.setSpacing(gap)
        self._last.setFixedWidth(last)
        self._confirm.setFixedWidth(confirm)
