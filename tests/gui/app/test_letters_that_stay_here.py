"""Letters that must not leave, in the real window: of the dead, of news not told yet, of words about somebody else."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from poems_registry.domain.correspondence import Delivery, LetterKind
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.records import LetterState
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.services.patients import PatientService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from poems_registry.ui.reason_dialog import ReasonDialog
from poems_registry.ui.screens.details.view import DetailsScreen
from poems_registry.ui.screens.letter.dialogs import WordsQuestion
from poems_registry.ui.screens.letters.dialogs import ConfirmQuestion, PrintQuestion
from poems_registry.ui.screens.letters.shown import Place
from poems_registry.ui.screens.visit.dialogs import SigningDialog
from poems_registry.ui.screens.visit.view import VisitView
from poems_registry.ui.widgets.buttons import Button
from tests.gui.app.open_window import Open
from tests.gui.app.test_letter_by_keys import Hands, begin_letter, sign
from tests.gui.app.test_letters_board import PdfPrinter


@pytest.fixture
def hands(window: Open, tmp_path: Path) -> Hands:
    folder = tmp_path / "paper"
    folder.mkdir()
    return Hands(window, PdfPrinter(folder))


def offered(hands: Hands) -> list[str]:
    """Every act that the desk offers just now."""
    buttons = [each for each in hands.desk.findChildren(Button) if each.isVisible() and each.isEnabled()]
    menu = [action.text() for action in hands.desk.findChildren(QMenu)[0].actions()]
    return [each.accessibleName() or each.text() for each in buttons] + menu


def to_desk(hands: Hands, letter_id: int) -> None:
    hands.window.rooms.letter(letter_id)
    hands.rest()


def note_death(hands: Hands, patient_id: int, day: str) -> None:
    """At the details, by the keyboard."""
    hands.window.rooms.details(patient_id, "died")
    hands.rest()
    QTest.keyClicks(hands.here(), day)
    (form,) = [each for each in hands.program.shell.findChildren(DetailsScreen) if each.isVisible()]
    field = form.boxes["died"]
    assert not field.visibleRegion().isEmpty()  # who is led to a field sees it
    hands.press("Save", form)


def test_a_death_noted_at_the_details_takes_back_what_waits_for_the_dead_and_lets_the_gps_copy_go(hands: Hands) -> None:
    letter_id = begin_letter(hands)
    sign(hands)
    patient = ask(hands.program, lambda: hands.letters.open(letter_id)).file.patient
    visit_id = hands.letter(letter_id).encounter_id
    draft = ask(hands.program, lambda: hands.letters.start(visit_id, LetterKind.RESULTS))
    own, practice = hands.copies(letter_id)
    note_death(hands, patient.id, "22-Nov-2026")
    assert ask(hands.program, lambda: PatientService(hands.window.me).who(patient.id)).died is not None
    to_desk(hands, letter_id)
    assert [copy.delivery for copy in hands.copies(letter_id)] == [Delivery.WITHDRAWN, Delivery.WAITING]
    assert "The patient has died" in hands.words()
    acts = offered(hands)
    assert not [act for act in acts if own.name in act or act in ("Save as PDF…", "In plain words…", "Results letter")]
    assert f"Print…: {practice.name}" in acts
    to_desk(hands, draft)
    assert hands.letter(draft).state is LetterState.WITHDRAWN
    assert "The patient has died" in hands.words()
    assert not [act for act in offered(hands) if act.startswith(("Sign", "Print", "Save"))]
    hands.window.rooms.letters()
    hands.rest()
    card = hands.go_to_card(Place.PRINT, letter_id).current()
    assert card is not None
    assert card.warning.startswith("Not to ")
    assert card.warning.endswith(": The patient has died")
    to_desk(hands, letter_id)
    hands.press("Print 1 copy…", hands.desk)
    hands.press("Print 1 copy", hands.dialog(PrintQuestion))
    hands.press("1 came out right", hands.dialog(ConfirmQuestion))
    assert [copy.delivery for copy in hands.copies(letter_id)] == [Delivery.WITHDRAWN, Delivery.PRINTED]
    assert len(hands.printer.titles) == 1


FIVE = {f"{letter}_status": "not_assessed" for letter in "oems"} | {"p_status": "present"}


def visit_with_serious_news(hands: Hands) -> int:
    """Signed, with a new serious diagnosis that nobody has told the patient of yet."""
    visits = VisitService(hands.window.me)
    patient, _ = hands.window.longest()
    typed = FIVE | {"medicines_reviewed": "reviewed", "address_checked": "yes", "summary": "Thank you for coming."}
    typed["new_serious_diagnosis"] = "yes"

    def sign_it() -> int:
        visit = visits.open(visits.start(patient.id))
        draft = visit.draft
        for code, text in typed.items():
            draft = draft.with_field(code, FieldDraft(text=text))
        return visits.sign(visit.encounter.id, patient.id, visit.encounter.version, draft, PASSWORD)[0].id

    return ask(hands.program, sign_it)


def test_a_new_serious_diagnosis_is_told_in_person_before_its_letter_can_be_signed(hands: Hands) -> None:
    visit_id = visit_with_serious_news(hands)
    letter_id = ask(hands.program, lambda: hands.letters.start(visit_id))
    hands.clear_gate(letter_id)
    to_desk(hands, letter_id)
    words = "A new serious diagnosis: tell the patient in person or by phone first, then amend the visit to say so"
    assert words in hands.words()
    assert not [act for act in offered(hands) if act.startswith("Sign")]
    hands.press(f"Open the visit: {words}", hands.desk)
    (view,) = [each for each in hands.program.shell.findChildren(VisitView) if each.isVisible()]
    assert not view.row("told_in_person").visibleRegion().isEmpty()
    assert hands.said(hands.here()).startswith("Amend")  # a signed visit is read, and amended here
    hands.press("Amend", view)
    hands.answer(ReasonDialog, "She was told by phone today", "Amend")
    row = view.row("told_in_person")
    assert row.isAncestorOf(hands.here())  # back in the field for which somebody came
    assert not row.visibleRegion().isEmpty()
    QTest.keyClicks(hands.here(), "y")
    hands.rest()
    hands.press("Finish", view)
    hands.answer(SigningDialog, PASSWORD, "Sign")
    to_desk(hands, letter_id)
    assert words not in hands.words()
    sign(hands)
    assert hands.letter(letter_id).state is LetterState.SIGNED


def test_words_about_somebody_else_reach_the_patient_in_no_copy(hands: Hands) -> None:
    letter_id = begin_letter(hands)
    hands.more("Not for the patient…")
    hands.answer(WordsQuestion, "It tells what her sister said", "Keep")
    assert hands.letter(letter_id).not_for_patient == "It tells what her sister said"
    assert "Marked as not for the patient, but written to the patient" in hands.words()
    assert not [act for act in offered(hands) if act.startswith("Sign")]
    hands.more("Letter to a colleague")
    patient = ask(hands.program, lambda: hands.letters.open(letter_id)).file.patient
    (other,) = [card.letter.id for card in ask(hands.program, hands.letters.board)
                if card.letter is not None and card.letter.kind is LetterKind.PROFESSIONAL
                and card.letter.patient_id == patient.id]  # fmt: skip
    assert hands.letter(other).not_for_patient == "It tells what her sister said"
    for title, words in (("To (name", "Dr A Colleague"), ("Clinical summary", "Her sister is ill, too. ")):
        QTest.keyClicks(hands.tab_to(title, hands.desk), words)
    hands.rest()
    sign(hands)
    assert hands.letter(other).state is LetterState.SIGNED
    assert patient.family_name not in " ".join(copy.name for copy in hands.copies(other))
    assert "Not for the patient: It tells what her sister said." in hands.words()
    assert "Someone else changed this record" not in hands.words()  # it was signed a moment after it was typed
