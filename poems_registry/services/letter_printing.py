"""Batches of signed letters to a printer: asked, handed over one by one, confirmed by a person, listed (nhs.md 6.3).

The registry is only told of what happened: a copy is noted as printed when a person has seen it come out right, not
when it was asked for. What the printer had when the program stopped is never printed again unseen.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from poems_registry.domain.access import Permission
from poems_registry.domain.correspondence import DELIVERED, QUEUED, Delivery, Recipient
from poems_registry.domain.dates import show_instant
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotSaved, RegistryError, StillAtAPrinter
from poems_registry.domain.letter_steps import check_copy
from poems_registry.domain.printing import (
    NOT_GONE,
    TO_CONFIRM,
    PrintBatch,
    PrintItem,
    Step,
    Sums,
    next_waiting,
    sums,
)
from poems_registry.exports import csv
from poems_registry.exports.print_manifest import Listed, table, to_document
from poems_registry.exports.release import Piece, publish_one
from poems_registry.letters.cover import needs_cover
from poems_registry.services.access import Service, needs
from poems_registry.services.address_sheets import address_sheet
from poems_registry.services.changes import Changed
from poems_registry.services.earlier_letters import copies_of
from poems_registry.services.queued_copies import refuse_fallen, refuse_held, refuse_the_dead
from poems_registry.storage import audit, letter_cards, letter_copies, print_batches, registry
from poems_registry.storage import letters as stored
from poems_registry.storage.unit_of_work import Session

TAKEN_BACK = "It was taken back after printing: its paper must not leave."
MOST_AT_ONCE = 500
"""Copies of one batch: what somebody can look through in the tray."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One copy ready for the printer: its title in the queue, and its documents in the order of the paper."""

    item: PrintItem
    printer: str
    title: str
    documents: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What printing some letters would ask for: the copies in their order, and the sides of paper.

    `again` says that a person asked for copies that were printed before.
    """

    copy_ids: tuple[int, ...]
    letters: int
    pages: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A batch that was closed: its sums, what changed, and the items whose paper came out and must not leave."""

    batch: PrintBatch
    sums: Sums
    changed: Changed
    taken_back: tuple[PrintItem, ...] = ()


