"""The admin screen: people, settings, and the wording of letters; shows and passes on, decides nothing."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.admin.joined_page import JoinedPage
from poems_registry.ui.screens.admin.person_dialog import NewPasswordDialog, PersonDialog
from poems_registry.ui.screens.admin.practices_page import PracticesPage
from poems_registry.ui.screens.admin.setting_dialog import SettingDialog
from poems_registry.ui.screens.admin.shown import (
    JOINED,
    PEOPLE,
    PRACTICES,
    SETTINGS,
    TEMPLATES,
    PersonForm,
    PersonRow,
    PersonTyped,
    Right,
    SettingRow,
)
from poems_registry.ui.screens.admin.tables import people_table, settings_table
from poems_registry.ui.screens.admin.templates_page import TemplatesPage
from poems_registry.ui.tables.view import TableCard
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import primary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.fields import SearchBox
from poems_registry.ui.widgets.filter_chip import FilterChip
from poems_registry.ui.widgets.labels import Label
from poems_registry.ui.widgets.message import MessageBar, NoteBox
from poems_registry.ui.widgets.tabs import Tab, TabBar


class PeopleActions(Protocol):
    """What can be done with people."""

    def add(self) -> None: ...
    def opened(self, user: str) -> None: ...
    def role_chosen(self, role: str) -> None: ...
    def password_typed(self, name: str, user: str, password: str) -> None: ...
    def suggest(self) -> None: ...
    def save(self, typed: PersonTyped) -> None: ...
    def password(self) -> None: ...
    def give_password(self, user: str, password: str, own: str) -> None: ...


class SettingsActions(Protocol):
    """What can be done with settings."""

    def only_to_check(self, on: bool) -> None: ...
    def searched(self, query: str) -> None: ...
    def opened(self, name: str) -> None: ...
    def save(self, name: str, text: str, confirmed: bool) -> None: ...


_TABS = (
    (PEOPLE, "People"), (SETTINGS, "Settings"), (PRACTICES, "GP practices"), (JOINED, "Joined records"),
    (TEMPLATES, "Letters"),
)  # fmt: skip


class AdminScreen(QWidget):
    """Pages under tabs. `page_shown` tells which one a person looks at now."""

    page_shown = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._form: PersonDialog | NewPasswordDialog | SettingDialog | None = None
        self._people: PeopleActions | None = None
        self._settings: SettingsActions | None = None
        self.setObjectName("page")
        self._message = MessageBar(theme)
        self._tabs = TabBar(theme, [Tab(key, tr(words)) for key, words in _TABS], flat=True)
        self._counts = Label(theme, tone=Tone.SUB)
        self._add = primary(theme, tr("Add somebody"), "user-plus")
        head = QHBoxLayout()
        head.setSpacing(Size.GAP)
        head.addWidget(Label(theme, tr("Admin"), size=Size.BIG, weight=Weight.SEMIBOLD))
        head.addWidget(self._tabs)
        head.addWidget(self._counts)
        head.addStretch(1)
        head.addWidget(self._add)
        self.people, self._people_rows = people_table(theme)
        self.settings, self._settings_rows = settings_table(theme)
        self.practices, self.joined, self.templates = PracticesPage(theme), JoinedPage(theme), TemplatesPage(theme)
        self._pages = {
            PEOPLE: self._people_page(), SETTINGS: self._settings_page(), PRACTICES: self.practices,
            JOINED: self.joined, TEMPLATES: self.templates,
        }  # fmt: skip
        self._words = dict.fromkeys(self._pages, "")
        page = QVBoxLayout(self)
        page.setContentsMargins(Size.PAGE, Size.PAGE, Size.PAGE, Size.GRID)
        page.setSpacing(Size.GAP)
        page.addWidget(self._message)
        page.addLayout(head)
        for each in self._pages.values():
            page.addWidget(each, 1)
        self._tabs.chosen.connect(self._show_page)
        self._show_page(PEOPLE)

    def attend(self, people: PeopleActions, settings: SettingsActions) -> None:
        """Pass on to these from now on."""
        self._people, self._settings = people, settings
        self._add.clicked.connect(people.add)
        self.people.opened.connect(lambda row: people.opened(row.user))
        self.settings.opened.connect(lambda row: settings.opened(row.name))
        self._to_check.toggled.connect(settings.only_to_check)
        self._search.textChanged.connect(settings.searched)

    # -- people

    def show_people(self, rows: Sequence[PersonRow], words: str, warning: str) -> None:
        """Everybody, and a warning that belongs to all."""
        self._people_rows.set_rows(rows)
        if self.people.current() is None:
            self.people.select_first()
        self._warning.say(tr("Two are needed."), warning)
        self._warning.setVisible(bool(warning))
        self._say_count(PEOPLE, words)

    def ask_person(self, form: PersonForm) -> None:
        """Their form."""
        dialog = PersonDialog(self._theme, form)
        if self._people is not None:
            dialog.saved.connect(self._people.save)
            dialog.role_chosen.connect(self._people.role_chosen)
            dialog.password_asked.connect(self._people.password)
            dialog.phrase_asked.connect(self._people.suggest)
            dialog.typed.connect(self._people.password_typed)
        self._open(dialog)
        self._form = dialog

    def ask_password(self, user: str, name: str) -> None:
        """A new password, instead of the form."""
        self.close_form()
        dialog = NewPasswordDialog(self._theme, user, name)
        if self._people is not None:
            dialog.given.connect(self._people.give_password)
            dialog.phrase_asked.connect(self._people.suggest)
            dialog.typed.connect(self._people.password_typed)
        self._open(dialog)
        self._form = dialog

    def show_rights(self, rights: Sequence[Right]) -> None:
        """Those of another role."""
        if isinstance(self._form, PersonDialog):
            self._form.show_rights(rights)

    def offer_phrase(self, phrase: str) -> None:
        """Five words as a password."""
        if isinstance(self._form, PersonDialog | NewPasswordDialog):
            self._form.offer(phrase)

    def judge(self, words: str, good: bool) -> None:
        """The password so far."""
        if isinstance(self._form, PersonDialog | NewPasswordDialog):
            self._form.judge(words, good)

    def mark(self, problems: Mapping[str, str]) -> None:
        """Beside the fields of the open form."""
        if isinstance(self._form, PersonDialog | NewPasswordDialog):
            self._form.mark(problems)

    # -- settings

    def show_settings(self, rows: Sequence[SettingRow], words: str) -> None:
        """These thresholds."""
        self._settings_rows.set_rows(rows)
        if self.settings.current() is None:
            self.settings.select_first()
        self._say_count(SETTINGS, words)

    def ask_setting(self, row: SettingRow) -> None:
        """Its form."""
        dialog = SettingDialog(self._theme, row)
        if self._settings is not None:
            dialog.saved.connect(self._settings.save)
        self._open(dialog)
        self._form = dialog

    def refuse_setting(self, words: str) -> None:
        """Why the value cannot be."""
        if isinstance(self._form, SettingDialog):
            self._form.refuse(words)

    # -- both

    def busy(self, words: str) -> None:
        """While something is being saved."""
        if self._form is not None:
            self._form.busy(words)

    def close_form(self) -> None:
        """It is done."""
        if self._form is not None:
            self._form.accept()
            self._form = None

    def say(self, message: Message | None) -> None:
        """A refusal that belongs to no form."""
        if message is None:
            self._message.clear()
        else:
            self._message.say(message.cause, message.rest)

    def show_page(self, page: str) -> None:
        """One of the pages."""
        self._tabs.mark_tab(page)
        self._show_page(page)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Narrow columns on a small window."""
        super().resizeEvent(event)
        narrow = self.window().width() < Size.NARROW_BELOW
        self.people.set_narrow(narrow)
        self.settings.set_narrow(narrow)
        self.joined.set_narrow(narrow)
        self.templates.set_narrow(narrow)

    def _people_page(self) -> QWidget:
        page, column = _column()
        self._warning = NoteBox(self._theme, "triangle-alert", Tone.AMBER)
        self._warning.hide()
        column.addWidget(self._warning)
        column.addWidget(TableCard(self._theme, self.people), 1)
        hint = tr("Return opens somebody's rights. Two people at least can always manage people and keys.")
        column.addWidget(Label(self._theme, hint, tone=Tone.SUB))
        return page

    def _settings_page(self) -> QWidget:
        page, column = _column()
        self._to_check = FilterChip(self._theme, tr("To check against the paper"))
        self._search = SearchBox(self._theme, tr("Find a setting"), tr("Find a setting by its name or source"))
        line = QHBoxLayout()
        line.setSpacing(Size.GAP)
        line.addWidget(self._search, 1)
        line.addWidget(self._to_check)
        column.addLayout(line)
        column.addWidget(TableCard(self._theme, self.settings), 1)
        hint = tr("Return changes or confirms a setting. Every change stands in the audit, with who and when.")
        column.addWidget(Label(self._theme, hint, tone=Tone.SUB))
        return page

    def _show_page(self, page: str) -> None:
        self._tabs.mark_tab(page)
        for key, widget in self._pages.items():
            widget.setVisible(key == page)
        self._add.setVisible(page == PEOPLE)
        self._counts.setText(self._words[page])
        first: dict[str, QWidget] = {PEOPLE: self.people, SETTINGS: self.settings}
        self.setFocusProxy(first.get(page, self._pages[page]))
        self.page_shown.emit(page)

    def _say_count(self, page: str, words: str) -> None:
        self._words[page] = words
        if self._pages[page].isVisibleTo(self):
            self._counts.setText(words)

    def _open(self, dialog: Dialog) -> None:
        dialog.open_over(self)


def _column() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Size.GAP)
    return page, column
