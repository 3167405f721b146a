"""Lists: sorted without losing anything, read out cell by cell, opened by Return, no word cut."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from poems_registry.ui.tables.cells import Cell, Span, two_lines
from poems_registry.ui.tables.delegates import Setting
from poems_registry.ui.tables.rows_model import RECORD_ROLE, SORT_ROLE, Column, RowsModel
from poems_registry.ui.tables.view import TableCard, TableView
from poems_registry.ui.theme.theme import Theme
from tests.gui.clipping import clipped

LONG = "FEATHERSTONEHAUGH-CHOLMONDELEY, Bartholomew Maximilian Alexander (Professor)"


@dataclass(frozen=True)
class Patient:
    """One row."""

    id: int
    name: str
    due: int | None = None
    dead: bool = False


ANN, BOB, CAT = Patient(1, "SMITH, Ann (Mrs)", 3), Patient(2, "JONES, Bob (Mr)"), Patient(3, "LEE, Cat (Ms)", 1, True)


def columns() -> list[Column[Patient]]:
    return [
        Column(
            "Patient",
            lambda p: p.name,
            lambda p: p.name,
            lambda p: Cell(
                (Span(p.name, bold=True),), (Span("Born 14-Jul-1955 (71y)"), Span("999\u00a0000\u00a00050", right=True))
            ),
            width=280,
            stretch=True,
        ),
        Column(
            "Next due", lambda p: str(p.due or "none"), lambda p: p.due, lambda p: two_lines(str(p.due), "days"), 120
        ),
        Column("Letter", lambda _: "To sign", width=90, narrow=0),
    ]


def list_of(*patients: Patient) -> RowsModel[Patient]:
    model: RowsModel[Patient] = RowsModel(columns(), key=lambda p: p.id, hatched=lambda p: p.dead)
    model.set_rows(patients)
    return model


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> TableView[Patient]:
    table: TableView[Patient] = TableView(theme, list_of(ANN, BOB, CAT), "Patients")
    qtbot.addWidget(table)
    table.resize(700, 300)
    table.show()
    return table


@pytest.mark.usefixtures("qapp")
def test_the_model_keeps_qts_rules() -> None:
    model: QAbstractItemModel = list_of(ANN, BOB, CAT)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.sort(1)
    assert isinstance(model, RowsModel)
    model.append_rows([Patient(4, "NEW, Dee")])
    model.set_rows([BOB])
    assert tester.model() is model


@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
def test_those_without_a_value_come_last_either_way(order: Qt.SortOrder) -> None:
    model = list_of(ANN, BOB, CAT)
    model.sort(1, order)
    names = [patient.id for patient in model.records()]
    assert names == ([3, 1, 2] if order is Qt.SortOrder.AscendingOrder else [1, 3, 2])


@given(dues=st.lists(st.one_of(st.none(), st.integers(-5, 5)), max_size=30))
def test_sorting_loses_and_invents_nobody_and_keeps_equals_in_order(dues: list[int | None]) -> None:
    people = [Patient(number, str(number), due) for number, due in enumerate(dues)]
    model = list_of(*people)
    model.sort(1)
    expected = sorted((p for p in people if p.due is not None), key=lambda p: p.due or 0)
    assert list(model.records()) == expected + [p for p in people if p.due is None]


def test_a_column_without_an_order_cannot_be_sorted() -> None:
    model = list_of(ANN, BOB)
    model.sort(2)
    assert model.order is None
    assert model.records() == (ANN, BOB)


def test_a_new_load_keeps_the_order_and_somebody_else_may_sort() -> None:
    model = list_of(ANN, CAT)
    model.sort(1)
    model.set_rows([ANN, BOB, CAT])
    assert model.records() == (CAT, ANN, BOB)
    asked: list[tuple[int, bool]] = []
    model.sort_outside(lambda column, descending: asked.append((column, descending)))
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert asked == [(0, True)]
    assert model.records() == (CAT, ANN, BOB)


def test_more_is_asked_once_and_again_only_when_there_is_still_more() -> None:
    model, asked = list_of(ANN), list[str]()
    model.set_more(lambda: asked.append("more"))
    model.fetchMore()
    model.fetchMore()
    assert asked == ["more"]
    assert not model.canFetchMore()
    model.append_rows([BOB])
    model.set_more(lambda: asked.append("again"))
    assert model.canFetchMore()
    assert model.rowCount() == 2


def test_a_row_gives_its_record_and_what_it_is_sorted_by() -> None:
    model = list_of(ANN, BOB)
    assert model.index(0, 1).data(RECORD_ROLE) is ANN
    assert model.index(0, 1).data(SORT_ROLE) == 3
    assert model.index(1, 1).data(SORT_ROLE) is None
    assert model.row_of(2) == 1
    assert model.row_of(99) == -1


def test_a_screen_reader_reads_every_cell_and_every_title(view: TableView[Patient]) -> None:
    table = QAccessible.queryAccessibleInterface(view)
    assert table.text(QAccessible.Text.Name) == "Patients"
    parts = [table.child(number) for number in range(table.childCount())]
    cells = [part.text(QAccessible.Text.Name) for part in parts if part.role() == QAccessible.Role.Cell]
    titles = [part.text(QAccessible.Text.Name) for part in parts if part.role() == QAccessible.Role.ColumnHeader]
    assert cells[:6] == ["SMITH, Ann (Mrs)", "3", "To sign", "JONES, Bob (Mr)", "none", "To sign"]
    assert titles == ["Patient", "Next due", "Letter"]


def test_return_opens_and_arrows_move_the_bar(view: TableView[Patient]) -> None:
    opened: list[Patient] = []
    view.opened.connect(opened.append)
    view.select_first()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == [BOB]


def test_the_bar_stays_on_its_patient_when_the_list_is_sorted_or_loaded_again(view: TableView[Patient]) -> None:
    model = view.model()
    assert isinstance(model, RowsModel)
    assert view.select(2)
    view.sort_by(0)
    assert view.current() == BOB
    model.set_rows([CAT, BOB])
    assert view.current() == BOB
    told: list[Patient | None] = []
    view.current_changed.connect(told.append)
    model.set_rows([CAT])
    assert view.current() is None
    assert told[-1] is None


def test_sorting_has_a_way_without_a_mouse(view: TableView[Patient]) -> None:
    menu = view.sorting_menu()
    entries = menu.actions()
    assert [entry.text() for entry in entries] == ["Sort by Patient", "Sort by Next due"]
    entries[1].trigger()
    model = view.model()
    assert isinstance(model, RowsModel)
    assert [patient.id for patient in model.records()] == [3, 1, 2]
    menu.actions()[1].trigger()
    assert [patient.id for patient in model.records()] == [1, 3, 2]


def test_letters_are_left_to_the_search_box(view: TableView[Patient]) -> None:
    view.select_first()
    QTest.keyClicks(view, "LEE")
    assert view.current() == ANN


def test_a_long_name_makes_its_row_grow_and_nothing_is_cut(view: TableView[Patient]) -> None:
    model = view.model()
    assert isinstance(model, RowsModel)
    model.set_rows([ANN, Patient(9, LONG), Patient(10, "X" * 35 + "-" + "Y" * 35)])
    view.resize(480, 300)
    assert view.rowHeight(0) == 44
    assert view.rowHeight(1) > 44
    assert clipped(view) == []


def test_a_narrow_list_hides_what_it_may_and_never_the_patient(view: TableView[Patient]) -> None:
    view.set_narrow(True)
    assert [view.isColumnHidden(column) for column in range(3)] == [False, False, True]
    view.set_narrow(False)
    view.hide_columns({1})
    assert [view.isColumnHidden(column) for column in range(3)] == [False, True, False]


def test_ten_thousand_rows_are_sorted_whole() -> None:
    model = list_of(*(Patient(number, f"NAME, {number * 7919 % 10007}") for number in range(10_000)))
    model.sort(0)
    assert model.record(0).name == "NAME, 0"
    assert model.rowCount() == 10_000


@given(text=st.text(alphabet="abcdefgh -WM\u00a0", min_size=1, max_size=60), width=st.integers(40, 300))
def test_words_are_set_into_lines_without_losing_a_letter(dressed: Theme, text: str, width: int) -> None:
    setting = Setting(dressed)
    pieces, lines = setting.pieces(Cell((Span(text),)), width)
    assert "".join(piece.text for piece in pieces) == text
    assert max(piece.line for piece in pieces) == lines - 1
    for piece in pieces:
        assert piece.x + setting.width(piece.text.rstrip(" "), bold=False) <= width + 1


def test_a_card_around_a_list_cuts_nothing(theme: Theme, qtbot: QtBot) -> None:
    table: TableView[Patient] = TableView(theme, list_of(ANN, CAT), "Patients")
    card = TableCard(theme, table)
    qtbot.addWidget(card)
    card.resize(600, 300)
    card.show()
    assert clipped(card) == []


def test_a_row_is_painted_with_its_bar_its_tint_and_the_pattern_of_the_deceased(
    view: TableView[Patient], theme: Theme
) -> None:
    view.selectRow(0)
    image = view.viewport().grab().toImage()
    look = theme.tokens
    middle = [view.rowViewportPosition(row) + view.rowHeight(row) // 2 for row in range(3)]
    assert image.pixelColor(1, middle[0]).name() == look.blue
    assert image.pixelColor(690, view.rowViewportPosition(0) + 3).name() == look.tint
    assert image.pixelColor(690, view.rowViewportPosition(1) + 3).name() == look.card
    above_words = [view.rowViewportPosition(row) + 4 for row in range(3)]
    ground = [{image.pixelColor(x, top).name() for x in range(600, 690)} for top in above_words]
    assert ground[1] == {look.card}
    assert len(ground[2]) > 1  # CAT has died


def test_rows_of_different_height_are_painted_once_when_others_come(view: TableView[Patient]) -> None:
    painted: list[int] = []

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() is QEvent.Type.Paint:
                painted.append(1)
            return False

    def rest() -> None:
        for _ in range(6):
            QApplication.processEvents()

    watch = Watch()
    model = view.model()
    assert isinstance(model, RowsModel)
    model.set_rows([ANN, Patient(9, LONG), BOB])
    rest()
    view.viewport().installEventFilter(watch)
    model.set_rows([Patient(8, LONG), BOB, ANN])
    rest()
    assert len(painted) == 1
    assert view.rowHeight(0) > view.rowHeight(1)
    model.set_rows(list(model.records()))  # the same again: nothing is done
    rest()
    assert len(painted) == 1
