"""One person's part in research: studies joined and left, samples with their aliquots, values measured in them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.drafting import field_of, read_field
from poems_registry.catalogue.kinds import Invalid
from poems_registry.catalogue.sections.research import RESEARCH
from poems_registry.domain.access import Permission
from poems_registry.domain.consents import Consent
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotFound, StaleRecord
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient, PatientFile
from poems_registry.domain.sample_consent import ConsentBehind, aliquot_doubts, consent_behind, sample_doubts
from poems_registry.domain.samples import (
    Aliquot,
    ResultState,
    Sample,
    aliquot_problems,
    number_problem,
    sample_problems,
    tidy_number,
    tidy_time,
)
from poems_registry.domain.studies import Around, Enrolment, Problems, Study, TakingPart, enrolment_problems
from poems_registry.domain.treatment_checks import Doubtful
from poems_registry.services.access import Service, needs
from poems_registry.services.changes import Changed
from poems_registry.services.research_consent import around
from poems_registry.services.sample_results import VegfResult, link_doubts, link_problems, vegf_results
from poems_registry.storage import encounters, files, research
from poems_registry.storage.unit_of_work import Session

Entry = Enrolment | Sample | Aliquot
PANEL = tuple(item.code for item in RESEARCH.items if not item.retired)
"""The codes of the research cytokine panel, in the order of the catalogue."""


@dataclass(frozen=True, slots=True)
class ResearchFile:
    """Everything of a person that is research. `panels` by sample id; `loose` are research values without a sample."""

    patient: Patient
    consents: tuple[Consent, ...]
    studies: tuple[Study, ...]
    enrolments: tuple[Enrolment, ...]
    samples: tuple[Sample, ...]
    aliquots: tuple[Aliquot, ...]
    panels: Mapping[int, Encounter]
    loose: tuple[Encounter, ...]
    results: tuple[VegfResult, ...]

    def study(self, study_id: int) -> Study | None:
        """One study of the list."""
        return next((each for each in self.studies if each.id == study_id), None)

    def behind(self, sample: Sample) -> ConsentBehind:
        """How consent stands behind a sample today."""
        return consent_behind(sample, self.consents, self.study(sample.study_id))

    def entries(self) -> tuple[Entry, ...]:
        """Everything that can be corrected."""
        return (*self.enrolments, *self.samples, *self.aliquots)


class ResearchService(Service):
    """What one can do with a person's part in research; what is seen here is seen nowhere else."""

    @needs(Permission.VIEW_CLINICAL)
    def of(self, patient_id: int) -> ResearchFile:
        """A person's research record."""
        with self.signed_in.store.reading() as session:
            return _file(session, patient_id)

    @needs(Permission.RECORD_CLINICAL)
    def keep(self, entry: Entry, *, confirmed: Collection[str] = ()) -> tuple[Entry, Changed]:
        """Add an entry (id 0) or correct one.

        InvalidInput by field; Doubtful for what is held back and not among `confirmed`, which goes into the audit with
        the change; StaleRecord if somebody was faster.
        """
        reason = f"confirmed: {' '.join(sorted(confirmed))}" if confirmed else ""
        with self.signed_in.store.writing(self.signed_in.actor, reason) as session:
            file = _file(session, entry.patient_id)
            _belongs(entry, file)
            ready = self._ready(entry)
            now = around(session, self.signed_in, file.patient)
            _raise(_problems(session, ready, file, now))
            unusual = tuple(each for each in _doubts(ready, file, now) if each not in confirmed)
            if unusual:
                raise Doubtful(unusual)
            kept = _write(session, ready)
            if isinstance(kept, Sample) and kept.id in file.panels:
                _follow(session, kept, file.panels[kept.id])
        return kept, Changed(patients=frozenset({entry.patient_id}))

    @needs(Permission.RECORD_CLINICAL)
    def withdraw(self, entry: Entry, reason: str) -> Changed:
        """Hide what was entered in error, with the reason: a sample goes with its aliquots and the values of it."""
        if not reason.strip():
            raise InvalidInput({"error_reason": "say why, in a few words"})
        with self.signed_in.store.writing(self.signed_in.actor, reason.strip()) as session:
            file = _file(session, entry.patient_id)
            _belongs(entry, file)
            research.retract(session, entry)
            if isinstance(entry, Sample):
                for aliquot in (each for each in file.aliquots if each.sample_id == entry.id):
                    research.retract(session, aliquot)
                if entry.id in file.panels:
                    panel = file.panels[entry.id]
                    encounters.mark_in_error(session, panel.id, panel.version, reason.strip())
        return Changed(patients=frozenset({entry.patient_id}))

    @needs(Permission.VIEW_CLINICAL)
    def current(self, entry: Entry) -> Entry:
        """The entry as it is now, after somebody else changed it; NotFound if it was withdrawn."""
        with self.signed_in.store.reading() as session:
            every = _file(session, entry.patient_id).entries()
        found = next((each for each in every if type(each) is type(entry) and each.id == entry.id), None)
        if found is None:
            raise NotFound("Somebody took this entry back meanwhile. Nothing was saved.")
        return found

    @needs(Permission.RECORD_CLINICAL)
    def record_panel(
        self,
        sample: Sample,
        seen: Encounter | None,
        fields: Mapping[str, FieldDraft],
        *,
        reason: str = "",
        confirmed: Collection[str] = (),
    ) -> Changed:
        """Make the values of a research sample what was typed; all blank takes them back.

        `seen` are the values as they were when the form was opened: StaleRecord if they or the sample changed since.
        Recorded values change only with a reason. InvalidInput by field, Doubtful where consent is not shown.
        """
        why = "; ".join(part for part in (reason.strip(), *sorted(confirmed)) if part)
        with self.signed_in.store.writing(self.signed_in.actor, why) as session:
            file = _file(session, sample.patient_id)
            _belongs(sample, file)
            stored = next(each for each in file.samples if each.id == sample.id)
            before = file.panels.get(sample.id)
            if stored.version != sample.version or _seen(before) != _seen(seen):
                raise StaleRecord
            findings = _read_panel(stored, fields, self.signed_in.person.name, self.signed_in.clock.now())
            _raise(_reason_needed(before, findings, reason))
            held = file.behind(stored)
            if not held.usable and findings and held.words not in confirmed:
                raise Doubtful((held.words,))
            self._write_panel(session, stored, before, findings, reason.strip())
        return Changed(patients=frozenset({sample.patient_id}))

    def _ready(self, entry: Entry) -> Entry:
        """As it is kept: one spelling of numbers and times, and who noted what was said without a name."""
        me = self.signed_in.person.name
        if isinstance(entry, Sample):
            linked = bool(entry.result_encounter_id)
            result = ResultState.RECORDED if linked else entry.result
            return replace(
                entry,
                number=tidy_number(entry.number),
                result=result,
                taken_at=tidy_time(entry.taken_at),
                sent_at=tidy_time(entry.sent_at),
                received_at=tidy_time(entry.received_at),
            )
        if isinstance(entry, Enrolment):
            ended = entry.state is not TakingPart.TAKING_PART
            return replace(
                entry, joined_by=entry.joined_by or me, ended_by=(entry.ended_by or me) if ended else entry.ended_by
            )
        return entry

    def _write_panel(
        self, session: Session, sample: Sample, before: Encounter | None, findings: tuple[Finding, ...], reason: str
    ) -> None:
        if before is not None and findings:
            encounters.save(session, slot_of, replace(before, findings=findings, on=_day(sample), time=sample.taken_at))
            research.save(session, sample)
        elif before is not None:
            encounters.mark_in_error(session, before.id, before.version, reason)
            research.save(session, replace(sample, result=ResultState.NONE, result_encounter_id=0))
        else:
            person = self.signed_in.person
            made = Encounter(
                patient_id=sample.patient_id,
                kind=EncounterKind.RESEARCH,
                on=_day(sample),
                time=sample.taken_at,
                state=EncounterState.RECORDED,
                author_id=person.id,
                author=person.name,
                findings=findings,
            )
            added = encounters.add(session, slot_of, made)
            linked = replace(sample, result=ResultState.RECORDED, result_encounter_id=added.id)
            research.save(session, linked)


