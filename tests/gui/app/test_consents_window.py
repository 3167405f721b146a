"""Consents in the real window: recorded by keyboard, shown with their history, missing in the list until recorded."""

from PySide6.QtWidgets import QLabel

from poems_registry.domain.consents import Answer, Scope
from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.records import Patient
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import rest, until
from poems_registry.services.consents import ConsentService
from poems_registry.services.patients import PatientFilter, PatientService
from poems_registry.ui.screens.record.particulars.view import DetailsPage
from poems_registry.ui.screens.record.shown import Page
from poems_registry.ui.screens.record.view import RecordScreen
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
    dialog = page.dialog
    assert dialog is not None
    dialog._give()
    rest(window.program)
    assert clipped(dialog) == []
    dialog.reject()
