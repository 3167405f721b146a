"""Crowds for benchmarks: people of their own with shared courses, only where everybody is made up."""

from pathlib import Path

import pytest

from poems_registry.cohort.items import ITEMS
from poems_registry.domain.access import Role
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.records import ClinicProfile
from poems_registry.services import registry
from poems_registry.services.access import SignedIn
from poems_registry.services.patients import PatientService
from poems_registry.services.registry import NewPerson
from poems_registry.services.training.crowd import Crowd, add_crowd
from poems_registry.services.training.demo import CLINIC, PASSWORD, PEOPLE
from poems_registry.system.slots import FLOOR


def opened(tmp_path: Path, clinic: ClinicProfile) -> SignedIn:
    people = PEOPLE if clinic.training else (*PEOPLE, NewPerson("grey", "N Grey", Role.ADMIN, PASSWORD))
    registry.create(tmp_path / "crowd.registry", clinic, people, cost=lambda: FLOOR)
    return registry.open_registry(tmp_path / "crowd.registry", "rahman", PASSWORD)


def test_a_crowd_has_names_of_its_own_and_the_findings_asked_for(tmp_path: Path) -> None:
    me = opened(tmp_path, CLINIC)
    try:
        findings = add_crowd(me, Crowd(8, courses=3, items=frozenset(ITEMS)))
        service = PatientService(me)
        rows = service.find().rows
        assert len({row.nhs_number for row in rows}) == len(rows) == 8
        files = [service.open(row.id).file for row in rows]
        stored = [finding for file in files for encounter in file.encounters for finding in encounter.findings]
        assert len(stored) == findings > 100
        assert {finding.item for finding in stored} <= set(ITEMS)
        assert all(row.verdict for row in rows)
    finally:
        me.close()


def test_a_live_registry_takes_no_crowd(tmp_path: Path) -> None:
    me = opened(tmp_path, ClinicProfile(name="Live"))
    try:
        with pytest.raises(NotAllowedNow):
            add_crowd(me, Crowd(1, courses=1))
        assert PatientService(me).find().total == 0
    finally:
        me.close()