def slot_of(item: str) -> str:
    """The storage slot of an item's kind."""
    return CATALOGUE.item(item).kind.slot


def _file(session: Session, patient_id: int) -> ResearchFile:
    file = files.load_file(session, patient_id)
    samples = research.samples_of(session, patient_id)
    by_id = {each.id: each for each in file.research}
    panels = {each.id: by_id[each.result_encounter_id] for each in samples if each.result_encounter_id in by_id}
    linked = {each.id for each in panels.values()}
    return ResearchFile(
        file.patient,
        file.consents,
        research.studies(session),
        research.enrolments_of(session, patient_id),
        samples,
        research.aliquots_of(session, patient_id),
        panels,
        tuple(each for each in _loose(file) if each.id not in linked),
        vegf_results(file),
    )


def _loose(file: PatientFile) -> tuple[Encounter, ...]:
    """Encounters with research values, of other encounters only those values."""
    known = CATALOGUE.items
    found = ((each, tuple(f for f in each.findings if f.item in known and known[f.item].research))
             for each in (*file.counted, *file.research))  # fmt: skip
    return tuple(replace(each, findings=own) for each, own in found if own)


def _belongs(entry: Entry, file: ResearchFile) -> None:
    """The id is looked for again among this patient's, inside the transaction that writes (hazard H01)."""
    own = {(type(each), each.id) for each in file.entries()}
    if entry.id and (type(entry), entry.id) not in own:
        raise NotAllowedNow("This entry belongs to another patient or was withdrawn. Nothing was changed.")


