"""The letter desk: the author's words stand apart, are kept within seconds, and nothing blocked is ever signed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.domain.access import Permission
from poems_registry.domain.correspondence import Addressee, Delivery, LetterKind, Recipient
from poems_registry.domain.errors import InvalidInput, NotFound, NotSaved, StaleRecord, WrongPassword
from poems_registry.domain.records import (
    ClinicProfile,
    Encounter,
    LetterRecord,
    LetterState,
    Patient,
    PatientFile,
    Signature,
)
from poems_registry.letters.addressees import Offer
from poems_registry.letters.built_in import built_in
from poems_registry.letters.gate import Block
from poems_registry.letters.parts import Part
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.letters import Edits, OpenLetter, SavedCopy
from poems_registry.services.template_in_use import TemplateInUse
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.details.fields import FIELDS
from poems_registry.ui.screens.letter.presenter import LetterPresenter
from poems_registry.ui.screens.letter.shown import (
    AskedShown,
    CameOutAsked,
    GateLine,
    LetterShown,
    PartShown,
    Reminder,
    SigningShown,
)
from poems_registry.ui.screens.visit.shown import Head
from poems_registry.ui.tasks import Inline
from tests.unit.letters.test_signing_gate import every_link

NOW = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)
BUILT_IN = TemplateInUse(built_in("clinic"))
PARTS = (
    Part("summary", "Dear Ann", "You walk well.", True, "from visit 18-Nov-2026"),
    Part("medicines", "Medicines", "none", False, "from visit 18-Nov-2026"),
    Part("copies", "Copies to", "Dr P Lindqvist", True, "from details"),
)
ADDRESS = Block("address_checked", "Address not checked at this visit", "details:address")


@dataclass
class Desk:
    today: date = date(2026, 11, 20)
    sign: bool = True

    @property
    def clock(self) -> "Desk":
        return self

    def now(self) -> datetime:
        return NOW

    def may(self, permission: Permission) -> bool:
        return self.sign or permission is not Permission.SIGN


@dataclass
class OneLetter:
    """A service with one letter in it."""

    signed_in: Desk = field(default_factory=Desk)
    letter: LetterRecord = field(default_factory=lambda: LetterRecord(id=7, patient_id=1, number="L-2026-0007"))
    blocks: tuple[Block, ...] = ()
    kept: list[Edits] = field(default_factory=list)
    password: str = "right"
    stale: bool = False
    full: bool = False
    copies: tuple[Recipient, ...] = ()
    offers: tuple[Offer, ...] = ()
    wording: TemplateInUse = BUILT_IN
    begun: list[tuple[int, LetterKind, date | None]] = field(default_factory=list)

    def open(self, letter_id: int) -> OpenLetter:
        if letter_id != self.letter.id:
            raise NotFound("This letter is not in the registry.")
        patient = Patient(id=1, family_name="Smith", given_name="Ann")
        file, visit = PatientFile(patient), Encounter(id=3)
        return OpenLetter(
            self.letter, file, visit, PARTS, self.blocks, ClinicProfile(), self.wording, self.copies, self.offers
        )

    def parts(self, letter_id: int, edits: Edits) -> OpenLetter:
        return self.open(letter_id)

    def preview(self, letter_id: int, edits: Edits) -> bytes:
        raise StaleRecord

    def show_signed(self, letter_id: int) -> bytes:
        raise StaleRecord

    def keep(self, letter_id: int, row_version: int, edits: Edits) -> LetterRecord:
        if self.stale:
            raise StaleRecord
        self.kept.append(edits)
        self.letter = replace(self.letter, edits=edits, row_version=row_version + 1)
        return self.letter

    def sign(self, letter_id: int, row_version: int, password: str) -> tuple[LetterRecord, Changed]:
        if password != self.password:
            raise WrongPassword
        assert row_version == self.letter.row_version
        signature = Signature("Dr A Rahman", "Consultant", "GMC 0", NOW)
        self.letter = replace(self.letter, state=LetterState.SIGNED, signature=signature)
        return self.letter, Changed(letters=frozenset({letter_id}))

    def save_copy(self, letter_id: int, path: Path) -> None:
        if self.full:
            raise NotSaved("The file was not written: no space left.")
        path.write_bytes(b"%PDF frozen")

    def dispatched(self, letter_id: int, row_version: int) -> LetterRecord:
        self.letter = replace(self.letter, state=LetterState.DISPATCHED)
        return self.letter

    def amend(self, letter_id: int, reason: str) -> int:
        return 8

    def start(self, encounter_id: int, kind: LetterKind, about_on: date | None = None) -> int:
        self.begun.append((encounter_id, kind, about_on))
        return 9

    def make_ready(self, letter_id: int, row_version: int) -> LetterRecord:
        self.letter = replace(self.letter, state=LetterState.READY)
        return self.letter

    def keep_from_patient(self, letter_id: int, row_version: int, why: str) -> LetterRecord:
        self.letter = replace(self.letter, not_for_patient=why)
        return self.letter

    def withdraw(self, letter_id: int, row_version: int, reason: str) -> LetterRecord:
        if not reason:
            raise InvalidInput({"reason": "say why the letter is withdrawn"})
        self.letter = replace(self.letter, state=LetterState.WITHDRAWN, withdrawn_because=reason)
        return self.letter

    def save_plain_words(self, letter_id: int, path: Path) -> None:
        path.write_bytes(b"%PDF easy")

    def save_readable(self, letter_id: int, path: Path) -> None:
        path.write_text("<html>", encoding="utf-8")

    def save_recipients_copy(self, copy_id: int, row_version: int, path: Path) -> SavedCopy:
        path.write_bytes(b"%PDF frozen")
        (copy,) = [copy for copy in self.copies if copy.id == copy_id]
        return SavedCopy(path, path.with_name("sheet.pdf") if copy.addressee is Addressee.PRACTICE else None)

    def came_out(self, copy_id: int, row_version: int) -> Recipient:
        return self._step(copy_id, Delivery.PRINTED)

    def hold(self, copies: Mapping[int, int], because: str) -> tuple[Recipient, ...]:
        if not because:
            raise InvalidInput({"reason": "say why it is held"})
        return self._keep_back(copies, because, "Dr A Rahman")

    def release(self, copies: Mapping[int, int]) -> tuple[Recipient, ...]:
        return self._keep_back(copies, "", "")

    def _keep_back(self, copies: Mapping[int, int], because: str, by: str) -> tuple[Recipient, ...]:
        held = {copy.id: replace(copy, held_because=because, held_by=by) for copy in self.copies if copy.id in copies}
        self.copies = tuple(held.get(copy.id, copy) for copy in self.copies)
        return tuple(held.values())

    def given(self, copy_id: int, row_version: int) -> Recipient:
        return self._step(copy_id, Delivery.GIVEN)

    def sent(self, copy_id: int, row_version: int) -> Recipient:
        return self._step(copy_id, Delivery.SENT)

    def _step(self, copy_id: int, to: Delivery) -> Recipient:
        old = next(copy for copy in self.copies if copy.id == copy_id)
        new = replace(old, delivery=to, at=NOW, by="Sister J Okoro", row_version=old.row_version + 1)
        self.copies = tuple(new if copy is old else copy for copy in self.copies)
        return new


@dataclass
class Spy:
    """A view that remembers, and a navigator that does."""

    letter_shown: LetterShown | None = None
    gate: tuple[GateLine, ...] = ()
    shown_parts: dict[str, PartShown] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    taken_away: int = 0
    asked: list[str] = field(default_factory=list)
    gone_to: list[str] = field(default_factory=list)
    went: list[str] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    reminders: list[Reminder] = field(default_factory=list)
    file: Path | None = None
    on_paper: CameOutAsked | None = None

    def loading(self) -> None:
        self.taken_away = len(self.messages)

    def show_letter(self, letter: LetterShown) -> None:
        self.letter_shown = letter

    def show_parts(self, parts: tuple[PartShown, ...]) -> None:
        self.shown_parts = {part.key: part for part in parts}

    def show_part(self, part: PartShown) -> None:
        self.shown_parts[part.key] = part

    def show_gate(self, lines: tuple[GateLine, ...]) -> None:
        self.gate = lines

    def show_pages(self, pages: object) -> None: ...
    def say(self, message: Message | None, tone: str = "red") -> None:
        self.messages.append(message.cause if message else "")

    def go_to(self, key: str) -> None:
        self.gone_to.append(key)

    def ask_password(self, signing: SigningShown) -> None:
        self.asked.append(signing.button)

    def password_refused(self, words: str) -> None:
        self.messages.append(words)

    def close_dialog(self) -> None:
        self.on_paper = None

    def ask_came_out(self, asked: CameOutAsked) -> None:
        self.on_paper = asked

    def print_copies(self, copy_ids: Sequence[int]) -> None:
        self.went.append(f"print {list(copy_ids)}")

    def ask_words(self, asked: AskedShown) -> None:
        self.asked.append(asked.title)

    def ask_file(self, name: str) -> Path | None:
        self.asked.append(name)
        return self.file

    def remind(self, what: Reminder, after_ms: int) -> None:
        self.reminders.append(what)

    def details(self, patient_id: int, field: str = "") -> None:
        self.went.append(f"details {patient_id} {field}")

    def visit(self, encounter_id: int, item: str = "", *, to_mend: bool = False) -> None:
        assert to_mend, "one wants to come back to the letter"
        self.went.append(f"visit {encounter_id} {item}")

    def letter(self, letter_id: int) -> None:
        self.went.append(f"letter {letter_id}")

    def show_patient(self, patient: Patient) -> None:
        self.went.append(f"banner {patient.family_name}")

    def say_saved(self, words: str) -> None:
        self.saved.append(words)


def opened(
    letters: OneLetter | None = None, told: Callable[[Changed], None] | None = None
) -> tuple[LetterPresenter, Spy, OneLetter]:
    letters, spy, feed = letters or OneLetter(), Spy(), ChangeFeed()
    if told is not None:
        feed.listen(told)
    presenter = LetterPresenter(spy, letters, Inline(), feed, spy)
    presenter.open(7)
    return presenter, spy, letters


def test_the_letter_opens_under_the_banner_of_its_patient_with_its_parts_in_order() -> None:
    _, spy, _ = opened()
    assert "banner Smith" in spy.went
    assert list(spy.shown_parts) == ["summary", "medicines", "copies"]
    assert not spy.shown_parts["medicines"].editable


def test_the_authors_words_are_kept_apart_and_can_be_put_back() -> None:
    presenter, spy, letters = opened()
    presenter.typed("summary", "You walk much better.")
    presenter.woken(Reminder.KEEP)
    assert letters.kept == [(("summary", "You walk much better."),)]
    presenter.put_back("summary")
    presenter.woken(Reminder.KEEP)
    assert letters.kept[-1] == ()
    assert spy.shown_parts["summary"].words == "You walk well."


def test_typing_the_records_own_words_is_no_edit() -> None:
    presenter, _, letters = opened()
    presenter.typed("summary", "Something else")
    presenter.typed("summary", "You walk well. ")
    presenter.woken(Reminder.KEEP)
    assert letters.kept == [()]


def test_what_was_typed_is_kept_when_the_screen_is_left() -> None:
    presenter, _, letters = opened()
    presenter.typed("summary", "Kept.")
    presenter.leave()
    assert letters.kept == [(("summary", "Kept."),)]


def test_nothing_is_signed_or_kept_as_a_letter_that_did_not_open() -> None:
    presenter, spy, letters = opened()
    presenter.typed("summary", "Kept.")
    presenter.open(8)
    presenter.typed("summary", "For nobody.")
    presenter.woken(Reminder.KEEP)
    presenter.sign()
    presenter.password_given("right")
    assert letters.kept == [(("summary", "Kept."),)]
    assert letters.letter.signature is None
    assert not spy.asked


def test_a_save_that_fails_keeps_the_words_and_says_so() -> None:
    presenter, spy, letters = opened(OneLetter(stale=True))
    presenter.typed("summary", "Mine.")
    presenter.woken(Reminder.KEEP)
    letters.stale = False
    presenter.save()
    assert letters.kept == [(("summary", "Mine."),)]
    assert any("changed" in words for words in spy.messages)


def test_a_blocked_letter_leads_to_the_block_and_never_asks_the_password() -> None:
    presenter, spy, _ = opened(OneLetter(blocks=(ADDRESS,)))
    assert spy.letter_shown is not None
    assert not spy.letter_shown.may_sign
    presenter.sign()
    assert spy.asked == []
    assert spy.gate[0].words == "Address not checked at this visit"
    presenter.link("details:address_checked_on")
    assert spy.went[-1] == "details 1 address_checked_on"
    presenter.link("visit:medicines_reviewed")
    assert spy.went[-1] == "visit 3 medicines_reviewed"


def test_every_field_the_gate_names_is_one_of_the_details_or_of_the_visit() -> None:
    heads = {str(head) for head in Head}
    for found in every_link():
        place, _, field = found.partition(":")
        assert place != "details" or field in FIELDS, found
        assert place != "visit" or field == "" or field in heads or field in CATALOGUE.items, found


def test_the_button_that_signs_names_the_patient() -> None:
    presenter, spy, _ = opened()
    presenter.sign()
    assert spy.asked == ["Sign letter for SMITH, Ann"]


def test_words_typed_a_moment_ago_are_in_the_signed_letter() -> None:
    news: list[Changed] = []
    presenter, spy, letters = opened(told=news.append)
    presenter.typed("summary", "Last words.")
    presenter.password_given("right")
    assert letters.kept == [(("summary", "Last words."),)]
    assert letters.letter.state is LetterState.SIGNED
    assert news == [Changed(letters=frozenset({7}))]
    assert spy.letter_shown is not None
    assert spy.letter_shown.signed


def test_a_wrong_password_signs_nothing_and_the_question_stays() -> None:
    presenter, spy, letters = opened()
    presenter.password_given("wrong")
    assert letters.letter.state is LetterState.DRAFT
    assert any("password is not right" in words for words in spy.messages)


def test_a_person_who_may_not_sign_has_no_button_for_it() -> None:
    _, spy, _ = opened(OneLetter(signed_in=Desk(sign=False)))
    assert spy.letter_shown is not None
    assert not spy.letter_shown.may_sign


def test_a_copy_is_written_under_a_name_that_tells_no_one(tmp_path: Path) -> None:
    signed = LetterRecord(id=7, number="L-2026-0007", state=LetterState.SIGNED, signature=Signature("a", "b", "c", NOW))
    presenter, spy, _ = opened(OneLetter(letter=signed))
    spy.file = tmp_path / "copy.pdf"
    presenter.chosen("pdf")
    assert spy.asked == ["letter-L-2026-0007-v1.pdf"]
    assert spy.file.read_bytes() == b"%PDF frozen"


def test_a_copy_that_finds_no_room_is_told_and_not_called_saved(tmp_path: Path) -> None:
    signed = LetterRecord(id=7, number="L-2026-0007", state=LetterState.SIGNED, signature=Signature("a", "b", "c", NOW))
    presenter, spy, _ = opened(OneLetter(letter=signed, full=True))
    spy.file = tmp_path / "copy.pdf"
    presenter.chosen("pdf")
    assert spy.messages[-1] == "The file was not written: no space left."


def test_an_amendment_opens_the_new_version() -> None:
    signed = LetterRecord(id=7, number="L-2026-0007", state=LetterState.SIGNED, signature=Signature("a", "b", "c", NOW))
    presenter, spy, _ = opened(OneLetter(letter=signed))
    presenter.amend()
    presenter.words_given("dose corrected")
    assert spy.asked == ["Replace this letter by a new version"]
    assert spy.went[-1] == "letter 8"
