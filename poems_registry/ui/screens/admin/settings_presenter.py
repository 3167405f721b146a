"""The decisions of the settings page: each threshold with its source, changed or confirmed against the paper."""

from collections.abc import Callable, Sequence
from typing import Protocol

from poems_registry.domain.errors import InvalidInput, RegistryError, StaleRecord
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.settings import SettingInForce
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.admin.shown import SettingRow
from poems_registry.ui.screens.admin.telling import setting_row
from poems_registry.ui.tasks import Tasks


class Settings(Protocol):
    """What is needed of `SettingsService`."""

    def everything(self) -> tuple[SettingInForce, ...]: ...
    def change(self, name: str, text: str, version: int, *, confirmed: bool) -> None: ...


class View(Protocol):
    """What the page and its form can show."""

    def show_settings(self, rows: Sequence[SettingRow], words: str) -> None: ...
    def ask_setting(self, row: SettingRow) -> None: ...
    def refuse_setting(self, words: str) -> None: ...
    def busy(self, words: str) -> None: ...
    def close_form(self) -> None: ...
    def say(self, message: Message | None) -> None: ...


class SettingsPresenter:
    """Loads every threshold; a change is audited, renews the list and is told to every screen."""

    def __init__(
        self, view: View, settings: Settings, tasks: Tasks, feed: ChangeFeed, saved: Callable[[str], None]
    ) -> None:
        self._view, self._settings, self._tasks, self._feed, self._saved = view, settings, tasks, feed, saved
        self._found: dict[str, SettingInForce] = {}
        self._to_check = False
        self._query = ""
        self._asked = 0

    def load(self) -> None:
        """All of them, in the order in which they are declared."""
        self._asked += 1
        asked = self._asked

        def loaded(found: tuple[SettingInForce, ...]) -> None:
            if asked == self._asked:
                self._found = {each.threshold.name: each for each in found}
                self._show()

        self._tasks.run(self._settings.everything, loaded, lambda error: self._view.say(message_for(error)))

    def leave(self) -> None:
        """Late answers are not for this page."""
        self._asked += 1

    def only_to_check(self, on: bool) -> None:
        """Only what nobody has read in the paper yet."""
        self._to_check = on
        self._show()

    def searched(self, query: str) -> None:
        """Only what has these words in its name or source."""
        self._query = query
        self._show()

    def opened(self, name: str) -> None:
        """One setting's form."""
        self._view.ask_setting(setting_row(self._found[name]))

    def save(self, name: str, text: str, confirmed: bool) -> None:
        """Put a value in force, or say that it was read in the paper."""
        found = self._found[name]
        same = text.strip() == found.value
        if same and not confirmed:
            self._view.close_form()
            return
        self._view.busy(tr("Saving…"))

        def done(_: None) -> None:
            self._view.busy("")
            self._view.close_form()
            self._view.say(None)
            self._saved(tr("{setting} saved", setting=found.threshold.label))
            self._feed.publish(Changed(everything=True))
            self.load()

        def work() -> None:
            self._settings.change(name, text, found.version, confirmed=confirmed)

        self._tasks.run(work, done, lambda error: self._refused(name, error))

    def _refused(self, name: str, error: RegistryError) -> None:
        self._view.busy("")
        if isinstance(error, InvalidInput):
            words = error.problems.get(name, "") or next(iter(error.problems.values()))
            self._view.refuse_setting(words[:1].upper() + words[1:] + ".")
        else:
            self._view.refuse_setting(str(error))
        if isinstance(error, StaleRecord):
            self.load()

    def _show(self) -> None:
        rows = [setting_row(each) for each in self._found.values()]
        to_check = sum(not row.confirmed and not row.own_list for row in rows)
        words = tr_count("{count} setting", "{count} settings", len(rows))
        if to_check:
            words = tr("{settings}, {count} to check against the paper", settings=words, count=to_check)
        wanted = self._query.casefold().split()
        shown = [
            row
            for row in rows
            if not (self._to_check and (row.confirmed or row.own_list))
            and all(word in f"{row.label} {row.source} {row.name}".casefold() for word in wanted)
        ]
        self._view.show_settings(shown, words)
