"""The training registry: what its visits say of tasks, muscles and lesions agrees with their grades and sums."""

from collections import Counter
from datetime import date

from poems_registry.catalogue.book import CATALOGUE, compute, exact_values
from poems_registry.catalogue.consistency import blocks_signing
from poems_registry.catalogue.contradictions import surroundings
from poems_registry.domain.records import EncounterKind
from poems_registry.domain.thresholds import Thresholds
from poems_registry.services.patient_checks import checked
from poems_registry.services.patients import PatientService
from poems_registry.services.training.clinic import made_up_clinic
from tests.integration.services.conftest import SignIn


def test_no_made_up_visit_contradicts_itself_or_holds_an_unconfirmed_doubt(sign_in: SignIn) -> None:
    service = PatientService(sign_in("rahman"))
    graded: Counter[str] = Counter()
    visits = 0
    for row in service.find("", (), 100).rows:
        file = service.open(row.id).file
        for visit in file.counted:
            if visit.kind is not EncounterKind.CLINIC:
                continue
            visits += 1
            findings = {finding.item: finding for finding in visit.findings}
            assert blocks_signing(CATALOGUE, findings, surroundings(file, visit, visit.on, Thresholds())) == ()
            known = exact_values(visit.findings)
            graded.update(
                grade
                for grade, derived in CATALOGUE.by_tasks.items()
                if compute(derived, known) is not None and known.get(grade) == compute(derived, known)
            )
    assert visits > 40
    assert {"onls_arm", "onls_leg", "mrc_sum", "incat_arm", "incat_leg", "ecog", "mrs"} <= set(graded)
    assert graded["onls_arm"] > visits / 4


def test_every_made_up_person_could_be_saved_as_they_are() -> None:
    """Else nobody could correct their details: a day after the death, for one, is refused."""
    today = date(2026, 11, 22)
    people = [each.patient for each in made_up_clinic(150, 1, today)]
    assert sum(person.died is not None for person in people) > 20
    for person in people:
        assert checked(person, today, training=True) == person
