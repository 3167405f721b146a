"""The line to the server breaks: what was confirmed is there, what was not is told, and work goes on afterwards."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from poems_registry.domain.errors import CannotOpen, NotSaved
from poems_registry.domain.records import Patient
from poems_registry.services.access import SignedIn
from poems_registry.services.patients import PatientService
from poems_registry.services.safekeeping import SafekeepingService
from tests.integration.server.conftest import PASSWORD, Clinic, SignIn

CUT = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'poems-registry'"


@pytest.fixture
def cut(clinic: Clinic) -> Callable[[], None]:
    """Ends every connection of the program to this database, as a server that is restarted does."""

    def now() -> None:
        assert "\n     " in clinic.psql(f"{CUT} AND datname = current_database()")

    return now


def test_a_line_that_broke_between_two_saves_is_made_again(sign_in: SignIn, cut: Callable[[], None]) -> None:
    service = PatientService(sign_in("osei"))
    ann, _ = service.add(Patient(family_name="Brien", given_name="Ann"))
    cut()
    assert service.open(ann.id).file.patient == ann
    cut()
    changed, _ = service.change(replace(ann, given_name="Anna"))
    assert changed.given_name == "Anna"
    cut()
    service.signed_in.confirm(PASSWORD)


def cut_before(signed_in: SignedIn, words: str, cut: Callable[[], None]) -> None:
    """Break the line just before the first statement with these words."""
    done: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if words in statement and not done:
            done.append(statement)
            cut()

    event.listen(signed_in.store.engine, "before_cursor_execute", listen)


@pytest.mark.parametrize("words", ["INSERT INTO patient", "INSERT INTO audit ", "UPDATE audit_head"])
def test_a_save_that_the_line_broke_is_told_and_nothing_of_it_is_kept(
    sign_in: SignIn, cut: Callable[[], None], words: str
) -> None:
    signed_in = sign_in("osei")
    service = PatientService(signed_in)
    before = service.find().total
    cut_before(signed_in, words, cut)
    with pytest.raises(NotSaved, match="save did not happen") as refused:
        service.add(Patient(family_name="Canary", given_name="Ann"))
    assert "Canary" not in str(refused.value)
    assert service.find().total == before
    saved, _ = service.add(Patient(family_name="Brien"))
    assert service.open(saved.id).file.patient.family_name == "Brien"
    assert SafekeepingService(sign_in("adams")).check().problems == ()


def test_a_server_that_lets_nobody_in_is_told_to_who_comes_and_to_who_signs(
    server: Any, sign_in: SignIn, clinic: Clinic
) -> None:
    signed_in = sign_in("osei")
    server.psql(f"ALTER DATABASE {clinic.address.database} ALLOW_CONNECTIONS false; {CUT}")
    for act in (lambda: sign_in("lund"), lambda: signed_in.confirm(PASSWORD)):
        with pytest.raises(CannotOpen, match="Nothing has been changed"):
            act()
    server.psql(f"ALTER DATABASE {clinic.address.database} ALLOW_CONNECTIONS true")
    signed_in.confirm(PASSWORD)
