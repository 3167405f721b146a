"""Light chains and organ damage through the services: a visit is signed, the record is shown, the clinic decides."""

from datetime import date

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.errors import InvalidInput
from poems_registry.domain.records import Patient, Sex
from poems_registry.services.access import SignedIn
from poems_registry.services.patients import PatientService
from poems_registry.services.settings import SettingsService
from poems_registry.services.showing import ShowService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from tests.integration.services.conftest import SignIn

TYPED = {
    **{f"{letter}_status": "not_assessed" for letter in "poems"},
    **{"flc_kappa": "<0.3", "flc_lambda": "48", "haemoglobin": "72", "marrow_pc_trephine": "14"},
    **{"medicines_reviewed": "reviewed", "address_checked": "yes", "summary": "We wait for your tests."},
}


@pytest.fixture
def patient(sign_in: SignIn) -> int:
    """Somebody new, with one signed visit whose only sign of a clone is the light chain ratio."""
    me = sign_in("rahman")
    newcomer = Patient(family_name="Okafor-Lindqvist", given_name="Ines", born=PartialDate(1961, 5, 4), sex=Sex.FEMALE)
    added, _ = PatientService(me).add(newcomer, another_person=True)
    visits = VisitService(me)
    visit = visits.open(visits.start(added.id, on=date(2026, 11, 20)))
    draft = visit.draft
    for code, text in TYPED.items():
        # The one who enters them has confirmed the two values outside their usual limits.
        draft = draft.with_field(code, FieldDraft(text=text, doubt_confirmed=True))
    visits.sign(visit.encounter.id, added.id, visit.encounter.version, draft, PASSWORD)
    return added.id


def shown(me: SignedIn, patient: int) -> tuple[str, dict[str, str]]:
    plain = ShowService(me).show(f"#{patient}").plain()
    return plain["criteria"]["M"]["verdict"], {flag["kind"]: flag["words"] for flag in plain["flags"]}


def test_the_ratio_meets_m_only_after_the_clinic_said_that_it_may(sign_in: SignIn, patient: int) -> None:
    assert shown(sign_in("rahman"), patient)[0] == "cannot_tell"
    SettingsService(sign_in("castellan")).change("light_chain_ratio_alone_counts", "yes", 0, confirmed=True)
    assert shown(sign_in("rahman"), patient)[0] == "met"
    SettingsService(sign_in("castellan")).change("light_chain_ratio_lower", "0.001", 0, confirmed=False)
    assert shown(sign_in("rahman"), patient)[0] == "cannot_tell"


def test_the_caution_about_myeloma_names_what_it_rests_on(sign_in: SignIn, patient: int) -> None:
    _, flags = shown(sign_in("rahman"), patient)
    assert flags["myeloma"] == "Consider myeloma: anaemia (haemoglobin 72), marrow plasma cells 14 %"
    SettingsService(sign_in("castellan")).change("myeloma_haemoglobin", "70", 0, confirmed=False)
    _, flags = shown(sign_in("rahman"), patient)
    assert flags["myeloma"] == "Consider myeloma: marrow plasma cells 14 %"


def test_limits_of_the_ratio_that_exclude_every_value_are_refused(sign_in: SignIn) -> None:
    settings = SettingsService(sign_in("castellan"))
    with pytest.raises(InvalidInput):
        settings.change("light_chain_ratio_lower", "2", 0, confirmed=False)
