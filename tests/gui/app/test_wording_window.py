"""The wording of letters in the whole window: a file is read, its faults are told, a sound one is tried and taken."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from poems_registry.domain.correspondence import LetterKind
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import enter, rest
from poems_registry.services.letters import LetterService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.system import paths
from poems_registry.ui.screens.admin.templates_page import TemplatesPage
from poems_registry.ui.screens.admin.view import AdminScreen
from poems_registry.ui.screens.letter.view import LetterScreen
from poems_registry.ui.widgets.pdf_pages import PdfPages
from tests.gui.app.open_window import Open


def words(page: TemplatesPage | LetterScreen) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def press(window: Open, page: TemplatesPage, text: str) -> None:
    (button,) = [each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisible()]
    button.click()
    rest(window.program, 3)


def come_in(window: Open, user: str) -> None:
    window.program.lock()
    rest(window.program, 3)
    enter(window.program, window.place, user, PASSWORD)
    rest(window.program, 2)


def wording_page(window: Open) -> TemplatesPage:
    window.program.shell.chosen.emit("admin")
    rest(window.program, 3)
    (screen,) = window.program.shell.findChildren(AdminScreen)
    screen.show_page("templates")
    rest(window.program, 3)
    return screen.templates


def test_a_clinics_own_wording_is_tried_taken_and_printed_in_the_next_letter(
    window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, encounter_id = window.longest()
    built_in = paths.resource("letters", "professional.toml").read_text(encoding="utf-8")
    wrong, right = tmp_path / "wrong.toml", tmp_path / "right.toml"
    wrong.write_text(built_in.replace("{visit_date}", "{visit}"), encoding="utf-8")
    right.write_text(built_in.replace("Yours sincerely", "Kind regards"), encoding="utf-8")
    come_in(window, "castellan")
    page = wording_page(window)
    assert page.table.model().rowCount() == 7
    page.table.select("professional")
    rest(window.program, 3)
    (pages,) = page.findChildren(PdfPages)
    assert pages.page() == 1

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(wrong), ""))
    press(window, page, "Load a file…")
    assert "{visit} is no placeholder" in words(page)
    assert not pages.isVisible()
    press(window, page, "Do not use this file")
    assert pages.isVisible()

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(right), ""))
    press(window, page, "Load a file…")
    assert "not yet in force" in words(page)
    press(window, page, "Put in force")
    assert "Version 1 from right.toml" in words(page)

    come_in(window, "rahman")
    letters = LetterService(window.me)
    letter_id = ask(window.program, lambda: letters.start(encounter_id, LetterKind.PROFESSIONAL))
    window.rooms.letter(letter_id)
    rest(window.program, 3)
    (desk,) = window.program.shell.findChildren(LetterScreen)
    assert "Template version 1" in words(desk)
