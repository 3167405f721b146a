"""The patients list and details through the service: what a role may not see is not sent, and nothing is lost by it."""

from dataclasses import replace
from typing import Any

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotPermitted, StaleRecord
from poems_registry.domain.nhs_number import generate
from poems_registry.domain.records import Allergy, AllergyState, Patient, PatientSummary
from poems_registry.services.patients import (
    CLINICAL_FILTERS,
    CLINICAL_ORDERS,
    LookAlikes,
    PatientFilter,
    PatientOrder,
    PatientService,
    Sorting,
)
from tests.integration.services.conftest import NOW, SignIn

NEWCOMER = Patient(
    family_name="Whitlock", given_name="Iris", born=PartialDate(1958, 3, 2), nhs_number=generate(800_000)
)
FINDINGS = ("features", "verdict", "verdict_hint", "treatment", "vegf", "vegf_on", "vegf_specimen", "vegf_trail")


def filled(row: PatientSummary) -> list[str]:
    return [name for name in (*FINDINGS, "on_treatment") if getattr(row, name)]


def test_who_may_not_view_findings_gets_a_list_without_any(sign_in: SignIn) -> None:
    assert any(filled(row) for row in PatientService(sign_in("rahman")).find().rows)
    found = PatientService(sign_in("castellan")).find()
    assert len(found.rows) == 8
    assert [filled(row) for row in found.rows] == [[]] * 8
    assert any(row.last_visit for row in found.rows)
    assert CLINICAL_FILTERS.isdisjoint(found.counts)
    assert found.vegf_levels == {}


def test_filters_and_orders_that_would_tell_findings_are_refused_to_who_may_not_view_them(sign_in: SignIn) -> None:
    service = PatientService(sign_in("castellan"))
    for each in CLINICAL_FILTERS:
        with pytest.raises(NotPermitted):
            service.find(filters=[each])
    for order in CLINICAL_ORDERS:
        with pytest.raises(NotPermitted):
            service.find(sorting=Sorting(order))
    for allowed in set(PatientFilter) - CLINICAL_FILTERS:
        service.find(filters=[allowed])


def test_every_order_keeps_everyone_and_puts_blanks_last(sign_in: SignIn) -> None:
    service = PatientService(sign_in("rahman"))
    for by in PatientOrder:
        for descending in (False, True):
            rows = service.find(sorting=Sorting(by, descending)).rows
            assert len({row.id for row in rows}) == 8
            keys = [sort_key(row, by) for row in rows]
            known = [key for key in keys if key is not None]
            assert keys == [*known, *[None] * (len(keys) - len(known))]
            if by is not PatientOrder.NAME:
                assert known == sorted(known, reverse=descending), by


def sort_key(row: PatientSummary, by: PatientOrder) -> Any:
    figure = "".join(sign for sign in row.vegf if sign.isdigit() or sign == ".")
    return {
        PatientOrder.NAME: row.name,
        PatientOrder.DIAGNOSIS: row.verdict or None,
        PatientOrder.TREATMENT: row.treatment if row.on_treatment else None,
        PatientOrder.LAST_VISIT: row.last_visit,
        PatientOrder.NEXT_DUE: row.next_due if row.died is None else None,
        PatientOrder.VEGF: float(figure) if figure else None,
        PatientOrder.LETTER: row.letter or None,
    }[by]


def test_an_administrator_sees_no_allergies_and_loses_none_by_saving(sign_in: SignIn) -> None:
    clinician = PatientService(sign_in("rahman"))
    known = clinician.find().rows[0].id
    penicillin = replace(
        clinician.who(known),
        allergy_state=AllergyState.KNOWN,
        allergies=(Allergy("Penicillin", "rash"),),
        allergies_updated_on=NOW.date(),
        clinician_diagnosis="POEMS syndrome",
    )
    clinician.change(penicillin)
    admin = PatientService(sign_in("castellan"))
    seen = admin.who(known)
    assert seen.allergies == ()
    assert seen.clinician_diagnosis == ""
    saved, _ = admin.change(replace(seen, phone="020 7946 0999"))
    assert saved.allergies == ()
    kept = PatientService(sign_in("rahman")).who(known)
    assert kept.phone == "020 7946 0999"
    assert kept.allergies == (Allergy("Penicillin", "rash"),)
    assert kept.clinician_diagnosis == "POEMS syndrome"


