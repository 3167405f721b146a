"""The unlock window: name, password, what is wrong in words; shows and passes on, decides nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry import __version__
from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.unlock.name_box import name_box
from poems_registry.ui.screens.unlock.panel import DoorPanel
from poems_registry.ui.screens.unlock.refusal import RefusalBox
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.cards import Card, Rule, ScrollColumn
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled
from poems_registry.ui.widgets.password import PasswordField

if TYPE_CHECKING:
    from poems_registry.ui.screens.unlock.help_page import HelpPage
    from poems_registry.ui.screens.unlock.recovery_page import RecoveryPage
    from poems_registry.ui.widgets.which_registry import ServerDialog


class UnlockActions(Protocol):
    """What a person can do here."""

    def named(self, user: str) -> None: ...
    def unlock(self, user: str, password: str) -> None: ...
    def ticked(self) -> None: ...
    def other_registry(self) -> None: ...
    def other_server(self) -> None: ...
    def server_named(self, text: str) -> None: ...
    def first_start(self) -> None: ...
    def use_recovery(self, on: bool) -> None: ...
    def password_typed(self, user: str, password: str) -> None: ...
    def suggest(self) -> None: ...
    def recover(self, user: str, recovery_text: str, password: str) -> None: ...
    def help(self, on: bool) -> None: ...


class UnlockScreen(QWidget):
    """A coloured half, and a card with one of three pages: password, recovery key, help.

    The first is all that most people ever see; the others are made when they are asked for.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: UnlockActions | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._timer = QTimer(self)
        self._timer.setInterval(250)  # a countdown in seconds that never skips one
        self._panel = DoorPanel(theme)
        self._title = Label(theme, tr("Unlock"), size=Size.BIG, weight=Weight.MEDIUM)
        self._registry = IconLabel(theme, "database", "", icon_tone=Tone.SUB)
        self._registry.set_weight(Weight.MEDIUM, Size.TITLE)
        self._place = Label(theme, tone=Tone.SUB)
        self._refused = RefusalBox(theme)
        self._door = self._password_page()
        self._made_recovery: RecoveryPage | None = None
        self._help: HelpPage | None = None
        self._server: ServerDialog | None = None
        self._users: tuple[Sequence[str], str] = ((), "")
        self._card = Card(theme, padding=32)
        self._card.setFixedWidth(456)
        self._card.column.setSpacing(6)
        for part in (self._title, self._registry, self._place):
            self._card.column.addWidget(part)
        self._card.column.addSpacing(10)
        for page in (self._refused, self._door):
            self._card.column.addWidget(page)
        self._lay_out()
        self._timer.timeout.connect(self._tick)
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self, self._ask_help)

    def attend(self, actions: UnlockActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions

    @property
    def _recovery(self) -> "RecoveryPage":
        if self._made_recovery is None:
            from poems_registry.ui.screens.unlock.recovery_page import RecoveryPage

            page = self._made_recovery = RecoveryPage(self._theme)
            page.hide()
            self._card.column.addWidget(page)
            self._offer_users(page.user)
            if self._actions is not None:
                page.asked.connect(self._actions.recover)
                page.password_typed.connect(self._actions.password_typed)
                page.phrase_asked.connect(self._actions.suggest)
            page.back.connect(self._leave_recovery)
        return self._made_recovery

    def show_registry(self, name: str, place: str, *, on_server: bool) -> None:
        """Which registry it is: a file and its folder, or a database and its server."""
        self._panel.say_where(on_server=on_server)
        self._registry.setText(name)
        room = self._card.width() - 2 * 32
        metrics = QFontMetrics(self._place.font())
        self._place.setText(metrics.elidedText(place, Qt.TextElideMode.ElideMiddle, room))
        self._place.setToolTip(place)
        self._password.clear()
        if self._made_recovery is not None:
            self._made_recovery.clear()

    def show_users(self, users: Sequence[str], chosen: str, *, go_on: bool = True) -> None:
        """The names to choose from; what was typed meanwhile stays, and without `go_on` the focus too."""
        self._users = users, chosen
        self._offer_users(self._user)
        if self._made_recovery is not None:
            self._offer_users(self._made_recovery.user)
        if users and go_on:
            (self._password.edit if self._user.currentText() else self._user).setFocus()

    def _offer_users(self, combo: ComboBox) -> None:
        users, chosen = self._users
        typed = combo.currentText() or chosen
        combo.blockSignals(True)
        combo.set_options([(user, user) for user in users])
        if typed or not users:
            combo.setEditText(typed)
        else:
            combo.setCurrentIndex(0 if len(users) == 1 else -1)
        combo.blockSignals(False)

    def show_recovery(self, on: bool) -> None:
        """The recovery page, or the password's."""
        self._title.setText(tr("Use the recovery key") if on else tr("Unlock"))
        if on:
            self._recovery.user.setEditText(self._user.currentText())
        elif self._made_recovery is not None:
            self._made_recovery.clear()
        self._show_page(self._recovery if on else self._door)
        (self._recovery if on else self._password.edit).setFocus()

    def show_help(self, on: bool) -> None:
        """How one gets in, in five sentences."""
        self._title.setText(tr("Help") if on else tr("Unlock"))
        if on and self._help is None:
            from poems_registry.ui.screens.unlock.help_page import HelpPage

            self._help = HelpPage(self._theme)
            self._help.back.connect(self._leave_help)
            self._card.column.addWidget(self._help)
        page = self._help if on and self._help is not None else self._door
        self._show_page(page)
        (self._password.edit if page is self._door else page).setFocus()

    def say(self, message: Message | None) -> None:
        """Why the registry cannot be opened, until that is solved."""
        if message is None:
            self._refused.say("")
        else:
            self._refused.say(message.cause, message.rest)

    def say_wrong(self, cause: str, rest: str) -> None:
        """What was wrong with the try, and when the next may be made."""
        self._wrong.say(cause, rest)

    def wrong_words(self) -> str:
        """What is said of the last try."""
        return self._wrong.words()

    def may_try(self) -> bool:
        """Whether Unlock can be pressed."""
        return self._go.isEnabled()

    def mark(self, problems: dict[str, str]) -> None:
        """Beside the fields of the recovery page."""
        if problems or self._made_recovery is not None:
            self._recovery.mark(problems)

    def judge(self, words: str, good: bool) -> None:
        """The new password so far."""
        self._recovery.judge(words, good)

    def offer_phrase(self, phrase: str) -> None:
        """Five words to take as the password."""
        self._recovery.offer(phrase)

    def busy(self, words: str) -> None:
        """While a key is made from the password nothing else can be begun."""
        self._go.setText(words or tr("Unlock"))
        self._go.setEnabled(not words)
        parts = (self._user, self._password, self._made_recovery, self._other, self._key, self._new)
        for part in (each for each in parts if each is not None):
            part.setEnabled(not words)
        if not words and self._door.isVisible():
            self._password.edit.setFocus()
            self._password.edit.selectAll()

    def allow(self, on: bool) -> None:
        """Whether a try may be made now."""
        self._go.setEnabled(on)

    def tick(self, on: bool) -> None:
        """Count time, or stop."""
        if on and not self._timer.isActive():
            self._timer.start()
        elif not on:
            self._timer.stop()

    def ask_registry(self) -> Path | None:
        """A file of a person's choice."""
        from PySide6.QtWidgets import QFileDialog

        kinds = tr("Registries (*.registry);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, tr("Open another registry"), "", kinds)
        return Path(name) if name else None

    def ask_server(self, on: bool) -> None:
        """The address of one on a server, or enough of that."""
        from poems_registry.ui.widgets.which_registry import ServerDialog

        if self._server is not None:
            self._server.accept()
            self._server = None
        if on and self._actions is not None:
            self._server = ServerDialog(self._theme)
            self._server.named.connect(self._actions.server_named)
            self._server.open_over(self)

    def refuse_server(self, words: str) -> None:
        """Why that address cannot be one."""
        if self._server is not None:
            self._server.say(words)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The panel takes its share."""
        super().resizeEvent(event)
        self._panel.fit(event.size())
        padding = 32 if event.size().height() >= 600 else 20
        self._card.column.setContentsMargins(32, padding, 32, padding)

    def _password_page(self) -> QWidget:
        page = QWidget()
        self._user = name_box(self._theme)
        self._user.setAccessibleName(tr("Your name"))
        self._password = PasswordField(self._theme)
        self._password.edit.setAccessibleName(tr("Password"))
        self._wrong = RefusalBox(self._theme)
        self._go = Button(self._theme, tr("Unlock"), Kind.PRIMARY, icon="lock-open")
        self._other = Button(self._theme, tr("Open another registry"), Kind.QUIET, icon="folder-open")
        self._key = Button(self._theme, tr("Use the recovery key"), Kind.QUIET, icon="key-round")
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 4, 0, 0)
        foot.addWidget(self._other)
        foot.addStretch(1)
        foot.addWidget(self._key)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(labelled(self._theme, tr("Your name"), self._user, weight=Weight.SEMIBOLD))
        column.addWidget(self._user)
        column.addSpacing(8)
        column.addWidget(labelled(self._theme, tr("Password"), self._password.edit, weight=Weight.SEMIBOLD))
        column.addWidget(self._password)
        column.addWidget(self._wrong)
        column.addSpacing(6)
        column.addWidget(self._go)
        column.addSpacing(8)
        column.addWidget(Rule(self._theme))
        column.addLayout(foot)
        self._user.currentTextChanged.connect(self._named)
        self._password.entered.connect(self._unlock)
        self._go.clicked.connect(self._unlock)
        self._other.clicked.connect(self._ask_other)
        self._key.clicked.connect(self._ask_recovery)
        return page

    def _lay_out(self) -> None:
        self._new = Button(self._theme, tr("New registry or training"), Kind.LINK)
        help_ = Button(self._theme, tr("F1 Help"), Kind.LINK)
        self._new.clicked.connect(self._ask_first_start)
        help_.clicked.connect(self._ask_help)
        line = QHBoxLayout()
        line.setSpacing(Size.PAGE)
        line.addStretch(1)
        line.addWidget(Label(self._theme, tr("Version {version}", version=__version__), tone=Tone.SUB))
        line.addWidget(self._new)
        line.addWidget(help_)
        line.addStretch(1)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(16, 8, 16, 8)
        column.addStretch(1)
        centred = QHBoxLayout()  # not by alignment, which would not ask wrapped words for their height
        centred.addStretch(1)
        centred.addWidget(self._card)
        centred.addStretch(1)
        column.addLayout(centred)
        column.addLayout(line)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._panel)
        row.addWidget(ScrollColumn(middle), 1)

    def _show_page(self, shown: QWidget | None) -> None:
        for page in (self._door, self._made_recovery, self._help):
            if page is not None:
                page.setVisible(page is shown)

    def _named(self, user: str) -> None:
        if self._actions is not None:
            self._actions.named(user)

    def _unlock(self) -> None:
        if self._actions is not None:
            self._actions.unlock(self._user.currentText(), self._password.text())

    def _tick(self) -> None:
        if self._actions is not None:
            self._actions.ticked()

    def _ask_other(self) -> None:
        if self._actions is not None:
            from poems_registry.ui.widgets.which_registry import ask_which

            ask_which(self._other, self._actions.other_registry, self._actions.other_server)

    def _ask_recovery(self) -> None:
        if self._actions is not None:
            self._actions.use_recovery(True)

    def _leave_recovery(self) -> None:
        if self._actions is not None:
            self._actions.use_recovery(False)

    def _ask_first_start(self) -> None:
        if self._actions is not None:
            self._actions.first_start()

    def _ask_help(self) -> None:
        if self._actions is not None:
            self._actions.help(self._help is None or self._help.isHidden())

    def _leave_help(self) -> None:
        if self._actions is not None:
            self._actions.help(False)
