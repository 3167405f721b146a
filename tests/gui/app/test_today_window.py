"""The list of the day in the real window: reached by a key, every act leads somewhere, nothing is cut."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from poems_registry.domain.findings import Finding
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import rest
from poems_registry.services.patients import PatientService
from poems_registry.services.visits import VisitService
from poems_registry.services.worklist import Worklist, WorklistService
from poems_registry.ui.screens.patients.view import PatientsScreen
from poems_registry.ui.screens.record.view import RecordScreen
from poems_registry.ui.screens.today.shown import GroupShown
from poems_registry.ui.screens.today.view import TodayScreen
from poems_registry.ui.screens.visit.view import VisitView
from poems_registry.ui.widgets.buttons import Button
from tests.gui.app.open_window import Open
from tests.gui.clipping import clipped

SIZES = ((1024, 500), (1093, 614), (1366, 768), (1920, 1080))


def seen(window: Open, kind: type[QWidget]) -> QWidget:
    """The view of this kind that is on the screen."""
    return next(each for each in window.program.shell.findChildren(kind) if each.isVisible())


def today(window: Open) -> TodayScreen:
    """Go there by its key."""
    QTest.keyClick(window.program.shell, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    rest(window.program)
    view = seen(window, TodayScreen)
    assert isinstance(view, TodayScreen)
    return view


def buttons(view: TodayScreen, words: str) -> list[Button]:
    """Those whose act has these words."""
    return [each for each in view.buttons if each.text() == words]


def waiting(window: Open) -> Worklist:
    """What the service says."""
    return ask(window.program, lambda: WorklistService(window.me).today(500))


def begun(window: Open) -> int:
    """A visit of somebody living that is left open."""

    def start() -> int:
        living = next(row for row in PatientService(window.me).find(limit=100).rows if row.died is None)
        return VisitService(window.me).start(living.id)

    return ask(window.program, start)


def brought_in(window: Open) -> int:
    """A raised VEGF of somebody living, from outside a visit."""

    def record() -> int:
        living = next(row for row in PatientService(window.me).find(limit=100).rows if row.died is None)
        found = Finding("vegf_serum", 5000.0, reported="5000", reported_unit="pg/mL")
        on = window.me.today - timedelta(days=1)
        sample = Encounter(
            patient_id=living.id, kind=EncounterKind.SAMPLE, on=on, state=EncounterState.RECORDED, findings=(found,)
        )
        return VisitService(window.me).record(sample)[0].id

    return ask(window.program, record)


def test_an_open_draft_is_continued_from_the_list_by_keys_alone(window: Open) -> None:
    encounter_id = begun(window)
    view = today(window)
    focus = QApplication.focusWidget()
    assert isinstance(focus, Button)
    assert focus is view.buttons[0]
    assert focus.text() == "Continue"
    QTest.keyClick(focus, Qt.Key.Key_Return)
    rest(window.program)
    assert isinstance(seen(window, VisitView), VisitView)
    assert encounter_id in {each.encounter_id for each in waiting(window).mine}


def test_a_result_is_no_longer_waiting_once_its_record_was_looked_at(window: Open) -> None:
    raised = brought_in(window)
    view = today(window)
    assert raised in {each.alert.encounter_id for each in waiting(window).results}
    before = len(buttons(view, "See results"))
    place = [each.alert.encounter_id for each in waiting(window).results].index(raised)
    buttons(view, "See results")[place].click()
    rest(window.program)
    assert isinstance(seen(window, RecordScreen), RecordScreen)
    assert raised not in {each.alert.encounter_id for each in waiting(window).results}
    assert len(buttons(today(window), "See results")) == before - 1


def test_every_line_has_one_act_that_a_screen_reader_tells_apart(window: Open) -> None:
    begun(window)
    view = today(window)
    found = waiting(window)
    assert len(view.buttons) >= len(found.mine) + len(found.letters)
    names = [each.accessibleName() for each in view.buttons]
    assert all(name.startswith(f"{each.text()}: ") for name, each in zip(names, view.buttons, strict=True))
    assert window.program.shell.rail.entries()[1] == "today"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_is_cut_and_nothing_scrolls_sideways(window: Open, size: tuple[int, int]) -> None:
    begun(window)
    brought_in(window)
    window.program.shell.resize(*size)
    view = today(window)
    rest(window.program, 2)
    assert clipped(view) == []
    tops = [each.mapTo(view, each.rect().topLeft()).y() for each in view.buttons]
    assert tops == sorted(tops)


def test_an_empty_list_says_so_and_leads_on(window: Open) -> None:
    view = today(window)
    groups: tuple[GroupShown, ...] = ()
    view.show_groups(groups)
    view.show_nothing("Nothing waits for you", "Drafts, letters, results and tests that need somebody appear here.")
    view.focus_first()
    rest(window.program, 1)
    assert clipped(view) == []
    focus = QApplication.focusWidget()
    assert isinstance(focus, Button)
    QTest.keyClick(focus, Qt.Key.Key_Return)
    rest(window.program)
    assert isinstance(seen(window, PatientsScreen), PatientsScreen)
