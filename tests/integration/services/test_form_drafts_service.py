"""What was typed into a form and not saved: who may keep it, and who gets it back."""

import pytest

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import NotPermitted
from poems_registry.services.form_drafts import (
    CARE_FORMS,
    DETAILS,
    EVENT,
    RESULTS,
    TREATMENT_LINE,
    FormDraftService,
    FormKey,
)
from poems_registry.services.patients import PatientService
from poems_registry.storage import form_drafts
from tests.integration.services.conftest import SignIn

CLINICAL = (TREATMENT_LINE, EVENT, RESULTS, "supportive_care", "a form of tomorrow")


@pytest.mark.parametrize("form", CLINICAL)
def test_who_may_not_see_findings_neither_keeps_nor_opens_a_form_that_holds_them(sign_in: SignIn, form: str) -> None:
    clerk = sign_in("castellan")
    assert not clerk.may(Permission.VIEW_CLINICAL)
    key = FormKey(form, PatientService(clerk).find().rows[0].id)
    with pytest.raises(NotPermitted):
        FormDraftService(clerk).keep(key, {"typed": "melphalan"})
    with clerk.store.writing(clerk.actor) as session:
        form_drafts.save(session, clerk.person.id, key, {"typed": "from the time when she might"})
    with pytest.raises(NotPermitted):
        FormDraftService(clerk).load(key)


def test_a_form_that_one_may_not_open_any_more_can_still_be_given_up(sign_in: SignIn) -> None:
    clerk = sign_in("castellan")
    key = FormKey(RESULTS, PatientService(clerk).find().rows[0].id)
    with clerk.store.writing(clerk.actor) as session:
        form_drafts.save(session, clerk.person.id, key, {"typed": "from the time when she might"})
    service = FormDraftService(clerk)
    assert [left.key for left in service.mine()] == [key]
    service.drop(key)
    assert service.mine() == ()


def test_the_details_are_kept_for_everybody_who_may_see_them(sign_in: SignIn) -> None:
    clerk = sign_in("castellan")
    service, key = FormDraftService(clerk), FormKey(DETAILS)
    service.keep(key, {"family_name": "Whitlock"})
    kept = service.load(key)
    assert kept is not None
    assert kept.content == {"family_name": "Whitlock"}


@pytest.mark.parametrize("form", CLINICAL)
def test_a_nurse_has_back_what_she_typed_into_a_clinical_form(sign_in: SignIn, form: str) -> None:
    nurse = sign_in("okoro")
    service, key = FormDraftService(nurse), FormKey(form, PatientService(nurse).find().rows[0].id)
    service.keep(key, {"typed": "melphalan"})
    kept = service.load(key)
    assert kept is not None
    assert kept.content == {"typed": "melphalan"}


@pytest.mark.parametrize("form", sorted(CARE_FORMS))
def test_an_administrator_has_back_what_was_typed_into_a_form_of_care(sign_in: SignIn, form: str) -> None:
    clerk = sign_in("castellan")
    service, key = FormDraftService(clerk), FormKey(form, PatientService(clerk).find().rows[0].id)
    typed = {"version": 1, "start": {}, "typed": {"question": "Out of the e-mail in hand"}}
    service.keep(key, typed)
    kept = service.load(key)
    assert kept is not None
    assert kept.content == typed


def test_who_may_not_see_findings_gets_no_form_back_that_was_filled_in_with_them_in_view(sign_in: SignIn) -> None:
    clerk = sign_in("castellan")
    key = FormKey("care_referral", PatientService(clerk).find().rows[0].id, 7)
    seen: dict[str, object] = {"version": 2, "start": {"question": "Is it POEMS?"}, "typed": {"contact": "x"}}
    with clerk.store.writing(clerk.actor) as session:
        form_drafts.save(session, clerk.person.id, key, seen)
    with pytest.raises(NotPermitted):
        FormDraftService(clerk).load(key)
    own = FormKey("care_referral", key.patient_id, 8)
    FormDraftService(clerk).keep(own, {"version": 2, "start": {"contact": ""}, "typed": {"contact": "x"}})
    assert FormDraftService(clerk).load(own) is not None


@pytest.mark.parametrize("form", ["care_call", "care_mdt"])
def test_forms_of_care_that_hold_findings_stay_closed_to_an_administrator(sign_in: SignIn, form: str) -> None:
    clerk = sign_in("castellan")
    with pytest.raises(NotPermitted):
        FormDraftService(clerk).keep(FormKey(form, 1), {"typed": {}})
