"""A visit that is being typed survives the end of its process: kill -9, then everything typed is there again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from poems_registry.services.visits import VisitService
from poems_registry.system import paths
from poems_registry.ui.theme.theme import Theme
from tests.gui.screens.visit_window import Window, copy_training, make_training, sign_in
from tests.tree import ROOT

TYPING = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from poems_registry.domain.findings import State
from poems_registry.ui.application import dress
from poems_registry.ui.field_shown import Detail
from tests.gui.screens.visit_window import Window, sign_in

application = QApplication(sys.argv)
window = Window(dress(application), sign_in(Path(sys.argv[1])))
encounter_id = window.begin()
window.view.go_to("onls_arm")
QTest.keyClicks(application.focusWidget(), "9x")
window.presenter.said_state("mrc_sum", State.UNABLE)
window.presenter.gave_detail("mrc_sum", Detail.NOTE, "Wrist in plaster")
window.presenter.unchanged("p_status")
window.presenter.lines.add_medicine()
window.presenter.lines.type_medicine(0, "dose", "15 mg")
while not window.nowhere.saved:
    application.processEvents()
print(encounter_id, flush=True)
while True:
    application.processEvents()
"""


# The test ends a process by a signal that nothing can catch, as a power cut does; Windows has no signals.
@pytest.mark.skipif(sys.platform == "win32", reason="another operating system: there is no SIGKILL")
def test_everything_typed_comes_back_after_the_process_was_killed(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    source = tmp_path / "made"
    source.mkdir()
    make_training(source)
    registry = copy_training(source, tmp_path)
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", TYPING, str(registry)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings, cwd=ROOT) as typing:
        assert typing.stdout is not None
        encounter_id = int(typing.stdout.readline())
        typing.send_signal(signal.SIGKILL)
        typing.wait()
    signed_in = sign_in(registry)
    try:
        assert [d.encounter_id for d in VisitService(signed_in).open_drafts()] == [encounter_id]
        window = Window(theme, signed_in)
        window.presenter.open(encounter_id)
        window.settle()
        fields = window.presenter.draft.fields
        assert fields["onls_arm"].text == "9x", "also what cannot be right"
        assert (fields["mrc_sum"].state, fields["mrc_sum"].note) == ("unable", "Wrist in plaster")
        assert fields["p_status"].confirmed_from is not None
        assert window.presenter.draft.medicines[0].dose == "15 mg"
        window.close()
    finally:
        signed_in.close()
