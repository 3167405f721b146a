"""Results without a visit: a sample recorded, a result corrected; each in one transaction, checked again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.pasted import read_block
from poems_registry.catalogue.pasted_results import Answers, Outcome, PastePlan, judge
from poems_registry.catalogue.results import Sheet, read_sheet
from poems_registry.domain.access import Permission
from poems_registry.domain.dates import PartialDate, parse_date
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, RegistryError, StaleRecord
from poems_registry.domain.findings import Finding
from poems_registry.domain.possible_days import after_death, why_not
from poems_registry.domain.proposals import Counts, Fate
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, PatientFile
from poems_registry.services.access import Service, needs
from poems_registry.services.changes import Changed
from poems_registry.services.form_drafts import CORRECTION, PASTED, RESULTS, FormKey
from poems_registry.services.standings import refresh
from poems_registry.storage import audit, encounters, files, form_drafts
from poems_registry.storage.unit_of_work import Session

__all__ = ["DoubtfulResults", "ResultService", "correction_key", "day_of", "key_of", "paste_key"]

LATE: Final = "Reported after the death"
"""What stands with a sample of a day after the person died, before the reason."""

FROM_SHEET: Final = "Pasted from a spreadsheet"
"""Where a sample came from, as the record tells it."""


class DoubtfulResults(RegistryError):
    """Possible but unusual results that nobody has confirmed yet; `doubts` maps each test to the words."""

    def __init__(self, doubts: Mapping[str, str]) -> None:
        self.doubts = dict(doubts)
        count = len(self.doubts)
        things = "1 result is unusual" if count == 1 else f"{count} results are unusual"
        super().__init__(f"{things}. Nothing has been saved yet: look again, then correct or confirm.")


def key_of(patient_id: int) -> FormKey:
    """Under which name a person's unsaved results of a patient are kept."""
    return FormKey(RESULTS, patient_id)


def paste_key(patient_id: int) -> FormKey:
    """Under which name the block that a person is about to paste is kept."""
    return FormKey(PASTED, patient_id)


def correction_key(patient_id: int, encounter_id: int, code: str) -> FormKey:
    """Under which name a person's unsaved correction of one result is kept."""
    return FormKey(f"{CORRECTION}{code}", patient_id, encounter_id)


def day_of(text: str, today: date) -> date:
    """The whole day of a sample; ValueError in words."""
    found: PartialDate = parse_date(text, today)
    return found.earliest()


def slot_of(item: str) -> str:
    """The storage slot of an item's kind."""
    return CATALOGUE.item(item).kind.slot


