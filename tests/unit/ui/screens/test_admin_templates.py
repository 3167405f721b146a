"""The page of letter templates: a file is looked at, tried, taken or not; what is wrong is told and changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from poems_registry.domain.errors import InvalidInput, StaleRecord
from poems_registry.letters.built_in import built_in
from poems_registry.letters.template_form import FORMS
from poems_registry.services.letter_templates import Checked, TemplateCard
from poems_registry.services.template_in_use import TemplateInUse
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.admin.shown import TemplateRow, TemplateShown
from poems_registry.ui.screens.admin.templates_presenter import Picture, TemplatesPresenter
from poems_registry.ui.tasks import Inline
from tests.unit.ui.screens.later import Later

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@dataclass
class Wordings:
    """A service whose preview is refused: pages are made elsewhere."""

    broken: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    version: int = 0
    stale: bool = False
    taken: list[tuple[str, int]] = field(default_factory=list)
    previewed: list[tuple[str, bool]] = field(default_factory=list)
    saved: list[tuple[str, str, bool]] = field(default_factory=list)

    def everything(self) -> tuple[TemplateCard, ...]:
        return tuple(TemplateCard(kind, form.words, self._in_use(kind)) for kind, form in FORMS.items())

    def _in_use(self, kind: str) -> TemplateInUse:
        if kind == "clinic" and (self.version or self.broken):
            return TemplateInUse(built_in(kind), self.version or 4, "ours.toml", AT, "P Adams", self.broken)
        return TemplateInUse(built_in(kind))

    def check(self, kind: str, path: Path) -> Checked:
        return Checked(kind, path.name, b"", self.problems)

    def put_in_force(self, checked: Checked, seen: int) -> TemplateCard:
        if self.stale:
            raise StaleRecord
        self.taken.append((checked.name, seen))
        self.version = seen + 1
        return self.everything()[0]

    def put_back(self, kind: str, seen: int) -> TemplateCard:
        self.taken.append((f"built-in {kind}", seen))
        self.version = 0
        return self.everything()[0]

    def save_file(self, kind: str, path: Path, *, built_in: bool) -> None:
        self.saved.append((kind, path.name, built_in))

    def save_envelope_test(self, path: Path) -> None:
        self.saved.append(("envelope test", path.name, True))

    def preview(self, kind: str, checked: Checked | None = None) -> bytes:
        self.previewed.append((kind, checked is not None))
        raise InvalidInput({"preview": "no pages in this test"})


@dataclass
class Page:
    """Remembers what it was told."""

    rows: Sequence[TemplateRow] = ()
    shown: TemplateShown | None = None
    messages: list[str] = field(default_factory=list)
    path: Path | None = Path("ours.toml")

    def show_templates(self, rows: Sequence[TemplateRow]) -> None:
        self.rows = rows

    def show_one(self, shown: TemplateShown) -> None:
        self.shown = shown

    def show_pages(self, pages: Sequence[Picture]) -> None:
        pass

    def ask_open(self) -> Path | None:
        return self.path

    def ask_save(self, name: str) -> Path | None:
        return self.path and Path(name)

    def ask_save_pdf(self, name: str) -> Path | None:
        return self.path and Path(name)

    def say(self, message: Message | None, tone: str = "red") -> None:
        if message is not None:
            self.messages.append(f"{tone}: {message.cause}")


def made(service: Wordings, *, in_view: bool = False) -> tuple[TemplatesPresenter, Page, list[str]]:
    page, kept = Page(), list[str]()
    presenter = TemplatesPresenter(page, service, Inline(), kept.append)
    presenter.load()
    if in_view:
        presenter.came()
    return presenter, page, kept


def shown(page: Page) -> TemplateShown:
    assert page.shown is not None
    return page.shown


def test_every_kind_is_listed_and_the_first_is_shown_with_its_wording() -> None:
    _, page, _ = made(Wordings())
    assert [row.state for row in page.rows] == ["Built-in"] * len(FORMS)
    assert [row.shown for row in page.rows].index(True) == 0
    assert shown(page).note == "The built-in wording."
    assert not shown(page).may_put_back


def test_pages_are_made_only_when_somebody_looks() -> None:
    service = Wordings()
    presenter, _, _ = made(service)
    assert service.previewed == []
    presenter.came()
    presenter.chosen("results")
    assert service.previewed == [("clinic", False), ("results", False)]


def test_a_sound_file_is_tried_before_it_is_taken() -> None:
    service = Wordings()
    presenter, page, kept = made(service, in_view=True)
    presenter.open_file()
    assert service.previewed[-1] == ("clinic", True)
    assert shown(page).may_take
    assert service.taken == []
    presenter.put_in_force()
    assert service.taken == [("ours.toml", 0)]
    assert kept == ["Clinic letter: your template is in force"]
    assert not shown(page).waiting


def test_a_file_with_problems_cannot_be_taken() -> None:
    service = Wordings(problems=("Line 3, title: is missing or empty.",))
    presenter, page, _ = made(service, in_view=True)
    presenter.open_file()
    assert shown(page).problems == service.problems
    assert not shown(page).may_take
    presenter.put_in_force()
    assert service.taken == []
    presenter.give_up()
    assert not shown(page).waiting


def test_a_broken_template_is_told_in_the_list_and_beside_it() -> None:
    _, page, _ = made(Wordings(broken=("Form: this program reads form = 1.",)))
    assert (page.rows[0].state, page.rows[0].broken) == ("Version 4 cannot be used", True)
    assert page.rows[0].loaded == "P Adams, 20-Nov-2026"
    assert "letters have the built-in wording" in shown(page).note
    assert shown(page).problems == ("Form: this program reads form = 1.",)
    assert shown(page).may_put_back


def test_another_kind_or_another_screen_forgets_a_file_that_was_not_taken() -> None:
    service = Wordings()
    presenter, page, _ = made(service)
    presenter.open_file()
    presenter.chosen("results")
    presenter.put_in_force()
    presenter.chosen("clinic")
    presenter.open_file()
    presenter.leave()
    presenter.put_in_force()
    assert service.taken == []
    assert not shown(page).waiting or page.shown is not None


def test_somebody_elses_newer_version_is_loaded_and_nothing_is_lost() -> None:
    service = Wordings(stale=True)
    presenter, page, _ = made(service)
    presenter.open_file()
    presenter.put_in_force()
    assert service.taken == []
    assert page.messages[-1].startswith("red: ")
    assert shown(page).may_take


def test_a_file_to_begin_from_is_saved_under_the_letters_name() -> None:
    service = Wordings()
    presenter, page, _ = made(service)
    presenter.chosen("did_not_attend")
    presenter.save_file(built_in=True)
    assert service.saved == [("did_not_attend", "did-not-attend.toml", True)]
    page.path = None
    presenter.save_file(built_in=False)
    presenter.open_file()
    assert len(service.saved) == 1


def test_an_answer_that_comes_after_leaving_is_dropped() -> None:
    page, later = Page(), Later()
    presenter = TemplatesPresenter(page, Wordings(), later, lambda _: None)
    presenter.load()
    presenter.leave()
    later.answer()
    assert page.rows == ()


@pytest.mark.parametrize("act", ["put_in_force", "put_back", "open_file"])
def test_nothing_happens_before_the_list_is_there(act: str) -> None:
    service = Wordings()
    presenter = TemplatesPresenter(Page(), service, Later(), lambda _: None)
    getattr(presenter, act)()
    assert service.taken == []


def test_the_page_that_tries_an_envelope_is_saved_and_says_how_to_print_it() -> None:
    service = Wordings()
    presenter, page, kept = made(service)
    presenter.save_envelope_test()
    assert service.saved == [("envelope test", "envelope-test.pdf", True)]
    assert page.messages == ["green: The envelope test page was saved as envelope-test.pdf."]
    assert kept == ["Saved as envelope-test.pdf"]
    page.path = None
    presenter.save_envelope_test()
    assert len(service.saved) == 1
