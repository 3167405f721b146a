"""A letter's whole way in the real window by the keyboard alone: written, ready, signed, printed, given, replaced."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPlainTextEdit, QWidget

from poems_registry.domain.correspondence import Delivery, Recipient
from poems_registry.domain.records import AllergyState, LetterRecord, LetterState
from poems_registry.pages.reading import read_back
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import rest, until
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.ui.screens.letter.dialogs import CameOutQuestion, PasswordQuestion, WordsQuestion
from poems_registry.ui.screens.letter.view import LetterScreen
from poems_registry.ui.screens.letters.column import CardList
from poems_registry.ui.screens.letters.dialogs import ConfirmQuestion, CopiesDialog, HoldQuestion, PrintQuestion
from poems_registry.ui.screens.letters.shown import Place
from poems_registry.ui.screens.letters.view import LettersScreen
from poems_registry.ui.widgets.dialog import Dialog
from tests.gui.app.open_window import Open
from tests.gui.app.test_letters_board import PdfPrinter

MOST_TABS = 150


class Hands:
    """Two hands on a keyboard, and eyes on what has the focus."""

    def __init__(self, window: Open, printer: PdfPrinter) -> None:
        self.window, self.program, self.printer = window, window.program, printer
        self.letters = LetterService(window.me)
        window.program.works.use(printer)
        window.program.shell.activateWindow()

    def rest(self) -> None:
        rest(self.program, 4)

    def here(self) -> QWidget:
        focused = self.program.shell.focusWidget()
        assert focused is not None
        return focused

    def said(self, widget: QWidget) -> str:
        text = widget.property("text")
        return " ".join(part for part in (widget.accessibleName(), text if isinstance(text, str) else "") if part)

    def tab_to(self, words: str, within: QWidget | None = None) -> QWidget:
        """Press Tab until what has the keyboard says these words."""
        top = within or self.program.shell
        for _ in range(MOST_TABS):
            focused: QWidget | None = top.focusWidget()
            focused = top if focused is None else focused
            if focused.isVisible() and words in self.said(focused):
                return focused
            QTest.keyClick(focused, Qt.Key.Key_Tab)
            QApplication.processEvents()
        raise AssertionError(f"Tab never comes to {words!r}")

    def press(self, words: str, within: QWidget | None = None) -> None:
        QTest.keyClick(self.tab_to(words, within), Qt.Key.Key_Space)
        self.rest()

    def dialog(self, kind: type[Dialog]) -> Dialog:
        until(lambda: any(each.isVisible() for each in self.program.shell.findChildren(kind)))
        (shown,) = [each for each in self.program.shell.findChildren(kind) if each.isVisible()]
        return shown

    def answer(self, kind: type[Dialog], words: str, button: str) -> None:
        """Type into the field that has the keyboard, then to the button."""
        dialog = self.dialog(kind)
        field = dialog.focusWidget()
        assert field is not None
        QTest.keyClicks(field, words)
        self.press(button, dialog)

    def more(self, words: str) -> None:
        """One of the rarer acts; the menu itself cannot be shown where there is no screen to grab the keyboard of."""
        self.tab_to("More…", self.desk)
        (action,) = [each for each in self.desk.findChildren(QMenu)[0].actions() if each.text() == words]
        action.trigger()
        self.rest()

    def go_to_card(self, place: Place, letter_id: int) -> CardList:
        """To the card of a letter, from the first one down."""
        cards = self.board.columns[place].list
        cards.setFocus()
        QTest.keyClick(cards, Qt.Key.Key_Home)
        while (card := cards.current()) is not None and card.key[1] != letter_id:
            row = cards.currentIndex().row()
            QTest.keyClick(cards, Qt.Key.Key_Down)
            assert cards.currentIndex().row() > row
        return cards

    def clear_gate(self, letter_id: int) -> None:
        """Mend what blocks, as somebody at the details does."""

        def mend() -> None:
            people, patient_id = PatientService(self.window.me), self.letters.open(letter_id).file.patient.id
            patient = people.who(patient_id)
            checked = replace(patient, address_checked_on=self.window.me.today)
            people.change(replace(checked, allergy_state=AllergyState.NONE_KNOWN, allergies=()))

        ask(self.program, mend)

    @property
    def desk(self) -> LetterScreen:
        (desk,) = [each for each in self.program.shell.findChildren(LetterScreen) if each.isVisible()]
        return desk

    @property
    def board(self) -> LettersScreen:
        (board,) = self.program.shell.findChildren(LettersScreen)
        return board

    def words(self) -> str:
        return "\n".join(label.text() for label in self.desk.findChildren(QLabel) if label.isVisible())

    def letter(self, letter_id: int) -> LetterRecord:
        return ask(self.program, lambda: self.letters.open(letter_id)).letter

    def copies(self, letter_id: int) -> tuple[Recipient, ...]:
        return ask(self.program, lambda: self.letters.copies(letter_id))


@pytest.fixture
def hands(window: Open, tmp_path: Path) -> Hands:
    folder = tmp_path / "paper"
    folder.mkdir()
    return Hands(window, PdfPrinter(folder))


def begin_letter(hands: Hands) -> int:
    """From a card of the first column, by Return; what blocks it is mended."""
    _, encounter_id = hands.window.longest()
    letter_id = ask(hands.program, lambda: hands.letters.start(encounter_id))
    hands.clear_gate(letter_id)
    hands.window.rooms.letters()
    hands.rest()
    QTest.keyClick(hands.go_to_card(Place.REVIEW, letter_id), Qt.Key.Key_Return)
    hands.rest()
    return letter_id


def sign(hands: Hands) -> None:
    hands.press("Sign ", hands.desk)
    hands.answer(PasswordQuestion, PASSWORD, "Sign letter for")
    hands.rest()


def test_a_wrong_password_signs_nothing(hands: Hands) -> None:
    letter_id = begin_letter(hands)
    hands.press("Sign ", hands.desk)
    hands.answer(PasswordQuestion, "not the password", "Sign letter for")
    dialog = hands.dialog(PasswordQuestion)
    assert any("is not right" in label.text() for label in dialog.findChildren(QLabel))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert hands.letter(letter_id).state is LetterState.DRAFT


def test_a_letter_goes_from_draft_to_sent_without_a_mouse(hands: Hands) -> None:
    letter_id = begin_letter(hands)
    area = hands.tab_to("Summary", hands.desk)
    assert isinstance(area, QPlainTextEdit)
    QTest.keyClicks(area, "You walk well. ")
    QTest.keyClick(area, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    hands.rest()
    assert dict(hands.letter(letter_id).edits)["summary"].startswith("You walk well. ")
    hands.more("Ready to be signed")
    assert hands.letter(letter_id).state is LetterState.READY
    sign(hands)
    assert hands.letter(letter_id).state is LetterState.SIGNED
    hands.press("Print 2 copies…", hands.desk)
    hands.press("Print 2 copies", hands.dialog(PrintQuestion))
    hands.press("2 came out right", hands.dialog(ConfirmQuestion))
    assert {copy.delivery for copy in hands.copies(letter_id)} == {Delivery.PRINTED}
    assert len(hands.printer.titles) == 2
    hands.window.rooms.letter(letter_id)
    hands.rest()
    for copy, act in zip(hands.copies(letter_id), ("Given", "Sent"), strict=True):
        hands.press(f"{act}: {copy.name}", hands.desk)
    assert hands.letter(letter_id).state is LetterState.DISPATCHED


def test_a_letter_is_replaced_and_withdrawn_without_a_mouse_and_the_board_says_do_not_send(hands: Hands) -> None:
    letter_id = begin_letter(hands)
    sign(hands)
    first, second = hands.copies(letter_id)
    hands.press(f"Sent: {first.name}", hands.desk)
    hands.press("Amend…", hands.desk)
    hands.answer(WordsQuestion, "The dose was wrong", "Begin the new version")
    assert "version 2, draft" in hands.words()
    sign(hands)
    assert hands.letter(letter_id).state is LetterState.SUPERSEDED
    assert [copy.delivery for copy in hands.copies(letter_id)] == [Delivery.SENT, Delivery.WITHDRAWN]
    newer = hands.letter(letter_id + 1)
    assert (newer.version, newer.reason) == (2, "The dose was wrong")
    assert [copy.name for copy in hands.copies(newer.id)] == [first.name, second.name]
    pages = ask(hands.program, lambda: hands.letters.show_signed(newer.id))
    said = read_back(pages).tagged.replace("\u00a0", " ")
    assert "(version 1). Reason: The dose was wrong." in said
    hands.more("Withdraw…")
    hands.answer(WordsQuestion, "Wrong person", "Withdraw")
    assert hands.letter(newer.id).state is LetterState.WITHDRAWN
    hands.window.rooms.letters()
    hands.rest()
    warned = [
        card.warning
        for column in hands.board.columns.values()
        for row in range(column.list.cards.rowCount())
        if (card := column.list.cards.card(row)) is not None and card.key[1] in (letter_id, newer.id)
    ]
    assert sorted(warned) == ["Do not send: Replaced by version 2", "Do not send: Wrong person"]


def test_a_saved_file_of_a_copy_is_printed_only_when_a_person_says_so(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter_id = begin_letter(hands)
    sign(hands)
    path = tmp_path / "copy.pdf"
    monkeypatch.setattr(LetterScreen, "ask_file", lambda _self, _name: path)
    practice = hands.copies(letter_id)[1]
    hands.press(f"Save PDF…: {practice.name}", hands.desk)
    assert path.exists()
    question = hands.dialog(CameOutQuestion)
    said = "\n".join(label.text() for label in question.findChildren(QLabel))
    assert "copy-address.pdf" in said
    hands.press("Not yet, or not right", question)
    assert hands.copies(letter_id)[1].delivery is Delivery.WAITING
    hands.press(f"Save PDF…: {practice.name}", hands.desk)
    hands.press("It came out right", hands.dialog(CameOutQuestion))
    assert [copy.delivery for copy in hands.copies(letter_id)] == [Delivery.WAITING, Delivery.PRINTED]


def test_a_letter_is_held_on_the_board_and_released_from_its_desk(hands: Hands) -> None:
    letter_id = begin_letter(hands)
    sign(hands)
    hands.window.rooms.letters()
    hands.rest()
    cards = hands.go_to_card(Place.PRINT, letter_id)
    QTest.keyClick(cards, Qt.Key.Key_Space)
    hands.press("Hold for later…", hands.board)
    question = hands.dialog(HoldQuestion)
    hands.press("Hold 2 copies", question)
    assert "say why it is held" in "\n".join(label.text() for label in question.findChildren(QLabel))
    field = hands.tab_to("Reason", question)
    QTest.keyClicks(field, "Phone first")
    hands.press("Hold 2 copies", question)
    assert {copy.held_because for copy in hands.copies(letter_id)} == {"Phone first"}
    held = cards.current()
    assert held is not None
    assert held.held == f"Held by {hands.window.me.person.name}: Phone first"
    hands.window.rooms.letter(letter_id)
    hands.rest()
    hands.press("Release: ", hands.desk)
    assert sorted(copy.held_because for copy in hands.copies(letter_id)) == ["", "Phone first"]


def test_the_copies_of_a_letter_are_reached_by_the_menu_key(hands: Hands) -> None:
    letter_id = begin_letter(hands)
    sign(hands)
    hands.window.rooms.letters()
    hands.rest()
    cards = hands.go_to_card(Place.PRINT, letter_id)
    card = cards.current()
    assert card is not None
    menu = cards.menu_of(card)
    next(action for action in menu.actions() if action.text() == "Copies…").trigger()
    dialog = hands.dialog(CopiesDialog)
    hands.press("Sent: ", dialog)
    assert Delivery.SENT in {copy.delivery for copy in hands.copies(letter_id)}
