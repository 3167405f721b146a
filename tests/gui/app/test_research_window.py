"""Research in the real window: a study joined, a sample followed, values typed, a consent taken back, all found."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from poems_registry.domain.consents import Answer, Consent, Scope
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import Patient
from poems_registry.domain.samples import Aliquot, Sample
from poems_registry.domain.studies import TakingPart
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import enter, rest, until
from poems_registry.services.consents import ConsentService
from poems_registry.services.patients import PatientService
from poems_registry.services.research import ResearchFile, ResearchService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.ui.screens.record.particulars.view import DetailsPage
from poems_registry.ui.screens.record.research.view import LabelDialog, ResearchPage
from poems_registry.ui.screens.record.shown import Page
from poems_registry.ui.screens.record.view import RecordScreen
from poems_registry.ui.screens.research.shown import Part
from poems_registry.ui.screens.research.view import ResearchScreen
from poems_registry.ui.sheets.dialog import SheetDialog
from tests.gui.app.open_window import Open
from tests.gui.clipping import clipped

EARLIER = PartialDate(2026, 1, 5)


def someone(window: Open, *agreed: tuple[Scope, str]) -> Patient:
    """Somebody new, who said yes to these."""
    people, consents = PatientService(window.me), ConsentService(window.me)
    patient = ask(window.program, lambda: people.add(Patient(family_name="Quillfeather", given_name="Ada"))[0])
    for scope, study in agreed:
        said = Consent(patient_id=patient.id, scope=scope, study=study, on=EARLIER)
        ask(window.program, partial(consents.record, said))
    return patient


def tab_of(window: Open, patient: Patient) -> ResearchPage:
    window.rooms.research(patient.id)
    rest(window.program, 2)
    record = window.program.shell.findChild(RecordScreen)
    assert record is not None
    return record.research


def file_of(window: Open, patient: Patient) -> ResearchFile:
    return ask(window.program, lambda: ResearchService(window.me).of(patient.id))


def sheet(page: ResearchPage | ResearchScreen) -> SheetDialog:
    assert page.sheets.dialog is not None
    return page.sheets.dialog


def fill(dialog: SheetDialog, **texts: str) -> None:
    """As a person does: each field says that it was changed."""
    for code, text in texts.items():
        field = dialog.fields[code]
        field.show_text(text)
        field.changed.emit()


def save(window: Open, page: ResearchPage | ResearchScreen, **texts: str) -> None:
    fill(sheet(page), **texts)
    sheet(page).main.click()
    until(lambda: page.sheets.dialog is None)
    rest(window.program, 2)


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def cells_of(table: Any) -> str:
    model = table.model()
    places = [(r, c) for r in range(model.rowCount()) for c in range(model.columnCount())]
    return "\n".join(str(model.index(row, column).data()) for row, column in places)


def test_a_sample_goes_from_the_needle_to_the_freezer_and_its_values_stand_beside_it(window: Open) -> None:
    patient = someone(window, (Scope.SAMPLE, ""))
    page = tab_of(window, patient)
    page.add_sample.click()
    sheet(page).main.click()
    rest(window.program)
    assert page.sheets.dialog is not None, "nothing is chosen beforehand, so nothing can be kept yet"
    save(window, page, kind="plasma", purpose="research", taken="02-Nov-2026", taken_at="0905", assay="Luminex")
    page.add_aliquot.click()
    save(window, page, volume="0.5", place="Freezer 9 / Rack K / C7")
    page.add_values.click()
    save(window, page, research_il6="<0.5", research_hgf="1,250")
    file = file_of(window, patient)
    (sample,) = file.samples
    assert (sample.taken_at, sample.number[:2], len(file.aliquots)) == ("09:05", "S0", 1)
    assert {f.assay for f in file.panels[sample.id].findings} == {"Luminex"}
    told = cells_of(page.samples)
    for words in ("Plasma, Research, Luminex", "Consent shown", "Freezer 9 / Rack K / C7", "2 values", "Stored"):
        assert words in told
    assert page.values is not None
    assert "1,250" in cells_of(page.values)


def test_the_label_holds_numbers_only_and_is_copied(window: Open) -> None:
    patient = someone(window, (Scope.SAMPLE, ""))
    ask(
        window.program,
        lambda: ResearchService(window.me).keep(
            Sample(patient_id=patient.id, number="QX-7", taken=PartialDate(2026, 11, 2))
        ),
    )
    page = tab_of(window, patient)
    page.label.click()
    dialog = window.program.shell.findChild(LabelDialog)
    assert dialog is not None
    dialog.copy.click()
    assert QApplication.clipboard().text() == "QX-7\nSerum"


def take_back_consent(window: Open, study: str) -> tuple[RecordScreen, DetailsPage]:
    """By hand, under Details: the study is chosen from the clinic's list."""
    record = window.program.shell.findChild(RecordScreen)
    assert record is not None
    record._go(Page.DETAILS.value)
    rest(window.program)
    details = record.particulars
    details.consent.click()
    rest(window.program)
    dialog = details.dialog
    assert dialog is not None
    assert dialog.studies is not None
    dialog.scope.choose(Scope.STUDY.value)
    dialog._study_only(Scope.STUDY.value)
    dialog.answer.choose(Answer.WITHDRAWN.value)
    dialog.studies.choose(study)
    dialog.edits["on"].setText("20-Nov-2026")
    dialog._give()
    until(lambda: details.dialog is None)
    rest(window.program, 2)
    return record, details


