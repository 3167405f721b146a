"""What is typed into a person's details and not yet saved, kept in the registry for this person only."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

from poems_registry.domain.errors import RegistryError
from poems_registry.services.form_drafts import DETAILS, FormKey, KeptForm
from poems_registry.ui.keeping import DraftKeeper, Told
from poems_registry.ui.screens.details.meeting import kept_content
from poems_registry.ui.tasks import Tasks


class Forms(Protocol):
    """What is needed of `FormDraftService`."""

    def keep(self, key: FormKey, content: dict[str, Any]) -> datetime: ...
    def load(self, key: FormKey) -> KeptForm | None: ...
    def drop(self, key: FormKey) -> None: ...


def key_of(patient_id: int) -> FormKey:
    """A person's details have no record of their own beside the person."""
    return FormKey(DETAILS, patient_id, patient_id)


class Keeping:
    """One form's keeper at a time; while the form itself is being saved nothing is kept beside it."""

    def __init__(self, forms: Forms, tasks: Tasks, remind: Callable[[int], None], told: Told) -> None:
        self._forms, self._tasks, self._remind, self._told = forms, tasks, remind, told
        self._keeper: DraftKeeper[dict[str, Any]] | None = None
        self._saving = False

    @property
    def unkept(self) -> bool:
        """Whether something typed is in the registry neither as saved nor as kept."""
        return self._saving or (self._keeper is not None and self._keeper.dirty)

    def load(self, patient_id: int) -> KeptForm | None:
        """What was kept of this form; on the registry's thread."""
        return self._forms.load(key_of(patient_id))

    def forget(self, patient_id: int) -> None:
        """It is saved or taken back; on the registry's thread. One left behind by a refusal is offered again."""
        with suppress(RegistryError):
            self._forms.drop(key_of(patient_id))

    def begin(self) -> None:
        """Another form, or this one anew."""
        if self._keeper is not None:
            self._keeper.stop()
        self._keeper = None

    def edited(self, patient_id: int, start: Mapping[str, str], texts: Mapping[str, str]) -> None:
        """Keep it soon: a crash, a lock or the end of the program loses nothing that was typed."""
        if self._keeper is None:
            key = key_of(patient_id)
            self._keeper = DraftKeeper(
                self._tasks, self._remind, lambda content: self._forms.keep(key, content), self._told
            )
        self._keeper.edited(kept_content(start, texts))

    def woken(self) -> None:
        """The view's timer ran out."""
        if self._keeper is not None:
            self._keeper.woken()

    def stay(self) -> None:
        """The screen is in view again."""
        if self._keeper is not None:
            self._keeper.stay()

    def leave(self) -> None:
        """Keep at once."""
        if self._keeper is not None and not self._saving:
            self._keeper.leave()

    def hold(self) -> None:
        """The form is being saved: what is saved needs no draft."""
        self._saving = True
        if self._keeper is not None:
            self._keeper.stop()

    def saved(self) -> None:
        """It is."""
        self._saving, self._keeper = False, None

    def refused(self, *, in_view: bool) -> None:
        """It is not: go on keeping, at once if nobody looks at it any more."""
        self._saving = False
        if self._keeper is not None:
            self._keeper.go_on()
            if not in_view:
                self._keeper.leave()