class PrintService(Service):
    """Printing signed letters through the system's printers; it opens no letter desk and tells no clinical word."""

    @needs(Permission.PRINT_LETTERS)
    def open_batches(self) -> tuple[PrintBatch, ...]:
        """Batches that nobody has confirmed yet, oldest first."""
        with self.signed_in.store.reading() as session:
            return print_batches.open_ones(session)

    @needs(Permission.PRINT_LETTERS)
    def closed_batches(self, most: int = 10) -> tuple[PrintBatch, ...]:
        """The batches confirmed last, newest first."""
        with self.signed_in.store.reading() as session:
            return print_batches.last_closed(session, most)

    @needs(Permission.PRINT_LETTERS)
    def batch(self, batch_id: int) -> PrintBatch:
        """One batch as it is now; NotFound."""
        with self.signed_in.store.reading() as session:
            return print_batches.load(session, batch_id)

    @needs(Permission.PRINT_LETTERS)
    def names(self, batch_id: int) -> dict[int, str]:
        """For each item of a batch, by its id, who gets the copy: as its address says, for the person at the tray."""
        with self.signed_in.store.reading() as session:
            batch = print_batches.load(session, batch_id)
            copies = letter_copies.of_letters(session, [item.letter_id for item in batch.items])
        by_id = {copy.id: copy.name for each in copies.values() for copy in each}
        return {item.id: by_id[item.copy_id] for item in batch.items}

    @needs(Permission.PRINT_LETTERS)
    def taken_back(self, batch_id: int) -> frozenset[int]:
        """The items of a batch, by their ids, that went to the printer and whose paper must not leave any more."""
        with self.signed_in.store.reading() as session:
            items = print_batches.load(session, batch_id).items
            return frozenset(each.id for each in items if each.step in TO_CONFIRM and self._fell(session, each.copy_id))

    @needs(Permission.PRINT_LETTERS)
    def plan(self, letter_ids: Sequence[int], *, again: bool = False) -> Plan:
        """The copies of these letters that wait for the printer; with `again` those that were printed and not sent."""
        me, wanted = self.signed_in, Delivery.PRINTED if again else Delivery.WAITING
        with me.store.writing(me.actor) as session:
            found: list[int] = []
            pages = letters = 0
            for letter in (stored.load(session, each) for each in dict.fromkeys(letter_ids)):
                copies = copies_of(session, me, letter)
                chosen = [copy for copy in copies if copy.delivery is wanted and not copy.is_held(me.today)]
                letters += bool(chosen)
                pages += sum(letter.pages + needs_cover(copy, letter, copies[0]) for copy in chosen)
                found += [copy.id for copy in chosen]
        return Plan(tuple(found), letters, pages, again)

    @needs(Permission.PRINT_LETTERS)
    def plan_copies(self, copy_ids: Sequence[int]) -> Plan:
        """What printing just these copies would ask for, held ones left out; again, if one was printed before."""
        with self.signed_in.store.reading() as session:
            copies = [letter_copies.load(session, each) for each in dict.fromkeys(copy_ids)]
            chosen = [copy for copy in copies if copy.delivery in QUEUED and not copy.is_held(self.signed_in.today)]
            firsts = letter_copies.of_letters(session, [copy.letter_id for copy in chosen])
            letters = {each: stored.load(session, each) for each in firsts}
            pages = sum(
                letters[copy.letter_id].pages + needs_cover(copy, letters[copy.letter_id], firsts[copy.letter_id][0])
                for copy in chosen
            )
        again = any(copy.delivery is Delivery.PRINTED for copy in chosen)
        return Plan(tuple(copy.id for copy in chosen), len(letters), pages, again)

    @needs(Permission.PRINT_LETTERS)
    def begin(self, copy_ids: Sequence[int], printer: str, *, again: bool = False) -> PrintBatch:
        """Ask for these copies at a printer, in this order. What may not leave is listed as left out, with why.

        NotAllowedNow if none of them may be printed; a copy in a batch that is still open is left out, too,
        and so is one that was printed before unless `again` is asked for.
        """
        wanted = tuple(dict.fromkeys(copy_ids))
        if not wanted or not printer.strip():
            raise InvalidInput({"copies": "choose at least one letter and a printer"})
        if len(wanted) > MOST_AT_ONCE:
            raise InvalidInput({"copies": f"at most {MOST_AT_ONCE} copies are printed in one batch"})
        me = self.signed_in
        with me.store.writing(me.actor) as session:
            copies = letter_copies.hold(session, wanted)
            elsewhere = print_batches.in_open_batches(session)
            items = tuple(self._asked(session, copy, elsewhere, again=again) for copy in copies)
            if all(item.step is Step.LEFT_OUT for item in items):
                raise NotAllowedNow(f"None of these copies can be printed. {items[0].note} Nothing was printed.")
            begun = PrintBatch(printer=printer.strip(), begun_at=me.clock.now(), begun_by=me.person.name, items=items)
            return print_batches.add(session, begun)

    @needs(Permission.PRINT_LETTERS)
    def next(self, batch_id: int) -> PrintJob | None:
        """The next copy that waits, noted as in hand and in the audit before its bytes are given; None at the end.

        A copy that must not leave any more is left out with the reason, and the one after it is given.
        """
        while True:
            me = self.signed_in
            with me.store.writing(me.actor) as session:
                batch = print_batches.hold(session, batch_id)
                waiting = next_waiting(batch.items) if batch.closed_at is None else None
                if waiting is None:
                    return None
                job = self._handed_over(session, batch, waiting)
            if job is not None:
                return job

    @needs(Permission.PRINT_LETTERS)
    def gone(self, item_id: int, row_version: int) -> PrintItem:
        """Note that the printing system has taken all of a copy."""
        return self._noted(item_id, row_version, Step.GONE)

    @needs(Permission.PRINT_LETTERS)
    def failed(self, item_id: int, row_version: int, why: str) -> PrintItem:
        """Note that the printer did not take a copy, with its words; `resume` tries it again."""
        return self._noted(item_id, row_version, Step.FAILED, why)

    @needs(Permission.PRINT_LETTERS)
    def resume(self, batch_id: int, *, stopped: bool = False) -> PrintBatch:
        """Get ready to go on: what failed waits again. What was in hand when the program stopped becomes unclear.

        StillAtAPrinter, and nothing is changed, if somebody else or another PC has a copy in hand: only a person can
        tell that it `stopped` there.
        """
        me = self.signed_in
        with me.store.writing(me.actor) as session:
            self._settle(session, batch_id, stopped=stopped)
            for item in print_batches.load(session, batch_id).items:
                if item.step is Step.FAILED:
                    print_batches.save_item(session, self._at(item, Step.WAITING))
            return print_batches.load(session, batch_id)

    @needs(Permission.PRINT_LETTERS)
    def look(self, batch_id: int, *, stopped: bool = False) -> PrintBatch:
        """Get ready to confirm: what was in hand when the program stopped becomes unclear; StillAtAPrinter as above."""
        me = self.signed_in
        with me.store.writing(me.actor) as session:
            self._settle(session, batch_id, stopped=stopped)
            return print_batches.load(session, batch_id)

    @needs(Permission.PRINT_LETTERS)
    def confirm(self, batch_id: int, row_version: int, right: Collection[int]) -> Confirmed:
        """Close a batch with what a person found in the tray: the items that came out right, by their ids.

        Their copies are noted as printed, the others stay as they were; what never went to the printer is left out.
        NotSaved, and nothing is noted, unless asked = printed + not printed = listed.
        """
        me = self.signed_in
        with me.store.writing(me.actor) as session:
            batch = print_batches.hold(session, batch_id)
            if batch.count(Step.IN_HAND):
                raise NotAllowedNow("A letter of this batch is at the printer just now. Wait for it, then confirm.")
            if set(right) - {item.id for item in batch.items if item.step in TO_CONFIRM}:
                raise NotAllowedNow("Only what went to the printer can have come out of it. Nothing was changed.")
            for item in batch.items:
                self._settled(session, item, item.id in right)
            closing = replace(batch, row_version=row_version, closed_at=me.clock.now(), closed_by=me.person.name)
            closed = print_batches.close(session, closing)
            told = sums(closed, len(self._listed(session, closed)))
            if not told.agree:
                raise NotSaved(f"The sums of this batch do not agree: {told.line}. Nothing was noted. Count the paper.")
            changed = frozenset(item.letter_id for item in closed.items)
        fell = tuple(item for item in closed.items if item.step is Step.PRINTED and item.note == TAKEN_BACK)
        return Confirmed(closed, told, Changed(letters=changed), fell)

    @needs(Permission.PRINT_LETTERS)
    def save_manifest(self, batch_id: int, path: Path) -> Sums:
        """Write what was asked, printed and not printed, as PDF or CSV by the name's end; audited before it exists.

        It names nobody: patients by their study number. NotAllowedNow while the batch is open.
        """
        me = self.signed_in
        with me.store.writing(me.actor) as session:
            batch = print_batches.load(session, batch_id)
            if batch.closed_at is None:
                raise NotAllowedNow("The list is made when the batch was confirmed. Confirm it, then save the list.")
            lines = self._listed(session, batch)
            told = sums(batch, len(lines))
            clinic = registry.load(session).profile.name
            about = ("print_batch", str(batch_id))
            audit.record_event(session, "export", about=about, file=path.name)
            for patient_id in sorted({item.patient_id for item in batch.items}):
                audit.record_event(session, "export", patient_id, about=about, file=path.name)
        if path.suffix.lower() == csv.SUFFIX:
            publish_one(Piece(path, lambda there: csv.write(table(lines), there)))
        else:
            publish_one(Piece(path, lambda there: there.write_bytes(_printed_list(clinic, batch, lines, told))))
        return told

    # -- steps

    def _asked(self, session: Session, copy: Recipient, elsewhere: dict[int, int], *, again: bool) -> PrintItem:
        letter = stored.load(session, copy.letter_id)
        first, *_ = letter_copies.of_letter(session, copy.letter_id)
        item = PrintItem(
            copy_id=copy.id,
            letter_id=letter.id,
            patient_id=copy.patient_id,
            number=letter.number,
            version=letter.version,
            pages=letter.pages,
            sheets=int(needs_cover(copy, letter, first)),
            sha256=letter.sha256,
            again=copy.printed_at is not None,
        )
        try:
            if copy.id in elsewhere:
                raise NotAllowedNow("It is in a batch that is not confirmed yet: confirm that one first.")
            if copy.delivery is Delivery.PRINTED and not again:
                raise NotAllowedNow("It was printed meanwhile: ask for it again if another print is wanted.")
            self._refuse(session, copy)
        except RegistryError as refusal:
            return self._at(item, Step.LEFT_OUT, str(refusal))
        return item

    def _refuse(self, session: Session, copy: Recipient) -> None:
        letter = stored.load(session, copy.letter_id)
        check_copy(copy.delivery, Delivery.PRINTED)
        refuse_fallen(session, letter)
        refuse_the_dead(session, letter, copy)
        refuse_held(self.signed_in, copy)

    def _fell(self, session: Session, copy_id: int) -> bool:
        """Whether a copy was taken back; one that was given or sent before it was confirmed was not."""
        copy = letter_copies.load(session, copy_id)
        letter = stored.load(session, copy.letter_id)
        try:
            refuse_fallen(session, letter)
            refuse_the_dead(session, letter, copy)
        except NotAllowedNow:
            return True
        return copy.delivery is Delivery.WITHDRAWN

    def _handed_over(self, session: Session, batch: PrintBatch, item: PrintItem) -> PrintJob | None:
        copy = letter_copies.load(session, item.copy_id)
        try:
            self._refuse(session, copy)
            pages = stored.signed_pages(session, item.letter_id)
            sheet = address_sheet(session, copy, stored.load(session, item.letter_id), self.signed_in.clock.now())
        except RegistryError as refusal:
            print_batches.save_item(session, self._at(item, Step.LEFT_OUT, str(refusal)))
            return None
        told = {"copy": copy.id, "batch": batch.id, "printer": batch.printer, "sha256": pages.sha256}
        if item.again:
            told["reprint"] = True
        audit.record_event(session, "print", item.patient_id, about=("letter", str(item.letter_id)), **told)
        in_hand = print_batches.save_item(session, replace(self._at(item, Step.IN_HAND), pc=self.signed_in.pc))
        documents = (sheet, pages.pdf) if sheet else (pages.pdf,)
        return PrintJob(in_hand, batch.printer, item.reference, documents)

    def _noted(self, item_id: int, row_version: int, step: Step, why: str = "") -> PrintItem:
        me = self.signed_in
        with me.store.writing(me.actor) as session:
            item = replace(print_batches.load_item(session, item_id), row_version=row_version)
            return print_batches.save_item(session, self._at(item, step, why))

    def _settle(self, session: Session, batch_id: int, *, stopped: bool) -> None:
        """What is in hand becomes unclear: in a file because no other program has it open, else if it `stopped`."""
        batch = print_batches.hold(session, batch_id)
        in_hand = [item for item in batch.items if item.step is Step.IN_HAND]
        elsewhere = [item for item in in_hand if not self._handed_over_here(item)]
        if elsewhere and not stopped:
            raise _may_still_print(batch, elsewhere[0], ZoneInfo(self.signed_in.clinic.timezone))
        for item in in_hand:
            print_batches.save_item(session, self._at(item, Step.UNCLEAR))

    def _handed_over_here(self, item: PrintItem) -> bool:
        me = self.signed_in
        return isinstance(me.place, Path) or (item.by, item.pc) == (me.person.name, me.pc)

    def _settled(self, session: Session, item: PrintItem, right: bool) -> None:
        if item.step in NOT_GONE:
            why = item.note or "It was not sent to the printer."
            print_batches.save_item(session, self._at(item, Step.LEFT_OUT, why))
        elif item.step in TO_CONFIRM and not right:
            print_batches.save_item(session, self._at(item, Step.SPOILED, "It did not come out right."))
        elif item.step in TO_CONFIRM:
            print_batches.save_item(session, self._at(item, Step.PRINTED, self._came_out(session, item)))

    def _came_out(self, session: Session, item: PrintItem) -> str:
        """Note a copy as printed; what was taken back meanwhile stays taken back, and its paper must not leave."""
        copy = letter_copies.load(session, item.copy_id)
        if self._fell(session, item.copy_id):
            letter_copies.note_paper(session, copy.id, item.at)
            return TAKEN_BACK
        if copy.delivery in DELIVERED:
            letter_copies.note_paper(session, copy.id, item.at)
            return f"It was noted as {copy.delivery.value} before its paper was confirmed."
        printed = replace(copy, delivery=Delivery.PRINTED, at=item.at, by=self.signed_in.person.name)
        letter_copies.save(session, printed)
        return item.note

    def _at(self, item: PrintItem, step: Step, why: str = "") -> PrintItem:
        """The item at a step; the instant of a copy that came out right stays the one at which the printer took it."""
        me = self.signed_in
        at = item.at if step is Step.PRINTED and item.at is not None else me.clock.now()
        return replace(item, step=step, at=at, by=me.person.name, note=why)

    def _listed(self, session: Session, batch: PrintBatch) -> tuple[Listed, ...]:
        people = letter_cards.people(session, [item.patient_id for item in batch.items])
        copies = letter_copies.of_letters(session, [item.letter_id for item in batch.items])
        part = {copy.id: copy.addressee for each in copies.values() for copy in each}
        return tuple(
            Listed(
                item, batch.printer, people[item.patient_id].study_number or f"#{item.patient_id}", part[item.copy_id]
            )
            for item in batch.items
        )


def _may_still_print(batch: PrintBatch, item: PrintItem, zone: ZoneInfo) -> StillAtAPrinter:
    """Who has a copy in hand, at which PC, and since when."""
    where = f" at the PC {item.pc}" if item.pc else " at a PC that is not known"
    since = f" since {show_instant(item.at, zone)}" if item.at is not None else ""
    return StillAtAPrinter(
        f"{item.by} has had {item.reference} in hand for {batch.printer}{where}{since}. While it is printed there,"
        " nothing of this batch may be printed or confirmed here. Nothing was changed. Wait for it, or ask there"
        " whether it has stopped."
    )


def _printed_list(clinic: str, batch: PrintBatch, lines: Sequence[Listed], told: Sums) -> bytes:
    from poems_registry.pages.pdf import render

    return render(to_document(clinic, batch, lines, told))
