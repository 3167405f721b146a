"""On a server two people work on one referral, one list and one status, and nobody's words are lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from poems_registry.domain.care import AdviceCall, MdtEntry, OnwardReferral, Referral, StatusChange
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import StaleRecord
from poems_registry.domain.records import Patient, PatientStatus
from poems_registry.services.access import SignedIn
from poems_registry.services.care import CareService
from poems_registry.services.clinic_lists import ClinicListService
from poems_registry.services.joining import JoiningService
from poems_registry.storage import audit
from tests.integration.services.two_people import merge

ADA = Patient(family_name="Quillfeather", given_name="Ada", born=PartialDate(1970, 3, 2))


def test_two_who_answer_one_referral_at_two_pcs_overwrite_nothing(sign_in: Callable[[str], SignedIn]) -> None:
    osei, lund = sign_in("osei"), sign_in("lund")
    one, two, today = CareService(osei), CareService(lund), osei.today
    patient, _ = one.refer_new(ADA, Referral(on=today, referrer="Dr P Fenwick", question="Is this POEMS?"))
    (_, mine), (_, theirs) = (
        (service.of(patient.id).patient, service.of(patient.id).referrals[0]) for service in (one, two)
    )
    one.keep(replace(mine, outcome="accepted", answered_by="Dr B Osei", answered_on=today))
    with pytest.raises(StaleRecord):
        two.keep(replace(theirs, outcome="returned", answered_by="Dr C Lund", answered_on=today))
    with pytest.raises(StaleRecord):
        two.mark_in_error(theirs, "Twice")
    assert two.open(Referral, mine.id)[1].outcome == "accepted"

    change = StatusChange(patient_id=patient.id, on=today, before="referred", status="suspected", reason="Seen")
    one.change_status(change)
    with pytest.raises(StaleRecord):
        two.change_status(replace(change, status="transferred"))
    assert two.of(patient.id).patient.status is PatientStatus.SUSPECTED
    with osei.store.reading() as session:
        assert audit.verify(session, osei.store.audit_key) == []


def test_the_lists_of_the_clinic_are_the_same_at_both_pcs_and_survive_a_merge(
    sign_in: Callable[[str], SignedIn],
) -> None:
    osei, lund = sign_in("osei"), sign_in("lund")
    service, lists, today = CareService(osei), ClinicListService(lund), osei.today
    staying, _ = service.refer_new(ADA, Referral(on=today, referrer="Dr P Fenwick", urgency="urgent"))
    other, _ = service.refer_new(ADA, Referral(on=today - timedelta(days=3), referrer="Dr L"), another_person=True)
    service.keep(OnwardReferral(patient_id=other.id, on=today, service="orthotics"))
    service.keep(MdtEntry(patient_id=other.id, on=today, question="Transplant?"))
    service.keep(
        AdviceCall(on=today, time="14:05", asked_by="R", question="Q", advice="A", given_by="B", follow_up="Ring back")
    )
    found = lists.referrals()
    assert [(each.urgency, whose.patient_id) for whose, each in found.waiting] == [
        ("urgent", staying.id),
        ("", other.id),
    ]
    assert (found.onward_total, [whose for whose, _ in lists.calls().waiting]) == (1, [None])
    joining = JoiningService(osei)
    merge(osei, staying.id, other.id, "Same person", "lund")
    assert {whose.patient_id for whose, _ in lists.referrals().waiting} == {staying.id}
    assert [whose.patient_id for whose, _ in lists.meeting().entries] == [staying.id]
    joining.part(joining.of(staying.id)[0].id, "Two people")
    assert [whose.patient_id for whose, _ in lists.referrals().onward] == [other.id]
