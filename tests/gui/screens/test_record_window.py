"""A patient's record in the window, on a real encrypted file: every tab at every size, by keyboard, nothing cut."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from poems_registry.domain.access import Permission
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import Patient
from poems_registry.services.access import SignedIn
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.form_drafts import FormDraftService
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientFilter, PatientService
from poems_registry.services.registry import open_registry
from poems_registry.services.training.demo import PASSWORD, make_demo
from poems_registry.services.treatments import TreatmentService
from poems_registry.services.visits import VisitService
from poems_registry.system import paths
from poems_registry.system.clock import FixedClock
from poems_registry.ui.screens.record.access.making import access_on
from poems_registry.ui.screens.record.care.making import care_on
from poems_registry.ui.screens.record.overview.view import OverviewPage
from poems_registry.ui.screens.record.presenter import RecordPresenter
from poems_registry.ui.screens.record.results.view import ResultsPage
from poems_registry.ui.screens.record.shown import Page
from poems_registry.ui.screens.record.treatment.entry import EntryDialog
from poems_registry.ui.screens.record.treatment.presenter import TreatmentPresenter
from poems_registry.ui.screens.record.view import RecordScreen
from poems_registry.ui.screens.record.visits.presenter import VisitsTabPresenter
from poems_registry.ui.screens.record.visits.view import VisitsPage
from poems_registry.ui.shell import Shell
from poems_registry.ui.tasks import Inline
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.buttons import Button
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.drawing import DrawingView
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import IconLabel
from tests.gui.clipping import clipped

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
INSIDE = (QSize(944, 402), QSize(1013, 516), QSize(1222, 668), QSize(1776, 980))
"""What the windows of design/screens.md leave for a record, less bars, rail, banner and status line."""


class Going:
    """Where the record led to."""

    def __init__(self) -> None:
        self.visits, self.letters, self.people = list[int](), list[int](), list[int]()
        self.banner = ""

    def hold_keys(self) -> None: ...

    def visit(self, encounter_id: int) -> None:
        self.visits.append(encounter_id)

    def letter(self, letter_id: int) -> None:
        self.letters.append(letter_id)

    def details(self, patient_id: int) -> None:
        self.people.append(patient_id)

    def show_patient(self, patient: Patient) -> None:
        self.banner = patient.family_name


class Opened:
    """A record's screen with its presenter."""

    def __init__(self, theme: Theme, me: SignedIn) -> None:
        self.me = me
        self.going = Going()
        self.patients = PatientService(me)
        feed = ChangeFeed()
        self.view = RecordScreen(theme)
        self.presenter = RecordPresenter(
            self.view, self.patients, VisitService(me), LetterService(me), Inline(), feed, self.going
        )
        treatment = TreatmentPresenter(self.view, TreatmentService(me), Inline(), feed, FormDraftService(me))
        self.view.attend_treatment(treatment)
        self.presenter.accompany(treatment)
        tab = VisitsTabPresenter(lambda: self.view.visits, VisitService(me), Inline(), feed)
        self.view.attend_visits(tab)
        self.presenter.accompany(tab)
        self.presenter.accompany(access_on(self.view, me, Inline()), of_person=True)
        self.presenter.accompany(care_on(self.view, me, Inline(), feed, lambda _words: None), of_person=True)
        self.view.attend(self.presenter)

    def show(self, qtbot: QtBot, patient_id: int, size: QSize) -> None:
        qtbot.addWidget(self.view)
        self.view.resize(size)
        self.view.set_narrow(size.width() < 1060)
        self.presenter.open(patient_id)
        self.view.show()
        QApplication.processEvents()

    def somebody(self, *filters: PatientFilter) -> int:
        """The patient with the longest record among these."""
        rows = self.patients.find("", filters).rows
        return max(rows, key=lambda row: len(self.patients.open(row.id).file.encounters)).id


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training registry of 24; copied for each test."""
    folder = tmp_path_factory.mktemp("records")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        make_demo(folder, 24, 1, FixedClock(NOW))
    return folder


@pytest.fixture
def file(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry of one's own."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    for name in ("training.registry", "training.keys"):
        shutil.copy(made / name, tmp_path / name)
    return tmp_path / "training.registry"


@pytest.fixture
def opened(theme: Theme, file: Path) -> Iterator[Opened]:
    """The record screen of a clinician who was granted the audit too: it has every tab."""
    me = open_registry(file, "rahman", PASSWORD, FixedClock(NOW))
    person = replace(me.person, permissions=frozenset(Permission))
    yield Opened(theme, replace(me, person=person))
    me.close()


@pytest.fixture
def administrator(theme: Theme, file: Path) -> Iterator[Opened]:
    """An administrator's record screen."""
    me = open_registry(file, "castellan", PASSWORD, FixedClock(NOW))
    yield Opened(theme, me)
    me.close()


