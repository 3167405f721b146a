"""The decisions of the screen of research: which studies and samples are told, what is found, where a line leads."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.studies import Study
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.studies import SampleCard, StudyCard, bears
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.research.shown import Part, SampleRow, Stage, StudyRow
from poems_registry.ui.screens.research.telling import sample_row, study_row
from poems_registry.ui.sheets.presenter import Job, SheetPresenter, SheetView
from poems_registry.ui.sheets.reading import Field, Kind, fields_shown, read_record
from poems_registry.ui.tasks import Tasks


class Desk(Protocol):
    """Who works here, what day it is, and whether anything can be saved."""

    @property
    def today(self) -> date: ...
    @property
    def read_only(self) -> bool: ...
    def may(self, permission: Permission) -> bool: ...


class Studies(Protocol):
    """What is needed of `StudyService`."""

    @property
    def signed_in(self) -> Desk: ...
    def all(self) -> tuple[StudyCard, ...]: ...
    def keep(self, study: Study, *, confirmed: Collection[str] = ()) -> tuple[Study, Changed]: ...
    def withdraw(self, study: Study, reason: str) -> Changed: ...
    def current(self, study: Study) -> Study: ...


class Samples(Protocol):
    """What is needed of `SampleShelfService`."""

    def all(self) -> tuple[SampleCard, ...]: ...


class Navigator(Protocol):
    """Where a sample leads."""

    def research(self, patient_id: int) -> None: ...


class View(Protocol):
    """What can be shown; none of it decides."""

    @property
    def sheets(self) -> SheetView: ...
    def show_parts(self, parts: Sequence[Part], *, may_keep: bool) -> None: ...
    def show_part(self, part: Part) -> None: ...
    def show_studies(self, rows: Sequence[StudyRow]) -> None: ...
    def show_samples(self, rows: Sequence[SampleRow]) -> None: ...
    def show_counts(self, words: str, counts: dict[str, int]) -> None: ...
    def show_empty(self, title: str, words: str) -> None: ...
    def say(self, message: Message | None) -> None: ...


class ResearchPresenter:
    """Loads both lists; finds a sample by its number or its place while one types."""

    def __init__(
        self, view: View, studies: Studies, samples: Samples, tasks: Tasks, feed: ChangeFeed, navigator: Navigator
    ) -> None:
        self._view, self._studies, self._samples = view, studies, samples
        self._tasks, self._navigator = tasks, navigator
        self.sheets = SheetPresenter(lambda: view.sheets, tasks, feed, None, lambda _changed: None)
        self._cards: tuple[StudyCard, ...] = ()
        self._found: tuple[tuple[SampleCard, SampleRow], ...] = ()
        self._text, self._chosen = "", frozenset[Stage]()
        self._part = Part.SAMPLES
        self._asked = 0
        self._visible = self._stale = False
        self.close = feed.listen(self._changed)

    @property
    def _clinical(self) -> bool:
        return self._studies.signed_in.may(Permission.VIEW_CLINICAL)

    @property
    def _may_keep(self) -> bool:
        desk = self._studies.signed_in
        return desk.may(Permission.EDIT_DEMOGRAPHICS) and not desk.read_only

    # -- coming and going

    def open(self) -> None:
        """Samples first; who sees no findings sees the list of studies only."""
        self._visible = True
        parts = tuple(Part) if self._clinical else (Part.STUDIES,)
        self._part = parts[0]
        self._view.show_parts(parts, may_keep=self._may_keep)
        self._view.show_part(self._part)
        self._load()

    def shown(self) -> None:
        """Back on the screen."""
        self._visible = True
        if self._stale:
            self._load()

    def leave(self) -> None:
        """Another screen comes; samples may change there."""
        self._visible = False
        self._stale = True

    def _changed(self, _: Changed) -> None:
        if self._visible:
            self._load()
        else:
            self._stale = True

    def _load(self) -> None:
        self._asked += 1
        asked, clinical = self._asked, self._clinical

        def read() -> tuple[tuple[StudyCard, ...], tuple[SampleCard, ...]]:
            return self._studies.all(), self._samples.all() if clinical else ()

        def loaded(found: tuple[tuple[StudyCard, ...], tuple[SampleCard, ...]]) -> None:
            if asked != self._asked:
                return
            self._stale = False
            today = self._studies.signed_in.today
            self._cards = found[0]
            self._found = tuple((card, sample_row(card, today)) for card in found[1])
            self._view.say(None)
            self._show()

        self._tasks.run(read, loaded, self._refused)

    def _refused(self, error: RegistryError) -> None:
        self._view.say(message_for(error))

    # -- what is shown

    def go(self, part: Part) -> None:
        """The other list."""
        self._part = part
        self._view.show_part(part)
        self._show()

    def find(self, text: str) -> None:
        """By a sample's number, an aliquot's, or a part of a freezer place; with each key."""
        self._text = text
        self._show()

    def choose(self, stage: str, on: bool) -> None:
        """A filter chip."""
        each = Stage(stage)
        self._chosen = self._chosen | {each} if on else self._chosen - {each}
        self._show()

    def _show(self) -> None:
        rows = [row for card, row in self._found if bears(card, self._text) and self._wanted(row)]
        counts = {stage.value: sum(stage in row.stages for _, row in self._found) for stage in Stage}
        today = self._studies.signed_in.today
        taking_part = sum(card.taking_part for card in self._cards)
        words = tr_count("{count} takes part in a study", "{count} take part in studies", taking_part)
        self._view.show_counts(words, counts)
        self._view.show_studies([study_row(card, today) for card in self._cards])
        self._view.show_samples(rows)
        self._view.show_empty(*self._nothing(rows))

    def _wanted(self, row: SampleRow) -> bool:
        return not self._chosen or bool(self._chosen & row.stages)

    def _nothing(self, rows: Sequence[SampleRow]) -> tuple[str, str]:
        """Why the list in view is empty; '' where it is not."""
        if self._part is Part.STUDIES:
            words = tr("Add the first study: people can join it once their consent for it is recorded.")
            return ("", "") if self._cards else (tr("No studies are on the list"), words)
        if rows:
            return "", ""
        if self._found:
            return tr("No sample found"), tr("Try less of the number or of the freezer place, or another filter.")
        return tr("No samples are recorded"), tr("Samples are added in a patient\u2019s record, under Research.")

    # -- acts

    def opened(self, row: SampleRow) -> None:
        """The record the sample belongs to, at its research."""
        self._navigator.research(row.patient_id)

    def add(self) -> None:
        """A new study."""
        if self._may_keep:
            self._ask(Study())

    def change(self, row: StudyRow) -> None:
        """A study of the list, to correct."""
        found = next((card.study for card in self._cards if card.study.id == row.id), None)
        if found is not None and self._may_keep:
            self._ask(found)

    def _ask(self, study: Study) -> None:
        fields = _fields()
        service, today = self._studies, self._studies.signed_in.today

        def save(record: Study, confirmed: frozenset[str]) -> Changed:
            return service.keep(record, confirmed=confirmed)[1]

        self.sheets.open(
            Job(
                record=study,
                title=tr("Study {name}", name=study.short_name) if study.id else tr("New study"),
                button=tr("Save study"),
                icon="flask-conical",
                show=lambda record: fields_shown(record, fields),
                read=lambda record, texts: read_record(record, fields, texts, today),
                save=save,
                current=service.current,
                withdraw=service.withdraw if study.id else None,
                explanation=tr("A consent names a study by its short name, its full name or its reference."),
            )
        )


def _fields() -> tuple[Field, ...]:
    return (
        Field("short_name", tr("Short name")),
        Field("reference", tr("Reference"), beside=True),
        Field("full_name", tr("Full name"), wide=True),
        Field("opened", tr("Opened"), Kind.DAY, hint=tr("Day, month or year.")),
        Field("closed", tr("Closed"), Kind.DAY, beside=True),
        Field("note", tr("Note"), wide=True),
    )