def test_a_study_is_joined_only_with_its_consent_and_left_with_it(window: Open) -> None:
    patient = someone(window)
    page = tab_of(window, patient)
    page.join.click()
    options = dict(sheet(page).fields["study_id"].field.options)
    code = next(code for code, words in options.items() if words.startswith("NERVE"))
    assert "no consent recorded" in options[code]
    fill(sheet(page), study_id=code)
    sheet(page).main.click()
    rest(window.program)
    assert "No consent for NERVE is shown" in words_of(sheet(page))
    sheet(page).reject()
    consents = ConsentService(window.me)
    said = Consent(patient_id=patient.id, scope=Scope.STUDY, study="NERVE", on=EARLIER)
    ask(window.program, lambda: consents.record(said))
    page = tab_of(window, patient)
    page.join.click()
    save(window, page, study_id=code, number="N-99", joined="06-Jan-2026")
    assert "Taking part" in cells_of(page.parts)

    record, details = take_back_consent(window, "NERVE")
    assert "Taking part in NERVE has ended with it" in words_of(details)
    (part,) = file_of(window, patient).enrolments
    assert (part.state, part.ended) == (TakingPart.WITHDRAWN, PartialDate(2026, 11, 20))
    record._go(Page.RESEARCH.value)
    rest(window.program, 2)
    assert "Withdrawn" in cells_of(record.research.parts)


def test_a_sample_without_consent_is_asked_about_marked_in_red_words_and_found_by_its_chip(window: Open) -> None:
    patient = someone(window)
    page = tab_of(window, patient)
    page.add_sample.click()
    fill(sheet(page), kind="serum", purpose="research", taken="02-Nov-2026", number="HELD-1")
    sheet(page).main.click()
    rest(window.program)
    assert "held back from use" in words_of(sheet(page))
    assert sheet(page).main.text() == "Save anyway"
    sheet(page).main.click()
    until(lambda: page.sheets.dialog is None)
    rest(window.program, 2)
    assert "Consent not shown" in cells_of(page.samples)
    assert "HELD-1" in words_of(page)
    window.program.places.go("research")
    rest(window.program, 2)
    screen = window.program.shell.findChild(ResearchScreen)
    assert screen is not None
    chip = next(chip for chip in screen._chips.values() if chip.accessibleName() == "Consent not shown")
    chip.click()
    rest(window.program)
    assert "HELD-1" in cells_of(screen.samples)
    assert "Consent shown" not in cells_of(screen.samples)


