"""A batch from the board: which printer, how far, what came out, and the sums that must agree."""

from dataclasses import replace
from pathlib import Path

import pytest

from poems_registry.domain.correspondence import Delivery
from poems_registry.domain.dates import show_time
from poems_registry.domain.printing import Step
from poems_registry.domain.records import LetterState
from poems_registry.system import paths
from poems_registry.ui.printing.shown import PrinterShown
from poems_registry.ui.screens.letters.shown import Place
from poems_registry.ui.theme.tokens import Tone
from tests.unit.ui.screens.letters_desk import AT, Board, Tray, card, done, opened

SIGNED = LetterState.SIGNED


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which printer was used last is noted in the test's own folder."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))


def two() -> Board:
    return Board((card(3, SIGNED, 1), card(2, SIGNED, 2)))


def test_the_printer_is_named_with_its_place_and_the_one_of_last_time_is_chosen() -> None:
    desk = opened(two())
    desk.presenter.tick_all("print")
    desk.presenter.pressed("print")
    asked = desk.spy.asked
    assert asked is not None
    assert asked.title == "Print 4 copies of 2 letters"
    assert asked.words.startswith("12 pages on A4")
    assert [(each.name, each.words) for each in asked.printers] == [("Ward 7", "Ward 7"), ("Tray", "Tray, room 4.11")]
    assert asked.chosen == "Ward 7"
    desk.presenter.print_on("Tray", both_sides=False)
    again = opened(two())
    again.presenter.tick_all("print")
    again.presenter.print_ticked()
    assert again.spy.asked is not None
    assert again.spy.asked.chosen == "Tray"


def test_a_printer_without_a4_is_shown_with_why_it_cannot_be_chosen() -> None:
    desk = opened(two(), Tray((PrinterShown("Labels", takes_a4=False), PrinterShown("Tray"))))
    desk.presenter.tick_all("print")
    desk.presenter.pressed("print")
    assert desk.spy.asked is not None
    assert [each.problem for each in desk.spy.asked.printers] == ["has no A4 paper", ""]
    assert desk.spy.asked.chosen == "Tray"


def test_a_pc_without_printers_says_so_and_nothing_is_begun() -> None:
    desk = opened(two(), Tray(()))
    desk.presenter.tick_all("print")
    desk.presenter.pressed("print")
    assert desk.spy.asked is not None
    assert desk.spy.asked.words.startswith("No printer is set up on this PC.")
    assert desk.batches.items == {}


def test_a_batch_is_printed_then_confirmed_then_its_sums_are_shown() -> None:
    desk = opened(two())
    desk.print()
    assert desk.tray.out == ["L-1-v1", "L-1-v1", "L-2-v1", "L-2-v1"]
    asked = desk.spy.to_confirm
    assert asked is not None
    assert asked.sheets[1].words == "SMITH, Ann: for Mill Lane Surgery, 3 pages, L-1-v1"
    assert all(sheet.right for sheet in asked.sheets)
    desk.presenter.batch.confirmed([sheet.item_id for sheet in asked.sheets])
    assert desk.spy.to_confirm is None
    assert (desk.spy.job.title, desk.spy.job.words) == ("All sums agree", "4 asked = 4 printed = 4 listed")
    desk.presenter.pressed("dismiss")
    assert desk.spy.board is not None
    assert desk.spy.board.job is None


def test_what_did_not_come_out_right_is_said_in_the_sums() -> None:
    desk = opened(two())
    desk.print()
    desk.presenter.batch.confirmed([11, 12, 21])
    assert desk.spy.job.title == "Confirmed: some were not printed"
    assert desk.spy.job.words == "4 asked = 3 printed + 1 not printed = 4 listed"


def test_paper_of_what_was_taken_back_meanwhile_is_marked_before_and_said_in_red_after() -> None:
    desk = opened(two())
    desk.batches.fell = frozenset({12})
    desk.print()
    asked = desk.spy.to_confirm
    assert asked is not None
    assert [sheet.item_id for sheet in asked.sheets if sheet.fell and sheet.note.startswith("Do not post it")] == [12]
    desk.presenter.batch.confirmed([11, 12, 21, 22])
    assert (desk.spy.job.title, desk.spy.job.tone) == ("Do not post 1 copy", Tone.RED)
    assert "SMITH, Ann: for Mill Lane Surgery, 3 pages, L-1-v1" in desk.spy.job.words


def test_a_jam_is_told_once_and_the_dock_offers_to_go_on_with_what_is_left() -> None:
    desk = opened(two(), Tray(jams_at=1))
    desk.print()
    assert desk.spy.said[-1] == "The printer stopped."
    assert desk.spy.to_confirm is None
    assert [button.act for button in desk.spy.job.buttons] == ["confirm", "go_on"]
    assert desk.spy.job.buttons[1].words == "Go on: print 3"
    cards = {each.key[1]: each for each in desk.spy.cards(Place.PRINT)}
    assert cards[1].printing == "The printer did not take it"
    assert cards[2].printing == "Waits for the printer"
    assert not cards[1].may_tick
    desk.tray.jams_at = -1
    desk.presenter.pressed("go_on")
    assert desk.tray.out == ["L-1-v1", "L-1-v1", "L-2-v1", "L-2-v1"]
    assert desk.spy.to_confirm is not None


