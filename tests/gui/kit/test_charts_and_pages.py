"""Charts and pages are read by eye, by key and by screen reader."""

from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from poems_registry.charts.shapes import Circle, Drawing, Hit, Line, Pattern, Polygon, Polyline, Rect, Text
from poems_registry.charts.shapes import Tone as Meaning
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Look
from poems_registry.ui.widgets.drawing import DrawingView
from poems_registry.ui.widgets.pdf_pages import PageImage, PdfPages
from tests.gui.clipping import clipped
from tests.gui.kit.windows import said, shown

CHART = Drawing(
    200,
    100,
    (
        Rect(0, 20, 200, 20, Meaning.BAND, Meaning.AMBER, pattern=Pattern.HATCH),
        Rect(10, 60, 20, 20, Meaning.FILL, Meaning.TEXT, pattern=Pattern.CROSS),
        Rect(40, 60, 20, 20, Meaning.FILL, Meaning.TEXT, pattern=Pattern.DOTS, radius=3),
        Line(0, 90, 200, 90, Meaning.LINE, dash=(3, 2)),
        Polyline(((10, 80), (100, 20), (190, 50)), Meaning.BLUE),
        Circle(10, 80, 3, Meaning.BLUE),
        Polygon(((100, 15), (95, 25), (105, 25)), Meaning.PAPER, Meaning.RED),
        Text(100, 98, "640 latest", 9.75, tone=Meaning.RED),
    ),
    "VEGF fell from above 8,000 to 640 pg/mL.",
    (Hit(10, 80, date(2021, 2, 3), "03-Feb-2021\nVEGF > 8,000"), Hit(190, 50, date(2026, 8, 12), "12-Aug-2026\n640")),
)


def test_a_chart_says_what_it_shows_and_its_points_by_key(theme: Theme, qtbot: QtBot) -> None:
    view = DrawingView(theme, CHART)
    shown(qtbot, view)
    heard, opened = list[str](), list[int]()
    view.pointed.connect(heard.append)
    view.opened.connect(opened.append)
    assert said(view) == CHART.alt_text
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        QTest.keyClick(view, key)
    assert heard == ["03-Feb-2021\nVEGF > 8,000", "12-Aug-2026\n640", ""]
    assert opened == [1]


def test_a_point_is_reached_by_mouse(theme: Theme, qtbot: QtBot) -> None:
    view = DrawingView(theme, CHART, scale=2.0)
    shown(qtbot, view)
    opened: list[int] = []
    view.opened.connect(opened.append)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(384, 97))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert opened == [1]


def test_every_shape_leaves_its_colour_on_the_screen_in_every_look(
    theme: Theme, qtbot: QtBot, qapp: QApplication
) -> None:
    view = DrawingView(theme, CHART, scale=2.0)
    shown(qtbot, view, width=500)
    for look in Look:
        theme.put_on(qapp, look)
        picture = view.grab().toImage()
        shades = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
        for shade in (theme.tokens.blue, theme.tokens.amber_tint, theme.tokens.edge):
            assert shade in shades


def test_a_chart_without_points_is_no_stop_for_tab(theme: Theme, qtbot: QtBot) -> None:
    view = DrawingView(theme, Drawing(20, 20, (), "No results recorded."))
    qtbot.addWidget(view)
    assert view.focusPolicy() is Qt.FocusPolicy.NoFocus


def paper(shade: int) -> PageImage:
    return PageImage(bytes((shade, shade, shade, 255)) * (210 * 297), 210, 297, f"words of {shade}")


def test_pages_are_counted_and_gone_through_by_key(theme: Theme, qtbot: QtBot) -> None:
    pages = PdfPages(theme, "Letter")
    holder = shown(qtbot, pages, width=400, height=500)
    told: list[tuple[int, int]] = []
    pages.page_changed.connect(lambda number, count: told.append((number, count)))
    pages.setFixedHeight(400)
    pages.show_pages([paper(255), paper(200), paper(150)])
    QApplication.processEvents()
    assert (pages.page(), told[-1]) == (1, (1, 3))
    QTest.keyClick(pages, Qt.Key.Key_PageDown)
    assert told[-1] == (2, 3)
    QTest.keyClick(pages, Qt.Key.Key_End)
    assert told[-1] == (3, 3)
    QTest.keyClick(pages, Qt.Key.Key_Home)
    assert pages.page() == 1
    assert any("words of 200" in label.text() for label in pages.findChildren(QLabel))
    assert clipped(holder) == []
    pages.show_pages([])
    assert told[-1] == (0, 0)


def test_a_page_shows_the_colours_it_was_given(theme: Theme, qtbot: QtBot) -> None:
    pages = PdfPages(theme, "Letter")
    shown(qtbot, pages, width=400, height=500)
    pages.show_pages([PageImage(bytes((10, 200, 30, 255)) * 4, 2, 2)])
    QApplication.processEvents()
    page = pages.findChildren(QLabel)[0]
    assert page.grab().toImage().pixelColor(page.width() // 2, page.height() // 2).name() == "#0ac81e"