def settle() -> None:
    """Let layouts inside layouts come to rest: each height that follows a width takes a turn of its own."""
    for _ in range(20):
        QApplication.processEvents()


def page(opened: Opened, kind: type) -> object:
    return opened.view.findChild(kind)


@pytest.mark.parametrize("size", INSIDE, ids=lambda size: f"{size.width()}x{size.height()}")
def test_no_tab_of_a_long_record_is_cut_at_any_size(opened: Opened, qtbot: QtBot, size: QSize) -> None:
    opened.show(qtbot, opened.somebody(), size)
    for each in Page:
        opened.presenter.go(each)
        settle()
        assert clipped(opened.view) == [], each


def test_no_tab_of_someone_who_died_or_was_seen_once_is_cut_in_a_small_window(opened: Opened, qtbot: QtBot) -> None:
    rows = opened.patients.find("").rows
    shortest = min(rows, key=lambda row: len(opened.patients.open(row.id).file.encounters)).id
    for patient_id in (opened.somebody(PatientFilter.DECEASED), shortest):
        opened.show(qtbot, patient_id, INSIDE[0])
        for each in Page:
            opened.presenter.go(each)
            settle()
            assert clipped(opened.view) == [], each


def test_no_patient_of_the_clinic_makes_the_overview_too_narrow(opened: Opened, qtbot: QtBot) -> None:
    opened.show(qtbot, opened.somebody(), INSIDE[0])
    for row in opened.patients.find("").rows:
        opened.presenter.open(row.id)
        settle()
        assert clipped(opened.view) == [], row.id
        assert opened.view.width() == INSIDE[0].width(), row.id


def test_the_keyboard_begins_at_the_tabs_and_return_opens_one(opened: Opened, qtbot: QtBot) -> None:
    opened.show(qtbot, opened.somebody(), INSIDE[2])
    opened.view.activateWindow()
    opened.view.setFocus()
    focus = opened.view.focusProxy()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Right)
    next_tab = QApplication.focusWidget()
    assert next_tab is not None
    QTest.keyClick(next_tab, Qt.Key.Key_Return)
    shown = page(opened, VisitsPage)
    assert isinstance(shown, VisitsPage)
    assert shown.isVisible()


def test_the_journey_is_read_and_opened_with_keys(opened: Opened, qtbot: QtBot) -> None:
    opened.show(qtbot, opened.somebody(), INSIDE[2])
    overview = page(opened, OverviewPage)
    assert isinstance(overview, OverviewPage)
    chart = overview.journey.findChild(DrawingView)
    assert chart is not None
    assert chart.accessibleName().startswith("VEGF")
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert "VEGF" in chart.accessibleDescription()
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert len(opened.going.visits) == 1


def test_a_click_on_a_point_of_the_journey_opens_its_visit(opened: Opened, qtbot: QtBot) -> None:
    patient_id = opened.somebody()
    opened.show(qtbot, patient_id, INSIDE[2])
    overview = page(opened, OverviewPage)
    assert isinstance(overview, OverviewPage)
    chart = overview.journey.findChild(DrawingView)
    assert chart is not None
    assert overview.journey.drawing is not None
    hit = overview.journey.drawing.hits[0]
    QTest.mouseClick(
        chart, Qt.MouseButton.LeftButton, pos=QPoint(round(hit.x * chart.scale), round(hit.y * chart.scale))
    )
    first = next(e for e in opened.patients.open(patient_id).file.counted if e.on == hit.on)
    assert opened.going.visits == [first.id]


def test_the_results_open_at_the_newest_date_and_tell_all_about_the_result_in_hand(
    opened: Opened, qtbot: QtBot
) -> None:
    opened.show(qtbot, opened.somebody(), INSIDE[2])
    opened.presenter.go(Page.RESULTS)
    QApplication.processEvents()
    shown = page(opened, ResultsPage)
    assert isinstance(shown, ResultsPage)
    table = shown.table
    newest = table.grid_model.columnCount() - 1
    assert table.currentIndex().column() == newest
    assert table.columnViewportPosition(newest) >= 0
    assert table.columnViewportPosition(newest) + table.columnWidth(newest) <= table.viewport().width()
    told: list[str] = []
    table.said.connect(told.append)
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert table.currentIndex().column() == 0
    assert told[-1].startswith(table.grid_model.grid.rows[table.currentIndex().row()].label)
    assert table.visualRect(table.currentIndex()).left() >= 0


