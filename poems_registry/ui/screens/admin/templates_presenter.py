"""The decisions of the page of letter templates: what is in force, what is wrong with a file, what is taken."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import InvalidInput, RegistryError, StaleRecord
from poems_registry.services.letter_templates import Checked, TemplateCard
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.admin.shown import TemplateRow, TemplateShown
from poems_registry.ui.tasks import Tasks

SCALE = 2.0
"""Pixels a point: sharp at 150 % scaling."""
Picture = tuple[int, int, bytes]


class Templates(Protocol):
    """What is needed of `TemplateService`."""

    def everything(self) -> tuple[TemplateCard, ...]: ...
    def check(self, kind: str, path: Path) -> Checked: ...
    def put_in_force(self, checked: Checked, seen: int) -> TemplateCard: ...
    def put_back(self, kind: str, seen: int) -> TemplateCard: ...
    def save_file(self, kind: str, path: Path, *, built_in: bool) -> None: ...
    def preview(self, kind: str, checked: Checked | None = None) -> bytes: ...
    def save_envelope_test(self, path: Path) -> None: ...


class View(Protocol):
    """What the page can show."""

    def show_templates(self, rows: Sequence[TemplateRow]) -> None: ...
    def show_one(self, shown: TemplateShown) -> None: ...
    def show_pages(self, pages: Sequence[Picture]) -> None: ...
    def ask_open(self) -> Path | None: ...
    def ask_save(self, name: str) -> Path | None: ...
    def ask_save_pdf(self, name: str) -> Path | None: ...
    def say(self, message: Message | None, tone: str = "red") -> None: ...


class TemplatesPresenter:
    """One kind of letter at a time: the template in force, or a file that waits to be taken."""

    def __init__(self, view: View, templates: Templates, tasks: Tasks, saved: Callable[[str], None]) -> None:
        """`saved` says in the status line what was kept."""
        self._view, self._templates, self._tasks, self._saved = view, templates, tasks, saved
        self._cards: dict[str, TemplateCard] = {}
        self._kind, self._asked, self._in_view = "", 0, False
        self._waiting: Checked | None = None

    # -- coming and going

    def load(self) -> None:
        """Every kind of letter."""
        self._asked += 1
        asked = self._asked

        def loaded(cards: tuple[TemplateCard, ...]) -> None:
            if asked == self._asked:
                self._take(cards)

        self._tasks.run(self._templates.everything, loaded, self._refused)

    def leave(self) -> None:
        """Late answers are not for this page; a file that was not taken is forgotten."""
        self._asked += 1
        self._waiting, self._in_view = None, False

    def came(self) -> None:
        """The page is in view: only now are pages made."""
        if not self._in_view:
            self._in_view = True
            self._show()

    def chosen(self, kind: str) -> None:
        """Another kind of letter; a file that was not taken is forgotten."""
        if kind != self._kind and kind in self._cards:
            self._kind, self._waiting = kind, None
            self._view.say(None)
            self._show()

    # -- files

    def open_file(self) -> None:
        """Look at a file line by line, and print it for the made-up patient if nothing is wrong."""
        kind = self._kind
        path = self._view.ask_open() if kind else None
        if path is None:
            return

        def checked(found: Checked) -> None:
            if found.kind == self._kind:
                self._waiting = found
                self._view.say(None)
                self._show()

        self._tasks.run(lambda: self._templates.check(kind, path), checked, self._refused)

    def give_up(self) -> None:
        """Back to what is in force."""
        self._waiting = None
        self._show()

    def put_in_force(self) -> None:
        """Take the file that was looked at."""
        waiting, card = self._waiting, self._cards.get(self._kind)
        if waiting is not None and card is not None and not waiting.problems:
            words = tr("{letter}: your template is in force", letter=tr(card.words))
            self._change(lambda: self._templates.put_in_force(waiting, card.in_use.version), words)

    def put_back(self) -> None:
        """The program's own again."""
        card = self._cards.get(self._kind)
        if card is not None:
            words = tr("{letter}: the built-in template is in force", letter=tr(card.words))
            self._change(lambda: self._templates.put_back(card.kind, card.in_use.version), words)

    def save_file(self, *, built_in: bool) -> None:
        """A file to begin from."""
        kind = self._kind
        path = self._view.ask_save(f"{kind.replace('_', '-')}.toml") if kind else None
        if path is None:
            return
        words = tr("Saved as {name}", name=path.name)

        def done(_: None) -> None:
            self._view.say(Message(tr("The template was saved as {name}.", name=path.name), ""), "green")
            self._saved(words)

        self._tasks.run(lambda: self._templates.save_file(kind, path, built_in=built_in), done, self._refused)

    def save_envelope_test(self) -> None:
        """The page by which a printer and an envelope are tried."""
        path = self._view.ask_save_pdf("envelope-test.pdf")
        if path is None:
            return

        def done(_: None) -> None:
            cause = tr("The envelope test page was saved as {name}.", name=path.name)
            rest = tr("Print it at its actual size on the printer of the letters; it says itself what to do.")
            self._view.say(Message(cause, rest), "green")
            self._saved(tr("Saved as {name}", name=path.name))

        self._tasks.run(lambda: self._templates.save_envelope_test(path), done, self._refused)

    # -- inside

    def _change(self, work: Callable[[], TemplateCard], words: str) -> None:
        def done(_: TemplateCard) -> None:
            self._waiting = None
            self._saved(words)
            self._view.say(Message(f"{words}.", tr("Letters signed before keep theirs.")), "green")
            self.load()

        self._tasks.run(work, done, self._refused)

    def _take(self, cards: tuple[TemplateCard, ...]) -> None:
        self._cards = {card.kind: card for card in cards}
        if self._kind not in self._cards:
            self._kind = cards[0].kind if cards else ""
        self._view.show_templates([_row(card, shown=card.kind == self._kind) for card in cards])
        self._show()

    def _show(self) -> None:
        card = self._cards.get(self._kind)
        if card is None:
            return
        waiting = self._waiting
        self._view.show_one(_waiting(card, waiting) if waiting is not None else _in_force(card))
        if waiting is not None and waiting.problems:
            self._view.show_pages(())
        elif self._in_view:
            self._print(card.kind, waiting)

    def _print(self, kind: str, waiting: Checked | None) -> None:
        """The real pages, made away from the window."""
        self._asked += 1
        asked = self._asked

        def work() -> tuple[Picture, ...]:
            from poems_registry.pages import raster

            pdf = self._templates.preview(kind, waiting)
            pages = [raster.picture(pdf, page, SCALE) for page in range(raster.page_count(pdf))]
            return tuple((page.width, page.height, page.rgba) for page in pages)

        def made(pages: tuple[Picture, ...]) -> None:
            if asked == self._asked:
                self._view.show_pages(pages)

        self._tasks.run(work, made, self._refused)

    def _refused(self, error: RegistryError) -> None:
        if isinstance(error, InvalidInput):
            words = "; ".join(error.problems.values())
            self._view.say(Message(words[:1].upper() + words[1:], tr("Nothing was changed.")))
        else:
            self._view.say(message_for(error))
        if isinstance(error, StaleRecord):
            self.load()


