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


def type_visit(program: Program, encounter_id: int, texts: Mapping[str, str]) -> None:
    """Open the visit in the window and type every field."""
    assert program.rooms is not None
    program.rooms.visit(encounter_id)
    rest(program)
    program.shell.activateWindow()
    rest(program, 1)
    view = _visit_view(program)
    for code, text in texts.items():
        _type(program, view, code, text)
    rest(program)
    view.go_to_start()
    rest(program)


def sign_visit(program: Program, encounter_id: int, texts: Mapping[str, str], password: str) -> Encounter:
    """Sign the visit in view and give it as it was stored.

    NotSaved if the window did not sign, or if what is stored is not what was typed.
    """
    assert program.signed_in is not None
    view = _visit_view(program)
    QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    rest(program, 2)
    field = _in_focus(program)
    if not isinstance(field, QLineEdit) or field.echoMode() is QLineEdit.EchoMode.Normal:
        raise NotSaved("The window did not ask for the password. The visit is kept as a draft.")
    QTest.keyClicks(field, password)
    QTest.keyClick(field, Qt.Key.Key_Return)
    rest(program)
    visits = VisitService(program.signed_in)
    stored = ask(program, lambda: visits.open(encounter_id)).encounter
    _compare(stored, texts)
    return stored


def _visit_view(program: Program) -> VisitView:
    screen = program.shell.screen_in_view()
    view = screen.view if isinstance(screen, Mounted) else screen
    if not isinstance(view, VisitView):
        raise NotSaved("The window did not show the visit. Nothing was typed.")
    return view


def _type(program: Program, view: VisitView, code: str, text: str) -> None:
    """Go to the field and press its keys: letters into a field, arrows for an answer."""
    view.go_to(code)
    rest(program, 1)
    field = _in_focus(program)
    if field is None:
        raise NotSaved(f"The window has no field for {code}. The visit is kept as a draft.")
    presses = _presses(code, text)
    if presses:
        for _ in range(presses):
            QTest.keyClick(_in_focus(program) or field, _arrow(field))
    else:
        QTest.keyClicks(field, text)


def _in_focus(program: Program) -> QWidget | None:
    """Where keys go; without a screen the window may have the keyboard in it and yet not be the active one."""
    return QApplication.focusWidget() or program.shell.focusWidget()


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
