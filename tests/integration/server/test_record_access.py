"""On a server, too, each look at a record is one line, newest first, and no login of a person can rewrite it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from poems_registry.domain.access import Permission
from poems_registry.domain.records import Patient
from poems_registry.services.access import SignedIn
from poems_registry.services.patients import PatientService
from poems_registry.services.record_access import Asked, RecordAccessService
from poems_registry.storage import audit
from poems_registry.storage.failures import DatabaseRefused
from poems_registry.system.clock import FixedClock
from tests.integration.server.conftest import NOW


def test_looks_from_two_pcs_are_told_apart_and_newest_first(sign_in: Callable[..., SignedIn]) -> None:
    clock = FixedClock(NOW)
    osei, lund = sign_in("osei", clock=clock), sign_in("lund", clock=clock)
    ann = PatientService(osei).add(Patient(family_name="Quillfeather", given_name="Ann"))[0]
    for who, minutes in ((osei, 60), (lund, 2), (osei, 2), (osei, 60)):
        clock.at += timedelta(minutes=minutes)
        PatientService(who).open(ann.id)
    allowed = osei.person.permissions | {Permission.MANAGE}
    service = RecordAccessService(replace(osei, person=replace(osei.person, permissions=allowed)))
    clock.at += timedelta(hours=2)
    page = service.of(ann.id, Asked("looks", since=NOW + timedelta(minutes=30)))
    assert [(line.who.name, sum(deed.times for deed in line.deeds)) for line in page.lines] == [
        ("Dr B Osei", 1),
        ("Dr B Osei", 1),
        ("Dr B Osei", 2),
        ("Dr C Lund", 1),
    ]
    assert page.lines[0].deeds[0].thing == "audit"
    assert [line.at for line in page.lines] == sorted((line.at for line in page.lines), reverse=True)
    assert [each.name for each in page.people] == ["Dr B Osei", "Dr C Lund"]
    assert (
        service.of(ann.id, Asked("changes"), (page.lines[-1].at, page.lines[-1].key)).lines[0].deeds[0].act == "create"
    )


def test_a_look_can_neither_be_changed_nor_taken_out(sign_in: Callable[..., SignedIn]) -> None:
    osei = sign_in("osei")
    ann = PatientService(osei).add(Patient(family_name="Quillfeather", given_name="Ann"))[0]
    PatientService(osei).open(ann.id)
    for statement in ("UPDATE audit SET actor = 'nobody'", "DELETE FROM audit", "TRUNCATE audit"):
        with pytest.raises(DatabaseRefused), osei.store.writing(osei.actor) as session:
            session.connection().execute(text(statement))
    with osei.store.reading() as session:
        assert audit.verify(session, osei.store.audit_key) == []
