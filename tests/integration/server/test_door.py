"""A registry on a server opens as a file does: by a person's own password, and every refusal has its own words."""

import socket
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from poems_registry.domain.access import Permission, Role
from poems_registry.domain.errors import (
    CannotOpen,
    InvalidInput,
    NewerFile,
    NotAllowedNow,
    NotSaved,
    RegistryError,
    WrongPassword,
)
from poems_registry.domain.locations import ServerAddress
from poems_registry.domain.records import Patient
from poems_registry.services.doors import Doors
from poems_registry.services.patients import PatientService
from poems_registry.services.registry import NewPerson, create, look, open_registry, recover
from poems_registry.services.safekeeping import SafekeepingService
from poems_registry.services.staff import StaffService
from poems_registry.storage.tables.trail import AuditRow
from poems_registry.system.clock import FixedClock
from tests.integration.conftest import address_of
from tests.integration.server.conftest import CLINIC, NOW, PASSWORD, PEOPLE, RECOVERY, Clinic, SignIn, at_floor

NEW = "meadow thimble copper glacier sonnet"


def refusal(address: str) -> str:
    with pytest.raises(CannotOpen) as refused:
        look(ServerAddress.read(address))
    return str(refused.value)


def test_each_person_signs_in_with_their_own_password_and_permissions(clinic: Clinic, sign_in: SignIn) -> None:
    assert look(clinic.address).users == ("adams", "baker", "lund", "osei")
    assert Doors().look(clinic.address) == ("adams", "baker", "lund", "osei")
    admin, clinician = sign_in("Adams"), sign_in("osei")
    assert admin.may(Permission.MANAGE)
    assert not clinician.may(Permission.MANAGE)
    assert (clinician.training, clinician.read_only, clinician.clinic) == (False, False, CLINIC)
    with pytest.raises(WrongPassword):
        sign_in("osei", NEW)
    with pytest.raises(WrongPassword):
        sign_in("nobody")


def test_what_is_saved_is_there_at_the_next_sign_in_and_everything_checks(sign_in: SignIn) -> None:
    saved, _ = PatientService(sign_in("osei")).add(Patient(family_name="Ọláńrewájú", given_name="Zoë"))
    assert PatientService(sign_in("lund")).open(saved.id).file.patient == saved
    checked = SafekeepingService(sign_in("adams")).check()
    assert checked.good
    assert checked.rows["patient"] == 1
    assert checked.audit_entries > 8


def test_wrong_tries_at_one_pc_make_another_wait(clinic: Clinic) -> None:
    here, there = FixedClock(NOW), FixedClock(NOW)
    for _ in range(2):
        with pytest.raises(WrongPassword) as refused:
            open_registry(clinic.address, "osei", "not the password", here)
        here.at += timedelta(seconds=refused.value.wait_seconds)
    there.at = here.at - timedelta(seconds=1)
    with pytest.raises(WrongPassword) as refused:
        open_registry(clinic.address, "osei", PASSWORD, there)
    assert refused.value.wait_seconds == 1
    with closing(open_registry(clinic.address, "osei", PASSWORD, here)) as signed_in:
        with signed_in.store.reading() as session:
            said = session.scalars(select(AuditRow.new).where(AuditRow.action == "sign_in")).all()
        assert said[-1] == '{"failed_before":2}'


def test_the_recovery_key_gives_a_new_password_on_a_server_too(clinic: Clinic, sign_in: SignIn) -> None:
    with pytest.raises(InvalidInput):
        recover(clinic.address, "no key", "osei", NEW, FixedClock(NOW))
    recover(clinic.address, RECOVERY.text(), "osei", NEW, FixedClock(NOW), at_floor)
    assert sign_in("osei", NEW).person.user == "osei"
    with pytest.raises(WrongPassword):
        sign_in("osei", PASSWORD)
    assert sign_in("lund").person.user == "lund"


def test_somebody_added_at_one_pc_signs_in_at_another(sign_in: SignIn) -> None:
    StaffService(sign_in("adams")).add(NewPerson("okoro", "N Okoro", Role.NURSE, NEW), at_floor)
    assert sign_in("okoro", NEW).person.role is Role.NURSE


def test_signing_takes_the_password_again(sign_in: SignIn) -> None:
    signed_in = sign_in("osei")
    signed_in.confirm(PASSWORD)
    with pytest.raises(WrongPassword):
        signed_in.confirm(NEW)


def test_a_backup_is_left_to_the_server_in_words_that_name_the_tool(sign_in: SignIn, tmp_path: Path) -> None:
    with pytest.raises(NotAllowedNow, match="pg_dump"):
        SafekeepingService(sign_in("adams")).back_up(tmp_path / "copy.registry")
    assert not (tmp_path / "copy.registry").exists()


