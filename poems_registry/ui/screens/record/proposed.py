"""Over every tab of a record: that somebody proposed to join it with another one, and where it is decided."""

from datetime import date
from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.merge_proposals import MERGE_NEEDS
from poems_registry.domain.records import PatientFile
from poems_registry.services.proposing import Proposed
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.joined_words import waiting_words
from poems_registry.ui.screens.record.shown import ProposedBarShown
from poems_registry.ui.tasks import Tasks


class Desk(Protocol):
    """Who works here."""

    @property
    def read_only(self) -> bool: ...
    def may(self, permission: Permission) -> bool: ...


class Proposals(Protocol):
    """What is needed of `ProposalService`."""

    @property
    def signed_in(self) -> Desk: ...
    def proposals(self, patient_id: int) -> tuple[Proposed, ...]: ...


class Navigator(Protocol):
    """Where it is decided."""

    def proposal(self, proposal_id: int) -> None: ...


class View(Protocol):
    """What can be shown; none of it decides."""

    def show_proposed(self, shown: ProposedBarShown | None) -> None: ...


class ProposedPresenter:
    """Works on the record that is open (`show_file`), for every role: who may not decide is told that it waits."""

    def __init__(self, view: View, proposals: Proposals, tasks: Tasks, navigator: Navigator) -> None:
        self._view, self._proposals, self._tasks, self._navigator = view, proposals, tasks, navigator
        self._asked = 0

    def show_file(self, file: PatientFile, today: date, *, may_record: bool) -> None:
        """Another record, or this one as it is now."""
        self._asked += 1
        asked, patient_id = self._asked, file.patient.id

        def found(answer: tuple[Proposed, ...]) -> None:
            if asked == self._asked:
                self._view.show_proposed(self._shown(answer, patient_id))

        def refused(_: RegistryError) -> None:
            if asked == self._asked:  # the record itself says why nothing can be read
                self._view.show_proposed(None)

        self._tasks.run(lambda: self._proposals.proposals(patient_id), found, refused)

    def decide(self, proposal_id: int) -> None:
        """To both records side by side."""
        self._navigator.proposal(proposal_id)

    def _shown(self, found: tuple[Proposed, ...], patient_id: int) -> ProposedBarShown | None:
        waiting = [each for each in found if each.proposal.waits]
        if not waiting:
            return None
        first = waiting[-1]
        desk = self._proposals.signed_in
        may = not desk.read_only and all(desk.may(each) for each in MERGE_NEEDS)
        act = (tr("Look again") if first.mine else tr("Look and decide")) if may else ""
        words = [tr("Because: {why}", why=first.proposal.reason)]
        words.append(tr("Nothing has changed yet: a second person decides."))
        more = len(waiting) - 1
        if more:
            words.append(tr_count("{count} more stands under Details.", "{count} more stand under Details.", more))
        return ProposedBarShown(waiting_words(first, patient_id), " ".join(words), act, first.proposal.id)
