"""The journey on screen: part of the time by button and key, said in words, nothing cut, quick to paint again."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from poems_registry.charts.journey import JourneyData, Point
from poems_registry.charts.journey_series import onls, vegf_serum
from poems_registry.ui.screens.record.overview.journey_card import JourneyCard
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.drawing import DrawingView
from poems_registry.ui.widgets.labels import Label
from tests.gui.clipping import clipped

TODAY = date(2026, 11, 18)
VEGF = tuple(Point(date(2006 + year, 3, 4), 5000.0 - 200 * year) for year in range(20))
DATA = JourneyData((vegf_serum(VEGF, decision=1771), onls(VEGF[:3])), TODAY)


def card_of(qtbot: QtBot, theme: Theme, width: int) -> JourneyCard:
    card = JourneyCard(theme)
    qtbot.addWidget(card)
    card.resize(width, 420)
    with qtbot.waitExposed(card):
        card.show()
    card.show_data(DATA)
    return card


def shown_days(card: JourneyCard) -> list[date]:
    assert card.drawing is not None
    return [hit.on for hit in card.drawing.hits]


def said(card: JourneyCard) -> str:
    return " ".join(label.text() for label in card.findChildren(Label) if label.isVisible())


@pytest.mark.parametrize("width", [420, 560, 1100])
def test_the_newest_years_are_shown_by_a_choice_and_everything_comes_back(
    qtbot: QtBot, theme: Theme, width: int
) -> None:
    card = card_of(qtbot, theme, width)
    assert len(shown_days(card)) == 23
    assert not card.earlier.isVisible()
    card.span.parts()[1].click()
    assert min(shown_days(card)) > date(2021, 11, 1)
    assert "18-Nov-2021 to 18-Nov-2026" in said(card)
    assert clipped(card) == []
    card.earlier.click()
    assert card.span.code() == ""
    assert min(shown_days(card)) < date(2021, 11, 1)
    card.span.parts()[0].click()
    assert len(shown_days(card)) == 23
    assert clipped(card) == []


def test_keys_go_nearer_around_the_point_in_hand_and_back_to_all(qtbot: QtBot, theme: Theme) -> None:
    card = card_of(qtbot, theme, 800)
    chart = card.findChildren(DrawingView)[0]
    for _ in range(3):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    held = shown_days(card)[2]
    QTest.keyClick(chart, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    days = shown_days(card)
    assert held in days
    assert len(days) < 23
    QTest.keyClick(chart, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert len(shown_days(card)) == 23
    assert card.span.code() == "all"


def test_another_patients_journey_is_shown_whole(qtbot: QtBot, theme: Theme) -> None:
    card = card_of(qtbot, theme, 800)
    card.span.parts()[2].click()
    card.show_data(DATA)
    assert len(shown_days(card)) == 23
    assert card.span.code() == "all"