def test_a_batch_left_by_a_crash_is_found_and_what_was_in_hand_is_not_ticked_beforehand() -> None:
    board = two()
    desk = opened(board)
    desk.batches.begin([11, 12], "Tray")
    desk.batches.next(1)
    desk.presenter.leave()
    desk.presenter.shown()
    assert desk.spy.job.title == "0 of 2 copies went to Tray"
    assert desk.spy.job.words == "1 did not, 1 was in hand when it stopped, begun by Sister J Okoro"
    desk.presenter.pressed("go_on")
    assert desk.tray.out == ["L-1-v1"]
    asked = desk.spy.to_confirm
    assert asked is not None
    assert [(sheet.item_id, sheet.right) for sheet in asked.sheets] == [(11, False), (12, True)]
    assert "only if it came out whole" in asked.sheets[0].note


def test_what_another_pc_may_still_print_is_gone_on_with_only_when_a_person_says_it_has_stopped() -> None:
    desk = opened(two())
    desk.batches.begin([11, 12], "Tray")
    desk.batches.next(1)
    desk.batches.prints_elsewhere = "Sister J Okoro has had L-1-v1 in hand at the PC WARD-3. Wait for it."
    desk.presenter.leave()
    desk.presenter.shown()
    for act in ("go_on", "confirm"):
        desk.presenter.pressed(act)
        assert desk.spy.stopped is not None
        assert "at the PC WARD-3" in desk.spy.stopped.words
        assert desk.spy.to_confirm is None
        assert desk.tray.out == []
        desk.spy.close_dialog()
    desk.presenter.pressed("go_on")
    desk.presenter.batch.stopped_there()
    assert not desk.spy.stopped
    assert desk.tray.out == ["L-1-v1"]
    assert desk.batches.items[11].step is Step.UNCLEAR


def test_a_copy_in_hand_says_who_has_it_at_which_pc_and_since_when() -> None:
    desk = opened(two())
    desk.batches.begin([11, 12], "Tray")
    desk.batches.next(1)
    item = desk.batches.items[11]
    desk.batches.items[11] = replace(item, by="Sister J Okoro", pc="WARD-3", at=AT)
    desk.presenter.leave()
    desk.presenter.shown()
    since = show_time(AT.astimezone())
    assert f"L-1-v1 in hand since {since}: Sister J Okoro, PC WARD-3" in desk.spy.job.words


def test_a_batch_stopped_by_a_person_can_be_confirmed_as_it_is() -> None:
    desk = opened(two())
    desk.batches.begin([11, 12], "Tray")
    job = desk.batches.next(1)
    assert job is not None
    desk.batches.gone(job.item.id, 1)
    desk.presenter.leave()
    desk.presenter.shown()
    desk.presenter.pressed("confirm")
    asked = desk.spy.to_confirm
    assert asked is not None
    assert asked.left_out == "1 copy did not go to the printer: it stays to print."
    desk.presenter.batch.confirmed([11])
    assert desk.batches.items[12].step is Step.LEFT_OUT


def test_nobody_is_asked_about_a_batch_over_another_screen() -> None:
    desk = opened(two())
    desk.presenter.tick_all("print")
    desk.presenter.pressed("print")
    desk.presenter.leave()
    desk.presenter.print_on("Tray", both_sides=False)
    assert len(desk.tray.out) == 4
    assert desk.spy.to_confirm is None
    desk.presenter.shown()
    assert desk.spy.job.buttons[0].act == "confirm"


def test_a_batch_that_is_refused_keeps_the_question_with_why() -> None:
    desk = opened(two())
    desk.batches.refuses = "None of these copies can be printed. Nothing was printed."
    desk.print()
    assert desk.spy.refused == ["None of these copies can be printed. Nothing was printed."]
    assert desk.spy.asked is not None
    assert desk.tray.out == []


def test_printed_letters_can_be_printed_again() -> None:
    desk = opened(Board((done(card(3, SIGNED, 1), Delivery.PRINTED),)))
    desk.presenter.tick_all("printed")
    assert desk.spy.board is not None
    assert desk.spy.board.chosen is not None
    assert [button.act for button in desk.spy.board.chosen.buttons] == ["untick", "hold", "again", "sent"]
    desk.presenter.print_ticked()
    assert not desk.spy.is_asked()
    desk.presenter.pressed("again")
    assert desk.spy.is_asked()
    desk.presenter.print_on("Tray", both_sides=False)
    assert desk.batches.again
    assert desk.tray.out == ["L-1-v1", "L-1-v1"]


def test_letters_that_somebody_else_printed_meanwhile_are_told_of_instead_of_an_empty_batch() -> None:
    board = two()
    desk = opened(board)
    desk.presenter.tick_all("print")
    board.cards = tuple(done(each, Delivery.PRINTED) for each in board.cards)
    desk.presenter.pressed("print")
    assert desk.spy.asked is None
    assert desk.spy.said[-1] == "No copy of these letters waits to be printed any more."


def test_the_list_of_a_batch_is_saved_where_a_person_wants_it(tmp_path: Path) -> None:
    desk = opened(two())
    desk.print()
    desk.presenter.batch.confirmed([11, 12, 21, 22])
    desk.presenter.pressed("save_list")
    assert not desk.batches.saved
    desk.spy.file = tmp_path / "list.csv"
    desk.presenter.pressed("save_list")
    assert desk.batches.saved == [tmp_path / "list.csv"]
    assert desk.spy.tones[-1] == "green"
