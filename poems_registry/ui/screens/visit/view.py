"""The visit's screen: head, one section's page, the live panel and the foot. It shows and passes on."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from poems_registry.catalogue.book import CATALOGUE, Catalogue
from poems_registry.domain.findings import State
from poems_registry.ui.field_shown import FieldShown
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.visit.correcting_view import CorrectingActions, CorrectionsView
from poems_registry.ui.screens.visit.dialogs import BlocksDialog, ClosingDialog, DiscardDialog, SigningDialog, open_over
from poems_registry.ui.screens.visit.field_box import FieldBox
from poems_registry.ui.screens.visit.form_columns import NARROW, WIDE
from poems_registry.ui.screens.visit.frame import FootActions, VisitFoot, VisitHead, shortcut_of
from poems_registry.ui.screens.visit.keyboard import controls_in, put_in_order
from poems_registry.ui.screens.visit.pages import AllActions, Pages
from poems_registry.ui.screens.visit.panel import LivePanel
from poems_registry.ui.screens.visit.section_page import SectionPage
from poems_registry.ui.screens.visit.shown import (
    ActionShown,
    HeadShown,
    LinkShown,
    MedicineShown,
    PanelShown,
    Reminder,
    RowShown,
    SectionShown,
    SigningShown,
    VisitShown,
)
from poems_registry.ui.screens.visit.told_rows import AnyRow
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.bars import UndoStrip
from poems_registry.ui.widgets.cards import EmptyState
from poems_registry.ui.widgets.message import Action, MessageBar

PANEL_WIDE, PANEL_NARROW, PANEL_WIDEST = 312, 260, 600
LONGEST_ROW = 1180
"""Wider windows give the panel room: a value and last time's must not drift apart."""


class Actions(AllActions, FootActions, Protocol):
    """What a person can do with a visit."""

    def sign(self, password: str) -> None: ...
    def close_contact(self) -> None: ...
    def discard(self) -> None: ...
    @property
    def correcting(self) -> CorrectingActions: ...
    def woken(self, what: Reminder) -> None: ...


