"""What becomes of a signed letter: printed, given and sent copy by copy, withdrawn, told again in plain words."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from poems_registry.domain.access import Permission
from poems_registry.domain.correspondence import QUEUED, Delivery, LetterKind, Recipient
from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, StaleRecord
from poems_registry.domain.letter_steps import STANDING, all_delivered, check_copy, check_letter
from poems_registry.domain.records import LetterRecord, LetterState
from poems_registry.exports.release import Piece, publish_one
from poems_registry.letters.plain import read_out
from poems_registry.letters.plain_words import FORM, plain_words
from poems_registry.pages.document import Document
from poems_registry.services.access import Service, needs
from poems_registry.services.address_sheets import address_sheet
from poems_registry.services.earlier_letters import copies_of
from poems_registry.services.letter_board import without_words
from poems_registry.services.letter_matter import Matter, matter_of
from poems_registry.services.letter_signing import TEMPLATE
from poems_registry.services.queued_copies import (
    refuse_at_a_printer,
    refuse_fallen,
    refuse_held,
    refuse_the_dead,
    told_copy,
    withdraw_copies,
)
from poems_registry.services.standings import refresh
from poems_registry.services.template_in_use import in_force, with_mark
from poems_registry.storage import audit, letter_copies
from poems_registry.storage import letters as stored
from poems_registry.storage.letter_copies import Form
from poems_registry.storage.unit_of_work import Session

PLAIN_TEMPLATE = "plain-1"
READABLE = "readable"
"""What the audit calls a letter that was saved for a screen reader."""


@dataclass(frozen=True, slots=True)
class SavedCopy:
    """One recipient's copy as a file to print from, and its address sheet if it has one."""

    path: Path
    address_sheet: Path | None


