"""The patient banner shows who it is, in order, whole, at every width; dialogs carry the small one."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from poems_registry.domain.records import AllergyState
from poems_registry.ui.identity import AllergyWords, Fact, Identity
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.banner import MicroBanner, PatientBanner
from poems_registry.ui.widgets.buttons import Button
from poems_registry.ui.widgets.dialog import Dialog
from tests.gui.clipping import clipped

ANN = Identity(
    name="SMITH, Ann (Mrs)",
    born=Fact("Born", "14-Jul-1955 (71y)", "The date of birth."),
    died=None,
    age_at_death=None,
    gender=Fact("Gender", "Female", "The gender this person states."),
    nhs_number=Fact("NHS No.", "999\u00a0000\u00a00050", "The ten-figure number."),
    allergies=AllergyWords(AllergyState.KNOWN, "Known allergies", "Penicillin", "updated 12-Aug-2026"),
    more=(Fact("Address", "1 Sample Street, Sampleford, ZZ1 4QX", "Where letters go."),),
)
DEAD = replace(
    ANN,
    name="FEATHERSTONEHAUGH-CHOLMONDELEY, Bartholomew Maximilian Alexander (Professor)",
    born=Fact("Born", "14-Jul-1955", "The date of birth."),
    died=Fact("Died", "02-Mar-2026", "The day of death."),
    age_at_death=Fact("Age at Death", "70y", "Years."),
)


def shown(theme: Theme, qtbot: QtBot, who: Identity | None, width: int = 1222) -> PatientBanner:
    banner = PatientBanner(theme)
    qtbot.addWidget(banner)
    banner.show_patient(who)
    banner.set_narrow(width < 1120)
    layout = banner.layout()
    assert layout is not None
    banner.resize(width, max(48, layout.heightForWidth(width)))
    return banner


def words(banner: QWidget) -> list[str]:
    labels = [label for label in banner.findChildren(QLabel) if label.isVisible()]
    return [label.text() for label in sorted(labels, key=lambda label: label.mapTo(banner, QPoint(0, 0)).x())]


def test_zone_1_stands_in_the_order_the_nhs_asks(theme: Theme, qtbot: QtBot) -> None:
    said = words(shown(theme, qtbot, ANN))
    assert said[:7] == [
        "SMITH, Ann (Mrs)",
        "Born",
        "14-Jul-1955 (71y)",
        "Gender",
        "Female",
        "NHS No.",
        "999\u00a0000\u00a00050",
    ]
    assert said[7] == "Known allergies"


def test_each_label_offers_its_definition(theme: Theme, qtbot: QtBot) -> None:
    banner = shown(theme, qtbot, ANN)
    born = next(label for label in banner.findChildren(QLabel) if label.text() == "Born")
    assert born.toolTip() == born.accessibleDescription() == "The date of birth."


@pytest.mark.parametrize("who", [ANN, DEAD], ids=["living", "deceased, long name"])
@pytest.mark.parametrize("width", [880, 944, 1222, 1776])
def test_nothing_is_cut_at_any_width(theme: Theme, qtbot: QtBot, who: Identity, width: int) -> None:
    banner = shown(theme, qtbot, who, width)
    assert clipped(banner) == []
    assert who.name in words(banner)


def test_in_one_line_the_banner_is_48_high_and_never_above_72_for_a_usual_name(theme: Theme, qtbot: QtBot) -> None:
    assert shown(theme, qtbot, ANN, 1222).height() == 48
    assert shown(theme, qtbot, ANN, 880).height() <= 72


def test_died_stands_below_born(theme: Theme, qtbot: QtBot) -> None:
    banner = shown(theme, qtbot, DEAD)
    places = {label.text(): label.mapTo(banner, QPoint(0, 0)) for label in banner.findChildren(QLabel)}
    assert places["Died"].y() > places["Born"].y()
    assert abs(places["Died"].x() - places["Born"].x()) <= 1


def test_a_deceased_patients_banner_differs_in_colour_and_in_pattern(theme: Theme, qtbot: QtBot) -> None:
    def shades(who: Identity) -> set[int]:
        picture = shown(theme, qtbot, who).grab().toImage()
        strip = range(picture.height() - 8, picture.height() - 3)
        return {picture.pixel(x, y) for x in range(600, 640) for y in strip}

    living, dead = shades(replace(DEAD, died=None)), shades(DEAD)
    assert len(living) == 1
    assert len(dead) > 1
    assert living.isdisjoint(dead)


@pytest.mark.parametrize("state", list(AllergyState))
def test_every_state_of_allergies_is_said(theme: Theme, qtbot: QtBot, state: AllergyState) -> None:
    banner = shown(theme, qtbot, replace(ANN, allergies=AllergyWords(state, f"words of {state}")))
    assert f"words of {state}" in words(banner)


def test_a_long_list_of_allergies_is_counted_not_cut_and_told_in_zone_2(theme: Theme, qtbot: QtBot) -> None:
    many = "Penicillin, Latex, Co-trimoxazole, Ibuprofen, Morphine"
    assert ANN.allergies is not None
    banner = shown(theme, qtbot, replace(ANN, allergies=replace(ANN.allergies, substances=many)))
    assert any("5 substances" in said for said in words(banner))
    more = next(button for button in banner.findChildren(Button) if button.text() == "More")
    more.click()
    assert any(said.startswith(many) for said in words(banner))
    assert "1 Sample Street, Sampleford, ZZ1 4QX" in words(banner)


def test_the_next_patients_banner_is_closed_and_nobody_hides_it(theme: Theme, qtbot: QtBot) -> None:
    banner = shown(theme, qtbot, ANN)
    next(button for button in banner.findChildren(Button)).click()
    banner.show_patient(DEAD)
    assert "1 Sample Street, Sampleford, ZZ1 4QX" not in words(banner)
    assert "SMITH, Ann (Mrs)" not in words(banner)
    banner.show_patient(None)
    assert banner.isHidden()


def test_the_small_banner_holds_nothing_clinical(theme: Theme, qtbot: QtBot) -> None:
    banner = MicroBanner(theme, ANN)
    qtbot.addWidget(banner)
    banner.resize(600, 36)
    banner.show()
    assert banner.sizeHint().height() <= 40
    said = words(banner)
    assert said == ["SMITH, Ann (Mrs)", "Born", "14-Jul-1955 (71y)", "NHS No.", "999\u00a0000\u00a00050"]
    assert clipped(banner) == []


def test_the_small_banner_of_a_dialog_shows_the_whole_number_of_somebody_with_a_long_name(
    theme: Theme, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 500)
    window.show()
    for name in ("WOŹNIAK-BARRETT, Halina Maria (Mrs)", "FEATHERSTONEHAUGH-CHOLMONDELEY, Alexandrina Wilhelmina (Dr)"):
        dialog = Dialog(theme, "Sign", who=replace(ANN, name=name))
        dialog.set_actions(Button(theme, "Sign"))
        dialog.open_over(window)
        banner = dialog.findChild(MicroBanner)
        assert isinstance(banner, MicroBanner)
        layout = banner.layout()
        assert layout is not None
        assert banner.height() >= layout.heightForWidth(banner.width()) > 40
        assert clipped(dialog) == []
        dialog.reject()