class VisitView(QWidget):
    """Shows one visit. `attend` it by its presenter before it is used."""

    _closes = False

    def __init__(self, theme: Theme, catalogue: Catalogue = CATALOGUE) -> None:
        super().__init__()
        self._theme = theme
        self._actions: Actions | None = None
        self._blocks: tuple[LinkShown, ...] = ()
        self._dialog: SigningDialog | None = None
        self._last_field: FieldBox | None = None
        self._shortcuts: list[QShortcut] = []
        self.setObjectName("page")
        self._head, self._foot = VisitHead(theme), VisitFoot(theme)
        self._message, self._undo = MessageBar(theme), UndoStrip(theme)
        self.corrections = CorrectionsView(theme, self)
        self._closed = EmptyState(theme, "lock", "", "")
        self._pages = Pages(theme, catalogue)
        self._panel = LivePanel(theme)
        self._body = QWidget()
        body = QHBoxLayout(self._body)
        body.setContentsMargins(0, 0, 4, 0)
        body.setSpacing(0)
        body.addWidget(self._pages, 1)
        body.addWidget(self._panel)
        self._stack = QStackedWidget()
        for page in (self._closed, self._body):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._head, self.corrections.note, self._message):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        column.addWidget(self._undo)
        column.addWidget(self._foot)
        self._timers = {what: self._timer(what) for what in Reminder}
        self._head.chosen.connect(self._pages.open_section)
        self._pages.opened.connect(self._head.mark_section)
        self._pages.reordered.connect(self._put_in_order)
        self.corrections.changed.connect(self._put_in_order)
        self._panel.asked.connect(self.go_to)
        self._foot.state_wanted.connect(self._say_state)
        self._foot.menu_wanted.connect(self._open_menu)
        self._foot.blocks_wanted.connect(self._list_again)
        self._keys()
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def attend(self, actions: Actions) -> None:
        """Tell this presenter what the person does, and hold it."""
        self._actions = actions
        self.corrections.attend(actions.correcting)
        self._pages.attend(actions)
        self._foot.attend(actions)

    # --- what it shows ---

    def loading(self) -> None:
        """Nothing of the visit before is seen while the next is fetched."""
        self._timers[Reminder.JUDGE].stop()
        self._message.clear()
        self._undo.end()
        self._closed.show_words(tr("Opening the visit…"), "")
        self._stack.setCurrentWidget(self._closed)
        self._head.setEnabled(False)
        self._foot.hide()

    def show_closed(self, title: str, words: str) -> None:
        """Why this visit cannot be seen."""
        self._closed.show_words(title, words)
        self._stack.setCurrentWidget(self._closed)
        self._head.hide()
        self._foot.hide()

    def show_visit(self, visit: VisitShown) -> None:
        """The frame of a visit; its fields follow."""
        self._head.show_plans(visit.plans, visit.kind)
        self._pages.show_plans(visit)
        self._foot.show_state(
            read_only=visit.read_only,
            words=visit.state_words,
            may_sign=visit.may_sign,
            signed=visit.signed,
            may_correct=visit.may_correct,
            closes=visit.closes,
        )
        self._closes = visit.closes
        self.show_head(visit.head)
        self._head.show()
        self._head.setEnabled(True)
        self._foot.show()
        self._stack.setCurrentWidget(self._body)
        self._section_keys(visit)

    def show_head(self, head: HeadShown) -> None:
        """The visit's own fields."""
        self._head.show_head(head)
        self._pages.show_head(head)

    def show_field(self, field: FieldShown) -> None:
        """One field."""
        self._pages.show_field(field)

    def show_row(self, row: RowShown) -> None:
        """One row."""
        self._pages.show_row(row)

    def show_section(self, section: SectionShown) -> None:
        """One section's mark."""
        self._head.show_section(section)
        self._pages.show_section(section)

    def show_medicines(self, lines: tuple[MedicineShown, ...], focus: int | None) -> None:
        """All lines of the medicines."""
        self._pages.show_medicines(lines, focus)

    def show_medicine(self, place: int, line: MedicineShown) -> None:
        """One line of them."""
        self._pages.show_medicine(place, line)

    def show_actions(self, lines: tuple[ActionShown, ...], focus: int | None) -> None:
        """All asked actions."""
        self._pages.show_actions(lines, focus)

    def show_panel(self, panel: PanelShown) -> None:
        """The live panel."""
        self._blocks = panel.blocks
        self._panel.show_panel(panel)
        self._foot.show_blocks(len(panel.blocks))

    def show_saved(self, words: str, failed: bool) -> None:
        """Where the draft stands."""
        self._head.show_saved(words, failed=failed)

    def say(self, cause: str, rest: str, again: Callable[[], None] | None) -> None:
        """A message that stays until its cause is gone."""
        actions = [Action(tr("Try again"), again, "refresh-cw")] if again is not None else []
        self._message.say(cause, rest, actions)

    def clear_message(self) -> None:
        """Its cause is gone."""
        self._message.clear()

    def offer_undo(self, words: str) -> None:
        """A removal that can be taken back."""
        if self._actions is not None:
            self._undo.offer(words, self._actions.lines.undo)

    def list_blocks(self, blocks: tuple[LinkShown, ...]) -> None:
        """What stops signing."""
        dialog = BlocksDialog(self._theme, blocks, closes=self._closes)
        dialog.asked.connect(self.go_to)
        open_over(dialog, self)

    def go_to(self, code: str) -> None:
        """Open the field's section and put the keyboard into it; of a signed visit, to where it is amended."""
        self._pages.go_to(code)
        self._foot.offer_amending()

    def go_to_start(self) -> None:
        """The first section, its first field."""
        self._pages.go_to_start()

    def ask_password(self, signing: SigningShown) -> None:
        """The last question before a visit is frozen."""
        self._dialog = SigningDialog(self._theme, signing)
        if self._actions is not None:
            self._dialog.given.connect(self._actions.sign)
        self._dialog.finished.connect(self._dialog_closed)
        open_over(self._dialog, self)

    def ask_closing(self, closing: SigningShown) -> None:
        """The last question before a contact of a profession counts."""
        dialog = ClosingDialog(self._theme, closing)
        if self._actions is not None:
            dialog.accepted.connect(self._actions.close_contact)
        open_over(dialog, self)

    def password_refused(self, words: str) -> None:
        """The dialog stays."""
        if self._dialog is not None:
            self._dialog.refuse(words)

    def close_dialog(self) -> None:
        """Signed, or refused for another reason."""
        if self._dialog is not None:
            self._dialog.accept()

    def ask_discard(self, who: Identity, words: str, button: str) -> None:
        """Whether a draft is given up."""
        dialog = DiscardDialog(self._theme, who, words, button)
        if self._actions is not None:
            dialog.accepted.connect(self._actions.discard)
        open_over(dialog, self)

    def remind(self, what: Reminder, after_ms: int) -> None:
        """Wake the presenter after a while; asked again, only the last counts."""
        self._timers[what].start(after_ms)

    def sections(self) -> tuple[str, ...]:
        """The codes of the sections, in the order of the tabs."""
        return self._pages.sections()

    def section_of(self, code: str) -> str:
        """The code of the section in which an item is asked; empty for one that is not asked here."""
        return self._pages.section_of(code)

    def codes(self) -> tuple[str, ...]:
        """The items with a field, in the order of the form."""
        return self._pages.codes()

    def field_in_use(self) -> str:
        """The item of the field that has the keyboard; empty if none has."""
        field = self._last_field
        return field.code if field is not None and field.has_keyboard() else ""

    def section(self) -> str:
        """The code of the section that is open."""
        return self._pages.now

    def first_in_section(self) -> str:
        """The first item asked in the section that is open; empty if none is."""
        return next((code for code in self.codes() if self.section_of(code) == self.section()), "")

    def open_section(self, code: str) -> None:
        """Show a section and put the keyboard into its first field."""
        self._pages.open_section(code)

    def page(self, code: str) -> SectionPage:
        """A section's page, once it was opened. KeyError before."""
        return self._pages.page(code)

    def row(self, key: str) -> AnyRow:
        """A row of the section that is open. KeyError for one of another."""
        return self.page(self.section()).rows[key]

    def finish_building(self) -> None:
        """Make the rest of the open page now, not a few rows at a time."""
        self._pages.finish_building()

    # --- inside ---

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The smallest window there is, less its rail, banner and lines; nothing here makes a window grow."""
        return QSize(880, 320)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Narrow columns below 1200 logical pixels of the window."""
        super().resizeEvent(event)
        narrow = self.window().width() < Size.NARROW_BELOW
        self._pages.set_columns(NARROW if narrow else WIDE, narrow=narrow)
        self._panel.set_narrow(narrow)
        spare = self.width() - LONGEST_ROW
        self._panel.setFixedWidth(PANEL_NARROW if narrow else max(PANEL_WIDE, min(spare, PANEL_WIDEST)))
        self._pages.setMaximumWidth(LONGEST_ROW)

    def _put_in_order(self) -> None:
        """Tab goes through head, page, panel and foot, whenever each was made."""
        parts = (
            controls_in(self._head),
            controls_in(self.corrections.note),
            self._pages.controls(),
            controls_in(self._panel),
            controls_in(self._foot),
        )
        put_in_order([control for part in parts for control in part])

    def _timer(self, what: Reminder) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(partial(self._wake, what))
        return timer

    def _wake(self, what: Reminder) -> None:
        if self._actions is not None:
            self._actions.woken(what)

    def _keys(self) -> None:
        for keys, act in (
            ("Ctrl+S", self._save),
            ("Ctrl+Return", self._pages.open_next),
            ("Ctrl+Enter", self._pages.open_next),
            ("Ctrl+Shift+Return", self._pages.open_previous),
            ("Alt+U", self._unchanged),
            ("Alt+Shift+U", self._unchanged_section),
            ("Alt+F", self._finish),
            ("F4", self._pages.open_details),
            ("Alt+T", self._pages.open_tasks),
        ):
            self._shortcut(keys, act)

    def _section_keys(self, visit: VisitShown) -> None:
        for old in self._shortcuts:
            old.deleteLater()
        self._shortcuts = []
        for place, plan in enumerate(visit.plans):
            keys = shortcut_of(visit.plans, place)
            if keys:
                self._shortcuts.append(self._shortcut(keys, partial(self._pages.open_section, plan.code)))

    def _shortcut(self, keys: str, act: Callable[[], object]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
        return shortcut

    def _save(self) -> None:
        if self._actions is not None:
            self._actions.save()

    def _finish(self) -> None:
        if self._actions is not None:
            self._actions.finish()

    def _unchanged(self) -> None:
        row = self._pages.row_with_focus()
        if row is not None and self._actions is not None:
            self._actions.unchanged(row.row.key)

    def _unchanged_section(self) -> None:
        if self._actions is not None:
            self._actions.unchanged_section(self._pages.now)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """The keys at the foot act on the field that was last in use."""
        widget = new
        while widget is not None and widget is not self:
            if isinstance(widget, FieldBox):
                self._last_field = widget
                return
            widget = widget.parentWidget()

    def _say_state(self, state: str) -> None:
        if self._last_field is not None and self._actions is not None and self._last_field.isVisibleTo(self):
            self._actions.said_state(self._last_field.code, State(state))

    def _open_menu(self) -> None:
        if self._last_field is not None and self._last_field.isVisibleTo(self):
            place = self._foot.mapToGlobal(self._foot.rect().topLeft())
            self._last_field.state_menu().popup(place)

    def _list_again(self) -> None:
        if self._blocks:
            self.list_blocks(self._blocks)

    def _dialog_closed(self) -> None:
        self._dialog = None