class LetterSending(Service):
    """What one can do with a signed letter."""

    @needs(Permission.PRINT_LETTERS)
    def copies(self, letter_id: int) -> tuple[Recipient, ...]:
        """Who gets a letter, and what became of each copy."""
        with self.signed_in.store.reading() as session:
            found = letter_copies.of_letter(session, letter_id)
        if not found:
            with self.signed_in.store.writing(self.signed_in.actor) as session:
                found = copies_of(session, self.signed_in, stored.load(session, letter_id))
        return tuple(told_copy(self.signed_in, copy) for copy in found)

    @needs(Permission.PRINT_LETTERS)
    def pdf(self, letter_id: int) -> bytes:
        """The frozen bytes of a signed letter, for printing or a copy; each time is audited, no mark is put on them.

        NotAllowedNow for a letter that was replaced or withdrawn, whose visit was an error, or to someone who has died.
        """
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            letter = stored.load(session, letter_id)
            pages = stored.signed_pages(session, letter_id)
            refuse_fallen(session, letter)
            refuse_the_dead(session, letter)
            about = ("letter", str(letter_id))
            audit.record_event(session, "print", letter.patient_id, about=about, sha256=pages.sha256)
        return pages.pdf

    @needs(Permission.PRINT_LETTERS)
    def save_copy(self, letter_id: int, path: Path) -> None:
        """Write the frozen bytes to a file that only its maker can read; in the audit before it exists.

        NotSaved if the disk refuses: then no file has appeared or changed. NotAllowedNow as in `pdf`.
        """
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            letter = stored.load(session, letter_id)
            pages = stored.signed_pages(session, letter_id)
            refuse_fallen(session, letter)
            refuse_the_dead(session, letter)
            about = ("letter", str(letter_id))
            audit.record_event(session, "export", letter.patient_id, about=about, file=path.name, sha256=pages.sha256)
        _write(path, pages.pdf)

    @needs(Permission.PRINT_LETTERS)
    def save_recipients_copy(self, copy_id: int, row_version: int, path: Path) -> SavedCopy:
        """One recipient's copy as a file, in the audit before it exists. It is not noted as printed: see `came_out`.

        Every such file is identical. A copy whose own address does not stand in the letter's window comes with an
        address sheet beside it, `NAME-address.pdf`, with the name alone where no address is known. NotAllowedNow for a
        copy that must not leave: then no file is made.
        """
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            copy = self._may_be_printed(session, copy_id, row_version)
            letter = stored.load(session, copy.letter_id)
            pages = stored.signed_pages(session, copy.letter_id)
            about = ("letter", str(copy.letter_id))
            told = {"copy": copy.id, "file": path.name, "sha256": pages.sha256}
            audit.record_event(session, "export", copy.patient_id, about=about, **told)
            sheet = address_sheet(session, copy, letter, self.signed_in.clock.now())
        _write(path, pages.pdf)
        beside = path.with_name(f"{path.stem}-address{path.suffix}") if sheet else None
        if beside is not None:
            _write(beside, sheet)
        return SavedCopy(path, beside)

    @needs(Permission.PRINT_LETTERS)
    def came_out(self, copy_id: int, row_version: int) -> Recipient:
        """Note a copy as printed: a person has seen the paper of a file that they printed, and it came out right.

        The audit says so, and calls it a reprint if the copy was on paper before.
        """
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            copy = self._may_be_printed(session, copy_id, row_version)
            about = ("letter", str(copy.letter_id))
            told: dict[str, object] = {"copy": copy.id, "sha256": stored.load(session, copy.letter_id).sha256}
            if copy.printed_at is not None:
                told["reprint"] = True
            audit.record_event(session, "print", copy.patient_id, about=about, **told)
            return self._stepped(session, copy, Delivery.PRINTED)

    @needs(Permission.PRINT_LETTERS)
    def given(self, copy_id: int, row_version: int) -> Recipient:
        """Note that a printed copy was handed over."""
        return self._gone(copy_id, row_version, Delivery.GIVEN)

    @needs(Permission.PRINT_LETTERS)
    def sent(self, copy_id: int, row_version: int) -> Recipient:
        """Note that a copy was posted, or sent by the hospital's own electronic way."""
        return self._gone(copy_id, row_version, Delivery.SENT)

    @needs(Permission.PRINT_LETTERS)
    def dispatched(self, letter_id: int, row_version: int) -> LetterRecord:
        """Note that every copy of a signed letter that still waited has gone.

        Who may not view findings gets none of its words.
        """
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            letter = stored.load(session, letter_id)
            if letter.row_version != row_version:
                raise StaleRecord
            if letter.state is not LetterState.SIGNED:
                raise NotAllowedNow("Only a signed letter can be sent. Nothing was changed.")
            refuse_fallen(session, letter)
            refuse_the_dead(session, letter)
            waiting = [copy for copy in copies_of(session, self.signed_in, letter) if copy.delivery in QUEUED]
            refuse_at_a_printer(session, *(copy.id for copy in waiting))
            for copy in waiting:
                self._stepped(session, copy, Delivery.SENT)
            saved = stored.save(session, replace(letter, state=LetterState.DISPATCHED))
            refresh(session, [letter.patient_id], self.signed_in.today)
        return without_words(self.signed_in, saved)

    @needs(Permission.RECORD_CLINICAL)
    def withdraw(self, letter_id: int, row_version: int, reason: str) -> LetterRecord:
        """Take a letter back, with the reason: a draft is given up, of a signed one no copy leaves any more.

        A signed letter is withdrawn by who may sign. Copies that have gone stay noted as gone.
        """
        if not reason.strip():
            raise InvalidInput({"reason": "say why the letter is withdrawn"})
        with self.signed_in.store.writing(self.signed_in.actor, reason.strip()) as session:
            letter = stored.load(session, letter_id)
            if letter.row_version != row_version:
                raise StaleRecord
            if letter.signature is not None:
                self.signed_in.require(Permission.SIGN)
            check_letter(letter.state, LetterState.WITHDRAWN)
            withdraw_copies(session, self.signed_in, letter_copies.of_letter(session, letter_id), reason.strip())
            gone = replace(letter, state=LetterState.WITHDRAWN, withdrawn_because=reason.strip())
            saved = stored.save(session, gone)
            refresh(session, [letter.patient_id], self.signed_in.today)
        return saved

    @needs(Permission.PRINT_LETTERS)
    def plain_words(self, letter_id: int) -> bytes:
        """A signed clinic letter in plain words; made when first asked for and frozen, byte for byte the same later.

        NotAllowedNow if the record has changed since: then it would not say what the signed letter says. Amend first.
        """
        return self._plain_words(letter_id, "print")

    @needs(Permission.PRINT_LETTERS)
    def save_plain_words(self, letter_id: int, path: Path) -> None:
        """The same as a file that only its maker can read; in the audit, as a file, before it exists."""
        _write(path, self._plain_words(letter_id, "export", file=path.name))

    def _plain_words(self, letter_id: int, how: str, **told: str) -> bytes:
        """The plain words of a letter, and in the audit `how` they leave: on paper or as a file."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            letter = stored.load(session, letter_id)
            if letter.kind is not LetterKind.CLINIC or letter.state not in STANDING:
                raise NotAllowedNow("Plain words are made of a signed clinic letter that stands. Nothing was made.")
            refuse_fallen(session, letter)
            refuse_the_dead(session, letter)
            made = letter_copies.form(session, letter_id, FORM) or self._in_plain_words(session, letter)
            about = ("letter", str(letter_id))
            audit.record_event(session, how, letter.patient_id, about=about, form=FORM, sha256=made.sha256, **told)
        return made.pdf

    @needs(Permission.PRINT_LETTERS)
    def save_readable(self, letter_id: int, path: Path) -> None:
        """A signed letter for a screen reader: `.txt` as it was frozen, else one HTML page with the very same words.

        NotAllowedNow if the record has changed since, for HTML: then it would say something else.
        """
        from poems_registry.pages.web import to_html

        with self.signed_in.store.writing(self.signed_in.actor) as session:
            letter = stored.load(session, letter_id)
            said = stored.signed_pages(session, letter_id).plain
            refuse_fallen(session, letter)
            refuse_the_dead(session, letter)
            if path.suffix.lower() != ".txt":
                said = to_html(self._as_signed(session, letter)[1])
            about = ("letter", str(letter_id))
            audit.record_event(session, "export", letter.patient_id, about=about, form=READABLE, file=path.name)
        _write(path, said.encode("utf-8"))

    def _in_plain_words(self, session: Session, letter: LetterRecord) -> Form:
        from poems_registry.pages.pdf import check_archive, render
        from poems_registry.pages.raster import page_count

        now = self.signed_in.clock.now()
        matter, _ = self._as_signed(session, letter)
        template = in_force(session, FORM).template
        document = plain_words(
            matter.file, matter.encounter, matter.clinic, matter.standing, letter=letter, now=now, template=template
        )
        pdf = render(document)
        if check_archive(pdf):
            raise NotAllowedNow("Plain words could not be made in the form that lasts. Nothing was made.")
        form = Form(FORM, pdf, read_out(document), with_mark(PLAIN_TEMPLATE, template), page_count(pdf), now)
        letter_copies.add_form(session, letter.id, letter.patient_id, form)
        return form

    def _as_signed(self, session: Session, letter: LetterRecord) -> tuple[Matter, Document]:
        """The letter composed again from the record, which must still say the very words that were signed."""
        matter = matter_of(session, letter)
        document = matter.document(letter, self.signed_in.clock.now())
        pages = stored.signed_pages(session, letter.id)
        if read_out(document) != pages.plain:
            raise NotAllowedNow(says_something_else(letter, pages.template_version))
        return matter, document

    def _may_be_printed(self, session: Session, copy_id: int, row_version: int) -> Recipient:
        copy = _current(session, copy_id, row_version)
        letter = stored.load(session, copy.letter_id)
        check_copy(copy.delivery, Delivery.PRINTED)
        refuse_fallen(session, letter)
        refuse_the_dead(session, letter, copy)
        refuse_at_a_printer(session, copy.id)
        refuse_held(self.signed_in, copy)
        return copy

    def _gone(self, copy_id: int, row_version: int, how: Delivery) -> Recipient:
        """The letter has gone when its last copy has."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            waiting = _current(session, copy_id, row_version)
            check_copy(waiting.delivery, how)
            refuse_at_a_printer(session, copy_id)
            copy = self._stepped(session, waiting, how)
            letter = stored.load(session, copy.letter_id)
            everyone = letter_copies.of_letter(session, letter.id)
            if letter.state is LetterState.SIGNED and all_delivered(everyone):
                stored.save(session, replace(letter, state=LetterState.DISPATCHED))
            refresh(session, [letter.patient_id], self.signed_in.today)
        return copy

    def _stepped(self, session: Session, copy: Recipient, to: Delivery) -> Recipient:
        me = self.signed_in
        letter = stored.load(session, copy.letter_id)
        refuse_fallen(session, letter)
        refuse_the_dead(session, letter, copy)
        refuse_held(me, copy)
        return letter_copies.save(session, replace(copy, delivery=to, at=me.clock.now(), by=me.person.name))


def says_something_else(letter: LetterRecord, kept: str) -> str:
    """Why another form of a signed letter cannot be made: what it was worded by, what has changed, what to do."""
    then = re.match(rf"{letter.kind.value}-(\d+)", kept)
    if then is None or then[1] == TEMPLATE:
        why = "The record has changed since this letter was signed"
    else:
        signed = f" on {show_date(letter.signature.at.astimezone().date())}" if letter.signature is not None else ""
        why = f"This letter was signed{signed} under wording {then[1]}, and letters are worded by {TEMPLATE} now"
    return (
        f"{why}, so this form of it would say something else. Nothing was made. Its PDF and its plain text (a file that"
        " ends in .txt) are kept word for word and can be saved. For another form amend the letter, sign the new"
        " version, and ask again."
    )


def _current(session: Session, copy_id: int, row_version: int) -> Recipient:
    copy = letter_copies.load(session, copy_id)
    if copy.row_version != row_version:
        raise StaleRecord
    return copy


def _write(path: Path, content: bytes) -> None:
    def write(there: Path) -> int:
        return there.write_bytes(content)

    publish_one(Piece(path, write))