class ResultService(Service):
    """What one can do with results that need no signature."""

    @needs(Permission.RECORD_CLINICAL)
    def record(self, patient_id: int, sheet: VisitDraft, late: str = "") -> tuple[Encounter, Changed]:
        """Add the results of one sample and forget the draft of them.

        InvalidInput names every field that cannot be right, DoubtfulResults what is unusual and not confirmed. A day
        after the person's death is taken only with the reason in `late`, which stands with the sample (nhs.md 2.3).
        """
        person, now, today = self.signed_in.person, self.signed_in.clock.now(), self.signed_in.today
        with self.signed_in.store.writing(self.signed_in.actor, late.strip()) as session:
            file = files.load_file(session, patient_id)
            on, problems = self._day(file, sheet.on, late.strip())
            read = read_sheet(sheet.fields, on or today, file, person.name, now)
            _refuse(read, problems)
            if not read.findings:
                raise NotAllowedNow("There is no result to save yet. Nothing was changed.")
            sample = Encounter(
                patient_id=patient_id,
                kind=EncounterKind.SAMPLE,
                on=on or today,
                state=EncounterState.RECORDED,
                author_id=person.id,
                author=person.name,
                source=_late(file, on, late),
                findings=read.findings,
            )
            added = encounters.add(session, slot_of, sample)
            form_drafts.drop(session, person.id, key_of(patient_id))
            refresh(session, [patient_id], today)
        return added, Changed(patients=frozenset({patient_id}), encounters=frozenset({added.id}))

    @needs(Permission.RECORD_CLINICAL)
    def correct(self, patient_id: int, encounter: Encounter, code: str, typed: FieldDraft, reason: str) -> Changed:
        """Change one recorded result, or take it out if `typed` is blank; old and new stay in the audit.

        `encounter` is as it was seen: StaleRecord if it was changed since. A signed visit is amended instead.
        """
        if not reason.strip():
            raise InvalidInput({"reason": "say why, in a few words: it is kept with the old and the new result"})
        person, now, today = self.signed_in.person, self.signed_in.clock.now(), self.signed_in.today
        with self.signed_in.store.writing(self.signed_in.actor, reason.strip()) as session:
            encounters.hold(session, encounter.id)
            stored = self._recorded(session, patient_id, encounter)
            file = files.load_file(session, patient_id)
            others = replace(file, encounters=tuple(e for e in file.encounters if e.id != stored.id))
            read = read_sheet({code: typed}, stored.on, others, person.name, now)
            _refuse(read, {})
            kept = tuple(f for f in stored.findings if (f.item, f.instance) != (code, 0))
            if not (*kept, *read.findings):
                raise NotAllowedNow(
                    "This is the only result of that sample. Mark the sample as entered in error instead."
                    " Nothing was changed."
                )
            before = stored.finding(code)
            if before is not None and read.findings and before.says_the_same_as(read.findings[0]):
                raise NotAllowedNow("Nothing differs from what is recorded. Nothing was changed.")
            encounters.save(session, slot_of, replace(stored, findings=(*kept, *read.findings)))
            form_drafts.drop(session, person.id, correction_key(patient_id, encounter.id, code))
            refresh(session, [patient_id], today)
        return Changed(patients=frozenset({patient_id}), encounters=frozenset({encounter.id}))

    @needs(Permission.RECORD_CLINICAL)
    def paste(
        self, patient_id: int, text: str, answers: Answers, seen: PastePlan, reason: str = ""
    ) -> tuple[Counts, Changed]:
        """Record a pasted block in one transaction, exactly as it was `seen` in the preview, or not at all.

        It is read and judged again against the record as it is now: StaleRecord if anything would come out otherwise.
        """
        if any(each.fate is Fate.CHANGED for each in seen.outcomes) and not reason.strip():
            raise InvalidInput({"reason": "say why recorded results change: it is kept with the old and the new ones"})
        person, now, today = self.signed_in.person, self.signed_in.clock.now(), self.signed_in.today
        with self.signed_in.store.writing(self.signed_in.actor, reason.strip()) as session:
            file = files.load_file(session, patient_id)
            plan = judge(read_block(text), answers, file, today)
            if plan != seen:
                raise StaleRecord
            made = {each.number: _signed_off(each, person.name, now) for each in plan.outcomes if each.takes}
            if not made:
                raise NotAllowedNow("Nothing in this block is to be saved. Nothing was changed.")
            new = self._samples(patient_id, plan, made)
            ids = set(encounters.add_many(session, slot_of, new))
            ids |= _change(session, file, plan, made)
            about = ("encounter", "")
            form_drafts.drop(session, person.id, paste_key(patient_id))
            audit.record_event(session, "paste", patient_id, about=about, **plan.counts.as_numbers())
            refresh(session, [patient_id], today)
        return plan.counts, Changed(patients=frozenset({patient_id}), encounters=frozenset(ids))

    def _samples(self, patient_id: int, plan: PastePlan, made: Mapping[int, Finding]) -> list[Encounter]:
        """One sample for each day that has something new."""
        person = self.signed_in.person
        new = [each for each in plan.outcomes if each.fate is Fate.NEW and each.on is not None]
        return [
            Encounter(
                patient_id=patient_id,
                kind=EncounterKind.SAMPLE,
                on=day,
                state=EncounterState.RECORDED,
                author_id=person.id,
                author=person.name,
                source=FROM_SHEET,
                findings=tuple(made[each.number] for each in new if each.on == day),
            )
            for day in sorted({each.on for each in new if each.on is not None})
        ]

    def _recorded(self, session: Session, patient_id: int, seen: Encounter) -> Encounter:
        """What is stored now; refused if it is another patient's, changed since, or no open sample."""
        stored = encounters.load(session, seen.id)
        if stored.patient_id != patient_id:
            raise NotAllowedNow("These results belong to another patient. Nothing was changed.")
        if stored.state is EncounterState.SIGNED:
            raise NotAllowedNow("This result belongs to a signed visit: amend the visit. Nothing was changed.")
        if stored.closed:
            raise NotAllowedNow("This belongs to a closed contact: amend the contact. Nothing was changed.")
        if stored.state is not EncounterState.RECORDED:
            raise NotAllowedNow("These results no longer count here. Nothing was changed.")
        if stored.version != seen.version:
            raise StaleRecord
        return stored

    def _day(self, file: PatientFile, text: str, late: str) -> tuple[date | None, dict[str, str]]:
        try:
            on = day_of(text, self.signed_in.today)
        except ValueError as error:
            return None, {"on": str(error)}
        why = why_not(file.patient, on, self.signed_in.today)
        if after_death(file.patient, on):
            why = "" if late else f"{why}: take another day, or say why a result is dated after the death"
        return on, {"on": why} if why else {}


def _late(file: PatientFile, on: date | None, reason: str) -> str:
    """What stands with a sample that is dated after the death; nothing with any other."""
    return f"{LATE}: {reason.strip()}" if on is not None and after_death(file.patient, on) else ""


def _signed_off(outcome: Outcome, by: str, at: datetime) -> Finding:
    """The finding with who recorded it, and who confirmed what is unusual about it."""
    assert outcome.finding is not None
    confirmed = by if outcome.doubt else ""
    return replace(outcome.finding, recorded_by=by, recorded_at=at, doubt_confirmed_by=confirmed)


def _change(session: Session, file: PatientFile, plan: PastePlan, made: Mapping[int, Finding]) -> set[int]:
    """Put each differing result in the place of the recorded one; its note and the answers beside it stay."""
    changed = [each for each in plan.outcomes if each.fate is Fate.CHANGED]
    for encounter_id in sorted({each.encounter_id for each in changed}):
        stored = next(e for e in file.encounters if e.id == encounter_id)
        better = {made[each.number].item: made[each.number] for each in changed if each.encounter_id == encounter_id}
        after = tuple(
            replace(better[f.item], note=f.note) if f.item in better and f.instance == 0 else f for f in stored.findings
        )
        encounters.save(session, slot_of, replace(stored, findings=after))
    return {each.encounter_id for each in changed}


def _refuse(read: Sheet, problems: Mapping[str, str]) -> None:
    wrong = {**problems, **read.problems}
    if wrong:
        raise InvalidInput(wrong)
    if read.doubts:
        raise DoubtfulResults(read.doubts)
