"""Acts on a letter as a whole: its copies step by step, taken back, kept from the patient, another kind begun."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from poems_registry.domain.correspondence import Addressee, Delivery, LetterKind, Recipient
from poems_registry.domain.records import LetterRecord, LetterState, Signature
from tests.unit.ui.screens.test_letter import NOW, OneLetter, opened

SIGNED = LetterRecord(id=7, number="L-2026-0007", state=LetterState.SIGNED, signature=Signature("a", "b", "c", NOW))
ANN = Recipient(id=1, letter_id=7, addressee=Addressee.PATIENT, name="Ann Smith")
PRACTICE = Recipient(id=2, letter_id=7, addressee=Addressee.PRACTICE, name="Mill Lane")


def test_each_copy_says_what_became_of_it_and_offers_only_its_next_steps(tmp_path: Path) -> None:
    presenter, spy, _ = opened(OneLetter(letter=SIGNED, copies=(ANN, PRACTICE)))
    assert spy.letter_shown is not None
    assert [act for act, _ in spy.letter_shown.copies[0].acts] == ["print", "save", "sent", "hold"]
    spy.file = tmp_path / "copy.pdf"
    presenter.copy_act(1, "save")
    assert spy.file.read_bytes() == b"%PDF frozen"
    presenter.came_out(True)
    assert [words for _, words in spy.letter_shown.copies[0].acts] == [
        "Print again…",
        "Save PDF…",
        "Given",
        "Sent",
        "Hold…",
    ]
    presenter.copy_act(1, "given")
    presenter.copy_act(2, "sent")
    ann, practice = spy.letter_shown.copies
    assert (ann.words, ann.gone, ann.acts) == ("Given 20-Nov-2026 by Sister J Okoro", True, ())
    assert (practice.words, practice.gone, practice.acts) == ("Sent 20-Nov-2026 by Sister J Okoro", True, ())


def test_no_step_is_offered_for_copies_of_a_letter_that_was_withdrawn() -> None:
    gone = replace(SIGNED, state=LetterState.WITHDRAWN, withdrawn_because="wrong person")
    _, spy, _ = opened(OneLetter(letter=gone, copies=(replace(ANN, delivery=Delivery.WITHDRAWN, note="wrong person"),)))
    assert spy.letter_shown is not None
    assert spy.letter_shown.copies[0].acts == ()
    assert "wrong person" in spy.letter_shown.recipients
    assert not spy.letter_shown.may_amend


def test_a_withdrawal_asks_why_and_the_question_stays_until_that_is_said() -> None:
    presenter, spy, letters = opened(OneLetter(letter=SIGNED))
    presenter.chosen("withdraw")
    presenter.words_given("")
    assert spy.messages[-1] == "say why the letter is withdrawn"
    presenter.words_given("wrong person")
    assert letters.letter.state is LetterState.WITHDRAWN


def test_another_letter_of_the_visit_is_begun_from_the_desk_and_a_missed_day_is_read_as_people_type_it() -> None:
    presenter, spy, letters = opened(OneLetter(letter=SIGNED))
    presenter.chosen("professional")
    presenter.chosen("did_not_attend")
    presenter.words_given("last tuesday")
    assert "not read as a date" in spy.messages[-1]
    presenter.words_given("19/11/2026")
    assert letters.begun == [
        (3, LetterKind.PROFESSIONAL, None),
        (3, LetterKind.DID_NOT_ATTEND, date(2026, 11, 19)),
    ]
    assert spy.went[-1] == "letter 9"


def test_a_draft_is_handed_over_or_kept_from_the_patient_and_plain_words_come_from_a_signed_letter(
    tmp_path: Path,
) -> None:
    presenter, spy, letters = opened()
    assert spy.letter_shown is not None
    assert [act for act, _ in spy.letter_shown.acts] == ["ready", "not_for_patient", "withdraw"]
    presenter.chosen("ready")
    assert letters.letter.state is LetterState.READY
    presenter.chosen("not_for_patient")
    presenter.words_given("tells of her sister")
    assert "Not for the patient: tells of her sister" in spy.letter_shown.recipients
    presenter, spy, letters = opened(OneLetter(letter=SIGNED))
    spy.file = tmp_path / "easy.pdf"
    presenter.chosen("plain")
    assert spy.file.read_bytes() == b"%PDF easy"
    presenter.chosen("readable")
    assert spy.file.read_text(encoding="utf-8") == "<html>"
    assert spy.asked == ["letter-L-2026-0007-v1-plain.pdf", "letter-L-2026-0007-v1.html"]


def test_whoever_prints_a_third_partys_copy_is_told_of_its_address_sheet(tmp_path: Path) -> None:
    presenter, spy, _ = opened(OneLetter(letter=SIGNED, copies=(ANN, PRACTICE)))
    spy.file = tmp_path / "copy.pdf"
    presenter.copy_act(1, "save")
    assert spy.on_paper is not None
    assert "address sheet" not in spy.on_paper.words
    presenter.copy_act(2, "save")
    assert "Print the address sheet sheet.pdf too" in spy.on_paper.words


def test_a_file_that_was_saved_is_no_print_until_somebody_has_seen_the_paper(tmp_path: Path) -> None:
    presenter, spy, letters = opened(OneLetter(letter=SIGNED, copies=(ANN, PRACTICE)))
    spy.file = tmp_path / "copy.pdf"
    presenter.copy_act(1, "save")
    assert spy.on_paper is not None
    assert spy.on_paper.title == "Did the copy for Ann Smith come out right?"
    assert letters.copies[0].delivery is Delivery.WAITING
    presenter.came_out(False)
    assert letters.copies[0].delivery is Delivery.WAITING
    assert spy.messages[-1] == "The copy still waits to be printed."
    presenter.came_out(True)  # nobody is asked any more
    assert letters.copies[0].delivery is Delivery.WAITING
    presenter.copy_act(1, "save")
    presenter.came_out(True)
    assert [copy.delivery for copy in letters.copies] == [Delivery.PRINTED, Delivery.WAITING]


def test_printing_leads_to_the_board_with_what_waits_and_else_with_what_was_printed() -> None:
    printed = replace(PRACTICE, delivery=Delivery.PRINTED)
    for copies, words, went in (
        ((ANN, printed), "Print 1 copy…", "print [1]"),
        ((ANN, PRACTICE), "Print 2 copies…", "print [1, 2]"),
        ((replace(ANN, delivery=Delivery.SENT), printed), "Print again…", "print [2]"),
        ((replace(ANN, held_because="phone first", held_by="J"), printed), "Print again…", "print [2]"),
    ):
        presenter, spy, _ = opened(OneLetter(letter=SIGNED, copies=copies))
        assert spy.letter_shown is not None
        assert spy.letter_shown.prints == words
        presenter.print_letter()
        assert spy.went[-1] == went
    presenter, spy, _ = opened(OneLetter(letter=SIGNED, copies=(replace(ANN, delivery=Delivery.SENT),)))
    assert spy.letter_shown is not None
    assert spy.letter_shown.prints == ""
    presenter.print_letter()
    assert spy.messages[-1] == "No copy of this letter waits to be printed."
    presenter.copy_act(1, "print")
    assert spy.went[-1] == "print [1]"


def test_a_copy_is_held_with_a_reason_says_so_and_offers_nothing_but_its_release() -> None:
    presenter, spy, _ = opened(OneLetter(letter=SIGNED, copies=(ANN, PRACTICE)))
    assert spy.letter_shown is not None
    presenter.copy_act(1, "hold")
    presenter.words_given("")
    assert spy.messages[-1] == "say why it is held"
    presenter.words_given("phone first")
    ann, practice = spy.letter_shown.copies
    assert ann.words == "Waits to be printed. Held by Dr A Rahman: phone first"
    assert [act for act, _ in ann.acts] == ["release"]
    assert [act for act, _ in practice.acts] == ["print", "save", "sent", "hold"]
    presenter.copy_act(1, "release")
    assert [act for act, _ in spy.letter_shown.copies[0].acts] == ["print", "save", "sent", "hold"]
