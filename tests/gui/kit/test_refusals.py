"""Why a password was refused is seen at once, however much the question says above it."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from poems_registry.domain.records import Patient
from poems_registry.ui.identity import identity_of
from poems_registry.ui.screens.joining.dialogs import ConfirmMergeDialog
from poems_registry.ui.screens.joining.shown import ConfirmShown
from poems_registry.ui.screens.letter.dialogs import PasswordQuestion
from poems_registry.ui.screens.letter.shown import SigningShown as LetterSigning
from poems_registry.ui.screens.visit.dialogs import SigningDialog
from poems_registry.ui.screens.visit.shown import SigningShown as VisitSigning
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.labels import IconLabel

ANN = identity_of(Patient(family_name="Quillfeather", given_name="Ada"), date(2026, 11, 22), clinical=True)
WHY = "The password is not right. Nothing was signed. Type it again, or ask an administrator for another one."
Refusing = SigningDialog | ConfirmMergeDialog | PasswordQuestion


def signing(theme: Theme, lines: tuple[str, ...]) -> Refusing:
    return SigningDialog(theme, VisitSigning(ANN, "Sign the visit", lines, "Sign for QUILLFEATHER, Ada"))


def merging(theme: Theme, lines: tuple[str, ...]) -> Refusing:
    return ConfirmMergeDialog(theme, ConfirmShown(ANN, "Join two records", "What moves:", lines, "Join them"))


def letter(theme: Theme, _lines: tuple[str, ...]) -> Refusing:
    return PasswordQuestion(theme, LetterSigning(ANN, "Sign the letter", "Sign for QUILLFEATHER, Ada"))


@pytest.mark.parametrize("lines", [1, 4, 12])
@pytest.mark.parametrize("question", [signing, merging, letter])
def test_why_a_password_was_refused_is_in_view(
    question: Callable[[Theme, tuple[str, ...]], Refusing], lines: int, theme: Theme, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 500)
    window.show()
    dialog = question(theme, tuple(f"What will be so afterwards, part {part}" for part in range(lines)))
    dialog.open_over(window)
    dialog.refuse(WHY)
    for _ in range(5):
        QApplication.processEvents()
    (told,) = [each for each in dialog.findChildren(IconLabel) if each.isVisible() and each.text() == WHY]
    view = dialog._scroll.viewport()
    top = told.mapTo(view, QPoint(0, 0)).y()
    assert top >= 0
    assert top + told.height() <= view.height()
    dialog.reject()
