"""The wording of letters in the whole window: a file is read, its faults are told, a sound one is tried and taken."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from poems_registry.domain.correspondence import LetterKind
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import enter, rest
from poems_registry.services.letter_templates import TemplateService
from poems_registry.services.letters import LetterService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.system import paths
from poems_registry.ui.screens.admin.templates_page import TemplatesPage
from poems_registry.ui.screens.admin.view import AdminScreen
from poems_registry.ui.screens.letter.view import LetterScreen
from poems_registry.ui.widgets.pdf_pages import PdfPages
from tests.gui.app.open_window import Open
from tests.gui.clipping import clipped
from tests.integration.pages.reading import page_texts, squeezed


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


def broken(built_in: str) -> dict[str, tuple[bytes, str]]:
    """Files that cannot be a template, each with what the window says of it."""
    own = '\n[[body]]\npart = "own"\nname = "x"\nwords = "{}"\n'
    loop = "{% for p in patients %}{{p}}{% endfor %}"
    whole = built_in.encode()
    return {
        "unknown": (built_in.replace("{visit_date}", "{password}").encode(), "{password} is no placeholder"),
        "cut": (whole[: len(whole) // 2], "the file ends too early"),
        "huge": (whole + b"#" * 70_000, "a template has at most 64,000"),
        "loops": ((built_in + own.replace("{}", loop)).encode(), "{p} is no placeholder"),
        "code": (built_in.replace("{visit_date}", "{visit_date.__class__}").encode(), "belongs to no placeholder"),
        "utf16": (built_in.encode("utf-16"), "not text in UTF-8"),
        "word": (b"PK\x03\x04" + bytes(200), "a word processor's file or an archive"),
        "empty": (b"", "the file is empty"),
        "deep": (b"a=" + b"[" * 5000, "nested too deep"),
        "steers": ((built_in + own.replace("{}", "\u202eabc")).encode(), "cannot be printed: U+202E"),
        "twice": ((built_in + '\n[[body]]\npart = "summary"\n').encode(), "stands here a second time"),
    }


def test_a_broken_file_is_told_in_words_and_never_comes_into_force(
    window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built_in = paths.resource("letters", "professional.toml").read_text(encoding="utf-8")
    come_in(window, "castellan")
    page = wording_page(window)
    page.table.select("professional")
    rest(window.program, 3)
    (pages,) = page.findChildren(PdfPages)
    for name, (content, told) in broken(built_in).items():
        path = tmp_path / f"{name}.toml"
        path.write_bytes(content)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, path=path: (str(path), ""))
        press(window, page, "Load a file…")
        assert told.casefold() in words(page).casefold(), name
        offered = [each.text() for each in page.findChildren(QPushButton) if each.isVisible() and each.isEnabled()]
        assert "Put in force" not in offered, name
        faults = clipped(page)
        assert not faults, f"{name}\n" + "\n".join(faults)
        press(window, page, "Do not use this file")
        assert pages.isVisible()
    assert "The built-in wording." in words(page)


def test_markup_in_a_template_is_printed_as_it_was_typed(
    window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built_in = paths.resource("letters", "professional.toml").read_text(encoding="utf-8")
    markup = "<b>Bold</b> <img src='file:///etc/passwd'> & so on"
    path = tmp_path / "markup.toml"
    path.write_text(f'{built_in}\n[[body]]\npart = "own"\nname = "x"\nwords = "{markup}"\n', encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    come_in(window, "castellan")
    page = wording_page(window)
    page.table.select("professional")
    rest(window.program, 3)
    press(window, page, "Load a file…")
    press(window, page, "Put in force")
    pdf = ask(window.program, lambda: TemplateService(window.me).preview("professional"))
    assert squeezed(markup) in squeezed("".join(page_texts(pdf)))
