"""On a server two records are made one and parted again, and nobody writes into the one that was merged away."""

from collections.abc import Callable

import pytest

from poems_registry.domain.consents import Consent
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.records import HospitalNumber, Patient
from poems_registry.services.access import SignedIn
from poems_registry.services.consents import ConsentService
from poems_registry.services.joining import JoiningService
from poems_registry.services.patients import PatientService
from poems_registry.services.visits import VisitService
from tests.integration.services.two_people import merge

WHY = "Same person: seen twice under two names."


def test_two_records_become_one_and_two_again_while_somebody_else_works(sign_in: Callable[[str], SignedIn]) -> None:
    osei, lund = sign_in("osei"), sign_in("lund")
    people = PatientService(osei)
    first, second = (
        people.add(
            Patient(
                family_name="Quillfeather", study_number=f"Q-{n}", hospital_numbers=(HospitalNumber(f"Q{n}", "RRV"),)
            ),
            another_person=True,
        )[0]
        for n in range(2)
    )
    ConsentService(osei).record(Consent(patient_id=second.id, on=PartialDate(2024)))
    service = JoiningService(osei)
    merge(osei, first.id, second.id, WHY, "lund")
    with pytest.raises(NotAllowedNow, match="merged into another"):
        VisitService(lund).start(second.id)
    with pytest.raises(NotAllowedNow, match="merged into another"):
        ConsentService(lund).record(Consent(patient_id=second.id, on=PartialDate(2025)))
    assert [row.id for row in PatientService(lund).find("Q-1").rows] == [first.id]
    assert len(ConsentService(lund).of(first.id).history) == 1

    service.part(service.of(first.id)[0].id, "Two people after all.")
    assert [row.id for row in PatientService(lund).find("Q-1").rows] == [second.id]
    assert [len(ConsentService(lund).of(each.id).history) for each in (first, second)] == [0, 1]
    assert VisitService(lund).start(second.id)
