"""Referrals, calls, MDT lists and the status in the real window: recorded by keyboard, seen in record and lists."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from poems_registry.domain.care import OnwardReferral, Referral
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import Patient, PatientStatus
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import enter, rest, until
from poems_registry.services.care import CareFile, CareService
from poems_registry.services.clinic_lists import ClinicListService
from poems_registry.services.patients import PatientService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.ui.care.dialog import CareDialog
from poems_registry.ui.care.shown import What
from poems_registry.ui.screens.clinic.shown import Part
from poems_registry.ui.screens.clinic.view import ClinicScreen
from poems_registry.ui.screens.record.care.view import CarePage
from poems_registry.ui.screens.record.view import RecordScreen
from tests.gui.app.open_window import Open
from tests.gui.clipping import clipped

SIZES = ((1024, 500), (1093, 614), (1366, 768), (1920, 1080))
CTRL = Qt.KeyboardModifier.ControlModifier


def clinic(window: Open, part: Part = Part.REFERRALS) -> ClinicScreen:
    """The clinic's lists, by their key."""
    QTest.keyClick(window.program.shell, Qt.Key.Key_3, CTRL)
    rest(window.program, 2)
    view = next(each for each in window.program.shell.findChildren(ClinicScreen) if each.isVisible())
    view._choose(part.value)
    rest(window.program, 2)
    return view


def care(window: Open, patient_id: int) -> CarePage:
    """The tab of care of a record."""
    window.rooms.care(patient_id)
    rest(window.program, 3)
    record = next(each for each in window.program.shell.findChildren(RecordScreen) if each.isVisible())
    assert record.care.isVisible()
    return record.care


def form(view: ClinicScreen | CarePage) -> CareDialog:
    """The form that is open."""
    assert view.desk.dialog is not None
    return view.desk.dialog


def typed(dialog: CareDialog, code: str, text: str) -> None:
    """As a person types: into this field, key by key."""
    field = dialog.fields[code].first
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(field, text)


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def of(window: Open, patient_id: int) -> CareFile:
    return ask(window.program, lambda: CareService(window.me).of(patient_id))


def referred(window: Open) -> Patient:
    """Somebody new, referred today and waiting."""
    me = window.me
    person = Patient(family_name="Quillfeather", given_name="Ada", born=PartialDate(1970, 3, 2))
    asked = Referral(on=me.today, referrer="Dr P Fenwick", urgency="urgent", question="Is this POEMS?")
    return ask(window.program, lambda: CareService(me).refer_new(person, asked)[0])


def test_a_referral_of_somebody_new_is_recorded_from_the_clinics_list_by_the_keyboard(window: Open) -> None:
    view = clinic(window)
    view.main.click()
    rest(window.program)
    assert view.whom is not None
    view.whom.nobody.click()
    rest(window.program)
    dialog = form(view)
    for code, text in {
        "family_name": "Quillfeather", "given_name": "Ada", "born": "2 March 1970", "referrer": "Dr P Fenwick",
        "question": "Is this POEMS?",
    }.items():  # fmt: skip
        typed(dialog, code, text)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    until(lambda: view.desk.dialog is None)
    rest(window.program, 3)
    assert "QUILLFEATHER, Ada" in [button.text() for button in view.lines.findChildren(type(view.main))]
    assert "Question: Is this POEMS?" in words(view)
    row = ask(window.program, lambda: PatientService(window.me).find("Quillfeather").rows[0])
    file = of(window, row.id)
    assert (file.patient.status, file.referrals[0].recorded_by) == (PatientStatus.REFERRED, "Dr A Rahman")


def test_somebody_alike_is_compared_in_the_window_and_gets_the_referral(window: Open) -> None:
    known = referred(window)
    view = clinic(window)
    view.main.click()
    assert view.whom is not None
    view.whom.nobody.click()
    rest(window.program)
    for code, text in (("family_name", "Quillfeather"), ("given_name", "Ada"), ("referrer", "Dr L Castellanos")):
        typed(form(view), code, text)
    form(view)._save()
    rest(window.program, 2)
    alike = view.desk.alike
    assert alike is not None
    assert "QUILLFEATHER, Ada" in words(alike)
    assert clipped(alike) == []
    alike.buttons[0].click()
    until(lambda: view.desk.dialog is None)
    rest(window.program, 2)
    assert [each.referrer for each in of(window, known.id).referrals] == ["Dr P Fenwick", "Dr L Castellanos"]


