"""Consents in the real window: recorded by keyboard, shown with their history, missing in the list until recorded."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from poems_registry.domain.consents import Answer, Consent, Scope
from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.records import Patient
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import rest, until
from poems_registry.services.consents import ConsentService
from poems_registry.services.patients import PatientFilter, PatientService
from poems_registry.ui.screens.record.particulars.view import DetailsPage
from poems_registry.ui.screens.record.shown import Page
from poems_registry.ui.screens.record.view import RecordScreen
from poems_registry.ui.widgets.buttons import Button
from tests.gui.app.open_window import Open
from tests.gui.clipping import clipped


def someone(window: Open) -> Patient:
    """Somebody new, of whom nothing is recorded."""
    people = PatientService(window.me)
    added = Patient(family_name="Quillfeather", given_name="Ada", research_consent="given by phone")
    return ask(window.program, lambda: people.add(added)[0])


def details_of(window: Open, patient: Patient) -> tuple[RecordScreen, DetailsPage]:
    window.rooms.patient(patient.id)
    rest(window.program, 2)
    record = window.program.shell.findChild(RecordScreen)
    assert record is not None
    record._go(Page.DETAILS.value)
    rest(window.program, 2)
    return record, record.particulars


def words_of(page: DetailsPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_a_consent_is_recorded_in_the_window_and_its_withdrawal_stands_beside_it(window: Open) -> None:
    patient = someone(window)
    people = PatientService(window.me)

    def missing() -> list[int]:
        return [row.id for row in people.find("", [PatientFilter.CONSENT_NOT_RECORDED]).rows]

    assert patient.id in ask(window.program, missing)
    _, page = details_of(window, patient)
    assert "given by phone" in words_of(page)
    for answer, on in ((Answer.GIVEN, "2024"), (Answer.WITHDRAWN, "20-Nov-2026")):
        page.consent.click()
        rest(window.program)
        dialog = page.dialog
        assert dialog is not None
        dialog._give()
        rest(window.program)
        assert page.dialog is dialog, "nothing is chosen beforehand, so nothing can be recorded yet"
        dialog.scope.choose(Scope.REGISTRY.value)
        dialog.answer.choose(answer.value)
        dialog.edits["on"].setText(on)
        dialog._give()
        until(lambda: page.dialog is None)
        rest(window.program, 2)
    file = ask(window.program, lambda: ConsentService(window.me).of(patient.id))
    assert [(c.answer, c.on, c.recorded_by) for c in file.history] == [
        (Answer.GIVEN, PartialDate(2024), "Dr A Rahman"),
        (Answer.WITHDRAWN, PartialDate(2026, 11, 20), "Dr A Rahman"),
    ]
    shown = words_of(page)
    assert f"Withdrawn {show_date(PartialDate(2026, 11, 20))}" in shown
    assert "Being in this registry: Given 2024" in shown
    assert patient.id not in ask(window.program, missing)


def test_nothing_of_consents_is_cut_on_the_smallest_screen(window: Open) -> None:
    patient = someone(window)
    window.program.shell.resize(1024, 500)
    _, page = details_of(window, patient)
    assert clipped(page) == []
    page.consent.click()
    rest(window.program)
    dialog = page.dialog
    assert dialog is not None
    dialog._give()
    rest(window.program)
    assert clipped(dialog) == []
    dialog.reject()


def test_an_answer_entered_in_error_is_marked_with_a_reason_and_the_one_before_counts_again(window: Open) -> None:
    patient = someone(window)
    service = ConsentService(window.me)
    for answer, on in ((Answer.GIVEN, PartialDate(2024)), (Answer.WITHDRAWN, PartialDate(2025, 3, 1))):
        consent = Consent(patient_id=patient.id, answer=answer, on=on)
        ask(window.program, partial(service.record, consent))
    _, page = details_of(window, patient)
    next(button for button in page.findChildren(Button) if button.text().startswith("History")).click()
    rest(window.program, 2)
    history = page.history
    assert history is not None
    told = "\n".join(label.text() for label in history.findChildren(QLabel))
    assert told.index("Withdrawn 01-Mar-2025") < told.index("Given 2024"), "the newest stands first"
    assert "Left out of every pseudonymised export" in told
    assert clipped(history) == []
    withdrawn = next(each for each in ask(window.program, lambda: service.of(patient.id)).history if each.id)
    newest = max(history.marks)
    assert newest != withdrawn.id
    history.marks[newest].click()
    rest(window.program)
    assert page.reason is not None
    page.reason.go.click()
    rest(window.program)
    assert page.reason is not None, "a reason is needed"
    page.reason.reason.setPlainText("It was somebody else who rang.")
    page.reason.go.click()
    until(lambda: page.reason is None)
    rest(window.program, 3)
    file = ask(window.program, lambda: service.of(patient.id))
    assert [each.answer for each in file.in_force] == [Answer.GIVEN]
    assert file.history[-1].error_reason == "It was somebody else who rang."
    assert page.history is not None, "one sees what became of it"
    told = "\n".join(label.text() for label in page.history.findChildren(QLabel))
    assert "Mistake: It was somebody else who rang." in told
    page.history.reject()


def test_several_answers_of_one_form_are_recorded_one_after_the_other(window: Open) -> None:
    patient = someone(window)
    _, page = details_of(window, patient)
    page.consent.click()
    rest(window.program)
    dialog = page.dialog
    assert dialog is not None
    dialog.edits["form_version"].setText("v2")
    dialog.edits["taken_by"].setText("Sister J Okoro")
    for scope, answer in ((Scope.REGISTRY, Answer.GIVEN), (Scope.REUSE, Answer.DECLINED)):
        assert (dialog.scope.code(), dialog.answer.code()) == ("", ""), "nothing is chosen beforehand"
        dialog.scope.choose(scope.value)
        dialog.answer.choose(answer.value)
        dialog.more.click()
        rest(window.program, 3)
        assert page.dialog is dialog
        assert clipped(dialog) == []
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert "declined" in said
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    until(lambda: page.dialog is None)
    file = ask(window.program, lambda: ConsentService(window.me).of(patient.id))
    assert {(c.scope, c.answer, c.form_version, c.taken_by) for c in file.history} == {
        (Scope.REGISTRY, Answer.GIVEN, "v2", "Sister J Okoro"),
        (Scope.REUSE, Answer.DECLINED, "v2", "Sister J Okoro"),
    }
    assert window.program.shell.status._draft.text() == "Consent recorded"
