"""Treatment on a real encrypted file: kept, corrected, taken back, audited, and told when it unsettles the verdict."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from poems_registry.domain.criteria import Criterion, Verdict
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotPermitted, StaleRecord
from poems_registry.domain.records import Patient, PatientFile
from poems_registry.domain.treatment_checks import Doubtful
from poems_registry.domain.treatments import (
    Entry,
    Event,
    LineDrug,
    Origin,
    RadiotherapyCourse,
    SupportiveCare,
    Transplant,
    TreatmentLine,
    parts_of,
)
from poems_registry.services.access import SignedIn
from poems_registry.services.judging import judge_file
from poems_registry.services.patients import PatientService
from poems_registry.services.treatments import Kept, TreatmentService
from poems_registry.storage import audit
from poems_registry.system.clock import FixedClock


def files(me: SignedIn) -> list[PatientFile]:
    service = PatientService(me)
    return [service.open(row.id).file for row in service.find("").rows]


def living(me: SignedIn) -> PatientFile:
    return next(file for file in files(me) if file.patient.died is None)


def again(me: SignedIn, file: PatientFile) -> PatientFile:
    return PatientService(me).open(file.patient.id).file


def keep(me: SignedIn, entry: Entry) -> Kept:
    """As a person does who looked at what is unusual and saves it anyway."""
    try:
        return TreatmentService(me).keep(entry)
    except Doubtful as doubtful:
        return TreatmentService(me).keep(entry, confirmed=doubtful.doubts)


def test_a_line_is_added_corrected_and_taken_back_and_never_deleted(me: SignedIn) -> None:
    file, service = living(me), TreatmentService(me)
    new = TreatmentLine(patient_id=file.patient.id, number=9, name="Siltuximab", start=PartialDate(2026, 5))
    kept = keep(me, new)
    assert kept.changed.patients == frozenset({file.patient.id})
    added = next(line for line in again(me, file).lines if line.name == "Siltuximab")
    keep(me, replace(added, cycles_given=3))
    corrected = next(line for line in again(me, file).lines if line.id == added.id)
    assert corrected.cycles_given == 3
    service.withdraw(corrected, "entered for the wrong person")
    assert again(me, file).lines == file.lines
    with me.store.reading() as session:
        newest = next(iter(audit.entries(session, file.patient.id)))
    assert newest.reason == "entered for the wrong person" or newest.action == "view"


def test_the_second_of_two_corrections_of_one_line_is_refused(me: SignedIn) -> None:
    file = next(file for file in files(me) if file.lines and file.patient.died is None)
    line, service = file.lines[0], TreatmentService(me)
    service.keep(replace(line, note="first"))
    with pytest.raises(StaleRecord):
        service.keep(replace(line, note="second"))
    assert again(me, file).lines[0].note == "first"


def test_another_patients_line_cannot_be_changed_under_this_ones_name(me: SignedIn) -> None:
    one, other = [file for file in files(me) if file.lines][:2]
    service = TreatmentService(me)
    with pytest.raises(NotAllowedNow):
        service.keep(replace(one.lines[0], patient_id=other.patient.id))
    with pytest.raises(NotAllowedNow):
        service.withdraw(replace(one.lines[0], patient_id=other.patient.id), "mistake")
    assert again(me, one).lines == one.lines


def test_an_event_needs_its_day_and_a_kind(me: SignedIn) -> None:
    file = living(me)
    with pytest.raises(InvalidInput) as refused:
        TreatmentService(me).keep(Event(patient_id=file.patient.id))
    assert set(refused.value.problems) == {"kind", "on"}
    assert again(me, file).events == file.events


def test_taking_back_needs_a_reason(me: SignedIn) -> None:
    file = next(file for file in files(me) if file.events)
    with pytest.raises(InvalidInput):
        TreatmentService(me).withdraw(file.events[0], "  ")
    assert again(me, file).events == file.events


def test_treatment_dated_before_the_only_sample_unsettles_the_vegf_and_says_so(me: SignedIn) -> None:
    service = PatientService(me)
    for row in service.find("").rows:
        opened = service.open(row.id)
        file, judged = opened.file, judge_file(opened.file, opened.thresholds)
        result = judged.criteria[Criterion.V]
        if result.verdict is Verdict.MET and file.patient.died is None:
            break
    else:
        pytest.fail("the training registry has nobody whose VEGF meets the criterion")
    before = min(reason.on for reason in result.reasons).year - 1
    early = TreatmentLine(patient_id=file.patient.id, number=1, name="Len-dex", start=PartialDate(before), steroid=True)
    kept = keep(me, early)
    assert any(words.startswith("Raised VEGF went from met to cannot tell") for words in kept.unsettled)


def test_an_administrator_may_not_enter_treatment(sign_in: Callable[[str], SignedIn]) -> None:
    admin = sign_in("castellan")
    with pytest.raises(NotPermitted):
        TreatmentService(admin).keep(TreatmentLine(patient_id=1, name="x"))


def test_nothing_lies_in_the_future(me: SignedIn) -> None:
    file = living(me)
    tomorrow = PartialDate.of(date(me.today.year + 1, 1, 1))
    with pytest.raises(InvalidInput):
        TreatmentService(me).keep(Event(patient_id=file.patient.id, kind="relapse", on=tomorrow))


def without_lines(me: SignedIn, died: PartialDate | None = None) -> PatientFile:
    """Somebody whose treatment is still to be entered."""
    person = Patient(family_name="Quillfeather", given_name="Ann", born=PartialDate(1960), died=died)
    return PatientService(me).open(PatientService(me).add(person)[0].id).file


def test_a_new_line_brings_its_drugs_with_it(me: SignedIn) -> None:
    file = without_lines(me)
    drugs = (LineDrug(name="lenalidomide", dose=25, unit="mg"), LineDrug(name="dexamethasone"))
    line = TreatmentLine(patient_id=file.patient.id, number=1, name="Len-dex", category="LEN_DEX", drugs=drugs)
    keep(me, line)
    (kept,) = again(me, file).lines
    assert [(drug.name, drug.dose, drug.line_id) for drug in kept.drugs] == [
        ("lenalidomide", 25, kept.id),
        ("dexamethasone", None, kept.id),
    ]


def test_nothing_is_kept_of_a_line_whose_drug_cannot_be(me: SignedIn) -> None:
    file = without_lines(me)
    line = TreatmentLine(patient_id=file.patient.id, number=1, name="Len-dex", drugs=(LineDrug(name="x", dose=-1),))
    with pytest.raises(InvalidInput) as refused:
        TreatmentService(me).keep(line)
    assert set(refused.value.problems) == {"dose", "unit"}
    assert again(me, file).lines == ()


def test_every_part_is_kept_corrected_and_taken_back(me: SignedIn) -> None:
    file = without_lines(me)
    patient_id = file.patient.id
    keep(me, TreatmentLine(patient_id=patient_id, number=1, name="Len-dex", start=PartialDate(2020)))
    line = again(me, file).lines[0]
    parts: tuple[Entry, ...] = (
        LineDrug(0, patient_id, line.id, "lenalidomide"),
        RadiotherapyCourse(0, patient_id, line.id, "sacrum", 45, 25),
        Transplant(0, patient_id, line.id, infused=PartialDate(2020, 9), melphalan=200),
        SupportiveCare(0, patient_id, "orthotics"),
    )
    for part in parts:
        keep(me, part)
    line, care = again(me, file).lines[0], again(me, file).supportive[0]
    assert (len(line.drugs), len(line.radiotherapy), len(line.transplants)) == (1, 1, 1)
    everything: tuple[Entry, ...] = (*parts_of(line), care)
    for part in everything:
        keep(me, replace(part, note="looked at again"))
        newer = replace(part, note="looked at again", version=2)
        TreatmentService(me).withdraw(newer, "entered twice")
    left = again(me, file)
    assert (left.lines[0].drugs, left.lines[0].transplants, left.supportive) == ((), (), ())


def test_what_is_unusual_is_asked_once_and_stands_in_the_audit(me: SignedIn) -> None:
    file = without_lines(me)
    keep(me, TreatmentLine(patient_id=file.patient.id, number=1, name="Transplant"))
    line = again(me, file).lines[0]
    few = Transplant(patient_id=file.patient.id, line_id=line.id, cd34=1.4, infused=PartialDate(2020, 9))
    with pytest.raises(Doubtful) as asked:
        TreatmentService(me).keep(few)
    assert asked.value.doubts == ("Fewer CD34 cells than 2 x10⁶/kg.",)
    assert again(me, file).lines[0].transplants == ()
    TreatmentService(me).keep(few, confirmed=asked.value.doubts)
    kept = again(me, file).lines[0].transplants[0]
    TreatmentService(me).keep(replace(kept, engraftment_syndrome=False))  # not asked again
    with me.store.reading() as session:
        reasons = [entry.reason for entry in audit.entries(session, file.patient.id)]
    assert "confirmed: Fewer CD34 cells than 2 x10⁶/kg." in reasons


def test_after_a_death_only_corrections_and_linkage_are_entered(me: SignedIn) -> None:
    dead = without_lines(me, died=PartialDate(2024, 3, 2))
    before = PartialDate(2023)
    late = Event(patient_id=dead.patient.id, kind="second_cancer", on=before, sort="mds_aml")
    with pytest.raises(InvalidInput) as refused:
        TreatmentService(me).keep(late)
    assert set(refused.value.problems) == {"origin"}
    keep(me, replace(late, origin=Origin.LINKAGE))
    assert any(event.sort == "mds_aml" for event in again(me, dead).events)


def test_a_death_that_is_entered_stands_in_the_persons_details_too(me: SignedIn) -> None:
    file = without_lines(me)
    keep(me, Event(patient_id=file.patient.id, kind="death", on=PartialDate(2026, 11, 2), cause="infection"))
    patient = again(me, file).patient
    assert (patient.died, patient.cause_of_death) == (PartialDate(2026, 11, 2), "Infection")


def death_of(me: SignedIn, file: PatientFile) -> Event:
    """The death among the events of a record."""
    return next(event for event in again(me, file).events if event.kind == "death")


def test_a_death_that_was_entered_in_error_and_taken_back_leaves_the_person_alive(me: SignedIn) -> None:
    file = without_lines(me)
    keep(me, Event(patient_id=file.patient.id, kind="death", on=PartialDate(2026, 11, 2), cause="infection"))
    kept = TreatmentService(me).withdraw(death_of(me, file), "wrong person")
    patient = again(me, file).patient
    assert (patient.died, patient.cause_of_death) == (None, "")
    assert kept.to_know[0].startswith("The day and the cause of death were taken out of the details too.")
    assert next(row for row in PatientService(me).find("Quillfeather").rows).died is None


def test_a_death_that_the_details_knew_before_stays_when_the_event_is_taken_back(
    me: SignedIn, clock: FixedClock
) -> None:
    file, day = without_lines(me), PartialDate(2026, 11, 2)
    PatientService(me).change(replace(file.patient, died=day))
    clock.at += timedelta(hours=1)
    keep(me, Event(patient_id=file.patient.id, kind="death", on=day))
    kept = TreatmentService(me).withdraw(death_of(me, file), "entered twice")
    assert again(me, file).patient.died == day
    assert kept.to_know == (
        "The details still say that the person died (02-Nov-2026): correct Details too if that is wrong.",
    )


def test_a_death_whose_day_was_corrected_in_the_details_since_stays(me: SignedIn, clock: FixedClock) -> None:
    file = without_lines(me)
    keep(me, Event(patient_id=file.patient.id, kind="death", on=PartialDate(2026, 11, 2)))
    clock.at += timedelta(hours=1)
    PatientService(me).change(replace(again(me, file).patient, died=PartialDate(2026, 11, 3)))
    TreatmentService(me).withdraw(death_of(me, file), "wrong day")
    assert again(me, file).patient.died == PartialDate(2026, 11, 3)
