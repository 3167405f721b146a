"""The decisions of the tab of research: what is loaded for it, which sheet is opened, what a label says."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, Protocol

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.errors import NotFound, RegistryError
from poems_registry.domain.records import Encounter, PatientFile
from poems_registry.domain.samples import Aliquot, Sample, label, next_aliquot
from poems_registry.domain.studies import Enrolment
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.form_drafts import FormKey
from poems_registry.services.research import Entry, ResearchFile
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity, identity_of
from poems_registry.ui.screens.record.research.forms import (
    PanelForm,
    aliquot_read,
    aliquot_shown,
    enrolment_fields,
    panel_form,
    panel_read,
    panel_shown,
    sample_read,
    sample_shown,
)
from poems_registry.ui.screens.record.research.shown import LabelShown, ResearchShown, What
from poems_registry.ui.screens.record.research.telling import research
from poems_registry.ui.sheets.keeping import Forms
from poems_registry.ui.sheets.presenter import Job, SheetPresenter, SheetView
from poems_registry.ui.sheets.reading import fields_shown, read_record
from poems_registry.ui.tasks import Tasks


class Research(Protocol):
    """What is needed of `ResearchService`."""

    def of(self, patient_id: int) -> ResearchFile: ...
    def keep(self, entry: Entry, *, confirmed: Collection[str] = ()) -> tuple[Entry, Changed]: ...
    def withdraw(self, entry: Entry, reason: str) -> Changed: ...
    def current(self, entry: Entry) -> Entry: ...
    def record_panel(
        self,
        sample: Sample,
        seen: Encounter | None,
        fields: Mapping[str, FieldDraft],
        *,
        reason: str = "",
        confirmed: Collection[str] = (),
    ) -> Changed: ...


class View(Protocol):
    """The page of the tab; none of it decides."""

    @property
    def sheets(self) -> SheetView: ...
    def show_research(self, shown: ResearchShown) -> None: ...
    def allow(self, allowed: bool) -> None: ...
    def show_label(self, shown: LabelShown) -> None: ...
    def say(self, message: Message | None) -> None: ...


class ResearchPresenter:
    """Works on the record that is open (`show_file`); `view` gives the tab when it is first wanted."""

    def __init__(
        self, view: Callable[[], View], service: Research, tasks: Tasks, feed: ChangeFeed, forms: Forms | None
    ) -> None:
        self._view, self._service, self._tasks = view, service, tasks
        self.sheets = SheetPresenter(lambda: view().sheets, tasks, feed, forms, lambda _changed: None)
        self._file: PatientFile | None = None
        self._research: ResearchFile | None = None
        self._today = date.min
        self._may_record = False
        self._asked = 0

    def show_file(self, file: PatientFile, today: date, *, may_record: bool) -> None:
        """Another record, or this one as it is now; the tab asks for what it shows."""
        self._file, self._today, self._may_record = file, today, may_record

    def wanted(self) -> None:
        """The tab is in view: load what it shows."""
        if self._file is None:
            return
        patient_id = self._file.patient.id
        self._asked += 1
        asked = self._asked

        def loaded(found: ResearchFile) -> None:
            if asked == self._asked:
                self._research = found
                self._view().say(None)
                self._view().allow(self._may_record)
                self._view().show_research(research(found))

        self._tasks.run(lambda: self._service.of(patient_id), loaded, self._refused)

    def _refused(self, error: RegistryError) -> None:
        self._view().say(message_for(error))

    # -- sheets

    def add(self, what: What, sample_id: int = 0) -> None:
        """A new entry; an aliquot and values belong to a sample."""
        file = self._research
        if file is None or not self._may_record:
            return
        patient_id = file.patient.id
        match what:
            case What.ENROLMENT:
                today = PartialDate.of(self._today)
                self._open_enrolment(file, Enrolment(patient_id=patient_id, joined=today))
            case What.SAMPLE:
                self._open_sample(file, Sample(patient_id=patient_id))
            case What.ALIQUOT if sample_id:
                number = next_aliquot(file.aliquots, sample_id)
                self._open_aliquot(file, Aliquot(patient_id=patient_id, sample_id=sample_id, number=number))
            case What.PANEL if sample_id:
                self._open_panel(file, sample_id)

    def change(self, what: What, entry_id: int) -> None:
        """Correct an entry, or take it back."""
        file = self._research
        if file is None or not self._may_record:
            return
        if what is What.PANEL:
            self._open_panel(file, entry_id)
            return
        kinds: Mapping[What, type[Any]] = {
            What.ENROLMENT: Enrolment, What.SAMPLE: Sample, What.ALIQUOT: Aliquot,
        }  # fmt: skip
        found = next((e for e in file.entries() if type(e) is kinds[what] and e.id == entry_id), None)
        if isinstance(found, Enrolment):
            self._open_enrolment(file, found)
        elif isinstance(found, Sample):
            self._open_sample(file, found)
        elif found is not None:
            self._open_aliquot(file, found)

    def _open_enrolment(self, file: ResearchFile, own: Enrolment) -> None:
        fields = enrolment_fields(file, own, self._today)
        title = tr("Taking part in a study")
        self.sheets.open(
            self._job(
                own,
                What.ENROLMENT,
                title,
                lambda record: fields_shown(record, fields),
                lambda record, texts: read_record(record, fields, texts, self._today),
            )
        )

    def _open_sample(self, file: ResearchFile, own: Sample) -> None:
        title = tr("Sample {number}", number=own.number) if own.id else tr("New sample")
        self.sheets.open(
            self._job(
                own,
                What.SAMPLE,
                title,
                lambda record: sample_shown(file, record),
                lambda record, texts: sample_read(file, record, texts, self._today),
                tr(file.behind(own).words) if own.id else "",
            )
        )

    def _open_aliquot(self, file: ResearchFile, own: Aliquot) -> None:
        sample = next((each for each in file.samples if each.id == own.sample_id), None)
        if sample is None:
            return
        behind = file.behind(sample)
        self.sheets.open(
            self._job(
                own,
                What.ALIQUOT,
                tr("Aliquot of sample {number}", number=sample.number),
                aliquot_shown,
                lambda record, texts: aliquot_read(record, texts, self._today),
                "" if behind.usable else tr(behind.words),
            )
        )

    def _open_panel(self, file: ResearchFile, sample_id: int) -> None:
        form = panel_form(file, sample_id)
        if form is None:
            return
        service, patient_id = self._service, file.patient.id

        def save(record: PanelForm, confirmed: frozenset[str]) -> Changed:
            fields = record.fields
            return service.record_panel(record.sample, record.seen, fields, reason=record.reason, confirmed=confirmed)

        def current(_record: PanelForm) -> PanelForm:
            found = panel_form(service.of(patient_id), sample_id)
            if found is None:
                raise NotFound("Somebody took this sample back meanwhile. Nothing was saved.")
            return found

        behind = file.behind(form.sample)
        self.sheets.open(
            Job(
                record=form,
                title=tr("Research values of sample {number}", number=form.sample.number),
                button=self._button(),
                icon="flask-conical",
                show=panel_shown,
                read=panel_read,
                save=save,
                current=current,
                key=FormKey(What.PANEL.value, patient_id, sample_id),
                who=self._who(),
                explanation="" if behind.usable else tr(behind.words),
            )
        )

    def _job(
        self,
        own: Entry,
        what: What,
        title: str,
        show: Callable[[Any], Any],
        read: Callable[[Any, Mapping[str, str]], Any],
        explanation: str = "",
    ) -> Job:
        service = self._service

        def save(record: Entry, confirmed: frozenset[str]) -> Changed:
            return service.keep(record, confirmed=confirmed)[1]

        return Job(
            record=own,
            title=title,
            button=self._button(),
            icon="flask-conical",
            show=show,
            read=read,
            save=save,
            current=service.current,
            withdraw=service.withdraw if own.id else None,
            key=FormKey(what.value, own.patient_id, own.id or -int(getattr(own, "sample_id", 0))),
            who=self._who(),
            explanation=explanation,
        )

    def _who(self) -> Identity | None:
        if self._research is None:
            return None
        return identity_of(self._research.patient, self._today, clinical=True)

    def _button(self) -> str:
        who = self._who()
        return tr("Save for {name}", name=who.name) if who is not None else tr("Save")

    # -- the label

    def label(self, what: What, entry_id: int) -> None:
        """The words for the tube of a sample or an aliquot."""
        file = self._research
        if file is None:
            return
        aliquot = next((e for e in file.aliquots if e.id == entry_id), None) if what is What.ALIQUOT else None
        sample_id = aliquot.sample_id if aliquot is not None else entry_id
        sample = next((each for each in file.samples if each.id == sample_id), None)
        if sample is None:
            return
        parts = [each for each in file.enrolments if each.study_id == sample.study_id and each.number]
        participant = parts[-1].number if parts and sample.study_id else ""
        words = label(sample, file.study(sample.study_id), participant, aliquot)
        title = tr("Label of {number}", number=words.splitlines()[-2] if "\n" in words else words)
        self._view().show_label(LabelShown(title, words))