def test_new_visit_is_begun_in_the_registry_and_continued_at_the_second_press(opened: Opened, qtbot: QtBot) -> None:
    patient_id = next(row.id for row in opened.patients.find("").rows if row.died is None and not row.has_draft)
    opened.show(qtbot, patient_id, INSIDE[2])
    assert opened.view.visit_button.text() == "New visit"
    QTest.mouseClick(opened.view.visit_button, Qt.MouseButton.LeftButton)
    begun = opened.going.visits[-1]
    opened.presenter.open(patient_id)
    assert opened.view.visit_button.text() == "Continue visit"
    QTest.mouseClick(opened.view.visit_button, Qt.MouseButton.LeftButton)
    assert opened.going.visits == [begun, begun]


def test_return_on_a_visit_opens_it(opened: Opened, qtbot: QtBot) -> None:
    patient_id = opened.somebody()
    opened.show(qtbot, patient_id, INSIDE[2])
    opened.presenter.go(Page.VISITS)
    shown = page(opened, VisitsPage)
    assert isinstance(shown, VisitsPage)
    QTest.keyClick(shown.table, Qt.Key.Key_Return)
    newest = opened.patients.open(patient_id).file.encounters[-1]
    assert opened.going.visits == [newest.id]


def test_an_administrator_sees_the_person_and_no_findings(administrator: Opened, qtbot: QtBot) -> None:
    patient_id = administrator.patients.find("").rows[0].id
    administrator.show(qtbot, patient_id, INSIDE[2])
    assert administrator.view.findChild(OverviewPage) is None
    assert administrator.view.visit_button.isHidden()
    assert clipped(administrator.view) == []
    assert administrator.going.banner


def field_of(form: EntryDialog, name: str) -> QWidget:
    """The control that this label belongs to."""
    label = next(each for each in form.findChildren(QLabel) if each.text() == name)
    control = label.buddy()
    assert control is not None
    return control


def test_a_line_of_treatment_is_typed_saved_and_shown(opened: Opened, qtbot: QtBot) -> None:
    patient_id = next(row.id for row in opened.patients.find("").rows if row.died is None)
    opened.show(qtbot, patient_id, INSIDE[2])
    opened.presenter.go(Page.TREATMENT)
    treatment = opened.view.treatment
    QTest.mouseClick(treatment.add_line, Qt.MouseButton.LeftButton)
    form = opened.view.findChild(EntryDialog)
    assert form is not None
    settle()
    assert clipped(form) == []
    name, began = field_of(form, "In words"), field_of(form, "Began")
    QTest.keyClicks(name, "Siltuximab")
    QTest.keyClicks(began, "someday")
    save = next(button for button in form.findChildren(Button) if button.text().startswith("Save for "))
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    assert form.isVisible()
    assert began.hasFocus() or began.property("mark") == "error"
    assert isinstance(name, LineEdit)
    assert isinstance(began, LineEdit)
    assert name.text() == "Siltuximab"
    began.clear()
    QTest.keyClicks(began, "Nov 2026")
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    if form.isVisible():  # what is unusual in it is asked once
        assert save.text() == "Save anyway"
        QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    line = next(line for line in opened.patients.open(patient_id).file.lines if line.name == "Siltuximab")
    assert line.start == PartialDate(2026, 11)
    told = [treatment.lines.model().index(row, 1).data() for row in range(treatment.lines.model().rowCount())]
    assert any(text.startswith("Siltuximab") for text in told)


def test_escape_asks_before_it_drops_what_was_typed(opened: Opened, qtbot: QtBot) -> None:
    opened.show(qtbot, opened.somebody(), INSIDE[1])
    opened.presenter.go(Page.TREATMENT)
    opened.view.treatment.add_event.click()
    form = opened.view.findChild(EntryDialog)
    assert form is not None
    settle()
    QTest.keyClicks(field_of(form, "Note"), "fell at home")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert form.isVisible()
    assert any("not saved" in label.text() for label in form.findChildren(IconLabel) if label.isVisible())
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_an_untouched_form_closes_at_the_first_escape(opened: Opened, qtbot: QtBot) -> None:
    opened.show(qtbot, opened.somebody(), INSIDE[1])
    opened.presenter.go(Page.TREATMENT)
    opened.view.treatment.add_event.click()
    form = opened.view.findChild(EntryDialog)
    assert form is not None
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_the_form_tells_cautions_and_counts_the_line_while_one_types(opened: Opened, qtbot: QtBot) -> None:
    opened.show(qtbot, opened.somebody(), INSIDE[2])
    opened.presenter.go(Page.TREATMENT)
    opened.view.treatment.add_line.click()
    form = opened.view.findChild(EntryDialog)
    assert form is not None
    QTest.keyClicks(field_of(form, "In words"), "bortezomib")
    settle()
    said = [label.text() for label in form.findChildren(QLabel) if label.isVisible()]
    assert any("Can worsen neuropathy" in words for words in said)
    assert any("Rule of counting lines" in words for words in said)
    assert clipped(form) == []


