"""The visit's presenter where a draft is given up: a visit begun by mistake, or an amendment. No Qt."""

from collections.abc import Callable
from typing import Protocol

from poems_registry.domain.drafts import VisitDraft
from poems_registry.domain.errors import RegistryError
from poems_registry.services.changes import Changed
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity
from poems_registry.ui.keeping import DraftKeeper
from poems_registry.ui.screens.visit import opening
from poems_registry.ui.screens.visit.form import VisitForm
from poems_registry.ui.screens.visit.ports import Visits
from poems_registry.ui.tasks import Tasks


class Asked(Protocol):
    """Who shows the question."""

    def ask_discard(self, who: Identity, words: str, button: str) -> None: ...


class Discarding:
    """`gone` is told what changed and whose record it was, `refused` why it was not given up."""

    def __init__(
        self,
        view: Asked,
        visits: Visits,
        tasks: Tasks,
        gone: Callable[[Changed, int], None],
        refused: Callable[[RegistryError], None],
    ) -> None:
        self._view, self._visits, self._tasks = view, visits, tasks
        self._gone, self._refused = gone, refused

    def ask(self, form: VisitForm | None) -> None:
        """Say what is lost before it is given up."""
        if form is not None and not form.read_only:
            button = tr("Discard draft for {who}", who=opening.short_name(form.file.patient))
            self._view.ask_discard(opening.identity(form), opening.discard_words(form), button)

    def give_up(self, form: VisitForm | None, keeper: DraftKeeper[VisitDraft] | None) -> None:
        """The person confirmed."""
        if form is None or keeper is None:
            return
        keeper.stop()
        encounter = form.encounter

        def stays(error: RegistryError) -> None:
            keeper.go_on()
            self._refused(error)

        self._tasks.run(
            lambda: self._visits.discard(encounter.id, encounter.patient_id),
            lambda changed: self._gone(changed, encounter.patient_id),
            stays,
        )
