"""A call for advice that named nobody is hung on a patient later: once, by an explicit act; the audit tells both."""

import json
from dataclasses import replace

import pytest

from poems_registry.domain.care import AdviceCall
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotFound, NotPermitted
from poems_registry.domain.records import Patient
from poems_registry.services.access import SignedIn
from poems_registry.services.care import WHOM_LATER, CareService
from poems_registry.services.clinic_lists import ClinicListService
from poems_registry.services.patients import PatientService
from poems_registry.storage import audit, care
from tests.integration.services.conftest import SignIn
from tests.integration.services.test_care import CALL
from tests.integration.services.two_people import merge


def logged(me: SignedIn) -> AdviceCall:
    """A call that named nobody, just logged."""
    CareService(me).keep(replace(CALL, follow_up="Ring back"))
    found = ClinicListService(me).calls()
    return max((call for whose, call in (*found.waiting, *found.others) if whose is None), key=lambda call: call.id)


def somebody(me: SignedIn, **said: PartialDate) -> Patient:
    return PatientService(me).add(Patient(family_name="Quillfeather", given_name="Ada", **said))[0]  # type: ignore[arg-type]


def test_a_call_stands_in_the_record_from_then_on_as_it_was_written(me: SignedIn) -> None:
    call, ada = logged(me), somebody(me)
    changed = CareService(me).name_patient(call.id, ada.id)
    assert changed.patients == {ada.id}
    (now,) = CareService(me).of(ada.id).calls
    assert replace(now, version=0) == replace(call, patient_id=ada.id, version=0)
    assert call.id in {each.id for whose, each in ClinicListService(me).calls().waiting if whose is not None}


def test_the_audit_tells_whose_it_became_and_that_it_named_nobody_before(me: SignedIn) -> None:
    call, ada = logged(me), somebody(me)
    CareService(me).name_patient(call.id, ada.id)
    with me.store.reading() as session:
        assert audit.verify(session, me.store.audit_key) == []
        (entry,) = (e for e in audit.entries(session, ada.id) if e.object == "advice_call" and e.action == "change")
    assert (entry.reason, entry.actor) == (WHOM_LATER, me.person.name)
    assert [json.loads(each) for each in (entry.old, entry.new)] == [{"patient_id": None}, {"patient_id": ada.id}]


def test_it_is_said_once_and_never_changed_silently(me: SignedIn) -> None:
    call, ada, service = logged(me), somebody(me), CareService(me)
    service.name_patient(call.id, ada.id)
    for patient_id in (ada.id, 1):
        with pytest.raises(NotAllowedNow, match="said already whom"):
            service.name_patient(call.id, patient_id)
    assert [each.id for each in service.of(ada.id).calls] == [call.id]


def test_a_mistaken_call_or_one_that_is_not_there_is_hung_on_nobody(me: SignedIn) -> None:
    call, ada, service = logged(me), somebody(me), CareService(me)
    service.mark_in_error(call, "Logged twice.")
    with pytest.raises(NotAllowedNow, match="marked as a mistake"):
        service.name_patient(call.id, ada.id)
    with pytest.raises(NotFound):
        service.name_patient(999_999, ada.id)
    with pytest.raises(NotFound):
        service.name_patient(logged(me).id, 999_999)


def test_a_call_of_a_day_before_the_birth_was_about_somebody_else(me: SignedIn) -> None:
    call, unborn = logged(me), somebody(me, born=PartialDate(2026, 11, 19))
    early = replace(call, on=PartialDate(2026, 11, 2).earliest())
    CareService(me).keep(early)
    with pytest.raises(InvalidInput) as refused:
        CareService(me).name_patient(call.id, unborn.id)
    assert list(refused.value.problems) == ["on"]
    with me.store.reading() as session:
        assert care.load(session, AdviceCall, call.id).patient_id is None


def test_of_a_merged_record_the_call_goes_to_the_one_that_stayed(me: SignedIn) -> None:
    staying = somebody(me)
    other = PatientService(me).add(Patient(family_name="Quillfeather", given_name="Ada"), another_person=True)[0]
    merge(me, staying.id, other.id, "She said so.")
    CareService(me).name_patient(logged(me).id, other.id)
    assert len(CareService(me).of(staying.id).calls) == 1


def test_a_nurse_may_say_whom_a_call_was_about_and_an_administrator_may_not(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    call, ada = logged(me), somebody(me)
    with pytest.raises(NotPermitted):
        CareService(sign_in("castellan")).name_patient(call.id, ada.id)
    assert CareService(sign_in("okoro")).name_patient(call.id, ada.id).patients == {ada.id}
