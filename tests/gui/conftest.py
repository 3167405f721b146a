"""For every test of the window: the program's style, type and look, on a display that exists only in memory."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from poems_registry.ui.application import dress, guard_from_wheel
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Look
from tests.noise import Noise

# Said by Qt's offscreen display whenever a window with a smallest size is shown; no real display says it.
OFFSCREEN_SAYS = "This plugin does not support propagateSizeHints()"


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """As the program makes it: Fusion on every system."""
    return ["poems-registry", "-style", "Fusion"]


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """The application with the program's look; once for all tests."""
    guard_from_wheel(qapp)
    return dress(qapp)


@pytest.fixture
def theme(dressed: Theme, qapp: QApplication) -> Iterator[Theme]:
    """The light look; another one that a test puts on is taken off again."""
    yield dressed
    if dressed.look is not Look.LIGHT:
        dressed.put_on(qapp, Look.LIGHT)


@pytest.fixture(autouse=True)
def quiet_offscreen_display(noise: Noise) -> Iterator[Noise]:
    """Drops that one sentence; everything else Qt says is heard as always."""

    def sieve(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if text != OFFSCREEN_SAYS and callable(before):
            before(kind, context, text)

    before = qInstallMessageHandler(sieve)
    yield noise
    qInstallMessageHandler(before)