def _problems(session: Session, entry: Entry, file: ResearchFile, now: Around) -> Problems:
    if isinstance(entry, Enrolment):
        return enrolment_problems(entry, now)
    if isinstance(entry, Sample):
        found = sample_problems(entry, now) | _number_problems(session, entry, file)
        return found | link_problems(entry, file.results, file.panels)
    sample = next((each for each in file.samples if each.id == entry.sample_id), None)
    if sample is None:
        return {"sample_id": "the sample is not in this record any more"}
    return aliquot_problems(entry, sample, file.aliquots, now)


def _number_problems(session: Session, sample: Sample, file: ResearchFile) -> Problems:
    if not sample.number and sample.id:
        return {"number": "is needed"}
    if sample.number and not number_problem(sample.number, file.patient):
        taken = research.number_taken(session, sample.number, sample.id)
        return {"number": "another sample bears this number already"} if taken else {}
    return {}


def _doubts(entry: Entry, file: ResearchFile, now: Around) -> tuple[str, ...]:
    if isinstance(entry, Sample):
        before = next((each for each in file.samples if each.id == entry.id), None)
        return (*sample_doubts(entry, before, now), *link_doubts(entry, before, file.results))
    if isinstance(entry, Aliquot):
        sample = next(each for each in file.samples if each.id == entry.sample_id)
        known = next((each for each in file.aliquots if each.id == entry.id), None)
        return aliquot_doubts(entry, known, sample, file.consents, file.study(sample.study_id))
    return ()


def _write(session: Session, entry: Entry) -> Entry:
    if isinstance(entry, Sample) and not entry.number:
        entry = replace(entry, number=research.next_number(session))
    return research.save(session, entry) if entry.id else research.add(session, entry)


def _follow(session: Session, sample: Sample, panel: Encounter) -> None:
    """The values of a sample are of its day and its specimen, also after these were corrected."""
    findings = tuple(replace(each, specimen=sample.kind.value) for each in panel.findings)
    now = replace(panel, findings=findings, on=_day(sample), time=sample.taken_at)
    if now != panel:
        encounters.save(session, slot_of, now)


def _read_panel(sample: Sample, fields: Mapping[str, FieldDraft], by: str, at: datetime) -> tuple[Finding, ...]:
    """Every value with its unit and its assay; InvalidInput by item."""
    problems: dict[str, str] = {}
    findings: list[Finding] = []
    if not sample.for_research:
        raise NotAllowedNow("Only a research sample has values of the research panel. Nothing was changed.")
    on = sample.taken
    if on is None or on.day is None:
        raise InvalidInput({"": "The values need the whole day on which the sample was taken: complete it first."})
    for code in PANEL:
        typed = fields.get(code, FieldDraft())
        item = CATALOGUE.item(code)
        try:
            finding = read_field(item, replace(typed, assay=typed.assay.strip() or sample.assay), on.earliest(), by, at)
        except Invalid as error:
            problems[code] = str(error).removeprefix(f"{item.label}: ")
            continue
        if finding is None:
            continue
        if not finding.assay and finding.value is not None:
            problems[code] = "say with which assay it was measured"
        findings.append(replace(finding, specimen=sample.kind.value))
    _raise(problems)
    return tuple(findings)


def _reason_needed(before: Encounter | None, findings: tuple[Finding, ...], reason: str) -> Problems:
    if before is None:
        if not findings:
            raise NotAllowedNow("There is no value to save yet. Nothing was changed.")
        return {}
    now = {each.item: each for each in findings}
    same = [f.item for f in before.findings if f.item in now and field_of(CATALOGUE.item(f.item), f)
            == field_of(CATALOGUE.item(f.item), now[f.item])]  # fmt: skip
    if len(same) == len(before.findings) == len(findings):
        raise NotAllowedNow("Nothing differs from what is recorded. Nothing was changed.")
    if len(same) < len(before.findings) and not reason.strip():
        return {"reason": "say why recorded values change: it is kept with the old and the new ones"}
    return {}


def _seen(panel: Encounter | None) -> tuple[int, int]:
    return (panel.id, panel.version) if panel is not None else (0, 0)


def _day(sample: Sample) -> date:
    assert sample.taken is not None
    return sample.taken.earliest()


def _raise(found: Mapping[str, str]) -> None:
    if found:
        raise InvalidInput(dict(found))
