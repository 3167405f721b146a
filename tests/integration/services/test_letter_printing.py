"""Batches of signed letters at a printer, on a real encrypted file: nothing is noted that did not happen."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from poems_registry.domain.correspondence import Addressee, Delivery, LetterKind, Recipient
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import CannotOpen, InvalidInput, NotAllowedNow, NotPermitted, StaleRecord
from poems_registry.domain.printing import PrintBatch, Step
from poems_registry.domain.records import ClinicProfile, LetterRecord, LetterState
from poems_registry.letters.cover import cover, window_address
from poems_registry.letters.plain import read_out
from poems_registry.pages.pdf import check_archive
from poems_registry.pages.raster import page_count
from poems_registry.services.access import SignedIn
from poems_registry.services.letter_printing import PrintJob, PrintService
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.storage import audit, letter_copies
from poems_registry.storage import letters as stored
from poems_registry.storage.unit_of_work import Session
from tests.integration.pages.reading import page_texts
from tests.integration.services.conftest import SignIn
from tests.integration.services.test_letters_service import copies_of, signed_letter

TRAY = "Neuro Outpatients 2"


def ids(letters: LetterService, letter: LetterRecord) -> list[int]:
    return [copy.id for copy in letters.copies(letter.id)]


def begun(me: SignedIn) -> tuple[PrintService, LetterRecord, PrintBatch]:
    """A letter with its two copies, asked for at a printer."""
    letter = signed_letter(me)
    printing = PrintService(me)
    return printing, letter, printing.begin(ids(LetterService(me), letter), TRAY)


def next_of(printing: PrintService, batch: PrintBatch) -> PrintJob:
    job = printing.next(batch.id)
    assert job is not None
    return job


def print_all(printing: PrintService, batch: PrintBatch) -> list[PrintJob]:
    """As a printer without faults does."""
    jobs = []
    while (job := printing.next(batch.id)) is not None:
        printing.gone(job.item.id, job.item.row_version)
        jobs.append(job)
    return jobs


def steps(printing: PrintService, batch: PrintBatch) -> list[Step]:
    return [item.step for item in printing.batch(batch.id).items]


def confirm(printing: PrintService, batch: PrintBatch, *right: int) -> PrintBatch:
    now = printing.look(batch.id)
    return printing.confirm(batch.id, now.row_version, right).batch


def test_a_batch_hands_over_the_signed_bytes_one_by_one_and_notes_each_as_gone(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    printing, letter, batch = begun(me)
    letters = LetterService(me)
    jobs = print_all(printing, batch)
    signed = letters.pdf(letter.id)
    assert [job.documents[-1] == signed for job in jobs] == [True, True]
    assert [job.title for job in jobs] == [f"{letter.number}-v1"] * 2
    assert steps(printing, batch) == [Step.GONE, Step.GONE]
    assert {copy.delivery for copy in letters.copies(letter.id)} == {Delivery.WAITING}


def test_a_copy_counts_as_printed_only_when_a_person_says_that_it_came_out_right(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    printing, letter, batch = begun(me)
    print_all(printing, batch)
    first, second = printing.batch(batch.id).items
    closed = confirm(printing, batch, first.id)
    own = LetterService(me).copies(letter.id)
    assert [copy.delivery for copy in own] == [Delivery.PRINTED, Delivery.WAITING]
    assert own[0].printed_at == first.at
    assert [item.step for item in closed.items] == [Step.PRINTED, Step.SPOILED]
    assert closed.closed_by == me.person.name
    assert printing.open_batches() == ()
    again = printing.plan([letter.id])
    assert again.copy_ids == (second.copy_id,)


def test_an_address_sheet_goes_before_the_copy_whose_address_is_not_in_the_window(sign_in: SignIn) -> None:
    printing, letter, batch = begun(sign_in("rahman"))
    patient, practice = print_all(printing, batch)
    assert len(patient.documents) == 1
    sheet, _ = practice.documents
    assert page_count(sheet) == 1
    name = PatientService(printing.signed_in).who(letter.patient_id).family_name
    assert name.casefold() not in "".join(page_texts(sheet)).casefold()
    assert [item.sheets for item in batch.items] == [0, 1]
    assert batch.pages == 2 * letter.pages + 1


def test_a_third_party_without_an_address_gets_a_sheet_with_their_name_and_never_the_patients_window(
    sign_in: SignIn,
) -> None:
    me = sign_in("rahman")
    letter = signed_letter(me, ("copies", "Dr M Lee, neurologist"))
    printing = PrintService(me)
    batch = printing.begin(ids(LetterService(me), letter), TRAY)
    assert [item.sheets for item in batch.items] == [0, 1]
    _, other = print_all(printing, batch)
    said = "".join(page_texts(other.documents[0]))
    assert "Dr M Lee" in said
    assert "Address by hand" in said
    assert PatientService(me).who(letter.patient_id).postcode not in said


def test_an_address_that_no_printer_can_set_stops_no_batch(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    letter = signed_letter(me)
    now = LetterRecord(number=letter.number, id=letter.id, signature=letter.signature)
    copy = Recipient(letter_id=letter.id, addressee=Addressee.PRACTICE, name="Dr A Bell", address=("1 美玲 Road",))
    assert window_address(copy) == ("Dr A Bell",)
    assert window_address(replace(copy, name="美玲")) == ()
    for each in (copy, replace(copy, name="美玲")):
        assert "Address by hand" in read_out(cover(each, now, ClinicProfile(), me.clock.now()))


def test_a_letter_whose_bytes_cannot_be_read_is_left_out_with_the_reason_and_the_batch_goes_on(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    printing, _, batch = begun(sign_in("rahman"))
    whole, bad = stored.signed_pages, [True]

    def altered(session: Session, letter_id: int) -> stored.SignedPages:
        if bad and bad.pop():
            raise CannotOpen("This signed letter was altered in the file.")
        return whole(session, letter_id)

    monkeypatch.setattr(stored, "signed_pages", altered)
    assert next_of(printing, batch).item.place == 2
    first = printing.batch(batch.id).items[0]
    assert (first.step, first.note) == (Step.LEFT_OUT, "This signed letter was altered in the file.")


def test_after_a_crash_only_what_was_not_handed_over_is_printed_and_what_was_in_hand_is_asked_about(
    sign_in: SignIn,
) -> None:
    printing, letter, batch = begun(sign_in("rahman"))
    lost = next_of(printing, batch)
    after = PrintService(sign_in("okoro"))  # another person, after the program was started anew
    (found,) = after.open_batches()
    assert found.id == batch.id
    after.resume(batch.id)
    assert steps(after, batch) == [Step.UNCLEAR, Step.WAITING]
    rest = print_all(after, batch)
    assert [job.item.place for job in rest] == [2]
    with pytest.raises(StaleRecord):
        after.gone(lost.item.id, lost.item.row_version)
    closed = confirm(after, batch, rest[0].item.id)
    assert [item.step for item in closed.items] == [Step.SPOILED, Step.PRINTED]
    assert after.plan([letter.id]).copy_ids == (lost.item.copy_id,)


def test_a_refusal_of_the_printer_is_kept_with_its_words_and_tried_again_first(sign_in: SignIn) -> None:
    printing, _, batch = begun(sign_in("rahman"))
    job = next_of(printing, batch)
    printing.failed(job.item.id, job.item.row_version, "The printer stopped.")
    assert printing.batch(batch.id).items[0].note == "The printer stopped."
    assert next_of(printing, batch).item.place == 2
    printing.resume(batch.id)
    assert next_of(printing, batch).item.place == 1


def test_what_never_went_to_the_printer_is_left_out_when_a_person_closes_the_batch(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    printing, letter, batch = begun(me)
    job = next_of(printing, batch)
    printing.gone(job.item.id, job.item.row_version)
    confirmed = printing.confirm(batch.id, batch.row_version, [job.item.id])
    assert confirmed.sums.line == "2 asked = 1 printed + 1 not printed = 2 listed"
    assert [copy.delivery for copy in LetterService(me).copies(letter.id)] == [Delivery.PRINTED, Delivery.WAITING]
    with pytest.raises(NotAllowedNow, match="confirmed already"):
        printing.confirm(batch.id, confirmed.batch.row_version, [])


def test_nobody_confirms_what_did_not_go_to_the_printer_or_is_there_just_now(sign_in: SignIn) -> None:
    printing, _, batch = begun(sign_in("rahman"))
    with pytest.raises(NotAllowedNow, match="Only what went to the printer"):
        printing.confirm(batch.id, batch.row_version, [batch.items[0].id])
    next_of(printing, batch)
    with pytest.raises(NotAllowedNow, match="at the printer just now"):
        printing.confirm(batch.id, batch.row_version, [])
    assert steps(printing, batch) == [Step.IN_HAND, Step.WAITING]


def test_a_copy_is_in_one_open_batch_at_a_time(sign_in: SignIn) -> None:
    printing, _, batch = begun(sign_in("rahman"))
    with pytest.raises(NotAllowedNow, match="not confirmed yet"):
        printing.begin([item.copy_id for item in batch.items], "Another printer")
    other = signed_letter(printing.signed_in)
    mixed = printing.begin([batch.items[0].copy_id, *ids(LetterService(printing.signed_in), other)], "Another printer")
    assert [item.step for item in mixed.items] == [Step.LEFT_OUT, Step.WAITING, Step.WAITING]
    assert "confirm that one first" in mixed.items[0].note


def test_a_copy_in_an_open_batch_is_neither_printed_besides_nor_noted_as_gone(sign_in: SignIn, tmp_path: Path) -> None:
    me = sign_in("rahman")
    printing, letter, batch = begun(me)
    letters = LetterService(me)
    jobs = print_all(printing, batch)
    copy, *_ = letters.copies(letter.id)
    for leave in (
        lambda: letters.save_recipients_copy(copy.id, copy.row_version, tmp_path / "no.pdf"),
        lambda: letters.sent(copy.id, copy.row_version),
        lambda: letters.dispatched(letter.id, letters.open(letter.id).letter.row_version),
    ):
        with pytest.raises(NotAllowedNow, match="not confirmed yet"):
            leave()
    assert not (tmp_path / "no.pdf").exists()
    confirm(printing, batch, *(job.item.id for job in jobs))
    assert letters.sent(copy.id, letters.copies(letter.id)[0].row_version).delivery is Delivery.SENT


def test_a_copy_noted_as_sent_before_its_paper_was_confirmed_is_not_called_taken_back(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    printing, letter, batch = begun(me)
    first, *_ = print_all(printing, batch)
    copy, *_ = LetterService(me).copies(letter.id)
    with me.store.writing(me.actor) as session:
        letter_copies.save(session, replace(copy, delivery=Delivery.SENT))
    now = printing.look(batch.id)
    confirmed = printing.confirm(batch.id, now.row_version, [first.item.id])
    assert confirmed.taken_back == ()
    assert confirmed.batch.items[0].note == "It was noted as sent before its paper was confirmed."
    assert LetterService(me).copies(letter.id)[0].printed_at == first.item.at


def test_an_old_plan_does_not_print_a_second_time_what_was_printed_since(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    letter, printing = signed_letter(me), PrintService(me)
    plan = printing.plan([letter.id])
    batch = printing.begin(plan.copy_ids, TRAY)
    confirm(printing, batch, *(job.item.id for job in print_all(printing, batch)))
    with pytest.raises(NotAllowedNow, match="printed meanwhile"):
        printing.begin(plan.copy_ids, "Another printer", again=plan.again)


def test_a_letter_replaced_while_the_batch_runs_does_not_leave_and_one_already_out_is_told_of(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    printing, letter, batch = begun(me)
    letters = LetterService(me)
    job = next_of(printing, batch)
    printing.gone(job.item.id, job.item.row_version)
    second = letters.open(letters.amend(letter.id, "the dose was wrong")).letter
    letters.sign(second.id, second.row_version, PASSWORD)
    assert printing.next(batch.id) is None
    assert printing.taken_back(batch.id) == {job.item.id}
    now = printing.look(batch.id)
    confirmed = printing.confirm(batch.id, now.row_version, [job.item.id])
    closed = confirmed.batch
    assert [item.id for item in confirmed.taken_back] == [job.item.id]
    on_paper = [copy.id for copy in letters.copies(letter.id) if copy.printed_at is not None]
    assert on_paper == [job.item.copy_id]
    assert [item.step for item in closed.items] == [Step.PRINTED, Step.LEFT_OUT]
    assert closed.items[0].note == "It was taken back after printing: its paper must not leave."
    assert {copy.delivery for copy in letters.copies(letter.id)} == {Delivery.WITHDRAWN}


def test_nothing_addressed_to_someone_who_has_died_is_printed_and_the_practice_still_gets_its_copy(
    sign_in: SignIn,
) -> None:
    me = sign_in("rahman")
    letter = signed_letter(me)
    letters, people, printing = LetterService(me), PatientService(me), PrintService(me)
    copies = ids(letters, letter)
    people.change(replace(people.who(letter.patient_id), died=PartialDate(2026, 11, 20)))
    batch = printing.begin(copies, TRAY)
    assert [item.step for item in batch.items] == [Step.LEFT_OUT, Step.WAITING]
    assert next_of(printing, batch).item.place == 2


def test_a_second_print_is_the_same_bytes_and_the_audit_calls_it_a_reprint(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    printing, letter, batch = begun(me)
    once = print_all(printing, batch)
    confirm(printing, batch, *(job.item.id for job in once))
    plan = printing.plan([letter.id], again=True)
    second = printing.begin(plan.copy_ids, TRAY, again=plan.again)
    twice = print_all(printing, second)
    assert [job.documents for job in twice] == [job.documents for job in once]
    assert all(item.again for item in second.items)
    with me.store.reading() as session:
        prints = [entry for entry in audit.entries(session, letter.patient_id, limit=200) if entry.action == "print"]
    told = [json.loads(entry.new) for entry in prints]
    assert [each.get("reprint", False) for each in told] == [True, True, False, False]
    assert {each["sha256"] for each in told} == {letter.sha256}
    assert {each["printer"] for each in told} == {TRAY}


def test_the_list_holds_every_copy_that_was_asked_for_with_its_sum_and_names_nobody(
    sign_in: SignIn, tmp_path: Path
) -> None:
    me = sign_in("rahman")
    printing, letter, batch = begun(me)
    jobs = print_all(printing, batch)
    with pytest.raises(NotAllowedNow, match="Confirm it"):
        printing.save_manifest(batch.id, tmp_path / "early.csv")
    confirm(printing, batch, jobs[0].item.id)
    told = printing.save_manifest(batch.id, tmp_path / "list.csv")
    printing.save_manifest(batch.id, tmp_path / "list.pdf")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == told.listed == told.asked == 2
    assert [row["outcome"] for row in rows] == ["printed", "not right"]
    assert {(row["sha256"], row["printer"], row["letter"]) for row in rows} == {(letter.sha256, TRAY, letter.number)}
    assert [row["copy_for"] for row in rows] == ["patient", "GP practice"]
    pdf = (tmp_path / "list.pdf").read_bytes()
    assert check_archive(pdf) == []
    text = " ".join(page_texts(pdf))
    assert "2 asked = 1 printed + 1 not printed = 2 listed" in text
    patient = PatientService(me).who(letter.patient_id)
    whole = text + (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    assert patient.family_name not in whole
    assert patient.nhs_number not in whole.replace(" ", "")
    assert list(tmp_path.glob("early*")) == []


@pytest.mark.parametrize("user", ["rahman", "okoro", "castellan"])
def test_everybody_who_may_print_prints_and_dispatches_and_an_administrator_reads_no_word(
    sign_in: SignIn, user: str
) -> None:
    letter = signed_letter(sign_in("rahman"), ("summary", "You walk well."))
    me = sign_in(user)
    printing, letters = PrintService(me), LetterService(me)
    batch = printing.begin(ids(letters, letter), TRAY)
    jobs = print_all(printing, batch)
    confirm(printing, batch, *(job.item.id for job in jobs))
    cards = {card.letter.id: card for card in letters.board() if card.letter is not None}
    card = cards[letter.id].letter
    assert card is not None
    gone = letters.dispatched(letter.id, card.row_version)
    assert gone.state is LetterState.DISPATCHED
    if user == "castellan":
        assert gone.edits == ()
        with pytest.raises(NotPermitted):
            letters.open(letter.id)
        with pytest.raises(NotPermitted):
            letters.show_signed(letter.id)


def test_who_may_not_print_does_nothing_at_a_printer(sign_in: SignIn, tmp_path: Path) -> None:
    me = sign_in("rahman")
    printing, letter, batch = begun(me)
    person = replace(me.person, permissions=frozenset())
    nobody = PrintService(replace(me, person=person))
    acts: list[Callable[[], object]] = [
        nobody.open_batches,
        nobody.closed_batches,
        lambda: nobody.batch(batch.id),
        lambda: nobody.names(batch.id),
        lambda: nobody.taken_back(batch.id),
        lambda: nobody.plan([letter.id]),
        lambda: nobody.begin([1], TRAY),
        lambda: nobody.next(batch.id),
        lambda: nobody.gone(1, 1),
        lambda: nobody.failed(1, 1, "why"),
        lambda: nobody.resume(batch.id),
        lambda: nobody.look(batch.id),
        lambda: nobody.confirm(batch.id, 1, []),
        lambda: nobody.save_manifest(batch.id, tmp_path / "list.pdf"),
    ]
    for act in acts:
        with pytest.raises(NotPermitted):
            act()
    assert steps(printing, batch) == [Step.WAITING, Step.WAITING]


def test_a_batch_without_letters_or_without_a_printer_is_not_begun(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    letter = signed_letter(me)
    printing = PrintService(me)
    with pytest.raises(InvalidInput):
        printing.begin([], TRAY)
    with pytest.raises(InvalidInput):
        printing.begin(ids(LetterService(me), letter), "  ")
    assert printing.open_batches() == ()


def test_a_letter_that_fell_while_its_paper_waited_stands_on_the_board_with_why(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    letters = LetterService(me)
    letter = signed_letter(me)
    own = copies_of(letters, letter)
    on_paper = letters.came_out(own[Addressee.PATIENT].id, 1)
    assert on_paper.printed_at is not None
    now = letters.open(letter.id).letter
    letters.withdraw(letter.id, now.row_version, "her sister was named in it")
    (card,) = letters.taken_back()
    assert {copy.note for copy in card.copies} == {"her sister was named in it"}
    assert {copy.addressee for copy in card.copies if copy.printed_at is not None} == {Addressee.PATIENT}
    (told,) = LetterService(sign_in("castellan")).taken_back()
    assert {copy.note for copy in told.copies} == {"Withdrawn"}
    assert {copy.note for copy in LetterService(sign_in("castellan")).copies(letter.id)} == {"Withdrawn"}


def test_a_letter_given_up_before_it_was_signed_is_no_paper_to_be_taken_back(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    letters = LetterService(me)
    letter = signed_letter(me)
    draft = letters.open(letters.start(letter.encounter_id, LetterKind.RESULTS)).letter
    letters.withdraw(draft.id, draft.row_version, "not needed")
    assert letters.taken_back() == ()
