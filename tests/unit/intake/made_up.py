"""Made-up files and registries for the tests of reading files in."""

from collections.abc import Sequence
from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.domain.records import Encounter, HospitalNumber, Patient, PatientFile
from poems_registry.intake import csv_reader, mapping
from poems_registry.intake.known import KnownPatients
from poems_registry.intake.labs import LabContext
from poems_registry.intake.mapping import LabsMap, PatientsMap
from poems_registry.intake.source import Source

TODAY = date(2026, 11, 22)
ANN = Patient(id=1, uid="p-1", study_number="S-1", hospital_numbers=(HospitalNumber("A01", "RRV"),))
BEN = Patient(id=2, uid="p-2", study_number="S-2")

LABS = {
    "kind": "labs",
    "title": "Test laboratory",
    "ignore": ["CHOL"],
    "patient": {"column": "ID", "is": "study_number"},
    "when": {"column": "TAKEN"},
    "result": {"test": "TEST", "value": "VALUE", "unit": "UNIT", "low": "LOW", "high": "HIGH"},
    "states": {"ND": "not_done"},
    "tests": {
        "HGB": {"item": "haemoglobin"},
        "GLUC": {"item": "glucose_random"},
        "HBA1C": {"item": "hba1c"},
        "PLAT": {"item": "platelets"},
        "WEIGHT": {"item": "weight"},
        "MP": {"item": "m_protein", "unit": "g/L"},
        "VEGF": {"item": "vegf_serum", "units": {"pg/ml.": "pg/mL"}, "assay": "R&D"},
    },
}


def source(head: str, *rows: str) -> Source:
    """A CSV file of these lines."""
    return csv_reader.read("\n".join([head, *rows]).encode(), "file.csv", "0" * 64)


def labs_map(**changes: object) -> LabsMap:
    """The mapping above with some tables replaced."""
    found = mapping.parse(LABS | changes, CATALOGUE)
    assert isinstance(found, LabsMap)
    return found


def patients_map(**said: object) -> PatientsMap:
    """A mapping of a patients file by study number."""
    found = mapping.parse({"kind": "patients", "title": "Test list", **said}, CATALOGUE)
    assert isinstance(found, PatientsMap)
    return found


def context(
    *encounters: Encounter, patients: Sequence[Patient] = (ANN, BEN), seen_before: bool = False, **changes: object
) -> LabContext:
    """A registry of two people, the first with these encounters."""
    files = {patient.id: PatientFile(patient) for patient in patients}
    files[1] = PatientFile(patients[0], encounters)
    return LabContext(labs_map(**changes), CATALOGUE, KnownPatients(patients), files, TODAY, seen_before)
