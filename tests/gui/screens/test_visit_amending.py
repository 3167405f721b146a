"""A signed visit is amended in the window, by keyboard; a kill -9 while typing loses nothing; nothing is cut."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog

from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.merging import Side
from poems_registry.domain.records import Encounter
from poems_registry.services.access import SignedIn
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from poems_registry.storage import people
from poems_registry.system import paths
from poems_registry.ui.conflict.view import ConflictDialog
from poems_registry.ui.reason_dialog import ReasonDialog
from poems_registry.ui.screens.visit.correcting_dialogs import VersionsDialog
from poems_registry.ui.screens.visit.dialogs import SigningDialog
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.buttons import Button
from tests.gui.clipping import clipped
from tests.gui.screens.visit_window import Window, copy_training, make_training, sign_in
from tests.tree import ROOT

SIZES = ((1024, 500), (1093, 614), (1366, 768), (1920, 1080))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training registry, made once."""
    folder = tmp_path_factory.mktemp("amending")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        make_training(folder)
    return folder


@pytest.fixture
def registry(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    return copy_training(made, tmp_path)


def signed_visit(window: Window) -> Encounter:
    """The last signed visit of whoever has most."""
    file = window.patients.open(window.longest_record()).file
    return next(e for e in reversed(file.counted) if e.kind == "clinic")


def over(window: Window, kind: type[QDialog]) -> QDialog:
    """The dialog of this kind that lies over the window."""
    window.settle()
    found = [each for each in window.frame.window().findChildren(kind) if each.isVisible()]
    assert len(found) == 1, f"{len(found)} dialogs"
    return found[0]


def press(button: QAbstractButton) -> None:
    """By keyboard."""
    assert button.isVisible()
    assert button.isEnabled()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def button(window: Window, words: str) -> Button:
    """The one visible button with these words."""
    (found,) = [b for b in window.view.findChildren(Button) if b.text().startswith(words) and b.isVisible()]
    return found


def begin(window: Window, visit: Encounter, reason: str = "weighed with boots") -> None:
    """Amend by keyboard: button, reason, button."""
    window.presenter.open(visit.id)
    window.settle()
    press(button(window, "Amend"))
    dialog = over(window, ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    assert dialog.reason.hasFocus()
    QTest.keyClicks(dialog.reason, reason)
    QTest.keyClick(dialog.reason, Qt.Key.Key_Tab)
    press(dialog.go)
    window.settle()


def sign(window: Window) -> None:
    """Finish, password, sign."""
    window.presenter.finish()
    dialog = over(window, SigningDialog)
    assert isinstance(dialog, SigningDialog)
    QTest.keyClicks(dialog.password.edit, PASSWORD)
    QTest.keyClick(dialog.password.edit, Qt.Key.Key_Return)
    window.settle()


def test_a_visit_is_amended_and_both_versions_can_be_read(theme: Theme, registry: Path) -> None:
    signed_in = sign_in(registry)
    try:
        window = Window(theme, signed_in)
        visit = signed_visit(window)
        begin(window, visit)
        assert window.view.corrections.note.cause() == "You are amending version 1; it counts until you sign."
        window.presenter.typed("weight", "61.5")
        sign(window)
        now = window.patients.open(visit.patient_id).file
        amended = next(e for e in now.encounters if e.id == visit.id)
        assert (amended.version_number, amended.amend_reason) == (2, "weighed with boots")
        press(button(window, "Versions"))
        dialog = over(window, VersionsDialog)
        assert not clipped(dialog)
        press(next(b for b in dialog.findChildren(Button) if b.text() == "Show"))
        window.settle()
        assert window.view.corrections.note.cause() == "This is version 1, which an amendment replaced."
        assert window.presenter.draft.fields["weight"] != FieldDraft(text="61.5")
        assert not [b for b in window.view.findChildren(Button) if b.text() == "Write letter" and b.isVisible()]
        press(button(window, "Show the newest"))
        window.settle()
        assert window.presenter.draft.fields["weight"].text == "61.5"
        window.close()
    finally:
        signed_in.close()


def somebody_else(signed_in: SignedIn) -> SignedIn:
    """A second clinician at the same registry."""
    with signed_in.store.writing(signed_in.actor) as session:
        person = people.add(session, replace(signed_in.person, id=0, user="osei", name="Dr B Osei"))
    return replace(signed_in, person=person)


def test_two_who_amend_the_same_field_are_asked_and_nothing_is_overwritten_unseen(theme: Theme, registry: Path) -> None:
    signed_in = sign_in(registry)
    try:
        window = Window(theme, signed_in)
        visit = signed_visit(window)
        theirs = VisitService(somebody_else(signed_in))
        theirs.begin_amendment(visit.id, visit.patient_id, "another balance")
        draft = theirs.open(visit.id).draft.with_field("weight", FieldDraft(text="70"))
        begin(window, visit)
        (beside,) = [d for d in window.frame.window().findChildren(QDialog) if d.isVisible()]
        assert "amended by somebody else" in beside.windowTitle()
        press(next(b for b in beside.findChildren(Button) if b.text() == "Amend all the same"))
        window.settle()
        window.presenter.typed("weight", "61.5")
        window.presenter.save()
        theirs.sign(visit.id, visit.patient_id, theirs.open(visit.id).encounter.version, draft, PASSWORD)
        sign(window)
        dialog = over(window, ConflictDialog)
        assert isinstance(dialog, ConflictDialog)
        assert not dialog.save.isEnabled(), "nothing is chosen for anybody"
        assert not clipped(dialog)
        dialog.choose(Side.MINE)
        press(dialog.save)
        window.settle()
        sign(window)
        amended = window.visits.open(visit.id).encounter
        weight = amended.finding("weight")
        assert weight is not None
        assert (amended.version_number, weight.value) == (3, 61.5)
        then = window.visits.version(visit.id, 2).encounter.finding("weight")
        assert then is not None
        assert then.value == 70.0
        window.close()
    finally:
        signed_in.close()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_cut_around_a_signed_visit_and_its_amendment(
    theme: Theme, registry: Path, width: int, height: int
) -> None:
    signed_in = sign_in(registry)
    try:
        window = Window(theme, signed_in, width, height)
        visit = signed_visit(window)
        window.presenter.open(visit.id)
        window.settle()
        faults = list(clipped(window.view))
        begin(window, visit, "the weight was taken with boots on and a heavy coat, as the relatives said afterwards")
        faults += clipped(window.view)
        window.presenter.correcting.list_versions()
        faults += clipped(over(window, VersionsDialog))
        assert not faults, "\n".join(faults)
        window.close()
    finally:
        signed_in.close()


TYPING = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from poems_registry.ui.application import dress
from poems_registry.ui.reasons import Act
from tests.gui.screens.test_visit_amending import signed_visit
from tests.gui.screens.visit_window import Window, sign_in

application = QApplication(sys.argv)
window = Window(dress(application), sign_in(Path(sys.argv[1])))
visit = signed_visit(window)
window.presenter.open(visit.id)
window.settle()
window.presenter.correcting.give_reason(Act.AMEND, "weighed with boots")
window.settle()
window.presenter.typed("weight", "61.5 and a half typed")
while not window.nowhere.saved:
    application.processEvents()
print(visit.id, flush=True)
while True:
    application.processEvents()
"""


# The test ends a process by a signal that nothing can catch, as a power cut does; Windows has no signals.
@pytest.mark.skipif(sys.platform == "win32", reason="another operating system: there is no SIGKILL")
def test_an_amendment_that_was_being_typed_survives_a_kill_and_what_was_signed_still_counts(
    theme: Theme, registry: Path
) -> None:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", TYPING, str(registry)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings, cwd=ROOT) as typing:
        assert typing.stdout is not None
        visit_id = int(typing.stdout.readline())
        typing.send_signal(signal.SIGKILL)
        typing.wait()
    signed_in = sign_in(registry)
    try:
        visits = VisitService(signed_in)
        left = next(draft for draft in visits.open_drafts() if draft.encounter_id == visit_id)
        assert (left.mine, left.amends) == (True, 1)
        signed = visits.version(visit_id, 1).encounter
        assert visits.open(visit_id).encounter.findings == signed.findings
        window = Window(theme, signed_in)
        window.presenter.open(visit_id)
        window.settle()
        assert window.presenter.draft.fields["weight"].text == "61.5 and a half typed"
        assert window.view.corrections.note.cause() == "You are amending version 1; it counts until you sign."
        QApplication.processEvents()
        window.close()
    finally:
        signed_in.close()
