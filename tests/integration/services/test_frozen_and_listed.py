"""Signing judges the record once: what is frozen and what is listed must be what the file, read again, says."""

from datetime import date, timedelta

import pytest

from poems_registry.domain.criteria_rules.reasons import Criterion
from poems_registry.domain.dates import show_date
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.records import PatientFile
from poems_registry.services.access import SignedIn
from poems_registry.services.judging import frozen_with_visit, judge_file
from poems_registry.services.patients import PatientService
from poems_registry.services.standings import refresh, standing_of
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from poems_registry.storage.standing import TABLE
from tests.integration.services.conftest import SignIn

ANSWERS = {
    "p_status": "present", "o_status": "present", "e_status": "not_assessed", "m_status": "absent",
    "s_status": "present", "medicines_reviewed": "reviewed", "address_checked": "yes", "onls_arm": "2",
    "summary": "You walk well.",
}  # fmt: skip


def typed(on: date) -> VisitDraft:
    draft = VisitDraft(on=show_date(on))
    for code, text in ANSWERS.items():
        draft = draft.with_field(code, FieldDraft(text=text))
    return draft


def listed(signed_in: SignedIn, patient_id: int) -> dict[str, object]:
    with signed_in.store.reading() as session:
        row = session.execute(TABLE.select().where(TABLE.c.patient_id == patient_id)).one()
        return dict(row._mapping)


def busy_patient(signed_in: SignedIn) -> PatientFile:
    """Somebody alive with several visits."""
    service = PatientService(signed_in)
    files = [service.open(row.id).file for row in service.find().rows if row.died is None]
    return next(file for file in files if len(file.counted) > 2)


@pytest.mark.parametrize("newest", [True, False], ids=["the newest visit", "a visit between older ones"])
def test_the_frozen_verdict_and_the_line_in_the_list_are_what_the_stored_file_says(
    sign_in: SignIn, newest: bool
) -> None:
    signed_in = sign_in("rahman")
    patient_id = busy_patient(signed_in).patient.id
    before = busy_patient(signed_in)
    counted, known = before.counted, before.patient.address_checked_on
    on = signed_in.today if newest else counted[1].on
    visits = VisitService(signed_in)
    visit = visits.open(visits.start(patient_id))
    signed, _ = visits.sign(visit.encounter.id, patient_id, visit.encounter.version, typed(on), PASSWORD)
    stored = PatientService(signed_in).open(patient_id)
    assert stored.file.patient.address_checked_on == (max(on, known) if known is not None else on)
    assert [e for e in stored.file.encounters if e.id == signed.id] == [signed]
    assert signed.verdict == frozen_with_visit(stored.file, signed, stored.thresholds)
    in_the_list = listed(signed_in, patient_id)
    told = standing_of(stored.file, stored.thresholds, signed_in.today)
    assert in_the_list["last_visit"] == told.last_visit == max(on, *(e.on for e in counted))
    with signed_in.store.writing(signed_in.actor) as session:
        refresh(session, [patient_id], signed_in.today)
    assert listed(signed_in, patient_id) == in_the_list


def test_a_visit_written_up_late_says_nothing_that_was_found_only_after_its_day(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    file = busy_patient(signed_in)
    visits = VisitService(signed_in)
    visit = visits.open(visits.start(file.patient.id))
    before = file.counted[0].on - timedelta(days=1)
    signed, _ = visits.sign(visit.encounter.id, file.patient.id, visit.encounter.version, typed(before), PASSWORD)
    today = judge_file(PatientService(signed_in).open(file.patient.id).file, visit.thresholds)
    assert today.criteria[Criterion.V].verdict is Verdict.MET
    assert signed.verdict is not None
    assert dict(signed.verdict.criteria)["V"] == Verdict.CANNOT_TELL.value
