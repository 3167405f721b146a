"""The board of letters in the real window: a batch printed to a PDF printer, stopped, resumed, confirmed, listed."""

from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from poems_registry.domain.correspondence import Delivery, LetterKind
from poems_registry.domain.printing import Step
from poems_registry.domain.records import LetterRecord
from poems_registry.pages.raster import page_count, page_sizes
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import enter, rest, until
from poems_registry.services.letter_printing import PrintService
from poems_registry.services.letters import LetterService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.ui.printing.paper import QtPrinters
from poems_registry.ui.printing.shown import NotPrinted, PrinterShown, PrintOut
from poems_registry.ui.screens.letters.dialogs import ConfirmQuestion, CopiesDialog, PrintQuestion
from poems_registry.ui.screens.letters.shown import Place
from poems_registry.ui.screens.letters.view import LettersScreen
from poems_registry.ui.screens.unlock.view import UnlockScreen
from poems_registry.ui.widgets.buttons import Button
from poems_registry.ui.widgets.dialog import Dialog
from tests.gui.app.open_window import Open
from tests.gui.clipping import clipped

SIZES = ((1024, 500), (1093, 614), (1366, 768), (1920, 1080))
DOTS = 100


@dataclass
class PdfPrinter:
    """Qt's own printing, to files that a test can look into; it jams, or waits before a letter, when it is told to."""

    folder: Path
    jams_at: int = -1
    titles: list[str] = field(default_factory=list)
    free: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.free.set()

    def offered(self) -> tuple[PrinterShown, ...]:
        return (PrinterShown("Neuro Outpatients 2", "room 4.11", usual=True, both_sides=True),)

    def put(self, out: PrintOut) -> None:
        self.free.wait(60)
        if len(self.titles) == self.jams_at:
            raise NotPrinted("The printer stopped. Look at its paper.")
        QtPrinters(self._printer).put(out)
        self.titles.append(out.title)

    def _printer(self, out: PrintOut) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setResolution(DOTS)
        printer.setOutputFileName(str(self.folder / f"{len(self.titles):02d}-{out.title}.pdf"))
        return printer

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*.pdf"))