def test_the_same_nhs_number_can_never_be_another_person(sign_in: SignIn) -> None:
    service = PatientService(sign_in("rahman"))
    added, _ = service.add(NEWCOMER)
    with pytest.raises(LookAlikes) as alike:
        service.add(replace(NEWCOMER, family_name="Other"), another_person=True)
    assert [each.id for each in alike.value.candidates] == [added.id]


def test_someone_of_the_same_name_is_added_only_when_a_person_said_it_is_another(sign_in: SignIn) -> None:
    service = PatientService(sign_in("rahman"))
    service.add(NEWCOMER)
    twin = replace(NEWCOMER, nhs_number=generate(800_001))
    with pytest.raises(LookAlikes):
        service.add(twin)
    added, _ = service.add(twin, another_person=True)
    assert added.id


def test_two_people_cannot_overwrite_each_others_details(sign_in: SignIn) -> None:
    service = PatientService(sign_in("rahman"))
    first, _ = service.add(NEWCOMER)
    service.change(replace(first, phone="020 7946 0001"))
    with pytest.raises(StaleRecord):
        service.change(replace(first, phone="020 7946 0002"))
    assert service.who(first.id).phone == "020 7946 0001"


def test_all_problems_are_told_at_once_and_nothing_is_saved(sign_in: SignIn) -> None:
    service = PatientService(sign_in("rahman"))
    wrong = Patient(
        nhs_number="9990000051",
        born=PartialDate(1850),
        died=PartialDate(1849),
        onset=PartialDate(2100),
        allergy_state=AllergyState.KNOWN,
    )
    with pytest.raises(InvalidInput) as refused:
        service.add(wrong)
    assert set(refused.value.problems) == {"family_name", "nhs_number", "born", "died", "onset", "allergies"}
    assert service.find().everyone == 8


def test_a_misspelt_name_is_answered_by_those_it_may_mean_and_tells_a_role_no_more_than_a_find(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    row = next(row for row in PatientService(me).find().rows if len(PatientService(me).who(row.id).family_name) >= 5)
    name = PatientService(me).who(row.id).family_name
    typed = name[:2] + name[3] + name[2] + name[4:]
    assert row.id in {each.id for each in PatientService(me).similar(typed).rows}
    assert PatientService(me).similar("1955").rows == ()
    stranger = PatientService(sign_in("castellan")).similar(typed)
    assert row.id in {each.id for each in stranger.rows}
    assert {(each.verdict, each.treatment, each.vegf, each.features) for each in stranger.rows} == {("", "", "", ())}


def test_a_name_that_sounds_alike_or_a_former_one_with_the_same_birth_date_is_asked_about(sign_in: SignIn) -> None:
    service = PatientService(sign_in("rahman"))
    known, _ = service.add(replace(NEWCOMER, family_name="Quillfeather", born=PartialDate(1960, 2, 3)))
    blank = {"nhs_number": "", "hospital_numbers": (), "study_number": ""}
    for names in ({"family_name": "Quilfether"}, {"family_name": "Ash", "previous_names": ("Quillfeather",)}):
        twin = replace(known, id=0, uid="", given_name="Zoe", **blank, **names)  # type: ignore[arg-type]
        with pytest.raises(LookAlikes) as alike:
            service.add(twin)
        assert [each.id for each in alike.value.candidates] == [known.id]
    other = replace(known, id=0, uid="", family_name="Oakapple", given_name="Zoe", postcode="", **blank)  # type: ignore[arg-type]
    assert service.add(other)[0].id


def test_a_change_that_makes_somebody_like_another_is_asked_about_and_any_other_is_not(sign_in: SignIn) -> None:
    service = PatientService(sign_in("rahman"))
    known, _ = service.add(replace(NEWCOMER, family_name="Quillfeather", born=PartialDate(1960, 2, 3)))
    blank = {"nhs_number": "", "hospital_numbers": (), "study_number": "", "postcode": ""}
    other, _ = service.add(replace(known, id=0, uid="", family_name="Oakapple", given_name="Zoe", **blank))  # type: ignore[arg-type]
    changed, _ = service.change(replace(other, phone="020 7946 0111"))
    renamed = replace(changed, family_name="Quillfether")
    with pytest.raises(LookAlikes):
        service.change(renamed)
    saved, _ = service.change(renamed, another_person=True)
    assert service.change(replace(saved, phone="020 7946 0112"))[0].phone == "020 7946 0112", "not asked again"
    with pytest.raises(LookAlikes):
        service.change(replace(service.who(other.id), nhs_number=known.nhs_number), another_person=True)