def test_a_part_of_an_event_is_asked_only_of_its_kind(opened: Opened, qtbot: QtBot) -> None:
    opened.show(qtbot, opened.somebody(), INSIDE[1])
    opened.presenter.go(Page.TREATMENT)
    opened.view.treatment.add_event.click()
    form = opened.view.findChild(EntryDialog)
    assert form is not None
    kind, care = field_of(form, "Event"), field_of(form, "Intensive care")
    assert not care.isVisible()
    assert isinstance(kind, ComboBox)
    kind.choose("admission")
    kind.chosen.emit("admission")
    settle()
    assert care.isVisible()
    assert clipped(form) == []


@pytest.mark.parametrize("size", INSIDE)
def test_every_form_of_treatment_has_room_for_its_words(opened: Opened, qtbot: QtBot, size: QSize) -> None:
    with_line = next(row.id for row in opened.patients.find("").rows if opened.patients.open(row.id).file.lines)
    opened.show(qtbot, with_line, size)
    opened.presenter.go(Page.TREATMENT)
    settle()
    assert clipped(opened.view) == []
    treatment = opened.view.treatment
    for button in (treatment.add_drug, treatment.add_radiotherapy, treatment.add_transplant, treatment.add_care):
        button.click()
        settle()
        form = next(each for each in opened.view.findChildren(EntryDialog) if each.isVisible())
        assert clipped(form) == []
        assert all(field.accessibleName() or field_has_label(form, field) for field in form.findChildren(LineEdit))
        form.reject()
        settle()


def test_the_tab_of_treatment_follows_the_window_wider_and_narrower(opened: Opened, qtbot: QtBot) -> None:
    with_line = next(row.id for row in opened.patients.find("").rows if opened.patients.open(row.id).file.lines)
    opened.show(qtbot, with_line, INSIDE[3])
    opened.presenter.go(Page.TREATMENT)
    for size in (*INSIDE[::-1], *INSIDE):
        opened.view.set_narrow(size.width() < 1060)
        settle()
        opened.view.resize(size)
        settle()
        assert clipped(opened.view) == [], size
        assert opened.view.treatment.minimumSizeHint().width() <= size.width(), "it keeps no window wide"
        if size.width() < 1400:  # one column has all the width
            assert opened.view.treatment.lines.width() > opened.view.width() - 60


def field_has_label(form: EntryDialog, field: QWidget) -> bool:
    return any(label.buddy() is field for label in form.findChildren(QLabel))


def test_locking_from_a_form_closes_it_unsaved(opened: Opened, theme: Theme, qtbot: QtBot) -> None:
    shell = Shell(theme)
    qtbot.addWidget(shell)
    shell.show_screen(opened.view)
    locked: list[bool] = []
    shell.lock_asked.connect(lambda: locked.append(True))
    opened.presenter.open(opened.somebody())
    shell.show()
    opened.presenter.go(Page.TREATMENT)
    opened.view.treatment.add_event.click()
    form = shell.findChild(EntryDialog)
    assert form is not None
    qtbot.waitUntil(form.isActiveWindow, timeout=5000)
    QTest.keyClicks(field_of(form, "Note"), "fell at home")
    QTest.keyClick(form, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert locked == [True]
    shell.close_dialogs()
    assert not form.isVisible()
    settle()
    opened.view.treatment.add_event.click()
    again = [each for each in shell.findChildren(EntryDialog) if each.isVisible()][-1]
    note = field_of(again, "Note")
    assert isinstance(note, LineEdit)
    assert note.text() == "fell at home"


def test_the_sign_of_a_criterion_never_covers_its_letter_whoever_is_shown(opened: Opened, qtbot: QtBot) -> None:
    opened.show(qtbot, opened.somebody(), INSIDE[2])
    for row in opened.patients.find("").rows:
        opened.presenter.open(row.id)
        signs = [label for label in opened.view.findChildren(IconLabel) if label.text() in ("P", "M", "Pa")]
        assert len(signs) >= 3
        for sign in signs:
            assert sign.minimumSizeHint().width() >= 22 + sign.fontMetrics().horizontalAdvance(sign.text())
