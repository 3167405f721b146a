"""The scripted visit typed into the real window, key by key, signed there, and compared with what was stored."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from poems_registry.app import Program
from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.kinds import Choice, YesNo
from poems_registry.domain.errors import NotSaved, RegistryError
from poems_registry.domain.records import Encounter, EncounterState
from poems_registry.rehearsal.window import rest, until
from poems_registry.services.visits import VisitService
from poems_registry.ui.mounted import Mounted
from poems_registry.ui.screens.visit.view import VisitView

T = TypeVar("T")


def ask(program: Program, work: Callable[[], T]) -> T:
    """Do something on the registry's own thread, as the window does, and wait for the answer."""
    answers: list[T] = []
    refusals: list[RegistryError] = []
    program.tasks.run(work, answers.append, refusals.append)
    until(lambda: bool(answers or refusals))
    if refusals:
        raise refusals[0]
    return answers[0]


class Hand:
    """Presses keys as a person does, and counts those that are no character of a value or of a password."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.keys = 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        """One key, as often as wanted."""
        for _ in range(times):
            self.keys += 1
            QTest.keyClick(self.at(), key, held)
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """A value; its characters are not counted."""
        QTest.keyClicks(self.at(), text)
        QApplication.processEvents()

    def at(self) -> QWidget:
        """Where keys go; without a screen the window may have the keyboard in it and yet not be the active one."""
        found: QWidget | None = QApplication.focusWidget()
        within: QWidget | None = self._program.shell.focusWidget()
        if found is not None:
            return found
        return within if within is not None else self._program.shell


def type_visit(program: Program, encounter_id: int, texts: Mapping[str, str]) -> int:
    """Open the visit in the window and type every field by the keyboard alone, in the order of the form.

    Gives the number of keys beside the characters of the values.
    """
    assert program.rooms is not None
    program.rooms.visit(encounter_id)
    rest(program)
    program.shell.activateWindow()
    rest(program, 1)
    view, hand = _visit_view(program), Hand(program)
    order = {code: place for place, code in enumerate(view.codes())}
    for code in sorted(texts, key=lambda each: order.get(each, len(order))):
        _type(program, view, hand, code, texts[code])
    rest(program)
    view.go_to_start()
    rest(program)
    return hand.keys


def sign_visit(program: Program, encounter_id: int, texts: Mapping[str, str], password: str) -> Encounter:
    """Sign the visit in view with two keys and the password, and give it as it was stored.

    NotSaved if the window did not sign, or if what is stored is not what was typed.
    """
    assert program.signed_in is not None
    view = _visit_view(program)
    QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    rest(program, 2)
    field = Hand(program).at()
    if not isinstance(field, QLineEdit) or field.echoMode() is QLineEdit.EchoMode.Normal:
        raise NotSaved("The window did not ask for the password. The visit is kept as a draft.")
    QTest.keyClicks(field, password)
    QTest.keyClick(field, Qt.Key.Key_Return)
    rest(program)
    visits = VisitService(program.signed_in)
    stored = ask(program, lambda: visits.open(encounter_id)).encounter
    _compare(stored, texts)
    return stored


MOST_TABS = 60


def _visit_view(program: Program) -> VisitView:
    screen = program.shell.screen_in_view()
    view = screen.view if isinstance(screen, Mounted) else screen
    if not isinstance(view, VisitView):
        raise NotSaved("The window did not show the visit. Nothing was typed.")
    return view


def _type(program: Program, view: VisitView, hand: Hand, code: str, text: str) -> None:
    """Go to the field by its section's key and Tab, then press its keys: letters into a field, arrows for an answer."""
    if not _reach(program, view, hand, code):
        raise NotSaved(f"The window has no way by keys to {code}. The visit is kept as a draft.")
    presses = _presses(code, text)
    if presses:
        hand.press(_arrow(hand.at()), times=presses)
    else:
        hand.type(text)


def _reach(program: Program, view: VisitView, hand: Hand, code: str) -> bool:
    """From section to section by Ctrl+Return, then Tab to the field; False if Tab never comes to it."""
    for _ in view.sections():
        if view.section() == view.section_of(code):
            break
        hand.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        rest(program, 1)
    view.finish_building()
    for _ in range(MOST_TABS):
        if view.field_in_use() == code:
            return True
        hand.press(Qt.Key.Key_Tab)
    return False


def _presses(code: str, text: str) -> int:
    """How many arrow keys choose this answer from none; 0 for a field that is typed into."""
    kind = CATALOGUE.item(code).kind
    if not isinstance(kind, Choice | YesNo):
        return 0
    codes = [option.code for option in kind.options]
    return codes.index(text) + 1


def _arrow(field: QWidget) -> Qt.Key:
    return Qt.Key.Key_Down if field.inherits("QComboBox") else Qt.Key.Key_Right


def _compare(stored: Encounter, texts: Mapping[str, str]) -> None:
    if stored.state is not EncounterState.SIGNED:
        raise NotSaved("The window did not sign the visit. It is kept as a draft.")
    found = {finding.item for finding in stored.findings}
    missing = sorted(set(texts) - found)
    if missing:
        raise NotSaved(f"The window did not keep what was typed into {', '.join(missing)}.")