def test_each_thing_that_is_no_registry_on_a_server_is_refused_in_its_own_sentence(
    server: Any, clinic: Clinic, database: str, tmp_path: Path
) -> None:
    with socket.socket() as listening:  # bound and never listening: a connection there is refused
        listening.bind(("127.0.0.1", 0))
        said = {
            "away": refusal(f"postgresql://ann@127.0.0.1:{listening.getsockname()[1]}/poems"),
            "no database": refusal(address_of(server, "not_there")),
            "no login": refusal(address_of(server, "postgres", "nobody")),
            "empty": refusal(database),
        }
    server.psql("CREATE ROLE stranger LOGIN")
    at = clinic.address
    said["no right"] = refusal(str(ServerAddress(at.host, at.database, "stranger", at.port)))
    clinic.psql("UPDATE key_file SET document = ''")
    said["stopped"] = refusal(str(at))
    assert len(set(said.values())) == len(said)
    assert "does not answer" in said["away"]
    assert refusal(f"postgresql://ann@/poems?host={tmp_path}") == said["away"]
    assert "no database of this name" in said["no database"]
    assert "holds no registry" in said["empty"]
    for sentence in said.values():
        for word in ("nobody", "stranger", "not_there", "ann", "127.0.0.1", "FATAL"):
            assert word not in sentence.split()


def test_the_user_names_of_a_server_nobody_reaches_are_not_waited_for() -> None:
    assert Doors().users(ServerAddress.read("postgresql://ann@db.invalid/poems")) == ()


def test_a_registry_is_not_made_over_another_nor_among_other_tables(server: Any, clinic: Clinic, database: str) -> None:
    with pytest.raises(CannotOpen, match="There is a registry"):
        create(clinic.address, CLINIC, PEOPLE, FixedClock(NOW), at_floor)
    assert look(clinic.address).users == ("adams", "baker", "lund", "osei")
    address = ServerAddress.read(database)
    server.psql(f"\\connect {address.database}\nCREATE TABLE theirs (id integer)")
    with pytest.raises(CannotOpen, match="something else"):
        create(address, CLINIC, PEOPLE, FixedClock(NOW), at_floor)
    assert server.psql(f"\\connect {address.database}\n\\dt").count(" table ") == 1


def test_a_database_that_cannot_keep_every_letter_is_refused(server: Any) -> None:
    server.psql("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(CannotOpen, match="encoding is not UTF8"):
        create(ServerAddress.read(address_of(server, "latin")), CLINIC, PEOPLE, FixedClock(NOW), at_floor)


def test_a_registry_whose_making_was_stopped_can_be_made_again(database: str) -> None:
    address = ServerAddress.read(database)
    twice = (*PEOPLE, NewPerson("osei ", "Somebody else", Role.NURSE, PASSWORD))  # refused when the keys are made
    with pytest.raises(RegistryError):
        create(address, CLINIC, twice, FixedClock(NOW), at_floor)
    with pytest.raises(CannotOpen, match="was stopped"):
        look(address)
    create(address, CLINIC, PEOPLE, FixedClock(NOW), at_floor)
    open_registry(address, "osei", PASSWORD, FixedClock(NOW)).close()


def test_keys_of_another_registry_open_nothing(clinic: Clinic, database: str) -> None:
    other = ServerAddress.read(database)
    create(other, CLINIC, PEOPLE, FixedClock(NOW), at_floor)
    open_registry(other, "osei", PASSWORD, FixedClock(NOW)).close()
    clinic.psql("UPDATE registry SET uid = 'another'")
    with pytest.raises(CannotOpen, match="another registry"):
        open_registry(clinic.address, "osei", PASSWORD, FixedClock(NOW))


def test_a_server_that_only_lets_us_look_is_opened_for_looking(clinic: Clinic, sign_in: SignIn) -> None:
    saved, _ = PatientService(sign_in("osei")).add(Patient(family_name="Brien"))
    clinic.psql(f"ALTER DATABASE {clinic.address.database} SET default_transaction_read_only = on")
    signed_in = sign_in("lund")
    assert signed_in.read_only
    assert PatientService(signed_in).open(saved.id).file.patient == saved
    with pytest.raises(NotSaved):
        PatientService(signed_in).add(Patient(family_name="New"))


def test_a_registry_of_a_newer_program_is_refused(clinic: Clinic) -> None:
    clinic.psql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerFile):
        open_registry(clinic.address, "osei", PASSWORD, FixedClock(NOW))
