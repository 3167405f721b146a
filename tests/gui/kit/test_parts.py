"""The smaller parts: chips, rings, charts, pages, undo, forms; what they show they also say."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QFontInfo, QFontMetricsF, QRawFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.forms.rows import FormGrid, FormHead
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Look, Tone
from poems_registry.ui.widgets.bars import StatusLine, TrainingBar, UndoStrip
from poems_registry.ui.widgets.buttons import Button, Kind, primary
from poems_registry.ui.widgets.cards import Card, EmptyState, ScrollColumn, Steps, Tile
from poems_registry.ui.widgets.chips import CriterionChip, Feature, LetterChip, StatusPill, Verdict
from poems_registry.ui.widgets.choice import SegmentedChoice
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.fields import LineEdit, NumberField
from poems_registry.ui.widgets.filter_chip import FilterChip
from poems_registry.ui.widgets.labels import Label, labelled
from poems_registry.ui.widgets.message import Action, MessageBar, Summary
from poems_registry.ui.widgets.password import PasswordField
from poems_registry.ui.widgets.rail import SideRail
from poems_registry.ui.widgets.tabs import Tab, TabBar
from poems_registry.ui.widgets.value_state import ValueState
from tests.gui.clipping import clipped
from tests.gui.kit.windows import said, shown


def test_what_a_person_typed_is_never_read_as_markup(theme: Theme, qtbot: QtBot) -> None:
    label = Label(theme, "<b>Ada</b> <script> & Co")
    shown(qtbot, label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert said(label) == "<b>Ada</b> <script> & Co"


def test_a_wrapped_text_never_tears_a_date_apart(theme: Theme, qtbot: QtBot) -> None:
    label = Label(theme, "Usual range 150 to 400. Last time 176, on 12-Aug-2026.", wrap=True)
    qtbot.addWidget(label)
    for width in range(90, 400, 7):
        lines = label.lines(width)
        assert " ".join(lines) == label.text()
        assert sum("12-Aug-2026." in line for line in lines) == 1


def test_labels_follow_the_look(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    label = Label(theme, "MMMM", tone=Tone.TEXT)
    card = Card(theme)
    card.column.addWidget(label)
    shown(qtbot, card)

    def darkest() -> int:
        picture = label.grab().toImage()
        points = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
        return min(QColor(picture.pixel(x, y)).lightness() for x, y in points)

    light = darkest()
    theme.put_on(qapp, Look.DARK)
    assert light < 80
    assert card.grab().toImage().pixelColor(20, 8).lightness() < 60


def test_the_typeface_is_ours_and_has_even_figures(theme: Theme) -> None:
    assert QFontInfo(theme.font()).family() == "Inter"
    metrics = QFontMetricsF(theme.font())
    assert metrics.horizontalAdvance("1111") == pytest.approx(metrics.horizontalAdvance("0808"))
    raw = QRawFont.fromFont(theme.font())
    assert [sign for sign in "ŁễịṢọãλ⁹µ≥–" if not raw.supportsCharacter(ord(sign))] == []


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        (Feature.PRESENT, "P present"),
        (Feature.ABSENT, "P absent"),
        (Feature.NOT_ASSESSED, "P not assessed"),
        (Feature.NOT_RECORDED, "P not recorded"),
    ],
)
def test_a_letter_says_its_state_and_looks_different_in_grey(
    theme: Theme, qtbot: QtBot, feature: Feature, words: str
) -> None:
    chip = LetterChip(theme, "P", feature)
    shown(qtbot, chip)
    assert said(chip) == words
    other = LetterChip(theme, "P", Feature.PRESENT if feature is not Feature.PRESENT else Feature.ABSENT)
    qtbot.addWidget(other)
    grey = [
        one.grab().toImage().convertToFormat(chip.grab().toImage().Format.Format_Grayscale8) for one in (chip, other)
    ]
    assert grey[0] != grey[1]


def test_criteria_and_pills_say_what_they_show(theme: Theme, qtbot: QtBot) -> None:
    chip = CriterionChip(theme, "Pa", "Papilloedema", Verdict.CANNOT_TELL)
    pill = StatusPill(theme, "triangle-alert", "Overdue by 3 days", Tone.RED)
    shown(qtbot, chip, pill)
    assert said(chip) == "Papilloedema: cannot tell"
    assert said(pill) == "Overdue by 3 days"
    chip.show_verdict(Verdict.MET)
    assert said(chip) == "Papilloedema: met"


def test_a_filter_is_a_switch_with_its_count_beside_its_name(theme: Theme, qtbot: QtBot) -> None:
    chip = FilterChip(theme, "Overdue", 4)
    shown(qtbot, chip)
    chip.click()
    assert chip.isChecked()
    assert (said(chip), chip.text()) == ("Overdue", "Overdue  4")
    chip.show_count(1250)
    assert chip.text() == "Overdue  1,250"


def test_a_tile_says_everything_it_shows(theme: Theme, qtbot: QtBot) -> None:
    tile = Tile(theme, "P", "Polyneuropathy")
    holder = shown(qtbot, tile)
    tile.show_state(Feature.PRESENT, "Present, since Nov-2019", "trending-down", "Better: ONLS 6 to 5", Tone.GREEN)
    assert said(tile) == "Polyneuropathy. Present, since Nov-2019. Better: ONLS 6 to 5"
    QApplication.processEvents()
    assert clipped(holder) == []


@pytest.mark.parametrize("make", [LineEdit, NumberField, PasswordField, ComboBox])
def test_a_label_belongs_to_its_field(theme: Theme, qtbot: QtBot, make: Callable[[Theme], QWidget]) -> None:
    field = make(theme)
    shown(qtbot, labelled(theme, "&Surname", field), field)
    typed_in = field.focusProxy() or field
    relations = QAccessible.queryAccessibleInterface(typed_in).relations()
    assert [
        other.text(QAccessible.Text.Name) for other, kind in relations if kind == QAccessible.RelationFlag.Label
    ] == ["Surname"]


# -- buttons and messages


def test_a_row_button_shows_that_its_act_was_done(theme: Theme, qtbot: QtBot) -> None:
    grid = FormGrid(theme)
    row = grid.add_row("onls_arm", "ONLS arm", NumberField(theme))
    shown(qtbot, grid, width=900)
    told: list[str] = []
    grid.confirmed.connect(told.append)
    row.show_last("3")
    assert row.confirm is not None
    assert said(row.confirm) == "Unchanged, ONLS arm"
    row.confirm.click()
    row.show_confirmed(True)
    assert told == ["onls_arm"]
    assert (row.confirm.text(), said(row.confirm)) == ("Confirmed", "Confirmed, ONLS arm")
    row.show_last("")
    assert row.confirm.isHidden()


def test_a_message_has_two_actions_at_most(theme: Theme, qtbot: QtBot) -> None:
    bar = MessageBar(theme)
    qtbot.addWidget(bar)
    with pytest.raises(ValueError, match="two actions"):
        bar.say("Not saved.", "", [Action(str(number), lambda: None) for number in range(3)])


def test_a_messages_action_is_held_although_nobody_else_holds_it(theme: Theme, qtbot: QtBot) -> None:
    done: list[str] = []

    class Presenter:
        def again(self) -> None:
            done.append("again")

    bar = MessageBar(theme)
    qtbot.addWidget(bar)
    bar.say("Not saved.", "", [Action("Try again", Presenter().again)])
    bar.findChildren(Button)[0].click()
    assert done == ["again"]


def test_the_summary_leads_to_each_field(theme: Theme, qtbot: QtBot) -> None:
    box = Summary(theme)
    shown(qtbot, box)
    asked: list[str] = []
    box.asked.connect(asked.append)
    box.say([("vegf", "VEGF serum", "is not a number"), ("plt", "Platelets", "are unusually high")])
    texts = [label.text() for label in box.findChildren(Label)]
    assert "2 things to put right" in texts
    box.findChildren(Button)[1].click()
    assert asked == ["plt"]
    box.say([])
    assert box.isHidden()


def test_a_removal_can_be_undone_for_ten_seconds(theme: Theme, qtbot: QtBot) -> None:
    strip, undone = UndoStrip(theme), list[str]()
    shown(qtbot, strip)
    strip.offer("Removed Pregabalin", lambda: undone.append("first"))
    for _ in range(9):
        strip.tick()
    assert strip.isVisible()
    strip.tick()
    assert not strip.isVisible()
    strip.offer("Removed Apixaban", lambda: undone.append("second"))
    strip.findChildren(Button)[0].click()
    assert undone == ["second"]
    assert not strip.isVisible()


def test_the_time_to_undo_does_not_run_for_who_is_about_to_press(theme: Theme, qtbot: QtBot) -> None:
    strip = UndoStrip(theme)
    shown(qtbot, strip)
    strip.offer("Removed Pregabalin", lambda: None)
    strip.findChildren(Button)[0].setFocus()
    for _ in range(30):
        strip.tick()
    assert strip.isVisible()


def test_the_status_line_says_what_is_not_saved(theme: Theme, qtbot: QtBot) -> None:
    line = StatusLine(theme)
    holder = shown(qtbot, line, width=976)
    line.show_draft("Not saved since 14:02, draft kept on this computer", saved=False)
    line.show_copy("Last verified copy 9 days ago, 1 place missing", fresh=False)
    line.show_registry("poems.registry")
    QApplication.processEvents()
    texts = [label.text() for label in line.findChildren(QLabel)]
    assert "Registry: poems.registry" in texts
    assert clipped(holder) == []


def test_a_value_state_says_its_reason_and_gives_the_field_back(theme: Theme, qtbot: QtBot) -> None:
    state = ValueState(theme)
    shown(qtbot, state)
    state.show_state("unable", "Unable to assess", name="MRC sum", reason="Wrist in plaster")
    cleared: list[bool] = []
    state.cleared.connect(lambda: cleared.append(True))
    assert said(state.button) == "Unable to assess, MRC sum"
    QTest.keyClick(state.button, Qt.Key.Key_Delete)
    assert cleared == [True]


def test_tabs_are_buttons_that_say_their_state(theme: Theme, qtbot: QtBot) -> None:
    bar = TabBar(theme, [Tab("p", "P", "circle-check", Tone.GREEN, "complete"), Tab("o", "O")])
    shown(qtbot, bar)
    chosen: list[str] = []
    bar.chosen.connect(chosen.append)
    buttons = bar.findChildren(QPushButton)
    buttons[1].click()
    assert chosen == ["o"]
    bar.mark_tab("p")
    assert buttons[0].accessibleDescription() == "open now, complete"
    QTest.keyClick(buttons[0], Qt.Key.Key_Return)
    assert chosen == ["o", "p"]


def press_as_a_screen_reader(widget: QWidget) -> None:
    actions = QAccessible.queryAccessibleInterface(widget).actionInterface()
    actions.doAction(actions.actionNames()[0])


def test_a_screen_readers_press_does_what_a_click_does(theme: Theme, qtbot: QtBot) -> None:
    told: list[str] = []
    choice = SegmentedChoice(theme, "Polyneuropathy")
    choice.chosen.connect(told.append)
    bar = TabBar(theme, [Tab("p", "P"), Tab("o", "O")])
    bar.chosen.connect(told.append)
    rail = SideRail(theme)
    rail.chosen.connect(told.append)
    chip = FilterChip(theme, "Overdue", 4)
    chip.toggled.connect(lambda on: told.append(f"filter {on}"))
    shown(qtbot, choice, bar, chip, rail, height=700)
    press_as_a_screen_reader(choice.parts()[1])
    press_as_a_screen_reader(bar.findChildren(QPushButton)[1])
    press_as_a_screen_reader(rail.findChildren(QPushButton)[2])
    press_as_a_screen_reader(chip)
    qtbot.waitUntil(lambda: len(told) >= 4, timeout=5000)
    assert sorted(told) == ["absent", "clinic", "filter True", "o"]


# -- forms


@pytest.mark.parametrize("narrow", [False, True])
def test_a_form_stands_on_its_grid_and_nothing_is_cut(theme: Theme, qtbot: QtBot, narrow: bool) -> None:
    grid, head = FormGrid(theme), FormHead(theme, "Polyneuropathy", "P")
    head.show_last("12-Aug-2026", "3m ago")
    grid.add_row("status", "Status", SegmentedChoice(theme, "Polyneuropathy")).show_last("Present")
    number = NumberField(theme, width=56)
    number.show_meaning("Affected, none prevented")
    row = grid.add_row("arm", "ONLS arm, 0 to 5", number)
    row.show_last("3")
    row.show_problem("Type a whole number from 0 to 5. The letter O was typed.")
    for part in (grid, head):
        part.set_narrow(narrow)
    holder = shown(qtbot, head, grid, width=650 if narrow else 900)
    QApplication.processEvents()
    assert clipped(holder) == []
    assert row.label.width() == (120 if narrow else 152)
    assert row.confirm is not None
    assert row.confirm.width() == (104 if narrow else 112)


def test_wrong_and_doubtful_are_said_in_words_and_a_doubt_can_be_confirmed(theme: Theme, qtbot: QtBot) -> None:
    field = LineEdit(theme)
    grid = FormGrid(theme)
    row = grid.add_row("plt", "Platelets", field)
    shown(qtbot, grid, width=900)
    row.show_problem("Type a number such as 198.")
    assert field.property("mark") == Mark.ERROR
    row.show_doubt("Usual range 150 to 400.", "Yes, 1,980 is right")
    assert field.property("mark") == Mark.DOUBT
    assert row.doubt_confirm.isVisible()
    assert said(row.doubt_confirm) == "Yes, 1,980 is right, Platelets"
    row.show_problem("")
    assert field.property("mark") == Mark.NONE
    assert not row.doubt_confirm.isVisible()


def test_the_label_of_a_row_names_its_field(theme: Theme, qtbot: QtBot) -> None:
    grid, number = FormGrid(theme), NumberField(theme)
    row = grid.add_row("arm", "ONLS arm", number, buddy=number.edit)
    shown(qtbot, grid, width=900)
    assert row.label.buddy() is number.edit


# -- surfaces


def test_empty_states_steps_and_the_training_bar_say_everything(theme: Theme, qtbot: QtBot) -> None:
    empty = EmptyState(
        theme, "mail-plus", "No letters yet", "A letter is made from a finished visit.", primary(theme, "Go")
    )
    steps = Steps(theme)
    steps.show_steps(5, 9, "Printing copy 5 of 9, page 9 of 24")
    bar = TrainingBar(theme)
    holder = shown(qtbot, empty, steps, bar, height=500)
    QApplication.processEvents()
    assert clipped(holder) == []
    assert said(bar) == "TRAINING REGISTRY: made-up patients"
    empty.show_words("Nothing found", "No patient has this number.")
    assert "Nothing found" in [label.text() for label in empty.findChildren(QLabel)]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_button_is_large_enough_and_pressed_by_return_and_space(theme: Theme, qtbot: QtBot, kind: Kind) -> None:
    button, pressed = Button(theme, "Go", kind, icon="check"), list[bool]()
    holder = shown(qtbot, button)
    button.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert pressed == [True, True]
    assert button.height() >= 24
    button.setEnabled(False)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(pressed) == 2
    assert clipped(holder) == []


def test_a_scrolled_column_is_never_wider_than_its_view(theme: Theme, qtbot: QtBot) -> None:
    content = QWidget()
    row = QHBoxLayout(content)
    for number in range(6):
        row.addWidget(primary(theme, f"Button number {number}"))
    area = ScrollColumn(content)
    holder = shown(qtbot, area, width=200, height=200)
    QApplication.processEvents()
    assert clipped(holder) == []
    assert content.width() <= area.viewport().width()
