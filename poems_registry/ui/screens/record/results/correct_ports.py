"""What the presenter of a correction needs around it: the services' calls, where it can lead, and a page that asks."""

from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.records import Encounter
from poems_registry.services.changes import Changed
from poems_registry.services.form_drafts import LeftForm
from poems_registry.ui import form_keeping
from poems_registry.ui.screens.record.results.correct_shown import CorrectShown


class Results(Protocol):
    """What is needed of `ResultService`."""

    def correct(self, patient_id: int, encounter: Encounter, code: str, typed: FieldDraft, reason: str) -> Changed: ...


class Desk(Protocol):
    """Who works here, and whether anything can be saved."""

    @property
    def read_only(self) -> bool: ...
    def may(self, permission: Permission) -> bool: ...


class Forms(form_keeping.Forms, Protocol):
    """What is needed of `FormDraftService`."""

    def mine(self) -> tuple[LeftForm, ...]: ...


class Visits(Protocol):
    """What is needed of `VisitService`."""

    @property
    def signed_in(self) -> Desk: ...
    def mark_in_error(self, encounter_id: int, patient_id: int, version: int, reason: str) -> Changed: ...


class Navigator(Protocol):
    """Where a result of a signed visit leads, and words about saving."""

    def visit(self, encounter_id: int, *, to_mend: bool = False) -> None: ...
    def say_saved(self, words: str) -> None: ...


class Asked(Protocol):
    """The form over the page."""

    def ask_correct(self, shown: CorrectShown) -> None: ...
    def show_correct(self, shown: CorrectShown) -> None: ...
    def refuse_correct(self, words: str) -> None: ...
    def close_correct(self) -> None: ...
    def offer_correct(self, words: str) -> None: ...
    def remind_correct(self, milliseconds: int) -> None: ...


class Page(Protocol):
    """The page that asks."""

    @property
    def asked(self) -> Asked: ...
    def tell_signed(self, words: str, encounter_id: int) -> None: ...
    def refuse_entry(self, words: str) -> None: ...


class View(Protocol):
    """The record, of which the page is made when it is first wanted."""

    @property
    def results(self) -> Page: ...
