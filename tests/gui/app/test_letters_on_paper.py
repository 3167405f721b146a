"""Paper in the real window: a stopped batch and its rest, the list of it opened and read, a reprint, seven days."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel

from poems_registry.pages.reading import read_back
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import rest, until
from poems_registry.services.letters import CLOCK_DAYS, LetterService
from poems_registry.services.patients import PatientService
from poems_registry.storage import audit
from poems_registry.ui.printing.shown import PrintOut
from poems_registry.ui.screens.letters.dialogs import ConfirmQuestion, PrintQuestion
from poems_registry.ui.screens.letters.shown import Place
from poems_registry.ui.screens.letters.view import LettersScreen
from poems_registry.ui.widgets.buttons import Button
from tests.gui.app.open_window import Open
from tests.gui.app.test_letters_board import Board, PdfPrinter, signed


class Keeping(PdfPrinter):
    """A printer that keeps what it was handed, byte for byte."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.handed: list[PrintOut] = []
        self.begun = 0

    def put(self, out: PrintOut) -> None:
        self.begun += 1
        super().put(out)
        self.handed.append(out)


@pytest.fixture
def board(window: Open, tmp_path: Path) -> Board:
    folder = tmp_path / "paper"
    folder.mkdir()
    return Board(window, Keeping(folder))


def printer(board: Board) -> Keeping:
    assert isinstance(board.printer, Keeping)
    return board.printer


def handed(board: Board) -> list[PrintOut]:
    return printer(board).handed


def dock(board: Board) -> str:
    """What the batch's half of the dock says."""
    return "\n".join(label.text() for label in board.screen.dock.job.findChildren(QLabel))


def test_a_stopped_batch_with_one_torn_copy_comes_out_as_its_list_says(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = signed(board.window)
    asked = 2 * len(letters)
    board.come()
    board.printer.free.clear()
    board.start_printing()
    until(lambda: printer(board).begun == 1)  # the first copy is at the printer, and waits there
    assert f"Printing copy 1 of {asked}" in dock(board)
    board.press("Stop after this copy")
    assert "Stopping after this copy" in dock(board)
    board.printer.free.set()
    until(lambda: any(each.text().startswith("Go on") for each in board.screen.findChildren(Button)))
    assert len(handed(board)) == 1
    assert f"1 of {asked} copies went to Neuro Outpatients 2" in dock(board)
    board.press(f"Go on: print {asked - 1}")
    question = board.dialog(ConfirmQuestion)
    ticks = [each for each in question.findChildren(QCheckBox) if each.isVisible()]
    assert len(ticks) == asked
    ticks[-1].click()  # torn
    board.press(f"{asked - 1} came out right", question)
    until(lambda: "listed" in dock(board))
    sums = f"{asked} asked = {asked - 1} printed + 1 not printed = {asked} listed"
    assert sums in dock(board)
    saved = {name: tmp_path / name for name in ("batch.pdf", "batch.csv")}
    for path in saved.values():
        monkeypatch.setattr(LettersScreen, "ask_file", lambda _self, _name, path=path: path)
        board.press("Save the list…")
        until(path.exists)
        rest(board.window.program, 2)
    _holds_together(board, saved, sums, asked)


def _holds_together(board: Board, saved: dict[str, Path], sums: str, asked: int) -> None:
    """The list as a file, the sums on screen and what the printer was handed say the same, and name nobody."""
    with saved["batch.csv"].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == asked == len(handed(board))
    assert [f"{row['letter']}-v{row['version']}" for row in rows] == [out.title for out in handed(board)]
    assert [row["outcome"] for row in rows] == ["printed"] * (asked - 1) + ["not right"]
    assert [int(row["address_sheet"]) for row in rows] == [len(out.documents) - 1 for out in handed(board)]
    told = read_back(saved["batch.pdf"].read_bytes()).tagged.replace("\u00a0", " ")
    assert sums in told
    everything = told + saved["batch.csv"].read_text(encoding="utf-8-sig")
    for row in rows:
        assert f"{row['letter']}-v{row['version']}" in told
        assert row["sha256"][:12] in told
    for family_name, number in named(board):
        assert family_name.casefold() not in everything.casefold()
        assert number not in everything.replace(" ", "")


def named(board: Board) -> list[tuple[str, str]]:
    """Family name and NHS number of everybody who stands in the registry."""
    people = PatientService(board.window.me)

    def look() -> list[tuple[str, str]]:
        return [(row.name.split(",")[0], row.nhs_number) for row in people.find(limit=100).rows]

    found = ask(board.window.program, look)
    assert all(name and number for name, number in found)
    return found


def test_a_reprint_is_the_very_bytes_though_the_patient_has_moved_and_the_audit_calls_it_one(board: Board) -> None:
    letters = signed(board.window)
    board.come()
    board.start_printing()
    board.press(f"{2 * len(letters)} came out right", board.dialog(ConfirmQuestion))
    until(lambda: len(board.column(Place.PRINTED)) == len(letters))
    first, me = list(handed(board)), board.window.me
    people = PatientService(me)

    def move() -> None:
        for letter in letters:
            people.change(replace(people.who(letter.patient_id), address=("1 Somewhere Else",)))

    ask(board.window.program, move)
    rest(board.window.program, 2)
    cards = board.screen.columns[Place.PRINTED].list
    cards.setFocus()
    board.key(cards, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    board.press("Print again…")
    board.press("Print ", board.dialog(PrintQuestion))
    question = board.dialog(ConfirmQuestion)
    assert sum("Printed again" in label.text() for label in question.findChildren(QLabel)) == len(first)
    board.press(f"{len(first)} came out right", question)
    rest(board.window.program, 2)
    second = handed(board)[len(first) :]
    assert [out.title for out in second] == [out.title for out in first]
    assert [out.documents[-1] for out in second] == [out.documents[-1] for out in first]
    for letter in letters:
        told = prints_of(board, letter.patient_id, letter.id)
        assert [each.get("reprint", False) for each in told] == [True, True, False, False]
        assert {each["sha256"] for each in told} == {letter.sha256}


def prints_of(board: Board, patient_id: int, letter_id: int) -> list[dict[str, object]]:
    """What the audit says of each print of a letter, newest first."""

    def look() -> list[dict[str, object]]:
        with board.window.me.store.reading() as session:
            entries = audit.entries(session, patient_id, limit=200)
            return [json.loads(e.new) for e in entries if e.action == "print" and e.object_id == str(letter_id)]

    return ask(board.window.program, look)


def test_the_clock_of_seven_days_counts_from_the_visit_and_says_what_is_late_in_words(board: Board) -> None:
    today = board.window.me.today
    cards = {card.encounter_id: card for card in ask(board.window.program, LetterService(board.window.me).board)}
    board.come()
    shown = 0
    for place in Place:
        column = board.screen.columns[place].list.cards
        for row in range(column.rowCount()):
            card = column.card(row)
            assert card is not None
            visited = cards[card.key[0]].visit_on
            day = (today - visited).days
            if place is Place.SENT or card.warning:
                continue
            shown += 1
            late = day > CLOCK_DAYS
            assert card.late is late
            told = f"Day {day}: {day - CLOCK_DAYS} day" if late else f"Day {day} of {CLOCK_DAYS}"
            assert card.day_words.startswith(told)
            assert card.day_words in card.said
    assert shown
