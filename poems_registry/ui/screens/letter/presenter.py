"""The decisions of the letter desk: which words stand, when they are kept, what may be signed, printed, amended."""

from collections.abc import Callable
from dataclasses import replace

from poems_registry.domain.dates import show_time
from poems_registry.domain.errors import InvalidInput, RegistryError, WrongPassword
from poems_registry.domain.records import LetterRecord, LetterState
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.letters import Edits, OpenLetter
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.letter import telling
from poems_registry.ui.screens.letter.acts import LetterActs
from poems_registry.ui.screens.letter.ports import Letters, Navigator, Picture, View
from poems_registry.ui.screens.letter.shown import GateLine, LetterShown, PartShown, Reminder, SigningShown
from poems_registry.ui.tasks import Tasks

KEEP_AFTER_MS, PREVIEW_AFTER_MS = 2000, 300
SCALE = 2.0
"""Pixels a point: sharp at 150 % scaling."""
UNSIGNED = (LetterState.DRAFT, LetterState.READY)
COPIES = "copies"
LINK_WORDS = {"details": "Open the details", "visit": "Open the visit", "letter": ""}


class LetterPresenter(LetterActs):
    """One letter at a time, from its first draft to a copy in somebody's hand."""

    def __init__(self, view: View, letters: Letters, tasks: Tasks, feed: ChangeFeed, navigator: Navigator) -> None:
        super().__init__(view, letters, tasks, navigator)
        self._feed = feed
        self._asked = 0
        self._edits: dict[str, str] = {}
        self._unkept = False
        self._newest: dict[int, int] = {}
        """Row versions by letter as the registry's thread wrote them last: their answers come here later."""

    # -- coming and going

    def open(self, letter_id: int) -> None:
        """Load a letter and show its pages."""
        self._keep()  # before the letter is read: what was typed a moment ago is in what comes back
        if self._open is not None and self._open.letter.id != letter_id:
            # Until the other letter is here, and if it never comes, nothing of this one may be kept or signed as it.
            self._open, self._edits, self._unkept = None, {}, False
        self._letter_id, self._asked = letter_id, self._asked + 1
        self._view.loading()
        self._tasks.run(lambda: self._letters.open(letter_id), self._answer(self._opened), self._refused)

    def shown(self) -> None:
        """Back on this letter: the record behind it may have changed."""
        if self._open is not None and not self._unkept:
            self.open(self._letter_id)

    def leave(self) -> None:
        """Keep what was typed; nothing is asked."""
        if self._unkept:
            self._keep()
        self._asked += 1

    # -- the words

    def typed(self, key: str, text: str) -> None:
        """The author's own words for a part; the record's words again when nothing differs."""
        source = self._from_record(key)
        if source is None:
            return
        if text.strip() == source.strip():
            self._edits.pop(key, None)
        else:
            self._edits[key] = text
        self._changed()

    def put_back(self, key: str) -> None:
        """Let the record speak again."""
        if self._edits.pop(key, None) is not None:
            self._changed()
            self._view.show_part(self._shown(key))

    def ticked(self, line: str, on: bool) -> None:
        """Somebody gets a copy, or none."""
        copies = next((part for part in self._open.parts if part.key == COPIES), None) if self._open else None
        line = " ".join(line.split())
        if copies is None or not line:
            return
        self.typed(COPIES, telling.with_tick(self._edits.get(COPIES, copies.text), line, ticked=on))
        self._view.show_part(self._shown(COPIES))
        self._refresh()

    def woken(self, what: Reminder) -> None:
        """Time to keep, or to print the pages anew."""
        if what is Reminder.KEEP:
            self._keep()
        else:
            self._refresh()

    def save(self) -> None:
        """Keep at once."""
        self._keep()

    # -- signing and after

    def sign(self) -> None:
        """Ask the password, unless something still stops it."""
        opened = self._open
        if opened is None:
            return
        if opened.blocks:
            self._view.go_to(opened.blocks[0].key)
            return
        name = telling.short_name(opened.file.patient)
        title = tr("Sign letter {number}", number=opened.letter.number)
        self._view.ask_password(SigningShown(self._who(), title, tr("Sign letter for {name}", name=name)))

    def password_given(self, password: str) -> None:
        """Keep the words, then freeze the letter."""
        opened = self._open
        if opened is None:
            return
        letter_id, edits, unkept = self._letter_id, self._said(), self._unkept
        self._unkept = False  # they are kept here: the reminder that still runs has nothing to keep

        def work() -> tuple[LetterRecord, Changed]:
            version = self._version_now(opened.letter)
            if unkept:
                version = self._keep_at_once(letter_id, version, edits).row_version
            return self._letters.sign(letter_id, version, password)

        def refused(error: RegistryError) -> None:
            self._unkept = self._unkept or unkept
            self._not_signed(error)

        self._tasks.run(work, self._answer(self._was_signed), refused)

    def _version_now(self, letter: LetterRecord) -> int:
        return max(letter.row_version, self._newest.get(letter.id, 0))

    def _keep_at_once(self, letter_id: int, version: int, edits: Edits) -> LetterRecord:
        kept = self._letters.keep(letter_id, version, edits)
        self._newest[letter_id] = kept.row_version
        return kept

    def link(self, target: str) -> None:
        """Go where a block is mended: into the very field."""
        opened = self._open
        if opened is None:
            return
        place, _, where = target.partition(":")
        if place == "letter":
            self._view.go_to(where)
        elif place == "visit":
            self._navigator.visit(opened.encounter.id, where, to_mend=True)
        else:
            self._navigator.details(opened.file.patient.id, where)

    # -- answers

    def _opened(self, opened: OpenLetter) -> None:
        self._open = opened
        if not self._unkept or opened.letter.state not in UNSIGNED:  # words that could not be kept stay where they are
            self._edits, self._unkept = dict(opened.letter.edits), False
        self._navigator.show_patient(opened.file.patient)
        self._view.show_letter(self._frame(opened))
        self._view.show_parts(tuple(self._shown(part.key) for part in opened.parts))
        self._show_gate(opened)
        warning = telling.template_warning(opened) or telling.amended_visit(opened)
        if warning is not None:
            self._view.say(warning, "amber")
        self._print()

    def _was_signed(self, answer: tuple[LetterRecord, Changed]) -> None:
        self._unkept = False
        self._view.close_dialog()
        self._navigator.say_saved("")
        self._feed.publish(answer[1])
        self.open(self._letter_id)

    def _not_signed(self, error: RegistryError) -> None:
        if isinstance(error, WrongPassword):
            self._view.password_refused(str(error))
            return
        self._view.close_dialog()
        self._refused(error)
        if isinstance(error, InvalidInput):
            self._refresh()

    def _changed(self) -> None:
        self._unkept = True
        self._view.remind(Reminder.KEEP, KEEP_AFTER_MS)
        self._view.remind(Reminder.PREVIEW, PREVIEW_AFTER_MS)

    def _keep(self) -> None:
        opened = self._open
        if opened is None or not self._unkept:
            return
        letter_id, edits = self._letter_id, self._said()
        self._unkept = False

        def work() -> LetterRecord:
            return self._keep_at_once(letter_id, self._version_now(opened.letter), edits)

        def kept(letter: LetterRecord) -> None:
            if self._open is not None and self._open.letter.id == letter.id:
                self._open = _with_letter(self._open, letter)
            at = self._letters.signed_in.clock.now().astimezone()
            self._navigator.say_saved(tr("Draft saved {time}", time=show_time(at)))

        def lost(error: RegistryError) -> None:
            self._unkept = True
            self._refused(error)

        self._tasks.run(work, kept, lost)

    def _refresh(self) -> None:
        letter_id, edits = self._letter_id, self._said()
        self._tasks.run(lambda: self._letters.parts(letter_id, edits), self._answer(self._reread), self._refused)

    def _reread(self, opened: OpenLetter) -> None:
        if self._open is None:
            return
        kept = self._open.letter
        self._open = _with_letter(opened, kept)
        for part in opened.parts:
            if part.editable:
                self._view.show_part(self._shown(part.key))
        self._view.show_letter(self._frame(opened))
        self._show_gate(opened)
        self._print()

    def _print(self) -> None:
        """The real pages, made away from the window."""
        opened, letter_id, edits = self._open, self._letter_id, self._said()
        signed = opened is not None and opened.letter.signature is not None

        def work() -> tuple[Picture, ...]:
            from poems_registry.pages import raster

            pdf = self._letters.show_signed(letter_id) if signed else self._letters.preview(letter_id, edits)
            pages = [raster.picture(pdf, page, SCALE) for page in range(raster.page_count(pdf))]
            return tuple((page.width, page.height, page.rgba) for page in pages)

        self._tasks.run(work, self._answer(self._view.show_pages), self._refused)

    def _answer(self, act: Callable[..., None]) -> Callable[..., None]:
        """Only answers to the letter in view count."""
        asked = self._asked

        def answered(answer: object) -> None:
            if asked == self._asked:
                act(answer)

        return answered

    # -- what is shown

    def _frame(self, opened: OpenLetter) -> LetterShown:
        return telling.frame(opened, self._letters.signed_in.may, self._letters.signed_in.today)

    def _show_gate(self, opened: OpenLetter) -> None:
        lines = tuple(
            GateLine(b.key, b.words, b.link, tr(LINK_WORDS.get(b.link.partition(":")[0], ""))) for b in opened.blocks
        )
        self._view.show_gate(lines if opened.letter.state in UNSIGNED else ())

    def _shown(self, key: str) -> PartShown:
        """A part as the view shows it: where its words come from stands beside them."""
        opened = self._open
        if opened is None:
            raise LookupError(key)
        part = next(p for p in opened.parts if p.key == key)
        own = self._edits.get(key)
        editable = part.editable and opened.letter.state in UNSIGNED
        words = part.text if own is None else own
        return PartShown(key, part.title, words, part.source_words, editable, own is not None)

    def _from_record(self, key: str) -> str | None:
        """What the record says of a part; None if the letter has no such part."""
        parts = self._open.parts if self._open is not None else ()
        return next((part.text for part in parts if part.key == key), None)

    def _said(self) -> Edits:
        return tuple(sorted(self._edits.items()))


def _with_letter(opened: OpenLetter, letter: LetterRecord) -> OpenLetter:
    return replace(opened, letter=letter)
