"""Results typed by keys alone in the program's own window, saved, seen in the grid, and given back after a lock."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.findings import Sign, State
from poems_registry.domain.records import Patient, PatientFile
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import enter, rest
from poems_registry.services.patients import PatientService
from poems_registry.services.results import ResultService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.ui.screens.record.results.correct_dialog import CorrectDialog
from poems_registry.ui.screens.record.results.paste_dialog import PasteDialog
from poems_registry.ui.screens.record.results.pinned import PinnedColumn
from poems_registry.ui.screens.record.results.view import ResultsPage
from tests.gui.app.open_window import Open
from tests.gui.clipping import clipped

Key = Qt.Key


def page_of(window: Open, patient: Patient) -> ResultsPage:
    window.rooms.results(patient.id)
    rest(window.program, 3)
    window.program.shell.activateWindow()
    page = window.program.shell.findChildren(ResultsPage)[-1]
    assert isinstance(page, ResultsPage)
    return page


def type_keys(text: str) -> None:
    for each in text:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClicks(widget, each)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def living(window: Open) -> PatientFile:
    people = PatientService(window.me)

    def look() -> PatientFile:
        files = [people.open(row.id).file for row in people.find("", (), 100).rows]
        return max((f for f in files if f.patient.died is None), key=lambda f: len(f.counted))

    return ask(window.program, look)


def again(window: Open, file: PatientFile) -> PatientFile:
    people = PatientService(window.me)
    return ask(window.program, lambda: people.open(file.patient.id).file)


def test_results_are_typed_by_keys_saved_at_once_and_seen_in_the_grid(window: Open) -> None:
    file = living(window)
    page = page_of(window, file.patient)
    before = len(page.table.grid_model.grid.dates)
    page.table.setFocus()
    press(Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    first = page.table.code_in_hand
    assert first == "vegf_serum"
    type_keys("<31")
    assert "kept as below" in page.strip._told.text()
    press(Key.Key_Return)
    assert page.table.code_in_hand != first, "Return goes on to the next test"
    press(Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    type_keys("haemoglobin")
    press(Key.Key_Return)
    assert page.table.code_in_hand == "haemoglobin"
    type_keys("12.1 g/dL")
    press(Key.Key_Return)
    press(Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    type_keys("serum immuno")
    press(Key.Key_Return)
    press(Key.Key_F7)
    press(Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    rest(window.program, 3)
    grid = page.table.grid_model.grid
    assert not page.table.grid_model.typing
    assert len(grid.dates) == before + 1
    shown = {row.code: row.cells[-1] for row in grid.rows if not row.title}
    assert shown["vegf_serum"].words == "<\u00a031"
    assert (shown["haemoglobin"].words, shown["haemoglobin"].converted) == ("121", True)
    sample = again(window, file).encounters[-1]
    vegf, fixation = sample.finding("vegf_serum"), sample.finding("ife_serum")
    assert vegf is not None
    assert (vegf.value, vegf.sign) == (31.0, Sign.BELOW)
    assert fixation is not None
    assert fixation.state is State.PENDING


def test_an_unusual_value_holds_the_first_return_and_the_second_confirms_it(window: Open) -> None:
    file = living(window)
    page = page_of(window, file.patient)
    page.add.click()
    page.go_to("platelets")
    page.table.setFocus()
    type_keys("12")
    press(Key.Key_Return)
    assert page.table.code_in_hand == "platelets"
    assert page.strip.confirm.isVisible()
    press(Key.Key_Return)
    assert page.table.code_in_hand != "platelets"
    press(Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    rest(window.program, 3)
    found = again(window, file).encounters[-1].finding("platelets")
    assert found is not None
    assert found.doubt_confirmed_by == window.me.person.name


def test_a_wrong_value_stays_in_its_cell_and_is_said_in_words(window: Open) -> None:
    page = page_of(window, living(window).patient)
    page.add.click()
    page.go_to("haemoglobin")
    page.table.setFocus()
    type_keys("9000")
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert page.table.code_in_hand == "haemoglobin"
    assert "between 30 and 250" in page.strip._told.text()
    press(Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    rest(window.program, 2)
    assert page.table.grid_model.typing
    cell = page.table.grid_model.typed(page.table.currentIndex())
    assert cell is not None
    assert cell.text == "9000"


def test_a_lock_while_results_are_typed_loses_nothing_and_they_are_offered_again(window: Open) -> None:
    file = living(window)
    page = page_of(window, file.patient)
    page.add.click()
    page.go_to("vegf_serum")
    page.table.setFocus()
    type_keys(">80")
    window.program.lock()
    rest(window.program, 3)
    enter(window.program, window.place, "rahman", PASSWORD)
    rest(window.program, 3)
    page = page_of(window, file.patient)
    assert not page.table.grid_model.typing
    assert "typed and not saved" in page._left.cause()
    page.add.click()
    rest(window.program, 1)
    cell = page.table.grid_model.typed(page.table.currentIndex())
    assert cell is not None
    assert cell.text == ">80"


@pytest.mark.parametrize("size", [(1024, 500), (1093, 614), (1366, 768), (1920, 1080)])
def test_nothing_is_cut_while_results_are_typed(window: Open, size: tuple[int, int]) -> None:
    window.program.shell.resize(*size)
    page = page_of(window, living(window).patient)
    page.add.click()
    for code, text in (("vegf_serum", "<31"), ("platelets", "12"), ("cortisol_9am", "300")):
        page.go_to(code)
        page.table.setFocus()
        type_keys(text)
        rest(window.program, 1)
        assert clipped(page) == [], code
    assert page.table.viewport().height() >= 90, "at least three tests are in view"


def test_a_block_is_pasted_its_units_confirmed_and_seen_in_the_grid(window: Open) -> None:
    file = living(window)
    page = page_of(window, file.patient)
    before = len(page.table.grid_model.grid.dates)
    QApplication.clipboard().setText("Test\tUnit\t1-Nov-2026\t2-Nov-2026\nHb\tg/dL\t12.1\t12.3\nZinc\t\t4\t\n")
    page.table.setFocus()
    press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    rest(window.program, 1)
    dialog = window.program.shell.findChild(PasteDialog)
    assert isinstance(dialog, PasteDialog)
    assert not dialog.save.isEnabled()
    assert clipped(dialog) == []
    dialog._rows[1].confirmed.click()
    assert dialog.sums.text() == "3 read = 2 new + 0 changed + 0 unchanged + 0 ignored + 1 set aside"
    dialog.save.click()
    rest(window.program, 3)
    grid = page.table.grid_model.grid
    assert len(grid.dates) == before + 2
    row = next(each for each in grid.rows if each.code == "haemoglobin")
    assert [cell.words for cell in row.cells[-2:]] == ["121", "123"]


def test_a_result_is_corrected_from_its_cell_and_one_of_a_signed_visit_leads_there(window: Open) -> None:
    file = living(window)
    service = ResultService(window.me)
    typed = VisitDraft(on="20-Nov-2026", fields={"vegf_serum": FieldDraft("640"), "crp": FieldDraft("3")})
    ask(window.program, lambda: service.record(file.patient.id, typed))
    page = page_of(window, file.patient)
    model = page.table.grid_model
    page.table.setFocus()
    page.table.setCurrentIndex(model.index(model.row_of("vegf_serum"), model.columnCount() - 1))
    press(Key.Key_Return)
    rest(window.program, 1)
    dialog = window.program.shell.findChild(CorrectDialog)
    assert isinstance(dialog, CorrectDialog)
    assert clipped(dialog) == []
    dialog.fields["text"].setFocus()
    dialog.fields["text"].selectAll()
    type_keys("<31")
    dialog.reason.setFocus()
    type_keys("final report")
    dialog.save.click()
    rest(window.program, 3)
    row = next(each for each in page.table.grid_model.grid.rows if each.code == "vegf_serum")
    assert row.cells[-1].words == "<\u00a031"
    signed = max(n for n, cell in enumerate(row.cells) if cell.encounter_id and n < len(row.cells) - 1)
    page.table.setCurrentIndex(model.index(model.row_of("vegf_serum"), signed))
    QTest.keyClick(page.table, Key.Key_Return)
    assert "signed visit" in page._left.cause()


BLOCK = "Test\tUnit\t1-Nov-2026\t2-Nov-2026\nHb\tg/dL\t12.1\t12.3\nZinc\t\t4\t\n"


def come_in_again(window: Open) -> None:
    """Lock, then the same person with the right password."""
    window.program.lock()
    rest(window.program, 3)
    enter(window.program, window.place, "rahman", PASSWORD)
    rest(window.program, 4)


def test_a_preview_that_a_lock_closed_opens_again_from_the_offer_as_it_was(window: Open) -> None:
    file = living(window)
    page = page_of(window, file.patient)
    QApplication.clipboard().setText(BLOCK)
    page.table.setFocus()
    press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    rest(window.program, 1)
    dialog = window.program.shell.findChild(PasteDialog)
    assert isinstance(dialog, PasteDialog)
    dialog._rows[1].confirmed.click()
    sums = dialog.sums.text()
    come_in_again(window)
    assert QApplication.clipboard().text() == ""
    assert "pasted results" in window.program.shell.messages.cause()
    ways = window.program.shell.messages.findChildren(QPushButton)
    next(each for each in ways if each.text().startswith("Go on")).click()
    rest(window.program, 4)
    again = [each for each in window.program.shell.findChildren(PasteDialog) if each.isVisible()]
    assert [each.sums.text() for each in again] == [sums]
    assert again[0]._rows[1].confirmed.isChecked()
    assert again[0].save.isEnabled()
    again[0].save.click()
    rest(window.program, 3)
    row = next(each for each in page_of(window, file.patient).table.grid_model.grid.rows if each.code == "haemoglobin")
    assert [cell.words for cell in row.cells[-2:]] == ["121", "123"]


def test_a_correction_that_a_lock_closed_is_offered_on_its_page_and_dropped_only_by_a_person(window: Open) -> None:
    file = living(window)
    typed = VisitDraft(on="20-Nov-2026", fields={"vegf_serum": FieldDraft("640")})
    ask(window.program, lambda: ResultService(window.me).record(file.patient.id, typed))
    page = page_of(window, file.patient)
    model = page.table.grid_model
    page.table.setFocus()
    page.table.setCurrentIndex(model.index(model.row_of("vegf_serum"), model.columnCount() - 1))
    press(Key.Key_Return)
    rest(window.program, 1)
    dialog = window.program.shell.findChild(CorrectDialog)
    assert isinstance(dialog, CorrectDialog)
    dialog.fields["text"].setFocus()
    dialog.fields["text"].selectAll()
    type_keys("<31")
    dialog.reason.setFocus()
    type_keys("final rep")
    come_in_again(window)
    page = page_of(window, file.patient)
    assert "A correction of VEGF, serum of 20-Nov-2026" in page.asked.left_correct.cause()
    assert clipped(page) == []
    next(each for each in page.asked.left_correct.findChildren(QPushButton) if each.text() == "Go on").click()
    rest(window.program, 2)
    again = next(each for each in window.program.shell.findChildren(CorrectDialog) if each.isVisible())
    assert (again.fields["text"].text(), again.reason.text()) == ("<31", "final rep")
    assert clipped(again) == []
    QTest.keyClick(again, Key.Key_Escape)
    rest(window.program, 2)
    come_in_again(window)
    assert not page_of(window, file.patient).asked.left_correct.isVisible()


def test_the_newest_column_stays_in_view_while_one_looks_at_older_ones(window: Open) -> None:
    page = page_of(window, living(window).patient)
    pinned = page.table.findChild(PinnedColumn)
    assert isinstance(pinned, PinnedColumn)
    assert not pinned.isVisible(), "it opens at the newest, which is in view by itself"
    page.table.horizontalScrollBar().setValue(0)
    assert pinned.isVisible()
    assert pinned.geometry().right() == page.table.viewport().geometry().right()
    page.table.verticalScrollBar().setValue(page.table.verticalScrollBar().maximum())
    assert pinned.verticalScrollBar().value() == page.table.verticalScrollBar().value()
    assert pinned.rowViewportPosition(0) == page.table.rowViewportPosition(0)
    page.table.setFocus()
    press(Key.Key_End)
    assert not pinned.isVisible()
    for _ in range(8):
        press(Key.Key_Left)
    for _ in range(6):
        press(Key.Key_Right)
        rect = page.table.visualRect(page.table.currentIndex())
        free = page.table.viewport().width() - (pinned.width() if pinned.isVisible() else 0)
        assert rect.right() <= free, "the result in hand is never under the pinned column"


def test_the_reason_for_a_day_after_the_death_is_asked_for_on_that_day_only_and_nothing_is_cut(window: Open) -> None:
    file = living(window)
    people = PatientService(window.me)
    died = PartialDate.of(window.me.today - timedelta(days=1))
    who = replace(file.patient, died=died, death_source="family", address_checked_on=None, needs_checked_on=None)
    ask(window.program, lambda: people.change(who))
    window.program.shell.resize(1024, 500)
    page = page_of(window, file.patient)
    page.add.click()
    head = page.entry_head
    assert head.late.isVisible()
    assert "say why" in head.late.placeholderText()
    head.day.setText("01-Jan-2026")
    head.dated.emit("01-Jan-2026")
    assert not head.late.isVisible()
    head.dated.emit(show_date(window.me.today))
    assert head.late.isVisible()
    rest(window.program, 3)
    assert clipped(page) == []
    page.go_to("platelets")
    page.table.setFocus()
    type_keys("310")
    press(Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is head.late
    type_keys("Reported late")
    press(Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    rest(window.program, 3)
    sample = again(window, file).encounters[-1]
    assert (sample.on, sample.source) == (window.me.today, "Reported after the death: Reported late")