def test_a_referral_is_answered_where_it_waits_and_the_record_says_so(window: Open) -> None:
    patient = referred(window)
    view = clinic(window)
    before = len(ask(window.program, lambda: ClinicListService(window.me).referrals().waiting))
    answer = next(b for b in view.lines.buttons if "QUILLFEATHER" in b.accessibleName())
    assert answer.text() == "Answer…"
    answer.click()
    rest(window.program, 2)
    dialog = form(view)
    QApplication.processEvents()
    assert dialog.fields["outcome"].first.hasFocus()
    QTest.keyClick(dialog.fields["outcome"].first, Qt.Key.Key_Down)
    assert dialog.texts()["outcome"] == "accepted"
    assert dialog.texts()["answered_by"] == "Dr A Rahman"
    typed(dialog, "answer", "First visit offered.")
    dialog._save()
    until(lambda: view.desk.dialog is None)
    rest(window.program, 3)
    assert len(ask(window.program, lambda: ClinicListService(window.me).referrals().waiting)) == before - 1
    page = care(window, patient.id)
    assert "Accepted" in words(page)
    assert "Answer: First visit offered." in words(page)


def test_a_call_about_nobody_named_is_logged_in_one_form_and_waits_under_today(window: Open) -> None:
    view = clinic(window, Part.CALLS)
    view.main.click()
    assert view.whom is not None
    view.whom.nobody.click()
    rest(window.program)
    dialog = form(view)
    assert dialog.fields["time"].text()
    for code, text in (
        ("asked_by", "Registrar on call"),
        ("question", "May they have steroids?"),
        ("advice", "Not before VEGF is taken."),
        ("follow_up", "Ring back about the VEGF"),
    ):
        typed(dialog, code, text)
    dialog._save()
    until(lambda: view.desk.dialog is None)
    rest(window.program, 2)
    assert "Patient not named" in words(view)
    assert "To do: Ring back about the VEGF" in words(view)
    window.rooms.today()
    rest(window.program, 2)
    assert "Ring back about the VEGF" in words(window.program.shell)


def test_a_meetings_list_is_prepared_its_outcome_recorded_and_the_list_written(window: Open, tmp_path: Path) -> None:
    patient = referred(window)
    view = clinic(window, Part.MDT)
    view.main.click()
    assert view.whom is not None
    QTest.keyClicks(view.whom.field, "Quillf")
    rest(window.program, 2)
    QTest.keyClick(view.whom.field, Qt.Key.Key_Return)
    rest(window.program, 2)
    dialog = form(view)
    typed(dialog, "on", "11-Jan-2027")
    typed(dialog, "question", "Transplant in spring?")
    dialog._save()
    until(lambda: view.desk.dialog is None)
    rest(window.program, 2)
    view.days.choose("2027-01-11")
    view.days.chosen.emit("2027-01-11")
    rest(window.program, 2)
    assert "Meeting of 11-Jan-2027" in words(view)
    view.lines.buttons[0].click()
    rest(window.program, 2)
    dialog = form(view)
    dialog.fields["state"].show_text("discussed")
    typed(dialog, "outcome", "Yes, after two cycles")
    dialog._save()
    until(lambda: view.desk.dialog is None)
    rest(window.program, 2)
    assert "Outcome: Yes, after two cycles" in words(view)
    assert view._actions is not None
    view._actions.write(tmp_path / "list.pdf")
    until((tmp_path / "list.pdf").exists)
    rest(window.program, 2)
    assert "list.pdf" in words(view)
    assert "Outcome: Yes, after two cycles" in words(care(window, patient.id))


def test_the_record_refers_on_shows_what_waits_and_hides_a_mistake(window: Open) -> None:
    patient = referred(window)
    page = care(window, patient.id)
    page.buttons[What.ONWARD].click()
    rest(window.program, 2)
    form(page).fields["service"].show_text("Orthotics")
    typed(form(page), "reason", "Foot drop")
    form(page)._save()
    until(lambda: page.desk.dialog is None)
    rest(window.program, 3)
    assert "Waits to be seen" in words(page)
    update = next(b for b in page.lines.buttons if b.text() == "Update…")
    update.click()
    rest(window.program, 2)
    dialog = form(page)
    dialog._take_back()
    assert not dialog.reason.isHidden()
    dialog._take_back()
    until(lambda: "Say what was wrong" in words(dialog.reason))
    assert "Say what was wrong" not in words(dialog.fields["reason"]), (
        "the referral's own reason is not what is missing"
    )
    dialog.reason.show_text("Made twice")
    dialog._take_back()
    until(lambda: page.desk.dialog is None)
    rest(window.program, 3)
    assert "Foot drop" not in words(page)
    assert page.mistakes.isVisible()
    page.mistakes.click()
    rest(window.program)
    assert "Entered in error: Made twice" in words(page)


