"""The questions of the board: on which printer, what came out of it, and what became of one letter's copies."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.letters.shown import (
    ConfirmAsked,
    CopiesShown,
    CopyShown,
    HoldAsked,
    PrintAsked,
    StoppedAsked,
)
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import link, primary, secondary
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled
from poems_registry.ui.widgets.ticks import CheckBox


class Question(Dialog):
    """A dialog that can say why its answer was not taken."""

    def _add_problem(self) -> None:
        self._problem = IconLabel(self._theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self.body.addStretch(1)

    def refuse(self, words: str) -> None:
        """Why; the dialog stays."""
        self._problem.setText(words)
        self._problem.show()
        self.fit()


class PrintQuestion(Question):
    """`given` tells the printer's name and whether both sides of the paper are used."""

    given = Signal(str, bool)

    def __init__(self, theme: Theme, asked: PrintAsked) -> None:
        super().__init__(theme, asked.title, icon="printer", explanation=asked.words)
        self._printers = {each.name: each for each in asked.printers}
        options = [(each.name, _offered(each.words, each.problem)) for each in asked.printers]
        self._choice = ComboBox(theme, options, placeholder=tr("Choose a printer"))
        self._both = CheckBox(theme, tr("Both sides of the paper"))
        self._main = primary(theme, asked.button, "printer")
        back = secondary(theme, tr("Go back"))
        if asked.printers:
            self.body.addWidget(labelled(theme, tr("Printer"), self._choice))
            self.body.addWidget(self._choice)
            self.body.addWidget(self._both)
        self._add_problem()
        self.set_actions(self._main, (back,))
        self._choice.chosen.connect(self._look)
        self._choice.choose(asked.chosen)
        self._look(asked.chosen)
        back.clicked.connect(self.reject)
        self._main.clicked.connect(self._go)

    def _look(self, name: str) -> None:
        printer = self._printers.get(name)
        self._both.setVisible(printer is not None and printer.both_sides)
        problem = printer.problem if printer is not None else ""
        self._main.setEnabled(printer is not None and not problem)
        if problem:
            self.refuse(tr("This printer {problem}: choose another one.", problem=problem))
        else:
            self._problem.hide()

    def _go(self) -> None:
        name = self._choice.code()
        both = self._printers[name].both_sides and self._both.isChecked()
        self.given.emit(name, both)


class ConfirmQuestion(Question):
    """`given` tells the ids of what came out right. What is not ticked stays to print."""

    given = Signal(list)

    def __init__(self, theme: Theme, asked: ConfirmAsked) -> None:
        super().__init__(theme, asked.title, icon="list-checks", explanation=asked.words, width=Size.DIALOG_WIDTH)
        self._boxes: dict[int, CheckBox] = {}
        for sheet in asked.sheets:
            tick = CheckBox(theme, sheet.words, said=f"{sheet.words}. {sheet.note}" if sheet.note else "")
            tick.setChecked(sheet.right)
            tick.toggled.connect(lambda _: self._count())
            self._boxes[sheet.item_id] = tick
            self.body.addWidget(tick)
            if sheet.note and sheet.fell:
                self.body.addWidget(IconLabel(theme, "triangle-alert", sheet.note, tone=Tone.RED, wrap=True))
            elif sheet.note:
                self.body.addWidget(IconLabel(theme, "info", sheet.note, tone=Tone.SUB, wrap=True))
        if asked.left_out:
            self.body.addWidget(IconLabel(theme, "triangle-alert", asked.left_out, icon_tone=Tone.AMBER, wrap=True))
        self._add_problem()
        self._main = primary(theme, "", "check")
        back = secondary(theme, tr("Later"))
        self.set_actions(self._main, (back,))
        self._count()
        back.clicked.connect(self.reject)
        self._main.clicked.connect(lambda: self.given.emit(self._right()))

    def _right(self) -> list[int]:
        return [item_id for item_id, tick in self._boxes.items() if tick.isChecked()]

    def _count(self) -> None:
        right = len(self._right())
        wrong = len(self._boxes) - right
        words = tr_count("{count} came out right", "{count} came out right", right)
        if wrong:
            words += ", " + tr_count("{count} did not", "{count} did not", wrong)
        self._main.setText(words)
        self._main.updateGeometry()


class StoppedQuestion(Question):
    """`given` when a person says that the other PC prints no more. To wait is the answer that Return gives."""

    given = Signal()

    def __init__(self, theme: Theme, asked: StoppedAsked) -> None:
        super().__init__(theme, asked.title, icon="hourglass", explanation=asked.words)
        self._add_problem()
        wait = primary(theme, tr("Wait"))
        go = secondary(theme, tr("It has stopped there: go on here"))
        self.set_actions(wait, (go,))
        wait.clicked.connect(self.reject)
        go.clicked.connect(self.given)


class HoldQuestion(Question):
    """`given` tells the reason and the day as they were typed; the day may be empty."""

    given = Signal(str, str)

    def __init__(self, theme: Theme, asked: HoldAsked) -> None:
        super().__init__(theme, asked.title, who=asked.who, icon="pause", explanation=asked.words)
        self._reason, self._until = LineEdit(theme), LineEdit(theme)
        for field, words in (
            (self._reason, tr("Reason, shown on the board")),
            (self._until, tr("Until, like 27-Nov-2026; empty: until somebody releases it")),
        ):
            field.setAccessibleName(words)
            self.body.addWidget(labelled(theme, words, field))
            self.body.addWidget(field)
        self._add_problem()
        main = primary(theme, asked.button, "pause")
        back = secondary(theme, tr("Go back"))
        self.set_actions(main, (back,))
        back.clicked.connect(self.reject)
        main.clicked.connect(self._go)
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        self.given.emit(self._reason.text(), self._until.text())


class CopiesDialog(Question):
    """`act` tells the id of a copy and what becomes of it; `all_sent` that everything has gone."""

    act = Signal(int, str)
    all_sent = Signal()

    def __init__(self, theme: Theme, shown: CopiesShown) -> None:
        super().__init__(theme, shown.title, who=shown.who, icon="mail", explanation=shown.words, width=640)
        for copy in shown.copies:
            self.body.addWidget(self._row(copy))
        self._add_problem()
        back = secondary(theme, tr("Close"))
        back.clicked.connect(self.reject)
        if shown.may_send_all:
            everything = primary(theme, tr("Note all as sent"), "send")
            everything.clicked.connect(self.all_sent)
            self.set_actions(everything, (back,))
        else:
            self.set_actions(back)

    def _row(self, copy: CopyShown) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(Size.GAP)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(self._theme, copy.name, weight=Weight.SEMIBOLD, wrap=True))
        icon, tone = ("mail-check", Tone.GREEN) if copy.gone else ("mail", Tone.SUB)
        words.addWidget(IconLabel(self._theme, icon, copy.words, icon_tone=tone, wrap=True))
        line.addLayout(words, 1)
        for act, said in copy.acts:
            made = link(self._theme, said, f"{said}: {copy.name}")
            made.clicked.connect(partial(self.act.emit, copy.id, act))
            line.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        return row


def _offered(words: str, problem: str) -> str:
    return f"{words} ({problem})" if problem else words
