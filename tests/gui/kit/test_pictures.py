"""A chart leaves the window as a picture: light colours, sharp, its basis written under it, no name of anybody."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from poems_registry.pages.raster import page_count
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Look
from poems_registry.ui.widgets.drawing import DrawingView, paint_scaled
from poems_registry.ui.widgets.picture import PictureMenu, save_picture, size_of
from tests.gui.kit.test_charts_and_pages import CHART
from tests.gui.kit.windows import shown

CAPTION = "Data to 18-Nov-2026."


def test_ctrl_c_copies_the_chart_in_paper_colours_whatever_the_window_looks_like(
    qtbot: QtBot, theme: Theme, qapp: QApplication
) -> None:
    theme.put_on(qapp, Look.DARK)
    view = DrawingView(theme, CHART)
    view.caption = CAPTION
    shown(qtbot, view)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().image()
    assert copied.width() > 3 * CHART.width
    assert copied.pixelColor(1, 1).lightness() > 240
    below = copied.copy(0, round((CHART.height + 10) * 300 / 72), copied.width(), 40)
    assert any(below.pixelColor(x, y).lightness() < 160 for x in range(below.width()) for y in range(0, 40, 2))


@pytest.mark.usefixtures("theme")
def test_it_is_saved_as_png_and_as_pdf_of_its_own_size(tmp_path: Path) -> None:
    png, pdf = tmp_path / "chart.png", tmp_path / "chart.pdf"
    assert save_picture(png, CHART, CAPTION, paint_scaled)
    assert save_picture(pdf, CHART, CAPTION, paint_scaled)
    assert QImage(str(png)).width() == round(size_of(CHART, CAPTION).width() * 300 / 72)
    assert page_count(pdf.read_bytes()) == 1


@pytest.mark.usefixtures("theme")
def test_a_disk_that_refuses_leaves_nothing(tmp_path: Path) -> None:
    assert not save_picture(tmp_path / "no such folder" / "chart.pdf", CHART, CAPTION, paint_scaled)
    assert list(tmp_path.iterdir()) == []


def test_the_menu_offers_copy_png_and_pdf(qtbot: QtBot, theme: Theme) -> None:
    view = DrawingView(theme, CHART)
    shown(qtbot, view)
    menu = PictureMenu(view, CHART, CAPTION, paint_scaled)
    words = [action.text() for action in menu.actions()]
    assert [part.partition("\t")[0] for part in words] == ["Copy picture", "Save as picture (PNG)…", "Save as PDF…"]
    menu.actions()[0].trigger()
    assert not QApplication.clipboard().image().isNull()
    menu.deleteLater()


def test_keys_and_wheel_ask_for_nearer_farther_all_earlier_and_later(qtbot: QtBot, theme: Theme) -> None:
    view = DrawingView(theme, CHART)
    shown(qtbot, view)
    zoomed, moved = list[tuple[int, int]](), list[int]()
    view.zoomed.connect(lambda way, place: zoomed.append((way, place)))
    view.moved.connect(moved.append)
    QTest.keyClick(view, Qt.Key.Key_End)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_0):
        QTest.keyClick(view, key, Qt.KeyboardModifier.ControlModifier)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        QTest.keyClick(view, key, Qt.KeyboardModifier.ShiftModifier)
    assert zoomed == [(1, 1), (-1, 1), (0, 1)]
    assert moved == [-1, 1]
