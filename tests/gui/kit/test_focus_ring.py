"""The ring shows where the keyboard is, in every look and wherever the control goes."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.buttons import primary
from poems_registry.ui.widgets.cards import ScrollColumn
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.focus_ring import FocusRing, FocusRings
from tests.gui.kit.windows import shown


def around(ring: FocusRing) -> QWidget | None:
    return ring.target


def test_the_ring_lies_around_the_control_in_focus_and_lets_clicks_through(theme: Theme, qtbot: QtBot) -> None:
    one, other = LineEdit(theme), primary(theme, "Save")
    holder = shown(qtbot, one, other)
    one.setFocus()
    ring = FocusRings.ring_of(holder)
    assert ring is not None
    assert around(ring) == one
    assert ring.geometry() == QRect(one.mapTo(holder, QPoint(0, 0)), one.size()).adjusted(-6, -6, 6, 6)
    assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert ring.isVisible()
    other.setFocus()
    assert around(ring) == other
    for part in (one, other):
        part.setEnabled(False)
        part.hide()
    assert not ring.isVisible()


def test_the_ring_follows_scrolling_and_goes_out_of_view_with_its_control(theme: Theme, qtbot: QtBot) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    field = LineEdit(theme)
    column.addWidget(field)
    column.addSpacing(2000)
    area = ScrollColumn(content)
    holder = shown(qtbot, area, height=400)
    field.setFocus()
    ring = FocusRings.ring_of(holder)
    assert ring is not None
    before = ring.y()
    area.verticalScrollBar().setValue(10)
    assert ring.y() == before - 10
    area.verticalScrollBar().setValue(1000)
    assert not ring.isVisible()


def test_the_ring_survives_the_end_of_its_control(theme: Theme, qtbot: QtBot) -> None:
    field = LineEdit(theme)
    holder = shown(qtbot, field)
    field.setFocus()
    ring = FocusRings.ring_of(holder)
    assert ring is not None
    field.setParent(None)
    field.deleteLater()
    QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
    QApplication.processEvents()
    assert not ring.isVisible()
