"""A person's named filters on the screen: a menu to take one, a dialog to keep, name anew and take away."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.patients.rows import Named
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, primary, quiet, secondary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled

LONGEST_NAME = 40


class SavedActions(Protocol):
    """What a person can do with them."""

    def apply(self, filter_id: int) -> None: ...
    def keep(self, name: str) -> None: ...
    def rename(self, filter_id: int, name: str) -> None: ...
    def remove(self, filter_id: int) -> None: ...


class SavedButton(Button):
    """Opens the menu of the named filters; the dialog behind its last entry changes them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Saved filters"), Kind.QUIET, icon="bookmark", small=True, said=tr("Saved filters"))
        self._look = theme
        self._actions: SavedActions | None = None
        self._named: Named = ()
        self._may_change = True
        self.dialog: SavedFiltersDialog | None = None
        self.clicked.connect(self._open_menu)

    def set_short(self, *, short: bool) -> None:
        """One word where room is short; a screen reader reads both."""
        self.setText(tr("Saved") if short else tr("Saved filters"))
        self.updateGeometry()

    def attend(self, actions: SavedActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions

    def allow_changes(self, allowed: bool) -> None:
        """Whether anything can be kept here."""
        self._may_change = allowed

    def show_saved(self, named: Named) -> None:
        """Other filters, in menu and dialog."""
        self._named = tuple(named)
        if self.dialog is not None:
            self.dialog.show_saved(self._named)

    def refuse_name(self, words: str) -> None:
        """Why this name, or this filter, cannot be kept."""
        if self.dialog is not None:
            self.dialog.refuse(words)

    def name_taken_up(self) -> None:
        """It was kept."""
        if self.dialog is not None:
            self.dialog.accept_name()

    def menu_of_saved(self) -> QMenu:
        """One entry for each filter, then the one that changes them."""
        menu = QMenu(self)
        for filter_id, name in self._named:
            menu.addAction(name.replace("&", "&&")).triggered.connect(partial(self._apply, filter_id))
        if not self._named:
            menu.addAction(tr("No filter is saved yet")).setEnabled(False)
        if self._may_change:
            menu.addSeparator()
            menu.addAction(tr("Save or change filters")).triggered.connect(self.open_dialog)
        return menu

    def open_dialog(self) -> None:
        """Keep, name anew, take away."""
        actions = self._actions
        if actions is None:
            return
        dialog = SavedFiltersDialog(self._look, actions)
        dialog.show_saved(self._named)
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open_over(self.window())

    def _closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def _open_menu(self) -> None:
        self.menu_of_saved().exec(self.mapToGlobal(QPoint(0, self.height())))

    def _apply(self, filter_id: int) -> None:
        if self._actions is not None:
            self._actions.apply(filter_id)


class SavedFiltersDialog(Dialog):
    """A name for what the list is set to now, and below it the filters that are kept."""

    def __init__(self, theme: Theme, actions: SavedActions) -> None:
        words = tr("They are yours alone and follow you to every PC on which you open this registry.")
        super().__init__(theme, tr("Saved filters"), icon="bookmark", explanation=words)
        self._actions = actions
        self._renaming = 0
        self.name = LineEdit(theme)
        self.name.setMaxLength(LONGEST_NAME)
        self._label = labelled(theme, tr("Name for what the list is set to now"), self.name)
        self.body.addWidget(self._label)
        row = QHBoxLayout()
        row.setSpacing(Size.GRID)
        row.addWidget(self.name, 1)
        self.save = primary(theme, tr("Save"), "bookmark")
        self.save.clicked.connect(self._save)
        self.name.returnPressed.connect(self._save)  # one field, one act: nothing else could be meant
        row.addWidget(self.save)
        self.body.addLayout(row)
        self._problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self._rows = QWidget()
        self.body.addWidget(self._rows)
        self.body.addStretch(1)
        close = secondary(theme, tr("Close"))
        close.clicked.connect(self.reject)
        self.set_actions(close)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_saved(self, named: Named) -> None:
        """These filters, each with what can be done to it."""
        self.body.removeWidget(self._rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = QWidget()
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, Size.GRID, 0, 0)
        column.setSpacing(4)
        for filter_id, name in named:
            line = QHBoxLayout()
            line.setSpacing(Size.GRID)
            line.addWidget(Label(self._theme, name, wrap=True), 1)
            line.addWidget(self._button(tr("Rename"), name, "pencil", partial(self._rename, filter_id, name)))
            line.addWidget(self._button(tr("Remove"), name, "trash-2", partial(self._actions.remove, filter_id)))
            column.addLayout(line)
        self.body.insertWidget(self.body.count() - 1, self._rows)
        self._rows.show()
        self.fit()

    def refuse(self, words: str) -> None:
        """Why it was not kept; what was typed stays."""
        self._problem.setText(words)
        self._problem.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def accept_name(self) -> None:
        """It was kept: the next name may be typed."""
        self._problem.hide()
        self._renaming = 0
        self.name.clear()
        self._label.setText(tr("Name for what the list is set to now"))
        self.save.setText(tr("Save"))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, words: str, name: str, icon: str, act: Callable[[], None]) -> Button:
        button = quiet(self._theme, words, icon, said=f"{words}: {name}")
        button.clicked.connect(act)
        return button

    def _rename(self, filter_id: int, name: str) -> None:
        self._renaming = filter_id
        self._label.setText(tr("New name of {name}", name=name))
        self.save.setText(tr("Rename"))
        self.name.setText(name)
        self.name.selectAll()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if self._renaming:
            self._actions.rename(self._renaming, self.name.text())
        else:
            self._actions.keep(self.name.text())
