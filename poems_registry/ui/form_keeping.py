"""What is typed into a form over a page and not yet saved, kept in the registry for this person only."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Protocol

from poems_registry.domain.dates import show_date, show_time
from poems_registry.domain.errors import RegistryError
from poems_registry.services.form_drafts import FormKey, KeptForm
from poems_registry.ui.keeping import DraftKeeper, Told
from poems_registry.ui.tasks import Tasks


class Forms(Protocol):
    """What is needed of `FormDraftService`."""

    def keep(self, key: FormKey, content: dict[str, Any]) -> datetime: ...
    def load(self, key: FormKey) -> KeptForm | None: ...
    def drop(self, key: FormKey) -> None: ...


class FormKeeping:
    """One form's keeper at a time: held while the form is saved, asked to keep at once where it closes unsettled."""

    def __init__(self, forms: Forms, tasks: Tasks, remind: Callable[[int], None], told: Told) -> None:
        self._forms, self._tasks, self._remind, self._told = forms, tasks, remind, told
        self._keeper: DraftKeeper[dict[str, Any]] | None = None
        self._key: FormKey | None = None
        self._saving = False

    @property
    def unkept(self) -> bool:
        """Whether something typed is in the registry neither as saved nor as kept."""
        return self._saving or (self._keeper is not None and self._keeper.dirty)

    @property
    def key(self) -> FormKey | None:
        """Which form it is."""
        return self._key

    def begin(self, key: FormKey) -> None:
        """Another form."""
        forms = self._forms
        self.settled()
        self._key = key
        self._keeper = DraftKeeper(self._tasks, self._remind, lambda content: forms.keep(key, content), self._told)

    def edited(self, content: dict[str, Any]) -> None:
        """Keep it soon."""
        if self._keeper is not None:
            self._keeper.edited(content)

    def woken(self) -> None:
        """The view's timer ran out."""
        if self._keeper is not None:
            self._keeper.woken()

    def leave(self) -> None:
        """Keep at once; of a form that is being saved nothing is kept beside it."""
        if self._keeper is not None and not self._saving:
            self._keeper.leave()

    def close(self) -> None:
        """The form is gone, as by a lock, and what it held is not settled: keep it at once."""
        self.leave()
        self._keeper, self._key, self._saving = None, None, False

    def stay(self) -> None:
        """In view again."""
        if self._keeper is not None:
            self._keeper.stay()

    def hold(self) -> None:
        """The form is being saved: what is saved needs no draft."""
        self._saving = True
        if self._keeper is not None:
            self._keeper.stop()

    def go_on(self) -> None:
        """It was refused: keep what stands in it."""
        self._saving = False
        if self._keeper is not None:
            self._keeper.go_on()

    def settled(self) -> None:
        """It is saved or taken back: nothing of it is to be kept."""
        if self._keeper is not None:
            self._keeper.stop()
        self._keeper, self._key, self._saving = None, None, False

    def drop(self, then: Callable[[], None] = lambda: None) -> None:
        """The person drops it; one left behind by a refusal is offered again."""
        key = self._key
        self.settled()
        if key is not None:
            self.forget(key, then)

    def forget(self, key: FormKey, then: Callable[[], None] = lambda: None) -> None:
        """What was kept of a form is not wanted."""
        self._tasks.run(lambda: self.unkeep(key), lambda _: then(), lambda _: then())

    # -- on the registry's thread

    def find(self, key: FormKey) -> KeptForm | None:
        """What was kept of a form."""
        return self._forms.load(key)

    def unkeep(self, key: FormKey) -> None:
        """Take what was kept away. One left behind by a refusal is offered again."""
        with suppress(RegistryError):
            self._forms.drop(key)


def last_kept(at: datetime, today: date) -> str:
    """`14:02`, or `21-Nov-2026 14:02`: when something was last kept."""
    when = at.astimezone()
    day = "" if when.date() == today else f"{show_date(when.date())} "
    return f"{day}{show_time(when)}"
