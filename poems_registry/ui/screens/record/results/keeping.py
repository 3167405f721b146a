"""What is typed into a sheet of results and not yet saved, kept in the registry for this person only."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

from poems_registry.domain.drafts import VisitDraft
from poems_registry.domain.errors import RegistryError
from poems_registry.services.form_drafts import FormKey, KeptForm
from poems_registry.services.results import key_of
from poems_registry.ui.keeping import DraftKeeper, Told
from poems_registry.ui.tasks import Tasks


class Forms(Protocol):
    """What is needed of `FormDraftService`."""

    def keep(self, key: FormKey, content: dict[str, Any]) -> datetime: ...
    def load(self, key: FormKey) -> KeptForm | None: ...
    def drop(self, key: FormKey) -> None: ...


class SheetKeeping:
    """One sheet's keeper at a time; while it is being saved nothing is kept beside it."""

    def __init__(self, forms: Forms, tasks: Tasks, remind: Callable[[int], None], told: Told) -> None:
        self._forms, self._tasks, self._remind, self._told = forms, tasks, remind, told
        self._keeper: DraftKeeper[VisitDraft] | None = None
        self._saving = False

    @property
    def unkept(self) -> bool:
        """Whether something typed is in the registry neither as saved nor as kept."""
        return self._saving or (self._keeper is not None and self._keeper.dirty)

    def load(self, patient_id: int) -> KeptForm | None:
        """What was kept of this patient's sheet; on the registry's thread."""
        return self._forms.load(key_of(patient_id))

    def forget(self, patient_id: int) -> None:
        """It was taken back; on the registry's thread. One left behind by a refusal is offered again."""
        with suppress(RegistryError):
            self._forms.drop(key_of(patient_id))

    def begin(self) -> None:
        """Another sheet."""
        if self._keeper is not None:
            self._keeper.stop()
        self._keeper = None

    def edited(self, patient_id: int, draft: VisitDraft) -> None:
        """Keep it soon: a crash, a lock or the end of the program loses nothing that was typed."""
        if self._keeper is None:
            key = key_of(patient_id)
            self._keeper = DraftKeeper(
                self._tasks, self._remind, lambda typed: self._forms.keep(key, typed.to_json()), self._told
            )
        self._keeper.edited(draft)

    def woken(self) -> None:
        """The view's timer ran out."""
        if self._keeper is not None:
            self._keeper.woken()

    def leave(self) -> None:
        """Keep at once."""
        if self._keeper is not None and not self._saving:
            self._keeper.leave()

    def stay(self) -> None:
        """In view again."""
        if self._keeper is not None:
            self._keeper.stay()

    def hold(self) -> None:
        """The sheet is being saved: what is saved needs no draft."""
        self._saving = True
        if self._keeper is not None:
            self._keeper.stop()

    def saved(self) -> None:
        """It is."""
        self._saving, self._keeper = False, None

    def refused(self) -> None:
        """It is not: go on keeping."""
        self._saving = False
        if self._keeper is not None:
            self._keeper.go_on()
