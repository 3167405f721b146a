"""Default deny: a service method that nobody gave a permission does not pass."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable

import pytest

import poems_registry.services
from poems_registry.domain.access import DEFAULTS, Permission, Role
from poems_registry.domain.records import EncounterState, Patient
from poems_registry.services.access import GUARDED, Service, SignedIn
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.visits import VisitService
from tests.integration.services.conftest import SignIn


def subclasses(service: type[Service]) -> set[type[Service]]:
    """Every service, those too that build upon another."""
    return {each for direct in service.__subclasses__() for each in (direct, *subclasses(direct))}


def service_methods() -> list[str]:
    for module in pkgutil.walk_packages(poems_registry.services.__path__, "poems_registry.services."):
        importlib.import_module(module.name)
    found = []
    for service in subclasses(Service):
        for name, member in inspect.getmembers(service, inspect.isfunction):
            if not name.startswith("_"):
                found.append(f"{member.__module__}.{member.__qualname__}")
    return sorted(set(found))


def test_the_services_that_build_upon_others_are_looked_at_too() -> None:
    assert {"VisitService", "LetterService"} <= {each.__name__ for each in subclasses(Service)}
    services = {method.rsplit(".", 2)[-2] for method in service_methods()}
    assert {"VisitService", "LetterService"} <= services


@pytest.mark.parametrize("method", service_methods())
def test_every_public_service_method_states_its_permission(method: str) -> None:
    assert method in GUARDED


def test_a_nurse_may_not_sign_and_an_admin_may_not_see_findings() -> None:
    assert Permission.SIGN not in DEFAULTS[Role.NURSE]
    assert Permission.VIEW_CLINICAL not in DEFAULTS[Role.ADMIN]
    assert Permission.EXPORT_IDENTIFIABLE not in DEFAULTS[Role.ADMIN]


def test_the_letters_board_tells_an_administrator_no_clinical_words(sign_in: Callable[[str], SignedIn]) -> None:
    me = sign_in("rahman")
    clinician = LetterService(me)
    files = (PatientService(me).open(row.id).file for row in PatientService(me).find().rows)
    file = next(each for each in files if each.patient.clinician_diagnosis and each.patient.allergies)
    visit = next(each for each in file.encounters if each.state is EncounterState.SIGNED)
    letter = clinician.open(clinician.start(visit.id)).letter
    clinician.keep(letter.id, letter.row_version, (("summary", "You are much better."),))
    cards = LetterService(sign_in("castellan")).board()
    assert (visit.id, file.patient.family_name) in {(card.encounter_id, card.patient.family_name) for card in cards}
    assert {card.patient.clinician_diagnosis for card in cards} == {""}
    assert not any(card.patient.allergies or card.patient.other_diagnoses for card in cards)
    assert not any(card.letter.edits for card in cards if card.letter is not None)


def test_the_banner_over_a_visit_tells_an_administrator_nothing_clinical(sign_in: SignIn) -> None:
    clinician = sign_in("rahman")
    row = next(row for row in PatientService(clinician).find().rows if row.died is None)
    encounter_id = VisitService(clinician).start(row.id)
    seen = VisitService(clinician).whose(encounter_id)
    assert seen.allergy_state is not None
    told = VisitService(sign_in("castellan")).whose(encounter_id)
    assert (told.id, told.family_name) == (seen.id, seen.family_name)
    assert (told.allergy_state, told.clinician_diagnosis) == (Patient().allergy_state, "")
