"""The page of research: consents in force, parts in studies, samples with their aliquots, values as a small grid."""

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.research.columns import part_columns, sample_columns, value_columns
from poems_registry.ui.screens.record.research.shown import (
    ConsentLine,
    LabelShown,
    PartRow,
    ResearchShown,
    SampleRow,
    ValueRow,
    What,
)
from poems_registry.ui.screens.record.treatment.view import Listed
from poems_registry.ui.sheets.place import SheetPlace
from poems_registry.ui.tables.rows_model import RowsModel
from poems_registry.ui.tables.view import TableView
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import primary, secondary
from poems_registry.ui.widgets.cards import Card, ScrollColumn
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.fields import TextArea
from poems_registry.ui.widgets.labels import IconLabel, Label
from poems_registry.ui.widgets.message import MessageBar

_TOP = Qt.AlignmentFlag.AlignTop


class ResearchActions(Protocol):
    """What a person can do here."""

    def wanted(self) -> None: ...
    def add(self, what: What, sample_id: int = 0) -> None: ...
    def change(self, what: What, entry_id: int) -> None: ...
    def label(self, what: What, entry_id: int) -> None: ...


class ResearchPage(QWidget):
    """Return on a row opens it to be changed; an aliquot, values and a label belong to the sample that has the bar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: ResearchActions | None = None
        self._allowed = self._narrow = False
        self.sheets = SheetPlace(theme, self)
        self._bar = MessageBar(theme)
        self.join = secondary(theme, tr("Add study"), icon="plus", said=tr("Add taking part in a study"))
        self.add_sample = secondary(theme, tr("Add sample"), icon="plus")
        self.add_aliquot = secondary(theme, tr("Aliquot"), icon="plus", said=tr("Add aliquot of this sample"))
        self.add_values = secondary(theme, tr("Values"), icon="table-2", said=tr("Research values of this sample"))
        self.label = secondary(theme, tr("Label"), icon="copy", said=tr("Label of this sample or aliquot"))
        self._notices = QVBoxLayout()
        self._consents = QGridLayout()
        self._parts: RowsModel[PartRow] = RowsModel(part_columns(), key=lambda row: row.id)
        self._samples: RowsModel[SampleRow] = RowsModel(sample_columns(), key=lambda row: row.key)
        self.parts: TableView[PartRow] = TableView(theme, self._parts, tr("Taking part in studies"), row_height=36)
        self.samples: TableView[SampleRow] = TableView(
            theme, self._samples, tr("Samples and aliquots, newest first"), row_height=36
        )
        self._values: RowsModel[ValueRow] | None = None
        self.values: TableView[ValueRow] | None = None
        self._value_list: Listed | None = None
        self._lay_out()
        self.setFocusProxy(self.samples)

    def attend(self, actions: ResearchActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions
        self.join.clicked.connect(lambda: actions.add(What.ENROLMENT))
        self.add_sample.clicked.connect(lambda: actions.add(What.SAMPLE))
        self.add_aliquot.clicked.connect(lambda: self._of_sample(What.ALIQUOT))
        self.add_values.clicked.connect(lambda: self._of_sample(What.PANEL))
        self.label.clicked.connect(self._ask_label)
        self.parts.opened.connect(lambda row: actions.change(What.ENROLMENT, row.id))
        self.samples.opened.connect(lambda row: actions.change(row.what, row.id))

    def wanted(self) -> None:
        """The tab comes into view."""
        if self._actions is not None:
            self._actions.wanted()

    def allow(self, allowed: bool) -> None:
        """Whether this person may record here."""
        self._allowed = allowed
        for button in (self.join, self.add_sample, self.add_aliquot, self.add_values):
            button.setVisible(allowed)
        self._offer()

    def say(self, message: Message | None) -> None:
        """Why something was refused."""
        if message is None:
            self._bar.clear()
        else:
            self._bar.say(message.cause, message.rest)

    def show_research(self, shown: ResearchShown) -> None:
        """These rows, or that there are none."""
        self._show_notices(shown.notices)
        self._show_consents(shown.consents)
        self._parts.set_rows(shown.parts)
        self._samples.set_rows(shown.samples)
        self._part_list.show_rows(bool(shown.parts))
        self._sample_list.show_rows(bool(shown.samples))
        self._show_values(shown)
        if shown.samples and self.samples.current() is None:
            self.samples.select_first()
        self._offer()

    def show_label(self, shown: LabelShown) -> None:
        """The words for a tube, to read and to copy."""
        dialog = LabelDialog(self._theme, shown)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._label_closed)
        dialog.open_over(self.window())

    def _label_closed(self) -> None:
        self.label.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_narrow(self, narrow: bool) -> None:
        """The widths below 1200 px."""
        self._narrow = narrow
        for table in (self.parts, self.samples, self.values):
            if table is not None:
                table.set_narrow(narrow)

    # -- parts of the page

    def _lay_out(self) -> None:
        theme = self._theme
        buttons = (self.label, self.add_values, self.add_aliquot, self.add_sample)
        self._part_list = Listed(
            theme, tr("Taking part in studies"), tr("No part in a study is recorded."), self.parts, (self.join,)
        )
        self._sample_list = Listed(theme, tr("Samples"), tr("No samples are recorded."), self.samples, buttons)
        card = Card(theme, tr("Consent for research"))
        self._consents.setHorizontalSpacing(Size.GAP)
        self._consents.setVerticalSpacing(4)
        card.column.addLayout(self._consents)
        content = self._content = QWidget()
        self._inner = QVBoxLayout(content)
        self._inner.setContentsMargins(Size.PAGE, Size.GAP, Size.PAGE, Size.GAP)
        self._inner.setSpacing(16)
        self._inner.addLayout(self._notices)
        for part in (card, self._part_list, self._sample_list):
            self._inner.addWidget(part)
        self._inner.addStretch(1)
        self._scroll = ScrollColumn(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._scroll, 1)
        for table in (self.parts, self.samples):
            table.current_changed.connect(lambda _row, table=table: self._follow(table))
        for button in (self.join, *buttons):
            button.hide()

    def _show_notices(self, notices: Sequence[str]) -> None:
        _empty(self._notices)
        for words in notices:
            label = IconLabel(self._theme, "triangle-alert", words, tone=Tone.RED, wrap=True)
            self._notices.addWidget(label)
            label.show()  # at once: a layout shows what it is given only when it is next asked

    def _show_consents(self, lines: Sequence[ConsentLine]) -> None:
        """Two questions a row: what was asked, and what stands in force."""
        _empty(self._consents)
        for place, line in enumerate(lines):
            row, column = place // 2, place % 2 * 2
            icon, tone = ("check", Tone.GREEN) if line.given else ("circle-minus", Tone.SUB)
            about = Label(self._theme, line.about, tone=Tone.SUB, wrap=True)
            words = IconLabel(self._theme, icon, line.words, icon_tone=tone, wrap=True)
            self._consents.addWidget(about, row, column, _TOP)
            self._consents.addWidget(words, row, column + 1, _TOP)
            about.show()
            words.show()
        for column in range(4):
            self._consents.setColumnStretch(column, 1)

    def _show_values(self, shown: ResearchShown) -> None:
        if self.values is None or self._values is None or self._value_list is None:
            self._values = RowsModel(value_columns(shown.tests), key=lambda row: row.key)
            title = tr("Research values, {unit}", unit=shown.unit)
            self.values = TableView(self._theme, self._values, title, row_height=40)
            empty = tr("No research values are recorded. They stand here only: no letter, chart or grade shows them.")
            self._value_list = Listed(self._theme, title, empty, self.values, ())
            self._inner.insertWidget(self._inner.count() - 1, self._value_list)
            self._value_list.show()
            self.values.set_narrow(self._narrow)
            self.values.opened.connect(self._open_values)
            table = self.values
            table.current_changed.connect(lambda _row: self._follow(table))
        self._values.set_rows(shown.values)
        self._value_list.show_rows(bool(shown.values))

    def _follow(self, table: TableView[Any]) -> None:
        """The page scrolls so that the row with the bar is seen."""
        self._offer()
        if table.hasFocus():
            rect = table.visualRect(table.currentIndex())
            place = table.viewport().mapTo(self._content, rect.center())
            self._scroll.ensureVisible(0, place.y(), 0, rect.height())

    def _offer(self) -> None:
        there = self.samples.current() is not None
        self.label.setVisible(there)
        for button in (self.add_aliquot, self.add_values):
            button.setEnabled(there)

    # -- what a person did

    def _of_sample(self, what: What) -> None:
        row = self.samples.current()
        if self._actions is not None and row is not None:
            self._actions.add(what, row.sample_id)

    def _open_values(self, row: ValueRow) -> None:
        if self._actions is not None and row.sample_id:
            self._actions.change(What.PANEL, row.sample_id)

    def _ask_label(self) -> None:
        row = self.samples.current()
        if self._actions is not None and row is not None:
            self._actions.label(row.what, row.id)


class LabelDialog(Dialog):
    """Numbers only: nobody's name, NHS number or hospital number stands on a tube."""

    def __init__(self, theme: Theme, shown: LabelShown) -> None:
        words = tr("Study and sample numbers only. No name, no NHS number and no hospital number stands on a tube.")
        super().__init__(theme, shown.title, icon="copy", explanation=words, width=520)
        self.text = TextArea(theme, lines=3)
        self.text.setAccessibleName(tr("Words of the label"))
        self.text.setReadOnly(True)
        self.text.setMaximumHeight(self.text.minimumHeight())
        self.text.show_text(shown.words)
        self.body.addWidget(self.text)
        self.body.addStretch(1)
        self.copy = primary(theme, tr("Copy"), "copy")
        back = secondary(theme, tr("Close"))
        self.set_actions(self.copy, (back,))
        self.copy.clicked.connect(self._copy)
        back.clicked.connect(self.reject)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.accept()


def _empty(layout: QVBoxLayout | QGridLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
