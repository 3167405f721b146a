"""Somebody's form: who they are, what they may do, whether they may sign in; and a password given anew."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from poems_registry.ui.forms.asked import Asked
from poems_registry.ui.forms.password_dialog import PasswordDialog
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.admin.shown import PersonForm, PersonTyped, Right
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import Label
from poems_registry.ui.widgets.password import PasswordField
from poems_registry.ui.widgets.ticks import CheckBox

ROLES = (("clinician", "Clinician"), ("nurse", "Nurse"), ("admin", "Administrator"))
WIDE = 860


class PersonDialog(PasswordDialog):
    """Adds somebody, or changes them; refusals stand beside their fields or above the buttons."""

    saved = Signal(object)
    role_chosen = Signal(str)
    password_asked = Signal()
    typed = Signal(str, str, str)
    """name, user name, password"""

    def __init__(self, theme: Theme, form: PersonForm) -> None:
        new = not form.user
        title = tr("Add somebody") if new else form.name
        words = tr("They sign in with this user name. It cannot be changed later.") if new else _who(form)
        icon, button = ("user-plus", tr("Add")) if new else ("user", tr("Save"))
        super().__init__(theme, title, icon=icon, explanation=words, button=(button, "check"), width=WIDE)
        self._theme, self._form = theme, form
        self._edits = {name: LineEdit(theme) for name in ("name", "user", "profession", "registration")}
        self._role = ComboBox(theme, [(code, tr(role)) for code, role in ROLES])
        self._role.choose(form.role)
        self.fields = {
            "name": Asked(theme, tr("Name"), self._edits["name"]),
            "user": Asked(theme, tr("User name"), self._edits["user"]),
            "role": Asked(theme, tr("Role"), self._role),
            "profession": Asked(theme, tr("Profession"), self._edits["profession"]),
            "registration": Asked(theme, tr("Registration"), self._edits["registration"]),
            "password": Asked(theme, tr("Password"), self.new, self.new.edit),
        }
        for name in ("name", "profession", "registration"):
            self._edits[name].setText(getattr(form, name))
        self._rights: dict[str, CheckBox] = {}
        self._active = CheckBox(theme, tr("May sign in"))
        self._active.setChecked(form.active)
        self._active.setEnabled(not form.me)
        self._lay_out(new=new)
        self._buttons(new=new)
        self._role.chosen.connect(self.role_chosen)
        for edit in (self._edits["name"], self._edits["user"], self.new.edit):
            edit.textEdited.connect(self._tell_typed)

    def _lay_out(self, *, new: bool) -> None:
        first = ("name", "user", "role") if new else ("name", "role")
        for names in (first, ("profession", "registration")):
            row = QHBoxLayout()
            row.setSpacing(Size.GAP)
            for name in names:
                row.addWidget(self.fields[name], 2 if name in ("name", "profession") else 1)
            self.body.addLayout(row)
        if new:
            self.body.addWidget(self.fields["password"])
            self.body.addLayout(self.suggesting)
        head = QHBoxLayout()
        head.addWidget(Label(self._theme, tr("May"), weight=Weight.SEMIBOLD))
        head.addStretch(1)
        if not new:
            head.addWidget(self._active)
        self.body.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP)
        grid.setVerticalSpacing(0)
        for place, right in enumerate(self._form.rights):
            box = CheckBox(self._theme, right.words)
            self._rights[right.code] = box
            grid.addWidget(box, place // 2, place % 2)
        self.body.addLayout(grid)
        self.body.addWidget(self.problem)
        self.body.addStretch(1)
        self.show_rights(self._form.rights)

    def _buttons(self, *, new: bool) -> None:
        left = []
        if not new and self._form.active:
            give = Button(self._theme, tr("Set a new password…"), Kind.QUIET, icon="key-round")
            give.clicked.connect(self.password_asked)
            left.append(give)
        self.set_actions(self.main, (self.back,), left)
        self.main.clicked.connect(self._save)

    def show_rights(self, rights: Sequence[Right]) -> None:
        """These ticks; one's own right to manage people stays."""
        for right in rights:
            box = self._rights[right.code]
            box.setChecked(right.granted)
            box.setEnabled(not (self._form.me and right.code == "manage"))
            box.setToolTip("" if right.granted == right.by_role else tr("Differs from the role"))

    def offer(self, phrase: str) -> None:
        """Five words, to be read."""
        super().offer(phrase)
        self._tell_typed()

    def _save(self) -> None:
        texts = {name: edit.text() for name, edit in self._edits.items()}
        rights = frozenset(code for code, box in self._rights.items() if box.isChecked())
        role, password = self._role.code(), self.new.text()
        typed = PersonTyped(**texts, role=role, password=password, rights=rights, active=self._active.isChecked())
        self.saved.emit(typed)

    def _tell_typed(self) -> None:
        self.typed.emit(self._edits["name"].text(), self._edits["user"].text(), self.new.text())


class NewPasswordDialog(PasswordDialog):
    """A new password for somebody; whoever gives it says their own."""

    given = Signal(str, str, str)
    """user name, new password, own password"""
    typed = Signal(str, str, str)

    def __init__(self, theme: Theme, user: str, name: str) -> None:
        words = tr(
            "The old one opens nothing any more. Hand the new one over in person. The audit says that you gave it."
        )
        title, button = tr("New password for {name}", name=name), (tr("Set the password"), "key-round")
        super().__init__(theme, title, icon="key-round", explanation=words, button=button)
        self._user, self._name = user, name
        self.own = PasswordField(theme)
        self.fields = {
            "password": Asked(theme, tr("New password"), self.new, self.new.edit),
            "own": Asked(theme, tr("Your own password"), self.own, self.own.edit),
        }
        self._stack("password", "own")
        self.main.clicked.connect(lambda: self.given.emit(user, self.new.text(), self.own.text()))
        self.new.edit.textEdited.connect(self._tell_typed)

    def offer(self, phrase: str) -> None:
        """Five words, to be read."""
        super().offer(phrase)
        self._tell_typed()

    def _tell_typed(self) -> None:
        self.typed.emit(self._name, self._user, self.new.text())


def _who(form: PersonForm) -> str:
    if form.me:
        return tr("User name {user}. This is you: your own right to manage people stays.", user=form.user)
    return tr(
        "User name {user}. Who may not sign in loses the password; a new one is given on coming back.", user=form.user
    )