def test_a_sample_is_found_by_its_freezer_place_and_return_opens_its_record(window: Open) -> None:
    patient = someone(window, (Scope.SAMPLE, ""))
    service = ResearchService(window.me)
    kept, _ = ask(
        window.program,
        lambda: service.keep(Sample(patient_id=patient.id, number="QX-8", taken=PartialDate(2026, 11, 2))),
    )
    tube = Aliquot(patient_id=patient.id, sample_id=kept.id, number=1, place="Freezer 77 / Shelf Q")
    ask(window.program, lambda: service.keep(tube))
    window.program.places.go("research")
    rest(window.program, 2)
    screen = window.program.shell.findChild(ResearchScreen)
    assert screen is not None
    screen.search.setFocus()
    QTest.keyClicks(screen.search, "shelf q")
    rest(window.program)
    assert [row.number for row in screen._samples.records()] == ["QX-8"]
    QTest.keyClick(screen.search, Qt.Key.Key_Return)
    rest(window.program, 2)
    record = window.program.shell.findChild(RecordScreen)
    assert record is not None
    assert "QX-8" in cells_of(record.research.samples)


def test_what_was_typed_and_not_saved_comes_back_after_a_lock(window: Open) -> None:
    patient = someone(window, (Scope.SAMPLE, ""))
    page = tab_of(window, patient)
    page.add_sample.click()
    fill(sheet(page), kind="csf", laboratory="Neuroimmunology")
    window.program.lock()
    rest(window.program, 3)
    assert window.program.signed_in is None
    enter(window.program, window.place, "rahman", PASSWORD)
    rest(window.program, 2)
    page = tab_of(window, patient)
    page.add_sample.click()
    rest(window.program, 2)
    assert (sheet(page).fields["kind"].text(), sheet(page).fields["laboratory"].text()) == ("csf", "Neuroimmunology")
    sheet(page)._leave()
    assert page.sheets.dialog is not None, "one key drops nothing"
    sheet(page).back.click()
    rest(window.program)


def test_a_study_is_added_and_closed_on_its_list(window: Open) -> None:
    window.program.places.go("research")
    rest(window.program, 2)
    screen = window.program.shell.findChild(ResearchScreen)
    assert screen is not None
    screen._go(Part.STUDIES.value)
    screen.add_study.click()
    save(window, screen, short_name="SECOND", full_name="A second look", opened="2024")
    assert "SECOND" in cells_of(screen.studies)
    screen.studies.select(next(row.id for row in screen._studies.records() if row.name == "SECOND"))
    row = screen.studies.current()
    assert row is not None
    screen._change(row)
    save(window, screen, closed="01-Nov-2026")
    assert "Closed 01-Nov-2026" in cells_of(screen.studies)


def test_an_administrator_sees_the_studies_only(window: Open) -> None:
    window.program.lock()
    rest(window.program, 3)
    enter(window.program, window.place, "castellan", PASSWORD)
    rest(window.program, 2)
    window.program.places.go("research")
    rest(window.program, 2)
    screen = window.program.shell.findChild(ResearchScreen)
    assert screen is not None
    assert screen.studies.isVisible()
    assert not screen.samples.isVisible()
    assert screen._samples.records() == ()


def test_nothing_of_research_is_cut_on_the_smallest_screen_and_every_control_has_a_name(window: Open) -> None:
    patient = someone(window, (Scope.SAMPLE, ""))
    service = ResearchService(window.me)
    kept, _ = ask(
        window.program,
        lambda: service.keep(Sample(patient_id=patient.id, number="QX-9", taken=PartialDate(2026, 11, 2))),
    )
    ask(window.program, lambda: service.keep(Aliquot(patient_id=patient.id, sample_id=kept.id, number=1)))
    window.program.shell.resize(1024, 500)
    page = tab_of(window, patient)
    assert clipped(page) == []
    for button in (page.join, page.add_sample, page.add_aliquot, page.add_values):
        button.click()
        rest(window.program)
        dialog = sheet(page)
        dialog.main.click()
        rest(window.program)
        if page.sheets.dialog is None:
            continue
        assert clipped(dialog) == [], button.text()
        assert [f.field.code for f in dialog.fields.values() if not f.first.accessibleName()] == []
        dialog.reject()
        rest(window.program)
    window.program.places.go("research")
    rest(window.program, 2)
    screen = window.program.shell.findChild(ResearchScreen)
    assert screen is not None
    assert clipped(screen) == []
    screen._go(Part.STUDIES.value)
    rest(window.program)
    assert clipped(screen) == []
