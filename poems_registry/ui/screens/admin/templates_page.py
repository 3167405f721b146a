"""The page of letter templates: the kinds at the left; a made-up patient's pages, or what is wrong, at the right."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.admin.shown import TemplateRow, TemplateShown
from poems_registry.ui.screens.admin.tables import templates_table
from poems_registry.ui.tables.view import TableCard
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import primary, secondary
from poems_registry.ui.widgets.cards import Card, ScrollColumn
from poems_registry.ui.widgets.labels import IconLabel, Label
from poems_registry.ui.widgets.message import Action, MessageBar
from poems_registry.ui.widgets.pdf_pages import PageImage, PdfPages

WIDE, NARROW = 470, 390
TONES = {"red": Tone.RED, "green": Tone.GREEN}


class TemplateActions(Protocol):
    """What can be done with templates."""

    def came(self) -> None: ...
    def chosen(self, kind: str) -> None: ...
    def open_file(self) -> None: ...
    def give_up(self) -> None: ...
    def put_in_force(self) -> None: ...
    def put_back(self) -> None: ...
    def save_file(self, *, built_in: bool) -> None: ...
    def save_envelope_test(self) -> None: ...


class TemplatesPage(QWidget):
    """Shows and passes on; decides nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: TemplateActions | None = None
        self._message = MessageBar(theme)
        self.table, self._rows = templates_table(theme)
        self._load = secondary(theme, tr("Load a file…"), "folder-open")
        self._own = secondary(theme, tr("Save one in force…"), "download")
        self._built_in = secondary(theme, tr("Save built-in one…"), "download")
        self._envelope = secondary(theme, tr("Envelope test page…"), "mail")
        self._back = secondary(theme, tr("Put back the built-in one"), "rotate-ccw")
        self._title = Label(theme, "", size=Size.TITLE, weight=Weight.SEMIBOLD)
        self._note = Label(theme, "", tone=Tone.SUB, wrap=True)
        self._pages = PdfPages(theme, tr("A letter to a made-up patient, page by page"))
        self._problems = QVBoxLayout()
        self._problems.setSpacing(Size.GRID)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, Size.GRID, 0)
        column.addLayout(self._problems)
        column.addStretch(1)
        self._wrong = ScrollColumn(listed)
        self._take = primary(theme, tr("Put in force"), "check")
        self._not = secondary(theme, tr("Do not use this file"))
        self._lay_out()

    def _lay_out(self) -> None:
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(Size.GRID)
        left.addWidget(TableCard(self._theme, self.table), 1)
        for pair in ((self._load, self._back), (self._own, self._built_in)):
            line = QHBoxLayout()
            line.setSpacing(Size.GRID)
            for each in pair:
                line.addWidget(each, 1)
            left.addLayout(line)
        left.addWidget(self._envelope)
        right = Card(self._theme, padding=12)
        right.column.addWidget(self._title)
        right.column.addWidget(self._note)
        right.column.addWidget(self._wrong, 1)
        right.column.addWidget(self._pages, 4)
        line = QHBoxLayout()
        line.setSpacing(Size.GRID)
        line.addStretch(1)
        line.addWidget(self._not)
        line.addWidget(self._take)
        right.column.addLayout(line)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        row.addWidget(self._left)
        row.addWidget(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        column.addWidget(self._message)
        column.addLayout(row, 1)
        self.setFocusProxy(self.table)
        self.set_narrow(False)

    def attend(self, actions: TemplateActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions
        self.table.current_changed.connect(self._chosen)
        self._load.clicked.connect(actions.open_file)
        self._own.clicked.connect(lambda: actions.save_file(built_in=False))
        self._built_in.clicked.connect(lambda: actions.save_file(built_in=True))
        self._envelope.clicked.connect(actions.save_envelope_test)
        self._back.clicked.connect(actions.put_back)
        self._take.clicked.connect(actions.put_in_force)
        self._not.clicked.connect(actions.give_up)

    def set_narrow(self, narrow: bool) -> None:
        """Less room for the list on a small window."""
        self._left.setFixedWidth(NARROW if narrow else WIDE)
        self.table.set_narrow(narrow)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Pages are made only when somebody looks."""
        super().showEvent(event)
        self._act(lambda actions: actions.came())

    # -- what is shown

    def show_templates(self, rows: Sequence[TemplateRow]) -> None:
        """Every kind; the one that is shown is selected."""
        self._rows.set_rows(rows)
        for row in rows:
            if row.shown:
                self.table.select(row.kind)

    def show_one(self, shown: TemplateShown) -> None:
        """What is in force, or a file that waits, with what is wrong with it."""
        self._title.setText(shown.title)
        self._note.setText(shown.note)
        self._list(shown.problems)
        self._wrong.setVisible(bool(shown.problems))
        self._pages.setVisible(not shown.waiting or shown.may_take)
        self._take.setVisible(shown.may_take)
        self._not.setVisible(shown.waiting)
        self._back.setEnabled(shown.may_put_back)

    def show_pages(self, pages: Sequence[tuple[int, int, bytes]]) -> None:
        """The real pages."""
        self._pages.show_pages([PageImage(rgba, width, height) for width, height, rgba in pages])
        if pages:
            self._pages.go(1)

    def say(self, message: Message | None, tone: str = "red") -> None:
        """A refusal, or that something is done."""
        if message is None:
            self._message.clear()
            return
        close = Action(tr("Close message"), self._message.clear, "x")
        self._message.say(message.cause, message.rest, (close,), TONES[tone])

    def ask_open(self) -> Path | None:
        """Which file; None when none is wanted."""
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Load a template"), "", tr("Templates") + " (*.toml *.txt)")
        return Path(chosen) if chosen else None

    def ask_save(self, name: str) -> Path | None:
        """Where the file goes; None when it is not wanted."""
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save the template"), name, tr("Templates") + " (*.toml)")
        return Path(chosen) if chosen else None

    def ask_save_pdf(self, name: str) -> Path | None:
        """Where a page goes; None when it is not wanted."""
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save the envelope test page"), name, "PDF (*.pdf)")
        return Path(chosen) if chosen else None

    # -- inside

    def _list(self, problems: Sequence[str]) -> None:
        while (item := self._problems.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if problems:
            words = tr_count("{count} thing to mend", "{count} things to mend", len(problems))
            self._problems.addWidget(Label(self._theme, words, weight=Weight.SEMIBOLD))
        for problem in problems:
            self._problems.addWidget(IconLabel(self._theme, "circle-x", problem, icon_tone=Tone.RED, wrap=True))

    def _chosen(self, row: TemplateRow | None) -> None:
        if row is not None:
            self._act(lambda actions: actions.chosen(row.kind))

    def _act(self, call: Callable[[TemplateActions], None]) -> None:
        if self._actions is not None:
            call(self._actions)
