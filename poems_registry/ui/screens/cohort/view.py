"""The cohort screen: who is in it, whether it may leave, four cards of figures; it shows and passes on."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QPoint, QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.cohort.cards import Cards
from poems_registry.ui.screens.cohort.choosing_who import WhoDialog
from poems_registry.ui.screens.cohort.parts import Instead, ReleaseBand
from poems_registry.ui.screens.cohort.question import WriteQuestion
from poems_registry.ui.screens.cohort.shown import CohortShown, FileKind, Nothing, Pictures, Question, Room, Who
from poems_registry.ui.screens.cohort.who import WhoCard
from poems_registry.ui.tables.view import TableView
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import primary, secondary
from poems_registry.ui.widgets.cards import ScrollColumn
from poems_registry.ui.widgets.labels import IconLabel, Label
from poems_registry.ui.widgets.message import Action, MessageBar

SETTLE = 30
"""Milliseconds after the last change of size before figures are drawn anew."""


class Actions(Protocol):
    """What a person can do here."""

    def show_release(self, on: bool) -> None: ...
    def change_who(self) -> None: ...
    def choose_who(self, who: Who) -> None: ...
    def try_again(self) -> None: ...
    def sized(self, room: Room) -> None: ...
    def report(self) -> None: ...
    def export(self) -> None: ...
    def write(self, kind: FileKind, release: bool) -> None: ...


class CohortScreen(QWidget):
    """Title and main action, the band, and below them what scrolls: who is in, and the cards."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: Actions | None = None
        self._released = False
        self._dialog: WhoDialog | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._same = Label(theme, tone=Tone.SUB)
        self._working = IconLabel(theme, "hourglass", "", tone=Tone.SUB)
        self.make_report = primary(theme, tr("Make report (PDF)…"), "file-text")
        self.make_export = secondary(theme, tr("Export…"), "download")
        self.toggle = secondary(theme, tr("Show as it will leave"), "eye")
        self._band = ReleaseBand(theme)
        self._message = MessageBar(theme)
        self._again = secondary(theme, tr("Try again"), "refresh-cw")
        self._nothing = Instead(theme, self._again)
        self.who = WhoCard(theme)
        self.cards = Cards(theme)
        self._held: QWidget | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._lay_out(theme)
        self._wire()
        self._order_keys()
        self.cards.hide()
        self.who.hide()
        self._band.hide()
        self.toggle.hide()
        self._allow(False)

    def _lay_out(self, theme: Theme) -> None:
        title = QVBoxLayout()
        title.setSpacing(0)
        title.addWidget(Label(theme, tr("Cohort"), size=Size.BIG, weight=Weight.SEMIBOLD))
        title.addWidget(self._same)
        head = QHBoxLayout()
        head.setSpacing(Size.GAP)
        head.addLayout(title)
        head.addStretch(1)
        for part in (self._working, self.make_export, self.make_report):
            head.addWidget(part)
        band = QHBoxLayout()
        band.setSpacing(Size.GAP)
        band.addWidget(self._band, 1)
        band.addWidget(self.toggle)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 4, Size.GAP)
        column.setSpacing(Size.GAP)
        for each in (self.who, self._nothing, self.cards):
            column.addWidget(each)
        column.addStretch(1)
        self._scroll = ScrollColumn(content)
        page = QVBoxLayout(self)
        page.setContentsMargins(Size.PAGE, Size.GAP, Size.PAGE - 4, 0)
        page.setSpacing(10)
        page.addLayout(head)
        page.addWidget(self._message)
        page.addLayout(band)
        page.addWidget(self._scroll, 1)

    def _wire(self) -> None:
        self.cards.resized.connect(self._settle.start)
        self._settle.timeout.connect(self._tell_room)
        for table in self.findChildren(TableView):
            table.focus_moved.connect(self._follow(table))
        self.toggle.clicked.connect(lambda: self._act(lambda actions: actions.show_release(not self._released)))
        self.who.change.clicked.connect(lambda: self._act(lambda actions: actions.change_who()))
        self.make_report.clicked.connect(lambda: self._act(lambda actions: actions.report()))
        self.make_export.clicked.connect(lambda: self._act(lambda actions: actions.export()))
        self._again.clicked.connect(lambda: self._act(lambda actions: actions.try_again()))

    def _order_keys(self) -> None:
        """Tab goes as one reads; the keyboard comes to the main action, once it can be used."""
        size, survival, courses = self.cards.size_card, self.cards.survival, self.cards.courses
        stops: list[QWidget] = [self.make_export, self.make_report, self.toggle, self.who.change]
        stops += [self.who.button, self.who.reasons]
        stops += [size.table, size.responses, *survival.choice.parts(), survival.room.chart, survival.table]
        stops += [self.cards.features.table, *courses.choice.parts(), courses.lane_scroll, courses.table]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)
        self.setFocusProxy(self.make_report)

    @property
    def is_settling(self) -> bool:
        """Whether figures are still to be drawn for the room there is."""
        return self._settle.isActive()

    def attend(self, actions: Actions) -> None:
        """Pass on to these from now on."""
        self._actions = actions

    # -- what is shown

    def show_counting(self, release: bool) -> None:
        """Until the counts come; what is on screen stays what it says it is."""
        self._message.clear()
        self._working.setText(tr("Counting…"))
        self._working.setVisible(not self.cards.isHidden())
        if self.cards.isHidden():
            self._allow(False)
            words = tr("Every patient is judged by the criteria. After many changes this can take a few seconds.")
            self._empty("hourglass", tr("Counting the small numbers away…") if release else tr("Counting…"), words)

    def show_cohort(self, shown: CohortShown) -> None:
        """All words and tables; the charts follow."""
        self._show_head(shown)
        self._nothing.hide()
        self.cards.show()
        self.cards.show_cohort(shown)
        self._allow(True)
        self._settle.start()

    def show_pictures(self, pictures: Pictures) -> None:
        """The charts, as large as they were asked for."""
        self.cards.show_pictures(pictures)

    def show_nothing(self, nothing: Nothing, shown: CohortShown | None = None) -> None:
        """Why there are no figures; with who is left out where that is known."""
        self._allow(False)
        self.cards.hide()
        if shown is not None:
            self._show_head(shown)
            self.toggle.setEnabled(True)
        else:
            self._same.setText("")
            self.who.hide()
            self._band.hide()
            self.toggle.hide()
        self._empty(nothing.icon, nothing.title, nothing.words)
        self._working.hide()
        self._again.setVisible(nothing.again)
        if nothing.again:
            self._again.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, message: Message | None, tone: Tone = Tone.RED) -> None:
        """A refusal, or what was written."""
        if message is None:
            self._message.clear()
        else:
            close = Action(tr("Close message"), self._message.clear, "x")
            self._message.say(message.cause, message.rest, (close,), tone)

    def busy(self, words: str) -> None:
        """While files are written; '' when they are."""
        self._allow(not words)
        self._working.setText(words)
        self._working.setVisible(bool(words))

    def ask_what(self, question: Question) -> None:
        """For whom and as which file; the answer goes on to `write`."""
        dialog = WriteQuestion(self._theme, question)
        dialog.answered.connect(
            lambda kind, release: self._act(lambda actions: actions.write(question.kinds[kind], release))
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_over(self.window())

    def ask_who(self, who: Who) -> None:
        """Who is in the cohort; the answer goes on to `choose_who`."""
        self._dialog = dialog = WhoDialog(self._theme, who)
        dialog.answered.connect(lambda answer: self._act(lambda actions: actions.choose_who(answer)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_over(self.window())

    def show_wrong(self, problems: Mapping[str, str]) -> None:
        """What is wrong, beside the fields of who is in the cohort."""
        if self._dialog is not None:
            self._dialog.show_wrong(problems)

    def close_who(self) -> None:
        """It was understood."""
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.accept()

    def ask_file(self, name: str, kind: FileKind) -> Path | None:
        """Where the files go; None when they are not wanted."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        start = str(Path(folder) / name) if folder else name
        kinds = f"{kind.name} (*{kind.ending})"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Write the cohort summary"), start, kinds)
        return Path(chosen) if chosen else None

    # -- inside

    def _show_head(self, shown: CohortShown) -> None:
        self._released = shown.release
        self._same.setText(shown.same)
        self._band.say(shown.standing, shown.release)
        self.toggle.setText(tr("Show true counts") if shown.release else tr("Show as it will leave"))
        self.toggle.set_icon_name("users" if shown.release else "eye")
        self.who.show_cohort(shown)
        for part in (self._band, self.toggle, self.who):
            part.show()

    def _empty(self, icon: str, title: str, words: str) -> None:
        self._nothing.show_state(icon, title, words)
        self._again.hide()
        self._nothing.show()

    def _allow(self, on: bool) -> None:
        """A button that is disabled loses the keyboard: it gets it back, if nobody has taken it meanwhile."""
        buttons = (self.make_export, self.make_report, self.toggle)
        if not on:
            self._held = next((button for button in buttons if button.hasFocus()), self._held)
        for button in buttons:
            button.setEnabled(on)
        if on:
            self._working.hide()
            if self._held is not None and self.isVisible():
                self._held.setFocus(Qt.FocusReason.OtherFocusReason)
            self._held = None

    def _tell_room(self) -> None:
        if self.cards.isVisible():
            self._act(lambda actions: actions.sized(self.cards.room()))

    def _follow(self, table: QWidget) -> Callable[[], None]:
        """The page scrolls with the row one goes to by key."""

        def follow() -> None:
            if QApplication.focusWidget() is table and isinstance(table, TableView):
                place = table.focus_rect()
                content = self._scroll.widget()
                middle = table.mapTo(content, place.center()) if content is not None else QPoint()
                self._scroll.ensureVisible(middle.x(), middle.y(), 0, place.height())

        return follow

    def _act(self, call: Callable[[Actions], None]) -> None:
        if self._actions is not None:
            call(self._actions)
