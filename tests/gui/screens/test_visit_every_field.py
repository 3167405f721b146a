"""Every field of a visit is reached and filled in by the keyboard alone, in the order of the form."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.kinds import Choice, Choices, Day, Number, YesNo
from poems_registry.domain.errors import InvalidInput
from poems_registry.services.access import SignedIn
from poems_registry.services.training.demo import PASSWORD
from poems_registry.system import paths
from poems_registry.ui.screens.visit.form_row import FormRow
from poems_registry.ui.theme.theme import Theme
from tests.gui.screens.visit_window import Window, copy_training, make_training, sign_in

CTRL = Qt.KeyboardModifier.ControlModifier
MOST_TABS = 60
JUDGED_BESIDE_OTHERS = {"weight", "flc_ratio_reported", "cortisol_9am", "extent", "skin_examined", "next_visit"}
"""What the values below make doubtful or wrong beside others: the mark is theirs, and the field took its value."""


@pytest.fixture
def signed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SignedIn]:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    made = tmp_path / "made"
    made.mkdir()
    make_training(made)
    me = sign_in(copy_training(made, tmp_path))
    yield me
    me.close()


@pytest.fixture
def window(theme: Theme, signed_in: SignedIn) -> Iterator[Window]:
    made = Window(theme, signed_in)
    yield made
    made.close()


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(keyboard(), key, held)
    QApplication.processEvents()


def typed(code: str) -> str:
    """A usual value of an item as one types it; nothing for an answer, which is chosen by keys."""
    kind = CATALOGUE.item(code).kind
    match kind:
        case Number():
            low, high = kind.warn or kind.hard
            usual = low + (high - low) / 4
            whole = round(usual) - round(usual) % (kind.step or 1)
            return f"{whole if kind.whole else round(usual, 1):g}"
        case Day():
            return "2024"
        case Choice() | YesNo() | Choices():
            return ""
    return "words"


def reach(window: Window, code: str) -> bool:
    """On to the field's section and by Tab to the field, never back."""
    for _ in window.view.sections():
        if window.view.section() == window.view.section_of(code):
            break
        press(Qt.Key.Key_Return, CTRL)
        window.settle()
    for _ in range(MOST_TABS):
        if window.view.field_in_use() == code:
            return True
        press(Qt.Key.Key_Tab)
    return False


def asked(window: Window, code: str) -> bool:
    rows = [row for row in window.view.page(window.view.section_of(code)).rows.values() if isinstance(row, FormRow)]
    return any(code in row.boxes and row.boxes[code].shown.visible for row in rows)


def test_every_field_is_reached_and_filled_in_by_the_keyboard_in_the_order_of_the_form(window: Window) -> None:
    encounter_id = window.begin()
    for section in window.view.sections():
        window.view.open_section(section)
        window.settle()
    window.view.go_to_start()
    window.settle()
    filled = 0
    for code in window.view.codes():
        if not asked(window, code):
            continue
        assert reach(window, code), code
        kind, words = CATALOGUE.item(code).kind, typed(code)
        if words:
            QTest.keyClicks(keyboard(), words)
        elif isinstance(kind, Choices):
            press(Qt.Key.Key_Space)
        else:
            press(Qt.Key.Key_Down if keyboard().inherits("QComboBox") else Qt.Key.Key_Right)
        field = window.presenter.draft.fields.get(code)
        assert field is not None, code
        assert field.text, code
        filled += 1
    assert filled > 200
    visit = window.visits.open(encounter_id)
    with pytest.raises(InvalidInput) as caught:
        window.visits.sign(
            encounter_id, visit.file.patient.id, visit.encounter.version, window.presenter.draft, PASSWORD
        )
    assert set(caught.value.problems) <= JUDGED_BESIDE_OTHERS