@dataclass
class Board:
    """The board in the window, with a printer."""

    window: Open
    printer: PdfPrinter

    @property
    def screen(self) -> LettersScreen:
        (screen,) = self.window.program.shell.findChildren(LettersScreen)
        return screen

    def come(self) -> None:
        self.window.program.works.use(self.printer)
        self.window.rooms.letters()
        rest(self.window.program, 2)

    def column(self, place: Place) -> list[str]:
        cards = self.screen.columns[place].list.cards
        return [card.said for row in range(cards.rowCount()) if (card := cards.card(row)) is not None]

    def press(self, words: str, within: QWidget | None = None) -> None:
        def found() -> list[Button]:
            every = (within or self.screen).findChildren(Button)
            return [each for each in every if each.isVisible() and each.text().startswith(words)]

        until(lambda: len(found()) == 1, 20)
        (only,) = found()
        only.click()

    def key(self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(widget, key, modifier)

    def dialog(self, kind: type[Dialog]) -> Dialog:
        shell = self.window.program.shell
        until(lambda: any(each.isVisible() for each in shell.findChildren(kind)))
        (shown,) = [each for each in shell.findChildren(kind) if each.isVisible()]
        return shown

    def start_printing(self) -> None:
        """By the keyboard: all of the column, then the printer of this PC."""
        cards = self.screen.columns[Place.PRINT].list
        cards.setFocus()
        self.key(cards, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.press("Print ")
        self.press("Print ", self.dialog(PrintQuestion))


@pytest.fixture
def board(window: Open, tmp_path: Path) -> Board:
    folder = tmp_path / "paper"
    folder.mkdir()
    return Board(window, PdfPrinter(folder))


def signed(window: Open) -> list[LetterRecord]:
    """The letters of this registry that wait to be printed; the demo leaves some."""
    letters = LetterService(window.me)

    def look() -> list[LetterRecord]:
        cards = [card for card in letters.board() if card.letter is not None and card.letter.signature is not None]
        return [card.letter for card in cards if card.letter is not None]

    found = ask(window.program, look)
    assert found
    return found


def test_a_batch_is_printed_confirmed_and_its_letters_move_to_the_next_column(board: Board) -> None:
    letters = signed(board.window)
    board.come()
    assert len(board.column(Place.PRINT)) == len(letters)
    board.start_printing()
    question = board.dialog(ConfirmQuestion)
    board.press(f"{2 * len(letters)} came out right", question)
    until(lambda: not board.column(Place.PRINT))
    assert len(board.column(Place.PRINTED)) == len(letters)
    assert sorted(set(board.printer.titles)) == sorted(f"{letter.number}-v1" for letter in letters)
    for path in board.printer.files:
        assert page_sizes(path.read_bytes())[0] == pytest.approx((595.3, 841.9), abs=0.6)
    pages = sum(page_count(path.read_bytes()) for path in board.printer.files)
    assert pages == sum(2 * letter.pages + 1 for letter in letters)  # the practice's copy has an address sheet


def test_stopping_finishes_the_letter_in_hand_and_going_on_prints_just_the_rest(board: Board) -> None:
    letters = signed(board.window)
    board.come()
    board.printer.free.clear()
    board.start_printing()
    board.press("Stop after this copy")
    board.printer.free.set()
    until(lambda: any(each.text().startswith("Go on") for each in board.screen.findChildren(Button)))
    service = PrintService(board.window.me)
    (batch,) = ask(board.window.program, service.open_batches)
    gone = batch.count(Step.GONE)
    assert gone == len(board.printer.titles) < 2 * len(letters)
    assert batch.count(Step.IN_HAND) == 0
    board.press("Go on")
    board.dialog(ConfirmQuestion)
    assert len(board.printer.titles) == 2 * len(letters)
    assert len(set(board.printer.files)) == 2 * len(letters)


def test_a_jam_is_told_in_words_and_after_it_nothing_is_printed_twice(board: Board) -> None:
    letters = signed(board.window)
    board.come()
    board.printer.jams_at = 1
    board.start_printing()
    until(lambda: any(each.text().startswith("Go on") for each in board.screen.findChildren(Button)))
    assert len(board.printer.files) == 1
    board.printer.jams_at = -1
    board.press("Go on")
    board.dialog(ConfirmQuestion)
    assert len(board.printer.titles) == 2 * len(letters)


def test_locking_while_letters_are_printed_finishes_the_one_in_hand_and_keeps_the_rest(board: Board) -> None:
    letters = signed(board.window)
    board.come()
    board.printer.free.clear()
    board.start_printing()
    program, place = board.window.program, board.window.place
    until(board.screen.dock.job.isVisible)
    program.lock()
    board.printer.free.set()
    until(lambda: bool(program.shell.findChildren(UnlockScreen)))  # the registry is closed
    rest(program, 2)
    printed = len(board.printer.titles)
    enter(program, place, "okoro", PASSWORD)
    rest(program, 2)
    (batch,) = ask(program, PrintService(board.window.me).open_batches)
    assert batch.count(Step.GONE) == printed < 2 * len(letters)
    assert batch.count(Step.IN_HAND, Step.UNCLEAR) == 0
    board.come()
    board.press("Go on")
    board.dialog(ConfirmQuestion)
    assert len(board.printer.titles) == 2 * len(letters)


def test_an_administrator_prints_and_dispatches_from_the_copies_without_opening_a_letter(board: Board) -> None:
    program = board.window.program
    letters = signed(board.window)
    program.lock()
    rest(program, 2)
    enter(program, board.window.place, "castellan", PASSWORD)
    rest(program, 2)
    board.come()
    cards = board.screen.columns[Place.PRINT].list
    cards.setFocus()
    board.key(cards, Qt.Key.Key_Return)
    dialog = board.dialog(CopiesDialog)
    board.press("Print…", _row_of(dialog, 0))
    board.press("Print 1 copy", board.dialog(PrintQuestion))
    board.press("1 came out right", board.dialog(ConfirmQuestion))
    rest(program, 2)
    first = cards.cards.card(0)
    assert first is not None
    service = LetterService(board.window.me)
    copies = ask(program, lambda: service.copies(first.key[1]))
    assert [copy.delivery for copy in copies] == [Delivery.PRINTED, Delivery.WAITING]
    board.key(cards, Qt.Key.Key_Return)
    board.press("Note all as sent", board.dialog(CopiesDialog))
    rest(program, 2)
    assert len(board.column(Place.SENT)) == 1
    assert len(board.column(Place.PRINT)) == len(letters) - 1


def _row_of(dialog: Dialog, place: int) -> QWidget:
    links = [each for each in dialog.findChildren(Button) if each.text() == "Print…"]
    row = links[place].parentWidget()
    assert row is not None
    return row


def test_the_whole_board_is_gone_through_by_keys(board: Board) -> None:
    visit = signed(board.window)[0].encounter_id
    ask(board.window.program, lambda: LetterService(board.window.me).start(visit, LetterKind.RESULTS))
    board.come()
    assert board.column(Place.REVIEW)
    screen = board.screen
    prints = screen.columns[Place.PRINT].list
    board.window.program.shell.activateWindow()
    prints.setFocus()
    board.key(prints, Qt.Key.Key_Space)
    first = prints.cards.card(0)
    assert first is not None
    assert first.ticked
    assert prints.cards.data(prints.cards.index(0), Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    board.key(prints, Qt.Key.Key_Left)
    assert screen.focusWidget() is screen.columns[Place.REVIEW].list
    board.key(screen.columns[Place.REVIEW].list, Qt.Key.Key_Right)
    assert screen.focusWidget() is prints
    menu = prints.menu_of(first)
    assert [action.text() for action in menu.actions()] == ["Open", "Copies…", "Untick"]


def test_nothing_is_cut_at_any_size_and_a_small_window_has_tabs(board: Board) -> None:
    board.come()
    shell, screen = board.window.program.shell, board.screen
    screen.columns[Place.PRINT].list.all_ticked.emit()
    for size in SIZES:
        shell.resize(*size)
        rest(board.window.program)
        faults = clipped(screen)
        assert not faults, f"{size}\n" + "\n".join(faults)
        shown = [place for place, column in screen.columns.items() if column.isVisible()]
        assert len(shown) == (1 if screen.as_tabs else 4)
    shell.resize(1024, 500)
    rest(board.window.program)
    assert screen.as_tabs


def test_the_questions_fit_the_smallest_window(board: Board) -> None:
    board.come()
    board.window.program.shell.resize(1024, 500)
    board.start_printing()
    question = board.dialog(ConfirmQuestion)
    faults = clipped(question)
    assert not faults, "\n".join(faults)
