"""The screen of research: samples and studies under two tabs, a search over the samples, chips by what waits."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.research.columns import sample_columns, study_columns
from poems_registry.ui.screens.research.shown import STAGE_WORDS, Part, SampleRow, StudyRow
from poems_registry.ui.sheets.place import SheetPlace
from poems_registry.ui.tables.rows_model import RowsModel
from poems_registry.ui.tables.view import TableCard, TableView
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import secondary
from poems_registry.ui.widgets.cards import EmptyState
from poems_registry.ui.widgets.fields import SearchBox
from poems_registry.ui.widgets.filter_chip import FilterChip
from poems_registry.ui.widgets.flow import FlowRow
from poems_registry.ui.widgets.labels import Label
from poems_registry.ui.widgets.message import MessageBar
from poems_registry.ui.widgets.tabs import Tab, TabBar

PART_WORDS = {Part.SAMPLES: "Samples", Part.STUDIES: "Studies"}


class Actions(Protocol):
    """What the view passes on."""

    def go(self, part: Part) -> None: ...
    def find(self, text: str) -> None: ...
    def choose(self, stage: str, on: bool) -> None: ...
    def opened(self, row: SampleRow) -> None: ...
    def add(self) -> None: ...
    def change(self, row: StudyRow) -> None: ...


class ResearchScreen(QWidget):
    """Shows both lists, one at a time; decides nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: Actions | None = None
        self._tabs: TabBar | None = None
        self._part, self._may_keep = Part.SAMPLES, False
        self.setObjectName("page")
        self.sheets = SheetPlace(theme, self)
        self._samples: RowsModel[SampleRow] = RowsModel(
            sample_columns(), key=lambda row: row.id, hatched=lambda row: row.deceased
        )
        self._studies: RowsModel[StudyRow] = RowsModel(study_columns(), key=lambda row: row.id)
        self.samples: TableView[SampleRow] = TableView(theme, self._samples, tr("Samples"))
        self.studies: TableView[StudyRow] = TableView(theme, self._studies, tr("Studies"))
        self.search = SearchBox(
            theme,
            tr("Find a sample"),
            tr("Find a sample by its number or its freezer place"),
            tr("Number or freezer place"),
        )
        self.add_study = secondary(theme, tr("Add study"), icon="plus")
        self._chips = {stage: FilterChip(theme, tr(words)) for stage, words in STAGE_WORDS.items()}
        self._counts = Label(theme, tone=Tone.SUB)
        self._message = MessageBar(theme)
        self._empty = EmptyState(theme, "flask-conical", "", "")
        self._lay_out()
        self._wire()
        self.show_part(Part.SAMPLES)

    def attend(self, actions: Actions) -> None:
        """Pass on to these from now on."""
        self._actions = actions

    # -- what it is told

    def show_parts(self, parts: Sequence[Part], *, may_keep: bool) -> None:
        """The lists there are for this person, and whether they may change the list of studies."""
        self._may_keep = may_keep
        if self._tabs is None:
            self._tabs = TabBar(self._theme, [Tab(each.value, tr(PART_WORDS[each])) for each in parts], flat=True)
            self._tabs.chosen.connect(self._go)
            self._head.insertWidget(1, self._tabs)

    def show_part(self, part: Part) -> None:
        """One of the lists."""
        self._part = part
        of_samples = part is Part.SAMPLES
        for widget in (self.search, self._filters):
            widget.setVisible(of_samples)
        self.add_study.setVisible(not of_samples and self._may_keep)
        if self._tabs is not None:
            self._tabs.mark_tab(part.value)
        self.setFocusProxy(self.search if of_samples else self.studies)
        self._foot.setText(
            tr("Return opens the record of the person.") if of_samples else tr("Return opens a study to correct it.")
        )

    def show_studies(self, rows: Sequence[StudyRow]) -> None:
        """The clinic's studies."""
        self._studies.set_rows(rows)
        if rows and self.studies.current() is None:
            self.studies.select_first()

    def show_samples(self, rows: Sequence[SampleRow]) -> None:
        """These samples."""
        self._samples.set_rows(rows)
        if rows:
            self.samples.select_first()

    def show_counts(self, words: str, counts: dict[str, int]) -> None:
        """How many take part, and how many samples wait for what."""
        self._counts.setText(words)
        for stage, chip in self._chips.items():
            chip.show_count(counts[stage.value])

    def show_empty(self, title: str, words: str) -> None:
        """Why there is nothing; empty words show the list."""
        self._empty.setVisible(bool(title))
        self._sample_card.setVisible(not title and self._part is Part.SAMPLES)
        self._study_card.setVisible(not title and self._part is Part.STUDIES)
        if title:
            self._empty.show_words(title, words)

    def say(self, message: Message | None) -> None:
        """A refusal."""
        if message is None:
            self._message.clear()
        else:
            self._message.say(message.cause, message.rest)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Narrow columns on a small window."""
        super().resizeEvent(event)
        for table in (self.samples, self.studies):
            table.set_narrow(self.window().width() < Size.NARROW_BELOW)

    # -- inside

    def _lay_out(self) -> None:
        theme = self._theme
        self._sample_card, self._study_card = TableCard(theme, self.samples), TableCard(theme, self.studies)
        self._filters = FlowRow()
        for chip in self._chips.values():
            self._filters.add(chip)
        self._foot = Label(theme, "", tone=Tone.SUB)
        head = self._head = QHBoxLayout()
        head.setSpacing(Size.GAP)
        head.addWidget(Label(theme, tr("Research"), size=Size.BIG, weight=Weight.SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self._counts, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.add_study)
        page = QVBoxLayout(self)
        page.setContentsMargins(Size.PAGE, Size.PAGE, Size.PAGE, Size.GRID)
        page.setSpacing(Size.GAP)
        page.addWidget(self._message)
        page.addLayout(head)
        for part in (self.search, self._filters):
            page.addWidget(part)
        page.addWidget(self._sample_card, 1)
        page.addWidget(self._study_card, 1)
        page.addWidget(self._empty)
        page.addWidget(self._foot)
        self._empty.hide()
        self._study_card.hide()

    def _wire(self) -> None:
        for stage, chip in self._chips.items():
            chip.toggled.connect(partial(self._choose, stage.value))
        self.search.textEdited.connect(self._find)
        self.search.down.connect(self._into_list)
        self.search.opened.connect(self._open_first)
        self.samples.opened.connect(self._open)
        self.studies.opened.connect(self._change)
        self.add_study.clicked.connect(self._add)

    def _go(self, key: str) -> None:
        if self._actions is not None:
            self._actions.go(Part(key))

    def _choose(self, stage: str, on: bool) -> None:
        if self._actions is not None:
            self._actions.choose(stage, on)

    def _find(self, text: str) -> None:
        if self._actions is not None:
            self._actions.find(text)

    def _into_list(self) -> None:
        self.samples.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_first(self) -> None:
        row = self.samples.current()
        if row is not None:
            self._open(row)

    def _open(self, row: SampleRow) -> None:
        if self._actions is not None:
            self._actions.opened(row)

    def _change(self, row: StudyRow) -> None:
        if self._actions is not None:
            self._actions.change(row)

    def _add(self) -> None:
        if self._actions is not None:
            self._actions.add()