def _row(card: TemplateCard, *, shown: bool) -> TemplateRow:
    use = card.in_use
    loaded = ""
    if use.at is not None:
        loaded = tr("{who}, {day}", who=use.by, day=show_date(use.at.astimezone().date()))
    if use.problems:
        state = tr("Version {number} cannot be used", number=use.version)
    else:
        state = tr("Your own, version {number}", number=use.version) if use.own else tr("Built-in")
    return TemplateRow(card.kind, tr(card.words), state, loaded, use.own, bool(use.problems), shown)


def _in_force(card: TemplateCard) -> TemplateShown:
    use = card.in_use
    if use.problems:
        note = tr("Your version {number} cannot be used, so letters have the built-in wording.", number=use.version)
    elif use.own:
        mark = use.template.sha256[:12]
        note = tr("Version {number} from {file}, checksum {mark}.", number=use.version, file=use.name, mark=mark)
    else:
        note = tr("The built-in wording.")
    return TemplateShown(tr(card.words), note, use.problems, may_put_back=use.loaded)


def _waiting(card: TemplateCard, waiting: Checked) -> TemplateShown:
    if waiting.problems:
        note = tr("{file} cannot be used; what is in force stays in force.", file=waiting.name)
        return TemplateShown(tr(card.words), note, waiting.problems, waiting=True)
    note = tr("{file}, not yet in force. Read the pages, then take it.", file=waiting.name)
    return TemplateShown(tr(card.words), note, waiting=True, may_take=True)
