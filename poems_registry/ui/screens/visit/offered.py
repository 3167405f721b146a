"""A field of words beside which the entries of a list that the clinic keeps can be put in: leaflets given."""

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.editor import Editor
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.fields import LineEdit

BETWEEN = ";"


class OfferedEditor(Editor):
    """Titles with ; between them; the list opens by its button or by Alt+Down, and each entry goes in or out."""

    wide = True

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._offered: tuple[str, ...] = ()
        self._edit = LineEdit(theme)
        self._edit.setAccessibleName(name)
        self.choose = Button(
            theme, tr("From the list"), Kind.QUIET, icon="chevron-down", said=f"{tr('From the list')}, {name}"
        )
        self.choose.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+Down from the field: a stop would double the way
        self.choose.setToolTip(tr("The clinic's own list (Alt+Down)"))
        self.choose.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GRID)
        row.addWidget(self._edit, 1)
        row.addWidget(self.choose)
        self.setFocusProxy(self._edit)
        self._edit.textEdited.connect(self.typed)
        self.choose.clicked.connect(self.open_list)

    def show_text(self, text: str) -> None:
        """As typed."""
        self._edit.show_text(text)

    def set_mark(self, mark: Mark) -> None:
        """The field's edge."""
        self._edit.set_mark(mark)

    def offer(self, entries: tuple[str, ...]) -> None:
        """What the list holds now; without any there is nothing to open."""
        self._offered = entries
        self.choose.setVisible(bool(entries))

    def menu(self) -> QMenu:
        """Every entry, ticked if it stands in the field."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        now = self._titles()
        for entry in self._offered:
            action = menu.addAction(entry.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(entry in now)
            action.triggered.connect(partial(self._switch, entry))
        return menu

    def open_list(self) -> None:
        """The menu below the field, its first entry ready for Return."""
        if self._offered:
            menu = self.menu()
            menu.popup(self.mapToGlobal(QPoint(0, self.height())))
            menu.setActiveAction(menu.actions()[0])

    def _titles(self) -> list[str]:
        return [part.strip() for part in self._edit.text().split(BETWEEN) if part.strip()]

    def _switch(self, entry: str) -> None:
        now = self._titles()
        words = f"{BETWEEN} ".join([each for each in now if each != entry] if entry in now else [*now, entry])
        self._edit.show_text(words)
        self.typed.emit(words)
        self.focus()
