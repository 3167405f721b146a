"""The clinic's lists in the real window: columns stand under each other through all cards, and a call gets its name."""

from collections import defaultdict

import pytest
from PySide6.QtWidgets import QWidget

from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import rest
from poems_registry.services.care import CareService
from poems_registry.services.clinic_lists import ClinicListService
from poems_registry.ui.care.lines import LEAST, CareLines
from poems_registry.ui.screens.clinic.shown import Part
from poems_registry.ui.widgets.buttons import Button
from tests.gui.app.open_window import Open
from tests.gui.app.test_care_window import clinic, words
from tests.gui.clipping import clipped


def left_edges(lines: CareLines) -> dict[int, set[int]]:
    """Where each column of each card begins, in pixels from the left of the lists."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for rows in lines._rows:
        for column in LEAST:
            cells: list[QWidget] = [cell for cell in rows.cells[column] if cell.isVisible()]
            found[column] |= {cell.mapTo(lines, cell.rect().topLeft()).x() for cell in cells}
    return found


@pytest.mark.parametrize("width", [1024, 1366])
def test_each_column_begins_at_one_place_in_every_card(window: Open, width: int) -> None:
    window.program.shell.resize(width, 700)
    view = clinic(window)
    rest(window.program, 3)
    assert sum(bool(rows.cells[0]) for rows in view.lines._rows) > 1
    for column, places in left_edges(view.lines).items():
        assert len(places) <= 1, (column, places)
    assert clipped(view) == []


def test_a_call_that_named_nobody_is_hung_on_a_patient_from_its_line(window: Open) -> None:
    patient, _ = window.longest()
    before = len(ask(window.program, lambda: CareService(window.me).of(patient.id)).calls)
    view = clinic(window, Part.CALLS)
    calls = ask(window.program, lambda: ClinicListService(window.me).calls())
    nobodys = [call for whose, call in (*calls.waiting, *calls.others) if whose is None]
    ways = [each for each in view.lines.findChildren(Button) if each.text() == "Say who it was…"]
    assert len(ways) == len(nobodys) > 0
    assert all(each.accessibleName().startswith("Say who it was: ") for each in ways)
    ways[0].click()
    rest(window.program)
    assert view.whom is not None
    assert "Which patient was the call of" in words(view.whom)
    assert view._choosing is not None
    view._choosing.chosen(patient.id)
    rest(window.program, 3)
    assert len(ask(window.program, lambda: CareService(window.me).of(patient.id)).calls) == before + 1
    left = [each for each in view.lines.findChildren(Button) if each.text() == "Say who it was…" and each.isVisible()]
    assert len(left) == len(nobodys) - 1
