"""Treatment on a real encrypted file: kept, corrected, taken back, audited, and told when it unsettles the verdict."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from poems_registry.domain.criteria import Criterion, Verdict
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotPermitted, StaleRecord
from poems_registry.domain.records import PatientFile
from poems_registry.domain.treatments import Event, TreatmentLine
from poems_registry.services.access import SignedIn
from poems_registry.services.judging import judge_file
from poems_registry.services.patients import PatientService
from poems_registry.services.treatments import TreatmentService
from poems_registry.storage import audit


@pytest.fixture
def me(sign_in: Callable[[str], SignedIn]) -> SignedIn:
    return sign_in("rahman")


def files(me: SignedIn) -> list[PatientFile]:
    service = PatientService(me)
    return [service.open(row.id).file for row in service.find("").rows]


def living(me: SignedIn) -> PatientFile:
    return next(file for file in files(me) if file.patient.died is None)


def again(me: SignedIn, file: PatientFile) -> PatientFile:
    return PatientService(me).open(file.patient.id).file


def test_a_line_is_added_corrected_and_taken_back_and_never_deleted(me: SignedIn) -> None:
    file, service = living(me), TreatmentService(me)
    new = TreatmentLine(patient_id=file.patient.id, number=9, name="Siltuximab", start=PartialDate(2026, 5))
    kept = service.keep_line(new)
    assert kept.changed.patients == frozenset({file.patient.id})
    added = next(line for line in again(me, file).lines if line.name == "Siltuximab")
    service.keep_line(replace(added, cycles_given=3))
    corrected = next(line for line in again(me, file).lines if line.id == added.id)
    assert corrected.cycles_given == 3
    service.withdraw_line(corrected, "entered for the wrong person")
    assert again(me, file).lines == file.lines
    with me.store.reading() as session:
        newest = next(iter(audit.entries(session, file.patient.id)))
    assert newest.reason == "entered for the wrong person" or newest.action == "view"


def test_the_second_of_two_corrections_of_one_line_is_refused(me: SignedIn) -> None:
    file = next(file for file in files(me) if file.lines and file.patient.died is None)
    line, service = file.lines[0], TreatmentService(me)
    service.keep_line(replace(line, note="first"))
    with pytest.raises(StaleRecord):
        service.keep_line(replace(line, note="second"))
    assert again(me, file).lines[0].note == "first"


def test_another_patients_line_cannot_be_changed_under_this_ones_name(me: SignedIn) -> None:
    one, other = [file for file in files(me) if file.lines][:2]
    service = TreatmentService(me)
    with pytest.raises(NotAllowedNow):
        service.keep_line(replace(one.lines[0], patient_id=other.patient.id))
    with pytest.raises(NotAllowedNow):
        service.withdraw_line(replace(one.lines[0], patient_id=other.patient.id), "mistake")
    assert again(me, one).lines == one.lines


def test_an_event_needs_its_day_and_a_kind(me: SignedIn) -> None:
    file = living(me)
    with pytest.raises(InvalidInput) as refused:
        TreatmentService(me).keep_event(Event(patient_id=file.patient.id))
    assert set(refused.value.problems) == {"kind", "on"}
    assert again(me, file).events == file.events


def test_taking_back_needs_a_reason(me: SignedIn) -> None:
    file = next(file for file in files(me) if file.events)
    with pytest.raises(InvalidInput):
        TreatmentService(me).withdraw_event(file.events[0], "  ")
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
    kept = TreatmentService(me).keep_line(early)
    assert any(words.startswith("Raised VEGF went from met to cannot tell") for words in kept.unsettled)


def test_an_administrator_may_not_enter_treatment(sign_in: Callable[[str], SignedIn]) -> None:
    admin = sign_in("castellan")
    with pytest.raises(NotPermitted):
        TreatmentService(admin).keep_line(TreatmentLine(patient_id=1, name="x"))


def test_nothing_lies_in_the_future(me: SignedIn) -> None:
    file = living(me)
    tomorrow = PartialDate.of(date(me.today.year + 1, 1, 1))
    with pytest.raises(InvalidInput):
        TreatmentService(me).keep_event(Event(patient_id=file.patient.id, kind="relapse", on=tomorrow))