def test_the_status_changes_beside_diagnosis_and_verdict_and_has_its_history(window: Open) -> None:
    patient = referred(window)
    page = care(window, patient.id)
    assert "Status: Referred, since" in words(page)
    assert "Clinician's diagnosis: not recorded" in words(page)
    page.change.click()
    rest(window.program, 2)
    form(page).fields["status"].show_text("suspected")
    typed(form(page), "reason", "VEGF raised")
    form(page)._save()
    until(lambda: page.desk.dialog is None)
    rest(window.program, 3)
    assert "Status: Suspected, since" in words(page)
    assert "Criteria: cannot tell" in words(page)
    page.history_button.click()
    rest(window.program)
    assert "Status: Suspected, before Referred" in words(page)
    assert "VEGF raised" in words(page)


def test_what_somebody_else_saved_meanwhile_is_shown_and_not_overwritten(window: Open) -> None:
    patient, me = referred(window), window.me
    (made,) = of(window, patient.id).referrals
    page = care(window, patient.id)
    page.lines.buttons[0].click()
    rest(window.program, 2)
    typed(form(page), "question", "Mine")
    ask(window.program, lambda: CareService(me).keep(replace(made, question="Theirs")))
    form(page)._save()
    rest(window.program, 3)
    assert "Saved meanwhile: Theirs" in words(form(page))
    assert of(window, patient.id).referrals[0].question == "Theirs"
    assert form(page).texts()["question"] == "Mine"
    form(page)._leave()
    form(page)._leave()


def test_a_lock_closes_the_form_and_what_was_typed_is_offered_again(window: Open) -> None:
    patient = referred(window)
    page = care(window, patient.id)
    page.buttons[What.ONWARD].click()
    rest(window.program, 2)
    typed(form(page), "reason", "half a sen")
    place = window.place
    window.program.lock()
    rest(window.program, 3)
    enter(window.program, place, "rahman", PASSWORD)
    rest(window.program, 3)
    assert "onward referral" in words(window.program.shell)
    page = care(window, patient.id)
    page.buttons[What.ONWARD].click()
    rest(window.program, 3)
    assert form(page).texts()["reason"] == "half a sen"
    assert of(window, patient.id).onward == ()
    form(page).reject()


def test_an_administrator_sees_who_and_when_and_no_clinical_word(window: Open) -> None:
    patient, me = referred(window), window.me
    onward = OnwardReferral(patient_id=patient.id, on=me.today, service="orthotics", reason="Foot drop")
    ask(window.program, lambda: CareService(me).keep(onward))
    place = window.place
    window.program.lock()
    rest(window.program, 3)
    enter(window.program, place, "castellan", PASSWORD)
    rest(window.program, 2)
    view = clinic(window)
    shown = words(view)
    assert "Dr P Fenwick" in shown
    assert "POEMS?" not in shown
    assert "Foot drop" not in shown
    assert view._tabs is not None
    assert list(view._tabs._buttons) == ["referrals"]
    page = care(window, patient.id)
    assert {what for what, button in page.buttons.items() if button.isVisible()} == {What.REFERRAL, What.ONWARD}
    assert "no clinical words" in words(page)
    assert "Criteria" not in words(page)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_cut_and_every_button_has_its_name(window: Open, width: int, height: int) -> None:
    patient = referred(window)
    window.program.shell.resize(width, height)
    for part in Part:
        view = clinic(window, part)
        assert clipped(view) == []
        assert all(button.accessibleName() for button in view.lines.buttons)
    page = care(window, patient.id)
    page.history_button.click()
    rest(window.program)
    assert clipped(page) == []
    for what in What:
        (page.buttons.get(what) or page.change).click()
        rest(window.program, 2)
        dialog = form(page)
        dialog._save()
        rest(window.program)
        assert clipped(dialog) == []
        assert all(field.first.accessibleName() for field in dialog.fields.values())
        dialog.reject()
        rest(window.program)


def test_the_keyboard_goes_through_a_form_as_one_reads_it(window: Open) -> None:
    patient = referred(window)
    page = care(window, patient.id)
    page.lines.buttons[0].click()
    rest(window.program, 2)
    dialog = form(page)
    controls = [field.first for field in dialog.fields.values()]
    controls[0].setFocus()
    for control in controls[1:]:
        QTest.keyClick(dialog, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is control
    places = [(each.mapTo(dialog, each.rect().topLeft()).y() // 20, each.x()) for each in controls]
    assert [y for y, _ in places] == sorted(y for y, _ in places)
    dialog.reject()
