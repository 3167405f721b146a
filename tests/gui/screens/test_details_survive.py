"""Details that were typed and not saved survive a kill -9, are offered again, and meet another person's change."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from poems_registry.services.access import SignedIn
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.form_drafts import FormDraftService
from poems_registry.services.patients import PatientService
from poems_registry.system import paths
from poems_registry.ui.conflict.answer import Answer
from poems_registry.ui.conflict.view import ConflictDialog
from poems_registry.ui.screens.details.presenter import DetailsPresenter
from poems_registry.ui.screens.details.view import DetailsScreen
from poems_registry.ui.screens.drafts.telling import left_work
from poems_registry.ui.tasks import Inline
from poems_registry.ui.theme.theme import Theme
from tests.gui.clipping import clipped
from tests.gui.screens.test_visit_amending import press, somebody_else
from tests.gui.screens.visit_window import Nowhere, copy_training, make_training, sign_in
from tests.tree import ROOT


class Somewhere(Nowhere):
    """Also knows whose banner is shown."""

    def show_patient(self, patient: object) -> None:
        """The banner."""

    def patients(self) -> None:
        """The list."""

    def join(self, patient_id: int, other_id: int = 0) -> None:
        """Two records."""


class Form:
    """The details of one person in a window."""

    def __init__(self, theme: Theme, signed_in: SignedIn) -> None:
        self.people, self.nowhere = PatientService(signed_in), Somewhere()
        self.view = DetailsScreen(theme)
        self.presenter = DetailsPresenter(
            self.view, self.people, Inline(), ChangeFeed(), self.nowhere, FormDraftService(signed_in)
        )
        self.view.attend(self.presenter)
        self.view.resize(1220, 640)
        self.view.show()
        self.view.activateWindow()
        QApplication.processEvents()

    def field(self, code: str) -> QLineEdit:
        """Where it is typed."""
        found = self.view.boxes[code].findChild(QLineEdit)
        assert isinstance(found, QLineEdit)
        return found

    def type(self, code: str, text: str) -> None:
        """Over what stands there."""
        field = self.field(code)
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(field, text)

    def close(self) -> None:
        """Take it off the display."""
        self.presenter.close()
        self.view.hide()
        self.view.deleteLater()
        QApplication.processEvents()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training registry, made once."""
    folder = tmp_path_factory.mktemp("details")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        make_training(folder)
    return folder


@pytest.fixture
def registry(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    return copy_training(made, tmp_path)


TYPING = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from poems_registry.ui.application import dress
from tests.gui.screens.test_details_survive import Form
from tests.gui.screens.visit_window import sign_in

application = QApplication(sys.argv)
form = Form(dress(application), sign_in(Path(sys.argv[1])))
person = form.people.find("", (), 1).rows[0].id
form.presenter.open(person)
form.type("phone", "not a number yet")
while not form.nowhere.saved:
    application.processEvents()
print(person, flush=True)
while True:
    application.processEvents()
"""


# The test ends a process by a signal that nothing can catch, as a power cut does; Windows has no signals.
@pytest.mark.skipif(sys.platform == "win32", reason="another operating system: there is no SIGKILL")
def test_details_that_were_being_typed_are_offered_after_the_process_was_killed(theme: Theme, registry: Path) -> None:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", TYPING, str(registry)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings, cwd=ROOT) as typing:
        assert typing.stdout is not None
        person = int(typing.stdout.readline())
        typing.send_signal(signal.SIGKILL)
        typing.wait()
    signed_in = sign_in(registry)
    try:
        (offered,) = left_work((), FormDraftService(signed_in).mine(), signed_in.today)
        assert (offered.patient_id, offered.what) == (person, "details")
        form = Form(theme, signed_in)
        form.presenter.open(person)
        assert form.field("phone").text() == "not a number yet"
        assert form.people.who(person).phone != "not a number yet"
        form.close()
    finally:
        signed_in.close()


def test_two_who_change_the_same_field_choose_by_keyboard_and_nothing_is_cut(theme: Theme, registry: Path) -> None:
    signed_in = sign_in(registry)
    try:
        form = Form(theme, signed_in)
        person = form.people.find("", (), 1).rows[0].id
        form.presenter.open(person)
        form.type("phone", "020 7946 0999")
        theirs = PatientService(somebody_else(signed_in))
        theirs.change(replace(theirs.who(person), phone="020 7946 0777", language_need="Welsh interpreter"))
        form.presenter.save()
        QApplication.processEvents()
        (dialog,) = form.view.findChildren(ConflictDialog)
        assert not clipped(dialog)
        mine, other = dialog.findChildren(Answer)
        assert (mine.words, other.words) == ("020 7946 0999", "020 7946 0777")
        assert not mine.isChecked()
        assert not other.isChecked()
        assert "Dr B Osei" in other.accessibleName() or "theirs" in other.accessibleName()
        press(other)
        press(dialog.save)
        QApplication.processEvents()
        now = form.people.who(person)
        assert (now.phone, now.language_need) == ("020 7946 0777", "Welsh interpreter")
        form.close()
    finally:
        signed_in.close()
